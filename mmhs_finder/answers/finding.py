"""The one question everything else is built on: which help is there for this place and this need?

`Finder.place`: text to `Place`. `Finder.find`: place to `Answer`.
Not for: showing answers (`views`, `render`) or a person's fit (`eligibility`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from geopy.distance import geodesic
from geopy.geocoders.base import Geocoder

from mmhs_finder.answers.national import NationalHelp
from mmhs_finder.answers.notices import notices_of
from mmhs_finder.answers.suited import (
    NOTHING_SAID,
    About,
    Situation,
    about_service,
    devolved_suits,
    service_suits,
    situation,
)
from mmhs_finder.answers.types import Answer, Match, Offer, Outcome
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import (
    Area,
    Certainty,
    Pathway,
    Service,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.directory.said import may_ask_herself
from mmhs_finder.directory.ways import name_only, public_hours, reach_of, service_ways
from mmhs_finder.hours import LONDON, opening_at
from mmhs_finder.nation import Nation
from mmhs_finder.noted import timed
from mmhs_finder.places.bases import base_points, point_of
from mmhs_finder.places.locating import Locator
from mmhs_finder.places.place import Notice, NoticeCode, Place
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.places.suggesting import Suggestions
from mmhs_finder.postcodes import PostcodeError, PostcodeIndex, UnknownPostcode

WIDEST_RING = 3
"""How many areas away a neighbouring MMHS is looked for when the nearer areas have none."""

MOST_FROM_ANYWHERE = 2
"""How many services of a kind that take people from all over England stand in for a local one."""

_ALTERNATIVES_ORDER = (
    ServiceKind.TALKING_THERAPIES,
    ServiceKind.PERINATAL_TEAM,
    ServiceKind.BIRTH_REFLECTIONS,
    ServiceKind.BEREAVEMENT,
    ServiceKind.SEPARATION,
    ServiceKind.COUNSELLING,
    ServiceKind.PEER_SUPPORT,
    ServiceKind.PARENT_INFANT,
    ServiceKind.OTHER,
    ServiceKind.MOTHER_BABY_UNIT,
)
_FIRST_FOR_NEED = {
    Pathway.BIRTH_TRAUMA: (ServiceKind.BIRTH_REFLECTIONS,),
    Pathway.LOSS: (ServiceKind.BEREAVEMENT, ServiceKind.COUNSELLING),
    Pathway.TOKOPHOBIA: (ServiceKind.BIRTH_REFLECTIONS,),
    Pathway.SEPARATION: (ServiceKind.SEPARATION,),
}


class Finder:
    """Answers for places, from one directory and one postcode index. Safe to share by threads."""

    def __init__(
        self,
        directory: Directory,
        index: PostcodeIndex,
        newer: Geocoder | None = None,
    ) -> None:
        """newer: asked for full postcodes that the index does not have; None: nobody is asked."""
        self.directory = directory
        self.index = index
        self.shapes = AreaShapes(directory.shapes(detail=True))
        self._places = Locator(directory, index, self.shapes, newer)
        self._national = NationalHelp(directory)
        services = directory.services.values()
        self.bases = base_points(services, index)
        self._offices = {
            s.id: point_of(s.office_postcode, index) for s in services if s.office_postcode
        }

    # --- places -------------------------------------------------------------------------------

    def place(self, text: str) -> Place:
        """As `Locator.place`. Raises `NotAPostcode` or `UnknownPostcode`: then `suggestions` says
        what to offer."""
        with timed("lookup", outcome="failed", nation="none") as said:
            try:
                place = self._places.place(text)
            except PostcodeError as problem:
                unknown = isinstance(problem, UnknownPostcode)
                said["outcome"] = "unknown" if unknown else "not_a_postcode"
                raise
            said.update(outcome="found", nation=place.nation.name.lower())
            return place

    def council(self, code: str) -> Place:
        """As `Locator.council`. Raises KeyError."""
        return self._places.council(code)

    def suggestions(self, text: str) -> Suggestions:
        """As `Locator.suggestions`."""
        return self._places.suggestions(text)

    # --- answers ------------------------------------------------------------------------------

    @timed("answer")
    def find(
        self,
        place: Place,
        needs: Sequence[Pathway] = (),
        at: datetime | None = None,
        who: Situation | None = None,
    ) -> Answer:
        """What there is for a place.

        needs: what happened; empty for "something else" or "not sure".
        at: the moment for "open now" (aware); now when left out.
        who: what else is known that decides what may hurt; only the needs when left out.
        """
        at = (at or datetime.now(LONDON)).astimezone(LONDON)
        needs = tuple(p for p in Pathway if p in needs)
        who = replace(who, needs=frozenset(needs)) if who else situation(needs)
        here = self._matches(place, at)
        here += self._from_anywhere(place, {m.kind for m in here}, at)
        mmhs = sorted(
            (m for m in here if m.kind is ServiceKind.MMHS),
            key=lambda m: (m.service.status is not Status.OPEN, place.areas.index(m.areas[0])),
        )
        mmhs, named = _told_apart(mmhs)
        closed = self._closed(place)
        outcome = _outcome(place, mmhs, closed)
        alternatives = [
            m for m in here if m.kind is not ServiceKind.MMHS and service_suits(m.service, who)
        ]
        alternatives.sort(key=lambda m: _alternatives_key(m, needs))
        return Answer(
            place=place,
            needs=needs,
            outcome=outcome,
            at=at,
            mmhs=tuple(mmhs),
            closed=closed,
            alternatives=tuple(alternatives),
            neighbours=self._neighbours(place, {m.service.id for m in (*mmhs, *named)}, at),
            routes=self.routes(at, alternatives, who) if place.areas else (),
            national=self._national.lines(place.nation, who, at),
            devolved=tuple(
                d
                for d in self.directory.devolved
                if d.nation is place.nation and devolved_suits(d, who)
            ),
            urgent=self.urgent(place.nation, at),
            loss_kind=who.loss_kind,
            notices=(
                *place.notices,
                *self._close_to(place, (*mmhs, *named)),
                *notices_of(place, outcome, mmhs, named, closed, at.date(), self._taken_out(place)),
            ),
        )

    def _match(
        self,
        service: Service,
        place: Place,
        at: datetime,
        *,
        certainty: Certainty | None,
        areas: tuple[Area, ...],
    ) -> Match:
        base = self.bases.get(service.id)
        office = self._offices.get(service.id)
        return Match(
            service=service,
            opening=opening_at(public_hours(service)[0], Nation.ENGLAND, at),
            certainty=certainty,
            criteria=self.directory.criteria.get(service.id),
            areas=areas,
            lat=base[0] if base else None,
            lon=base[1] if base else None,
            office_lat=office[0] if office else None,
            office_lon=office[1] if office else None,
            distance_km=geodesic(place.point, base).km if base and place.point else None,
        )

    def _matches(self, place: Place, at: datetime) -> list[Match]:
        """Services of every kind that serve the place's areas, each once."""
        found: dict[str, tuple[Service, list[Area], Certainty]] = {}
        for area in place.areas:
            for service, certainty in self.directory.serving(area.code):
                _, areas, sure = found.setdefault(service.id, (service, [], certainty))
                areas.append(area)
                if certainty is Certainty.STATED:
                    sure = certainty
                found[service.id] = (service, areas, sure)
        return [
            self._match(service, place, at, certainty=sure, areas=tuple(areas))
            for service, areas, sure in found.values()
        ]

    def _close_to(self, place: Place, own: Sequence[Match]) -> Iterator[Notice]:
        """Of a postcode near a border: who serves the other side, if it is somebody else."""
        here = {match.service.id for match in own}
        areas: list[str] = []
        names: dict[str, None] = {}
        for area in place.close:
            there = [
                service.name
                for service, _ in self.directory.serving(area.code)
                if service.kind is ServiceKind.MMHS
                and service.id not in here
                and not name_only(service, self.directory.criteria.get(service.id))
            ]
            if there:
                areas.append(area.name)
                names |= dict.fromkeys(there)
        if areas:
            yield Notice(NoticeCode.CLOSE_TO, {"areas": tuple(areas), "names": tuple(names)})

    def _closed(self, place: Place) -> tuple[Service, ...]:
        """The MMHS of the place's areas that were reported closed, each once."""
        found = {s.id: s for area in place.areas for s in self.directory.closed(area.code)}
        return tuple(s for s in found.values() if s.kind is ServiceKind.MMHS)

    def _taken_out(self, place: Place) -> tuple[Area, ...]:
        """The areas of the place that have lost an MMHS while its entry is checked."""
        return tuple(
            area
            for area in place.areas
            if any(s.kind is ServiceKind.MMHS for s in self.directory.taken_out(area.code))
        )

    def _from_anywhere(self, place: Place, local: set[ServiceKind], at: datetime) -> list[Match]:
        """Where a kind has no local service: the nearest that take people from all over England."""
        if not place.areas:
            return []
        found: dict[ServiceKind, list[Match]] = {}
        for service in self.directory.services.values():
            anywhere = service.takes_from_anywhere is YesNo.YES
            if anywhere and service.status is not Status.CLOSED and service.kind not in local:
                match = self._match(service, place, at, certainty=None, areas=())
                found.setdefault(service.kind, []).append(match)
        for matches in found.values():
            matches.sort(key=lambda m: (m.distance_km is None, m.distance_km or 0.0))
        return [m for matches in found.values() for m in matches[:MOST_FROM_ANYWHERE]]

    def _neighbours(self, place: Place, own: set[str], at: datetime) -> tuple[Match, ...]:
        """MMHS of the adjoining areas: first of those close to the postcode, then the ones that
        share most border areas.

        Where the adjoining areas have none, those next to them are asked, up to `WIDEST_RING` away.
        """
        seen = {a.code for a in place.areas}
        ring = set(seen)
        adjoining: dict[str, list[Area]] = {}
        for _ in range(WIDEST_RING):
            ring = {other for code in ring for other in self.shapes.neighbours(code)} - seen
            seen |= ring
            for code in sorted(ring):
                for service, _certainty in self.directory.serving(code):
                    if service.kind is ServiceKind.MMHS and service.id not in own:
                        adjoining.setdefault(service.id, []).append(self.directory.areas[code])
            if adjoining:
                break
        matches = [
            self._match(self.directory.services[key], place, at, certainty=None, areas=tuple(areas))
            for key, areas in adjoining.items()
        ]
        matches.sort(
            key=lambda m: (
                not set(m.areas) & set(place.close),
                m.service.status is not Status.OPEN,
                -len(m.areas),
                m.service.name,
            )
        )
        return tuple(matches)

    def routes(
        self,
        at: datetime,
        local_services: Iterable[Match] = (),
        who: Situation = NOTHING_SAID,
    ) -> tuple[Offer, ...]:
        """Routes into care near any home in England, less those with a confirmed local service."""
        local = {
            m.kind
            for m in local_services
            if m.service.status is Status.OPEN and service_ways(m.service)
        }
        return self._national.routes(at, who, local)

    def urgent(self, nation: Nation, at: datetime) -> tuple[Offer, ...]:
        """As `NationalHelp.urgent`."""
        return self._national.urgent(nation, at)

    def of_kind(self, kind: str, nation: Nation, at: datetime) -> tuple[Offer, ...]:
        """As `NationalHelp.of_kind`."""
        return self._national.of_kind(kind, nation, at)

    def support_for(
        self,
        topic: str,
        nation: Nation,
        at: datetime | None = None,
        who: Situation = NOTHING_SAID,
    ) -> tuple[Offer, ...]:
        """As `NationalHelp.about`, now by default."""
        at = (at or datetime.now(LONDON)).astimezone(LONDON)
        return self._national.about(topic, nation, at, who)


