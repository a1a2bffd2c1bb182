"""`python -m mmhs_finder coverage snapshot`: what is kept, where, and when it is refused."""

from __future__ import annotations

import argparse
import csv
import shutil
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from mmhs_finder.channels.terminal import coverage as coverage_cli
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.history import snapshot_of
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.snapshots import FOLDER, read_snapshots, to_bytes
from mmhs_finder.directory import Directory
from mmhs_finder.hours import LONDON


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    coverage_cli.add_arguments(parser.add_subparsers(required=True))
    args = parser.parse_args(["coverage", "snapshot", *words])
    return int(args.run(args))


@pytest.fixture
def folder(made_up_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made_up_folder, tmp_path / "data"))


def test_it_keeps_what_is_known_of_the_day_and_the_same_bytes_each_time(
    folder: Path, directory: Directory, capsys
):
    assert command("--folder", str(folder), "--date", "2026-11-22") == 0
    path = folder / FOLDER / "2026-11-22.csv"
    assert str(path) in capsys.readouterr().out
    first = path.read_bytes()
    assert first == to_bytes(snapshot_of(Coverage(directory, date(2026, 11, 22))))
    assert command("--folder", str(folder), "--date", "2026-11-22") == 0
    assert path.read_bytes() == first
    [kept] = read_snapshots(folder).snapshots
    assert kept.day == date(2026, 11, 22)


def test_a_second_run_of_a_month_says_what_it_replaces(folder: Path, capsys):
    for day in ("2026-10-01", "2026-11-02", "2026-11-20"):
        assert command("--folder", str(folder), "--date", day) == 0
    assert "It replaces 2026-11-02.csv" in capsys.readouterr().out
    assert sorted(p.name for p in (folder / FOLDER).iterdir()) == [
        "2026-10-01.csv",
        "2026-11-20.csv",
    ]


def test_files_of_an_older_version_are_counted_without_what_they_lack(folder: Path, tmp_path: Path):
    for file, gone in (
        ("services.csv", ("told_on", "read")),
        ("mmhs_criteria.csv", ("exclusions",)),
    ):
        without(folder / file, *gone)
    (folder / "national_support.csv").unlink()
    into = tmp_path / "kept" / FOLDER
    into.parent.mkdir()
    words = ("--folder", str(folder), "--date", "2026-11-22", "--into", str(into))
    assert command(*words) == 1
    assert command(*words, "--older") == 0
    [kept] = read_snapshots(into.parent).snapshots
    assert kept.shares(Measure.CONFIRMED) is None
    assert kept.shares(Measure.LOSS) is not None


def without(path: Path, *columns: str) -> None:
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [{k: v for k, v in row.items() if k not in columns} for row in csv.DictReader(file)]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("--date", str(datetime.now(LONDON).date() + timedelta(days=2))), "still to come"),
        (("--older",), "--date"),
        (("--folder", "/nowhere/at/all"), "There is no folder"),
        (("--date", "2026-11-22", "--into", "/nowhere/at/all"), "cannot be written"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(words, why, folder: Path, capsys):
    given = words if "--folder" in words else ("--folder", str(folder), *words)
    assert command(*given) == 1
    assert why in capsys.readouterr().err
    assert not (folder / FOLDER).exists()


def test_a_broken_directory_is_not_kept(folder: Path, capsys):
    without(folder / "services.csv", "status")
    for words in ([], ["--older"]):
        assert command("--folder", str(folder), "--date", "2026-11-22", *words) == 1
        assert "services.csv, column status" in capsys.readouterr().err
    assert not (folder / FOLDER).exists()


def test_older_files_without_a_service_are_not_kept(folder: Path, capsys):
    path = folder / "services.csv"
    header, *_ = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(header, encoding="utf-8")
    assert command("--folder", str(folder), "--date", "2026-11-22", "--older") == 1
    assert "no rows" in capsys.readouterr().err
