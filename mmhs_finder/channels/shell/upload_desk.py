"""Which visits may send a file, and what becomes of the files that they have sent.

A page says that it shows a box for a file, and whose it is; a connection that ends says that its
page has gone. A visit has one file, and its bytes are counted.
Not for: the requests themselves (`uploads`), or how much there is room for (`list_memory`).
"""

from __future__ import annotations

import asyncio
import hmac
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final, Protocol

from mmhs_finder.channels import privates
from mmhs_finder.channels.list_memory import LISTS, Held, ListMemory, MemoryFull

AT_ONCE: Final = 16
"""Files that come in at the same time in this process."""

SLOW_BYTES: Final = 64 * 1024
"""Bytes a second. Where too many files come in, the slowest below that gives way."""

SLOW_AFTER_SECONDS: Final = 20.0
"""So long a file may be slow before it gives way."""

AWAY_SECONDS: Final = 60.0
"""How long the file of a visit stays whose connection broke off: the page comes back by itself in
a few seconds. Where the page was closed it goes at once."""

_GOING_AWAY: Final = 1001  # what a browser says when a page is closed or left


class Refusal(StrEnum):
    """Why a file was not taken: part of the key of the words for it (`bulk.refused_...`)."""

    TOO_BIG = "too_big"
    TOO_SLOW = "too_slow"
    FULL = "full"
    LET_GO = "let_go"  # it was taken, and had to go to make room


class Store(Protocol):
    """Where Streamlit keeps files (`privates.UploadStore`)."""

    def size(self, visit: str, file: str) -> int | None:
        """Bytes; None when it is not there."""

    def remove(self, visit: str) -> None:
        """Removes every file of a visit."""

    def run_again(self, visit: str) -> None:
        """Has the page of a visit drawn again."""


class Coming:
    """A file that is coming in. `end` stops it, from whichever thread."""

    def __init__(self, held: Held) -> None:
        self.held = held
        self.began = time.monotonic()
        self.task: asyncio.Task[None] | None = None
        self._loop = asyncio.get_running_loop()

    @property
    def rate(self) -> float:
        return self.held.size / max(time.monotonic() - self.began, 0.001)

    def end(self) -> None:
        if self.task is not None:
            with suppress(RuntimeError):  # the server has stopped
                self._loop.call_soon_threadsafe(self.task.cancel)


@dataclass
class KnownVisit:
    browser: str
    socket: str
    shows: bool = True
    refused: Refusal | None = None
    coming: Coming | None = None
    held: Held | None = None
    file: str = ""


