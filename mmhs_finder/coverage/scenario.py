"""A scenario: what coverage would be if services offered more, or an ICB had one more service.

    scenario = Scenario.of({"harbour": [Measure.SEPARATION]}, {"E54000048": [Measure.LOSS]})
    then = under(today, scenario)

It is laid over a directory, so that one set of rules (`Coverage`) says everything else of it. What
it changes is marked in its name, wherever the name is shown. It knows services and ICBs by what is
public, nothing of a person, and is never kept in the directory that is served.
Not for: what would be best to assume (`closing`), or its words on a page (`views.scenario`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import PATHWAY_MEASURES, Measure
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import (
    Certainty,
    Confidence,
    Criteria,
    LocationKind,
    Pathway,
    PathwayOffer,
    Service,
    ServiceArea,
    ServiceKind,
    Status,
    YesNo,
    helps_with,
)
from mmhs_finder.directory.vocabularies import Read
from mmhs_finder.eligibility.stated import no_criteria
from mmhs_finder.words import say

SWITCHES: Final = (*PATHWAY_MEASURES, Measure.SELF_REFERRAL)
"""What a service can be assumed to offer."""

MOST: Final = 10
"""Services that are changed in one scenario, and ICBs that get one: what fits into a link."""

_LONGEST: Final = 2000
_NAME: Final = re.compile(r"[A-Za-z0-9-]{1,80}")
_PARTS, _OFFERS, _ADDED = "~", ".", "_"
"""Signs that stand in an address as they are, and in no id and no code."""

UNKNOWN: Final = "unknown"
"""Stands in a link for what no list has."""


@dataclass(frozen=True, order=True)
class Assumed:
    """What is assumed of one service, or of the one that an ICB gets.

    key: the id of a service, or the code of an ICB of 2026. offers: of `SWITCHES`, in their order;
    of an added service there may be none.
    """

    key: str
    offers: tuple[Measure, ...]


@dataclass(frozen=True)
class Scenario:
    """What is assumed: of services that are there, and of services that are not. Made by `of`."""

    services: tuple[Assumed, ...] = ()
    added: tuple[Assumed, ...] = ()

    @classmethod
    def of(
        cls,
        services: Mapping[str, Iterable[Measure]] | None = None,
        added: Mapping[str, Iterable[Measure]] | None = None,
    ) -> Scenario:
        """In one order, whatever the order given. Of more than `MOST` the first are kept."""
        return cls(_ordered(services or {}), _ordered(added or {}))

    @property
    def is_empty(self) -> bool:
        return not (self.services or self.added)

    def plus(self, other: Scenario) -> Scenario:
        """Both together. What there is no room for is left out of `other`."""
        return Scenario.of(
            _joined((*self.services, *other.services)), _joined((*self.added, *other.added))
        )

    def less(self, key: str) -> Scenario:
        """Without what is assumed of one service or ICB."""
        return Scenario(
            tuple(each for each in self.services if each.key != key),
            tuple(each for each in self.added if each.key != key),
        )


def _ordered(assumed: Mapping[str, Iterable[Measure]]) -> tuple[Assumed, ...]:
    kept = list(assumed.items())[:MOST]
    return tuple(sorted(Assumed(key, _in_order(offers)) for key, offers in kept))


def _in_order(offers: Iterable[Measure]) -> tuple[Measure, ...]:
    given = set(offers)
    return tuple(each for each in SWITCHES if each in given)


def _joined(assumed: Iterable[Assumed]) -> dict[str, list[Measure]]:
    found: dict[str, list[Measure]] = {}
    for each in assumed:
        found.setdefault(each.key, []).extend(each.offers)
    return found


# --- as a short text ------------------------------------------------------------------------------


@dataclass(frozen=True)
class ScenarioText:
    """What a text says. is_whole: False when something in it was not understood, or too much."""

    scenario: Scenario
    is_whole: bool = True


def written(scenario: Scenario) -> str:
    """A scenario as the part of an address: `harbour.loss.separation~_E54000048.loss`."""
    of_services = (_part(each) for each in scenario.services)
    of_added = (_ADDED + _part(each) for each in scenario.added)
    return _PARTS.join((*of_services, *of_added))


def _part(assumed: Assumed) -> str:
    return _OFFERS.join((assumed.key, *(each.value for each in assumed.offers)))


def read(text: str) -> ScenarioText:
    """The scenario of a text, whatever the text: what is no part of one is left out."""
    if not text:
        return ScenarioText(Scenario())
    if len(text) > _LONGEST:
        return ScenarioText(Scenario(), is_whole=False)
    services: list[Assumed] = []
    added: list[Assumed] = []
    is_whole = True
    for part in text.split(_PARTS):
        found = _assumed(part)
        if found is None:
            is_whole = False
        else:
            (added if part.startswith(_ADDED) else services).append(found)
    joined = _joined(services), _joined(added)
    fits = all(len(each) <= MOST for each in joined)
    return ScenarioText(Scenario.of(*joined), is_whole and fits)


def _assumed(part: str) -> Assumed | None:
    """What one part of a text says; None where it is none."""
    is_added = part.startswith(_ADDED)
    key, *offers = part.removeprefix(_ADDED).split(_OFFERS)
    known = [Measure(each) for each in offers if each in SWITCHES]
    if not _NAME.fullmatch(key) or len(known) < len(offers) or not (known or is_added):
        return None
    return Assumed(key, _in_order(known))


def public(text: str, directory: Directory) -> str:
    """A text of an address with nothing in it but services and ICBs of the directory.

    All else, which may be anything that somebody typed, is `UNKNOWN`: the page says that something
    was left out.
    """
    found = read(text)
    icbs = directory.icbs
    services = {a.key: a.offers for a in found.scenario.services if _has(directory, a.key)}
    added = {a.key: a.offers for a in found.scenario.added if a.key in icbs}
    kept = Scenario.of(services, added)
    is_whole = found.is_whole and kept == found.scenario
    return _PARTS.join(filter(None, (written(kept), "" if is_whole else UNKNOWN)))


def _has(directory: Directory, service_id: str) -> bool:
    return service_id in directory.services or directory.is_taken_out(service_id)


# --- over a directory -----------------------------------------------------------------------------


class WhyLeftOut(StrEnum):
    """Why something of a scenario cannot be assumed."""

    UNKNOWN = "unknown"  # there is no such MMHS, or no such ICB
    NOT_RUNNING = "not_running"  # nobody could confirm that it is open
    ALREADY = "already"  # it is known to offer that


@dataclass(frozen=True)
class LeftOut:
    """What of a scenario cannot be assumed. name: of the service; "" where there is none."""

    why: WhyLeftOut
    name: str = ""
    offers: tuple[Measure, ...] = ()


@dataclass(frozen=True)
class FittedScenario:
    """A scenario as far as a directory bears it."""

    scenario: Scenario
    left_out: tuple[LeftOut, ...] = ()


def fitting(directory: Directory, scenario: Scenario) -> FittedScenario:
    """What of a scenario can be assumed of a directory: more of a service that is running.

    One whose running nobody could confirm is left as it is: that it offers more would be assumed of
    a service that may not be there.
    """
    left_out: list[LeftOut] = []
    services: dict[str, tuple[Measure, ...]] = {}
    for each in scenario.services:
        service = directory.services.get(each.key)
        if service is None or service.kind is not ServiceKind.MMHS:
            left_out.append(LeftOut(WhyLeftOut.UNKNOWN))
        elif service.status is not Status.OPEN:
            left_out.append(LeftOut(WhyLeftOut.NOT_RUNNING, service.name))
        else:
            lacking = not_offered(directory, service)
            if had := tuple(o for o in each.offers if o not in lacking):
                left_out.append(LeftOut(WhyLeftOut.ALREADY, service.name, had))
            if new := tuple(o for o in each.offers if o in lacking):
                services[each.key] = new
    icbs = directory.icbs
    added = {each.key: each.offers for each in scenario.added if each.key in icbs}
    left_out += [LeftOut(WhyLeftOut.UNKNOWN) for each in scenario.added if each.key not in icbs]
    return FittedScenario(Scenario.of(services, added), tuple(left_out))


def not_offered(directory: Directory, service: Service) -> tuple[Measure, ...]:
    """What a service is not known to offer, so that it can be assumed."""
    criteria = directory.criteria.get(service.id)
    return tuple(each for each in SWITCHES if not _offers(service, criteria, each))


def _offers(service: Service, criteria: Criteria | None, what: Measure) -> bool:
    if what is Measure.SELF_REFERRAL:
        return service.self_referral is YesNo.YES
    return helps_with(criteria, Pathway(what.value)) is PathwayOffer.YES


def under(today: Coverage, scenario: Scenario) -> Coverage:
    """What coverage would be. An empty scenario: as it is today."""
    directory = applied(today.directory, scenario)
    if directory is today.directory:
        return today
    return Coverage(directory, today.today, like=today)


def applied(directory: Directory, scenario: Scenario) -> Directory:
    """A directory as it would be, as far as it bears the scenario (`fitting`); the same object
    where nothing changes. The words of marked names are those of the language of the moment."""
    scenario = fitting(directory, scenario).scenario
    if scenario.is_empty:
        return directory
    services, criteria = dict(directory.services), dict(directory.criteria)
    rows = list(directory.service_areas)
    for each in scenario.services:
        known = services[each.key]
        marked = known.model_copy(update={"name": say("what_if.changed", name=known.name)})
        services[each.key], criteria[each.key] = _offering(
            marked, criteria.get(each.key), each.offers
        )
    for each in scenario.added:
        new = _new_service(directory, each.key, directory.icbs[each.key])
        services[new.id], criteria[new.id] = _offering(new, None, each.offers)
        rows += _rows(directory, new.id, each.key)
    return replace(
        directory,
        services=MappingProxyType(services),
        criteria=MappingProxyType(criteria),
        service_areas=tuple(rows),
    )


def _offering(
    service: Service, criteria: Criteria | None, offers: tuple[Measure, ...]
) -> tuple[Service, Criteria]:
    if Measure.SELF_REFERRAL in offers:
        service = service.model_copy(
            update={"self_referral": YesNo.YES, "self_referral_except": ()}
        )
    pathways = {each.value: PathwayOffer.YES for each in offers if each in PATHWAY_MEASURES}
    return service, (criteria or no_criteria(service.id)).model_copy(update=pathways)


def _new_service(directory: Directory, icb: str, name: str) -> Service:
    """A service that an ICB does not have: of itself it says nothing but that it is running."""
    return Service(
        id=f"{_ADDED}{icb}",
        kind=ServiceKind.MMHS,
        name=say("what_if.added", icb=name),
        status=Status.OPEN,
        location_kind=LocationKind.NONE,
        self_referral=YesNo.UNKNOWN,
        read=Read.NONE,
        checked_on=directory.newest_check,
        confidence=Confidence.LOW,
    )


def _rows(directory: Directory, service_id: str, icb: str) -> Iterator[ServiceArea]:
    """The areas of an ICB: councils, and of a split one the parts that are in it."""
    for area in directory.areas.values():
        if area.icb_2026_code == icb and not directory.parts(area.code):
            yield ServiceArea(
                service_id=service_id, area_code=area.code, certainty=Certainty.STATED
            )
