"""A question and its choices in words, for who is asked: a person herself, or somebody who refers.

Not for: which questions matter (`eligibility`), or drawing them (`channels`).
"""

from __future__ import annotations

from typing import Final

from mmhs_finder.directory.models import FurtherNeed, Pathway
from mmhs_finder.eligibility import Question, choices, question_text
from mmhs_finder.words import all_words, say

NEEDS: Final = (*(n.value for n in (*Pathway, *FurtherNeed)), "other")
"""What may have happened, as it is asked with the search: the last for what has no name here."""


def question_words(question: Question, *, professional: bool = False) -> str:
    """The question. professional: as somebody who refers is asked it."""
    if professional:
        return say(f"professional_question.{question.value}")
    return question_text(question)


def choices_words(question: Question, *, professional: bool = False) -> dict[str, str]:
    """The choices of a question by value, in words."""
    found = dict(choices(question))
    if not professional:
        return found
    own = {c for c in found if f"professional_choice.{c}" in all_words()}
    return {c: say(f"professional_choice.{c}") if c in own else w for c, w in found.items()}
