"""Planning, workforce: the births that the model is asked about, typed or those of chosen areas.

Not for: which births count (`planning.births`), or what the model makes of them
(`planning_workforce`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from mmhs_finder.channels.streamlit import planning_parts as parts
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import PlanningChoices, Visit
from mmhs_finder.directory import Directory
from mmhs_finder.directory.named import area_words
from mmhs_finder.planning.births import KINDS, Births, CountedArea, births_by_area, together
from mmhs_finder.planning.workforce import (
    ENGLAND_BIRTHS,
    MOST_BIRTHS,
    PER,
    Workforce,
    workforce,
)
from mmhs_finder.words import join_words, say, texts

_KIND: Final = texts("planning_areas.kind_{}", KINDS)


def choose(directory: Directory) -> tuple[CountedArea, ...]:
    """Draws the choice of areas and the number of births. Returns the areas whose births these are;
    none when another number was typed."""
    areas = {each.code: each for each in births_by_area(directory)}
    left, right = st.columns([3, 2], gap="large")
    with left:
        _areas_input(areas)
        _presets()
    with right:
        births = _births_input()
    chosen = _chosen(areas)
    if births != sum(part.counted for part in chosen):
        return ()
    _about(chosen)
    return chosen


def _chosen(areas: Mapping[str, Births]) -> tuple[CountedArea, ...]:
    return together(areas[code] for code in Visit().planning.areas if code in areas)


def _areas_input(areas: Mapping[str, Births]) -> None:
    names = {code: _KIND(a.kind, name=area_words(a.name)) for code, a in areas.items()}

    def fill() -> None:
        if chosen := _chosen(areas):
            Visit().planning.births = sum(part.counted for part in chosen)

    st.multiselect(
        say("planning_areas.label"),
        list(names),
        format_func=lambda code: names[code],
        placeholder=say("planning_areas.none"),
        filter_mode="contains",
        key=PlanningChoices.areas.key,
        on_change=fill,
        persist_state="session",
    )


def _presets() -> None:
    """The two numbers of births for which the guide prints figures."""

    def ask(births: int) -> None:
        planning = Visit().planning
        planning.areas, planning.births = [], births

    with st.container(horizontal=True, gap="small"):
        for key, words, births in (
            (PlanningChoices.GUIDE, say("planning_areas.guide"), PER),
            (PlanningChoices.ENGLAND, say("planning_areas.england"), ENGLAND_BIRTHS),
        ):
            st.button(words, key=key, on_click=ask, args=(births,))


def _births_input() -> float:
    planning = Visit().planning
    if not planning.knows(PlanningChoices.births.key):
        planning.births = PER
    return st.number_input(
        say("planning_workforce.births"),
        min_value=0,
        max_value=MOST_BIRTHS,
        step=100,
        key=PlanningChoices.births.key,
        persist_state="session",
    )


def _about(chosen: Sequence[CountedArea]) -> None:
    """Of which year the births are, and what is not counted twice."""
    if not chosen:
        return
    total = parts.number(sum(part.counted for part in chosen))
    if len(chosen) == 1:
        area = chosen[0].area
        councils = say("planning_workforce.area_councils", count=area.councils)
        name = area_words(area.name)
        births = say("planning_workforce.area_births", name=name, births=total, councils=councils)
    else:
        births = say("planning_areas.births", count=len(chosen), births=total)
    said = [births]
    for part in chosen:
        if part.inside:
            held = join_words([area_words(name) for name in part.inside])
            said.append(say("planning_areas.once", name=area_words(part.area.name), held=held))
        if part.area.missing:
            silent = join_words([area_words(name) for name in part.area.missing])
            said.append(say("planning_areas.missing", names=silent))
    parts.small(" ".join([*dict.fromkeys(said), say("planning_workforce.area_old")]))


def area_rows(
    chosen: Sequence[CountedArea], result: Workforce
) -> list[tuple[str, str, str, str, str]]:
    """Each area with its births, those that count here, the people seen for these and the posts,
    then all together. `result` is that of them together."""
    rows = []
    for part in chosen:
        own = workforce(part.counted, result.assumptions)
        rows.append(
            (
                area_words(part.area.name),
                parts.number(part.area.births),
                parts.number(part.counted),
                parts.number(own.cases),
                parts.number(own.wte, 2),
            )
        )
    whole = (parts.number(result.births), parts.number(result.cases), parts.number(result.wte, 2))
    return [*rows, (say("planning_areas.together"), "–", *whole)]


def show_each(chosen: Sequence[CountedArea], result: Workforce) -> None:
    """A table of several areas, each by itself and all together; nothing for one."""
    if len(chosen) < 2:
        return
    header = (
        say("planning_areas.area"),
        say("planning_workforce.births"),
        say("planning_areas.counted"),
        say("planning_workforce.patients"),
        say("planning_workforce.wte"),
    )
    render(parts.table_html(say("planning_areas.caption"), header, area_rows(chosen, result)))
