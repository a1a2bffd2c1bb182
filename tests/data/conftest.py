"""The directories of which the properties must hold: the real one, and the same after each of the
five ordinary edits (`tests/edits.py`)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from mmhs_finder.answers.finding import Finder
from mmhs_finder.directory import DATA, Directory, load_directory
from mmhs_finder.postcodes import PostcodeIndex
from tests.breakable import BreakableCopy
from tests.edits import EDITS

REAL = "the real one"


@pytest.fixture(scope="session", params=[REAL, *EDITS])
def folder(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if request.param == REAL:
        return DATA
    copy = tmp_path_factory.mktemp("edited") / "data"
    shutil.copytree(DATA, copy, ignore=shutil.ignore_patterns("history"))
    EDITS[request.param](BreakableCopy(copy))
    return copy


@pytest.fixture(scope="session")
def directory(folder: Path) -> Directory:
    return load_directory(folder)


@pytest.fixture(scope="session")
def finder(directory: Directory, index: PostcodeIndex) -> Finder:
    return Finder(directory, index)
