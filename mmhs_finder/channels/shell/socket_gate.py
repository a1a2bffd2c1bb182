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
from typing import Final

from aiolimiter import AsyncLimiter
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mmhs_finder.channels.privates import forget_visit, visits_of
from mmhs_finder.channels.shell.browser import HEADER, browser_of
from mmhs_finder.channels.shell.limits import Places
from mmhs_finder.channels.wire import Wish
from mmhs_finder.noted import tell

_LOG = logging.getLogger(__name__)

PASS: Final = frozenset({"rerun_script", "file_urls_request"})
"""What visitors' pages send: a box was filled or a button pressed; where a list can be sent to.
Streamlit's button "Stop" is not shown, so nobody needs to stop a script. Its way to ask for a file
that is made late is not used (`shell.offers`), and would write what a stranger says to the log."""

_AT_ONCE, _EACH_SECOND = 8, 4
"""Messages that are taken as they come, and how many after that. Each makes Streamlit begin the
page anew. Who holds a key down in a row of choices sends thirty a second: all but the newest are
left out, and the page is at most a quarter of a second late."""

_FIRST_WISH_SECONDS = 20.0
"""A page asks as soon as it is connected. What asks nothing for so long is none."""

# Close codes of RFC 6455.
_GOING_AWAY, _PROTOCOL_ERROR, _NO_TEXT, _AGAINST_POLICY, _BROKEN = 1001, 1002, 1003, 1008, 1011


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
        browser = Headers(scope=scope).get(HEADER, "")
        conversation = _Conversation(receive, send)
        place = self._places.take(scope, browser, conversation.end)
        if place is None:
            tell("refusal", kind="socket")
            _LOG.warning("All places are taken: a socket was refused.")
            await _refuse(scope, receive, send)
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


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers before the connection is one, so that nothing is kept of it."""
    await receive()  # "websocket.connect"
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": _AGAINST_POLICY})
        return
    headers = [(b"content-length", b"0"), (b"cache-control", b"no-store"), (b"retry-after", b"30")]
    await send({"type": "websocket.http.response.start", "status": 503, "headers": headers})
    await send({"type": "websocket.http.response.body", "body": b""})


class _Conversation:
    """One socket: what comes in is looked at, and handed on at a pace that others can bear.

    A task of its own takes what comes, all at once where much has come, and holds one message. What
    asks for the same takes its place; else nothing more is read until it has been handed on, so
    that the sender has to wait.
    """

    def __init__(self, receive: Receive, send: Send) -> None:
        self._receive, self._send = receive, send
        self._limiter = AsyncLimiter(_AT_ONCE, _AT_ONCE / _EACH_SECOND)
        self._held: tuple[Message, Wish | None] | int | None = None  # a number: close with it
        self._is_held, self._is_free = asyncio.Event(), asyncio.Event()
        self._is_free.set()
        self._taking: asyncio.Task[None] | None = None
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
        if self._taking is not None:
            self._taking.cancel()

    async def send(self, message: Message) -> None:
        if self._closed:  # a last word of somebody who has not heard yet
            return
        self._closed = message["type"] == "websocket.close"
        try:
            await self._send(message)
        except OSError:  # gone without a word. Streamlit is told as it reads, and needs no error
            self._closed = True

    async def receive(self) -> Message:
        if self._taking is None:
            self._taking = asyncio.create_task(self._take())
        await self._is_held.wait()
        if isinstance(self._held, tuple) and self._held[1] is not None:
            await self._limiter.acquire()  # meanwhile a later one may take its place
        held = self._held
        assert held is not None
        if isinstance(held, int):
            await self.send({"type": "websocket.close", "code": held})
            return {"type": "websocket.disconnect", "code": held}
        self._held = None
        self._is_held.clear()
        self._is_free.set()
        return held[0]

    async def _take(self) -> None:
        while True:
            try:
                message = await self._receive()
            except Exception:  # of the server: else the app would wait for ever
                message = {"type": "websocket.disconnect", "code": _BROKEN}
            wish = None
            if message["type"] == "websocket.receive":
                if message.get("bytes") is None:
                    return self._finish(_NO_TEXT)
                try:
                    wish = Wish(message["bytes"])
                except ValueError:
                    return self._finish(_PROTOCOL_ERROR)
                if wish.kind not in PASS:
                    _LOG.warning("A socket asked for %r, which no visitor needs.", wish.kind)
                    await self._limiter.acquire()
                    continue
                if wish.is_too_much:
                    _LOG.warning("A socket said more than any page does: it was closed.")
                    return self._finish(_AGAINST_POLICY)
                if wish.kind == "rerun_script":
                    self._forget_timer()
            if not self._takes_the_place_of_the_held(wish):
                await self._is_free.wait()
            self._hold((message, wish))
            if message["type"] == "websocket.disconnect":
                return None

    def _takes_the_place_of_the_held(self, wish: Wish | None) -> bool:
        held = self._held[1] if isinstance(self._held, tuple) else None
        return wish is not None and held is not None and held.is_part_of(wish)

    def _hold(self, what: tuple[Message, Wish | None] | int) -> None:
        self._held = what
        self._is_free.clear()
        self._is_held.set()

    def _finish(self, code: int) -> None:
        if self._taking is not None and self._taking is not asyncio.current_task():
            self._taking.cancel()
        self._hold(code)

    def _forget_timer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
