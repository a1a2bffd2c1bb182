"""Planning, workforce: births in, posts out, with every assumption to change and to put back.

Not for: the sums (`planning.workforce`), whose births (`planning_areas`), or several plans
(`planning_plans`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import planning_areas, planning_plans
from mmhs_finder.channels.streamlit import planning_parts as parts
from mmhs_finder.channels.streamlit.draw import download, render
from mmhs_finder.channels.streamlit.visit import PlanningChoices, Visit
from mmhs_finder.directory import Directory
from mmhs_finder.directory.named import area_words
from mmhs_finder.planning.workforce import (
    BANDS,
    FIGURES,
    Assumptions,
    Subject,
    Workforce,
    about,
    printed,
    workforce,
)
from mmhs_finder.tables.cells import csv_bytes
from mmhs_finder.words import say, texts

_POST: Final = texts("planning_workforce.post_{}", BANDS)
STEP: Final = texts("planning_workforce.step_{}", FIGURES)
"""The figures of `Workforce.figures` in words."""


def show(directory: Directory) -> None:
    parts.heading(say("planning_workforce.heading"), say("planning_workforce.intro"))
    areas = planning_areas.choose(directory)
    assumptions = _assumptions_input()
    result = workforce(float(Visit().planning.births or 0), assumptions)
    _show_result(result)
    planning_areas.show_each(areas, result)
    planning_plans.show([area_words(part.area.name) for part in areas], result)
    parts.small(say("planning.source", source=next(iter(about().values())).source))


def _times(one: Subject) -> float:
    return 100.0 if one.is_share else 1.0


def _as_shown(one: Subject) -> float:
    """The guide's own value."""
    return round(one.value * _times(one), 6)


def _assumptions_input() -> Assumptions:
    """Every assumption as a field; shares as per cent."""
    planning = Visit().planning
    for one in about().values():
        if not planning.knows(planning.assumption_key(one.name)):
            planning.assume(one.name, _as_shown(one))

    def reset() -> None:
        for one in about().values():
            Visit().planning.assume(one.name, _as_shown(one))

    with st.expander(say("planning_workforce.assumptions")):
        for one in about().values():
            _assumption_input(one)
        st.button(say("planning_workforce.reset"), on_click=reset, key=PlanningChoices.RESET)
    return Assumptions(
        **{
            one.name: round(planning.assumption(one.name) / _times(one), 8)
            for one in about().values()
        }
    )


def _assumption_input(one: Subject) -> None:
    times = _times(one)
    unit = one.unit.replace("share", "%", 1) if one.is_share else one.unit
    left, right = st.columns([2, 3], gap="medium", vertical_alignment="center")
    with left:
        st.number_input(
            f"{one.label} ({unit})",
            min_value=one.least * times,
            max_value=one.most * times,
            step=1.0 if times > 1 or one.most > 100 else 0.5,
            format="%g",
            key=PlanningChoices.assumption_key(one.name),
            persist_state="session",
        )
    with right:
        parts.small(
            say(
                "planning_workforce.assumption_help",
                value=parts.number(one.value * times, 3) + (" %" if one.is_share else ""),
                note=one.note,
                source=one.source,
            )
        )


def _show_result(result: Workforce) -> None:
    posts = {band.id: band for band in result.bands}
    text = say(
        "planning_workforce.result_text",
        cases=parts.number(result.cases),
        hours=parts.number(result.total_hours),
        wte=parts.number(result.wte, 1),
        **{key: parts.number(band.wte, 1) for key, band in posts.items()},
    )
    heading = say("planning_workforce.result", births=parts.number(result.births))
    render(Markup('<h2>{}</h2><p class="measure" role="status">{}</p>').format(heading, text))
    changed = result.assumptions.changed()
    if changed:
        parts.text(say("planning_workforce.changed_text", count=len(changed)))
    rows = [
        (
            _POST(band.id),
            parts.number(band.patients),
            parts.number(band.wte, 2),
            parts.number(band.guide_wte, 1),
        )
        for band in result.bands
    ]
    rows.append(
        (
            say("planning_workforce.post_all"),
            parts.number(sum(band.patients for band in result.bands)),
            parts.number(result.wte, 2),
            parts.number(result.guide_wte, 1),
        )
    )
    parts.chart_and_table(
        parts.written(
            parts.bars(
                [(_POST(b.id), b.wte, parts.number(b.wte, 1)) for b in result.bands],
                max([b.wte for b in result.bands] + [0.001]),
                say(
                    "planning_workforce.chart",
                    **{key: parts.number(band.wte, 1) for key, band in posts.items()},
                ),
            )
        ),
        "posts",
        say("planning_workforce.result_caption"),
        (
            say("planning_workforce.post"),
            say("planning_workforce.patients"),
            say("planning_workforce.wte"),
            say("planning_workforce.guide_wte"),
        ),
        rows,
    )
    parts.text(say("planning_workforce.rounding"), say("planning_workforce.twice"))
    with st.expander(say("planning_workforce.steps")):
        render(_steps_table(result))
    download(
        say("planning_workforce.download"),
        lambda: workforce_csv(result),
        "workforce.csv",
        "text/csv",
    )


def _digits(name: str) -> int:
    return 3 if name.startswith("hours_per_") else 2 if name.endswith("_wte") else 0


def step_rows(result: Workforce) -> list[tuple[str, str, str, str]]:
    """Each step: exact, as the guide prints it for these births, and why the two differ."""
    unchanged = not result.assumptions.changed()
    guide = {p.name: p for p in printed(result.births)} if unchanged else {}
    rows = []
    for name, value in result.figures().items():
        print_ = guide.get(name)
        rows.append(
            (
                STEP(name),
                parts.number(value, _digits(name)),
                parts.number(print_.value, 3) if print_ else "–",
                print_.note if print_ else "–",
            )
        )
    return rows


def _steps_table(result: Workforce) -> Markup:
    header = (
        say("planning_workforce.step"),
        say("planning_workforce.exact"),
        say("planning_workforce.printed"),
        say("planning_workforce.why"),
    )
    rows = step_rows(result)
    if all(row[2] == "–" for row in rows):
        return parts.table_html(
            say("planning_workforce.not_printed"),
            header[:2],
            [row[:2] for row in rows],
        )
    return parts.table_html(say("planning_workforce.steps_caption"), header, rows)


def workforce_csv(result: Workforce) -> bytes:
    """The result and what it assumes, for a spreadsheet."""
    header = (
        say("planning_workforce.csv_kind"),
        say("planning_workforce.step"),
        say("planning_workforce.exact"),
        say("planning_workforce.printed"),
        say("planning_workforce.csv_unit"),
        say("planning_workforce.csv_note"),
        say("planning_workforce.csv_source"),
    )
    source = next(iter(about().values())).source
    guide = {} if result.assumptions.changed() else {p.name: p for p in printed(result.births)}
    rows: list[Sequence[object]] = [
        (
            say("planning_workforce.csv_result"),
            say("planning_workforce.births"),
            result.births,
            *[""] * 4,
        )
    ]
    for name, value in result.figures().items():
        p = guide.get(name)
        rows.append(
            (
                say("planning_workforce.csv_result"),
                STEP(name),
                round(value, 6),
                p.value if p else "",
                p.unit if p else "",
                p.note if p else "",
                source,
            )
        )
    for one in about().values():
        value = getattr(result.assumptions, one.name)
        rows.append(
            (
                say("planning_workforce.csv_assumption"),
                one.label,
                value,
                one.value,
                one.unit,
                one.note,
                one.source,
            )
        )
    return csv_bytes(header, rows)
