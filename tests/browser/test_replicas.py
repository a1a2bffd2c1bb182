"""Three replicas behind nginx as `deploy/` has them: one is killed, then all are restarted."""

from __future__ import annotations

import http.client
import shutil
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from websockets.exceptions import ConnectionClosed

from mmhs_finder.curation.withdrawing import restore, withdraw
from mmhs_finder.directory import DATA, load_directory
from mmhs_finder.directory.ways import WayKind, dialled, service_ways
from mmhs_finder.words import say
from tests import tools
from tests.breakable import BreakableCopy
from tests.browser.conftest import (
    EXPECTED_WITHIN,
    App,
    Windows,
    answered,
    download,
    free_port,
    open_page,
    settled,
)
from tests.browser.examples import Examples
from tests.browser.test_bulk import upload
from tests.browser.test_journeys import CHIP_HAPPENED, CHIP_PLACE, happened, search
from tests.deploy.fleet import NAMES, Replica, SocketVisit, nginx

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

DAY = date(2026, 11, 30)
NEW_NAME = "A Service With A New Name"
AWAY = 120_000  # milliseconds, on a busy machine: a page notices, finds another replica and loads


@dataclass
class Fleet:
    """Three replicas, nginx before them, and the folder of the directory that all of them read."""

    address: str
    folder: Path
    data: Path
    replicas: dict[str, Replica]


@pytest.fixture(scope="module")
def fleet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fleet]:
    tools.need("nginx")
    folder = tmp_path_factory.mktemp("fleet")
    data = folder / "data"
    shutil.copytree(DATA, data)
    replicas = {
        name: Replica(free_port(), folder / f"{name}.log", MMHS_DATA_DIR=str(data))
        for name in NAMES
    }
    front = folder / "nginx"
    front.mkdir()
    try:
        for one in replicas.values():
            one.start()
        for one in replicas.values():
            one.wait_until_ready()
        with nginx(front, free_port(), [one.port for one in replicas.values()]) as address:
            yield Fleet(address, front, data, replicas)
    finally:
        for one in replicas.values():
            one.stop()


@pytest.fixture(scope="module")
def app(fleet: Fleet) -> App:
    """What the windows of the browser tests open."""
    return App(fleet.address, fleet.folder / "finder.log")


@pytest.fixture(autouse=True, scope="module")
def patience() -> Iterator[None]:
    """Three processes, nginx and a browser share the machine with other tests."""
    expect.set_options(timeout=AWAY)
    yield
    expect.set_options(timeout=EXPECTED_WITHIN)


def patient(page: Page) -> Page:
    """The same for what a page is asked to do."""
    page.context.set_default_timeout(AWAY)
    return page


def replica_of(page: Page) -> str:
    """The replica that holds the visit of a page, by the cookie of nginx."""
    cookies = {c.get("name"): c.get("value") for c in page.context.cookies()}
    return str(cookies["mmhs_replica"])


@dataclass
class Passers:
    """People who come by all the time, each with a new browser; what went wrong for them."""

    address: str
    came: int = 0
    troubles: list[str] = field(default_factory=list)
    _over: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Passers:
        self._thread = threading.Thread(target=self._come)
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._over.set()
        self._thread.join()

    def _come(self) -> None:
        site = urlsplit(self.address)
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        while not self._over.is_set():
            asks = (("GET", "/", None), ("GET", "/text/services", None))
            for method, path, body in (*asks, ("POST", "/text/", "postcode=CT1+3NG")):
                connection = http.client.HTTPConnection(site.netloc, timeout=120)
                try:
                    connection.request(method, path, body, form if body else {})
                    answer = connection.getresponse()
                    answer.read()
                    if answer.status != 200:
                        self.troubles.append(f"{method} {path}: {answer.status}")
                except (OSError, http.client.HTTPException) as trouble:
                    self.troubles.append(f"{method} {path}: {trouble!r}")
                finally:
                    connection.close()
                self.came += 1
            time.sleep(0.2)


def visits_on_every_replica(address: str) -> dict[str, SocketVisit]:
    """One visit on each replica: new browsers come until there is."""
    found: dict[str, SocketVisit] = {}
    for _ in range(60):
        visit = SocketVisit(address)
        if visit.replica in found:
            visit.close()
        else:
            found[visit.replica] = visit
        if len(found) == len(NAMES):
            return found
    pytest.fail(f"new browsers come to {sorted(found)} only")


