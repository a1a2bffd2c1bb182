"""A set of changes is made whole, with its history, or refused whole, with every reason."""

from __future__ import annotations

import csv
import os
import resource
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from mmhs_finder.curation.applying import apply_changes
from mmhs_finder.curation.changeset import MOST, ChangeSet, Refused, read_changes_file
from mmhs_finder.curation.check import check, load_checked_directory
from mmhs_finder.curation.journal import JOURNAL, LOCK, STAGE, locked
from mmhs_finder.directory import BrokenDirectory
from mmhs_finder.directory.changes import COLUMNS, FILE
from mmhs_finder.directory.files import ProblemLevel
from tests.made_up.changing import (
    TODAY,
    apply,
    change,
    held,
    history,
    reversed_changes,
    write_changes,
)

ROOT = Path(__file__).parents[3]
PHONE = change("services.csv", "harbour", "phone", "0161 496 0101", "0161 496 0102")
LOSS = change("mmhs_criteria.csv", "harbour", "loss", "yes", "unknown")


@pytest.fixture
def folder(copy) -> Path:
    return copy.folder


def refused(folder: Path, *changes, **options) -> list[str]:
    """Why a set is refused; that it was, and that no byte is another."""
    before = held(folder)
    with pytest.raises(Refused) as caught:
        apply(folder, *changes, **options)
    assert held(folder) == before
    assert not (folder / STAGE).exists()
    return [str(problem) for problem in caught.value.problems]


def test_changes_of_two_files_are_made_and_each_has_its_line_in_the_history(folder):
    before = history(folder)
    applied = apply(folder, PHONE, LOSS)
    directory = load_checked_directory(folder)
    assert directory.services["harbour"].phone == "0161 496 0102"
    assert directory.criteria["harbour"].loss == "unknown"
    assert applied.files == ("services.csv", "mmhs_criteria.csv", FILE)
    assert history(folder) == [*before, PHONE.cells, LOSS.cells]
    assert directory.changes[-1].applied_on == "2026-11-30"
    assert sorted(p.name for p in folder.iterdir() if p.name.startswith(".")) == [LOCK]


def test_only_the_lines_concerned_are_other_lines(folder):
    before = held(folder)
    apply(folder, PHONE)
    after = held(folder)
    assert [name for name in after if after[name] != before[name]] == [FILE, "services.csv"]
    assert after[FILE].startswith(before[FILE])
    old, new = before["services.csv"].splitlines(True), after["services.csv"].splitlines(True)
    assert len(old) == len(new)
    assert sum(a != b for a, b in zip(old, new, strict=True)) == 1


@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("last", [True, False])
def test_marks_line_ends_and_a_missing_last_one_are_kept(folder, end, mark, last):
    for name in ("services.csv", FILE):
        raw = (folder / name).read_bytes().replace(b"\n", end)
        raw = mark + (raw if last else raw[: -len(end)])
        (folder / name).write_bytes(raw)
    before = held(folder)
    apply(folder, PHONE)
    apply(folder, *reversed_changes(PHONE))
    after = held(folder)
    assert after["services.csv"] == before["services.csv"]
    begins = before[FILE] if last else before[FILE] + end
    assert after[FILE].startswith(begins)
    assert after[FILE][len(begins) :].count(end) == 2


def test_quotes_that_a_row_has_around_every_cell_are_kept(folder):
    lines = (folder / "services.csv").read_text(encoding="utf-8").splitlines(True)
    lines[1] = "".join(f'"{cell}",' for cell in _cells(lines[1]))[:-1] + "\n"
    (folder / "services.csv").write_text("".join(lines), encoding="utf-8", newline="")
    apply(folder, PHONE)
    written = (folder / "services.csv").read_text(encoding="utf-8").splitlines(True)
    assert written[1] == lines[1].replace("0161 496 0101", "0161 496 0102")


def _cells(line: str) -> list[str]:
    return next(csv.reader([line]))


def test_a_row_for_an_area_stands_behind_those_of_its_service_and_a_removed_one_is_gone(folder):
    area = "E07000106"
    gone = change("service_areas.csv", "harbour", f"area_code ({area})", "stated", "(row removed)")
    new = change("service_areas.csv", "willow", f"certainty ({area})", "", "inferred")
    apply(folder, gone, new)
    directory = load_checked_directory(folder)
    assert area in {a.code for a, _ in directory.areas_of("willow")}
    assert area not in {a.code for a, _ in directory.areas_of("harbour")}
    names = [row.service_id for row in directory.service_areas]
    first = names.index("willow")
    assert names[first : first + names.count("willow")] == ["willow"] * names.count("willow")


