"""The outcome for each service with its reasons, the order of services, the questions to ask.

Not for: a single criterion (`criteria`), or what to offer next (`mmhs_finder.signposting.steps`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mmhs_finder.answers.types import Answer, Match
from mmhs_finder.directory.models import Certainty, Criteria, Service
from mmhs_finder.eligibility.checks import Check, State, Why
from mmhs_finder.eligibility.criteria import CRITERIA, Criterion, CriterionId
from mmhs_finder.eligibility.person import (
    ALWAYS_ASKED,
    FOLLOWS,
    PROFESSIONAL_ONLY,
    Answers,
    Question,
)
from mmhs_finder.eligibility.stated import Published, published
from mmhs_finder.words import join_words, say


class Fit(StrEnum):
    """The outcome for one service, the best first."""

    LOOKS_RIGHT = "looks_right"
    WORTH_ASKING = "worth_asking"
    MAY_NOT = "may_not"

    @property
    def place(self) -> int:
        """0 for the best."""
        return list(Fit).index(self)


@dataclass(frozen=True)
class Finding:
    """What one criterion means for this person, with its words and where it comes from.

    name: the criterion in a few words. question: to put to the service.
    instead: what to do when it may not be met, else "".
    """

    criterion: CriterionId
    state: State
    name: str
    reason: str
    question: str
    why_unknown: Why | None
    source: tuple[str, ...]
    source_date: str
    checked_on: date
    weighs: bool = False
    instead: str = ""


@dataclass(frozen=True)
class Assessment:
    """The outcome for one service, and everything it rests on.

    via_gp: it serves another area, so it is a GP or midwife who can ask whether it is possible.
    """

    service: Service
    outcome: Fit
    headline: str
    findings: tuple[Finding, ...]
    via_gp: bool = False

    @property
    def reasons(self) -> tuple[Finding, ...]:
        """Why they may not be able to help."""
        return tuple(f for f in self.findings if f.state is State.MAY_NOT)

    @property
    def unchecked(self) -> tuple[Finding, ...]:
        """What could not be checked and is worth asking."""
        return tuple(f for f in self.findings if f.weighs)

    @property
    def not_published(self) -> tuple[Finding, ...]:
        """What they do not say; it did not change the outcome."""
        return tuple(
            f for f in self.findings if f.why_unknown is Why.NOT_PUBLISHED and not f.weighs
        )

    @property
    def to_read(self) -> tuple[Finding, ...]:
        """What they say in their own words, to read before asking."""
        return tuple(
            f
            for f in self.findings
            if f.state is State.CANNOT_TELL and f.why_unknown is None and not f.weighs
        )

    @property
    def questions(self) -> tuple[str, ...]:
        """What to ask the service, the most important first."""
        asked = (*self.reasons, *self.unchecked)
        return tuple(dict.fromkeys(f.question for f in asked))


def assess(
    service: Service,
    criteria: Criteria | None,
    answers: Answers,
    certainty: Certainty | None = None,
    *,
    neighbour: bool = False,
) -> Assessment:
    """Whether a service looks right for a person, with reasons.

    certainty: how sure it is that it serves the person's place; None when the place is not known.
    neighbour: True for a service of an adjoining area.
    """
    facts = published(service, criteria, certainty, neighbour=neighbour)
    findings = tuple(found for c in CRITERIA if (found := _finding(c, facts, answers)) is not None)
    outcome = _outcome(findings)
    return Assessment(
        service, outcome, _headline(outcome, findings, neighbour=neighbour), findings, neighbour
    )


def _finding(criterion: Criterion, facts: Published, answers: Answers) -> Finding | None:
    check = criterion.check(facts, answers)
    if check is None:
        return None
    if check.state is State.MAY_NOT and criterion.noted and facts.notes:
        values = {**check.values, "note": facts.notes}
        check = Check(State.CANNOT_TELL, "noted", values=values, weighs=True)
    service = facts.service
    may_not = check.state is State.MAY_NOT
    return Finding(
        criterion=criterion.id,
        state=check.state,
        name=say(f"check_name.{criterion.id}"),
        reason=say(f"check.{criterion.id}.{check.words}", **check.values),
        question=_question(criterion, facts),
        why_unknown=check.why,
        source=service.source_urls,
        source_date=service.source_date,
        checked_on=service.checked_on,
        weighs=check.state is State.CANNOT_TELL and check.weighs,
        instead=say(f"check_instead.{criterion.id}") if may_not else "",
    )


def _question(criterion: Criterion, facts: Published) -> str:
    """What to ask the service, or a GP about a service for another area."""
    if criterion.id is CriterionId.AREA and facts.neighbour:
        return say("fit.ask_neighbour")
    return say(f"check_ask.{criterion.id}")


def _outcome(findings: Iterable[Finding]) -> Fit:
    outcome = Fit.LOOKS_RIGHT
    for found in findings:
        if found.state is State.MAY_NOT:
            return Fit.MAY_NOT
        if found.weighs:
            outcome = Fit.WORTH_ASKING
    return outcome


def _headline(outcome: Fit, findings: Iterable[Finding], *, neighbour: bool) -> str:
    if outcome is Fit.LOOKS_RIGHT:
        return say("fit.looks_right")
    if outcome is Fit.MAY_NOT:
        names = [f.name for f in findings if f.state is State.MAY_NOT]
        return say("fit.may_not", things=join_words(names))
    weighing = [
        f for f in findings if f.weighs and not (neighbour and f.criterion is CriterionId.AREA)
    ]
    unchecked = [f.name for f in weighing if f.why_unknown]
    to_ask = [f.name for f in weighing if not f.why_unknown]
    parts = [say("fit.worth_asking")]
    if neighbour:
        parts.append(say("fit.via_gp"))
    if to_ask:
        parts.append(say("fit.ask_about", things=join_words(to_ask)))
    if unchecked:
        parts.append(say("fit.unchecked", things=join_words(unchecked)))
    return " ".join(parts)


def needed_questions(
    matches: Iterable[Match], *, professional: bool = False, neighbours: bool = False
) -> tuple[Question, ...]:
    """The questions whose answers matter for these services, in the order to ask them.

    professional: also those that only somebody who refers is asked.
    neighbours: the services are for other areas, so nothing is asked about belonging to theirs.
    """
    needed = set(ALWAYS_ASKED)
    for match in matches:
        facts = published(match.service, match.criteria, match.certainty, neighbour=neighbours)
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


def rank(answer: Answer, answers: Answers) -> tuple[Assessment, ...]:
    """The services of an answer for this person: local, neighbours that fit better, the rest.

    A neighbour fits better when it is known to help with what happened and, its area apart, comes
    out better than every local service. Empty when the person is not safe now: then only urgent
    help is shown (`signposting.next_steps`).
    """
    if answers.not_safe_now:
        return ()
    local = sorted(
        (assess(m.service, m.criteria, answers, m.certainty) for m in answer.mmhs),
        key=lambda a: a.outcome.place,
    )
    # "In the area" was asked about the local services, so those answers do not hold for others.
    elsewhere = replace(answers, lives_in_area=None, gp_in_area=None, maternity_booked_in_area=None)
    others = [
        assess(m.service, m.criteria, elsewhere, None, neighbour=True) for m in answer.neighbours
    ]
    ranked = (*local, *sorted(others, key=_fit_but_area))
    better = better_elsewhere(ranked)
    rest = (a for a in ranked if a.via_gp and a not in better)
    return (*local, *better, *rest)


def better_elsewhere(assessments: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """The services for other areas that fit better than every local one, as `rank` means it."""
    best_local = min((_fit_but_area(a) for a in assessments if not a.via_gp), default=len(Fit))
    return tuple(a for a in assessments if a.via_gp and _helps(a) and _fit_but_area(a) < best_local)


def _fit_but_area(assessment: Assessment) -> int:
    return _outcome(f for f in assessment.findings if f.criterion is not CriterionId.AREA).place


def _helps(assessment: Assessment) -> bool:
    return any(
        f.criterion is CriterionId.PATHWAY and f.state is State.MET for f in assessment.findings
    )
