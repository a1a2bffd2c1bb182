"""What tests of rules are given: the made-up directory under the usual names.

The `conftest.py` of each folder of such tests imports them. In `tests/data/` the same names are the
real directory.
"""

from __future__ import annotations

import pytest

from mmhs_finder.answers.finding import Finder
from mmhs_finder.directory import Directory
from tests.breakable import BreakableCopy


@pytest.fixture(scope="session")
def directory(made_up_directory: Directory) -> Directory:
    return made_up_directory


@pytest.fixture(scope="session")
def finder(made_up_finder: Finder) -> Finder:
    return made_up_finder


@pytest.fixture
def copy(made_up_copy: BreakableCopy) -> BreakableCopy:
    return made_up_copy
