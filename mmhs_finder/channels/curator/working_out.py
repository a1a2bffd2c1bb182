"""What the answers in the boxes come to: changes, what is wrong with them, the directory after.

Nothing here is drawn or written, so the same boxes always come to the same.
Not for: rules about answers and cells (`curation`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Final

from mmhs_finder.channels.curator import boxes, evidence
from mmhs_finder.channels.curator.evidence import EvidenceGiven
from mmhs_finder.channels.curator.state import WHOLE, Sitting
from mmhs_finder.curation.answering import NONE, Answerer, Evidence, NotAnAnswer
from mmhs_finder.curation.applying import ChangeSet, Proposed
from mmhs_finder.curation.gathering import Group, gather
from mmhs_finder.curation.holding import is_same
from mmhs_finder.curation.questions import FormQuestion
from mmhs_finder.curation.trying import Attempt, Opened, attempt
from mmhs_finder.directory.changes import EVIDENCE
from mmhs_finder.directory.files import Problem
from mmhs_finder.directory.vocabularies import ToldHow
from mmhs_finder.words import say, texts

NAME: Final = "your answers"
_FIELD: Final = texts("curator.field_{}", EVIDENCE)


@dataclass(frozen=True)
class InTheBoxes:
    """What stands in the boxes of a service. given: the answers that say something new.

    wrong: what cannot be read, by question. conflicts: questions that somebody else has answered
    meanwhile. beside: those of the new ones that have evidence of their own. known: the evidence,
    by question or `WHOLE`. confirms: the service went through everything.
    """

    given: Mapping[str, str]
    wrong: Mapping[str, str]
    conflicts: frozenset[str]
    beside: frozenset[str]
    known: Mapping[str, EvidenceGiven]
    confirms: bool

    @property
    def needs_whole(self) -> bool:
        """Whether anything rests on the evidence that is asked for once."""
        return self.confirms or bool(self.given.keys() - self.beside)

    @property
    def number_of_nobody(self) -> bool:
        """Whether parents would get a number of which nobody knows that the service gave it."""
        if self.given.get("phone", NONE) == NONE:
            return False
        told = self.known["phone" if "phone" in self.beside else WHOLE].evidence.told
        return told is not None and told.how is ToldHow.NOT_KNOWN


@dataclass(frozen=True)
class WorkedOut:
    """What the answers come to.

    changes: () where nothing is new. beside: what is wrong, by question, or by a field of the
    evidence. others: what is wrong and is about no question. missing: evidence that is not there
    yet, in words. tried: () None where nothing was.
    """

    changes: tuple[Proposed, ...] = ()
    beside: Mapping[str, Sequence[str]] = field(default_factory=dict)
    others: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    tried: Attempt | None = None

    @property
    def is_good(self) -> bool:
        """Whether it can be saved."""
        return bool(self.changes) and not (self.beside or self.others or self.missing)


def read_answers(
    sitting: Sitting,
    questions: Sequence[FormQuestion],
    conflicts: frozenset[str],
    today: date,
) -> InTheBoxes:
    """What stands in the boxes at this moment."""
    given: dict[str, str] = {}
    wrong: dict[str, str] = {}
    for question in questions:
        first = sitting.first[question.id]
        try:
            answer = boxes.read(sitting, question, first)
        except ValueError as problem:
            wrong[question.id] = str(problem)
            continue
        if answer and not is_same(question, answer, first):
            given[question.id] = answer
    beside = frozenset(i for i in given if sitting.session.get(sitting.evidence(i, "own")))
    known = {whose: evidence.read(sitting, whose, today) for whose in (*beside, WHOLE)}
    told = known[WHOLE].evidence.told is not None
    confirms = told and bool(sitting.session.get(sitting.evidence(WHOLE, "confirms")))
    return InTheBoxes(given, wrong, conflicts, beside, known, confirms)


def work_out(
    opened: Opened,
    service: str,
    questions: Sequence[FormQuestion],
    answered: InTheBoxes,
    today: date,
) -> WorkedOut:
    """What they come to, tried against the directory."""
    beside: dict[str, list[str]] = {i: [text] for i, text in answered.wrong.items()}
    left = dict(answered.given)
    missing = [
        text
        for whose, known in answered.known.items()
        if whose != WHOLE or answered.needs_whole
        for text in known.missing
    ]
    if answered.conflicts:
        missing.append(say("curator.missing_conflict"))
    changes: tuple[Proposed, ...] = ()
    bare = False  # without the proof, which cannot be used
    for _ in range(len(left) + 2):
        try:
            changes = gather(opened.tables, service, _groups(answered, left, bare))
            break
        except NotAnAnswer as problem:
            for each in problem.problems:
                beside.setdefault(each.question, []).append(_spoken(each.value, each.message))
                left.pop(each.question, None)
                bare = bare or each.question in evidence.FIELDS
    missing = list(dict.fromkeys(missing))
    if not changes:
        return WorkedOut((), beside, (), tuple(missing if left else ()))
    tried = _tried(opened, ChangeSet(changes, NAME), today)
    others = _place(tried, questions, service, beside)
    return WorkedOut(changes, beside, others, tuple(missing), tried)


def _groups(answered: InTheBoxes, left: Mapping[str, str], bare: bool) -> list[Group]:
    """Answers with what they rest on: those with evidence of their own one by one."""
    found: list[Group] = [
        ({i: left[i]}, answered.known[i].evidence) for i in answered.beside if i in left
    ]
    rest = {i: answer for i, answer in left.items() if i not in answered.beside}
    if rest or answered.confirms:
        found.append((rest, answered.known[WHOLE].evidence))
    return [(answers, _bare(e) if bare and e.told else e) for answers, e in found]


def _bare(known: Evidence) -> Evidence:
    return replace(known, told=Answerer(say("curator.stand_in_role")))


@lru_cache(maxsize=4)
def _tried(opened: Opened, changes: ChangeSet, today: date) -> Attempt:
    """Kept while nothing else is typed: a try reads and checks the whole directory."""
    return attempt(opened, changes, today)


def _place(
    tried: Attempt,
    questions: Sequence[FormQuestion],
    service: str,
    beside: dict[str, list[str]],
) -> tuple[str, ...]:
    """Puts each finding beside its question. Returns those that are about none."""
    by_cell = {(q.file, service, q.column): q.id for q in questions}
    others: list[str] = []
    for cell, found in tried.cells.items():
        for problem in found:
            text = _spoken(problem.value, problem.message)
            if question := by_cell.get(cell):
                beside.setdefault(question, []).append(text)
            else:
                others.append(f"{cell[2]}: {text}" if cell[2] else text)
    if not tried.cells:
        others += [_of_evidence(problem) for problem in tried.problems]
    return tuple(dict.fromkeys(others))


def _of_evidence(problem: Problem) -> str:
    """Why a line of changes is refused, without where the line is: the curator sees no lines."""
    text = problem.message.partition(") ")[2] if problem.message.startswith("(") else ""
    name = f"{_FIELD(problem.column)}: " if problem.column in EVIDENCE else ""
    return f"{name}{text or problem}"


def _spoken(value: str, message: str) -> str:
    return f"“{value}” {message}" if value and value != NONE else message
