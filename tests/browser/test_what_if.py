"""What if, clicked through: what would it take for a region, its link, files, on a phone, in the
dark and in forced colours."""

from __future__ import annotations

import csv
from datetime import date
from io import BytesIO
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect
from pypdf import PdfReader

from mmhs_finder.coverage.closing import what_it_takes
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.scenario import Scenario
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.directory import load_directory
from mmhs_finder.words import number, say
from tests.browser.conftest import NewPage, answered, axe, download, open_page, sticking_out

LABEL = "Scenario, not what is there today"
FRAME = ".st-key-coverage-map-frame iframe"


@pytest.fixture(scope="module")
def region() -> tuple[str, float]:
    """A region in which more than one step is needed, and the share that they reach together."""
    coverage = Coverage(load_directory(), date(2026, 11, 30))
    for where in (w for w in coverage.places if w.level is Level.REGION):
        steps = what_it_takes(coverage, Scenario(), Measure.SEPARATION, where)
        if len(steps) > 1:
            return where.name, steps[-1].after.rounded()[Value.YES]
    pytest.skip("no region lacks separation care")


def address(region: tuple[str, float]) -> str:
    return f"/coverage?where={quote(region[0])}&measure=separation&view=what_if"


class TestWhatItTakes:
    def test_a_commissioner_sees_it_at_once_and_takes_it_away(
        self, page: Page, tab: Page, region: tuple[str, float]
    ) -> None:
        open_page(page, address(region))
        expect(page.get_by_role("heading", name=say("what_if.steps_heading"))).to_be_visible()
        expect(page.locator(".what-if-step").first).to_contain_text("Then yes for")
        expect(page.get_by_text(LABEL)).to_have_count(0)
        assert axe(page) == []
        with answered(page):
            page.get_by_role("button", name="Try all").click()
        label = page.locator(".scenario-label")
        expect(label).to_contain_text(LABEL)
        figure = page.locator(".what-if-figure")
        expect(figure).to_contain_text(f"to {number(region[1], 1)}")
        expect(page.locator(".scenario-caption").first).to_have_text(LABEL)
        page.locator(FRAME).scroll_into_view_if_needed()
        inside = page.frame_locator(FRAME)
        expect(inside.get_by_role("region", name="Map of a scenario")).to_be_visible()
        inside.locator("path.line-chosen").first.wait_for(state="attached")
        page.get_by_text(say("what_if.keep")).click()
        assert axe(page) == []
        # Its link opens the same for somebody else, and the report names it on each page.
        report = download(page, say("what_if.report_pdf"))
        assert report.suggested_filename.startswith("scenario-coverage-")
        pages = PdfReader(BytesIO(report.path().read_bytes())).pages
        assert all("a scenario" in each.extract_text() for each in pages)
        link = page.get_by_role("link", name=say("what_if.link_label")).get_attribute("href")
        assert link is not None and "scenario=" in link
        told = figure.inner_text()
        open_page(tab, f"/coverage{link}")
        expect(tab.locator(".what-if-figure")).to_have_text(told)
        # A part of it taken out: the list of gaps is of the rest, and its file says so in each row.
        with answered(tab):
            tab.get_by_role("button", name="Take out").first.click()
        expect(tab.locator(".what-if-figure")).not_to_have_text(told)
        gaps = download(tab, say("what_if.gaps_csv"))
        assert gaps.suggested_filename.startswith("scenario-gaps-separation-")
        rows = list(csv.DictReader(gaps.path().open(encoding="utf-8-sig")))
        assert rows and all(row["scenario"].startswith(LABEL) for row in rows)
        with answered(tab):
            tab.get_by_test_id("stMain").get_by_text("Gap list", exact=True).first.click()
        expect(tab.get_by_text(LABEL)).to_have_count(0)
        assert "scenario=" not in tab.url

    def test_on_a_narrow_phone_nothing_is_cut_off(
        self, phone: Page, region: tuple[str, float]
    ) -> None:
        phone.set_viewport_size({"width": 320, "height": 640})
        open_page(phone, address(region))
        with answered(phone):
            phone.get_by_role("button", name="Try step 1").click()
        expect(phone.locator(".scenario-label")).to_contain_text(LABEL)
        assert sticking_out(phone) == []
        phone.get_by_text(say("what_if.own_heading")).click()
        expect(phone.get_by_role("combobox", name=say("what_if.own_icb"))).to_be_visible()
        assert sticking_out(phone) == []
        assert axe(phone) == []
        phone.set_viewport_size({"width": 375, "height": 812})

    @pytest.mark.parametrize("mode", [{"color_scheme": "dark"}, {"forced_colors": "active"}])
    def test_the_label_has_a_frame_in_every_mode(
        self, new_page: NewPage, mode: dict[str, str], region: tuple[str, float]
    ) -> None:
        other = new_page(1280, 800, **mode)
        open_page(other, address(region))
        with answered(other):
            other.get_by_role("button", name="Try step 1").click()
        expect(other.locator(".scenario-label")).to_have_css("border-top-style", "dashed")
        assert axe(other) == []
