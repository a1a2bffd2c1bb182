"""What to offer next: for these answers, this place, this nation and this moment. Never empty.

The fourteen destinations are those to which maternal mental health services send people whom they
cannot help (MMHA & BPS, Maternal Mental Health Services Progress Report, October 2024), in the
report's order; a few more steps stand before them when a need calls for it. Not for: whether a
service fits (`eligibility`) or drawing (`ui`).

Domestic abuse lines are never among the steps: a controlling partner may see this screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mmhs_finder.answers.finder import HIDDEN_UNLESS_CHOSEN, Finder
from mmhs_finder.answers.types import Answer, Match, Offer
from mmhs_finder.directory.models import (
    DevolvedService,
    Pathway,
    ServiceKind,
    Status,
    YesNo,
    helps_with,
)
from mmhs_finder.eligibility import Answers, Assessment, LossKind, Outcome, Severity, Who
from mmhs_finder.hours import bank_holiday
from mmhs_finder.nation import Nation
from mmhs_finder.words import say


class Step(StrEnum):
    """Every kind of next step. The last fourteen are the report's, in its order."""

    URGENT = "urgent"
    NATION_SERVICES = "nation_services"
    LEGAL_ADVICE = "legal_advice"
    SEPARATION_SERVICES = "separation_services"
    PARTNER_SUPPORT = "partner_support"

    NHS_TALKING_THERAPIES = "nhs_talking_therapies"
    VOLUNTARY_SECTOR = "voluntary_sector"
    PERINATAL_TEAM = "perinatal_mental_health_team"
    COMMUNITY_TEAM = "community_mental_health_team"
    PEER_SUPPORT = "peer_support"
    MENTAL_HEALTH_MIDWIFE = "specialist_mental_health_midwife"
    BEREAVEMENT = "bereavement_services"
    MATERNITY = "maternity"
    ADJACENT_MMHS = "adjacent_mmhs"
    SOCIAL_PRESCRIBING = "social_prescribing"
    DRUG_AND_ALCOHOL = "drug_and_alcohol_services"
    CHILDRENS_CENTRE = "childrens_centre"
    HEALTH_VISITOR = "health_visitor"
    GP = "gp"


@dataclass(frozen=True)
class Destination:
    """Where the ways to one kind of step stand in the directory.

    local: kinds of `services.csv`. national: kinds of `national_support.csv`.
    only_for: what happened, when it would hurt or not help anybody else.
    not_after: left out when this is all that happened.
    england_only: the name stands for something that other nations do not have.
    """

    step: Step
    local: tuple[ServiceKind, ...] = ()
    national: tuple[str, ...] = ()
    only_for: frozenset[Pathway] | None = None
    not_after: frozenset[Pathway] = frozenset()
    england_only: bool = False


_LOSS: Final = frozenset({Pathway.LOSS})
_SEPARATION: Final = frozenset({Pathway.SEPARATION})
_WITHOUT_THE_BABY: Final = _LOSS | _SEPARATION

DESTINATIONS: Final[tuple[Destination, ...]] = (
    Destination(
        Step.NHS_TALKING_THERAPIES,
        (ServiceKind.TALKING_THERAPIES,),
        ("nhs_talking_therapies",),
        england_only=True,
    ),
    Destination(
        Step.VOLUNTARY_SECTOR,
        (ServiceKind.COUNSELLING, ServiceKind.OTHER),
        ("voluntary_sector",),
    ),
    Destination(
        Step.PERINATAL_TEAM, (ServiceKind.PERINATAL_TEAM,), ("perinatal_mental_health_team",)
    ),
    Destination(Step.COMMUNITY_TEAM, (), ("community_mental_health_team",)),
    Destination(Step.PEER_SUPPORT, (ServiceKind.PEER_SUPPORT,), ("peer_support",)),
    Destination(
        Step.MENTAL_HEALTH_MIDWIFE, (), ("specialist_mental_health_midwife",), england_only=True
    ),
    Destination(
        Step.BEREAVEMENT, (ServiceKind.BEREAVEMENT,), ("bereavement_service",), only_for=_LOSS
    ),
    Destination(Step.MATERNITY, (ServiceKind.BIRTH_REFLECTIONS,), ("maternity",)),
    Destination(Step.ADJACENT_MMHS, england_only=True),
    Destination(Step.SOCIAL_PRESCRIBING, (), ("social_prescribing",), england_only=True),
    Destination(Step.DRUG_AND_ALCOHOL, (), ("drug_and_alcohol",)),
    Destination(
        Step.CHILDRENS_CENTRE,
        (ServiceKind.PARENT_INFANT,),
        ("childrens_centre",),
        not_after=_WITHOUT_THE_BABY,
        england_only=True,
    ),
    Destination(Step.HEALTH_VISITOR, (), ("health_visitor",)),
    Destination(Step.GP, (), ("gp",)),
)
"""The report's fourteen, and where each is found."""

