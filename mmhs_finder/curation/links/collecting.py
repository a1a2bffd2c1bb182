"""The web addresses of a folder's CSV files, and the cells that they stand in.

Not for: asking them (`asking`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mmhs_finder.directory.files import CsvFile
from mmhs_finder.directory.linked import ADDRESSES
from mmhs_finder.directory.reading import KEYS


@dataclass(frozen=True)
class Cell:
    """Where an address stands. row: as a spreadsheet shows it. key: of the row, such as its id."""

    file: str
    row: int
    key: str
    column: str

    def __str__(self) -> str:
        return f"{self.file} row {self.row} ({self.key}), column {self.column}"


def addresses(tables: Mapping[str, CsvFile]) -> dict[str, tuple[Cell, ...]]:
    """Every address that anything stands for, in the order of files and rows, with its cells.

    A text that is no address of the web is left out: `data check` names it.
    """
    found: dict[str, list[Cell]] = {}
    for table in tables.values():
        for row in table.rows:
            key = "/".join(row.cells.get(name, "") for name in KEYS[table.file])
            for column in ADDRESSES:
                for url in row.cells.get(column, "").split(";"):
                    if url.strip().lower().startswith(("http://", "https://")):
                        cell = Cell(table.file, row.number, key, column)
                        found.setdefault(url.strip(), []).append(cell)
    return {url: tuple(cells) for url, cells in found.items()}
