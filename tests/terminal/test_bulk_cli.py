"""`bulk` and `export lookup` in a terminal, and the join that the docs show."""

from __future__ import annotations

import argparse
import csv
import io
import re
import sys
from pathlib import Path

import duckdb
import numpy as np
import pyarrow.parquet as pq
import pytest

from mmhs_finder.bulk import Lookup
from mmhs_finder.channels.terminal import bulk as bulk_cli
from mmhs_finder.channels.terminal import export as export_cli
from mmhs_finder.render.files import lookup_table
from mmhs_finder.render.files.lookup_table import LOOKUP, write_lookup
from mmhs_finder.views.bulk_columns import ADDED
from mmhs_finder.words import say
from tests.unit.tables.lists import sheets

DOC = Path(__file__).parents[2] / "docs" / "bulk.md"
LIST = "ref,postcode\n1,ct13ng\n2,rubbish\n3,EH1 1YZ\n"


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    subparsers = parser.add_subparsers()
    bulk_cli.add_arguments(subparsers)
    export_cli.add_arguments(subparsers)
    args = parser.parse_args(words)
    return int(args.run(args))


@pytest.fixture(scope="module")
def exported(tmp_path_factory, finder) -> Path:
    path = tmp_path_factory.mktemp("export") / "lookup.parquet"
    assert write_lookup(Lookup(finder), finder.index, path) == len(finder.index)
    return path


@pytest.fixture
def in_folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def test_a_file_to_a_file(in_folder, capsys):
    assert run("bulk", "in.csv", "--column", "postcode", "-o", "out.csv") == 0
    rows = list(csv.reader((in_folder / "out.csv").read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["ref", "postcode", *ADDED]
    assert [row[2:4] for row in rows[1:]] == [["yes", "Canterbury"], ["no", ""], ["yes", ""]]
    assert "3 rows: 2 postcodes found, 1 not" in capsys.readouterr().err
    assert sorted(p.name for p in in_folder.iterdir()) == ["in.csv", "out.csv"]


def test_the_column_that_was_read_and_every_row_are_accounted_for(in_folder, capsys):
    (in_folder / "in.csv").write_text("GP postcode,Home postcode\nM33 5EL,CT1 3NG\n,BFPO 801\n")
    assert run("bulk", "in.csv", "-o", "out.csv") == 0
    said = capsys.readouterr().err.splitlines()
    assert said == [
        "2 rows: 1 postcodes found, 1 not",
        f"1 of these: {say('bulk.reason_forces')}",
        "Rows in your list: 2. Rows in the result: 2. None was lost.",
        "We took the postcodes from the column “Home postcode”.",
        "Other columns may have postcodes too. We did not use them: “GP postcode”.",
    ]
    (found, not_found) = csv.DictReader((in_folder / "out.csv").read_text("utf-8-sig").splitlines())
    assert (found["council"], found["outcome"]) == ("Canterbury", "found")
    assert (not_found["matched"], not_found["outcome"]) == ("no", "forces")


def test_codes_that_stand_for_no_postcode_have_outcomes_of_their_own(in_folder):
    codes = ["ZZ99 3VZ", "ZZ99 3WZ", "ZZ993CZ", "FIQQ 1ZZ", "BFPO 61", "CT1", "CT1 3NG"]
    (in_folder / "in.csv").write_text("\n".join(["postcode", *codes]))
    assert run("bulk", "in.csv", "-o", "out.csv") == 0
    rows = csv.DictReader((in_folder / "out.csv").read_text("utf-8-sig").splitlines())
    wanted = ["no_fixed_abode", "not_known", "not_known", "territory", "forces", "part", "found"]
    assert [row["outcome"] for row in rows] == wanted


def test_sheets_are_chosen_by_name_or_all_taken(in_folder, capsys):
    lists = [["postcode"], ["CT1 3NG"]], [["postcode"], ["M33 5EL"]]
    (in_folder / "in.xlsx").write_bytes(sheets(April=lists[0], May=lists[1]))
    assert run("bulk", "in.xlsx", "-o", "out.csv") == 2
    assert capsys.readouterr().err == (
        f"More than one sheet may be your list: “April”, “May”. "
        f"Choose one, or all of them. {say('terminal.which_sheet')}\n"
    )
    assert not (in_folder / "out.csv").exists()
    assert run("bulk", "in.xlsx", "--sheet", "may", "-o", "out.csv") == 0
    assert "Trafford" in (in_folder / "out.csv").read_text("utf-8-sig")
    assert "We read the sheet “May”. We did not read: “April”." in capsys.readouterr().err
    assert run("bulk", "in.xlsx", "--all-sheets", "-o", "out.csv") == 0
    rows = (in_folder / "out.csv").read_text("utf-8-sig").splitlines()
    assert [row.split(",")[:2] for row in rows[1:]] == [["April", "CT1 3NG"], ["May", "M33 5EL"]]


def test_a_file_over_itself(in_folder):
    assert run("bulk", "in.csv", "-o", "in.csv") == 0
    assert "Canterbury" in (in_folder / "in.csv").read_text("utf-8-sig")


def test_a_pipe(monkeypatch, capfdbinary):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LIST.encode())))
    assert run("bulk", "-") == 0
    assert b"Canterbury" in capfdbinary.readouterr().out