_OTHERS: Final[tuple[Destination, ...]] = (
    Destination(Step.LEGAL_ADVICE, (), ("legal_rights",), only_for=_SEPARATION),
    Destination(Step.SEPARATION_SERVICES, (ServiceKind.SEPARATION,), (), only_for=_SEPARATION),
)

_FOR_NEED: Final[Mapping[Pathway, tuple[Step, ...]]] = MappingProxyType(
    {
        Pathway.LOSS: (Step.BEREAVEMENT,),
        Pathway.SEPARATION: (Step.LEGAL_ADVICE, Step.SEPARATION_SERVICES),
        Pathway.BIRTH_TRAUMA: (Step.MATERNITY,),
        Pathway.TOKOPHOBIA: (Step.MENTAL_HEALTH_MIDWIFE, Step.MATERNITY),
    }
)
"""First after what happened; in this order when several things did."""

_FOR_SEVERITY: Final[Mapping[Severity, tuple[Step, ...]]] = MappingProxyType(
    {
        Severity.MILD: (Step.NHS_TALKING_THERAPIES, Step.VOLUNTARY_SECTOR),
        Severity.MODERATE: (Step.NHS_TALKING_THERAPIES, Step.PERINATAL_TEAM),
        Severity.SEVERE: (Step.PERINATAL_TEAM, Step.GP, Step.COMMUNITY_TEAM),
        Severity.COMPLEX: (Step.PERINATAL_TEAM, Step.GP, Step.COMMUNITY_TEAM),
    }
)

_FOR_REASON: Final[Mapping[str, tuple[Step, ...]]] = MappingProxyType(
    {
        "pathway": (Step.ADJACENT_MMHS,),
        "area": (Step.ADJACENT_MMHS, Step.GP),
        "max_months": (Step.NHS_TALKING_THERAPIES, Step.ADJACENT_MMHS),
        "pregnant": (Step.MENTAL_HEALTH_MIDWIFE, Step.PERINATAL_TEAM),
        "gestation": (Step.MENTAL_HEALTH_MIDWIFE, Step.MATERNITY),
        "min_age": (Step.GP, Step.MENTAL_HEALTH_MIDWIFE),
        "earlier_treatment": (Step.NHS_TALKING_THERAPIES,),
        "multiple_events": (Step.NHS_TALKING_THERAPIES, Step.ADJACENT_MMHS),
        "ptsd": (Step.NHS_TALKING_THERAPIES, Step.ADJACENT_MMHS),
        "severity": (Step.NHS_TALKING_THERAPIES,),
        "care_coordinator": (Step.COMMUNITY_TEAM, Step.GP),
    }
)
"""What helps when a criterion may not be met (ids of `eligibility.CRITERIA`)."""

_LOCAL_SEPARATION_LINES: Final = frozenset({"voluntary_sector", "peer_support"})


@dataclass(frozen=True)
class NextStep:
    """One thing to do next, with every way to reach it, the nearest first.

    local: services of the directory. offers: national lines, charities and finders. devolved:
    services outside England. say: the words to use with a midwife, GP or hospital.
    """

    step: Step
    title: str
    what: str
    say: str
    local: tuple[Match, ...] = ()
    offers: tuple[Offer, ...] = ()
    devolved: tuple[DevolvedService, ...] = ()

    @property
    def open_now(self) -> bool:
        """Whether somebody answers a call or a text at this moment."""
        return any(m.opening.open_now and m.service.public_phone for m in self.local) or any(
            o.opening.open_now and (o.support.public_phone or o.support.text_number)
            for o in self.offers
        )

    @property
    def reachable_now(self) -> bool:
        """Open now, or with a page to read or write to at any hour."""
        return (
            self.open_now
            or any(m.service.website or m.service.referral_url for m in self.local)
            or any(
                o.support.website or o.support.finder_url or o.support.webchat_url
                for o in self.offers
            )
            or any(d.website for d in self.devolved)
        )


