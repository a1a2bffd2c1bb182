"""One application a process: what was checked is what is served, and what is dear is made once."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path

import pytest
from markupsafe import Markup
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient
from streamlit.testing.v1 import AppTest

from mmhs_finder import application as module
from mmhs_finder.answers.urgent import MissingUrgentNumber
from mmhs_finder.application import Application, IndexOpening, open_application, serve, served
from mmhs_finder.channels.shell.stack import middleware
from mmhs_finder.directory import BrokenDirectory, Directory
from mmhs_finder.postcodes import IndexProblem, PostcodeIndex
from tests.breakable import BreakableCopy
from tests.pages.test_pages import page_text, start

ROOT = Path(__file__).parents[2]
WAIT = 30  # seconds


@pytest.fixture
def folder(copy: BreakableCopy) -> Path:
    """A directory that a test may edit."""
    return copy.folder


@pytest.fixture
def nothing_served(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_served", None)


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


# --- the directory --------------------------------------------------------------------------------


@pytest.mark.usefixtures("nothing_served")
def test_the_directory_that_was_checked_is_the_one_that_visitors_get(folder: Path) -> None:
    application = serve(open_application(folder))
    edit(folder, "services.csv", "Harbour", "Never checked")
    (folder / "areas_detail.geojson").write_text("no map", encoding="utf-8")
    (folder / "areas_overview.geojson").unlink()
    app: AppTest = start(area="E07000106")
    text = page_text(app)
    assert "Harbour" in text and "Never checked" not in text
    assert application.directory.shapes(detail=False)["features"]


def test_no_application_is_made_over_a_directory_with_mistakes(folder: Path) -> None:
    edit(folder, "services.csv", "https://", "htps://")
    with pytest.raises(BrokenDirectory, match=r"services\.csv"):
        open_application(folder)
    assert open_application(folder, checked=False).directory.services


def test_an_urgent_number_that_is_missing_is_said_before_anything_is_served(folder: Path) -> None:
    edit(folder, "national_support.csv", "text_line", "")
    with pytest.raises(MissingUrgentNumber):
        middleware(open_application(folder, checked=False))


# --- handing it down ------------------------------------------------------------------------------


@pytest.mark.usefixtures("nothing_served")
def test_without_an_application_it_is_said_how_to_get_one() -> None:
    with pytest.raises(RuntimeError, match=r"streamlit run app\.py"):
        served()


@pytest.mark.usefixtures("nothing_served")
def test_a_process_serves_from_one_application(directory: Directory) -> None:
    first = serve(Application(directory))
    assert serve(first) is served() is first
    with pytest.raises(RuntimeError, match="another application"):
        serve(Application(directory))


def test_routes_find_the_application_in_the_state_of_the_app(directory: Directory) -> None:
    application = Application(directory)
    seen: list[object] = []

    async def route(request: Request) -> Response:
        seen.append(request.app.state.application)
        return PlainTextResponse("")

    routes = [Route("/x", route)]
    app = Starlette(routes=routes, middleware=middleware(application, routes))
    TestClient(app).get("/x")
    assert seen == [application]


@pytest.mark.slow
def test_the_app_loads_the_directory_once(made_up_folder: Path) -> None:
    """In a process of its own, from `app.py` to a page: every later load would be unchecked."""
    code = """
import sys
from collections import Counter
from pathlib import Path
opened = Counter()
sys.addaudithook(lambda name, args: opened.update([str(args[0])]) if name == "open" else None)
import app
from streamlit.testing.v1 import AppTest
page = AppTest.from_file("mmhs_finder/channels/streamlit/router.py", default_timeout=60)
page.query_params["area"] = "E07000106"
at_start = {n: c for n, c in opened.items() if n.endswith(("services.csv", ".geojson"))}
assert not page.run().exception
after = {n: c for n, c in opened.items() if n.endswith(("services.csv", ".geojson"))}
assert at_start and after == at_start, (at_start, after)
"""
    here = {**os.environ, "MMHS_DATA_DIR": str(made_up_folder)}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=here, check=True, timeout=120)


# --- once -----------------------------------------------------------------------------------------


def test_what_is_dear_is_made_once_for_all_and_anew_for_another_day(directory: Directory) -> None:
    made: list[date] = []

    def make(application: Application, day: date) -> Markup:
        assert application.directory is directory
        made.append(day)
        return Markup(day.isoformat())

    application = Application(directory)
    first, second = date(2026, 11, 22), date(2026, 11, 23)
    threads = [threading.Thread(target=application.once, args=(make, first)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT)
    assert application.once(make, first) is application.once(make, first)
    assert made == [first]
    assert application.once(make, second) == "2026-11-23"
    assert made == [first, second]


def test_one_thing_may_be_made_of_another(directory: Directory, index: PostcodeIndex) -> None:
    application = Application(directory, IndexOpening(lambda _: index))
    assert application.once(lambda a: a.finder) is application.finder
    assert application.finder.directory is directory


# --- the index ------------------------------------------------------------------------------------


def test_the_index_opens_in_the_background_and_says_how_far_it_is(index: PostcodeIndex) -> None:
    goes_on = threading.Event()

    def slowly(report):  # type: ignore[no-untyped-def]
        report(1, 4, "words")
        goes_on.wait(WAIT)
        return index

    opening = IndexOpening(slowly)
    attempt = opening.start()
    assert opening.start() is attempt
    assert not attempt.finished_within(0.05)
    assert attempt.share in (0.0, 0.25)
    goes_on.set()
    assert opening.result() is index
    assert attempt.finished_within(0) and attempt.share == 0.25 and not attempt.failed


def test_what_keeps_the_index_from_opening_is_logged_and_tried_again(
    index: PostcodeIndex, caplog: pytest.LogCaptureFixture
) -> None:
    found = iter([IndexProblem("no room"), index])

    def sometimes(_report):  # type: ignore[no-untyped-def]
        one = next(found)
        if isinstance(one, Exception):
            raise one
        return one

    opening = IndexOpening(sometimes)
    attempt = opening.start()
    assert attempt.finished_within(WAIT) and attempt.failed
    with pytest.raises(IndexProblem, match="no room"):
        opening.result()
    assert opening.start().result() is index
    assert opening.result() is index
    assert "no room" in caplog.text


def test_where_nobody_started_it_the_index_opens_for_who_asks_and_raises(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def never(_report):  # type: ignore[no-untyped-def]
        raise IndexProblem("no room")

    with caplog.at_level(logging.DEBUG), pytest.raises(IndexProblem, match="no room"):
        IndexOpening(never).result()
    assert not caplog.text, "a command says it in its own way"
