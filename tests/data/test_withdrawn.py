"""Any number of the directory, taken out, is on no page, sheet or JSON any more."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from datetime import date

from starlette.applications import Starlette
from starlette.testclient import TestClient

from mmhs_finder.answers.urgent import MissingUrgentNumber, check_strip
from mmhs_finder.application import Application, IndexOpening
from mmhs_finder.channels.text.routes import routes
from mmhs_finder.directory import Directory
from mmhs_finder.directory.ways import NUMBERS
from mmhs_finder.directory.withdrawing import row_key, rows_of, without
from mmhs_finder.directory.withdrawn import WITHDRAWN_FROM, Sought, Withdrawal
from mmhs_finder.postcodes import PostcodeIndex
from mmhs_finder.render.json import answer_json
from mmhs_finder.views.answer import answer_view
from tests.made_up.records import SUNDAY_NIGHT

TOLD = 2
"""How many numbers are looked for in pages, spread over the directory."""


def _numbers(directory: Directory) -> Iterator[Withdrawal]:
    """A withdrawal of each number that no page needs for urgent help."""
    for file in WITHDRAWN_FROM:
        for row in rows_of(directory, file):
            for column in NUMBERS:
                number = getattr(row, column, "")
                if not number:
                    continue
                day = date(2026, 11, 30)
                each = Withdrawal(day, file, row_key(row), column, number, "it is wrong")
                try:
                    check_strip(without(directory, [each]).national)
                except MissingUrgentNumber:
                    continue
                yield each


def _is_on(page: str, sought: Sought) -> bool:
    """Whether a page has a number: in its words, or in a link to ring."""
    words = html.unescape(re.sub(r"<[^>]*>", " ", page))
    rung = " ".join(re.findall(r'(?:tel|sms):([^"?]*)', page))
    return sought.is_in(words) or sought.is_in(rung)


def _pages(directory: Directory, each: Withdrawal) -> Iterator[str]:
    """The pages that may show a row."""
    yield "/text/services"
    yield from (f"/text/urgent/{nation}" for nation in ("england", "scotland", "wales"))
    if each.row in directory.services:
        yield f"/text/service/{each.row}"
        yield f"/text/sheet/{each.row}"
        yield f"/text/referral/{each.row}"
        yield from (f"/text/area/{a.code}" for a, _ in directory.areas_of(each.row)[:2])
    yield "/text/area/E07000106"


def test_a_number_that_is_out_is_on_no_page(directory: Directory, index: PostcodeIndex) -> None:
    every = list(_numbers(directory))
    for each in every[:: max(1, len(every) // TOLD)]:
        assert each.sought is not None, each
        after = without(directory, [each])
        application = Application(after, IndexOpening(lambda _: index))
        client = TestClient(Starlette(routes=routes(application, lambda: SUNDAY_NIGHT)))
        for path in _pages(directory, each):
            assert not _is_on(client.get(path).text, each.sought), (each, path)
        support = client.post("/text/support", data={"topic": "loss"}).text
        assert not _is_on(support, each.sought), each
        for area in [a for a, _ in directory.areas_of(each.row)[:2]] or [
            directory.areas["E07000106"]
        ]:
            finder = application.finder
            answer = finder.find(finder.council(area.code), at=SUNDAY_NIGHT)
            told = json.dumps(answer_json(answer_view(answer)))
            assert not each.sought.is_in(told), (each, area.code)


def test_the_pages_do_have_the_numbers_that_are_not_out(
    directory: Directory, index: PostcodeIndex
) -> None:
    """Else the test above would look where no number is."""
    application = Application(directory, IndexOpening(lambda _: index))
    client = TestClient(Starlette(routes=routes(application, lambda: SUNDAY_NIGHT)))
    found = (each for each in _numbers(directory) if each.file == "services.csv")
    each = next(found)
    assert each.sought is not None
    assert _is_on(client.get(f"/text/sheet/{each.row}").text, each.sought)
