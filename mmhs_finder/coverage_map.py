"""The coverage map of England: for the page (folium), and as files (SVG, PNG, GeoJSON, CSV).

All draw the same shapes (`data/areas_overview.geojson`, about 1.2 km) in the same signs: each value
has its own lightness and most have a pattern, so that the map can be read without colour. Nothing
is asked of any other host, and every text goes through `maps.js_text` or an escape.
Not for: the values (`coverage`) or the page (`ui.coverage`).
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import cos, radians
from types import MappingProxyType
from typing import Any, Final

from folium.map import Layer
from folium.template import Template
from markupsafe import escape
from PIL import Image, ImageChops, ImageDraw, ImageFont

from mmhs_finder.areas import AreaShapes
from mmhs_finder.coverage import BIRTHS_YEAR, Coverage, Level, Measure, Row, Value
from mmhs_finder.directory.models import Town
from mmhs_finder.maps import SHAPES_CREDIT, Behaviour, FinderMap, NameLabels, js_text
from mmhs_finder.referral import csv_bytes
from mmhs_finder.wording import plain_date
from mmhs_finder.words import say

PRECISION: Final = 1000
"""Steps in a degree that coordinates are rounded to: about 110 m, finer than the shapes are."""

MIDDLE: Final = 53.0
"""Latitude, in degrees, at which the drawn files keep the right proportions (plate carrée)."""

EDGE: Final = "#6E868A"
INK: Final = "#1E2A2E"


# --- signs ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sign:
    """How a value looks: a ground, and lines or dots on it in a box of 8 by 8."""

    letter: str
    ground: str
    ink: str = ""
    pattern: str = ""  # "", "stripes", "cross" or "dots"


DARK, MIDDLING, LIGHT = "#06414F", "#4E8F97", "#A8CDCE"
_NOT_PUBLISHED = Sign("?", "#C2C8CA")
_NONE_FOUND = Sign("–", "#FFFFFF", "#47565C", "dots")
_PART = Sign("P", "#D3E6E6", DARK, "stripes")

SIGNS: Final[Mapping[Value, Sign]] = MappingProxyType(
    {
        Value.YES: Sign("Y", DARK),
        Value.PART: _PART,
        Value.NO: Sign("N", "#EBC08E", "#7A3E00", "cross"),
        Value.NOT_PUBLISHED: _NOT_PUBLISHED,
        Value.NONE_FOUND: _NONE_FOUND,
        Value.OVER_TWO_YEARS: Sign("C", DARK),
        Value.TO_TWO_YEARS: Sign("B", MIDDLING),
        Value.TO_ONE_YEAR: Sign("A", LIGHT, DARK, "cross"),
        Value.RECENT: Sign("R", DARK),
        Value.OLD: Sign("O", MIDDLING),
        Value.MOST: Sign("M", DARK),
        Value.HALF: Sign("H", MIDDLING),
        Value.FEW: Sign("F", LIGHT, DARK, "cross"),
    }
)


def _pattern_svg(pattern: str, ink: str) -> str:
    """What lies on the ground, in a box of 8 by 8 that can be put side by side."""
    if pattern == "stripes":
        path = '<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6"'
        return f'{path} stroke="{ink}" stroke-width="2.6"/>'
    if pattern == "cross":
        return f'<path d="M0 0L8 8M0 8L8 0" stroke="{ink}" stroke-width="0.9"/>'
    if pattern == "dots":
        return (
            f'<circle cx="2" cy="2" r="1" fill="{ink}"/><circle cx="6" cy="6" r="1" fill="{ink}"/>'
        )
    return ""


def patterns_svg(values: Iterable[Value]) -> str:
    """The patterns of some values as SVG definitions, with ids like `fill-part`."""
    return "".join(
        f'<pattern id="fill-{v.value}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{SIGNS[v].ground}"/>'
        f"{_pattern_svg(SIGNS[v].pattern, SIGNS[v].ink)}</pattern>"
        for v in values
    )


def swatch_svg(value: Value) -> str:
    """The sign of a value for the legend, with its letter on a white ground."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 56 28" width="56" height="28">'
        f"<defs>{patterns_svg([value])}</defs>"
        f'<rect x="1" y="1" width="34" height="26" rx="3" fill="url(#fill-{value.value})" '
        f'stroke="{EDGE}"/>'
        f'<text x="46" y="20" text-anchor="middle" font-family="sans-serif" font-size="16" '
        f'font-weight="700" fill="{INK}">{escape(SIGNS[value].letter)}</text></svg>'
    )


