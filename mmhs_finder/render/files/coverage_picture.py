"""The coverage map as a picture to take away: drawn once, as SVG, and put into pixels from that.

It has title, date, legend and sources, and the signs of the page's map, so that it can be read
without colour. Not for: tables (`files.coverage`), the page's map and the signs (`maps.coverage`).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians
from typing import Final

from markupsafe import escape

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import VALUES, Measure
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import value_words
from mmhs_finder.render.documents.typesetting import png
from mmhs_finder.render.files.coverage import captions
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.render.maps.coverage.signs import EDGE, INK, fill, patterns_svg

MIDDLE: Final = 53.0
"""Latitude, in degrees, at which the picture keeps the right proportions (plate carrée)."""

_WIDTH, _HEIGHT, _MARGIN, _HEAD, _FOOT = 1000, 1400, 40, 110, 130
_BOX = (36, 24)  # of a value in the legend
_LINE = 36  # from one value of the legend to the next
_LONG = 64  # characters of a title that fit into a line of large letters
_SMALLER: Final = 2.7
"""How much larger lines and patterns are on a map that is drawn 5 to 6 cm wide."""

_LETTERS: Final = "Source Sans Pro, sans-serif"
"""The first is that of the pixels; elsewhere the reader's own letters may stand in."""


# --- the layout -----------------------------------------------------------------------------------

Ring = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class DrawnLine:
    """A line of text that begins in a point of its baseline."""

    text: str
    x: int
    y: int
    size: int
    bold: bool = False


@dataclass(frozen=True)
class DrawnArea:
    """An area filled by its value. polygons: each a list of rings, the outer one first."""

    polygons: tuple[tuple[Ring, ...], ...]
    value: Value
    words: str


@dataclass(frozen=True)
class Key:
    """A value of the legend: a box of `_BOX` with its top left corner in a point, and its words."""

    value: Value
    x: int
    y: int
    words: DrawnLine


@dataclass(frozen=True)
class Drawing:
    """A picture of `_WIDTH` by `_HEIGHT` pixels; x goes to the right and y down."""

    head: tuple[DrawnLine, ...]
    areas: tuple[DrawnArea, ...]
    legend: tuple[Key, ...]
    foot: tuple[DrawnLine, ...]  # the lowest first
    title: str
    description: str


@dataclass(frozen=True)
class _Frame:
    """Where degrees go on the picture: plate carrée, with the right proportions in the middle."""

    west: float
    north: float
    scale: float  # pixels a degree of latitude
    squeeze: float  # how much shorter a degree of longitude is
    top: int  # pixels above the map

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return (
            round(_MARGIN + (lon - self.west) * self.squeeze * self.scale, 1),
            round(self.top + (self.north - lat) * self.scale, 1),
        )


def _frame(outlines: Outlines, where: Where, values: int) -> _Frame:
    """values: how many the legend has. It stands in England's sea; other places begin below it."""
    box = outlines.bounds(where)
    top = _HEAD if where == ENGLAND else _HEAD + _LINE * values + 40
    squeeze = cos(radians(MIDDLE if where == ENGLAND else (box.north + box.south) / 2))
    wide = (box.east - box.west) * squeeze
    scale = min((_WIDTH - 2 * _MARGIN) / wide, (_HEIGHT - top - _FOOT) / (box.north - box.south))
    return _Frame(box.west, box.north, scale, squeeze, top)


def drawing(
    coverage: Coverage,
    outlines: Outlines,
    level: Level,
    measure: Measure,
    where: Where = ENGLAND,
) -> Drawing:
    """The map of a level and measure in one place, laid out."""
    shapes = outlines.of(level, where)
    rows = {s.code: coverage.row(level, measure, s.code) for s in shapes}
    frame = _frame(outlines, where, len({r.value for r in rows.values()}))
    areas = tuple(
        DrawnArea(
            tuple(
                tuple(tuple(frame.at(*p) for p in ring) for ring in polygon)
                for polygon in shape.polygons
            ),
            row.value,
            f"{row.name}: {value_words(measure, row.value)}",
        )
        for shape in shapes
        for row in [rows[shape.code]]
    )
    title, dated, below = captions(coverage, level, measure, where)
    return Drawing(
        head=(
            DrawnLine(title, _MARGIN, 50, 28 if len(title) <= _LONG else 20, bold=True),
            DrawnLine(dated, _MARGIN, 82, 18),
        ),
        areas=areas,
        legend=_legend(areas, measure),
        foot=tuple(
            DrawnLine(text, _MARGIN, _HEIGHT - 24 - 24 * number, 14)
            for number, text in enumerate(reversed(below))
        ),
        title=title,
        description=f"{dated} {' '.join(below)}",
    )


