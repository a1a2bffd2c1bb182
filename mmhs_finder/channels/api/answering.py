"""Answers for a place: from what a program has sent to the data that it gets.

The same finder, rules and views as those of the site's pages; nothing that was sent is kept.
Not for: records of the directory (`reading`), or how a request comes in (`gate`, `routes`).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.suited import Situation
from mmhs_finder.answers.types import Answer
from mmhs_finder.application import Application
from mmhs_finder.channels.api.asked_for import AskedAnswer
from mmhs_finder.channels.api.problems import NotAnswered, Trouble
from mmhs_finder.directory.models import FurtherNeed, Need, Pathway
from mmhs_finder.eligibility import (
    Answers,
    AnswersProblem,
    answers_from_json,
    situation_said,
)
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.postcodes import PostcodeError
from mmhs_finder.render.json import Json, line_json
from mmhs_finder.render.outcome_json import reply_json, unsafe_json
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.line import LineView, line_view
from mmhs_finder.views.outcome import outcome_view
from mmhs_finder.views.steps import step_view
from mmhs_finder.views.suggestions import suggestions_view

_PATIENCE: Final = 1.0
"""Seconds that a postcode waits for the index."""

_SECONDS_TO_WAIT, _SECONDS_AFTER_FAILURE = "5", "60"


def urgent_lines(application: Application, nation: Nation, at: datetime) -> list[LineView]:
    """Lines for a crisis in a nation, the most urgent first."""
    offers = application.finder_of_councils.urgent(nation, at)
    return [line_view(offer, at) for offer in offers]


def urgent_json(application: Application, at: datetime) -> list[Json]:
    """The same where it is not known where somebody lives: to show with a problem."""
    return [line_json(line) for line in urgent_lines(application, Nation.ENGLAND, at)]


def answer_for(application: Application, asked: AskedAnswer, at: datetime) -> Json:
    """The answer for what was sent. Raises `NotAnswered`, with urgent help beside the problem."""
    needs = _needs(asked.needs)
    answers: Answers | None = None
    try:
        answers, who = _person(asked, needs, at)
        place, finder = _place(application, asked)
    except NotAnswered as problem:
        if answers is not None and answers.not_safe_now:
            return unsafe_json(urgent_lines(application, Nation.ENGLAND, at), None, answers, at)
        problem.more["urgent"] = urgent_json(application, at)
        raise
    answer = finder.find(place, [n for n in needs if isinstance(n, Pathway)], at, who)
    return _told(finder, answer, answers)


def area_answer(application: Application, code: str, at: datetime) -> Json:
    """The answer for an area, with nothing said. Raises `NotAnswered`."""
    if code not in application.directory.areas:
        raise NotAnswered(Trouble.NO_AREA)
    finder = application.finder_of_councils
    return _told(finder, finder.find(finder.council(code), (), at), None)


def _told(finder: Finder, answer: Answer, answers: Answers | None) -> Json:
    view = answer_view(answer)
    if answers is None:
        return reply_json(view)
    if answers.not_safe_now:
        return unsafe_json(view.urgent, view.place, answers, view.at)
    outcome = outcome_view(finder, answer, answers)
    steps = [step_view(step, answer.at) for step in outcome.all_steps]
    return reply_json(view, answers, outcome.assessments, steps)


def _needs(said: list[str]) -> tuple[Need, ...]:
    every: tuple[Need, ...] = (*Pathway, *FurtherNeed)
    return tuple(need for need in every if need.value in said)


def _person(
    asked: AskedAnswer, needs: tuple[Need, ...], at: datetime
) -> tuple[Answers | None, Situation]:
    """What was said of a person, and what of it decides what may hurt. Raises `NotAnswered`."""
    given: dict[str, Any] | None = asked.given()
    if given is None:
        return None, situation_said(needs, {})
    try:
        return answers_from_json(given, at.date()), situation_said(needs, given)
    except AnswersProblem as problem:
        raise NotAnswered(Trouble.ANSWERS, str(problem)) from None


def _place(application: Application, asked: AskedAnswer) -> tuple[Place, Finder]:
    """Raises `NotAnswered`."""
    if asked.area is not None:
        code = asked.area
        if code not in application.directory.areas:
            raise NotAnswered(Trouble.PLACE, NotAnswered(Trouble.NO_AREA).detail_words)
        finder = application.finder_of_councils
        return finder.council(code), finder
    finder = _finder(application)
    typed = asked.postcode or ""
    try:
        return finder.place(typed), finder
    except PostcodeError as problem:
        offers = suggestions_view(finder.suggestions(typed)).offers
        meant = [{"words": o.words, "area": o.code} for o in offers if o.code]
        raise NotAnswered(Trouble.PLACE, problem.message, suggestions=meant) from None


def _finder(application: Application) -> Finder:
    """One that knows postcodes. Raises `NotAnswered` while it is made, or where it cannot be."""
    attempt = application.index.start()
    if not attempt.finished_within(_PATIENCE):
        raise NotAnswered(Trouble.NOT_READY, headers={"Retry-After": _SECONDS_TO_WAIT})
    if attempt.failed:
        raise NotAnswered(Trouble.INDEX_FAILED, headers={"Retry-After": _SECONDS_AFTER_FAILURE})
    return application.finder
