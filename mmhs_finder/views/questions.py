"""A question and its choices in words, for who is asked: a person herself, or somebody who refers.

Not for: which questions matter (`eligibility`), or drawing them (`channels`).
"""

from __future__ import annotations

from typing import Final

from mmhs_finder.directory.models import FurtherNeed, Pathway
from mmhs_finder.eligibility import UNANSWERED, LossKind, Question, choices, question_text
from mmhs_finder.words import texts

NEEDS: Final = (*(n.value for n in (*Pathway, *FurtherNeed)), "other")
"""What may have happened, as it is asked with the search: the last for what has no name here."""

NEED: Final = texts("need.{}", NEEDS)

_QUESTION: Final = texts(
    "professional_question.{}", [q for q in Question if q is not Question.HAPPENED]
)
_CHOICE: Final = texts("professional_choice.{}", (*UNANSWERED, *LossKind))
"""Choices that somebody who refers reads in other words than the person herself."""


def question_words(question: Question, *, professional: bool = False) -> str:
    """The question. professional: as somebody who refers is asked it."""
    if professional:
        return _QUESTION(question)
    return question_text(question)


def choices_words(question: Question, *, professional: bool = False) -> dict[str, str]:
    """The choices of a question by value, in words."""
    found = dict(choices(question))
    if not professional:
        return found
    return {c: _CHOICE(c) if c in _CHOICE else w for c, w in found.items()}
