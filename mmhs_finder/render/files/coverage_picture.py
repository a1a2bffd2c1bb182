"""The coverage map as a picture to take away: laid out once, written as SVG and as PNG.

It has title, date, legend and sources, and the signs of the page's map, so that it can be read
without colour. Not for: tables (`files.coverage`), the page's map and the signs (`maps.coverage`).
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from math import cos, radians
from typing import Final

from markupsafe import escape
from PIL import Image, ImageChops, ImageDraw, ImageFont

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import VALUES, Measure
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.wording import value_words
from mmhs_finder.render.files.coverage import captions
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.render.maps.coverage.signs import EDGE, INK, SIGNS, patterns_svg

MIDDLE: Final = 53.0
"""Latitude, in degrees, at which the picture keeps the right proportions (plate carrée)."""

_WIDTH, _HEIGHT, _MARGIN, _HEAD, _FOOT = 1000, 1400, 40, 110, 130
_BOX = (36, 24)  # of a value in the legend


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
    """Where degrees go on the picture."""

    west: float
    north: float
    scale: float  # pixels a degree of latitude

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        return (
            round(_MARGIN + (lon - self.west) * cos(radians(MIDDLE)) * self.scale, 1),
            round(_HEAD + (self.north - lat) * self.scale, 1),
        )


def _frame(outlines: Outlines) -> _Frame:
    box = outlines.areas.bounds(outlines.areas.codes)
    assert box is not None, "the file of shapes is empty"
    wide = (box.east - box.west) * cos(radians(MIDDLE))
    scale = min((_WIDTH - 2 * _MARGIN) / wide, (_HEIGHT - _HEAD - _FOOT) / (box.north - box.south))
    return _Frame(box.west, box.north, scale)


def drawing(coverage: Coverage, outlines: Outlines, level: Level, measure: Measure) -> Drawing:
    """The map of a level and measure, laid out."""
    rows = {r.code: r for r in coverage.rows(level, measure)}
    frame = _frame(outlines)
    areas = tuple(
        DrawnArea(
            tuple(
                tuple(tuple(frame.at(*p) for p in ring) for ring in polygon)
                for polygon in shape.polygons
            ),
            row.value,
            f"{row.name}: {value_words(measure, row.value)}",
        )
        for shape in outlines.of(level)
        for row in [rows[shape.code]]
    )
    title, dated, below = captions(coverage, level, measure)
    return Drawing(
        head=(DrawnLine(title, _MARGIN, 50, 28, bold=True), DrawnLine(dated, _MARGIN, 82, 18)),
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
        y = _HEAD + 20 + 36 * number
        words = DrawnLine(value_words(measure, value), _MARGIN + 48, y + 18, 17)
        keys.append(Key(value, _MARGIN, y, words))
    return tuple(keys)


# --- as SVG ---------------------------------------------------------------------------------------


def to_svg(coverage: Coverage, outlines: Outlines, level: Level, measure: Measure) -> bytes:
    """The map as an SVG picture with title, date, legend and sources; needs nothing else."""
    drawn = drawing(coverage, outlines, level, measure)
    return "".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
            f'width="{_WIDTH}" height="{_HEIGHT}" role="img" aria-labelledby="t d" '
            f'font-family="sans-serif" fill="{INK}">',
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


def _svg_area(area: DrawnArea) -> str:
    path = "".join(
        "M" + "L".join(f"{x} {y}" for x, y in ring) + "Z"
        for polygon in area.polygons
        for ring in polygon
    )
    return (
        f'<path d="{path}" fill="url(#fill-{area.value.value})" fill-rule="evenodd" '
        f'stroke="{EDGE}" stroke-width="0.5"><title>{escape(area.words)}</title></path>'
    )


def _svg_key(key: Key) -> str:
    width, height = _BOX
    return (
        f'<rect x="{key.x}" y="{key.y}" width="{width}" height="{height}" stroke="{EDGE}" '
        f'fill="url(#fill-{key.value.value})"/>{_svg_line(key.words)}'
    )


# --- as PNG ---------------------------------------------------------------------------------------


def to_png(coverage: Coverage, outlines: Outlines, level: Level, measure: Measure) -> bytes:
    """The same picture as `to_svg` in pixels, 1000 by 1400."""
    drawn = drawing(coverage, outlines, level, measure)
    picture = Image.new("RGB", (_WIDTH, _HEIGHT), "#FFFFFF")
    pen = ImageDraw.Draw(picture)
    for key in drawn.legend:
        mask = Image.new("1", picture.size)
        for area in drawn.areas:
            if area.value is key.value:
                mask = ImageChops.logical_or(mask, _filled(area, picture.size))
        picture.paste(_tiles(key.value, picture.size), mask=mask)
    for area in drawn.areas:
        for polygon in area.polygons:
            for ring in polygon:
                pen.line(list(ring), fill=EDGE, width=1)
    for key in drawn.legend:
        picture.paste(_tiles(key.value, _BOX), (key.x, key.y))
        pen.rectangle((key.x, key.y, key.x + _BOX[0], key.y + _BOX[1]), outline=EDGE)
    for line in (*drawn.head, *(key.words for key in drawn.legend), *drawn.foot):
        font = ImageFont.load_default(line.size)
        pen.text((line.x, line.y), line.text, fill=INK, font=font, anchor="ls")
    out = io.BytesIO()
    picture.save(out, "PNG", optimize=True)
    return out.getvalue()


def _filled(area: DrawnArea, size: tuple[int, int]) -> Image.Image:
    """A mask of one area, without its holes."""
    mask = Image.new("1", size)
    pen = ImageDraw.Draw(mask)
    for polygon in area.polygons:
        for number, ring in enumerate(polygon):
            pen.polygon(list(ring), fill=0 if number else 1)
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
                "lines": y % 4 == 2,
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
