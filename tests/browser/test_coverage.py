"""The coverage page in a browser: map, click, sheet, files; on a phone, too. No other host."""

from __future__ import annotations

import csv
from datetime import datetime
from io import BytesIO
from pathlib import Path

from playwright.sync_api import Page, expect
from pypdf import PdfReader

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.snapshots import read_snapshots
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.directory import Directory
from mmhs_finder.directory.named import area_words
from mmhs_finder.hours import LONDON
from mmhs_finder.render.static import MAP_FRAME_AT
from mmhs_finder.views.coverage_history import history_view
from mmhs_finder.words import say
from tests.browser.conftest import (
    answered,
    axe,
    choose,
    download,
    open_page,
    settled,
    sticking_out,
)

FRAME = ".st-key-coverage-map-frame iframe"
AREAS = "path.leaflet-interactive"
LINE = "path.line-chosen"
"""What is drawn around the chosen area."""

MOST_MAP_BYTES = 30_000


def coverage_page(page: Page) -> Page:
    open_page(page, "/coverage")
    page.locator(FRAME).scroll_into_view_if_needed()  # on a phone it is drawn when it is in view
    page.frame_locator(FRAME).locator(AREAS).first.wait_for()
    return page


def map_place(page: Page) -> str:
    """Zoom and middle of the map, and whether its page was loaded anew since `mark` was set."""
    frame = next(f for f in page.frames if MAP_FRAME_AT in f.url)
    return str(
        frame.evaluate("""`${finderDrawn.map.getZoom()} ${finderDrawn.map.getCenter().toString()}
          ${window.mark || 'new'}`""")
    )


class TestExamples:
    def test_they_are_on_the_map_and_in_a_list_only_when_somebody_asks(self, page: Page) -> None:
        coverage_page(page)
        inside = page.frame_locator(FRAME)
        signs = inside.locator('use[href="#sign-example"]')
        expect(signs).to_have_count(0)
        listed = page.get_by_role("heading", name="Examples in the Integrate guide")
        expect(listed).to_have_count(0)
        switch = page.get_by_text("Show examples from the Integrate guide")
        with answered(page):
            switch.click()
        expect(listed).to_be_visible()
        sign = inside.get_by_role("button", name="Blackpool: example in the Integrate guide")
        sign.press("Enter")
        expect(inside.get_by_text("Health visitors offer behavioural activation")).to_be_visible()
        assert axe(page) == []
        with answered(page):
            switch.click()
        expect(signs).to_have_count(0)
        expect(listed).to_have_count(0)


class TestMap:
    def test_it_is_a_small_message_and_a_click_opens_the_sheet_and_leaves_the_map_where_it_was(
        self, page: Page
    ) -> None:
        frames: list[int] = []
        page.on(
            "websocket",
            lambda ws: ws.on("framereceived", lambda data: frames.append(len(data))),
        )
        coverage_page(page)
        assert frames
        assert max(frames) < MOST_MAP_BYTES
        inside = page.frame_locator(FRAME)
        expect(inside.locator(AREAS)).to_have_count(299)
        page.locator(".st-key-coverage-map-frame").scroll_into_view_if_needed()
        frame = next(f for f in page.frames if MAP_FRAME_AT in f.url)
        frame.evaluate("finderDrawn.map.setView([53.8, -1.55], 8, {animate: false})")
        frame.evaluate("window.mark = 'same'")
        before = map_place(page)
        lines = inside.locator(LINE)
        expect(lines).to_have_count(0)
        box = page.locator(FRAME).bounding_box()
        assert box is not None
        with answered(page):
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        expect(page.locator(".coverage-sheet")).to_contain_text("Leeds: what is known")
        expect(lines).to_have_count(1)
        page.locator(".coverage-more summary").first.click()
        assert axe(page) == []
        measure = page.get_by_role("combobox", name="What to show")
        measure.press_sequentially("Self-ref")
        with answered(page):
            page.get_by_role("option", name="Self-referral").click()
        expect(page.get_by_role("heading", name="Self-referral, by council")).to_be_visible()
        assert map_place(page) == before

    def test_the_list_of_areas_does_what_a_click_does_with_the_keyboard_alone(
        self, page: Page
    ) -> None:
        coverage_page(page)
        page.get_by_role("combobox", name="Sheet for").focus()
        page.keyboard.type("Canterb")
        expect(page.get_by_role("option", name="Canterbury")).to_be_visible()
        with answered(page):
            page.keyboard.press("Enter")
        expect(page.locator(".coverage-sheet")).to_contain_text("Canterbury: what is known")
        inside = page.frame_locator(FRAME)
        expect(inside.locator(LINE)).to_have_count(1)
        # The map is passed with a few keys, not one for each of the 299 areas.
        inside.get_by_role("region").focus()
        for _ in range(4):
            page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.tagName") != "IFRAME"
        assert download(page, "Report (PDF)").path().read_bytes().startswith(b"%PDF")
        assert b"Canterbury" in download(page, "Report to print").path().read_bytes()


