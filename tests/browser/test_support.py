"""Other support on a phone: short, what is open first, and nothing that hurts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from mmhs_finder.words import say
from tests.browser.conftest import answered, axe, follow, open_page, settled, sticking_out
from tests.browser.examples import Examples

SMALL = {"width": 360, "height": 640}
MOST = 4000
"""Pixels of the whole page at 360, folds closed."""

LENGTH = "document.querySelector('.stMain').scrollHeight"


def toggled(page: Page, wanted: bool) -> Page:
    """Only what is open now, or everything, whatever the hour is."""
    box = page.get_by_role("switch", name=say("support.open_now"))
    if box.is_checked() is not wanted:
        with answered(page):
            page.locator(".st-key-open_only label").click()
    return settled(page)


class TestOnAPhone:
    @pytest.mark.parametrize("searched", [False, True])
    def test_it_is_short_with_nothing_chosen_by_night_and_by_day(
        self, phone: Page, examples: Examples, searched: bool
    ) -> None:
        phone.set_viewport_size(SMALL)
        open_page(phone, "/" if searched else "/other-support")
        if searched:
            box = phone.get_by_role("textbox", name="Your postcode")
            box.fill(examples.with_service())
            with answered(phone):
                box.press("Enter")
            link = phone.get_by_role("link", name="Other support").locator("visible=true").first
            follow(phone, link, "**/other-support")
        for wanted in (True, False):
            toggled(phone, wanted)
            assert phone.evaluate(LENGTH) <= MOST, wanted
            assert sticking_out(phone) == []
            for group in phone.locator(".group").all():
                assert group.locator("> .lines > li").count() <= 4
        with answered(phone):
            phone.get_by_role("radio", name=say("topic.loss")).click()
        expect(phone.get_by_role("radio", name=say("topic.with_a_baby"))).to_have_count(1)
        assert axe(phone) == []

    def test_all_lines_are_one_press_away_and_nothing_is_said_of_babies(self, phone: Page) -> None:
        phone.set_viewport_size(SMALL)
        toggled(open_page(phone, "/other-support"), True)
        # Lines for a crisis stand there whatever the hour.
        shut = phone.locator(".state-shut").evaluate_all(
            "all => all.filter(e => !e.closest('.st-key-urgent-lines')).map(e => e.innerText)"
        )
        assert shut == []
        text = phone.locator(".stMain").evaluate("element => element.textContent")
        for word in ("feeding", "parenting", "Baby Buddy"):
            assert word not in text
        with answered(phone):
            phone.get_by_role("button", name="Show all").click()
        expect(phone.get_by_role("switch", name=say("support.open_now"))).not_to_be_checked()
        names = phone.locator(".lines h3").all_text_contents()
        assert len(names) > 20
        assert "feeding" not in phone.locator(".stMain").evaluate("e => e.textContent")

    def test_a_fold_says_of_what_and_opens_by_keyboard(self, phone: Page) -> None:
        toggled(open_page(phone, "/other-support"), False)
        fold = phone.locator(".group > details.more", has_text="loss of a baby").first
        expect(fold.locator(".lines").first).to_be_hidden()
        fold.locator("summary").first.press("Enter")
        expect(fold.locator(".lines h3").first).to_be_visible()
