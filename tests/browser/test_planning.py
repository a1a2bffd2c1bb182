"""The page for planners in a browser: charts that draw, and their words for who cannot see them.

That no page asks another host, and that the console stays empty, is judged by `new_page`.
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from mmhs_finder.channels.streamlit.planning_picture import picture_texts
from tests.browser.conftest import DESKTOP, PHONE, NewPage, axe, download, open_page, settled

VIEWS = ("The 2024 picture", "Workforce", "Good practice")
CHART = '[data-testid="stVegaLiteChart"]'


def view(page: Page, name: str) -> Page:
    open_page(page, "/planning")
    page.get_by_test_id("stMain").get_by_text(name, exact=True).first.click()
    settled(page)
    headings = {
        "The 2024 picture": "What the survey of 2024 found",
        "Workforce": "How many staff an area may need",
        "Good practice": "Where does your system stand?",
    }
    expect(page.get_by_role("heading", name=headings[name])).to_be_visible()
    return settled(page)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["1280", "375"])
def test_axe_finds_nothing_serious_and_nothing_sticks_out(new_page: NewPage, size) -> None:
    page = new_page(**size)
    for name in VIEWS:
        view(page, name)
        if name != "Good practice":
            expect(page.locator(f"{CHART} svg").first).to_be_visible()
        if name == "Workforce":
            page.get_by_text("What the model assumes").click()
            expect(page.get_by_label("Births a year")).to_be_visible()
            settled(page)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]


def test_every_chart_draws_and_has_its_words_and_its_table(page: Page) -> None:
    view(page, "The 2024 picture")
    charts = page.locator(f"{CHART} svg.marks")
    expect(charts).to_have_count(6)
    closed = page.get_by_text("the figures as a table")
    expect(closed).to_have_count(7)
    for number in range(7):
        closed.nth(number).click()
    expect(page.get_by_role("table")).to_have_count(8)
    for words in picture_texts().values():
        expect(page.get_by_text(words, exact=True)).to_be_visible()
    spoken = page.locator(f'{CHART} [role="graphics-symbol"]').evaluate_all(
        "all => all.map(e => e.getAttribute('aria-label'))"
    )
    assert "Loss of custody of a baby: 11 of 41" in spoken
    assert "Assessment to one-to-one therapy, average: 16" in spoken


def test_an_area_fills_in_its_births_and_an_assumption_can_be_put_back(page: Page) -> None:
    view(page, "Workforce")
    box = page.get_by_role("combobox", name="Fill in the births of an area")
    box.fill("England")
    page.get_by_role("option", name="England, 2023-24").click()
    settled(page)
    expect(page.get_by_role("heading", name="Staff for 545,000 births")).to_be_visible()
    expect(page.get_by_text("517.8 full-time posts")).to_be_visible()
    page.get_by_text("What the model assumes").click()
    field = page.get_by_label("Do not take up the offer (% of those who need it)")
    field.fill("0")
    field.press("Enter")
    settled(page)
    expect(page.get_by_text("You have changed 1 of the guide")).to_be_visible()
    page.get_by_role("button", name="Back to the guide's figures").click()
    settled(page)
    expect(page.get_by_text("You have changed 1 of the guide")).to_be_hidden()
    expect(page.get_by_text("517.8 full-time posts")).to_be_visible()


def test_the_checklist_can_be_filled_in_and_taken_away(page: Page) -> None:
    view(page, "Good practice")
    group = page.get_by_role("radiogroup", name="Services work together openly")
    group.get_by_text("Partly", exact=True).click()
    settled(page)
    expect(page.get_by_text("1 of 13 lines answered")).to_be_visible()
    text = download(page, "Download as text").path().read_text(encoding="utf-8")
    assert text.startswith("1 of 13 lines answered")
    page.reload()
    page.wait_for_selector(".st-key-footer")
    page.get_by_test_id("stMain").get_by_text("Good practice", exact=True).first.click()
    settled(page)
    expect(page.get_by_text("0 of 13 lines answered")).to_be_visible()
