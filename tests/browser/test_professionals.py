"""The pages for professionals in a real browser: usable by a screen reader, a phone, a printer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, axe, download, open_page, settled

SIZES = [(1280, 800), (375, 812)]


def view(page: Page, name: str) -> Page:
    page.locator(".stButtonGroup").get_by_text(name, exact=True).click()
    return settled(page)


def searched(page: Page, postcode: str) -> Page:
    open_page(page, "/professionals")
    page.get_by_role("textbox", name="The person's postcode").fill(postcode)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Services for {postcode}")).to_be_visible()
    return settled(page)


def sideways(page: Page) -> int:
    main = page.locator('[data-testid="stMain"]')
    return int(main.evaluate("e => e.scrollWidth - e.clientWidth"))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_axe_finds_nothing_serious_in_the_list(new_page: NewPage, width: int, height: int) -> None:
    page = settled(open_page(new_page(width=width, height=height), "/services"))
    assert axe(page) == []
    assert sideways(page) <= 0


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_axe_finds_nothing_serious_for_professionals(
    new_page: NewPage, width: int, height: int
) -> None:
    page = searched(new_page(width=width, height=height), "BS1 5TR")
    for name in ("Referral sheet", "Compare", "Case check"):
        view(page, name)
        assert axe(page) == [], name
        assert sideways(page) <= 0, name


@pytest.mark.parametrize("width", [320, 375])
def test_tables_are_cards_on_a_phone_and_still_tables(new_page: NewPage, width: int) -> None:
    page = settled(open_page(new_page(width=width), "/services"))
    table = page.get_by_role("table").first
    expect(table.get_by_role("rowheader").first).to_be_visible()
    assert table.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    assert sideways(page) <= 0
    page = searched(new_page(width=width), "BS1 5TR")
    view(page, "Compare")
    table = page.get_by_role("table").first
    expect(table).to_be_visible()
    assert table.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
    assert sideways(page) <= 0


def test_a_service_is_found_by_typing_another_name(page: Page) -> None:
    open_page(page, "/professionals")
    box = page.get_by_role("combobox", name="Service: type its name")
    box.click()
    box.type("lotus")
    options = page.get_by_role("option")
    expect(options.filter(has_text="Norfolk and Waveney")).to_be_visible()
    expect(options.filter(has_text="South Staffordshire")).to_be_visible()
    options.filter(has_text="South Staffordshire").click()
    settled(page)
    expect(page.locator("article.sheet")).to_contain_text("Midlands Partnership")


def test_from_the_list_to_the_sheet_and_back(page: Page) -> None:
    view(searched(page, "BS1 5TR"), "Compare")
    page.locator(".st-key-footer").get_by_role("link", name="All services").click()
    page.wait_for_url("**/services")
    settled(page)
    table = page.locator(".listing-table")
    box = page.get_by_role("textbox", name="Name, provider or place")
    box.fill("lotus")
    box.press("Enter")
    settled(page)
    expect(table.locator("tbody tr")).to_have_count(3)
    for name in ("Norfolk and Waveney", "South Staffordshire"):
        row = table.get_by_role("row").filter(has_text=name)
        settled(page)
        row.get_by_role("link", name="Referral sheet").press("Enter")
        expect(page.locator("article.sheet")).to_contain_text(name)
        expect(page.locator("article.sheet h2")).to_be_focused()
        expect(page.get_by_role("heading", name="Services for BS1 5TR")).to_be_visible()
        settled(page).go_back()
        expect(box).to_have_value("lotus")
        expect(table.locator("tbody tr")).to_have_count(3)


def test_a_link_to_a_sheet(page: Page) -> None:
    open_page(page, "/professionals?service=thrive-kent-medway")
    expect(page.locator("article.sheet")).to_contain_text("Thrive")


def test_the_comparison_can_be_downloaded(page: Page) -> None:
    view(searched(page, "BS1 5TR"), "Compare")
    data = download(page, "Download the comparison (CSV)").path().read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert "Maternal Loss and Trauma Service" in data.decode("utf-8-sig")


def test_the_sheet_can_be_downloaded_as_a_pdf(page: Page) -> None:
    searched(page, "BS1 5TR")
    taken = download(page, "Download the sheet (PDF)")
    assert taken.suggested_filename == "referral-bnssg-maternal-loss-and-trauma-service.pdf"
    assert taken.path().read_bytes().startswith(b"%PDF-")


def test_on_paper_only_the_content(page: Page) -> None:
    searched(page, "BS1 5TR")
    page.emulate_media(media="print")
    expect(page.locator("article.sheet")).to_be_visible()
    expect(page.locator(".st-key-professional-area")).to_be_hidden()
    expect(page.locator(".stButtonGroup").first).to_be_hidden()


def test_the_lists_map_draws(page: Page) -> None:
    settled(open_page(page, "/services"))
    frame = page.frame_locator(".st-key-listing-map-frame iframe")
    expect(frame.locator(".leaflet-container")).to_be_visible(timeout=20_000)
    expect(frame.locator(".pin").first).to_be_visible()
