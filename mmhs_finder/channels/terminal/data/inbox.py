"""`python -m mmhs_finder data inbox`: what visitors say is wrong, to decide on.

Nothing of it enters the directory by itself: it lists, writes a file of proposed changes, deletes.
Not for: the form (`views.suggesting`), or making changes (`curation.applying`).
"""

from __future__ import annotations

import argparse
import sys
from datetime import datetime
from pathlib import Path

from mmhs_finder.curation.proposing import proposals_csv, proposed, told
from mmhs_finder.curation.suggestions import (
    SETTING,
    delete_suggestion,
    drop_old,
    read_suggestions,
    suggestions_folder,
)
from mmhs_finder.directory import BrokenDirectory, load_directory
from mmhs_finder.hours import LONDON


def add_action(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the action `inbox`."""
    parser = actions.add_parser("inbox", help="what visitors say is wrong, to decide on")
    parser.add_argument(
        "--folder", type=Path, metavar="FOLDER", help=f"of the suggestions (default: {SETTING})"
    )
    parser.add_argument(
        "-o", "--output", type=Path, metavar="CHANGES.csv", help="write them as proposed changes"
    )
    parser.add_argument("--done", metavar="NAME", help="delete one: it is decided on")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Lists, writes or deletes. Returns 1 where that cannot be done."""
    folder = args.folder or suggestions_folder()
    if folder is None:
        print(f"No folder is set. Name it with --folder, or set {SETTING}.", file=sys.stderr)
        return 1
    if not folder.is_dir():
        print(f"There is no folder {folder}.", file=sys.stderr)
        return 1
    try:
        if args.done:
            return _done(folder, args.done)
        return _list(folder, args.output)
    except BrokenDirectory as problem:
        print(problem, file=sys.stderr)
    except OSError as error:
        print(f"{error.filename or folder}: {error.strerror or error}.", file=sys.stderr)
    return 1


def _done(folder: Path, name: str) -> int:
    if delete_suggestion(folder, name.removesuffix(".json")):
        print(f"{name} is deleted.")
        return 0
    print(f"There is no suggestion {name} in {folder}.", file=sys.stderr)
    return 1


def _list(folder: Path, output: Path | None) -> int:
    dropped = drop_old(folder, datetime.now(LONDON).date())
    if dropped:
        print(f"{dropped} older than 90 days were deleted.")
    kept = read_suggestions(folder)
    if not kept:
        print("Nothing has come in.")
        return 0
    directory = load_directory()
    for each in kept:
        print(told(each, directory))
        print(f"  when decided: python -m mmhs_finder data inbox --done {each.name}\n")
    if output is not None:
        lines = [line for each in kept if (line := proposed(each, directory))]
        output.write_bytes(proposals_csv(lines))
        print(f"{len(lines)} proposed changes are in {output}. Check each with the service or its")
        print("page, put right what stands in new, and take out the lines that you do not want.")
    return 0
