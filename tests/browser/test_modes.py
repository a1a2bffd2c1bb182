"""Every page in every mode of seeing and reading: keyboard, letters, colours, screen readers.

A page is reached once, and then looked at as each of these people meets it. Every state of every
page, with axe-core alone: `tests/audit`.
Not for: what a page says, or how it prints (`test_print.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import CDPSession, Page

from tests.browser.conftest import answered, open_page, settled
from tests.browser.examples import Examples
from tests.browser.runs import STANDS_STILL
from tests.browser.test_bulk import LIST, look_up
from tests.browser.test_journeys import LOSS, happened, search
from tests.browser.test_planning import view as planning
from tests.browser.test_professionals import searched, view

Reach = Callable[[Page, Examples], object]

SIZES = ((1280, 800), (375, 700), (320, 256))
"""A laptop, a phone, and 1280 x 1024 at four times its size."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

OF_STREAMLIT = {
    "presentation-role-conflict": "its box for files is a section without a role but with a name",
}
"""What axe-core finds in Streamlit's own markup, which we do not make: a rule, and why it is no
harm. Only a best practice may stand here, never a rule of level A or AA."""


def of(path: str, page: Page, _examples: Examples) -> None:
    open_page(page, path)


def result(page: Page, examples: Examples) -> None:
    search(open_page(page), examples.with_service())
    happened(page, LOSS)


def check(page: Page, examples: Examples) -> None:
    box = open_page(page, "/check").get_by_role("textbox", name="Your postcode")
    box.fill(examples.with_service())
    with answered(page):
        box.press("Enter")
    with answered(page):
        page.get_by_role("radiogroup").first.get_by_role("radio").first.locator(
            "xpath=ancestor::label"
        ).click()


def listed(page: Page, _examples: Examples) -> None:
    look_up(page, "women.csv", LIST.encode())
    page.get_by_role("table").first.wait_for()


def compared(page: Page, examples: Examples) -> None:
    view(searched(page, examples.with_service()), "Compare")


def packed(page: Page, examples: Examples) -> None:
    view(searched(page, examples.with_service()), "Referral pack")


STATES: dict[str, Reach] = {
    "/": partial(of, "/"),
    "result": result,
    "/check": check,
    "/other-support": partial(of, "/other-support"),
    "/about": partial(of, "/about"),
    "/professionals": lambda page, examples: searched(page, examples.with_service()),
    "/professionals: compare": compared,
    "/professionals: pack": packed,
    "/services": partial(of, "/services"),
    "/bulk": listed,
    "/coverage": partial(of, "/coverage"),
    "/changes": partial(of, "/changes"),
    "/planning": partial(of, "/planning"),
    "/planning: why": lambda page, _examples: planning(page, "Why it matters"),
    "/planning: workforce": lambda page, _examples: planning(page, "Workforce"),
}


# --- the keyboard ---------------------------------------------------------------------------------

MOST_STOPS = 70

