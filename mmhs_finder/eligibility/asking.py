"""Which questions matter for some services, and after which answers; what the answers may hide.

Not for: the questions and their choices (`person`), or drawing them (`channels`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from mmhs_finder.answers.suited import Situation
from mmhs_finder.answers.types import Match
from mmhs_finder.directory.models import FurtherNeed, LossKind, Need, Pathway, Status
from mmhs_finder.eligibility.checks.access import BASIS
from mmhs_finder.eligibility.criteria import CRITERIA
from mmhs_finder.eligibility.person import (
    ALWAYS_ASKED,
    ASKED_AFTER,
    FOLLOWS,
    PROFESSIONAL_ONLY,
    Question,
)
from mmhs_finder.eligibility.stated import Published, published


def needed_questions(
    matches: Iterable[Match],
    happened: Collection[Need] = (),
    *,
    professional: bool = False,
    neighbours: bool = False,
) -> tuple[Question, ...]:
    """The questions whose answers matter for these services, in the order to ask them.

    happened: a fear of birth is asked for the weeks: late in a pregnancy there is little time.
    professional: also those that only somebody who refers is asked.
    neighbours: the services are for other areas, so nothing is asked about belonging to theirs.
    """
    needed = set(ALWAYS_ASKED)
    if Pathway.TOKOPHOBIA in happened:
        needed.add(Question.WEEKS_PREGNANT)
    for facts in _facts(matches, neighbours=neighbours):
        needed |= {
            q
            for c in CRITERIA
            if c.rule(facts)
            for q in c.questions
            if c.only is None or c.only(facts, q)
        }
    needed |= {FOLLOWS[q] for q in needed if q in FOLLOWS}
    if not professional:
        needed -= PROFESSIONAL_ONLY
    return tuple(q for q in Question if q in needed)


def pregnancy_questions(matches: Iterable[Match]) -> frozenset[Question]:
    """Of these questions, those that matter only to somebody who is or may be pregnant."""
    services = [m.service for m in matches]
    always = {BASIS[b] for s in services for b in s.area_basis}
    return frozenset(BASIS[b] for s in services for b in s.pregnant_area_basis) - always


def is_asked(
    question: Question,
    given: Mapping[str, Any],
    in_pregnancy: Collection[Question] = (),
) -> bool:
    """Whether a question is asked after what was answered before it.

    given: the answers so far, by the keys of `answers_from_json`; what happened as a list.
    in_pregnancy: as `pregnancy_questions`.
    """
    pregnant = given.get(Question.PREGNANT_NOW.value)
    if question in in_pregnancy and pregnant in (None, "no"):
        return False
    first = FOLLOWS.get(question)
    if first is None:
        return True
    if first is Question.HAPPENED:
        happened = {*(given.get(Question.HAPPENED.value) or ())}
        return bool(happened & {need.value for need in ASKED_AFTER[question]})
    return given.get(first.value) == "yes"


def situation_said(needs: Collection[Need], said: Mapping[str, Any]) -> Situation:
    """What is known of somebody that decides what may hurt: her search, and her answers so far.

    An answer counts only where its question is asked after what happened: one that was given
    before she changed what happened says nothing any more.
    """
    happened = {Question.HAPPENED.value: [need.value for need in needs]}

    def answer(question: Question) -> Any:
        return said.get(question.value) if is_asked(question, {**said, **happened}) else None

    loss, yes_no = answer(Question.LOSS_KIND), {"yes": True, "no": False}
    return Situation(
        needs=frozenset(p for p in Pathway if p in needs),
        has_baby=yes_no.get(answer(Question.HAS_BABY) or ""),
        pregnant=yes_no.get(answer(Question.PREGNANT_NOW) or ""),
        further=frozenset(n for n in FurtherNeed if n in needs),
        loss_kind=LossKind(loss) if loss in {*LossKind} else None,
    )


def _facts(matches: Iterable[Match], *, neighbours: bool) -> Iterable[Published]:
    for m in matches:
        if m.service.status is not Status.CLOSED:
            yield published(m.service, m.criteria, m.certainty, neighbour=neighbours)
