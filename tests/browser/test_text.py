"""The pages without a script in a real browser: a phone with scripts off, axe, the first page."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Status
from mmhs_finder.words import say
from tests.browser.conftest import App, NewPage, Traffic

PATHS = (
    "",
    "check",
    "words",
    "support",
    "urgent",
    "councils",
    "services",
    "professionals",
    "coverage",
    "coverage/midlands",
    "about",
    "changes",
    "area/E07000106",
    "nowhere",
)
SIDEWAYS = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def axe(page: Page) -> list[str]:
    """Serious and critical findings. There is no app to wait for, as `conftest.axe` does."""
    found = Axe().run(page).response["violations"]
    return [f"{v['id']}: {v['help']}" for v in found if v["impact"] in ("serious", "critical")]


def search(page: Page, postcode: str, *needs: str) -> None:
    """Fills the form in as somebody would, and sends it with the key of the keyboard."""
    page.goto("/text/")
    page.get_by_text(say("find.needs_label")).first.click()
    for need in needs:
        page.get_by_label(say(f"need.{need}")).check()
    page.get_by_label(say("find.postcode_label")).fill(postcode)
    page.get_by_label(say("find.postcode_label")).press("Enter")


def test_the_whole_way_with_scripts_off_on_a_small_phone(new_page: NewPage, app: App) -> None:
    page = new_page(360, 640, java_script_enabled=False)
    asked_for: list[str] = []
    page.on("request", lambda request: asked_for.append(request.url))
    search(page, "CT1 3NG", "loss")
    expect(page.get_by_role("heading", level=1)).to_have_text(say("text_pages.result"))
    expect(page.locator(".verdict").first).to_be_visible()
    main = page.get_by_role("main")
    main.get_by_role("button", name=say("check_page.title")).click()
    page.get_by_label(say("choice.stillbirth")).check()
    page.get_by_role("button", name=say("text_pages.check_submit")).click()
    expect(page.get_by_role("heading", name=say("check_page.next_heading"))).to_be_visible()
    main.get_by_role("button", name=say("text_pages.words")).click()
    page.get_by_text(say("text_pages.change_words")).click()
    words = page.get_by_role("textbox")
    expect(words).to_have_value(re.compile(re.escape(say("script.happened_loss"))))
    main.get_by_role("button", name=say("check_page.back")).click()
    main.get_by_role("button", name=say("text_pages.more_support")).click()
    expect(page.get_by_label(say("topic.loss"))).to_be_checked()
    for url in (page.url, *asked_for):
        assert "CT1" not in url
        assert "loss" not in url
        assert "stillbirth" not in url
    assert page.context.cookies() == []
    assert "CT1" not in app.log


def test_the_way_out_goes_at_once(tab: Page, traffic: list[Traffic]) -> None:
    weather = "https://www.bbc.co.uk/weather"
    page = tab
    for window in traffic:
        window.expected = re.compile(re.escape(weather))
    referers: list[str | None] = []

    def answer(route, request) -> None:  # type: ignore[no-untyped-def]
        referers.append(request.headers.get("referer"))
        route.fulfill(body="<title>Weather</title>", content_type="text/html")

    page.route(weather, answer)
    search(page, "CT1 3NG", "loss")
    page.get_by_role("link", name=say("index.leave")).click()
    expect(page).to_have_title("Weather")
    assert referers == [None]


@pytest.mark.parametrize("path", PATHS)
def test_a_page_passes_axe_and_is_not_moved_sideways(new_page: NewPage, path: str) -> None:
    page = new_page(320, 640)
    page.goto(f"/text/{path}")
    assert axe(page) == []
    assert not page.evaluate(SIDEWAYS)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_her_pages_pass_axe(new_page: NewPage, scheme: str) -> None:
    page = new_page(360, 640, color_scheme=scheme)
    search(page, "CT1 3NG", "loss")
    main = page.get_by_role("main")
    pages = [axe(page)]
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    pages.append(axe(page))
    main.get_by_role("button", name=say("check_page.title")).click()
    pages.append(axe(page))
    page.get_by_role("button", name=say("text_pages.check_submit")).click()
    pages.append(axe(page))
    main.get_by_role("button", name=say("text_pages.words")).click()
    pages.append(axe(page))
    page.goto("/text/")
    page.get_by_label(say("find.postcode_label")).fill("Margate")
    page.get_by_label(say("find.postcode_label")).press("Enter")
    box = page.get_by_label(say("find.postcode_label"))
    expect(box).to_be_focused()
    expect(box).to_be_in_viewport()
    pages.append(axe(page))
    assert pages == [[]] * len(pages)


def test_data_for_programs_is_no_script_to_the_policy(
    new_page: NewPage, directory: Directory
) -> None:
    running = next(s for s in directory.services.values() if s.status is Status.OPEN)
    page = new_page(360, 640)
    page.goto(f"/text/service/{running.id}")
    assert page.locator('script[type="application/ld+json"]').count() == 1


def test_numbers_and_ways_are_big_enough_for_a_thumb(new_page: NewPage) -> None:
    page = new_page(360, 640)
    search(page, "CT1 3NG", "loss")
    for link in page.locator('.urgent a, .ways a[href^="tel:"], .ways a[href^="sms:"]').all():
        if link.is_visible():
            box = link.bounding_box()
            assert box
            assert box["height"] >= 44


def test_no_focus_is_hidden_behind_the_way_out(new_page: NewPage) -> None:
    page = new_page(360, 640)
    search(page, "CT1 3NG", "loss")
    leave = page.get_by_role("link", name=say("index.leave")).bounding_box()
    assert leave
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "(() => { const r = document.activeElement.getBoundingClientRect();"
            " return [r.top, document.activeElement.closest('.leave') !== null]; })()"
        )
        assert focused[1] or focused[0] < leave["y"]


# --- the first page ---------------------------------------------------------------------------


def test_before_the_app_is_there_a_search_is_answered(new_page: NewPage) -> None:
    page = new_page(360, 640)
    page.route("**/static/js/**", lambda route: None)  # a network that never answers
    page.goto("/", wait_until="commit")
    box = page.get_by_label(say("find.postcode_label"))
    box.fill("CT1 3NG")
    box.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(say("text_pages.result"))


def test_what_was_typed_before_the_app_is_there_is_in_its_own_box(phone: Page) -> None:
    held: list[object] = []
    phone.route("**/static/js/**", lambda route: held.append(route))
    phone.goto("/", wait_until="commit")
    phone.locator("#first-postcode").fill("CT1 3NG")
    phone.unroute("**/static/js/**")  # and what was held goes on
    own = phone.locator(".st-key-postcode input")
    expect(own).to_have_value("CT1 3NG", timeout=60_000)
    expect(own).to_be_focused()
    own.press("Enter")
    expect(phone.locator(".st-key-result")).to_be_visible()


def test_every_footer_leads_to_the_simple_version(page: Page) -> None:
    page.goto("/about")
    link = page.locator(".st-key-footer").get_by_role("link", name=say("text_pages.simple_version"))
    expect(link).to_have_attribute("href", "/text/", timeout=60_000)