def value_words(measure: Measure, value: Value) -> str:
    """A value in words; found or not found for the measures that count services."""
    if value in (Value.YES, Value.PART, Value.NOT_PUBLISHED, Value.NONE_FOUND):
        own = f"professional_coverage_value.{measure.value}_{value.value}"
        if own in _OWN_WORDS:
            return say(_OWN_WORDS[own])
    return say(f"professional_coverage_value.{value.value}")


_OWN_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"professional_coverage_value.{m}_{v}": f"professional_coverage_value.{words}"
        for ms, v, words in (
            (("mmhs", "perinatal_team", "talking_therapies"), "yes", "found"),
            (("mmhs", "perinatal_team", "talking_therapies"), "not_published", "unconfirmed"),
            (("time_limit",), "not_published", "no_limit_published"),
            (("age",), "not_published", "undated"),
            (("time_limit", "age", "completeness"), "part", "differs"),
        )
        for m in ms
    }
)


def measure_words(measure: Measure) -> str:
    return say(f"professional_coverage_measure.{measure.value}")


def map_title(level: Level, measure: Measure) -> str:
    return say(
        "professional_coverage.map_title",
        measure=measure_words(measure),
        level=say(f"professional_coverage_level.{level.value}"),
    )


# --- shapes ---------------------------------------------------------------------------------------

Ring = list[tuple[float, float]]  # longitude, latitude in WGS84 degrees


@dataclass(frozen=True)
class Shape:
    """The outline of one area of a level. polygons: each a list of rings, the outer one first."""

    code: str
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]

    @property
    def geometry(self) -> dict[str, Any]:
        """As GeoJSON."""
        return {
            "type": "MultiPolygon",
            "coordinates": [[[list(p) for p in ring] for ring in poly] for poly in self.polygons],
        }


class Outlines:
    """The shapes of every level, made once from the overview file. Safe to share by threads."""

    def __init__(self, coverage: Coverage) -> None:
        self._coverage = coverage
        self.areas = AreaShapes(coverage.directory.shapes(detail=False))

    def of(self, level: Level) -> tuple[Shape, ...]:
        """Councils (the split ones as their parts), or the outlines of ICBs or regions."""
        return self._all[level]

    def area_at(self, level: Level, lat: float, lon: float) -> str | None:
        """The code of the area that holds a point: what somebody clicked on."""
        code = self.areas.area_at(lat, lon)
        return None if code is None else self._coverage.group_of(level, code)

    @cached_property
    def _all(self) -> dict[Level, tuple[Shape, ...]]:
        found = {}
        for level in Level:
            members: dict[str, list[str]] = {}
            for code in self.areas.codes:
                members.setdefault(self._coverage.group_of(level, code), []).append(code)
            found[level] = tuple(
                _shape(
                    group,
                    self.areas.geometry_json(codes[0])
                    if level is Level.COUNCIL
                    else self.areas.outline_json(codes),
                )
                for group, codes in members.items()
            )
        return found

    def packed(self, level: Level) -> str:
        """The shapes as JSON for the map: `[code, [[ring, ...], ...]]` for each.

        A ring is a flat list of whole numbers, `PRECISION` to a degree: the first longitude and
        latitude, then the steps from each point to the next. A third of the size of GeoJSON.
        """
        return self._packed[level]

    @cached_property
    def _packed(self) -> dict[Level, str]:
        return {
            level: json.dumps(
                [
                    [s.code, [[_steps(r) for r in poly] for poly in s.polygons]]
                    for s in self.of(level)
                ],
                separators=(",", ":"),
            )
            for level in Level
        }


def _shape(code: str, geometry_json: str) -> Shape:
    geometry = json.loads(geometry_json)
    coordinates = geometry["coordinates"]
    polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    return Shape(
        code,
        tuple(tuple(tuple((x, y) for x, y, *_ in ring) for ring in poly) for poly in polygons),
    )


