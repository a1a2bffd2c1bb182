"""Security headers on every response: what a page may load, and what it tells others.

The rules in one sentence: nothing from another host, except map tiles of OpenStreetMap after the
visitor asked for streets. Pure ASGI, so that streams and web sockets pass through untouched.

What Streamlit needs, found by trying (1.67):
- `style-src 'unsafe-inline'`: its styling library writes `<style>` elements while it runs.
- `data:` and `blob:` images and a `data:` font: icons inside its style sheets, and downloads.
- no `'unsafe-eval'` for pages: its charts bring an interpreter, and use it when evaluating is
  refused.
The map's frame is a page of our own that needs neither inline styles nor anything evaluated: its
policy allows our own files, drawings, and those tiles.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mmhs_finder.render.addresses import inside
from mmhs_finder.render.static import MAP_FRAME_AT

TILES = "https://tile.openstreetmap.org"

_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")

TEXT_PAGES = "/text"
"""Where the pages are that need no script: they may load their style sheet and an icon only."""

OFFERED_FILES = "/files"
"""Where the files are that visits offer (`shell.files`). What is said where there is none is a page
that needs no script."""

_EVERYWHERE: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
        "magnetometer=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()"
    ),
}


_TEXT_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


_MAP_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    f"img-src 'self' {TILES}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


def valid_host(host: str) -> bool:
    """Whether a request's host is a name or address, with a port or without, and nothing else."""
    return _HOST.fullmatch(host) is not None


def is_text_page(path: str) -> bool:
    return path == TEXT_PAGES or path.startswith(f"{TEXT_PAGES}/")


def is_offered_file(path: str) -> bool:
    return path.startswith(f"{OFFERED_FILES}/")


def content_security_policy(path: str, host: str) -> str:
    """The policy for one path inside the site. `host` is the request's own: some phones need it for
    web sockets."""
    if is_text_page(path) or is_offered_file(path):
        return _TEXT_POLICY
    if path == MAP_FRAME_AT:
        return _MAP_POLICY
    sockets = f" ws://{host} wss://{host}" if valid_host(host) else ""
    rules = {
        "default-src": "'self'",
        "script-src": "'self'",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        # Safari before 15.4 does not count a web socket to the same host as 'self'.
        "connect-src": f"'self'{sockets}",
        "frame-src": "'self'",
        "worker-src": "'self'",
        "object-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'self'",
        "frame-ancestors": "'self'",
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def referrer_policy(path: str) -> str:
    """Nothing about us goes to other hosts, except that the map's frame names us without the page.
    Of a page that needs no script its own host is not told either: its logs may keep what it is.

    OpenStreetMap's tile servers refuse requests that do not say which site they come from.
    """
    if is_text_page(path) or is_offered_file(path):
        return "no-referrer"
    return "strict-origin" if path == MAP_FRAME_AT else "same-origin"


class SecurityHeaders:
    """ASGI middleware that adds the headers to every HTTP response."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = inside(scope["path"])
        host = Headers(scope=scope).get("host", "")

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                if is_text_page(path):
                    headers.setdefault("X-Frame-Options", "DENY")
                for name, value in _EVERYWHERE.items():
                    headers.setdefault(name, value)
                headers.setdefault("Content-Security-Policy", content_security_policy(path, host))
                headers.setdefault("Referrer-Policy", referrer_policy(path))
            await send(message)

        await self.app(scope, receive, send_with_headers)
