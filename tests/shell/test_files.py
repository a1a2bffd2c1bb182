"""The files that visits offer: to whom, for how long, made how often, and what is said without."""

from __future__ import annotations

import asyncio
import gc
import logging
import re
import sys
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mmhs_finder.application import Application
from mmhs_finder.channels.shell import files, offers
from mmhs_finder.channels.shell.browser import COOKIE
from mmhs_finder.channels.shell.headers import SecurityHeaders
from mmhs_finder.channels.shell.index_page import IndexPage
from mmhs_finder.channels.shell.nearly import NearlyRight
from mmhs_finder.channels.shell.offers import (
    File,
    FileGone,
    Making,
    OfferedFile,
    Offers,
    OffersOfVisit,
)
from mmhs_finder.render.addresses import here
from mmhs_finder.words import language, say, speaking
from tests.shell.conftest import PAGES, STRIP

HERS, OTHERS = "a" * 43, "b" * 43
VISIT = "visit"
CSV = "text/csv"


class Counted:
    """Makes a file, and counts how often."""

    def __init__(self, content: bytes | str | Exception = b"one,two\n") -> None:
        self.content, self.times = content, 0

    def __call__(self) -> bytes | str:
        self.times += 1
        if isinstance(self.content, Exception):
            raise self.content
        return self.content


@pytest.fixture
def kept() -> set[str]:
    """The visits that the server has."""
    return {VISIT}


@pytest.fixture
def all_offers(kept: set[str]) -> Offers:
    return Offers(lambda number: number in kept)


@pytest.fixture
def visit(all_offers: Offers) -> OffersOfVisit:
    return OffersOfVisit(all_offers)


@pytest.fixture
def client(application: Application, all_offers: Offers) -> TestClient:
    app = Starlette(routes=files.routes(all_offers, Making()))
    app.add_middleware(IndexPage, strip=lambda: STRIP)
    app.add_middleware(NearlyRight, pages=lambda: PAGES, directory=lambda: application.directory)
    app.add_middleware(SecurityHeaders)
    app.state.application = application
    client = TestClient(app)
    client.cookies.set(COOKIE, HERS)
    return client


def offered(
    visit: OffersOfVisit,
    make: Callable[[], bytes | str],
    name: str = "list.csv",
    *,
    key: str = "list",
    browser: str = HERS,
) -> str:
    """The address of a file that is offered."""
    return files.address_of(visit.offer(key, VISIT, browser, File(name, CSV, make)))


