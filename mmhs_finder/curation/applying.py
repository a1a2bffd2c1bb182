"""Changes made in the directory: all of a set or none, each with its line in the history.

A set is refused when one of its lines does not fit what stands there, has no evidence, or when the
directory would have a finding of `check` that it did not have before. What is refused changes no
byte. Who writes, and after an interruption finishes, is `journal`.
Not for: forms that services fill in, or words for the public.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from mmhs_finder.curation.changeset import (
    ChangeSet,
    Proposed,
    Refused,
    is_placed,
    line_problems,
    read_changes_file,
)
from mmhs_finder.curation.check import check
from mmhs_finder.curation.fitting import fit
from mmhs_finder.curation.journal import (
    Step,
    Unsettled,
    beside,
    locked,
    no_step,
    recover,
    recover_locked,
    write_together,
)
from mmhs_finder.curation.rewriting import CsvText
from mmhs_finder.directory.changes import FILE, HISTORY_COLUMNS, row_of
from mmhs_finder.directory.files import FILES, CsvFile, Problem, ProblemLevel, read_table

__all__ = ["Applied", "ChangeSet", "Proposed", "Refused", "apply_changes", "read_changes_file"]

Check = Callable[[Path], Iterable[Problem]]
"""What is wrong with a folder, as of `check`."""

_WHO: Final = "data apply"
_MAIN: Final = "services.csv"
_ROW_NUMBER: Final = re.compile(r"\brow \d+")


@dataclass(frozen=True)
class Applied:
    """What was changed. files: that hold it, the history last. dry_run: nothing was written."""

    changes: tuple[Proposed, ...]
    files: tuple[str, ...]
    dry_run: bool = False


def apply_changes(
    folder: Path,
    changes: ChangeSet,
    *,
    today: date,
    dry_run: bool = False,
    check_folder: Check | None = None,
    who: str = _WHO,
    at_step: Step = no_step,
) -> Applied:
    """Makes the changes in the directory of a folder, and adds them to its history.

    Args:
        today: the day under which they stand in the history; no date may be later.
        dry_run: everything but the writing.
        check_folder: the checks that the outcome has to pass; by default `check`.
        who: who is at it, for others who want to write meanwhile.
        at_step: for tests.

    Raises:
        Refused: nothing was written. Every problem that can be said at once; those of the outcome
            only when every line fits.
    """
    checks = check_folder or (lambda place: check(place, today=today))
    try:
        if dry_run:
            recover(folder)
            before = _read(folder, changes)
            files = _outcome(before, changes, today)
            with TemporaryDirectory(prefix="mmhs-") as place:
                new = {}
                for name, raw in files.items():
                    new[name] = Path(place) / name
                    new[name].write_bytes(raw)
                _examine(beside(folder, new, Path(place) / "whole"), folder, changes, checks)
            return Applied(changes.changes, tuple(files), dry_run=True)
        with locked(folder, who) as root:
            at_step("locked")
            recover_locked(root, at_step=at_step)
            before = _read(root, changes)
            files = _outcome(before, changes, today)
            write_together(
                root,
                files,
                before,
                lambda place: _examine(place, root, changes, checks),
                at_step=at_step,
            )
        return Applied(changes.changes, tuple(files))
    except Unsettled as problem:
        raise Refused(problem.problems) from None
    except OSError as error:
        message = f"it cannot be read or written ({error.strerror or error}). Nothing was changed."
        raise Refused([Problem(f"The folder {folder}", 0, "", "", message)]) from None


def _read(folder: Path, changes: ChangeSet) -> dict[str, bytes]:
    """What the files hold that these changes are about. Raises Refused for what is not there."""
    names = {change.file for change in changes.changes} & FILES.keys()
    found, problems = {}, []
    for name in (*(n for n in FILES if n in names or n == _MAIN), FILE):
        try:
            found[name] = (folder / name).read_bytes()
        except FileNotFoundError:
            if name != FILE:
                problems.append(Problem(name, 0, "", "", "this file is missing."))
    for name in found.keys() - {FILE}:
        _, wrong = read_table(folder, name)
        if wrong:
            problems.append(_first_of_all(wrong[0]))
    if problems:
        raise Refused(problems)
    return found


def _first_of_all(problem: Problem) -> Problem:
    """A problem of a file as it stands, before anything can be changed in it."""
    message = f"{problem.message} Put that right first: see `data check`."
    return Problem(problem.file, problem.row, problem.column, problem.value, message)


def _outcome(before: Mapping[str, bytes], changes: ChangeSet, today: date) -> dict[str, bytes]:
    """What each file shall hold, the history last. Raises Refused for lines that do not fit."""
    if problems := tuple(line_problems(changes, today)):
        placed = tuple(change for change in changes.changes if is_placed(change))
        fitted = fit(ChangeSet(placed, changes.name), _texts(before))
        raise Refused(_in_order(changes, [*problems, *fitted.problems]))
    fitted = fit(changes, _texts(before))
    history, wrong = _history(before.get(FILE), changes, today)
    if fitted.problems or wrong:
        raise Refused(_in_order(changes, [*fitted.problems, *wrong]))
    return {**{name: text.written() for name, text in fitted.texts.items()}, FILE: history}


def _texts(before: Mapping[str, bytes]) -> dict[str, CsvText]:
    return {name: CsvText.of(raw) for name, raw in before.items() if name != FILE}


def _history(
    raw: bytes | None, changes: ChangeSet, today: date
) -> tuple[bytes, tuple[Problem, ...]]:
    """The history with these changes at its end."""
    try:
        text = CsvText.headed(HISTORY_COLUMNS) if raw is None else CsvText.of(raw)
    except ValueError as error:
        message = f"this file cannot be read as CSV in UTF-8 ({error}). Put that right first."
        return b"", (Problem(FILE, 0, "", "", message),)
    if missing := [column for column in HISTORY_COLUMNS if column not in text.header]:
        message = f"this column is missing from the header: {', '.join(missing)}."
        return b"", (Problem(FILE, 1, "", "", message),)
    lines = [
        dict(zip(HISTORY_COLUMNS, (today.isoformat(), *change.cells), strict=True))
        for change in changes.changes
    ]
    text.arrange([(0, cells) for cells in lines], ())
    return text.written(), ()


def _in_order(changes: ChangeSet, problems: Iterable[Problem]) -> list[Problem]:
    """Those of the changes by their lines, each once; then the others."""

    def place(problem: Problem) -> tuple[bool, int]:
        others = problem.file != changes.name
        return others, 0 if others else problem.row

    return sorted(dict.fromkeys(problems), key=place)


# --- the outcome ---------------------------------------------------------------------------------


def _examine(place: Path, folder: Path, changes: ChangeSet, checks: Check) -> None:
    """Raises Refused when the new directory has a finding that the old one has not.

    What is overdue is work and no mistake.
    """
    old, new = _Findings(folder, checks), _Findings(place, checks)
    fresh = new.beyond(old)
    if fresh:
        raise Refused(_in_order(changes, [_placed(changes, new, problem) for problem in fresh]))


class _Findings:
    """What the checks find in a folder, each known by its row's name and not by its number."""

    def __init__(self, folder: Path, checks: Check) -> None:
        self.found = [p for p in checks(folder) if p.kind is not ProblemLevel.OVERDUE]
        files = {p.file for p in self.found} & FILES.keys()
        self.names = {
            (file, row.number): row_of(file, row.cells)
            for file in files
            for row in _table(folder, file).rows
        }

    def name(self, problem: Problem) -> str:
        return self.names.get((problem.file, problem.row), "")

    def _known_as(self, problem: Problem) -> tuple[str, ...]:
        message = _ROW_NUMBER.sub("row", problem.message)
        return (problem.file, self.name(problem), problem.column, problem.value, message)

    def beyond(self, before: _Findings) -> Sequence[Problem]:
        """Those that were not found before."""
        left = Counter(before._known_as(problem) for problem in before.found)
        fresh = []
        for problem in self.found:
            known = self._known_as(problem)
            if left[known]:
                left[known] -= 1
            else:
                fresh.append(problem)
        return fresh


def _table(folder: Path, file: str) -> CsvFile:
    return read_table(folder, file)[0]


def _placed(changes: ChangeSet, new: _Findings, problem: Problem) -> Problem:
    """A finding of the outcome, at the line that brings it, where one line does."""
    name = new.name(problem)
    level = "would be wrong" if problem.kind is ProblemLevel.WRONG else "would be doubtful"
    of_row = [c for c in changes.changes if (c.file, c.row) == (problem.file, name)]
    of_cell = [c for c in of_row if c.column == problem.column]
    for change in of_cell or of_row[:1]:
        return changes.problem(change, "new", f"{level}: {problem}")
    who = f" ({name})" if name else ""
    return Problem(changes.name, 0, "", "", f"after these changes this {level}: {problem}{who}")
