"""The questions and what follows from them: outcomes with reasons, next steps, words to take along.

Answers live in the session only; "start again" clears them.
Not for: what is told, and in which order (`views.outcome`), or the widgets (`question_form`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.types import Answer
from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.question_form import QuestionForm, ask_rest, ask_safety
from mmhs_finder.channels.streamlit.search import needs_choice
from mmhs_finder.channels.streamlit.take_away import show_take_away
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.directory.models import Need
from mmhs_finder.eligibility import Answers, Safety, answers_from_json
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.fit import assessment_card, step_card
from mmhs_finder.views.outcome import STEPS_SHOWN, AskedView, UrgentView, outcome_view
from mmhs_finder.words import say


def ask_for_safety() -> Safety | None:
    """The one question before all others."""
    return ask_safety(QuestionForm(Visit().answers))


def show_urgent(view: UrgentView) -> None:
    """Urgent help. Nothing else follows for somebody who is not safe: no question is asked."""
    st.header(view.heading, anchor=False)
    for step in view.steps:
        render(step_card(step))
    render(Markup("<p>{}</p>").format(view.after))


def ask(asked: AskedView, happened: Sequence[Need], safety: Safety | None = None) -> Answers:
    """Draws the questions that matter for the services of a place; every one may be left out.

    happened: everything that was said with the search.
    """
    given: dict[str, Any] = {"happened": [need.value for need in happened] or None}
    with st.container(key="questions"):
        needs_choice()
        form = QuestionForm(Visit().answers)
        ask_rest(form, asked.questions, given, asked.in_pregnancy)
    st.button(say("check_page.clear"), on_click=_clear)
    said = answers_from_json({k: v for k, v in given.items() if v is not None})
    return replace(said, safety=safety)


def _clear() -> None:
    visit = Visit()
    visit.answers.clear()
    visit.needs = []
    visit.scripts.clear()


def show_outcome(finder: Finder, answer: Answer, answers: Answers) -> None:
    """Each service with its outcome and reasons, then the next steps, then what to take along."""
    view = outcome_view(finder, answer, answers)
    st.header(say("check_page.outcome_heading"), anchor=False)
    if view.own:
        render(cards.stack(assessment_card(a) for a in view.own))
    else:
        render(Markup("<p>{}</p>").format(view.none_known))
    if view.better:
        st.header(say("check_page.better_heading"), anchor=False)
        render(cards.stack(assessment_card(a) for a in view.better))
    if view.rest:
        with st.expander(say("check_page.neighbours", count=len(view.rest))):
            render(cards.stack(assessment_card(a) for a in view.rest))
    st.header(say("check_page.next_heading"), anchor=False)
    render(Markup("<p>{}</p>").format(say("check_page.next_intro")))
    for step in view.steps[:STEPS_SHOWN]:
        render(step_card(step))
    if rest := view.steps[STEPS_SHOWN:]:
        with st.expander(say("check_page.more", count=len(rest))):
            for step in rest:
                render(step_card(step))
    show_take_away(answer, answers, view)
    st.page_link(site.FIND_SUPPORT, label=say("check_page.back"), icon=":material/arrow_back:")
