"""A changed directory takes the old one's place in one step, everywhere; a broken one does not."""

from __future__ import annotations

import gc
import logging
import os
import re
import shutil
import time
import weakref
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from mmhs_finder import application as module
from mmhs_finder.application import Application, IndexOpening, keep_for_a_run, open_application
from mmhs_finder.channels.shell import reload
from mmhs_finder.channels.shell.metrics import Metrics
from mmhs_finder.channels.shell.ours import our_routes
from mmhs_finder.channels.shell.reload import DataWatch
from mmhs_finder.channels.shell.stack import middleware
from mmhs_finder.channels.shell.stopping import Stopping
from mmhs_finder.channels.text.routes import routes as text_pages
from mmhs_finder.hours import LONDON
from mmhs_finder.postcodes import PostcodeIndex
from tests.breakable import BreakableCopy
from tests.made_up.changing import apply, change
from tests.made_up.folder import lay_out
from tests.shell.conftest import INDEX


async def _index(request: Request) -> Response:
    return HTMLResponse(INDEX)


class Site:
    """The routes of the app over a folder that a test may edit, without Streamlit."""

    def __init__(self, copy: BreakableCopy, index: PostcodeIndex) -> None:
        self.copy = copy
        self.application = Application(
            open_application(copy.folder).directory, IndexOpening(lambda _: index)
        )
        self.application.index.start().result()
        self.watch = DataWatch(copy.folder, newest=self.now, replace=self.take)
        self.stopping = Stopping()
        metrics = Metrics(self.now, self.watch.reloads)
        self.registry = metrics
        ours = our_routes(self.stopping, self.watch.reloads, metrics)
        app = Starlette(
            routes=[*ours, Route("/{rest:path}", _index)],
            middleware=middleware(self.application, ours, self.now),
        )
        self.client = TestClient(app, follow_redirects=False)

    def now(self) -> Application:
        return self.application

    def take(self, application: Application) -> None:
        self.application = application

    def text(self, path: str) -> str:
        return self.client.get(path, headers={"host": "example.org"}).text

    def changed(self) -> str:
        """What two looks find."""
        assert self.watch.look() == "unsettled"
        return self.watch.look()


@pytest.fixture
def copy(tmp_path: Path) -> BreakableCopy:
    """With a few councils only, which are checked ten times as fast."""
    return BreakableCopy(lay_out(tmp_path / "data", small=True))


