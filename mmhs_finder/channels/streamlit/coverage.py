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
from mmhs_finder.coverage.measures import GRADED, VALUES, Measure
from mmhs_finder.coverage.rows import Shares
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.wording import (
    LEVEL,
    MEASURE,
    map_title,
    measure_words,
    percent_words,
    value_words,
)
from mmhs_finder.hours import LONDON
from mmhs_finder.render.files.coverage import to_csv, to_geojson
from mmhs_finder.render.files.coverage_picture import to_png, to_svg
from mmhs_finder.render.html.pieces import link as link_html
from mmhs_finder.render.html.tables import TableRow, table
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.words import date_words, join_words, number, say, texts

VIEWS: Final = ("map", "gaps", "table")
_EMPTY = Markup("")
_HOW: Final = ("yes", "unpublished", "none", "split", "groups", "several", "figures", "facts")
_VIEW: Final = texts("coverage.view_{}", VIEWS)
_HOW_WORDS: Final = texts("coverage.how_{}", _HOW)
_WHAT: Final = texts("coverage_what.{}", [m for m in Measure if m not in GRADED])
_FILE: Final = texts("coverage.{}", ("csv", "geojson", "svg", "png"))


def _coverage(application: Application, today: date) -> tuple[Coverage, Outlines]:
    found = Coverage(application.directory, today)
    return found, Outlines(found)


def show() -> None:
    coverage, outlines = served().once(_coverage, datetime.now(LONDON).date())
    _restore_from_link(coverage)
    level, measure = _choices()
    render(shares_html(coverage, measure) + _how())
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


def _how() -> Markup:
    items = _EMPTY.join(Markup("<li>{}</li>").format(_HOW_WORDS(name)) for name in _HOW)
    return Markup(
        '<details class="coverage-more measure"><summary>{}</summary><ul>{}</ul></details>'
    ).format(say("coverage.how"), items)


# --- shares ---------------------------------------------------------------------------------------


def share_words(shares: Shares) -> str:
    """The shares in one or two sentences; what is not known is always among them."""
    rounded = shares.rounded()
    parts = [
        f"{value_words(shares.measure, v).lower()} {percent_words(rounded[v])}"
        for v in VALUES[shares.measure]
        if v is not Value.YES and (rounded[v] or v is Value.NOT_READ)
    ]
    if shares.measure in GRADED:
        return f"{join_words(parts)}.".capitalize()
    lead = say(
        "coverage.shares_lead",
        percent=number(rounded[Value.YES], 1),
        what=_WHAT(shares.measure),
    )
    return f"{lead} {say('coverage.shares_rest', rest=join_words(parts))}"


def shares_html(coverage: Coverage, measure: Measure) -> Markup:
    """The headline for England, and the same figures for each region as a table."""
    shares = coverage.shares(measure)
    notes = [
        say(
            "coverage.shares_note",
            births=number(shares.births),
            date=date_words(coverage.date),
        )
    ]
    if shares.inferred:
        percent = number(100 * shares.inferred / shares.births, 1)
        notes.append(say("coverage.shares_inferred", percent=percent))
    return Markup(
        '<section class="coverage-shares"><h2>{}</h2><p class="measure"><strong>{}</strong></p>'
        '<p class="muted small measure">{}</p></section>'
        '<details class="coverage-more"><summary>{}</summary>{}</details>'
    ).format(
        say("coverage.shares_heading"),
        share_words(shares),
        " ".join(notes),
        say("coverage.shares_region"),
        _region_table(coverage, measure),
    )


def _region_table(coverage: Coverage, measure: Measure) -> Markup:
    values = VALUES[measure]
    rows = [
        TableRow(
            row.name,
            [number(row.births or 0), *(percent_words(row.shares.rounded()[v]) for v in values)],
        )
        for row in coverage.rows(Level.REGION, measure)
        if row.shares
    ]
    head = [
        say("coverage_level.region"),
        say("coverage.column_births"),
        *(value_words(measure, v) for v in values),
    ]
    caption = f"{measure_words(measure)}: {say('coverage.column_known').lower()}"
    return table(caption, head, rows, "coverage-table")


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
