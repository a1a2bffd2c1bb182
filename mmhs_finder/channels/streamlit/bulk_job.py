"""One uploaded list being worked on in a thread of its own, and its result for a while.

So the page can show how far the work is and can stop it. Everything is in memory only, and is let
go half an hour after the list was ready, or with the visit.
Not for: drawing (`bulk`), reading tables (`mmhs_finder.tables`) or looking up
(`mmhs_finder.bulk`).
"""

from __future__ import annotations

import csv
import io
import logging
import threading
import time
import weakref
from collections.abc import Hashable
from contextlib import closing
from contextvars import copy_context
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import Any, Final

from mmhs_finder.bulk import Lookup
from mmhs_finder.channels.shell.offers import FileGone
from mmhs_finder.noted import at_work, tell
from mmhs_finder.render.files.bulk import BulkCancelled, convert
from mmhs_finder.tables.columns import PostcodeCells
from mmhs_finder.tables.problems import ProblemKind, TableProblem
from mmhs_finder.tables.reading import ALL_SHEETS, open_table
from mmhs_finder.views import bulk_columns
from mmhs_finder.words import number, say

_LOG = logging.getLogger(__name__)

PREVIEW_ROWS: Final = 10
UNWATCHED_SECONDS: Final = 120
"""After this long without a look from its page a job stops: nobody is waiting for it."""

KEEP_SECONDS: Final = 30 * 60
"""How long a result is kept: memory is shared by all who visit."""

_SLOTS = threading.BoundedSemaphore(2)
"""How many lists are worked on at a time in this process; others wait their turn."""

_PREVIEW_BYTES: Final = 4 * 1024 * 1024


Choice = tuple[PostcodeCells | None, str | None]
"""(Where the postcodes stand, None to find them; the sheet, "" for all, None for a CSV's.)"""


@dataclass(frozen=True)
class Upload:
    """What an uploaded file was found to be. `problem`: why it cannot be used, in words.

    `choices` are where its postcodes may be, with `names` for each, `chosen` the place among them
    of what was found; with all sheets there is nothing to choose, and `is_ready` says that there
    are postcodes. `sheets` are those to choose from, `sheet` the one opened, "" for all.
    """

    file_id: str
    names: tuple[str, ...] = ()
    choices: tuple[PostcodeCells, ...] = ()
    chosen: int | None = None
    notes: tuple[str, ...] = ()
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    is_ready: bool = False
    problem: str = ""


def look_into(file_id: str, data: bytes, sheet: str | None) -> Upload:
    """What an uploaded file is, or why it cannot be used. sheet: as in `Choice`."""
    try:
        table = open_table(data, sheet=_sheet(sheet))
    except TableProblem as problem:
        sheets = problem.values.get("sheets")
        if problem.kind is ProblemKind.WHICH_SHEET and isinstance(sheets, list):
            return Upload(file_id, sheets=tuple(sheets))
        return Upload(file_id, problem=bulk_columns.problem_words(problem))
    table.close()
    names = table.column_names()
    choices = table.choices()
    where = table.where
    places = [choice.places for choice in choices]
    return Upload(
        file_id,
        tuple(bulk_columns.where_words(choice, names) for choice in choices),
        choices,
        places.index(where.places) if where is not None else None,
        tuple(bulk_columns.choice_notes(table)),
        table.sheets,
        "" if table.by_sheet else table.sheet or None,
        is_ready=bool(table.by_sheet),
    )


def _sheet(sheet: str | None) -> Any:
    return ALL_SHEETS if sheet == "" else sheet


