"""The questions and what follows from them: outcomes with reasons, next steps, words to take along.

Answers live in the session only; "start again" clears them.
Not for: what is told, and in which order (`views.outcome`), or the widgets (`question_form`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.types import Answer
from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.question_form import QuestionForm, ask_rest, ask_safety
from mmhs_finder.channels.streamlit.search import needs_choice
from mmhs_finder.channels.streamlit.take_away import show_take_away
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.directory.models import Need
from mmhs_finder.eligibility import Answers, Question, Safety, answers_from_json
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.fit import (
    assessment_card,
    folded_step,
    part_heading,
    step_card,
    verdict_action,
    verdict_said,
)
from mmhs_finder.views.outcome import (
    NEXT_PART,
    STEPS_SHOWN,
    AskedView,
    FitVerdict,
    OutcomeView,
    UrgentView,
)
from mmhs_finder.views.questions import NEED
from mmhs_finder.words import join_words, say


def ask_for_safety() -> Safety | None:
    """The one question before all others."""
    return ask_safety(QuestionForm(Visit().answers))


def show_urgent(view: UrgentView) -> None:
    """Urgent help. Nothing else follows for somebody who is not safe: no question is asked."""
    st.header(view.heading, anchor=False)
    for step in view.steps:
        render(step_card(step))
    render(Markup("<p>{}</p>").format(view.after))


@dataclass(frozen=True)
class Asked:
    """What she has said, and how many questions have no answer yet."""

    answers: Answers
    left: int


def ask(
    asked: AskedView, happened: Sequence[Need], safety: Safety | None = None, *, by_search: bool
) -> Asked:
    """Draws the questions that matter for the services of a place; every one may be left out.

    happened: everything that was said with the search. by_search: the search stands on the page
    and asks what happened.
    """
    given: dict[str, Any] = {"happened": [need.value for need in happened] or None}
    form = QuestionForm(Visit().answers, folds=True)
    first = next((q for q in asked.questions if q is not Question.HAPPENED), Question.HAPPENED)
    form.answers.open_first((first if happened else Question.HAPPENED).value)
    with st.container(key="questions"):
        if not by_search:
            _happened(form, happened)
        left = ask_rest(form, asked.questions, given, asked.in_pregnancy)
    said = answers_from_json({k: v for k, v in given.items() if v is not None})
    return Asked(replace(said, safety=safety), len(left) + (not happened))


def _happened(form: QuestionForm, happened: Sequence[Need]) -> None:
    words = say("question.happened")
    named = join_words([NEED(need) for need in happened])
    label = say("check_page.said", question=words, said=named) if named else words
    is_open = form.answers.opened == Question.HAPPENED.value
    with st.expander(label, key=form.key("fold_happened"), expanded=is_open):
        needs_choice()


def clear_button() -> None:
    st.button(say("check_page.clear"), on_click=_clear)


def show_verdict(view: FitVerdict) -> None:
    """In sight while she answers, and said when it changes (`status.js`): the next thing to do."""
    with st.container(key="verdict"):
        with st.container(key="status-verdict"):
            render(verdict_said(view))
        render(verdict_action(view))


def _clear() -> None:
    visit = Visit()
    visit.answers.clear()
    visit.needs = []
    visit.scripts.clear()


def show_outcome(answer: Answer, answers: Answers, view: OutcomeView) -> None:
    """Each service with its outcome and reasons, then the next steps, then what to take along."""
    st.header(say("check_page.outcome_heading"), anchor=False)
    if view.own:
        render(cards.stack(assessment_card(a, today=view.today) for a in view.own))
    else:
        render(Markup("<p>{}</p>").format(view.none_known))
    if view.better:
        st.header(say("check_page.better_heading"), anchor=False)
        render(cards.stack(assessment_card(a, today=view.today) for a in view.better))
    if view.rest:
        with st.expander(say("check_page.neighbours", count=len(view.rest))):
            render(cards.stack(assessment_card(a, today=view.today) for a in view.rest))
    show_take_away(answer, answers, view)
    render(part_heading(NEXT_PART, say("check_page.next_heading")))
    render(Markup("<p>{}</p>").format(say("check_page.next_intro")))
    for step in view.steps[:STEPS_SHOWN]:
        render(step_card(step))
    if rest := view.steps[STEPS_SHOWN:]:
        with st.expander(say("check_page.more", count=len(rest))):
            for step in rest:
                render(step_card(step))
    if view.urgent:
        render(folded_step(view.urgent))
    st.page_link(site.FIND_SUPPORT, label=say("check_page.back"), icon=":material/arrow_back:")
