"""The number by which a browser proves that a visit is its own.

Streamlit lets whoever knows a visit's number go on with that visit, and such numbers turn up in
logs. So each browser is given a random number of its own, in a cookie that no script can read, and
Streamlit is told it with every connection as who the visitor is: it gives a visit back only to the
browser that began it. The number says nothing about a person, and goes when the browser is closed.
Not for: the pages without a script, which need no visit and get no cookie.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import cookie_parser
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mmhs_finder.channels.shell.headers import over_tls
from mmhs_finder.channels.shell.index_page import is_app_page
from mmhs_finder.render.addresses import here

COOKIE: Final = "mmhs_browser"
HEADER: Final = "x-mmhs-browser"
"""How Streamlit is told: `server.trustedUserHeaders` names it. What comes from outside under this
name is dropped."""

_NUMBER: Final = re.compile(r"[A-Za-z0-9_-]{43}")


def browser_of(scope: Scope) -> str:
    """The number of the browser that asks; "" when it has none, or none of ours."""
    return browser_in(cookie_parser(Headers(scope=scope).get("cookie", "")))


def browser_in(cookies: Mapping[str, str]) -> str:
    """The number of the browser that has sent these cookies; "" as in `browser_of`."""
    number = cookies.get(COOKIE)
    return number if isinstance(number, str) and _NUMBER.fullmatch(number) else ""


def cookie_line(scope: Scope, number: str, *, gone: bool = False) -> str:
    """The `Set-Cookie` line that gives a browser its number. gone: that takes it away."""
    secure = "; Secure" if over_tls(scope) else ""
    ends = "; Max-Age=0" if gone else ""
    return f"{COOKIE}={number}; Path={here('/')}; HttpOnly; SameSite=Lax{secure}{ends}"


class NumbersBrowsers:
    """ASGI middleware: gives each browser its number, and tells Streamlit whose a connection is."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            scope = _with_browser(scope)
        elif scope["type"] == "http" and is_app_page(scope) and not browser_of(scope):
            await self.app(scope, receive, _giving(scope, send))
            return
        await self.app(scope, receive, send)


def _with_browser(scope: Scope) -> Scope:
    """A connection without a number is somebody new each time: no visit is given back to it."""
    number = browser_of(scope) or secrets.token_urlsafe(32)
    others = [(name, value) for name, value in scope["headers"] if name != HEADER.encode()]
    return {**scope, "headers": [*others, (HEADER.encode(), number.encode())]}


def _giving(scope: Scope, send: Send) -> Send:
    async def send_with_number(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            if headers.get("content-type", "").startswith("text/html"):
                headers.append("Set-Cookie", cookie_line(scope, secrets.token_urlsafe(32)))
        await send(message)

    return send_with_number
