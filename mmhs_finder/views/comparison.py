"""Referral sheets side by side: rows are criteria, with a word on whether the services differ.

Not for: what a sheet says (`sheet`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mmhs_finder.tables.cells import csv_bytes
from mmhs_finder.views.names import plain
from mmhs_finder.views.sheet import Sheet, SheetGroup
from mmhs_finder.views.sheet_words import row_heading
from mmhs_finder.words import say

MOST_COMPARED = 5
"""More columns than this cannot be read side by side."""

_NOT_COMPARED = ("silent", "while_waiting", "case_study", "source")
_NEVER_THE_SAME = (
    "how",
    "area",
    "website",
    "address",
    "backing",
    "source_date",
    "checked_on",
    "confidence",
)
"""Rows that tell services apart and say nothing about a person's way in: no mark for them."""


@dataclass(frozen=True)
class ComparedRow:
    """One criterion across services. `note` says in words whether they differ; "" needs no word."""

    id: str
    heading: str
    cells: tuple[str, ...]
    differs: bool
    note: str


@dataclass(frozen=True)
class Comparison:
    """Services side by side: one column each, in the order given."""

    sheets: tuple[Sheet, ...]
    rows: tuple[ComparedRow, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(sheet.label for sheet in self.sheets)

    @property
    def differing(self) -> int:
        return sum(row.differs for row in self.rows)


def compare(sheets: Sequence[Sheet]) -> Comparison:
    """Services side by side, rows = criteria. Up to `MOST_COMPARED` sheets; more are left out."""
    shown = tuple(sheets[:MOST_COMPARED])
    ids = dict.fromkeys(
        row.id for g in SheetGroup for s in shown for row in s.rows if row.group is g
    )
    return Comparison(shown, tuple(_table_row(i, shown) for i in ids if i not in _NOT_COMPARED))


def _table_row(row_id: str, sheets: Sequence[Sheet]) -> ComparedRow:
    rows = [sheet.row(row_id) for sheet in sheets]
    cells = tuple(row.text if row else say("compare.not_kept") for row in rows)
    said = {plain(row.text) for row in rows if row and row.published}
    silent = any(row is not None and not row.published for row in rows)
    several = len(sheets) > 1 and row_id not in _NEVER_THE_SAME
    differs = several and (len(said) > 1 or (bool(said) and silent))
    if not several:
        note = ""
    elif not said:
        note = say("compare.nobody_says")
    elif len(said) > 1:
        note = say("compare.differs")
    else:
        note = say("compare.some_silent") if silent else say("compare.same")
    return ComparedRow(row_id, row_heading(row_id), cells, differs, note)


def table_csv(table: Comparison) -> bytes:
    """The comparison as a spreadsheet file."""
    header = (say("compare.criterion"), *table.columns, say("compare.difference"))
    return csv_bytes(header, ((row.heading, *row.cells, row.note) for row in table.rows))
