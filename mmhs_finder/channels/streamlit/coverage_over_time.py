"""The view "Over time": promised, counted, seen; what changed since an earlier day; shares by day.

Not for: what is told (`views.promise`, `views.coverage_history`).
"""

from __future__ import annotations

from datetime import date
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.application import served
from mmhs_finder.channels.streamlit import planning_parts as parts
from mmhs_finder.channels.streamlit.coverage_lists import PER_PAGE, page_of
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import CoverageChoices, Visit
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.where import Where
from mmhs_finder.coverage.wording import measure_words, percent_words
from mmhs_finder.render.html.over_time import (
    changes_html,
    files_html,
    icbs_html,
    promise_html,
    shares_rows,
    unreached_html,
)
from mmhs_finder.views.coverage_history import HistoryView, history_view, icbs_over_time
from mmhs_finder.views.promise import PromiseView, promise_view
from mmhs_finder.words import date_words, kept, say

MOST_SHOWN: Final = 40
"""Changes of each sort on the page; the files have all."""

_MOST_BARS: Final = 13
"""A year of months, and today."""


def show(coverage: Coverage, measure: Measure, where: Where) -> None:
    """Draws the view for a place and a measure."""
    promise = promise_view(coverage, where)
    with st.container(key="coverage-over-time"):
        _changed(coverage, measure, where)
        render(promise_html(promise))
        _unreached(promise)


# --- what changed ---------------------------------------------------------------------------------


def _changed(coverage: Coverage, measure: Measure, where: Where) -> None:
    snapshots = served().snapshots
    st.header(say("coverage_over_time.heading"), anchor=False)
    view = history_view(coverage, snapshots, where, _since(history_view(coverage, snapshots).days))
    parts.text(*filter(None, [view.unreadable]))
    render(Markup('<p class="measure" role="status"><strong>{}</strong></p>').format(view.intro))
    render(
        changes_html(
            say("coverage_over_time.by_services"),
            say("coverage_over_time.by_services_text"),
            view.period,
            view.by_services,
            MOST_SHOWN,
        )
        + changes_html(
            say("coverage_over_time.in_knowledge"),
            say("coverage_over_time.in_knowledge_text"),
            view.period,
            view.in_what_we_know,
            MOST_SHOWN,
        )
    )
    _shares(view, measure)
    if view.since and measure in view.shares:
        rows = icbs_over_time(coverage, snapshots, measure, where, view.since)
        render(icbs_html(measure, rows, date_words(view.since)))
    render(files_html())


def _since(days: tuple[date, ...]) -> date | None:
    """The earlier day that is chosen; None where there is none to choose."""
    if not days:
        return None
    names = {day.isoformat(): date_words(day) for day in days}
    choices = Visit().coverage
    if choices.since not in names:
        choices.since = next(iter(names))
    chosen = st.selectbox(
        say("coverage_over_time.label_since"),
        list(names),
        format_func=lambda day: names[day],
        key=CoverageChoices.since.key,
        persist_state="session",
    )
    return date.fromisoformat(chosen)


def _shares(view: HistoryView, measure: Measure) -> None:
    points = view.shares.get(measure, ())[-_MOST_BARS:]
    title = say("coverage_over_time.shares_heading", measure=measure_words(measure))
    parts.heading(title, level=3)
    if not points:
        parts.text(say("coverage_over_time.shares_none"))
        return
    parts.text(say("coverage_over_time.shares_text"))
    bars = tuple((date_words(p.day), p.yes, percent_words(p.yes)) for p in points)
    parts.chart_and_table(
        _bars(bars, say("coverage_over_time.shares_chart")),
        "coverage-over-time",
        say("coverage_over_time.shares_table", measure=measure_words(measure)),
        (
            say("coverage_over_time.column_day"),
            say("coverage_over_time.column_yes"),
            say("coverage_over_time.column_unknown"),
        ),
        shares_rows(points),
    )


@kept(16)
def _bars(rows: tuple[tuple[str, float, str], ...], description: str) -> str:
    return parts.written(parts.bars(rows, 100, description))


# --- what is not seen -----------------------------------------------------------------------------


def _unreached(promise: PromiseView) -> None:
    st.header(say("coverage_promise.unreached_heading"), anchor=False)
    render(Markup("<p><strong>{}</strong></p>").format(promise.unreached_words))
    parts.text(say("coverage_promise.unreached_caution"))
    if not promise.unreached:
        return
    count = len(promise.unreached)
    with st.container(key="coverage-unreached"):
        first, last = page_of(count, CoverageChoices.UNREACHED_PAGE, PER_PAGE)
        caption = say("coverage_promise.unreached_table", count=count)
        render(unreached_html(promise.unreached[first:last], caption))