@pytest.fixture
def site(copy: BreakableCopy, index: PostcodeIndex, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(reload, "settle", lambda: None)  # of a process full of tests: for seconds
    return Site(copy, index)


def test_what_has_not_changed_is_left_alone(site: Site) -> None:
    before = site.application
    assert site.watch.look() == "same"
    (site.copy.folder / "services.csv").touch()
    assert site.changed() == "same"
    assert site.application is before


def test_a_service_renamed_and_a_number_changed_are_told_everywhere(site: Site) -> None:
    services, lines = "services.csv", "national_support.csv"
    assert "Harbour" in site.text("/text/service/harbour")
    strip_before = site.text("/")
    row = site.copy.row_where(services, id="harbour")
    site.copy.set(services, row, "name", "Lighthouse")
    row = site.copy.row_where(lines, urgent_strip="listening_line")
    number = site.copy.rows(lines)[row - 1][site.copy.rows(lines)[0].index("phone")]
    site.copy.set(lines, row, "phone", "020 7946 0111")
    assert number in strip_before
    assert site.changed() == "replaced"
    assert "Lighthouse" in site.text("/text/service/harbour")
    assert "Lighthouse" in site.text("/text/services")
    assert "Lighthouse" in site.text("/text/area/E07000106")
    for page in ("/", "/text/", "/text/urgent/england"):
        assert "020 7946 0111" in site.text(page), page
        assert number not in site.text(page), page


def test_a_service_that_is_new_has_its_pages_and_one_that_is_gone_has_none(site: Site) -> None:
    assert "/text/service/harbour<" in site.text("/sitemap.xml")
    assert site.client.get("/text/Service/Harbour").status_code == 308
    for file in ("services.csv", "mmhs_criteria.csv", "service_areas.csv"):
        head = site.copy.rows(file)[0]
        at = head.index("id" if file == "services.csv" else "service_id")
        site.copy.change(
            file,
            lambda rows, at=at: rows.__setitem__(
                slice(1, None), [row for row in rows[1:] if row[at] != "harbour"]
            ),
        )
    gone = site.changed()
    if gone == "refused":  # the council that it served must then be named as one without
        gaps = site.copy.rows("area_gaps.csv")
        kind, area = gaps[0].index("kind"), gaps[0].index("area_code")
        model = next(row for row in gaps[1:] if row[kind] == "mmhs")
        served = _codes_without(site)
        site.copy.change(
            "area_gaps.csv",
            lambda rows: rows.extend(
                [[*model[:area], code, *model[area + 1 :]] for code in served]
            ),
        )
        gone = site.changed()
    assert gone == "replaced", site.watch.reloads
    assert site.client.get("/text/service/harbour").status_code == 404
    assert "/text/service/harbour<" not in site.text("/sitemap.xml")
    assert site.client.get("/text/Service/Harbour").status_code != 308


def _codes_without(site: Site) -> list[str]:
    before = site.application.directory
    return [area.code for area, _ in before.areas_of("harbour")]


def test_the_shapes_follow(site: Site) -> None:
    before = site.application.shapes_files.url("detail")
    row = 2
    name = site.copy.rows("places.csv")[0].index("name")
    site.copy.change("places.csv", lambda rows: rows[row - 1].__setitem__(name, "Newtown"))
    assert site.changed() == "replaced"
    after = site.application.shapes_files.url("detail")
    assert after != before
    assert "Newtown" in site.text(after)


def test_what_is_still_being_written_waits_until_it_is_done(site: Site) -> None:
    services = site.copy.folder / "services.csv"
    whole = services.read_text(encoding="utf-8")
    services.write_text(whole[: len(whole) // 2], encoding="utf-8")
    assert site.watch.look() == "unsettled"
    services.write_text(whole.replace("Harbour", "Lighthouse"), encoding="utf-8")
    assert site.watch.look() == "unsettled"
    assert site.watch.look() == "replaced"
    assert site.watch.reloads.refused == 0


def test_a_file_that_changes_while_it_is_checked_is_not_served(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    services = site.copy.folder / "services.csv"
    services.write_text(services.read_text().replace("Harbour", "Lighthouse"), encoding="utf-8")
    check = reload._checked

    def meanwhile(folder: Path):  # type: ignore[no-untyped-def]
        found = check(folder)
        services.write_text("half", encoding="utf-8")
        return found

    monkeypatch.setattr(reload, "_checked", meanwhile)
    assert site.watch.look() == "unsettled"
    assert site.watch.look() == "unsettled"
    assert "Harbour" in site.text("/text/service/harbour")


def test_a_broken_directory_is_refused_once_and_said(
    site: Site, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("mmhs_finder.events"), "propagate", True)
    before = site.application
    services = site.copy.folder / "services.csv"
    right = services.read_text(encoding="utf-8")
    services.write_text("garbage", encoding="utf-8")
    assert site.changed() == "refused"
    assert site.watch.look() == site.watch.look() == "same"
    assert site.application is before
    assert "Harbour" in site.text("/text/service/harbour")
    ready = site.client.get("/readyz")
    assert ready.status_code == 200, "old data answer, too"
    assert ready.json()["data"]["state"] == "refused"
    assert "data refused" in ready.json()["data"]["note"]
    assert str(site.copy.folder) not in ready.text
    said = [r for r in caplog.records if getattr(r, "event", "") == "data_refused"]
    assert len(said) == 1
    assert "services.csv" in said[0].fields["first"]  # type: ignore[attr-defined]
    services.write_text(right.replace("Harbour", "Lighthouse"), encoding="utf-8")
    assert site.changed() == "replaced"
    assert site.client.get("/readyz").json()["data"]["state"] == "served"


def test_putting_the_old_files_back_ends_the_refusal(site: Site) -> None:
    services = site.copy.folder / "services.csv"
    right = services.read_text(encoding="utf-8")
    services.write_text("garbage", encoding="utf-8")
    assert site.changed() == "refused"
    services.write_text(right, encoding="utf-8")
    assert site.changed() == "replaced"
    assert not site.watch.reloads.is_refused


def test_an_urgent_number_that_is_missing_is_refused(site: Site) -> None:
    lines = "national_support.csv"
    row = site.copy.row_where(lines, urgent_strip="text_line")
    site.copy.set(lines, row, "urgent_strip", "")
    assert site.changed() == "refused"
    assert "85258" in site.text("/")


def test_a_folder_that_is_gone_is_refused_and_one_that_is_told_of_is_taken_at_once(
    site: Site, tmp_path: Path
) -> None:
    aside = tmp_path / "aside"
    shutil.move(site.copy.folder, aside)
    assert site.changed() == "refused"
    services = aside / "services.csv"
    services.write_text(services.read_text().replace("Harbour", "Lighthouse"), encoding="utf-8")
    shutil.move(aside, site.copy.folder)
    assert site.watch.look(at_once=True) == "replaced"
    assert "Lighthouse" in site.text("/text/service/harbour")


def test_a_folder_swapped_by_a_link_is_seen(
    copy: BreakableCopy, index: PostcodeIndex, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reload, "settle", lambda: None)
    other = tmp_path / "other"
    shutil.copytree(copy.folder, other)
    services = other / "services.csv"
    services.write_text(services.read_text().replace("Harbour", "Lighthouse"), encoding="utf-8")
    link = tmp_path / "link"
    link.symlink_to(copy.folder)
    site = Site(BreakableCopy(link), index)
    new = tmp_path / "new"
    new.symlink_to(other)
    new.replace(link)
    assert site.changed() == "replaced"
    assert "Lighthouse" in site.text("/text/service/harbour")


def test_a_request_ends_with_what_it_began_with(site: Site, index: PostcodeIndex) -> None:
    """A route that asks twice is given the same, though another took its place in between."""
    seen: list[object] = []
    first = site.application

    async def route(request: Request) -> Response:
        seen.append(request.state.application)
        site.take(first.over(first.directory))
        seen.append(request.state.application)
        return Response()

    ours = [Route("/x", route)]
    app = Starlette(routes=ours, middleware=middleware(first, ours, site.now))
    TestClient(app).get("/x")
    assert seen == [first, first]
    TestClient(app).get("/x")
    assert seen[2] is seen[3] is not first


def test_a_run_of_a_page_ends_with_what_it_began_with(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Run:
        """Stands for one."""

    first, run = site.application, Run()
    second = first.over(first.directory)
    monkeypatch.setattr(module, "_served", first)
    monkeypatch.setattr(module, "_run_now", None)
    now: list[object | None] = [run]
    keep_for_a_run(lambda: now[0])
    assert module.served() is first
    module.replace_served(second)
    assert module.served() is first
    now[0] = Run()
    assert module.served() is second
    now[0] = None
    assert module.served() is second


def test_an_old_directory_is_not_kept(site: Site) -> None:
    """A process that is brought up to date every day must not grow by a directory a day."""
    old = weakref.ref(site.application.directory)
    site.copy.set("services.csv", 2, "provider", "Another NHS Trust")
    assert site.changed() == "replaced"
    gc.collect()
    assert old() is None


# --- the clock ------------------------------------------------------------------------------------


@pytest.mark.parametrize("year", [2001, 2100])
def test_a_clock_that_jumps_moves_open_now_and_nothing_else(
    site: Site, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    """Back or forward while a process lives: answers stand, and a changed directory is seen."""
    for at in (datetime(2026, 11, 22, 3, tzinfo=LONDON), datetime(year, 2, 28, 3, tzinfo=LONDON)):
        monkeypatch.setattr(time, "time", at.timestamp)
        site.application.coverage(at.date())
        routes = text_pages(site.application, lambda at=at: at)  # type: ignore[misc]
        page = TestClient(Starlette(routes=routes)).get("/text/area/E07000106")
        assert page.status_code == 200 and "Harbour" in page.text
    site.copy.set("services.csv", 2, "provider", "Another NHS Trust")
    assert site.changed() == "replaced"
    assert site.client.get("/readyz").status_code == 200


def test_nothing_that_waits_goes_by_the_clock_on_the_wall() -> None:
    """It may be put right while somebody waits. What only says when something was may ask it."""
    package = Path(reload.__file__).parents[2]
    asks = {
        path.name
        for path in package.rglob("*.py")
        if re.search(r"\btime\.time\(\)", path.read_text(encoding="utf-8"))
        and path.name != "xlsx_reader.py"  # `time()` of a cell's value
    }
    assert asks == {"reload.py"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_a_pipe_in_the_folder_is_not_read(tmp_path: Path) -> None:
    """Who reads one waits until somebody writes: the folder would never be looked at again."""
    (tmp_path / "a.csv").write_text("x")
    os.mkfifo(tmp_path / "b.csv")
    assert [name for name, *_ in reload._signature(tmp_path)] == ["a.csv"]


# --- changes of several files (`data apply`) ------------------------------------------------------

PHONE = change("services.csv", "harbour", "phone", "0161 496 0101", "0161 496 0102")
LOSS = change("mmhs_criteria.csv", "harbour", "loss", "yes", "unknown")


class _Dies(BaseException):
    pass


def _left_half(folder: Path, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Applies two changes and dies when one file is in its place. meanwhile: done just before."""

    def step(name: str) -> None:
        if name == "placed services.csv":
            meanwhile()
            raise _Dies

    with pytest.raises(_Dies):
        apply(folder, PHONE, LOSS, at_step=step)


def _served_by(site: Site) -> tuple[str, str]:
    directory = site.now().directory
    return directory.services["harbour"].phone, directory.criteria["harbour"].loss


OLD, NEW = ("0161 496 0101", "yes"), ("0161 496 0102", "unknown")


def test_a_change_that_was_interrupted_is_finished_and_served_whole(site: Site) -> None:
    _left_half(site.copy.folder)
    assert _served_by(site) == OLD
    site.watch.look()
    assert site.watch.look() == "replaced"
    assert _served_by(site) == NEW


def test_while_somebody_writes_several_files_nothing_is_read(site: Site) -> None:
    found: list[str] = []

    def look() -> None:
        for at_once in (False, False, True):
            found.append(site.watch.look(at_once=at_once))

    _left_half(site.copy.folder, look)
    assert found == ["unsettled"] * 3
    assert _served_by(site) == OLD


def test_half_a_change_that_cannot_be_finished_is_refused_until_somebody_has_decided(
    site: Site,
) -> None:
    folder = site.copy.folder
    _left_half(folder)
    criteria = folder / "mmhs_criteria.csv"
    before = criteria.read_bytes()
    criteria.write_bytes(before + b"\n")
    site.watch.look()
    assert site.watch.look() == "refused"
    assert _served_by(site) == OLD
    criteria.write_bytes(before)
    site.watch.look()
    assert site.watch.look() == "replaced"
    assert _served_by(site) == NEW


def test_a_folder_of_half_a_change_that_was_thrown_away_is_read_again(site: Site) -> None:
    folder = site.copy.folder
    _left_half(folder)
    criteria = folder / "mmhs_criteria.csv"
    criteria.write_bytes(criteria.read_bytes() + b"\n")
    site.watch.look()
    assert site.watch.look() == "refused"
    shutil.rmtree(folder / ".changing")
    site.watch.look()
    assert site.watch.look() == "replaced"
    assert _served_by(site) == ("0161 496 0102", "yes")
