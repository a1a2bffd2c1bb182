"""What a person may say: the questions, their choices, and the answers with their ranges.

Not for: reading answers from JSON (`person_json`), or what a service publishes (`stated`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Final

from mmhs_finder.directory.models import LossKind, Pathway
from mmhs_finder.words import say


class Who(StrEnum):
    """Who the help is for."""

    PARENT = "parent"  # the person who is or was pregnant
    PARTNER = "partner"
    FAMILY = "family"


class Severity(IntEnum):
    """A professional's own description. Never a score, and never asked of the public."""

    MILD = 1
    MODERATE = 2
    SEVERE = 3
    COMPLEX = 4


class Question(StrEnum):
    """The questions, in the order to ask them. The values are the keys of `answers_from_json`."""

    HAPPENED = "happened"
    LOSS_KIND = "loss_kind"
    WHEN = "when"
    SEVERAL_EVENTS = "several_events"
    HAS_BABY = "has_baby"
    PREGNANT_NOW = "pregnant_now"
    WEEKS_PREGNANT = "weeks_pregnant"
    AGE = "age"
    SEEN_BEFORE = "seen_before"
    LIVES_IN_AREA = "lives_in_area"
    GP_IN_AREA = "gp_in_area"
    MATERNITY_BOOKED_IN_AREA = "maternity_booked_in_area"
    WHO = "who"
    SEVERITY = "severity"
    PTSD_PRESENTATION = "ptsd_presentation"
    HAS_CARE_COORDINATOR = "has_care_coordinator"


PROFESSIONAL_ONLY: Final = frozenset(
    {Question.SEVERITY, Question.PTSD_PRESENTATION, Question.HAS_CARE_COORDINATOR}
)
"""Asked only of somebody who refers: a parent is not asked to judge herself."""

ALWAYS_ASKED: Final = (
    Question.HAPPENED,
    Question.LOSS_KIND,
    Question.HAS_BABY,
    Question.WHO,
)
"""They decide what else is offered, whatever the services of the place publish."""

FOLLOWS: Final[Mapping[Question, Question]] = MappingProxyType(
    {
        Question.LOSS_KIND: Question.HAPPENED,
        Question.HAS_BABY: Question.HAPPENED,
        Question.WEEKS_PREGNANT: Question.PREGNANT_NOW,
    }
)
"""Asked only after another answer: which loss after a loss, how many weeks when pregnant."""

ASKED_AFTER: Final[Mapping[Question, frozenset[Pathway]]] = MappingProxyType(
    {
        Question.LOSS_KIND: frozenset({Pathway.LOSS}),
        Question.HAS_BABY: frozenset({Pathway.LOSS, Pathway.SEPARATION}),
    }
)
"""What must have happened for a question that follows `Question.HAPPENED`."""

UNANSWERED: Final = ("not_sure", "prefer_not_to_say")

YES_NO: Final = ("yes", "no")
CHOICES: Final[Mapping[Question, tuple[str, ...]]] = MappingProxyType(
    {
        Question.HAPPENED: tuple(p.value for p in Pathway),
        Question.LOSS_KIND: tuple(k.value for k in LossKind),
        Question.SEVERAL_EVENTS: YES_NO,
        Question.HAS_BABY: YES_NO,
        Question.PREGNANT_NOW: YES_NO,
        Question.AGE: ("under_sixteen", "sixteen_to_seventeen", "adult"),
        Question.SEEN_BEFORE: YES_NO,
        Question.LIVES_IN_AREA: YES_NO,
        Question.GP_IN_AREA: YES_NO,
        Question.MATERNITY_BOOKED_IN_AREA: YES_NO,
        Question.WHO: tuple(w.value for w in Who),
        Question.SEVERITY: tuple(s.name.lower() for s in Severity),
        Question.PTSD_PRESENTATION: YES_NO,
        Question.HAS_CARE_COORDINATOR: YES_NO,
    }
)
"""The values of the questions with fixed choices. Each also takes those of `UNANSWERED`."""


def question_text(question: Question) -> str:
    return say(f"question.{question.value}")


def choices(question: Question) -> tuple[tuple[str, str], ...]:
    """(value, words) of a question's choices, with "not sure" and "prefer not to say" last."""
    return tuple((c, say(f"choice.{c}")) for c in (*CHOICES.get(question, ()), *UNANSWERED))


