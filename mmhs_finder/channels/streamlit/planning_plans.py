"""Planning, workforce: what posts cost by the visitor's own figures, and up to three plans side by
side.

Figures and plans stay in the memory of this visit. Not for: the sums (`planning.plans`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import planning_parts as parts
from mmhs_finder.channels.streamlit.draw import download, render
from mmhs_finder.channels.streamlit.visit import PlanningChoices, Visit
from mmhs_finder.planning.plans import MOST_PAY, NAMES, Plan
from mmhs_finder.planning.workforce import BANDS, Workforce, about
from mmhs_finder.tables.cells import csv_bytes
from mmhs_finder.words import join_words, say, texts

_PAY: Final = texts("planning_plans.pay_{}", BANDS)
_COST: Final = texts("planning_plans.cost_{}", BANDS)
_POST: Final = texts("planning_workforce.post_{}", BANDS)
_BLANK: Final = "–"


def show(areas: Sequence[str], result: Workforce) -> None:
    """Draws the fields for the cost of a post, the cost, and the plans that were kept.

    areas: the names of those whose births `result` is for.
    """
    parts.heading(say("planning_plans.cost"), say("planning_plans.cost_intro"))
    plan = Plan(result, tuple(areas), _pay_input())
    render(Markup('<p class="measure" role="status">{}</p>').format(cost_text(plan)))
    parts.heading(say("planning_plans.heading"), say("planning_plans.intro"))
    _keep_button(plan)
    kept = {name: replace(one, pay=plan.pay) for name, one in Visit().planning.plans.items()}
    if kept:
        _side_by_side(kept)


def _pay_input() -> dict[str, float]:
    """Pounds a year for one full-time post, by band, as far as somebody has typed them."""
    given = {}
    for band, column in zip(BANDS, st.columns(len(BANDS)), strict=True):
        with column:
            given[band] = st.number_input(
                _PAY(band),
                value=None,
                min_value=0,
                max_value=MOST_PAY,
                step=500,
                key=PlanningChoices.pay_key(band),
                persist_state="session",
            )
    return {band: float(pounds) for band, pounds in given.items() if pounds is not None}


def cost_text(plan: Plan) -> str:
    """The cost of all posts, or what is needed to say it."""
    if not plan.pay:
        return say("planning_plans.cost_none")
    if plan.cost is None:
        bands = join_words([_POST(band) for band in plan.unknown()])
        return say("planning_plans.cost_part", bands=bands)
    wte, pounds = parts.number(plan.result.wte, 2), parts.number(plan.cost)
    return say("planning_plans.cost_all", wte=wte, pounds=pounds)


def _keep_button(plan: Plan) -> None:
    free = next((name for name in NAMES if name not in Visit().planning.plans), None)

    def keep() -> None:
        planning = Visit().planning
        if free:
            planning.plans = dict(sorted([*planning.plans.items(), (free, plan)]))

    words = say("planning_plans.keep", name=free) if free else say("planning_plans.full")
    st.button(words, key=PlanningChoices.KEEP, on_click=keep, disabled=free is None)


def _side_by_side(kept: Mapping[str, Plan]) -> None:
    header, rows = plan_table(kept)
    render(parts.table_html(say("planning_plans.caption"), header, rows))

    def away(name: str) -> None:
        planning = Visit().planning
        planning.plans = {n: one for n, one in planning.plans.items() if n != name}

    with st.container(horizontal=True, gap="small"):
        download(
            say("planning_plans.download"),
            partial(plans_csv, kept),
            "workforce-plans.csv",
            "text/csv",
        )
        for name in kept:
            words = say("planning_plans.away", name=name)
            st.button(words, key=PlanningChoices.away_key(name), on_click=away, args=(name,))


def _named(name: str) -> str:
    return say("planning_plans.name", name=name)


def plan_table(kept: Mapping[str, Plan]) -> tuple[list[str], list[list[str]]]:
    """The heading and the rows of plans side by side, a column each."""
    header = [say("planning_plans.what"), *map(_named, kept)]
    plans = list(kept.values())

    def row(words: str, *cells: str) -> list[str]:
        return [words, *cells]

    def pounds(value: float | None) -> str:
        return _BLANK if value is None else say("planning_plans.pounds", pounds=parts.number(value))

    results = [plan.result for plan in plans]
    rows = [
        row(say("planning_plans.areas"), *(join_words(p.areas) or _BLANK for p in plans)),
        row(say("planning_workforce.births"), *(parts.number(r.births) for r in results)),
        row(say("planning_plans.changed"), *(changes_text(r) for r in results)),
        row(say("planning_workforce.patients"), *(parts.number(r.cases) for r in results)),
    ]
    for n, band in enumerate(BANDS):
        rows.append(row(_POST(band), *(parts.number(r.bands[n].wte, 2) for r in results)))
    rows.append(row(say("planning_workforce.post_all"), *(parts.number(r.wte, 2) for r in results)))
    if any(plan.pay for plan in plans):
        for band in BANDS:
            rows.append(row(_COST(band), *(pounds(p.costs().get(band)) for p in plans)))
        rows.append(row(say("planning_plans.cost_whole"), *(pounds(p.cost) for p in plans)))
    return header, rows


def changes_text(result: Workforce) -> str:
    """The assumptions that differ from the guide's, each with its value; or that none does."""
    changed = []
    for name in result.assumptions.changed():
        one = about()[name]
        value = getattr(result.assumptions, name) * (100 if one.is_share else 1)
        shown = parts.number(value, 3) + ("\u00a0%" if one.is_share else "")
        changed.append(say("planning_plans.change", label=one.label, value=shown))
    return "; ".join(changed) or say("planning_plans.unchanged")


def plans_csv(kept: Mapping[str, Plan]) -> bytes:
    """Plans side by side for a spreadsheet: exact figures, then every assumption."""
    plans = list(kept.values())
    header = [say("planning_plans.what"), *map(_named, kept), say("planning_workforce.csv_source")]
    source = next(iter(about().values())).source
    own = say("planning_plans.csv_own")
    rows: list[list[object]] = [
        [say("planning_plans.areas"), *(join_words(p.areas) for p in plans), ""],
        [say("planning_workforce.births"), *(p.result.births for p in plans), ""],
        [say("planning_workforce.patients"), *(round(p.result.cases, 6) for p in plans), source],
    ]
    for n, band in enumerate(BANDS):
        posts = (round(p.result.bands[n].wte, 6) for p in plans)
        rows.append([_POST(band), *posts, source])
    rows.append(
        [say("planning_workforce.post_all"), *(round(p.result.wte, 6) for p in plans), source]
    )
    for band in BANDS:
        rows.append([_PAY(band), *((p.pay or {}).get(band, "") for p in plans), own])
        costs = (p.costs().get(band) for p in plans)
        rows.append([_COST(band), *("" if c is None else round(c, 2) for c in costs), own])
    whole = ("" if p.cost is None else round(p.cost, 2) for p in plans)
    rows.append([say("planning_plans.cost_whole"), *whole, own])
    for one in about().values():
        values = (getattr(p.result.assumptions, one.name) for p in plans)
        rows.append([f"{one.label} ({one.unit})", *values, one.source])
    return csv_bytes(header, rows)
