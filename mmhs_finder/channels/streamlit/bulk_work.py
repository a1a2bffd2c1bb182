"""Work on a list, in a thread of its own: its turn, how long it may take, and how it is stopped.

Opening a list and looking up its postcodes cost the processor, which all visitors share. So only a
few lists are worked on at a time, some wait in the order in which they came, and further ones are
told to come back. Work that takes too long, or that nobody looks at any more, stops.
Not for: what is done (`bulk_job`) or drawing (`bulk`).
"""

from __future__ import annotations

import logging
import threading
import time
import weakref
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextvars import copy_context
from functools import partial
from typing import Final

from mmhs_finder.channels.list_memory import LISTS, Held, MemoryFull
from mmhs_finder.channels.privates import visit_number
from mmhs_finder.noted import at_work, tell
from mmhs_finder.render.files.bulk import BulkCancelled
from mmhs_finder.tables.problems import ProblemKind, TableProblem
from mmhs_finder.views import bulk_columns
from mmhs_finder.words import number, say

_LOG = logging.getLogger(__name__)

SLOTS: Final = 2
"""How many lists are worked on at a time in this process."""

WAITING: Final = 20
"""How many wait for their turn; a further one is refused."""

UNWATCHED_SECONDS: Final = 120
"""After this long without a look from its page work stops: nobody is waiting for it."""

OPENING_SECONDS: Final = 30
"""Of one processor, to open a list. The largest that are lists take a few (docs/bulk.md)."""

LOOKING_UP_SECONDS: Final = 180
"""Of one processor, to look up a list."""

WHOLE_SECONDS: Final = 900
"""By the clock, whatever the work is: a crowded machine must not hold a turn for ever."""

_LOOK_SECONDS: Final = 0.2


class LineFull(Exception):
    """As many wait for their turn as may."""


class Line:
    """Whose turn it is: some at a time, the others in the order in which they came.

    Safe to share by threads. A place is any object.
    """

    def __init__(self, slots: int = SLOTS, waiting: int = WAITING) -> None:
        self._slots, self._most = slots, waiting
        self._working: list[object] = []
        self._waiting: list[object] = []
        self._changed = threading.Condition()

    def enter(self, place: object) -> None:
        """Joins the line. Raises LineFull."""
        with self._changed:
            free = self._slots - len(self._working)
            if len(self._waiting) >= self._most + max(free, 0):
                raise LineFull
            self._waiting.append(place)

    def wait(self, place: object, seconds: float) -> bool:
        """Whether it is its turn, after at most that long."""
        with self._changed:
            self._changed.wait_for(lambda: self._is_next(place), seconds)
            if not self._is_next(place):
                return False
            self._waiting.remove(place)
            self._working.append(place)
            self._changed.notify_all()
            return True

    def _is_next(self, place: object) -> bool:
        free = self._slots - len(self._working)
        return place in self._waiting[: max(free, 0)]

    def leave(self, place: object) -> None:
        """The work is done, or given up while waiting."""
        with self._changed:
            for places in (self._working, self._waiting):
                if place in places:
                    places.remove(place)
            self._changed.notify_all()

    def before(self, place: object) -> int:
        """How many of those that wait come first."""
        with self._changed:
            return self._waiting.index(place) if place in self._waiting else 0


LINE: Final = Line()
"""Of this process."""


class Work(ABC):
    """One thing done to a list. Its page looks at it (`look`), until it is `finished`."""

    SECONDS: float
    """Of one processor that it may take."""

    def __init__(self, data: bytes, upload: Held | None) -> None:
        """upload: the bytes of `data`, as they are counted; None where they are not."""
        self.problem = ""  # in words; "" when there is none
        self.is_busy = False  # the problem is that others are at work: it may be tried again
        self.cancelled = False
        self.waiting = True
        self.held = LISTS.hold(visit_number())
        self._data = data
        self._upload = upload
        self._stop = threading.Event()
        self._finished = threading.Event()
        self._seen = self._started = time.monotonic()
        self._cpu = 0.0
        weakref.finalize(self, self.held.release)

    def start(self) -> None:
        """Takes its place in the line, or has a problem at once."""
        try:
            LINE.enter(self)
        except LineFull:
            self._refuse()
            self._finish()
            return
        self.held.begin_use()
        self.held.let_go = _weakly(self)
        if self._upload is not None:
            self._upload.begin_use()
        run = partial(copy_context().run, self._run)  # in the visit's language
        threading.Thread(target=run, name="bulk", daemon=True).start()

    @property
    def finished(self) -> bool:
        return self._finished.is_set()

    def wait(self, seconds: float) -> bool:
        """Whether it is finished, after at most that long."""
        return self._finished.wait(seconds)

    def cancel(self) -> None:
        """Asks it to stop; it does so in half a second or so. What was made goes."""
        self._stop.set()
        if self.finished:
            self._let_go()

    def look(self) -> tuple[float, str]:
        """How far it is, 0 to 1, and in words. Also tells it that somebody is still there."""
        self._seen = time.monotonic()
        if not self.waiting:
            return self._how_far()
        before = LINE.before(self)
        if not before:
            return 0.0, say("bulk.waiting")
        return 0.0, say("bulk.waiting_behind", count=before, number=number(before))

    def check(self) -> None:
        """Called often by the work. Raises BulkCancelled, and TableProblem when it took too long.

        The clock of the processor is that of the thread: what another process does for it has a
        limit of its own (`tables.xlsx_reader`).
        """
        if self._should_stop():
            raise BulkCancelled
        is_slow = time.thread_time() - self._cpu > self.SECONDS
        if is_slow or time.monotonic() - self._started > WHOLE_SECONDS:
            raise TableProblem(ProblemKind.TOO_LONG)

    def _should_stop(self) -> bool:
        return self._stop.is_set() or time.monotonic() - self._seen > UNWATCHED_SECONDS

    def _run(self) -> None:
        try:
            while not LINE.wait(self, _LOOK_SECONDS):
                if self._should_stop():
                    raise BulkCancelled
            self._started, self._cpu = time.monotonic(), time.thread_time()
            self.waiting = False
            with at_work("list"):
                self._do()
                self.check()
        except BulkCancelled:
            self.cancelled = True
        except TableProblem as problem:
            self.problem = bulk_columns.problem_words(problem)
            self.is_busy = problem.kind is ProblemKind.BUSY
        except MemoryFull:
            self._refuse()
        except Exception as problem:
            # Its text may hold what is in the file, so only its kind is written down.
            _LOG.error("A list could not be finished: %s", type(problem).__name__)
            self.problem = say("bulk.broken")
        finally:
            LINE.leave(self)
            self._finish()

    def _refuse(self) -> None:
        tell("refusal", kind="list")
        self.problem, self.is_busy = say("bulk.refused_full"), True

    def _finish(self) -> None:
        self._data = b""
        if self.cancelled or self.problem:
            self._let_go()
        if self.held.in_use:
            self.held.end_use()
            if self._upload is not None:
                self._upload.end_use()
        self.held.touch()
        self._finished.set()

    @abstractmethod
    def _do(self) -> None:
        """The work; may raise what `check` raises, and MemoryFull."""

    @abstractmethod
    def _how_far(self) -> tuple[float, str]:
        """As `look`, once it is its turn."""

    def _let_go(self) -> None:
        """What was made goes, and its bytes are given back."""
        self.held.release()


def _weakly(work: Work) -> Callable[[], None]:
    """`cancel` of a work, without holding it: with its visit it goes at once."""
    known = weakref.ref(work)

    def let_go() -> None:
        if (found := known()) is not None:
            found.cancel()

    return let_go
