"""What to offer next: for these answers, this place, this nation and this moment. Never empty.

Not for: the kinds of step (`destinations`), whether a service fits (`mmhs_finder.eligibility`), or
drawing (`render`). Domestic abuse lines are never among the steps: a controlling partner may see
this screen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.national import HIDDEN_UNLESS_CHOSEN
from mmhs_finder.answers.suited import NO_BIRTH_TO_TALK_ABOUT, Situation, situation, suits
from mmhs_finder.answers.types import Answer, Match, Offer
from mmhs_finder.directory.models import (
    DevolvedService,
    Pathway,
    PathwayOffer,
    Status,
    helps_with,
)
from mmhs_finder.directory.said import may_ask_herself
from mmhs_finder.directory.ways import has_voice, line_ways, service_ways
from mmhs_finder.eligibility import (
    Answers,
    Assessment,
    CriterionId,
    Fit,
    LossKind,
    Safety,
    Severity,
    Who,
)
from mmhs_finder.hours import bank_holiday
from mmhs_finder.nation import Nation
from mmhs_finder.signposting.destinations import DESTINATIONS, OTHERS, Destination, Step
from mmhs_finder.words import say

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

_FOR_REASON: Final[Mapping[CriterionId, tuple[Step, ...]]] = MappingProxyType(
    {
        CriterionId.PATHWAY: (Step.ADJACENT_MMHS,),
        CriterionId.AREA: (Step.ADJACENT_MMHS, Step.GP),
        CriterionId.MAX_MONTHS: (Step.NHS_TALKING_THERAPIES, Step.ADJACENT_MMHS),
        CriterionId.PREGNANT: (Step.MENTAL_HEALTH_MIDWIFE, Step.PERINATAL_TEAM),
        CriterionId.GESTATION: (Step.MENTAL_HEALTH_MIDWIFE, Step.MATERNITY),
        CriterionId.MIN_AGE: (Step.GP, Step.MENTAL_HEALTH_MIDWIFE),
        CriterionId.EARLIER_TREATMENT: (Step.NHS_TALKING_THERAPIES,),
        CriterionId.MULTIPLE_EVENTS: (Step.NHS_TALKING_THERAPIES, Step.ADJACENT_MMHS),
        CriterionId.PTSD: (Step.NHS_TALKING_THERAPIES, Step.ADJACENT_MMHS),
        CriterionId.SEVERITY: (Step.NHS_TALKING_THERAPIES,),
        CriterionId.CARE_COORDINATOR: (Step.COMMUNITY_TEAM, Step.GP),
    }
)
"""What helps when a criterion may not be met."""

_GP_PLACE: Final = 3
"""From 0: the GP is the fourth step or earlier where nobody can ask the local service herself."""

_YOUNG: Final = 20
"""Years: below it urgent help is always within the first three steps."""

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
        return any(_answers(m) for m in self.local) or any(
            o.opening.open_now and has_voice(line_ways(o.support)) for o in self.offers
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
    nothing else is open; else last. When she is not sure whether she is safe, it comes first.
    """
    urgent = _step(Step.URGENT, answer, offers=answer.urgent)
    if answers.not_safe_now:
        return (urgent,)
    who = situation_of(answer, answers)
    if who != situation(answer.needs):  # else the answer was found for just that
        answer = finder.find(answer.place, tuple(who.needs), answer.at, who)
    steps = {s.step: s for s in _all_steps(finder, answer, answers, who)}
    order = _order(who, answers, assessments)
    ordered = [steps[s] for s in order if s in steps]
    # A neighbour that does not help with this is no help to hear of first.
    ordered.sort(key=lambda s: s.step is Step.ADJACENT_MMHS and not s.local)
    _bring_forward(ordered, Step.GP, _GP_PLACE, when=not _reached_by_herself(answer))
    ordered.insert(_urgent_place(answer, who, answers, ordered), urgent)
    return tuple(ordered)


def situation_of(answer: Answer, answers: Answers) -> Situation:
    """What decides which help may hurt: her answers, and the needs of the search."""
    return Situation(
        needs=answers.happened or frozenset(answer.needs),
        has_baby=answers.has_baby,
        pregnant=answers.pregnant,
        loss_kind=answers.loss_kind,
        further=answers.further,
    )


def _urgent_place(
    answer: Answer, who: Situation, answers: Answers, ordered: Sequence[NextStep]
) -> int:
    """Where urgent help stands: always in sight of those whom the reports name as at high risk.

    After a separation, and for somebody under 20, within the first three at every hour (MMHA & BPS,
    Maternal Mental Health Services Progress Report, October 2024). At night and on days off second
    when nothing else is open; else last.
    """
    if answers.safety is Safety.UNSURE:
        return 0
    young = answers.age is not None and answers.age.is_at_least(_YOUNG) is not True
    if _out_of_hours(answer) and not any(s.open_now for s in ordered):
        return 1
    if Pathway.SEPARATION in who.needs or young:
        return 2
    return len(ordered)


