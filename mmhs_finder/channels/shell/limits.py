"""How many visits a process takes in at once, and who has a place in it.

Each open page holds a socket, and each socket descriptors: where they run out nobody is answered.
So newcomers are told that the site is full before that (`shell.busy`), and who is inside stays and
may load the page anew. One address has a limit of its own only where the operator says which
proxies in front are to be believed, and a high one: a whole hospital can be one address.
Not for: how often one socket may ask (`shell.socket_gate`).
"""

from __future__ import annotations

import ipaddress
import os
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from starlette.datastructures import Headers
from starlette.types import Scope

from mmhs_finder.channels.privates import visits_of
from mmhs_finder.channels.wire import hang_up_on_half_requests

try:
    import resource
except ModuleNotFoundError:  # Windows, where nothing limits descriptors like that
    resource = None  # type: ignore[assignment]

VISITS: Final = "MMHS_MAX_VISITS"
VISITS_PER_ADDRESS: Final = "MMHS_MAX_VISITS_PER_ADDRESS"
TRUSTED_PROXIES: Final = "MMHS_TRUSTED_PROXIES"

DESCRIPTORS_PER_VISIT: Final = 4
"""Counted in a running process: the socket, and three of the loop that Streamlit makes for it."""

_DESCRIPTORS_FOR_THE_REST: Final = 512
"""Three for each of the 128 visits that Streamlit keeps when a connection breaks, and files and
requests under way."""

_MOST_DESCRIPTORS: Final = 65_536
_MOST_VISITS: Final = 150
"""Half as many again as one process answered within a second when it was measured, with 5 to 20 s
between two wishes (docs/load.md): most people read for longer."""

_LEAST_PER_ADDRESS: Final = 200
_PAGES_OF_ONE_BROWSER: Final = 30

Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class BadSetting(ValueError):
    """A setting cannot be used. Its text says which, and what it may be."""


@dataclass(frozen=True)
class Limits:
    """visits: how many sockets are open before newcomers are turned away. to_return: how many more
    for those who are inside and load a page anew. per_address: of one address behind `proxies`."""

    visits: int
    to_return: int
    per_address: int = _LEAST_PER_ADDRESS
    proxies: tuple[Network, ...] = ()


def raise_descriptors() -> int:
    """Takes as many descriptors as the process may have. Returns how many those are.

    A soft limit of 1,024 is common, and meant for programs that cannot count higher.
    """
    if resource is None:
        return _MOST_DESCRIPTORS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    unlimited = resource.RLIM_INFINITY
    wanted = _MOST_DESCRIPTORS if hard == unlimited else min(hard, _MOST_DESCRIPTORS)
    if soft == unlimited or soft >= wanted:
        return _MOST_DESCRIPTORS if soft == unlimited else soft
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    except (ValueError, OSError):  # macOS has a limit below its own hard one
        return soft
    return wanted


def hang_up_on_who_says_nothing() -> None:
    """Call once at start-up: what begins a request and does not go on is no visitor's browser."""
    hang_up_on_half_requests(head=20, body=60)


