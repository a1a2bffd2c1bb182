"""A list uploaded, looked up and downloaded, as a professional does it; and what the page says."""

from __future__ import annotations

import csv
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from mmhs_finder.views.bulk_columns import ADDED
from tests.browser.conftest import axe, download, follow, open_page, sticking_out

LIST = "ref,Home postcode,remark\n1,CT1 3NG,=1+1\n2,EH1 1YZ,\n3,rubbish,\n"


def upload(page: Page, name: str, data: bytes) -> None:
    page.locator('input[type="file"]').set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data}
    )


def look_up(page: Page, name: str, data: bytes) -> None:
    open_page(page, "/bulk")
    upload(page, name, data)
    page.get_by_role("button", name="Look up the postcodes").click()


def rows_taken(page: Page, folder: Path) -> list[list[str]]:
    taken = download(page, "Download the list (CSV)")
    path = folder / taken.suggested_filename
    taken.save_as(path)
    return list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))


class TestList:
    def test_it_comes_back_with_its_services_and_stands_until_it_is_deleted(
        self, page: Page, tmp_path: Path
    ) -> None:
        open_page(page, "/bulk")
        upload(page, "women.csv", LIST.encode())
        expect(page.get_by_role("combobox")).to_have_value("Home postcode")
        page.get_by_role("button", name="Look up the postcodes").click()
        ready = page.get_by_role("heading", name="Your list is ready: women.csv")
        expect(ready).to_be_visible()
        expect(page.get_by_text("Rows: 3. Postcodes found: 2. Not found: 1.")).to_be_visible()
        first_rows = page.get_by_role("table", name=re.compile("The first"))
        expect(first_rows).to_contain_text("Canterbury")
        assert axe(page) == []
        page.set_viewport_size({"width": 375, "height": 812})
        assert sticking_out(page) == []
        page.set_viewport_size({"width": 1280, "height": 800})
        rows = rows_taken(page, tmp_path)
        assert (tmp_path / "women-mmhs.csv").exists()
        assert rows[0] == ["ref", "Home postcode", "remark", *ADDED]
        assert rows[1][:6] == ["1", "CT1 3NG", "'=1+1", "yes", "Canterbury", "E07000106"]
        assert "postcode" not in page.url.lower()
        other = page.locator(".st-key-footer").get_by_role("link", name="All services")
        follow(page, other, "**/services")
        expect(page.get_by_role("heading", name="All services")).to_be_visible()
        page.go_back()
        expect(ready).to_be_visible()
        assert rows_taken(page, tmp_path)[1][4] == "Canterbury"

    def test_a_large_one_shows_how_far_it_is_and_can_be_cancelled(self, page: Page) -> None:
        look_up(page, "large.csv", ("postcode\n" + "CT1 3NG\n" * 550_000).encode())
        expect(page.get_by_text(re.compile("rows done.*rows a second"))).to_be_visible()
        page.get_by_role("button", name="Cancel").click()
        expect(page.get_by_text("Cancelled. Nothing was kept.")).to_be_visible()
        expect(page.get_by_role("button", name="Look up the postcodes")).to_be_visible()
