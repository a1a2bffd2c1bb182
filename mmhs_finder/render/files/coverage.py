"""Coverage as files to take away: the map as SVG, PNG and GeoJSON, areas and the gap list as CSV.

Each says its title, date and sources. The pictures have the signs of the page's map, so that they
can be read without colour. Not for: the page's own map and the signs (`render.maps.coverage`).
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import cos, radians
from typing import Final

from markupsafe import escape
from PIL import Image, ImageChops, ImageDraw, ImageFont

from mmhs_finder.coverage.measures import (
    BIRTHS_YEAR,
    VALUES,
    Coverage,
    Gap,
    Level,
    Measure,
    Row,
    Scaling,
    Value,
    Weights,
)
from mmhs_finder.coverage.wording import map_title, measure_words, value_words
from mmhs_finder.render.maps.coverage.outlines import Outlines, Shape
from mmhs_finder.render.maps.coverage.signs import EDGE, INK, SIGNS, patterns_svg
from mmhs_finder.tables.cells import csv_bytes
from mmhs_finder.views.wording import plain_date
from mmhs_finder.words import say

MIDDLE: Final = 53.0
"""Latitude, in degrees, at which the drawn files keep the right proportions (plate carrée)."""

_WIDTH, _HEIGHT, _MARGIN, _HEAD, _FOOT = 1000, 1400, 40, 110, 130


@dataclass(frozen=True)
class Frame:
    """Where degrees go on a picture of `_WIDTH` by `_HEIGHT`."""

    west: float
    north: float
    scale: float  # pixels a degree of latitude

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return (
            round(_MARGIN + (lon - self.west) * cos(radians(MIDDLE)) * self.scale, 1),
            round(_HEAD + (self.north - lat) * self.scale, 1),
        )


def _frame(outlines: Outlines) -> Frame:
    box = outlines.areas.bounds(outlines.areas.codes)
    assert box is not None, "the file of shapes is empty"
    wide = (box.east - box.west) * cos(radians(MIDDLE))
    scale = min((_WIDTH - 2 * _MARGIN) / wide, (_HEIGHT - _HEAD - _FOOT) / (box.north - box.south))
    return Frame(box.west, box.north, scale)


def _legend(rows: Iterable[Row], measure: Measure) -> list[tuple[Value, str]]:
    shown = {r.value for r in rows}
    return [(v, value_words(measure, v)) for v in VALUES[measure] if v in shown]


def _captions(coverage: Coverage, level: Level, measure: Measure) -> tuple[str, str, list[str]]:
    """Title, date, and the lines below a picture."""
    day = plain_date(coverage.date.isoformat())
    return (
        map_title(level, measure),
        say("professional_coverage.file_date", date=day),
        [
            say("professional_coverage.file_sources"),
            say("professional_coverage.file_licence"),
            say("professional_coverage.file_caution"),
        ],
    )


def to_svg(coverage: Coverage, outlines: Outlines, level: Level, measure: Measure) -> bytes:
    """The map as an SVG picture with title, date, legend and sources; needs nothing else."""
    rows = {r.code: r for r in coverage.rows(level, measure)}
    frame = _frame(outlines)
    drawn = [(s, rows[s.code]) for s in outlines.of(level)]
    legend = _legend([r for _, r in drawn], measure)
    title, dated, below = _captions(coverage, level, measure)
    out = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        f'width="{_WIDTH}" height="{_HEIGHT}" role="img" aria-labelledby="t d" '
        f'font-family="sans-serif" fill="{INK}">',
        f'<title id="t">{escape(title)}</title><desc id="d">{escape(dated)} '
        f"{escape(' '.join(below))}</desc>",
        f"<defs>{patterns_svg([v for v, _ in legend])}</defs>",
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
        f'<text x="{_MARGIN}" y="50" font-size="28" font-weight="700">{escape(title)}</text>',
        f'<text x="{_MARGIN}" y="82" font-size="18">{escape(dated)}</text>',
    ]
    for shape, row in drawn:
        path = "".join(
            "M" + "L".join(f"{x} {y}" for x, y in (frame.at(*p) for p in ring)) + "Z"
            for poly in shape.polygons
            for ring in poly
        )
        words = f"{row.name}: {value_words(measure, row.value)}"
        out.append(
            f'<path d="{path}" fill="url(#fill-{row.value.value})" fill-rule="evenodd" '
            f'stroke="{EDGE}" stroke-width="0.5"><title>{escape(words)}</title></path>'
        )
    for number, (value, words) in enumerate(legend):
        y = _HEAD + 20 + 36 * number
        out.append(
            f'<rect x="{_MARGIN}" y="{y}" width="36" height="24" stroke="{EDGE}" '
            f'fill="url(#fill-{value.value})"/><text x="{_MARGIN + 48}" y="{y + 18}" '
            f'font-size="17">{escape(words)}</text>'
        )
    for number, line in enumerate(reversed(below)):
        y = _HEIGHT - 24 - 24 * number
        out.append(f'<text x="{_MARGIN}" y="{y}" font-size="14">{escape(line)}</text>')
    return "".join([*out, "</svg>"]).encode()


def to_png(coverage: Coverage, outlines: Outlines, level: Level, measure: Measure) -> bytes:
    """The same picture as `to_svg` in pixels, 1000 by 1400."""
    rows = {r.code: r for r in coverage.rows(level, measure)}
    frame = _frame(outlines)
    drawn = [(s, rows[s.code]) for s in outlines.of(level)]
    legend = _legend([r for _, r in drawn], measure)
    title, dated, below = _captions(coverage, level, measure)
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), "#FFFFFF")
    pen = ImageDraw.Draw(picture)
    for value, _ in legend:
        mask = Image.new("1", picture.size)
        for shape, row in drawn:
            if row.value is value:
                mask = ImageChops.logical_or(mask, _filled(shape, frame, picture.size))
        picture.paste(_tiles(value, picture.size), mask=mask)
    for shape, _ in drawn:
        for poly in shape.polygons:
            for ring in poly:
                pen.line([frame.at(*p) for p in ring], fill=EDGE, width=1)
    for number, (value, words) in enumerate(legend):
        y = _HEAD + 20 + 36 * number
        picture.paste(_tiles(value, (36, 24)), (_MARGIN, y))
        pen.rectangle((_MARGIN, y, _MARGIN + 36, y + 24), outline=EDGE)
        pen.text((_MARGIN + 48, y + 2), words, fill=INK, font=ImageFont.load_default(17))
    pen.text((_MARGIN, 24), title, fill=INK, font=ImageFont.load_default(28))
    pen.text((_MARGIN, 66), dated, fill=INK, font=ImageFont.load_default(18))
    for number, line in enumerate(reversed(below)):
        y = _HEIGHT - 38 - 24 * number
        pen.text((_MARGIN, y), line, fill=INK, font=ImageFont.load_default(14))
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _filled(shape: Shape, frame: Frame, size: tuple[int, int]) -> Image.Image:
    """A mask of one area, without its holes."""
    mask = Image.new("1", size)
    pen = ImageDraw.Draw(mask)
    for poly in shape.polygons:
        for number, ring in enumerate(poly):
            pen.polygon([frame.at(*p) for p in ring], fill=0 if number else 1)
    return mask


def _tiles(value: Value, size: tuple[int, int]) -> Image.Image:
    """A picture filled with a value's ground and pattern."""
    sign = SIGNS[value]
    tile = Image.new("RGB", (8, 8), sign.ground)
    for x in range(8):
        for y in range(8):
            on = {
                "stripes": (x + y) % 8 < 4,
                "cross": x == y or x + y == 7,
                "dots": (x // 2, y // 2) in ((0, 0), (2, 2)),
            }.get(sign.pattern, False)
            if on:
                tile.putpixel((x, y), _rgb(sign.ink))
    out = Image.new("RGB", size)
    for left in range(0, size[0], 8):
        for top in range(0, size[1], 8):
            out.paste(tile, (left, top))
    return out


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


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
    "percent_of_births_not_published",
    "percent_of_births_none_found",
    "services",
    "checked_on",
)
"""Columns of an area. Percentages are those of ICBs and regions, for yes-or-no measures."""

