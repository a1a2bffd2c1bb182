"""`python -m mmhs_finder data due`: what a curator reads, and the table."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from mmhs_finder.channels.terminal.commands import main
from mmhs_finder.channels.terminal.data.due import COLUMNS, WIDTH
from mmhs_finder.curation.due import by_provider, due
from mmhs_finder.directory import Directory
from mmhs_finder.directory.cells import parse_day
from mmhs_finder.directory.models import ServiceKind
from tests.made_up.folder import lay_out

DAY = "2026-11-24"
TODAY = parse_day(DAY)


def run(*more: str) -> int:
    return main(["data", "due", "--today", DAY, *more])


def heads(text: str) -> list[str]:
    return [line for line in text.splitlines() if line[:1].isdigit() and ". " in line[:5]]


def test_the_ten_that_matter_come_first_and_it_says_how_many_more(directory: Directory, capsys):
    found = due(directory, TODAY)
    assert run() == 0
    said = capsys.readouterr().out
    assert len(heads(said)) == 10
    for rank, (head, row) in enumerate(zip(heads(said), found, strict=False), start=1):
        assert head.startswith(f"{rank}. {row.name}"[:60])
        assert row.questions[0].words in said
    assert f"{len(found) - 10} more: --all shows them." in " ".join(said.split())


def test_it_can_be_read_at_a_hundred_columns(capsys):
    for by in ("row", "provider"):
        assert run("--all", "--by", by) == 0
        lines = capsys.readouterr().out.splitlines()
        assert not [x for x in lines if len(x) > WIDTH and not x.strip().startswith("Page:")]


def test_all_of_it_and_one_kind_only(directory: Directory, capsys):
    assert run("--all", "--kind", "mmhs") == 0
    rows = due(directory, TODAY, ServiceKind.MMHS)
    assert len(heads(capsys.readouterr().out)) == len(rows)
    assert run("--all", "--by", "provider", "--kind", "mmhs") == 0
    assert len(heads(capsys.readouterr().out)) == len(by_provider(rows))
    with pytest.raises(SystemExit):
        run("--kind", "MMHS")


def test_a_number_for_professionals_is_marked(directory: Directory, capsys):
    assert run("--all") == 0
    said = " ".join(capsys.readouterr().out.split())
    marked = [c for row in due(directory, TODAY) for c in row.contacts if c.for_professionals]
    assert marked
    for contact in marked:
        assert f"{contact.value} (for people who refer, never for parents" in said


def test_the_table_has_a_line_for_each_question_and_runs_nothing(
    directory: Directory, tmp_path: Path, capsys
):
    table = tmp_path / "due.csv"
    assert run("--csv", str(table)) == 0
    assert str(table) in capsys.readouterr().out.replace("\n", "")
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"), newline="")))
    assert tuple(rows[0]) == COLUMNS
    assert len(rows) == sum(len(row.questions) for row in due(directory, TODAY))
    assert not [cell for row in rows for cell in row.values() if cell[:1] in "=+-@" and cell]
    assert [row["rank"] for row in rows] == sorted((row["rank"] for row in rows), key=int)


def test_a_formula_in_a_name_is_a_text_in_the_table(tmp_path: Path):
    folder = lay_out(tmp_path / "data", small=True)
    text = (folder / "services.csv").read_text(encoding="utf-8")
    (folder / "services.csv").write_text(
        text.replace("Harbour,Harbour - Support", "=1+1,Harbour - Support"), encoding="utf-8"
    )
    table = tmp_path / "due.csv"
    assert run("--csv", str(table), str(folder)) == 0
    assert "'=1+1" in table.read_text(encoding="utf-8-sig")


def test_what_cannot_be_done_is_said_in_a_line(tmp_path: Path, capsys):
    folder = lay_out(tmp_path / "data", small=True)
    assert run(str(tmp_path / "none")) == 1
    assert "There is no folder" in capsys.readouterr().err
    before = (folder / "services.csv").read_bytes()
    assert run(str(folder), "--csv", str(folder / "services.csv")) == 1
    assert "Name another place" in capsys.readouterr().err
    assert (folder / "services.csv").read_bytes() == before
    assert run(str(folder), "--csv", str(tmp_path / "no" / "due.csv")) == 1
    assert "cannot be written" in capsys.readouterr().err
    (folder / "services.csv").write_text("no header\n", encoding="utf-8")
    assert run(str(folder)) == 1
    assert "services.csv" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["data", "due", "--today", "tomorrow"])
