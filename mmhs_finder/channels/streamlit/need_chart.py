"""The picture of need: a mark for each area, whose shape and colour say what is known of it.

Its words stand above it and in its description, and every mark is a row of the table below it.
Not for: which areas (`coverage.need_points`), or the words (`views.need_and_help`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from mmhs_finder.channels.streamlit import planning_parts as parts
from mmhs_finder.coverage.measures import VALUES, Measure
from mmhs_finder.coverage.need_points import NeedFigure, NeedPoint
from mmhs_finder.coverage.values import Value
from mmhs_finder.coverage.wording import value_words
from mmhs_finder.directory.named import area_words
from mmhs_finder.words import number, say

_HEIGHT: Final = 420
_LEGEND_ROW: Final = 24
_HOLLOW: Final = "var(--ground)"
_KNOWN: Final = parts.DARK
_NO: Final = "#C2642D"
"""Stands out from a light and from a dark ground."""
_UNKNOWN: Final = "var(--soft)"
_CROSS: Final = "M-0.7,-0.7L0.7,0.7M-0.7,0.7L0.7,-0.7"
_PLUS: Final = "M-0.9,0L0.9,0M0,-0.9L0,0.9"


@dataclass(frozen=True)
class Mark:
    """How an area is drawn. shape: a name or a path of Vega. line, fill: its colours."""

    shape: str
    line: str
    fill: str = _HOLLOW


_FULL: Final = Mark("circle", _KNOWN, _KNOWN)
_MARKS: Final[Mapping[Value, Mark]] = MappingProxyType(
    {
        Value.YES: _FULL,
        Value.PART: Mark("diamond", _KNOWN),
        Value.NO: Mark(_CROSS, _NO),
        Value.NOT_LISTED: Mark("square", _NO),
        Value.NOT_PUBLISHED: Mark("triangle-up", _UNKNOWN),
        Value.NOT_READ: Mark("triangle-down", _UNKNOWN),
        Value.NONE_FOUND: Mark(_PLUS, _UNKNOWN),
        Value.ANY_TIME: _FULL,
        Value.OVER_TWO_YEARS: Mark("circle", _KNOWN),
        Value.TO_TWO_YEARS: Mark("square", _KNOWN),
        Value.TO_ONE_YEAR: Mark("square", _NO, _NO),
        Value.RECENT: _FULL,
        Value.OLD: Mark("square", _NO),
        Value.MOST: _FULL,
        Value.HALF: Mark("circle", _KNOWN),
        Value.FEW: Mark("square", _NO),
    }
)


def mark_of(value: Value) -> Mark:
    """The mark of a value. No two values of one measure look alike, also without colour."""
    return _MARKS[value]


@dataclass(frozen=True)
class Scatter:
    """What is drawn. x, y: the figures across and upwards; middle: where a line stands, if any."""

    points: tuple[NeedPoint, ...]
    measure: Measure
    x: NeedFigure
    y: NeedFigure
    middle: float | None
    description: str


def scatter(drawn: Scatter) -> dict[str, Any]:
    """The picture as Vega-Lite. A point that lacks one of the two figures is only in the table.

    Put together by hand: of hundreds of points Altair takes most of a second, on every run.
    """
    names = {
        NeedFigure.BIRTHS: say("coverage.column_births"),
        NeedFigure.WOMEN: say("coverage.column_women"),
        NeedFigure.DEPRIVATION: say("coverage.column_imd"),
    }
    present = {p.row.value for p in drawn.points}
    values = [v for v in VALUES[drawn.measure] if v in present]
    points = {
        "data": {"values": _data(drawn)},
        "mark": {"type": "point", "size": 75, "strokeWidth": 1.8, "opacity": 0.9, "aria": False},
        "encoding": {
            "x": _axis("x", drawn.x, names[drawn.x]),
            "y": _axis("y", drawn.y, names[drawn.y]),
            **_by_value(drawn.measure, values),
            "tooltip": [
                {"field": field, "type": "nominal", "title": title}
                for field, title in (
                    ("name", say("coverage.column_area")),
                    ("value", say("coverage.column_value")),
                    ("across", names[drawn.x]),
                    ("up", names[drawn.y]),
                )
            ],
        },
    }
    return {
        "layer": [points] if drawn.middle is None else [_line(drawn.middle), points],
        "height": _HEIGHT + len(values) * _LEGEND_ROW,
        "description": drawn.description,
        "config": parts.CONFIG,
    }


def _by_value(measure: Measure, values: Sequence[Value]) -> dict[str, Any]:
    """Shape, line and fill of each value, with one key for the three."""
    words = [value_words(measure, v) for v in values]
    marks = [mark_of(v) for v in values]
    legend = {
        "title": None,
        "orient": "top",
        "direction": "vertical",
        "labelFontSize": parts.FONT,
        "labelColor": parts.INK,
        "labelLimit": 0,
        "symbolSize": 130,
        "symbolOpacity": 1,
    }
    looks = {
        "shape": [m.shape for m in marks],
        "stroke": [m.line for m in marks],
        "fill": [m.fill for m in marks],
    }
    return {
        channel: {
            "field": "value",
            "type": "nominal",
            "scale": {"domain": words, "range": look},
            "legend": legend,
        }
        for channel, look in looks.items()
    }


def _data(drawn: Scatter) -> list[dict[str, object]]:
    """One row a point: name, value in words, both figures, and both as they are read."""
    rows: list[dict[str, object]] = []
    for point in drawn.points:
        x, y = point.figure(drawn.x), point.figure(drawn.y)
        if x is None or y is None:
            continue
        rows.append(
            {
                "name": area_words(point.row.name),
                "value": value_words(drawn.measure, point.row.value),
                "x": round(x, 2),
                "y": round(y, 2),
                "across": _shown(drawn.x, x),
                "up": _shown(drawn.y, y),
            }
        )
    return rows


def _shown(figure: NeedFigure, value: float) -> str:
    return number(value, 1 if figure is NeedFigure.DEPRIVATION else 0)


def _axis(field: str, figure: NeedFigure, title: str) -> dict[str, Any]:
    """An axis. Counts of people stand by their square root: one very large council would press all
    others flat."""
    scored = figure is NeedFigure.DEPRIVATION
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"zero": False, "padding": 12} if scored else {"type": "sqrt"},
        "axis": {
            "title": title,
            "tickCount": 5,
            "labelFontSize": parts.FONT - 1,
            "titleFontSize": parts.FONT,
            "labelColor": parts.INK,
            "titleColor": parts.INK,
            "gridColor": parts.FAINT,
        },
    }


def _line(at: float) -> dict[str, Any]:
    return {
        "data": {"values": [{"x": round(at, 2)}]},
        "mark": {"type": "rule", "strokeDash": [6, 5], "color": parts.INK, "aria": False},
        "encoding": {"x": {"field": "x", "type": "quantitative"}},
    }
