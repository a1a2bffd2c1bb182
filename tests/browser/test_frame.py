"""The frame around every page, as somebody in a hurry meets it."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import App, NewPage, Traffic, axe, open_page, settled

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


# --- urgent help -------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/", "/other-support", "/about"])
def test_urgent_numbers_are_on_every_page_with_links_that_dial(page: Page, path: str) -> None:
    strip = open_page(page, path).locator(".stMain .urgent")
    expect(strip).to_be_visible()
    expect(strip).to_have_text(
        "In danger now? Call 999. Need urgent mental health help? In England and Wales, call 111 "
        "and press 2. In Scotland, call NHS 24 Mental Health Hub on 111. In Northern Ireland, call "
        "Lifeline on 0808 808 8000. Or call Samaritans on 116 123. Or text SHOUT to 85258. Free, "
        "day and night."
    )
    links = strip.locator("a").evaluate_all("all => all.map(a => a.getAttribute('href'))")
    assert links == [
        "tel:999",
        "tel:111",
        "tel:111",
        "tel:08088088000",
        "tel:116123",
        "sms:85258?body=SHOUT",
    ]
    expect(page.locator(".urgent")).to_have_count(1)


def test_urgent_numbers_and_the_way_out_are_there_before_the_app_has_loaded(phone: Page) -> None:
    phone.route("**/static/js/**", lambda route: None)  # a network that never answers
    phone.goto("/", wait_until="commit")
    expect(phone.locator("#before-app .urgent")).to_be_visible()
    expect(phone.get_by_role("link", name="Leave this page")).to_be_visible()
    expect(phone.get_by_text("This page is loading.")).to_be_visible()


def test_without_javascript_there_are_numbers_words_and_the_way_out(new_page: NewPage) -> None:
    page = new_page(375, 812, java_script_enabled=False)
    page.goto("/")
    expect(page.locator(".urgent")).to_be_visible()
    expect(page.get_by_role("heading", name="Find maternal mental health support")).to_be_visible()
    expect(page.locator(".no-script p").first).to_contain_text("needs no JavaScript")
    expect(page.locator(".no-script").get_by_role("link")).to_have_attribute("href", "/text/")
    expect(page.get_by_text("This page is loading.")).to_be_hidden()
    link = page.get_by_role("link", name="Leave this page")
    assert link.get_attribute("href") == "https://www.bbc.co.uk/weather"
    before = page.locator("#before-app").bounding_box()
    words = page.locator(".no-script h1").bounding_box()
    assert before
    assert words
    assert before["y"] + before["height"] <= words["y"], "the words lie under the search"


# --- leaving -----------------------------------------------------------------------------------


def test_leaving_by_click_and_back_does_not_show_the_app(page: Page, stub_weather: Stub) -> None:
    stub_weather(page)
    page.goto(BEFORE_US)
    open_page(page)
    page.get_by_role("link", name="Leave this page").click()
    went_to_weather(page)
    page.go_back()
    assert page.url == BEFORE_US


def test_leaving_by_escape_three_times(page: Page, stub_weather: Stub) -> None:
    stub_weather(page)
    open_page(page)
    for _ in range(2):
        page.keyboard.press("Escape")
    page.wait_for_timeout(200)
    expect(page.locator(".stMain .urgent")).to_be_visible()
    page.keyboard.press("Escape")
    went_to_weather(page)


def test_three_slow_escapes_do_not_leave(page: Page) -> None:
    open_page(page)
    for _ in range(3):
        page.keyboard.press("Escape")
        page.wait_for_timeout(1700)
    expect(page.locator(".stMain .urgent")).to_be_visible()


def test_leaving_before_the_app_has_loaded(page: Page, stub_weather: Stub) -> None:
    stub_weather(page)
    page.route("**/static/js/**", lambda route: None)
    page.goto("/", wait_until="commit")
    page.get_by_role("link", name="Leave this page").click()
    went_to_weather(page)


def test_after_several_pages_neither_back_nor_forward_shows_the_app(
    page: Page, stub_weather: Stub
) -> None:
    stub_weather(page)
    page.goto(BEFORE_US)
    open_page(page)
    header = page.locator("header")
    for name in ("Other support", "About", "Find support"):
        header.get_by_role("link", name=name).click()
        page.wait_for_timeout(400)
    page.get_by_role("link", name="Leave this page").click()
    went_to_weather(page)
    page.go_back()
    assert page.url == BEFORE_US
    page.go_forward()
    went_to_weather(page)
    page.evaluate("history.go(1)")  # entries of the app that lie ahead
    page.wait_for_timeout(1500)
    went_to_weather(page)


def test_a_reload_in_between_does_not_bring_the_app_back(page: Page, stub_weather: Stub) -> None:
    """The history then spans two documents: going back by count still finds the first entry."""
    stub_weather(page)
    page.goto(BEFORE_US)
    open_page(page)
    page.locator("header").get_by_role("link", name="Other support").click()
    page.wait_for_timeout(500)
    page.reload()
    page.wait_for_selector(".st-key-footer")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    went_to_weather(page)
    page.go_back()
    page.wait_for_timeout(1000)
    assert page.url == BEFORE_US or WEATHER.fullmatch(page.url)


def test_back_within_the_app_still_works(page: Page) -> None:
    open_page(page)
    page.locator("header").get_by_role("link", name="Other support").click()
    page.wait_for_url("**/other-support")
    page.go_back()
    expect(page).to_have_url(re.compile(r"/$"))
    expect(page.locator(".stMain .urgent")).to_be_visible()


def test_a_fresh_visit_after_leaving_works(page: Page, stub_weather: Stub) -> None:
    stub_weather(page)
    open_page(page)
    page.get_by_role("link", name="Leave this page").click()
    went_to_weather(page)
    open_page(page, "/about")
    expect(page.locator(".stMain .urgent")).to_be_visible()


def test_leaving_clears_what_the_browser_kept(page: Page, stub_weather: Stub) -> None:
    stub_weather(page)
    open_page(page)
    page.evaluate("localStorage.setItem('x', '1'); sessionStorage.setItem('y', '2')")
    page.get_by_role("link", name="Leave this page").click()
    went_to_weather(page)
    page.route("**/static/js/**", lambda route: None)
    page.goto("/assets/app/icon.svg")
    assert page.evaluate("[localStorage.length, sessionStorage.getItem('y')]") == [0, None]


# --- keyboard, small screens, paper ------------------------------------------------------------


def test_keyboard_order_starts_with_skip_link_and_way_out(page: Page) -> None:
    open_page(page, "/about")  # on the first page the cursor stands in the postcode box
    focused = "document.activeElement.textContent.trim()"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "Skip to main content"
    page.keyboard.press("Tab")
    assert page.evaluate(focused) == "Leave this page"


def test_skip_link_moves_past_the_frame(page: Page) -> None:
    settled(open_page(page, "/about"))
    page.keyboard.press("Tab")
    expect(page.locator(".skip-link")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main-content")).to_be_focused()
    assert "#" not in page.url


@pytest.mark.parametrize("width", [320, 375, 768, 1280])
def test_no_sideways_scrolling(new_page: NewPage, width: int) -> None:
    page = open_page(new_page(width, 700))
    too_wide = page.evaluate(
        "[document.documentElement, document.querySelector('.stMain')]"
        ".some(e => e.scrollWidth > e.clientWidth)"
    )
    assert not too_wide


@pytest.mark.parametrize("width", [320, 375, 768, 800, 1280])
def test_the_way_out_covers_nothing(new_page: NewPage, width: int) -> None:
    """At the top it stands beside the navigation; at the bottom the page ends above it."""
    page = open_page(new_page(width, 700))
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


def test_on_phones_the_ways_to_other_pages_are_in_sight(phone: Page) -> None:
    open_page(phone)
    links = phone.locator(".st-key-page-links")
    expect(links.get_by_role("link", name="Other support")).to_be_visible()
    links.get_by_role("link", name="About").click()
    phone.wait_for_url("**/about")


def test_on_paper_there_is_no_button_and_no_navigation(page: Page) -> None:
    open_page(page)
    page.emulate_media(media="print")
    expect(page.get_by_text("Leave this page")).to_be_hidden()
    expect(page.locator("header")).to_be_hidden()
    expect(page.locator(".stMain .urgent")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/other-support", "/about"])
def test_axe_finds_nothing_serious(page: Page, phone: Page, path: str) -> None:
    for one in (page, phone):
        assert axe(open_page(one, path)) == []


# --- privacy -----------------------------------------------------------------------------------


def test_answers_of_people_who_have_gone_can_be_forgotten(page: Page, app: App) -> None:
    open_page(page)
    assert "may stay in memory" not in app.log


def test_no_answer_and_no_query_in_the_server_log(page: Page, app: App) -> None:
    open_page(page, "/?area=E07000106&need=loss")
    assert "E07000106" not in app.log
    assert "need=" not in app.log
