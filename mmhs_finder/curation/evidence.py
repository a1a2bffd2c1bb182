"""What an answer rests on, and what is said of one that cannot be used.

Not for: whether a proof counts (`telling`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mmhs_finder.curation.questions import QUESTIONS
from mmhs_finder.directory.models import Confidence
from mmhs_finder.directory.vocabularies import ToldHow


@dataclass(frozen=True)
class Answerer:
    """That the service itself answered, having looked at all that we hold.

    role: never a name. how: how it is known that it was the service. proof: the domain that
    it was sent from, or the number that was rung and its page; "" for `ToldHow.NOT_KNOWN`.
    """

    role: str
    how: ToldHow = ToldHow.NOT_KNOWN
    proof: str = ""


@dataclass(frozen=True)
class Evidence:
    """What new answers rest on.

    day: on which somebody answered, or read the page. source: `form:CODE`, `call:...`, or the
    address of the page. quote: the words of the page; of an answer, the answers are the words.
    source_date: of the page, as precise as it is. told: None for a page.
    """

    day: date
    source: str
    quote: str = ""
    source_date: str = ""
    confidence: Confidence = Confidence.HIGH
    told: Answerer | None = None


@dataclass(frozen=True)
class AnswerProblem:
    """An answer that cannot be used. question: its id, or "told_by" and the like.

    message: what would be right, to be read after the answer.
    """

    question: str
    value: str
    message: str

    def __str__(self) -> str:
        words = next((q.words for q in QUESTIONS if q.id == self.question), self.question)
        shown = f"“{self.value}” " if self.value else ""
        return f"{words} {shown}{self.message}"


class NotAnAnswer(ValueError):
    """Answers that cannot be used; `str()` of it: one a line."""

    def __init__(self, problems: tuple[AnswerProblem, ...]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))
