"""The history of the directory: what was changed and when, read from `changes.csv`.

A change names a file, a row and a column; how it names them is read here only (`target_of`), for
the history and for changes that are still to be made. What a cell held may be a note of those who
keep the directory, or a number that is not for parents: `directory.public_changes` says what of it
may be published.
Not for: words (`views.changes`), or making a change (`curation.applying`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from mmhs_finder.directory.reading import KEYS

FILE: Final = "changes.csv"
NEW_ROW: Final = "(new row)"
"""What stands in `column` where a whole row was added."""

ROW_REMOVED: Final = "(row removed)"
"""What stands in `new`, at the column of a key, where a whole row was taken out."""

EVIDENCE: Final = ("source_url", "quote", "source_date", "confidence")
COLUMNS: Final = ("file", "row", "column", "old", "new", *EVIDENCE)
"""The columns of a file of changes; the history has `applied_on` before them."""

FROM_SERVICE: Final = ("form", "mail", "call")
"""How the service itself told something, before the colon in `source_url`: `form:CODE`, or `mail:`
and `call:` with who wrote or was rung."""

HISTORY_COLUMNS: Final = ("applied_on", *COLUMNS)
AREAS_OF_SERVICES: Final = "service_areas.csv"
_INSIDE: Final = re.compile(r"(?P<column>\w+|\(new row\)) \((?P<inside>[^()]+)\)")


@dataclass(frozen=True)
class Change:
    """A cell that was changed. applied_on: "2026-11-25". row: the id of the row.

    old, new: what the cell held before and after. source_url: the page that says so, or
    `form:CODE` or `call:...` where the service told it. source_date: as precise as the source.
    """

    applied_on: str
    file: str
    row: str
    column: str
    old: str = ""
    new: str = ""
    source_url: str = ""
    quote: str = ""
    source_date: str = ""
    confidence: str = ""


class ChangeKind(StrEnum):
    """What a change does. moved: a row of `service_areas.csv` was given to another service."""

    CELL = "cell"
    NEW_ROW = "new_row"
    REMOVED = "removed"
    MOVED = "moved"


@dataclass(frozen=True)
class Target:
    """What a change is about.

    row: the first column of the row's key; for files whose key has several columns all of them with
    "/" between, but in `service_areas.csv` the service alone. area: there, the area's code, or "".
    column: "" for a whole row.
    """

    kind: ChangeKind
    file: str
    row: str
    column: str = ""
    area: str = ""


def target_of(file: str, row: str, column: str, old: str, new: str) -> Target:
    """What a line of changes is about. Raises nothing: whether it exists is another question.

    An area stands in brackets after the column, "certainty (E07000106)", or is the `new` of a new
    row.
    """
    area = ""
    if file == AREAS_OF_SERVICES:
        if found := _INSIDE.fullmatch(column):
            column, area = found["column"], found["inside"].strip()
        elif column == NEW_ROW:
            area = new
    if column == NEW_ROW:
        return Target(ChangeKind.NEW_ROW, file, row, "", area)
    if new == ROW_REMOVED:
        return Target(ChangeKind.REMOVED, file, row, "", area)
    if file == AREAS_OF_SERVICES and column == "area_code" and old == row and old != new:
        return Target(ChangeKind.MOVED, file, row, "", area)
    return Target(ChangeKind.CELL, file, row, column, area)


def row_of(file: str, cells: Mapping[str, str], area: str = "") -> str:
    """How a change names a row of a file of the directory: as `Target.row`. area: of a row of
    `service_areas.csv`."""
    names = KEYS[file][:1] if file == AREAS_OF_SERVICES and area else KEYS[file]
    return "/".join(cells.get(column, "") for column in names)


def read_changes(folder: Path) -> tuple[Change, ...]:
    """Every change in the order of the file; () where there is none."""
    path = folder / FILE
    if not path.is_file():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            Change(**{column: (row.get(column) or "").strip() for column in HISTORY_COLUMNS})
            for row in csv.DictReader(file)
        )
