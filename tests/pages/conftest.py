"""What the pages are served from in tests: the made-up directory, handed down as `app.py` does it.

So an edit of `data/` turns no test of a page red. On the real directory the pages are driven in a
browser (`tests/browser`).
"""

from __future__ import annotations

import pytest

from mmhs_finder.answers.finding import Finder
from mmhs_finder.application import Application, IndexOpening, serve
from mmhs_finder.directory import Directory
from mmhs_finder.postcodes import PostcodeIndex


@pytest.fixture(scope="session")
def directory(made_up_directory: Directory) -> Directory:
    return made_up_directory


@pytest.fixture(scope="session")
def finder(application: Application) -> Finder:
    return application.finder


@pytest.fixture(scope="session", autouse=True)
def application(directory: Directory, index: PostcodeIndex) -> Application:
    return serve(Application(directory, IndexOpening(lambda _report: index)))
