"""A copy of a directory that a test may break."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

Change = Callable[[list[list[str]]], None]


class BreakableCopy:
    """A directory in a folder of its own. Rows are numbered as a spreadsheet numbers them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rows(self, file: str) -> list[list[str]]:
        with (self.folder / file).open(encoding="utf-8-sig", newline="") as lines:
            return list(csv.reader(lines))

    def write(self, file: str, rows: list[list[str]]) -> None:
        with (self.folder / file).open("w", encoding="utf-8", newline="") as lines:
            csv.writer(lines).writerows(rows)

    def change(self, file: str, change: Change) -> None:
        rows = self.rows(file)
        change(rows)
        self.write(file, rows)

    def set(self, file: str, row: int, column: str, value: str) -> None:
        rows = self.rows(file)
        rows[row - 1][rows[0].index(column)] = value
        self.write(file, rows)

    def row_where(self, file: str, **wanted: str) -> int:
        """The first row whose columns hold these values; "*" means anything but blank."""
        rows = self.rows(file)
        for number, cells in enumerate(rows[1:], start=2):
            row = dict(zip(rows[0], cells, strict=True))
            if all(row[c] == v or (v == "*" and row[c]) for c, v in wanted.items()):
                return number
        raise LookupError(wanted)
