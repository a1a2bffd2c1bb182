"""What the pages are served from in tests: the real directory, as `app.py` would hand it down."""

from __future__ import annotations

import pytest

from mmhs_finder.application import Application, serve
from mmhs_finder.directory import Directory


@pytest.fixture(scope="session", autouse=True)
def application(directory: Directory) -> Application:
    return serve(Application(directory))
