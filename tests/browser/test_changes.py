"""What has changed, in a browser: from coverage to a health area's changes, a sheet, a feed."""

from __future__ import annotations

import json

from playwright.sync_api import Page, expect

from mmhs_finder.directory import Directory
from mmhs_finder.views.history import History
from mmhs_finder.words import say
from tests.browser.conftest import answered, axe, open_page, sticking_out


def busiest(directory: Directory) -> str:
    """The health area whose services were changed most often."""
    history = History(directory)
    return max(history.icbs, key=lambda code: len(history.of(code)))


class TestChanges:
    def test_from_coverage_to_the_changes_of_a_health_area_to_a_sheet_and_its_feed(
        self, tab: Page, directory: Directory
    ) -> None:
        code = busiest(directory)
        name = History(directory).icbs[code]
        open_page(tab, f"/coverage?where={code}")
        with answered(tab):
            tab.get_by_role("link", name=say("changes.link_icb", place=name)).click()
        tab.wait_for_url(f"**/changes?icb={code}")
        expect(tab.locator(".stMain h1")).to_have_text(say("changes.title"))
        expect(tab.get_by_role("combobox", name=say("changes.icb_label"))).to_have_value(name)
        expect(tab.locator(".changes > li").first).to_be_visible()
        assert axe(tab) == []
        for width in (320, 360, 1280):
            tab.set_viewport_size({"width": width, "height": 800})
            assert sticking_out(tab) == []
        feed = tab.locator(f'a[href="/changes.json?icb={code}"]')
        reply = tab.request.get(f"/changes.json?icb={code}")
        expect(feed).to_be_visible()
        assert len(json.loads(reply.body())["items"]) == len(History(directory).of(code))
        links = [
            *tab.locator('link[rel="alternate"]').evaluate_all(
                "all => all.map(e => new URL(e.href).pathname)"
            )
        ]
        assert links == ["/changes.atom", "/changes.json"]
        sheet = tab.locator('.changes a[data-in-app^="#sheet-"]').first
        called = sheet.inner_text()
        sheet.click()
        expect(tab.get_by_role("heading", name=called).first).to_be_visible()
