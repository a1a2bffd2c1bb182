"""`data apply`: what is changed is said in plain words; what is refused, with what to do."""

from __future__ import annotations

import argparse
import shutil
from dataclasses import replace

import pytest

from mmhs_finder.channels.terminal import data as cli
from mmhs_finder.channels.terminal.data import apply as applying
from mmhs_finder.channels.terminal.data import check as checking
from mmhs_finder.directory.files import read_table
from tests.made_up.changing import apply, change, held, write_changes

PHONE = change("services.csv", "harbour", "phone", "0161 496 0101", "0161 496 0102")


def run(*words: object) -> int:
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser.add_subparsers(required=True))
    args = parser.parse_args(["data", *map(str, words)])
    code: int = args.run(args)
    return code


@pytest.fixture(autouse=True)
def every_postcode_exists(monkeypatch):
    for module in (checking, applying):
        monkeypatch.setattr(module, "known_postcodes", lambda: lambda text: True)


@pytest.fixture
def folder(made_up_copy):
    return made_up_copy.folder


def test_says_what_was_changed_and_what_to_do_next(folder, tmp_path, capsys):
    path = write_changes(tmp_path / "mine.csv", PHONE)
    assert run("apply", path, folder) == 0
    said = capsys.readouterr().out
    assert "harbour (services.csv)\n  phone: “0161 496 0101” -> “0161 496 0102”\n" in said
    assert f"1 change made in {folder}: services.csv, changes.csv." in said
    assert b"0161 496 0102" in (folder / "services.csv").read_bytes()


def test_a_dry_run_says_the_same_and_writes_nothing(folder, tmp_path, capsys):
    before = held(folder)
    assert run("apply", write_changes(tmp_path / "mine.csv", PHONE), folder, "--dry-run") == 0
    said = capsys.readouterr().out
    assert "phone: “0161 496 0101” -> “0161 496 0102”" in said and "Nothing was written" in said
    assert held(folder) == before


def test_says_every_reason_and_writes_nothing(folder, tmp_path, capsys):
    before = held(folder)
    path = write_changes(tmp_path / "mine.csv", replace(PHONE, old="1"), replace(PHONE, row="x"))
    assert run("apply", path, folder) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Nothing was changed:\n- mine.csv row 2, column old: (services.csv")
    assert said.err.count("\n- ") == 2
    assert held(folder) == before


def test_a_file_or_a_folder_that_is_not_there(folder, tmp_path, capsys):
    assert run("apply", tmp_path / "gone.csv", folder) == 1
    assert "gone.csv: this file cannot be opened" in capsys.readouterr().err
    assert run("apply", tmp_path / "gone.csv", tmp_path / "nowhere") == 1
    assert "There is no folder" in capsys.readouterr().err


class _Dies(BaseException):
    pass


def test_the_check_finishes_what_was_interrupted_and_says_so(folder, capsys):
    def step(name: str) -> None:
        if name == "journal":
            raise _Dies

    with pytest.raises(_Dies):
        apply(folder, PHONE, at_step=step)
    assert run("check", folder) == 0
    said = capsys.readouterr().out
    assert "A change that was interrupted is finished now: services.csv, changes.csv." in said
    assert b"0161 496 0102" in (folder / "services.csv").read_bytes()


# --- data diff ------------------------------------------------------------------------------------


def test_the_difference_of_two_folders_is_said_in_words(folder, tmp_path, capsys):
    old = shutil.copytree(folder, tmp_path / "old")
    was = read_table(folder, "services.csv")[0].rows[0].cells
    note = change("services.csv", "harbour", "curator_notes", was["curator_notes"], "A secret")
    rule = change("services.csv", "harbour", "self_referral", "no", "unknown")
    apply(folder, note, rule)
    assert run("diff", old, folder) == 0
    said = capsys.readouterr().out
    assert "we no longer know whether parents can contact it themselves" in said
    assert "secret" not in said and said.endswith("\n1 difference\n")
    assert run("diff", old, folder, "--curator") == 0
    assert "“A secret”" in capsys.readouterr().out
    assert run("diff", folder, folder) == 0
    assert "Nothing that the public reads" in capsys.readouterr().out


def test_a_folder_that_cannot_be_read_is_no_difference(folder, tmp_path, capsys):
    assert run("diff", tmp_path, folder) == 1
    assert "services.csv: this file is missing" in capsys.readouterr().err
