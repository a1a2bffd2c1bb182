"""What has been taken out of the directory at once: a number, an address, a cell, a whole row.

`withdrawn.csv` beside the directory's files says it, a line each. It is a file of its own, so that
a withdrawal takes effect whatever is wrong with the other files at that moment.
Not for: what a directory is without it (`withdrawing`), or writing the file (`curation`).
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Final

from mmhs_finder.directory.files import (
    FILES,
    BrokenDirectory,
    CsvRow,
    Problem,
    read_csv,
)
from mmhs_finder.directory.ways import dialled

FILE: Final = "withdrawn.csv"
COLUMNS: Final = ("withdrawn_on", "file", "row", "column", "value", "because", "restored_on")

WITHDRAWN_FROM: Final = (
    "services.csv",
    "mmhs_criteria.csv",
    "service_areas.csv",
    "national_support.csv",
    "devolved_nations.csv",
)
"""The files from which something can be taken out: those whose rows people are shown."""

NUMBERS: Final = ("phone", "referrer_phone", "text_number")
ADDRESSES: Final = ("email", "referrer_email")
LINKS: Final = ("website", "referral_url", "webchat_url", "finder_url")
"""Columns of ways to somebody. What stands in one is taken out wherever else it stands."""

OF_AN_AREA: Final = re.compile(r"(?:area_code|certainty) \((E\d{8}(?:-[A-Z]+)?)\)")
"""A column of `service_areas.csv`, with the area in brackets."""

_SEPARATOR: Final = r"[\s().\u2010-\u2015-]*"
_SHORT: Final = 7
"""A number of fewer digits can be a part of another that is written in groups."""


@dataclass(frozen=True)
class Withdrawal:
    """One thing that is taken out, or was. row: the id, or the key with "/" between its parts.

    column: "" for the whole row. value: what stood in the cell; "" where it could not be read.
    file, row: "" for a number that is taken out wherever it stands. restored_on: None while it is
    out.
    """

    withdrawn_on: date
    file: str
    row: str
    column: str
    value: str
    because: str
    restored_on: date | None = None

    @property
    def is_out(self) -> bool:
        return self.restored_on is None

    @property
    def area_code(self) -> str:
        """Of a council that is taken from a service; "" for everything else."""
        found = OF_AN_AREA.fullmatch(self.column) if self.file == "service_areas.csv" else None
        return found[1] if found else ""

    @cached_property
    def sought(self) -> Sought | None:
        """What must not stand anywhere; None for what is taken from its own cell only."""
        return sought_for(self.column, self.value)


@dataclass(frozen=True)
class Sought:
    """A number, an e-mail address or a link that must be found wherever it stands.

    kind: "number", "address" or "link".
    """

    kind: str
    value: str
    pattern: re.Pattern[str]

    def is_in(self, text: str) -> bool:
        return self.pattern.search(text) is not None

    def out_of(self, text: str) -> str:
        """The text without it."""
        return " ".join(self.pattern.sub(" ", text).split())


def sought_for(column: str, value: str) -> Sought | None:
    """What to look for elsewhere, when this is taken out of a column; None for nothing."""
    value = value.strip()
    pattern = None
    if column in NUMBERS:
        pattern, kind = _number(value), "number"
    elif column in ADDRESSES and "@" in value:
        pattern, kind = rf"(?<![\w.+-]){re.escape(value)}(?![\w-])", "address"
    elif column in LINKS and value:
        bare = re.sub(r"^https?://(?:www\.)?", "", value, flags=re.IGNORECASE).rstrip("/")
        pattern = rf"(?<![\w.-])(?:https?://)?(?:www\.)?{re.escape(bare)}/?(?![\w/?#&=%-])"
        kind = "link"
    if not pattern:
        return None
    return Sought(kind, value, re.compile(pattern, re.IGNORECASE))


def _number(value: str) -> str:
    """A number in all the ways that people write it; an extension is left aside. "" for none."""
    digits = re.sub(r"^(?:\+|00)44", "0", dialled(value))
    digits = re.sub(r"\D", "", digits)
    if len(digits) < 3:
        return ""
    rest = _SEPARATOR.join(digits)
    if digits.startswith("0"):
        tail = _SEPARATOR.join(digits[1:])
        rest = rf"(?:(?:\+|00)44{_SEPARATOR}0?{_SEPARATOR}|0{_SEPARATOR}){tail}"
    if len(digits) < _SHORT:
        return rf"(?:(?<=18001 )|(?<!\d)(?<!\d[\s-])){rest}(?![\s-]?\d)"
    return rf"(?<!\d){rest}(?!\d)"


def read_withdrawn(folder: Path) -> tuple[Withdrawal, ...] | None:
    """Every line of the file, also of what was put back since, in its order; None without a file.

    Raises `BrokenDirectory`: it cannot be read; its text says row, column and what would be right.
    """
    path = folder / FILE
    if not path.exists():
        return None
    if not path.is_file():  # who reads a pipe waits for somebody to write: for ever
        raise BrokenDirectory([Problem(FILE, 0, "", "", "this is no file.")])
    table, problems = read_csv(folder, FILE, COLUMNS)
    found = []
    if not problems:
        for row in table.rows:
            problems += _problems(row)
            if not problems:
                found.append(_withdrawal(row.cells))
    if problems:
        raise BrokenDirectory(problems)
    return tuple(found)


def _withdrawal(cells: Mapping[str, str]) -> Withdrawal:
    return Withdrawal(
        withdrawn_on=_day(cells["withdrawn_on"]) or date.min,
        file=cells["file"],
        row=cells["row"],
        column=cells["column"],
        value=cells["value"],
        because=cells["because"],
        restored_on=_day(cells["restored_on"]),
    )


def _problems(row: CsvRow) -> list[Problem]:
    cells = row.cells

    def wrong(column: str, message: str) -> Problem:
        return Problem(FILE, row.number, column, cells[column], message)

    problems = []
    if _day(cells["withdrawn_on"]) is None:
        problems.append(wrong("withdrawn_on", "is not a date. Write it like 2026-11-30."))
    if cells["restored_on"] and _day(cells["restored_on"]) is None:
        message = "is not a date. Write it like 2026-11-30, or leave it blank while it is out."
        problems.append(wrong("restored_on", message))
    file, column = cells["file"], cells["column"]
    if not file and not cells["row"]:
        if sought_for(column, cells["value"]) is None:
            message = "this cell is blank. Only a number, an address or a link needs no file."
            problems.append(wrong("file", message))
        return problems
    if file not in WITHDRAWN_FROM:
        problems.append(wrong("file", f"is not one of {', '.join(WITHDRAWN_FROM)}."))
    elif not cells["row"]:
        problems.append(wrong("row", "this cell is blank. Write the id of the row."))
    elif file == "service_areas.csv":
        if not OF_AN_AREA.fullmatch(column):
            message = "must name the area in brackets, like area_code (E07000106)."
            problems.append(wrong("column", message))
    elif column and column not in FILES[file].model_fields:
        problems.append(wrong("column", f"is not a column of {file}."))
    elif column and not can_be_blank(file, column):
        message = f"cannot be blank in {file}. Leave this cell blank to take the whole row out."
        problems.append(wrong("column", message))
    return problems


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


_UNKNOWN: Final = "unknown"


def blank_of(file: str, column: str) -> object:
    """What a cell is when nothing is known: blank, or "unknown". Raises ValueError where a row
    must say something."""
    field = FILES[file].model_fields[column]
    if not field.is_required():
        return field.default
    choices: Mapping[str, object] = getattr(
        field.annotation, "__members__", types.MappingProxyType({})
    )
    for choice in choices.values():
        if choice == _UNKNOWN:
            return choice
    raise ValueError(column)


def can_be_blank(file: str, column: str) -> bool:
    try:
        blank_of(file, column)
    except ValueError:
        return False
    return True
