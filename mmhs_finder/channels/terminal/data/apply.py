"""`python -m mmhs_finder data apply CHANGES.csv [FOLDER] [--dry-run]`: changes are made.

Says what each line changes, and writes all of them or none.
Not for: what may be changed (`curation.applying`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import groupby
from pathlib import Path

from mmhs_finder.channels.terminal.data.check import every_problem, known_postcodes
from mmhs_finder.curation.applying import Applied, apply_changes, read_changes_file
from mmhs_finder.curation.changeset import Proposed, Refused
from mmhs_finder.directory.changes import FILE, Change, ChangeKind, target_of
from mmhs_finder.directory.loading import data_folder
from mmhs_finder.hours import LONDON


def add_action(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the action `apply`."""
    parser = actions.add_parser(
        "apply", help="make the changes of a CSV file, all or none, and add them to the history"
    )
    parser.add_argument(
        "changes",
        type=Path,
        metavar="CHANGES.csv",
        help="columns: file, row, column, old, new, source_url, quote, source_date, confidence",
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="FOLDER",
        help="the folder of CSV files (default: the project's data/, or MMHS_DATA_DIR)",
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="say what would be changed, and write nothing"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints what was changed, or why nothing was. Returns 1 when the changes are refused."""
    folder = args.folder or data_folder()
    if not folder.is_dir():
        print(f"There is no folder {folder}.", file=sys.stderr)
        return 1
    known = known_postcodes()
    try:
        changes = read_changes_file(args.changes)
        applied = apply_changes(
            folder,
            changes,
            today=datetime.now(LONDON).date(),
            dry_run=args.dry_run,
            check_folder=lambda place: every_problem(place, known),
        )
    except Refused as refused:
        print("Nothing was changed:", file=sys.stderr)
        for problem in refused.problems:
            print(f"- {problem}", file=sys.stderr)
        return 1
    for line in change_lines(applied.changes):
        print(line)
    print(_next(applied, folder))
    return 0


def change_lines(changes: Iterable[Proposed | Change]) -> Iterator[str]:
    """Changes in plain words, those of a row together under its name."""
    for (file, row), found in groupby(changes, key=lambda change: (change.file, change.row)):
        yield f"{row} ({file})"
        for change in found:
            yield f"  {_line(change)}"


def _line(change: Proposed | Change) -> str:
    target = target_of(change.file, change.row, change.column, change.old, change.new)
    kind, area = target.kind, target.area
    if kind is ChangeKind.NEW_ROW:
        return f"a new row{f' for {area}' if area else ''}: {change.new or change.row}"
    if kind is ChangeKind.REMOVED:
        return f"the row{f' for {area}' if area else ''} is taken out"
    return f"{change.column}: {_value(change.old)} -> {_value(change.new)}"


def _value(text: str) -> str:
    return f"“{' '.join(text.split())}”" if text else "(blank)"


def _next(applied: Applied, folder: Path) -> str:
    count = len(applied.changes)
    said = f"{count} {'change' if count == 1 else 'changes'}"
    if applied.dry_run:
        return f"{said} would be made. Nothing was written: leave --dry-run out to make them."
    return (
        f"{said} made in {folder}: {', '.join(applied.files)}. Each stands in {FILE}. "
        "A running app shows them within half a minute. Now hand the files in."
    )