def next_steps(
    finder: Finder,
    answer: Answer,
    answers: Answers,
    assessments: Iterable[Assessment] = (),
) -> tuple[NextStep, ...]:
    """What to offer next, the best fit first, urgent help always among it.

    assessments: of the person's services (`eligibility.rank`); the reasons why the local ones may
    not be able to help bring what helps instead to the front. When the person is not safe now,
    urgent help is the only step. In the evening, at night and on days off it comes second when
    nothing else is open; else last.
    """
    urgent = _step(Step.URGENT, answer, offers=answer.urgent)
    if answers.not_safe_now:
        return (urgent,)
    if answers.happened is not None and answers.happened != frozenset(answer.needs):
        answer = finder.find(answer.place, tuple(answers.happened), answer.at)
    needs = answers.happened or frozenset(answer.needs)
    steps = {s.step: s for s in _all_steps(finder, answer, answers, needs)}
    order = _order(needs, answers, assessments)
    ordered = [steps[s] for s in order if s in steps]
    # A neighbour that does not help with this is no help to hear of first.
    ordered.sort(key=lambda s: s.step is Step.ADJACENT_MMHS and not s.local)
    if _out_of_hours(answer) and not any(s.open_now for s in ordered):
        return (*ordered[:1], urgent, *ordered[1:])
    return (*ordered, urgent)


def _out_of_hours(answer: Answer) -> bool:
    """Whether surgeries and hospitals' offices are shut: not 8am to 6pm on a working day."""
    at, nation = answer.at, answer.place.nation
    working_day = at.weekday() < 5 and not bank_holiday(nation, at.date())
    return not (working_day and 8 <= at.hour < 18)


def _order(
    needs: frozenset[Pathway], answers: Answers, assessments: Iterable[Assessment]
) -> tuple[Step, ...]:
    """Every step once: for the need, the person, the severity, the reasons, then the rest."""
    order: list[Step] = []
    for need in (Pathway.LOSS, Pathway.SEPARATION):
        if need in needs:
            order += _FOR_NEED[need]
    if answers.who in (Who.PARTNER, Who.FAMILY):
        order.append(Step.PARTNER_SUPPORT)
    order.append(Step.NATION_SERVICES)
    if answers.severity is not None:
        order += _FOR_SEVERITY[answers.severity]
    for assessment in assessments:
        if assessment.outcome is Outcome.MAY_NOT and not assessment.via_gp:
            for reason in assessment.reasons:
                order += _FOR_REASON.get(reason.criterion, ())
    for need in (Pathway.BIRTH_TRAUMA, Pathway.TOKOPHOBIA):
        if need in needs:
            order += _FOR_NEED[need]
    order += [d.step for d in DESTINATIONS]
    return tuple(dict.fromkeys(order))


def _all_steps(
    finder: Finder, answer: Answer, answers: Answers, needs: frozenset[Pathway]
) -> Iterable[NextStep]:
    england = bool(answer.place.areas) or answer.place.nation is Nation.ENGLAND
    if answer.place.areas:
        # A local service that does not fit or cannot be reached must not be the only way.
        answer = replace(answer, routes=finder.routes(answer.at))
    if answer.devolved:
        yield _step(Step.NATION_SERVICES, answer, devolved=_known(answer.devolved))
    for destination in (*_OTHERS, *DESTINATIONS):
        if not _fits(destination, needs) or (destination.england_only and not england):
            continue
        yield _filled(destination, answer, answers, needs)
    if answers.who in (Who.PARTNER, Who.FAMILY):
        offers = [o for o in _partner_lines(finder, answer) if _about(o, needs)]
        first = [o for o in offers if o.support.kind == Step.PARTNER_SUPPORT.value]
        rest = [o for o in offers if o not in first]
        yield _step(Step.PARTNER_SUPPORT, answer, offers=_for(answers, (*first, *rest)))


