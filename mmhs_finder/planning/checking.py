"""Checks of the facts from national reports: files, columns, figures, and a source for each row.

`data check` reads them after the directory. Not for: whether a figure is the report's, which only
the report can say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from mmhs_finder.curation.damage import spreadsheet_damage
from mmhs_finder.directory import DATA
from mmhs_finder.directory.files import (
    CsvFile,
    CsvRow,
    Problem,
    folder_beside,
    read_csv,
    read_table,
)
from mmhs_finder.eligibility.criteria import CriterionId
from mmhs_finder.planning.facts import AREAS, COLUMNS, FACTS, SELF_CHECKS, Unit
from mmhs_finder.planning.integrate import GuideList

_KEYS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {"workforce_model.csv": ("name", "births")}
)
"""The columns that together tell the rows of a file apart, where it is not `id` alone."""

_FIGURES: Final = ("value", "least", "most", "out_of", "births", "position")
_NEEDED: Final = (
    "source",
    "where",
    "label",
    "consideration",
    "recommendation",
    "value",
    "url",
    *("text", "place", "area_codes", "title", "step", "what", "counts"),
)
_NOT_NEEDED: Final = (("promise.csv", "url"), ("promise.csv", "where"))
"""What may be blank: of some texts there is a copy only, and a short one has no parts."""

_BLANK: Final = "this cell is blank. Every row needs it."
_KNOWN: Final[Mapping[tuple[str, str], tuple[str, ...]]] = MappingProxyType(
    {
        ("report_figures.csv", "unit"): tuple(Unit),
        ("context_facts.csv", "unit"): tuple(Unit),
        ("criteria_kinds.csv", "id"): tuple(CriterionId),
        ("integration.csv", "group"): tuple(GuideList),
        ("criteria_kinds.csv", "unit"): ("", Unit.WEEKS, Unit.MONTHS),
        **{(file, "area"): AREAS for file in SELF_CHECKS},
    }
)
"""The words that a column can hold, by file and column."""


def fact_problems(folder: Path) -> list[Problem]:
    """What is wrong with the facts beside a directory, in the order of files and rows.

    folder: that of the directory. One of an operator's own need not hold facts; where it does, or
    where it is the project's, every file must be right.
    """
    facts = folder_beside(folder, FACTS)
    if facts is None:
        return []
    areas = frozenset(row.cells.get("code", "") for row in read_table(DATA, "areas.csv")[0].rows)
    found = sorted(problem for file in COLUMNS for problem in _file_problems(facts, file, areas))
    return [problem.within(FACTS.name) for problem in found]


def _file_problems(facts: Path, file: str, areas: Collection[str]) -> Iterator[Problem]:
    """areas: the codes of the project's own `areas.csv`, which its facts are about."""
    table, problems = read_csv(facts, file, COLUMNS[file])
    yield from problems
    key = _KEYS.get(file, ("id",))
    seen: dict[tuple[str, ...], int] = {}
    for row in table.rows:
        yield from _row_problems(table, row, areas)
        values = tuple(row.cells.get(column, "") for column in key)
        if values[0] and values in seen:
            message = f"is already in row {seen[values]}. Keep one of the two rows."
            yield Problem(file, row.number, key[0], values[0], message)
        seen.setdefault(values, row.number)


def _row_problems(table: CsvFile, row: CsvRow, areas: Collection[str]) -> Iterator[Problem]:
    printed = row.cells.get("role") == "printed"  # such a row has no field to be labelled
    for column, value in row.cells.items():
        needed = (table.file, column) not in _NOT_NEEDED and column in _NEEDED
        needed = needed or "" not in _KNOWN.get((table.file, column), ("",))
        blank = not value and needed and not (printed and column == "label")
        message = _BLANK if blank else _cell_problem(table.file, column, value) if value else ""
        if column == "area_codes" and (strange := _strange(value, areas)):
            message = f"holds {', '.join(strange)}, which areas.csv does not have."
        if message:
            yield Problem(table.file, row.number, column, value, message)
    if row.cells.get("unit") == Unit.ONE_IN and row.cells.get("value") == "0":
        yield Problem(table.file, row.number, "value", "0", "cannot be 0: this is one in so many.")


def _cell_problem(file: str, column: str, value: str) -> str:
    """What is wrong with a cell that is not blank; "" for nothing."""
    if column in _FIGURES and not _is_number(value):
        return "is not a number. Write it with digits and a point, like 51.28."
    if column == "values" and not all(each.isdecimal() for each in value.split(";")):
        return "are not whole numbers with a semicolon between them, like 12;24;60."
    if column == "url" and not value.startswith("https://"):
        return "is not an address that begins with https://."
    known = _KNOWN.get((file, column))
    if known is not None and value not in known:
        return f"is none of: {', '.join(known)}."
    return spreadsheet_damage(value)


def _strange(codes: str, areas: Collection[str]) -> list[str]:
    """The codes that no area has."""
    return [code for code in codes.split(";") if code and code not in areas]


def _is_number(text: str) -> bool:
    try:
        return float(text) == float(text)
    except ValueError:
        return False
