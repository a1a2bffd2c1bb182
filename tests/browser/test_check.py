"""Could it be right for me, on a phone: what is in sight while she answers, and what is said."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from mmhs_finder.directory.models import Pathway
from mmhs_finder.eligibility import Question, question_text
from mmhs_finder.words import say
from tests.browser.conftest import answered, axe, follow, open_page, settled, sticking_out
from tests.browser.examples import Examples

SMALL = {"width": 360, "height": 640}

IN_SIGHT = """() => {
  const box = document.querySelector('.st-key-verdict').getBoundingClientRect();
  const bar = document.getElementById('leave').getBoundingClientRect();
  return box.height > 0 && box.top >= 0 && box.bottom <= bar.top + 1;
}"""

COVERED = """() => {
  const one = document.activeElement, box = document.querySelector('.st-key-verdict');
  if (!one || one === document.body || box.contains(one)) return '';
  if (one.closest('.leave, .skip-link')) return '';
  const own = (one.closest('label') || one).getBoundingClientRect();
  const covers = [box, document.getElementById('leave')].map((e) => e.getBoundingClientRect());
  const under = covers.some((c) => own.top < c.bottom - 1 && own.bottom > c.top + 1);
  return under ? one.outerHTML.slice(0, 200) : '';
}"""
"""The element that has the focus, where the verdict or the way out lies over a part of it."""


def to_the_check(page: Page, postcode: str, *needs: str) -> Page:
    """By a search on the page itself."""
    page.set_viewport_size(SMALL)
    open_page(page, "/check")
    for need in needs:
        with answered(page):
            page.get_by_role("button", name=need).click()
    box = page.get_by_role("textbox", name="Your postcode")
    box.fill(postcode)
    with answered(page):
        box.press("Enter")
    return settled(page)


class TestOnAPhone:
    def test_it_works_without_a_search_before_it(self, phone: Page, examples: Examples) -> None:
        phone.set_viewport_size(SMALL)
        open_page(phone, "/check")
        expect(phone.get_by_role("radiogroup", name=say("check_page.safety"))).to_be_visible()
        expect(phone.locator("summary", has_text=question_text(Question.WHO))).to_be_visible()
        assert axe(phone) == []
        postcode = examples.with_service()
        to_the_check(phone, postcode, "Loss of a baby")
        expect(phone.locator(".st-key-verdict")).to_contain_text("left to answer")
        assert phone.url.endswith("/check")

    def test_the_verdict_is_in_sight_while_she_answers_and_is_said(
        self, phone: Page, examples: Examples
    ) -> None:
        postcode = examples.asking(Question.SEEN_BEFORE, Pathway.LOSS)
        to_the_check(phone, postcode, "Loss of a baby")
        expect(phone.locator("[data-search]")).to_be_focused()
        phone.wait_for_function(IN_SIGHT, timeout=5_000)
        phone.locator(".stMain").evaluate("element => element.scrollTo(0, 0)")
        phone.wait_for_function(IN_SIGHT, timeout=5_000)
        region = phone.locator(".st-key-status-verdict[role=status]")
        before = region.inner_text()
        region.evaluate("element => { element.isTheSame = true; }")
        for question in (Question.LOSS_KIND, Question.SEEN_BEFORE):
            words = question_text(question)
            group = phone.get_by_role("radiogroup", name=words)
            if not group.is_visible():
                phone.locator("summary", has_text=words).press("Enter")
            with answered(phone):
                group.get_by_role("radio").first.locator("xpath=ancestor::label").click()
            phone.wait_for_function(IN_SIGHT, timeout=5_000)
            assert region.evaluate("element => element.isTheSame"), "it was there before"
            expect(region).not_to_have_text(before)
            before = region.inner_text()
        assert phone.locator("[role=status]:visible:not(#said)").count() == 1
        assert axe(phone) == []
        assert sticking_out(phone) == []

    def test_the_words_are_one_press_from_the_verdict(
        self, phone: Page, examples: Examples
    ) -> None:
        """As she has changed them."""
        postcode = examples.postcode(lambda a: not a.mmhs and a.place.areas)
        to_the_check(phone, postcode)
        phone.context.grant_permissions(["clipboard-read", "clipboard-write"])
        words = phone.get_by_role("textbox", name=say("take_away.script_label_none"))
        with answered(phone):
            words.fill("Words of my own")
            words.press("Control+Enter")
        phone.get_by_role("button", name=say("fit_verdict.words")).click()
        expect(phone.locator(".st-key-verdict [data-copied]")).to_have_text(say("action.copied"))
        assert phone.evaluate("navigator.clipboard.readText()") == "Words of my own"

    def test_by_keyboard_nothing_is_hidden_below_the_verdict(
        self, phone: Page, examples: Examples
    ) -> None:
        to_the_check(phone, examples.asking(Question.SEEN_BEFORE, Pathway.LOSS), "Loss of a baby")
        phone.locator("h1").first.evaluate("e => { e.tabIndex = -1; e.focus(); }")
        reached = []
        for _ in range(24):
            phone.keyboard.press("Tab")
            assert phone.evaluate(COVERED) == ""
            reached.append(phone.evaluate("document.activeElement.tagName"))
        assert "SUMMARY" in reached
        assert "INPUT" in reached


def test_the_way_from_an_answer_keeps_the_place(page: Page, examples: Examples) -> None:
    postcode = examples.with_service()
    box = open_page(page).get_by_role("textbox", name="Your postcode")
    box.fill(postcode)
    with answered(page):
        box.press("Enter")
    link = page.locator(".st-key-result").get_by_role("link", name="Could it be right for me?")
    follow(page, link, "**/check")
    expect(page.locator(".st-key-verdict")).to_be_visible()
