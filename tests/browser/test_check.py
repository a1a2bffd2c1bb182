"""The questions in a real browser: by keyboard, on a phone, and when somebody starts again."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, axe, open_page, settled

CHECKED = '.st-key-questions [role="radiogroup"] input:checked'


def asked(page: Page, postcode: str) -> Page:
    """The questions for a postcode."""
    open_page(page)
    page.get_by_role("textbox", name="Your postcode").fill(postcode)
    page.keyboard.press("Enter")
    settled(page)
    page.get_by_role("link", name="Could it be right for me?").first.click()
    page.wait_for_url("**/check")
    settled(page)
    expect(page.get_by_role("heading", name="Could it be right for me?")).to_be_visible()
    return page


def test_answers_are_given_by_keyboard_and_cleared_for_the_eye_too(page: Page) -> None:
    asked(page, "ST16 3SR")
    page.get_by_role("radiogroup", name="When did it happen?").get_by_role("radio").first.focus()
    page.keyboard.press("ArrowDown")
    settled(page)
    page.keyboard.press("ArrowDown")
    settled(page)
    expect(page.get_by_role("radio", name="Years ago")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("4")
    page.keyboard.press("Enter")
    settled(page)
    expect(page.locator(".outcome").first).to_contain_text("how long ago it was")
    assert page.locator(CHECKED).count() == 1
    page.get_by_role("button", name="Start again").press("Enter")
    settled(page)
    assert page.locator(CHECKED).count() == 0
    expect(page.get_by_label("How many years ago?")).to_have_count(0)


@pytest.mark.parametrize("postcode", ["TS24 7BT", "CT1 3NG"])
def test_axe_finds_nothing_serious_on_a_phone(new_page: NewPage, postcode: str) -> None:
    page = asked(new_page(width=375, height=812), postcode)
    page.locator(".st-key-needs").get_by_text("Loss of a baby or pregnancy").click()
    settled(page)
    assert axe(page) == []
    page.get_by_text("I do not feel safe right now").click()
    settled(page)
    expect(page.get_by_role("heading", name="Urgent help")).to_be_visible()
    assert axe(page) == []
    main = page.locator('[data-testid="stMain"]')
    assert main.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
