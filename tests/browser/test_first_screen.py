"""The first screen of an answer on a small phone at night: what stands in its first 590 px.

The bar "Leave this page" takes the rest of the 640. Not for: what is said (`tests/unit/views`).
"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from mmhs_finder.answers.types import Outcome
from mmhs_finder.directory.models import Pathway, YesNo
from mmhs_finder.render.html.answer import FIRST_SHOWN
from mmhs_finder.views.verdict import ActionKind
from mmhs_finder.words import say
from tests.browser.conftest import NewPage, Windows, answered, open_page, settled, sticking_out
from tests.browser.examples import Examples
from tests.browser.test_journeys import CHIP_HAPPENED, LOSS

SCREEN = 590
LONGEST = 3_000
LONGEST_ANSWER = 2_000
ABOVE = 190
"""Pixels that the urgent strip and the chips of the search take above an answer."""

PLACES = """() => {
  const main = document.querySelector('.stMain');
  const first = document.querySelector('.first').getBoundingClientRect();
  const end = e => e ? e.getBoundingClientRect().bottom - first.top : null;
  return {
    action: end(document.querySelector('.act')),
    numbers: end(document.querySelector('.numbers')),
    now: end(document.querySelector('.now')),
    top: first.top + main.scrollTop,
    length: main.scrollHeight,
    answer: document.querySelector('.st-key-result').offsetHeight,
    map: document.querySelector('.st-key-map-section')?.offsetHeight || 0,
  };
}"""


@pytest.fixture
def small(windows: Windows) -> Page:
    return windows.shared("small", width=360, height=640, is_mobile=True, has_touch=True)


def search(page: Page, postcode: str) -> Page:
    open_page(page)
    with answered(page):
        box = page.locator(".st-key-postcode input").first
        box.fill(postcode)
        box.press("Enter")
    page.wait_for_selector("[data-search]")
    return settled(page)


def itself(examples: Examples) -> str:
    return examples.postcode(
        lambda a: a.outcome is Outcome.ONE_SERVICE and a.mmhs[0].service.self_referral is YesNo.YES
    )


def referred(examples: Examples) -> str:
    return examples.postcode(
        lambda a: a.outcome is Outcome.ONE_SERVICE and a.mmhs[0].service.self_referral is YesNo.NO
    )


LISTEN = """() => {
  window.heard = [];
  const live = '[role=status], [role=alert], [aria-live=polite], [aria-live=assertive]';
  new MutationObserver((changes) => changes.forEach(({ target, addedNodes }) => {
    const region = (target.closest ? target : target.parentElement)?.closest(live);
    const within = (e) => e.matches?.(live) ? [e] : [...e.querySelectorAll?.(live) ?? []];
    for (const one of [...region ? [region] : [], ...[...addedNodes].flatMap(within)])
      if (one.textContent.trim()) window.heard.push(one.textContent);
  })).observe(document.body, { childList: true, subtree: true, characterData: true });
}"""
"""Notes what a screen reader may say: words that come into live regions, or with one."""

CASES = {
    "she asks herself": itself,
    "others refer": referred,
    "several": lambda e: e.with_outcome(Outcome.SEVERAL_SERVICES),
    "not confirmed": lambda e: e.with_outcome(Outcome.UNCONFIRMED),
    "closed": lambda e: e.with_outcome(Outcome.CLOSED),
    "none": lambda e: e.with_outcome(Outcome.NONE_PUBLISHED),
    "another nation": lambda e: e.with_outcome(Outcome.OTHER_NATION),
}


class TestFirstScreen:
    @pytest.mark.parametrize("case", CASES)
    def test_what_she_can_do_and_who_answers_now_stand_on_it(
        self, small: Page, examples: Examples, case: str
    ) -> None:
        postcode = CASES[case](examples)
        view = examples.view(postcode)
        search(small, postcode)
        heading = small.locator("[data-search]")
        expect(heading).to_have_text(view.heading)
        expect(small.locator(".first .verdict[data-announce]")).to_have_text(view.verdict.sentence)
        found = small.evaluate(PLACES)
        assert found["action"] <= SCREEN - ABOVE
        assert found["numbers"] <= SCREEN - ABOVE
        assert found["now"] <= SCREEN - ABOVE + 20
        assert sticking_out(small) == []

    @pytest.mark.parametrize("postcode", ["CT1 3NG", "SW17 0QT", "M13 9WL"])
    def test_an_answer_is_rows_and_folds(self, small: Page, postcode: str) -> None:
        """Without its map, which a phone draws when it is asked for."""
        search(small, postcode)
        found = small.evaluate(PLACES)
        assert found["answer"] - found["map"] <= LONGEST_ANSWER

    @pytest.mark.parametrize("place", ["CT1 3NG", "SW17 0QT", "M13 9WL", *CASES])
    def test_a_whole_answer_is_at_most_five_screens(
        self, small: Page, examples: Examples, place: str
    ) -> None:
        """All folds closed, the footer in it."""
        search(small, CASES[place](examples) if place in CASES else place)
        assert small.locator(".st-key-result details[open]").count() == 0
        assert small.evaluate(PLACES)["length"] <= LONGEST
        assert sticking_out(small) == []

    def test_a_fold_shows_as_many_as_it_says(self, small: Page, examples: Examples) -> None:
        """Its rows are elements of their own, which the style sheet shows while it is open."""
        postcode = referred(examples)
        rest = len(examples.view(postcode).lines) - FIRST_SHOWN
        fold = search(small, postcode).locator("[class*='st-key-fold-lines']").first
        rows = fold.locator(".entries > li")
        expect(rows).to_have_count(rest)
        expect(rows.first).to_be_hidden()
        fold.get_by_text(say("result.show_more_lines", count=rest)).press("Enter")
        expect(rows.last).to_be_visible()
        assert sticking_out(small) == []

    def test_what_happened_changes_the_first_line_and_is_said_once(
        self, small: Page, examples: Examples
    ) -> None:
        postcode = referred(examples)
        search(small, postcode)
        expect(small.locator("#said")).to_have_text("")
        small.evaluate(LISTEN)
        small.locator(CHIP_HAPPENED).click()
        with answered(small):
            small.get_by_role("button", name=LOSS, exact=True).click()
        sentence = examples.view(postcode, Pathway.LOSS).verdict.sentence
        assert say("verdict_need.loss") in sentence
        expect(small.locator(".verdict").first).to_have_text(sentence)
        chosen = small.locator("[data-announce]").first.text_content()
        expect(small.locator("#said")).to_have_text(f"{chosen} {sentence}")
        expect(small.locator(CHIP_HAPPENED)).to_contain_text(say("find.chip_for"))
        assert small.evaluate("window.heard") == [f"{chosen} {sentence}"]

    def test_help_near_her_is_one_press_away(self, small: Page, examples: Examples) -> None:
        search(small, examples.with_outcome(Outcome.NONE_PUBLISHED))
        small.get_by_role("link", name=say("action.near")).first.click()
        expect(small.locator("#near")).to_be_in_viewport()


@pytest.mark.parametrize("clipboard", ["modern", "none", "refused"])
def test_the_words_for_her_gp_are_copied_at_a_press(
    new_page: NewPage, examples: Examples, clipboard: str
) -> None:
    """Also in a browser without a clipboard; where it lets nobody copy, they are shown."""
    view = examples.view(referred(examples))
    assert view.verdict.first.kind is ActionKind.WORDS
    granted = ["clipboard-read", "clipboard-write"] if clipboard == "modern" else []
    page = new_page(360, 640, permissions=granted)
    if clipboard != "modern":
        page.add_init_script(
            "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
            "window.taken = ''; document.addEventListener('copy', () => {"
            " window.taken = String(document.activeElement.value || window.getSelection()); });"
        )
    if clipboard == "refused":
        page.add_init_script("document.execCommand = () => false;")
    search(page, referred(examples))
    page.get_by_role("button", name=say("action.words")).click()
    said = page.locator("[data-copied=words]")
    lines = [line for line in view.verdict.words.splitlines() if line.strip()]
    if clipboard == "refused":
        expect(said).to_have_text(say("action.not_copied"))
        expect(page.locator("#words")).to_be_visible()
        assert page.evaluate("String(window.getSelection())").startswith(lines[0][:30])
        return
    expect(said).to_have_text(say("action.copied"))
    expect(page.get_by_role("button", name=say("action.words"))).to_be_focused()
    read = "navigator.clipboard.readText()" if clipboard == "modern" else "window.taken"
    assert page.evaluate(read).split("\n\n") == lines
