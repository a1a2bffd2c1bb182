"""Reading the CSV files of the directory: cells -> records, and what is wrong, in plain words.

Finds everything that would make a record impossible or ambiguous: missing files and columns, wrong
encoding, values of the wrong type, duplicates, references to nothing. Not for: whether a value is
plausible (`checking`), or answering questions (`loading`).
"""

from __future__ import annotations

import csv
import io
import re
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, Union, get_args, get_origin

from mmhs_finder.directory.models import (
    VOCABULARIES,
    Area,
    AreaGap,
    Criteria,
    DevolvedService,
    NationalSupport,
    Record,
    Service,
    ServiceArea,
    ServiceKind,
    Town,
)

FILES: Final[Mapping[str, type[Record]]] = types.MappingProxyType(
    {
        "services.csv": Service,
        "mmhs_criteria.csv": Criteria,
        "service_areas.csv": ServiceArea,
        "areas.csv": Area,
        "area_gaps.csv": AreaGap,
        "national_support.csv": NationalSupport,
        "devolved_nations.csv": DevolvedService,
        "places.csv": Town,
    }
)
"""Every CSV file of the directory and the record that one of its rows is."""

SHAPES: Final = ("areas_overview.geojson", "areas_detail.geojson")

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

_LONGEST_SHOWN: Final = 60
_COUNCIL_CODE: Final = re.compile(r"E0[6-9]\d{6}(-[A-Z])?")


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in one place of the directory.

    file: its name, such as "services.csv".
    row: as a spreadsheet shows it (the header is row 1); 0 when the whole file is meant.
    column: the column's name, or "" when the whole row is meant.
    value: what stands in the cell.
    message: what would be right, in plain words. It follows the value: '"abc" is not a UK phone
        number. ...'
    """

    file: str
    row: int
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        where = self.file
        if self.row:
            where += f" row {self.row}"
        if self.column:
            where += f", column {self.column}"
        shown = " ".join(self.value.split())
        if len(shown) > _LONGEST_SHOWN:
            shown = shown[: _LONGEST_SHOWN - 1] + "…"
        return f'{where}: "{shown}" {self.message}' if shown else f"{where}: {self.message}"


class BrokenDirectory(Exception):
    """The directory cannot be used. `str()` of it is a list for people, one problem a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = "\n".join(str(problem) for problem in self.problems)
        return f"The directory cannot be used until this is put right:\n{lines}"


@dataclass(frozen=True)
class Row:
    """A row of a file: its number as a spreadsheet shows it, and its cells by column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    """A CSV file as text."""

    file: str
    columns: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass
class Reading:
    """What came of reading a folder: the text, the records that could be made of it, and the
    problems."""

    tables: dict[str, Table] = field(default_factory=dict)
    records: dict[str, list[Record]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def read(folder: Path) -> Reading:
    """Reads every CSV file of a folder. Never raises for what is in them: see
    `Reading.problems`."""
    reading = Reading()
    for file in FILES:
        table, problems = read_table(folder, file)
        reading.tables[file] = table
        reading.problems += problems
        missing = {problem.column for problem in problems if not problem.row}
        records, problems = _records(table, skip=missing)
        reading.records[file] = records
        reading.problems += problems
    reading.problems += _duplicates(reading.tables)
    reading.problems += _broken_references(reading.tables)
    return reading


def in_order(problems: Iterable[Problem]) -> list[Problem]:
    """Problems in the order of the files, rows and columns, each once."""
    order = {file: place for place, file in enumerate((*FILES, *SHAPES))}
    return sorted(
        set(problems), key=lambda each: (order[each.file], each.row, each.column, each.message)
    )


# Files ------------------------------------------------------------------------------------------


def read_table(folder: Path, file: str) -> tuple[Table, list[Problem]]:
    """One CSV file as text: UTF-8, with or without the mark that Excel puts first."""
    try:
        raw = (folder / file).read_bytes()
    except FileNotFoundError:
        return Table(file), [Problem(file, 0, "", "", "this file is missing.")]
    except OSError as error:
        return Table(file), [
            Problem(file, 0, "", "", f"this file cannot be opened ({error.strerror}).")
        ]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        message = (
            "this file is not UTF-8. Save it again as \u201cCSV UTF-8\u201d; the first wrong "
            "letter is about here."
        )
        return Table(file), [Problem(file, row, "", "", message)]
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        message = (
            f"this file cannot be read as CSV: {error}. Look for a quote mark that is not closed."
        )
        return Table(file), [Problem(file, 0, "", "", message)]
    if not lines:
        return Table(file), [Problem(file, 0, "", "", "this file is empty: not even a header.")]
    header = tuple(name.strip() for name in lines[0])
    problems = _header_problems(file, header)
    rows = []
    for number, cells in enumerate(lines[1:], start=2):
        if not any(cell.strip() for cell in cells):
            continue  # spreadsheets leave blank rows behind
        if len(cells) != len(header):
            message = (
                f"this row has {len(cells)} cells where the header has {len(header)}. A text with "
                "a comma "
                "in it needs quote marks around it."
            )
            problems.append(Problem(file, number, "", "", message))
            continue
        rows.append(Row(number, dict(zip(header, (cell.strip() for cell in cells), strict=True))))
    return Table(file, header, tuple(rows)), problems


def _header_problems(file: str, header: tuple[str, ...]) -> list[Problem]:
    wanted = tuple(FILES[file].model_fields)
    problems = [
        Problem(file, 0, column, "", "this column is missing from the header.")
        for column in wanted
        if column not in header
    ]
    for column in dict.fromkeys(header):
        if column not in wanted:
            message = "this column is not known. Its name must be one that data/README.md lists."
            problems.append(Problem(file, 1, column, "", message))
        elif header.count(column) > 1:
            problems.append(Problem(file, 1, column, "", "this column is there twice."))
    return problems


# Cells ------------------------------------------------------------------------------------------

Cell = str | int | float | date | StrEnum | tuple[str, ...] | None


@dataclass(frozen=True)
class Column:
    """What a column may hold, from the type of the record's field."""

    name: str
    type: Any  # str, int, float, date, tuple or a StrEnum
    blank_is_none: bool
    required: bool
    words: tuple[str, ...] = ()  # the allowed words; () for any

    @property
    def is_number(self) -> bool:
        return self.type in (int, float)


