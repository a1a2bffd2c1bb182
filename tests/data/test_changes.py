"""What is told of the history of any directory: no note, no number that is not a parent's."""

from __future__ import annotations

import csv
import html
import json
import re
from datetime import date

import pytest
from markupsafe import escape

from mmhs_finder.directory import Directory
from mmhs_finder.directory.changes import FILE, FROM_SERVICE
from mmhs_finder.directory.models import Audience, PhoneStatus
from mmhs_finder.directory.public_changes import NEVER_PUBLIC
from mmhs_finder.directory.ways import dialled
from mmhs_finder.render.feeds import FeedView, atom_feed, json_feed
from mmhs_finder.render.html.changes import months_html
from mmhs_finder.views.changes import AskedChanges, changes_view, feed_entries
from mmhs_finder.views.history import History

MOST = 100_000


@pytest.fixture(scope="module")
def history(directory: Directory) -> History:
    return History(directory)


@pytest.fixture(scope="module")
def feed(directory: Directory, history: History) -> FeedView:
    entries = feed_entries(history, directory, "", MOST)
    return FeedView("https://example.org", "", "Changes", date(2026, 1, 1), entries)


@pytest.fixture(scope="module")
def page(directory: Directory, history: History) -> str:
    view = changes_view(history, directory, AskedChanges(), MOST)
    return html.unescape(months_html(view, lambda entry: escape(entry.name)))


def numbers(directory: Directory, *, sure: bool) -> set[str]:
    """The numbers that parents may ring, or those that they may not."""
    found: dict[str, bool] = {}
    for row in (*directory.services.values(), *directory.national):
        audience = getattr(row, "phone_audience", Audience.PUBLIC)
        hers = audience is Audience.PUBLIC and row.phone_status is PhoneStatus.CONFIRMED
        if len(number := dialled(row.phone)) > 6:
            found[number] = found.get(number, False) or hers
        if len(number := dialled(getattr(row, "referrer_phone", ""))) > 6:
            found.setdefault(number, False)
    return {number for number, hers in found.items() if hers is sure}


def test_no_number_stands_there_that_is_not_a_parents(
    directory: Directory, page: str, feed: FeedView
) -> None:
    items = json.loads(json_feed(feed))["items"]
    for text in (page, *(html.unescape(item["content_html"]) for item in items)):
        together = re.sub(r"[^0-9+a-z]", "", text.casefold())
        assert not {n for n in numbers(directory, sure=False) if n in together}


def test_no_note_and_no_code_of_a_form_stands_there(
    directory: Directory, page: str, feed: FeedView
) -> None:
    with (directory.folder / FILE).open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    kept = {r[name] for r in rows if r["column"] in NEVER_PUBLIC for name in ("old", "new")}
    kept |= {r["source_url"] for r in rows if r["source_url"].partition(":")[0] in FROM_SERVICE}
    told = (page, atom_feed(feed).decode(), json_feed(feed).decode())
    assert not [cell for cell in kept if len(cell) > 20 and any(cell in text for text in told)]


def test_every_entry_has_a_name_a_place_or_is_gone_and_says_what(history: History) -> None:
    for entry in history.entries:
        assert entry.cells
        assert entry.name or not entry.is_listed
        assert all(history.is_place(place) for place in entry.places)
