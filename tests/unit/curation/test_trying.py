"""Changes tried out: the directory after them, what stands in the way, and not a byte written."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mmhs_finder.curation.applying import ChangeSet, Proposed
from mmhs_finder.curation.trying import attempt, open_folder
from tests.breakable import BreakableCopy
from tests.made_up.folder import lay_out

TODAY = date(2026, 12, 1)


@pytest.fixture
def copy(tmp_path: Path) -> BreakableCopy:
    return BreakableCopy(lay_out(tmp_path / "data", small=True))


def change(column: str, new: str, old: str = "") -> Proposed:
    source = "https://example.org/oak"
    return Proposed("services.csv", "oak", column, old, new, source, "Says so", "", "high")


def tried(copy: BreakableCopy, *changes: Proposed):
    before = {p.name: p.read_bytes() for p in copy.folder.iterdir() if p.is_file()}
    came = attempt(open_folder(copy.folder, TODAY), ChangeSet(changes), TODAY)
    after = {p.name: p.read_bytes() for p in copy.folder.iterdir() if p.is_file()}
    assert {n: raw for n, raw in after.items() if n != ".lock"} == before
    return came


def test_the_directory_after_a_change_can_be_looked_at(copy):
    came = tried(copy, change("min_age", "18"))
    assert not came.problems and not came.cells
    assert came.directory.services["oak"].min_age == 18
    assert came.directory.shapes(detail=False)["features"], "the map is where it was"


def test_a_cell_that_the_check_refuses_is_named_by_its_row_and_column(copy):
    came = tried(copy, change("referral_url", "htps://example.org"))
    assert came.problems
    (found,) = came.cells["services.csv", "oak", "referral_url"]
    assert found.value == "htps://example.org"


def test_a_change_that_does_not_fit_is_refused_before_anything_is_made_of_it(copy):
    came = tried(copy, change("min_age", "18", old="17"))
    assert "expects" in came.problems[0].message and came.directory is None


def test_a_directory_with_mistakes_is_opened_with_what_can_be_read(copy):
    row = copy.row_where("services.csv", id="elm")
    copy.set("services.csv", row, "self_referral", "perhaps")
    opened = open_folder(copy.folder, TODAY)
    assert opened.directory is None and opened.wrong
    assert "oak" in opened.services and "elm" not in opened.services
    came = tried(copy, change("min_age", "18"))
    assert not came.problems and came.directory is None