class TestOnePlace:
    def test_a_region_holds_for_map_list_gap_list_table_and_files(self, page: Page) -> None:
        open_page(page, "/coverage?where=North%20West&measure=separation")
        inside = page.frame_locator(FRAME)
        inside.locator(AREAS).first.wait_for()
        # The view is zoomed to it, and only its areas can be chosen.
        assert 30 < inside.locator(AREAS).count() < 60
        frame = next(f for f in page.frames if MAP_FRAME_AT in f.url)
        south, north = frame.evaluate(
            "(b => [b.getSouth(), b.getNorth()])(finderDrawn.map.getBounds())"
        )
        assert 52 < south < 53.2 and 54.3 < north < 55.5
        expect(page.get_by_role("heading", name="In the North West")).to_be_visible()
        expect(page.locator(".coverage-sheet")).to_contain_text("North West: what is known")
        bar = page.locator(".share-bar").first
        assert (bar.get_attribute("alt") or "").startswith("In the North West: ")
        box = bar.bounding_box()
        assert box is not None and box["width"] > 600 and 30 < box["height"] < 60
        page.get_by_text("These figures as a table").click()
        expect(page.locator(".coverage-table").first).to_contain_text("England")
        assert axe(page) == []
        # On paper: the bar and its table, and not an empty frame.
        page.emulate_media(media="print")
        expect(page.locator(FRAME)).to_be_hidden()
        expect(bar).to_be_visible()
        page.emulate_media(media="screen")
        main = page.get_by_test_id("stMain")
        with answered(page):
            main.get_by_text("Gap list", exact=True).click()
        gaps = download(page, "Gap list (CSV)")
        assert "-north-west-" in gaps.suggested_filename
        lines = list(csv.DictReader(gaps.path().open(encoding="utf-8-sig")))
        assert lines and {line["region"] for line in lines} == {"North West"}
        with answered(page):
            main.get_by_text("Table", exact=True).click()
        box_for_text = page.get_by_role("textbox", name="Only rows with this")
        box_for_text.fill("black")
        with answered(page):
            box_for_text.press("Enter")
        page.get_by_text("Download or share this view").click()
        table = download(page, "Table (CSV)")
        assert "-north-west-" in table.suggested_filename
        names = [r["name"] for r in csv.DictReader(table.path().open(encoding="utf-8-sig"))]
        assert names and all("black" in name.lower() for name in names)
        expect(page.get_by_text("only the rows that are shown above")).to_be_visible()

    def test_choosing_a_place_on_the_page_zooms_the_map_and_is_in_the_offered_link(
        self, page: Page
    ) -> None:
        coverage_page(page)
        expect(page.locator(".coverage-regions")).to_contain_text("South West")
        where = page.get_by_role("combobox", name="Where")
        where.press_sequentially("Kent")
        with answered(page):
            page.get_by_role("option", name="ICB: NHS Kent and Medway").click()
        expect(page.frame_locator(FRAME).locator(AREAS)).to_have_count(13)
        expect(page.locator(".coverage-sheet")).to_contain_text("NHS Kent and Medway: what")
        page.get_by_text("Download or share this view").click()
        link = page.get_by_role("link", name="Link to this view")
        assert "where=E54000032" in (link.get_attribute("href") or "")

    def test_on_a_narrow_phone_nothing_is_cut_off_and_the_map_begins_high(
        self, phone: Page
    ) -> None:
        for width, most in ((320, 1_400), (360, 1_200)):
            phone.set_viewport_size({"width": width, "height": 640})
            open_page(phone, "/coverage?where=North%20West&measure=separation")
            box = phone.locator(FRAME).bounding_box()
            assert box is not None and box["y"] < most
            phone.locator(FRAME).scroll_into_view_if_needed()
            phone.frame_locator(FRAME).locator(AREAS).first.wait_for()
            assert sticking_out(phone) == []
        phone.set_viewport_size({"width": 375, "height": 812})


