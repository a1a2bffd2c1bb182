"""`... | head`: every command ends without a word when its reader has seen enough."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mmhs_finder.channels.terminal.commands import CUT_SHORT, build_parser, main

ROOT = Path(__file__).parents[2]

ANSWERS = '{"happened": ["loss"]}'
COMMANDS: dict[tuple[str, ...], tuple[str, ...]] = {
    ("find",): ("CT1 3NG",),
    ("check-criteria",): ("--service", "harbour", "--answers", "-"),
    ("bulk",): ("-",),
    ("export", "lookup"): ("--help",),  # itself it writes for a minute
    ("export", "directory"): ("-",),
    ("export", "openreferral"): ("--help",),  # itself it writes files
    ("coverage", "snapshot"): ("--help",),  # itself it writes a file
    ("pack",): ("harbour",),
    ("report", "area"): ("--help",),  # itself it writes a file
    ("report", "national"): ("--help",),
    ("workforce",): ("--births", "10000"),
    ("postcodes", "build"): ("--help",),  # itself it downloads
    ("postcodes", "info"): (),
    ("data", "check"): (),
    ("data", "due"): (),
    ("data", "ask"): ("--help",),
    ("data", "import"): ("--help",),
    ("data", "inbox"): ("--help",),
    ("data", "links"): ("--help",),  # itself it asks other hosts
    ("data", "apply"): ("--help",),
    ("data", "diff"): ("--help",),
    ("data", "withdraw"): (),
    ("data", "restore"): ("--help",),
}
"""Every command, with what it needs to print something."""


def names(parser: argparse.ArgumentParser) -> Iterator[tuple[str, ...]]:
    """The names of a parser's commands, with those of their own commands."""
    found = [a for a in parser._actions if isinstance(a, argparse._SubParsersAction)]
    if not found:
        yield ()
    for action in found:
        for name, part in action.choices.items():
            yield from ((name, *rest) for rest in names(part))


def test_every_command_is_tried() -> None:
    assert set(names(build_parser())) == set(COMMANDS)


def ended(command: list[str], given: str = "", *, both: bool = False) -> tuple[int, str]:
    """Runs a command whose reader is gone already. Returns its number and what it complains of.

    both: its complaints go the same way (`2>&1 | head`).
    """
    read, write = os.pipe()
    os.close(read)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "mmhs_finder", *command],
            cwd=ROOT,
            input=given,
            stdout=write,
            stderr=write if both else subprocess.PIPE,
            text=True,
            timeout=300,
            check=False,
        )
    finally:
        os.close(write)
    return done.returncode, done.stderr or ""


@pytest.mark.parametrize("command", list(COMMANDS), ids=" ".join)
def test_it_ends_without_a_word(command: tuple[str, ...], tmp_path: Path) -> None:
    given = {"check-criteria": ANSWERS, "bulk": "Postcode\nCT1 3NG\n"}.get(command[0], "")
    number, said = ended([*command, *COMMANDS[command]], given)
    assert "Traceback" not in said and "BrokenPipe" not in said and "Broken pipe" not in said
    assert number in (0, CUT_SHORT), said


@pytest.mark.parametrize("command", [["--help"], ["--version"], ["find", "--help"]])
def test_help_does_too(command: list[str]) -> None:
    assert ended(command) == (0, "")


def test_complaints_may_go_the_same_way() -> None:
    assert ended(["find", "CT1 3NG"], both=True)[0] in (0, CUT_SHORT)


def test_a_command_that_was_done_keeps_its_own_number_and_one_cut_short_claims_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Gone:
        """A stream whose reader has gone."""

        def __init__(self, room: int) -> None:
            self.room = room

        def write(self, text: str) -> int:
            self.room -= len(text)
            if self.room < 0:
                raise BrokenPipeError
            return len(text)

        def flush(self) -> None:
            raise BrokenPipeError

        def fileno(self) -> int:
            return os.open(os.devnull, os.O_WRONLY)

    monkeypatch.setattr(sys, "stdout", Gone(10**6))
    assert main(["find", "nowhere"]) == 2
    monkeypatch.setattr(sys, "stdout", Gone(0))
    assert main(["find", "CT1 3NG"]) == CUT_SHORT
