"""`data withdraw` and `data restore`: what is typed at night, and what is answered."""

from __future__ import annotations

import csv
import os
import re
import threading
from pathlib import Path

import filelock
import pytest

from mmhs_finder.channels.terminal.commands import main
from mmhs_finder.curation import journal, withdrawing
from mmhs_finder.curation.check import check
from mmhs_finder.directory import load_directory
from mmhs_finder.directory.withdrawn import FILE
from tests.breakable import BreakableCopy
from tests.made_up.folder import lay_out

WHY = "A caller says that it rings in a shop"


@pytest.fixture
def copy(tmp_path: Path) -> BreakableCopy:
    return BreakableCopy(lay_out(tmp_path / "data", small=True))


@pytest.fixture(autouse=True)
def its_folder(copy: BreakableCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MMHS_DATA_DIR", str(copy.folder))


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str]:
    code = main(["data", *words])
    said = capsys.readouterr()
    return code, said.out + said.err


def lines(copy: BreakableCopy) -> list[dict[str, str]]:
    path = copy.folder / FILE
    if not path.exists():
        return []
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def before(copy: BreakableCopy) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in copy.folder.glob("*.csv") if p.name != FILE}


def test_a_number_goes_and_comes_back(
    copy: BreakableCopy, capsys: pytest.CaptureFixture[str]
) -> None:
    files = before(copy)
    number = load_directory(copy.folder).services["harbour"].phone
    code, said = run(capsys, "withdraw", "harbour", "phone", "--because", WHY)
    assert code == 0
    assert "services.csv, harbour: phone" in said
    assert "within a minute" in said and "data restore harbour phone" in said
    assert load_directory(copy.folder).services["harbour"].phone == ""
    (line,) = lines(copy)
    assert (line["value"], line["because"], line["restored_on"]) == (number, WHY, "")
    assert before(copy) == files, "no other file is touched"
    code, said = run(capsys, "restore", "harbour", "phone")
    assert code == 0 and "Put back" in said
    assert load_directory(copy.folder).services["harbour"].phone == number
    assert lines(copy)[0]["restored_on"]


def test_a_number_can_be_named_by_itself_in_any_spelling(
    copy: BreakableCopy, capsys: pytest.CaptureFixture[str]
) -> None:
    number = load_directory(copy.folder).services["harbour"].phone
    bare = re.sub(r"\s", "", number)
    assert run(capsys, "withdraw", bare, "--because", WHY)[0] == 0
    assert load_directory(copy.folder).services["harbour"].phone == ""
    code, said = run(capsys, "withdraw", number, "--because", WHY)
    assert code == 1 and "is out already" in said
    assert run(capsys, "restore", number)[0] == 0
    assert load_directory(copy.folder).services["harbour"].phone == number


def test_a_whole_service(copy: BreakableCopy, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "withdraw", "harbour", "--because", WHY)[0] == 0
    assert "harbour" not in load_directory(copy.folder).services
    code, said = run(capsys, "withdraw", "harbour", "phone", "--because", WHY)
    assert code == 1 and "the whole row harbour is out already" in said
    assert "the whole row" in run(capsys, "withdraw")[1]


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (("withdraw", "harbour", "phone"), "Say why"),
        (("withdraw", "harbor", "--because", WHY), "Do you mean harbour?"),
        (("withdraw", "Harbour", "--because", WHY), "Do you mean harbour"),
        (("withdraw", "harbour", "phon", "--because", WHY), "Do you mean phone"),
        (("withdraw", "harbour", "kind", "--because", WHY), "Take the whole row out"),
        (("withdraw", "harbour", "referrer_email", "--because", WHY), "nothing to take out"),
        (("withdraw", "020 7946 9999", "--because", WHY), "No row holds"),
        (("withdraw", "020 7946 0000", "phone", "--because", WHY), "leave the column phone away"),
        (("restore", "harbour"), "is not out"),
    ],
)
def test_what_cannot_be_done_is_said_and_nothing_is_written(
    copy: BreakableCopy,
    capsys: pytest.CaptureFixture[str],
    words: tuple[str, ...],
    answer: str,
) -> None:
    code, said = run(capsys, *words)
    assert code == 1
    assert answer in said
    assert "Traceback" not in said
    assert lines(copy) == []