ABOUT_COLUMNS: Final = ("title", "sources")
"""Columns of a CSV that say the same in each row, so that a row that is cut out still says it."""


def _cells(coverage: Coverage, level: Level, measure: Measure, row: Row) -> list[object]:
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
        *(
            shares.get(v, "")
            for v in (Value.YES, Value.PART, Value.NO, Value.NOT_PUBLISHED, Value.NONE_FOUND)
        ),
        "; ".join(s.name for s in row.services),
        coverage.date.isoformat(),
    ]


def sources_words() -> str:
    """Where every figure comes from and how it may be used, in one line."""
    return " ".join(
        say(f"professional_coverage.file_{name}") for name in ("sources", "licence", "caution")
    )


def to_csv(coverage: Coverage, level: Level, measure: Measure) -> bytes:
    """The table of a level for spreadsheets, with its title, date and sources; no formulas."""
    about = (map_title(level, measure), sources_words())
    return csv_bytes(
        (*CSV_COLUMNS, *ABOUT_COLUMNS),
        ((*_cells(coverage, level, measure, row), *about) for row in coverage.rows(level, measure)),
    )


def gaps_csv(
    found: Sequence[Gap],
    coverage: Coverage,
    measure: Measure,
    weights: Weights,
    scaling: Scaling,
) -> bytes:
    """The whole gap list for spreadsheets, with what the order rests on; no cell is a formula."""
    header = (
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
    title = say("professional_coverage.gaps_title", what=measure_words(measure))
    about = (
        coverage.date.isoformat(),
        *(f"{w:g}" for w in (weights.births, weights.women, weights.deprivation)),
        scaling.value,
        title,
        sources_words(),
    )
    rows = [
        (
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


def to_geojson(coverage: Coverage, outlines: Outlines, level: Level, measure: Measure) -> bytes:
    """The shapes of a level with the columns of the CSV as properties; WGS84 degrees."""
    rows = {r.code: r for r in coverage.rows(level, measure)}
    title, dated, below = _captions(coverage, level, measure)
    features = [
        {
            "type": "Feature",
            "id": s.code,
            "properties": dict(
                zip(CSV_COLUMNS, _cells(coverage, level, measure, rows[s.code]), strict=True)
            ),
            "geometry": s.geometry,
        }
        for s in outlines.of(level)
    ]
    data = {
        "type": "FeatureCollection",
        "title": title,
        "date": coverage.date.isoformat(),
        "description": " ".join([dated, *below, f"Births: {BIRTHS_YEAR}."]),
        "features": features,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
