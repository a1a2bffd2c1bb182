"""Every page and main state in a browser: axe-core, narrow and wide, light and dark; and links.

A state is reached once and then looked at in each width and colour scheme.
"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Level
from mmhs_finder.directory import Directory
from tests.audit.record import Record
from tests.audit.states import PATHS, STATES
from tests.browser.conftest import App, axe, settled, sticking_out
from tests.browser.examples import Examples

WIDTHS = (1280, 360)
SCHEMES = ("light", "dark")


def leads_nowhere(page: Page, app: App, directory: Directory) -> tuple[int, list[str]]:
    """How many links of a page stay in the app, and those of them that lead nowhere."""
    own = urlsplit(app.url).netloc
    links = set(page.locator("a[href]").evaluate_all("all => all.map(a => a.href)"))
    inside = [urlsplit(link) for link in links if urlsplit(link).netloc == own]
    wrong = []
    for link in inside:
        asked = {name: values[0] for name, values in parse_qs(link.query).items()}
        if link.path in PATHS:
            is_there = (
                asked.get("area", "") in {"", *directory.areas} or "level" in asked
            ) and asked.get("service", "") in {"", *directory.services}
            if "level" in asked:
                is_there = is_there and asked["level"] in {*Level}
                is_there = is_there and asked.get("measure", "mmhs") in {*Measure}
        else:
            ours = link.path.startswith(("/assets/", "/text/"))
            is_there = ours and page.request.get(link.geturl()).ok
        if link.fragment:
            is_there = is_there and page.locator(f"[id='{link.fragment}']").count() == 1
        if not is_there:
            wrong.append(link.geturl())
    return len(inside), wrong


class TestEveryState:
    @pytest.mark.parametrize("state", STATES)
    def test_is_sound_at_every_width_and_its_links_lead_somewhere(
        self,
        page: Page,
        app: App,
        examples: Examples,
        directory: Directory,
        record: Record,
        state: str,
    ) -> None:
        page.set_viewport_size({"width": 1280, "height": 800})
        page.emulate_media(color_scheme="light")
        STATES[state](page, examples)
        looked_at, nowhere = leads_nowhere(settled(page), app, directory)
        record.add("links from one page of the app to another", looked_at, nowhere)
        findings: list[str] = []
        wide: list[str] = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wide += [f"{width}: {one}" for one in sticking_out(page)]
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme)
                findings += [f"{width} {scheme}: {one}" for one in axe(page)]
        looks = len(WIDTHS) * len(SCHEMES)
        record.add("pages and states with axe-core: serious or critical", looks, findings)
        record.add("pages and states that scroll sideways", len(WIDTHS), wide)
        assert not nowhere
        assert not findings
        assert not wide
