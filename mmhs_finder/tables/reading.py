"""Open a table that somebody brings, a CSV or an XLSX, and find its postcode column.

    table = open_table(data)
    for row in table.rows: ...                    # once, as they are needed

Pure and streaming: nothing is written to disk, and a CSV is never whole in memory.
Not for: looking postcodes up (`mmhs_finder.bulk`), or writing tables (`cells`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import BinaryIO, Final

from mmhs_finder.postcodes import Postcode
from mmhs_finder.tables.csv_rows import csv_rows
from mmhs_finder.tables.problems import MAX_COLUMNS, ProblemKind, ReadingNote, TableProblem
from mmhs_finder.tables.xlsx import read_rows
from mmhs_finder.words import say

MAX_BYTES: Final = 200 * 1024 * 1024
"""The largest file that is read from memory: 200 MB."""

SAMPLE: Final = 1_000
"""Rows that are read to find the postcode column."""

BLOCK: Final = 1 << 20
"""Bytes of a CSV that are read at a time."""

_NAMES: Final = frozenset({"postcode", "postalcode", "pcd", "pcds", "pcd7", "pcd8", "zip"})


@dataclass
class Table:
    """An opened file. Its rows can be read once.

    `column` counts from 0 and is None when no column with postcodes was found. `notes` holds what
    the person should know about the reading; it is whole when all rows have been read.

    Who goes through the rows keeps `done` and `matched` (rows with an answer) up to date, and calls
    `finish` at the end.
    """

    header: tuple[str, ...]
    column: int | None
    rows: Iterator[list[str]] = field(repr=False)
    notes: list[ReadingNote] = field(default_factory=list)
    done: int = 0
    matched: int = 0
    share: Callable[[], float] = field(default=lambda: 0.0, repr=False)
    """How much of the file has been read, 0 to 1; 0 when that is not known."""
    expected: int = 0
    """Rows in all, as far as the file says; 0 when it does not."""

    @property
    def total(self) -> int:
        """Rows in all: an estimate while the table is being read, 0 when nothing is known."""
        if self.expected:
            return max(self.expected, self.done)
        share = self.share()
        return round(self.done / share) if share > 0 else 0

    def finish(self) -> None:
        """All rows have been read: `total` is no estimate any more."""
        self.expected = self.done

    def column_names(self) -> tuple[str, ...]:
        """The header for people to choose from: blank names are numbered."""
        return tuple(
            name.strip() or say("bulk.column_blank", number=number)
            for number, name in enumerate(self.header, 1)
        )

    def note(self, note: ReadingNote) -> None:
        """Adds what the person should know about the reading, once."""
        if note not in self.notes:
            self.notes.append(note)


def open_table(
    source: bytes | BinaryIO,
    *,
    column: str | int | None = None,
    max_bytes: int | None = MAX_BYTES,
) -> Table:
    """Opens a CSV or an XLSX and finds its postcode column.

    Args:
        source: the file, or a binary stream that is at its start. A CSV is read as it is needed;
            an XLSX from a stream that cannot seek is read into memory.
        column: the name of the postcode column (case and spaces at the ends do not matter), or its
            place from 0. By default it is found by its name and by what is in it.
        max_bytes: the size limit; None for none.

    What a CSV may be is in `csv_rows`. Rows with nothing in them are left out.

    Raises TableProblem, also while the rows are read.
    """
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    size = _size(stream)
    if max_bytes is not None and size is not None and size > max_bytes:
        raise _too_big(max_bytes)
    first = _read(stream, BLOCK)
    if not first.strip(b" \t\r\n\xef\xbb\xbf\xff\xfe\0"):
        raise TableProblem(ProblemKind.EMPTY)
    if first.startswith(b"\xd0\xcf\x11\xe0"):
        raise TableProblem(ProblemKind.OLD_EXCEL)
    if first.startswith(b"PK\x03\x04"):
        table = _open_xlsx(stream, first, size, max_bytes)
    else:
        table = _open_csv(stream, first, size, max_bytes)
    _settle(table, column)
    return table


def _too_big(max_bytes: int) -> TableProblem:
    return TableProblem(ProblemKind.TOO_BIG, size=max_bytes >> 20)


def _size(stream: BinaryIO) -> int | None:
    """Bytes in a stream, None when it cannot seek."""
    if not stream.seekable():
        return None
    start = stream.tell()
    end = stream.seek(0, io.SEEK_END)
    stream.seek(start)
    return end - start


def _read(stream: BinaryIO, count: int) -> bytes:
    """`count` bytes, less only at the end: a pipe gives what it has."""
    parts = []
    while count > 0 and (part := stream.read(count)):
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def _open_csv(stream: BinaryIO, first: bytes, size: int | None, max_bytes: int | None) -> Table:
    read = len(first)

    def blocks() -> Iterator[bytes]:
        nonlocal read
        yield first
        while block := stream.read(BLOCK):
            read += len(block)
            if max_bytes is not None and read > max_bytes:
                raise _too_big(max_bytes)
            yield block

    table = Table(header=(), column=None, rows=iter(()), share=lambda: read / size if size else 0.0)
    table.rows = csv_rows(blocks(), table.note)
    return table


def _open_xlsx(stream: BinaryIO, first: bytes, size: int | None, max_bytes: int | None) -> Table:
    if size is None:
        limit = MAX_BYTES if max_bytes is None else max_bytes
        data = first + _read(stream, limit + 1 - len(first))
        if len(data) > limit:
            raise _too_big(limit)
        stream = io.BytesIO(data)
    stream.seek(0)
    found = read_rows(stream)
    return Table(header=(), column=None, rows=found.rows, expected=max(found.count - 1, 0))


# --- the header and the postcode column -----------------------------------------------------------


def _settle(table: Table, column: str | int | None) -> None:
    """Takes the header from the first row, and chooses the postcode column."""
    sample = list(islice(table.rows, SAMPLE))
    if not sample:
        raise TableProblem(ProblemKind.EMPTY)
    if any(_is_full(cell) for cell in sample[0]):
        width = max(len(row) for row in sample)
        table.header = tuple(f"column_{number}" for number in range(1, width + 1))
        table.note(ReadingNote.NO_HEADER)
    else:
        table.header = tuple(sample.pop(0))
    if not sample:
        raise TableProblem(ProblemKind.EMPTY)
    if len(table.header) > MAX_COLUMNS:
        raise TableProblem(ProblemKind.TOO_MANY_COLUMNS, count=MAX_COLUMNS)
    table.rows = chain(sample, table.rows)
    if column is None:
        table.column = find_column(table.header, sample)
    else:
        table.column = _named_column(table, column)


def _named_column(table: Table, column: str | int) -> int:
    if isinstance(column, int):
        if 0 <= column < len(table.header):
            return column
    else:
        wanted = column.strip().casefold()
        for names in (table.header, table.column_names()):
            for place, name in enumerate(names):
                if name.strip().casefold() == wanted:
                    return place
    raise TableProblem(ProblemKind.NO_SUCH_COLUMN, columns=", ".join(table.column_names()[:20]))


def find_column(header: Sequence[str], rows: Sequence[Sequence[str]]) -> int | None:
    """The column with postcodes, from 0, or None.

    A column whose name says so wins, the one with the larger share of full postcodes first, unless
    it has none and another is full of them. Without such a name, at least half of what is in the
    column must be full postcodes.
    """
    shares = [_share_of_postcodes(rows, place) for place in range(len(header))]
    if not shares:
        return None
    named = [place for place, name in enumerate(header) if _is_postcode_name(name)]
    likeliest = max(range(len(shares)), key=lambda place: (shares[place], -place))
    if named:
        best = max(named, key=lambda p: (round(shares[p], 1), _plain(header[p]) in _NAMES, -p))
        if shares[best] > 0 or shares[likeliest] < 0.5:
            return best
    return likeliest if shares[likeliest] >= 0.5 else None


def _plain(name: str) -> str:
    return re.sub("[^a-z0-9]", "", name.lower())


def _is_postcode_name(name: str) -> bool:
    plain = _plain(name)
    return plain in _NAMES or "postcode" in plain or "postalcode" in plain


def _share_of_postcodes(rows: Sequence[Sequence[str]], place: int) -> float:
    cells = [row[place] for row in rows if len(row) > place and row[place].strip()]
    return sum(map(_is_full, cells)) / len(cells) if cells else 0.0


def _is_full(cell: str) -> bool:
    """A cell with a full postcode and nothing else."""
    if not 5 <= len(cell) <= 12:
        return False
    postcode = Postcode.parse(cell)
    return isinstance(postcode, Postcode) and len(postcode.inward) == 3
