"""Changes for tests: of the made-up directory, with evidence that nobody has to think about."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from typing import Any

from mmhs_finder.curation.applying import Applied, apply_changes
from mmhs_finder.curation.changeset import ChangeSet, Proposed
from mmhs_finder.directory.changes import COLUMNS, FILE

TODAY = date(2026, 11, 30)


def change(file: str, row: str, column: str, old: str, new: str, **evidence: Any) -> Proposed:
    return Proposed(
        file,
        row,
        column,
        old,
        new,
        **{
            "source_url": "https://example.org/page",
            "quote": "Words of the page",
            "source_date": "2026-11",
            "confidence": "high",
            **evidence,
        },
    )


def apply(folder: Path, *changes: Proposed, **options: Any) -> Applied:
    return apply_changes(folder, ChangeSet(changes), today=TODAY, **options)


def write_changes(path: Path, *changes: Proposed) -> Path:
    """A file of changes, as a spreadsheet saves it."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        writer.writerows(each.cells for each in changes)
    return path


def held(folder: Path) -> dict[str, bytes]:
    """What every file of a directory holds, hidden ones and the lock apart."""
    return {
        p.name: p.read_bytes() for p in sorted(folder.iterdir()) if p.is_file() and p.name[0] != "."
    }


def history(folder: Path) -> list[tuple[str, ...]]:
    """The lines of the history without the day."""
    with (folder / FILE).open(encoding="utf-8", newline="") as file:
        return [tuple(row[c] for c in COLUMNS) for row in csv.DictReader(file)]


def reversed_changes(*changes: Proposed) -> tuple[Proposed, ...]:
    """Changes of cells that take these back."""
    return tuple(change(c.file, c.row, c.column, c.new, c.old) for c in reversed(changes))
