"""Downloads on a server that many use at once, by Streamlit's own messages; and by a press."""

from __future__ import annotations

import threading
import time
from contextlib import ExitStack

import pytest
from playwright.sync_api import Page, expect

from mmhs_finder.words import say
from tests.browser.conftest import App, Traffic, axe, download, open_page
from tests.browser.visits import SocketVisit

BUSY = 20
TAKEN = 10


@pytest.mark.slow
def test_ten_downloads_arrive_while_twenty_visits_are_busy(app: App) -> None:
    """Between each press and its file every other visit has had time to finish several pages, by
    which Streamlit would have swept away a file of its own kind."""
    with ExitStack() as open_:
        hers = open_.enter_context(SocketVisit(app.url))
        offered = hers.files("services")
        links = [offered[say("listing.csv")], offered[say("listing.json")]]
        expected = [hers.ask(address) for address in links]
        assert [status for status, _ in expected] == [200, 200]
        others = [open_.enter_context(SocketVisit(app.url)) for _ in range(BUSY)]
        runs, stop = [0] * BUSY, threading.Event()

        def busy(number: int) -> None:
            while not stop.is_set():
                others[number].run("about")
                runs[number] += 1

        threads = [threading.Thread(target=busy, args=(number,)) for number in range(BUSY)]
        for thread in threads:
            thread.start()
        try:
            got = []
            for number in range(TAKEN):
                address = links[number % 2]
                assert hers.ask(address, "HEAD")[0] == 200
                before = sum(runs)
                while sum(runs) < before + 4 and any(thread.is_alive() for thread in threads):
                    time.sleep(0.01)
                got.append(hers.ask(address))
        finally:
            stop.set()
            for thread in threads:
                thread.join()
        assert got == [expected[number % 2] for number in range(TAKEN)]
        assert sum(runs) >= 4 * TAKEN, "the others were not busy"


@pytest.mark.slow
def test_a_file_is_for_its_browser_and_goes_when_its_visit_begins_again(app: App) -> None:
    with SocketVisit(app.url) as hers, SocketVisit(app.url) as stranger:
        address = hers.files("services")[say("listing.csv")]
        for cookie in (stranger.cookie, ""):
            status, page = hers.ask(address, cookie=cookie)
            assert status == 404 and say("files.gone") in page.decode()
        assert hers.ask(address)[0] == 200, "an hour or a stranger later it is still hers"
        assert hers.files("services")[say("listing.csv")] == address, "drawn again"
        hers.run("about")
        assert hers.ask(address)[0] == 404, "no page shows it"


class TestByAPress:
    @pytest.mark.parametrize("is_phone", [False, True])
    def test_it_is_said_how_far_it_is_and_the_page_stays(
        self, page: Page, phone: Page, is_phone: bool
    ) -> None:
        page = open_page(phone if is_phone else page, "/services")
        address = page.url
        link = page.get_by_role("link", name=say("listing.csv"), exact=True)
        box = link.bounding_box()
        assert box is not None and box["height"] >= 44
        taken = download(page, say("listing.csv"))
        assert taken.suggested_filename == "services.csv"
        expect(page.get_by_text(say("files.ready"))).to_be_visible()
        link.focus()
        with page.expect_download():
            page.keyboard.press("Enter")
        expect(link).to_be_focused()
        assert page.url == address
        assert axe(page) == []

    def test_while_it_is_made_and_when_there_is_none_words_say_so(
        self, page: Page, traffic: list[Traffic]
    ) -> None:
        open_page(page, "/services")
        link = page.get_by_role("link", name=say("listing.csv"), exact=True)
        state = page.locator(".file", has=link).get_by_role("status")
        waiting: list[object] = []
        page.route("**/files/*", lambda route: waiting.append(route))
        link.click()
        expect(state).to_have_text(say("files.making"))
        link.click()
        assert len(waiting) == 1, "pressed twice, asked once"
        for status, words in (
            (404, say("files.gone")),
            (503, say("files.busy")),
            (500, say("files.failed")),
            (502, say("files.failed")),
        ):
            waiting.pop().fulfill(status=status)  # type: ignore[attr-defined]
            expect(state).to_have_text(words)
            link.click()
            expect(state).to_have_text(say("files.making"))
        waiting.pop().abort()  # type: ignore[attr-defined]
        expect(state).to_have_text(say("files.lost"))
        page.unroute("**/files/*")
        for one in traffic:  # the browser notes each of them as an error of its own
            one.errors = [text for text in one.errors if "Failed to load" not in text]
