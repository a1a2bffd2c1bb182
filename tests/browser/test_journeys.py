"""The journeys of the people who use it, in a real browser, on the real directory.

What a page says in each state is tested without a browser in `tests/pages`; here is what needs one:
the keyboard, the focus, the map, files, and what leaves the page.
"""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FrameLocator, Locator, Page, Route, expect
from pypdf import PdfReader

from mmhs_finder.directory.models import Pathway
from mmhs_finder.directory.ways import WayKind
from mmhs_finder.eligibility import Question, question_text
from mmhs_finder.render.maps.pins import pins
from mmhs_finder.views.answer import AnswerView
from mmhs_finder.words import say
from tests.browser.conftest import (
    ROOT,
    App,
    Traffic,
    answered,
    axe,
    download,
    follow,
    open_page,
    running_app,
    settled,
    sticking_out,
    watch,
)
from tests.browser.examples import Examples

MAP_FRAME = ".st-key-map-frame iframe"
TOLD = ".leaflet-popup .texts, #said .texts"
LOSS = "Loss of a baby or pregnancy"
CHIP_PLACE = "[data-opens=place]"
CHIP_HAPPENED = "[data-opens=happened]"


def search(page: Page, postcode: str) -> Page:
    """Types a postcode and presses Enter; opens the form where there is an answer already."""
    box = page.get_by_role("textbox", name="Your postcode")
    if not box.is_visible():
        page.locator(CHIP_PLACE).click()
    with answered(page):
        box.fill(postcode)
        page.keyboard.press("Enter")
    page.wait_for_selector(".st-key-result, [role=alert]")
    return page


def happened(page: Page, words: str = LOSS) -> None:
    """Says what happened, beside an answer that is there."""
    pill = page.get_by_role("button", name=words, exact=True)
    if not pill.is_visible():
        page.locator(CHIP_HAPPENED).click()
    with answered(page):
        pill.click()


def in_the_map(page: Page) -> FrameLocator:
    return page.frame_locator(MAP_FRAME)


def drawn_map(page: Page) -> FrameLocator:
    """The map, when its signs are on it."""
    frame = in_the_map(page)
    wanted = frame.get_by_role("button", name=say("map.show"))
    drawn = frame.locator(".leaflet-container")
    expect(wanted.or_(drawn)).to_be_visible(timeout=20_000)
    if wanted.is_visible():  # on a phone it waits to be asked for
        wanted.click()
    expect(drawn).to_be_visible(timeout=20_000)
    expect(frame.locator(".pin, path.area").first).to_be_attached()
    return frame


def sign_of(view: AnswerView, service: str) -> str:
    """What the map's label of a service says."""
    return next(pin.title for pin in pins(view) if pin.services[0].id == service)


def press_pin(page: Page, name: str) -> Locator:
    """Presses a sign. Returns what it says, beside it or under the map."""
    frame = drawn_map(page)
    frame.locator(".pin", has_text=name).first.click()
    told = frame.locator(TOLD)
    expect(told).to_be_visible()
    return told


