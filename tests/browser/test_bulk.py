"""A list uploaded, looked up and downloaded, as a professional does it; and what the page says."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from mmhs_finder.views.bulk_columns import ADDED
from tests.browser.conftest import NewPage, axe, download, open_page, settled

LIST = "ref,Home postcode,remark\n1,CT1 3NG,=1+1\n2,EH1 1YZ,\n3,rubbish,\n"


def upload(page: Page, name: str, data: bytes) -> None:
    page.locator('input[type="file"]').set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data}
    )


def rows_taken(page: Page, folder: Path) -> list[list[str]]:
    taken = download(page, "Download the list (CSV)")
    path = folder / taken.suggested_filename
    taken.save_as(path)
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


def test_a_list_comes_back_with_its_services(page: Page, tmp_path: Path):
    open_page(page, "/bulk")
    upload(page, "women.csv", LIST.encode())
    expect(page.get_by_role("combobox")).to_have_value("Home postcode")
    page.get_by_role("button", name="Look up the postcodes").click()
    expect(page.get_by_role("heading", name="Your list is ready")).to_be_visible()
    expect(page.get_by_text("Rows: 3. Postcodes found: 2. Not found: 1.")).to_be_visible()
    expect(page.get_by_role("table")).to_contain_text("Canterbury")
    assert axe(page) == []
    rows = rows_taken(page, tmp_path)
    assert (tmp_path / "women-mmhs.csv").exists()
    assert rows[0] == ["ref", "Home postcode", "remark", *ADDED]
    assert rows[1][:6] == ["1", "CT1 3NG", "'=1+1", "yes", "Canterbury", "E07000106"]
    assert "postcode" not in page.url.lower()


def test_a_large_list_shows_how_far_it_is_and_can_be_cancelled(page: Page):
    open_page(page, "/bulk")
    upload(page, "large.csv", ("postcode\n" + "CT1 3NG\n" * 550_000).encode())
    page.get_by_role("button", name="Look up the postcodes").click()
    expect(page.get_by_text(re.compile("rows done.*rows a second"))).to_be_visible()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("Cancelled. Nothing was kept.")).to_be_visible()
    expect(page.get_by_role("button", name="Look up the postcodes")).to_be_visible()


def test_a_file_that_is_no_table_is_answered_in_plain_words(page: Page):
    open_page(page, "/bulk")
    upload(page, "list.csv", b"%PDF-1.7 \x00\x01")
    expect(page.get_by_role("alert")).to_contain_text("Save it as CSV or XLSX")


def test_the_page_fits_a_phone(new_page: NewPage):
    page = new_page(375, 812)
    open_page(page, "/bulk")
    upload(page, "women.csv", LIST.encode())
    page.get_by_role("button", name="Look up the postcodes").click()
    expect(page.get_by_role("heading", name="Your list is ready")).to_be_visible()
    settled(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_list_stands_until_it_is_deleted(page: Page, tmp_path: Path):
    open_page(page, "/bulk")
    upload(page, "women.csv", LIST.encode())
    page.get_by_role("button", name="Look up the postcodes").click()
    ready = page.get_by_role("heading", name="Your list is ready: women.csv")
    expect(ready).to_be_visible()
    page.locator(".st-key-footer").get_by_role("link", name="All services").click()
    page.wait_for_url("**/services")
    settled(page)
    expect(page.get_by_role("heading", name="All services")).to_be_visible()
    page.go_back()
    expect(ready).to_be_visible()
    assert rows_taken(page, tmp_path)[1][4] == "Canterbury"
    page.get_by_role("button", name="Delete this list now").click()
    settled(page)
    expect(page.get_by_text("Deleted. Nothing of your list is left")).to_be_visible()
    expect(ready).to_be_hidden()
