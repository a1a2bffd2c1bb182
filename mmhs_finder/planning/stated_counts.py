"""What the services of a place state, counted: criteria, how bad things should be, waits, groups.

Only what a service says in public, or told us, is counted as said. A blank is about what we have
seen, never a "no". Not for: what the reports counted (`facts`), or births (`mmhs_finder.coverage`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mmhs_finder.directory.availability import availability
from mmhs_finder.directory.models import Criteria, YesNo
from mmhs_finder.directory.vocabularies import EarlierHelp, PtsdRule, Read
from mmhs_finder.eligibility.checks.burden import least_severity
from mmhs_finder.eligibility.criteria import CRITERIA, CriterionId
from mmhs_finder.eligibility.stated import Published


class Stated(StrEnum):
    """What a service says of one kind of criterion."""

    ASKS = "asks"  # it publishes such a criterion
    NOT_ASKED = "not_asked"  # it says that it does not matter
    NOT_PUBLISHED = "not_published"  # its page was read to the end, and does not say
    UNKNOWN = "unknown"  # we have not seen it


KINDS: Final = (
    CriterionId.PTSD,
    CriterionId.MAX_MONTHS,
    CriterionId.MIN_WEEKS,
    CriterionId.GESTATION,
    CriterionId.MULTIPLE_EVENTS,
    CriterionId.SEVERITY,
    CriterionId.EARLIER_TREATMENT,
)
"""The kinds that are counted: the five of the report of 2024, and two more."""

_RULES: Final = MappingProxyType({criterion.id: criterion.rule for criterion in CRITERIA})

_NOT_ASKED: Final[Mapping[CriterionId, Callable[[Criteria], bool]]] = MappingProxyType(
    {
        CriterionId.PTSD: lambda c: c.ptsd_required is PtsdRule.NO,
        CriterionId.MAX_MONTHS: lambda c: c.any_time,
        CriterionId.MULTIPLE_EVENTS: lambda c: c.multiple_events is YesNo.NO,
        CriterionId.EARLIER_TREATMENT: lambda c: c.prior_treatment_required is EarlierHelp.NO,
    }
)
"""How a service says that something does not matter, where a column can hold that."""

_NUMBERS: Final[Mapping[CriterionId, Callable[[Criteria], int | None]]] = MappingProxyType(
    {
        CriterionId.MAX_MONTHS: lambda c: c.max_months_since_event,
        CriterionId.MIN_WEEKS: lambda c: c.min_weeks_since_event,
        CriterionId.GESTATION: lambda c: c.max_gestation_weeks,
    }
)
"""The limit of a criterion that is a number: months, weeks, weeks of pregnancy."""


@dataclass(frozen=True)
class KindCount:
    """How many services say what of one kind. limits: the different numbers that they give."""

    kind: CriterionId
    services: Mapping[Stated, int]
    limits: tuple[int, ...]


def stated(kind: CriterionId, service: Published) -> Stated:
    """What a service says of a kind of criterion."""
    not_asked = _NOT_ASKED.get(kind)
    if not_asked is not None and not_asked(service.criteria):
        return Stated.NOT_ASKED
    if _RULES[kind](service):
        return Stated.ASKS
    return Stated.NOT_PUBLISHED if service.service.read is Read.WHOLE else Stated.UNKNOWN


def kinds_stated(services: Sequence[Published]) -> tuple[KindCount, ...]:
    """Each of `KINDS`: the counts add up to the number of services."""
    return tuple(_count(kind, services) for kind in KINDS)


def _count(kind: CriterionId, services: Sequence[Published]) -> KindCount:
    found = Counter(stated(kind, service) for service in services)
    number = _NUMBERS.get(kind)
    given = [number(service.criteria) for service in services] if number else []
    return KindCount(
        kind,
        MappingProxyType({each: found[each] for each in Stated}),
        tuple(sorted({limit for limit in given if limit is not None})),
    )


@dataclass(frozen=True)
class WaitsGiven:
    """How many services have a wait published, until what. any: either of the two.

    old: of these, more than three months ago.
    """

    assessment: int
    therapy: int
    any: int
    old: int


def waits_given(services: Sequence[Published], today: date) -> WaitsGiven:
    found = [availability(service.service, today) for service in services]
    return WaitsGiven(
        assessment=sum(each.assessment is not None for each in found),
        therapy=sum(each.therapy is not None for each in found),
        any=sum(each.waits for each in found),
        old=sum(each.waits and each.is_old for each in found),
    )


class Threshold(StrEnum):
    """How bad things should be, by the first word of what a service says."""

    MODERATE = "moderate"
    SEVERE = "severe"
    OTHER = "other"  # in words that begin with no level
    UNSAID = "unsaid"


def thresholds(services: Sequence[Published]) -> Mapping[Threshold, int]:
    """How many services begin where."""
    found = Counter(_threshold(service.criteria.severity.strip()) for service in services)
    return MappingProxyType({each: found[each] for each in Threshold})


def _threshold(text: str) -> Threshold:
    least = least_severity(text)
    if least is None:
        return Threshold.OTHER if text else Threshold.UNSAID
    return Threshold(least.name.lower())


class Reaching(StrEnum):
    """What the directory can hold on who is reached, and how."""

    PARTNERS = "partners"
    YOUNG = "young"
    COMPLEX = "complex"
    DELIVERY = "delivery"
    LIVED_EXPERIENCE = "lived_experience"


_GROUPS: Final[Mapping[Reaching, Callable[[Published], bool]]] = MappingProxyType(
    {
        Reaching.PARTNERS: _RULES[CriterionId.PARTNER],
        Reaching.YOUNG: _RULES[CriterionId.MIN_AGE],
        Reaching.COMPLEX: _RULES[CriterionId.CARE_COORDINATOR],
        Reaching.DELIVERY: lambda p: bool(p.service.delivery),
        Reaching.LIVED_EXPERIENCE: lambda p: bool(p.service.lived_experience),
    }
)


def groups_stated(services: Sequence[Published]) -> Mapping[Reaching, int]:
    """How many services say something of each."""
    return MappingProxyType({g: sum(says(s) for s in services) for g, says in _GROUPS.items()})
