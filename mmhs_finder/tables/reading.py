"""Open a table that somebody brings and find its postcodes.

    table = open_table(data)
    for row in table.rows: ...                    # once, as they are needed
    table.postcodes(rows)                         # what to look up of each

Pure and streaming: nothing is written to disk, and a CSV is never whole in memory.
Not for: looking postcodes up (`mmhs_finder.bulk`), or writing tables (`cells`).
"""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from itertools import chain, islice
from typing import BinaryIO, Final

from mmhs_finder.tables.columns import CellLayout, PostcodeCells, postcode_texts
from mmhs_finder.tables.csv_rows import Row, csv_rows
from mmhs_finder.tables.files import MAX_BYTES, Csv, open_file
from mmhs_finder.tables.problems import (
    Check,
    Notes,
    ProblemKind,
    ReadingNote,
    TableProblem,
    add_note,
)
from mmhs_finder.tables.settling import Column, Settled, names_for_people, settle
from mmhs_finder.tables.xlsx import BookSheet, Workbook

__all__ = ["ALL_SHEETS", "MAX_BYTES", "SAMPLE", "Table", "open_table"]

SAMPLE: Final = 1_000
"""Rows that are read to find the names of the columns and the postcodes."""

SHEET_COLUMN: Final = "sheet"
"""The first column, where all sheets are read: the sheet that a row is from."""


class _All(Enum):
    SHEETS = "all"


ALL_SHEETS: Final = _All.SHEETS
"""For `open_table`: every sheet with postcodes, one after the other."""


@dataclass
class Counted:
    """How many rows have been read, and how many were left out because nothing is in them."""

    read: int = 0
    last: int = 0  # the number of the last row read
    above: int = 0  # rows of the names, and above them


@dataclass
class Table:
    """An opened file. Its rows can be read once.

    `where` is None when no postcodes were found, or when they stand elsewhere in each sheet.
    `notes` holds what the person should know about the reading; it is whole when all rows have been
    read. `sheets` are the names of those that have something in them, `sheet` the one that is read.

    Who goes through the rows keeps `done`, `matched` (rows with an answer) and `missed` up to date,
    and calls `finish` at the end. Close it, when its rows are not read to the end.
    """

    header: tuple[str, ...]
    where: PostcodeCells | None
    rows: Iterator[list[str]] = field(repr=False)
    notes: Notes = field(default_factory=dict)
    sheets: tuple[str, ...] = ()
    sheet: str = ""
    done: int = 0
    matched: int = 0
    missed: Counter[str] = field(default_factory=Counter)
    """Rows without an answer, by why."""
    share: Callable[[], float] = field(default=lambda: 0.0, repr=False)
    """How much of the file has been read, 0 to 1; 0 when that is not known."""
    expected: int = 0
    """Rows in all, as far as the file says; 0 when it does not."""
    counted: Counted = field(default_factory=Counted)
    by_sheet: Mapping[str, PostcodeCells] | None = None
    """Where the postcodes are, by the first cell of a row, when all sheets are read."""
    close: Callable[[], None] = field(default=lambda: None, repr=False)

    @property
    def total(self) -> int:
        """Rows in all: an estimate while the table is being read, 0 when nothing is known."""
        if self.expected:
            return max(self.expected, self.done)
        share = self.share()
        return round(self.done / share) if share > 0 else 0

    def finish(self) -> None:
        """All rows have been read: `total` is no estimate any more.

        Raises TableProblem when not as many came out as went in.
        """
        self.expected = self.done
        if self.done != self.counted.read:
            raise TableProblem(ProblemKind.ROWS_LOST, rows=self.counted.read, out=self.done)

    @property
    def blank_rows(self) -> int:
        """Rows with nothing in them, below the names of the columns. They are left out."""
        return max(self.counted.last - self.counted.above - self.counted.read, 0)

    @property
    def has_postcodes(self) -> bool:
        return self.where is not None or bool(self.by_sheet)

    def postcodes(self, rows: Sequence[list[str]]) -> list[str]:
        """The text to look up of each row. Raises TableProblem when nobody knows where it is."""
        if self.where is not None:
            return postcode_texts(rows, self.where)
        if not self.by_sheet:
            raise TableProblem(ProblemKind.NO_COLUMN)
        return [postcode_texts([row], self.by_sheet[row[0]])[0] for row in rows]

    def column_names(self) -> tuple[str, ...]:
        """The header for people to choose from: blank names are numbered."""
        return names_for_people(self.header)

    def choices(self) -> tuple[PostcodeCells, ...]:
        """Where the postcodes may be, to choose from: what was found, when that is more than one
        column, and then each column."""
        single = tuple(
            PostcodeCells(CellLayout.COLUMN, (place,)) for place in range(len(self.header))
        )
        several = self.where is not None and len(self.where.places) > 1
        return (self.where, *single) if self.where is not None and several else single


