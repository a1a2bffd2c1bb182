"""Keeps tests of rules away from the real services.

An edit of `data/` is a matter for `data check` and for the properties in `tests/data/`. A test of a
rule that opens a file of services there would turn red when somebody corrects a fact. So opening
one fails such a test, and the file that was being collected. Geography (`areas.csv`, outlines,
towns, names of places) and the facts of reports may be read by anybody.

Not for: processes that a test starts. They are given the made-up folder in `MMHS_DATA_DIR`.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from mmhs_finder.directory import DATA
from tests.made_up.folder import GEOGRAPHY

TESTS: Final = Path(__file__).parents[1]

RULES: Final = tuple(TESTS / name for name in ("unit", "spec", "contract", "shell"))
"""Folders whose tests may not open the real services."""

_ADVICE: Final = (
    "A test of a rule opened {file}. An edit of the real directory would turn it red. Use the "
    "made-up directory: the fixtures `directory`, `finder` and `copy`, or a record of "
    "tests/made_up/records.py. What must hold for any directory belongs in tests/data/."
)

_watching = False
_opened: list[str] = []


class RealServicesOpened(AssertionError):
    """A test of a rule opened a file of the real directory that says something of services."""


def is_of_services(path: object) -> bool:
    """Whether a path is that of a file of the real directory about services."""
    if not isinstance(path, str | bytes | os.PathLike):
        return False
    name = os.path.abspath(os.fsdecode(path))  # noqa: PTH100  asked at every open: no look at the disk
    if not name.endswith(".csv") or not name.startswith(f"{DATA}{os.sep}"):
        return False
    kept_apart = {"facts", "names"} & {*Path(name).parts}
    return name not in {str(DATA / file) for file in GEOGRAPHY} and not kept_apart


def is_of_rules(path: Path) -> bool:
    """Whether a file of tests is among those that may not open the real services."""
    return any(path.is_relative_to(folder) for folder in RULES)


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watching and event == "open" and is_of_services(arguments[0]):
        file = os.fsdecode(arguments[0])  # type: ignore[arg-type]
        _opened.append(file)
        raise RealServicesOpened(_ADVICE.format(file=file))


@contextmanager
def no_real_services() -> Iterator[None]:
    """Opening a file of the real services raises in here, and once more at the end of it.

    The second time is for tests that swallow the first, or open it in another thread.
    """
    _opened.clear()
    with watched():
        yield
    if _opened:
        raise RealServicesOpened(_ADVICE.format(file=_opened[0]))


@contextmanager
def watched() -> Iterator[None]:
    """Opening a file of the real services raises in here."""
    global _watching
    before, _watching = _watching, True
    try:
        yield
    finally:
        _watching = before


sys.addaudithook(_watch)
