"""Reading the CSV files of the directory: rows -> records, and what is wrong, in plain words.

Finds everything that would make a record impossible or ambiguous: files and columns (`files`),
values of the wrong type (`cells`), duplicates, references to nothing.
Not for: whether a value is plausible (`curation`), or answering questions (`loading`).
"""

from __future__ import annotations

import re
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from mmhs_finder.directory.cells import Cell, columns_of, parse_cell
from mmhs_finder.directory.files import FILES, SHAPES, CsvFile, Problem, read_table
from mmhs_finder.directory.models import Record, ServiceKind

KEYS: Final[Mapping[str, tuple[str, ...]]] = types.MappingProxyType(
    {
        "services.csv": ("id",),
        "mmhs_criteria.csv": ("service_id",),
        "service_areas.csv": ("service_id", "area_code"),
        "areas.csv": ("code",),
        "area_gaps.csv": ("area_code",),
        "national_support.csv": ("id",),
        "devolved_nations.csv": ("nation", "board_or_trust", "service_name"),
        "places.csv": ("name", "outward_code"),
    }
)
"""The columns that together tell the rows of a file apart."""

REFERENCES: Final = (
    ("mmhs_criteria.csv", "service_id", "services.csv", "id"),
    ("service_areas.csv", "service_id", "services.csv", "id"),
    ("service_areas.csv", "area_code", "areas.csv", "code"),
    ("area_gaps.csv", "area_code", "areas.csv", "code"),
    ("areas.csv", "parent", "areas.csv", "code"),
)
"""(file, column, other file, its column): what stands in the first must stand in the second."""

_COUNCIL_CODE: Final = re.compile(r"E0[6-9]\d{6}(-[A-Z])?")


@dataclass
class Reading:
    """What came of reading a folder: the text, the records that could be made of it, and the
    problems."""

    tables: dict[str, CsvFile] = field(default_factory=dict)
    records: dict[str, list[Record]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(folder: Path) -> Reading:
    """Reads every CSV file of a folder. Never raises for what is in them: see
    `Reading.problems`."""
    tables: dict[str, CsvFile] = {}
    found: list[Problem] = []
    missing: dict[str, set[str]] = {}
    for file in FILES:
        tables[file], problems = read_table(folder, file)
        found += problems
        missing[file] = {problem.column for problem in problems if not problem.row}
    reading = read_tables(tables, missing)
    reading.problems[:0] = found
    return reading


def read_tables(
    tables: Mapping[str, CsvFile], missing: Mapping[str, set[str]] | None = None
) -> Reading:
    """The records of files that were read, and what is wrong with their rows.

    tables: one of each of `FILES`. missing: columns that a file lacks, of which nothing is said.
    """
    reading = Reading(tables=dict(tables))
    for file in FILES:
        records, problems = _records(tables[file], skip=(missing or {}).get(file, set()))
        reading.records[file] = records
        reading.problems += problems
    reading.problems += _duplicates(reading.tables)
    reading.problems += _broken_references(reading.tables)
    return reading


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems in the order of the files, rows and columns, each once."""
    order = {file: place for place, file in enumerate((*FILES, *SHAPES))}
    return sorted(
        dict.fromkeys(problems),
        key=lambda each: (order[each.file], each.row, each.column, each.message),
    )


def _records(table: CsvFile, skip: set[str]) -> tuple[list[Record], list[Problem]]:
    """The records of the rows that make sense, and what is wrong with the others."""
    record = FILES[table.file]
    columns = columns_of(record)
    records: list[Record] = []
    problems: list[Problem] = []
    for row in table.rows:
        values: dict[str, Cell] = {}
        for name, column in columns.items():
            if name in skip or name not in row.cells:
                continue
            try:
                values[name] = parse_cell(row.cells[name], column)
            except ValueError as error:
                problems.append(Problem(table.file, row.number, name, row.cells[name], str(error)))
        if len(values) == len(columns):
            records.append(record.model_validate(values))
    return records, problems


# Between rows -----------------------------------------------------------------------------------


def _duplicates(tables: Mapping[str, CsvFile]) -> Iterator[Problem]:
    for file, key in KEYS.items():
        first_seen: dict[tuple[str, ...], int] = {}
        for row in tables[file].rows:
            values = tuple(row.cells.get(column, "") for column in key)
            if values in first_seen:
                message = f"is already in row {first_seen[values]}. Keep one of the two rows."
                yield Problem(file, row.number, key[-1], "; ".join(values), message)
            elif any(values):
                first_seen[values] = row.number


def _broken_references(tables: Mapping[str, CsvFile]) -> Iterator[Problem]:
    for file, column, other, other_column in REFERENCES:
        known = {row.cells.get(other_column, "") for row in tables[other].rows} - {""}
        if not known:
            if tables[other].columns and not tables[other].rows:
                yield Problem(other, 0, "", "", "this file has no rows.")
            continue  # the other file has a problem of its own
        for row in tables[file].rows:
            value = row.cells.get(column, "")
            if value and value not in known:
                yield Problem(
                    file, row.number, column, value, _not_known(value, other, other_column)
                )
    yield from _parents_of_parts(tables["areas.csv"])
    yield from _criteria_and_kinds(tables)


def _not_known(value: str, other: str, other_column: str) -> str:
    if other == "areas.csv" and _COUNCIL_CODE.fullmatch(value):
        return (
            "is not in areas.csv: this council no longer exists or is not an English council. "
            "Councils that were "
            "joined (in Cumbria, North Yorkshire, Somerset and others) have one new code: see "
            "areas.csv."
        )
    return (
        f"is not in {other}, column {other_column}. Look for a spelling mistake, or add that row "
        "first."
    )


def _parents_of_parts(areas: CsvFile) -> Iterator[Problem]:
    parts = {row.cells.get("code", "") for row in areas.rows if row.cells.get("parent")}
    for row in areas.rows:
        code, parent = row.cells.get("code", ""), row.cells.get("parent", "")
        if parent and parent in parts:
            yield Problem(
                areas.file,
                row.number,
                "parent",
                parent,
                "is itself a part. Name the whole council.",
            )
        elif parent and not code.startswith(f"{parent}-"):
            message = f"does not begin with its parent's code. Write it like {parent}-N."
            yield Problem(areas.file, row.number, "code", code, message)
        elif not parent and "-" in code:
            message = (
                "this cell is blank. The code is that of a part of a council: name the council."
            )
            yield Problem(areas.file, row.number, "parent", "", message)


def _criteria_and_kinds(tables: Mapping[str, CsvFile]) -> Iterator[Problem]:
    kinds = {
        row.cells.get("id", ""): row.cells.get("kind", "") for row in tables["services.csv"].rows
    }
    with_criteria = {row.cells.get("service_id", "") for row in tables["mmhs_criteria.csv"].rows}
    for row in tables["mmhs_criteria.csv"].rows:
        service = row.cells.get("service_id", "")
        others = tuple(kind for kind in ServiceKind if kind is not ServiceKind.MMHS)
        if kinds.get(service) in others:
            message = (
                f"is of kind {kinds[service]} in services.csv. Only an mmhs has criteria here."
            )
            yield Problem("mmhs_criteria.csv", row.number, "service_id", service, message)
    if not with_criteria:
        return
    for row in tables["services.csv"].rows:
        service = row.cells.get("id", "")
        if kinds[service] == ServiceKind.MMHS and service not in with_criteria:
            message = (
                "is of kind mmhs and has no row in mmhs_criteria.csv. Add one, with unknown "
                "where nothing is said."
            )
            yield Problem("services.csv", row.number, "id", service, message)
