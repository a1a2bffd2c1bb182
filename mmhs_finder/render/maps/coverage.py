"""The coverage map of England: its signs, the shapes of each level, and the map of the page.

The shapes are those of `data/areas_overview.geojson` (about 1.2 km). Each value has its own
lightness and most have a pattern, so that the map can be read without colour. Nothing is asked of
any other host, and every text goes through `maps.js_text` or an escape.
Not for: the values (`coverage`), files (`coverage_files`) or the page (`ui.coverage`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any, Final

from branca.element import MacroElement
from folium.map import FeatureGroup, Layer
from folium.template import Template
from markupsafe import escape

from mmhs_finder.coverage.measures import Coverage, Level, Measure, Row, Value
from mmhs_finder.directory.models import Town
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.render.maps.answer import (
    PLACE,
    SHAPES_CREDIT,
    AreaLayer,
    Behaviour,
    FinderMap,
    NameLabels,
    js_text,
)
from mmhs_finder.words import say

PRECISION: Final = 1000
"""Steps in a degree that coordinates are rounded to: about 110 m, finer than the shapes are."""

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
        Value.ANY_TIME: Sign("D", DARK),
        Value.OVER_TWO_YEARS: Sign("C", "#24697A", "#FFFFFF", "stripes"),
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

    def around(self, level: Level, code: str) -> str:
        """The outline of one area as a GeoJSON geometry; of a split council, its parts together."""
        own = [c for c in self.areas.codes if self._coverage.group_of(level, c) == code]
        return self.areas.outline_json(own or self.areas.shape_codes(code))

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


class AreaShapesScript(MacroElement):
    """The shapes of a level and every pattern, put into the map's page once.

    `ValueLayer` fills them, and is exchanged when another measure is chosen, so that the map keeps
    its place and its zoom and the shapes are not sent again.
    """

    _template = Template(
        """
        {% macro html(this, kwargs) %}
            <style>path.leaflet-interactive:focus { outline: none; }</style>
            <svg width="0" height="0" style="position:absolute" aria-hidden="true">
                <defs>{{ this.patterns }}</defs></svg>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            window.areaShapes = {{ this.shapes }}.map(function (s) {
                function points(flat) {
                    var x = 0, y = 0, out = [];
                    for (var i = 0; i < flat.length; i += 2) {
                        x += flat[i]; y += flat[i + 1];
                        out.push([y / {{ this.precision }}, x / {{ this.precision }}]);
                    }
                    return out;
                }
                return [s[0], s[1].map(function (p) { return p.map(points); })];
            });
            {{ this._parent.get_name() }}.attributionControl.addAttribution({{ this.credit }});
        {% endmacro %}
        """
    )

    def __init__(self, packed: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "AreaShapesScript"
        self.patterns = patterns_svg(SIGNS)
        self.precision = PRECISION
        self.shapes = packed
        self.credit = js_text(SHAPES_CREDIT)


class ValueLayer(Layer):
    """Areas filled by value, with their name and value as a label when pointed at.

    Needs `AreaShapesScript` on the map. A click is reported by its point; `Outlines.area_at` says
    which area that is.
    """

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = (function (values, words) {
                return L.featureGroup(window.areaShapes.map(function (s) {
                    var about = values[s[0]], label = document.createElement("span");
                    label.textContent = about[0] + ": " + words[about[1]];
                    // Chromium stops at every shape with a label on the way of the Tab key: with
                    // hundreds of them nobody would get past. The list of areas is the way instead.
                    return L.polygon(s[1], {
                        color: "{{ this.edge }}", weight: {{ this.weight }}, fillOpacity: 1,
                        fillColor: "url(#fill-" + about[1] + ")", smoothFactor: 0.6
                    }).bindTooltip(label, {sticky: true}).on("add", function (e) {
                        e.target.getElement().setAttribute("tabindex", "-1");
                    });
                }));
            })({{ this.values }}, {{ this.words }});
        {% endmacro %}
        """
    )

    def __init__(self, rows: Mapping[str, Row], measure: Measure, *, weight: float) -> None:
        super().__init__(overlay=True, control=False)
        self._name = "ValueLayer"
        shown = sorted({r.value for r in rows.values()}, key=list(Value).index)
        self.edge, self.weight = EDGE, weight
        self.values = _js_object({c: [r.name, r.value.value] for c, r in rows.items()})
        self.words = _js_object({v.value: value_words(measure, v) for v in shown})


def _js_object(found: Mapping[str, object]) -> str:
    inside = ",".join(f"{js_text(key)}:{js_text(value)}" for key, value in found.items())
    return f"{{{inside}}}"


def base_map(outlines: Outlines, level: Level, towns: Sequence[Town]) -> FinderMap:
    """England with the shapes of a level, not filled yet: `value_layer` does that."""
    box = outlines.areas.bounds(outlines.areas.codes)
    assert box is not None, "the file of shapes is empty"
    m = FinderMap(label=say("professional_coverage.map_label"), bounds=box)
    AreaShapesScript(outlines.packed(level)).add_to(m)
    # One rank further back than on other maps: names would hide the values of small areas.
    NameLabels([(t.name, t.lat, t.lon, t.rank + 1) for t in towns if t.rank < 3]).add_to(m)
    Behaviour(m).add_to(m)
    return m


def value_layer(
    coverage: Coverage,
    outlines: Outlines,
    level: Level,
    measure: Measure,
    chosen: str | None = None,
) -> FeatureGroup:
    """What lies on `base_map` for one measure. chosen: the code of an area to be outlined."""
    drawn = {s.code: coverage.row(level, measure, s.code) for s in outlines.of(level)}
    weight = 0.5 if level is Level.COUNCIL else 1.0
    group = FeatureGroup()
    ValueLayer(drawn, measure, weight=weight).add_to(group)
    if chosen is not None:
        # A dark line in a white one, so that it is seen on every ground and in greyscale.
        around = [outlines.around(level, chosen)]
        AreaLayer(around, color="#FFFFFF", weight=7, fill=False).add_to(group)
        AreaLayer(around, color=PLACE, weight=3, fill=False).add_to(group)
    return group
