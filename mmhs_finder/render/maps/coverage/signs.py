"""How each value of coverage looks: a ground and a pattern, for the map, its legend and the files.

Each value has its own lightness and most have a pattern, so that a map can be read without colour.
Not for: the signs of services (`maps.signs`), or the values and their words (`coverage`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from markupsafe import escape

from mmhs_finder.coverage.values import Value
from mmhs_finder.render.maps.signs import TEXT

EDGE: Final = "#6E868A"
INK: Final = TEXT


@dataclass(frozen=True)
class ValueSign:
    """How a value looks: a ground, and lines or dots on it in a box of 8 by 8."""

    letter: str
    ground: str
    ink: str = ""
    pattern: str = ""  # "", "stripes", "cross", "lines" or "dots"


DARK, MIDDLING, LIGHT = "#06414F", "#4E8F97", "#A8CDCE"
_NOT_READ = ValueSign("?", "#C2C8CA")
_NONE_FOUND = ValueSign("–", "#FFFFFF", "#47565C", "dots")
_PART = ValueSign("P", "#D3E6E6", DARK, "stripes")

SIGNS: Final[Mapping[Value, ValueSign]] = MappingProxyType(
    {
        Value.YES: ValueSign("Y", DARK),
        Value.PART: _PART,
        Value.NO: ValueSign("N", "#EBC08E", "#7A3E00", "cross"),
        Value.NOT_LISTED: ValueSign("L", "#E9C39B", "#7A3E00", "dots"),
        Value.NOT_PUBLISHED: ValueSign("S", "#E4E8E9", "#47565C", "lines"),
        Value.NOT_READ: _NOT_READ,
        Value.NONE_FOUND: _NONE_FOUND,
        Value.ANY_TIME: ValueSign("D", DARK),
        Value.OVER_TWO_YEARS: ValueSign("C", "#24697A", "#FFFFFF", "stripes"),
        Value.TO_TWO_YEARS: ValueSign("B", MIDDLING),
        Value.TO_ONE_YEAR: ValueSign("A", LIGHT, DARK, "cross"),
        Value.RECENT: ValueSign("R", DARK),
        Value.OLD: ValueSign("O", MIDDLING),
        Value.MOST: ValueSign("M", DARK),
        Value.HALF: ValueSign("H", MIDDLING),
        Value.FEW: ValueSign("F", LIGHT, DARK, "cross"),
    }
)


def _pattern_svg(pattern: str, ink: str) -> str:
    """What lies on the ground, in a box of 8 by 8 that can be put side by side."""
    if pattern == "stripes":
        path = '<path d="M-2 2L2 -2M0 8L8 0M6 10L10 6"'
        return f'{path} stroke="{ink}" stroke-width="2.6"/>'
    if pattern == "cross":
        return f'<path d="M0 0L8 8M0 8L8 0" stroke="{ink}" stroke-width="0.9"/>'
    if pattern == "lines":
        return f'<path d="M0 2H8M0 6H8" stroke="{ink}" stroke-width="1.2"/>'
    if pattern == "dots":
        return (
            f'<circle cx="2" cy="2" r="1" fill="{ink}"/><circle cx="6" cy="6" r="1" fill="{ink}"/>'
        )
    return ""


def patterns_svg(values: Iterable[Value], scale: float = 1) -> str:
    """The patterns of some values as SVG definitions, with ids like `fill-part`.

    scale: how much larger they are, for a drawing that is made smaller.
    """
    larger = "" if scale == 1 else f' patternTransform="scale({scale:g})"'
    return "".join(
        f'<pattern id="fill-{v.value}" width="8" height="8" patternUnits="userSpaceOnUse"{larger}>'
        f'<rect width="8" height="8" fill="{SIGNS[v].ground}"/>'
        f"{_pattern_svg(SIGNS[v].pattern, SIGNS[v].ink)}</pattern>"
        for v in values
    )


def swatch_svg(value: Value, *, letter: bool = True) -> str:
    """The sign of a value for the legend; letter: with its letter on a white ground."""
    if not letter:
        return (
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 28" width="36" height="28">'
            f"<defs>{patterns_svg([value])}</defs>{_box(value)}</svg>"
        )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 56 28" width="56" height="28">'
        f"<defs>{patterns_svg([value])}</defs>"
        f"{_box(value)}"
        '<rect x="37" y="3" width="18" height="22" rx="3" fill="#FFFFFF"/>'
        f'<text x="46" y="20" text-anchor="middle" font-family="sans-serif" font-size="16" '
        f'font-weight="700" fill="{INK}">{escape(SIGNS[value].letter)}</text></svg>'
    )


def fill(value: Value) -> str:
    """What an SVG with `patterns_svg` fills a shape of a value with.

    A plain ground is a colour: as a pattern, some readers draw the seams between its boxes.
    """
    return f"url(#fill-{value.value})" if SIGNS[value].pattern else SIGNS[value].ground


def _box(value: Value) -> str:
    return f'<rect x="1" y="1" width="34" height="26" rx="3" fill="{fill(value)}" stroke="{EDGE}"/>'
