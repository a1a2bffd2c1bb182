"""The journeys of the people who use it, in a real browser, on the real directory."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, Route, expect
from pypdf import PdfReader

from tests.browser.conftest import (
    ROOT,
    App,
    NewPage,
    Traffic,
    axe,
    download,
    open_page,
    running_app,
    settled,
    watch,
)

MAP_FRAME = "iframe[title*='folium'], .st-key-map-frame iframe"


def search(page: Page, postcode: str) -> Page:
    page.get_by_role("textbox", name="Your postcode").fill(postcode)
    page.keyboard.press("Enter")
    page.wait_for_selector(".st-key-result, [role=alert]")
    return settled(page)


def in_the_map(page: Page) -> FrameLocator:
    return page.frame_locator(MAP_FRAME)


def press_pin(page: Page, name: str) -> Locator:
    """Presses a sign until its popup is open: a map that is still being drawn swallows a press."""
    frame = in_the_map(page)
    popup = frame.locator(".leaflet-popup-content")
    for _ in range(10):
        frame.locator(".pin", has_text=name).first.click(force=True)
        try:
            expect(popup).to_be_visible(timeout=2_000)
        except AssertionError:
            continue
        return popup
    pytest.fail(f"the popup of {name} does not open")


def test_a_parent_finds_the_number_of_her_local_service(phone: Page) -> None:
    search(open_page(phone), "nr23td")
    card = phone.locator("article.card").first
    expect(card.get_by_role("heading", level=3)).to_have_text(
        "Lotus Maternal Therapeutic Outreach Team"
    )
    expect(card).to_contain_text("You can contact them yourself")
    expect(card.locator("a[href='tel:01603786781']")).to_be_visible()


def test_the_cursor_is_in_the_postcode_box(page: Page) -> None:
    open_page(page)
    expect(page.get_by_role("textbox", name="Your postcode")).to_be_focused()


def test_with_the_keyboard_alone(page: Page) -> None:
    open_page(page)
    expect(page.get_by_role("textbox", name="Your postcode")).to_be_focused()
    page.keyboard.type("CT1 3NG")
    page.keyboard.press("Enter")
    summary = page.locator("details.script summary").first
    expect(summary).to_be_visible()
    for _ in range(40):
        page.keyboard.press("Tab")
        if summary.evaluate("e => e === document.activeElement"):
            break
    else:
        pytest.fail("the words to say cannot be reached with the Tab key")
    page.keyboard.press("Enter")
    expect(page.locator("details.script blockquote").first).to_contain_text(
        "I would like to ask for a referral to Thrive"
    )


def test_after_a_search_the_result_is_in_view_and_has_the_focus(phone: Page) -> None:
    search(open_page(phone), "CT1 3NG")
    heading = phone.get_by_role("heading", name="Your local service", exact=True)
    expect(heading).to_be_focused()
    expect(heading).to_be_in_viewport()
    phone.get_by_role("button", name="Loss of a baby or pregnancy").click()
    settled(phone)
    expect(phone.get_by_role("button", name="Loss of a baby or pregnancy")).to_be_in_viewport()


def test_what_happened_is_taken_up(page: Page) -> None:
    search(open_page(page), "CT1 3NG")
    page.get_by_role("button", name="Loss of a baby or pregnancy").click()
    settled(page)
    expect(page.get_by_role("heading", name="Sands helpline")).to_be_visible()
    expect(page.get_by_role("heading", name="Rosewood Mother and Baby Unit")).to_have_count(0)


def test_a_typo_is_said_beside_the_field(page: Page) -> None:
    search(open_page(page), "Canterbury")
    expect(page.get_by_role("alert")).to_contain_text("That looks like a place name")


def test_the_map_draws_without_asking_any_other_host(page: Page, traffic: list[Traffic]) -> None:
    search(open_page(page), "CT1 3NG")
    frame = in_the_map(page)
    expect(frame.locator(".leaflet-container")).to_be_visible(timeout=20_000)
    expect(frame.locator("path.leaflet-interactive, svg path").first).to_be_attached()
    assert page.locator(MAP_FRAME).bounding_box()["height"] > 300
    page.wait_for_timeout(1000)
    assert not traffic[0].outside


def test_streets_come_only_after_they_were_asked_for(page: Page, traffic: list[Traffic]) -> None:
    tiles: list[str] = []

    def tile(route: Route) -> None:
        tiles.append(route.request.url)
        route.fulfill(content_type="image/png", body=b"")

    traffic[0].expected = re.compile(r"https://tile\.openstreetmap\.org/\d+/\d+/\d+\.png")
    page.route("https://tile.openstreetmap.org/**", tile)
    search(open_page(page), "CT1 3NG")
    expect(in_the_map(page).locator(".leaflet-container")).to_be_visible(timeout=20_000)
    page.wait_for_timeout(800)
    assert not tiles
    page.locator("label", has_text="Show streets").click()
    page.wait_for_timeout(3000)
    assert tiles
    assert not [t for t in tiles if "CT1" in t.upper()]


def test_a_pin_shows_its_card(page: Page) -> None:
    search(open_page(page), "NR2 3TD")
    frame = in_the_map(page)
    expect(frame.locator(".leaflet-container")).to_be_visible(timeout=20_000)
    press_pin(page, "Lotus")
    expect(page.get_by_role("heading", name="You picked this on the map")).to_be_visible(
        timeout=15_000
    )


def test_enter_on_a_sign_shows_its_card_too(page: Page) -> None:
    search(open_page(page), "NR2 3TD")
    settled(page)
    sign = in_the_map(page).locator(".pin", has_text="Lotus").first
    expect(sign).to_be_visible(timeout=20_000)
    sign.focus()
    page.keyboard.press("Enter")
    expect(in_the_map(page).locator(".leaflet-popup-content")).to_contain_text("Lotus")
    expect(page.get_by_role("heading", name="You picked this on the map")).to_be_visible()


def test_the_app_does_not_start_on_a_broken_directory(tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    file = data / "services.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("01603 786781", "not a number", 1), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port", "0"],
        cwd=ROOT,
        env={**os.environ, "MMHS_DATA_DIR": str(data)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode != 0
    assert "services.csv row " in done.stderr
    assert "column phone" in done.stderr


HOSTILE = (
    "<script>window.top.hacked=1</script><img src=x onerror='window.top.hacked=1'>"
    "{{7*191}}${window.top.hacked=1}`'\"Lotus"
)


def test_hostile_text_in_the_directory_stays_text(browser: Browser, tmp_path: Path) -> None:
    """A service whose name is an attack: on the card, in the map's signs and in its popup."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    with (data / "services.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["id"] == "lotus-norfolk-waveney":
            row["name"] = HOSTILE
    with (data / "services.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    unchecked = "tests/browser/unchecked_app.py"
    with running_app(tmp_path / "server.log", unchecked, MMHS_DATA_DIR=str(data)) as hostile:
        page = browser.new_page(base_url=hostile.url)
        seen = watch(page, hostile)
        search(open_page(page), "NR2 3TD")
        expect(page.locator("article.card h3").first).to_have_text(HOSTILE)
        popup = press_pin(page, "Lotus")
        expect(popup).to_contain_text("<script>window.top.hacked=1</script>")
        expect(popup).to_contain_text("{{7*191}}${window.top.hacked=1}")
        page.wait_for_timeout(1000)
        assert page.evaluate("window.hacked") is None
        assert not seen.outside
        page.close()


def test_no_postcode_in_addresses_requests_storage_or_the_log(
    page: Page, traffic: list[Traffic], app: App
) -> None:
    search(open_page(page), "NR32 1BX")
    page.get_by_role("button", name="Loss of a baby or pregnancy").click()
    settled(page)
    page.wait_for_timeout(1500)
    secret = re.compile(r"NR32|1BX", re.IGNORECASE)
    assert not secret.search(page.url)
    assert "loss" not in page.url
    assert not [url for url in traffic[0].requests if secret.search(url)]
    kept = page.evaluate(
        "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
    )
    assert not secret.search(kept)
    assert not secret.search(app.log)


def test_a_link_restores_the_view(page: Page) -> None:
    open_page(page, "/?area=E07000106&need=loss")
    expect(page.get_by_role("heading", name="Thrive", exact=True)).to_be_visible()


def test_a_search_survives_a_visit_to_another_page(page: Page) -> None:
    search(open_page(page), "CT1 3NG")
    page.get_by_role("link", name="Other support").first.click()
    settled(page)
    expect(page.get_by_role("heading", name="Near CT1 3NG")).to_be_visible()
    page.get_by_role("link", name="Find support").first.click()
    settled(page)
    expect(page.get_by_role("heading", name="Thrive", exact=True)).to_be_visible()
    expect(page.get_by_role("textbox", name="Your postcode")).to_have_value("CT1 3NG")


def test_the_page_scrolls_over_the_map_on_a_phone(phone: Page) -> None:
    search(open_page(phone), "CT1 3NG")
    expect(in_the_map(phone).locator(".leaflet-container")).to_be_visible(timeout=20_000)
    dragging = (
        in_the_map(phone)
        .locator(".leaflet-container")
        .evaluate("e => getComputedStyle(e).touchAction")
    )
    assert "pan-y" in dragging or dragging in ("auto", "manipulation")
    card = phone.locator("article.card").first.bounding_box()
    frame = phone.locator(MAP_FRAME).bounding_box()
    assert card["y"] + card["height"] <= frame["y"], "the card comes before the map"


@pytest.mark.parametrize("width", [320, 375, 1280])
def test_nothing_scrolls_sideways(new_page: NewPage, width: int) -> None:
    page = search(open_page(new_page(width=width)), "CT1 3NG")
    wide = page.locator('[data-testid="stMain"]').evaluate("e => e.scrollWidth - e.clientWidth")
    assert wide <= 0


@pytest.mark.parametrize(
    "typed", ["CT1 3NG", "RG12 2UT", "HU3 2JZ", "TS24 7BT", "EH1 1YZ", "CT1", "Canterbury"]
)
def test_axe_finds_nothing_serious_in_any_state(page: Page, typed: str) -> None:
    search(open_page(page), typed)
    page.wait_for_timeout(1500)
    assert axe(page) == []


@pytest.mark.parametrize("path", ["/", "/other-support", "/about"])
def test_axe_finds_nothing_serious_on_a_phone(phone: Page, path: str) -> None:
    assert axe(open_page(phone, path)) == []


def to_the_check(page: Page, postcode: str) -> Page:
    search(open_page(page), postcode)
    page.get_by_role("button", name="Loss of a baby or pregnancy").click()
    settled(page)
    page.locator(".st-key-result").get_by_role("link", name="Could it be right for me?").click()
    page.wait_for_url("**/check")
    settled(page)
    expect(page.get_by_role("heading", name="Could it be right for me?")).to_be_visible()
    return page


def test_from_the_questions_to_a_page_to_take_along(phone: Page, tmp_path: Path) -> None:
    to_the_check(phone, "CT1 3NG")
    group = phone.get_by_role("radiogroup", name=re.compile("Have you had help for this before"))
    group.get_by_text("Yes", exact=True).click()
    settled(phone)
    expect(phone.get_by_text("This service looks right to ask.")).to_be_visible()
    download(phone, "Get the page for Thrive (PDF)").save_as(tmp_path / "page.pdf")
    text = PdfReader(tmp_path / "page.pdf").pages[0].extract_text()
    assert "Thrive" in text
    assert "116 123" in text
    assert "Have you had help" not in text, "answers only where the person wants them"


def test_not_safe_shows_urgent_help_at_once(phone: Page) -> None:
    to_the_check(phone, "CT1 3NG")
    phone.get_by_text("I do not feel safe right now").click()
    settled(phone)
    expect(phone.get_by_role("radiogroup")).to_have_count(1)  # whether she is safe
    expect(phone.locator("article a[href='tel:999']")).to_be_visible()


@pytest.mark.parametrize("postcode", ["CT1 3NG", "ST16 3SR", "TS24 7BT"])
def test_axe_finds_nothing_serious_on_the_questions(page: Page, postcode: str) -> None:
    assert axe(to_the_check(page, postcode)) == []
