"""Checks of the facts from national reports: files, columns, figures, and a source for each row.

`data check` reads them after the directory. Not for: whether a figure is the report's, which only
the report can say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from mmhs_finder.curation.damage import spreadsheet_damage
from mmhs_finder.directory.files import CsvFile, CsvRow, Problem, folder_beside, read_csv
from mmhs_finder.planning.facts import COLUMNS, FACTS

_KEYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"workforce_model.csv": ("name", "births")}
)
"""The columns that together tell the rows of a file apart, where it is not `id` alone."""

_FIGURES: Final = ("value", "least", "most", "out_of", "births", "position")
_NEEDED: Final = ("source", "label", "consideration", "value", "step", "what", "counts")


def fact_problems(folder: Path) -> list[Problem]:
    """What is wrong with the facts beside a directory, in the order of files and rows.

    folder: that of the directory. One of an operator's own need not hold facts; where it does, or
    where it is the project's, every file must be right.
    """
    facts = folder_beside(folder, FACTS)
    if facts is None:
        return []
    found = sorted(problem for file in COLUMNS for problem in _file_problems(facts, file))
    return [problem.within(FACTS.name) for problem in found]


def _file_problems(facts: Path, file: str) -> Iterator[Problem]:
    table, problems = read_csv(facts, file, COLUMNS[file])
    yield from problems
    key = _KEYS.get(file, ("id",))
    seen: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        yield from _row_problems(table, row)
        values = tuple(row.cells.get(column, "") for column in key)
        if values[0] and values in seen:
            message = f"is already in row {seen[values]}. Keep one of the two rows."
            yield Problem(file, row.number, key[0], values[0], message)
        seen.setdefault(values, row.number)


def _row_problems(table: CsvFile, row: CsvRow) -> Iterator[Problem]:
    printed = row.cells.get("role") == "printed"  # such a row has no field to be labelled
    for column, value in row.cells.items():
        message = ""
        if not value and column in _NEEDED and not (printed and column == "label"):
            message = "this cell is blank. Every row needs it."
        elif value and column in _FIGURES and not _is_number(value):
            message = "is not a number. Write it with digits and a point, like 51.28."
        elif value:
            message = spreadsheet_damage(value)
        if message:
            yield Problem(table.file, row.number, column, value, message)


def _is_number(text: str) -> bool:
    try:
        return float(text) == float(text)
    except ValueError:
        return False
