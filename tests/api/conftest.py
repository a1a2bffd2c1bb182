"""The interface for programs on the made-up directory, at a moment that stands still."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from mmhs_finder.answers.finding import Finder
from mmhs_finder.application import Application, IndexOpening
from mmhs_finder.channels.api.rates import Often, Rates
from mmhs_finder.channels.api.routes import routes
from mmhs_finder.channels.shell.headers import SecurityHeaders
from mmhs_finder.directory import Directory
from mmhs_finder.postcodes import PostcodeIndex
from tests.made_up.records import SUNDAY_NIGHT

V1 = "/api/v1"
CANTERBURY = "E07000106"
OPENED = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
"""How a browser asks when somebody opens an address."""

Clients = Callable[..., TestClient]


def often_enough() -> Rates:
    """For tests of anything else."""
    return Rates(Often(10**6, 10**6), Often(10**6, 10**6))


def client_of(
    application: Application, at: datetime = SUNDAY_NIGHT, rates: Rates | None = None, **options
) -> TestClient:
    ours = routes(application, lambda: at, rates or often_enough(), **options)
    app = Starlette(routes=ours, middleware=[Middleware(SecurityHeaders)])
    return TestClient(app, follow_redirects=False)


def application_over(directory: Directory, index: PostcodeIndex) -> Application:
    made = Application(directory, IndexOpening(lambda _report: index))
    made.index.result()
    return made


@pytest.fixture(scope="session")
def directory(made_up_directory: Directory) -> Directory:
    return made_up_directory


@pytest.fixture(scope="session")
def finder(made_up_finder: Finder) -> Finder:
    return made_up_finder


@pytest.fixture(scope="session")
def application(directory: Directory, index: PostcodeIndex) -> Application:
    return application_over(directory, index)


@pytest.fixture(scope="session")
def client(application: Application) -> TestClient:
    """At three o'clock on a Sunday night."""
    return client_of(application)


@pytest.fixture(scope="session")
def client_at(application: Application) -> Clients:
    return lambda at, **options: client_of(application, at, **options)


@pytest.fixture(scope="session")
def addresses(directory: Directory) -> list[str]:
    """An address of each kind that may be read."""
    closed = next(s.id for s in directory.services.values() if s.status == "closed")
    return [
        f"{V1}/areas",
        f"{V1}/areas/{CANTERBURY}",
        f"{V1}/areas/{CANTERBURY}/answer",
        f"{V1}/services",
        f"{V1}/services?status=closed",
        f"{V1}/services/{next(iter(directory.services))}",
        f"{V1}/services/{closed}",
        f"{V1}/national-support",
        f"{V1}/coverage",
        f"{V1}/changes",
        f"{V1}/version",
        "/api/openapi.json",
        "/api",
    ]
