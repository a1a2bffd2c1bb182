"""The coverage page: where, what to show, the shares as a bar, one view, a link, files.

Everything on the map is in the table. Each view is in a module beside this one.
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
from mmhs_finder.channels.streamlit import (
    coverage_area,
    coverage_lists,
    coverage_need,
    coverage_over_time,
    coverage_what_if,
    views,
)
from mmhs_finder.channels.streamlit.coverage_area import Shown
from mmhs_finder.channels.streamlit.draw import download, render
from mmhs_finder.channels.streamlit.site import COVERAGE_VIEWS
from mmhs_finder.channels.streamlit.visit import CoverageChoices, Visit
from mmhs_finder.channels.streamlit.where import choose_where
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.scenario import public
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import LEVEL, MEASURE, map_title
from mmhs_finder.hours import LONDON
from mmhs_finder.render.files.coverage import file_name, to_csv, to_geojson
from mmhs_finder.render.files.coverage_picture import to_png, to_svg
from mmhs_finder.render.html.coverage import how_html
from mmhs_finder.render.html.coverage_bar import shares_bar_html
from mmhs_finder.render.html.feeds import changes_link
from mmhs_finder.render.html.pieces import link as link_html
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.words import say, texts

_VIEW: Final = texts("coverage.view_{}", COVERAGE_VIEWS)
_OF_A_LINK: Final = frozenset({"level", "measure", "view", "where", "area"})
_FILE: Final = texts("coverage.{}", ("csv", "geojson", "svg", "png"))


def _coverage(application: Application, today: date) -> tuple[Coverage, Outlines]:
    found = application.coverage(today)
    return found, Outlines(found)


def show() -> None:
    coverage, outlines = served().once(_coverage, datetime.now(LONDON).date())
    _restore_from_link(coverage)
    shown = _choices(coverage)
    where, level, measure = shown.where, shown.level, shown.measure
    render(shares_bar_html(coverage, measure, where))
    view = views.choose(
        say("coverage.view_label"),
        {name: _VIEW(name) for name in COVERAGE_VIEWS},
        CoverageChoices.view.key,
    )
    text = ""
    if view == "gaps":
        coverage_lists.show_gaps(coverage, measure, where)
    elif view == "need":
        coverage_need.show(coverage, level, measure, where)
    elif view == "table":
        text = coverage_lists.show_table(coverage, level, measure, where)
    elif view == "over_time":
        coverage_over_time.show(coverage, measure, where)
    elif view == "what_if":
        coverage_what_if.show(coverage, outlines, shown)
    else:
        coverage_area.show(coverage, outlines, shown)
    scenario = coverage_what_if.in_link(coverage) if view == "what_if" else ""
    link = link_to(level, measure, Visit().coverage.area(level), view, where, scenario)
    if view == "what_if":
        coverage_what_if.keep(coverage, outlines, shown, link)
    else:
        _keep(coverage, outlines, shown, link, text)
    render(how_html())
    _to_changes(where)
    _forget_old_link(link)


def _to_changes(where: Where) -> None:
    """The way to what was changed in the list, of an ICB where one is looked at."""
    if where.level is Level.ICB:
        words = say("changes.link_icb", place=where.name)
        render(changes_link(words, where.code))
    else:
        render(changes_link(say("changes.link")))


# --- links ----------------------------------------------------------------------------------------


def link_to(
    level: Level,
    measure: Measure,
    area: str | None,
    view: str,
    where: Where = ENGLAND,
    scenario: str = "",
) -> str:
    """A link that opens the same view. Names of areas are public, and so are the services and ICBs
    of a scenario; nothing else is in it."""
    parts = {"level": level.value, "measure": measure.value, "view": view}
    if where != ENGLAND:
        parts["where"] = where.code
    if area:
        parts["area"] = area
    if scenario:
        parts["scenario"] = scenario
    return f"?{urlencode(parts, quote_via=quote)}"


def _restore_from_link(coverage: Coverage) -> None:
    """Takes `?where=...&level=...&measure=...&area=...&view=...&scenario=...` once a visit; what is
    not known is left."""
    choices = Visit().coverage
    if choices.link_taken:
        return
    choices.link_taken = True
    asked = st.query_params
    if not _OF_A_LINK & {*asked}:
        return  # what was chosen on another page stands
    where = coverage.place(asked.get("where", ""))
    choices.link_unknown = where is None
    where = where or ENGLAND
    choices.where = where.code
    if (named := asked.get("level")) in list(Level):
        choices.level = named
    _keep_level_inside(coverage, where)
    if (named := asked.get("measure")) in list(Measure):
        choices.measure = named
    if (named := asked.get("view")) in COVERAGE_VIEWS:
        choices.view = named
    choices.scenario = public(asked.get("scenario", ""), coverage.directory)
    area = asked.get("area")
    if not area:
        return
    level = Level(choices.level)
    if any(row.code == area for row in coverage.rows(level, Measure.MMHS, where)):
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


def _choices(coverage: Coverage) -> Shown:
    choices = Visit().coverage
    with st.container(key="coverage-choices"):
        first, second, third = st.columns([3, 2, 3], vertical_alignment="bottom")
        with first:
            where = choose_where(coverage)
        levels = _keep_level_inside(coverage, where)
        with second:
            level = st.selectbox(
                say("coverage.level_label"),
                [v.value for v in levels],
                format_func=_level_words,
                key=CoverageChoices.level.key,
                persist_state="session",
            )
        with third:
            measure = st.selectbox(
                say("coverage.measure_label"),
                [m.value for m in Measure],
                format_func=lambda m: MEASURE(m),
                key=CoverageChoices.measure.key,
                persist_state="session",
            )
    shown = Shown(where, Level(level), Measure(measure))
    area = choices.area(shown.level)
    if area and not coverage.holds(where, shown.level, area):
        choices.choose_area(shown.level, None)
    return shown


def _keep_level_inside(coverage: Coverage, where: Where) -> tuple[Level, ...]:
    """The levels that a place is divided into; one that it is not gives way to the first."""
    levels = coverage.levels(where)
    if Visit().coverage.level not in levels:
        Visit().coverage.level = levels[0].value
    return levels


def _level_words(level: str) -> str:
    words = LEVEL(level)
    return words[0].upper() + words[1:]


# --- to take away ---------------------------------------------------------------------------------


def _keep(coverage: Coverage, outlines: Outlines, shown: Shown, link: str, text: str) -> None:
    """A link to this view, and the map and its table as files. text: the table's filter."""
    title = map_title(shown.level, shown.measure, shown.where)
    with st.expander(say("coverage.keep")):
        render(
            Markup("<p>{} {}</p><p>{} {}</p>").format(
                say("coverage.link_text"),
                link_html(link, say("coverage.link_label")),
                say("coverage.files", title=title),
                say("coverage.table_file_filtered") if text else "",
            )
        )
        _downloads(coverage, outlines, shown, text)


@st.fragment
def _downloads(coverage: Coverage, outlines: Outlines, shown: Shown, text: str) -> None:
    """The files are made when somebody asks for one."""
    where, level, measure = shown.where, shown.level, shown.measure
    map_of = (coverage, outlines, level, measure, where)
    what = f"coverage-{level.value}-{measure.value}"
    files: tuple[tuple[str, str, Callable[[], bytes]], ...] = (
        ("csv", "text/csv", lambda: to_csv(coverage, level, measure, where, text)),
        ("geojson", "application/geo+json", lambda: to_geojson(*map_of)),
        ("svg", "image/svg+xml", lambda: to_svg(*map_of)),
        ("png", "image/png", lambda: to_png(*map_of)),
    )
    with st.container(horizontal=True, key="coverage-downloads"):
        for kind, mime, make in files:
            name = file_name(coverage, what, where, kind)
            download(_FILE(kind), make, name, mime, key=CoverageChoices.file_key(kind))