COVERED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return ['end', ''];
  const whole = (one.closest('label') || one).getBoundingClientRect();
  const own = { left: whole.left, right: whole.right, top: whole.top, bottom: whole.bottom };
  if (one.matches('textarea[readonly]') && whole.height > innerHeight / 2)
    own.bottom = own.top + 2 * parseFloat(getComputedStyle(one).lineHeight);
  const isOurs = one.matches('.stMain, iframe') || one.closest('.leave, .skip-link');
  const over = [...document.querySelectorAll('body *')].filter((other) => {
    const style = getComputedStyle(other);
    if (!['fixed', 'sticky'].includes(style.position)) return false;
    if (style.visibility === 'hidden') return false;
    if (other.contains(one) || one.contains(other) || other.closest('.skip-link, [role=tooltip]'))
      return false;
    const box = other.getBoundingClientRect();
    return box.width > 2 && box.height > 2 && own.top < box.bottom - 1 && own.bottom > box.top + 1
      && own.left < box.right - 1 && own.right > box.left + 1;
  });
  const isOut = own.bottom <= 1 || own.top >= innerHeight - 1;
  const found = isOurs || !(over.length || isOut) ? '' :
    `${one.outerHTML.slice(0, 120)} ${isOut ? 'out of view' : 'under ' + over[0].className}`;
  return [one.closest('.skip-link') ? 'start' : '', found];
}"""
"""Where Tab has come to ("start" or "end" of the page), and what has the focus where it is out of
view, or any part of it is under something that stays in place. A frame, and the box that the page
scrolls in, are as large as the window; of a text to copy that is longer, its first lines count."""


def hidden_stops(page: Page) -> list[str]:
    """2.4.11 by use: what has the focus and is covered, forwards and backwards."""
    found = []
    page.mouse.move(0, 0)  # a chart says its figures beside the pointer
    for width, height in SIZES:
        page.set_viewport_size({"width": width, "height": height})
        for key in ("Tab", "Shift+Tab"):
            page.evaluate("document.querySelector('.stMain').scrollTo(0, 0)")
            page.evaluate("document.activeElement.blur()")
            for stop in range(MOST_STOPS):
                page.keyboard.press(key)
                at, covered = page.evaluate(COVERED)
                if at and stop:
                    break
                found += [f"{width} x {height} {key}: {covered}"] if covered else []
    return found


# --- letters --------------------------------------------------------------------------------------

SPACED = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
  word-spacing: 0.16em !important; } p:not(:last-child) { margin-bottom: 2em !important; }"""
"""The text spacing of 1.4.12."""

CUT = """() => {
  const found = [document.documentElement, document.querySelector('.stMain')]
    .filter((box) => box.scrollWidth > box.clientWidth + 1)
    .map((box) => `sideways: ${box.scrollWidth} in ${box.clientWidth}`);
  const widest = [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
    .map((one) => one.outerHTML.slice(0, 100));
  if (found.length) found.push(...widest.slice(-6));
  const isHidden = (one) => one.closest('.sr-only') || !one.checkVisibility();
  for (const one of document.querySelectorAll('.stApp *')) {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (isHidden(one) || box.width < 3 || !one.textContent.trim()) continue;
    const isCut = ['hidden', 'clip'].includes(style.overflowX) && style.clipPath === 'none'
      && one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1;
    const words = [...one.childNodes].map((node) => node.nodeType === 3 ? node.data : '').join('');
    const letter = parseFloat(style.fontSize);
    const isOneLetterWide = words.trim().length > 4 && box.width < 2.2 * letter
      && box.height > 4 * letter && !one.closest('thead');
    if (isCut || isOneLetterWide)
      found.push(`${isCut ? 'cut' : 'one letter wide'}: ${one.outerHTML.slice(0, 120)}`);
  }
  return found;
}"""


def cut_letters(page: Page, session: CDPSession) -> list[str]:
    """1.4.4 and 1.4.12: what is lost with letters twice as big, and as many further apart."""
    found = []
    for size, spacing, width in (
        (32, "", 1280),
        (32, SPACED, 375),
        (16, SPACED, 1280),
        (16, "", 320),
    ):
        page.set_viewport_size({"width": width, "height": 700})
        session.send("Page.setFontSizes", {"fontSizes": {"standard": size, "fixed": size}})
        style = page.add_style_tag(content=spacing or ":root {}")
        settled(page)
        page.wait_for_timeout(300)
        found += [f"{size} px, {width} wide: {one}" for one in page.evaluate(CUT)]
        style.evaluate("one => one.remove()")
    session.send("Page.setFontSizes", {"fontSizes": {"standard": 16, "fixed": 13}})
    return found


# --- colours and what a screen reader meets -------------------------------------------------------


def broken_rules(page: Page) -> list[str]:
    """What axe-core finds by any rule of A, AA and best practice, in the frames of maps too."""
    for frame in page.frames:
        frame.evaluate(Axe().axe_script)
    settled(page).wait_for_function(STANDS_STILL)
    options: dict[str, Any] = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = page.evaluate("options => axe.run(document, options)", options)["violations"]
    picked = page.locator(".stButtonGroup [data-selected=true]")
    if picked.count():  # AAA for what is chosen
        options["runOnly"] = {"type": "rule", "values": ["color-contrast-enhanced"]}
        context = {"include": [".stButtonGroup [data-selected=true]"]}
        found += page.evaluate(
            "given => axe.run(given.context, given.options)",
            {"context": context, "options": options},
        )["violations"]
    return [
        f"{one['id']}: {node['html'][:150]} {node['target']}"
        for one in found
        for node in one["nodes"]
        if one["id"] not in OF_STREAMLIT or {*RULES[:-1]} & {*one["tags"]}
    ]


