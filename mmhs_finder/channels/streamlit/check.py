"""The questions and what follows from them: outcomes with reasons, next steps, words to take along.

Answers live in the session only; "start again" clears them.
Not for: rules (`eligibility`), what to offer next (`signposting`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.finder import Finder
from mmhs_finder.answers.types import Answer, Match
from mmhs_finder.answers.types import Outcome as AnswerOutcome
from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.streamlit.search import needs_choice
from mmhs_finder.channels.streamlit.take_away import forget_scripts, show_take_away
from mmhs_finder.directory.models import Pathway, Status
from mmhs_finder.eligibility import (
    FOLLOWS,
    UNANSWERED,
    Answers,
    Assessment,
    Finding,
    Outcome,
    Question,
    State,
    answers_from_json,
    better_elsewhere,
    choices,
    needed_questions,
    question_text,
    rank,
)
from mmhs_finder.hours import LONDON
from mmhs_finder.render.html import cards
from mmhs_finder.render.html import pieces as html
from mmhs_finder.signposting.steps import NextStep, next_steps
from mmhs_finder.words import all_words, say

WHEN_UNITS = ("weeks_since", "months_since", "years_since", "event_date")
KNOWN_WEEKS = "known_weeks"
_UNIT_MOST = {"weeks_since": 520, "months_since": 240, "years_since": 60}
_MOST_WEEKS_PREGNANT = 42
_OLDEST_EVENT = timedelta(days=60 * 366)
_STEPS_SHOWN = 5
_MOST_ELSEWHERE = 2
"""Services for other areas that are shown at once, where they fit better than the local one."""

_MOST_IN_A_LINE = 6
"""More choices than these are easier to find one under the other, on a phone above all."""


@dataclass(frozen=True)
class Form:
    """Who is asked: where the answers are kept in the session, and in whose words."""

    prefix: str = "answer"
    professional: bool = False

    def key(self, name: str) -> str:
        return f"{self.prefix}_{name}"

    def question(self, question: Question) -> str:
        if self.professional:
            return say(f"professional_question.{question.value}")
        return question_text(question)

    def choices(self, question: Question) -> dict[str, str]:
        """The choices of a question by value, in words."""
        found = dict(choices(question))
        if not self.professional:
            return found
        own = {c for c in found if f"professional_choice.{c}" in all_words()}
        return {c: say(f"professional_choice.{c}") if c in own else w for c, w in found.items()}


_OWN = Form()


def asks_for_safety() -> bool:
    """The one question before all others. True when the person does not feel safe now."""
    return st.checkbox(say("check_page.not_safe"), key="answer_not_safe", persist_state="session")


def show_urgent(finder: Finder, answer: Answer) -> None:
    """Urgent help and nothing else: no question is asked of somebody who is not safe."""
    st.header(say("result.urgent_heading"), anchor=False)
    for step in next_steps(finder, answer, Answers(not_safe_now=True)):
        _step(replace(step, title=""), answer.at)
    html.render(Markup("<p>{}</p>").format(say("check_page.safe_after")))


def intro(answer: Answer) -> str:
    """What the questions are for: the services of this place, or other help where none is known."""
    words = "check_page.intro" if answer.mmhs else "check_page.intro_elsewhere"
    return say(words, place=answer.place.label)


def ask(answer: Answer) -> Answers:
    """Draws the questions that matter for the services of this place; every one may be left out."""
    given: dict[str, Any] = {"happened": [need.value for need in answer.needs] or None}
    needed = needed_questions(answer.mmhs or answer.neighbours, neighbours=not answer.mmhs)
    with st.container(key="questions"):
        needs_choice()
        _ask_rest(_OWN, needed, given)
    st.button(say("check_page.clear"), on_click=_clear)
    return answers_from_json({k: v for k, v in given.items() if v is not None})


def ask_professional(
    matches: Sequence[Match], prefix: str, needs: Sequence[Pathway] = ()
) -> Answers:
    """The questions that matter for these services, as somebody who refers is asked them.

    prefix: of the keys of the answers in the session, so that they are nobody else's.
    needs: what happened, where it was said with the search.
    """
    form = Form(prefix, professional=True)
    happened = st.pills(
        say("professional.case_happened"),
        [p.value for p in Pathway],
        selection_mode="multi",
        default=[need.value for need in needs],
        format_func=lambda p: say(f"sheet_row.{p}"),
        key=form.key(Question.HAPPENED.value),
        wrap=True,
        persist_state="session",
    )
    given: dict[str, Any] = {"happened": list(happened or []) or None}
    _ask_rest(form, needed_questions(matches, professional=True), given)
    st.button(say("professional.case_clear"), on_click=_clear_professional, args=(form,))
    return answers_from_json({k: v for k, v in given.items() if v is not None})


def _ask_rest(form: Form, questions: Sequence[Question], given: dict[str, Any]) -> None:
    """Draws every question after "what happened", and adds what is answered to `given`."""
    for question in questions:
        if question is Question.HAPPENED or not _follows(question, given):
            continue
        if question is Question.WHEN:
            given |= _when(form, several=len(given["happened"] or ()) > 1)
        elif question is Question.WEEKS_PREGNANT:
            given[question.value] = _weeks_pregnant(form)
        else:
            given[question.value] = _choice(form, question)


def _follows(question: Question, given: dict[str, Any]) -> bool:
    first = FOLLOWS.get(question)
    if first is None:
        return True
    if first is Question.HAPPENED:
        return "loss" in (given["happened"] or ())
    return given.get(first.value) == "yes"


def _choice(form: Form, question: Question) -> str | None:
    words = form.choices(question)
    chosen: str | None = st.radio(
        form.question(question),
        list(words),
        index=None,
        format_func=lambda value: words[value],
        key=form.key(question.value),
        horizontal=len(words) <= _MOST_IN_A_LINE,
        persist_state="session",
    )
    return chosen


def _weeks_pregnant(form: Form) -> int | None:
    question = Question.WEEKS_PREGNANT
    unanswered = form.choices(question)
    known = st.radio(
        form.question(question),
        (KNOWN_WEEKS, *UNANSWERED),
        index=None,
        format_func=lambda o: unanswered[o] if o in UNANSWERED else say(f"check_page.{o}"),
        key=form.key(KNOWN_WEEKS),
        horizontal=True,
        persist_state="session",
    )
    if known != KNOWN_WEEKS:
        return None
    weeks: int | None = st.number_input(
        say("check_page.number_label", unit=say("check_page.weeks")),
        min_value=1,
        max_value=_MOST_WEEKS_PREGNANT,
        value=None,
        step=1,
        key=form.key(question.value),
        placeholder=say("check_page.number_placeholder"),
        persist_state="session",
    )
    return weeks


def _when(form: Form, *, several: bool) -> dict[str, Any]:
    words = say("check_page.when_several") if several else form.question(Question.WHEN)
    options = (*WHEN_UNITS, *UNANSWERED)
    unanswered = form.choices(Question.WHEN)
    unit = st.radio(
        words,
        options,
        index=None,
        format_func=lambda o: unanswered[o] if o in UNANSWERED else say(f"check_page.{o}"),
        key=form.key(Question.WHEN.value),
        horizontal=True,
        persist_state="session",
    )
    if unit is None or unit in UNANSWERED:
        return {}
    if unit == "event_date":
        today = datetime.now(LONDON).date()
        day: date | None = st.date_input(
            say("check_page.date_label"),
            value=None,
            min_value=today - _OLDEST_EVENT,
            max_value=today,
            format="DD/MM/YYYY",
            key=form.key("event_date"),
            persist_state="session",
        )
        return {unit: day.isoformat()} if day else {}
    number = st.number_input(
        say("check_page.number_label", unit=say(f"check_page.{unit}").lower()),
        min_value=0,
        max_value=_UNIT_MOST[unit],
        value=None,
        step=1,
        key=form.key(unit),
        placeholder=say("check_page.number_placeholder"),
        persist_state="session",
    )
    return {} if number is None else {unit: number}


def _clear() -> None:
    _forget(_OWN)
    st.session_state.needs = []
    forget_scripts()


def _clear_professional(form: Form) -> None:
    _forget(form)
    st.session_state[form.key(Question.HAPPENED.value)] = []


def _forget(form: Form) -> None:
    """Empties every answer. One that were only deleted would still look chosen in the browser."""
    for key in [str(k) for k in st.session_state if str(k).startswith(f"{form.prefix}_")]:
        st.session_state[key] = False if isinstance(st.session_state[key], bool) else None


def show_outcome(finder: Finder, answer: Answer, answers: Answers) -> None:
    """Each service with its outcome and reasons, then the next steps, then what to take along."""
    assessments = rank(answer, answers)
    local = {m.service.id for m in answer.mmhs}
    own = [a for a in assessments if a.service.id in local]
    st.header(say("check_page.outcome_heading"), anchor=False)
    if own:
        html.render(cards.stack(assessment_card(a) for a in own))
    else:
        html.render(Markup("<p>{}</p>").format(_none_known(answer)))
    better = better_elsewhere(assessments)[:_MOST_ELSEWHERE]
    if better:
        st.header(say("check_page.better_heading"), anchor=False)
        html.render(cards.stack(assessment_card(a) for a in better))
    if rest := [a for a in assessments if a.via_gp and a not in better]:
        with st.expander(say("check_page.neighbours", count=len(rest))):
            html.render(cards.stack(assessment_card(a) for a in rest))
    st.header(say("check_page.next_heading"), anchor=False)
    html.render(Markup("<p>{}</p>").format(say("check_page.next_intro")))
    steps = next_steps(finder, answer, answers, assessments)
    for step in steps[:_STEPS_SHOWN]:
        _step(step, answer.at)
    if steps[_STEPS_SHOWN:]:
        with st.expander(say("check_page.more", count=len(steps) - _STEPS_SHOWN)):
            for step in steps[_STEPS_SHOWN:]:
                _step(step, answer.at)
    show_take_away(answer, answers, assessments, steps)
    st.page_link(site.FIND_SUPPORT, label=say("check_page.back"), icon=":material/arrow_back:")


def _none_known(answer: Answer) -> str:
    if answer.outcome is not AnswerOutcome.OTHER_NATION:
        return say("check_page.no_service")
    if answer.devolved:
        return say("nation.text", nation=answer.place.nation.value)
    return say("nation.crown")


# --- HTML, pure -------------------------------------------------------------------------------

_TAGS: dict[Outcome, str] = {
    Outcome.LOOKS_RIGHT: "yes",
    Outcome.WORTH_ASKING: "unknown",
    Outcome.MAY_NOT: "unknown",
}


def assessment_card(assessment: Assessment, title: str | Markup = "") -> Markup:
    """The outcome for one service in words, each reason with what to do, and questions to ask.

    title: instead of the service's name, where several may share it.
    """
    service = assessment.service
    met = [f for f in assessment.findings if f.state is State.MET]
    # That it is for another area stands in its headline.
    unchecked = [
        f for f in assessment.unchecked if not (assessment.via_gp and f.criterion == "area")
    ]
    parts = [
        Markup("<h3>{}</h3>").format(title or service.name),
        Markup('<p class="outcome outcome-{}"><strong>{}</strong></p>').format(
            _TAGS[assessment.outcome], assessment.headline
        ),
        _reasons(assessment.reasons),
        _findings("unchecked_heading", unchecked),
        _findings("met_heading", met),
        _findings("read_heading", assessment.to_read),
        _findings("not_published_heading", assessment.not_published),
        _questions(assessment.questions),
        cards.source_line(service),
    ]
    return Markup('<article class="card">{}</article>').format(Markup("").join(parts))


def _reasons(reasons: Sequence[Finding]) -> Markup:
    items = Markup("").join(Markup("<li>{} {}</li>").format(f.reason, f.instead) for f in reasons)
    return Markup("<ul>{}</ul>").format(items) if reasons else Markup("")


def _findings(heading: str, findings: Sequence[Finding]) -> Markup:
    if not findings:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(f.reason) for f in findings)
    return Markup("<details{}><summary>{}</summary><ul>{}</ul></details>").format(
        Markup(" open") if heading == "unchecked_heading" else Markup(""),
        say(f"criteria_cli.{heading}"),
        items,
    )


def _questions(questions: Sequence[str]) -> Markup:
    if not questions:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(q) for q in questions)
    return Markup("<h4>{}</h4><ul>{}</ul>").format(say("criteria_cli.questions_heading"), items)


def _step(step: NextStep, at: datetime) -> None:
    html.render(step_card(step, at))


def step_card(step: NextStep, at: datetime) -> Markup:
    """One thing to do next: what it is, every way to reach it, and the words to use."""
    found = [
        *(_service_row(m, at) for m in step.local),
        *(cards.offer_row(o, at) for o in step.offers),
        *(cards.devolved_row(d) for d in step.devolved),
    ]
    rows = Markup("").join(Markup("<li>{}</li>").format(row) for row in found[:_STEPS_SHOWN])
    parts = [
        Markup("<h3>{}</h3>").format(step.title) if step.title else Markup(""),
        Markup("<p>{}</p>").format(step.what),
        Markup('<ul class="rows">{}</ul>').format(rows) if found else Markup(""),
        Markup("<p>{}</p>").format(step.say) if step.say else Markup(""),
    ]
    return Markup('<article class="card card-small">{}</article>').format(Markup("").join(parts))


def _service_row(match: Match, at: datetime) -> Markup:
    """A local service, and what to do where nothing of how to reach it could be confirmed."""
    row, service = cards.service_row(match, at), match.service
    phone = service.public_phone if service.status is Status.OPEN else ""
    if phone or service.public_email or service.website:
        return row
    return row + Markup("<p>{}</p>").format(say("check_page.no_way"))
