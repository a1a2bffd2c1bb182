"""The CSV files of the directory as text: which there are, their rows, and what is wrong with them.

Finds missing files and columns, wrong encoding and broken rows, and says so in plain words.
Not for: what the cells hold (`cells`), or records made of rows (`reading`).
"""

from __future__ import annotations

import csv
import io
import types
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from mmhs_finder.directory.models import (
    Area,
    AreaGap,
    Criteria,
    DevolvedService,
    NationalSupport,
    Record,
    Service,
    ServiceArea,
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

_LONGEST_SHOWN: Final = 60


class ProblemLevel(StrEnum):
    """How bad a finding is. Only what is wrong keeps the directory from being served.

    doubtful: a person should look, and put it right. overdue: the evidence is old; it is said with
    its year, and comes first on the work list. The clock changes nothing else.
    """

    WRONG = "wrong"
    DOUBTFUL = "doubtful"
    OVERDUE = "overdue"


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
    kind: ProblemLevel = ProblemLevel.WRONG

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
class CsvRow:
    """A row of a file: its number as a spreadsheet shows it, and its cells by column."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class CsvFile:
    """A CSV file as text."""

    file: str
    columns: tuple[str, ...] = ()
    rows: tuple[CsvRow, ...] = ()


def read_table(folder: Path, file: str) -> tuple[CsvFile, list[Problem]]:
    """One CSV file as text: UTF-8, with or without the mark that Excel puts first."""
    try:
        raw = (folder / file).read_bytes()
    except FileNotFoundError:
        return CsvFile(file), [Problem(file, 0, "", "", "this file is missing.")]
    except OSError as error:
        return CsvFile(file), [
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
        return CsvFile(file), [Problem(file, row, "", "", message)]
    try:
        lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        message = (
            f"this file cannot be read as CSV: {error}. Look for a quote mark that is not closed."
        )
        return CsvFile(file), [Problem(file, 0, "", "", message)]
    if not lines:
        return CsvFile(file), [Problem(file, 0, "", "", "this file is empty: not even a header.")]
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
        rows.append(
            CsvRow(number, dict(zip(header, (cell.strip() for cell in cells), strict=True)))
        )
    return CsvFile(file, header, tuple(rows)), problems


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
