"""The app's middleware and mounts around a stand-in for Streamlit, for tests without a browser."""

from __future__ import annotations

from pathlib import Path

import pytest
import streamlit
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from mmhs_finder.application import Application, IndexOpening
from mmhs_finder.channels.shell import assets
from mmhs_finder.channels.shell.asked import TakesOutTyped
from mmhs_finder.channels.shell.browser import NumbersBrowsers
from mmhs_finder.channels.shell.compressed import CompressedStatic
from mmhs_finder.channels.shell.doors import Doors, words_of
from mmhs_finder.channels.shell.headers import REFUSED_POLICY, SecurityHeaders
from mmhs_finder.channels.shell.index_page import APP_PAGES, IndexPage
from mmhs_finder.channels.shell.nearly import NearlyRight
from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.text.refusing import refusal_line, refused
from mmhs_finder.directory import Directory
from mmhs_finder.postcodes import PostcodeIndex
from mmhs_finder.render.addresses import here
from mmhs_finder.render.maps.shapes_files import ShapesFiles
from mmhs_finder.views.urgent import StripButton, StripView
from mmhs_finder.views.ways import WayView
from tests.made_up.fixtures import copy, directory, finder
from tests.shell.whole_site import WholeSite

__all__ = ["copy", "directory", "finder"]

INDEX = (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
PAGES = [
    *(f"/{path}" for path in site.PATHS.values()),
    "/text/",
    "/text/check",
    "/text/words",
    "/text/support",
    "/text/services",
    "/text/urgent",
    "/text/area/E07000106",
    "/text/service/harbour",
    "/text/coverage/midlands",
    "/text/changes",
]
"""Those of the app, and some of those without a script."""

_CALL = WayView("Call", "999", "tel:999")
ANY = ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

STRIP = StripView(
    "Urgent",
    StripButton("In danger?", _CALL, "in danger"),
    StripButton("", _CALL),
    "More",
    (),
    "",
    "All",
    "Always",
    (WayView("Ring", "116 123", "tel:116123"),),
)


async def _index(request: Request) -> Response:
    return HTMLResponse(INDEX, headers={"ETag": '"old"', "Cache-Control": "no-cache"})


async def _other_html(request: Request) -> Response:
    return HTMLResponse("<p>the text page</p>")


async def _plain(request: Request) -> Response:
    return PlainTextResponse("ok")


@pytest.fixture
def application(directory: Directory) -> Application:
    return Application(directory)


@pytest.fixture(scope="session")
def site(directory: Directory, index: PostcodeIndex) -> WholeSite:
    """All of it, as `app.py` puts it together."""
    made = Application(directory, IndexOpening(lambda _report: index))
    made.index.start().result()
    return WholeSite(made)


@pytest.fixture
def files(application: Application) -> ShapesFiles:
    return application.shapes_files


def app_around(application: Application) -> Starlette:
    """The whole, where the site stands now. As Streamlit does, what is inside answers every address
    with its first page."""
    ours = [*assets.routes(), Route(here("/text/"), _other_html)]

    def directory() -> Directory:
        return application.directory

    words = words_of(lambda status: refused(application, status), refusal_line, REFUSED_POLICY)
    app = Starlette(
        routes=[
            *ours,
            Route(here("/_stcore/health"), _plain, methods=ANY),
            Route(here("/{rest:path}"), _index, methods=ANY),
        ],
        middleware=[
            Middleware(SecurityHeaders),
            Middleware(NearlyRight, pages=lambda: PAGES, directory=directory),
            Middleware(TakesOutTyped, pages=APP_PAGES, directory=directory),
            Middleware(Doors, words=words, pages=APP_PAGES, ours=ours),
            Middleware(NumbersBrowsers),
            Middleware(CompressedStatic),
            Middleware(IndexPage, strip=lambda: STRIP),
        ],
    )
    app.state.application = application
    return app


@pytest.fixture
def client(application: Application) -> TestClient:
    return TestClient(app_around(application))
