"""`python -m mmhs_finder coverage snapshot`: what is known today, kept to be compared with later.

Not for: what a snapshot holds (`coverage.history`), or which of them stays (`coverage.snapshots`).
"""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from pathlib import Path

from mmhs_finder.channels.terminal.data.folder import folder_of
from mmhs_finder.channels.terminal.moments import day_argument
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.history import Snapshot, snapshot_of
from mmhs_finder.coverage.snapshots import FOLDER, NewerSnapshot, keep
from mmhs_finder.curation.check import load_checked_directory
from mmhs_finder.directory import BrokenDirectory
from mmhs_finder.directory.older import read_older
from mmhs_finder.hours import LONDON


def add_arguments(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the command `coverage` with its one action."""
    coverage = subparsers.add_parser("coverage", help="which help is known where, over time")
    actions = coverage.add_subparsers(dest="action", required=True, metavar="ACTION")
    snapshot = actions.add_parser(
        "snapshot",
        help="keep what is known today, one small file a month",
        description=(
            "Writes what the directory knows into one small file named after the day. A file of "
            "the same month that an earlier run wrote is replaced; the first of all stays."
        ),
    )
    snapshot.add_argument(
        "--folder",
        type=Path,
        metavar="DATA",
        help="the folder of CSV files (default: the project's data/, or MMHS_DATA_DIR)",
    )
    snapshot.add_argument(
        "--date", type=day_argument, metavar="DAY", help="the day that the files are of: 2026-11-22"
    )
    snapshot.add_argument(
        "--into", type=Path, metavar="FOLDER", help=f"where to keep it (default: {FOLDER}/ in DATA)"
    )
    snapshot.add_argument(
        "--older",
        action="store_true",
        help="the files were written by an older version and may lack columns; needs --date",
    )
    snapshot.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Writes the snapshot and says where. Returns 1 where it cannot."""
    today = datetime.now(LONDON).date()
    day: date = args.date or today
    if day > today:
        return _refused(f"{day} is still to come. A snapshot is of today, or of a day before.")
    if args.older and args.date is None:
        return _refused("Say with --date of which day the older files are.")
    folder = folder_of(args)
    if folder is None:
        return 1
    into: Path = args.into or folder / FOLDER
    try:
        snapshot = _older(folder, day) if args.older else _snapshot(folder, day)
        path, replaced = keep(snapshot, into)
    except (BrokenDirectory, NewerSnapshot) as problem:
        return _refused(str(problem))
    except OSError as problem:
        return _refused(f"It cannot be written into {into}: {problem.strerror}.")
    print(f"Kept in {path}: {len(snapshot.areas)} areas, {len(snapshot.services)} services.")
    for each in replaced:
        print(f"It replaces {each.name} of the same month.")
    return 0


def _snapshot(folder: Path, day: date) -> Snapshot:
    return snapshot_of(Coverage(load_checked_directory(folder), day))


def _older(folder: Path, day: date) -> Snapshot:
    older = read_older(folder)
    return snapshot_of(Coverage(older.directory, day), older.lacks)


def _refused(why: str) -> int:
    print(why, file=sys.stderr)
    return 1
