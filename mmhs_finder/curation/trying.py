"""Changes tried out: what the directory would be with them, and what the checks would say.

Nothing is written to the directory. What refuses a set here refuses it in `applying`, for it is
that which is asked; beside it stands what a preview needs.
Not for: making a change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path

from mmhs_finder.curation.applying import ChangeSet, Refused, apply_changes
from mmhs_finder.curation.check import check, settle
from mmhs_finder.directory.changes import row_of
from mmhs_finder.directory.files import FILES, CsvFile, Problem, ProblemLevel
from mmhs_finder.directory.loading import Directory, directory_of
from mmhs_finder.directory.models import Service
from mmhs_finder.directory.reading import Reading, read
from mmhs_finder.directory.signature import Signature, signature


@dataclass(frozen=True, eq=False)
class Opened:
    """A folder as it was read once, whatever is wrong with it.

    problems: what `check` finds. directory: None where its rows make none. stands: how its files
    stood, to know when they have changed.
    """

    folder: Path
    reading: Reading
    problems: tuple[Problem, ...]
    directory: Directory | None
    stands: Signature

    @property
    def tables(self) -> Mapping[str, CsvFile]:
        """The rows as text, by the name of their file."""
        return self.reading.tables

    @cached_property
    def services(self) -> Mapping[str, Service]:
        """The services of which the row can be read, by id."""
        found = (r for r in self.reading.records["services.csv"] if isinstance(r, Service))
        return {service.id: service for service in found}

    @property
    def wrong(self) -> tuple[Problem, ...]:
        """What has to be put right by hand: a row that cannot be read, a cell that is refused."""
        return tuple(p for p in self.problems if p.kind is ProblemLevel.WRONG)


def open_folder(folder: Path, today: date) -> Opened:
    """Reads and checks a folder; finishes first what was interrupted.

    Raises BrokenDirectory where that cannot be done.
    """
    settle(folder)
    stands = signature(folder)
    reading = read(folder)
    directory = None if reading.problems else directory_of(reading, folder)
    return Opened(folder, reading, tuple(check(folder, today=today)), directory, stands)


@dataclass(frozen=True, eq=False)
class Attempt:
    """What came of trying changes.

    problems: why they would be refused; () where they would be made. cells: the same where a
    finding is about a cell, by the file, the row's name and the column. directory: as it would be;
    None where there is none.
    """

    problems: tuple[Problem, ...] = ()
    cells: Mapping[tuple[str, str, str], Sequence[Problem]] = field(default_factory=dict)
    directory: Directory | None = None


def attempt(opened: Opened, changes: ChangeSet, today: date) -> Attempt:
    """Tries changes against a folder. today: the day on which they would be made."""
    after: list[tuple[Reading, list[Problem]]] = []

    def look(place: Path) -> Sequence[Problem]:
        if place == opened.folder:
            return opened.problems
        found = check(place, today=today)
        after.append((read(place), found))
        return found

    problems: tuple[Problem, ...] = ()
    try:
        apply_changes(opened.folder, changes, today=today, dry_run=True, check_folder=look)
    except Refused as refused:
        problems = refused.problems
    if not after:
        return Attempt(problems)
    reading, found = after[-1]
    directory = None if reading.problems else directory_of(reading, opened.folder)
    return Attempt(problems, _by_cell(opened, reading, found), directory)


def _by_cell(
    opened: Opened, reading: Reading, found: Sequence[Problem]
) -> dict[tuple[str, str, str], list[Problem]]:
    """The findings that were not there before, at their cells."""
    names = {
        (file, row.number): row_of(file, row.cells)
        for file in FILES
        for row in reading.tables[file].rows
    }
    before = {(p.file, p.column, p.value, p.message) for p in opened.problems}
    cells: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in found:
        known = (problem.file, problem.column, problem.value, problem.message) in before
        if not known and problem.kind is not ProblemLevel.OVERDUE:
            name = names.get((problem.file, problem.row), "")
            cells.setdefault((problem.file, name, problem.column), []).append(problem)
    return cells
