"""The hazard log: every row is whole, and every test that it names is there.

Not for: whether a test holds its control. That is for whoever writes the row.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
LOG = (ROOT / "docs" / "safety.md").read_text(encoding="utf-8")

SEVERITIES = {"minor", "significant", "considerable", "major", "catastrophic"}
LIKELIHOODS = {"very low", "low", "medium", "high", "very high"}

MARKED_AS_HARM = {
    *(f"answers A{number}" for number in range(1, 20)),
    *(f"directory A{number}" for number in (1, 2, 3, 4, 8)),
    "first screen 3",
    "first screen persona 1",
    *(f"security {number}" for number in (1, 3, 4)),
    *("inputs E1", "inputs C2"),
    *("house H1", "house H3"),
}
"""The findings of the review of 25 November 2026 that it calls harm or possible harm."""


class Hazard(NamedTuple):
    """A row of the log."""

    id: str
    hazard: str
    cause: str
    effect: str
    judgement: str
    control: str
    held_by: str
    found: str

    @property
    def tests(self) -> list[tuple[str, str]]:
        """(file name, function), so that a file may move to another folder."""
        return re.findall(r"`(test_\w+\.py)::(test_\w+)`", self.held_by)

    @property
    def open(self) -> str:
        """What is still missing, or ""."""
        found = re.search(r"(?:^|; )open: (.+)$", self.held_by)
        return found[1] if found else ""


def hazards() -> list[Hazard]:
    rows = [line for line in LOG.splitlines() if line.startswith("| HZ")]
    return [Hazard(*(cell.strip() for cell in row.strip("| ").split(" | "))) for row in rows]


def functions() -> Iterator[tuple[str, str]]:
    for path in (ROOT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                yield path.name, node.name


HAZARDS = [pytest.param(hazard, id=hazard.id) for hazard in hazards()]
THERE = set(functions())


@pytest.mark.parametrize("hazard", HAZARDS)
def test_every_cell_of_a_hazard_is_filled_in(hazard: Hazard) -> None:
    assert all(hazard)
    severity, likelihood = hazard.judgement.split(", ")
    assert severity in SEVERITIES
    assert likelihood in LIKELIHOODS


@pytest.mark.parametrize("hazard", HAZARDS)
def test_a_hazard_is_held_by_tests_that_exist_or_is_open(hazard: Hazard) -> None:
    assert hazard.tests or hazard.open
    assert [test for test in hazard.tests if test not in THERE] == []
    # Nothing but tests and what is open: prose cannot hold a control.
    named = ", ".join(f"`{file}::{name}`" for file, name in hazard.tests)
    still = f"open: {hazard.open}" if hazard.open else ""
    assert hazard.held_by == "; ".join(part for part in (named, still) if part)


def test_no_number_is_used_twice() -> None:
    ids = [hazard.id for hazard in hazards()]
    assert ids == sorted(set(ids))
    assert all(re.fullmatch(r"HZ\d\d", id_) for id_ in ids)


def test_every_finding_that_was_marked_as_harm_has_a_row() -> None:
    found = {one for hazard in hazards() for one in hazard.found.split(", ")}
    assert MARKED_AS_HARM - found == set()


def test_it_says_that_it_is_not_signed() -> None:
    assert "**This is not a safety case.**" in LOG


def test_a_test_that_is_gone_is_noticed() -> None:
    assert ("test_safety.py", "test_a_test_that_is_gone_is_noticed") in THERE
    assert ("test_safety.py", "test_no_such_test") not in THERE
