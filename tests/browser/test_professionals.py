"""The pages for professionals in a real browser: usable by a screen reader, a phone, a printer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from mmhs_finder.views.names import label
from tests.browser.conftest import answered, axe, download, follow, open_page, sticking_out
from tests.browser.examples import Examples


def view(page: Page, name: str) -> Page:
    with answered(page):
        page.locator(".stButtonGroup").get_by_text(name, exact=True).click()
    return page


def searched(page: Page, postcode: str) -> Page:
    open_page(page, "/professionals")
    with answered(page):
        page.get_by_role("textbox", name="The person's postcode").fill(postcode)
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Services for {postcode}")).to_be_visible()
    return page


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
        assert axe(page) == []

    def test_its_map_draws(self, page: Page) -> None:
        page.set_viewport_size({"width": 1280, "height": 800})
        open_page(page, "/services")
        frame = page.frame_locator(".st-key-listing-map-frame iframe")
        expect(frame.locator(".leaflet-container")).to_be_visible(timeout=20_000)
        expect(frame.locator(".pin:visible").first).to_be_visible()

    def test_from_the_list_to_the_sheet_and_back(self, page: Page, examples: Examples) -> None:
        word, found = examples.several_named()
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
            name = rows.nth(number).get_by_role("rowheader").inner_text().splitlines()[0]
            with answered(page):
                rows.nth(number).get_by_role("link", name="Referral sheet").press("Enter")
            sheet = page.locator("article.sheet")
            expect(sheet).to_contain_text(name)
            expect(sheet.locator("h2")).to_be_focused()
            expect(page.get_by_role("heading", name=f"Services for {postcode}")).to_be_visible()
            with answered(page):
                page.go_back()
            expect(box).to_have_value(word)
            expect(rows).to_have_count(len(found))


class TestSheets:
    def test_a_service_is_found_by_typing_its_name(self, page: Page, examples: Examples) -> None:
        directory = examples.finder.directory
        word, found = examples.several_named()
        open_page(page, "/professionals")
        box = page.get_by_role("combobox", name="Service: type its name")
        box.click()
        box.type(word)
        chosen = directory.services[found[-1].id]
        option = page.get_by_role("option").filter(has_text=label(chosen)).first
        expect(option).to_be_visible()
        with answered(page):
            option.click()
        expect(page.locator("article.sheet")).to_contain_text(chosen.provider)

    def test_a_link_to_a_sheet(self, page: Page, examples: Examples) -> None:
        _, found = examples.several_named()
        open_page(page, f"/professionals?service={found[0].id}")
        expect(page.locator("article.sheet")).to_contain_text(found[0].name)

    def test_the_sheet_on_screen_as_a_file_and_on_paper(
        self, page: Page, examples: Examples
    ) -> None:
        postcode = examples.with_service()
        service = examples.find(postcode).mmhs[0].service
        searched(page, postcode)
        assert axe(page) == []
        taken = download(page, "Download the sheet (PDF)")
        assert taken.suggested_filename == f"referral-{service.id}.pdf"
        assert taken.path().read_bytes().startswith(b"%PDF-")
        page.emulate_media(media="print")
        expect(page.locator("article.sheet")).to_be_visible()
        expect(page.locator(".st-key-professional-area")).to_be_hidden()
        expect(page.locator(".stButtonGroup").first).to_be_hidden()
        page.emulate_media(media="screen")

    def test_a_comparison_and_a_case_on_a_phone(self, phone: Page, examples: Examples) -> None:
        postcode = examples.with_service()
        view(searched(phone, postcode), "Compare")
        for width in (375, 320):
            phone.set_viewport_size({"width": width, "height": 812})
            table = phone.get_by_role("table").first
            expect(table).to_be_visible()
            assert table.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
            assert sticking_out(phone) == []
        assert axe(phone) == []
        data = download(phone, "Download the comparison (CSV)").path().read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert examples.find(postcode).mmhs[0].service.name in data.decode("utf-8-sig")
        view(phone, "Case check")
        assert axe(phone) == []
        assert sticking_out(phone) == []
