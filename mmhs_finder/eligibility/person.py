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

from mmhs_finder.directory.models import FurtherNeed, LossKind, Need, Pathway
from mmhs_finder.words import say, texts


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


class Safety(StrEnum):
    """What somebody says about being safe now, where it is not "I am safe"."""

    UNSAFE = "unsafe"
    UNSURE = "unsure"  # not sure, or would rather not say: urgent help first, then the rest


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

ASKED_AFTER: Final[Mapping[Question, frozenset[Need]]] = MappingProxyType(
    {
        Question.LOSS_KIND: frozenset({Pathway.LOSS}),
        Question.HAS_BABY: frozenset({Pathway.LOSS, Pathway.SEPARATION, *FurtherNeed}),
    }
)
"""What must have happened for a question that follows `Question.HAPPENED`."""

UNANSWERED: Final = ("not_sure", "prefer_not_to_say")

YES_NO: Final = ("yes", "no")
CHOICES: Final[Mapping[Question, tuple[str, ...]]] = MappingProxyType(
    {
        Question.HAPPENED: tuple(n.value for n in (*Pathway, *FurtherNeed)),
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

QUESTION: Final = texts("question.{}", Question)
CHOICE: Final = texts("choice.{}", sorted({*UNANSWERED, *(c for v in CHOICES.values() for c in v)}))
"""The words of the choices of all questions."""


def question_text(question: Question) -> str:
    return QUESTION(question)


def choices(question: Question) -> tuple[tuple[str, str], ...]:
    """(value, words) of a question's choices, with "not sure" and "prefer not to say" last."""
    return tuple((c, CHOICE(c)) for c in (*CHOICES.get(question, ()), *UNANSWERED))


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


PLAUSIBLE_AGE: Final = Range(10, 120)
"""Years. Below it somebody has given the child's age or mistyped."""

PLAUSIBLE_WEEKS: Final = Range(1, 42)
"""Of a pregnancy. As in the directory, whose limits on the week of pregnancy end at 42."""

LATE_WEEKS: Final = 34
"""Weeks of pregnancy from which on little time is left to help with a fear of the birth."""

AGES: Final[Mapping[str, Range]] = MappingProxyType(
    {
        "under_sixteen": Range(PLAUSIBLE_AGE.least, 15),
        "sixteen_to_seventeen": Range(16, 17),
        "adult": Range(18, PLAUSIBLE_AGE.most),
    }
)


def plausible_weeks(weeks: int) -> int:
    """The weeks of a pregnancy as given. Raises `AnswersProblem`: no pregnancy is so long."""
    if not PLAUSIBLE_WEEKS.least <= weeks <= PLAUSIBLE_WEEKS.most:
        raise AnswersProblem(say("answers.weeks_pregnant", most=PLAUSIBLE_WEEKS.most))
    return weeks


def plausible_age(years: int) -> int:
    """The age as given. Raises `AnswersProblem`: nobody of that age has been pregnant."""
    if not PLAUSIBLE_AGE.least <= years <= PLAUSIBLE_AGE.most:
        raise AnswersProblem(
            say("answers.age_years", least=PLAUSIBLE_AGE.least, most=PLAUSIBLE_AGE.most)
        )
    return years


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

    happened: of the four pathways; empty for "something else".
    further: what else happened that has a column of its own.
    since: days since it happened (the latest, of several), as exactly as it was said.
    age: in years.
    safety: the one answer that comes before all others.
    """

    happened: frozenset[Pathway] | None = None
    further: frozenset[FurtherNeed] = frozenset()
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
    safety: Safety | None = None

    def __post_init__(self) -> None:
        if self.weeks_pregnant is not None and self.pregnant_now is False:
            raise AnswersProblem(say("answers.pregnant_both"))

    @property
    def pregnant(self) -> bool | None:
        return True if self.weeks_pregnant is not None else self.pregnant_now

    @property
    def not_safe_now(self) -> bool:
        """Then urgent help is all that is shown."""
        return self.safety is Safety.UNSAFE

    @property
    def needs(self) -> frozenset[Need] | None:
        """Everything that happened; empty for "something else", None where nothing was said.

        Who says which loss it was has said that it was a loss.
        """
        lost = {Pathway.LOSS} if self.loss_kind else set()
        said: frozenset[Need] = frozenset((*(self.happened or ()), *self.further, *lost))
        return None if self.happened is None and not said else said

    @property
    def birth_is_near(self) -> bool:
        """Little time is left before it."""
        return self.weeks_pregnant is not None and self.weeks_pregnant >= LATE_WEEKS

    @property
    def by_professional(self) -> bool:
        """Whether somebody who refers has answered: nobody else is asked these."""
        return any(getattr(self, question.value) is not None for question in PROFESSIONAL_ONLY)


class AnswersProblem(ValueError):
    """Answers that cannot be read. `str()` says in plain words what to change."""
