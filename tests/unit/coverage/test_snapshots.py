"""Snapshots as files: what is written is read, one a month stays, and no file breaks a page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.history import KEPT, Snapshot, as_of_today, snapshot_of, timeline
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.snapshots import (
    COLUMNS,
    FOLDER,
    MOST_BYTES,
    MOST_FILES,
    BadSnapshot,
    NewerSnapshot,
    from_bytes,
    keep,
    read_snapshots,
    to_bytes,
)
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND
from tests.made_up.records import criteria, service
from tests.made_up.world import WEST, area
from tests.made_up.world import directory as made_up
from tests.unit.coverage.test_changed import SNAPSHOTS

DAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def coverage(directory) -> Coverage:
    return Coverage(directory, DAY)


@pytest.fixture(scope="module")
def kept(coverage) -> Snapshot:
    return snapshot_of(coverage)


def of(day: str, snapshot: Snapshot) -> Snapshot:
    return replace(snapshot, day=date.fromisoformat(day))


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# --- what a snapshot says -------------------------------------------------------------------------


@pytest.mark.parametrize("measure", KEPT)
def test_its_shares_are_those_of_the_day(coverage, kept, measure):
    for where in coverage.places:
        shares, then = coverage.shares(measure, where), kept.shares(measure, where)
        assert then is not None
        assert dict(then.by_value) == dict(shares.by_value)
        assert sum(then.rounded().values()) == pytest.approx(100) or not then.births


def test_what_has_no_column_yet_was_not_counted(coverage):
    older = snapshot_of(coverage, lacks={"told_on"})
    assert older.shares(Measure.CONFIRMED) is None
    assert older.shares(Measure.LOSS) is not None
    assert from_bytes(to_bytes(older)).shares(Measure.CONFIRMED) is None


def test_an_older_one_is_put_on_the_map_of_today():
    def of_area(*areas):
        return made_up([service()], areas=areas)

    then = snapshot_of(Coverage(of_area(area("E01", "Old", births_year_to_mid_2020=1)), DAY))
    now = area("E01", "New", icb_2026_code="ICB9", region="London", births_year_to_mid_2020=9)
    found = as_of_today(then, of_area(now)).areas["E01"]
    assert (found.name, found.icb, found.region, found.births) == ("New", "ICB9", "London", 9)
    gone = as_of_today(then, of_area()).areas["E01"]
    assert (gone.name, gone.births) == ("Old", 1)


def test_a_service_that_is_taken_out_is_in_no_snapshot_that_is_shown():
    one = made_up([service()], [("made-up", WEST.code)], criteria=[criteria()])
    then = snapshot_of(Coverage(one, DAY))
    assert "made-up" in as_of_today(then, one).services
    held = replace(one, services=MappingProxyType({}), service_areas=(), whole=one)
    assert "made-up" not in as_of_today(then, held).services


def test_today_is_the_last_day_and_a_file_of_today_is_not_told_twice(coverage, kept):
    line = timeline(coverage, (of("2026-10-01", kept), kept, of("2026-12-01", kept)))
    assert [snapshot.day for snapshot in line] == [date(2026, 10, 1), DAY]


# --- files ----------------------------------------------------------------------------------------


def test_the_same_bytes_come_back_and_there_are_no_others(kept):
    raw = to_bytes(kept)
    assert to_bytes(from_bytes(raw)) == raw
    assert raw.decode("utf-8-sig").splitlines()[0] == ",".join(COLUMNS)


@given(SNAPSHOTS)
def test_any_snapshot_comes_back(one):
    assert to_bytes(from_bytes(to_bytes(one))) == to_bytes(one)


@pytest.mark.parametrize("name", ["=1+1", '"; DROP', "a,b\nc", "<script>", "é\u202e", "+44", "@x"])
def test_a_hostile_name_runs_nothing_and_comes_back(kept, name):
    first, *_ = kept.areas
    hostile = replace(kept, areas={**kept.areas, first: replace(kept.areas[first], name=name)})
    raw = to_bytes(hostile)
    assert not any(
        line.partition(",")[2].startswith(("=", "+", "@")) for line in raw.decode().split(",")
    )
    assert from_bytes(raw).areas[first].name == name


def test_a_column_of_a_newer_version_is_passed_over_and_a_missing_measure_is_not_counted(kept):
    lines = to_bytes(kept).decode("utf-8-sig").splitlines()
    place = COLUMNS.index("separation")
    rows = [line.split(",") for line in lines]
    assert all(len(row) == len(COLUMNS) for row in rows if '"' not in ",".join(row))
    plain = [row for row in rows if len(row) == len(COLUMNS) and row[1] != "mmhs"]
    text = "\n".join(",".join([*r[:place], *r[place + 1 :], "x"]) for r in plain)
    found = from_bytes(text.encode())
    assert found.shares(Measure.SEPARATION) is None
    assert found.shares(Measure.LOSS) is not None


HEADER = ",".join(COLUMNS)
ROW = "2026-11-22,area,E1,N,,R,I,12," + ",".join(["none_found"] * len(KEPT)) + ",,"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "lacks these columns"),
        (b"\x89PNG\r\n\x00\x00", "not a CSV"),
        (b"\xff\xfe\x00x", "not a CSV"),
        (f'{HEADER}\n"open'.encode(), "not a CSV"),
        (f"{HEADER}\n{'x' * 200_000}".encode(), "not a CSV"),
        (b"date,record\n2026-11-22,area", "lacks these columns"),
        (f"{HEADER},date\n{ROW},x".encode(), "twice"),
        (f"{HEADER}\n{ROW},too,many".encode(), "more or fewer"),
        (f"{HEADER}\n2026-11-22,area".encode(), "more or fewer"),
        (HEADER.encode(), "not of one day"),
        (f"{HEADER}\n{ROW}\n{ROW.replace('22', '23', 1)}".encode(), "not of one day"),
        (f"{HEADER}\n{ROW.replace('2026-11-22', '2026-13-99')}".encode(), "not of one day"),
        (f"{HEADER}\n{ROW}\n{ROW}".encode(), "two rows of one"),
        (f"{HEADER}\n{ROW.replace(',E1,', ',,')}".encode(), "no code"),
        (f"{HEADER}\n{ROW.replace(',12,', ',many,')}".encode(), "births"),
        (f"{HEADER}\n{ROW.replace(',12,', ',-5,')}".encode(), "births"),
        (f"{HEADER}\n{ROW.replace('none_found', 'perhaps', 1)}".encode(), "not one that it can"),
        (f"{HEADER}\n{ROW.replace('area', 'mmhs', 1)}".encode(), "An answer of a service"),
    ],
)
def test_what_is_no_snapshot_is_refused_in_plain_words(raw, why):
    with pytest.raises(BadSnapshot, match=why):
        from_bytes(raw)


@given(st.binary(max_size=400))
def test_no_bytes_break_it(raw):
    with pytest.raises(BadSnapshot, match=r"\.$"):
        from_bytes(raw)


def test_a_bad_file_is_left_out_and_the_others_are_read(tmp_path, kept):
    folder = tmp_path / FOLDER
    keep(kept, folder)
    (folder / "2026-10-01.csv").write_bytes(b"x" * (MOST_BYTES + 1))
    (folder / "2026-10-02.csv").write_bytes(to_bytes(kept))  # of another day than its name
    (folder / "2026-10-03.csv").mkdir()
    for other in ("2026-99-99.csv", "notes.csv", "<b>.csv", ".snapshot-x"):
        (folder / other).write_bytes(b"x")
    found = read_snapshots(tmp_path)
    assert [snapshot.day for snapshot in found.snapshots] == [DAY]
    assert [name for name, _ in found.unreadable] == ["2026-10-01.csv", "2026-10-02.csv"]


def test_a_folder_without_any_has_none(tmp_path):
    assert read_snapshots(tmp_path).snapshots == ()


def test_of_very_many_the_first_and_the_newest_are_read(tmp_path, kept):
    folder = tmp_path / FOLDER
    folder.mkdir()
    months = [f"20{y}-{m:02}-01" for y in range(10, 14) for m in range(1, 13)]
    for month in months:
        (folder / f"{month}.csv").write_bytes(b"")
    found = [name.removesuffix(".csv") for name, _ in read_snapshots(tmp_path).unreadable]
    assert found == [months[0], *months[-(MOST_FILES - 1) :]]


# --- one a month ----------------------------------------------------------------------------------


def test_one_a_month_and_the_first_of_all_stays(tmp_path, kept):
    folder = tmp_path / FOLDER
    for day in ("2026-11-22", "2026-11-30", "2026-12-05", "2026-12-20"):
        _, gone = keep(of(day, kept), folder)
    assert [path.name for path in gone] == ["2026-12-05.csv"]
    assert names(folder) == ["2026-11-22.csv", "2026-11-30.csv", "2026-12-20.csv"]
    keep(of("2026-11-30", kept), folder)  # the same day again
    keep(of("2026-11-22", kept), folder)
    assert names(folder) == ["2026-11-22.csv", "2026-11-30.csv", "2026-12-20.csv"]


def test_a_later_one_of_the_month_is_not_replaced_by_an_earlier(tmp_path, kept):
    folder = tmp_path / FOLDER
    for day in ("2026-10-01", "2026-11-30"):
        keep(of(day, kept), folder)
    with pytest.raises(NewerSnapshot, match="2026-11-30"):
        keep(of("2026-11-22", kept), folder)
    assert names(folder) == ["2026-10-01.csv", "2026-11-30.csv"]


def test_one_that_is_older_than_all_becomes_the_first(tmp_path, kept):
    folder = tmp_path / FOLDER
    for day in ("2026-11-30", "2026-11-22"):
        keep(of(day, kept), folder)
    assert names(folder) == ["2026-11-22.csv", "2026-11-30.csv"]


def test_where_it_cannot_be_written_nothing_is_lost(tmp_path, kept, monkeypatch):
    folder = tmp_path / FOLDER
    for day in ("2026-10-01", "2026-11-05"):
        keep(of(day, kept), folder)

    def full(*_args, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("mmhs_finder.coverage.snapshots.write_in_one_step", full)
    with pytest.raises(OSError, match="No space"):
        keep(of("2026-11-30", kept), folder)
    assert names(folder) == ["2026-10-01.csv", "2026-11-05.csv"]


def test_every_council_is_counted_once(coverage, kept):
    rows = [r for r in coverage.rows(Level.COUNCIL, Measure.MMHS, ENGLAND) if not r.parent]
    assert {council.code for council in kept.councils()} == {row.code for row in rows}