def test_a_new_row_is_filled_by_the_lines_after_it(folder):
    cells = {
        "kind": "counselling",
        "status": "open",
        "takes_from_anywhere": "yes",
        "location_kind": "none",
        "self_referral": "yes",
        "source_urls": "https://example.org/aspen",
        "read": "whole",
        "checked_on": "2026-11-30",
        "confidence": "high",
    }
    lines = [change("services.csv", "aspen", c, "", value) for c, value in cells.items()]
    apply(folder, change("services.csv", "aspen", "(new row)", "", "Aspen"), *lines)
    aspen = load_checked_directory(folder).services["aspen"]
    assert (aspen.name, aspen.kind) == ("Aspen", "counselling")
    apply(folder, change("services.csv", "aspen", "id", "aspen", "(row removed)"))
    assert "aspen" not in load_checked_directory(folder).services


def test_a_row_whose_key_has_several_columns_is_named_by_all_of_them(folder, copy):
    rows = copy.rows("devolved_nations.csv")
    row = dict(zip(rows[0], rows[1], strict=True))
    key = f"{row['nation']}/{row['board_or_trust']}/{row['service_name']}"
    apply(folder, change("devolved_nations.csv", key, "notes", row["notes"], "Another note"))
    assert copy.rows("devolved_nations.csv")[1][rows[0].index("notes")] == "Another note"


# --- what is refused ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ([replace(PHONE, old="0161 496 0109")], "stands “0161 496 0101”"),
        ([replace(PHONE, old="0161 496 0102", new="0161 496 0101")], "already says what you want"),
        ([replace(PHONE, row="harbor")], "is not in services.csv"),
        ([replace(PHONE, column="phon")], "Is phone meant?"),
        ([replace(PHONE, column="zzz")], "data/README.md"),
        ([replace(PHONE, file="Services.csv")], "no such file"),
        ([replace(PHONE, file="../services.csv")], "no such file"),
        ([replace(PHONE, file="changes.csv")], "no such file"),
        ([replace(PHONE, file="")], "column file"),
        ([replace(PHONE, row="")], "column row"),
        ([replace(PHONE, column="")], "column column"),
        ([replace(PHONE, new=PHONE.old)], "changes nothing"),
        ([PHONE, replace(PHONE, new="0161 496 0103")], "is changed twice"),
        ([replace(PHONE, column="id", old="harbour", new="haven")], "is never changed"),
        ([replace(PHONE, new="abc")], "is not a UK phone number"),
        ([replace(PHONE, new="=1+1")], "takes for a formula"),
        ([replace(PHONE, new="")], "is about nothing: phone is blank"),
        (
            [change("services.csv", "harbour", "id", "harbour", "(row removed)")],
            "is not in services",
        ),
        ([change("services.csv", "harbour", "(new row)", "", "Harbour")], "already"),
        ([change("services.csv", "oak", "(new row)", "x", "Oak")], "must be blank"),
        ([change("services.csv", "harbour", "name", "Harbour", "(row removed)")], "write id"),
        ([change("service_areas.csv", "harbour", "certainty", "stated", "inferred")], "which area"),
        (
            [change("service_areas.csv", "harbour", "certainty (E07000106)", "inferred", "stated")],
            "already says what you want",
        ),
        (
            [change("service_areas.csv", "harbour", "area_code (E07000106)", "harbour", "willow")],
            "is never changed",
        ),
        ([change("devolved_nations.csv", "Wales", "(new row)", "", "A team")], "does not name"),
        ([replace(PHONE, source_url="")], "Write the address of the page"),
        ([replace(PHONE, source_url="example.org")], "is not a web address"),
        ([replace(PHONE, source_url="form:")], "is not complete"),
        ([replace(PHONE, source_url="javascript:alert(1)")], "is not a web address"),
        ([replace(PHONE, quote="")], "column quote"),
        ([replace(PHONE, quote="=HYPERLINK(1)")], "takes for a formula"),
        ([replace(PHONE, quote="a\x00b")], "cannot be seen"),
        ([replace(PHONE, source_date="2026-12")], "in the future"),
        ([replace(PHONE, source_date="soon")], "is not a date"),
        ([replace(PHONE, confidence="sure")], "is not one of"),
        ([], "there is no change"),
    ],
)
def test_what_does_not_fit_is_refused_with_what_to_do(folder, changes, words):
    said = refused(folder, *changes)
    assert any(words in each for each in said), said


