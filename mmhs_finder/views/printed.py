"""An answer as a printer gets it, on two pages: nothing that only a screen knows.

The urgent numbers, each service with its facts, the words for a GP, three numbers with their hours,
the day, and what was chosen. Never the postcode: paper is left lying about, and the area says
enough. Not for: the page to take along as a file (`summary`), or markup (`render.html.printed`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from mmhs_finder.answers.to_keep import lines_to_keep
from mmhs_finder.answers.types import Answer, Match, Offer
from mmhs_finder.directory.models import Need
from mmhs_finder.directory.named import area_words, nation_words
from mmhs_finder.directory.ways import line_ways
from mmhs_finder.places.place import NoticeCode
from mmhs_finder.views.notices import notices_of_answer
from mmhs_finder.views.outcome import script_views
from mmhs_finder.views.questions import NEED
from mmhs_finder.views.service import service_view
from mmhs_finder.views.summary import Summary, summary_of
from mmhs_finder.views.urgent import StripView
from mmhs_finder.views.ways import WayView, quickest_way
from mmhs_finder.views.wording import sentence
from mmhs_finder.words import join_words, plain_date, say

_MOST_URGENT: Final = 4
"""Those of the strip; the others are for some people."""


@dataclass(frozen=True)
class PrintedService:
    """A service, or how to ask whether there is one. facts: terms and what they mean here."""

    summary: Summary
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class PrintedLine:
    """A number to keep, and its hours as published."""

    way: WayView
    hours: str


@dataclass(frozen=True)
class PrintedView:
    """Everything on the two pages, in the order to read it. chosen: "" where nothing was."""

    heading: str
    printed: str
    chosen: str
    notices: tuple[str, ...]  # about a place over a border
    urgent_heading: str
    urgent: tuple[WayView, ...]
    services: tuple[PrintedService, ...]
    script_heading: str
    scripts: tuple[str, ...]
    lines_heading: str
    lines: tuple[PrintedLine, ...]


def printed_view(
    answer: Answer, happened: Sequence[Need], strip: StripView | None = None
) -> PrintedView:
    """happened: everything that was said with the search. strip: while no nation is known, for a
    district over a border, whose lines are those of all nations."""
    pages = [_service(match, answer) for match in answer.mmhs] or [_no_service(answer)]
    # The words are the person's own: for each service that others have to ask for her, or where
    # none is known. Where she asks herself there are none.
    scripts = [page.summary.script for page in pages if page.summary.script]
    if not answer.mmhs:
        scripts = [view.text for view in script_views(answer)]
    named = join_words([NEED(need) for need in happened])
    areas = [area_words(area.name) for area in answer.place.areas]
    where = join_words(areas) if areas else nation_words(answer.place.nation)
    return PrintedView(
        heading=say("printed.heading", place=where),
        printed=say("printed.date", date=plain_date(answer.at.date().isoformat())),
        chosen=say("printed.chosen", needs=named) if named else "",
        urgent_heading=say("summary_urgent.heading"),
        notices=tuple(n.text for n in notices_of_answer(answer) if n.code is NoticeCode.BORDER),
        urgent=_of_strip(strip)
        if strip and answer.place.lives_in is None
        else pages[0].summary.urgent[:_MOST_URGENT],
        services=tuple(pages),
        script_heading=say("script.heading"),
        scripts=tuple(dict.fromkeys(scripts))[:1],
        lines_heading=say("printed.lines"),
        lines=tuple(line for offer in lines_to_keep(answer) if (line := _line(offer))),
    )


def _of_strip(strip: StripView) -> tuple[WayView, ...]:
    """Everything that the strip says, as paper says it: for whom each number is."""
    pressed = (
        replace(button.way, words=f"{button.spoken} {button.way.words}", after=f"({button.below})")
        if button.below
        else button.way
        for button in (strip.danger, strip.crisis)
    )
    return (*pressed, *strip.more)


def _service(match: Match, answer: Answer) -> PrintedService:
    view = service_view(match, (), answer.at)  # the same facts whatever happened
    facts = (
        (say("card.helps"), ", ".join(pathway.text for pathway in view.helps)),
        # Whether they take people now stands in the note of the page already.
        *((fact.term, fact.text) for fact in view.facts if fact.id != "now"),
        (view.blank_tag, view.silent),
    )
    summary = summary_of(match, answer, ())
    return PrintedService(summary, tuple((term, text) for term, text in facts if text))


def _no_service(answer: Answer) -> PrintedService:
    return PrintedService(summary_of(None, answer, ()), ())


def _line(offer: Offer) -> PrintedLine | None:
    row = offer.support
    way = quickest_way(row.name, line_ways(row))
    return PrintedLine(way, sentence(row.phone_hours_text)) if way else None
