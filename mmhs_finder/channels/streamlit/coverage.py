"""The coverage page: what to show, the shares in words, one of three views, a link and files.

Everything on the map is in the table. The views are in `coverage_area` and `coverage_lists`.
Not for: the values (`mmhs_finder.coverage`) or the files (`render.files.coverage`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final
from urllib.parse import quote, urlencode

import streamlit as st
from markupsafe import Markup

from mmhs_finder.application import Application, served
from mmhs_finder.channels.streamlit import coverage_area, coverage_lists, views
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import CoverageChoices, Visit
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.wording import (
    LEVEL,
    MEASURE,
    map_title,
)
from mmhs_finder.hours import LONDON
from mmhs_finder.render.files.coverage import to_csv, to_geojson
from mmhs_finder.render.files.coverage_picture import to_png, to_svg
from mmhs_finder.render.html.coverage import how_html, shares_html
from mmhs_finder.render.html.pieces import link as link_html
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.words import say, texts

VIEWS: Final = ("map", "gaps", "table")
_VIEW: Final = texts("coverage.view_{}", VIEWS)
_FILE: Final = texts("coverage.{}", ("csv", "geojson", "svg", "png"))


def _coverage(application: Application, today: date) -> tuple[Coverage, Outlines]:
    found = application.coverage(today)
    return found, Outlines(found)


def show() -> None:
    coverage, outlines = served().once(_coverage, datetime.now(LONDON).date())
    _restore_from_link(coverage)
    level, measure = _choices()
    render(shares_html(coverage, measure) + how_html())
    view = views.choose(
        say("coverage.view_label"),
        {name: _VIEW(name) for name in VIEWS},
        CoverageChoices.view.key,
    )
    if view == "gaps":
        coverage_lists.show_gaps(coverage, measure)
    elif view == "table":
        coverage_lists.show_table(coverage, level, measure)
    else:
        coverage_area.show(coverage, outlines, level, measure)
    link = link_to(level, measure, Visit().coverage.area(level), view)
    _keep(coverage, outlines, level, measure, link)
    _forget_old_link(link)


# --- links ----------------------------------------------------------------------------------------


def link_to(level: Level, measure: Measure, area: str | None, view: str) -> str:
    """A link that opens the same view. Names of areas are public; nothing else is in it."""
    parts = {"level": level.value, "measure": measure.value, "view": view}
    return f"?{urlencode({**parts, **({'area': area} if area else {})}, quote_via=quote)}"


def _restore_from_link(coverage: Coverage) -> None:
    """Takes `?level=...&measure=...&area=...&view=...` once a visit; what is not known is left."""
    choices = Visit().coverage
    if choices.link_taken:
        return
    choices.link_taken = True
    asked = st.query_params
    if (named := asked.get("level")) in list(Level):
        choices.level = named
    if (named := asked.get("measure")) in list(Measure):
        choices.measure = named
    if (named := asked.get("view")) in VIEWS:
        choices.view = named
    area = asked.get("area")
    if not area:
        return
    level = Level(choices.level)
    if any(row.code == area for row in coverage.rows(level, Measure.MMHS)):
        choices.choose_area(level, area)
    else:
        choices.link_unknown = True


def _forget_old_link(link: str) -> None:
    """Empties the address when something else was chosen than the link that opened the page."""
    choices = Visit().coverage
    before, choices.link = choices.link or link, link
    if link != before:
        choices.link_unknown = False
        st.query_params.clear()


# --- what to show ---------------------------------------------------------------------------------


def _choices() -> tuple[Level, Measure]:
    with st.container(key="coverage-choices"):
        first, second = st.columns([2, 3], vertical_alignment="bottom")
        with first:
            level = st.selectbox(
                say("coverage.level_label"),
                [v.value for v in Level],
                format_func=_level_words,
                key=CoverageChoices.level.key,
                persist_state="session",
            )
        with second:
            measure = st.selectbox(
                say("coverage.measure_label"),
                [m.value for m in Measure],
                format_func=lambda m: MEASURE(m),
                key=CoverageChoices.measure.key,
                persist_state="session",
            )
    return Level(level), Measure(measure)


def _level_words(level: str) -> str:
    words = LEVEL(level)
    return words[0].upper() + words[1:]


# --- to take away ---------------------------------------------------------------------------------


def _keep(
    coverage: Coverage, outlines: Outlines, level: Level, measure: Measure, link: str
) -> None:
    """A link to this view, and the map and its table as files."""
    with st.expander(say("coverage.keep")):
        render(
            Markup("<p>{} {}</p><p>{}</p>").format(
                say("coverage.link_text"),
                link_html(link, say("coverage.link_label")),
                say("coverage.files", title=map_title(level, measure)),
            )
        )
        _downloads(coverage, outlines, level, measure)


@st.fragment
def _downloads(coverage: Coverage, outlines: Outlines, level: Level, measure: Measure) -> None:
    """The files are made when somebody asks for one."""
    name = f"coverage-{level.value}-{measure.value}-{coverage.date.isoformat()}"
    files: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
        ("csv", "text/csv", lambda: to_csv(coverage, level, measure)),
        ("geojson", "application/geo+json", lambda: to_geojson(coverage, outlines, level, measure)),
        ("svg", "image/svg+xml", lambda: to_svg(coverage, outlines, level, measure)),
        ("png", "image/png", lambda: to_png(coverage, outlines, level, measure)),
    )
    with st.container(horizontal=True, key="coverage-downloads"):
        for kind, mime, make in files:
            st.download_button(
                _FILE(kind),
                make,
                file_name=f"{name}.{kind}",
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
                key=CoverageChoices.file_key(kind),
            )