class TestAReplicaIsKilled:
    def test_its_visitors_are_told_and_keep_their_area_and_the_others_notice_nothing(
        self, fleet: Fleet, windows: Windows, examples: Examples
    ) -> None:
        page = patient(windows.make(375, 812))
        postcode = examples.with_service()
        search(open_page(page), postcode)
        happened(page)
        settled(page)
        area = f"{examples.find(postcode).place.areas[0].name} · change"
        at = replica_of(page)

        visits = visits_on_every_replica(fleet.address)
        numbers = {name: visit.run() for name, visit in visits.items()}
        other = patient(windows.make(1280, 800))
        while True:  # a window whose visit is at another replica
            open_page(other)
            if replica_of(other) != at:
                break
            other.context.clear_cookies()
        search(other, postcode)
        happened(other)
        settled(other)
        mark = other.locator("[data-visit]").get_attribute("data-visit")

        fleet.replicas[at].kill()

        told = page.locator("#came-back")
        expect(told).to_contain_text(say("index.broke"), timeout=AWAY)
        expect(told).to_contain_text(say("index.broke_area"))
        expect(page.locator(CHIP_PLACE)).to_have_text(area, timeout=AWAY)
        expect(page.locator(CHIP_HAPPENED)).to_have_text("What happened? · choose")
        now = replica_of(page)
        assert now != at
        assert page.evaluate("Object.keys(sessionStorage)") == ["area"], "it is said once"

        for name, visit in visits.items():
            if name != at:
                assert visit.run() == numbers[name], "the same visit, on the same socket"
        with pytest.raises(ConnectionClosed):
            visits[at].run()
        visits[at].reconnect()
        assert visits[at].replica != at
        assert visits[at].run() != numbers[at]
        expect(other.locator("#came-back")).to_be_empty()
        with answered(other):
            other.locator(".st-key-still_here button").dispatch_event("click")
        expect(other.locator(CHIP_HAPPENED)).to_contain_text("loss of a baby")
        assert other.locator("[data-visit]").get_attribute("data-visit") == mark

        # When it is back, who was moved stays: documents and lists are where the visit is.
        fleet.replicas[at].start()
        fleet.replicas[at].wait_until_ready()
        told.get_by_role("button", name=say("index.broke_close")).click()
        expect(told).to_be_empty()
        open_page(page, "/bulk")
        row = b"CT1 3NG," + b"x" * 3000 + b"\n"
        upload(page, "list.csv", b"Postcode,Note\n" + row * 1000)
        page.get_by_role("button", name="Look up the postcodes").click()
        expect(page.get_by_role("heading", name="Your list is ready: list.csv")).to_be_visible(
            timeout=AWAY
        )
        assert b"CT1 3NG" in download(page, "Download the list (CSV)").path().read_bytes()
        assert replica_of(page) == now
        for visit in visits.values():
            visit.close()
        # What the browser itself says of a server that went away.
        for one in windows.traffic:
            one.errors.clear()


class TestAWrongNumber:
    def test_it_leaves_every_replica_and_a_page_that_stands_open(
        self, fleet: Fleet, windows: Windows, examples: Examples
    ) -> None:
        """Also while another file of the folder is refused."""
        directory = load_directory(fleet.data)
        service = next(
            s
            for s in directory.services.values()
            if s.kind == "mmhs"
            and directory.areas_of(s.id)
            and any(way.kind is WayKind.PHONE for way in service_ways(s))
        )
        area = directory.areas_of(service.id)[0][0].code
        page = patient(windows.make(375, 812))
        open_page(page, f"/?area={area}")
        expect(page.locator(".stMain")).to_contain_text(service.name)
        link = page.locator(f'a[href="tel:{dialled(service.phone)}"]')
        expect(link.first).to_be_attached()
        services = fleet.data / "services.csv"
        right = services.read_bytes()
        try:
            withdraw(fleet.data, service.id, "phone", because="it rings in a shop", today=DAY)
            services.write_bytes(right + b"garbage")
            expect(link).to_have_count(0, timeout=60_000)
            for one in fleet.replicas.values():
                told = f"http://127.0.0.1:{one.port}/text/service/{service.id}"
                assert _within_a_minute(told, dialled(service.phone))
        finally:
            services.write_bytes(right)
            restore(fleet.data, service.id, "phone", today=DAY)
        expect(link.first).to_be_attached(timeout=60_000)


def _within_a_minute(address: str, digits: str) -> bool:
    """Whether a page comes to be without a number."""
    for _ in range(120):
        with urllib.request.urlopen(address) as answer:
            if f"tel:{digits}" not in answer.read().decode():
                return True
        time.sleep(0.5)
    return False


class TestARollingRestart:
    def test_it_shows_new_data_and_nobody_meets_an_error(
        self, fleet: Fleet, windows: Windows, examples: Examples
    ) -> None:
        page = patient(windows.make(375, 812))
        postcode = examples.with_service()
        search(open_page(page), postcode)
        area = f"{examples.find(postcode).place.areas[0].name} · change"
        copy = BreakableCopy(fleet.data)
        row = copy.row_where("services.csv", kind="mmhs", status="open")
        copy.set("services.csv", row, "name", NEW_NAME)
        with Passers(fleet.address) as passers:
            for one in fleet.replicas.values():
                one.stop()
                time.sleep(1)
                one.start()
                one.wait_until_ready()
                time.sleep(3)  # nginx asks it again after `fail_timeout`
        assert passers.came > 15
        assert passers.troubles == []
        for one in fleet.replicas.values():
            asked = urllib.request.urlopen(f"http://127.0.0.1:{one.port}/text/services")
            with asked as answer:
                assert NEW_NAME in answer.read().decode()
        expect(page.locator("#came-back")).to_contain_text(say("index.broke"), timeout=AWAY)
        expect(page.locator(CHIP_PLACE)).to_have_text(area, timeout=AWAY)
        open_page(page, "/services")
        expect(page.locator(".stMain")).to_contain_text("services")
        for one in windows.traffic:
            one.errors.clear()


def test_the_log_of_nginx_holds_no_query_no_number_and_nothing_that_was_typed(
    fleet: Fleet,
) -> None:
    visit = SocketVisit(fleet.address)
    number = visit.run()
    visit.close()
    for asked in ("/?area=E07000106&need=loss", "/CT1%203NG", "/text/services?text=CT1"):
        with suppress(HTTPError):
            urllib.request.urlopen(f"{fleet.address}{asked}").close()
    written = "".join(p.read_text(encoding="utf-8") for p in fleet.folder.glob("*.log"))
    assert " GET / 200 " in written and " GET /text/ " in written
    for what in (number, "?", "_stcore", "CT1", "upload_file", visit.cookies["mmhs_browser"]):
        assert what not in written
