"""Shared by all tests: the made-up directory, the real one, and the postcode index, opened once.

Rules are tested on the made-up directory. The real one is for `tests/data/` alone.
"""

from __future__ import annotations

import shutil
from collections.abc import Generator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from mmhs_finder.answers.finding import Finder
from mmhs_finder.directory import DATA, Directory, load_directory
from mmhs_finder.hours import LONDON
from mmhs_finder.postcodes import PostcodeIndex, open_index
from mmhs_finder.words import files
from tests.breakable import BreakableCopy
from tests.made_up.folder import lay_out
from tests.made_up.guard import is_of_rules, no_real_services, watched
from tests.made_up.language import MADE_UP, Known, cells, make_language

# How long an example takes is about the machine: `benchmarks/` measure time, no test does.
settings.register_profile("ours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("ours")


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """What a file of rules reads while it is collected, it reads for every test in it."""
    if not is_of_rules(collector.path):
        return (yield)
    with watched():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    if not is_of_rules(item.path):
        return (yield)
    with no_real_services():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    if not is_of_rules(item.path):
        return (yield)
    with no_real_services():
        return (yield)


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
def made_up_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up directory as files. For reading: `made_up_copy` is a test's own."""
    return lay_out(tmp_path_factory.mktemp("made_up") / "data")


@pytest.fixture(scope="session")
def made_up_directory(made_up_folder: Path) -> Directory:
    return load_directory(made_up_folder)


@pytest.fixture(scope="session")
def made_up_finder(made_up_directory: Directory, index: PostcodeIndex) -> Finder:
    """Real postcodes lead to made-up services."""
    return Finder(made_up_directory, index)


@pytest.fixture
def made_up_copy(tmp_path: Path) -> BreakableCopy:
    """The made-up directory in a folder that a test may break."""
    return BreakableCopy(lay_out(tmp_path / "data"))


@pytest.fixture(scope="session")
def real_directory() -> Directory:
    return load_directory()


@pytest.fixture(scope="session")
def directory(real_directory: Directory) -> Directory:
    return real_directory


@pytest.fixture(scope="session")
def index() -> PostcodeIndex:
    return open_index()


@pytest.fixture(scope="session")
def finder(real_directory: Directory, index: PostcodeIndex) -> Finder:
    """Not of `directory`: a folder that has another one would leave its own to all that follow."""
    return Finder(real_directory, index)


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
def known(made_up_folder: Path) -> Known:
    """What may be said in plain letters in the made-up language: the words of the directory."""
    return Known((*cells(made_up_folder), *cells(DATA / "facts")))
