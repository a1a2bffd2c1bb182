"""Whom may be asked, and when: addresses of the public internet only, a host's one at a time.

A page of the directory, or where it leads, may name any address: one of this computer or of the
network around it is never asked. What a name stands for is looked up once, and that is what is
connected to, so that a second look cannot lead elsewhere.
Not for: what is asked (`asking`).
"""

from __future__ import annotations

import asyncio
import socket
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from typing import Final

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]
"""The IP addresses that a host's name and a port stand for. Raises OSError (`socket.gaierror`)."""

_TRANSLATED: Final = (IPv6Network("64:ff9b::/96"), IPv6Network("2002::/16"))
"""Addresses of version 6 that lead to one of version 4, whichever it is."""


def is_public(text: str) -> bool:
    """Whether an IP address is one of the public internet: not this computer's, nor a private
    network's, nor one with another purpose."""
    try:
        found: IPv4Address | IPv6Address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is not None:
            found = found.ipv4_mapped
        elif any(found in network for network in _TRANSLATED):
            return False
    return found.is_global and not found.is_multicast


async def look_up(host: str, port: int) -> Sequence[str]:
    """As `Resolve`, by this computer: addresses of version 4 first, each once."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    found.sort(key=lambda each: each[0] != socket.AF_INET)
    return list(dict.fromkeys(str(each[4][0]) for each in found))


@dataclass
class Turns:
    """Who may ask now. At most `slots` requests at once, one a host, with a pause after each.

    pause: seconds. clock, sleep: seconds, monotonic.
    """

    slots: int
    pause: float
    clock: Callable[[], float]
    sleep: Callable[[float], Awaitable[None]]
    _free: asyncio.Semaphore = field(init=False)
    _hosts: defaultdict[str, asyncio.Lock] = field(init=False)
    _ready: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        self._free = asyncio.Semaphore(self.slots)
        self._hosts = defaultdict(asyncio.Lock)
        self._ready = {}

    @asynccontextmanager
    async def of(self, host: str) -> AsyncIterator[None]:
        """A turn to ask a host. The host is taken before one of the slots, never the other way
        round, so that nobody waits for somebody who waits for them."""
        async with self._hosts[host]:
            wait = self._ready.get(host, self.clock()) - self.clock()
            if wait > 0:
                await self.sleep(wait)
            try:
                async with self._free:
                    yield
            finally:
                self.hold(host, self.pause)

    def hold(self, host: str, seconds: float) -> None:
        """Has a host left alone for so long, where it is not for longer already."""
        self._ready[host] = max(self._ready.get(host, 0.0), self.clock() + seconds)
