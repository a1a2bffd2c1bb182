"""What is known of one council, ICB or region: help, need, gaps, staff, services, neighbours.

`area_report` chooses and words it; a page, a file to print and a PDF are drawn from what it gives.
Not for: the values (`coverage`), or drawing (`render`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import GRADED, HELP_MEASURES, PATHWAY_MEASURES, Measure
from mmhs_finder.coverage.rows import AreaRow
from mmhs_finder.coverage.values import UNKNOWN, Level, Value
from mmhs_finder.coverage.wording import measure_words, nearest_words, value_words
from mmhs_finder.directory.models import Service, ServiceKind, Status
from mmhs_finder.directory.named import area_words
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.planning.workforce import Workforce, workforce
from mmhs_finder.views.scenario import ScenarioView
from mmhs_finder.views.sources import source_links, told_words
from mmhs_finder.views.status import closed_text
from mmhs_finder.views.ways import web
from mmhs_finder.views.wording import sentence
from mmhs_finder.words import join_words, number, plain_date, say

_MOST_NAMES: Final = 12


@dataclass(frozen=True)
class ReportLink:
    """A page that something is known from: what a link to it is called, and its address."""

    text: str
    url: str


@dataclass(frozen=True)
class ReportFact:
    """What was asked of an area, and what is known."""

    term: str
    text: str


@dataclass(frozen=True)
class ReportItem:
    """An item of a list: a text, the pages it is known from, and how new they are.

    whose: whose links they are, for somebody who hears the links of a page one after the other.
    """

    text: str
    links: tuple[ReportLink, ...] = ()
    after: str = ""
    whose: str = ""


@dataclass(frozen=True)
class ReportSection:
    """A part of a report under a heading: a sentence, facts, a list, small print. Blank ones go."""

    heading: str
    text: str = ""
    facts: tuple[ReportFact, ...] = ()
    items: tuple[ReportItem, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class AreaReport:
    """What is known of one area. where: what kind of area it is, and in which others it lies."""

    name: str
    title: str
    where: str
    sections: tuple[ReportSection, ...]
    printed: str


def area_report(
    coverage: Coverage,
    shapes: AreaShapes,
    level: Level,
    code: str,
    scenario: ScenarioView | None = None,
) -> AreaReport:
    """The report of an area. Raises KeyError.

    shapes: of all areas, to know its neighbours. scenario: of which `coverage` is; its title and
    its first section then say so.
    """
    row = coverage.row(level, Measure.MMHS, code)
    name = area_words(row.name)
    return AreaReport(
        name=name,
        title=say("what_if.report_title", name=name)
        if scenario
        else say("area_report.title", name=name),
        where=_where(coverage, row),
        sections=(
            *((_scenario(scenario),) if scenario else ()),
            ReportSection(
                say("area_report.coverage"), facts=_coverage_facts(coverage, level, code)
            ),
            _need(coverage, row),
            _gaps(coverage, level, code),
            _workforce(row),
            _services(coverage, level, code),
            _neighbours(coverage, shapes, level, code),
            ReportSection(say("area_report.sources"), note=_sources(coverage)),
        ),
        printed=say("area_report.printed"),
    )


def _scenario(scenario: ScenarioView) -> ReportSection:
    items = tuple(ReportItem(line) for line in scenario.lines)
    return ReportSection(scenario.name, scenario.notice, items=items)


def _where(coverage: Coverage, row: AreaRow) -> str:
    if row.level is Level.REGION:
        return say("area_report.level_region")
    if row.level is Level.ICB:
        if not row.region:
            return say("area_report.level_icb_none")
        return say("area_report.level_icb", region=row.region)
    if row.parent:
        parent = area_words(coverage.directory.areas[row.parent].name)
        return say("area_report.level_part", parent=parent, icb=row.icb, region=row.region)
    return say("area_report.level_council", icb=row.icb, region=row.region)


def _coverage_facts(coverage: Coverage, level: Level, code: str) -> tuple[ReportFact, ...]:
    found = []
    for measure in Measure:
        row = coverage.row(level, measure, code)
        words = value_words(measure, row.value)
        if row.shares and measure not in GRADED and row.value is not Value.YES:
            rounded = row.shares.rounded()
            unknown = sum(rounded.get(v, 0.0) for v in UNKNOWN)
            words = say(
                "area_report.coverage_shares",
                value=words,
                yes=number(rounded[Value.YES], 1),
                unknown=number(unknown, 1),
            )
        if row.inferred:
            words += f" ({say('coverage.inferred')})"
        found.append(ReportFact(measure_words(measure), words))
    return tuple(found)


def _need(coverage: Coverage, row: AreaRow) -> ReportSection:
    heading = say("area_report.need")
    if row.births is None:
        return ReportSection(heading, say("area_report.no_figures"))
    councils = [r for r in coverage.rows(row.level, Measure.MMHS) if not r.parent]
    facts: list[ReportFact] = []
    figures: tuple[tuple[str, Callable[[AreaRow], float | None]], ...] = (
        (say("area_report.births"), lambda r: r.births),
        (say("area_report.women"), lambda r: r.women),
        (say("area_report.imd"), lambda r: r.imd),
    )
    for term, get in figures:
        value = get(row)
        if value is None:
            continue
        shown = number(value, 0 if isinstance(value, int) else 1)
        if row.level is Level.COUNCIL:
            rank = 1 + sum((get(r) or 0) > value for r in councils)
            shown = say("area_report.place", value=shown, rank=rank, count=len(councils))
        facts.append(ReportFact(term, shown))
    return ReportSection(heading, facts=tuple(facts))


def _workforce(row: AreaRow) -> ReportSection:
    """The Integrate guide's model (Anna Freud, 2026) for the area's births; see `workforce`."""
    heading = say("area_report.workforce")
    if row.births is None:
        return ReportSection(heading, say("area_report.no_figures"))
    need = workforce(row.births)
    facts = (
        ReportFact(say("area_report.workforce_births"), number(row.births)),
        ReportFact(say("area_report.workforce_adjusted"), number(need.adjusted_births)),
        ReportFact(say("area_report.workforce_cases"), number(need.cases)),
        ReportFact(say("area_report.workforce_high"), number(need.high_cases)),
        ReportFact(say("area_report.workforce_low"), number(need.low_cases)),
        ReportFact(say("area_report.workforce_wte"), _posts(need)),
    )
    return ReportSection(heading, facts=facts, note=say("area_report.workforce_note"))


def _posts(need: Workforce) -> str:
    bands = {band.id: number(band.wte, 1) for band in need.bands}
    return say("area_report.workforce_posts", all=number(need.wte, 1), **bands)


def _gaps(coverage: Coverage, level: Level, code: str) -> ReportSection:
    items = tuple(
        ReportItem(_gap(coverage, level, code, measure))
        for measure in HELP_MEASURES
        if measure not in (Measure.ALL_FOUR, Measure.ANY)
        and coverage.row(level, measure, code).value is not Value.YES
    )
    none = "" if items else say("area_report.gaps_all")
    return ReportSection(say("area_report.gaps"), none, items=items)


def _gap(coverage: Coverage, level: Level, code: str, measure: Measure) -> str:
    row = coverage.row(level, measure, code)
    if level is Level.COUNCIL:
        nearest, km = coverage.nearest(measure).get(row.parent or code, (None, None))
        return say(
            "area_report.gaps_line",
            what=measure_words(measure),
            value=value_words(measure, row.value).lower(),
            nearest=nearest_words(nearest, km),
        )
    most_first = sorted(
        coverage.members(level, code), key=lambda a: -(a.births_year_to_mid_2020 or 0)
    )
    inside = [
        area_words(a.name) for a in most_first if coverage.value(measure, a.code) is not Value.YES
    ]
    names = inside[:_MOST_NAMES]
    if len(inside) > _MOST_NAMES:
        names.append(say("names.more", count=len(inside) - _MOST_NAMES))
    text = say("area_report.gaps_parts", areas=", ".join(names))
    return f"{measure_words(measure)}. {text}"


def _mmhs(coverage: Coverage, level: Level, code: str) -> list[Service]:
    codes = [
        part.code
        for area in coverage.members(level, code)
        for part in (coverage.directory.parts(area.code) or (area,))
    ]
    found = {s.id: s for c in codes for s, _ in coverage.services(c, ServiceKind.MMHS)}
    return list(found.values())


def _services(coverage: Coverage, level: Level, code: str) -> ReportSection:
    found = _mmhs(coverage, level, code)
    closed = coverage.row(level, Measure.MMHS, code).closed
    of_each = (_service(service, coverage.today) for service in found)
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


def _neighbours(coverage: Coverage, shapes: AreaShapes, level: Level, code: str) -> ReportSection:
    own = {
        shape
        for shape in shapes.codes
        if coverage.group_of(level, shape) == code or coverage.directory.areas[shape].parent == code
    }
    touching = {n for shape in own for n in shapes.neighbours(shape)} - own
    groups = {coverage.group_of(level, n) for n in touching} - {code}
    names = {code: area_words(coverage.row(level, Measure.MMHS, code).name) for code in groups}
    items = tuple(
        ReportItem(
            say(
                "area_report.neighbour_line",
                name=names[other],
                offers=_offers(coverage, level, other),
            )
        )
        for other in sorted(groups, key=lambda c: names[c])
    )
    none = "" if items else say("area_report.neighbours_none")
    return ReportSection(say("area_report.neighbours"), none, items=items)


def _offers(coverage: Coverage, level: Level, code: str) -> str:
    """Which of the four kinds of help an area is known to have, in all of it or in part."""

    def with_value(value: Value) -> str:
        found = [m for m in PATHWAY_MEASURES if coverage.row(level, m, code).value is value]
        if len(found) == len(PATHWAY_MEASURES):
            found = [Measure.ALL_FOUR]
        return join_words([measure_words(m).lower() for m in found])

    said = []
    if everywhere := with_value(Value.YES):
        said.append(say("area_report.neighbour_offers", what=everywhere))
    if in_part := with_value(Value.PART):
        said.append(say("area_report.neighbour_part", what=in_part))
    return "; ".join(said) or say("area_report.neighbour_nothing")


def _sources(coverage: Coverage) -> str:
    return " ".join(
        (
            say("coverage.file_date", date=plain_date(coverage.date.isoformat())),
            say("coverage.file_sources"),
            say("coverage.file_licence"),
            sentence(say("coverage.file_caution")),
        )
    )
