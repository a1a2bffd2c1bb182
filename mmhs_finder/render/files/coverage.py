"""Coverage as files to take away: areas and the gap list as CSV, the map as GeoJSON.

Each says its title, date and sources. Not for: pictures of the map (`coverage_picture`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.gaps import Gap, Scaling, Weights
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.rows import AreaRow, matching
from mmhs_finder.coverage.values import WITHOUT, Level, Value
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import map_title, measure_words, title_in, value_words, where_slug
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.tables.cells import csv_bytes
from mmhs_finder.words import plain_date, say

CSV_COLUMNS: Final = (
    "code",
    "name",
    "part_of",
    "level",
    "region",
    "icb_2026",
    "measure",
    "value",
    "value_in_words",
    "area_inferred",
    "births_year_to_mid_2020",
    "women_15_44_mid_2021",
    "imd_2025_average_score",
    "percent_of_births_yes",
    "percent_of_births_in_part",
    "percent_of_births_no",
    "percent_of_births_not_listed",
    "percent_of_births_not_published",
    "percent_of_births_not_read",
    "percent_of_births_none_found",
    "services",
    "reported_closed",
    "checked_on",
)
"""Columns of an area. Percentages are those of ICBs and regions, for yes-or-no measures."""

ABOUT_COLUMNS: Final = ("title", "sources")
"""Columns of a CSV that say the same in each row, so that a row that is cut out still says it."""


def _cells(coverage: Coverage, level: Level, measure: Measure, row: AreaRow) -> list[object]:
    shares = row.shares.rounded() if row.shares else {}
    return [
        row.code,
        row.name,
        row.parent,
        level.value,
        row.region,
        row.icb,
        measure.value,
        row.value.value,
        value_words(measure, row.value),
        "yes" if row.inferred else "no",
        *("" if v is None else v for v in (row.births, row.women, row.imd)),
        *(shares.get(v, "") for v in (Value.YES, Value.PART, *WITHOUT)),
        "; ".join(s.name for s in row.services),
        "; ".join(s.name for s in row.closed),
        coverage.date.isoformat(),
    ]


def file_name(
    coverage: Coverage, what: str, where: Where, kind: str, *, is_scenario: bool = False
) -> str:
    """The name of a file: what is in it, the place that it is of, and how old it is."""
    first = "scenario-" if is_scenario else ""
    return f"{first}{what}-{where_slug(where)}-{coverage.date.isoformat()}.{kind}"


def captions(
    coverage: Coverage, level: Level, measure: Measure, where: Where = ENGLAND
) -> tuple[str, str, list[str]]:
    """Title, date, and the lines that say where it comes from, of any file."""
    day = plain_date(coverage.date.isoformat())
    return (
        map_title(level, measure, where),
        say("coverage.file_date", date=day),
        [
            say("coverage.file_sources"),
            say("coverage.file_licence"),
            say("coverage.file_caution"),
        ],
    )


def sources_words() -> str:
    """Where every figure comes from and how it may be used, in one line."""
    return " ".join(
        (
            say("coverage.file_sources"),
            say("coverage.file_licence"),
            say("coverage.file_caution"),
        )
    )


def to_csv(
    coverage: Coverage, level: Level, measure: Measure, where: Where = ENGLAND, text: str = ""
) -> bytes:
    """The table of a level for spreadsheets, with its title, date and sources; no formulas.

    where: the place that it is of. text: only the rows that hold it, see `matching`.
    """
    about = (map_title(level, measure, where), sources_words())
    rows = matching(coverage.rows(level, measure, where), text)
    return csv_bytes(
        (*CSV_COLUMNS, *ABOUT_COLUMNS),
        ((*_cells(coverage, level, measure, row), *about) for row in rows),
    )


def gaps_csv(
    found: Sequence[Gap],
    coverage: Coverage,
    measure: Measure,
    weights: Weights,
    scaling: Scaling,
    where: Where = ENGLAND,
    scenario: str = "",
) -> bytes:
    """The whole gap list for spreadsheets, with what the order rests on; no cell is a formula.

    scenario: where it is the list of one, the words that say so; they stand first in each row.
    """
    first = (scenario,) if scenario else ()
    header = (
        *(("scenario",) if scenario else ()),
        "place",
        "code",
        "name",
        "region",
        "icb_2026",
        "measure",
        "value",
        "need_0_to_1",
        "births_year_to_mid_2020",
        "women_15_44_mid_2021",
        "imd_2025_average_score",
        "nearest_area",
        "straight_line_km",
        "nearest_services",
        "checked_on",
        "weight_births",
        "weight_women",
        "weight_deprivation",
        "scaling",
        "title",
        "sources",
    )
    title = title_in(say("coverage.gaps_title", what=measure_words(measure)), where)
    about = (
        coverage.date.isoformat(),
        *(f"{w:g}" for w in (weights.births, weights.women, weights.deprivation)),
        scaling.value,
        title,
        sources_words(),
    )
    rows = [
        (
            *first,
            number,
            g.row.code,
            g.row.name,
            g.row.region,
            g.row.icb,
            measure.value,
            g.row.value.value,
            f"{g.need:.4f}",
            g.row.births,
            g.row.women,
            g.row.imd,
            g.nearest.name if g.nearest else "",
            "" if g.km is None else f"{g.km:.1f}",
            "; ".join(s.name for s in g.nearest.services) if g.nearest else "",
            *about,
        )
        for number, g in enumerate(found, start=1)
    ]
    return csv_bytes(header, rows)


def to_geojson(
    coverage: Coverage,
    outlines: Outlines,
    level: Level,
    measure: Measure,
    where: Where = ENGLAND,
) -> bytes:
    """The shapes of a level with the columns of the CSV as properties; WGS84 degrees.

    where: the place that they are of.
    """
    rows = {r.code: r for r in coverage.rows(level, measure)}
    title, dated, below = captions(coverage, level, measure, where)
    features = [
        {
            "type": "Feature",
            "id": s.code,
            "properties": dict(
                zip(CSV_COLUMNS, _cells(coverage, level, measure, rows[s.code]), strict=True)
            ),
            "geometry": s.geometry,
        }
        for s in outlines.of(level, where)
    ]
    data = {
        "type": "FeatureCollection",
        "title": title,
        "date": coverage.date.isoformat(),
        "description": " ".join([dated, *below, say("coverage.file_births")]),
        "features": features,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
