"""What a person answered, in words: every question she answered, and how long ago it was.

Not for: asking (`channels`), or what follows from it (`eligibility`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mmhs_finder.directory.models import FurtherNeed, Pathway
from mmhs_finder.eligibility import AGES, CHOICE, Answers, Question, Range, question_text
from mmhs_finder.words import date_words, say, texts

_UNITS: Final = ("weeks", "months", "years")
_UNDER: Final = texts("told.under_{}", _UNITS)
_PERIOD: Final = texts("period.{}", _UNITS)


@dataclass(frozen=True)
class Told:
    """What was asked, and what the person said."""

    question: str
    answer: str


def told_views(answers: Answers, today: date) -> tuple[Told, ...]:
    """Every question that was answered, in the words of the questions and their choices."""
    said: dict[Question, str] = {}

    def add(question: Question, words: str) -> None:
        if words:
            said[question] = words

    if (needs := answers.needs) is not None:
        chosen = [CHOICE(n) for n in (*Pathway, *FurtherNeed) if n in needs]
        add(Question.HAPPENED, "; ".join(chosen) or say("need.other"))
    if answers.loss_kind:
        add(Question.LOSS_KIND, CHOICE(answers.loss_kind))
    if answers.since:
        add(Question.WHEN, since_words(answers.since, today))
    if answers.weeks_pregnant is not None:
        add(Question.WEEKS_PREGNANT, str(answers.weeks_pregnant))
    if answers.age:
        add(Question.AGE, _age_words(answers.age))
    if answers.who:
        add(Question.WHO, CHOICE(answers.who))
    if answers.severity:
        add(Question.SEVERITY, CHOICE(answers.severity.name.lower()))
    for question, value in (
        (Question.SEVERAL_EVENTS, answers.several_events),
        (Question.HAS_BABY, answers.has_baby),
        (Question.PREGNANT_NOW, answers.pregnant),
        (Question.SEEN_BEFORE, answers.seen_before),
        (Question.LIVES_IN_AREA, answers.lives_in_area),
        (Question.GP_IN_AREA, answers.gp_in_area),
        (Question.MATERNITY_BOOKED_IN_AREA, answers.maternity_booked_in_area),
        (Question.PTSD_PRESENTATION, answers.ptsd_presentation),
        (Question.HAS_CARE_COORDINATOR, answers.has_care_coordinator),
    ):
        if value is not None:
            add(question, CHOICE("yes" if value else "no"))
    return tuple(Told(question_text(q), said[q]) for q in Question if q in said)


def since_words(since: Range, today: date) -> str:
    """How long ago, as exactly as it was said: the day, or "about 14 months ago".

    A few days wide means weeks, up to a season means months, wider means years.
    """
    width, middle = since.most - since.least, (since.least + since.most) / 2
    if not width:
        return date_words(today - timedelta(days=since.least))
    unit, number = (
        ("weeks", since.least // 7)
        if width < 7
        else ("months", int(middle / 30.436875))
        if width < 100
        else ("years", int(middle / 365.2425))
    )
    if not number:
        return _UNDER(unit)
    return say("told.when_since", period=_PERIOD(unit, count=number))


def _age_words(age: Range) -> str:
    for choice, known in AGES.items():
        if age == known:
            return CHOICE(choice)
    if age.least == age.most:
        return str(age.least)
    return say("told.age_range", least=age.least, most=age.most)
