"""Which row and cell somebody means who takes something out, found in the files as they lie there.

The files may have mistakes: what can be read of them is looked at.
Not for: taking it out (`curation.withdrawing`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from mmhs_finder.directory.files import FILES
from mmhs_finder.directory.reading import KEYS, Reading
from mmhs_finder.directory.withdrawn import OF_AN_AREA, WITHDRAWN_FROM, sought_for

_AREAS: Final = "service_areas.csv"
_CODE: Final = re.compile(r"E\d{8}(?:-[A-Z]+)?")
_NOT_SHOWN: Final = ("id", "service_id", "area_code", "curator_notes", "notes", "read_basis")
_MOST_ALIKE: Final = 3


@dataclass(frozen=True)
class Found:
    """What is meant. column: "" for the whole row. value: as the cell has it. note: what should be
    known of it."""

    file: str
    row: str
    column: str
    value: str
    note: str = ""

    @property
    def is_row(self) -> bool:
        """Whether a whole row is meant: also where a council is taken from a service."""
        return not self.column or self.file == _AREAS


@dataclass(frozen=True)
class AWay:
    """A number, an e-mail address or a link, by the column in which it would stand."""

    column: str
    value: str


def as_a_way(text: str) -> AWay | None:
    """A text as a number, an address or a link; None for anything else, such as an id."""
    if re.fullmatch(r"\+?[\d\s().-]{3,}", text) and sought_for("phone", text):
        return AWay("phone", text)
    if re.fullmatch(r"[^\s@/]+@[^\s@/]+", text):
        return AWay("email", text.lower())
    return AWay("website", text) if re.match(r"https?://\S+$", text) else None


class Rows:
    """The rows of a folder's files from which something can be taken out."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.broken = {p.file for p in reading.problems if p.file in WITHDRAWN_FROM}
        """The files that have mistakes, so that rows may be missing."""

    def find(self, row: str, column: str, file: str) -> list[Found]:
        """The cell or row of this name in each file that has one. column: "" for the row; an area's
        code for a council of a service."""
        area = _area_in(column)
        if area:
            return self._area(row, area) if file in ("", _AREAS) else []
        found = []
        for name in WITHDRAWN_FROM:
            if name == _AREAS or (file and name != file):
                continue
            if column and column not in FILES[name].model_fields:
                continue
            for each in self.reading.tables[name].rows:
                if _key(name, each.cells) == row:
                    found.append(Found(name, row, column, each.cells.get(column, "")))
        if not column and not file and any(each.file == "services.csv" for each in found):
            found = [each for each in found if each.file != "mmhs_criteria.csv"]  # goes with it
        return found

    def _area(self, row: str, area: str) -> list[Found]:
        return [
            Found(_AREAS, row, f"area_code ({area})", area)
            for each in self.reading.tables[_AREAS].rows
            if (each.cells.get("service_id"), each.cells.get("area_code")) == (row, area)
        ]

    def holds(self, way: AWay) -> bool:
        """Whether any row shows a number, an address or a link."""
        sought = sought_for(way.column, way.value)
        return sought is not None and any(sought.is_in(text) for text in self._shown())

    def _shown(self) -> Iterator[str]:
        for name in WITHDRAWN_FROM:
            for row in self.reading.tables[name].rows:
                for column, text in row.cells.items():
                    if column not in _NOT_SHOWN:
                        yield text

    def columns(self, row: str, file: str) -> list[str]:
        """The columns of a row, in all files."""
        files = [each.file for each in self.find(row, "", file)]
        if "services.csv" in files and not file:
            files.append("mmhs_criteria.csv")
        return [column for name in files for column in FILES[name].model_fields]

    def alike(self, row: str) -> list[str]:
        """Ids that are written much like this one, or whose name this is."""
        names: dict[str, str] = {}
        for name in WITHDRAWN_FROM:
            for each in () if name == _AREAS else self.reading.tables[name].rows:
                key = _key(name, each.cells)
                names[key.casefold()] = key
                for column in ("name", "service_name"):
                    if each.cells.get(column):
                        names[each.cells[column].casefold()] = key
        near = get_close_matches(row.casefold(), names, n=_MOST_ALIKE)
        within = [name for name in names if row.casefold() in name] if len(row) > 3 else []
        return list(dict.fromkeys(names[each] for each in (*near, *within)))[:_MOST_ALIKE]

    def cannot_look(self) -> str:
        """That a number was not found where files have mistakes."""
        files = " and ".join(sorted(self.broken))
        return (
            f"{files} cannot be read whole at the moment, so we could not look where it stands. It "
            "is taken out of what is served all the same."
        )


def _area_in(column: str) -> str:
    if _CODE.fullmatch(column):
        return column
    found = OF_AN_AREA.fullmatch(column)
    return found[1] if found else ""


def _key(file: str, cells: Mapping[str, str]) -> str:
    key = ("service_id",) if file == _AREAS else KEYS[file]
    return "/".join(cells.get(column, "") for column in key)