class TestWhatIsSent:
    def test_the_file_is_saved_and_kept_by_nobody(
        self, client: TestClient, visit: OffersOfVisit
    ) -> None:
        answer = client.get(offered(visit, Counted()))
        assert (answer.status_code, answer.content) == (200, b"one,two\n")
        assert answer.headers["content-type"] == "text/csv; charset=utf-8"
        assert answer.headers["content-length"] == "8"
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["content-disposition"].startswith('attachment; filename="list.csv"')

    def test_asking_first_makes_it_once(self, client: TestClient, visit: OffersOfVisit) -> None:
        make = Counted()
        address = offered(visit, make)
        head = client.head(address)
        assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", "8")
        assert head.headers["cache-control"] == "no-store"
        assert client.get(address).content == b"one,two\n"
        assert make.times == 1

    def test_a_second_press_works_and_nothing_is_kept_between(
        self, client: TestClient, visit: OffersOfVisit, all_offers: Offers
    ) -> None:
        make = Counted()
        address = offered(visit, make)
        assert [client.get(address).status_code for _ in range(3)] == [200] * 3
        assert make.times == 3
        offer = all_offers.find(address.rpartition("/")[2], HERS)
        assert offer is not None and offer.made is None

    def test_text_is_sent_as_utf8(self, client: TestClient, visit: OffersOfVisit) -> None:
        assert client.get(offered(visit, Counted("Ŵy"))).content == "Ŵy".encode()

    def test_it_is_made_in_the_language_of_its_page(
        self, client: TestClient, visit: OffersOfVisit, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        room = sys.modules["mmhs_finder.words.language"]
        monkeypatch.setattr(room, "check_language", lambda _name: None)
        with speaking("cy"):
            address = offered(visit, language)
        assert client.get(address).text == "cy"

    @pytest.mark.parametrize("accept", ["text/html", "*/*"])
    def test_a_browser_that_opens_the_address_itself_gets_the_file(
        self, client: TestClient, visit: OffersOfVisit, accept: str
    ) -> None:
        answer = client.get(offered(visit, Counted()), headers={"Accept": accept})
        assert answer.content == b"one,two\n" and not answer.history

    def test_no_method_changes_anything(self, client: TestClient, visit: OffersOfVisit) -> None:
        make = Counted()
        assert client.post(offered(visit, make)).status_code == 405
        assert make.times == 0


@pytest.mark.parametrize(
    ("name", "plain", "shown"),
    [
        ("list.csv", "list.csv", "list.csv"),
        ("Liste für Ŵyn.csv", "Liste-fur-Wyn.csv", "Liste%20f%C3%BCr%20%C5%B4yn.csv"),
        ('a"; filename=b.exe\r\nX: y.csv', "a--filename-b.exeX--y.csv", None),
        ("../../etc/passwd", "etc-passwd", "-..-etc-passwd"),
        ("evil\u202evsc.exe", "evilvsc.exe", "evilvsc.exe"),
        ("日本.csv", "file.csv", "%E6%97%A5%E6%9C%AC.csv"),
        ("...", "file", "file"),
        ("", "file", "file"),
    ],
)
def test_any_text_makes_a_safe_name(name: str, plain: str, shown: str | None) -> None:
    header = files.disposition(name)
    assert re.fullmatch(
        r"attachment; filename=\"[A-Za-z0-9._-]+\"; filename\*=UTF-8''[\w.%~-]+", header, re.ASCII
    )
    assert f'filename="{plain}"' in header
    assert shown is None or header.endswith(f"''{shown}")


def test_a_long_name_keeps_its_ending() -> None:
    header = files.disposition(f"{'ü' * 5000}.csv")
    assert len(header) < 1000 and header.endswith(".csv")


class TestWhoMayTakeIt:
    def test_no_other_browser(self, client: TestClient, visit: OffersOfVisit) -> None:
        make = Counted()
        address = offered(visit, make)
        for cookie in (OTHERS, "", HERS[:-1], "short"):
            client.cookies.set(COOKIE, cookie)
            assert client.get(address).status_code == 404
            assert client.head(address).status_code == 404
        client.cookies.clear()
        assert client.get(address).status_code == 404
        assert make.times == 0

    def test_a_browser_without_cookies_takes_its_own(
        self, client: TestClient, visit: OffersOfVisit
    ) -> None:
        address = offered(visit, Counted(), browser="")
        assert client.get(address).status_code == 404
        client.cookies.clear()
        assert client.get(address).status_code == 200

    def test_an_address_cannot_be_guessed(self, visit: OffersOfVisit) -> None:
        tokens = {
            offered(OffersOfVisit(Offers(bool)), Counted()).rpartition("/")[2] for _ in range(99)
        }
        assert len(tokens) == 99
        assert all(re.fullmatch(r"[\w-]{43}", token) for token in tokens), "256 bits"

    @pytest.mark.parametrize(
        "path", ["/files/", "/files/x", "/files/a/b", "/files/%00", f"/files/{'x' * 9000}"]
    )
    def test_what_was_never_offered_is_said_in_plain_words(
        self, client: TestClient, path: str
    ) -> None:
        answer = client.get(path, headers={"Accept": "text/html"})
        assert answer.status_code == 404 and not answer.history
        assert say("files.gone") in answer.text and "999" in answer.text
        assert answer.headers["cache-control"] == "no-store"
        assert "script-src" not in answer.headers["content-security-policy"]


class TestHowLong:
    def test_until_the_server_lets_the_visit_go(
        self, client: TestClient, visit: OffersOfVisit, kept: set[str], all_offers: Offers
    ) -> None:
        """Also where something still holds the visit's memory."""
        address = offered(visit, Counted())
        assert client.head(address).status_code == 200
        kept.clear()
        assert client.get(address).status_code == 404
        kept.add(VISIT)
        assert client.get(address).status_code == 404
        assert len(all_offers) == 0

    def test_until_the_session_is_emptied(self, client: TestClient, all_offers: Offers) -> None:
        session = {"files": OffersOfVisit(all_offers)}
        make = Counted()
        address, held = offered(session["files"], make), weakref.ref(make)
        assert client.head(address).status_code == 200
        del make
        session.clear()
        assert client.get(address).status_code == 404
        assert len(all_offers) == 0
        gc.collect()
        assert held() is None, "what it was made of is held on"

    def test_until_its_page_no_longer_shows_it(
        self, client: TestClient, visit: OffersOfVisit
    ) -> None:
        visit.begin()
        first, second = offered(visit, Counted(), key="1"), offered(visit, Counted(), key="2")
        visit.end()
        visit.begin()
        assert offered(visit, Counted(), key="2") == second
        visit.end()
        assert client.get(first).status_code == 404
        assert client.get(second).status_code == 200

    def test_what_is_drawn_again_is_newer_at_the_same_address(
        self, client: TestClient, visit: OffersOfVisit
    ) -> None:
        address = offered(visit, Counted(b"old"))
        assert client.head(address).headers["content-length"] == "3"
        assert offered(visit, Counted(b"newer"), "new.csv") == address
        answer = client.get(address)
        assert answer.content == b"newer" and "new.csv" in answer.headers["content-disposition"]

    def test_a_visit_that_is_another_browsers_by_now_has_another_address(
        self, client: TestClient, visit: OffersOfVisit
    ) -> None:
        first = offered(visit, Counted())
        assert offered(visit, Counted(), browser=OTHERS) != first
        assert client.get(first).status_code == 404

    def test_a_visit_holds_so_many_and_the_one_drawn_longest_ago_goes(
        self, all_offers: Offers
    ) -> None:
        visit = OffersOfVisit(all_offers, most=3)
        tokens = [offered(visit, Counted(), key=key).rpartition("/")[2] for key in "abcad"]
        left = [
            key for key, token in zip("abcad", tokens, strict=True) if all_offers.find(token, HERS)
        ]
        assert left == ["a", "c", "a", "d"]

    def test_a_process_holds_so_many(self) -> None:
        some = Offers(bool, most=3)
        held = [OffersOfVisit(some) for _ in range(5)]
        tokens = [offered(visit, Counted()).rpartition("/")[2] for visit in held]
        assert [bool(some.find(token, HERS)) for token in tokens] == [False] * 2 + [True] * 3
        assert len(some) == 3

    def test_thousands_of_runs_leave_nothing_behind(
        self, visit: OffersOfVisit, all_offers: Offers
    ) -> None:
        made = [Counted(bytes(10_000)) for _ in range(2_000)]
        held = [weakref.ref(one) for one in made]
        for number in range(2_000):
            visit.begin()
            for key in (f"{number % 7}", "same"):
                offered(visit, made[number], key=key)
            visit.end()
        made.clear()
        gc.collect()
        assert len(all_offers) == 2
        assert sum(one() is not None for one in held) == 1


class TestMaking:
    def test_what_breaks_is_said_in_plain_words_and_logged_by_its_place_only(
        self, client: TestClient, visit: OffersOfVisit, caplog: pytest.LogCaptureFixture
    ) -> None:
        make = Counted(ValueError("CT1 3NG"))
        address = offered(visit, make)
        with caplog.at_level(logging.DEBUG, "mmhs_finder"):
            assert client.head(address).status_code == 500
            answer = client.get(address)
        assert answer.status_code == 500 and say("files.failed") in answer.text
        assert answer.headers["content-type"].startswith("text/html")
        assert "content-disposition" not in answer.headers
        said = [r.getMessage() for r in caplog.records if r.name.startswith("mmhs_finder")]
        assert len(said) == 2 and all("ValueError: " in line for line in said)
        assert not [x for x in said if "CT1" in x or address.rpartition("/")[2] in x]
        assert make.times == 2, "the next press tries again"
        make.content = b"well"
        assert client.get(address).content == b"well"

    def test_what_has_been_let_go_is_gone(self, client: TestClient, visit: OffersOfVisit) -> None:
        answer = client.get(offered(visit, Counted(FileGone())))
        assert answer.status_code == 404 and say("files.gone") in answer.text

    def test_who_asks_while_too_many_wait_is_told_to_come_back(
        self, application: Application, visit: OffersOfVisit, all_offers: Offers
    ) -> None:
        app = Starlette(routes=files.routes(all_offers, Making(waiting=0)))
        app.state.application = application
        client = TestClient(app, cookies={COOKIE: HERS})
        answer = client.get(offered(visit, Counted()))
        assert answer.status_code == 503 and say("files.busy") in answer.text
        assert int(answer.headers["retry-after"]) > 0

    def test_two_who_ask_at_once_get_what_is_made_once(self) -> None:
        make, go = Counted(), threading.Event()
        offer = OfferedFile(VISIT, HERS, File("a", CSV, lambda: (go.wait(30) and make()) or b""))

        async def ask() -> list[bytes]:
            making = Making()
            both = [asyncio.ensure_future(making.content(offer)) for _ in range(2)]
            gone = asyncio.ensure_future(making.content(offer))
            await asyncio.sleep(0)
            gone.cancel()
            go.set()
            return await asyncio.gather(*both)

        assert asyncio.run(ask()) == [b"one,two\n"] * 2
        assert make.times == 1

    def test_a_visit_has_so_many_made_and_others_go_on(self) -> None:
        go = threading.Event()

        async def ask() -> tuple[str, bytes]:
            pool = ThreadPoolExecutor(4)
            making = Making(pool, waiting=9, waiting_of_a_visit=2)
            slow = [
                OfferedFile(VISIT, HERS, File("a", CSV, lambda: str(go.wait(30)))) for _ in range(3)
            ]
            waiting = [asyncio.ensure_future(making.content(one)) for one in slow]
            await asyncio.sleep(0)
            refused = type(waiting[2].exception()).__name__ if waiting[2].done() else ""
            other = await making.content(OfferedFile("other", OTHERS, File("a", CSV, Counted())))
            go.set()
            await asyncio.gather(*waiting[:2])
            assert await making.content(slow[2]) == b"True", "there is room again"
            return refused, other

        assert asyncio.run(ask()) == ("TooManyAsk", b"one,two\n")

    def test_few_are_made_at_once(self) -> None:
        running, most, lock = 0, 0, threading.Lock()
        all_run = threading.Barrier(offers.AT_ONCE)

        def make() -> bytes:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            all_run.wait(30)
            with lock:
                running -= 1
            return b""

        async def ask() -> None:
            making = Making()
            several = [OfferedFile(str(n), HERS, File("a", CSV, make)) for n in range(6)]
            await asyncio.gather(*map(making.content, several))

        asyncio.run(ask())
        assert most == offers.AT_ONCE

    def test_what_nobody_fetches_is_let_go_and_made_again(self) -> None:
        make = Counted()
        offer = OfferedFile(VISIT, HERS, File("a", CSV, make))

        async def ask() -> None:
            making = Making(keep_seconds=0.01)
            await making.content(offer)
            while offer.made is not None:
                await asyncio.sleep(0.01)
            await making.content(offer)

        asyncio.run(ask())
        assert make.times == 2

    def test_only_so_many_wait_to_be_fetched(self) -> None:
        several = [OfferedFile(VISIT, HERS, File("a", CSV, Counted())) for _ in range(4)]

        async def ask() -> None:
            making = Making(kept=2)
            for one in several:
                await making.content(one)
                await asyncio.sleep(0)

        asyncio.run(ask())
        assert [one.made is not None for one in several] == [False, False, True, True]


def test_below_a_path_files_have_their_address_there(
    visit: OffersOfVisit, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mmhs_finder.render.addresses._below", "/tools/mmhs")
    assert offered(visit, Counted()).startswith(f"{here('/files/')}")
    (route,) = files.routes()
    assert getattr(route, "path", "").startswith("/tools/mmhs/files/")
