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
from tests.breakable import BreakableCopy


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves the audits out unless somebody asks for them: `-m audit`, or their folder by name."""
    by_name = any("audit" in Path(argument.partition("::")[0]).parts for argument in config.args)
    if by_name or "audit" in config.getoption("markexpr"):
        return
    audits = [item for item in items if "audit" in item.keywords]
    if audits:
        config.hook.pytest_deselected(items=audits)
        items[:] = [item for item in items if "audit" not in item.keywords]


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