class TestOverTime:
    def test_a_commissioner_asks_what_changed_and_what_is_not_seen_and_gets_the_files(
        self, page: Page, directory: Directory
    ) -> None:
        open_page(page, "/coverage")
        choose(page, "Where", "NHS region: North West")
        choose(page, "What to show", "Help after separation from a baby")
        with answered(page):
            page.get_by_test_id("stMain").get_by_text("Over time", exact=True).first.click()
        coverage = Coverage(directory, datetime.now(LONDON).date())
        where = coverage.place("North West")
        assert where is not None
        kept = read_snapshots(directory.folder)
        view = history_view(coverage, kept, where)
        expect(page.get_by_text(view.intro)).to_be_visible()
        expect(page.get_by_role("heading", name="1. What was promised")).to_be_visible()
        assert axe(page) == []
        assert view.since is not None
        for link in ("Table (CSV)", "For programs (JSON)"):
            address = page.get_by_role("link", name=link).last.get_attribute("href")
            assert address is not None
            reply = page.request.get(address)
            assert reply.status == 200 and view.since.isoformat().encode() in reply.body()
        with answered(page):
            page.get_by_test_id("stMain").get_by_text("Gap list", exact=True).first.click()
        lacking = {
            area_words(row.name)
            for row in coverage.rows(Level.COUNCIL, Measure.SEPARATION, where)
            if not row.parent and row.value is not Value.YES
        }
        shown = page.locator(".st-key-coverage-gaps tbody th").all_inner_texts()
        assert shown and lacking.issuperset(name.partition(". ")[2] for name in shown)


class TestViews:
    def test_the_offered_link_opens_the_same_view(self, page: Page) -> None:
        open_page(page, "/coverage?level=icb&measure=loss&view=gaps")
        page.get_by_text("Download or share this view").click()
        href = page.get_by_role("link", name="Link to this view").get_attribute("href")
        assert href == "?level=icb&measure=loss&view=gaps"
        expect(page.get_by_role("heading", name="Where it is not known")).to_be_visible()
        table = page.get_by_role("radio", name="Table").or_(page.get_by_text("Table", exact=True))
        with answered(page):
            table.first.click()
        expect(page.get_by_role("heading", name="Every area as a table")).to_be_visible()
        page.wait_for_url("**/coverage")

    def test_england_and_a_region_have_a_report_with_a_page_for_a_board(self, page: Page) -> None:
        for query, name in (("", "England"), ("?where=North%20West", "North West")):
            open_page(page, f"/coverage{query}")
            file = download(page, say("area_report.report_pdf"))
            assert file.suggested_filename.startswith("coverage-")
            first, second = PdfReader(BytesIO(file.path().read_bytes())).pages[:2]
            assert say("area_report.title", name=name) in first.extract_text()
            assert second.extract_text().startswith(say("area_report_board.detail"))
        expect(page.get_by_role("heading", name=say("area_report_board.asks"))).to_be_visible()
        assert axe(page) == []

    def test_each_on_a_phone_is_sound_and_not_cut_off(self, phone: Page) -> None:
        coverage_page(phone)
        for view, heading in (
            ("Map", "Help after birth trauma, by council"),
            ("Gap list", "Where it is not known"),
            ("Need and help", "Each area, by need"),
            ("Table", "Every area as a table"),
            ("Over time", "What has changed"),
        ):
            if view != "Map":
                with answered(phone):
                    phone.get_by_test_id("stMain").get_by_text(view, exact=True).first.click()
            expect(phone.get_by_role("heading", name=heading)).to_be_visible()
            assert axe(phone) == []
            assert sticking_out(phone) == []

    def test_need_and_help_names_an_area_under_the_pointer_and_says_all_without_it(
        self, page: Page
    ) -> None:
        open_page(page, "/coverage?where=North%20West&measure=loss&view=need")
        picture = page.locator(".st-key-coverage-need .stVegaLiteChart")
        picture.scroll_into_view_if_needed()  # it is drawn when it is in view
        marks = picture.locator(".mark-symbol.role-mark path")
        marks.first.hover(force=True)
        tip = page.locator("#vg-tooltip-element")
        expect(tip).to_contain_text("Births (year to mid-2020)")
        named = page.locator(".st-key-coverage-need [role=graphics-document]")
        described = named.get_attribute("aria-label") or ""
        assert "What is known of them?" in described
        expect(page.locator(".st-key-coverage-need")).to_contain_text(described[-60:])
        rows = page.locator(".st-key-coverage-need-table")
        expect(rows).to_contain_text(f"of {marks.count()}")
        taken = download(page, "Areas and need (CSV)")
        assert "-north-west-" in taken.suggested_filename
        with taken.path().open(encoding="utf-8-sig") as file:
            assert {row["region"] for row in csv.DictReader(file)} == {"North West"}

    def test_the_map_can_be_downloaded_in_every_kind(self, page: Page, tmp_path: Path) -> None:
        coverage_page(page)
        page.get_by_text("Download or share this view").click()
        for kind in ("CSV", "GeoJSON", "SVG", "PNG"):
            taken = download(page, f"({kind})")
            file = tmp_path / kind
            taken.save_as(file)
            assert file.stat().st_size > 5_000
            assert taken.suggested_filename.startswith("coverage-council-birth_trauma")
            settled(page)
