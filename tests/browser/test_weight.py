"""A first visit on a slow line, and a strip that a thumb can hit: bytes, pixels, landmarks."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from mmhs_finder.words import say
from tests.browser.conftest import App, NewPage, answered, follow, open_page, settled
from tests.browser.examples import Examples
from tests.browser.runs import NOTE_RUNS
from tests.browser.test_journeys import happened
from tests.browser.weight import count_files, line_to
from tests.make_fonts import FOLDER, ligatures
from tests.shell.test_fonts import font

MOST_BYTES_OF_FILES = 720_000
MOST_BYTES_OF_SOCKET = 100_000
MOST_BYTES_OF_A_CHANGE = 15_000
"""On the wire. Unpacked: `test_map`."""

THUMB = 44


@pytest.fixture
def fresh(browser: Browser) -> Iterator[Page]:
    """A phone that was never here."""
    context = browser.new_context(
        viewport={"width": 360, "height": 640}, is_mobile=True, has_touch=True
    )
    page = context.new_page()
    page.add_init_script(NOTE_RUNS)
    yield page
    context.close()


def test_a_first_visit_with_a_search_is_light_and_a_change_lighter(
    app: App, fresh: Page, examples: Examples
) -> None:
    postcode = examples.with_service()
    with line_to(app.url) as line:
        files = count_files(fresh)
        open_page(fresh, line.url)
        box = fresh.locator(".st-key-postcode input").first
        box.fill(postcode)
        with answered(fresh):
            box.press("Enter")
        expect(fresh.locator("[data-search]")).to_be_visible()
        fresh.wait_for_load_state("networkidle")
        names, weight = files.names(), files.bytes()
        first = line.sockets
        happened(fresh)
        settled(fresh)
        change = line.sockets - first
    assert weight < MOST_BYTES_OF_FILES, names
    assert 0 < first < MOST_BYTES_OF_SOCKET
    assert 0 < change < MOST_BYTES_OF_A_CHANGE
    fonts = [name.split("/")[-1] for name in names if name.endswith("woff2")]
    assert sorted(fonts) == ["icons.woff2", "text.woff2"]


BOXES = """() => Object.fromEntries([...document.querySelectorAll('.top a, .top summary')]
  .filter((one) => one.checkVisibility())
  .map((one) => [(one.querySelector('strong') ?? one).innerText.trim().replace(/\\s+/g, ' '),
    one.getBoundingClientRect().toJSON()]))"""


class TestStrip:
    @pytest.mark.parametrize("width", [320, 360, 414])
    def test_its_numbers_are_in_one_row_and_big_enough_for_a_thumb(
        self, phone: Page, width: int
    ) -> None:
        phone.set_viewport_size({"width": width, "height": 640})
        boxes = open_page(phone, "/about").evaluate(BOXES)
        assert [name.split()[0] for name in boxes] == ["999", "111,", "More", "Menu"]
        assert all(min(b["width"], b["height"]) >= THUMB for b in boxes.values()), boxes
        tops, bottoms = ([b[side] for b in boxes.values()] for side in ("top", "bottom"))
        assert max(tops) < min(bottoms), "one row"
        rights = [0, *(b["right"] for b in boxes.values())]
        lefts = [*(b["left"] for b in boxes.values()), width]
        assert all(left >= right for left, right in zip(lefts, rights, strict=True)), "none overlap"
        if width >= 360:
            assert phone.locator(".urgent").bounding_box()["height"] <= 84  # type: ignore[index]

    def test_the_other_ways_open_in_their_place_and_lead_to_all_urgent_help(
        self, phone: Page
    ) -> None:
        open_page(phone, "/about")
        strip = phone.get_by_role("region", name=say("urgent_strip.label"))
        expect(strip.get_by_role("link", name="85258")).to_be_hidden()
        strip.get_by_text(say("urgent_strip.more")).click()
        expect(strip.get_by_role("link", name="85258")).to_be_visible()
        boxes = phone.evaluate(BOXES)
        assert all(min(b["width"], b["height"]) >= THUMB for b in boxes.values()), boxes
        follow(phone, strip.get_by_role("link", name=say("urgent_strip.all")), "**/other-support")
        expect(phone.locator(".st-key-urgent-lines h2")).to_be_focused()

    def test_before_the_app_and_without_a_script_it_leads_to_the_simple_version(
        self, new_page: NewPage
    ) -> None:
        page = new_page(360, 640, java_script_enabled=False)
        page.goto("/")
        page.get_by_text(say("urgent_strip.more")).click()
        expect(page.get_by_role("link", name="116 123").first).to_be_visible()
        page.get_by_role("link", name=say("urgent_strip.all")).click()
        page.wait_for_url("**/text/urgent")
        strip = page.locator(".urgent .numbers a")
        assert strip.count() == 2
        for one in strip.all():
            box = one.bounding_box()
            assert box and min(box["width"], box["height"]) >= THUMB

    def test_a_low_screen_is_not_all_strip_and_way_out(self, new_page: NewPage) -> None:
        page = open_page(new_page(320, 256, is_mobile=True, has_touch=True))
        strip = page.locator(".urgent").bounding_box()
        way_out = page.locator("#leave").bounding_box()
        assert strip and way_out
        assert strip["height"] <= 100
        assert way_out["width"] < 200 and way_out["height"] <= 44


class TestLandmarks:
    @pytest.mark.parametrize("path", ["/", "/about"])
    def test_main_footer_and_links_are_parts_of_their_own(self, page: Page, path: str) -> None:
        open_page(page, path)
        main, footer = page.get_by_role("main"), page.get_by_role("contentinfo")
        expect(main).to_have_count(1)
        expect(footer).to_have_count(1)
        expect(main.get_by_role("heading", level=1)).to_have_count(1)
        expect(main.locator(".urgent, .foot")).to_have_count(0)
        assert page.locator("main").count() == 0, "Streamlit's own holds all of it"
        links = footer.get_by_role("navigation", name=say("frame.all_pages"))
        expect(links.get_by_role("heading", name=say("frame.for_work"))).to_be_visible()
        expect(page.get_by_role("link", name=say("index.skip"))).to_have_count(1)
        nameless = page.locator("a").evaluate_all(
            """all => all.filter((a) => a.checkVisibility()
              && !(a.innerText || a.getAttribute('aria-label') || a.title).trim())
              .map((a) => a.outerHTML)"""
        )
        assert nameless == []
        anchors = page.get_by_role("link", name="Link to heading")
        expect(anchors).to_have_count(0)

    def test_on_phones_the_menu_leads_on_and_closes(self, phone: Page) -> None:
        open_page(phone)
        menu = phone.get_by_role("navigation", name=say("frame.pages"), exact=True)
        expect(menu.get_by_role("link")).to_have_count(0)
        menu.get_by_text(say("frame.menu")).click()
        follow(phone, menu.get_by_role("link", name=say("page.about")), "**/about")
        expect(menu.get_by_role("link")).to_have_count(0)
        follow(
            phone,
            phone.get_by_role("contentinfo").get_by_role("link", name=say("page.coverage")),
            "**/coverage",
        )

    def test_every_icon_on_a_page_is_in_the_font(self, page: Page) -> None:
        known = ligatures(font(FOLDER / "icons.woff2"))
        seen: set[str] = set()
        for path in ("/", "/services", "/bulk", "/planning"):
            settled(open_page(page, path))
            seen |= set(page.get_by_test_id("stIconMaterial").all_inner_texts())
        assert len(seen) > 5
        assert seen <= known.keys()


class TestFirstPage:
    def test_it_stays_until_the_app_has_a_box_and_then_goes(self, new_page: NewPage) -> None:
        """Never a moment without a box to type in."""
        page = new_page(360, 640)
        page.add_init_script(
            """window.without = 0;
            new MutationObserver(() => {
              if (!document.body || !document.getElementById('root')) return;
              const first = document.getElementById('before-app');
              const own = document.querySelector('.st-key-postcode input');
              const all = document.getElementById('leave');
              if (all && document.readyState !== 'loading' && !first && !own) window.without += 1;
            }).observe(document, { childList: true, subtree: true });"""
        )
        open_page(page)
        expect(page.locator("#before-app")).to_have_count(0)
        assert page.evaluate("window.without") == 0
        assert page.evaluate("getComputedStyle(document.getElementById('root')).opacity") == "1"

    def test_it_has_lines_to_ring_and_nothing_of_it_is_hidden_by_the_bar(
        self, new_page: NewPage
    ) -> None:
        page = new_page(360, 640)
        page.route("**/static/js/**", lambda route: None)
        page.goto("/", wait_until="commit")
        expect(page.get_by_role("link", name="116 123")).to_be_visible()
        button = page.get_by_role("button", name=say("find.submit")).bounding_box()
        bar = page.locator("#leave").bounding_box()
        assert button and bar and button["y"] + button["height"] < bar["y"]
