"""The search as it is met: where it stands on a small phone, what it says, how its chips work."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Locator, Page, expect

from mmhs_finder.words import say
from tests.browser.conftest import Windows, answered, axe, open_page, settled, sticking_out
from tests.browser.examples import Examples
from tests.browser.test_journeys import CHIP_HAPPENED, CHIP_PLACE, LOSS, search

SMALL = {"width": 360, "height": 640}
BAR = 590
"""Where "Leave this page" begins at the foot of a phone 640 pixels high."""

ROW_OF_CHIPS = 95
"""Pixels that the search may take once it has an answer, at 360 wide."""


@pytest.fixture
def small(windows: Windows) -> Page:
    """A phone of 360 by 640 pixels."""
    return windows.shared("small", **SMALL, is_mobile=True, has_touch=True)


def box_of(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Your postcode")


def edges(part: Locator) -> tuple[float, float]:
    """Upper and lower edge in pixels of the window."""
    expect(part).to_be_visible()
    box = part.bounding_box()
    assert box is not None
    return box["y"], box["y"] + box["height"]


def in_order(*parts: Locator) -> list[tuple[float, float]]:
    """The edges of parts, each of which begins where the one before it has ended or lower."""
    found = [edges(part) for part in parts]
    for above, below in itertools.pairwise(found):
        assert above[1] <= below[0] + 1
    return found


class TestFirstLook:
    def test_the_whole_search_stands_above_the_bar_and_the_question_under_it(
        self, small: Page
    ) -> None:
        open_page(small)
        found = in_order(
            small.locator(".stMain .urgent"),
            small.get_by_role("heading", level=1),
            small.locator("#postcode-label"),
            small.locator("#postcode-hint"),
            small.locator(".st-key-postcode"),
        )
        button = edges(small.get_by_role("button", name="Find support"))
        assert max(found[-1][1], button[1]) <= BAR
        question = edges(small.get_by_text(say("find.needs_label")))
        assert 0 <= question[0] - button[1] < 40
        fold = small.locator("summary", has_text=say("find.council_fold"))
        expect(fold).to_be_visible()
        expect(small.get_by_role("combobox", name="Choose your council")).to_be_hidden()
        fold.click()
        expect(small.get_by_role("combobox", name="Choose your council")).to_be_visible()

    def test_the_box_says_what_it_is_for_and_nothing_stands_between(self, page: Page) -> None:
        open_page(page)
        around = page.get_by_role("search", name=say("find.landmark"))
        box = around.get_by_role("textbox", name="Your postcode")
        for name, value in {
            "autocomplete": "postal-code",
            "autocapitalize": "characters",
            "spellcheck": "false",
            "enterkeyhint": "search",
        }.items():
            expect(box).to_have_attribute(name, value)
        expect(box).to_have_accessible_description(say("find.postcode_hint"))
        expect(box).not_to_have_attribute("aria-invalid", "true")
        assert around.locator("button, input").evaluate_all("all => all.map(e => e.tagName)") == [
            "INPUT",
            "BUTTON",
        ]
        page.locator("#postcode-label").click()
        expect(box).to_be_focused()


class TestSomethingToMend:
    def test_it_is_in_view_tied_to_the_box_and_leads_on_by_keyboard(self, small: Page) -> None:
        open_page(small)
        box_of(small).fill("Margate")
        with answered(small):
            small.get_by_role("button", name="Find support").click()
        problem = small.get_by_role("alert")
        expect(problem).to_be_focused()
        meant = small.get_by_role("button", name="Show support in Thanet")
        found = in_order(
            small.locator("#postcode-label"),
            small.locator("#postcode-hint"),
            problem,
            meant,
            small.locator(".st-key-postcode"),
        )
        assert found[0][0] >= 0
        assert found[-1][1] <= BAR
        box = box_of(small)
        expect(box).to_have_attribute("aria-invalid", "true")
        expect(box).to_have_accessible_description(
            f"{say('find.postcode_hint')} {say('find.error_title')} {say('postcode.town_or_words')}"
        )
        border = small.get_by_test_id("stTextInputRootElement").evaluate(
            "e => [getComputedStyle(e).borderTopColor,"
            " getComputedStyle(document.querySelector('.alert')).borderLeftColor]"
        )
        assert border[0] == border[1], "both are red"
        assert axe(small) == []
        assert sticking_out(small) == []
        small.keyboard.press("Tab")
        expect(meant).to_be_focused()
        with answered(small):
            small.keyboard.press("Enter")
        expect(small.locator(CHIP_PLACE)).to_have_text("Thanet · change")
        small.locator(CHIP_PLACE).click()
        expect(box).not_to_have_attribute("aria-invalid", "true")

    def test_the_same_again_is_said_again(self, page: Page) -> None:
        open_page(page)
        for _ in range(2):
            box_of(page).fill("Margate")
            with answered(page):
                box_of(page).press("Enter")
            expect(page.get_by_role("alert")).to_be_focused()


class TestChips:
    def test_the_search_takes_two_lines_and_opens_in_place(
        self, small: Page, examples: Examples
    ) -> None:
        postcode, other = examples.with_service(), examples.with_number()
        search(open_page(small), postcode)
        row, place, happened = (
            small.locator(".chips"),
            small.locator(CHIP_PLACE),
            small.locator(CHIP_HAPPENED),
        )
        top, bottom = edges(row)
        assert bottom - top <= ROW_OF_CHIPS
        expect(place).to_have_text(f"{postcode} · change")
        expect(happened).to_have_text("What happened? · choose")
        expect(box_of(small)).to_be_hidden()
        place.press("Enter")
        expect(place).to_have_attribute("aria-expanded", "true")
        expect(happened).to_have_attribute("aria-expanded", "false")
        expect(box_of(small)).to_be_focused()
        expect(box_of(small)).to_be_in_viewport()
        with answered(small):
            small.keyboard.type(other)  # what stood there was chosen, so this is in its stead
            small.keyboard.press("Enter")
        expect(place).to_have_text(f"{other} · change")
        expect(place).to_have_attribute("aria-expanded", "false")
        expect(box_of(small)).to_be_hidden()
        expect(small.locator("[data-search]")).to_be_focused()

    def test_what_happened_changes_the_answer_in_place_and_is_heard(
        self, small: Page, examples: Examples
    ) -> None:
        search(open_page(small), examples.with_service())
        region = small.locator("#said")
        expect(region).to_have_attribute("role", "status")
        expect(region).to_be_empty()
        region.evaluate("e => { e.isTheOne = true; }")
        small.locator(CHIP_HAPPENED).press("Enter")
        first = small.get_by_role("button", name=say("need.birth_trauma"))
        expect(first).to_be_focused()
        pill = small.get_by_role("button", name=LOSS, exact=True)
        pill.scroll_into_view_if_needed()
        settled(small)
        before = edges(pill)[0]
        with answered(small):
            pill.click()
        expect(region).to_contain_text("loss of a baby or pregnancy")
        assert region.evaluate("e => e.isTheOne"), "it was there before its words"
        expect(pill).to_be_visible()
        assert abs(edges(pill)[0] - before) <= 2
        expect(small.locator(CHIP_HAPPENED)).to_have_text(
            "For: loss of a baby or pregnancy · change"
        )
        top, bottom = edges(small.locator(".chips"))
        assert bottom - top <= ROW_OF_CHIPS
        assert axe(small) == []
        small.get_by_role("button", name=say("find.chip_done")).click()
        expect(pill).to_be_hidden()
        expect(small.locator("[data-search]")).to_be_focused()
        expect(small.locator("[data-search]")).to_be_in_viewport()

    def test_big_letters_and_a_narrow_window_cut_nothing(
        self, page: Page, examples: Examples
    ) -> None:
        page.set_viewport_size({"width": 320, "height": 640})
        search(open_page(page), examples.with_service())
        page.add_style_tag(content="html { font-size: 34px !important; }")
        cut = page.locator(".chip").evaluate_all(
            "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).length"
        )
        assert cut == 0
        page.locator(CHIP_PLACE).click()
        assert page.locator(".chips, .st-key-search-place, .st-key-search-council").evaluate_all(
            "all => all.every(e => e.getBoundingClientRect().right <= innerWidth)"
        )
