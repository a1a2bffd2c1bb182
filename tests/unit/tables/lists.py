"""Lists as people make them, for the tests: workbooks with sheets, and what a list is read as."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import openpyxl

from mmhs_finder.tables.problems import Notes
from mmhs_finder.tables.reading import open_table

Rows = Iterable[Iterable[object]]


def sheets(**named: Rows) -> bytes:
    """An XLSX with these sheets, in this order."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in named.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


@dataclass(frozen=True)
class Read:
    """What a list is read as: its rows, and the text that is looked up of each."""

    header: tuple[str, ...]
    rows: list[list[str]]
    looked_up: list[str]
    notes: Notes
    sheets: tuple[str, ...]
    blank_rows: int

    def values(self, note: str) -> Mapping[str, object]:
        return next(values for kind, values in self.notes.items() if kind == note)


def read(data: bytes, **how: Any) -> Read:
    table = open_table(data, **how)
    rows = list(table.rows)
    table.done = len(rows)
    looked_up = table.postcodes(rows)
    table.finish()  # raises when a row is lost
    return Read(table.header, rows, looked_up, table.notes, table.sheets, table.blank_rows)
