"""The coverage page in a browser: map, click, sheet, files; on a phone, too. No other host."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE, NewPage, axe, download, open_page

FRAME = ".st-key-coverage-map-frame iframe"
AREAS = "path.leaflet-interactive"
MOST_MAP_BYTES = 150_000


def coverage_page(page: Page) -> Page:
    open_page(page, "/coverage")
    page.frame_locator(FRAME).locator(AREAS).first.wait_for()
    return page


def test_no_serious_findings_on_a_wide_screen(page: Page) -> None:
    coverage_page(page)
    page.locator(".coverage-more summary").first.click()
    assert axe(page) == []


def test_no_serious_findings_on_a_phone_and_nothing_is_cut_off(phone: Page) -> None:
    coverage_page(phone)
    assert axe(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_a_click_on_the_map_opens_the_sheet_of_that_area(page: Page) -> None:
    coverage_page(page)
    inside = page.frame_locator(FRAME)
    expect(inside.locator(AREAS)).to_have_count(299)
    inside.locator(AREAS).nth(150).click(force=True)
    sheet = page.locator(".coverage-sheet")
    expect(sheet).to_contain_text("what is known")
    assert axe(page) == []


def test_the_map_is_a_small_message(new_page: NewPage) -> None:
    page = new_page()
    frames: list[int] = []
    page.on(
        "websocket",
        lambda ws: ws.on("framereceived", lambda data: frames.append(len(data))),
    )
    coverage_page(page)
    assert frames
    assert max(frames) < MOST_MAP_BYTES


@pytest.mark.parametrize("kind", ["CSV", "GeoJSON", "SVG", "PNG"])
def test_the_map_can_be_downloaded(page: Page, tmp_path: Path, kind: str) -> None:
    coverage_page(page)
    taken = download(page, f"({kind})")
    file = tmp_path / "file"
    taken.save_as(file)
    assert file.stat().st_size > 5_000
    assert taken.suggested_filename.startswith("coverage-council-birth_trauma")
