"""The report of a place: which parts it has, in which order, and what it is called.

Not for: what the parts say (the modules beside this one).
"""

from __future__ import annotations

from collections.abc import Mapping

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.directory.named import area_words
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.planning.facts import Extent
from mmhs_finder.views.area_report.around import neighbours, within
from mmhs_finder.views.area_report.board import board, widest_gap
from mmhs_finder.views.area_report.known import gaps, known, services
from mmhs_finder.views.area_report.needed import beside_help, need, staff
from mmhs_finder.views.area_report.parts import AreaReport, ReportItem, ReportSection
from mmhs_finder.views.area_report.ticked import ticked
from mmhs_finder.views.coverage_history import HistoryView
from mmhs_finder.views.scenario import ScenarioView
from mmhs_finder.views.wording import sentence
from mmhs_finder.words import plain_date, say


def area_report(
    coverage: Coverage,
    shapes: AreaShapes,
    where: Where,
    *,
    history: HistoryView | None = None,
    scenario: ScenarioView | None = None,
    answers: Mapping[str, Extent] | None = None,
) -> AreaReport:
    """The report of a place. Raises KeyError where there is no such place.

    Args:
        coverage: of today, or of a scenario.
        shapes: of all areas, to know its neighbours.
        where: England, a region, an ICB, a council or a part of one.
        history: what changed in it, as of today; a scenario changes nothing there.
        scenario: of which `coverage` is; its title, its first section and its pages then say so.
        answers: what one visitor answered of the checklist of joined-up care, by line; for a file
            that is hers alone.
    """
    row = coverage.row_of(Measure.MMHS, where)
    name = area_words(row.name) if where.level else say("coverage.where_england")
    gap = widest_gap(coverage, where)
    found = (
        _scenario(scenario) if scenario else None,
        known(coverage, where),
        within(coverage, where),
        _history(history) if history else None,
        need(coverage, row),
        beside_help(coverage, gap or Measure.ALL_FOUR, where),
        gaps(coverage, where),
        staff(row.births),
        services(coverage, where),
        neighbours(coverage, shapes, where),
        ticked(answers or {}),
        ReportSection(say("area_report.sources"), note=_sources(coverage)),
    )
    return AreaReport(
        name=name,
        title=say("what_if.report_title", name=name)
        if scenario
        else say("area_report.title", name=name),
        where=_kind(coverage, where),
        sections=tuple(section for section in found if section),
        printed=say("area_report.printed"),
        board=board(coverage, where, gap, history),
        scenario=scenario.notice if scenario else "",
    )


def _scenario(scenario: ScenarioView) -> ReportSection:
    items = tuple(ReportItem(line) for line in scenario.lines)
    return ReportSection(scenario.name, scenario.notice, items=items)


def _history(history: HistoryView) -> ReportSection:
    items = tuple(ReportItem(line) for line in history.lines)
    return ReportSection(say("area_report.history"), history.intro, items=items)


def _kind(coverage: Coverage, where: Where) -> str:
    """What kind of area it is, and in which others it lies."""
    if where == ENGLAND:
        return say("area_report.level_england")
    row = coverage.row_of(Measure.MMHS, where)
    if where.level is Level.REGION:
        return say("area_report.level_region")
    if where.level is Level.ICB:
        if not row.region:
            return say("area_report.level_icb_none")
        return say("area_report.level_icb", region=row.region)
    if row.parent:
        parent = area_words(coverage.directory.areas[row.parent].name)
        return say("area_report.level_part", parent=parent, icb=row.icb, region=row.region)
    return say("area_report.level_council", icb=row.icb, region=row.region)


def _sources(coverage: Coverage) -> str:
    return " ".join(
        (
            say("coverage.file_date", date=plain_date(coverage.date.isoformat())),
            say("coverage.file_sources"),
            say("coverage.file_licence"),
            sentence(say("coverage.file_caution")),
        )
    )
