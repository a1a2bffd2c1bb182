"""Coverage as tables: every area of a level, and the gap list with its weights.

Not for: the values and their order (`mmhs_finder.coverage`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit.draw import download, render
from mmhs_finder.channels.streamlit.visit import CoverageChoices, Visit
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.gaps import PRESETS, Gap, Preset, Scaling, Weights, preset_of
from mmhs_finder.coverage.measures import GAP_MEASURES, Measure
from mmhs_finder.coverage.rows import matching
from mmhs_finder.coverage.values import WITHOUT, Level, Value
from mmhs_finder.coverage.where import Where
from mmhs_finder.coverage.wording import (
    VALUE,
    in_words,
    map_title,
    measure_words,
    nearest_words,
)
from mmhs_finder.directory.named import area_words
from mmhs_finder.render.files.coverage import file_name, gaps_csv
from mmhs_finder.render.html.coverage import rows_html, value_cell
from mmhs_finder.render.html.tables import TableRow, table
from mmhs_finder.words import number, say, texts

PER_PAGE: Final = 15
_COLUMN: Final = texts(
    "coverage.column_{}",
    ("area", "value", "need", "births", "women", "imd", "nearest"),
)
_WEIGHTS: Final = ("births", "women", "deprivation")
_WEIGHT: Final = texts("coverage.weight_{}", _WEIGHTS)
_PRESET: Final = texts("coverage_preset.{}", Preset)
_SCALING: Final = texts("coverage_scaling.{}", Scaling)


# --- every area --------------------------------------------------------------------------------


def show_table(coverage: Coverage, level: Level, measure: Measure, where: Where) -> str:
    """Draws the rows, and returns the text that they were filtered by."""
    st.header(say("coverage.table_heading"), anchor=False)
    text: str | None = ""
    if level is not Level.REGION:
        text = st.text_input(
            say("coverage.table_filter"),
            key=CoverageChoices.filter.key,
            max_chars=60,
            persist_state="session",
        )
    rows = matching(coverage.rows(level, measure, where), text or "")
    if not rows:
        render(Markup("<p>{}</p>").format(say("coverage.table_none")))
        return text or ""
    with st.container(key="coverage-table"):
        first, last = page_of(len(rows), CoverageChoices.page_key(level), PER_PAGE)
        caption = say(
            "coverage.table_caption",
            title=map_title(level, measure, where),
            count=len(rows),
        )
        render(rows_html(rows[first:last], level, measure, caption))
    return text or ""


def page_of(count: int, key: str, per_page: int) -> tuple[int, int]:
    """The first and last row to show, from 0, after buttons to move. Nothing to move: none."""
    pages = max(1, -(-count // per_page))
    page = min(Visit().coverage.page(key), pages - 1)
    first, last = page * per_page, min(count, (page + 1) * per_page)
    if pages > 1:
        with st.container(horizontal=True, key=f"{key}-pager", vertical_alignment="center"):
            st.button(
                say("coverage.previous"),
                disabled=page == 0,
                on_click=_go,
                args=(key, page - 1),
                key=CoverageChoices.turn_key(key, "previous"),
            )
            words = say("coverage.page_of", first=first + 1, last=last, count=count)
            render(Markup('<p role="status" class="pager">{}</p>').format(words))
            st.button(
                say("coverage.next"),
                disabled=page == pages - 1,
                on_click=_go,
                args=(key, page + 1),
                key=CoverageChoices.turn_key(key, "next"),
            )
    return first, last


def _go(key: str, page: int) -> None:
    Visit().coverage.turn(key, page)


# --- gaps -----------------------------------------------------------------------------------------


def show_gaps(coverage: Coverage, measure: Measure, where: Where) -> None:
    st.header(say("coverage.gaps_heading"), anchor=False)
    if measure not in GAP_MEASURES:
        render(Markup("<p>{}</p>").format(say("coverage.gaps_other")))
        return
    what = _inside_a_sentence(measure_words(measure))
    render(Markup('<p class="measure">{}</p>').format(say("coverage.gaps_intro", what=what)))
    weights, scaling, values = _gap_choices()
    found = coverage.gaps(measure, weights, scaling, values, where)
    if not found:
        render(Markup("<p>{}</p>").format(say("coverage.gaps_none")))
        return
    births = sum(g.row.births or 0 for g in found)
    all_births = coverage.shares(measure, where).births
    counted = say(
        "coverage.gaps_count",
        where=in_words(where),
        count=len(found),
        percent=number(100 * births / all_births if all_births else 0, 1),
    )
    render(Markup("<p><strong>{}</strong></p>").format(counted))
    with st.container(key="coverage-gaps"):
        first, last = page_of(len(found), CoverageChoices.GAP_PAGE, PER_PAGE)
        render(gaps_html(found, first, last, measure))
        download(
            say("coverage.gaps_csv"),
            lambda: gaps_csv(found, coverage, measure, weights, scaling, where),
            file_name(coverage, f"gaps-{measure.value}", where, "csv"),
            "text/csv",
        )


def _inside_a_sentence(words: str) -> str:
    """ "NHS Talking Therapies" as it is, "Self-referral" as "self-referral"."""
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def _gap_choices() -> tuple[Weights, Scaling, tuple[Value, ...]]:
    with st.container(key="coverage-weights"):
        choices = Visit().coverage
        choices.weigh(choices.weights())
        _presets(choices)
        with st.expander(say("coverage.weights_own")):
            columns = st.columns(3, gap="medium")
            for column, name in zip(columns, _WEIGHTS, strict=True):
                with column:
                    st.slider(
                        _WEIGHT(name),
                        0,
                        10,
                        key=CoverageChoices.weight_key(name),
                        persist_state="session",
                        help=say("coverage.weight_help"),
                    )
            scaling = st.radio(
                say("coverage.scaling_label"),
                [s.value for s in Scaling],
                format_func=lambda s: _SCALING(s),
                horizontal=True,
                key=CoverageChoices.scaling.key,
                persist_state="session",
                help=say("coverage.scaling_help"),
            )
        options = (*reversed(WITHOUT), Value.PART)
        values = st.pills(
            say("coverage.gaps_values"),
            [v.value for v in options],
            default=[v.value for v in options],
            selection_mode="multi",
            format_func=lambda v: VALUE(v),
            key=CoverageChoices.gap_values.key,
            persist_state="session",
            wrap=True,
        )
    return choices.weights(), Scaling(scaling), tuple(Value(v) for v in values or ())


def _presets(choices: CoverageChoices) -> None:
    """Weights with a name. One is marked as chosen when the sliders stand where it puts them."""
    preset = preset_of(choices.weights())
    choices.preset = preset.value if preset else None

    def weigh() -> None:
        if choices.preset:
            choices.weigh(PRESETS[Preset(choices.preset)])

    st.segmented_control(
        say("coverage.preset_label"),
        [p.value for p in Preset],
        format_func=lambda p: _PRESET(p),
        key=CoverageChoices.preset.key,
        on_change=weigh,
    )


def gaps_html(found: Sequence[Gap], first: int, last: int, measure: Measure) -> Markup:
    """Rows `first` to `last` of the gap list, every figure with its year in the heading."""
    head = [_COLUMN(c) for c in ("area", "value", "need", "births", "women", "imd", "nearest")]
    body = []
    for place, gap in enumerate(found[first:last], start=first + 1):
        row = gap.row
        cells: list[str | Markup] = [
            value_cell(measure, row),
            number(gap.need, 2),
            number(row.births or 0),
            number(row.women or 0),
            "" if row.imd is None else number(row.imd, 1),
            nearest_words(gap.nearest, gap.km),
        ]
        body.append(TableRow(f"{place}. {area_words(row.name)}", cells))
    return table(say("coverage.gaps_caption"), head, body, "coverage-table")
