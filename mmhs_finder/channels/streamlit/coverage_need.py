"""Coverage, need and help: fifths of deprivation, a picture of areas, and every point as a table.

Not for: the figures (`coverage.concentration`), the words (`views.need_and_help`), or how the
picture is drawn (`need_chart`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

import streamlit as st

from mmhs_finder.channels.streamlit import planning_parts as parts
from mmhs_finder.channels.streamlit.coverage_lists import PER_PAGE, page_of
from mmhs_finder.channels.streamlit.draw import download, render
from mmhs_finder.channels.streamlit.need_chart import Scatter, scatter
from mmhs_finder.channels.streamlit.visit import CoverageChoices
from mmhs_finder.coverage.concentration import fifths_of
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.need_points import (
    NeedFigure,
    NeedPoint,
    middle_deprivation,
    need_points,
)
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import Where
from mmhs_finder.coverage.wording import map_title
from mmhs_finder.render.files.coverage import file_name
from mmhs_finder.render.files.need import fifths_csv, points_csv
from mmhs_finder.render.html.need import need_html, points_html
from mmhs_finder.views.need_and_help import greatest_words, need_view
from mmhs_finder.words import say, texts


@dataclass(frozen=True)
class _Against:
    """Two figures to set side by side: the one across, and the one upwards."""

    x: NeedFigure
    y: NeedFigure

    @property
    def has_deprivation(self) -> bool:
        return self.x is NeedFigure.DEPRIVATION


_AGAINST: Final[Mapping[str, _Against]] = MappingProxyType(
    {
        "births_deprivation": _Against(NeedFigure.DEPRIVATION, NeedFigure.BIRTHS),
        "women_deprivation": _Against(NeedFigure.DEPRIVATION, NeedFigure.WOMEN),
        "births_women": _Against(NeedFigure.WOMEN, NeedFigure.BIRTHS),
    }
)
_AGAINST_WORDS: Final = texts("coverage_need.against_{}", list(_AGAINST))


def show(coverage: Coverage, level: Level, measure: Measure, where: Where) -> None:
    """Draws the view. level: of the picture and its table; the fifths are of councils."""
    render(need_html(need_view(coverage, measure, where), coverage.shares(measure, where)))
    points = need_points(coverage, level, measure, where)
    with st.container(key="coverage-need"):
        _picture(coverage, level, measure, where, points)
    _table(coverage, level, measure, where, points)
    _files(coverage, level, measure, where)


def _picture(
    coverage: Coverage,
    level: Level,
    measure: Measure,
    where: Where,
    points: tuple[NeedPoint, ...],
) -> None:
    st.header(say("coverage_need.picture"), anchor=False)
    chosen = st.selectbox(
        say("coverage_need.against_label"),
        list(_AGAINST),
        format_func=lambda name: _AGAINST_WORDS(name),
        key=CoverageChoices.against.key,
        persist_state="session",
    )
    against = _AGAINST[chosen]
    words = greatest_words(
        coverage, level, measure, where, against.y, deprived=against.has_deprivation
    )
    parts.text(words)
    middle = None
    if against.has_deprivation:
        middle = middle_deprivation(need_points(coverage, level, measure))
    title = f"{map_title(level, measure, where)}. {_AGAINST_WORDS(chosen)}."
    drawn = Scatter(points, measure, against.x, against.y, middle, f"{title} {words}")
    parts.draw(json.dumps(scatter(drawn)), f"need-{level.value}-{chosen}")
    notes = [say("coverage_need.picture_note")]
    if middle is not None:
        notes.append(say("coverage_need.picture_middle"))
    parts.small(" ".join(notes))


def _table(
    coverage: Coverage,
    level: Level,
    measure: Measure,
    where: Where,
    points: tuple[NeedPoint, ...],
) -> None:
    with st.container(key="coverage-need-table"):
        first, last = page_of(len(points), CoverageChoices.NEED_PAGE, PER_PAGE)
        caption = say(
            "coverage_need.rows_caption", title=map_title(level, measure, where), count=len(points)
        )
        if level is not Level.COUNCIL:
            caption = f"{caption} {say('coverage_need.average')}"
        fifths = fifths_of(coverage)
        render(points_html(points[first:last], level, measure, fifths, caption))


def _files(coverage: Coverage, level: Level, measure: Measure, where: Where) -> None:
    """Both are made when somebody asks for one."""
    with st.container(horizontal=True, key="coverage-need-files"):
        download(
            say("coverage_need.fifths_csv"),
            lambda: fifths_csv(coverage, measure, where),
            file_name(coverage, f"fifths-{measure.value}", where, "csv"),
            "text/csv",
        )
        download(
            say("coverage_need.points_csv"),
            lambda: points_csv(coverage, level, measure, where),
            file_name(coverage, f"need-{level.value}-{measure.value}", where, "csv"),
            "text/csv",
        )
