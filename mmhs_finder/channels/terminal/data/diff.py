"""`python -m mmhs_finder data diff OLD NEW [--curator]`: what is other between two folders.

Not for: finding it (`directory.comparing`), or its words (`views.differences`).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mmhs_finder.channels.terminal.data.apply import change_lines
from mmhs_finder.curation.check import settle
from mmhs_finder.directory import BrokenDirectory, load_directory
from mmhs_finder.directory.comparing import differences
from mmhs_finder.views.differences import difference_views
from mmhs_finder.words import say


def add_action(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the action `diff`."""
    parser = actions.add_parser("diff", help="say in words what is different between two folders")
    parser.add_argument("old", type=Path, metavar="OLD", help="a folder of CSV files")
    parser.add_argument("new", type=Path, metavar="NEW", help="a later one")
    parser.add_argument(
        "--curator",
        action="store_true",
        help="every column as it stands in the files, with notes and unconfirmed numbers: "
        "not to be passed on",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints what is other, by service. Returns 1 when a folder cannot be read."""
    try:
        for folder in (args.old, args.new):
            settle(folder)
        found = differences(args.old, args.new)
        if args.curator:
            lines = [*change_lines(found.changes)]
            count = len(found.changes)
        else:
            views = difference_views(load_directory(args.new), found)
            lines = [
                line for view in views for line in (view.name, *(f"  {x}" for x in view.lines))
            ]
            count = sum(len(view.lines) for view in views)
    except BrokenDirectory as problem:
        print(problem, file=sys.stderr)
        return 1
    for line in lines:
        print(line)
    print(say("terminal_diff.counted", count=count) if count else say("terminal_diff.nothing"))
    return 0
