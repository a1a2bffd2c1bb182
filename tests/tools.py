"""Programs of the system that tests drive: where they are, and what happens without one.

`need("w3m")` gives the path of the program. Where there is none, the test is skipped by name; with
`CI=true` it fails, for there `.ci/run` installs them, and a skip would look like a pass.
Not for: Python packages, which the lock files name.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest

TOOLS = Path(__file__).parents[1] / ".ci" / "tools.txt"


def packages() -> dict[str, tuple[str, ...]]:
    """Debian package to the commands it is wanted for, any of which will do."""
    lines = (line.partition(":") for line in TOOLS.read_text(encoding="utf-8").splitlines())
    return {
        package.strip(): tuple(commands.split())
        for package, colon, commands in lines
        if colon and not package.startswith("#")
    }


def find(command: str) -> str | None:
    """Where a program is, under this name or another one that will do; None where there is none."""
    if command == "chromium" and (named := os.environ.get("CHROMIUM")):
        return named
    _, names = _entry(command)
    return next((path for name in names if (path := shutil.which(name))), None)


def need(command: str) -> str:
    """Where a program is. Without it the test is skipped by name, or fails where `CI` is true."""
    return find(command) or missing(command)


def missing(command: str) -> NoReturn:
    """Ends the test for want of a program: a skip, or a failure where `CI` is true."""
    package, _ = _entry(command)
    end_without(f"{command}: apt-get install {package}")


def end_without(what: str) -> NoReturn:
    """Ends the test for want of something: a skip by name, or a failure where `CI` is true."""
    words = f"needs {what}"
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(words)
    pytest.skip(words)


def _entry(command: str) -> tuple[str, tuple[str, ...]]:
    """The package and all names of a command. Raises KeyError for one that is not in the list."""
    for package, names in packages().items():
        if command in names:
            return package, names
    raise KeyError(f"{command} is not in {TOOLS.name}")
