"""What a form says of a search and of a person: read, taken along, and turned into answers.

Values that no form of ours can send count as not said.
Not for: finding a place (`places`), or what the answers mean (`eligibility`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final

from mmhs_finder.answers.suited import Situation
from mmhs_finder.channels.text.forms import Form
from mmhs_finder.directory.models import FurtherNeed, Need, Pathway
from mmhs_finder.eligibility import (
    CHOICES,
    PROFESSIONAL_ONLY,
    UNANSWERED,
    Answers,
    AnswersProblem,
    Question,
    Safety,
    answers_from_json,
    plausible_weeks,
    situation_said,
)
from mmhs_finder.render.html.pages.checking import (
    SAFE,
    SAFETY,
    WHEN_DATE,
    WHEN_NUMBER,
    WHEN_UNITS,
    Said,
)
from mmhs_finder.render.html.pages.frame import NEED, Fields
from mmhs_finder.views.questions import NEEDS
from mmhs_finder.words import say

POSTCODE: Final = "postcode"
COUNCIL: Final = "council"
MEANT: Final = "meant"
MEANT_TEXT: Final = "meant_text"
PLACE: Final = (POSTCODE, COUNCIL, MEANT, MEANT_TEXT)
"""The fields that say where somebody lives."""

_RADIOS: Final[Mapping[str, frozenset[str]]] = {
    q.value: frozenset((*CHOICES[q], *UNANSWERED))
    for q in Question
    if q in CHOICES and q is not Question.HAPPENED and q not in PROFESSIONAL_ONLY
} | {
    Question.WHEN.value: frozenset((*WHEN_UNITS, *UNANSWERED)),
    SAFETY: frozenset((SAFE, Safety.UNSAFE.value, *UNANSWERED)),
}
_TEXTS: Final = (Question.WEEKS_PREGNANT.value, WHEN_NUMBER, WHEN_DATE)
_LONGEST: Final = 20


@dataclass(frozen=True)
class Carried:
    """What somebody has said. needs: of `NEEDS`. answers: by the names of the form's fields."""

    postcode: str = ""
    council: str = ""
    needs: tuple[str, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def pathways(self) -> tuple[Pathway, ...]:
        return tuple(p for p in Pathway if p.value in self.needs)

    @property
    def happened(self) -> tuple[Need, ...]:
        """Everything that happened; empty for nothing, "something else" or "not sure"."""
        return (*self.pathways, *(n for n in FurtherNeed if n.value in self.needs))

    @property
    def said(self) -> Said:
        """As the questions ask for it."""
        happened = [n.value for n in self.happened]
        return {**self.answers, Question.HAPPENED.value: happened, NEED: list(self.needs)}

    @property
    def situation(self) -> Situation:
        return situation_said(self.happened, self.answers)

    @property
    def safety(self) -> Safety | None:
        value = self.answers.get(SAFETY)
        if value in (None, SAFE):
            return None
        return Safety.UNSAFE if value == Safety.UNSAFE.value else Safety.UNSURE

    def where(self) -> Fields:
        """The place alone, as fields of a form."""
        if self.council:
            return ((COUNCIL, self.council),)
        return ((POSTCODE, self.postcode),) if self.postcode else ()

    def told(self) -> Fields:
        """Her answers, as fields of a form. That she was not safe is not said for her again."""
        unsafe = (SAFETY, Safety.UNSAFE.value)
        return tuple(answer for answer in self.answers.items() if answer != unsafe)

    def carry(self) -> Fields:
        """All of it, as fields of a form."""
        return (*self.where(), *((NEED, need) for need in self.needs), *self.told())


def carried(form: Form) -> Carried:
    """What a form says. The button beside the list of councils makes the postcode count for
    nothing where one was chosen; else the postcode counts, where there is one."""
    meant = form.one(MEANT)
    council = meant or form.one(COUNCIL)
    by_council = bool(meant) or is_by_council(form)
    typed = form.one(MEANT_TEXT) or form.one(POSTCODE)
    postcode = "" if council and by_council else typed
    radios = {k: v for k, known in _RADIOS.items() if (v := form.one(k)) in known}
    texts = {k: v for k in _TEXTS if (v := form.one(k)[:_LONGEST])}
    return Carried(
        postcode=postcode,
        council="" if postcode else council,
        needs=tuple(n for n in NEEDS if n in form.several(NEED)),
        answers={**radios, **texts},
    )


def is_by_council(form: Form) -> bool:
    """Whether it was sent by the button beside the list of councils."""
    return form.one("by") == COUNCIL


class AnswersToMend(ValueError):
    """Answers that cannot be read. problems: what to do, in words, by the name of the field."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


def answers_of(who: Carried, asked: tuple[Question, ...], today: date) -> Answers:
    """Her answers to these questions. Raises `AnswersToMend`."""
    given: dict[str, Any] = {Question.HAPPENED.value: who.said[Question.HAPPENED.value] or None}
    problems: dict[str, str] = {}
    for question in asked:
        name = question.value
        if question is Question.WHEN:
            try:
                given |= _when(who.answers, today)
            except AnswersProblem:
                problems[name] = say("text_pages.when_problem")
        elif question is Question.WEEKS_PREGNANT:
            try:
                given[name] = _weeks(who.answers.get(name, ""))
            except AnswersProblem as problem:
                problems[name] = str(problem)
        elif question is not Question.HAPPENED:
            given[name] = who.answers.get(name)
    if problems:
        raise AnswersToMend(problems)
    said = answers_from_json({k: v for k, v in given.items() if v is not None}, today)
    return replace(said, safety=who.safety)


def _weeks(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdecimal()):
        raise AnswersProblem(say("text_pages.weeks_problem"))
    return plausible_weeks(int(text))


def _when(said: Mapping[str, str], today: date) -> dict[str, Any]:
    """When it happened, by the keys of `answers_from_json`. Raises `AnswersProblem`.

    A date says by itself what it is; a number needs its unit. What fits to nothing is asked again.
    """
    unit = said.get(Question.WHEN.value, "")
    number, day = said.get(WHEN_NUMBER, ""), said.get(WHEN_DATE, "")
    if unit in UNANSWERED or not (number or day):
        return {}
    *numbered, dated = WHEN_UNITS
    given: dict[str, Any]
    if not number and unit in ("", dated):
        given = {dated: _iso(day)}
    elif not day and unit in numbered and number.isascii() and number.isdecimal():
        given = {unit: int(number)}
    else:
        raise AnswersProblem(unit)
    answers_from_json(given, today)
    return given


def _iso(text: str) -> str:
    """ "9/3/2025", "9.3.2025" or "3 2025" as "2025-03-09" and "2025-03"; "2025-03-09" as it is."""
    parts = "".join(c if c.isalnum() else " " for c in text).split()
    if parts and len(parts[0]) != 4:
        parts.reverse()
    return "-".join(parts)
