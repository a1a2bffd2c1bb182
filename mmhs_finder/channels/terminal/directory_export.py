"""`python -m mmhs_finder export directory OUT`: the whole directory, as anybody may have it.

What it writes is what the site gives at `/download/`. Not for: what is in the files
(`channels.api.whole`), or the files that curators keep.
"""

from __future__ import annotations

import argparse
import errno
import json
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from mmhs_finder.application import open_application
from mmhs_finder.channels.terminal.writing import guarded, target
from mmhs_finder.hours import LONDON
from mmhs_finder.render.files.data_package import NAME, PACKAGE
from mmhs_finder.words import say

if TYPE_CHECKING:
    from mmhs_finder.channels.api.whole import WholeDirectory


def add_arguments(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """parts: the tables of `export`."""
    directory = parts.add_parser(
        "directory", help="services, areas, criteria, lines: as anybody may have them"
    )
    directory.add_argument(
        "output",
        metavar="OUT",
        help="a folder for the CSV files and their data package; or a file that ends with .zip, "
        "with the same in it, or with .json; - for JSON on stdout",
    )
    directory.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Writes the files. Returns as `writing.guarded`."""
    # Only here: no other command needs the models of the interface.
    from mmhs_finder.channels.api.whole import whole_directory

    def work() -> None:
        application, day = open_application(checked=False), datetime.now(LONDON).date()
        whole = whole_directory(application, day)
        for name, content in _files(args.output, whole).items():
            with target(name) as out:
                out.write(content)
        print(say("terminal.exported", count=len(application.directory.services)), file=sys.stderr)

    return guarded(work)


def _files(output: str, whole: WholeDirectory) -> dict[str, bytes]:
    """What to write, by name. Raises OSError for a folder with other things in it: the curators'
    own files have the same names."""
    kind = Path(output).suffix.casefold()
    if kind == ".zip":
        return {output: whole.zip}
    if kind == ".json" or output == "-":
        return {output: whole.json}
    folder = Path(output)
    if folder.is_dir() and any(folder.iterdir()) and not _is_an_export(folder):
        raise OSError(errno.ENOTEMPTY, say("terminal.other_files"), output)
    folder.mkdir(parents=True, exist_ok=True)
    return {str(folder / name): content for name, content in whole.files.items()}


def _is_an_export(folder: Path) -> bool:
    """Whether an earlier export stands there, which a new one may take the place of."""
    try:
        package = json.loads((folder / PACKAGE).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(package, dict) and package.get("name") == NAME
