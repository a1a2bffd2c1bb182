"""Births, women and deprivation of a place, and the staff that a model gives for its births.

Not for: the model (`planning.workforce`).
"""

from __future__ import annotations

from collections.abc import Callable

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.rows import AreaRow
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import Where
from mmhs_finder.coverage.wording import measure_in_sentence
from mmhs_finder.planning.workforce import Workforce, workforce
from mmhs_finder.views.area_report.parts import ReportFact, ReportItem, ReportSection
from mmhs_finder.views.need_and_help import need_view
from mmhs_finder.words import number, say


def need(coverage: Coverage, row: AreaRow) -> ReportSection:
    """The figures of `AreaRow`; a council's with its place among all councils."""
    heading = say("area_report.need")
    if row.births is None:
        return ReportSection(heading, say("area_report.no_figures"))
    councils = [r for r in coverage.rows(Level.COUNCIL, Measure.MMHS) if not r.parent]
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


def beside_help(coverage: Coverage, measure: Measure, where: Where) -> ReportSection | None:
    """What is known of a measure by fifth of deprivation; None of one council."""
    if where.level is Level.COUNCIL:
        return None
    found = need_view(coverage, measure, where)
    heading = say("area_report.beside_help", what=measure_in_sentence(measure))
    lines = (*found.lines, *(fifth.sentence for fifth in found.fifths))
    return ReportSection(heading, items=tuple(map(ReportItem, lines)), note=found.note)


def staff(births: int | None) -> ReportSection:
    """The Integrate guide's model (Anna Freud, 2026) for the births of a place; see `workforce`."""
    heading = say("area_report.workforce")
    if births is None:
        return ReportSection(heading, say("area_report.no_figures"))
    needed = workforce(births)
    facts = (
        ReportFact(say("area_report.workforce_births"), number(births)),
        ReportFact(say("area_report.workforce_adjusted"), number(needed.adjusted_births)),
        ReportFact(say("area_report.workforce_cases"), number(needed.cases)),
        ReportFact(say("area_report.workforce_high"), number(needed.high_cases)),
        ReportFact(say("area_report.workforce_low"), number(needed.low_cases)),
        ReportFact(say("area_report.workforce_wte"), _posts(needed)),
    )
    return ReportSection(heading, facts=facts, note=say("area_report.workforce_note"))


def _posts(needed: Workforce) -> str:
    bands = {band.id: number(band.wte, 1) for band in needed.bands}
    return say("area_report.workforce_posts", all=number(needed.wte, 1), **bands)
