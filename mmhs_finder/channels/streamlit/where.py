"""The part of England that a visitor looks at: one choice of a visit, on every page that asks.

Chosen on "Coverage" it holds on "Planning", and the other way round.
Not for: which areas lie in a place (`Coverage.holds`), or where a person lives (`search`).
"""

from __future__ import annotations

import streamlit as st

from mmhs_finder.channels.streamlit.visit import CoverageChoices, Visit
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import where_words
from mmhs_finder.words import say


def choose_where(coverage: Coverage) -> Where:
    """Draws the choice, once on a page, and returns what is chosen; at first England."""
    choices = Visit().coverage
    code = st.selectbox(
        say("coverage.where_label"),
        [place.code for place in coverage.places],
        format_func=lambda c: where_words(coverage.place(c) or ENGLAND),
        filter_mode="contains",
        key=CoverageChoices.where.key,
        on_change=choices.begin_lists,
        persist_state="session",
    )
    return coverage.place(code or "") or ENGLAND
