"""The pages without a script, on the made-up directory, at a moment that stands still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from mmhs_finder.answers.finding import Finder
from mmhs_finder.application import Application, IndexOpening
from mmhs_finder.channels.shell.headers import SecurityHeaders
from mmhs_finder.channels.text.routes import routes
from mmhs_finder.directory import Directory
from mmhs_finder.postcodes import PostcodeIndex
from tests.made_up.records import SUNDAY_NIGHT

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
Clients = Callable[..., TestClient]


def client_of(application: Application, at: datetime = SUNDAY_NIGHT) -> TestClient:
    app = Starlette(
        routes=routes(application, lambda: at), middleware=[Middleware(SecurityHeaders)]
    )
    return TestClient(app, follow_redirects=False)


@pytest.fixture(scope="session")
def directory(made_up_directory: Directory) -> Directory:
    return made_up_directory


@pytest.fixture(scope="session")
def finder(made_up_finder: Finder) -> Finder:
    return made_up_finder


@pytest.fixture(scope="session")
def application(directory: Directory, index: PostcodeIndex) -> Application:
    made = Application(directory, IndexOpening(lambda _report: index))
    made.index.result()
    return made


@pytest.fixture(scope="session")
def client(application: Application) -> TestClient:
    """At three o'clock on a Sunday night."""
    return client_of(application)


@pytest.fixture(scope="session")
def client_at(application: Application) -> Clients:
    return lambda at: client_of(application, at)


@pytest.fixture(scope="session")
def dated(directory: Directory, finder: Finder) -> str:
    """A council whose service has a time limit: there it is asked when it happened."""
    for code in directory.areas:
        found = finder.find(finder.council(code)).mmhs
        if any(m.criteria and m.criteria.max_months_since_event for m in found):
            return code
    pytest.fail("no service has a time limit")
