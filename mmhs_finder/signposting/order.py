"""In which order the kinds of next step are offered: the rules, and the places that some must have.

Not for: what each step holds (`steps`), or what would hurt to show (`answers.suited`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from mmhs_finder.answers.suited import Situation
from mmhs_finder.directory.models import Pathway
from mmhs_finder.eligibility import (
    Answers,
    Assessment,
    CriterionId,
    Fit,
    Severity,
    Who,
)
from mmhs_finder.signposting.destinations import DESTINATIONS, Step

FOR_SEVERITY: Final[Mapping[Severity, tuple[Step, ...]]] = MappingProxyType(
    {
        Severity.MILD: (Step.NHS_TALKING_THERAPIES, Step.VOLUNTARY_SECTOR),
        Severity.MODERATE: (Step.NHS_TALKING_THERAPIES, Step.PERINATAL_TEAM),
        Severity.SEVERE: (Step.PERINATAL_TEAM, Step.GP, Step.COMMUNITY_TEAM),
        Severity.COMPLEX: (Step.PERINATAL_TEAM, Step.GP, Step.COMMUNITY_TEAM),
    }
)

FOR_REASON: Final[Mapping[CriterionId, tuple[Step, ...]]] = MappingProxyType(
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

ADULTS_ONLY: Final = frozenset(
    {Step.NHS_TALKING_THERAPIES, Step.COMMUNITY_TEAM, Step.DRUG_AND_ALCOHOL}
)
"""Not offered to somebody under 18."""

GP_PLACE: Final = 3
"""From 0: the GP is the fourth step or earlier where nobody can ask the local service herself."""

IN_SIGHT: Final = 2
"""From 0: urgent help is the third step or earlier for those at high risk."""

_GROWN_UP: Final = 18  # years
_YOUNG_PARENT: Final = 20

_PROCEEDINGS_DAYS: Final = 365
"""Longer ago than this, a court is hardly still deciding about a child: care proceedings are to
end within 26 weeks (Children Act 1989, section 32), and some take longer or are appealed."""


def under_eighteen(answers: Answers) -> bool:
    """Whether she said that she is."""
    return answers.age is not None and answers.age.is_at_least(_GROWN_UP) is False


def under_twenty(answers: Answers) -> bool:
    """Whether she said that she is. "18 or over" says nothing of it."""
    return answers.age is not None and answers.age.is_at_least(_YOUNG_PARENT) is False


def afraid_and_late(who: Situation, answers: Answers) -> bool:
    """Fear of a birth that is a few weeks away."""
    return Pathway.TOKOPHOBIA in who.needs and answers.birth_is_near


def at_high_risk(who: Situation, answers: Answers) -> bool:
    """Those whom the reports name (MMHA & BPS, Maternal Mental Health Services Progress Report,
    October 2024): after a separation, and very young."""
    return Pathway.SEPARATION in who.needs or under_twenty(answers)


def order_of(
    who: Situation, answers: Answers, assessments: Iterable[Assessment]
) -> tuple[Step, ...]:
    """Every step once: for the need, the person, the severity, the reasons, then the rest."""
    order: list[Step] = []
    if under_eighteen(answers):
        order.append(Step.YOUNG_LINE)
    if Pathway.LOSS in who.needs:
        order.append(Step.BEREAVEMENT)
    if Pathway.SEPARATION in who.needs:
        order += _separation(answers)
    if who.without_her_baby and who.pregnant:
        order.append(Step.MENTAL_HEALTH_MIDWIFE)
        order += [Step.PREGNANCY_AFTER_LOSS, Step.PERINATAL_TEAM]
    if answers.who in (Who.PARTNER, Who.FAMILY):
        order.append(Step.PARTNER_SUPPORT)
    if under_twenty(answers):
        order += [Step.YOUNG_MENTAL_HEALTH, Step.FAMILY_NURSE, Step.SCHOOL_NURSE]
    if afraid_and_late(who, answers):
        order += [Step.MATERNITY_UNIT, Step.MENTAL_HEALTH_MIDWIFE]
    order.append(Step.NATION_SERVICES)
    if answers.severity is not None:
        order += FOR_SEVERITY[answers.severity]
    for criterion in _in_the_way(answers, assessments):
        order += FOR_REASON.get(criterion, ())
    if Pathway.BIRTH_TRAUMA in who.needs:
        order.append(Step.MATERNITY)
    if Pathway.TOKOPHOBIA in who.needs:
        order += [Step.MENTAL_HEALTH_MIDWIFE, Step.MATERNITY]
    for step in (d.step for d in DESTINATIONS):
        order += [step, Step.COUNSELLING_NEARBY] if step is Step.VOLUNTARY_SECTOR else [step]
    last = [Step.DRUG_AND_ALCOHOL]
    if who.shielded and Pathway.BIRTH_TRAUMA not in who.needs:
        last = [Step.MATERNITY, *last]
    if not who.needs:
        last = [*last, Step.CHILDRENS_CENTRE, Step.HEALTH_VISITOR]
    first = [step for step in dict.fromkeys(order) if step not in last]
    return (*first, *last)


def _in_the_way(answers: Answers, assessments: Iterable[Assessment]) -> Iterable[CriterionId]:
    """Why the local services may not be able to help, and earlier help that they would prefer."""
    for assessment in assessments:
        if assessment.via_gp:
            continue
        if assessment.outcome is Fit.MAY_NOT:
            yield from (reason.criterion for reason in assessment.reasons)
        elif answers.seen_before is False:
            asked = {f.criterion for f in assessment.unchecked}
            yield from asked & {CriterionId.EARLIER_TREATMENT}


def _separation(answers: Answers) -> tuple[Step, ...]:
    """Legal advice first only while a court may still be deciding."""
    since = answers.since
    if since is not None and since.least > _PROCEEDINGS_DAYS:
        return (Step.SEPARATION_SERVICES, Step.LEGAL_ADVICE)
    return (Step.LEGAL_ADVICE, Step.SEPARATION_SERVICES)
