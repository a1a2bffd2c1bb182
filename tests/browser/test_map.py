"""The maps in a browser: what they weigh, what their frame may do, and that everybody can use them.

Which signs are on a map and what they say is tested without a browser, in
`tests/unit/render/test_maps`; what a press of one does to the page, in `test_journeys`.
"""

from __future__ import annotations

import math
import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Frame, FrameLocator, Page, expect

from mmhs_finder.render.static import MAP_FRAME_AT
from mmhs_finder.words import say
from tests.browser.conftest import answered, open_page, settled
from tests.browser.examples import Examples
from tests.browser.test_journeys import MAP_FRAME, TOLD, drawn_map, happened, in_the_map, search
from tests.browser.weight import count_files

LIST_FRAME = ".st-key-listing-map-frame iframe"
MAP_PARTS = re.compile(
    r"/assets/(shapes|leaflet)/|/assets/app/(map|map_shapes|map_signs|coverage)\.js"
)
LEAST_APART = 24
"""Pixels between the middles of two targets: WCAG 2.2, 2.5.8."""

MOST_BYTES_OF_A_MAP = 10_000
MOST_BYTES_OF_A_CHANGE = 40_000
"""Of everything that is sent when somebody says what happened, unpacked. The whole card changes
where a service takes some by a form of theirs and others by a referral only; elsewhere it is about
half. With the map drawn anew it would be over 60,000."""

A_AND_AA = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def frame_of(page: Page) -> Frame:
    return next(f for f in page.frames if MAP_FRAME_AT in f.url)


def violations(page: Page) -> list[str]:
    """What axe-core finds in the frame of a map, by every rule of levels A and AA."""
    settled(page)
    inside = frame_of(page)
    inside.evaluate(Axe().axe_script)
    options = {"runOnly": {"type": "tag", "values": A_AND_AA}}
    found = inside.evaluate("options => axe.run(document, options)", options)
    return [f"{v['id']}: {[n['html'][:200] for n in v['nodes']]}" for v in found["violations"]]


def middles(inside: FrameLocator) -> list[tuple[float, float]]:
    """The middle of each sign that can be pressed."""
    boxes: list[dict[str, float]] = inside.locator(".pin[role=button]:visible").evaluate_all(
        "all => all.map(e => e.getBoundingClientRect().toJSON())"
    )
    return [(b["x"] + b["width"] / 2, b["y"] + b["height"] / 2) for b in boxes]


@contextmanager
def received(page: Page) -> Iterator[dict[str, int]]:
    """Counts the bytes that the page is sent meanwhile: as files on the wire, and over the socket
    unpacked, in all messages and in those with a map in them."""
    count, files = {"maps": 0, "all": 0, "files": 0}, count_files(page)
    client = page.context.new_cdp_session(page)

    def message(event: dict[str, Any]) -> None:
        payload = b64decode(event["response"]["payloadData"])
        count["maps"] += len(payload) if b"/assets/shapes/" in payload else 0
        count["all"] += len(payload)

    client.on("Network.webSocketFrameReceived", message)
    client.send("Network.enable")
    yield count
    count["files"] = files.bytes()
    client.detach()


