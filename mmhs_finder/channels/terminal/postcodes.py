"""`postcodes build` and `postcodes info`: make the postcode index ahead of time, and see what it
is.

Not for: parsing the whole command line (`commands`), or building itself
(`mmhs_finder.postcodes.building`).
"""

from __future__ import annotations

import argparse
import sys
import time
from typing import Any, TextIO

from mmhs_finder.postcodes import IndexInfo, IndexProblem, index_info
from mmhs_finder.postcodes.index_file import cache_folder


def add_arguments(subparsers: Any) -> None:
    """Add the command `postcodes` to what `ArgumentParser.add_subparsers()` returned.

    Each command leaves `run` in the namespace: a function of the namespace that returns the exit
    code.
    """
    postcodes = subparsers.add_parser("postcodes", help="make or describe the postcode index")
    commands = postcodes.add_subparsers(dest="postcodes_command", metavar="COMMAND", required=True)

    build = commands.add_parser(
        "build",
        help="make the index (it is also made by itself when first needed)",
        description=(
            "Make the postcode index from the installed package, or from a newer "
            "ONS Postcode Directory."
        ),
    )
    build.add_argument(
        "--onspd",
        metavar="ZIP",
        help="zip of the ONS Postcode Directory, to use in place of the package",
    )
    build.add_argument(
        "--force", action="store_true", help="build even when the index is up to date"
    )
    build.set_defaults(run=run_build)

    info = commands.add_parser("info", help="say what the index was made from and where it is")
    info.set_defaults(run=run_info)


def run_build(args: argparse.Namespace) -> int:
    """0 when the index is there and up to date, 1 when it could not be built (the reason on
    stderr)."""
    # Only here: what builds takes half a second to load, and no other command needs it.
    from mmhs_finder.postcodes.building import build_index

    started = time.perf_counter()
    line = ProgressLine(sys.stderr)
    try:
        build_index(args.onspd, force=args.force, progress=line)
    except IndexProblem as problem:
        line.close()
        print(f"postcodes build: {problem}", file=sys.stderr)
        return 1
    line.close()
    if line.used:
        print(f"Built in {time.perf_counter() - started:.1f} s.")
    else:
        print("The postcode index is up to date. Use --force to build it again.")
    return run_info(args)


def run_info(_args: argparse.Namespace) -> int:
    """0 when there is a whole index, 1 when there is none."""
    info = index_info()
    if info is None:
        print(f"There is no postcode index in {cache_folder()} yet. Make it with: postcodes build")
        return 1
    print(describe(info))
    return 0


def describe(info: IndexInfo) -> str:
    """The lines of `postcodes info`."""
    return "\n".join(
        (
            f"Source:    {info.source} {info.version}",
            f"Built:     {info.built_at}",
            f"Postcodes: {info.rows:,} in {info.councils:,} council areas",
            f"Left out:  {info.left_out_ni:,} of Northern Ireland, "
            f"{info.left_out_no_council:,} without a council, "
            f"{info.left_out_malformed:,} not written as a postcode",
            f"File:      {info.path} ({info.bytes / 1e6:.1f} MB)",
        )
    )


class ProgressLine:
    """A `building.Progress` that redraws one line of a terminal, and writes nothing elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._is_terminal = stream.isatty()
        self.used = False

    def __call__(self, done: int, total: int, text: str) -> None:
        self.used = True
        if self._is_terminal:
            filled = 20 * done // max(total, 1)
            bar = "#" * filled + "." * (20 - filled)
            self._stream.write(f"\r[{bar}] {done}/{total} {text:<30.30}")
            self._stream.flush()

    def close(self) -> None:
        """Leave the line, so that what follows starts a new one."""
        if self.used and self._is_terminal:
            self._stream.write("\n")
