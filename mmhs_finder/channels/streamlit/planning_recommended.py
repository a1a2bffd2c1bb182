"""Planning: what the list knows of a place beside each recommendation of the report of 2024.

It stands beside the question and never answers it. Not for: the questions (`planning_checklist`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from mmhs_finder.channels.streamlit.planning_why import services_here, shares_words
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.facts import FACTS
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.where import Where
from mmhs_finder.coverage.wording import in_words
from mmhs_finder.eligibility.criteria import CriterionId
from mmhs_finder.eligibility.stated import Published
from mmhs_finder.planning.stated_counts import (
    Reaching,
    Stated,
    groups_stated,
    stated,
    waits_given,
)
from mmhs_finder.words import say

Services = Sequence[Published]


def known_beside(line: str, coverage: Coverage, where: Where) -> str:
    """What the list knows of what a line asks about; "" for a line that it knows nothing of."""
    words = _KNOWN.get(line)
    if words is None:
        return ""
    services = services_here(coverage, where)
    if not services:
        return _counted(where, say("planning_recommendation.none"))
    return words(coverage, where, services)


def _counted(where: Where, known: str) -> str:
    return say("planning_recommendation.counted", where=in_words(where), known=known)


def _found(coverage: Coverage, where: Where, _services: Services) -> str:
    return shares_words(coverage, Measure.MMHS, where)


def _pathways(coverage: Coverage, where: Where, _services: Services) -> str:
    measures = (Measure.ALL_FOUR, Measure.SEPARATION)
    return " ".join(shares_words(coverage, measure, where) for measure in measures)


def _inclusive(_coverage: Coverage, where: Where, services: Services) -> str:
    found = groups_stated(services)
    known = say(
        "planning_recommendation.inclusive",
        count=len(services),
        partners=str(found[Reaching.PARTNERS]),
        lived=str(found[Reaching.LIVED_EXPERIENCE]),
    )
    return _counted(where, known)


def _published(coverage: Coverage, where: Where, services: Services) -> str:
    confirmed, count = coverage.confirmed(where)
    known = say(
        "planning_recommendation.data",
        count=count,
        waits=str(waits_given(services, coverage.today).any),
        confirmed=str(confirmed),
    )
    return _counted(where, known)


def _standards(_coverage: Coverage, where: Where, services: Services) -> str:
    known = say(
        "planning_recommendation.standards",
        count=len(services),
        time=str(_saying(CriterionId.MAX_MONTHS, services)),
        severity=str(_saying(CriterionId.SEVERITY, services)),
    )
    return _counted(where, known)


def _saying(kind: CriterionId, services: Services) -> int:
    """How many say something of a kind: also that it does not matter."""
    return sum(stated(kind, each) in (Stated.ASKS, Stated.NOT_ASKED) for each in services)


def _training(_coverage: Coverage, where: Where, services: Services) -> str:
    known = say(
        "planning_recommendation.training",
        count=len(services),
        referrers=str(sum(FACTS["referrers"](s.service, s.criteria) for s in services)),
        consultation=str(sum(bool(s.service.consultation) for s in services)),
    )
    return _counted(where, known)


_KNOWN: Final[Mapping[str, Callable[[Coverage, Where, Services], str]]] = MappingProxyType(
    {
        "rec1": _found,
        "rec2": _pathways,
        "rec3": _inclusive,
        "rec4": _published,
        "rec5": _standards,
        "rec6": _training,
    }
)
"""By the id of a line."""
