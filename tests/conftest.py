"""Shared by all tests: the real directory and the real postcode index, opened once."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import pytest

from mmhs_finder.answers.finding import Finder
from mmhs_finder.directory import DATA, Directory, load_directory
from mmhs_finder.hours import LONDON
from mmhs_finder.postcodes import PostcodeIndex, open_index
from mmhs_finder.words import files
from tests.breakable import BreakableCopy
from tests.made_up.language import MADE_UP, Known, cells, make_language


@pytest.fixture(scope="session")
def directory() -> Directory:
    return load_directory()


@pytest.fixture(scope="session")
def index() -> PostcodeIndex:
    return open_index()


@pytest.fixture(scope="session")
def finder(directory: Directory, index: PostcodeIndex) -> Finder:
    return Finder(directory, index)


@pytest.fixture
def copy(tmp_path: Path) -> BreakableCopy:
    folder = tmp_path / "data"
    shutil.copytree(DATA, folder)
    return BreakableCopy(folder)


@pytest.fixture
def noon() -> datetime:
    return datetime(2026, 12, 25, 12, tzinfo=LONDON)


@pytest.fixture
def second_language(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A made-up language, spoken from then on. Returns its name."""
    make_language(tmp_path)
    monkeypatch.setattr(files, "ROOM", tmp_path)
    monkeypatch.setenv("MMHS_LANGUAGE", MADE_UP)
    return MADE_UP


@pytest.fixture(scope="session")
def known() -> Known:
    """What may be said in plain letters in the made-up language: the words of the directory."""
    return Known(cells())
