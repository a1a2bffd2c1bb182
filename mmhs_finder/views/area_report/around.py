"""The areas that lie in a place, and those next to it, with what is known of each.

Not for: the councils where something is not known (`known`).
"""

from __future__ import annotations

from collections.abc import Iterator

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import PATHWAY_MEASURES, Measure
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import Where
from mmhs_finder.coverage.wording import measure_words, percent_words
from mmhs_finder.directory.named import area_words
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.views.area_report.parts import ReportItem, ReportSection, ReportTable
from mmhs_finder.words import join_words, say


def within(coverage: Coverage, where: Where) -> ReportSection | None:
    """The regions and ICBs of a place by name; None where it has none of either."""
    levels = [each for each in (Level.REGION, Level.ICB) if each in coverage.levels(where)]
    rows = tuple(
        (place.name, *_shares(coverage, place))
        for level in levels
        for place in coverage.places
        if place.level is level and coverage.holds(where, level, place.code)
    )
    if not rows:
        return None
    heading = say("area_report.within")
    columns = (
        say("area_report.within_area"),
        say("area_report.within_all_four"),
        say("area_report.within_unknown"),
        say("area_report.within_self_referral"),
        say("area_report.within_unknown"),
    )
    note = f"{say('area_report_board.shares')} {say('area_report.within_rest')}"
    table = ReportTable(heading, columns, rows, note)
    return ReportSection(heading, table=table)


def _shares(coverage: Coverage, place: Where) -> Iterator[str]:
    """All four kinds of help: yes, and not known; self-referral: the same."""
    for measure in (Measure.ALL_FOUR, Measure.SELF_REFERRAL):
        shares = coverage.shares(measure, place)
        yield percent_words(shares.rounded()[Value.YES])
        yield percent_words(shares.unknown)


def neighbours(coverage: Coverage, shapes: AreaShapes, where: Where) -> ReportSection | None:
    """The areas of its own kind that touch a place, by name; None for England."""
    level, code = where.level, where.code
    if level is None:
        return None
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
