"""A form as it comes back: what somebody writes into the cells of one that was sent."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl

ANSWER, KEY = 3, 4
"""Columns of the answers and of the rows' keys, from 1."""

CONFIRMED = {"confirm": "Yes", "role": "Team manager", "day": "25 November 2026"}


def sheet_of(book: Any, service_id: str) -> Any:
    """The sheet of a service, by the id in its hidden column."""
    return next(s for s in book.worksheets if s.cell(1, KEY).value == service_id)


def cell_of(sheet: Any, key: str) -> Any:
    """The answer's cell of the row with a key."""
    row = next(n for n in range(1, sheet.max_row + 1) if sheet.cell(n, KEY).value == key)
    return sheet.cell(row, ANSWER)


def fill(
    form: Path, service_id: str, answers: Mapping[str, object], to: Path | None = None
) -> Path:
    """Writes answers into a form, by the keys of its rows. to: where it is saved."""
    book = openpyxl.load_workbook(form)
    sheet = sheet_of(book, service_id)
    for key, value in answers.items():
        cell = cell_of(sheet, key)
        if not isinstance(value, str):
            cell.number_format = "General"
        cell.value = value
    book.save(to or form)
    return to or form