def test_a_name_that_two_files_have_asks_which(
    copy: BreakableCopy, capsys: pytest.CaptureFixture[str]
) -> None:
    row = copy.row_where("national_support.csv", urgent_strip="")
    copy.set("national_support.csv", row, "id", "harbour")
    code, said = run(capsys, "withdraw", "harbour", "--because", WHY)
    assert code == 1 and "--file services.csv or --file national_support.csv" in said
    words = ("withdraw", "harbour", "--because", WHY, "--file", "national_support.csv")
    assert run(capsys, *words)[0] == 0
    directory = load_directory(copy.folder)
    assert "harbour" in directory.services
    assert "harbour" not in [line.id for line in directory.national]


def test_a_number_that_every_page_needs_stays(
    copy: BreakableCopy, capsys: pytest.CaptureFixture[str]
) -> None:
    for row in ("999", "111"):
        code, said = run(capsys, "withdraw", row, "--because", WHY)
        assert code == 1
        assert "every page needs" in said and "docs/operations.md" in said
    assert lines(copy) == []


def test_it_works_while_the_file_cannot_be_read(
    copy: BreakableCopy, capsys: pytest.CaptureFixture[str]
) -> None:
    (copy.folder / "services.csv").write_text("garbage", encoding="utf-8")
    code, said = run(capsys, "withdraw", "harbour", "phone", "--because", WHY)
    assert code == 1 and "--file services.csv" in said
    words = ("withdraw", "harbour", "phone", "--because", WHY, "--file", "services.csv")
    code, said = run(capsys, *words)
    assert code == 0 and "cannot be read at the moment" in said
    assert run(capsys, "withdraw", "020 7946 0123", "--because", WHY)[0] == 0
    assert len(lines(copy)) == 2


def test_a_file_of_withdrawals_that_cannot_be_read_is_not_written_over(
    copy: BreakableCopy, capsys: pytest.CaptureFixture[str]
) -> None:
    path = copy.folder / FILE
    path.write_text("garbage", encoding="utf-8")
    code, said = run(capsys, "withdraw", "harbour", "--because", WHY)
    assert code == 1 and FILE in said
    assert path.read_text(encoding="utf-8") == "garbage"


def test_who_else_changes_the_folder_is_waited_for(
    copy: BreakableCopy, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(withdrawing, "_PATIENCE", 0.05)
    taken, done = threading.Event(), threading.Event()

    def hold() -> None:
        with filelock.FileLock(copy.folder / journal.LOCK):
            taken.set()
            done.wait(30)

    holder = threading.Thread(target=hold)
    holder.start()
    taken.wait(30)
    try:
        code, said = run(capsys, "withdraw", "harbour", "--because", WHY)
    finally:
        done.set()
        holder.join()
    assert code == 1 and "somebody is changing it" in said


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(
    copy: BreakableCopy, capsys: pytest.CaptureFixture[str]
) -> None:
    copy.folder.chmod(0o555)
    try:
        code, said = run(capsys, "withdraw", "harbour", "--because", WHY)
    finally:
        copy.folder.chmod(0o755)
    assert code == 1 and "cannot be written to" in said


def test_no_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ("withdraw", "a", "--because", WHY, "--folder", str(tmp_path / "nowhere"))
    assert "There is no folder" in run(capsys, *words)[1]


def test_the_check_says_what_was_put_right_since(
    copy: BreakableCopy, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "withdraw", "harbour", "phone", "--because", WHY)
    assert not [p for p in check(copy.folder) if p.file == FILE]
    row = copy.row_where("services.csv", id="harbour")
    copy.set("services.csv", row, "phone", "020 7946 0111")
    (problem,) = [p for p in check(copy.folder) if p.file == FILE]
    assert "020 7946 0111" in str(problem) and "data restore harbour phone" in str(problem)
    assert load_directory(copy.folder).services["harbour"].phone == "020 7946 0111"
    code, said = run(capsys, "restore", "harbour", "phone")
    assert code == 0 and "020 7946 0111" in said


def test_a_reason_is_no_formula(copy: BreakableCopy, capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "withdraw", "harbour", "--because", '=HYPERLINK("http://x")\nmore')
    assert lines(copy)[0]["because"] == 'HYPERLINK("http://x") more'
