"""The feed of the made-up directory, on a day that stands still."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.testclient import TestClient

from mmhs_finder.application import Application
from mmhs_finder.channels.open_referral.routes import routes
from mmhs_finder.channels.shell.headers import SecurityHeaders
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Criteria, NationalSupport, Service
from mmhs_finder.postcodes import PostcodeIndex
from mmhs_finder.render.open_referral.feed import Feed
from mmhs_finder.views.public import PublicDirectory
from tests.api.conftest import application_over, often_enough
from tests.made_up.records import SUNDAY_NIGHT, TODAY

AT = "/openreferral"


def feed_of(directory: Directory) -> Feed:
    return Feed(PublicDirectory(directory, TODAY))


def directory_of_rows(
    directory: Directory,
    services: Iterable[Service],
    lines: Iterable[NationalSupport],
    criteria: Iterable[Criteria] = (),
) -> Directory:
    """A directory with these rows only, on the map of another."""
    return replace(
        directory,
        services=MappingProxyType({row.id: row for row in services}),
        criteria=MappingProxyType({row.service_id: row for row in criteria}),
        service_areas=(),
        national=tuple(lines),
    )


def app_over(application: Application) -> Starlette:
    ours = routes(application, lambda: SUNDAY_NIGHT, often_enough())
    return Starlette(routes=ours, middleware=[Middleware(SecurityHeaders)])


def client_of(application: Application) -> TestClient:
    return TestClient(app_over(application), follow_redirects=False)


@pytest.fixture(scope="session")
def directory(made_up_directory: Directory) -> Directory:
    return made_up_directory


@pytest.fixture(scope="session")
def feed(directory: Directory) -> Feed:
    return feed_of(directory)


@pytest.fixture(scope="session")
def application(directory: Directory, index: PostcodeIndex) -> Application:
    return application_over(directory, index)


@pytest.fixture(scope="session")
def client(application: Application) -> TestClient:
    return client_of(application)
