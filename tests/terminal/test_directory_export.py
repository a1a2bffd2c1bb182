"""`export directory`: what the site gives at `/download/`, and no file of anybody else's lost."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest

from mmhs_finder.channels.api.whole import README
from mmhs_finder.channels.terminal.commands import main
from mmhs_finder.render.files.data_package import NAME, PACKAGE


def export(output: Path | str) -> int:
    return main(["export", "directory", str(output)])


def test_a_folder_a_zip_and_the_json_hold_the_same(tmp_path, directory, capsys):
    folder, packed, whole = tmp_path / "a" / "b", tmp_path / "all.zip", tmp_path / "all.JSON"
    assert [export(each) for each in (folder, packed, whole)] == [0, 0, 0]
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert {README, PACKAGE, "services.csv"} <= {*files}
    with zipfile.ZipFile(io.BytesIO(packed.read_bytes())) as archive:
        assert {n: archive.read(n) for n in archive.namelist()} == files
    records = json.loads(whole.read_bytes())
    assert json.loads(files[PACKAGE])["name"] == records["name"] == NAME
    told = {*directory.services}
    assert {one["id"] for k in ("services", "closed_services") for one in records[k]} == told
    assert str(len(told)) in capsys.readouterr().err


def test_json_can_be_passed_on(capfdbinary):
    assert export("-") == 0
    assert json.loads(capfdbinary.readouterr().out)["services"]


def test_an_earlier_export_is_renewed_and_nothing_else_is_written_over(
    tmp_path, made_up_folder, capsys
):
    ours = tmp_path / "ours"
    assert export(ours) == 0
    (ours / "services.csv").write_text("old", encoding="utf-8")
    assert export(ours) == 0
    assert (ours / "services.csv").read_text(encoding="utf-8") != "old"
    theirs = tmp_path / "theirs"
    theirs.mkdir()
    for name in ("services.csv", PACKAGE):
        (theirs / name).write_text('{"name": "mine"}', encoding="utf-8")
    capsys.readouterr()
    assert export(theirs) == 2
    assert {path.name for path in theirs.iterdir()} == {"services.csv", PACKAGE}
    assert str(theirs) in capsys.readouterr().err


@pytest.mark.parametrize("name", ["file/below", "file"])
def test_where_it_cannot_write_it_says_so_in_one_line(tmp_path, capsys, name):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert export(tmp_path / name) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"
