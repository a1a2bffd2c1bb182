"""`export openreferral FOLDER`: the same records as files, and nobody's files written over."""

from __future__ import annotations

import json

import pytest

from mmhs_finder.channels.terminal import export
from mmhs_finder.channels.terminal.commands import main
from mmhs_finder.render.open_referral.folder import ABOUT, ABUSE, NAMES
from tests.made_up.records import TODAY
from tests.open_referral.schemas import KINDS

AT = f"{TODAY}T12:00"


@pytest.fixture(autouse=True)
def made_up(monkeypatch, application):
    monkeypatch.setattr(export, "open_application", lambda: application)


def run(folder) -> int:
    return main(["export", "openreferral", str(folder), "--at", AT])


def test_the_files_have_every_record_of_the_feed(tmp_path, feed, capsys):
    folder = tmp_path / "new" / "feed"
    assert run(folder) == 0
    assert str(folder) in capsys.readouterr().out
    assert {path.name for path in folder.iterdir()} == {*NAMES}
    found = {name: json.loads((folder / name).read_text(encoding="utf-8")) for name in NAMES}
    for kind in KINDS:
        assert found[f"{kind}.json"] == [*getattr(feed, kind).listed]
    assert found[ABUSE] == [*feed.services.apart]
    assert found[ABOUT]["day"] == str(TODAY)
    assert found[ABOUT]["licence"]


def test_it_writes_over_its_own_files_and_clears_what_was_left(tmp_path):
    assert run(tmp_path) == 0
    whole = {name: (tmp_path / name).read_bytes() for name in NAMES}
    (tmp_path / "services.json").write_text("[]", encoding="utf-8")
    (tmp_path / ABOUT).unlink()
    (tmp_path / ".unfinished-x1").write_text("half", encoding="utf-8")
    assert run(tmp_path) == 0
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == whole


def other_file(folder):
    (folder / "thesis.docx").write_text("mine", encoding="utf-8")


def a_folder_of_its_name(folder):
    (folder / "services.json").mkdir()


def a_way_out(folder):
    (folder.parent / "elsewhere.json").write_text("mine", encoding="utf-8")
    (folder / "services.json").symlink_to(folder.parent / "elsewhere.json")


@pytest.mark.parametrize("fill", [other_file, a_folder_of_its_name, a_way_out])
def test_a_folder_with_anything_else_is_left_as_it_is(tmp_path, capsys, fill):
    folder = tmp_path / "theirs"
    folder.mkdir()
    fill(folder)
    before = sorted(folder.iterdir())
    assert run(folder) == export.BAD_INPUT
    assert "Nothing was written" in capsys.readouterr().err
    assert sorted(folder.iterdir()) == before
    outside = tmp_path / "elsewhere.json"
    assert not outside.exists() or outside.read_text(encoding="utf-8") == "mine"


def test_a_file_is_no_folder(tmp_path, capsys):
    path = tmp_path / "file"
    path.write_text("mine", encoding="utf-8")
    assert run(path) == export.BAD_INPUT
    assert "is no folder" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "mine"


def test_while_it_is_written_the_last_file_is_not_there(tmp_path, monkeypatch, capsys):
    """Who takes it away can see that it is not whole."""
    assert run(tmp_path) == 0

    def full(*_given, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export, "write_in_one_step", full)
    assert run(tmp_path) == 1
    assert "No space left on device" in capsys.readouterr().err
    assert not (tmp_path / ABOUT).exists()


def test_a_moment_that_is_none_is_refused_before_anything_is_written(tmp_path, capsys):
    folder = tmp_path / "feed"
    assert main(["export", "openreferral", str(folder), "--at", "soon"]) == export.BAD_INPUT
    assert capsys.readouterr().err
    assert not folder.exists()
