"""Every check of the directory, in order: what is wrong, where, and what would be right.

The first group of checks (files, columns, types, duplicates, references) is in
`directory.reading`; the others look at what the cells mean: one by one (`cells`), in a row
(`rows`), and between rows and files (`across`).
Not for: asking whether a fact is still true (only its source can say), or any network.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from mmhs_finder.curation.across import BETWEEN, between_rows, shape_problems
from mmhs_finder.curation.cells import PostcodeKnown, cell_problems
from mmhs_finder.curation.doubt import doubtful, overdue
from mmhs_finder.curation.journal import Unsettled, is_interrupted, recover
from mmhs_finder.curation.rows import national_problems, service_problems
from mmhs_finder.curation.telling import TELLING, criteria_problems, own_domains, told_problems
from mmhs_finder.curation.withdrawing import withdrawn_problems
from mmhs_finder.directory.files import (
    FILES,
    SHAPES,
    BrokenDirectory,
    CsvFile,
    Problem,
    ProblemLevel,
)
from mmhs_finder.directory.link_status import read_link_status
from mmhs_finder.directory.loading import (
    Directory,
    data_folder,
    directory_of,
    less_withdrawn,
    read_shapes,
)
from mmhs_finder.directory.reading import Reading, in_order, read
from mmhs_finder.directory.signature import signature
from mmhs_finder.hours import LONDON

_TRIES: Final = 5
"""How often a directory is read anew that somebody wrote to meanwhile."""


def check(
    folder: Path,
    *,
    today: date | None = None,
    postcode_known: PostcodeKnown | None = None,
) -> list[Problem]:
    """Everything wrong or doubtful in a folder, in the order of files and rows; then the overdue.

    Args:
        folder: where the CSV files and the shapes are.
        today: no date may be later; by default today's.
        postcode_known: says whether a well-formed postcode exists; None leaves that out.
    """
    today = today or datetime.now(LONDON).date()
    _, links = read_link_status(folder, today)
    problems = _check(read(folder), *_shapes(folder), today, postcode_known)
    return [*links, *problems, *withdrawn_problems(folder, today)]


def load_checked_directory(
    folder: Path | None = None, *, less_what_is_out: bool = True
) -> Directory:
    """The directory after every check but that against the postcode index: about 0.1 s more.

    Each file is read once, so what is served is what was checked. For an app that must not start
    on a directory that is wrong. less_what_is_out: False for it as it is whole, whatever
    `withdrawn.csv` says. Raises as `load_directory`.
    """
    folder = data_folder() if folder is None else folder
    for _ in range(_TRIES):
        settle(folder)
        before = signature(folder)
        directory, wrong = _load_checked(folder)
        if signature(folder) == before and not is_interrupted(folder):
            break  # nobody wrote while it was read
    else:
        message = "is being written to again and again. Try again when that is done."
        raise BrokenDirectory([Problem(f"The folder {folder}", 0, "", "", message)])
    if directory is None:
        raise BrokenDirectory(wrong)
    return less_withdrawn(directory) if less_what_is_out else directory


def _load_checked(folder: Path) -> tuple[Directory | None, list[Problem]]:
    reading = read(folder)
    shapes, missing = _shapes(folder)
    found = _check(reading, shapes, missing, None, None)
    if wrong := [p for p in found if p.kind is ProblemLevel.WRONG]:
        return None, wrong
    directory = directory_of(reading, folder, shapes)
    _ = directory.changes  # the history is of the same moment as the rows
    return directory, []


def settle(folder: Path) -> None:
    """Finishes a change of the directory that was interrupted, so that nobody reads half of it.

    To be called before a directory is read. Raises BrokenDirectory where that cannot be done.
    """
    try:
        recover(folder)
    except Unsettled as problem:
        raise BrokenDirectory(problem.problems) from None


def count_rows(folder: Path) -> int:
    """How many rows the CSV files of a folder hold together, without headers and blank rows."""
    return sum(len(table.rows) for table in read(folder).tables.values())


def _check(
    reading: Reading,
    shapes: Mapping[str, Mapping[str, Any]],
    missing: list[Problem],
    today: date | None,
    postcode_known: PostcodeKnown | None,
) -> list[Problem]:
    """shapes: the map files that could be read, by name; missing: why others could not."""
    today = today or datetime.now(LONDON).date()
    found = _meaning(reading, shapes, today, postcode_known)
    problems = in_order([*reading.problems, *missing, *found, *doubtful(reading.tables)])
    return [*problems, *overdue(reading.tables, today)]


def _meaning(
    reading: Reading,
    shapes: Mapping[str, Mapping[str, Any]],
    today: date,
    postcode_known: PostcodeKnown | None,
) -> Iterator[Problem]:
    tables = reading.tables
    for table in tables.values():
        yield from cell_problems(table, today, postcode_known)
    if _is_whole(tables["services.csv"]):
        rows = tables["services.csv"].rows
        for row in rows:
            yield from service_problems(row)
            if any(row.cells.get(column) for column in TELLING):
                own = own_domains((r.cells for r in rows), row.cells.get("provider", ""))
                yield from told_problems(row, own)
    if _is_whole(tables["mmhs_criteria.csv"]):
        for row in tables["mmhs_criteria.csv"].rows:
            yield from criteria_problems(row)
    if _is_whole(tables["national_support.csv"]):
        for row in tables["national_support.csv"].rows:
            yield from national_problems(row)
    if all(_is_whole(tables[file]) for file in BETWEEN):
        yield from between_rows(tables)
    for file, found in shapes.items():
        yield from shape_problems(file, found, tables["areas.csv"])


def _is_whole(table: CsvFile) -> bool:
    """Whether no column is missing: else that is the finding, and not what follows of it."""
    return set(FILES[table.file].model_fields) <= set(table.columns)


def _shapes(folder: Path) -> tuple[dict[str, dict[str, Any]], list[Problem]]:
    """The map files by name, and what keeps others from being read."""
    found: dict[str, dict[str, Any]] = {}
    problems: list[Problem] = []
    for file in SHAPES:
        try:
            found[file] = read_shapes(folder, file)
        except BrokenDirectory as error:
            problems += error.problems
    return found, problems
