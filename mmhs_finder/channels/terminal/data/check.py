"""`python -m mmhs_finder data check [FOLDER]`: what is wrong with the directory, one line a
problem.

Not for: the checks themselves (`curation`).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mmhs_finder.curation.cells import PostcodeKnown
from mmhs_finder.curation.check import check, count_rows
from mmhs_finder.curation.journal import Unsettled, recover
from mmhs_finder.directory.files import FILES, SHAPES, Problem, ProblemLevel, read_table
from mmhs_finder.directory.loading import data_folder
from mmhs_finder.places.names_checking import name_problems
from mmhs_finder.planning.checking import fact_problems


def add_action(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Adds the action `check`."""
    parser = actions.add_parser("check", help="say what is wrong with the CSV files, and where")
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="FOLDER",
        help="the folder of CSV files (default: the project's data/, or MMHS_DATA_DIR)",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prints what is wrong or doubtful, then what is overdue. Returns 1 when something is wrong or
    doubtful, or there is no such folder; 0 otherwise: old evidence is work, not a mistake."""
    folder = args.folder or data_folder()
    if not folder.is_dir():
        print(f"There is no folder {folder}.", file=sys.stderr)
        return 1
    try:
        recovered = recover(folder)
    except Unsettled as unsettled:
        print(unsettled, file=sys.stderr)
        return 1
    if recovered.files:
        print(f"A change that was interrupted is finished now: {', '.join(recovered.files)}.")
    found = every_problem(folder, known_postcodes())
    problems = [p for p in found if p.kind is not ProblemLevel.OVERDUE]
    late = [p for p in found if p.kind is ProblemLevel.OVERDUE]
    for problem in (*problems, *late):
        print(f"{problem.kind.capitalize()}: {problem}")
    if problems:
        print(f"{len(problems)} {'problem' if len(problems) == 1 else 'problems'} to put right.")
    else:
        rows, files, maps = count_rows(folder), len(FILES), len(SHAPES)
        print(f"No problems in {rows:,} rows of {files} files and {maps} maps.")
    if late:
        print(f"{len(late)} rows are overdue: look at these first, the oldest stand above.")
    return 1 if problems else 0


def every_problem(folder: Path, postcode_known: PostcodeKnown | None) -> list[Problem]:
    """What is wrong, doubtful or overdue in a folder, with the names and facts beside it."""
    areas, _ = read_table(folder, "areas.csv")
    return [
        *fact_problems(folder),
        *name_problems(folder, {row.cells.get("code", "") for row in areas.rows}),
        *check(folder, postcode_known=postcode_known),
    ]


def known_postcodes() -> PostcodeKnown | None:
    """Says whether a postcode exists; None, after a line on stderr, when there is no index to
    ask."""
    from mmhs_finder.postcodes import Postcode, PostcodeError, open_index

    try:
        index = open_index()
    except (
        Exception
    ) as error:  # whatever keeps it from opening, the other checks are still worth having
        print(f"Postcodes are checked for their form only: {error}", file=sys.stderr)
        return None

    def known(text: str) -> bool:
        try:
            return Postcode.parse(text) in index
        except PostcodeError:
            return False

    return known