def limits(descriptors: int, settings: Mapping[str, str] | None = None) -> Limits:
    """The limits of a process that may have so many descriptors. Raises `BadSetting`.

    settings: by their names; by default those of the environment.
    """
    if settings is None:
        settings = {
            VISITS: os.environ.get(VISITS, ""),
            VISITS_PER_ADDRESS: os.environ.get(VISITS_PER_ADDRESS, ""),
            TRUSTED_PROXIES: os.environ.get(TRUSTED_PROXIES, ""),
        }
    room = max((descriptors - _DESCRIPTORS_FOR_THE_REST) // (DESCRIPTORS_PER_VISIT + 1), 10)
    visits = _number(settings, VISITS, default=min(room, _MOST_VISITS), least=1)
    if visits > room:
        raise BadSetting(
            f"{VISITS} is {visits}, but {descriptors} file descriptors are enough for {room}: "
            "raise the limit of open files (LimitNOFILE, ulimit -n)."
        )
    return Limits(
        visits=visits,
        to_return=visits // 10 + 5,
        per_address=_number(
            settings, VISITS_PER_ADDRESS, default=_LEAST_PER_ADDRESS, least=_LEAST_PER_ADDRESS
        ),
        proxies=trusted_proxies(settings),
    )


def _number(settings: Mapping[str, str], name: str, *, default: int, least: int) -> int:
    said = settings.get(name, "").strip()
    if not said:
        return default
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0
    if number < least:
        raise BadSetting(f"{name} must be a whole number, {least} or more.")
    return number


def trusted_proxies(settings: Mapping[str, str]) -> tuple[Network, ...]:
    """The proxies in front that are believed, of the settings by their names. Raises
    `BadSetting`."""
    return _networks(settings.get(TRUSTED_PROXIES, ""))


def _networks(said: str) -> tuple[Network, ...]:
    try:
        parts = [part for part in said.replace(",", " ").split() if part]
        return tuple(ipaddress.ip_network(part, strict=False) for part in parts)
    except ValueError:
        raise BadSetting(
            f"{TRUSTED_PROXIES} must be addresses or networks with commas between them, "
            "such as 127.0.0.1,10.0.0.0/8."
        ) from None


def address_of(scope: Scope, proxies: tuple[Network, ...]) -> str:
    """Where a request comes from, as the proxies say that are believed: the last address that is
    none of theirs. "" when nobody says so, or what is said is no address.

    Of IPv6 it is the network (/64) that one household or phone has.
    """
    if not proxies:
        return ""
    heard = ",".join(Headers(scope=scope).getlist("x-forwarded-for"))
    hops = [one.strip() for one in heard.split(",")] if heard else []
    last = scope["client"][0] if scope.get("client") else ""
    for hop in (last, *reversed(hops)):
        address = _address(hop)
        if address is None:
            return ""
        if not any(address in network for network in proxies):
            is_long = address.version == 6
            return str(ipaddress.ip_network((address, 64), strict=False) if is_long else address)
    return ""


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (address.version == 6 and address.ipv4_mapped) or address  # "::ffff:10.0.0.1"


@dataclass(frozen=True, eq=False)
class OpenSocket:
    """One socket that is open. browser: whose. address: "" when that does not count.
    end: closes it from our side."""

    browser: str
    address: str
    end: Callable[[], None]


class Places:
    """The sockets that are open in this process. Only for the thread of the event loop."""

    def __init__(self, limits: Limits, visits_of: Callable[[str], list[str]] = visits_of) -> None:
        """visits_of: the numbers of a browser's visits, connected or kept."""
        self.limits = limits
        self._visits_of = visits_of
        self._taken: set[OpenSocket] = set()
        self._addresses: Counter[str] = Counter()
        self._browsers: Counter[str] = Counter()

    @property
    def taken(self) -> int:
        return len(self._taken)

    def has_room(self, scope: Scope, browser: str) -> bool:
        """Whether one more socket of this browser would be let in. browser: "" when unknown."""
        if self._browsers[browser] >= _PAGES_OF_ONE_BROWSER:
            return False
        address = address_of(scope, self.limits.proxies)
        is_crowded = address and self._addresses[address] >= self.limits.per_address
        if self.taken < self.limits.visits and not is_crowded:
            return True
        is_inside = self._browsers[browser] > 0 or bool(browser and self._visits_of(browser))
        return is_inside and self.taken < self.limits.visits + self.limits.to_return

    def take(self, scope: Scope, browser: str, end: Callable[[], None]) -> OpenSocket | None:
        """A place for a socket, to be given back; None when there is none."""
        if not self.has_room(scope, browser):
            return None
        place = OpenSocket(browser, address_of(scope, self.limits.proxies), end)
        self._taken.add(place)
        self._browsers[browser] += 1
        if place.address:
            self._addresses[place.address] += 1
        return place

    def give_back(self, place: OpenSocket) -> None:
        self._taken.discard(place)
        for counter, key in ((self._browsers, place.browser), (self._addresses, place.address)):
            counter[key] -= 1
            if counter[key] <= 0:
                del counter[key]

    def end(self, browser: str) -> None:
        """Closes every socket of a browser."""
        for place in [one for one in self._taken if one.browser == browser]:
            place.end()