@pytest.mark.parametrize(
    ("content", "options", "words"),
    [
        (b"", (), "The file is empty"),
        (b"name\nAnn\n", (), "no column with postcodes"),
        (LIST.encode(), ("--column", "home"), "no column with that name. It has: ref, postcode."),
        (b"postcode\n\x81,x\nCT1 3NG,x\n", (), "could not read the letters"),
    ],
)
def test_bad_input_is_one_plain_line_and_no_file(in_folder, capsys, content, options, words):
    (in_folder / "in.csv").write_bytes(content)
    assert run("bulk", "in.csv", "-o", "out.csv", *options) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert not (in_folder / "out.csv").exists()


@pytest.mark.parametrize("words", [("bulk", "gone.csv"), ("bulk", "in.csv", "-o", "no/out.csv")])
def test_a_file_that_is_not_there(in_folder, capsys, words):
    assert run(*words) == 2
    assert "No such file" in capsys.readouterr().err


def test_a_directory_with_mistakes(in_folder, monkeypatch, capsys):
    monkeypatch.setenv("MMHS_DATA_DIR", str(in_folder))
    assert run("bulk", "in.csv") == 1
    assert "missing" in capsys.readouterr().err


# --- export ---------------------------------------------------------------------------------------


def test_the_table_has_every_postcode_and_its_columns(exported, index):
    file = pq.ParquetFile(exported)
    assert file.schema_arrow.equals(LOOKUP)
    assert file.metadata.num_rows == len(index)
    assert file.metadata.num_row_groups > 10
    assert all(f"`{name}`" in DOC.read_text(encoding="utf-8") for name in LOOKUP.names)


def test_the_table_says_what_a_single_search_says(exported, finder, index):
    table = pq.read_table(exported)
    for row in np.random.default_rng(3).integers(0, len(index), 300).tolist():
        got = {name: table[name][row].as_py() for name in table.column_names}
        assert got["postcode"] == str(index.postcode_at(row))
        place = finder.place(got["postcode"])
        assert (got["nation"], got["lat"], got["lon"]) == (place.nation, place.lat, place.lon)
        assert got["area_code"] == (place.areas[0].code if place.areas else None)
        answer = finder.find(place)
        assert set(got["mmhs_ids"]) == {m.service.id for m in answer.mmhs}
        assert len(got["mmhs_ids"]) == len(got["mmhs_names"]) == len(got["self_referral"])


def test_export_from_the_terminal(in_folder, monkeypatch, capsys):
    monkeypatch.setattr(lookup_table, "write_lookup", lambda lookup, index, target: 2_000)
    assert run("export", "lookup", "out.parquet") == 0
    assert "2,000 postcodes" in capsys.readouterr().err
    assert (in_folder / "out.parquet").exists()


def test_the_join_in_the_docs(exported, in_folder):
    (sql,) = re.findall(r"```sql\n(.*?)```", DOC.read_text(encoding="utf-8"), re.S)
    (in_folder / "lookup.parquet").symlink_to(exported)
    with duckdb.connect() as connection:
        connection.execute(sql)
    rows = list(csv.DictReader((in_folder / "out.csv").read_text("utf-8").splitlines()))
    assert [row["council"] for row in sorted(rows, key=lambda row: row["ref"])] == [
        "Canterbury",
        "",
        "",
    ]
    assert rows[0].keys() >= {"ref", "postcode", "mmhs_names", "icb_2026"}
    ours = in_folder / "ours.csv"
    assert run("bulk", "in.csv", "-o", str(ours)) == 0
    own = list(csv.DictReader(ours.read_text("utf-8-sig").splitlines()))
    by_ref = {row["ref"]: row for row in rows}
    for row in own:
        assert by_ref[row["ref"]]["council_code"] == row["council_code"]
        assert by_ref[row["ref"]]["mmhs_names"] == row["mmhs"]
