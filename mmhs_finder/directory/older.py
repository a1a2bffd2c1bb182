"""A directory from files as they were before columns were added: blank where a column is missing.

For counting what was known then, never for answering anybody: a service's own row may lack what
keeps a reader from harm. Lines, other nations and towns are left out.
Not for: the directory that is served (`loading`), or two folders cell by cell (`comparing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from mmhs_finder.directory.cells import columns_of
from mmhs_finder.directory.files import FILES, BrokenDirectory, CsvFile, Problem, read_table
from mmhs_finder.directory.loading import Directory, directory_of
from mmhs_finder.directory.reading import Reading, in_order, read_tables
from mmhs_finder.directory.vocabularies import Read

_READ: Final = ("services.csv", "mmhs_criteria.csv", "service_areas.csv", "areas.csv")
_LEFT_OUT: Final = ("area_gaps.csv", "national_support.csv", "devolved_nations.csv", "places.csv")
_STANDS_IN: Final[Mapping[str, str]] = MappingProxyType({"read": Read.PART.value})
"""What a cell of a column that is needed holds where there was none: of no page is said that it was
read to its end."""


@dataclass(frozen=True)
class OlderDirectory:
    """directory: as it can be made. lacks: the columns of `services.csv` that were not there."""

    directory: Directory
    lacks: frozenset[str]


def read_older(folder: Path) -> OlderDirectory:
    """The services of a folder, whichever version of the project wrote it.

    Raises BrokenDirectory for anything else than a column that is missing.
    """
    tables: dict[str, CsvFile] = {}
    problems: list[Problem] = []
    lacks: dict[str, frozenset[str]] = {}
    for file in _READ:
        table, found = read_table(folder, file)
        missing = frozenset(p.column for p in found if _may_be_missing(table, p))
        problems += [p for p in found if not _may_be_missing(table, p)]
        lacks[file], tables[file] = missing, _filled(table, missing)
    reading = read_tables({**tables, **{file: CsvFile(file) for file in _LEFT_OUT}})
    problems += reading.problems
    if problems:
        raise BrokenDirectory(in_order(problems))
    return OlderDirectory(directory_of(Reading(tables, reading.records), folder), lacks[_READ[0]])


def _may_be_missing(table: CsvFile, problem: Problem) -> bool:
    """Whether a column is missing that can be blank, or for which something stands in."""
    if not (table.columns and problem.column) or problem.row:
        return False
    column = columns_of(FILES[table.file])[problem.column]
    return not column.required or column.name in _STANDS_IN


def _filled(table: CsvFile, missing: frozenset[str]) -> CsvFile:
    blank = {column: _STANDS_IN.get(column, "") for column in sorted(missing)}
    rows = (replace(row, cells={**row.cells, **blank}) for row in table.rows)
    return replace(table, columns=(*table.columns, *blank), rows=tuple(rows))
