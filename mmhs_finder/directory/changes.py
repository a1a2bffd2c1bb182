"""What was changed in the directory and when, read from `changes.csv`.

What a cell held before and after, and why, stays in the file: it may be a note of those who keep
the directory, or a number that is not for parents.
Not for: words (`views.changes`), or writing the file (docs/keeping-the-data.md).
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Final

FILE: Final = "changes.csv"
NEW_ROW: Final = "(new row)"
"""What stands in `column` where a whole row was added."""


@dataclass(frozen=True)
class Change:
    """A cell that was changed. applied_on: "2026-11-25". row: the id of the row."""

    applied_on: str
    file: str
    row: str
    column: str


def read_changes(folder: Path) -> tuple[Change, ...]:
    """Every change in the order of the file; () where there is none."""
    path = folder / FILE
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            Change(row["applied_on"], row["file"], row["row"], row["column"])
            for row in csv.DictReader(file)
        )
