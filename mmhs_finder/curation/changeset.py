"""A file of changes to the directory, read and looked at before anything is done with it.

Each line says where (file, row, column), what stood there and what shall stand there, and how we
know: the page or who told us, its words, its date, and how sure it is. A file is somebody's: any of
it may be wrong, and all that is wrong is said at once.
Not for: whether a line fits the directory (`fitting`), or writing (`applying`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from stat import S_ISREG
from typing import Final

from mmhs_finder.curation.cells import link_problem, source_date_problem, unsafe
from mmhs_finder.directory.changes import (
    COLUMNS,
    FROM_SERVICE,
    ROW_REMOVED,
    ChangeKind,
    Target,
    target_of,
)
from mmhs_finder.directory.files import FILES, Problem, read_csv
from mmhs_finder.directory.models import Confidence

LARGEST: Final = 5_000_000
"""Bytes of a file of changes; the whole directory is smaller."""

MOST: Final = 5_000
"""Changes in one file: more than the directory has rows."""

_FORM: Final = re.compile(r"form:[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_SOMEBODY: Final = re.compile(r"(?:mail|call):[^\r\n]{1,200}")


TAKEN_BACK: Final = "Saved by mistake and taken back"
"""How what a change rests on begins that takes another one back."""


def is_taken_back(quote: str) -> bool:
    """Whether a line of the history took another one back. quote: what it rests on."""
    return quote.startswith(f"{TAKEN_BACK}: ")


class Refused(Exception):
    """Nothing was written. problems: why, each with its place; `str()` of it: one a line."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(str(problem) for problem in self.problems)


@dataclass(frozen=True)
class Proposed:
    """One change that somebody wants made: a line of a file of changes.

    line: its row there, as a spreadsheet shows it; 0 where it comes from no file. The others are
    the columns, without spaces around; old and new are "" for a blank cell.
    """

    file: str
    row: str
    column: str
    old: str = ""
    new: str = ""
    source_url: str = ""
    quote: str = ""
    source_date: str = ""
    confidence: str = ""
    line: int = 0

    @property
    def target(self) -> Target:
        return target_of(self.file, self.row, self.column, self.old, self.new)

    @property
    def cells(self) -> tuple[str, ...]:
        """In the order of the columns of a file of changes."""
        return tuple(str(getattr(self, column)) for column in COLUMNS)


@dataclass(frozen=True)
class ChangeSet:
    """Changes that are made together or not at all. name: what the file is called, for people."""

    changes: tuple[Proposed, ...]
    name: str = "these changes"

    def problem(self, change: Proposed, column: str, message: str) -> Problem:
        """Something wrong with a change: in its line of the file, with the cell that it is about.

        column: of the file of changes. message: begins with what is wrong, as of `Problem`.
        """
        about = ", ".join(word for word in (change.file, change.row) if word)
        if change.column:
            about += f", column {change.column}"
        return Problem(self.name, change.line, column, "", f"({about}) {message}")


def read_changes_file(path: Path) -> ChangeSet:
    """The changes of a CSV file, whatever the directory holds.

    Raises:
        Refused: it cannot be read as such a file; every problem that reading finds.
    """
    name = path.name

    def whole(message: str) -> Refused:
        return Refused([Problem(name, 0, "", "", message)])

    try:
        stat = path.stat()
    except OSError as error:
        raise whole(f"this file cannot be opened ({error.strerror}).") from None
    if not S_ISREG(stat.st_mode):
        raise whole("this is not a file. Give the CSV file with the changes.")
    if stat.st_size > LARGEST:
        raise whole(
            f"this file is larger than {LARGEST // 1_000_000} MB, so it cannot be a list of "
            "changes. Look at which file you chose."
        )
    table, problems = read_csv(path.parent, name, COLUMNS)
    if problems:
        raise Refused(_with_these_columns(problem) for problem in problems)
    if not table.rows:
        raise whole("there is no change in this file.")
    if len(table.rows) > MOST:
        raise whole(f"there are more than {MOST:,} changes in this file. Split it into several.")
    return ChangeSet(
        tuple(
            Proposed(**{column: row.cells[column] for column in COLUMNS}, line=row.number)
            for row in table.rows
        ),
        name,
    )


def _with_these_columns(problem: Problem) -> Problem:
    """The same finding, with where the names of the columns stand for a file of changes."""
    named = f"The columns are: {', '.join(COLUMNS)}"
    message = problem.message.replace("Its name must be one that data/README.md lists", named)
    return replace(problem, message=message.replace("see data/README.md", named.lower()))


def line_problems(changes: ChangeSet, today: date) -> Iterator[Problem]:
    """What is wrong with the lines by themselves: where they point, and their evidence."""
    if not changes.changes:
        yield Problem(changes.name, 0, "", "", "there is no change in it.")
    for change in changes.changes:
        for column, message in (*_place(change), *_evidence(change, today)):
            yield changes.problem(change, column, message)
    yield from _twice(changes)


def is_placed(change: Proposed) -> bool:
    """Whether a change says where and what, so that it can be held against the directory."""
    return not any(_place(change))


def _place(change: Proposed) -> Iterator[tuple[str, str]]:
    if not change.file:
        yield "file", "this cell is blank. Write which file, such as services.csv."
    elif change.file not in FILES:
        yield "file", f"there is no such file in the directory. Write one of: {', '.join(FILES)}."
    if not change.row:
        yield "row", "this cell is blank. Write the id of the row."
    if not change.column:
        yield "column", "this cell is blank. Write the name of the column, or (new row)."
    if change.target.kind is ChangeKind.CELL and change.old == change.new:
        yield "new", "changes nothing: old and new are the same. Take this line out."
    if ROW_REMOVED in change.old:
        yield "old", "cannot be a removed row. Write what stands in the cell today."


def _evidence(change: Proposed, today: date) -> Iterator[tuple[str, str]]:
    if message := _source_problem(change.source_url):
        yield "source_url", message
    if not change.quote:
        yield "quote", "this cell is blank. Write the words that say so, as they stand there."
    for column in ("source_url", "quote"):
        value = getattr(change, column)
        if value and (found := next(unsafe(column, value), "")):
            yield column, found
    if change.source_date and (message := source_date_problem(change.source_date, today)):
        yield "source_date", message
    if change.confidence not in tuple(Confidence):
        yield "confidence", f"is not one of: {', '.join(Confidence)}. Write how sure it is."


def is_from_service(source: str) -> bool:
    """Whether a `source_url` says that the service itself told it."""
    return source.partition(":")[0] in FROM_SERVICE


def _source_problem(source: str) -> str:
    """What is wrong with where a change is known from, or ""."""
    told = "form: with the code of the form, or mail: or call: with who told you"
    if not source:
        return f"this cell is blank. Write the address of the page that says so, {told}."
    if is_from_service(source):
        whole = _FORM.fullmatch(source) or _SOMEBODY.fullmatch(source)
        return "" if whole else f"is not complete. Write {told}."
    return link_problem(source)


def _twice(changes: ChangeSet) -> Iterator[Problem]:
    first: dict[tuple[str, str, str, str], Proposed] = {}
    for change in changes.changes:
        target = change.target
        cell = (target.file, target.row, target.area, target.column)
        if before := first.get(cell):
            where = f"row {before.line} of this file" if before.line else "another of these changes"
            yield changes.problem(
                change, "column", f"is changed twice: {where} does it too. Keep one of the two."
            )
        else:
            first[cell] = change
