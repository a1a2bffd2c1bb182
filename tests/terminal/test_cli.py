"""`data check`: one line a problem, and an exit code for scripts."""

from __future__ import annotations

import argparse

import pytest

from mmhs_finder import postcodes
from mmhs_finder.channels.terminal import data as cli
from mmhs_finder.channels.terminal.data import check as checking
from mmhs_finder.curation.check import check, count_rows
from mmhs_finder.directory import DATA


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    cli.add_arguments(parser.add_subparsers(required=True))
    args = parser.parse_args(["data", "check", *words])
    code: int = args.run(args)
    return code


REAL_POSTCODES = checking.known_postcodes


@pytest.fixture(autouse=True)
def every_postcode_exists(monkeypatch):
    monkeypatch.setattr(checking, "known_postcodes", lambda: lambda text: True)


def test_says_what_is_wrong_and_where(copy, capsys):
    row = copy.row_where("services.csv", phone="*")
    copy.set("services.csv", row, "phone", "abc")
    assert run(str(copy.folder)) == 1
    lines = capsys.readouterr().out.splitlines()
    said = [f"{p.kind.capitalize()}: {p}" for p in check(copy.folder)]
    assert lines[: len(said)] == said
    assert any(
        line.startswith(f'Wrong: services.csv row {row}, column phone: "abc" is') for line in lines
    )
    assert lines[len(said)].endswith("to put right.")


def test_says_that_all_is_well(copy, capsys, monkeypatch):
    monkeypatch.setattr(checking, "check", lambda folder, postcode_known: [])
    monkeypatch.setenv("MMHS_DATA_DIR", str(copy.folder))
    assert run() == 0
    rows = f"{count_rows(copy.folder):,}"
    assert capsys.readouterr().out == f"No problems in {rows} rows of 8 files and 2 maps.\n"


def test_a_folder_that_is_not_there(tmp_path, capsys):
    assert run(str(tmp_path / "nowhere")) == 1
    assert "There is no folder" in capsys.readouterr().err


def test_knows_which_postcodes_exist(index):
    known = REAL_POSTCODES()
    assert known is not None
    assert known("CT1 3NG")
    assert not known("CT99 9ZZ")
    assert not known("CT1")
    assert not known("rubbish")


def test_every_postcode_of_the_real_directory_exists(index):
    problems = check(DATA, postcode_known=REAL_POSTCODES())
    assert [str(p) for p in problems if p.column in ("postcode", "office_postcode")] == []


def test_goes_on_without_a_postcode_index(monkeypatch, capsys):
    def no_index():
        raise postcodes.IndexProblem("there is no index")

    monkeypatch.setattr(postcodes, "open_index", no_index)
    assert REAL_POSTCODES() is None
    assert "checked for their form only: there is no index" in capsys.readouterr().err
