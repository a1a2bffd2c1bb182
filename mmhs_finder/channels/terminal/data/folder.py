"""The folder of CSV files that an action of `data` is about, as somebody names it.

Not for: which folder it is by default (`directory.loading`), or what is in it.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from mmhs_finder.directory.loading import data_folder


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
