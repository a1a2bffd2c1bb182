"""The frame around every page, as somebody in a hurry meets it."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from mmhs_finder.application import Application
from mmhs_finder.directory import Directory
from tests.browser.conftest import (
    App,
    NewPage,
    Traffic,
    axe,
    follow,
    open_page,
    settled,
    sticking_out,
)

WEATHER = re.compile(r"https://www\.bbc\.co\.uk/weather.*")
BEFORE_US = "about:blank"

Stub = Callable[[Page], None]


@pytest.fixture
def stub_weather(traffic: list[Traffic]) -> Stub:
    """Answers for the weather page in its stead, so that no request leaves this machine."""

    def stub(page: Page) -> None:
        for one in traffic:
            one.expected = WEATHER
        page.route(
            WEATHER,
            lambda route: route.fulfill(
                content_type="text/html", body="<title>Weather</title>Sunny"
            ),
        )

    return stub


def went_to_weather(page: Page) -> None:
    page.wait_for_url(WEATHER)
    expect(page.locator("body")).to_have_text("Sunny")


def never_loads(page: Page) -> None:
    """A network that never answers for the app's own scripts."""
    page.route("**/static/js/**", lambda route: None)


class TestUrgentHelp:
    """What the strip says, nation by nation: `tests/pages/test_urgent_strip.py`."""

    @pytest.mark.parametrize("path", ["/", "/other-support", "/about"])
    def test_numbers_are_on_every_page_with_links_that_dial(
        self, page: Page, directory: Directory, path: str
    ) -> None:
        strip = open_page(page, path).locator(".stMain .urgent")
        expect(strip).to_be_visible()
        links = strip.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
        view = Application(directory).urgent_strips[None]
        ways = (view.danger.way, view.crisis.way, *view.more)
        assert links == [*(way.link for way in ways), "/other-support"]
        assert links[0] == "tel:999"
        expect(page.locator(".urgent")).to_have_count(1)

    def test_they_and_the_way_out_are_there_before_the_app_has_loaded(self, tab: Page) -> None:
        never_loads(tab)
        tab.goto("/", wait_until="commit")
        expect(tab.locator("#before-app .urgent")).to_be_visible()
        expect(tab.get_by_role("link", name="Leave this page")).to_be_visible()
        expect(tab.get_by_text("This page is loading.")).to_be_visible()

    def test_without_javascript_there_are_numbers_words_and_the_way_out(
        self, new_page: NewPage
    ) -> None:
        page = new_page(375, 812, java_script_enabled=False)
        page.goto("/")
        expect(page.locator(".urgent")).to_be_visible()
        title = page.get_by_role("heading", name="Find maternal mental health support")
        expect(title).to_be_visible()
        expect(page.locator(".no-script p").first).to_contain_text("needs no JavaScript")
        link = page.locator(".no-script").get_by_role("link")
        expect(link).to_have_attribute("href", "/text/")
        expect(page.get_by_text("This page is loading.")).to_be_hidden()
        link = page.get_by_role("link", name="Leave this page")
        assert link.get_attribute("href") == "https://www.bbc.co.uk/weather"
        parts = (
            page.locator(".urgent"),
            title,
            page.locator("#first-search"),
            page.locator(".no-script"),
        )
        boxes = [part.bounding_box() for part in parts]
        assert all(boxes)
        for above, below in itertools.pairwise(boxes):
            assert above["y"] + above["height"] <= below["y"], "one lies under another"