class Job:
    """One list being worked on in the background, and its result until `expired`."""

    def __init__(
        self, data: bytes, choice: Choice, lookup: Lookup, *, key: Hashable, name: str = ""
    ) -> None:
        self.key = key  # the upload, and where its postcodes are
        self.name = name  # of the file
        self.done = self.total = self.matched = 0
        self.notes: tuple[str, ...] = ()
        self.missed: list[tuple[str, str]] = []  # (rows, why they have no answer), in words
        self.note_name = bulk_columns.ADDED[-1]
        self.result = b""
        self.problem = ""  # in words; "" when there is none
        self.cancelled = self.expired = False
        self.waiting = True
        self._data = data
        self._stop = threading.Event()
        self._finished = threading.Event()
        self._seen = self._started = time.monotonic()
        run = partial(copy_context().run, self._run, choice, lookup)  # in the visit's language
        threading.Thread(target=run, name="bulk", daemon=True).start()

    @property
    def finished(self) -> bool:
        return self._finished.is_set()

    def wait(self, seconds: float) -> bool:
        """Whether it is finished, after at most that long."""
        return self._finished.wait(seconds)

    def cancel(self) -> None:
        """Asks it to stop; it does so after its piece, in half a second at most. A result that
        stands already is let go."""
        self._stop.set()
        if self.finished:
            self.result = b""

    def look(self) -> tuple[float, str]:
        """How far it is, 0 to 1, and in words. Also tells it that somebody is still there."""
        self._seen = time.monotonic()
        if self.waiting:
            return 0.0, say("bulk.waiting")
        if not self.done:
            return 0.0, say("bulk.opening")
        done, total = self.done, self.total
        rate = done / max(self._seen - self._started, 0.001)
        if total <= 0 or rate <= 0:
            return 0.0, say("bulk.progress", done=number(done), rate=number(round(rate, -2)))
        text = say(
            "bulk.progress_total",
            done=number(done),
            total=number(total),
            rate=number(round(rate, -2)),
            left=time_left_words((total - done) / rate),
        )
        return min(done / total, 1.0), text

    def _should_stop(self) -> bool:
        return self._stop.is_set() or time.monotonic() - self._seen > UNWATCHED_SECONDS

    def _progress(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    def _run(self, choice: Choice, lookup: Lookup) -> None:
        try:
            while not _SLOTS.acquire(timeout=0.2):
                if self._should_stop():
                    raise BulkCancelled
            try:
                with at_work("list"):
                    self._convert(choice, lookup)
            finally:
                _SLOTS.release()
        except BulkCancelled:
            self.cancelled = True
        except TableProblem as problem:
            self.problem = bulk_columns.problem_words(problem)
        except Exception as problem:
            # Its text may hold what is in the file, so only its kind is written down.
            _LOG.error("A list could not be finished: %s", type(problem).__name__)
            self.problem = say("bulk.broken")
        finally:
            self._data = b""
            self._finished.set()
            tell("list", state=self._state)
        if self.result:
            # Only weakly held: with the visit's session the result goes at once.
            later = threading.Timer(KEEP_SECONDS, _expire, args=(weakref.ref(self),))
            later.daemon = True
            later.start()

    def _convert(self, choice: Choice, lookup: Lookup) -> None:
        self._started = time.monotonic()
        self.waiting = False
        where, sheet = choice
        table = open_table(self._data, column=where, sheet=_sheet(sheet))
        self.note_name = bulk_columns.added_names(table.header)[-1]
        out = io.BytesIO()
        with closing(table):
            for piece in convert(
                table, lookup, progress=self._progress, cancelled=self._should_stop
            ):
                out.write(piece)
        self.matched = table.matched
        self.missed = bulk_columns.missed_words(table)
        self.notes = bulk_columns.reading_notes(table)
        self.result = out.getvalue()

    @property
    def _state(self) -> str:
        if self.cancelled:
            return "cancelled"
        return "failed" if self.problem else "done"

    def taken(self) -> bytes:
        """The result, to be downloaded. Raises FileGone once it has been let go."""
        if not self.result:
            raise FileGone
        return self.result

    def preview(self) -> list[list[str]]:
        """The header and the first rows of the result."""
        start = self.result[:_PREVIEW_BYTES].decode("utf-8-sig", "ignore")
        return list(islice(csv.reader(io.StringIO(start, newline="")), PREVIEW_ROWS + 1))


def _expire(job: weakref.ref[Job]) -> None:
    old = job()
    if old is not None:
        old.expired, old.result = True, b""


def time_left_words(seconds: float) -> str:
    """ "A few seconds", "About 20 seconds", "About 3 minutes"."""
    if seconds < 5:
        return say("bulk.left_soon")
    if seconds < 90:
        return say("bulk.left_seconds", count=round(seconds / 5) * 5)
    return say("bulk.left_minutes", count=round(seconds / 60))
