"""A list with the added columns, as a CSV in pieces.

    table = open_table(data)                      # finds the postcodes
    for piece in convert(table, lookup): ...      # CSV, some thousand rows a piece

Pure and streaming: what is in memory is one piece, however long the table is, and nothing is
written to disk.
Not for: what is in the columns (`mmhs_finder.views.bulk_columns`), or every postcode as one table
(`lookup_table`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Final

import numpy as np

from mmhs_finder.bulk import Lookup
from mmhs_finder.tables.cells import BYTE_ORDER_MARK, csv_bytes, csv_lines, safe_cell
from mmhs_finder.tables.problems import ProblemKind, TableProblem
from mmhs_finder.tables.reading import Table
from mmhs_finder.views.bulk_columns import (
    added_names,
    area_cells,
    area_note,
    km_cells,
    outcome_cells,
    row_notes,
    sample_list,
)

CHUNK: Final = 20_000
"""Rows that are worked on at a time."""

Progress = Callable[[int, int], None]
"""Called with (rows done, rows in all). The second is an estimate until the end, and 0 when nothing
is known, as on a pipe."""


class BulkCancelled(Exception):
    """`cancelled` said so. What was made so far is the caller's to throw away."""


def convert(
    table: Table,
    lookup: Lookup,
    *,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Iterator[bytes]:
    """The table with the columns `ADDED`, as pieces of one CSV (UTF-8 with BOM, CR LF).

    The table's own columns come first, as they were but for the apostrophe of `safe_cell`; rows
    that are too short are filled up, and what a row has too many stands after the added columns.
    `table.done`, `matched`, `missed` and `notes` are kept up to date.

    Raises TableProblem (also in the middle, where a file turns out to be damaged) and
    BulkCancelled, when `cancelled()` is True between two pieces.
    """
    if not table.has_postcodes:
        raise TableProblem(ProblemKind.NO_COLUMN)
    cells = [tuple(map(safe_cell, area_cells(answer))) for answer in lookup.answers]
    area_notes = [safe_cell(area_note(answer)) for answer in lookup.answers]
    is_matched = np.array([answer.matched for answer in lookup.answers])
    header = [safe_cell(name) for name in (*table.header, *added_names(table.header))]
    yield BYTE_ORDER_MARK + csv_lines([header])
    while rows := list(islice(table.rows, CHUNK)):
        if cancelled is not None and cancelled():
            raise BulkCancelled
        found = lookup.find(table.postcodes(rows))
        numbers = found.answer.tolist()
        notes = [area_notes[number] for number in numbers]
        for row, note in row_notes(found, lookup.answers).items():
            notes[row] = safe_cell(note)
        shared = map(cells.__getitem__, numbers)
        tails = zip(shared, km_cells(found.km), outcome_cells(found), notes, strict=True)
        yield csv_lines(_joined(len(table.header), rows, tails))
        table.done += len(rows)
        table.matched += int(is_matched[found.answer].sum())
        table.missed.update(why.value for why in found.why_not.values())
        if progress is not None:
            progress(table.done, table.total)
    table.finish()
    if progress is not None:
        progress(table.done, table.done)


def sample() -> bytes:
    """A list to try, as a CSV."""
    return csv_bytes(*sample_list())


def _joined(
    width: int, rows: list[list[str]], tails: Iterable[tuple[tuple[str, ...], str, str, str]]
) -> Iterator[list[str]]:
    for row, (cells, *last) in zip(rows, tails, strict=True):
        safe = [safe_cell(cell) for cell in row]
        extra: list[str] = []
        if len(safe) > width:
            safe, extra = safe[:width], safe[width:]
        elif len(safe) < width:
            safe += [""] * (width - len(safe))
        yield [*safe, *cells, *last, *extra]
