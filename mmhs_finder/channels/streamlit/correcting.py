"""The form "Tell us if something is wrong" on the About page.

The service of the last search is chosen in it. What is written stays with the visit until it is
sent, and is then let go of. Not for: what it asks and what comes of it (`views.suggesting`).
"""

from __future__ import annotations

from datetime import datetime

import streamlit as st

from mmhs_finder.application import served
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import CorrectionForm, Visit
from mmhs_finder.curation.suggestions import LONGEST, HowKnown, WrongFact
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Service
from mmhs_finder.hours import LONDON
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.suggesting import correction_heading, submit_words, told_html
from mmhs_finder.views.suggesting import (
    FACT,
    HOW,
    CorrectionTold,
    CorrectionTyped,
    entries,
    somebody_reads,
    tell,
)
from mmhs_finder.words import say

MOST_A_VISIT = 5
"""How many somebody can send in one visit: a person who checks a region comes back tomorrow."""


def show(directory: Directory, services: list[Service]) -> None:
    """Draws the form, and what came of it. services: of the last search; the first is chosen."""
    if not somebody_reads():
        return
    form = Visit().correction
    with st.container(key="correction"):
        render(correction_heading())
        with st.container(key="status-correction"):
            if form.told is not None:
                render(told_html(form.told))
        _fields(form, entries(directory), services)


def _fields(form: CorrectionForm, known: dict[str, str], services: list[Service]) -> None:
    if not form.knows(form.entry_key) and services and services[0].id in known:
        form.session[form.entry_key] = services[0].id
    if form.entry not in (None, *known):
        form.session[form.entry_key] = None
    with st.form("correction-form", border=False):
        st.selectbox(
            say("suggest.entry"),
            list(known),
            index=None,
            format_func=lambda key: known.get(key, key),
            placeholder=say("suggest.entry_type"),
            key=form.entry_key,
        )
        st.selectbox(
            say("suggest.fact"),
            list(WrongFact),
            index=None,
            format_func=FACT,
            placeholder=say("suggest.choose"),
            key=form.fact_key,
        )
        render(cards.hint(say("suggest.right_hint", most=LONGEST)))
        st.text_area(say("suggest.right"), max_chars=LONGEST, key=form.right_key)
        st.radio(say("suggest.how"), list(HowKnown), index=None, format_func=HOW, key=form.how_key)
        st.text_input(say("suggest.link"), max_chars=LONGEST, autocomplete="off", key=form.link_key)
        st.form_submit_button(submit_words(), type="primary", on_click=_send)


def _send() -> None:
    form = Visit().correction
    if form.sent >= MOST_A_VISIT:
        form.told = CorrectionTold({}, say("suggest.title"), say("suggest.often"))
        return
    typed = CorrectionTyped(
        form.entry or "", form.fact or "", form.right or "", form.how or "", form.link or ""
    )
    form.told = tell(typed, served().directory, datetime.now(LONDON).date())
    if not form.told.problems:
        form.sent += 1
        form.clear()
