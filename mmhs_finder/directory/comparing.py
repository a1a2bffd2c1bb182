"""Two folders of the directory held against each other: what is other in the second.

Each difference is written as a change of the history is, without evidence: from the files as text,
so that a folder can be compared that an older version wrote.
Not for: what of it may be published (`public_changes`), or words (`views.differences`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from mmhs_finder.directory.changes import (
    AREAS_OF_SERVICES,
    NEW_ROW,
    ROW_REMOVED,
    Change,
    row_of,
)
from mmhs_finder.directory.files import FILES, BrokenDirectory, CsvFile, Problem, read_table
from mmhs_finder.directory.reading import KEYS

_NAMES: Final = ("name", "service_name")


@dataclass(frozen=True)
class Differences:
    """changes: file by file, in the order of the rows; `applied_on` is "". names: what the rows of
    either folder are called, by file and row as a change names them."""

    changes: tuple[Change, ...]
    names: Mapping[tuple[str, str], str]


def differences(old: Path, new: Path) -> Differences:
    """What is other in the folder `new`. A column that one of them lacks is blank there.

    Raises BrokenDirectory for a file that is missing or cannot be read as a table.
    """
    changes: list[Change] = []
    names: dict[tuple[str, str], str] = {}
    for file in FILES:
        before, after = _rows(old, file), _rows(new, file)
        changes += _of_file(file, before, after)
        for rows in (before, after):
            for cells in rows.values():
                name = next((cells[n] for n in _NAMES if cells.get(n)), "")
                names[file, row_of(file, cells)] = name
    return Differences(tuple(changes), names)


Rows = dict[tuple[str, ...], Mapping[str, str]]
"""The cells of each row by the values of its key."""


def _rows(folder: Path, file: str) -> Rows:
    table, problems = read_table(folder, file)
    if broken := [p for p in problems if _is_broken(table, p)]:
        raise BrokenDirectory(Problem(f"{folder}/{p.file}", *_rest(p)) for p in broken)
    return {tuple(row.cells.get(c, "") for c in KEYS[file]): row.cells for row in table.rows}


def _is_broken(table: CsvFile, problem: Problem) -> bool:
    """Whether a row or the whole file is lost, and not only the name of a column."""
    return not table.columns or problem.row > 1


def _rest(problem: Problem) -> tuple[int, str, str, str]:
    return problem.row, problem.column, problem.value, problem.message


def _of_file(file: str, before: Rows, after: Rows) -> Iterator[Change]:
    columns = [c for c in FILES[file].model_fields if c not in KEYS[file]]
    for key, cells in after.items():
        row, area = row_of(file, cells, cells.get("area_code", "")), key[-1]
        was = before.get(key)
        if was is None and file != AREAS_OF_SERVICES:
            name = next((cells[n] for n in _NAMES if cells.get(n)), "")
            yield Change("", file, row, NEW_ROW, "", name)
        for column in columns:
            old, new = (was or {}).get(column, ""), cells.get(column, "")
            if old != new:
                where = f"{column} ({area})" if file == AREAS_OF_SERVICES else column
                yield Change("", file, row, where, old, new)
    for key, cells in before.items():
        if key not in after:
            row, area = row_of(file, cells, cells.get("area_code", "")), key[-1]
            where = f"area_code ({area})" if file == AREAS_OF_SERVICES else KEYS[file][-1]
            yield Change("", file, row, where, key[-1], ROW_REMOVED)
