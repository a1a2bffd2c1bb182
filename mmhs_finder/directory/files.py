"""The CSV files of the directory as text: which there are, their rows, and what is wrong with them.

Finds missing files and columns, wrong encoding and broken rows, and says so in plain words.
Not for: what the cells hold (`cells`), or records made of rows (`reading`).
"""

from __future__ import annotations

import csv
import io
import re
import types
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from enum import StrEnum
from pathlib import Path
from typing import Final

from mmhs_finder.directory.map_models import AreaGap, Town
from mmhs_finder.directory.models import (
    Area,
    Criteria,
    DevolvedService,
    NationalSupport,
    Record,
    Service,
    ServiceArea,
)
from mmhs_finder.directory.saved import binary_cause, other_name, text_cause
from mmhs_finder.tables.cells import column_letters

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
_ALIKE: Final = 0.6
"""How much a column's name must be like a missing one, as `difflib` counts, to be taken for it."""

_UNSEEN: Final = re.compile(
    r"[^\S \t\r\n]|[\x00-\x08\x0e-\x1f\x7f-\x9f]"
    r"|[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
)
"""Spaces that are none, signs that nobody can see, and what would steer a terminal."""


class ProblemLevel(StrEnum):
    """How bad a finding is. Only what is wrong keeps the directory from being served.

    doubtful: a person should look, and put it right. overdue: the evidence is old; it is said with
    its year, and comes first on the work list. The clock changes nothing else.
    """

    WRONG = "wrong"
    DOUBTFUL = "doubtful"
    OVERDUE = "overdue"


def spelled(text: str) -> str:
    """A text with what cannot be seen in it spelled out: "020[no-break space]7946 0000"."""
    return _UNSEEN.sub(lambda m: f"[{unicodedata.name(m[0], 'control sign').lower()}]", text)


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

    def within(self, folder: str) -> Problem:
        """The same of a file that lies in a folder of the directory's."""
        return replace(self, file=f"{folder}/{self.file}")

    def __str__(self) -> str:
        where = self.file
        if self.row:
            where += f" row {self.row}"
        if self.column:
            where += f", column {self.column}"
        shown = " ".join(spelled(self.value).split())
        if len(shown) > _LONGEST_SHOWN:
            shown = shown[: _LONGEST_SHOWN - 1] + "…"
        said = f'{where}: "{shown}" {self.message}' if shown else f"{where}: {self.message}"
        return spelled(said)


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


def folder_beside(folder: Path, own: Path) -> Path | None:
    """The folder beside a directory's files that is called like one of the project's own, to be
    checked with it; None where an operator has none. own: where the project has it."""
    beside = folder / own.name
    return beside if beside.is_dir() or beside == own else None


def read_table(folder: Path, file: str) -> tuple[CsvFile, list[Problem]]:
    """One CSV file of the directory as text."""
    return read_csv(folder, file, tuple(FILES[file].model_fields))


def read_csv(folder: Path, file: str, wanted: Sequence[str]) -> tuple[CsvFile, list[Problem]]:
    """A CSV file as text: UTF-8, with or without the mark that Excel puts first.

    wanted: the names of its columns. Where the file as a whole went wrong there are no rows, and
    one problem that names the cause.
    """

    def broken(message: str, row: int = 0) -> tuple[CsvFile, list[Problem]]:
        return CsvFile(file), [Problem(file, row, "", "", message)]

    try:
        raw = (folder / file).read_bytes()
    except FileNotFoundError:
        return broken(f"this file is missing.{other_name(folder, file)}")
    except OSError as error:
        return broken(f"this file cannot be opened ({error.strerror}).")
    if cause := binary_cause(raw):
        return broken(cause[1], cause[0])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = (
            "this file is not UTF-8. Save it again as \u201cCSV UTF-8\u201d; the first wrong "
            "letter is about here."
        )
        return broken(message, raw[: error.start].count(b"\n") + 1)
    if cause := text_cause(text, wanted):
        return broken(cause[1], cause[0])
    lines: list[list[str]] = []
    try:
        lines.extend(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        message = (
            f"this file cannot be read as CSV from about here: {error}. Look for a quote mark that "
            "is not closed."
        )
        return broken(message, len(lines) + 1)
    if not lines:
        return broken("this file is empty: not even a header.")
    header = tuple(name.strip() for name in lines[0])
    empty = _empty_at_the_right(header, lines)
    header = header[: len(header) - empty]
    renamed = _renamed(header, wanted)
    problems = _header_problems(file, header, wanted, renamed)
    header = tuple(renamed.get(name, name) for name in header)  # the other checks go on
    if empty:
        first, last = column_letters(len(header) + 1), column_letters(len(header) + empty)
        message = f"there are {empty} empty columns at the right ({first} to {last}). Delete them."
        if empty == 1:
            message = f"there is an empty column at the right ({first}). Delete it."
        problems.append(Problem(file, 1, "", "", message))
    rows = []
    for number, cells in enumerate((line[: len(line) - empty] for line in lines[1:]), start=2):
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


def _empty_at_the_right(header: Sequence[str], lines: Sequence[Sequence[str]]) -> int:
    """How many columns at the right have neither a name nor anything in them."""
    count = 0
    for name in reversed(header):
        if name:
            break
        count += 1
    while count and any(
        any(cell.strip() for cell in line[len(header) - count :])
        for line in lines[1:]
        if len(line) == len(header)
    ):
        count -= 1
    return count if all(len(line) in (0, len(header)) for line in lines) else 0


def _renamed(header: Sequence[str], wanted: Sequence[str]) -> dict[str, str]:
    """Names that are not known and much like one that is missing, with the name they had."""
    missing = [name for name in wanted if name not in header]
    renamed: dict[str, str] = {}
    for name in dict.fromkeys(header):
        meant = get_close_matches(name.lower(), missing, n=1, cutoff=_ALIKE)
        if name not in wanted and meant:
            missing.remove(meant[0])
            renamed[name] = meant[0]
    return renamed


def _header_problems(
    file: str, header: Sequence[str], wanted: Sequence[str], renamed: Mapping[str, str]
) -> list[Problem]:
    known = {*header, *renamed.values()}
    problems = [
        Problem(file, 0, column, "", "this column is missing from the header.")
        for column in wanted
        if column not in known
    ]
    for column in dict.fromkeys(header):
        message = ""
        if column in renamed:
            name = renamed[column]
            message = f"this column is not known. It was called {name}: give it its name back."
        elif not column:
            where = column_letters(list(header).index(column) + 1)
            message = f"column {where} has no name. Its name must be one that data/README.md lists."
        elif column not in wanted:
            message = "this column is not known. Its name must be one that data/README.md lists."
        elif header.count(column) > 1:
            message = "this column is there twice."
        if message:
            problems.append(Problem(file, 1, column, "", message))
    return problems
