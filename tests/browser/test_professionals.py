"""The pages for professionals in a real browser: usable by a screen reader, a phone, a printer."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from mmhs_finder.directory.ways import number_for_referrers
from mmhs_finder.views.asking import asking
from mmhs_finder.words import say
from tests.browser.conftest import (
    DESKTOP,
    PHONE,
    NewPage,
    Windows,
    answered,
    axe,
    download,
    open_page,
    sticking_out,
)
from tests.browser.examples import Examples


def view(page: Page, name: str) -> Page:
    with answered(page):
        page.locator(".stButtonGroup").get_by_text(name, exact=True).click()
    return page


def searched(page: Page, postcode: str) -> Page:
    open_page(page, "/professionals")
    with answered(page):
        page.get_by_role("textbox", name="The person's postcode").fill(postcode)
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=f"Services for {postcode}")).to_be_visible()
    return page


UNDER = """(bar) => {
  const at = document.activeElement.getBoundingClientRect();
  const over = document.querySelector(bar).getBoundingClientRect();
  const [one, other] = [document.activeElement, document.querySelector(bar)];
  if (one.contains(other) || other.contains(one)) return false;
  return at.top < over.bottom - 1 && at.bottom > over.top && at.left < over.right;
}"""
"""Whether what has the focus is under the bar, whole or in part."""


class TestBar:
    @pytest.mark.parametrize("width", [1280, 375])
    def test_number_who_may_refer_and_the_file_are_in_the_first_screen(
        self, windows: Windows, examples: Examples, width: int
    ) -> None:
        postcode = examples.with_number_for_referrers()
        size = DESKTOP if width == DESKTOP["width"] else PHONE
        page = windows.make(**size, is_mobile=width < 700, has_touch=width < 700)
        searched(page, postcode)
        bar = page.locator(".st-key-sheet-bar")
        number = number_for_referrers(examples.find(postcode).mmhs[0].service)
        expect(bar.get_by_role("link", name=f"for professionals: {number}")).to_be_in_viewport()
        expect(bar.get_by_text("Who may refer:")).to_be_in_viewport(ratio=1)
        expect(bar.get_by_role("link", name="Download the sheet (PDF)")).to_be_in_viewport(ratio=1)
        box = bar.bounding_box()
        way_out = page.locator(".leave").bounding_box()
        assert box and way_out
        bottom = way_out["y"] if width < 700 else size["height"]
        assert box["y"] >= 0 and box["y"] + box["height"] <= bottom
        first = page.locator(".sheet dt").first
        expect(first).to_have_text("Ways to refer")
        assert sticking_out(page) == []

    def test_it_stays_in_sight_and_never_lies_over_the_focus(
        self, page: Page, examples: Examples
    ) -> None:
        searched(page, examples.with_number_for_referrers())
        bar, last = page.locator(".st-key-sheet-bar"), page.locator(".sheet a").last
        last.focus()
        expect(bar).to_be_in_viewport(ratio=1)
        hidden = []
        for _ in range(25):
            page.keyboard.press("Shift+Tab")
            if page.evaluate(UNDER, ".st-key-sheet-bar"):
                hidden.append(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
        assert hidden == []

    def test_where_none_is_known_the_teams_sheet_is_open_and_the_neighbours_lead_to_theirs(
        self, page: Page, examples: Examples
    ) -> None:
        postcode = examples.with_team_only()
        answer = examples.find(postcode)
        searched(page, postcode)
        view = asking(examples.finder.directory, answer)
        assert view and view.team
        name = page.locator(".sheet-bar h2")
        expect(name).to_have_text(view.team.service.name)
        expect(page.get_by_text(answer.place.areas[0].icb_2026).first).to_be_visible()
        taken = download(page, "Download: how to ask (PDF)")
        assert postcode not in taken.suggested_filename
        assert taken.path().read_bytes().startswith(b"%PDF-")
        beside = view.neighbours[0].service
        with answered(page):
            page.locator(".asking").get_by_role("link", name=beside.name).first.press("Enter")
        expect(name).to_have_text(beside.name)
        expect(name).to_be_focused()
        with answered(page):
            page.locator(".sheet a[data-in-app]").first.press("Enter")
        expect(name).not_to_have_text(beside.name)
        expect(name).to_be_focused()
        assert postcode.replace(" ", "") not in page.url.replace("%20", "")

    def test_page_menu_and_heading_have_one_name(self, page: Page) -> None:
        open_page(page, "/professionals")
        name = page.get_by_role("heading", level=1).inner_text()
        expect(page.locator(".st-key-footer").get_by_role("link", name=name)).to_be_visible()

    def test_a_name_is_whole_in_the_list_on_a_phone(self, phone: Page, examples: Examples) -> None:
        searched(phone, examples.with_number_for_referrers())
        phone.get_by_role("combobox", name="Service: choose, or type its name").click()
        options = phone.get_by_role("option")
        expect(options.first).to_be_visible()
        cut = options.locator("div").evaluate_all(
            "all => all.filter(e => e.scrollWidth > e.clientWidth + 1).map(e => e.innerText)"
        )
        assert cut == []
        phone.keyboard.press("Escape")


class TestSheets:
    def test_a_service_is_found_by_typing_its_name(self, page: Page, examples: Examples) -> None:
        directory = examples.finder.directory
        word, found = examples.several_named()
        open_page(page, "/professionals")
        box = page.get_by_role("combobox", name="Service: choose, or type its name")
        box.click()
        box.type(word)
        chosen = directory.services[found[-1].id]
        option = page.get_by_role("option").filter(has_text=chosen.name).first
        expect(option).to_be_visible()
        with answered(page):
            option.click()
        expect(page.locator("article.sheet")).to_contain_text(chosen.provider)

    def test_a_link_to_a_sheet(self, page: Page, examples: Examples) -> None:
        _, found = examples.several_named()
        open_page(page, f"/professionals?service={found[0].id}")
        expect(page.locator(".sheet-bar")).to_contain_text(found[0].name)

    def test_the_sheet_on_screen_as_a_file_and_on_paper(
        self, page: Page, examples: Examples
    ) -> None:
        postcode = examples.with_service()
        service = examples.find(postcode).mmhs[0].service
        searched(page, postcode)
        assert axe(page) == []
        taken = download(page, "Download the sheet (PDF)")
        assert taken.suggested_filename == f"referral-{service.id}.pdf"
        assert taken.path().read_bytes().startswith(b"%PDF-")
        page.emulate_media(media="print")
        expect(page.locator("article.sheet")).to_be_visible()
        expect(page.locator(".st-key-professional-area")).to_be_hidden()
        expect(page.locator(".stButtonGroup").first).to_be_hidden()
        page.emulate_media(media="screen")

    def test_a_comparison_and_a_case_on_a_phone(self, phone: Page, examples: Examples) -> None:
        postcode = examples.with_service()
        view(searched(phone, postcode), "Compare")
        for width in (375, 320):
            phone.set_viewport_size({"width": width, "height": 812})
            table = phone.get_by_role("table").first
            expect(table).to_be_visible()
            assert table.evaluate("e => e.scrollWidth - e.clientWidth") <= 0
            assert sticking_out(phone) == []
        assert axe(phone) == []
        data = download(phone, "Download the comparison (CSV)").path().read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert examples.find(postcode).mmhs[0].service.name in data.decode("utf-8-sig")
        view(phone, "Case check")
        assert axe(phone) == []
        assert sticking_out(phone) == []


class TestPack:
    def test_it_is_reached_and_its_letter_copied_by_keyboard_alone(
        self, new_page: NewPage, examples: Examples
    ) -> None:
        service = examples.find(examples.with_service()).mmhs[0].service
        page = new_page(1280, 800, permissions=["clipboard-read", "clipboard-write"])
        open_page(page, f"/professionals?service={service.id}")
        chosen = page.get_by_role("radio", name="Referral pack").or_(
            page.get_by_role("button", name="Referral pack", exact=True)
        )
        with answered(page):
            chosen.focus()
            page.keyboard.press("Enter")
        expect(page.locator(f"#pack-{service.id}")).to_be_visible()
        assert "service=" not in page.url, "the address named the sheet"
        assert axe(page) == []
        box = page.get_by_role("textbox", name="The letter, to copy")
        box.focus()
        page.keyboard.type("something about somebody")
        letter = box.input_value()
        assert "something" not in letter and service.name in letter
        page.get_by_role("button", name="Copy the letter").press("Enter")
        expect(page.locator("[data-copied=referral-letter]")).to_have_text(say("action.copied"))
        assert page.evaluate("navigator.clipboard.readText()") == letter
        whole = box.evaluate("e => e.scrollHeight - e.clientHeight")
        assert whole <= 1, "the letter is read without a second bar to scroll"

    def test_its_files_and_a_link_on_a_phone(self, phone: Page, examples: Examples) -> None:
        service = examples.find(examples.with_service()).mmhs[0].service
        open_page(phone, f"/professionals?service={service.id}&view=pack")
        expect(phone.get_by_role("heading", name=f"Referral pack: {service.name}")).to_be_visible()
        assert sticking_out(phone) == []
        assert axe(phone) == []
        taken = download(phone, "Download the pack (PDF)")
        assert taken.suggested_filename == f"referral-pack-{service.id}.pdf"
        assert taken.path().read_bytes().startswith(b"%PDF-")
        letter = download(phone, "Download the letter (text)").path().read_text(encoding="utf-8")
        assert letter == phone.get_by_role("textbox", name="The letter, to copy").input_value()

    def test_a_list_is_kept_as_a_link_and_comes_back(self, page: Page, examples: Examples) -> None:
        ids = [s.id for s in examples.finder.directory.services.values()][:3]
        order = [ids[2], ids[0]]
        open_page(page, f"/professionals?compare={','.join(order)},TS24%207BT")
        kept = page.get_by_role("link", name="Keep this list: a link to it")
        expect(kept).to_have_attribute("href", f"?compare={','.join(order)}")
        assert "TS24" not in page.url
        expect(page.get_by_text("not in the directory")).to_be_visible()
        open_page(page, f"/professionals{kept.get_attribute('href')}")
        expect(page.get_by_text("not in the directory")).to_have_count(0)
        heads = page.get_by_role("table").get_by_role("columnheader")
        names = [examples.finder.directory.services[key].name for key in order]
        expect(heads).to_contain_text(["Criterion", *names])
