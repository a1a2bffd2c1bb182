"""Whoever is killed while changing the directory leaves it old or new: never half, nothing lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(os, "fork"), reason="lives are forked"),
]


@pytest.fixture(scope="module")
def lives(small_folder, tmp_path_factory):
    copies = tmp_path_factory.mktemp("lives")
    done = subprocess.run(
        [sys.executable, "-m", "tests.unit.curation.dying", str(small_folder), str(copies)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=250,
    )
    assert done.returncode == 0, done.stderr
    first, *others = map(json.loads, done.stdout.splitlines())
    return first, others


def test_there_are_steps_before_and_after_the_journal_and_nothing_is_left_behind(lives):
    whole, others = lives
    assert [each["step"] for each in others] == whole["steps"]
    assert "journal" in whole["steps"] and "placed services.csv" in whole["steps"]
    assert whole["old"] != whole["new"] and not whole["left"]


def test_killed_before_the_journal_it_is_the_old_one_and_after_it_the_new_one(lives):
    whole, others = lives
    steps = whole["steps"]
    for each in others:
        assert each["killed"], each
        late = steps.index(each["step"]) >= steps.index("journal")
        assert each["settled"] == (whole["new"] if late else whole["old"]), each
        assert each["begun"] == (late and steps.index(each["step"]) < steps.index("journal gone"))


def test_killed_while_it_recovers_it_recovers_again(lives):
    _, others = lives
    assert all(each["deaths"] for each in others if each["begun"])


def test_what_was_rolled_back_can_be_made_again_and_no_trace_is_left(lives):
    whole, others = lives
    for each in others:
        assert each["after"] in ("", whole["new"]), each
        assert each["left"] == [], each
