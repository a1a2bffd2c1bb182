"""The snapshots that are kept: each can be read, and the first says what its folder says."""

from __future__ import annotations

import csv
from datetime import datetime

from mmhs_finder.coverage.snapshots import FOLDER, read_snapshots
from mmhs_finder.directory import DATA
from mmhs_finder.hours import LONDON

KEPT = read_snapshots(DATA)


def rows(file: str, day: str) -> list[dict[str, str]]:
    with (DATA / FOLDER / day / file).open(encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table))


def test_each_can_be_read_and_is_of_no_day_to_come():
    assert KEPT.unreadable == ()
    assert KEPT.snapshots
    assert all(s.day <= datetime.now(LONDON).date() for s in KEPT.snapshots)


def test_each_month_has_one_beside_the_first_of_all():
    months = [(s.day.year, s.day.month) for s in KEPT.snapshots[1:]]
    assert len(months) == len(set(months))


def test_what_a_folder_of_whole_files_says_of_a_service_its_snapshot_says():
    folders = [s for s in KEPT.snapshots if (DATA / FOLDER / str(s.day)).is_dir()]
    assert folders
    for snapshot in folders:
        day = str(snapshot.day)
        criteria = {row["service_id"]: row for row in rows("mmhs_criteria.csv", day)}
        areas = {(row["service_id"], row["area_code"]) for row in rows("service_areas.csv", day)}
        services = [row for row in rows("services.csv", day) if row["kind"] == "mmhs"]
        assert snapshot.services.keys() == {row["id"] for row in services}
        for row in services:
            kept = snapshot.services[row["id"]]
            assert (kept.status, kept.self_referral) == (row["status"], row["self_referral"])
            assert all(offer == criteria[kept.id][p] for p, offer in kept.offers.items())
            assert {(kept.id, code) for code in kept.areas} == {a for a in areas if a[0] == kept.id}