def test_everything_that_is_wrong_is_said_at_once_in_the_order_of_the_lines(folder, tmp_path):
    path = write_changes(
        tmp_path / "mine.csv",
        replace(PHONE, old="1"),
        replace(LOSS, quote=""),
        replace(LOSS, column="los", confidence=""),
    )
    before = held(folder)
    with pytest.raises(Refused) as caught:
        apply_changes(folder, read_changes_file(path), today=TODAY)
    assert [(p.file, p.row, p.column) for p in caught.value.problems] == [
        ("mine.csv", 2, "old"),
        ("mine.csv", 3, "quote"),
        ("mine.csv", 4, "confidence"),
        ("mine.csv", 4, "column"),
    ]
    assert held(folder) == before


def test_one_line_that_does_not_fit_keeps_all_others_from_being_made(folder):
    refused(folder, PHONE, LOSS, replace(PHONE, row="nobody"))


def test_a_new_doubt_is_refused_and_one_that_was_there_is_not(folder, copy):
    note = "Ring us: not published"
    row = copy.row_where("services.csv", id="harbour")
    was = copy.rows("services.csv")[row - 1][copy.rows("services.csv")[0].index("referral_note")]
    said = refused(folder, change("services.csv", "harbour", "referral_note", was, note))
    assert "would be doubtful" in said[0]
    copy.set("services.csv", row, "referral_note", note)
    apply(folder, PHONE)


def test_a_mistake_that_was_there_does_not_keep_others_from_being_put_right(folder, copy):
    copy.set("services.csv", copy.row_where("services.csv", id="willow"), "website", "nowhere")
    apply(folder, PHONE)
    assert [p.column for p in check(folder) if p.kind is ProblemLevel.WRONG] == ["website"]


# --- what a service told --------------------------------------------------------------------------


@pytest.fixture
def answered(copy) -> Path:
    """Harbour has answered."""
    row = copy.row_where("services.csv", id="harbour")
    told = {"told_on": "2026-11-01", "told_by": "team lead", "told_how": "not_known"}
    for column, value in told.items():
        copy.set("services.csv", row, column, value)
    return copy.folder


@pytest.mark.parametrize("one", [PHONE, LOSS])
def test_what_a_service_told_is_not_changed_while_its_answer_stands(answered, one):
    (said,) = refused(answered, one)
    assert "the service told us on 2026-11-01" in said and "told_on" in said


def test_with_a_new_answer_or_without_any_it_is_changed(answered):
    newer = change("services.csv", "harbour", "told_on", "2026-11-01", "2026-11-29")
    apply(answered, PHONE, LOSS, newer)
    none = [
        change("services.csv", "harbour", "told_on", "2026-11-29", ""),
        change("services.csv", "harbour", "told_by", "team lead", ""),
        change("services.csv", "harbour", "told_how", "not_known", ""),
    ]
    apply(answered, *reversed_changes(PHONE), *none)


def test_our_own_columns_change_without_a_new_answer(answered, copy):
    row = dict(zip(*copy.rows("services.csv")[:2], strict=True))
    apply(
        answered,
        change("services.csv", "harbour", "checked_on", row["checked_on"], "2026-11-30"),
        change("services.csv", "harbour", "curator_notes", row["curator_notes"], "Another note"),
    )


# --- the file -------------------------------------------------------------------------------------


def test_a_file_of_changes_is_read_as_a_spreadsheet_saves_it(tmp_path):
    path = write_changes(tmp_path / "mine.csv", PHONE, LOSS)
    assert read_changes_file(path).changes == (replace(PHONE, line=2), replace(LOSS, line=3))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "workbook"),
        (b"\xff\xfef\x00", "UTF-16"),
        (",".join(COLUMNS).encode() + b"\n", "there is no change"),
        (",".join(COLUMNS).encode() + b"\na,\x93b\x94,,,,,,,\n", "not UTF-8"),
        (";".join(COLUMNS).encode() + b"\n", "semicolons"),
        (",".join(COLUMNS[:-1]).encode() + b"\nx,,,,,,,\n", "confidence"),
        (("applied_on," + ",".join(COLUMNS)).encode() + b"\nx,,,,,,,,,\n", "source_date"),
        (",".join(COLUMNS).encode() + b'\n"a,,,,,,,,\n', "quote mark"),
        (",".join(COLUMNS).encode() + b"\na,b\n", "2 cells"),
        (",".join(COLUMNS).encode() + b"\n" + b"a,,,,,,,,\n" * (MOST + 1), "more than 5,000"),
        (b"x" * 5_000_001, "larger than 5 MB"),
        (b"<html>", "web page"),
    ],
)
def test_a_file_that_is_none_is_named_with_how_to_save_it(tmp_path, raw, words):
    path = tmp_path / "mine.csv"
    path.write_bytes(raw)
    with pytest.raises(Refused) as caught:
        read_changes_file(path)
    assert words in str(caught.value) and "mine.csv" in str(caught.value)


