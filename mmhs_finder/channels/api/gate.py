"""What stands before the interface for programs: whose page asks, how often, and what may be sent.

A body is read here within its limit, and is JSON before anything else looks at it. What breaks
inside is a problem without its message. Whoever opens an address in a browser, and typed something
that is not there, gets the site's own page, which takes the address out of the bar (`shell.doors`).
Not for: which addresses there are and what they may be asked for (`routes`).
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from typing import Any, Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mmhs_finder.application import Application
from mmhs_finder.channels.api.problems import NotAnswered, Trouble
from mmhs_finder.channels.api.rates import Rates
from mmhs_finder.channels.shell.handed_down import application_of
from mmhs_finder.channels.shell.headers import REFUSED_POLICY, is_same_origin, opens_a_page
from mmhs_finder.channels.shell.quiet_log import where
from mmhs_finder.channels.text.refusing import refused
from mmhs_finder.noted import tell

_LOG = logging.getLogger(__name__)

MOST_BYTES: Final = 10 * 1024
_MOST_DEPTH: Final = 8
"""Objects and lists inside each other. What may be asked needs three."""

_MAY_SEND: Final = "GET, HEAD, OPTIONS"
_NO_PAGE_TYPED: Final = frozenset({400, 404, 422})

AddressOf = Callable[[Scope], str]


class Gate:
    """ASGI middleware around the interface."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        rates: Rates,
        address_of: AddressOf,
        application: Application | None = None,
    ) -> None:
        """address_of: whose request it is; "" when that is not known. application: where none is
        handed down."""
        self.app = app
        self._rates = rates
        self._address_of = address_of
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            await _preflight()(scope, receive, send)
            return
        has_begun = is_done = False

        async def sending(message: Message) -> None:
            nonlocal has_begun, is_done
            has_begun = has_begun or message["type"] == "http.response.start"
            is_done = message["type"] == "http.response.body" and not message.get("more_body")
            await send(message)

        sent = self._for_all(scope, sending)
        try:
            await self._let_in(scope, receive, sent)
        except NotAnswered as problem:
            await problem.response()(scope, receive, sent)
        except Exception as problem:
            _LOG.error("The interface for programs broke: %s", where(problem))
            if not has_begun:
                await NotAnswered(Trouble.BROKEN).response()(scope, receive, sent)
            elif not is_done:
                raise

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Raises `NotAnswered`."""
        if scope["method"] == "POST" and not is_same_origin(Headers(scope=scope)):
            raise NotAnswered(Trouble.ORIGIN)
        if wait := self._rates.wait(self._address_of(scope)):
            tell("refusal", kind="api_rate")
            raise NotAnswered(Trouble.TOO_OFTEN, headers={"Retry-After": str(wait)})
        if scope["method"] == "HEAD":
            await self.app({**scope, "method": "GET"}, receive, _without_body(send))
            return
        if scope["method"] != "POST":
            await self.app(scope, receive, send)
            return
        body = await _read(scope, receive)
        is_given = False

        async def given() -> Message:
            nonlocal is_given
            if is_given:
                return await receive()
            is_given = True
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, given, send)

    def _for_all(self, scope: Scope, send: Send) -> Send:
        """What every answer says of itself; in a browser, a page in place of some problems."""
        is_read = scope["method"] in ("GET", "HEAD")
        is_opened = is_read and opens_a_page(Headers(scope=scope))
        page: Response | None = None

        async def sending(message: Message) -> None:
            nonlocal page
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                headers["X-Robots-Tag"] = "noindex"
                if is_opened and message["status"] in _NO_PAGE_TYPED:
                    page = self._page(scope, message["status"])
                elif is_read:
                    _for_any_page(headers)
            if page is None:
                await send(message)
            elif message["type"] == "http.response.body" and not message.get("more_body"):
                await page(scope, _nothing, send)

        return sending

    def _page(self, scope: Scope, status: int) -> Response:
        """The same address without what it may not ask for, or the page of what is not there."""
        if scope.get("query_string"):
            path = scope["path"].encode("latin-1", "ignore").decode("ascii", "ignore")
            if status != 404 and path == scope["path"]:
                return RedirectResponse(path, 303, headers={"Cache-Control": "no-store"})
        text = refused(application_of(scope, self._application), 404)
        headers = {"Content-Security-Policy": REFUSED_POLICY, "Cache-Control": "no-store"}
        response = HTMLResponse(text, 404, headers)
        if scope["method"] == "HEAD":
            response.body = b""
        return response


async def _nothing() -> Message:
    return {"type": "http.disconnect"}


def _preflight() -> Response:
    """Whether the page of another site may ask: it may read what is everybody's, and nothing
    else."""
    headers = MutableHeaders({"Access-Control-Allow-Methods": _MAY_SEND, "Allow": _MAY_SEND})
    headers["Access-Control-Allow-Headers"] = "If-None-Match"
    headers["Access-Control-Max-Age"] = "86400"
    _for_any_page(headers)
    return Response(status_code=204, headers=dict(headers.items()))


def _for_any_page(headers: MutableHeaders) -> None:
    headers["Access-Control-Allow-Origin"] = "*"
    headers["Access-Control-Expose-Headers"] = "ETag, Link, Retry-After"
    headers["Cross-Origin-Resource-Policy"] = "cross-origin"


def _without_body(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.body":
            message = {**message, "body": b""}
        await send(message)

    return sending


# --- what is sent --------------------------------------------------------------------------------


async def _read(scope: Scope, receive: Receive) -> bytes:
    """The body, which is one JSON object. Raises `NotAnswered`."""
    headers = Headers(scope=scope)
    kind, _, options = headers.get("content-type", "").partition(";")
    charset = options.replace(" ", "").replace('"', "").casefold()
    encoded = headers.get("content-encoding", "identity").strip().casefold()
    if kind.strip().casefold() != "application/json" or encoded != "identity":
        raise NotAnswered(Trouble.MEDIA)
    if charset not in ("", "charset=utf-8"):
        raise NotAnswered(Trouble.MEDIA)
    said = headers.get("content-length", "")
    if said.isascii() and said.isdigit() and int(said[:20]) > MOST_BYTES:
        raise NotAnswered(Trouble.TOO_LARGE)
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":  # who asked has gone
            raise NotAnswered(Trouble.NOT_JSON)
        body += message.get("body", b"")
        if len(body) > MOST_BYTES:
            raise NotAnswered(Trouble.TOO_LARGE)
        if not message.get("more_body"):
            break
    check_json(bytes(body))
    return bytes(body)


def check_json(body: bytes) -> None:
    """Raises `NotAnswered` where it is no JSON object, has a name twice, or is too deep."""
    try:
        found = json.loads(
            body.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant
        )
        is_fit = isinstance(found, dict) and _depth(found) <= _MOST_DEPTH
    except (ValueError, RecursionError):
        is_fit = False
    if not is_fit:
        raise NotAnswered(Trouble.NOT_JSON)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name comes twice")
    return found


def _no_constant(_name: str) -> None:
    raise ValueError("NaN and Infinity are no JSON")


def _depth(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(_depth, value.values()), default=0)
    return 1 + max(map(_depth, value), default=0) if isinstance(value, list) else 0