def _alternatives_key(match: Match, needs: tuple[Pathway, ...]) -> tuple[object, ...]:
    """What she can act on first: a name without a way to it helps nobody tonight."""
    first = [kind for need in needs for kind in _FIRST_FOR_NEED[need]]
    return (
        not needs and about_service(match.service) is About.BABY,
        match.kind is ServiceKind.MOTHER_BABY_UNIT,  # a ward: a doctor arranges it
        reach_of(match.service),
        not may_ask_herself(match.service, needs),
        match.service.status is not Status.OPEN,
        match.kind not in first,
        _ALTERNATIVES_ORDER.index(match.kind),
        match.distance_km is None,
        match.distance_km or 0.0,
        match.service.name,
    )


def _told_apart(mmhs: Sequence[Match]) -> tuple[list[Match], list[Match]]:
    """The services that something can be told of, and those of which only a name is known."""
    named = [m for m in mmhs if name_only(m.service, m.criteria)]
    return [m for m in mmhs if m not in named], named


def _outcome(place: Place, mmhs: Sequence[Match], closed: Sequence[Service]) -> Outcome:
    if not place.areas:
        return Outcome.OTHER_NATION
    if not mmhs:
        return Outcome.CLOSED if closed else Outcome.NONE_PUBLISHED
    if all(m.service.status is not Status.OPEN for m in mmhs):
        return Outcome.UNCONFIRMED
    return Outcome.ONE_SERVICE if len(mmhs) == 1 else Outcome.SEVERAL_SERVICES
