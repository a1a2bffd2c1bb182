"""The finder in a terminal: one command, its parts brought by the modules that do the work.

Each part adds its own arguments and says which function runs it (`set_defaults(run=...)`).
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Final, TextIO

import mmhs_finder
from mmhs_finder.channels.terminal import bulk as bulk_cli
from mmhs_finder.channels.terminal import coverage as coverage_cli
from mmhs_finder.channels.terminal import criteria as criteria_cli
from mmhs_finder.channels.terminal import data as directory_cli
from mmhs_finder.channels.terminal import export as export_cli
from mmhs_finder.channels.terminal import find as find_cli
from mmhs_finder.channels.terminal import pack as pack_cli
from mmhs_finder.channels.terminal import postcodes as postcodes_cli
from mmhs_finder.channels.terminal import report as report_cli
from mmhs_finder.channels.terminal import workforce as workforce_cli
from mmhs_finder.words import UnknownLanguage, check_language


def build_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m mmhs_finder",
        description=(
            "From a postcode in England to the maternal mental health care that serves it. "
            "Nothing typed here leaves this computer."
        ),
    )
    parser.add_argument(
        "--version", action="version", version=f"MMHS Finder {mmhs_finder.__version__}"
    )
    parts = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for part in (
        find_cli,
        criteria_cli,
        pack_cli,
        bulk_cli,
        coverage_cli,
        report_cli,
        workforce_cli,
        postcodes_cli,
        directory_cli,
        export_cli,
    ):
        part.add_arguments(parts)
    return parser


CUT_SHORT: Final = 141
"""What a shell says of any program whose reader went before it was done (`... | head`): it has not
said all, so that it claims no success."""


def main(argv: Sequence[str] | None = None) -> int:
    """Runs one command. Returns 0 for success; a command says what its other numbers mean.

    A reader that has seen enough (`... | head`) ends it without a word: with the number of the
    command where that was done, else with `CUT_SHORT`.
    """
    done = CUT_SHORT
    try:
        try:
            done = _run(argv)
        except SystemExit as end:  # of argparse, after its help or a mistake in the arguments
            done = int(end.code or 0)
            sys.stdout.flush()
            raise
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        for stream in (sys.stdout, sys.stderr):
            _let_go(stream)
    return done


def _run(argv: Sequence[str] | None) -> int:
    args = build_parser().parse_args(argv)
    try:
        check_language()
    except UnknownLanguage as problem:
        print(problem, file=sys.stderr)
        return 1
    return int(args.run(args))


def _let_go(stream: TextIO) -> None:
    """Python writes what is left once more at its end: then there must be something to write to."""
    try:
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