@dataclass(frozen=True)
class Range:
    """A whole number that is known from `least` to `most` only, both included."""

    least: int
    most: int

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most:
            raise ValueError(f"a range runs from a smaller to a larger number: {self}")

    def is_at_least(self, limit: int) -> bool | None:
        """True or False when the whole range agrees, else None."""
        if self.least >= limit:
            return True
        return False if self.most < limit else None


AGES: Final[Mapping[str, Range]] = MappingProxyType(
    {"under_sixteen": Range(0, 15), "sixteen_to_seventeen": Range(16, 17), "adult": Range(18, 120)}
)


def month_days(months: int) -> Range:
    """How many days that many calendar months can have: 12 months are 365 or 366.

    For the years 1901 to 2099, in which every fourth is a leap year.
    """
    years, rest = divmod(months, 12)
    least, most = 365 * years + years // 4, 365 * years + -(-years // 4)
    if rest:
        mean = rest * 30.436875  # of the Gregorian calendar; no run of months is further from it
        least, most = least + int(mean) - 2, most + int(mean) + 3
    return Range(least, most)


def weeks_ago(weeks: int) -> Range:
    """Days since something "4 weeks ago": four weeks, and not yet five."""
    return Range(7 * weeks, 7 * weeks + 6)


def months_ago(months: int) -> Range:
    """Days since something "12 months ago". People round, so it may be half a month less."""
    return Range(max(0, month_days(months).least - 15), month_days(months + 1).most - 1)


def years_ago(years: int) -> Range:
    """Days since something "about 2 years ago": from a year and a half to nearly three years."""
    least = month_days(12 * years - 6).least if years else 0
    return Range(least, month_days(12 * years + 12).most - 1)


def days_since(text: str, today: date) -> Range:
    """Days since "2025-03-09", some day in "2025-03", or some day in "2025".

    Raises `AnswersProblem` for anything else and for a day that is still to come.
    """
    parts = text.strip().split("-")
    if not (1 <= len(parts) <= 3 and all(p.isdecimal() for p in parts) and len(parts[0]) == 4):
        raise AnswersProblem(say("answers.date"))
    year, *rest = (int(p) for p in parts)
    try:
        first = date(year, rest[0] if rest else 1, rest[1] if len(rest) > 1 else 1)
    except ValueError as problem:
        raise AnswersProblem(say("answers.date")) from problem
    if first > today:
        raise AnswersProblem(say("answers.date"))
    if len(rest) == 2:
        after = date.fromordinal(first.toordinal() + 1)
    elif rest and rest[0] < 12:
        after = date(year, rest[0] + 1, 1)
    else:
        after = date(year + 1, 1, 1)
    last = min(today.toordinal(), after.toordinal() - 1)
    return Range(today.toordinal() - last, today.toordinal() - first.toordinal())


@dataclass(frozen=True)
class Answers:
    """What a person chose to say. None: not asked, not answered, not sure or would rather not say.

    happened: empty for "something else".
    since: days since it happened (the latest, of several), as exactly as it was said.
    age: in years.
    not_safe_now: the one answer that comes before all others.
    """

    happened: frozenset[Pathway] | None = None
    loss_kind: LossKind | None = None
    since: Range | None = None
    several_events: bool | None = None
    has_baby: bool | None = None
    pregnant_now: bool | None = None
    weeks_pregnant: int | None = None
    age: Range | None = None
    seen_before: bool | None = None
    lives_in_area: bool | None = None
    gp_in_area: bool | None = None
    maternity_booked_in_area: bool | None = None
    who: Who | None = None
    severity: Severity | None = None
    ptsd_presentation: bool | None = None
    has_care_coordinator: bool | None = None
    not_safe_now: bool = False

    def __post_init__(self) -> None:
        if self.weeks_pregnant is not None and self.pregnant_now is False:
            raise AnswersProblem(say("answers.pregnant_both"))

    @property
    def pregnant(self) -> bool | None:
        return True if self.weeks_pregnant is not None else self.pregnant_now


class AnswersProblem(ValueError):
    """Answers that cannot be read. `str()` says in plain words what to change."""
