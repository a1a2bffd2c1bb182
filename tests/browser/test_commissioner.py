"""A commissioner's three questions of one region, answered by clicks alone: which areas lack
separation care, what changed since last month, and what would it take.

Each answer is compared with what the rules say. A minute for each is what a person may need: the
clicks themselves take seconds, and a wait that is longer than the minute fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from time import monotonic

import pytest
from playwright.sync_api import Page, expect

from mmhs_finder.coverage.closing import what_it_takes
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.scenario import Scenario
from mmhs_finder.coverage.snapshots import read_snapshots
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import Where
from mmhs_finder.directory import Directory
from mmhs_finder.directory.named import area_words
from mmhs_finder.hours import LONDON
from mmhs_finder.views.coverage_history import history_view
from mmhs_finder.words import number, say
from tests.browser.conftest import answered, axe, choose, open_page

REGION = "North West"


@pytest.fixture
def region(directory: Directory) -> tuple[Coverage, Where]:
    coverage = Coverage(directory, datetime.now(LONDON).date())
    where = coverage.place(REGION)
    assert where is not None
    return coverage, where


@contextmanager
def within_a_minute(page: Page, question: str) -> Iterator[None]:
    """No wait of a question is longer than what is left of its minute. Prints what it took."""
    began = monotonic()
    page.set_default_timeout(60_000)
    yield
    print(f"{question}: {monotonic() - began:.1f} s")


def view(page: Page, name: str) -> None:
    with answered(page):
        page.get_by_test_id("stMain").get_by_text(name, exact=True).first.click()


def test_the_three_questions_of_a_commissioner(
    page: Page, region: tuple[Coverage, Where], directory: Directory
) -> None:
    coverage, where = region
    lacking = {
        area_words(row.name)
        for row in coverage.rows(Level.COUNCIL, Measure.SEPARATION, where)
        if not row.parent and row.value is not Value.YES
    }
    with within_a_minute(page, "which areas lack separation care"):
        open_page(page, "/coverage")
        choose(page, "Where", f"NHS region: {REGION}")
        choose(page, "What to show", "Help after separation from a baby")
        view(page, say("coverage.view_gaps"))
        listed = page.locator(".st-key-coverage-gaps tbody th")
        shown: set[str] = set()
        while True:
            expect(listed.first).to_be_visible()
            shown |= {name.partition(". ")[2] for name in listed.all_inner_texts()}
            following = page.get_by_role("button", name=say("coverage.next"), exact=True)
            if len(shown) >= len(lacking) or not following.count() or following.is_disabled():
                break
            with answered(page):
                following.click()
        assert shown == lacking
    with within_a_minute(page, "what changed since last month"):
        view(page, say("coverage.view_over_time"))
        told = history_view(coverage, read_snapshots(directory.folder), where)
        expect(page.get_by_text(told.intro)).to_be_visible()
        for line in told.lines:
            expect(page.get_by_test_id("stMain")).to_contain_text(line)
    steps = what_it_takes(coverage, Scenario(), Measure.SEPARATION, where)
    with within_a_minute(page, "what would it take"):
        view(page, say("coverage.view_what_if"))
        expect(page.locator(".what-if-step")).to_have_count(len(steps))
        if steps:
            with answered(page):
                name = re.compile("^Try all" if len(steps) > 1 else "^Try step")
                page.get_by_role("button", name=name).click()
            reached = number(steps[-1].after.rounded()[Value.YES], 1)
            expect(page.locator(".what-if-figure")).to_contain_text(f"to {reached}")
        assert axe(page) == []
