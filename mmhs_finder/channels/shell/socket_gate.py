"""What stands before Streamlit's socket: who may open it, what may be asked, and how often.

Streamlit takes every message of its own protocol from anybody: one clears what all visitors share,
one tells the names of files, one installs something. Only those that a visitor's page needs pass.
A socket that asks faster than a person can is read more slowly, and what a later message says
anyway is left out: others stay served, and nobody who only types fast notices.
The size of a message is limited in `.streamlit/config.toml`, before it is taken in.
Not for: how many sockets there may be (`shell.limits`).
"""

from __future__ import annotations

import asyncio
import logging
from typing import Any, Final
from urllib.parse import urlsplit

from aiolimiter import AsyncLimiter
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mmhs_finder.channels.privates import Wish, forget_visit, visits_of
from mmhs_finder.channels.shell.browser import HEADER, browser_of
from mmhs_finder.channels.shell.limits import Places

_LOG = logging.getLogger(__name__)

PASS: Final = frozenset(
    {"rerun_script", "file_urls_request", "backend_operation_request.deferred_file"}
)
"""What visitors' pages send: a box was filled or a button pressed; where a list can be sent to; a
file was asked for. Streamlit's button "Stop" is not shown, so nobody needs to stop a script."""

_AT_ONCE, _EACH_SECOND = 40, 4
"""Messages that are taken as they come, and then. Somebody who presses the arrow keys in a row of
choices, or a page that looks how far a list is, stays far below."""

_FIRST_WISH_SECONDS = 20.0
"""A page asks as soon as it is connected. What asks nothing for so long is none."""

# Close codes of RFC 6455.
_GOING_AWAY, _PROTOCOL_ERROR, _NO_TEXT, _AGAINST_POLICY = 1001, 1002, 1003, 1008


class SocketGate:
    """ASGI middleware before the socket. Stands behind `NumbersBrowsers`."""

    def __init__(
        self, app: ASGIApp, places: Places, *, first_wish_seconds: float = _FIRST_WISH_SECONDS
    ) -> None:
        self.app = app
        self._places = places
        self._first_wish_seconds = first_wish_seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await self.app(scope, receive, send)
            return
        if not is_same_origin(Headers(scope=scope)):
            await _refuse(scope, receive, send, 403)
            return
        browser = Headers(scope=scope).get(HEADER, "")
        conversation = _Conversation(receive, send)
        place = self._places.take(scope, browser, conversation.end)
        if place is None:
            _LOG.warning("All places are taken: a socket was refused.")
            await _refuse(scope, receive, send, 503)
            return
        if (seconds := self._patience(scope, browser)) is not None:
            conversation.expect_a_wish_within(seconds)
        try:
            await self.app(scope, conversation.receive, conversation.send)
        finally:
            conversation.over()
            self._places.give_back(place)
            if not browser_of(scope):  # its number is told to nobody: the visit is out of reach
                for visit in visits_of(browser):
                    forget_visit(visit)

    def _patience(self, scope: Scope, browser: str) -> float | None:
        """How long to wait for the first wish; None where a visit goes on: its page may be read
        for an hour. One whose visit is over here, as after a restart, may be read for some time."""
        said = scope.get("subprotocols") or []
        former = said[2] if len(said) > 2 else ""
        if not former:
            return self._first_wish_seconds
        return None if former in visits_of(browser) else 30 * self._first_wish_seconds


def is_same_origin(headers: Headers) -> bool:
    """Whether a request comes from a page of this site, or from no page at all.

    Streamlit by itself also believes every page that a program on the visitor's own machine
    (localhost, any port) serves.
    """
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc.lower() == headers.get("host", "").lower()


async def _refuse(scope: Scope, receive: Receive, send: Send, status: int) -> None:
    """Answers before the connection is one, so that nothing is kept of it."""
    await receive()  # "websocket.connect"
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": _AGAINST_POLICY})
        return
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store")]
    headers += [(b"retry-after", b"30")] if status == 503 else []
    await send({"type": "websocket.http.response.start", "status": status, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b""})


class _Conversation:
    """One socket: what comes in is looked at, and handed on at a pace that others can bear."""

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._limiter = AsyncLimiter(_AT_ONCE, _AT_ONCE / _EACH_SECOND)
        self._coming: asyncio.Future[Message] | None = None
        self._ahead: tuple[Message, Wish | None] | None = None
        self._ends: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self._timer: asyncio.TimerHandle | None = None
        self._closed = False

    def expect_a_wish_within(self, seconds: float) -> None:
        self._timer = asyncio.get_running_loop().call_later(seconds, self._finish, _AGAINST_POLICY)

    def end(self) -> None:
        """Closes it from our side."""
        self._finish(_GOING_AWAY)

    def over(self) -> None:
        """Lets go of what waits. To be called when the application has returned."""
        self._forget_timer()
        self._ends.cancel()
        if self._coming is not None:
            self._coming.cancel()

    async def send(self, message: Message) -> None:
        if self._closed:  # a last word of somebody who has not heard yet
            return
        self._closed = message["type"] == "websocket.close"
        await self._send(message)

    async def receive(self) -> Message:
        message, wish = self._ahead or await self._next()
        self._ahead = None
        if wish is None:
            return message
        turn = asyncio.create_task(self._limiter.acquire())
        try:
            while not await self._is_done_before_more(turn):
                message_ahead, wish_ahead = self._ahead or (message, wish)
                if wish_ahead is None:
                    return message  # it has gone: it is told so next
                if not wish.is_part_of(wish_ahead):
                    await turn  # nothing more is read: the sender has to wait, too
                    break
                message, wish, self._ahead = message_ahead, wish_ahead, None
        finally:
            turn.cancel()
        return message

    async def _is_done_before_more(self, turn: asyncio.Task[None]) -> bool:
        """Whether its turn has come; else what has come in meanwhile is in `_ahead`."""
        await asyncio.sleep(0)
        if turn.done():
            return True
        later = asyncio.create_task(self._next())
        either: set[asyncio.Task[Any]] = {turn, later}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if later.done():
            self._ahead = later.result()
            return False
        later.cancel()  # what was coming in stays in `_coming`
        return True

    async def _next(self) -> tuple[Message, Wish | None]:
        """The next message that passes, read; None as the wish of one that is not a wish."""
        while True:
            message = await self._raw()
            if message["type"] != "websocket.receive":
                return message, None
            data = message.get("bytes")
            if data is None:
                return await self._close(_NO_TEXT), None
            try:
                wish = Wish(data)
            except ValueError:
                return await self._close(_PROTOCOL_ERROR), None
            if wish.kind in PASS:
                if wish.kind == "rerun_script":
                    self._forget_timer()
                return message, wish
            _LOG.warning("A socket asked for %r, which no visitor needs.", wish.kind)
            await self._limiter.acquire()

    async def _raw(self) -> Message:
        """The next message; the end, when it is ended from our side."""
        if self._coming is None:
            self._coming = asyncio.ensure_future(self._receive())
        either: set[asyncio.Future[Any]] = {self._coming, self._ends}
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if self._ends.done():
            return await self._close(self._ends.result())
        message, self._coming = self._coming.result(), None
        return message

    async def _close(self, code: int) -> Message:
        await self.send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}

    def _finish(self, code: int) -> None:
        if not self._ends.done():
            self._ends.set_result(code)

    def _forget_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
