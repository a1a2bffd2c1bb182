"""The measures of coverage: each with its values, its rule, and the services it is about.

A new measure is a member of `Measure` and an entry of `DEFINITIONS`, both here, and its words:
docs/coverage.md. Not for: joining services to areas (`coverage`), or drawing (`render`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mmhs_finder.coverage.facts import completeness
from mmhs_finder.coverage.rules import Known, Local, any_of, every_one, found, offered, said, silent
from mmhs_finder.coverage.values import UNKNOWN, WITHOUT, Value
from mmhs_finder.directory.confirming import newest_evidence
from mmhs_finder.directory.freshness import is_old
from mmhs_finder.directory.models import Pathway, PathwayOffer, ServiceKind, YesNo


class Measure(StrEnum):
    BIRTH_TRAUMA = "birth_trauma"
    LOSS = "loss"
    TOKOPHOBIA = "tokophobia"
    SEPARATION = "separation"
    ALL_FOUR = "all_four"
    ANY = "any"
    SELF_REFERRAL = "self_referral"
    MMHS = "mmhs"
    PERINATAL_TEAM = "perinatal_team"
    TALKING_THERAPIES = "talking_therapies"
    TIME_LIMIT = "time_limit"
    AGE = "age"
    COMPLETENESS = "completeness"
    CONFIRMED = "confirmed"


class MeasureGroup(StrEnum):
    """What sort of question a measure asks."""

    HELP = "help"  # what an MMHS offers: yes or no
    KIND = "kind"  # whether there is a service of a kind: found or not
    BACKING = "backing"  # who stands behind what is known: the service itself or not
    GRADED = "graded"  # anything else


YES_OR_NO: Final = (Value.YES, Value.PART, *WITHOUT)
FOUND_OR_NOT: Final = (Value.YES, Value.PART, Value.NOT_READ, Value.NONE_FOUND)


def _nobody(_service: Known) -> bool:
    return False


@dataclass(frozen=True)
class Definition:
    """One measure."""

    group: MeasureGroup
    value_of: Callable[[Local], Value]
    """The value of a council or part that has services of the kind: never `PART`, nor
    `NONE_FOUND`, which is that of an area without any."""
    values: tuple[Value, ...] = YES_OR_NO
    """Every value that an area can have, best known first."""
    kind: ServiceKind = ServiceKind.MMHS
    """The services that it is about."""
    says_yes: Callable[[Known], bool] = _nobody
    """Whether a running service is one of those that make a yes."""
    needs_all: bool = False
    """Whether a yes rests on all services that say so together, and not on any one of them."""
    words: Mapping[Value, str] = field(default_factory=dict)
    """Keys of its own in `[coverage_value]`, where a value's general words do not
    fit."""


# --- rules ----------------------------------------------------------------------------------------


def _one(pathway: Pathway) -> Definition:
    return Definition(
        MeasureGroup.HELP,
        lambda local: offered(local, pathway),
        says_yes=lambda s: s.offers(pathway) is PathwayOffer.YES,
    )


def _offers_anything(service: Known) -> bool:
    return any(service.offers(p) is PathwayOffer.YES for p in Pathway)


def _kind(kind: ServiceKind) -> Definition:
    return Definition(
        MeasureGroup.KIND,
        found,
        values=FOUND_OR_NOT,
        kind=kind,
        says_yes=lambda _s: True,
        words={Value.YES: "found", Value.NOT_READ: "unconfirmed"},
    )


def _time_limit(local: Local) -> Value:
    """The longest of the limits, in months, that the area's running services publish."""
    known = [s.criteria for s in local.running if s.criteria]
    if any(c.any_time for c in known):
        return Value.ANY_TIME
    limits = [c.max_months_since_event for c in known if c.max_months_since_event is not None]
    if not limits:
        return silent(local)
    longest = max(limits)
    if longest <= 12:
        return Value.TO_ONE_YEAR
    return Value.TO_TWO_YEARS if longest <= 24 else Value.OVER_TWO_YEARS