@lru_cache
def columns_of(record: type[Record]) -> Mapping[str, Column]:
    """The columns of a record's file by name, in order."""
    columns = {}
    for name, info in record.model_fields.items():
        annotation, optional = info.annotation, False
        if get_origin(annotation) in (Union, types.UnionType):
            annotation = next(each for each in get_args(annotation) if each is not type(None))
            optional = True
        base, words = annotation, VOCABULARIES.get((record, name), ())
        if get_origin(annotation) is tuple:
            base, item = tuple, get_args(annotation)[0]
            if issubclass(item, StrEnum):
                words = tuple(each.value for each in item)
        if isinstance(base, type) and issubclass(base, StrEnum):
            words = tuple(each.value for each in base)
        columns[name] = Column(name, base, optional, info.is_required(), words)
    return columns


def parse_cell(text: str, column: Column) -> Cell:
    """The value of a cell: lists are split at `;`, blanks are "", () or None.

    Raises ValueError with a message for people, to be read after the cell's text.
    """
    text = text.strip()
    if column.type is tuple:
        items = tuple(item.strip() for item in text.split(";") if item.strip())
        for item in items:
            if column.words and item not in column.words:
                raise ValueError(f"holds “{item}”, which is not one of: {_listed(column.words)}.")
        return items
    if not text:
        if column.required:
            raise ValueError(_blank_message(column))
        return None if column.blank_is_none else ""
    if column.words and text not in column.words:
        raise ValueError(f"is not one of: {_listed(column.words)}.")
    if column.type is int:
        return _integer(text)
    if column.type is float:
        return _decimal(text)
    if column.type is date:
        return parse_day(text)
    value: Cell = column.type(text)  # a str or an enum
    return value


def parse_day(text: str) -> date:
    """A full date, YYYY-MM-DD. Raises ValueError with a message for people."""
    try:
        if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
            raise ValueError
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("is not a date. Write year, month and day like 2026-11-22.") from None


def _integer(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise ValueError(
            "is not a whole number. Write it with digits only, like 12, or leave it blank."
        )
    return int(text)


def _decimal(text: str) -> float:
    if not re.fullmatch(r"-?[0-9]{1,9}(\.[0-9]{1,9})?", text):
        raise ValueError("is not a number. Write it with digits and a point, like 51.28.")
    return float(text)


def _blank_message(column: Column) -> str:
    if column.words:
        return f"this cell is blank. Write one of: {_listed(column.words)}."
    return "this cell is blank. Every row needs it."


def _listed(words: tuple[str, ...]) -> str:
    return ", ".join(words)


def _records(table: Table, skip: set[str]) -> tuple[list[Record], list[Problem]]:
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


def _duplicates(tables: Mapping[str, Table]) -> Iterator[Problem]:
    for file, key in KEYS.items():
        first_seen: dict[tuple[str, ...], int] = {}
        for row in tables[file].rows:
            values = tuple(row.cells.get(column, "") for column in key)
            if values in first_seen:
                message = f"is already in row {first_seen[values]}. Keep one of the two rows."
                yield Problem(file, row.number, key[-1], "; ".join(values), message)
            elif any(values):
                first_seen[values] = row.number


def _broken_references(tables: Mapping[str, Table]) -> Iterator[Problem]:
    for file, column, other, other_column in REFERENCES:
        known = {row.cells.get(other_column, "") for row in tables[other].rows}
        if not known:
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


def _parents_of_parts(areas: Table) -> Iterator[Problem]:
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


def _criteria_and_kinds(tables: Mapping[str, Table]) -> Iterator[Problem]:
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