class Desk:
    """The visits that may send a file, and the files that they have sent. Safe to share by threads.

    A visit is named by Streamlit's number of it.
    """

    def __init__(self, memory: ListMemory = LISTS, store: Store | None = None) -> None:
        self.memory = memory
        self.store: Store = store or privates.UploadStore()
        self._visits: dict[str, KnownVisit] = {}
        self._lock = threading.Lock()

    # --- what a page says -------------------------------------------------------------------------

    def open(self, visit: str, browser: str, socket: str) -> None:
        """The page of a visit shows a box for a file."""
        with self._lock:
            known = self._visits.get(visit)
            if known is not None and known.browser == browser:
                known.socket, known.shows = socket, True
            else:
                self._visits[visit] = KnownVisit(browser, socket)

    def close(self, visit: str, socket: str) -> None:
        """The page shows none any more: what is coming in stops, and what was sent goes."""
        with self._lock:
            known = self._visits.get(visit)
            if known is None:
                return
            has_shown = known.shows
            known.socket, known.shows = socket, False
        if has_shown:
            self.let_go(visit)

    def let_go(self, visit: str) -> None:
        """The file of a visit goes, also one that is still coming in."""
        known = self._visits.get(visit)
        if known is None:
            return
        if (coming := known.coming) is not None:
            coming.end()
        self._drop_file(visit, known)

    def take_refusal(self, visit: str) -> Refusal | None:
        """Why the last file was not taken; once."""
        with self._lock:
            known = self._visits.get(visit)
            refused = known.refused if known is not None else None
            if known is not None:
                known.refused = None
            return refused

    def held(self, visit: str) -> Held | None:
        """The bytes of the file that a visit has sent."""
        known = self._visits.get(visit)
        return known.held if known is not None else None

    # --- what becomes of a visit ------------------------------------------------------------------

    def gone(self, visit: str) -> None:
        """A visit is over: nothing is kept of its lists."""
        self.let_go(visit)
        with self._lock:
            self._visits.pop(visit, None)
        self.memory.forget(visit)

    def socket_ended(self, socket: str, code: int | None) -> None:
        """A connection is over. code: the WebSocket's own word for why, when there was one."""
        for visit in self._of(socket):
            if code == _GOING_AWAY:
                self.gone(visit)
            else:
                later = partial(self._still_away, visit, socket)
                asyncio.get_running_loop().call_later(AWAY_SECONDS, later)

    def _still_away(self, visit: str, socket: str) -> None:
        if visit in self._of(socket):  # it has not come back by another connection
            self.let_go(visit)
            with self._lock:
                self._visits.pop(visit, None)

    def _of(self, socket: str) -> list[str]:
        with self._lock:
            return [visit for visit, known in self._visits.items() if known.socket == socket]

    # --- what comes in ----------------------------------------------------------------------------

    def known(self, visit: str, browser: str) -> KnownVisit | None:
        """The visit, when it belongs to that browser."""
        known = self._visits.get(visit)
        if known is None or not browser or not hmac.compare_digest(known.browser, browser):
            return None
        return known

    async def begin(self, visit: str, known: KnownVisit, size: int) -> Coming:
        """One more file. What the visit had sent before goes. size: as declared; 0 for not.

        Raises MemoryFull.
        """
        while (before := known.coming) is not None and before.task is not None:
            before.task.cancel()
            await asyncio.wait({before.task}, timeout=1)
            if known.coming is before:
                known.coming = None
        self._drop_file(visit, known)
        coming = [each.coming for each in list(self._visits.values()) if each.coming is not None]
        if len(coming) >= AT_ONCE:
            slowest = min(coming, key=lambda each: each.rate)
            if slowest.rate > SLOW_BYTES or time.monotonic() - slowest.began < SLOW_AFTER_SECONDS:
                raise MemoryFull
            slowest.end()
        self.memory.make_room(size)
        known.coming = Coming(self.memory.hold(visit))
        return known.coming

    def came(self, visit: str, known: KnownVisit, coming: Coming, file: str) -> None:
        """A file has come in, or not: what it takes is what the store has of it."""
        if known.coming is coming:
            known.coming = None
        size = self.store.size(visit, file)
        if size is None or self._visits.get(visit) is not known or not known.shows:
            coming.held.release()
            if size is not None:  # it came in while its page was left
                self.store.remove(visit)
            return
        coming.held.size = size
        coming.held.let_go = partial(self._make_room_of, visit, known)
        coming.held.touch()
        known.held, known.file = coming.held, file

    def refuse(self, visit: str, known: KnownVisit, why: Refusal) -> None:
        """A file was not taken: the page says so."""
        known.refused = why
        self.store.run_again(visit)

    def deleted(self, known: KnownVisit, file: str) -> None:
        """A visit has taken its file away."""
        if known.file == file and known.held is not None:
            known.held.release()
            known.held, known.file = None, ""

    def _make_room_of(self, visit: str, known: KnownVisit) -> None:
        known.held, known.file, known.refused = None, "", Refusal.LET_GO
        self.store.remove(visit)

    def _drop_file(self, visit: str, known: KnownVisit) -> None:
        held, known.held, known.file = known.held, None, ""
        self.store.remove(visit)
        if held is not None:
            held.release()


DESK: Final = Desk()
"""Of this process."""