class TestSearching:
    def test_a_parent_finds_the_number_of_her_local_service(
        self, phone: Page, examples: Examples
    ) -> None:
        postcode = examples.with_number()
        service = examples.view(postcode).services[0]
        search(open_page(phone), postcode.lower().replace(" ", ""))
        card = phone.locator(".first")
        expect(card.get_by_role("heading", level=2)).to_have_text(service.name)
        expect(card).to_contain_text(examples.view(postcode).verdict.sentence)
        number = re.sub(r"\D", "", service.way(WayKind.PHONE))
        assert number
        expect(card.locator(f".act a[href='tel:{number}']")).to_be_visible()

    def test_with_the_keyboard_alone(self, page: Page, examples: Examples) -> None:
        postcode = examples.with_service()
        open_page(page)
        for key in ("Tab", "Enter", "Tab"):  # "Skip to main content", and on to the box
            page.keyboard.press(key)
        expect(page.get_by_role("textbox", name="Your postcode")).to_be_focused()
        with answered(page):
            page.keyboard.type(postcode)
            page.keyboard.press("Enter")
        summary = page.locator("details.script summary").first
        expect(summary).to_be_visible()
        for _ in range(40):
            page.keyboard.press("Tab")
            if summary.evaluate("e => e === document.activeElement"):
                break
        else:
            pytest.fail("the words to say cannot be reached with the Tab key")
        page.keyboard.press("Enter")
        expect(page.locator("details.script blockquote").first).to_contain_text(
            examples.view(postcode).services[0].script.splitlines()[0]
        )

    def test_after_a_search_the_result_is_in_view_and_has_the_focus_and_stays(
        self, phone: Page, examples: Examples
    ) -> None:
        postcode = examples.with_service()
        search(open_page(phone), postcode)
        heading = phone.get_by_role("heading", name=examples.view(postcode).heading, exact=True)
        expect(heading).to_be_focused()
        expect(heading).to_be_in_viewport()
        happened(phone)
        expect(phone.get_by_role("button", name=LOSS, exact=True)).to_be_in_viewport()

    def test_a_link_restores_the_view_and_a_search_survives_another_page(
        self, page: Page, examples: Examples
    ) -> None:
        postcode = examples.with_service()
        place = examples.find(postcode).place
        name = examples.view(postcode).services[0].name
        heading = page.get_by_role("heading", name=name, exact=True)
        open_page(page, f"/?area={place.areas[0].code}&need=loss")
        expect(heading).to_be_visible()
        search(page, postcode)
        follow(page, page.get_by_role("link", name="Other support").first, "**/other-support")
        expect(page.get_by_role("heading", name=f"Near {postcode}")).to_be_visible()
        follow(page, page.get_by_role("link", name="Find support").first, re.compile("/$"))
        expect(heading).to_be_visible()
        page.locator(CHIP_PLACE).click()
        expect(page.get_by_role("textbox", name="Your postcode")).to_have_value(postcode)

    def test_no_postcode_in_addresses_requests_storage_or_the_log(
        self, page: Page, traffic: list[Traffic], app: App
    ) -> None:
        search(open_page(page), "NR32 1BX")
        happened(page)
        drawn_map(page)
        settled(page)
        secret = re.compile(r"NR32|1BX", re.IGNORECASE)
        assert not secret.search(page.url)
        assert "loss" not in page.url
        requests = [url for one in traffic for url in one.requests]
        assert requests
        assert not [url for url in requests if secret.search(url)]
        kept = page.evaluate(
            "JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])"
        )
        assert not secret.search(kept)
        assert not secret.search(app.log)

    @pytest.mark.parametrize("width", [320, 375, 1280])
    def test_nothing_scrolls_sideways(self, page: Page, examples: Examples, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 800})
        assert sticking_out(search(open_page(page), examples.with_service())) == []

    def test_axe_finds_nothing_serious_in_a_result(self, phone: Page, examples: Examples) -> None:
        """Every other state and width: `tests/audit`."""
        search(open_page(phone), examples.with_service())
        drawn_map(phone)
        assert axe(phone) == []


class TestMap:
    def test_it_draws_without_another_host_and_shows_streets_only_when_asked(
        self, page: Page, traffic: list[Traffic], app: App, examples: Examples
    ) -> None:
        tiles: list[str] = []

        def tile(route: Route) -> None:
            tiles.append(route.request.url)
            route.fulfill(content_type="image/png", body=b"")

        postcode = examples.with_service()
        page.route("https://tile.openstreetmap.org/**", tile)
        search(open_page(page), postcode)
        drawn_map(page)
        box = page.locator(MAP_FRAME).bounding_box()
        assert box is not None and box["height"] > 300
        settled(page)
        assert not tiles
        traffic[0].expected = re.compile(r"https://tile\.openstreetmap\.org/\d+/\d+/\d+\.png")
        streets = in_the_map(page).get_by_role("checkbox", name="Show streets")
        with page.expect_request("https://tile.openstreetmap.org/**") as asked:
            streets.check()
        assert asked.value.header_value("referer") == f"{app.url}/"
        assert tiles
        assert not [t for t in tiles if postcode.split()[0] in t.upper()]
        page.unroute_all()

    def test_a_sign_shows_its_card_by_mouse_and_by_keyboard(
        self, page: Page, examples: Examples
    ) -> None:
        postcode = examples.with_point()
        view = examples.view(postcode)
        sign = sign_of(view, view.services[0].id)
        picked = page.get_by_role("heading", name="You picked this on the map")
        search(open_page(page), postcode)
        drawn_map(page)
        press_pin(page, sign)
        expect(picked).to_be_visible()
        search(open_page(page), postcode)
        drawn_map(page)
        settled(page)
        in_the_map(page).locator(".pin", has_text=sign).first.focus()
        page.keyboard.press("Enter")
        expect(in_the_map(page).locator(TOLD)).to_contain_text(view.services[0].name)
        expect(picked).to_be_visible()

    def test_the_page_scrolls_over_it_on_a_phone(self, phone: Page, examples: Examples) -> None:
        search(open_page(phone), examples.with_service())
        drawn_map(phone)
        dragging = (
            in_the_map(phone)
            .locator(".leaflet-container")
            .evaluate("e => getComputedStyle(e).touchAction")
        )
        assert "pan-y" in dragging or dragging in ("auto", "manipulation")
        card = phone.locator(".first").bounding_box()
        frame = phone.locator(MAP_FRAME).bounding_box()
        assert card is not None and frame is not None
        assert card["y"] + card["height"] <= frame["y"], "the card comes before the map"


