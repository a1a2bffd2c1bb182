"""The folder of CSV files that an action of `data` is about, as somebody names it.

Not for: which folder it is by default (`directory.loading`), or what is in it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from mmhs_finder.curation.check import settle
from mmhs_finder.directory.files import BrokenDirectory, CsvFile
from mmhs_finder.directory.loading import data_folder
from mmhs_finder.directory.reading import in_order, read


def add_folder(parser: argparse.ArgumentParser) -> None:
    """Adds the argument that `folder_of` reads."""
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        metavar="FOLDER",
        help="the folder of CSV files (default: the project's data/, or MMHS_DATA_DIR)",
    )


def folder_of(args: argparse.Namespace) -> Path | None:
    """The folder that is meant; None, after a line on stderr, where there is no such folder."""
    folder: Path = args.folder or data_folder()
    if folder.is_dir():
        return folder
    print(f"There is no folder {folder}.", file=sys.stderr)
    return None


def tables_of(folder: Path) -> Mapping[str, CsvFile] | None:
    """The files of a directory by name, with no change left half done in it; None, after lines on
    stderr, where they cannot be read."""
    try:
        settle(folder)
    except BrokenDirectory as broken:
        print(broken, file=sys.stderr)
        return None
    reading = read(folder)
    for problem in in_order(reading.problems):
        print(problem, file=sys.stderr)
    return None if reading.problems else reading.tables
