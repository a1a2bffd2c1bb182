"""What a printer gets of an answer: two pages, and nothing that only a screen knows."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from io import BytesIO

import pytest
from playwright.sync_api import Page
from pypdf import PdfReader

from mmhs_finder.answers.types import Outcome
from mmhs_finder.hours import LONDON
from mmhs_finder.views.printed import printed_view
from mmhs_finder.words import plain_date
from tests.browser.conftest import answered, open_page, settled
from tests.browser.examples import Examples

MOST_PAGES = 2
OUTCOMES = [*Outcome]
SCREEN_ONLY = re.compile(
    r"\b(open|closed) now\b|\bopens (today|tomorrow|on)\b|Leave this page|Find support|Start again"
    r"|What happened\?",
    re.IGNORECASE,
)


def plain(text: str) -> str:
    """Without spaces and hyphens, which a PDF puts where its lines break."""
    return re.sub(r"[\s-]+", "", unicodedata.normalize("NFKC", text))


def printed(page: Page, postcode: str) -> tuple[int, str]:
    """Number of pages, and their text."""
    box = open_page(page).get_by_role("textbox", name="Your postcode")
    box.fill(postcode)
    with answered(page):
        box.press("Enter")
    reader = PdfReader(BytesIO(settled(page).pdf(format="A4")))
    return len(reader.pages), "\n".join(sheet.extract_text() for sheet in reader.pages)


class TestOnPaper:
    @pytest.mark.parametrize("outcome", [None, *OUTCOMES])
    def test_an_answer_is_two_pages_with_what_paper_can_know(
        self, page: Page, examples: Examples, outcome: Outcome | None
    ) -> None:
        """None: CT1 3NG, whose service has published a great deal."""
        postcode = (
            "CT1 3NG" if outcome is None else examples.postcode(lambda a: a.outcome is outcome)
        )
        view = printed_view(examples.find(postcode), ())
        pages, text = printed(page, postcode)
        assert pages <= MOST_PAGES
        assert not SCREEN_ONLY.search(text)
        assert plain(postcode) not in plain(text), "paper is left lying about"
        assert plain(plain_date(datetime.now(LONDON).date().isoformat())) in plain(text)
        names = [each.summary.title for each in view.services]
        numbers = [line.way.value for line in view.lines]
        urgent = [way.value for way in view.urgent]
        assert len(numbers) == 3 or outcome is Outcome.OTHER_NATION
        for wanted in (*names, *numbers, *urgent, *view.scripts[0].splitlines()):
            assert plain(wanted) in plain(text), wanted

    @pytest.mark.parametrize("path", ["/check", "/other-support"])
    def test_other_pages_print_their_numbers_and_no_button(self, page: Page, path: str) -> None:
        open_page(page, path)
        page.emulate_media(media="print")
        assert page.locator("button:visible, input:visible").count() == 0
        assert page.locator("a[href='tel:999']:visible").count() > 0
        page.emulate_media(media="screen")
