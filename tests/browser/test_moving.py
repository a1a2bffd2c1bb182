"""From page to page: where a page begins, what its tab is called, the way back, and a reload."""

from __future__ import annotations

import re

from playwright.sync_api import Page, expect

from mmhs_finder.words import say
from tests.browser.conftest import answered, follow, open_page, settled
from tests.browser.examples import Examples
from tests.browser.test_journeys import CHIP_HAPPENED, CHIP_PLACE, happened, search

SITE = "MMHS Finder"
TITLES = {
    "/": "Find support",
    "/check": "Could it be right for me?",
    "/other-support": "Other support",
    "/about": "About",
    "/professionals": "Referral routes",
    "/services": "All services",
    "/bulk": "Many postcodes",
    "/coverage": "Coverage",
    "/planning": "Planning",
    "/changes": "What has changed",
}
"""What the tab of each address is called, before the name of the site."""

HELD = "JSON.stringify([{...sessionStorage}, {...localStorage}, document.cookie])"


def scrolled(page: Page) -> float:
    return float(page.evaluate("document.querySelector('.stMain').scrollTop"))


def scroll(page: Page, to: int) -> None:
    """As a finger does: the page hears of it."""
    page.evaluate(
        "to => new Promise(done => { const main = document.querySelector('.stMain');"
        " main.addEventListener('scroll', () => requestAnimationFrame(done),"
        " { once: true }); main.scrollTop = to; })",
        to,
    )


def at_its_top(page: Page) -> None:
    heading = page.locator(".stMain h1")
    expect(heading).to_be_focused()
    settled(page)
    expect(heading).to_be_focused()
    assert scrolled(page) == 0


class TestTitles:
    def test_every_address_has_a_title_of_its_own_and_leaves_the_focus_alone(
        self, page: Page
    ) -> None:
        for path, name in TITLES.items():
            open_page(page, path)
            expect(page).to_have_title(f"{name} - {SITE}")
            assert page.evaluate("document.activeElement === document.body"), path

    def test_a_result_and_what_is_to_mend_are_in_the_title_and_nothing_of_the_person(
        self, page: Page
    ) -> None:
        search(open_page(page), "CT1 3NG")
        happened(page)
        expect(page).to_have_title(f"Result - Find support - {SITE}")
        search(page, "Margate")
        expect(page).to_have_title(f"We need a little more - Find support - {SITE}")


class TestWhereAPageBegins:
    def test_every_page_that_is_followed_from_far_down_opens_at_its_top(
        self, phone: Page, examples: Examples
    ) -> None:
        """By the link in the result, those above the page, and those at its foot."""
        search(open_page(phone), examples.with_service())
        scroll(phone, 1474)
        assert scrolled(phone) > 1000
        check = phone.locator(".st-key-result").get_by_role("link", name=TITLES["/check"])
        follow(phone, check, "**/check")
        at_its_top(phone)
        for path in ("/professionals", "/services", "/about"):
            scroll(phone, 100_000)
            link = phone.locator(f".st-key-footer a[href$='{path[1:]}']").last
            follow(phone, link, f"**{path}")
            at_its_top(phone)

    def test_back_to_the_result_lands_at_the_result(self, phone: Page, examples: Examples) -> None:
        search(open_page(phone), examples.with_service())
        check = phone.locator(".st-key-result").get_by_role("link", name=TITLES["/check"])
        follow(phone, check, "**/check")
        scroll(phone, 100_000)
        follow(phone, phone.get_by_role("link", name=say("check_page.back")), re.compile(r"/$"))
        heading = phone.locator("[data-search]")
        expect(heading).to_be_focused()
        settled(phone)
        expect(heading).to_be_in_viewport()


class TestTheWayBack:
    def test_back_and_forward_lead_to_the_place_that_was_left(
        self, tab: Page, examples: Examples
    ) -> None:
        tab.set_viewport_size({"width": 375, "height": 812})
        search(open_page(tab), examples.with_service())
        settled(tab)
        scroll(tab, 1474)
        check = tab.locator(".st-key-result").get_by_role("link", name=TITLES["/check"])
        with answered(tab):
            check.evaluate("link => link.click()")  # without bringing it into view
        at_its_top(tab)
        scroll(tab, 300)
        with answered(tab):
            tab.go_back()
        tab.wait_for_function(
            "() => Math.abs(document.querySelector('.stMain').scrollTop - 1474) < 2"
        )
        expect(check).to_be_focused()
        with answered(tab):
            tab.go_forward()
        tab.wait_for_function(
            "() => Math.abs(document.querySelector('.stMain').scrollTop - 300) < 2"
        )


class TestReload:
    def test_it_keeps_the_area_and_never_the_postcode_or_what_happened(
        self, tab: Page, examples: Examples
    ) -> None:
        postcode = examples.with_service()
        place = examples.find(postcode).place
        search(open_page(tab), postcode)
        happened(tab)
        kept = f'[{{"area":"{place.code_to_keep}"}}'
        assert tab.evaluate(HELD).startswith(kept)
        tab.reload()
        chip = tab.locator(CHIP_PLACE)
        expect(chip).to_have_text(f"{place.areas[0].name} · change")
        expect(tab.locator(CHIP_HAPPENED)).to_have_text("What happened? · choose")
        expect(tab).to_have_url(re.compile(r"/$"))
        settled(tab)
        held = tab.evaluate(HELD)
        assert held.startswith(kept)
        assert postcode not in held and "loss" not in held
        assert tab.evaluate("document.activeElement === document.body")
        header = tab.locator("header")
        follow(tab, header.get_by_role("link", name="Other support"), "**/other-support")
        tab.reload()
        expect(tab.get_by_role("heading", name=re.compile("^Near "))).to_be_visible()

    def test_start_again_empties_it(self, tab: Page, examples: Examples) -> None:
        search(open_page(tab), examples.with_service())
        with answered(tab):
            tab.get_by_role("button", name=say("find.new_search")).click()
        tab.wait_for_function("() => sessionStorage.length === 0")
        tab.reload()
        expect(tab.get_by_role("heading", name=say("find.empty_title"))).to_be_visible()
        settled(tab)
        expect(tab.locator(CHIP_PLACE)).to_have_count(0)

    def test_another_tab_knows_nothing_of_it(
        self, page: Page, tab: Page, examples: Examples
    ) -> None:
        search(open_page(page), examples.with_service())
        open_page(tab)
        assert tab.evaluate("sessionStorage.length") == 0
        expect(tab.locator(CHIP_PLACE)).to_have_count(0)

    def test_a_link_is_read_and_leaves_the_address(self, tab: Page) -> None:
        open_page(tab, "/?area=E07000106&need=loss")
        expect(tab.locator(CHIP_PLACE)).to_have_text("Canterbury · change")
        expect(tab.locator(CHIP_HAPPENED)).to_contain_text("loss of a baby")
        expect(tab).to_have_url(re.compile(r"/$"))
        assert tab.evaluate("Object.entries(sessionStorage)") == [["area", "E07000106"]]
