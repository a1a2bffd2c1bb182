"""What a screen reader hears of every tag: words that make sense one after the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape

from mmhs_finder.answers.types import Match
from mmhs_finder.coverage.measures import VALUES
from mmhs_finder.coverage.wording import value_words
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Pathway, PathwayOffer
from mmhs_finder.directory.named import PATHWAY
from mmhs_finder.directory.said import only_if
from mmhs_finder.directory.vocabularies import Read
from mmhs_finder.hours import LONDON, Opening
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.entries import devolved_entry, service_entry
from mmhs_finder.render.html.pieces import tag
from mmhs_finder.render.html.services import table_html
from mmhs_finder.render.html.sheet import bar_html, sheet_html
from mmhs_finder.views.line import devolved_view
from mmhs_finder.views.listing import rows
from mmhs_finder.views.service import pathway_view, service_view
from mmhs_finder.views.sheet import referral_sheet
from mmhs_finder.words import say
from tests.made_up.records import TODAY

NOON = datetime(2026, 11, 24, 12, tzinfo=LONDON)
TAG = re.compile(
    r'<span class="tag tag-\w+"><span aria-hidden="true">.</span> '
    r'((?:<span class="sr-only">[^<]*</span>)?[^<]*)</span>'
)


def markup(directory: Directory) -> Iterator[str]:
    """Every card, sheet and row of a directory, and the values of coverage."""
    for service in directory.services.values():
        criteria = directory.criteria.get(service.id)
        view = service_view(Match(service, Opening(), criteria=criteria), (), NOON)
        yield cards.helps_html(view) + cards.facts_html(view)
        yield service_entry(view)
        sheet = referral_sheet(directory, service, today=TODAY)
        yield bar_html(sheet) + sheet_html(sheet)
    for row in directory.devolved:
        yield devolved_entry(devolved_view(row))
    yield table_html(rows(directory, date(2026, 11, 24)), "")
    for measure, values in VALUES.items():
        for value in values:
            yield tag("unknown", value_words(measure, value))


def spoken(html: str) -> set[str]:
    assert html.count('class="tag tag-') == len(TAG.findall(html)), "another shape of tag"
    return {unescape(re.sub(r"<[^>]*>", "", heard)) for heard in TAG.findall(html)}


def test_a_word_stands_before_a_tag_only_where_it_names_what_somebody_may_need(made_up_directory):
    heard = set().union(*(spoken(str(html)) for html in markup(made_up_directory)))
    needs = {
        f"{say('tag.yes')}: {PATHWAY(p)}"
        if state is PathwayOffer.YES
        else pathway_view(p, state, read).text
        for p in Pathway
        for state in PathwayOffer
        for read in Read
    }
    assert {say("status.unconfirmed"), say("tag.unknown")} <= heard
    on_condition = {
        pathway_view(p, row.offers(p), Read.WHOLE, condition).text
        for row in made_up_directory.criteria.values()
        for p in Pathway
        if (condition := only_if(row, p))
    }
    assert on_condition and on_condition <= heard
    others = heard - needs - on_condition
    assert len(heard & needs) > 4 and len(others) > 4
    assert not {text for text in others if ":" in text}
    assert all(text.count(say("tag.not_published")) <= 1 for text in heard)
