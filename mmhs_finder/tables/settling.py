"""What the first rows of a table say of all of it: the names, how wide it is, where the postcodes
are.

Pure. Not for: reading (`reading`), or the rules for names (`heading`) and places (`columns`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from mmhs_finder.tables.cells import column_letters
from mmhs_finder.tables.columns import CellLayout, PostcodeCells, find_where
from mmhs_finder.tables.csv_rows import Row
from mmhs_finder.tables.heading import find_heading
from mmhs_finder.tables.problems import (
    MAX_COLUMNS,
    Notes,
    ProblemKind,
    ReadingNote,
    TableProblem,
    add_note,
)
from mmhs_finder.words import say

Column = str | int | PostcodeCells | None
"""What somebody says of the postcode column: its name, its place from 0, or where it is."""


@dataclass
class Settled:
    """What is known of a table. `end_number` is the last row of the names, by its number in the
    file; `end` counts the rows up to there that have something in them."""

    header: tuple[str, ...]
    where: PostcodeCells | None
    end: int
    end_number: int
    first_column: int  # the spreadsheet's column of the first cell, from 1
    notes: Notes = field(default_factory=dict)

    def cut(self, row: list[str], number: int, notes: Notes) -> list[str]:
        """A row that is wider than the header, without the blank cells at its end.

        Raises TableProblem for more than `MAX_COLUMNS`.
        """
        while row and not row[-1].strip():
            row.pop()
        width = len(self.header)
        if len(row) <= width:
            return row
        stray = next(place for place in range(width, len(row)) if row[place].strip())
        letters = column_letters(stray + self.first_column)
        add_note(notes, ReadingNote.LONGER_ROWS, row=number, letters=letters)
        if len(row) > MAX_COLUMNS:
            row = row[:width] + [cell for cell in row[width:] if cell.strip()]
            if len(row) > MAX_COLUMNS:
                raise TableProblem(ProblemKind.TOO_MANY_COLUMNS, count=MAX_COLUMNS)
        return row


def settle(sample: Sequence[Row], column: Column, *, first_column: int = 1) -> Settled:
    """What the first rows of a table say.

    Raises TableProblem: `EMPTY`, `NO_SUCH_COLUMN`, `TOO_MANY_COLUMNS`.
    """
    if not sample:
        raise TableProblem(ProblemKind.EMPTY)
    notes: Notes = {}
    wanted = column.strip().casefold() if isinstance(column, str) else None
    heading = find_heading(sample, wanted)
    body = [row for _, row in sample[heading.end :]]
    if not body:
        raise TableProblem(ProblemKind.EMPTY)
    names = list(heading.names)
    if not names:
        width = _width(1, 2 * MAX_COLUMNS, body)
        header = tuple(f"column_{number}" for number in range(1, width + 1))
        add_note(notes, ReadingNote.NO_HEADER)
    else:
        header = _header(names, body, first_column, notes)
    if len(header) > MAX_COLUMNS:
        raise TableProblem(ProblemKind.TOO_MANY_COLUMNS, count=MAX_COLUMNS)
    above = [number for number, _ in sample[: heading.top]]
    if len(above) == 1:
        add_note(notes, ReadingNote.ONE_ABOVE, first=above[0])
    elif above:
        add_note(notes, ReadingNote.ABOVE, first=above[0], last=above[-1])
    if heading.end - heading.top == 2:
        add_note(notes, ReadingNote.TWO_HEADERS)
    where = _where(header, body, column)
    if where is not None:
        _note_where(where, header, notes)
    end_number = sample[heading.end - 1][0] if heading.end else sample[0][0] - 1
    return Settled(header, where, heading.end, end_number, first_column, notes)


def _header(
    names: list[str], body: Sequence[Sequence[str]], first_column: int, notes: Notes
) -> tuple[str, ...]:
    """The names, as many as there are columns with something in them. Columns without a name count
    as far as they follow on those with one."""
    length = len(names)
    while names and not names[-1].strip():
        names.pop()
    if len(names) > MAX_COLUMNS:
        used = _width(1, 2 * MAX_COLUMNS, body)
        if len(names) > used:
            named = sum(bool(name.strip()) for name in names[used:])
            last = column_letters(len(names) - 1 + first_column)
            add_note(notes, ReadingNote.EMPTY_COLUMNS, columns=named, letters=last)
            names = names[:used]
        while names and not names[-1].strip():
            names.pop()
    width = _width(len(names), length, body)
    return (*names, *[""] * (width - len(names)))


def _width(named: int, length: int, body: Sequence[Sequence[str]]) -> int:
    """The width of a table with so many columns with names, in a row of that length.

    A column without a name counts when it follows on those with one and has a cell, within the row
    of the names; beyond it, when more than half of the rows have one there.
    """
    cells = Counter(
        place for row in body for place, cell in enumerate(row[: 2 * MAX_COLUMNS]) if cell
    )
    while cells[named] and (named < length or 2 * cells[named] > len(body)):
        named += 1
    return named


def _where(
    header: tuple[str, ...], body: Sequence[Sequence[str]], column: Column
) -> PostcodeCells | None:
    found = find_where(header, body)
    if column is None:
        return found
    said = column if isinstance(column, PostcodeCells) else _named(header, column)
    if said is None or not all(0 <= place < len(header) for place in said.places):
        some = names_for_people(header)[:20]
        raise TableProblem(ProblemKind.NO_SUCH_COLUMN, columns=", ".join(some))
    return found if found is not None and found.places == said.places else said


def _named(header: tuple[str, ...], column: str | int) -> PostcodeCells | None:
    if isinstance(column, int):
        return PostcodeCells(CellLayout.COLUMN, (column,))
    wanted = column.strip().casefold()
    for names in (header, names_for_people(header)):
        for place, name in enumerate(names):
            if name.strip().casefold() == wanted:
                return PostcodeCells(CellLayout.COLUMN, (place,))
    return None


def names_for_people(header: Sequence[str]) -> tuple[str, ...]:
    """The names of columns, to choose from: blank ones are numbered."""
    return tuple(
        " ".join(name.split()) or say("bulk.column_blank", number=number)
        for number, name in enumerate(header, 1)
    )


def _note_where(where: PostcodeCells, header: Sequence[str], notes: Notes) -> None:
    names = names_for_people(header)
    used = [names[place] for place in where.places]
    if where.way in (CellLayout.COLUMN, CellLayout.WITHIN):
        add_note(notes, ReadingNote(where.way.value), column=used[0])
    else:
        add_note(notes, ReadingNote(where.way.value), columns=used)
    if where.others:
        add_note(notes, ReadingNote.OTHERS, columns=[names[place] for place in where.others])
    if not where.is_home:
        add_note(notes, ReadingNote.NOT_HOME, columns=used)
