"""Every page of the app and the main states of each, as a browser reaches them.

A new page, or a new state of one, is added here: `test_pages.py` looks at each at every width.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from playwright.sync_api import Page, expect

from mmhs_finder.answers.types import Outcome
from mmhs_finder.words import say
from tests.browser import test_bulk as bulk
from tests.browser.conftest import answered, open_page, settled
from tests.browser.examples import Examples
from tests.browser.test_coverage import coverage_page
from tests.browser.test_journeys import drawn_map, search, to_the_check
from tests.browser.test_planning import HEADINGS
from tests.browser.test_planning import view as planning
from tests.browser.test_professionals import searched
from tests.browser.test_professionals import view as of_professionals

Reach = Callable[[Page, Examples], object]


def opened(path: str, page: Page, _examples: Examples) -> None:
    open_page(page, path)


def found(typed: str, page: Page, _examples: Examples) -> None:
    """The result for a postcode, or for what is no postcode."""
    search(open_page(page), typed)


def outcome(wanted: Outcome, page: Page, examples: Examples) -> None:
    search(open_page(page), examples.with_outcome(wanted))
    drawn_map(page)


def checked(wanted: Outcome, page: Page, examples: Examples) -> None:
    to_the_check(page, examples.with_outcome(wanted))


def not_safe(page: Page, examples: Examples) -> None:
    checked(Outcome.ONE_SERVICE, page, examples)
    with answered(page):
        page.get_by_text("I do not feel safe right now").click()


def after_abuse(page: Page, _examples: Examples) -> None:
    open_page(page, "/other-support")
    with answered(page):
        page.get_by_role("radio", name=say("topic.domestic_abuse")).click()


def for_professionals(view: str, page: Page, examples: Examples) -> None:
    searched(page, examples.with_service())
    if view != "Referral sheet":
        of_professionals(page, view)


def coverage(view: str, page: Page, _examples: Examples) -> None:
    coverage_page(page)
    if view != "Map":
        with answered(page):
            page.get_by_test_id("stMain").get_by_text(view, exact=True).first.click()


def planned(view: str, page: Page, _examples: Examples) -> None:
    planning(page, view)
    if view == "Workforce":
        page.get_by_text("What the model assumes").click()
        expect(page.get_by_label("Births a year")).to_be_visible()


def list_ready(page: Page, _examples: Examples) -> None:
    bulk.look_up(page, "women.csv", bulk.LIST.encode())
    expect(page.get_by_role("heading", name="Your list is ready")).to_be_visible()
    settled(page)


PATHS = (
    "/",
    "/check",
    "/other-support",
    "/about",
    "/professionals",
    "/services",
    "/bulk",
    "/coverage",
    "/planning",
    "/changes",
)
"""The address of every page."""

STATES: dict[str, Reach] = {
    **{f"page {path}": partial(opened, path) for path in PATHS},
    **{
        f"result: {wanted.value}": partial(outcome, wanted)
        for wanted in Outcome
        if wanted not in (Outcome.OTHER_NATION, Outcome.SEVERAL_SERVICES)
    },
    "result: a whole district": partial(found, "CT1"),
    "result: a place name": partial(found, "Canterbury"),
    "result: Scotland": partial(found, "EH1 1YZ"),
    "result: Wales": partial(found, "CF10 1EP"),
    "result: Northern Ireland": partial(found, "BT1 5GS"),
    "result: Jersey": partial(found, "JE2 3XP"),
    "questions: one service": partial(checked, Outcome.ONE_SERVICE),
    "questions: none known": partial(checked, Outcome.NONE_PUBLISHED),
    "questions: not safe": not_safe,
    "other support: after abuse": after_abuse,
    **{
        f"professionals: {view}": partial(for_professionals, view)
        for view in ("Referral sheet", "Referral pack", "Compare", "Case check")
    },
    "many postcodes: a list": list_ready,
    **{
        f"coverage: {view}": partial(coverage, view)
        for view in ("Map", "Gap list", "Need and help", "Table", "Over time", "What if")
    },
    "coverage: a scenario": partial(
        opened, "/coverage?where=Midlands&measure=loss&view=what_if&scenario=_E54000019.loss"
    ),
    **{f"planning: {view}": partial(planned, view) for view in HEADINGS},
}