def test_a_folder_or_nothing_at_all_is_no_file_of_changes(tmp_path):
    for path in (tmp_path, tmp_path / "gone.csv"):
        with pytest.raises(Refused):
            read_changes_file(path)


# --- the disk -------------------------------------------------------------------------------------


def test_a_dry_run_writes_nothing_and_refuses_as_the_real_one_does(folder):
    before = held(folder)
    assert apply(folder, PHONE, dry_run=True).dry_run
    refused(folder, replace(PHONE, new="abc"), dry_run=True)
    assert held(folder) == before and not (folder / LOCK).exists()


def test_rights_of_files_and_links_stay_what_they_were(folder, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    real = shutil.move(folder / "services.csv", elsewhere / "the-services.csv")
    (folder / "services.csv").symlink_to(real)
    (folder / "mmhs_criteria.csv").chmod(0o640)
    link = tmp_path / "link"
    link.symlink_to(folder)
    apply(link, PHONE, LOSS)
    assert (folder / "services.csv").is_symlink()
    assert b"0161 496 0102" in real.read_bytes()
    assert (folder / "mmhs_criteria.csv").stat().st_mode & 0o777 == 0o640
    assert sorted(p.name for p in elsewhere.iterdir()) == ["the-services.csv"]


def test_who_is_at_it_is_said_to_who_wants_to_write_too(folder, monkeypatch):
    monkeypatch.setattr("mmhs_finder.curation.journal.WAIT_SECONDS", 0.0)
    held_now, done = threading.Event(), threading.Event()

    def other() -> None:
        with locked(folder, "somebody's command"):
            held_now.set()
            done.wait(60)

    thread = threading.Thread(target=other)
    thread.start()
    try:
        held_now.wait(60)
        before = held(folder)
        with pytest.raises(Refused) as caught:
            apply(folder, PHONE)
        assert "somebody's command (process " in str(caught.value)
        assert held(folder) == before
    finally:
        done.set()
        thread.join()


def test_two_at_once_are_both_made_one_after_the_other(folder):
    script = (
        "import sys; from pathlib import Path\n"
        "from tests.made_up.changing import apply, change\n"
        "apply(Path(sys.argv[1]), change(*sys.argv[2:]))"
    )
    changes = [PHONE, LOSS, change("mmhs_criteria.csv", "willow", "severity", "", "Moderate")]
    changes[2] = replace(changes[2], old=_cell(folder, "willow", "severity"), new="Quite severe")
    started = [
        subprocess.Popen(
            [sys.executable, "-c", script, str(folder), c.file, c.row, c.column, c.old, c.new],
            cwd=ROOT,
        )
        for c in changes
    ]
    assert [process.wait(200) for process in started] == [0, 0, 0]
    assert sorted(history(folder)[-3:]) == sorted(c.cells for c in changes)
    directory = load_checked_directory(folder)
    assert directory.services["harbour"].phone == "0161 496 0102"
    assert directory.criteria["willow"].severity == "Quite severe"


def _cell(folder: Path, row: str, column: str) -> str:
    return str(getattr(load_checked_directory(folder).criteria[row], column))


def test_a_disk_that_is_full_refuses_and_leaves_nothing(folder):
    room = (folder / "services.csv").stat().st_size // 2
    script = (
        "import sys; from pathlib import Path\n"
        "from tests.made_up.changing import apply, change\n"
        "from mmhs_finder.curation.changeset import Refused\n"
        "try: apply(Path(sys.argv[1]), change(*sys.argv[2:]))\n"
        "except Refused as problem: sys.exit(str(problem))"
    )
    before = held(folder)
    done = subprocess.run(
        [sys.executable, "-c", script, str(folder), *PHONE.cells[:5]],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=200,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    assert done.returncode == 1
    assert "cannot be written to" in done.stderr and "Traceback" not in done.stderr
    assert held(folder) == before and not (folder / STAGE).exists()


def test_a_folder_that_cannot_be_written_to_is_said_to_be_one(folder, monkeypatch):
    def no_room(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("filelock.FileLock.acquire", no_room)
    (said,) = refused(folder, PHONE)
    assert "cannot be written to (Permission denied)" in said
    assert apply(folder, PHONE, dry_run=True).dry_run


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="nobody else to be")
def test_somebody_who_may_read_only_changes_nothing_and_reads_what_is_whole(folder):
    """In earnest: another user, whom the system does not let write."""
    script = (
        "import os, sys; from pathlib import Path\n"
        "from mmhs_finder.curation.check import load_checked_directory\n"
        "from tests.made_up.changing import apply, change\n"
        "folder = Path(sys.argv[1])\n"
        "load_checked_directory(Path(sys.argv[2]))  # what is imported late is imported now\n"
        "os.setuid(65534)\n"
        "print(load_checked_directory(folder).services['harbour'].phone)\n"
        "apply(folder, change(*sys.argv[3:]))"
    )
    with TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        data = shutil.copytree(folder, Path(place) / "data")
        data.chmod(0o755)
        before = held(data)

        def tried() -> subprocess.CompletedProcess[str]:
            return subprocess.run(
                [sys.executable, "-c", script, str(data), str(folder), *PHONE.cells[:5]],
                cwd=ROOT,
                capture_output=True,
                text=True,
                timeout=200,
            )

        done = tried()
        assert done.stdout == "0161 496 0101\n", done.stderr
        assert "cannot be written to (Permission denied)" in done.stderr
        assert held(data) == before
        interrupted(data)
        half = held(data)
        done = tried()
        assert done.stdout == ""
        assert "BrokenDirectory" in done.stderr and "Permission denied" in done.stderr
        assert held(data) == half


# --- after an interruption ------------------------------------------------------------------------


class _Dies(BaseException):
    pass


def interrupted(folder: Path, at: str = "placed services.csv") -> None:
    """Leaves a set half placed, as a process does that dies."""

    def step(name: str) -> None:
        if name == at:
            raise _Dies

    with pytest.raises(_Dies):
        apply(folder, PHONE, LOSS, at_step=step)
    assert (folder / JOURNAL).exists()


def test_a_directory_that_was_left_half_is_finished_before_it_is_served(folder):
    interrupted(folder)
    directory = load_checked_directory(folder)
    assert directory.criteria["harbour"].loss == "unknown"
    assert directory.changes[-1].column == "loss"
    assert not (folder / STAGE).exists()


def test_the_next_set_finishes_the_one_before(folder):
    interrupted(folder)
    apply(folder, *reversed_changes(PHONE))
    assert [cells[2] for cells in history(folder)[-3:]] == ["phone", "loss", "phone"]


def test_a_file_that_somebody_edited_meanwhile_is_left_as_it_is(folder):
    interrupted(folder)
    criteria = folder / "mmhs_criteria.csv"
    criteria.write_bytes(criteria.read_bytes() + b"\n")
    before = held(folder)
    with pytest.raises(BrokenDirectory) as caught:
        load_checked_directory(folder)
    assert "mmhs_criteria.csv: was edited" in str(caught.value)
    with pytest.raises(Refused):
        apply(folder, *reversed_changes(PHONE))
    assert held(folder) == before
    assert (folder / STAGE / "new" / "mmhs_criteria.csv").exists()
    assert b"0161 496 0101" in (folder / STAGE / "old" / "services.csv").read_bytes()


def test_a_file_that_was_finished_and_edited_since_keeps_the_edit(folder):
    interrupted(folder)
    services = folder / "services.csv"
    services.write_bytes(services.read_bytes().replace(b"0161 496 0102", b"0161 496 0104"))
    assert load_checked_directory(folder).services["harbour"].phone == "0161 496 0104"


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"version": 1, "files": [], "check": "0"}'])
def test_a_journal_that_is_damaged_stops_everything_and_loses_nothing(folder, text):
    interrupted(folder)
    (folder / JOURNAL).write_text(text, encoding="utf-8")
    before = held(folder)
    with pytest.raises(BrokenDirectory, match="cannot be read, so an interrupted change"):
        load_checked_directory(folder)
    assert held(folder) == before
    assert (folder / STAGE / "new" / "mmhs_criteria.csv").exists()


def test_a_half_directory_that_cannot_be_finished_is_not_served(folder, monkeypatch):
    interrupted(folder)

    def no_room(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("filelock.FileLock.acquire", no_room)
    with pytest.raises(BrokenDirectory, match="cannot be written to"):
        load_checked_directory(folder)


def test_the_day_in_the_history_is_the_day_that_was_given(folder):
    apply_changes(folder, ChangeSet((PHONE,)), today=date(2027, 3, 1))
    assert load_checked_directory(folder).changes[-1].applied_on == "2027-03-01"