def _filled(
    destination: Destination, answer: Answer, answers: Answers, needs: frozenset[Pathway]
) -> NextStep:
    """A destination with its ways: those of the directory, then the national ones."""
    step = destination.step
    if step is Step.ADJACENT_MMHS:
        return _step(step, answer, local=_may_help(answer.neighbours, needs))
    local = sorted(
        (m for m in answer.alternatives if m.kind in destination.local),
        key=lambda m: (
            m.service.status is not Status.OPEN,
            not (m.service.public_phone and m.opening.open_now),
        ),
    )
    offers = [
        o for o in (*answer.routes, *answer.national) if o.support.kind in destination.national
    ]
    if step is Step.SEPARATION_SERVICES:
        offers = [
            o
            for o in answer.national
            if o.support.kind in _LOCAL_SEPARATION_LINES
            and Pathway.SEPARATION.value in o.support.pathways
        ]
    elif step is Step.LEGAL_ADVICE:
        offers = [o for o in offers if Pathway.SEPARATION.value in o.support.pathways]
    elif step is Step.BEREAVEMENT and answers.loss_kind:
        kind = answers.loss_kind
        others = [o for o in answer.national if _named_for(o, kind) and o not in offers]
        offers = sorted((*others, *offers), key=lambda o: _for_another(o, kind))
    return _step(step, answer, local=tuple(local), offers=_for(answers, offers))


def _may_help(neighbours: Sequence[Match], needs: frozenset[Pathway]) -> tuple[Match, ...]:
    """Those not known to leave out everything that happened; known to help with it first."""

    def best(match: Match) -> int:
        order = (YesNo.YES, YesNo.UNKNOWN, YesNo.NO)
        return min((order.index(helps_with(match.criteria, n)) for n in needs), default=0)

    return tuple(sorted((m for m in neighbours if best(m) < 2), key=best))


def _named_for(offer: Offer, kind: LossKind) -> bool:
    return kind in offer.support.for_loss_kinds


def _for_another(offer: Offer, kind: LossKind) -> tuple[bool, int, bool]:
    """Lines for this kind of loss come first, of those the ones that are chiefly for it."""
    row, named = offer.support, _named_for(offer, kind)
    place = row.for_loss_kinds.index(kind) if named else 0
    return not named, place, row.kind != "bereavement_service"


def _step(
    step: Step,
    answer: Answer,
    *,
    local: tuple[Match, ...] = (),
    offers: tuple[Offer, ...] = (),
    devolved: tuple[DevolvedService, ...] = (),
) -> NextStep:
    nation = answer.place.nation.value
    return NextStep(
        step=step,
        title=say(f"step.{step.value}", nation=nation),
        what=say(f"step_what.{step.value}", nation=nation),
        say=say(f"step_say.{step.value}"),
        local=local,
        offers=tuple(o for o in offers if o.support.kind != HIDDEN_UNLESS_CHOSEN),
        devolved=devolved,
    )


def _known(rows: Iterable[DevolvedService]) -> tuple[DevolvedService, ...]:
    """Rows that name something; some only say that nothing was found."""
    return tuple(r for r in rows if not r.service_name.startswith("("))


def _fits(destination: Destination, needs: frozenset[Pathway]) -> bool:
    """Whether a step may be shown. With nothing said, only that for separation is kept back."""
    if destination.only_for is not None and not needs & destination.only_for:
        return not needs and destination.only_for != _SEPARATION
    return not (needs and needs <= destination.not_after)


def _partner_lines(finder: Finder, answer: Answer) -> tuple[Offer, ...]:
    return finder.support_for("partner", answer.place.nation, answer.at)


def _about(offer: Offer, needs: frozenset[Pathway]) -> bool:
    """Whether a line is for everybody or for what happened: none for grief after fear of birth."""
    about = {p.value for p in Pathway} & set(offer.support.pathways)
    return not about or bool(about & {n.value for n in needs})


def _for(answers: Answers, offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Those that are there for this person; a row that names no audience is kept."""
    who = answers.who
    return tuple(
        o
        for o in offers
        if who is None or not o.support.audience or who.value in o.support.audience
    )
