"""The search for other people's pages, on the made-up directory, within all that stands around."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mmhs_finder.application import Application
from mmhs_finder.channels.embed.routes import routes
from mmhs_finder.channels.shell.compressed import CompressedStatic
from mmhs_finder.channels.shell.embedding import EMBED_HOSTS
from mmhs_finder.channels.shell.stack import middleware
from mmhs_finder.channels.text.addresses import SETTING
from mmhs_finder.channels.text.routes import routes as text_pages
from mmhs_finder.directory import Directory
from mmhs_finder.postcodes import PostcodeIndex
from mmhs_finder.render.addresses import here
from tests.api.conftest import application_over
from tests.made_up.records import SUNDAY_NIGHT

SITE = "https://finder.example.org"
HUB = "https://familyhub.example.org"
CANTERBURY = "E07000106"
OPENED = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
"""How a browser asks when somebody opens an address."""

Whole = Callable[[], TestClient]


@pytest.fixture(scope="session")
def directory(made_up_directory: Directory) -> Directory:
    return made_up_directory


@pytest.fixture(scope="session")
def application(directory: Directory, index: PostcodeIndex) -> Application:
    return application_over(directory, index)


@pytest.fixture
def whole(application: Application, monkeypatch: pytest.MonkeyPatch) -> Whole:
    """Makes a client of the site as the settings are then. It is known as `SITE`; nobody may frame
    it. Streamlit's own files are left as they are: to compress them takes seconds each time."""
    monkeypatch.setenv(SETTING, SITE)
    monkeypatch.delenv(EMBED_HOSTS, raising=False)

    def make() -> TestClient:
        ours = [*routes(), *text_pages(clock=lambda: SUNDAY_NIGHT)]
        around = [one for one in middleware(application, ours) if one.cls is not CompressedStatic]
        app = Starlette(routes=ours, middleware=around)
        return TestClient(app, f"{SITE}{here('/')}", headers=OPENED, follow_redirects=False)

    return make


@pytest.fixture
def client(whole: Whole) -> TestClient:
    return whole()


def codes(page: str) -> tuple[str, str]:
    """The code of the form and that of the frame, as somebody copies them from the page."""
    form, frame = re.findall(r"<textarea[^>]*>\n(.*?)</textarea>", page, re.DOTALL)
    return unescape(form), unescape(frame)
