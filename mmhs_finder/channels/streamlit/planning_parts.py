"""Small parts of the page for planners: headings, tables, charts and numbers.

Every chart has its text before it and its table with it, and draws in one colour with numbers
beside the marks, so that it reads in greyscale. Not for: what the views show.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd
import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import PlanningChoices
from mmhs_finder.planning.facts import Figure, Unit
from mmhs_finder.render.html.tables import TableCell, TableRow, table
from mmhs_finder.words import number as number_words
from mmhs_finder.words import say, texts

# Charts are drawings in the page (SVG), so they follow the page's colours: light, dark, and print.
DARK: Final = "var(--action)"
PALE: Final = "var(--line)"
FAINT: Final = "var(--line-soft)"
INK: Final = "var(--ink)"
FONT: Final = 15
MOST_NARROW: Final = 3
"""Columns of figures that fit beside each other on the narrowest phone, 320 px."""
_LONGEST_UNBROKEN: Final = 12  # characters: figures such as "14.625" stay on one line
CONFIG: Final[Mapping[str, Any]] = {
    "font": "inherit",
    "padding": {"left": 2, "right": 8, "top": 8, "bottom": 8},
    "view": {"stroke": None},
}
"""Of every chart."""
_ROW: Final = 58  # pixels for a bar with its words above it
_EMPTY = Markup("")
_OF_UNIT: Final = texts("planning.{}", Unit)

alt.theme.enable("none")  # else every chart would say its size, which its column decides


def heading(text: str, *texts: str, level: int = 2) -> None:
    """A heading and the text under it."""
    head = Markup("<h{level}>{text}</h{level}>").format(level=level, text=text)
    render(head + paragraphs(texts))


def text(*texts: str) -> None:
    render(paragraphs(texts))


def paragraphs(texts: Sequence[str]) -> Markup:
    return _EMPTY.join(Markup('<p class="measure">{}</p>').format(t) for t in texts)


def small(text: str) -> None:
    render(Markup('<p class="muted small measure">{}</p>').format(text))


def source(figure: Figure) -> None:
    small(say("planning.source", source=figure.source))


def table_html(
    caption: str, header: Sequence[str], rows: Sequence[Sequence[str]], *, narrow: bool = False
) -> Markup:
    """A table whose first column names each row.

    On a phone each row is a card; a narrow table, one of short figures, stays a table.
    """
    css = "figures-table" if narrow else "compact-table"
    body = [TableRow(row[0], [_cell(cell) for cell in row[1:]]) for row in rows]
    return table(caption, header, body, css)


def _cell(text: str) -> TableCell:
    whole = len(text) <= _LONGEST_UNBROKEN
    css = Markup(' style="white-space:nowrap"') if whole else _EMPTY
    return TableCell(Markup("<span{}>{}</span>").format(css, text))


def number(value: float, digits: int = 0) -> str:
    """1234.5 as "1,234.5"; without zeros at the end. Halves go up, as in the guide."""
    whole, _, after = f"{value + 1e-9:.{digits}f}".partition(".")
    after = after.rstrip("0")
    return number_words(float(f"{whole}.{after or 0}"), len(after))


def figure_words(figure: Figure) -> str:
    """A figure as it is written: "35 of 41", "1 in 5", "16 %", "£8.1 billion"."""
    value = number(figure.value, 1)
    if figure.out_of:
        return say("planning.services_of", value=value, count=number(figure.out_of))
    return _OF_UNIT(figure.unit, value=value)


def bars(rows: Sequence[tuple[str, float, str]], most: float, description: str) -> Any:
    """Bars with their words above and their number beside them. rows: label, value, number shown.

    The words are inside the chart, so that it needs no room at its left on a phone.
    """
    data = pd.DataFrame(rows, columns=["label", "value", "shown"]).assign(start=0.0, most=most)
    data["spoken"] = data["label"] + ": " + data["shown"]
    base = alt.Chart(data).encode(y=alt.Y("label:N", sort=None, axis=None))
    scale = alt.Scale(domain=[0, most * 1.28], nice=False)
    x = alt.X("value:Q", scale=scale, axis=None)
    track = base.mark_bar(size=18, color=FAINT, aria=False).encode(
        x=alt.X("most:Q", scale=scale, axis=None)
    )
    bar = base.mark_bar(size=18, color=DARK).encode(x=x, description="spoken:N")
    words = base.mark_text(align="left", dy=-21, fontSize=FONT, color=INK, aria=False).encode(
        x=alt.X("start:Q", scale=scale), text="label:N"
    )
    count = base.mark_text(
        align="left", dx=6, fontSize=FONT, fontWeight="bold", color=INK, aria=False
    ).encode(x=alt.X("most:Q", scale=scale), text="shown:N")
    return finished(track + bar + words + count, len(rows) * _ROW, description)


def finished(chart: Any, height: int, description: str) -> Any:
    return chart.properties(height=height, description=description).configure(**CONFIG)


def chart_and_table(
    chart: str, key: str, caption: str, header: Sequence[str], rows: Sequence[Sequence[str]]
) -> None:
    """The chart, as `written` gives it, with its table beside it; under it where it is narrow."""
    left, right = st.columns([1, 1], gap="medium")
    with left:
        draw(chart, key)
    with right:
        render(table_html(caption, header, rows, narrow=True))


def written(chart: Any) -> str:
    """A chart as Vega-Lite, with its data. It costs far more than all else on a page, so that one
    that does not depend on a visit is written once and kept (`words.kept`)."""
    return str(chart.to_json(indent=None))


def draw(chart: str, key: str) -> None:
    """Draws a chart, as `written` gives it, as wide as its column. key: names it on the page."""
    chart_key = PlanningChoices.chart_key(key)
    st.vega_lite_chart(spec=json.loads(chart), width="stretch", theme=None, key=chart_key)


def closed(summary: str, inside: Markup) -> Markup:
    """Something that opens when its summary is pressed; printed open."""
    return Markup('<details class="coverage-more"><summary>{}</summary>{}</details>').format(
        summary, inside
    )
