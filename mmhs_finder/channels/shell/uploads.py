"""Who may send a file, how large, how slowly, and how many at a time.

Streamlit takes a file from anybody who knows the number of a visit, on any page, as many and as
often as somebody likes, and keeps it in memory. Here one is taken only from the browser that a
visit belongs to, while its page shows a box for files, one at a time; what is larger than it may
be, or slower, or finds no room, is refused while it comes in. The page then says so in words.
Not for: which visits those are (`upload_desk`), what stands in a file (`mmhs_finder.tables`), or
what is done with it (`streamlit.bulk`).
"""

from __future__ import annotations

import asyncio
import re
import secrets
import time
from collections.abc import Callable
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mmhs_finder.channels import privates
from mmhs_finder.channels.list_memory import MemoryFull
from mmhs_finder.channels.shell.browser import browser_of
from mmhs_finder.channels.shell.headers import is_same_origin
from mmhs_finder.channels.shell.upload_desk import DESK, Coming, Desk, KnownVisit, Refusal
from mmhs_finder.noted import tell
from mmhs_finder.render.addresses import inside

SOCKET_HEADER: Final = "x-mmhs-socket"
"""How a page knows its own connection: a random number. What comes from outside is dropped."""

SILENT_SECONDS: Final = 20.0
"""After so long without a byte a file is given up."""

WHOLE_SECONDS: Final = 600.0
"""A file that takes longer is given up."""

_AROUND: Final = 64 * 1024  # bytes of the form around a file, at most
_PATH: Final = re.compile(r"([\w-]{1,64})/([\w-]{1,64})")
_STATUS: Final = {Refusal.TOO_BIG: 413, Refusal.TOO_SLOW: 408, Refusal.FULL: 503}
_RETRY_SECONDS: Final = 120


class _Cut(Exception):
    """A file is not read any further."""

    def __init__(self, why: Refusal) -> None:
        self.why = why


class _HasLeft(Exception):
    """Whoever was sending a file has gone."""


class GuardsUploads:
    """ASGI middleware before Streamlit's address for files. It tells each page its connection."""

    def __init__(self, app: ASGIApp, limit: Callable[[], int], desk: Desk = DESK) -> None:
        """limit: the largest file in bytes."""
        self.app = app
        self.desk = desk
        self._limit = limit
        # Now, and not when the first page with a box is drawn: until then one could be sent.
        privates.keep_uploads_in_memory(limit() + 2 * _AROUND)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http" and inside(scope["path"]).startswith(privates.UPLOADS):
            await self._file(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        name = SOCKET_HEADER.encode()
        number = secrets.token_urlsafe(16)
        others = [(key, value) for key, value in scope["headers"] if key != name]
        scope = {**scope, "headers": [*others, (name, number.encode())]}
        code: int | None = None

        async def watching() -> Message:
            nonlocal code
            message = await receive()
            if message["type"] == "websocket.disconnect":
                code = message.get("code")
            return message

        try:
            await self.app(scope, watching, send)
        finally:
            self.desk.socket_ended(number, code)

    async def _file(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = _PATH.fullmatch(inside(scope["path"])[len(privates.UPLOADS) :])
        if found is None or scope["method"] not in ("PUT", "DELETE"):
            await _answer(404 if found is None else 405)(scope, receive, send)
            return
        visit, file = found[1], found[2]
        known = self.desk.known(visit, browser_of(scope))
        if known is None or not _is_from_here(Headers(scope=scope)):
            await _answer(403)(scope, receive, send)
        elif scope["method"] == "DELETE":
            await self.app(scope, receive, send)
            if self.desk.store.size(visit, file) is None:
                self.desk.deleted(known, file)
        elif not known.shows:
            await _answer(403)(scope, receive, send)
        else:
            await self._take(visit, file, known, scope, receive, send)

    async def _take(
        self, visit: str, file: str, known: KnownVisit, scope: Scope, receive: Receive, send: Send
    ) -> None:
        limit = self._limit()
        declared = Headers(scope=scope).get("content-length", "0")
        if not declared.isdecimal():
            await _answer(400)(scope, receive, send)
            return
        try:
            if int(declared) > limit:
                raise _Cut(Refusal.TOO_BIG)
            try:
                coming = await self.desk.begin(visit, known, int(declared))
            except MemoryFull:
                raise _Cut(Refusal.FULL) from None
            try:
                await self._let_in(coming, limit + _AROUND, scope, receive, send)
            finally:
                self.desk.came(visit, known, coming, file)
        except _Cut as cut:
            tell("refusal", kind="upload")
            self.desk.refuse(visit, known, cut.why)
            await _answer(_STATUS[cut.why])(scope, receive, send)

    async def _let_in(
        self, coming: Coming, limit: int, scope: Scope, receive: Receive, send: Send
    ) -> None:
        """Raises _Cut. Where another one took its place the answer is 409."""
        ends = coming.began + WHOLE_SECONDS
        has_answered = False

        async def counted() -> Message:
            cut: _Cut | None = None
            try:
                patience = min(SILENT_SECONDS, ends - time.monotonic())
                message = await asyncio.wait_for(receive(), max(patience, 0.0))
                coming.held.grow(len(message.get("body", b"")))
            except TimeoutError:
                cut = _Cut(Refusal.TOO_SLOW)
            except MemoryFull:
                cut = _Cut(Refusal.FULL)
            else:
                if coming.held.size > limit:
                    cut = _Cut(Refusal.TOO_BIG)
            if cut is not None:
                raise cut
            if message["type"] == "http.disconnect":
                raise _HasLeft
            return message

        async def answering(message: Message) -> None:
            nonlocal has_answered
            has_answered = True
            await send(message)

        coming.task = asyncio.create_task(_run(self.app, scope, counted, answering))
        try:
            await coming.task
        except asyncio.CancelledError:
            if not coming.task.cancelled():  # the server stops
                coming.task.cancel()
                raise
            if not has_answered:
                await _answer(409)(scope, receive, send)
        except _HasLeft:
            return  # nobody is there to be answered
        except _Cut:
            if not has_answered:
                raise


async def _run(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    await app(scope, receive, send)  # begun here: a task that ends before it begins leaves nothing


def _answer(status: int) -> PlainTextResponse:
    """A short answer. The connection is closed, so that nothing more of a file is read."""
    headers = {"Connection": "close", "Cache-Control": "no-store"}
    if status == _STATUS[Refusal.FULL]:
        headers["Retry-After"] = str(_RETRY_SECONDS)
    return PlainTextResponse("", status, headers=headers)


def _is_from_here(headers: Headers) -> bool:
    """Whether a page of this site sends it, or a program, which says nothing of either kind."""
    site = headers.get("sec-fetch-site", "same-origin")
    return site == "same-origin" and is_same_origin(headers)
