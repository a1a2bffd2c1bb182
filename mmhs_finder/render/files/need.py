"""Need and help as files to take away: the fifths of deprivation, and areas with their figures.

Each row says its title, date and sources. Not for: the figures (`mmhs_finder.coverage`).
"""

from __future__ import annotations

from mmhs_finder.coverage.concentration import (
    FifthShares,
    concentrations,
    fifths_of,
    places_inside,
)
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import VALUES, Measure
from mmhs_finder.coverage.need_points import need_points
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import (
    map_title,
    measure_words,
    title_in,
    value_words,
    where_words,
)
from mmhs_finder.render.files.coverage import ABOUT_COLUMNS, sources_words
from mmhs_finder.tables.cells import csv_bytes
from mmhs_finder.views.need_and_help import fifth_words
from mmhs_finder.words import say


def fifths_csv(coverage: Coverage, measure: Measure, where: Where = ENGLAND) -> bytes:
    """Each fifth of a place, and of each region and ICB inside it: its births, and the share of
    each value; a fifth without births has none.

    The truth lies between `percent_yes_at_least` and `percent_yes_at_most`, see
    `FifthShares.possible`; both are blank for a graded measure.
    """
    values = VALUES[measure]
    header = (
        "place",
        "measure",
        "fifth_1_is_most_deprived",
        "fifth_in_words",
        "councils",
        "births_year_to_mid_2020",
        *(f"percent_of_births_{value.value}" for value in values),
        "percent_yes_at_least",
        "percent_yes_at_most",
        "checked_on",
        *ABOUT_COLUMNS,
    )
    title = title_in(say("coverage_need.fifths_title", measure=measure_words(measure)), where)
    about = (coverage.date.isoformat(), title, sources_words())
    rows = (
        (
            where_words(found.where),
            measure.value,
            each.fifth.value,
            fifth_words(each.fifth),
            each.shares.councils,
            each.shares.births,
            *_percents(each),
            *about,
        )
        for found in concentrations(coverage, measure, (where, *places_inside(coverage, where)))
        for each in found.fifths
    )
    return csv_bytes(header, rows)


def _percents(each: FifthShares) -> tuple[object, ...]:
    values = VALUES[each.shares.measure]
    if not each.shares.births:
        return ("",) * (len(values) + 2)
    rounded = each.shares.rounded()
    bounds = each.possible
    between = ("", "") if bounds is None else (bounds.low, bounds.high)
    return (*(rounded[value] for value in values), *between)


def points_csv(coverage: Coverage, level: Level, measure: Measure, where: Where = ENGLAND) -> bytes:
    """Every area of a level with its value and its figures of need, most births first.

    Column `deprivation_is`: whose score it is, a council's own or a mean of several.
    """
    header = (
        "code",
        "name",
        "level",
        "region",
        "icb_2026",
        "measure",
        "value",
        "value_in_words",
        "births_year_to_mid_2020",
        "women_15_44_mid_2021",
        "imd_2025_average_score",
        "deprivation_is",
        "fifth_1_is_most_deprived",
        "checked_on",
        *ABOUT_COLUMNS,
    )
    own = level is Level.COUNCIL
    whose = "own_score" if own else "mean_of_councils_weighted_by_births"
    fifths = fifths_of(coverage) if own else {}
    title = say("coverage_need.points_title", title=map_title(level, measure, where))
    about = (coverage.date.isoformat(), title, sources_words())
    rows = (
        (
            p.row.code,
            p.row.name,
            level.value,
            p.row.region,
            p.row.icb,
            measure.value,
            p.row.value.value,
            value_words(measure, p.row.value),
            p.births,
            p.women,
            "" if p.deprivation is None else round(p.deprivation, 3),
            whose,
            fifth.value if (fifth := fifths.get(p.row.code)) else "",
            *about,
        )
        for p in need_points(coverage, level, measure, where)
    )
    return csv_bytes(header, rows)
