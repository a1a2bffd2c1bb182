"""Changes of the real directory, whatever it holds: made and taken back, they leave no trace but
their lines in the history; and every line that the history has is understood."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from mmhs_finder.directory import Directory
from mmhs_finder.directory.changes import FILE, ChangeKind, row_of, target_of
from mmhs_finder.directory.files import FILES
from mmhs_finder.directory.public_changes import NEVER_PUBLIC, PUBLIC_COLUMNS, public_changes
from mmhs_finder.directory.ways import dialled
from tests.made_up.changing import apply, change, held, history, reversed_changes

NOTES = ("services.csv", "national_support.csv", "area_gaps.csv", "devolved_nations.csv")


def rows(folder: Path, file: str) -> list[dict[str, str]]:
    with (folder / file).open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture
def copy_of_data(copy) -> Path:
    return copy.folder


def test_changes_made_and_taken_back_leave_the_same_bytes(copy_of_data):
    before = held(copy_of_data)
    noted = 'Somebody\'s "words", noted'
    changes = [
        change(file, row_of(file, row), column, was, f"{was} {noted}".strip())
        for file in NOTES
        for row in rows(copy_of_data, file)
        for column in ("curator_notes", "notes")
        if column in row
        for was in [row[column].strip()]
    ]
    changes += [
        change("service_areas.csv", row["service_id"], f"certainty ({row['area_code']})", *both)
        for row in rows(copy_of_data, "service_areas.csv")[::50]
        for both in [
            ("stated", "inferred") if row["certainty"] == "stated" else ("inferred", "stated")
        ]
    ]
    apply(copy_of_data, *changes)
    assert history(copy_of_data)[-len(changes) :] == [each.cells for each in changes]
    back = reversed_changes(*changes)
    apply(copy_of_data, *back)
    after = held(copy_of_data)
    assert {name for name in after if after[name] != before[name]} == {FILE}
    assert after[FILE].startswith(before[FILE])


def test_a_row_that_comes_and_goes_leaves_the_same_bytes(copy_of_data):
    before = held(copy_of_data)
    known = rows(copy_of_data, "national_support.csv")[-1]
    cells = {c: v for c, v in known.items() if v and c not in ("id", "name")}
    new = [change("national_support.csv", "a-new-line", c, "", v) for c, v in cells.items()]
    first = change("national_support.csv", "a-new-line", "(new row)", "", "A new line")
    apply(copy_of_data, first, *new)
    apply(
        copy_of_data,
        change("national_support.csv", "a-new-line", "id", "a-new-line", "(row removed)"),
    )
    after = held(copy_of_data)
    assert {name for name in after if after[name] != before[name]} == {FILE}


def test_every_line_of_the_history_says_what_it_is_about(directory: Directory):
    for line in directory.changes:
        target = target_of(line.file, line.row, line.column, line.old, line.new)
        assert target.file in FILES and target.row, line
        if target.kind is ChangeKind.CELL:
            assert target.column in FILES[target.file].model_fields, line
        if target.file == "service_areas.csv":
            assert target.area in directory.areas, line


def test_nothing_of_those_who_keep_the_directory_is_told(directory: Directory):
    told = public_changes(directory)
    assert not {change.column for change in told} & NEVER_PUBLIC
    assert {change.file for change in told} <= PUBLIC_COLUMNS.keys()


def test_no_number_that_is_not_confirmed_is_told(directory: Directory):
    unsure = {
        dialled(row.phone)
        for row in (*directory.services.values(), *directory.national)
        if row.phone and row.phone_status != "confirmed"
    }
    for told in public_changes(directory):
        for value in (told.old, told.new):
            assert not (
                value and told.column in ("phone", "text_number") and dialled(value) in unsure
            )
