"""Asks one web address: HEAD, and GET where HEAD gets no page.

Nothing of what others send is trusted: redirects are followed by hand and few of them, only to the
web and only to the public internet; no cookie is kept, no password sent, no more than some
kilobytes read, nothing unpacked, and every step ends after a time.
Not for: whose turn it is (`hosts`), or what an answer means (`judging`).
"""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urljoin

import httpx

from mmhs_finder.curation.links.hosts import Resolve, Turns, is_public, look_up
from mmhs_finder.curation.links.judging import Hop, Verdict, Walk, judged
from mmhs_finder.directory.linked import LinkState

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_LATER: Final = frozenset({429, 503})
_LONGEST: Final = 2000
"""Letters of an address. A longer one is none that somebody published."""

_CUT_CHAIN: Final = frozenset({20, 21})
"""OpenSSL's words for a certificate without those between it and a root: browsers fetch them."""

_CERTIFICATE: Final = {
    10: "its certificate has run out",
    18: "its certificate is its own",
    19: "nobody stands for its certificate",
    62: "its certificate is for another name",
}
_TRIED: Final = 3
"""Of the addresses of one host, how many are tried."""


@dataclass(frozen=True)
class Patience:
    """What an address may take. Times in seconds."""

    connect: float = 10.0
    answer: float = 20.0  # between two pieces of an answer
    whole: float = 40.0  # one request, with all it takes
    body: int = 8 * 1024  # bytes that are read of a page
    redirects: int = 8
    later: float = 60.0  # the longest that "come back later" is waited for


class _Met(Exception):
    """Something other than an answer was met."""

    def __init__(self, state: LinkState, detail: str) -> None:
        self.state, self.detail = state, detail


@dataclass(frozen=True)
class _Answer:
    status: int
    location: str
    later: float | None  # seconds after which to come back, where it says so


