"""All services in a real browser: a short list, a table at every width, a map on demand."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import answered, axe, follow, open_page, sticking_out
from tests.browser.examples import Examples
from tests.browser.test_professionals import searched, view

MOST_PIXELS = {320: 5600, 375: 5000, 1280: 3400}
"""A page of the list from top to bottom, by the width of the window."""

LINES = """(all) => all.map((one) => new Set([...one.getClientRects()].map((r) => r.top)).size)"""
"""Over how many lines each name goes."""


class TestList:
    @pytest.mark.parametrize("width", [320, 375, 1280])
    def test_it_is_a_table_at_every_width_and_nothing_sticks_out(
        self, page: Page, width: int
    ) -> None:
        page.set_viewport_size({"width": width, "height": 800})
        open_page(page, "/services")
        table = page.get_by_role("table").first
        expect(table.get_by_role("rowheader").first).to_be_visible()
        assert table.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
        assert sticking_out(page) == []
        longest = page.locator(".stMain").evaluate("e => e.scrollHeight")
        assert longest <= MOST_PIXELS[width], "as long as a list of short rows"
        expect(page.get_by_text("Name, provider or place")).to_be_visible()
        expect(page.get_by_text("NHS region", exact=True)).to_be_hidden()
        assert page.locator(".listing-table th a").evaluate_all(LINES).count(5) == 0
        assert axe(page) == []

    def test_its_map_draws_when_somebody_asks(self, page: Page) -> None:
        page.set_viewport_size({"width": 1280, "height": 800})
        open_page(page, "/services")
        page.get_by_text("Show the map").click()
        frame = page.frame_locator(".st-key-listing-map-frame iframe")
        expect(frame.locator(".leaflet-container")).to_be_visible(timeout=20_000)
        expect(frame.locator(".pin").first).to_be_visible()

    def test_from_the_list_to_the_sheet_and_back(self, page: Page, examples: Examples) -> None:
        word, found = examples.several_mmhs_named()
        postcode = examples.with_service()
        page.set_viewport_size({"width": 1280, "height": 800})
        view(searched(page, postcode), "Compare")
        footer = page.locator(".st-key-footer")
        follow(page, footer.get_by_role("link", name="All services"), "**/services")
        rows = page.locator(".listing-table tbody tr")
        box = page.get_by_role("textbox", name="Name, provider or place")
        with answered(page):
            box.fill(word)
            box.press("Enter")
        expect(rows).to_have_count(len(found))
        for number in range(2):
            name = rows.nth(number).get_by_role("link").inner_text()
            with answered(page):
                rows.nth(number).get_by_role("link", name=name).press("Enter")
            sheet = page.locator(".sheet-bar h2")
            expect(sheet).to_have_text(name)
            expect(sheet).to_be_focused()
            expect(page.get_by_role("heading", name=f"Services for {postcode}")).to_be_visible()
            with answered(page):
                page.go_back()
            expect(box).to_have_value(word)
            expect(rows).to_have_count(len(found))