HOSTILE = (
    "<script>window.top.hacked=1</script><img src=x onerror='window.top.hacked=1'>"
    "{{7*191}}${window.top.hacked=1}`'\"Lotus"
)


def test_hostile_text_in_the_directory_stays_text(
    browser: Browser, tmp_path: Path, examples: Examples
) -> None:
    """A service whose name is an attack: on the card, in the map's signs and in its popup."""
    postcode = examples.with_point()
    attacked = examples.view(postcode).services[0].id
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    with (data / "services.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        if row["id"] == attacked:
            row["name"] = HOSTILE
    with (data / "services.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    unchecked = "tests/browser/unchecked_app.py"
    with running_app(tmp_path / "server.log", unchecked, MMHS_DATA_DIR=str(data)) as hostile:
        page = browser.new_page(base_url=hostile.url)
        seen = watch(page, hostile)
        search(open_page(page), postcode)
        expect(page.locator("[data-search]")).to_have_text(HOSTILE)
        popup = press_pin(page, "Lotus")
        expect(popup).to_contain_text("<script>window.top.hacked=1</script>")
        expect(popup).to_contain_text("{{7*191}}${window.top.hacked=1}")
        expect(page.get_by_role("heading", name="You picked this on the map")).to_be_visible()
        settled(page)
        assert page.evaluate("window.hacked") is None
        assert not seen.outside
        page.close()


# --- the questions --------------------------------------------------------------------------------

CHECKED = '.st-key-questions [role="radiogroup"] input:checked'


def to_the_check(page: Page, postcode: str, *, needs: bool = True) -> Page:
    search(open_page(page), postcode)
    if needs:
        happened(page)
    link = page.locator(".st-key-result").get_by_role("link", name="Could it be right for me?")
    follow(page, link, "**/check")
    expect(page.get_by_role("heading", name="Could it be right for me?")).to_be_visible()
    return page


def unfolded(page: Page, question: str) -> Locator:
    """The choices of a question, which is folded behind its words until she opens it."""
    group = page.get_by_role("radiogroup", name=question)
    if not group.is_visible():
        page.locator("summary", has_text=question).press("Enter")
    expect(group).to_be_visible()
    return group


class TestQuestions:
    def test_from_the_questions_to_a_page_to_take_along(
        self, phone: Page, tmp_path: Path, examples: Examples
    ) -> None:
        question = question_text(Question.SEEN_BEFORE)
        postcode = examples.asking(Question.SEEN_BEFORE, Pathway.LOSS)
        name = examples.view(postcode).services[0].name
        to_the_check(phone, postcode)
        group = unfolded(phone, question)
        with answered(phone):
            group.get_by_text("Yes", exact=True).click()
        expect(phone.locator(".outcome").first).to_be_visible()
        download(phone, f"Get the page for {name} (PDF)").save_as(tmp_path / "page.pdf")
        text = PdfReader(tmp_path / "page.pdf").pages[0].extract_text()
        assert name in " ".join(text.split())
        assert "999" in text
        assert question not in text, "answers only where the person wants them"

    def test_answers_are_given_by_keyboard_and_cleared_for_the_eye_too(
        self, page: Page, examples: Examples
    ) -> None:
        to_the_check(page, examples.asking(Question.WHEN), needs=False)
        when = unfolded(page, "When did it happen?")
        when.get_by_role("radio").first.focus()
        for _ in range(2):
            with answered(page):
                page.keyboard.press("ArrowDown")
        expect(page.get_by_role("radio", name="Years ago")).to_be_focused()
        page.keyboard.press("Tab")
        with answered(page):
            page.keyboard.type("4")
            page.keyboard.press("Enter")
        expect(page.get_by_label("How many years ago?")).to_have_value("4")
        assert page.locator(CHECKED).count() == 1
        with answered(page):
            page.get_by_role("button", name="Start again").press("Enter")
        assert page.locator(CHECKED).count() == 0
        expect(page.get_by_label("How many years ago?")).to_have_count(0)

    def test_not_safe_shows_urgent_help_at_once(self, phone: Page, examples: Examples) -> None:
        to_the_check(phone, examples.with_service())
        assert axe(phone) == []
        with answered(phone):
            phone.get_by_text("I do not feel safe right now").click()
        expect(phone.get_by_role("radiogroup")).to_have_count(1)  # whether she is safe
        expect(phone.locator("article a[href='tel:999']")).to_be_visible()
        expect(phone.get_by_role("heading", name=say("result.urgent_heading"))).to_be_visible()
        assert axe(phone) == []
        assert sticking_out(phone) == []