class TestOnAWideScreen:
    def test_it_is_drawn_at_once_without_eval_and_another_choice_is_a_small_message(
        self, page: Page, examples: Examples
    ) -> None:
        policies: dict[str, str] = {}

        def keep(response: Any) -> None:
            if "content-security-policy" in response.headers:
                policies[response.url] = response.headers["content-security-policy"]

        page.on("response", keep)
        search(open_page(page), examples.with_point())
        drawn_map(page)
        settled(page)
        page.remove_listener("response", keep)
        assert any(MAP_FRAME_AT in url for url in policies)
        assert not [url for url, policy in policies.items() if "unsafe-eval" in policy]
        mark = frame_of(page).evaluate("window.mark = 'the same frame'")
        before = page.locator(MAP_FRAME).bounding_box()
        with received(page) as count:
            happened(page)
            settled(page)
        assert frame_of(page).evaluate("window.mark") == mark
        assert count["files"] < 5_000
        assert count["maps"] < MOST_BYTES_OF_A_MAP
        assert 0 < count["all"] < MOST_BYTES_OF_A_CHANGE
        assert before is not None and before["height"] > 400

    def test_nothing_is_wrong_in_the_frame_and_the_keyboard_does_it_all(
        self, page: Page, examples: Examples
    ) -> None:
        postcode = examples.with_point()
        search(open_page(page), postcode)
        inside = drawn_map(page)
        assert violations(page) == []
        expect(page.locator(MAP_FRAME)).to_have_attribute("title", re.compile("^Map of services"))
        sign = inside.locator(".pin[role=button]:visible").first
        sign.focus()
        page.keyboard.press("Enter")
        told = inside.locator(TOLD)
        expect(told).to_be_visible()
        assert violations(page) == []
        # Beside an answer a map is too narrow for a pop-up: what a sign says stands below it.
        around, below = inside.locator("#map").bounding_box(), told.bounding_box()
        assert around is not None and below is not None
        assert below["y"] >= around["y"] + around["height"]
        page.keyboard.press("Escape")
        expect(told).to_have_count(0)
        expect(page.get_by_role("heading", name=say("find.map_picked"))).to_be_visible()

    def test_the_legend_has_what_is_in_view_and_nothing_else(
        self, page: Page, examples: Examples
    ) -> None:
        search(open_page(page), examples.with_point())
        inside = drawn_map(page)
        legend = inside.locator("#legend li")
        shown = legend.all_inner_texts()
        assert any(text.startswith("The place you asked for") for text in shown)
        frame_of(page).evaluate("finderDrawn.map.setView([55.0, 0.5], 9, {animate: false})")
        expect(legend).to_have_text([say("map.outside")])  # the open sea

    def test_signs_of_the_list_are_gathered_and_come_apart(self, page: Page) -> None:
        open_page(page, "/services")
        with answered(page):
            page.get_by_text(say("listing.show_every"), exact=True).click()
        with answered(page):
            page.get_by_text(say("listing.show_map"), exact=True).click()
        inside = page.frame_locator(LIST_FRAME)
        heaps = inside.locator(".pin.heap")
        expect(heaps.first).to_be_visible(timeout=20_000)
        for _ in range(4):
            found = middles(inside)
            assert len(found) > 1
            assert min(math.dist(a, b) for a, b in combinations(found, 2)) >= LEAST_APART
            if not heaps.count():
                break
            most = max(heaps.all(), key=lambda h: int(h.locator(".number").inner_text()))
            most.focus()
            zoom = frame_of(page).evaluate("finderDrawn.map.getZoom()")
            page.keyboard.press("Enter")
            if inside.locator(TOLD).count():  # in one place: each says what it is
                break
            assert frame_of(page).evaluate("finderDrawn.map.getZoom()") > zoom
            assert frame_of(page).evaluate("document.activeElement.className").count("pin")
        assert violations(page) == []


class TestOnAPhone:
    def test_it_is_not_sent_until_it_is_asked_for(self, phone: Page, examples: Examples) -> None:
        asked: list[str] = []
        phone.on("request", lambda request: asked.append(request.url))
        search(open_page(phone), examples.with_point())
        show = in_the_map(phone).get_by_role("button", name=say("map.show"))
        expect(show).to_be_visible(timeout=20_000)
        show.scroll_into_view_if_needed()
        settled(phone)
        assert not [url for url in asked if MAP_PARTS.search(url)]
        frame, button = phone.locator(MAP_FRAME).bounding_box(), show.bounding_box()
        assert frame is not None and button is not None
        assert frame["height"] < 80
        assert button["height"] >= 44
        assert violations(phone) == []
        show.press("Enter")
        expect(in_the_map(phone).locator("#map")).to_be_focused(timeout=20_000)
        assert [url for url in asked if MAP_PARTS.search(url)]
        expect(in_the_map(phone).locator("#legend li").first).to_be_visible()
        assert violations(phone) == []

    def test_what_a_sign_says_stands_under_the_map(self, phone: Page, examples: Examples) -> None:
        search(open_page(phone), examples.with_point())
        inside = drawn_map(phone)
        inside.locator(".pin[role=button]:visible").first.press("Enter")
        told = inside.locator("#said .texts")
        expect(told).to_be_visible()
        expect(inside.locator(".leaflet-popup")).to_have_count(0)
        map_box, box = inside.locator("#map").bounding_box(), told.bounding_box()
        assert map_box is not None and box is not None
        assert box["y"] >= map_box["y"] + map_box["height"]
        found = middles(inside)
        for a, b in combinations(found, 2):
            assert math.dist(a, b) >= LEAST_APART


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signs_stand_out_from_the_ground(new_page: Any, examples: Examples, scheme: str) -> None:
    """The edge of a sign (white) or its filling has 3:1 or more against the ground."""
    page = new_page(color_scheme=scheme)
    search(open_page(page), examples.with_point())
    inside = drawn_map(page)

    def colour(selector: str) -> tuple[float, ...]:
        found = inside.locator(selector).first.evaluate("e => getComputedStyle(e).fill")
        return tuple(float(n) for n in re.findall(r"[\d.]+", found)[:3])

    for ground in (".area-land", ".area-served"):
        best = max(_contrast(colour(ground), sign) for sign in ((255, 255, 255), (0, 90, 110)))
        assert best >= 3, (scheme, ground)


def _contrast(one: tuple[float, ...], other: tuple[float, ...]) -> float:
    def light(rgb: tuple[float, ...]) -> float:
        parts = [v / 255 for v in rgb]
        linear = [v / 12.92 if v <= 0.03928 else ((v + 0.055) / 1.055) ** 2.4 for v in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    a, b = sorted((light(one), light(other)), reverse=True)
    return (a + 0.05) / (b + 0.05)
