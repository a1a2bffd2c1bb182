"""`python -m mmhs_finder report`: a report of a place that is named, or of England."""

from __future__ import annotations

import argparse
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from mmhs_finder.channels.terminal import report as report_cli
from mmhs_finder.words import say


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    report_cli.add_arguments(parser.add_subparsers(required=True))
    args = parser.parse_args(["report", *words])
    return int(args.run(args))


@pytest.fixture
def data(made_up_folder: Path) -> list[str]:
    return ["--folder", str(made_up_folder)]


def test_the_report_of_england_as_a_pdf(data, tmp_path, capsys):
    file = tmp_path / "england.PDF"
    assert command("national", "-o", str(file), *data) == 0
    assert str(file) in capsys.readouterr().out
    made = PdfReader(BytesIO(file.read_bytes()))
    assert made.metadata is not None
    assert made.metadata.title == say("area_report.title", name=say("coverage.where_england"))
    assert [path.name for path in tmp_path.iterdir()] == ["england.PDF"]


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("london", "London"),
        ("E54000050", "NHS North East and North Cumbria"),
        ("  nhs north   east and north cumbria ", "NHS North East and North Cumbria"),
        ("e07000106", "Canterbury"),
        ("Canterbury", "Canterbury"),
        ("Kingston upon Hull", "Kingston upon Hull"),
        ("Kingston upon Hull, City of", "Kingston upon Hull"),
    ],
)
def test_a_place_by_its_code_or_its_name(data, tmp_path, asked, name):
    file = tmp_path / "place.html"
    assert command("area", asked, "-o", str(file), *data) == 0
    title = say("area_report.title", name=name)
    assert f"<title>{title}</title>" in file.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (["area", "Nowhere", "-o", "x.pdf"], 2, "No region, ICB or council has that code or name."),
        (["area", "", "-o", "x.pdf"], 2, "No region, ICB or council"),
        (["national", "-o", "x.doc"], 2, "must end in .pdf or .html"),
        (["national", "-o", "x"], 2, "must end in .pdf or .html"),
        (["national", "-o", "no-such-folder/x.html"], 1, "It cannot be written to"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    data, tmp_path, monkeypatch, capsys, words, code, said
):
    monkeypatch.chdir(tmp_path)
    assert command(*words, *data) == code
    error = capsys.readouterr().err
    assert said in error and error.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_a_name_that_several_areas_have_asks_for_a_code(directory, monkeypatch, capsys, tmp_path):
    areas = dict(directory.areas)
    name = areas["E07000106"].icb_2026
    areas["E07000106"] = areas["E07000106"].model_copy(update={"name": name})
    twice = replace(directory, areas=areas)
    monkeypatch.setattr(report_cli, "load_checked_directory", lambda _folder: twice)
    assert command("area", name, "-o", str(tmp_path / "x.html")) == 2
    assert (
        f"{areas['E07000106'].icb_2026_code} (icb), E07000106 (council)" in capsys.readouterr().err
    )