OUTLINE = """() => {
  const shown = (where) => [...document.querySelectorAll(where)].filter((e) => e.checkVisibility());
  const name = (e) => (e.getAttribute('aria-label') || e.textContent || e.title).trim();
  return {
    h1: shown('h1').length,
    skip: document.querySelectorAll('.skip-link').length,
    main: shown('[role=main]').length,
    footer: shown('[role=contentinfo]').length,
    navigations: shown('[role=contentinfo] nav').length > 0,
    nameless: shown('a[href], button').filter((e) => !name(e)).map((e) => e.outerHTML),
  };
}"""
ONE_OF_EACH = {"h1": 1, "skip": 1, "main": 1, "footer": 1, "navigations": True, "nameless": []}


# --- forced colours -------------------------------------------------------------------------------

TOLD_APART = """() => {
  const look = (one) => {
    const style = getComputedStyle(one);
    return [style.backgroundColor, style.outlineStyle, style.borderTopWidth].join(' ');
  };
  const label = (one) => one.closest('label');
  const kinds = {
    'pill or segment': ['.stButtonGroup button', (one) => one.dataset.selected === 'true',
      (one) => one],
    'dot': ['.stRadio input', (one) => one.checked,
      (one) => label(one).querySelector(':scope > div > div')],
    'tick or switch': ['.stCheckbox input', (one) => one.checked,
      (one) => label(one).querySelector(':scope > div')],
  };
  const shown = (where) => [...document.querySelectorAll(where)].filter((e) => e.checkVisibility());
  const found = [];
  for (const [kind, [where, isChosen, drawn]] of Object.entries(kinds)) {
    const chosen = shown(where).filter(isChosen).map(drawn).map(look);
    const rest = shown(where).filter((one) => !isChosen(one)).map(drawn).map(look);
    if (chosen.some((one) => rest.includes(one))) found.push(`${kind}: chosen looks as not chosen`);
  }
  const edged = '.urgent .numbers a, button.act, a.act, .now, button[kind^=primary], .chip';
  found.push(...shown(edged).filter((one) => getComputedStyle(one).borderTopStyle === 'none')
    .map((one) => `no edge: ${one.outerHTML.slice(0, 80)}`));
  return found;
}"""
"""Where there is one colour for all, what is chosen is told by an edge or a dot."""

STRIP_INK = """() => {
  const ink = (where) => getComputedStyle(document.querySelector(where)).color;
  return ink('.stMain .urgent .numbers strong') === ink('.stMain .urgent summary');
}"""


class TestEveryPage:
    @pytest.mark.parametrize("state", STATES)
    def test_can_be_used_by_keyboard_with_big_letters_and_in_every_colour(
        self, page: Page, examples: Examples, state: str
    ) -> None:
        page.set_viewport_size({"width": 1280, "height": 800})
        STATES[state](page, examples)
        settled(page)
        found: list[str] = []
        for width in (1280, 375):
            page.set_viewport_size({"width": width, "height": 800})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
                found += [f"{width} {scheme}: {one}" for one in broken_rules(page)]
                assert page.evaluate(STRIP_INK), "numbers of the strip have its red"
            assert page.evaluate(OUTLINE) == ONE_OF_EACH
        page.emulate_media(color_scheme="light", forced_colors="active")
        found += [f"forced colours: {one}" for one in page.evaluate(TOLD_APART)]
        page.emulate_media(forced_colors="none")
        found += hidden_stops(page)
        session = page.context.new_cdp_session(page)
        found += cut_letters(page, session)
        session.detach()
        assert not found, "\n".join(found)
