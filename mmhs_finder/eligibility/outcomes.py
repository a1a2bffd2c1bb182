"""The outcome for each service with its reasons, the order of services, the questions to ask.

Not for: a single criterion (`criteria`), or what to offer next (`mmhs_finder.signposting.steps`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from mmhs_finder.answers.types import Answer, Match
from mmhs_finder.directory.models import Certainty, Criteria, Pathway, Service, Status
from mmhs_finder.eligibility.checks.needs import offer_place
from mmhs_finder.eligibility.checks.types import Check, State, Why
from mmhs_finder.eligibility.criteria import CRITERIA, Criterion, CriterionId
from mmhs_finder.eligibility.person import Answers
from mmhs_finder.eligibility.reasons import ASK, HEADLINE, INSTEAD, NAME, REASON
from mmhs_finder.eligibility.stated import NO_NAMES, Published, published
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
    headline: what of it belongs into the first line, where its name would say too little, else "".
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
    headline: str = ""
    instead: str = ""


@dataclass(frozen=True)
class Assessment:
    """The outcome for one service, and everything it rests on.

    via_gp: it serves another area, so it is a GP or midwife who can ask whether it is possible.
    offer_place: how well it is known to help with what happened, as `offer_place` counts it.
    by_professional: somebody who refers has answered, so that it is worded for two readers.
    """

    service: Service
    outcome: Fit
    headline: str
    findings: tuple[Finding, ...]
    via_gp: bool = False
    offer_place: int = 0
    by_professional: bool = False

    @property
    def consultation(self) -> str:
        """How somebody who refers can talk it over with the service first, else ""."""
        return self.service.consultation.strip()

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
    names: Mapping[str, str] = NO_NAMES,
) -> Assessment:
    """Whether a service looks right for a person, with reasons. A closed one never does.

    certainty: how sure it is that it serves the person's place; None when the place is not known.
    neighbour: True for a service of an adjoining area.
    names: as `stated.names_of`, to name the help that it wants to have been asked first.
    """
    facts = published(service, criteria, certainty, neighbour=neighbour, names=names)
    closed = service.status is Status.CLOSED
    findings = tuple(
        found
        for c in CRITERIA
        if not (closed and c.id is not CriterionId.RUNNING)
        and (found := _finding(c, facts, answers)) is not None
    )
    outcome = _outcome(findings)
    return Assessment(
        service=service,
        outcome=outcome,
        headline=_headline(outcome, findings, answers, neighbour=neighbour),
        findings=findings,
        via_gp=neighbour,
        offer_place=offer_place(facts.criteria, answers.needs),
        by_professional=answers.by_professional,
    )


def _finding(criterion: Criterion, facts: Published, answers: Answers) -> Finding | None:
    check = criterion.check(facts, answers)
    if check is None:
        return None
    service = facts.service
    may_not = check.state is State.MAY_NOT
    values = {"silence": facts.silence, **check.values}
    return Finding(
        criterion=criterion.id,
        state=check.state,
        name=NAME(criterion.id),
        reason=REASON((criterion.id, check.words), **values),
        question=_question(criterion, facts),
        why_unknown=check.why,
        source=service.source_urls,
        source_date=service.source_date,
        checked_on=service.checked_on,
        weighs=check.state is State.CANNOT_TELL and check.weighs,
        headline=_of_headline(criterion, check, values),
        instead=INSTEAD(criterion.id) if may_not else "",
    )


def _question(criterion: Criterion, facts: Published) -> str:
    """What to ask the service, or a GP about a service for another area."""
    if criterion.id is CriterionId.AREA and facts.neighbour:
        return say("fit.ask_neighbour")
    return ASK(criterion.id)


def _of_headline(criterion: Criterion, check: Check, values: Mapping[str, object]) -> str:
    """The words of `headline.<criterion>`, where there are some for what was found."""
    found = (criterion.id, check.words)
    return HEADLINE(found, **values) if found in HEADLINE else ""


def _outcome(findings: Iterable[Finding]) -> Fit:
    outcome = Fit.LOOKS_RIGHT
    for found in findings:
        if found.state is State.MAY_NOT:
            return Fit.MAY_NOT
        if found.weighs:
            outcome = Fit.WORTH_ASKING
    return outcome


def _headline(
    outcome: Fit, findings: Sequence[Finding], answers: Answers, *, neighbour: bool
) -> str:
    if outcome is Fit.MAY_NOT:
        return _may_not_headline([f for f in findings if f.state is State.MAY_NOT])
    parts = [say("fit.looks_right")]
    if outcome is Fit.WORTH_ASKING:
        parts = _worth_asking_headline(findings, neighbour=neighbour)
    if answers.birth_is_near and Pathway.TOKOPHOBIA in (answers.needs or ()):
        parts.append(say("fit.this_week"))
    return " ".join(parts)


def _may_not_headline(reasons: Sequence[Finding]) -> str:
    """The reasons by name; one that has a line of its own (closed, not safe) is all there is."""
    if own := next((f.headline for f in reasons if f.headline), ""):
        return own
    return say("fit.may_not", things=join_words([f.name for f in reasons]))


def _worth_asking_headline(findings: Sequence[Finding], *, neighbour: bool) -> list[str]:
    """What there is to ask about, the most telling first; thin knowledge at the end."""
    weighing = [
        f for f in findings if f.weighs and not (neighbour and f.criterion is CriterionId.AREA)
    ]
    thin = any(f.criterion is CriterionId.RULES for f in weighing)
    weighing = [f for f in weighing if f.criterion is not CriterionId.RULES]
    helps = any(f.criterion is CriterionId.PATHWAY and f.state is State.MET for f in findings)
    parts = [say("fit.worth_asking")]
    if neighbour:
        parts.append(say("fit.via_gp"))
    if thin and helps and not weighing:
        return [*parts[1:], say("fit.thin_only")]
    parts += [f.headline for f in weighing if f.headline]
    plain = [f for f in weighing if not f.headline]
    if to_ask := [f.name for f in plain if not f.why_unknown]:
        parts.append(say("fit.ask_about", things=join_words(to_ask)))
    if unchecked := [f.name for f in plain if f.why_unknown]:
        parts.append(say("fit.unchecked", things=join_words(unchecked)))
    if thin:
        parts.append(say("fit.thin"))
    return parts


def rank(
    answer: Answer, answers: Answers, names: Mapping[str, str] = NO_NAMES
) -> tuple[Assessment, ...]:
    """The services of an answer for this person: local, neighbours that fit better, the rest.

    A neighbour fits better when it is known to help with what happened and, its area apart, comes
    out better than every local service. One that has closed is not among them. Empty when the
    person is not safe now: then only urgent help is shown (`signposting.next_steps`).
    names: as `assess`.
    """
    if answers.not_safe_now:
        return ()
    local = sorted(
        (
            assess(m.service, m.criteria, answers, m.certainty, names=names)
            for m in still_there(answer.mmhs)
        ),
        key=lambda a: a.outcome.place,
    )
    others = [
        assess(m.service, m.criteria, elsewhere(answers), None, neighbour=True, names=names)
        for m in still_there(answer.neighbours)
    ]
    ranked = (*local, *sorted(others, key=_fit_but_area))
    better = better_elsewhere(ranked)
    rest = (a for a in ranked if a.via_gp and a not in better)
    return (*local, *better, *rest)


def still_there(matches: Iterable[Match]) -> tuple[Match, ...]:
    """Those of which nobody says that they have closed."""
    return tuple(m for m in matches if m.service.status is not Status.CLOSED)


def elsewhere(answers: Answers) -> Answers:
    """What was said holds for services of other areas too, but not what was said of the area."""
    return replace(answers, lives_in_area=None, gp_in_area=None, maternity_booked_in_area=None)


def better_elsewhere(assessments: Sequence[Assessment]) -> tuple[Assessment, ...]:
    """The services for other areas that fit better than every local one, as `rank` means it."""
    worst = (len(Fit), 0)
    best_local = min((_fit_but_area(a) for a in assessments if not a.via_gp), default=worst)
    return tuple(a for a in assessments if a.via_gp and _helps(a) and _fit_but_area(a) < best_local)


def _fit_but_area(assessment: Assessment) -> tuple[int, int]:
    """The outcome with the area left out, then what it is known to help with."""
    outcome = _outcome(f for f in assessment.findings if f.criterion is not CriterionId.AREA)
    return outcome.place, assessment.offer_place


def _helps(assessment: Assessment) -> bool:
    return any(
        f.criterion is CriterionId.PATHWAY and f.state is State.MET for f in assessment.findings
    )