class TestLeaving:
    def test_by_click_and_back_does_not_show_the_app(self, tab: Page, stub_weather: Stub) -> None:
        stub_weather(tab)
        tab.goto(BEFORE_US)
        open_page(tab)
        tab.get_by_role("link", name="Leave this page").click()
        went_to_weather(tab)
        tab.go_back()
        assert tab.url == BEFORE_US

    def test_the_server_is_told_to_forget(self, tab: Page, stub_weather: Stub) -> None:
        """It takes its cookies away when it has."""
        stub_weather(tab)
        open_page(tab)
        assert tab.context.cookies()
        with tab.expect_request(re.compile("/leave$")):
            tab.get_by_role("link", name="Leave this page").click()
        # Nobody waits for its answer, and the browser does not say when it has come.
        end = time.monotonic() + 20
        while tab.context.cookies() and time.monotonic() < end:
            tab.wait_for_timeout(50)
        assert tab.context.cookies() == []

    def test_by_escape_three_times_in_a_row(self, tab: Page, stub_weather: Stub) -> None:
        """Three that are far apart are no wish to leave. The page's clock is put on for them."""
        stub_weather(tab)
        open_page(tab)
        tab.evaluate(
            "() => { const now = Date.now; window.later = 0; Date.now = () => now() + later; }"
        )
        for _ in range(3):
            tab.keyboard.press("Escape")
            tab.evaluate("later += 1700")
        expect(tab.locator(".stMain .urgent")).to_be_visible()
        tab.evaluate("later += 3000")
        for _ in range(2):
            tab.keyboard.press("Escape")
        expect(tab.locator(".stMain .urgent")).to_be_visible()
        tab.keyboard.press("Escape")
        went_to_weather(tab)

    def test_by_shift_three_times_by_itself(self, tab: Page, stub_weather: Stub) -> None:
        """As on GOV.UK. Shift with a letter, a click or another key is no wish to leave."""
        stub_weather(tab)
        open_page(tab)
        tab.evaluate(
            "() => { const now = Date.now; window.later = 0; Date.now = () => now() + later; }"
        )
        box = tab.get_by_role("textbox", name="Your postcode")
        box.click()
        for key in ("Shift+C", "Shift+T", "Shift+E", "Shift", "Shift", "Shift+S", "Shift", "Tab"):
            tab.keyboard.press(key)
        for _ in range(3):
            tab.keyboard.press("Alt+Shift")  # chooses the keyboard's language
            tab.keyboard.press("Shift")
            box.click(modifiers=["Shift"])
        tab.evaluate("later += 6000")
        tab.keyboard.press("Shift")
        tab.evaluate("later += 2600")
        tab.keyboard.press("Shift")
        tab.evaluate("later += 2600")
        tab.keyboard.press("Shift")
        expect(box).to_have_value("CTES")
        expect(tab.locator(".stMain .urgent")).to_be_visible()
        tab.evaluate("later += 6000")
        for _ in range(3):
            tab.keyboard.press("Shift")
        went_to_weather(tab)

    @pytest.mark.parametrize("key", ["Escape", "Shift"])
    def test_by_the_keys_in_the_frame_of_a_map_too(
        self, tab: Page, stub_weather: Stub, key: str
    ) -> None:
        stub_weather(tab)
        open_page(tab, "/coverage")
        tab.frame_locator("iframe").locator(".leaflet-container").focus()
        expect(tab.locator("iframe")).to_be_focused()
        for _ in range(3):
            tab.keyboard.press(key)
        went_to_weather(tab)

    def test_before_the_app_has_loaded(self, tab: Page, stub_weather: Stub) -> None:
        stub_weather(tab)
        never_loads(tab)
        tab.goto("/", wait_until="commit")
        tab.get_by_role("link", name="Leave this page").click()
        went_to_weather(tab)

    def test_after_several_pages_neither_back_nor_forward_shows_the_app(
        self, tab: Page, stub_weather: Stub
    ) -> None:
        stub_weather(tab)
        tab.goto(BEFORE_US)
        open_page(tab)
        header = tab.locator("header")
        for name, address in (
            ("Other support", "**/other-support"),
            ("About", "**/about"),
            ("Find support", re.compile("/$")),
        ):
            follow(tab, header.get_by_role("link", name=name), address)
        tab.get_by_role("link", name="Leave this page").click()
        went_to_weather(tab)
        tab.go_back()
        assert tab.url == BEFORE_US
        tab.go_forward()
        went_to_weather(tab)
        with tab.expect_request(WEATHER):
            tab.evaluate("history.go(1)")  # entries of the app that lie ahead
        went_to_weather(tab)

    def test_a_reload_in_between_does_not_bring_the_app_back(
        self, tab: Page, stub_weather: Stub
    ) -> None:
        """The history then spans two documents: going back by count still finds the first entry."""
        stub_weather(tab)
        tab.goto(BEFORE_US)
        open_page(tab)
        header = tab.locator("header")
        follow(tab, header.get_by_role("link", name="Other support"), "**/other-support")
        tab.reload()
        tab.wait_for_selector(".st-key-footer")
        for _ in range(3):
            tab.keyboard.press("Escape")
        went_to_weather(tab)
        tab.go_back()
        tab.wait_for_function(
            "location.href === 'about:blank' || location.host === 'www.bbc.co.uk'"
        )
        expect(tab.locator(".urgent")).to_have_count(0)

    def test_back_within_the_app_still_works(self, tab: Page) -> None:
        open_page(tab)
        header = tab.locator("header")
        follow(tab, header.get_by_role("link", name="Other support"), "**/other-support")
        tab.go_back()
        expect(tab).to_have_url(re.compile(r"/$"))
        expect(tab.locator(".stMain .urgent")).to_be_visible()

    def test_clears_what_the_browser_kept_and_a_fresh_visit_works(
        self, tab: Page, stub_weather: Stub
    ) -> None:
        stub_weather(tab)
        open_page(tab)
        tab.goto("/?area=E07000106")
        tab.wait_for_function("() => sessionStorage.getItem('area')")
        tab.evaluate("localStorage.setItem('x', '1')")
        tab.get_by_role("link", name="Leave this page").click()
        went_to_weather(tab)
        tab.goto("/assets/app/icon.svg")
        assert tab.evaluate("[localStorage.length, Object.keys(sessionStorage)]") == [0, ["left"]]
        open_page(tab, "/about")
        expect(tab.locator(".stMain .urgent")).to_be_visible()


