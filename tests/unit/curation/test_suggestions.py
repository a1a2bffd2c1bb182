"""What is said stands in a file of its own: the day and what was said, and nothing else."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import asdict, replace
from datetime import date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.curation import suggestions as module
from mmhs_finder.curation.proposing import COLUMNS, proposals_csv, proposed, told
from mmhs_finder.curation.suggestions import (
    CannotKeep,
    Correction,
    CorrectionBox,
    KeptCorrection,
    delete_suggestion,
    drop_old,
    read_suggestions,
)
from mmhs_finder.directory import Directory
from mmhs_finder.hours import LONDON

SAID = Correction("harbour", "phone", "It is 020 7946 0111.", "used_it", "", "2026-11-30")


def test_a_file_says_what_was_said_and_the_day(tmp_path: Path) -> None:
    CorrectionBox().keep(tmp_path, SAID)
    (path,) = tmp_path.iterdir()
    assert json.loads(path.read_text(encoding="utf-8")) == asdict(SAID)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = datetime.fromtimestamp(path.stat().st_mtime, LONDON)
    assert (written.hour, written.minute, written.second) == (0, 0, 0), "no time of day"
    ((name, back),) = [(k.name, k.suggestion) for k in read_suggestions(tmp_path)]
    assert back == SAID
    assert delete_suggestion(tmp_path, name)
    assert not delete_suggestion(tmp_path, name)
    assert list(tmp_path.iterdir()) == []


def test_an_hour_has_a_limit_and_ends(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_AN_HOUR", 2)
    now = [0.0]
    box = CorrectionBox(clock=lambda: now[0])
    box.keep(tmp_path, SAID)
    box.keep(tmp_path, SAID)
    with pytest.raises(CannotKeep, match="often"):
        box.keep(tmp_path, SAID)
    now[0] = 3600.0
    box.keep(tmp_path, SAID)
    assert len(read_suggestions(tmp_path)) == 3


def test_a_full_folder_takes_no_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_FILES", 1)
    CorrectionBox().keep(tmp_path, SAID)
    with pytest.raises(CannotKeep, match="full"):
        CorrectionBox().keep(tmp_path, SAID)


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CannotKeep, match="folder"):
        CorrectionBox().keep(tmp_path / "nowhere", SAID)


def test_after_ninety_days_it_is_gone(tmp_path: Path) -> None:
    box = CorrectionBox()
    box.keep(tmp_path, SAID)
    broken = tmp_path / f"{'a' * 16}.json"
    broken.write_text("garbage")
    long_ago = datetime(2026, 11, 30, tzinfo=LONDON).timestamp()
    os.utime(broken, (long_ago, long_ago))
    other = tmp_path / "notes.txt"
    other.write_text("not ours")
    assert drop_old(tmp_path, date(2027, 2, 28)) == 0
    assert drop_old(tmp_path, date(2027, 3, 1)) == 2
    assert list(tmp_path.iterdir()) == [other]


@pytest.mark.parametrize("name", ["../x", "a/b", "", "*", "0" * 15, "x" * 16])
def test_no_name_leads_out_of_the_folder(tmp_path: Path, name: str) -> None:
    (tmp_path / "x.json").write_text("{}")
    inside = tmp_path / "inside"
    inside.mkdir()
    assert not delete_suggestion(inside, name)
    assert (tmp_path / "x.json").exists()


@given(st.binary(max_size=400))
def test_any_file_is_read_or_said_to_be_unreadable(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    folder = tmp_path_factory.mktemp("box")
    (folder / f"{'0' * 16}.json").write_bytes(content)
    (kept,) = read_suggestions(folder)
    assert kept.suggestion is None or isinstance(kept.suggestion, Correction)


def test_a_suggestion_is_a_change_to_decide_on(made_up_directory: Directory) -> None:
    line = proposed(KeptCorrection("n", SAID), made_up_directory)
    assert line is not None
    cells = dict(zip(COLUMNS, line.cells, strict=True))
    assert cells["file"] == "services.csv" and cells["row"] == "harbour"
    assert cells["old"] == made_up_directory.services["harbour"].phone
    assert cells["new"] == "020 7946 0111", "the number, out of the words around it"
    assert cells["confidence"] == "low" and SAID.right in cells["quote"]


@pytest.mark.parametrize(
    "said",
    [replace(SAID, entry=""), replace(SAID, entry="nobody"), replace(SAID, fact="anything"), None],
)
def test_what_is_about_no_row_is_told_and_proposed_nowhere(
    made_up_directory: Directory, said: Correction | None
) -> None:
    kept = KeptCorrection("n", said)
    assert proposed(kept, made_up_directory) is None
    assert told(kept, made_up_directory)


def test_a_curator_sees_screened_text(made_up_directory: Directory) -> None:
    personal = replace(SAID, right="Ring me at CT1 3NG on 07700 900123\x1b[2J, I lost my baby")
    kept = KeptCorrection("n", personal)
    line = proposed(kept, made_up_directory)
    assert line is not None
    for text in (told(kept, made_up_directory), proposals_csv([line]).decode("utf-8-sig")):
        assert "CT1 3NG" not in text and "07700" not in text and "\x1b" not in text
        assert "[taken out: postcode]" in text
    assert "may be personal" in told(kept, made_up_directory)


def test_no_cell_is_a_formula(made_up_directory: Directory) -> None:
    kept = KeptCorrection("n", replace(SAID, fact="name", right="=1+1"))
    line = proposed(kept, made_up_directory)
    assert line is not None
    assert ",=1+1" not in proposals_csv([line]).decode("utf-8-sig")
