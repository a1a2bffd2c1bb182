"""The page for planners in a browser: charts that draw, and their words for who cannot see them.

That no page asks another host, and that the console stays empty, is judged for every test.
What the fields do with the figures: `tests/pages/test_planning_page.py`.
"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from mmhs_finder.channels.streamlit.planning_picture import picture_texts
from mmhs_finder.planning.facts import checklist, topic
from tests.browser.conftest import answered, axe, download, follow, open_page, sticking_out

CHART = '[data-testid="stVegaLiteChart"]'
INK = """() => {
    const probe = document.body.appendChild(document.createElement("i"));
    probe.style.color = "var(--ink)";
    const ink = getComputedStyle(probe).color;
    probe.remove();
    return ink;
}"""
HEADINGS = {
    "The 2024 picture": "What the survey of 2024 found",
    "Why it matters": "Why it matters",
    "The Integrate guide": "What the Integrate guide says",
    "Workforce": "How many staff an area may need",
    "Good practice": "Where does your system stand?",
}


def view(page: Page, name: str) -> Page:
    """Opens the page and chooses a view of it."""
    open_page(page, "/planning")
    if name != "The 2024 picture":
        with answered(page):
            page.get_by_test_id("stMain").get_by_text(name, exact=True).first.click()
    expect(page.get_by_role("heading", name=HEADINGS[name], exact=True)).to_be_visible()
    return page


class TestPlanning:
    def test_every_chart_draws_and_has_its_words_and_its_table(self, page: Page) -> None:
        view(page, "The 2024 picture")
        charts = page.locator(f"{CHART} svg.marks")
        expect(charts).to_have_count(6)
        closed = page.get_by_text("the figures as a table")
        expect(closed).to_have_count(7)
        for number in range(7):
            closed.nth(number).click()
        expect(page.get_by_role("table")).to_have_count(8)
        page.set_viewport_size({"width": 320, "height": 700})
        wide = page.get_by_role("table").evaluate_all(
            "all => all.filter(t => t.getBoundingClientRect().right > 320).map(t => t.innerText)"
        )
        assert wide == []
        page.set_viewport_size({"width": 1280, "height": 800})
        for words in picture_texts().values():
            expect(page.get_by_text(words, exact=True)).to_be_visible()
        spoken = page.locator(f'{CHART} [role="graphics-symbol"]').evaluate_all(
            "all => all.map(e => e.getAttribute('aria-label'))"
        )
        assert "Loss of custody of a baby: 11 of 41" in spoken
        assert "Assessment to one-to-one therapy, average: 16" in spoken
        assert axe(page) == []

    def test_charts_have_the_letters_of_a_dark_screen_and_tables_fit_the_narrowest_phone(
        self, phone: Page
    ) -> None:
        view(phone, "The 2024 picture")
        letters = phone.locator(f"{CHART} svg.marks text").first
        seen = set()
        for scheme in ("light", "dark"):
            phone.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            ink = phone.evaluate(INK)
            expect(letters).to_have_css("fill", ink)
            seen.add(ink)
        assert len(seen) == 2
        phone.emulate_media(color_scheme="light")
        phone.set_viewport_size({"width": 320, "height": 640})
        for summary in phone.locator(".coverage-more summary").all():
            summary.click()
        assert sticking_out(phone) == []
        phone.set_viewport_size({"width": 375, "height": 812})

    def test_what_the_guide_says_can_be_read_by_everybody_and_fits_the_narrowest_phone(
        self, page: Page
    ) -> None:
        view(page, "The Integrate guide")
        for summary in page.locator(".coverage-more summary").all():
            summary.click()
        expect(page.get_by_text("One perinatal mental health service for all")).to_be_visible()
        assert axe(page) == []
        page.set_viewport_size({"width": 320, "height": 640})
        assert sticking_out(page) == []
        page.set_viewport_size({"width": 1280, "height": 800})

    def test_areas_are_added_up_costs_are_the_visitors_and_plans_stand_side_by_side(
        self, page: Page
    ) -> None:
        view(page, "Workforce")
        box = page.get_by_role("combobox", name="Fill in the births of one area or more")
        for typed in ("London (NHS region)", "Camden"):
            box.fill(typed)
            with answered(page):
                page.get_by_role("option", name=typed).click()
        page.keyboard.press("Escape")
        expect(page.get_by_text("Camden is counted once")).to_be_visible()
        for band in ("Band 5", "Band 7", "Band 8a"):
            field = page.get_by_label(f"{band}, pounds a year for one post")
            field.fill("50000")
            with answered(page):
                field.press("Enter")
        expect(page.get_by_text("a year by your figures")).to_be_visible()
        for plan in ("A", "B"):
            with answered(page):
                page.get_by_role("button", name=f"Keep this as plan {plan}").click()
        table = page.get_by_role("table", name="Your plans side by side")
        expect(table.get_by_role("columnheader", name="Plan B")).to_be_visible()
        assert "?" not in page.url
        assert axe(page) == []

    def test_an_area_fills_in_its_births_and_an_assumption_can_be_put_back(
        self, page: Page
    ) -> None:
        view(page, "Workforce")
        with answered(page):
            page.get_by_role("button", name="England, 2023-24").click()
        expect(page.get_by_role("heading", name="Staff for 545,000 births")).to_be_visible()
        expect(page.get_by_text("517.8 full-time posts")).to_be_visible()
        page.get_by_text("What the model assumes").click()
        field = page.get_by_label("Do not take up the offer (% of those who need it)")
        field.fill("0")
        with answered(page):
            field.press("Enter")
        expect(page.get_by_text("You have changed 1 of the guide")).to_be_visible()
        with answered(page):
            page.get_by_role("button", name="Back to the guide's figures").click()
        expect(page.get_by_text("You have changed 1 of the guide")).to_be_hidden()
        expect(page.get_by_text("517.8 full-time posts")).to_be_visible()

    def test_the_checklist_can_be_filled_in_and_taken_away_and_a_new_visit_is_empty(
        self, page: Page
    ) -> None:
        view(page, "Good practice")
        group = page.get_by_role("radiogroup", name="Services work together openly")
        with answered(page):
            group.get_by_text("Partly", exact=True).click()
        lines = len(checklist())
        expect(page.get_by_text(f"1 of {lines} lines answered")).to_be_visible()
        text = download(page, "Download as text").path().read_text(encoding="utf-8")
        assert text.startswith(f"1 of {lines} lines answered")
        assert axe(page) == []
        view(page, "Good practice")
        expect(page.get_by_text(f"0 of {lines} lines answered")).to_be_visible()

    def test_why_it_matters_for_an_icb_and_the_same_place_on_coverage(self, page: Page) -> None:
        view(page, "Why it matters")
        closed = page.get_by_text("Figures about suicide")
        figure = page.get_by_role("rowheader", name=topic("deaths")[0].label)
        expect(figure).to_be_hidden()
        closed.click()
        expect(figure).to_be_visible()
        page.get_by_text("What others say").click()
        where = page.get_by_role("combobox", name="Where", exact=True)
        where.press_sequentially("Kent")
        with answered(page):
            page.get_by_role("option", name="ICB: NHS Kent and Medway").click()
        expect(page.get_by_role("heading", name="(ICB: NHS Kent and Medway)")).to_have_count(4)
        assert axe(page) == []
        page.set_viewport_size({"width": 320, "height": 700})
        assert sticking_out(page) == []
        page.set_viewport_size({"width": 1280, "height": 800})
        with answered(page):
            page.get_by_test_id("stMain").get_by_text("Good practice", exact=True).first.click()
        recommended = [item for item in checklist() if item.recommendation]
        known = page.get_by_text("This list knows.", exact=True)
        expect(known).to_have_count(len(recommended))
        page.set_viewport_size({"width": 320, "height": 700})
        assert sticking_out(page) == []
        page.set_viewport_size({"width": 1280, "height": 800})
        coverage = page.locator(".st-key-footer").get_by_role("link", name="Coverage")
        follow(page, coverage, "**/coverage")
        expect(where).to_have_value("ICB: NHS Kent and Medway")
