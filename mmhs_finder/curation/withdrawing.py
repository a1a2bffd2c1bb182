"""Taking a number, a cell or a row out of every page at once, and putting it back.

    withdraw(folder, "harbour", "phone", because="A caller says it rings in a shop.", today=...)

It writes a line into `withdrawn.csv` and nothing else; every process that serves the folder takes
it out of its answers (`directory.withdrawing`). It works while the other files have mistakes.
Not for: what is then served, or putting a fact right (`curation.applying`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from mmhs_finder.curation.journal import Unsettled, locked
from mmhs_finder.curation.one_file import write_in_one_step
from mmhs_finder.curation.withdrawn_rows import Found, Rows, as_a_way
from mmhs_finder.directory.files import FILES, BrokenDirectory, Problem, ProblemLevel
from mmhs_finder.directory.loading import Directory, directory_of
from mmhs_finder.directory.reading import read
from mmhs_finder.directory.withdrawing import TakenFrom, taken_from, without
from mmhs_finder.directory.withdrawn import (
    COLUMNS,
    FILE,
    Withdrawal,
    can_be_blank,
    read_withdrawn,
    sought_for,
)

_SERVICES: Final = "services.csv"
_PATIENCE: Final = 20.0
"""Seconds to wait for it."""

_LONG_OUT: Final = 30
"""Days after which something that is out is called overdue."""

Accepts = Callable[[Directory, Directory], None]
"""Is given the directory before and after, and raises `CannotWithdraw` where that must not be."""


class CannotWithdraw(Exception):
    """It was not done. `str()` says why and what to do, in plain words."""


@dataclass(frozen=True)
class Done:
    """What was written, where it shows, and what should be known of it, in plain words."""

    withdrawal: Withdrawal
    places: tuple[TakenFrom, ...]
    notes: tuple[str, ...] = ()


def withdraw(
    folder: Path,
    row: str,
    column: str = "",
    *,
    because: str,
    today: date,
    file: str = "",
    accepts: Accepts | None = None,
) -> Done:
    """Takes something out.

    Args:
        folder: of the directory.
        row: the id of a row, or a number, an e-mail address or a link as people are shown it.
        column: of the row; "" for all of the row, or where `row` is a number or an address.
        because: why, for those who keep the directory.
        file: where the row is, if that must be said.

    Raises:
        CannotWithdraw: nothing was written.
    """
    reason = " ".join(because.split()).lstrip("=+-@ ")
    if not reason:
        raise CannotWithdraw('Say why: --because "A caller says that it rings in a shop."')
    with _alone_in(folder):
        known, rows = _known(folder), Rows(read(folder))
        found = _found(rows, row, column, file)
        new = Withdrawal(today, found.file, found.row, found.column, found.value, reason)
        _refuse_twice(known, new)
        before = without(directory_of(rows.reading, folder), known)
        after = without(before, (*known, new))
        if accepts is not None:
            accepts(before, after)
        places = taken_from(before, after)
        if not places and not found.note:
            raise CannotWithdraw(f"{_named(new)} is shown nowhere, so nothing was taken out.")
        _write(folder, (*known, new))
    return Done(new, places, (found.note,) if found.note else ())


def restore(folder: Path, row: str, column: str = "", *, today: date, file: str = "") -> Done:
    """Puts something back that is out. row, column, file: as for `withdraw`.

    Raises CannotWithdraw: nothing was written.
    """
    with _alone_in(folder):
        known, rows = _known(folder), Rows(read(folder))
        matching = [w for w in known if _is_meant(w, row, column, file)]
        out = [w for w in matching if w.is_out]
        if not out:
            raise CannotWithdraw(_nothing_out(known, matching, row, column))
        if len(out) > 1:
            several = "; ".join(_named(each) for each in out)
            raise CannotWithdraw(f"Several are out: {several}. Name the column, or use --file.")
        back = replace(out[0], restored_on=today)
        now = tuple(back if each is out[0] else each for each in known)
        whole = directory_of(rows.reading, folder)
        places = taken_from(without(whole, now), without(whole, known))
        _write(folder, now)
    return Done(back, places, tuple(_since(rows, back)))


def out_now(folder: Path) -> tuple[Withdrawal, ...]:
    """What is out. Raises CannotWithdraw where the file cannot be read."""
    return tuple(each for each in _known(folder) if each.is_out)


def withdrawn_problems(folder: Path, today: date) -> Iterator[Problem]:
    """What a curator should know of `withdrawn.csv`: that it cannot be read; that a cell or row has
    changed since it was taken out; that something has been out for long."""
    try:
        known = read_withdrawn(folder) or ()
    except BrokenDirectory as problem:
        yield from problem.problems
        return
    if not any(each.is_out for each in known):
        return
    rows = Rows(read(folder))
    for number, each in enumerate(known, start=2):
        if not each.is_out:
            continue
        for message in _since(rows, each):
            words = f"{message} If it is right now: {command('restore', each)}"
            yield Problem(FILE, number, "row", each.row or each.value, words, ProblemLevel.DOUBTFUL)
        if (days := (today - each.withdrawn_on).days) > _LONG_OUT:
            words = f"has been out for {days} days. Put it right, then: {command('restore', each)}"
            yield Problem(FILE, number, "row", each.row or each.value, words, ProblemLevel.OVERDUE)


def command(action: str, withdrawal: Withdrawal) -> str:
    """The command that does this to it, to be typed."""
    parts = [withdrawal.row or withdrawal.value, withdrawal.column if withdrawal.row else ""]
    words = [f'"{p}"' if set(p) & set(" ()/;&'") else p for p in parts if p]
    return " ".join(["python -m mmhs_finder data", action, *words])


# --- what is meant --------------------------------------------------------------------------------


def _found(rows: Rows, row: str, column: str, file: str) -> Found:
    """What a command means. Raises CannotWithdraw."""
    row, column = row.strip(), column.strip()
    if way := as_a_way(row):
        if column:
            raise CannotWithdraw(
                f"“{row}” is a number or an address itself: leave the column {column} away, or "
                "name the id of the row."
            )
        if rows.holds(way) or rows.broken:
            note = "" if rows.holds(way) else rows.cannot_look()
            return Found("", "", way.column, way.value, note)
        raise CannotWithdraw(f"No row holds “{row}”. Write it as the page shows it.")
    found = rows.find(row, column, file)
    if not (file or column) and _only_named(rows, found):
        file, found = _SERVICES, []
    if len(found) > 1:
        files = " or ".join(dict.fromkeys(f"--file {each.file}" for each in found))
        raise CannotWithdraw(f"Several rows are called “{row}”. Say which: add {files}.")
    if found:
        return _checked(found[0])
    if file in rows.broken:
        note = f"{file} cannot be read at the moment, so we could not look what stands there. "
        return Found(file, row, column, "", note + "What is served is taken out all the same.")
    raise CannotWithdraw(_not_found(rows, row, column, file))


def _only_named(rows: Rows, found: Sequence[Found]) -> bool:
    """Whether a service was found by its criteria alone, since its row cannot be read now."""
    return _SERVICES in rows.broken and {each.file for each in found} == {"mmhs_criteria.csv"}


def _checked(found: Found) -> Found:
    """Refuses what cannot be taken out of a row."""
    file, row, column = found.file, found.row, found.column
    if found.is_row:
        return found
    if not can_be_blank(file, column):
        raise CannotWithdraw(
            f"{column} of {row} cannot be left out by itself. Take the whole row out: "
            f"python -m mmhs_finder data withdraw {row}"
        )
    if not found.value:
        raise CannotWithdraw(f"{column} of {row} is blank: there is nothing to take out.")
    return found


def _not_found(rows: Rows, row: str, column: str, file: str) -> str:
    hidden = [each for each in sorted(rows.broken) if column in ("", *FILES[each].model_fields)]
    there = rows.find(row, "", file)
    if there and not hidden:
        names = rows.columns(row, file)
        near = get_close_matches(column, names, n=3, cutoff=0.4)
        meant = f" Do you mean {' or '.join(near)}?" if near else ""
        return f"“{row}” has no column “{column}”.{meant} The columns stand in data/README.md."
    near = rows.alike(row)
    meant = f" Do you mean {' or '.join(near)}?" if near else " Look for its id in services.csv."
    meant = "" if there else meant
    what = f"{column} of “{row}”" if there else f"row “{row}”"
    text = f"There is no {what}{f' in {file}' if file else ''}.{meant}"
    if hidden:
        files = " or ".join(f"--file {each}" for each in hidden)
        text += f" Some files have mistakes: if you are sure of the id, add {files}."
    return text


def _refuse_twice(known: Sequence[Withdrawal], new: Withdrawal) -> None:
    for each in known:
        same = (each.file, each.row) == (new.file, new.row)
        covers = each.column == new.column if each.row else _same_way(each.value, new.value)
        covers = covers or (each.row != "" and not each.column)
        if each.is_out and same and covers:
            raise CannotWithdraw(
                f"{_named(each)} is out already, since {each.withdrawn_on.isoformat()}: "
                f"{each.because}"
            )


def _is_meant(each: Withdrawal, row: str, column: str, file: str) -> bool:
    if file and each.file != file:
        return False
    if not each.row:
        return _same_way(each.value, row)
    if each.row != row.strip():
        return False
    return not column or each.column == column or each.area_code == column


def _same_way(one: str, other: str) -> bool:
    """Whether two texts are the same number, address or link, however they are written."""
    ways = [as_a_way(text.strip()) for text in (one, other)]
    found = [sought_for(way.column, way.value) if way else None for way in ways]
    patterns = {each.pattern.pattern for each in found if each}
    return None not in found and len(patterns) == 1


def _nothing_out(
    known: Sequence[Withdrawal], matching: Sequence[Withdrawal], row: str, column: str
) -> str:
    what = f"{column} of {row}" if column else row
    if matching and (day := matching[-1].restored_on):
        return f"{what} was put back on {day.isoformat()} already."
    out = [_named(each) for each in known if each.is_out]
    listed = f" Out at the moment: {'; '.join(out)}." if out else " Nothing is out at the moment."
    return f"{what} is not out, so there is nothing to put back.{listed}"


def _named(each: Withdrawal) -> str:
    if not each.row:
        return each.value
    return f"{each.column} of {each.row}" if each.column else f"the whole row {each.row}"


def _since(rows: Rows, each: Withdrawal) -> Iterator[str]:
    """What has changed in the files since something was taken out."""
    if each.file in rows.broken or (not each.row and rows.broken):
        return
    if not each.row:
        way = as_a_way(each.value)
        if way is not None and not rows.holds(way):
            yield "stands in no file any more."
        return
    found = rows.find(each.row, each.area_code or each.column, each.file)
    if not found:
        yield f"is not in {each.file} any more."
    elif each.column and each.value and not found[0].is_row and found[0].value != each.value:
        yield f"had “{each.value}” in {each.column} and has “{found[0].value}” now."


# --- the file -------------------------------------------------------------------------------------


def _known(folder: Path) -> tuple[Withdrawal, ...]:
    try:
        return read_withdrawn(folder) or ()
    except BrokenDirectory as problem:
        raise CannotWithdraw(
            f"{problem.problems[0]} Put {FILE} right first; what was out before stays out."
        ) from None


@contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Holds the folder for itself. Raises CannotWithdraw."""
    if not folder.is_dir():
        raise CannotWithdraw(f"There is no folder {folder}.")
    try:
        with locked(folder, "data withdraw or restore", wait=_PATIENCE):
            yield
    except Unsettled as problem:
        raise CannotWithdraw(str(problem)) from None


def _write(folder: Path, every: Sequence[Withdrawal]) -> None:
    """Writes the file in one step: who reads it has the old one or the new one."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for each in every:
        back = each.restored_on.isoformat() if each.restored_on else ""
        day = each.withdrawn_on.isoformat()
        writer.writerow((day, each.file, each.row, each.column, each.value, each.because, back))
    try:
        write_in_one_step(folder / FILE, text.getvalue().encode(), ".withdrawn-")
    except OSError as error:
        raise CannotWithdraw(_cannot_write(folder, error)) from None


def _cannot_write(folder: Path, error: OSError) -> str:
    return (
        f"{folder} cannot be written to ({error.strerror or error}), so nothing was changed. Do it "
        "where that folder can be written, and as somebody who may."
    )
