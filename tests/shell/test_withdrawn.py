"""What is withdrawn leaves every process that serves the folder, whatever else is wrong in it."""

from __future__ import annotations

import asyncio
import logging
import os
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest

from mmhs_finder.channels.shell import redrawing, reload
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.history import snapshot_of
from mmhs_finder.coverage.snapshots import FOLDER, keep
from mmhs_finder.curation.withdrawing import restore, withdraw
from mmhs_finder.directory import BrokenDirectory, Directory, load_directory
from mmhs_finder.directory.models import Service, Status
from mmhs_finder.directory.withdrawn import FILE
from mmhs_finder.postcodes import PostcodeIndex
from mmhs_finder.render.files.coverage_history import CSV_AT, JSON_AT
from mmhs_finder.words import say
from tests.breakable import BreakableCopy
from tests.made_up.folder import lay_out
from tests.shell.test_reload import Site

DAY = date(2026, 11, 30)
WHY = "it rings in a shop"
AREA = "/text/area/E07000106"
SERVICE = "/text/service/harbour"


@pytest.fixture
def copy(tmp_path: Path) -> BreakableCopy:
    return BreakableCopy(lay_out(tmp_path / "data", small=True))


@pytest.fixture
def site(copy: BreakableCopy, index: PostcodeIndex, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr(reload, "settle", lambda: None)
    return Site(copy, index)


def out(site: Site, row: str, column: str = "") -> None:
    withdraw(site.copy.folder, row, column, because=WHY, today=DAY)


def number(site: Site, key: str) -> str:
    return load_directory(site.copy.folder).services[key].phone


def holds(site: Site, path: str, digits: str) -> bool:
    return re.sub(r"\D", "", digits) in re.sub(r"[^\d<]", "", site.text(path))


def test_two_processes_over_one_folder_follow_at_the_first_look(
    site: Site, index: PostcodeIndex
) -> None:
    other = Site(site.copy, index)
    digits = number(site, "willow")
    pages = (f"/text/service/{'willow'}", "/text/sheet/willow", "/text/referral/willow")
    assert all(holds(each, page, digits) for each in (site, other) for page in pages)
    out(site, "willow", "phone")
    for each in (site, other):
        assert each.watch.withdraw() == "replaced"
        assert not any(holds(each, page, digits) for page in pages)
        assert each.client.get("/readyz").json()["data"]["withdrawn"] == 1
        assert each.watch.look() == "same", "nothing is read again for it"
    restore(site.copy.folder, "willow", "phone", today=DAY)
    for each in (site, other):
        assert each.watch.look() == "replaced"
        assert all(holds(each, page, digits) for page in pages)


def test_it_does_not_wait_for_the_other_files_to_be_right(site: Site) -> None:
    digits = number(site, "willow")
    (site.copy.folder / "services.csv").write_text("garbage", encoding="utf-8")
    assert site.changed() == "refused"
    withdraw(site.copy.folder, "willow", "phone", because=WHY, today=DAY, file="services.csv")
    assert site.watch.withdraw() == "replaced"
    assert not holds(site, "/text/service/willow", digits)
    assert site.client.get("/readyz").json()["data"]["state"] == "refused"


def test_it_stays_out_when_the_directory_is_brought_up_to_date(site: Site) -> None:
    digits = number(site, "willow")
    out(site, "willow", "phone")
    assert site.watch.look() == "replaced"
    row = site.copy.row_where("services.csv", id="willow")
    site.copy.set("services.csv", row, "name", "Poplar")
    assert site.changed() == "replaced"
    text = site.text("/text/service/willow")
    assert "Poplar" in text
    assert not holds(site, "/text/service/willow", digits)
    site.copy.set("services.csv", row, "phone", "020 7946 0777")
    assert site.changed() == "replaced"
    assert holds(site, "/text/service/willow", "020 7946 0777"), "the right number is shown"


def test_a_service_that_is_out_says_so_at_its_own_address_and_nowhere_else(site: Site) -> None:
    name = site.application.directory.services["harbour"].name
    assert f">{name}<" in site.text(AREA)
    out(site, "harbour")
    assert site.watch.look() == "replaced"
    for path in (SERVICE, "/text/sheet/harbour", "/text/referral/harbour"):
        gone = site.client.get(path)
        assert gone.status_code == 410
        assert say("text_pages.taken_out") in gone.text
        assert "999" in gone.text
        assert gone.headers["cache-control"] == "no-store"
    assert f">{name}<" not in site.text(AREA)
    assert "while we check it" in site.text(AREA)
    assert say("verdict.none_by") not in site.text(AREA), "we do know of one"
    assert "service/harbour<" not in site.text("/sitemap.xml")
    assert 'service/harbour"' not in site.text("/text/services")


def test_a_page_may_be_kept_for_less_than_a_minute(site: Site) -> None:
    kept = site.client.get("/text/services").headers["cache-control"]
    seconds = int(kept.rpartition("=")[2])
    assert seconds + reload.LONGEST_WAIT < 60


@pytest.mark.parametrize("what", ["garbage", "gone", "urgent"])
def test_what_was_out_stays_out_when_the_file_cannot_be_followed(
    site: Site, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    monkeypatch.setattr(logging.getLogger("mmhs_finder.events"), "propagate", True)
    digits = number(site, "willow")
    out(site, "willow", "phone")
    assert site.watch.look() == "replaced"
    path = site.copy.folder / FILE
    right = path.read_bytes()
    if what == "garbage":
        path.write_bytes(b"\x00\xff garbage")
    elif what == "gone":
        path.unlink()
    else:
        path.write_bytes(right + b"2026-11-30,,,phone,999,by hand,\r\n")
    assert site.watch.withdraw() == site.watch.withdraw() == "refused"
    assert not holds(site, "/text/service/willow", digits)
    assert "999" in site.text("/")
    ready = site.client.get("/readyz")
    assert ready.status_code == 200
    assert "stays out" in ready.json()["data"]["withdrawing"]
    assert str(site.copy.folder) not in ready.text
    said = [r for r in caplog.records if getattr(r, "event", "") == "withdrawing_fails"]
    assert len(said) == 1
    path.write_bytes(right)
    assert site.watch.withdraw() == "same"
    assert "withdrawing" not in site.client.get("/readyz").json()["data"]


def test_a_process_starts_without_what_is_out_and_not_on_a_file_it_cannot_read(
    copy: BreakableCopy,
) -> None:
    withdraw(copy.folder, "willow", "phone", because=WHY, today=DAY)
    assert load_directory(copy.folder).services["willow"].phone == ""
    (copy.folder / FILE).write_text("garbage", encoding="utf-8")
    with pytest.raises(BrokenDirectory, match=r"withdrawn\.csv"):
        load_directory(copy.folder)


def test_open_pages_are_drawn_again_once_what_is_being_drawn_is_done(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    drawn: list[str] = []
    busy = {"b": 2}

    def draw(visit: str) -> bool:
        if busy.get(visit, 0):
            busy[visit] -= 1
            return False
        drawn.append(visit)
        return True

    monkeypatch.setattr(redrawing, "connected_visits", lambda: ["a", "b", "c"])
    monkeypatch.setattr(redrawing, "draw_again", draw)
    monkeypatch.setattr(redrawing, "_USUAL_PAUSE", 0)
    monkeypatch.setattr(redrawing, "_BETWEEN_TRIES", 0)
    asyncio.run(redrawing.draw_pages_again())
    assert drawn == ["a", "c", "b"]


def test_no_visit_and_a_streamlit_that_has_changed_do_no_harm(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(redrawing, "connected_visits", list)
    asyncio.run(redrawing.draw_pages_again())

    def changed() -> list[str]:
        raise AttributeError("list_active_sessions")

    monkeypatch.setattr(redrawing, "connected_visits", changed)
    asyncio.run(redrawing.draw_pages_again())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no such pipes")
def test_a_pipe_in_place_of_the_file_keeps_nobody_waiting(site: Site) -> None:
    os.mkfifo(site.copy.folder / FILE)
    assert site.watch.withdraw() == "refused"


def test_a_service_that_is_out_leaves_what_is_told_over_time_at_the_next_look(
    copy: BreakableCopy, index: PostcodeIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reload, "settle", lambda: None)
    now = load_directory(copy.folder)
    then = replace(now, services=MappingProxyType({**now.services, "harbour": _closed(now)}))
    keep(snapshot_of(Coverage(then, DAY - timedelta(days=40))), copy.folder / FOLDER)
    site = Site(copy, index)
    assert all("harbour" in site.text(at) for at in (CSV_AT, JSON_AT))
    out(site, "harbour")
    assert site.watch.look() == "replaced"
    assert not any("harbour" in site.text(at).casefold() for at in (CSV_AT, JSON_AT))
    restore(copy.folder, "harbour", today=DAY)
    assert site.watch.look() == "replaced"
    assert all("harbour" in site.text(at) for at in (CSV_AT, JSON_AT))


def _closed(directory: Directory) -> Service:
    return directory.services["harbour"].model_copy(update={"status": Status.CLOSED})
