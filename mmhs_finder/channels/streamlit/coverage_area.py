"""Coverage, the map on the page: what a click on it chooses, and the sheet of the chosen area.

An area can be chosen on the map and in a list, so nobody needs the map.
Not for: what is drawn on it (`render.maps.coverage`) or what a report says (`views.area_report`).
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st
from markupsafe import Markup

from mmhs_finder.application import served
from mmhs_finder.channels.streamlit import coverage_examples, reports
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.map_view import draw_map
from mmhs_finder.channels.streamlit.visit import CoverageChoices, Visit
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import map_title
from mmhs_finder.directory.named import area_words
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.area_report import report_html
from mmhs_finder.render.html.coverage_bar import regions_html
from mmhs_finder.render.maps.coverage.examples import example_signs
from mmhs_finder.render.maps.coverage.map import coverage_map, legend_html
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.words import say


@dataclass(frozen=True)
class Shown:
    """What is looked at on the page: in which part of England, which areas, and what of them."""

    where: Where
    level: Level
    measure: Measure


def show(coverage: Coverage, outlines: Outlines, shown: Shown) -> None:
    left, right = st.columns([3, 2], gap="large")
    with left, st.container(key="coverage-map"):
        st.header(map_title(shown.level, shown.measure, shown.where), anchor=False)
        _map(coverage, outlines, shown)
        render(legend_html(coverage, shown.level, shown.measure, shown.where))
        coverage_examples.show_switch()
    with right, st.container(key="coverage-side"):
        _sheet(coverage, outlines, shown)
    coverage_examples.show_list(coverage, shown.where)


def _map(coverage: Coverage, outlines: Outlines, shown: Shown) -> None:
    """Draws the map; a click on it chooses an area, as the list does."""
    where, level = shown.where, shown.level

    def clicked() -> None:
        choices = Visit().coverage
        pressed = choices.pressed_area(level, where)
        if pressed in {shape.code for shape in outlines.of(level, where)}:
            choices.choose_area(level, pressed)

    chosen = Visit().coverage.area(level)
    with st.container(key="coverage-map-frame"):
        url = served().shapes_files.url(level.value)
        drawn = coverage_map(
            coverage, outlines, level, shown.measure, url, chosen=chosen, where=where
        )
        if examples := coverage_examples.shown_in(coverage, where):
            example_signs(examples, outlines.areas).add_to(drawn)
        draw_map(drawn, CoverageChoices.map_key(level, where), on_change=clicked)
    hint = say("coverage.map_hint")
    if chosen:
        name = area_words(coverage.row(level, Measure.MMHS, chosen).name)
        hint = say("coverage.map_chosen", name=name)
    render(Markup('<p class="muted small" role="status">{}</p>').format(hint))


def _sheet(coverage: Coverage, outlines: Outlines, shown: Shown) -> None:
    """The sheet of the chosen area; until there is one, of the place, or England by region."""
    where, level = shown.where, shown.level
    names = {r.code: area_words(r.name) for r in coverage.rows(level, Measure.MMHS, where)}
    if Visit().coverage.link_unknown:
        words = say("coverage.link_unknown")
        render(cards.alert(say("coverage.area_label"), words))
    chosen = st.selectbox(
        say("coverage.area_label"),
        list(names),
        index=None,
        format_func=lambda c: names[c],
        placeholder=say("coverage.area_placeholder"),
        filter_mode="contains",
        key=CoverageChoices.area_key(level),
        persist_state="session",
    )
    of = where if chosen is None else coverage.at(level, chosen)
    reports.offer(coverage, coverage, outlines, of)
    if of == ENGLAND:
        render(regions_html(coverage, shown.measure))
    else:
        render(report_html(reports.shown(coverage, outlines, of)))
