"""`python -m mmhs_finder data withdraw ROW [COLUMN] --because "..."` and `data restore`.

A wrong number is out of every page within a minute, without a release.
Not for: what is written, and what is refused (`curation.withdrawing`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from mmhs_finder.answers.urgent import MissingUrgentNumber, check_strip
from mmhs_finder.curation.withdrawing import (
    CannotWithdraw,
    Done,
    command,
    out_now,
    restore,
    withdraw,
)
from mmhs_finder.directory import Directory
from mmhs_finder.directory.loading import data_folder
from mmhs_finder.directory.withdrawing import TakenFrom
from mmhs_finder.directory.withdrawn import WITHDRAWN_FROM
from mmhs_finder.hours import LONDON

_ROW = "the id of the row (for another nation: nation/board/service), or the number itself"
_HOW_LONG = (
    "Every process looks every 10 seconds, and pages that stand open follow within half a minute: "
    "within a minute no page of the app shows {it}. No restart is needed."
)
_WHAT_STAYS = (
    "What stays: paper, files that people have kept, and a page without scripts that stands open."
)


def add_action(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the actions `withdraw` and `restore`."""
    out = actions.add_parser(
        "withdraw", help="take a wrong number, a cell or a row out of every page, at once"
    )
    out.add_argument("row", nargs="?", metavar="ROW", help=f"{_ROW}; without it: what is out")
    out.add_argument(
        "column", nargs="?", default="", metavar="COLUMN", help="such as phone; else the whole row"
    )
    out.add_argument("--because", default="", metavar="WHY", help="why, for who keeps the data")
    out.set_defaults(run=run)
    back = actions.add_parser("restore", help="put back what was withdrawn")
    back.add_argument("row", metavar="ROW", help=_ROW)
    back.add_argument("column", nargs="?", default="", metavar="COLUMN")
    back.set_defaults(run=run_restore)
    for parser in (out, back):
        parser.add_argument("--file", default="", choices=WITHDRAWN_FROM, help="where the row is")
        parser.add_argument(
            "--folder",
            type=Path,
            metavar="FOLDER",
            help="the folder of CSV files (default: the project's data/, or MMHS_DATA_DIR)",
        )


def run(args: argparse.Namespace) -> int:
    """Takes something out and says everything that went with it; returns 1 where it was not."""
    folder = args.folder or data_folder()
    if args.row is None:
        return _said(lambda: _list(folder))
    today = datetime.now(LONDON).date()

    def action() -> None:
        done = withdraw(
            folder,
            args.row,
            args.column,
            because=args.because,
            today=today,
            file=args.file,
            accepts=keeps_urgent_lines,
        )
        print("Taken out:")
        _places(done)
        print(_HOW_LONG.format(it="it"))
        print(_WHAT_STAYS)
        print(f"To put it back: {command('restore', done.withdrawal)}")

    return _said(action)


def run_restore(args: argparse.Namespace) -> int:
    """Puts something back; returns 1 where it was not."""
    folder = args.folder or data_folder()
    today = datetime.now(LONDON).date()

    def action() -> None:
        done = restore(folder, args.row, args.column, today=today, file=args.file)
        print("Put back:")
        _places(done)
        print("Within a minute every page shows it again, as the files have it now.")

    return _said(action)


def keeps_urgent_lines(before: Directory, after: Directory) -> None:
    """Refuses what would leave a nation without an urgent line.

    Raises CannotWithdraw: with what to do instead.
    """
    try:
        check_strip(before.national)
    except MissingUrgentNumber:
        return  # the file has mistakes of its own, and is not what is served
    try:
        check_strip(after.national)
    except MissingUrgentNumber as problem:
        raise CannotWithdraw(
            f"Not taken out: it is a number for urgent help that every page needs. {problem} "
            "Put the right number into its row instead, then data check: it is served in half a "
            "minute. If you do not know it, give another line of that nation its word in "
            "urgent_strip first. If that cannot be done either, take the site away in front: "
            "docs/operations.md."
        ) from None


def _said(action: Callable[[], None]) -> int:
    try:
        action()
    except CannotWithdraw as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


def _list(folder: Path) -> None:
    out = out_now(folder)
    if not out:
        print("Nothing is out.")
    for each in out:
        what = f"{each.column} “{each.value}”" if each.column else "the whole row"
        where = f"{each.file}, {each.row}" if each.row else "wherever it stands"
        print(f"{each.withdrawn_on.isoformat()}: {where}: {what}. {each.because}")
        print(f"  {command('restore', each)}")


def _places(done: Done) -> None:
    rows: dict[tuple[str, str], list[TakenFrom]] = {}
    for place in done.places:
        rows.setdefault((place.file, place.row), []).append(place)
    for (file, row), places in rows.items():
        columns = ", ".join(place.column for place in places if place.column)
        print(f"  {file}, {row}: {columns or 'the whole row'}")
    if not rows:
        print("  nothing that we could see in the files")
    for note in done.notes:
        print(f"Note: {note}")
