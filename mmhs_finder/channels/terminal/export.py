"""`python -m mmhs_finder export FORMAT`: what the finder knows, as files for others.

Not for: what is in the feed (`render.open_referral`), or the table of all postcodes (`bulk`).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from pathlib import Path

from mmhs_finder.application import open_application
from mmhs_finder.channels.terminal import bulk, directory_export
from mmhs_finder.channels.terminal.moments import BadMoment, add_moment, moment
from mmhs_finder.curation.one_file import write_in_one_step
from mmhs_finder.directory import BrokenDirectory
from mmhs_finder.render.open_referral.feed import Feed
from mmhs_finder.render.open_referral.folder import NAMES, feed_files
from mmhs_finder.views.public import PublicDirectory

BAD_INPUT = 2
_UNFINISHED = ".unfinished-"


def add_arguments(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = subparsers.add_parser("export", help="write what the finder knows as files for others")
    formats = parser.add_subparsers(title="formats", metavar="FORMAT", required=True)
    bulk.add_lookup(formats)
    directory_export.add_arguments(formats)
    feed = formats.add_parser(
        "openreferral", help="as the Open Referral UK standard has it (HSDS-UK 3)"
    )
    feed.add_argument(
        "folder",
        type=Path,
        metavar="FOLDER",
        help="a new or empty folder, or one that this command has filled before",
    )
    add_moment(feed)
    feed.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Writes the files. Returns 0; 2 after one plain line on stderr for bad input; 1 where the
    directory cannot be used or the files cannot be written."""
    folder: Path = args.folder
    try:
        day = moment(args.at).date()
        refuse_what_is_not_ours(folder)
        feed = Feed(PublicDirectory(open_application().directory, day))
        write(folder, feed_files(feed, day))
    except (BadMoment, NotOurFolder) as problem:
        print(problem, file=sys.stderr)
        return BAD_INPUT
    except BrokenDirectory as problem:
        print(problem, file=sys.stderr)
        return 1
    except OSError as problem:
        print(f"The files could not be written: {problem.strerror}.", file=sys.stderr)
        return 1
    print(f"{len(feed.services.listed)} services are in {folder}.")
    return 0


class NotOurFolder(Exception):
    """A folder that holds something else. The message says in plain words what to do."""


def refuse_what_is_not_ours(folder: Path) -> None:
    """Raises `NotOurFolder` where a folder holds anything that this command does not write: nothing
    of somebody else's is written over. Raises OSError."""
    if not folder.exists() and not folder.is_symlink():
        return
    if not folder.is_dir():
        raise NotOurFolder(f"{folder} is no folder. Name a new or an empty one.")
    for found in sorted(folder.iterdir()):
        is_ours = found.name in NAMES or found.name.startswith(_UNFINISHED)
        if not is_ours or found.is_symlink() or not found.is_file():
            raise NotOurFolder(
                f"There is something else in {folder}: {found.name!r}. "
                "Nothing was written. Name a new or an empty folder."
            )


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes the files, each in one step. The last one is taken away first: while it is not there,
    the others may be of two days. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{_UNFINISHED}*"):
        left.unlink()
    (folder / NAMES[-1]).unlink(missing_ok=True)
    for name, raw in files.items():
        write_in_one_step(folder / name, raw, _UNFINISHED)
