"""Which row of a table has the names of its columns, and what stands above it.

Reports begin with titles, dates, comments and pairs such as "Trust: North"; spreadsheets have names
in two rows. Pure. Not for: which column has the postcodes (`columns`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from mmhs_finder.tables.columns import (
    has_full,
    is_exact_name,
    is_full,
    is_postcode_name,
    may_be_postcode_name,
)
from mmhs_finder.tables.csv_rows import Row

WITHIN: Final = 60
"""Rows at the top of a table among which the names are looked for."""

_BODY: Final = 100
"""Rows below a row that show whether it has the names."""


@dataclass(frozen=True)
class Heading:
    """The names of the columns: `names` is empty when no row has them. The rows of the sample up to
    `end` (from 0, not included) are names and what stands above; `top` is the first with names."""

    names: tuple[str, ...]
    top: int
    end: int


def find_heading(rows: Sequence[Row], wanted: str | None = None) -> Heading:
    """The names of the columns in the first rows of a table.

    wanted: the name of a column that somebody says there is; a row that has it is the one.
    """
    top = _with_wanted(rows, wanted)
    if top is None:
        top = _with_postcode_name(rows)
    if top is None:
        top, is_header = _above_the_data(rows)
        if not is_header:
            return Heading((), top, top)
    return _with_neighbours(rows, top)


def _with_wanted(rows: Sequence[Row], wanted: str | None) -> int | None:
    if wanted is None:
        return None
    for place, (_, row) in enumerate(rows[:WITHIN]):
        if any(cell.strip().casefold() == wanted for cell in row) and not any(map(is_full, row)):
            return place
    return None


def _with_postcode_name(rows: Sequence[Row]) -> int | None:
    """The row that best names a column with postcodes below it, or None."""
    best, best_score = None, (False, False, False, 0)
    for place, (_, row) in enumerate(rows[:WITHIN]):
        named = [column for column, cell in enumerate(row) if may_be_postcode_name(cell)]
        if not named or any(map(is_full, row)):
            continue
        below = [cells for _, cells in rows[place + 1 : place + 1 + _BODY]]
        here = [c for c in named if any(len(cells) > c and has_full(cells[c]) for cells in below)]
        if not here and not any(is_postcode_name(row[c]) for c in named):
            continue
        score = (
            bool(here) or _count(row) > 1,
            not any(_is_number(cell) for cell in row),
            any(is_exact_name(row[c]) for c in here or named),
            min(_count(row), _usual([cells for _, cells in rows[: WITHIN + _BODY]])),
        )
        if score > best_score:
            best, best_score = place, score
    return best


def _above_the_data(rows: Sequence[Row]) -> tuple[int, bool]:
    """(The row with the names, True), or (the first row of data, False) when there are no names."""
    cells = [row for _, row in rows]
    data = next((p for p, row in enumerate(cells) if any(map(is_full, row))), None)
    if data is None:
        data = next((p for p, row in enumerate(cells) if any(map(has_full, row))), len(cells))
    usual = _usual(cells[data:] or cells)
    for place, row in enumerate(cells[: min(data, WITHIN)]):
        is_comment = row[0].lstrip().startswith("#") and _count(row) == 1 < data - place
        if _count(row) >= max(1, 0.7 * usual) and not is_comment:
            return place, True
    if data == len(cells):
        return 0, True
    if data and 2 * _count(cells[data - 1]) >= max(usual, 4):
        return data - 1, True
    return data, False


def _with_neighbours(rows: Sequence[Row], top: int) -> Heading:
    """The names of one row, or of two where the row above or below has the other half."""
    number, row = rows[top]
    if top and rows[top - 1][0] == number - 1 and _is_group(rows[top - 1][1], row):
        return Heading(_put_together(rows[top - 1][1], row), top - 1, top + 1)
    below = rows[top + 1] if top + 1 < len(rows) else None
    if below and below[0] == number + 1 and _is_second(row, below[1]):
        return Heading(_put_together(row, below[1]), top, top + 2)
    return Heading(tuple(row), top, top + 1)


def _is_group(above: Sequence[str], row: Sequence[str]) -> bool:
    """Whether a row above the names says to what groups of them belong."""
    if any(map(has_full, above)) or any(map(_is_number, above)):
        return False
    filled = _filled(above)
    lone = [p for p in filled if not (len(row) > p and row[p].strip())]
    if lone and len(lone) == len(filled):
        return len(row) > lone[0]  # merged downwards, all of it
    spans = filled != [*range(len(filled))] or len(filled) == 1
    return len(filled) >= 2 and spans and len(filled) < max(len(row), 3)


def _is_second(row: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the row below the names has the names within their groups."""
    filled = _filled(below)
    if any(map(has_full, below)) or any(any(map(str.isdigit, cell)) for cell in below):
        return False
    named = {p for p, cell in enumerate(row) if may_be_postcode_name(cell)}
    if not filled or named & {*filled}:
        return False
    blank = {p for p in range(max(len(row), len(below))) if p >= len(row) or not row[p].strip()}
    groups = {p for p in range(len(row)) if p + 1 in blank and row[p].strip()}
    return bool(blank & {*filled}) and {*filled} <= blank | groups


def _put_together(groups: Sequence[str], row: Sequence[str]) -> tuple[str, ...]:
    names, group = [], ""
    for place in range(max(len(groups), len(row))):
        own = row[place].strip() if place < len(row) else ""
        above = groups[place].strip() if place < len(groups) else ""
        group = above or group
        names.append(f"{group} {own}".strip() if own and own != group else own or above)
    return tuple(names)


def _filled(row: Sequence[str]) -> list[int]:
    return [place for place, cell in enumerate(row) if cell.strip()]


def _count(row: Sequence[str]) -> int:
    return len(_filled(row))


def _usual(rows: Sequence[Sequence[str]]) -> int:
    """How many cells of a row are filled, in most rows."""
    counts = Counter(map(_count, rows[:_BODY]))
    return max(counts, key=lambda each: (counts[each], each)) if counts else 1


def _is_number(cell: str) -> bool:
    return cell.strip().replace(".", "", 1).isdigit()
