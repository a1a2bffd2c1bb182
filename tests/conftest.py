"""Shared by all tests: the real directory and the real postcode index, opened once."""

from __future__ import annotations

import pytest

from mmhs_finder.answers.finding import Finder
from mmhs_finder.directory import Directory, load_directory
from mmhs_finder.postcodes import PostcodeIndex, open_index


@pytest.fixture(scope="session")
def directory() -> Directory:
    return load_directory()


@pytest.fixture(scope="session")
def index() -> PostcodeIndex:
    return open_index()


@pytest.fixture(scope="session")
def finder(directory: Directory, index: PostcodeIndex) -> Finder:
    return Finder(directory, index)
