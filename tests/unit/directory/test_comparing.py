"""Two folders side by side: what is other, named as a change of the history names it."""

from __future__ import annotations

import shutil

import pytest

from mmhs_finder.directory import BrokenDirectory, load_directory
from mmhs_finder.directory.changes import NEW_ROW, ROW_REMOVED, Change
from mmhs_finder.directory.comparing import differences
from mmhs_finder.directory.public_changes import public_changes
from tests.breakable import BreakableCopy
from tests.made_up.changing import apply, change
from tests.made_up.folder import lay_out


@pytest.fixture
def folders(tmp_path):
    """The one before, and the one that a test changes."""
    old = lay_out(tmp_path / "old", small=True)
    return old, BreakableCopy(shutil.copytree(old, tmp_path / "new"))


def cells(found):
    return [(c.file, c.row, c.column, c.old, c.new) for c in found.changes]


def test_the_same_folder_is_not_other(folders):
    old, new = folders
    new.write("services.csv", new.rows("services.csv"))  # with other line ends
    assert cells(differences(old, new.folder)) == []


def test_what_was_applied_is_what_is_other(folders):
    old, new = folders
    changes = (
        change("services.csv", "harbour", "phone", "0161 496 0101", "0161 496 0102"),
        change("mmhs_criteria.csv", "harbour", "loss", "yes", "unknown"),
        change("service_areas.csv", "willow", "certainty (E07000106)", "", "inferred"),
        change("service_areas.csv", "harbour", "area_code (E07000106)", "E07000106", ROW_REMOVED),
    )
    apply(new.folder, *changes)
    assert cells(differences(old, new.folder)) == [each.cells[:5] for each in changes]


def test_rows_that_came_and_went_are_named(folders):
    old, new = folders
    new.change("national_support.csv", lambda rows: rows.pop())
    rows = new.rows("national_support.csv")
    found = differences(new.folder, old)
    gone = differences(old, new.folder)
    (row,) = {c.row for c in found.changes}
    assert row not in {each[0] for each in rows}
    assert found.changes[0].column == NEW_ROW and len(found.changes) > 5
    assert gone.changes == (Change("", "national_support.csv", row, "id", row, ROW_REMOVED),)
    assert gone.names["national_support.csv", row] == found.changes[0].new


def test_a_column_that_one_of_them_lacks_is_blank_there(folders):
    old, new = folders
    other = BreakableCopy(old)
    place = other.rows("services.csv")[0].index("told_by")
    other.change("services.csv", lambda rows: [row.pop(place) for row in rows] and None)
    assert cells(differences(old, new.folder)) == []


def test_a_file_that_is_gone_is_no_difference(folders):
    old, new = folders
    (new.folder / "services.csv").unlink()
    with pytest.raises(BrokenDirectory, match=r"new/services.csv: this file is missing"):
        differences(old, new.folder)


def test_a_number_that_was_not_confirmed_is_not_told(folders):
    old, new = folders
    row = new.row_where("services.csv", id="harbour")
    new.set("services.csv", row, "phone", "0161 496 0102")
    BreakableCopy(old).set("services.csv", row, "phone_status", "check")
    found = differences(old, new.folder)
    told = public_changes(load_directory(new.folder), found.changes)
    assert [(c.column, c.old, c.withheld) for c in told] == [
        ("phone", None, True),
        ("phone_status", "check", False),
    ]