@dataclass
class Asker:
    """Asks addresses. `async with` it, for its connections.

    agent: how we call ourselves. public: says of an IP address whether it may be asked.
    """

    turns: Turns
    agent: str
    patience: Patience = field(default_factory=Patience)
    resolve: Resolve = look_up
    public: Callable[[str], bool] = is_public
    verify: ssl.SSLContext | bool = True
    _left: set[str] = field(default_factory=set)
    """Hosts that asked us to come back later than anybody waits: they are left alone."""

    async def __aenter__(self) -> Asker:
        # A connection serves one request: two hosts at one address must not share one.
        self._web = httpx.AsyncHTTPTransport(
            verify=self.verify,
            trust_env=False,
            limits=httpx.Limits(max_connections=None, max_keepalive_connections=0),
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._web.aclose()

    async def ask(self, url: str) -> Verdict:
        """What comes of asking an address. Never raises for what others do."""
        found = judged(await self._walk("HEAD", url))
        if found.state in (LinkState.OK, LinkState.MOVED) or found.detail in _FINAL:
            return found
        return judged(await self._walk("GET", url))

    async def _walk(self, method: str, url: str) -> Walk:
        hops: list[Hop] = []
        now, seen = url, {url}
        try:
            while True:
                answer = await self._request(method, now)
                if answer.status not in _REDIRECTS or not answer.location:
                    return Walk(url, tuple(hops), answer.status)
                now = _followed(now, answer.location)
                if now in seen:
                    raise _Met(LinkState.REFUSED, "leads round in a circle")
                if len(hops) == self.patience.redirects:
                    raise _Met(LinkState.REFUSED, "leads on and on")
                seen.add(now)
                hops.append(Hop(answer.status, now))
        except _Met as met:
            return Walk(url, tuple(hops), None, met.state, met.detail)

    async def _request(self, method: str, url: str) -> _Answer:
        """Raises _Met."""
        parts = _parsed(url)
        host = parts.raw_host.decode("ascii")
        for last in (False, True):
            async with self.turns.of(host):
                if host in self._left:
                    raise _Met(LinkState.REFUSED, _LATER_ALL)
                answer = await self._once(method, parts, host)
                if answer.later is None:
                    break
                if last or answer.later > self.patience.later:
                    self._left.add(host)
                    raise _Met(LinkState.REFUSED, _LATER_ALL)
                self.turns.hold(host, answer.later)
        return answer

    async def _once(self, method: str, parts: httpx.URL, host: str) -> _Answer:
        try:
            async with asyncio.timeout(self.patience.whole):
                return await self._connected(method, parts, host)
        except (TimeoutError, httpx.TimeoutException):
            raise _Met(LinkState.SLOW, "takes too long to answer") from None

    async def _connected(self, method: str, parts: httpx.URL, host: str) -> _Answer:
        ips = await self._ips(host, parts.port or (443 if parts.scheme == "https" else 80))
        for place, ip in enumerate(ips, start=1):
            try:
                return await self._sent(method, parts, host, ip)
            except httpx.ConnectError as problem:
                met = _not_connected(problem)
                if place == len(ips) or met.state is LinkState.CERTIFICATE:
                    raise met from None
        raise AssertionError("a host has an address, or `_ips` has raised")

    async def _ips(self, host: str, port: int) -> Sequence[str]:
        """Raises _Met where there is none, or one that is not to be asked."""
        try:
            found = await self.resolve(host, port)
        except socket.gaierror as problem:
            if problem.errno == socket.EAI_AGAIN:
                raise _Met(LinkState.SLOW, "its host's name could not be looked up") from None
            raise _Met(LinkState.UNREACHABLE, _NO_HOST) from None
        except (OSError, UnicodeError):
            raise _Met(LinkState.UNREACHABLE, _NO_HOST) from None
        if not found:
            raise _Met(LinkState.UNREACHABLE, _NO_HOST)
        if not all(self.public(ip) for ip in found):
            raise _Met(LinkState.REFUSED, _NOT_PUBLIC)
        return found[:_TRIED]

    async def _sent(self, method: str, parts: httpx.URL, host: str, ip: str) -> _Answer:
        request = httpx.Request(
            method,
            parts.copy_with(host=ip, fragment=None),
            headers={
                "Host": parts.netloc.decode("ascii"),
                "User-Agent": self.agent,
                "Accept": "text/html, application/pdf, */*;q=0.5",
                "Accept-Encoding": "identity",
                "Connection": "close",
            },
            extensions={
                "sni_hostname": host,
                "timeout": {
                    "connect": self.patience.connect,
                    "read": self.patience.answer,
                    "write": self.patience.answer,
                    "pool": self.patience.whole,
                },
            },
        )
        try:
            response = await self._web.handle_async_request(request)
        except (httpx.ConnectError, httpx.TimeoutException):
            raise
        except (httpx.NetworkError, httpx.ProtocolError) as problem:
            raise _cut(problem) from None
        try:
            if method == "GET" and response.is_success:
                await self._look_in(response)
            return _Answer(response.status_code, _location(response), _later(response))
        except (httpx.NetworkError, httpx.ProtocolError) as problem:
            raise _cut(problem) from None
        finally:
            await response.aclose()

    async def _look_in(self, response: httpx.Response) -> None:
        """Reads the beginning of a page as it is sent, so that it is there and not only said."""
        read = 0
        async for piece in response.aiter_raw(chunk_size=self.patience.body):
            read += len(piece)
            if read >= self.patience.body:
                return


_NO_HOST: Final = "there is no host of that name"
_NOT_PUBLIC: Final = "not asked: that is no address of the public internet"
_NOT_WEB: Final = "not asked: that is no address of the web"
_WITH_NAME: Final = "not asked: a name or a password stands in the address"
_LATER_ALL: Final = "its host asks us to come back later, and is left alone"
_FINAL: Final = frozenset({_NO_HOST, _NOT_PUBLIC, _NOT_WEB, _WITH_NAME, _LATER_ALL})
"""What asking once more by GET would not change."""


def _parsed(url: str) -> httpx.URL:
    """Raises _Met for what is not to be asked."""
    try:
        parts = httpx.URL(url)
        host = parts.raw_host.decode("ascii")
    except (httpx.InvalidURL, UnicodeError, ValueError):
        raise _Met(LinkState.REFUSED, _NOT_WEB) from None
    if parts.scheme not in ("http", "https") or not host or len(url) > _LONGEST:
        raise _Met(LinkState.REFUSED, _NOT_WEB)
    if parts.userinfo:
        raise _Met(LinkState.REFUSED, _WITH_NAME)
    return parts


def _followed(now: str, location: str) -> str:
    """Where a redirect leads, without the part behind "#". Raises _Met."""
    try:
        return str(_parsed(urljoin(now, location)).copy_with(fragment=None))
    except ValueError:
        raise _Met(LinkState.REFUSED, _NOT_WEB) from None


def _location(response: httpx.Response) -> str:
    return str(response.headers.get("location", ""))[: _LONGEST + 1]


def _later(response: httpx.Response) -> float | None:
    """After how many seconds a server asks us to come back; None where it does not."""
    said = response.headers.get("retry-after", "").strip()
    if response.status_code not in _LATER or not said:
        return None
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        day = parsedate_to_datetime(said)
        return max(0.0, (day - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):  # no date, or one without a zone
        return None


def _not_connected(problem: httpx.ConnectError) -> _Met:
    """Why there is no connection: the certificate, or that nobody answers there."""
    cause: BaseException | None = problem
    while cause is not None:
        if isinstance(cause, ssl.SSLCertVerificationError):
            code = cause.verify_code
            if code in _CUT_CHAIN:
                return _Met(LinkState.REFUSED, "its certificate does not come with its chain")
            return _Met(LinkState.CERTIFICATE, _CERTIFICATE.get(code, "its certificate is wrong"))
        if isinstance(cause, ssl.SSLError):
            return _Met(LinkState.REFUSED, "no safe connection could be made")
        cause = cause.__cause__ or cause.__context__
    return _Met(LinkState.UNREACHABLE, "nobody answers there")


def _cut(problem: httpx.TransportError) -> _Met:
    """Why an answer did not come to its end."""
    if isinstance(problem, httpx.NetworkError) or "disconnected" in str(problem):
        return _Met(LinkState.UNREACHABLE, "the connection was cut off")
    return _Met(LinkState.REFUSED, "answers in a way that cannot be read")
