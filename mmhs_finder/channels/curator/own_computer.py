"""Who is at this computer: the curators' app answers nobody else.

It writes to the directory and asks for no password, so it is bound to this computer, and takes only
requests that come from it, under its own name. A page of another site that is open in the same
browser can send requests here, also under a name of its own that leads here (DNS rebinding): those
name another host or another origin, and are refused.
Not for: the public app, which everybody may ask (`shell.doors`).
"""

from __future__ import annotations

import ipaddress
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from mmhs_finder.channels.shell.headers import is_same_origin

_NAME: Final = "localhost"
_ELSEWHERE: Final = frozenset({"cross-site", "same-site"})
"""What a browser says of a request that a page of another site makes; another port is another."""

REFUSED: Final = "This app is for this computer only. Open http://localhost with its port.\n"


class NotOnThisComputer(Exception):
    """The app would be reached from elsewhere. `str()` of it says what to do."""


def is_this_computer(host: str) -> bool:
    """Whether a name or address, without a port, leads to this computer and to no other."""
    if host.casefold() == _NAME:
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_address(address: str | None) -> None:
    """address: where the server listens; None: everywhere. Raises NotOnThisComputer."""
    if address is None or not is_this_computer(address):
        raise NotOnThisComputer(
            "The curators' app writes to the directory without asking for a password, so it only "
            "listens on this computer. Start it with `make edit`, or with "
            "`--server.address 127.0.0.1`."
        )


class OnlyThisComputer:
    """ASGI middleware: refuses everything that does not come from this computer, by its name."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or _is_ours(scope):
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            answer = PlainTextResponse(REFUSED, 421, headers={"Cache-Control": "no-store"})
            await answer(scope, receive, send)


def _is_ours(scope: Scope) -> bool:
    headers = Headers(scope=scope)
    ends = (scope.get("client"), scope.get("server"))
    if not all(end and is_this_computer(str(end[0])) for end in ends):
        return False
    hosts = headers.getlist("host")
    if len(hosts) != 1 or not is_this_computer(_without_port(hosts[0])):
        return False
    if any(name.startswith(("x-forwarded-", "forwarded")) for name in headers):
        return False  # through a server that others can reach
    opens = scope["type"] == "http" and headers.get("sec-fetch-mode") == "navigate"
    from_elsewhere = headers.get("sec-fetch-site", "") in _ELSEWHERE and not opens
    return is_same_origin(headers) and not from_elsewhere


def _without_port(host: str) -> str:
    """ "localhost:8502" -> "localhost", "[::1]:8502" -> "[::1]"."""
    name, colon, port = host.rpartition(":")
    return name if colon and port.isdigit() and not name.endswith(":") else host