def open_table(
    source: bytes | BinaryIO,
    *,
    column: Column = None,
    sheet: str | _All | None = None,
    max_bytes: int | None = MAX_BYTES,
    check: Check | None = None,
) -> Table:
    """Opens a table, finds the names of its columns and where its postcodes are.

    Args:
        source: the file, or a binary stream that is at its start. A CSV is read as it is needed;
            a workbook from a stream that cannot seek is read into memory.
        column: the name of the postcode column (case and spaces at the ends do not matter), its
            place from 0, or one of `Table.choices`. By default it is found.
        sheet: the name of a workbook's sheet, or `ALL_SHEETS`. By default the one with postcodes.
        max_bytes: the size limit; None for none.
        check: is called often, here and while the rows are read; what it raises ends both.

    What a CSV may be is in `csv_rows`. Rows with nothing in them are left out.

    Raises TableProblem, also while the rows are read.
    """
    notes: Notes = {}
    stream = io.BytesIO(source) if isinstance(source, bytes) else source
    found = open_file(stream, max_bytes, notes, check)
    if isinstance(found, Csv):
        return _open_csv(found, column, notes)
    try:
        return _open_workbook(found, column, sheet, notes)
    except BaseException:
        found.close()
        raise


def _open_csv(csv: Csv, column: Column, notes: Notes) -> Table:
    rows = csv_rows(csv.blocks(), partial(add_note, notes))
    sample = list(islice(rows, SAMPLE))
    settled = settle(sample, column)
    _merge(notes, settled.notes)
    counted = Counted(above=settled.end_number)
    body = _rows(chain(sample, rows), settled, notes, counted, is_csv=True)
    return Table(settled.header, settled.where, body, notes, share=csv.share, counted=counted)


def _merge(notes: Notes, more: Notes) -> None:
    for note, values in more.items():
        notes.setdefault(note, values)


# --- sheets ---------------------------------------------------------------------------------------


def _open_workbook(
    book: Workbook, column: Column, wanted: str | _All | None, notes: Notes
) -> Table:
    filled = [sheet for sheet in book.sheets if sheet.count and sheet.sample]
    if not filled:
        raise TableProblem(ProblemKind.EMPTY)
    if wanted is ALL_SHEETS:
        return _all_sheets(book, filled, column, notes)
    sheet = _chosen(filled, column, wanted)
    settled = settle(sheet.sample, column, first_column=sheet.first_column)
    if len(book.sheets) > 1:
        others = [each.name for each in book.sheets if each is not sheet]
        add_note(notes, ReadingNote.SHEET, sheet=sheet.name, others=others)
    _note_formulas(sheet, notes)
    _merge(notes, settled.notes)
    counted = Counted(above=settled.end_number)
    body = _rows(next(book.rows([sheet])), settled, notes, counted, is_csv=False)
    return Table(
        settled.header,
        settled.where,
        _to_the_end(body, book),
        notes,
        sheets=tuple(each.name for each in filled),
        sheet=sheet.name,
        expected=max(sheet.count - settled.end, 0),
        counted=counted,
        close=book.close,
    )


def _to_the_end(rows: Iterator[list[str]], book: Workbook) -> Iterator[list[str]]:
    yield from rows
    book.close()


def _chosen(sheets: Sequence[BookSheet], column: Column, wanted: object) -> BookSheet:
    """The sheet that somebody named, or the only one with postcodes. Raises TableProblem."""
    names = [sheet.name for sheet in sheets]
    if isinstance(wanted, str):
        folded = wanted.strip().casefold()
        for sheet in sheets:
            if sheet.name == wanted or sheet.name.strip().casefold() == folded:
                return sheet
        raise TableProblem(ProblemKind.NO_SUCH_SHEET, sheets=names)
    if len(sheets) == 1:
        return sheets[0]
    lists = [sheet for sheet in sheets if _settled(sheet, column) is not None]
    if len(lists) != 1:
        raise TableProblem(ProblemKind.WHICH_SHEET, sheets=[s.name for s in lists] or names)
    return lists[0]


def _settled(sheet: BookSheet, column: Column) -> Settled | None:
    """A sheet with postcodes, or with the column that somebody named; None for another."""
    try:
        settled = settle(sheet.sample, column, first_column=sheet.first_column)
    except TableProblem:
        return None
    return settled if settled.where is not None else None


