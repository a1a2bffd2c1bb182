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
from collections.abc import Collection, Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mmhs_finder.render.addresses import inside
from mmhs_finder.render.html.pages.embedding import EMBED_AT, EMBED_FORM_AT
from mmhs_finder.render.html.whole import WHOLE_AT
from mmhs_finder.render.static import MAP_FRAME_AT

TILES = "https://tile.openstreetmap.org"

_HOST = re.compile(r"[A-Za-z0-9.-]+(:\d{1,5})?|\[[0-9A-Fa-f:.]+\](:\d{1,5})?")

TEXT_PAGES = "/text"
"""Where the pages are that need no script: they may load their style sheet and an icon only."""

OFFERED_FILES = "/files"
"""Where the files are that visits offer (`shell.files`). What is said where there is none is a page
that needs no script."""

FOR_PROGRAMS = "/api"
"""Where programs ask. What is there loads nothing, and its page as little as one without a
script."""

OPEN_REFERRAL = "/openreferral"
"""Where the feed for other directories is, for programs as well."""

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


_LOADS_LITTLE = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'"
)
_TEXT_POLICY = f"{_LOADS_LITTLE}; frame-ancestors 'none'"
_EMBED_POLICY = f"{_TEXT_POLICY}; frame-src 'self'"
"""Of the page that shows what another page may have: with the frame as it will be there."""

REFUSED_POLICY = f"{_TEXT_POLICY}; script-src 'self'; connect-src 'self'"
"""Of a page that says that there is none: as a page without a script, but for the one that takes
the address out of the bar and makes the way out quicker."""


_MAP_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    f"img-src 'self' {TILES}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


def valid_host(host: str) -> bool:
    """Whether a request's host is a name or address, with a port or without, and nothing else."""
    return _HOST.fullmatch(host) is not None


def is_text_page(path: str) -> bool:
    return path == TEXT_PAGES or path.startswith(f"{TEXT_PAGES}/")


def is_for_programs(path: str) -> bool:
    return path in (FOR_PROGRAMS, OPEN_REFERRAL) or path.startswith(
        (f"{FOR_PROGRAMS}/", f"{OPEN_REFERRAL}/", f"{WHOLE_AT}/")
    )


def is_offered_file(path: str) -> bool:
    return path.startswith(f"{OFFERED_FILES}/")


def content_security_policy(path: str, host: str, framed_by: Collection[str] = ()) -> str:
    """The policy for one path inside the site. `host` is the request's own: some phones need it for
    web sockets. framed_by: the origins whose pages may frame the search, and nothing else."""
    if path == EMBED_FORM_AT:
        ancestors = ("'self'", *framed_by)
        return f"{_LOADS_LITTLE}; frame-ancestors {' '.join(ancestors)}"
    if path == EMBED_AT:
        return _EMBED_POLICY
    if is_text_page(path) or is_offered_file(path) or is_for_programs(path):
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
    """Nobody is told where somebody came from, our own server neither: what stands in an address
    would be in its logs a hundred times. The map's frame names the site without the page:
    OpenStreetMap's tile servers refuse requests that do not say which site they come from.
    """
    return "strict-origin" if path == MAP_FRAME_AT else "no-referrer"


def opens_a_page(headers: Headers) -> bool:
    """Whether somebody opened an address, and no script or program asked for it."""
    return "text/html" in headers.get("accept", "")


def is_same_origin(headers: Headers) -> bool:
    """Whether a request comes from a page of this site, or from no page at all.

    Streamlit by itself also believes every page that a program on the visitor's own machine
    (localhost, any port) serves.
    """
    origin = headers.get("origin")
    if origin is None:
        return True
    try:
        asked = urlsplit(origin.lower())
    except ValueError:  # "http://["
        return False
    usual = {"https": ":443", "http": ":80"}.get(asked.scheme, "")
    host = headers.get("host", "").lower()
    # Some proxies name the port that goes without saying.
    return bool(asked.netloc) and host in (asked.netloc, f"{asked.netloc}{usual}")


def over_tls(scope: Scope) -> bool:
    """Whether a request came over TLS, to us or to the server in front."""
    forwarded = Headers(scope=scope).get("x-forwarded-proto", scope.get("scheme", "http"))
    return forwarded.split(",")[0].strip() in ("https", "wss")


class SecurityHeaders:
    """ASGI middleware that adds the headers to every answer, also to a connection that is refused.

    Nothing may be kept but what its own answer says that anybody may keep. Cookies that were made
    by others go over TLS only, where there is TLS.
    """

    def __init__(self, app: ASGIApp, framed_by: Collection[str] = ()) -> None:
        """framed_by: the origins whose pages may frame the search (`embedding`)."""
        self.app = app
        self._framed_by = framed_by

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self.app(scope, receive, _refusing(scope, send))
        elif scope["type"] == "http":
            await self.app(scope, receive, _with_headers(scope, send, self._framed_by))
        else:
            await self.app(scope, receive, send)


def _with_headers(scope: Scope, send: Send, framed_by: Collection[str] = ()) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] in ("http.response.start", "websocket.http.response.start"):
            _complete(scope, message, framed_by)
        await send(message)

    return send_with_headers


def _complete(scope: Scope, message: Message, framed_by: Collection[str]) -> None:
    path = inside(scope["path"])
    headers = MutableHeaders(scope=message)
    if is_text_page(path) or path == EMBED_AT:
        headers.setdefault("X-Frame-Options", "DENY")
    for name, value in _EVERYWHERE.items():
        headers.setdefault(name, value)
    if path == EMBED_FORM_AT and framed_by:
        del headers["X-Frame-Options"]  # it cannot name an origin; the policy does
    host = Headers(scope=scope).get("host", "")
    headers.setdefault("Content-Security-Policy", content_security_policy(path, host, framed_by))
    headers.setdefault("Referrer-Policy", referrer_policy(path))
    kept = headers.get("cache-control", "").startswith("public")
    # "Not modified" is about what the browser has: it keeps that as it was told.
    if message["status"] >= 400 or not (kept or message["status"] == 304):
        headers["Cache-Control"] = "no-store"
    if over_tls(scope):
        message["headers"] = [_over_tls_only(*line) for line in message["headers"]]


def _over_tls_only(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    is_open = name.lower() == b"set-cookie" and b"; secure" not in value.lower()
    return (name, value + b"; Secure") if is_open else (name, value)


def _refusing(scope: Scope, send: Send) -> Send:
    """A connection that is refused by closing it would be answered by the web server, without
    them."""
    with_headers = _with_headers(scope, send)
    can_answer = "websocket.http.response" in scope.get("extensions", {})
    is_open = False

    async def sending(message: Message) -> None:
        nonlocal is_open
        is_open = is_open or message["type"] == "websocket.accept"
        if is_open or message["type"] != "websocket.close" or not can_answer:
            await with_headers(message)
            return
        await with_headers({"type": "websocket.http.response.start", "status": 403, "headers": []})
        await send({"type": "websocket.http.response.body", "body": b""})

    return sending
