"""`data inbox`: what came in, as lines to decide on."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path

import pytest

from mmhs_finder.channels.terminal.commands import main
from mmhs_finder.curation.suggestions import SETTING, Correction, CorrectionBox, read_suggestions
from mmhs_finder.hours import LONDON


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(SETTING, str(tmp_path))
    today = datetime.now(LONDON).date().isoformat()
    right = "It is 020 7946 0111"
    CorrectionBox().keep(tmp_path, Correction("willow", "phone", right, "used_it", "", today))
    return tmp_path


def test_it_lists_writes_and_deletes(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = tmp_path / "CHANGES.csv"
    assert main(["data", "inbox", "-o", str(changes)]) == 0
    said = capsys.readouterr().out
    (kept,) = read_suggestions(folder)
    assert "It is 020 7946 0111" in said and f"--done {kept.name}" in said
    with changes.open(encoding="utf-8-sig", newline="") as file:
        (line,) = csv.DictReader(file)
    assert (line["row"], line["column"], line["new"]) == ("willow", "phone", "020 7946 0111")
    assert main(["data", "inbox", "--done", kept.name]) == 0
    assert read_suggestions(folder) == []
    assert main(["data", "inbox", "--done", kept.name]) == 1
    assert main(["data", "inbox"]) == 0
    assert "Nothing has come in" in capsys.readouterr().out


def test_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(SETTING, raising=False)
    assert main(["data", "inbox"]) == 1
    assert SETTING in capsys.readouterr().err
    assert main(["data", "inbox", "--folder", str(tmp_path / "nowhere")]) == 1
    assert "There is no folder" in capsys.readouterr().err
