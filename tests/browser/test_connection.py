"""Where the app cannot reach its server: at its start, and later."""

from __future__ import annotations

from playwright.sync_api import Page, WebSocketRoute, expect

from mmhs_finder.words import say
from tests.browser.conftest import NewPage, Windows, open_page, settled
from tests.browser.examples import Examples

SOCKET = "**/_stcore/stream"
IN_TIME = 30_000  # it is said after 8 seconds that a page is not there


class Network:
    """A network that can refuse sockets, and cut those that are open."""

    def __init__(self, page: Page, *, refuses: bool = False) -> None:
        self.refuses = refuses
        self._open: list[WebSocketRoute] = []
        page.route_web_socket(SOCKET, self._opened)

    def _opened(self, socket: WebSocketRoute) -> None:
        if self.refuses:
            socket.close()
            return
        socket.connect_to_server()
        self._open.append(socket)

    def cut(self) -> None:
        self.refuses = True
        for socket in self._open:
            socket.close()


class TestNeverThere:
    def test_words_the_numbers_a_search_and_the_simple_version(
        self, new_page: NewPage, examples: Examples
    ) -> None:
        page = new_page(375, 812)
        Network(page, refuses=True)
        page.goto("/other-support")
        said = page.get_by_role("status").filter(has_text="has not started")
        expect(page.get_by_text(say("index.loading"))).to_be_visible()
        expect(said).to_be_visible(timeout=IN_TIME)
        expect(page.get_by_text(say("index.loading"))).to_have_count(0)
        expect(said.get_by_role("link")).to_have_attribute("href", "/text/")
        expect(page.locator("#before-app .urgent")).to_be_visible()
        expect(page.get_by_role("link", name="Leave this page")).to_be_visible()
        expect(page.locator("#connection")).to_be_empty()
        expect(page.get_by_text(say("index.ask"))).to_be_visible()
        page.get_by_label("Your postcode").fill(examples.with_service())
        page.keyboard.press("Enter")
        page.wait_for_url("**/text/")
        expect(page.get_by_role("heading", level=1)).to_be_visible()

    def test_an_app_that_comes_late_takes_its_place(self, new_page: NewPage) -> None:
        page = new_page(375, 812)
        network = Network(page, refuses=True)
        page.goto("/")
        expect(page.locator("#loading-words.late")).to_be_visible(timeout=IN_TIME)
        network.refuses = False
        expect(page.locator(".st-key-footer")).to_be_visible(timeout=IN_TIME)
        expect(page.locator("#before-app")).to_have_count(0)

    def test_its_words_stay_on_the_first_page_while_the_app_is_drawn_unseen(
        self, new_page: NewPage
    ) -> None:
        """Who types there goes on there: the words must not get into the app behind it."""
        page = new_page(375, 812)
        network = Network(page, refuses=True)
        page.goto("/other-support")
        page.get_by_label("Your postcode").fill("A")
        network.refuses = False
        expect(page.locator("#root .st-key-footer")).to_be_attached(timeout=IN_TIME)
        expect(page.locator("#loading-words.late")).to_be_visible(timeout=IN_TIME)
        expect(page.locator("#before-app").get_by_text(say("index.ask"))).to_be_visible()
        expect(page.locator("#root").get_by_text(say("index.ask"))).to_have_count(0)


class TestLost:
    def test_a_line_says_so_until_it_is_back(self, windows: Windows) -> None:
        """Also where Streamlit would open a box for programmers over the numbers."""
        page = windows.make(375, 812)
        network = Network(page)
        open_page(page)
        mark = page.locator("[data-visit]").get_attribute("data-visit")
        line = page.locator("#connection")
        expect(line).to_be_empty()
        page.route("**/_stcore/h*", lambda route: route.fulfill(status=502))
        network.cut()
        expect(line).to_contain_text(say("index.lost"), timeout=IN_TIME)
        expect(line.get_by_role("link")).to_have_attribute("href", "/text/")
        expect(page.get_by_role("dialog")).to_have_count(0)
        for out in ("Leave this page", "999", "Simple version"):
            expect(page.get_by_role("link", name=out).last).to_be_visible()
        boxes = [line.bounding_box(), page.locator(".leave").bounding_box()]
        assert boxes[0] and boxes[1]
        assert boxes[0]["y"] + boxes[0]["height"] <= boxes[1]["y"] + 1, (
            "over nothing that leads out"
        )
        network.refuses = False
        page.unroute("**/_stcore/h*")
        expect(line).to_be_empty(timeout=IN_TIME)
        settled(page)
        assert page.locator("[data-visit]").get_attribute("data-visit") == mark
        expect(page.locator("#came-back")).to_be_empty()
        windows.traffic[-1].forget()  # what Streamlit told the console of the server that was away
