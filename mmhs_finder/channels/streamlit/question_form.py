"""The questions as widgets, for whoever is asked: each may be left out, or not known, or not said.

Not for: which questions matter (`eligibility`), their words (`views.questions`), or a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

import streamlit as st

from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import AnswersOfForm
from mmhs_finder.eligibility import (
    PLAUSIBLE_WEEKS,
    UNANSWERED,
    AnswersProblem,
    Question,
    Safety,
    is_asked,
    plausible_weeks,
)
from mmhs_finder.hours import LONDON
from mmhs_finder.render.html import cards
from mmhs_finder.views.questions import choices_words, question_words
from mmhs_finder.words import say, texts

WHEN_UNITS: Final = ("weeks_since", "months_since", "years_since", "event_date")
KNOWN_WEEKS: Final = "known_weeks"
_OPTION: Final = texts("check_page.{}", (*WHEN_UNITS, KNOWN_WEEKS))
_SAFETY: Final = texts("check_page.safety{}", ("", "_safe", "_unsafe"))
_SAFETY_OF_CASE: Final = texts("professional.safety{}", ("", "_safe", "_unsafe"))
_SAFE: Final = "safe"
_UNIT_MOST: Final = {"weeks_since": 520, "months_since": 240, "years_since": 60}
_MOST_WEEKS_TYPED: Final = 99
"""So that more weeks than a pregnancy has can be typed, and are answered in plain words."""
_OLDEST_EVENT: Final = timedelta(days=60 * 366)

_MOST_IN_A_LINE: Final = 6
"""More choices than these are easier to find one under the other, on a phone above all."""


@dataclass(frozen=True)
class QuestionForm:
    """Who is asked: where the answers are kept in the visit, and in whose words."""

    answers: AnswersOfForm
    professional: bool = False
    folds: bool = False
    """Each question behind its own words and what was said, so that a phone shows all of them."""

    def key(self, name: str) -> str:
        return self.answers.key(name)

    def question(self, question: Question) -> str:
        return question_words(question, professional=self.professional)

    @property
    def label(self) -> Literal["visible", "collapsed"]:
        """Of a question's widget: what it is folded behind says it already."""
        return "collapsed" if self.folds else "visible"

    def said(self, question: Question) -> str | None:
        """What was chosen, in words; None where nothing was."""
        asked = KNOWN_WEEKS if question is Question.WEEKS_PREGNANT else question.value
        value = self.answers.said(asked)
        if value is None:
            return None
        return _OPTION(value) if value in _OPTION else self.choices(question).get(value)

    @contextmanager
    def fold(self, question: Question, *, several: bool = False) -> Iterator[str]:
        """Where a question is drawn; gives its words. several: of more than one thing it is asked
        when the last happened.
        """
        words = self.question(question)
        if several and question is Question.WHEN:
            words = say("check_page.when_several")
        if not self.folds:
            yield words
            return
        said = self.said(question)
        shown = say("check_page.said", question=words, said=said) if said else words
        key = self.key(f"fold_{question.value}")
        with st.expander(shown, key=key, expanded=self.answers.opened == question.value):
            yield words

    def choices(self, question: Question) -> dict[str, str]:
        """The choices of a question by value, in words."""
        return choices_words(question, professional=self.professional)


def ask_safety(form: QuestionForm) -> Safety | None:
    """The one question before all others. None: safe, or not answered.

    Whoever is not sure, or would rather not say, gets urgent help first and then the rest.
    """
    safety = _SAFETY_OF_CASE if form.professional else _SAFETY
    words = {
        _SAFE: safety("_safe"),
        Safety.UNSAFE.value: safety("_unsafe"),
        **{value: form.choices(Question.WHEN)[value] for value in UNANSWERED},
    }
    chosen = st.radio(
        safety(""),
        list(words),
        index=None,
        format_func=lambda value: words[value],
        key=form.answers.safety_key,
        horizontal=True,
        persist_state="session",
    )
    if chosen in (None, _SAFE):
        return None
    return Safety.UNSAFE if chosen == Safety.UNSAFE.value else Safety.UNSURE


def ask_rest(
    form: QuestionForm,
    questions: Sequence[Question],
    given: dict[str, Any],
    in_pregnancy: frozenset[Question] = frozenset(),
) -> tuple[Question, ...]:
    """Draws every question after "what happened", and adds what is answered to `given`.

    in_pregnancy: those that matter only to somebody who is or may be pregnant. Returns those of
    the questions that have no answer yet; "I am not sure" is one.
    """
    left = []
    for question in questions:
        if question is Question.HAPPENED or not is_asked(question, given, in_pregnancy):
            continue
        with form.fold(question, several=len(given["happened"] or ()) > 1) as words:
            if question is Question.WHEN:
                given |= _when(form, words)
            elif question is Question.WEEKS_PREGNANT:
                given[question.value] = _weeks_pregnant(form, words)
            else:
                given[question.value] = _choice(form, question, words)
        if form.said(question) is None:
            left.append(question)
    return tuple(left)


def _choice(form: QuestionForm, question: Question, label: str) -> str | None:
    words = form.choices(question)
    chosen: str | None = st.radio(
        label,
        list(words),
        index=None,
        format_func=lambda value: words[value],
        key=form.key(question.value),
        horizontal=len(words) <= _MOST_IN_A_LINE,
        persist_state="session",
        label_visibility=form.label,
    )
    return chosen


def _weeks_pregnant(form: QuestionForm, label: str) -> int | None:
    question = Question.WEEKS_PREGNANT
    unanswered = form.choices(question)
    known = st.radio(
        label,
        (KNOWN_WEEKS, *UNANSWERED),
        index=None,
        format_func=lambda o: unanswered[o] if o in UNANSWERED else _OPTION(o),
        key=form.key(KNOWN_WEEKS),
        horizontal=True,
        persist_state="session",
        label_visibility=form.label,
    )
    if known != KNOWN_WEEKS:
        return None
    weeks: int | None = st.number_input(
        say("check_page.number_label", unit=say("check_page.weeks")),
        min_value=PLAUSIBLE_WEEKS.least,
        max_value=_MOST_WEEKS_TYPED,
        value=None,
        step=1,
        key=form.key(question.value),
        placeholder=say("check_page.number_placeholder"),
        persist_state="session",
    )
    try:
        return None if weeks is None else plausible_weeks(weeks)
    except AnswersProblem as problem:
        render(cards.hint(str(problem)))
        return None


def _when(form: QuestionForm, label: str) -> dict[str, Any]:
    options = (*WHEN_UNITS, *UNANSWERED)
    unanswered = form.choices(Question.WHEN)
    unit = st.radio(
        label,
        options,
        index=None,
        format_func=lambda o: unanswered[o] if o in UNANSWERED else _OPTION(o),
        key=form.key(Question.WHEN.value),
        horizontal=True,
        persist_state="session",
        label_visibility=form.label,
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
        say("check_page.number_label", unit=_OPTION(unit).lower()),
        min_value=0,
        max_value=_UNIT_MOST[unit],
        value=None,
        step=1,
        key=form.key(unit),
        placeholder=say("check_page.number_placeholder"),
        persist_state="session",
    )
    return {} if number is None else {unit: number}