def _age(local: Local) -> Value:
    """How long ago the newest of the sources was written, or a service confirmed what we hold."""
    newest = max(newest_evidence(s.service) for s in local.services)
    if not newest:
        return Value.NOT_PUBLISHED
    return Value.OLD if is_old(newest, local.today) else Value.RECENT


def _confirmed(local: Local) -> Value:
    """Whether a running service itself confirmed what we hold of it, within two years.

    A wait for its answer says nothing of the service, so that there is no "no".
    """
    return Value.YES if any(s.is_confirmed for s in local.running) else Value.NOT_READ


def _completeness(local: Local) -> Value:
    """The facts that the service publishes which publishes most."""
    share = max(completeness(s.service, s.criteria) for s in local.services)
    if share >= 0.75:
        return Value.MOST
    return Value.HALF if share >= 0.5 else Value.FEW


# --- the measures ---------------------------------------------------------------------------------

DEFINITIONS: Final[Mapping[Measure, Definition]] = MappingProxyType(
    {
        **{Measure(p.value): _one(p) for p in Pathway},
        Measure.ALL_FOUR: Definition(
            MeasureGroup.HELP,
            lambda local: every_one([offered(local, p) for p in Pathway]),
            says_yes=_offers_anything,
            needs_all=True,
        ),
        Measure.ANY: Definition(
            MeasureGroup.HELP,
            lambda local: any_of([offered(local, p) for p in Pathway]),
            says_yes=_offers_anything,
        ),
        Measure.SELF_REFERRAL: Definition(
            MeasureGroup.HELP,
            lambda local: said(local, [s.service.self_referral for s in local.running]),
            says_yes=lambda s: s.service.self_referral is YesNo.YES,
        ),
        Measure.MMHS: _kind(ServiceKind.MMHS),
        Measure.PERINATAL_TEAM: _kind(ServiceKind.PERINATAL_TEAM),
        Measure.TALKING_THERAPIES: _kind(ServiceKind.TALKING_THERAPIES),
        Measure.TIME_LIMIT: Definition(
            MeasureGroup.GRADED,
            _time_limit,
            values=(
                Value.ANY_TIME,
                Value.OVER_TWO_YEARS,
                Value.TO_TWO_YEARS,
                Value.TO_ONE_YEAR,
                Value.PART,
                *UNKNOWN,
            ),
            words={Value.PART: "differs", Value.NOT_PUBLISHED: "no_limit_published"},
        ),
        Measure.AGE: Definition(
            MeasureGroup.GRADED,
            _age,
            values=(Value.RECENT, Value.OLD, Value.PART, Value.NOT_PUBLISHED, Value.NONE_FOUND),
            words={Value.PART: "differs", Value.NOT_PUBLISHED: "undated"},
        ),
        Measure.COMPLETENESS: Definition(
            MeasureGroup.GRADED,
            _completeness,
            values=(Value.MOST, Value.HALF, Value.FEW, Value.PART, Value.NONE_FOUND),
            words={Value.PART: "differs"},
        ),
        Measure.CONFIRMED: Definition(
            MeasureGroup.BACKING,
            _confirmed,
            values=FOUND_OR_NOT,
            says_yes=lambda s: s.is_confirmed,
            words={Value.YES: "confirmed", Value.NOT_READ: "not_confirmed"},
        ),
    }
)
"""Every measure."""


def _of(*groups: MeasureGroup) -> tuple[Measure, ...]:
    return tuple(m for m in Measure if DEFINITIONS[m].group in groups)


VALUES: Final[Mapping[Measure, tuple[Value, ...]]] = MappingProxyType(
    {m: DEFINITIONS[m].values for m in Measure}
)
"""The values that a measure can have, best known first."""

PATHWAY_MEASURES: Final = tuple(Measure(p.value) for p in Pathway)
HELP_MEASURES: Final = _of(MeasureGroup.HELP)
"""What an MMHS offers."""
GRADED: Final = _of(MeasureGroup.GRADED)
GAP_MEASURES: Final = _of(MeasureGroup.HELP, MeasureGroup.KIND, MeasureGroup.BACKING)
"""Measures for which a list of areas without it makes sense."""