class TestKeyboardScreensPaper:
    @pytest.mark.parametrize("path", ["/", "/about"])
    def test_the_tab_key_starts_with_the_skip_link_and_the_way_out(
        self, page: Page, path: str
    ) -> None:
        """Nothing has the focus before: a screen reader begins with the urgent numbers."""
        open_page(page, path)
        page.keyboard.press("Tab")
        expect(page.locator(".skip-link")).to_be_focused()
        expect(page.locator(".skip-link")).to_have_text("Skip to main content")
        page.keyboard.press("Tab")
        expect(page.locator("#leave")).to_be_focused()
        expect(page.locator("#leave")).to_contain_text("Leave this page")

    def test_the_skip_link_moves_past_the_frame(self, page: Page) -> None:
        open_page(page, "/about")
        page.keyboard.press("Tab")
        expect(page.locator(".skip-link")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#main-content")).to_be_focused()
        assert "#" not in page.url

    @pytest.mark.parametrize("width", [320, 375, 768, 800, 1280])
    def test_nothing_scrolls_sideways_and_the_way_out_covers_nothing(
        self, page: Page, width: int
    ) -> None:
        """At the top it stands beside the navigation; at the bottom the page ends above it."""
        page.set_viewport_size({"width": width, "height": 700})
        open_page(page)
        assert sticking_out(page) == []
        page.wait_for_function(
            """() => {
              document.querySelector('.stMain').scrollTo(0, 1e6);
              const b = document.getElementById('leave').getBoundingClientRect();
              const hit = e => { const r = e.getBoundingClientRect();
                return r.width && r.right > b.left && r.left < b.right
                  && r.bottom > b.top && r.top < b.bottom; };
              return ![...document.querySelectorAll('.st-key-footer p, header a, header button')]
                .some(hit);
            }""",
            timeout=5000,
        )

    def test_on_paper_there_is_no_button_and_no_navigation(self, page: Page) -> None:
        open_page(page)
        page.emulate_media(media="print")
        expect(page.get_by_text("Leave this page")).to_be_hidden()
        expect(page.locator("header")).to_be_hidden()
        expect(page.locator(".stMain .urgent")).to_be_visible()
        page.emulate_media(media="screen")

    @pytest.mark.parametrize("path", ["/", "/other-support"])
    def test_axe_finds_nothing_serious_on_a_phone(self, phone: Page, path: str) -> None:
        """Every other page, width and colour scheme: `tests/audit`."""
        assert axe(open_page(phone, path)) == []


class TestPrivacy:
    def test_no_answer_and_no_query_in_the_server_log(self, page: Page, app: App) -> None:
        settled(open_page(page, "/?area=E07000106&need=loss"))
        assert app.log
        assert "E07000106" not in app.log
        assert "need=" not in app.log

    def test_answers_of_people_who_have_gone_can_be_forgotten(self, page: Page, app: App) -> None:
        open_page(page)
        assert "may stay in memory" not in app.log
