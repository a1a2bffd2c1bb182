"""The questions and what follows from them: outcomes with reasons, next steps, words to take along.

Answers live in the session only; "start again" clears them.
Not for: rules (`eligibility`), what to offer next (`signposting`), or the widgets
(`question_form`).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.types import Answer, Outcome
from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.question_form import QuestionForm, ask_rest, ask_safety
from mmhs_finder.channels.streamlit.search import needs_choice
from mmhs_finder.channels.streamlit.take_away import show_take_away
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.directory.named import nation_words
from mmhs_finder.eligibility import (
    Answers,
    Need,
    Safety,
    answers_from_json,
    better_elsewhere,
    names_of,
    needed_questions,
    pregnancy_questions,
    rank,
    still_there,
)
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.fit import assessment_card, step_card
from mmhs_finder.signposting.steps import next_steps
from mmhs_finder.views.steps import step_view
from mmhs_finder.words import say

_STEPS_SHOWN: Final = 5
_MOST_ELSEWHERE: Final = 2
"""Services for other areas that are shown at once, where they fit better than the local one."""


def ask_for_safety() -> Safety | None:
    """The one question before all others."""
    return ask_safety(QuestionForm(Visit().answers))


def show_urgent(finder: Finder, answer: Answer, safety: Safety) -> None:
    """Urgent help. Nothing else follows for somebody who is not safe: no question is asked."""
    st.header(say("result.urgent_heading"), anchor=False)
    for step in next_steps(finder, answer, Answers(safety=Safety.UNSAFE)):
        render(step_card(step_view(replace(step, title=""), answer.at)))
    unsafe = safety is Safety.UNSAFE
    after = say("check_page.safe_after") if unsafe else say("check_page.safe_unsure")
    render(Markup("<p>{}</p>").format(after))


def intro(answer: Answer) -> str:
    """What the questions are for: the services of this place, or other help where none is known."""
    if answer.mmhs:
        return say("check_page.intro", place=answer.place.label)
    return say("check_page.intro_elsewhere", place=answer.place.label)


def ask(answer: Answer, safety: Safety | None = None) -> Answers:
    """Draws the questions that matter for the services of this place; every one may be left out."""
    happened: tuple[Need, ...] = (*answer.needs, *Visit().further)
    given: dict[str, Any] = {"happened": [need.value for need in happened] or None}
    local = still_there(answer.mmhs)
    matches = local or answer.neighbours
    needed = needed_questions(matches, happened, neighbours=not local)
    with st.container(key="questions"):
        needs_choice()
        form = QuestionForm(Visit().answers)
        ask_rest(form, needed, given, pregnancy_questions(matches))
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
    assessments = rank(answer, answers, names_of(finder.directory))
    local = {m.service.id for m in answer.mmhs}
    own = [a for a in assessments if a.service.id in local]
    st.header(say("check_page.outcome_heading"), anchor=False)
    if own:
        render(cards.stack(assessment_card(a) for a in own))
    else:
        render(Markup("<p>{}</p>").format(_none_known(answer)))
    better = better_elsewhere(assessments)[:_MOST_ELSEWHERE]
    if better:
        st.header(say("check_page.better_heading"), anchor=False)
        render(cards.stack(assessment_card(a) for a in better))
    if rest := [a for a in assessments if a.via_gp and a not in better]:
        with st.expander(say("check_page.neighbours", count=len(rest))):
            render(cards.stack(assessment_card(a) for a in rest))
    st.header(say("check_page.next_heading"), anchor=False)
    render(Markup("<p>{}</p>").format(say("check_page.next_intro")))
    steps = next_steps(finder, answer, answers, assessments)
    for step in steps[:_STEPS_SHOWN]:
        render(step_card(step_view(step, answer.at)))
    if steps[_STEPS_SHOWN:]:
        with st.expander(say("check_page.more", count=len(steps) - _STEPS_SHOWN)):
            for step in steps[_STEPS_SHOWN:]:
                render(step_card(step_view(step, answer.at)))
    show_take_away(answer, answers, assessments, steps)
    st.page_link(site.FIND_SUPPORT, label=say("check_page.back"), icon=":material/arrow_back:")


def _none_known(answer: Answer) -> str:
    if answer.outcome is not Outcome.OTHER_NATION:
        return say("check_page.no_service")
    if answer.devolved:
        return say("nation.text", nation=nation_words(answer.place.nation))
    return say("nation.crown")
