"""A case against the criteria of several services, for somebody who refers.

Not for: the criteria (`eligibility`), or choosing services (`professionals_choosing`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Any

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.types import Answer, Match
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.professionals_choosing import choose_several
from mmhs_finder.channels.streamlit.question_form import QuestionForm, ask_rest, ask_safety
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.directory.models import FurtherNeed, Need, Pathway, Service
from mmhs_finder.directory.named import NEED_TERM
from mmhs_finder.eligibility import (
    Answers,
    Assessment,
    Question,
    Safety,
    answers_from_json,
    assess,
    elsewhere,
    names_of,
    needed_questions,
    pregnancy_questions,
)
from mmhs_finder.hours import LONDON, Opening
from mmhs_finder.nation import Nation
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.fit import assessment_card
from mmhs_finder.render.html.sheet import named, said_html
from mmhs_finder.views.line import line_view
from mmhs_finder.words import say


def show(finder: Finder, answer: Answer | None) -> None:
    """Draws the questions, and what the criteria of the chosen services say to the answers."""
    safety = ask_safety(QuestionForm(Visit().case, professional=True))
    if safety:
        _urgent(finder, answer, safety)
    if safety is Safety.UNSAFE:
        return
    render(
        Markup('<div class="notice" role="note"><p>{}</p></div>').format(
            say("professional.case_urgent", ways=say("professional.urgent_ways"))
        )
    )
    services = choose_several(finder.directory, answer)
    if not services:
        return
    intro = Markup('<p class="measure no-print">{}</p>')
    render(intro.format(say("professional.case_intro")))
    matches = _matches(finder, answer, services)
    asked, outcome = st.columns([2, 3], gap="large")
    with asked:
        answers = replace(_ask(matches), safety=safety)
    assessments = assess_all(matches, answer, answers, names_of(finder.directory))
    with outcome:
        counted = say("professional.case_count", count=len(assessments))
        render(
            Markup('<h2>{}</h2><p role="status" class="muted">{}</p>').format(
                say("professional.case_heading"), counted
            )
        )
        today = datetime.now(LONDON).date()
        render(said_html(answers, today))
        render(
            cards.stack(
                assessment_card(a, named(a.service), today=today, professional=True)
                for a in assessments
            )
        )
        render(cards.hint(say("professional.case_limits")))


def _ask(matches: Sequence[Match]) -> Answers:
    """The questions that matter for these services, as somebody who refers is asked them.

    What happened is known where it was said with the search.
    """
    visit = Visit()
    form = QuestionForm(visit.case, professional=True)
    happened = st.pills(
        say("professional.case_happened"),
        [n.value for n in (*Pathway, *FurtherNeed)],
        selection_mode="multi",
        default=[need.value for need in (*visit.pathways, *visit.further)],
        format_func=lambda p: NEED_TERM(p),
        key=form.key(Question.HAPPENED.value),
        wrap=True,
        persist_state="session",
    )
    given: dict[str, Any] = {"happened": list(happened or []) or None}
    needs: list[Need] = [n for n in (*Pathway, *FurtherNeed) if n.value in (happened or ())]
    asked = needed_questions(matches, needs, professional=True)
    ask_rest(form, asked, given, pregnancy_questions(matches))
    st.button(say("professional.case_clear"), on_click=_clear)
    return answers_from_json({k: v for k, v in given.items() if v is not None})


def _clear() -> None:
    case = Visit().case
    case.clear()
    case.choose_none(Question.HAPPENED.value)


def _urgent(finder: Finder, answer: Answer | None, safety: Safety) -> None:
    """Urgent help: no criterion matters before the person is safe."""
    at = answer.at if answer else datetime.now(LONDON)
    nation = answer.place.nation if answer else Nation.ENGLAND
    render(
        Markup('<h2>{}</h2><div class="alert" role="alert"><p>{}</p></div>').format(
            say("professional.not_safe_heading"), say("professional.urgent_ways")
        )
    )
    rows = cards.rows(line_view(offer, at) for offer in finder.urgent(nation, at))
    render(
        Markup('<article class="card card-small"><h3>{}</h3>{}</article>').format(
            say("professional.not_safe_lines"), rows
        )
    )
    if safety is Safety.UNSAFE:
        render(Markup("<p>{}</p>").format(say("professional.not_safe_after")))


def _matches(finder: Finder, answer: Answer | None, services: Sequence[Service]) -> list[Match]:
    """The chosen services, as the answer knows them: how sure it is that they serve the place."""
    known = {m.service.id: m for m in (*answer.mmhs, *answer.alternatives)} if answer else {}
    return [
        known.get(s.id)
        or Match(service=s, opening=Opening(), criteria=finder.directory.criteria.get(s.id))
        for s in services
    ]


def assess_all(
    matches: Sequence[Match],
    answer: Answer | None,
    answers: Answers,
    names: Mapping[str, str] = MappingProxyType({}),
) -> list[Assessment]:
    """Each service for this case, the best fit first.

    With an area searched for, a service that does not serve it counts as a neighbour: what was said
    about the area is about the local services, so it does not hold there. names: as `assess`.
    """
    found = []
    for match in matches:
        near = answer is not None and match.certainty is None
        said = elsewhere(answers) if near else answers
        of = match.service
        found.append(assess(of, match.criteria, said, match.certainty, neighbour=near, names=names))
    return sorted(found, key=lambda a: (a.outcome.place, a.via_gp))
