"""What is known of the help in a place: each measure, where it is not known, and which services.

Not for: the page for a board, which says the most important of it (`board`).
"""

from __future__ import annotations

from datetime import date
from typing import Final

from mmhs_finder.coverage.closing import mmhs
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import GRADED, HELP_MEASURES, Measure
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import Where
from mmhs_finder.coverage.wording import measure_words, nearest_words, value_words
from mmhs_finder.directory.models import Service, Status
from mmhs_finder.directory.named import area_words
from mmhs_finder.views.area_report.parts import ReportFact, ReportItem, ReportLink, ReportSection
from mmhs_finder.views.sources import source_links, told_words
from mmhs_finder.views.status import closed_text
from mmhs_finder.views.ways import web
from mmhs_finder.views.wording import first_of
from mmhs_finder.words import number, plain_date, say

_MOST_NAMES: Final = 12


def known(coverage: Coverage, where: Where) -> ReportSection:
    """Each measure, with its shares of births where several councils count."""
    found = []
    for measure in Measure:
        row = coverage.row_of(measure, where)
        words = value_words(measure, row.value)
        if row.shares and measure not in GRADED and row.value is not Value.YES:
            words = say(
                "area_report.coverage_shares",
                value=words,
                yes=number(row.shares.rounded()[Value.YES], 1),
                unknown=number(row.shares.unknown, 1),
            )
        if row.inferred:
            words += f" ({say('coverage.inferred')})"
        found.append(ReportFact(measure_words(measure), words))
    return ReportSection(say("area_report.coverage"), facts=tuple(found))


def gaps(coverage: Coverage, where: Where) -> ReportSection:
    """Which kinds of help are not known everywhere, and where; of a council, what is nearest."""
    items = tuple(
        ReportItem(_gap(coverage, where, measure))
        for measure in HELP_MEASURES
        if measure not in (Measure.ALL_FOUR, Measure.ANY)
        and coverage.row_of(measure, where).value is not Value.YES
    )
    none = "" if items else say("area_report.gaps_all")
    return ReportSection(say("area_report.gaps"), none, items=items)


def _gap(coverage: Coverage, where: Where, measure: Measure) -> str:
    row = coverage.row_of(measure, where)
    if where.level is Level.COUNCIL:
        nearest, km = coverage.nearest(measure).get(row.parent or row.code, (None, None))
        return say(
            "area_report.gaps_line",
            what=measure_words(measure),
            value=value_words(measure, row.value).lower(),
            nearest=nearest_words(nearest, km),
        )
    rows = [r for r in coverage.rows(Level.COUNCIL, measure, where) if not r.parent]
    most_first = sorted(rows, key=lambda r: -(r.births or 0))
    inside = [area_words(r.name) for r in most_first if r.value is not Value.YES]
    text = say("area_report.gaps_parts", areas=first_of(inside, _MOST_NAMES))
    return f"{measure_words(measure)}. {text}"


def services(coverage: Coverage, where: Where) -> ReportSection:
    """The services of a place, with where it is known from; those reported closed after them."""
    closed = coverage.row_of(Measure.MMHS, where).closed
    of_each = (_service(service, coverage.today) for service in mmhs(coverage, where))
    items = (*of_each, *(ReportItem(closed_text(s)) for s in closed))
    none = "" if items else say("area_report.services_none")
    return ReportSection(say("area_report.services"), none, items=items)


def _service(service: Service, today: date) -> ReportItem:
    text = ", ".join(part for part in (service.name, service.provider) if part)
    if service.status is not Status.OPEN:
        text += f" ({say('area_report.unconfirmed')})"
    day = plain_date(service.source_date) if service.source_date else ""
    newest = say("source.newest", date=day) if day else ""
    pages = [url for url in service.source_urls if web(url)]
    return ReportItem(
        f"{text}.",
        tuple(ReportLink(name, url) for name, url in source_links(pages, service)),
        " ".join(t for t in (told_words(service, today), newest) if t),
        service.name,
    )
