"""One uploaded list: what it is, the work on it, and its result for a while.

Everything is in memory only, and is let go half an hour after the list was ready, with the visit,
or when others need the room and nobody looks at it.
Not for: drawing (`bulk`), whose turn it is (`bulk_work`), reading tables (`mmhs_finder.tables`) or
looking up (`mmhs_finder.bulk`).
"""

from __future__ import annotations

import csv
import io
import threading
import weakref
import zlib
from collections.abc import Callable, Hashable, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from mmhs_finder.bulk import Lookup
from mmhs_finder.channels.list_memory import Held
from mmhs_finder.channels.shell.offers import FileGone
from mmhs_finder.channels.streamlit.bulk_work import LOOKING_UP_SECONDS, OPENING_SECONDS, Work
from mmhs_finder.noted import tell
from mmhs_finder.render.files.bulk import convert
from mmhs_finder.tables.columns import PostcodeCells
from mmhs_finder.tables.problems import ProblemKind, TableProblem
from mmhs_finder.tables.reading import ALL_SHEETS, open_table
from mmhs_finder.views import bulk_columns
from mmhs_finder.words import number, say

PREVIEW_ROWS: Final = 10
KEEP_SECONDS: Final = 30 * 60
"""How long a result is kept: memory is shared by all who visit."""

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


def look_into(
    file_id: str, data: bytes, sheet: str | None, check: Callable[[], None] | None = None
) -> Upload:
    """What an uploaded file is, or why it cannot be used. sheet: as in `Choice`. check: is called
    often; what it raises ends the work.

    Raises TableProblem where another try may do.
    """
    try:
        table = open_table(data, sheet=_sheet(sheet), check=check)
    except TableProblem as problem:
        sheets = problem.values.get("sheets")
        if problem.kind is ProblemKind.WHICH_SHEET and isinstance(sheets, list):
            return Upload(file_id, sheets=tuple(sheets))
        if problem.kind is ProblemKind.BUSY:
            raise
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


class ListOpening(Work):
    """A file, or one of its sheets, being looked into. `upload` is what it is, once finished."""

    SECONDS = OPENING_SECONDS

    def __init__(self, file_id: str, data: bytes, sheet: str | None, held: Held | None) -> None:
        """sheet: as in `Choice`. held: the bytes of the file, as they are counted."""
        super().__init__(data, held)
        self.key = file_id, sheet
        self.upload: Upload | None = None
        self.start()

    def _do(self) -> None:
        file_id, sheet = self.key
        self.upload = look_into(file_id, self._data, sheet, self.check)

    def _how_far(self) -> tuple[float, str]:
        return 0.0, say("bulk.opening")


class Job(Work):
    """One list being worked on in the background, and its result until `expired`."""

    SECONDS = LOOKING_UP_SECONDS

    def __init__(
        self,
        data: bytes,
        choice: Choice,
        lookup: Lookup,
        *,
        key: Hashable,
        name: str = "",
        held: Held | None = None,
    ) -> None:
        """held: the bytes of `data`, as they are counted."""
        super().__init__(data, held)
        self.key = key  # the upload, and where its postcodes are
        self.name = name  # of the file
        self.done = self.total = self.matched = 0
        self.notes: tuple[str, ...] = ()
        self.missed: list[tuple[str, str]] = []  # (rows, why they have no answer), in words
        self.note_name = bulk_columns.ADDED[-1]
        self.expired = False
        self._packed: list[bytes] = []
        self._choice, self._lookup = choice, lookup
        self.start()

    @property
    def result(self) -> bytes:
        """The CSV; empty while there is none, and once it has been let go."""
        return b"".join(self.pieces())

    @property
    def has_result(self) -> bool:
        return bool(self._packed) and self.finished

    @property
    def ended_without_result(self) -> bool:
        """It may be started once more."""
        return self.finished and not self._packed

    def pieces(self) -> Iterator[bytes]:
        """The same, a piece at a time: it is kept packed, at about a tenth of its size."""
        self.held.touch()
        for packed in list(self._packed):
            yield zlib.decompress(packed)

    def _how_far(self) -> tuple[float, str]:
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

    def _progress(self, done: int, total: int) -> None:
        self.done, self.total = done, total

    def _do(self) -> None:
        where, sheet = self._choice
        table = open_table(self._data, column=where, sheet=_sheet(sheet), check=self.check)
        self.note_name = bulk_columns.added_names(table.header)[-1]
        with closing(table):
            for piece in convert(table, self._lookup, progress=self._progress):
                self.check()
                packed = zlib.compress(piece, 1)
                self.held.grow(len(packed))
                self._packed.append(packed)
        self.matched = table.matched
        self.missed = bulk_columns.missed_words(table)
        self.notes = bulk_columns.reading_notes(table)
        self.check()
        # Only weakly held: with the visit's session the result goes at once.
        later = threading.Timer(KEEP_SECONDS, _expire, args=(weakref.ref(self),))
        later.daemon = True
        later.start()

    def taken(self) -> bytes:
        """The result, to be downloaded. Raises FileGone once it has been let go."""
        if result := self.result:
            return result
        raise FileGone

    def preview(self) -> list[list[str]]:
        """The header and the first rows of the result."""
        start = b""
        for piece in self.pieces():
            start += piece
            if len(start) >= _PREVIEW_BYTES:
                break
        text = start[:_PREVIEW_BYTES].decode("utf-8-sig", "ignore")
        return list(islice(csv.reader(io.StringIO(text, newline="")), PREVIEW_ROWS + 1))

    def _finish(self) -> None:
        super()._finish()
        failed = "failed" if self.problem else "done"
        tell("list", state="cancelled" if self.cancelled else failed)

    def _let_go(self) -> None:
        self._packed = []
        super()._let_go()


def _expire(job: weakref.ref[Job]) -> None:
    old = job()
    if old is not None:
        old.expired = True
        old.cancel()


def time_left_words(seconds: float) -> str:
    """ "A few seconds", "About 20 seconds", "About 3 minutes"."""
    if seconds < 5:
        return say("bulk.left_soon")
    if seconds < 90:
        return say("bulk.left_seconds", count=round(seconds / 5) * 5)
    return say("bulk.left_minutes", count=round(seconds / 60))