def _legend(areas: tuple[DrawnArea, ...], measure: Measure) -> tuple[Key, ...]:
    """The values that are on the map, best known first."""
    shown = {area.value for area in areas}
    keys = []
    for number, value in enumerate(v for v in VALUES[measure] if v in shown):
        y = _HEAD + 20 + _LINE * number
        words = DrawnLine(value_words(measure, value), _MARGIN + 48, y + 18, 17)
        keys.append(Key(value, _MARGIN, y, words))
    return tuple(keys)


# --- as SVG ---------------------------------------------------------------------------------------


def to_svg(
    coverage: Coverage,
    outlines: Outlines,
    level: Level,
    measure: Measure,
    where: Where = ENGLAND,
) -> bytes:
    """The map as an SVG picture with title, date, legend and sources; needs nothing else."""
    drawn = drawing(coverage, outlines, level, measure, where)
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
            f'width="{_WIDTH}" height="{_HEIGHT}" role="img" aria-labelledby="t d" '
            f'font-family="{_LETTERS}" fill="{INK}">',
            f'<title id="t">{escape(drawn.title)}</title>'
            f'<desc id="d">{escape(drawn.description)}</desc>',
            f"<defs>{patterns_svg([key.value for key in drawn.legend])}</defs>",
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>',
            *(_svg_line(line) for line in drawn.head),
            *(_svg_area(area) for area in drawn.areas),
            *(_svg_key(key) for key in drawn.legend),
            *(_svg_line(line) for line in drawn.foot),
            "</svg>",
        ]
    ).encode()


def _svg_line(line: DrawnLine) -> str:
    bold = ' font-weight="700"' if line.bold else ""
    return (
        f'<text x="{line.x}" y="{line.y}" font-size="{line.size}"{bold}>{escape(line.text)}</text>'
    )


def _svg_area(area: DrawnArea, edge: float = 1) -> str:
    path = "".join(
        "M" + "L".join(f"{x} {y}" for x, y in ring) + "Z"
        for polygon in area.polygons
        for ring in polygon
    )
    return (
        f'<path d="{path}" fill="{fill(area.value)}" fill-rule="evenodd" '
        f'stroke="{EDGE}" stroke-width="{edge / 2:g}"><title>{escape(area.words)}</title></path>'
    )


def _svg_key(key: Key) -> str:
    width, height = _BOX
    return (
        f'<rect x="{key.x}" y="{key.y}" width="{width}" height="{height}" stroke="{EDGE}" '
        f'fill="{fill(key.value)}"/>{_svg_line(key.words)}'
    )


def map_svg(
    coverage: Coverage,
    outlines: Outlines,
    level: Level,
    measure: Measure,
    where: Where = ENGLAND,
) -> str:
    """The areas of the picture alone, for a document that has words and key beside them."""
    drawn = drawing(coverage, outlines, level, measure, where)
    points = [p for area in drawn.areas for polygon in area.polygons for p in polygon[0]]
    across, down = [x for x, _ in points], [y for _, y in points]
    left, top, right, bottom = min(across), min(down), max(across), max(down)
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left - 4:.0f} {top - 4:.0f} '
            f'{right - left + 8:.0f} {bottom - top + 8:.0f}">',
            f"<defs>{patterns_svg([key.value for key in drawn.legend], _SMALLER)}</defs>",
            *(_svg_area(area, _SMALLER) for area in drawn.areas),
            "</svg>",
        ]
    )


# --- as PNG ---------------------------------------------------------------------------------------


def to_png(
    coverage: Coverage,
    outlines: Outlines,
    level: Level,
    measure: Measure,
    where: Where = ENGLAND,
) -> bytes:
    """The picture of `to_svg` in pixels, 1000 by 1400."""
    return png("picture.typ", {"svg": to_svg(coverage, outlines, level, measure, where).decode()})
