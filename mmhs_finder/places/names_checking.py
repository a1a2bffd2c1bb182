"""Checks of the names that people type for where they live: files, columns, councils, postcodes.

`data check` reads them after the directory; all but one of the files are kept by hand.
Not for: what a name leads to (`names_of`), or whether a place is really called so.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from mmhs_finder.curation.cells import postcode_problem
from mmhs_finder.directory.files import CsvRow, Problem, folder_beside, read_csv
from mmhs_finder.places.gazetteer import COUNTIES, DISTRICTS, HOSPITALS, NAMES, PLACES

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        PLACES: ("name", "nation", "council", "people"),
        COUNTIES: ("name", "other_names", "councils"),
        DISTRICTS: ("name", "town", "councils", "outward"),
        HOSPITALS: ("name", "town", "postcode", "other_names"),
    }
)
"""The columns of each file; `data/names/README.md` says what they hold."""


def name_problems(folder: Path, councils: Collection[str]) -> list[Problem]:
    """What is wrong with the names beside a directory, in the order of files and rows.

    folder: that of the directory. One of an operator's own need not hold names; where it does, or
    where it is the project's, every file must be right. councils: the codes that areas.csv has.
    """
    names = folder_beside(folder, NAMES)
    if names is None:
        return []
    return [
        problem.within(NAMES.name)
        for file in COLUMNS
        for problem in _file_problems(names, file, councils)
    ]


def _file_problems(names: Path, file: str, councils: Collection[str]) -> Iterator[Problem]:
    table, problems = read_csv(names, file, COLUMNS[file])
    yield from problems
    for row in table.rows:
        if not row.cells.get("name"):
            yield Problem(file, row.number, "name", "", "this cell is blank. Every row needs it.")
        yield from _cells(file, row, councils)


def _cells(file: str, row: CsvRow, councils: Collection[str]) -> Iterator[Problem]:
    column = "council" if file == PLACES else "councils"
    for code in row.cells.get(column, "").split(";"):
        if code and code not in councils:
            yield Problem(file, row.number, column, code, "is no council of areas.csv.")
    if file in (COUNTIES, DISTRICTS) and not row.cells.get(column):
        message = "this cell is blank. A name without councils leads nowhere."
        yield Problem(file, row.number, column, "", message)
    postcode = row.cells.get("postcode", "")
    if file == HOSPITALS and (message := postcode_problem(postcode, None)):
        yield Problem(file, row.number, "postcode", postcode, message)
    people = row.cells.get("people", "")
    if file == PLACES and not people.isdigit():
        message = "is not a whole number. Write it with digits only; 0 where it is not known."
        yield Problem(file, row.number, "people", people, message)