def _steps(ring: Sequence[tuple[float, float]]) -> list[int]:
    out: list[int] = []
    before = (0, 0)
    for x, y in ring:
        here = (round(x * PRECISION), round(y * PRECISION))
        step = (here[0] - before[0], here[1] - before[1])
        if step != (0, 0):
            out += step
        before = here
    return out


# --- the map of the page --------------------------------------------------------------------------


class ValueLayer(Layer):
    """Areas filled by value, with their name and value as a label when pointed at.

    A click is reported by its point; `Outlines.area_at` says which area that is.
    """

    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <svg width="0" height="0" style="position:absolute" aria-hidden="true">
                <defs>{{ this.patterns }}</defs></svg>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = (function (shapes, values, words) {
                function points(flat) {
                    var x = 0, y = 0, out = [];
                    for (var i = 0; i < flat.length; i += 2) {
                        x += flat[i]; y += flat[i + 1];
                        out.push([y / {{ this.precision }}, x / {{ this.precision }}]);
                    }
                    return out;
                }
                return L.featureGroup(shapes.map(function (s) {
                    var about = values[s[0]], label = document.createElement("span");
                    label.textContent = about[0] + ": " + words[about[1]];
                    return L.polygon(s[1].map(function (p) { return p.map(points); }), {
                        color: "{{ this.edge }}", weight: {{ this.weight }}, fillOpacity: 1,
                        fillColor: "url(#fill-" + about[1] + ")", smoothFactor: 0.6
                    }).bindTooltip(label, {sticky: true});
                }));
            })({{ this.shapes }}, {{ this.values }}, {{ this.words }});
            {{ this.get_name() }}.options.attribution = {{ this.credit }};
            {{ this.get_name() }}.getAttribution =
                function () { return {{ this.get_name() }}.options.attribution; };
        {% endmacro %}
        """
    )

    def __init__(
        self, packed: str, rows: Mapping[str, Row], measure: Measure, *, weight: float
    ) -> None:
        super().__init__(overlay=True, control=False)
        self._name = "ValueLayer"
        shown = sorted({r.value for r in rows.values()}, key=list(Value).index)
        self.patterns = patterns_svg(shown)
        self.precision = PRECISION
        self.edge, self.weight = EDGE, weight
        self.shapes = packed
        self.values = _js_object({c: [r.name, r.value.value] for c, r in rows.items()})
        self.words = _js_object({v.value: value_words(measure, v) for v in shown})
        self.credit = js_text(SHAPES_CREDIT)


def _js_object(found: Mapping[str, object]) -> str:
    inside = ",".join(f"{js_text(key)}:{js_text(value)}" for key, value in found.items())
    return f"{{{inside}}}"


def coverage_map(
    coverage: Coverage, outlines: Outlines, level: Level, measure: Measure, towns: Sequence[Town]
) -> FinderMap:
    """The map of England for one measure, under 100 kB at council level."""
    rows = {r.code: r for r in coverage.rows(level, measure)}
    drawn = {s.code: rows[s.code] for s in outlines.of(level)}
    box = outlines.areas.bounds(outlines.areas.codes)
    assert box is not None, "the file of shapes is empty"
    m = FinderMap(label=map_title(level, measure), bounds=box)
    weight = 0.5 if level is Level.COUNCIL else 1.0
    ValueLayer(outlines.packed(level), drawn, measure, weight=weight).add_to(m)
    # One rank further back than on other maps: names would hide the values of small areas.
    NameLabels([(t.name, t.lat, t.lon, t.rank + 1) for t in towns if t.rank < 3]).add_to(m)
    Behaviour(m).add_to(m)
    return m


# --- files ----------------------------------------------------------------------------------------

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
    return [(v, value_words(measure, v)) for v in Value if v in shown]


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
"""Columns of the CSV. Percentages are those of ICBs and regions, for yes-or-no measures."""


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


def to_csv(coverage: Coverage, level: Level, measure: Measure) -> bytes:
    """The table of a level for spreadsheets: no cell is a formula."""
    rows = coverage.rows(level, measure)
    return csv_bytes(CSV_COLUMNS, (_cells(coverage, level, measure, row) for row in rows))


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
