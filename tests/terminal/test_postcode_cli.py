"""`postcodes build` and `postcodes info`."""

from __future__ import annotations

import argparse
import io
from pathlib import Path

import pytest

from mmhs_finder.channels.terminal.postcodes import ProgressLine, add_arguments
from mmhs_finder.postcodes.building import making
from mmhs_finder.postcodes.index_file import CACHE_VARIABLE
from tests.unit.postcodes.table_source import TableSource

TABLE = (("CT1 2EH", 615146.0, 157812.0, "E07000106"), ("BT1 1AA", 1.0, 1.0, "N09000003"))


@pytest.fixture(autouse=True)
def small_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CACHE_VARIABLE, str(tmp_path))
    source = TableSource(TABLE, name="small", version="7")
    monkeypatch.setattr(making, "PackageSource", lambda: source)


def run(*words: str) -> int:
    parser = argparse.ArgumentParser()
    add_arguments(parser.add_subparsers())
    args = parser.parse_args(["postcodes", *words])
    return int(args.run(args))


def test_info_before_there_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("info") == 1
    assert "postcodes build" in capsys.readouterr().out


def test_build_then_info(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build") == 0
    assert "Built in" in capsys.readouterr().out
    assert run("build") == 0
    assert "up to date" in capsys.readouterr().out
    assert run("build", "--force") == 0
    assert "Built in" in capsys.readouterr().out
    assert run("info") == 0
    out = capsys.readouterr().out
    assert "small 7" in out
    assert "1 of Northern Ireland" in out


def test_build_from_a_zip_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("build", "--onspd", "nowhere.zip") == 1
    assert "There is no file nowhere.zip" in capsys.readouterr().err


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_progress_line_is_one_line_and_only_on_a_terminal() -> None:
    terminal, pipe = Terminal(), io.StringIO()
    for stream in (terminal, pipe):
        line = ProgressLine(stream)
        line(1, 2, "postcodes A")
        line(2, 2, "written")
        line.close()
    assert terminal.getvalue().count("\r") == 2
    assert terminal.getvalue().count("\n") == 1
    assert pipe.getvalue() == ""
