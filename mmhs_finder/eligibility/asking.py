"""Which questions matter for some services: those that a published rule of theirs decides.

Not for: the questions and their choices (`person`), or drawing them (`channels`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from mmhs_finder.answers.types import Match
from mmhs_finder.directory.models import Need, Pathway, Status
from mmhs_finder.eligibility.checks.access import BASIS
from mmhs_finder.eligibility.criteria import CRITERIA
from mmhs_finder.eligibility.person import (
    ALWAYS_ASKED,
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


def _facts(matches: Iterable[Match], *, neighbours: bool) -> Iterable[Published]:
    for m in matches:
        if m.service.status is not Status.CLOSED:
            yield published(m.service, m.criteria, m.certainty, neighbour=neighbours)