def _all_sheets(book: Workbook, sheets: Sequence[BookSheet], column: Column, notes: Notes) -> Table:
    """The sheets with postcodes, one after the other, each column under its name."""
    lists = [(sheet, found) for sheet in sheets if (found := _settled(sheet, column)) is not None]
    if not lists:
        raise TableProblem(ProblemKind.NO_COLUMN)
    add_note(notes, ReadingNote.ALL_SHEETS, sheets=[sheet.name for sheet, _ in lists])
    used = {sheet.name for sheet, _ in lists}
    if left := [sheet.name for sheet in book.sheets if sheet.name not in used]:
        add_note(notes, ReadingNote.SHEETS_LEFT, sheets=left)
    keys: dict[tuple[str, int], int] = {}
    header: list[str] = []
    by_sheet = {}
    places_of = []
    for sheet, settled in lists:
        _note_formulas(sheet, notes)
        _merge(notes, settled.notes)
        places = [
            1 + _place_of(name, settled.header[:n], keys, header)
            for n, name in enumerate(settled.header)
        ]
        places_of.append(places)
        assert settled.where is not None
        where = settled.where
        by_sheet[sheet.name] = PostcodeCells(
            where.way, tuple(places[p] for p in where.places), is_home=where.is_home
        )
    _note_where_by_sheet(lists, notes)
    counted = Counted(above=sum(found.end_number - sheet.first_row + 1 for sheet, found in lists))
    body = _joined_rows(book, lists, places_of, notes, counted)
    return Table(
        (_free_name(header), *header),
        None,
        _to_the_end(body, book),
        notes,
        sheets=tuple(sheet.name for sheet in sheets),
        expected=sum(max(sheet.count - settled.end, 0) for sheet, settled in lists),
        counted=counted,
        by_sheet=by_sheet,
        close=book.close,
    )


def _note_where_by_sheet(lists: Sequence[tuple[BookSheet, Settled]], notes: Notes) -> None:
    """Says of each sheet where its postcodes are, unless it is the same in all."""
    used = {}
    for sheet, settled in lists:
        assert settled.where is not None
        names = names_for_people(settled.header)
        used[sheet.name] = " + ".join(names[place] for place in settled.where.places)
    if len(set(used.values())) > 1:
        for way in CellLayout:
            notes.pop(ReadingNote(way.value), None)
        columns = [f"{name}: {columns}" for name, columns in used.items()]
        add_note(notes, ReadingNote.BY_SHEET, columns=columns)


def _place_of(
    name: str, before: Sequence[str], keys: dict[tuple[str, int], int], header: list[str]
) -> int:
    """The place of a column in the common header; the second of a name is another column."""
    folded = name.strip().casefold()
    key = folded, sum(each.strip().casefold() == folded for each in before)
    if key not in keys:
        keys[key] = len(header)
        header.append(name)
    return keys[key]


def _free_name(header: Sequence[str]) -> str:
    taken = {name.strip().casefold() for name in header}
    name, number = SHEET_COLUMN, 2
    while name in taken:
        name, number = f"{SHEET_COLUMN}_{number}", number + 1
    return name


def _joined_rows(
    book: Workbook,
    lists: Sequence[tuple[BookSheet, Settled]],
    places_of: Sequence[Sequence[int]],
    notes: Notes,
    counted: Counted,
) -> Iterator[list[str]]:
    width = 1 + max(place for places in places_of for place in places)
    streams = book.rows([sheet for sheet, _ in lists])
    for (sheet, settled), places, rows in zip(lists, places_of, streams, strict=False):
        before = counted.last
        own = Counted(above=settled.end_number)
        for row in _rows(rows, settled, notes, own, is_csv=False):
            whole = [sheet.name, *[""] * (width - 1)]
            for place, cell in zip(places, row, strict=False):
                whole[place] = cell
            counted.read += 1
            yield [*whole, *row[len(places) :]]
        counted.last = before + own.last - sheet.first_row + 1


def _note_formulas(sheet: BookSheet, notes: Notes) -> None:
    if sheet.formulas:
        add_note(notes, ReadingNote.FORMULAS, cells=sheet.formulas, cell=sheet.formula)


# --- rows -----------------------------------------------------------------------------------------


def _rows(
    rows: Iterable[Row], settled: Settled, notes: Notes, counted: Counted, *, is_csv: bool
) -> Iterator[list[str]]:
    """The rows below the names, each checked for its width."""
    width, end = len(settled.header), settled.end_number
    for number, row in rows:
        if number <= end:
            continue
        if len(row) > width:
            row = settled.cut(row, number, notes)
        elif is_csv and len(row) < width:
            add_note(notes, ReadingNote.SHORTER_ROWS, row=number)
        counted.read += 1
        counted.last = number
        yield row
