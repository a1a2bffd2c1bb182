"""Coverage, what if: a scenario, what it changes, what it would take, its map, list and report.

A scenario belongs to one visit and to who has its link; every other view shows what is there today.
Not for: what a scenario changes (`mmhs_finder.coverage`), or its sentences (`views.scenario`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.application import Application, served
from mmhs_finder.channels.streamlit import coverage_lists, reports, views
from mmhs_finder.channels.streamlit.coverage_area import Shown
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.map_view import draw_map
from mmhs_finder.channels.streamlit.visit import CoverageChoices, Visit
from mmhs_finder.coverage.closing import (
    TAKES,
    GapStep,
    difference,
    icbs,
    running,
    unconfirmed,
)
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import GAP_MEASURES, Measure
from mmhs_finder.coverage.scenario import (
    SWITCHES,
    FittedScenario,
    Scenario,
    fitting,
    not_offered,
    read,
    written,
)
from mmhs_finder.coverage.scenarios import Scenarios
from mmhs_finder.coverage.wording import MEASURE, map_title
from mmhs_finder.render.html.pieces import link as link_html
from mmhs_finder.render.html.what_if import (
    banner_html,
    caption_html,
    paragraphs,
    result_html,
    step_html,
)
from mmhs_finder.render.maps.coverage.map import coverage_map, legend_html
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.views.scenario import (
    ScenarioView,
    left_out_lines,
    result_view,
    scenario_view,
    step_view,
    steps_end,
)
from mmhs_finder.words import join_words, say, texts

MAPS: Final = ("then", "today")
_MAP: Final = texts("what_if.map_{}", MAPS)
_STEPS_AT_ONCE: Final = 5


def _scenarios(application: Application, today: date) -> Scenarios:
    return Scenarios(application.coverage(today))


@dataclass(frozen=True)
class _Supposed:
    """The scenario of this visit: what of it can be assumed, what then is, and its sentences."""

    fitted: FittedScenario
    then: Coverage
    view: ScenarioView
    is_whole: bool

    @property
    def scenario(self) -> Scenario:
        return self.fitted.scenario


def _supposed(today: Coverage, shown: Shown) -> _Supposed:
    said = read(Visit().coverage.scenario)
    fitted = fitting(today.directory, said.scenario)
    then = served().once(_scenarios, today.today).under(fitted.scenario)
    view = scenario_view(today, then, fitted.scenario, shown.where)
    return _Supposed(fitted, then, view, said.is_whole)


def in_link(today: Coverage) -> str:
    """The scenario of this visit for a link: what is assumed, without what was left out."""
    said = read(Visit().coverage.scenario)
    return written(fitting(today.directory, said.scenario).scenario)


def show(today: Coverage, outlines: Outlines, shown: Shown) -> None:
    """Draws the view."""
    supposed = _supposed(today, shown)
    st.header(say("what_if.heading"), anchor=False)
    render(paragraphs([say("what_if.intro")]))
    if shown.measure not in GAP_MEASURES:
        render(paragraphs([say("what_if.other_measure")]))
        return
    _assumed(supposed)
    if not supposed.scenario.is_empty:
        found = difference(today, supposed.then, shown.measure, shown.where)
        render(result_html(result_view(found, shown.where), found, shown.where))
        _take_out(supposed)
    _steps(today, supposed, shown)
    _own(today, supposed, shown)
    if not supposed.scenario.is_empty:
        _map(today, supposed, outlines, shown)
        _gaps(supposed, shown)


# --- what is assumed ------------------------------------------------------------------------------


def _assumed(supposed: _Supposed) -> None:
    """What was left out of a link, the label, and what is assumed."""
    left_out = left_out_lines(supposed.fitted, is_whole=supposed.is_whole)
    if left_out:
        render(Markup('<div class="notice" role="note">{}</div>').format(paragraphs(left_out)))
    if supposed.scenario.is_empty:
        render(paragraphs([say("what_if.none_yet")]))
        return
    render(banner_html(supposed.view))


def _take_out(supposed: _Supposed) -> None:
    with st.container(horizontal=True, key="what-if-assumed"):
        for line in supposed.view.assumed:
            st.button(
                say("what_if.take_out", name=line.name),
                on_click=_set,
                args=(supposed.scenario.less(line.key),),
                key=CoverageChoices.what_if_take_out_key(line.key),
            )
        st.button(
            say("what_if.clear"),
            on_click=_set,
            args=(Scenario(),),
            key=CoverageChoices.WHAT_IF_CLEAR,
        )


def _set(scenario: Scenario) -> None:
    Visit().coverage.scenario = written(scenario)
    Visit().coverage.begin_lists()


# --- what it would take ---------------------------------------------------------------------------


def _steps(today: Coverage, supposed: _Supposed, shown: Shown) -> None:
    st.header(say("what_if.steps_heading"), anchor=False)
    if shown.measure not in TAKES:
        render(paragraphs([say("what_if.steps_other")]))
        return
    kept = served().once(_scenarios, today.today)
    steps = kept.steps(supposed.scenario, shown.measure, shown.where)
    every = reduce(Scenario.plus, (step.assumed for step in steps), supposed.scenario)
    now = supposed.then.shares(shown.measure, shown.where)
    end = paragraphs([steps_end(steps, every, now)])
    if not steps:
        render(end)
        return
    render(paragraphs([say("what_if.steps_intro")]))
    with st.container(key="what-if-steps"):
        if len(steps) > 1:
            st.button(
                say("what_if.try_all", count=len(steps)),
                on_click=_set,
                args=(every,),
                key=CoverageChoices.WHAT_IF_ALL,
            )
        numbered = list(enumerate(steps, start=1))
        _rows(today, supposed.scenario, numbered[:_STEPS_AT_ONCE])
        if more := numbered[_STEPS_AT_ONCE:]:
            with st.expander(say("what_if.more_steps", count=len(more))):
                _rows(today, supposed.scenario, more)
    render(end)


def _rows(today: Coverage, scenario: Scenario, numbered: Sequence[tuple[int, GapStep]]) -> None:
    for place, step in numbered:
        said, button = st.columns([4, 1], vertical_alignment="center")
        with said:
            render(step_html(step_view(today, place, step)))
        with button:
            st.button(
                say("what_if.try_one", number=place),
                on_click=_set,
                args=(scenario.plus(step.assumed),),
                key=CoverageChoices.what_if_step_key(place),
            )


# --- choosing for oneself -------------------------------------------------------------------------


def _own(today: Coverage, supposed: _Supposed, shown: Shown) -> None:
    with st.expander(say("what_if.own_heading")):
        first, second = st.columns(2, gap="large")
        with first:
            _own_service(today, supposed.scenario, shown)
        with second:
            _own_added(today, supposed.scenario, shown)


def _own_service(today: Coverage, scenario: Scenario, shown: Shown) -> None:
    names = {service.id: service.name for service in running(today, shown.where)}
    chosen = st.selectbox(
        say("what_if.own_service"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=say("what_if.own_placeholder"),
        filter_mode="contains",
        key=CoverageChoices.what_if_service.key,
    )
    if waiting := unconfirmed(today, shown.where):
        listed = join_words([service.name for service in waiting])
        render(paragraphs([say("what_if.own_unconfirmed", names=listed)]))
    if chosen is None:
        return
    lacking = not_offered(today.directory, today.directory.services[chosen])
    if not lacking:
        render(paragraphs([say("what_if.own_all_offered")]))
        return
    offers = _offers(say("what_if.own_offers"), chosen, lacking, shown.measure)
    st.button(
        say("what_if.own_assume"),
        on_click=_set,
        args=(scenario.plus(Scenario.of({chosen: offers})),),
        disabled=not offers,
        key=CoverageChoices.WHAT_IF_ASSUME,
    )


def _own_added(today: Coverage, scenario: Scenario, shown: Shown) -> None:
    names = {place.code: place.name for place in icbs(today, shown.where)}
    chosen = st.selectbox(
        say("what_if.own_icb"),
        list(names),
        index=None,
        format_func=names.__getitem__,
        placeholder=say("what_if.own_icb_placeholder"),
        filter_mode="contains",
        key=CoverageChoices.what_if_icb.key,
    )
    if chosen is None:
        return
    offers = _offers(say("what_if.own_added_offers"), chosen, SWITCHES, shown.measure)
    st.button(
        say("what_if.own_assume_added"),
        on_click=_set,
        args=(scenario.plus(Scenario.of(added={chosen: offers})),),
        key=CoverageChoices.WHAT_IF_ASSUME_ADDED,
    )


def _offers(
    label: str, of: str, offers: Sequence[Measure], measure: Measure
) -> tuple[Measure, ...]:
    """What is to be assumed: at first what the page is about."""
    first = [each.value for each in TAKES.get(measure, ()) if each in offers]
    chosen = st.pills(
        label,
        [each.value for each in offers],
        default=first,
        selection_mode="multi",
        format_func=lambda each: MEASURE(each),
        key=CoverageChoices.what_if_offers_key(f"{of}_{measure.value}"),
        wrap=True,
    )
    return tuple(Measure(each) for each in chosen or ())


# --- map and list ---------------------------------------------------------------------------------


def _map(today: Coverage, supposed: _Supposed, outlines: Outlines, shown: Shown) -> None:
    where, level, measure = shown.where, shown.level, shown.measure
    which = views.choose(
        say("what_if.map_choice"),
        {name: _MAP(name) for name in MAPS},
        CoverageChoices.what_if_map.key,
    )
    is_then = which != "today"
    title = map_title(level, measure, where)
    st.header(say("what_if.map_title", title=title) if is_then else title, anchor=False)
    coverage = supposed.then if is_then else today
    label = say("what_if.map_label") if is_then else ""
    changed = [
        shape.code
        for shape in outlines.of(level, where)
        if supposed.then.row(level, measure, shape.code).value
        is not today.row(level, measure, shape.code).value
    ]
    with st.container(key="coverage-map"), st.container(key="coverage-map-frame"):
        url = served().shapes_files.url(level.value)
        draw_map(
            coverage_map(
                coverage,
                outlines,
                level,
                measure,
                url,
                where=where,
                label=label,
                marked=changed,
            ),
            CoverageChoices.what_if_map_key(level, where),
        )
    render(Markup('<p class="muted small">{}</p>').format(say("what_if.map_hint")))
    if is_then:
        render(caption_html())
    render(legend_html(coverage, level, measure, where))


def _gaps(supposed: _Supposed, shown: Shown) -> None:
    words = supposed.view.in_one_line
    coverage_lists.show_gaps(supposed.then, shown.measure, shown.where, words)


# --- to take away ---------------------------------------------------------------------------------


def keep(today: Coverage, outlines: Outlines, shown: Shown, link: str) -> None:
    """A link to the scenario, and its report of the place."""
    supposed = _supposed(today, shown)
    with st.expander(say("what_if.keep")):
        render(
            Markup("<p>{} {}</p>").format(
                say("what_if.link_text"), link_html(link, say("what_if.link_label"))
            )
        )
        if supposed.scenario.is_empty:
            return
        reports.offer(today, supposed.then, outlines, shown.where, supposed.view)