def _reached_by_herself(answer: Answer) -> bool:
    """Whether a local service that is running takes people who ask for themselves."""
    return any(m.service.status is Status.OPEN and may_ask_herself(m.service) for m in answer.mmhs)


def _bring_forward(ordered: list[NextStep], step: Step, place: int, *, when: bool) -> None:
    """Moves a step to a place of the list, if it stands later."""
    found = next((i for i, s in enumerate(ordered) if s.step is step), 0)
    if when and found > place:
        ordered.insert(place, ordered.pop(found))


def _out_of_hours(answer: Answer) -> bool:
    """Whether surgeries and hospitals' offices are shut: not 8am to 6pm on a working day."""
    at, nation = answer.at, answer.place.nation
    working_day = at.weekday() < 5 and not bank_holiday(nation, at.date())
    return not (working_day and 8 <= at.hour < 18)


def _order(who: Situation, answers: Answers, assessments: Iterable[Assessment]) -> tuple[Step, ...]:
    """Every step once: for the need, the person, the severity, the reasons, then the rest.

    After a loss, steps about a birth or a baby come last; pregnant again, the midwife second.
    """
    needs = who.needs
    order: list[Step] = []
    for need in (Pathway.LOSS, Pathway.SEPARATION):
        if need in needs:
            order += _FOR_NEED[need]
    if who.without_her_baby and who.pregnant:
        order += [Step.MENTAL_HEALTH_MIDWIFE, Step.PERINATAL_TEAM]
    if answers.who in (Who.PARTNER, Who.FAMILY):
        order.append(Step.PARTNER_SUPPORT)
    order.append(Step.NATION_SERVICES)
    if answers.severity is not None:
        order += _FOR_SEVERITY[answers.severity]
    for assessment in assessments:
        if assessment.outcome is Fit.MAY_NOT and not assessment.via_gp:
            for reason in assessment.reasons:
                order += _FOR_REASON.get(reason.criterion, ())
    for need in (Pathway.BIRTH_TRAUMA, Pathway.TOKOPHOBIA):
        if need in needs:
            order += _FOR_NEED[need]
    order += [d.step for d in DESTINATIONS]
    last = [Step.DRUG_AND_ALCOHOL]
    if who.without_her_baby and not who.pregnant:
        last = [Step.MENTAL_HEALTH_MIDWIFE, Step.HEALTH_VISITOR, *last]
    if who.loss_kind in NO_BIRTH_TO_TALK_ABOUT:
        last = [Step.MATERNITY, *last]
    first = [step for step in dict.fromkeys(order) if step not in last]
    return (*first, *last)


def _all_steps(
    finder: Finder, answer: Answer, answers: Answers, who: Situation
) -> Iterable[NextStep]:
    needs = who.needs
    england = bool(answer.place.areas) or answer.place.nation is Nation.ENGLAND
    if answer.place.areas:
        # A local service that does not fit or cannot be reached must not be the only way.
        answer = replace(answer, routes=finder.routes(answer.at, (), who))
    if answer.devolved:
        yield _step(Step.NATION_SERVICES, answer, devolved=_known(answer.devolved))
    for destination in (*OTHERS, *DESTINATIONS):
        if not suits(destination.about, who) or (destination.england_only and not england):
            continue
        yield _filled(destination, answer, answers, needs)
    if answers.who in (Who.PARTNER, Who.FAMILY):
        offers = [o for o in _partner_lines(finder, answer, who) if _about(o, needs)]
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
            not _answers(m),
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


def _answers(match: Match) -> bool:
    """Whether somebody answers a call to a local service at this moment."""
    return match.opening.open_now and has_voice(service_ways(match.service))


def _may_help(neighbours: Sequence[Match], needs: frozenset[Pathway]) -> tuple[Match, ...]:
    """Those not known to leave out everything that happened; known to help with it first."""

    def best(match: Match) -> int:
        order = (
            PathwayOffer.YES,
            PathwayOffer.UNKNOWN,
            PathwayOffer.NOT_LISTED,
            PathwayOffer.NO,
        )
        return min((order.index(helps_with(match.criteria, n)) for n in needs), default=0)

    return tuple(sorted((m for m in neighbours if best(m) < 3), key=best))


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
    return tuple(r for r in rows if r.names_a_service)


def _partner_lines(finder: Finder, answer: Answer, who: Situation) -> tuple[Offer, ...]:
    return finder.support_for("partner", answer.place.nation, answer.at, who)


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
