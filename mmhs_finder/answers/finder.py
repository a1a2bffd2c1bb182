"""The one question everything else is built on: which help is there for this place and this need?

`Finder.place`: text to `Place`. `Finder.find`: place to `Answer`.
Not for: showing answers (`ui`, `find_cli`, `answer_json`) or a person's fit (`eligibility`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date, datetime
from difflib import get_close_matches
from functools import cached_property

from geopy.distance import geodesic
from geopy.exc import GeopyError
from geopy.geocoders.base import Geocoder

from mmhs_finder.answers.types import Answer, Match, Notice, Offer, Outcome, Place
from mmhs_finder.directory import Directory
from mmhs_finder.directory.freshness import is_old
from mmhs_finder.directory.models import (
    Area,
    Certainty,
    NationalSupport,
    Pathway,
    Service,
    ServiceKind,
    Status,
    UrgentStrip,
    YesNo,
)
from mmhs_finder.hours import LONDON, opening_at
from mmhs_finder.nation import UNITED_KINGDOM, Nation, nation_of_code
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.postcodes import (
    CouncilShare,
    Located,
    NotAPostcode,
    Postcode,
    PostcodeIndex,
    UnknownPostcode,
)
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.words import join_words, say

SMALLEST_SHARE = 0.02
"""A council with a smaller share of an outward code's postcodes is left out of an area answer."""

WIDEST_RING = 3
"""How many areas away a neighbouring MMHS is looked for when the nearer areas have none."""

ROUTE_KINDS = (
    "gp",
    "nhs_talking_therapies",
    "perinatal_mental_health_team",
    "specialist_mental_health_midwife",
    "maternity",
    "health_visitor",
    "community_mental_health_team",
    "childrens_centre",
    "social_prescribing",
    "drug_and_alcohol",
)
"""Kinds of `national_support.csv` that are routes into care near the person, not lines to ring."""

HIDDEN_UNLESS_CHOSEN = "domestic_abuse"
"""Shown only to a person who chooses it: a controlling partner may see this screen."""

MOST_COUNCILS = 3
"""How many councils are offered to somebody who typed the name of a place."""

SHORTEST_NAME = 3
"""Letters below which a text is no name: "Ely" and "Eye" are the shortest towns of England."""

ALIKE = 0.8
"""How like a name a text must be to be taken for it, as `difflib` counts, 0 to 1: two slips in ten
letters."""

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
_ONLY_FOR_NEED = {
    ServiceKind.BEREAVEMENT: {Pathway.LOSS},
    ServiceKind.SEPARATION: {Pathway.SEPARATION},
}
"""Kinds that would hurt where they do not fit, such as bereavement care for a fear of birth."""

_WITH_A_BABY = {ServiceKind.MOTHER_BABY_UNIT, ServiceKind.PARENT_INFANT}
"""Kinds for a parent with her baby: left out after a loss or a separation alone."""


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
        self._newer = newer
        self.shapes = AreaShapes(directory.shapes(detail=True))
        self._bases = {s.id: self._point(s.postcode) for s in self._services() if s.is_real_base}
        self._offices = {
            s.id: self._point(s.office_postcode) for s in self._services() if s.office_postcode
        }

    def _services(self) -> Iterable[Service]:
        return self.directory.services.values()

    def _point(self, text: str) -> tuple[float, float] | None:
        postcode = Postcode.parse(text)
        if isinstance(postcode, NotAPostcode):
            return None
        try:
            found = self.index.locate(postcode)
        except UnknownPostcode:
            return None
        if found.lat is None or found.lon is None or found.precision is not Precision.POSTCODE:
            return None
        return found.lat, found.lon

    # --- places -------------------------------------------------------------------------------

    def place(self, text: str) -> Place:
        """The place of a postcode, sector or outward code as a person types it.

        Raises `NotAPostcode` or `UnknownPostcode`, each with a `message` for the public.
        """
        postcode = Postcode.parse(text)
        if isinstance(postcode, NotAPostcode):
            raise postcode
        located = self._locate(postcode)
        areas, elsewhere = self._areas_of(located)
        council = located.councils[0].code if located.councils else ""
        known = self.directory.areas.get(council)
        notices = []
        if postcode.corrected_from:
            notices.append(Notice("corrected", say("notice.corrected", postcode=postcode)))
        if located.precision is not postcode.precision:
            wider = _label(located.postcode, located.precision)
            notices.append(Notice("coarser", say("notice.coarser", asked=postcode, wider=wider)))
        if len(located.councils) > 1 and len(areas) > 1:
            names = join_words([a.name for a in areas])
            notices.append(
                Notice("several_areas", say("notice.several_areas", place=postcode, areas=names))
            )
        elif len(areas) > 1:
            notices.append(
                Notice(
                    "split_council",
                    say("notice.split_council", council=known.name if known else ""),
                )
            )
        if areas and elsewhere:
            notices.append(
                Notice(
                    "border", say("notice.border", place=postcode, nations=join_words(elsewhere))
                )
            )
        return Place(
            label=str(postcode),
            precision=located.precision,
            nation=located.nation,
            postcode=str(postcode),
            lat=located.lat,
            lon=located.lon,
            areas=areas,
            council_code=council,
            council=known.name if known else "",
            notices=tuple(notices),
        )

    def council(self, code: str) -> Place:
        """The place of a council, or of a part of one, by its code. Raises KeyError."""
        area = self.directory.areas[code]
        parts = self.directory.parts(code)
        parent = self.directory.areas[area.parent] if area.parent else area
        notices = (
            (Notice("split_council", say("notice.split_council", council=area.name)),)
            if parts
            else ()
        )
        return Place(
            label=area.name,
            precision=Precision.COUNCIL,
            nation=Nation.ENGLAND,
            areas=parts or (area,),
            council_code=parent.code,
            council=parent.name,
            notices=notices,
        )

    def councils_named(self, text: str) -> tuple[Area, ...]:
        """Councils that somebody may mean who typed a place for a postcode, likeliest first.

        By their own names, and by those of the towns on the map; a name may be unfinished or
        spelled a little differently. At most `MOST_COUNCILS`; empty where nothing is alike.
        """
        typed = " ".join(text.casefold().split())
        if len(typed) < SHORTEST_NAME:
            return ()
        begun = sorted(name for name in self._named if name.startswith(typed))
        if typed not in self._named:
            begun += get_close_matches(typed, self._named, n=MOST_COUNCILS, cutoff=ALIKE)
        codes = dict.fromkeys(self._named[name] for name in begun)
        return tuple(self.directory.areas[code] for code in codes)[:MOST_COUNCILS]

    @cached_property
    def _named(self) -> dict[str, str]:
        """Names in small letters to the codes of councils, whose own names come first."""
        named = {area.name.casefold(): area.code for area in self.directory.councils()}
        for town in self.directory.towns:
            code = self.shapes.area_at(town.lat, town.lon)
            area = self.directory.areas.get(code) if code else None
            if area and town.many_councils is not YesNo.YES:
                named.setdefault(town.name.casefold(), area.parent or area.code)
        return named

    def _locate(self, postcode: Postcode) -> Located:
        """The index's answer, or that of the geocoder for newer postcodes where it knows better."""
        try:
            located = self.index.locate(postcode)
        except UnknownPostcode:
            located = None
        exact = located is not None and located.precision is postcode.precision
        if not exact and self._newer is not None:
            with suppress(GeopyError):
                found = self._newer.geocode(str(postcode))
                council = found.raw.get("council") if found else ""
                nation = nation_of_code(council)
                if nation is not None:
                    return Located(
                        postcode=postcode,
                        precision=Precision.POSTCODE,
                        lat=found.latitude,
                        lon=found.longitude,
                        councils=(CouncilShare(council, 1),),
                        nation=nation,
                    )
        return located if located is not None else self.index.locate(postcode)

    def _areas_of(self, located: Located) -> tuple[tuple[Area, ...], list[str]]:
        """English areas of a located postcode, most postcodes first, and other nations in it."""
        total = sum(c.postcodes for c in located.councils) or 1
        areas: list[Area] = []
        elsewhere: list[str] = []
        for share in located.councils:
            if share.postcodes / total < SMALLEST_SHARE:
                continue
            area = self.directory.areas.get(share.code)
            if area is None:
                nation = nation_of_code(share.code)
                if nation and nation.value not in elsewhere:
                    elsewhere.append(nation.value)
                continue
            parts = self.directory.parts(area.code)
            if not parts:
                areas.append(area)
            elif (
                located.precision is Precision.POSTCODE
                and located.lat is not None
                and located.lon is not None
            ):
                code = self.shapes.part_at(area.code, located.lat, located.lon)
                areas.append(self.directory.areas[code])
            else:
                areas.extend(parts)
        return tuple(areas), elsewhere

    # --- answers ------------------------------------------------------------------------------

    def find(
        self, place: Place, needs: Sequence[Pathway] = (), at: datetime | None = None
    ) -> Answer:
        """What there is for a place.

        needs: what happened; empty for "something else" or "not sure".
        at: the moment for "open now" (aware); now when left out.
        """
        at = (at or datetime.now(LONDON)).astimezone(LONDON)
        needs = tuple(p for p in Pathway if p in needs)
        here = self._matches(place, at)
        here += self._from_anywhere(place, {m.kind for m in here}, at)
        mmhs = sorted(
            (m for m in here if m.kind is ServiceKind.MMHS),
            key=lambda m: (m.service.status is not Status.OPEN, place.areas.index(m.areas[0])),
        )
        outcome = _outcome(place, mmhs)
        alternatives = [m for m in here if m.kind is not ServiceKind.MMHS and _fits(m.kind, needs)]
        alternatives.sort(key=lambda m: _alternatives_key(m, needs))
        return Answer(
            place=place,
            needs=needs,
            outcome=outcome,
            at=at,
            mmhs=tuple(mmhs),
            alternatives=tuple(alternatives),
            neighbours=self._neighbours(place, {m.service.id for m in mmhs}, at),
            routes=self.routes(at, alternatives) if place.areas else (),
            national=self.national(place.nation, needs, at),
            devolved=tuple(d for d in self.directory.devolved if d.nation is place.nation),
            urgent=self.urgent(place.nation, at),
            notices=place.notices + tuple(_notices(place, outcome, mmhs, at.date())),
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
        base = self._bases.get(service.id)
        office = self._offices.get(service.id)
        return Match(
            service=service,
            opening=opening_at(service.hours_osm, Nation.ENGLAND, at),
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

    def _from_anywhere(self, place: Place, local: set[ServiceKind], at: datetime) -> list[Match]:
        """Where a kind has no local service: the nearest that take people from all over England."""
        if not place.areas:
            return []
        found: dict[ServiceKind, list[Match]] = {}
        for service in self._services():
            if service.takes_from_anywhere is YesNo.YES and service.kind not in local:
                match = self._match(service, place, at, certainty=None, areas=())
                found.setdefault(service.kind, []).append(match)
        for matches in found.values():
            matches.sort(key=lambda m: (m.distance_km is None, m.distance_km or 0.0))
        return [m for matches in found.values() for m in matches[:MOST_FROM_ANYWHERE]]

    def _neighbours(self, place: Place, own: set[str], at: datetime) -> tuple[Match, ...]:
        """MMHS of the adjoining areas, the ones that share most border areas first.

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
            key=lambda m: (m.service.status is not Status.OPEN, -len(m.areas), m.service.name)
        )
        return tuple(matches)

    def routes(self, at: datetime, local_services: Iterable[Match] = ()) -> tuple[Offer, ...]:
        """Routes into care near any home in England, less those with a confirmed local service."""
        local = {m.kind for m in local_services if m.service.status is Status.OPEN}
        known = {
            "nhs_talking_therapies": ServiceKind.TALKING_THERAPIES,
            "perinatal_mental_health_team": ServiceKind.PERINATAL_TEAM,
        }
        offers = [
            _offer(row, Nation.ENGLAND, at)
            for row in self.directory.national
            if row.kind in ROUTE_KINDS
            and "England" in row.nations
            and known.get(row.kind) not in local
        ]
        return tuple(sorted(offers, key=lambda o: ROUTE_KINDS.index(o.support.kind)))

    def urgent(self, nation: Nation, at: datetime) -> tuple[Offer, ...]:
        """Lines for a crisis in this nation, open day and night first. Never domestic abuse."""
        rows = [r for r in self._national_in(nation) if r.kind == "crisis"]
        offers = [_offer(r, nation, at) for r in rows]
        return tuple(
            sorted(
                offers,
                key=lambda o: (
                    o.support.urgent_strip is not UrgentStrip.EMERGENCY,
                    o.support.urgent_strip is not UrgentStrip.MENTAL_HEALTH_LINE,
                    not o.opening.always,
                    not o.support.public_phone,
                ),
            )
        )

    def national(self, nation: Nation, needs: Sequence[Pathway], at: datetime) -> tuple[Offer, ...]:
        """Lines and charities for what happened, best fit first; general ones if none is named."""
        wanted = {p.value for p in needs}
        general = [
            row
            for row in self._national_in(nation)
            if row.kind not in (*ROUTE_KINDS, "crisis", "adjacent_mmhs", HIDDEN_UNLESS_CHOSEN)
            and _is_general(row)
        ]
        rows = [row for row in general if wanted & set(row.pathways)] or general
        return _ranked([_offer(r, nation, at) for r in rows], general_first=not wanted)

    def support_for(
        self, topic: str, nation: Nation, at: datetime | None = None
    ) -> tuple[Offer, ...]:
        """National help for one topic of `national_support.csv`'s column `pathways`.

        The one way to `domestic_abuse`, which a person must choose.
        """
        at = (at or datetime.now(LONDON)).astimezone(LONDON)
        rows = [
            row
            for row in self._national_in(nation)
            if topic in row.pathways
            and row.kind not in (*ROUTE_KINDS, "adjacent_mmhs")
            and (row.kind == HIDDEN_UNLESS_CHOSEN) == (topic == HIDDEN_UNLESS_CHOSEN)
            and (row.kind == "crisis") == (topic == "crisis")
        ]
        return _ranked([_offer(r, nation, at) for r in rows], general_first=topic == "any")

    def _national_in(self, nation: Nation) -> list[NationalSupport]:
        """Rows for a nation; a row that states no nation is kept. UK lines serve four nations."""
        uk = nation in UNITED_KINGDOM
        return [
            r
            for r in self.directory.national
            if not r.nations or nation.value in r.nations or (uk and "UK" in r.nations)
        ]


_FOR_A_GROUP = {
    "racialised_communities",
    "faith",
    "young_parents",
    "refugees_migrants",
    "money_housing",
    "legal_rights",
    "partner_support",
}


def _is_general(row: NationalSupport) -> bool:
    """Fits a person who has not said what happened: for everybody, and not about one thing."""
    specific = {p.value for p in Pathway} & set(row.pathways)
    return bool(specific) or "any" in row.pathways


def _label(postcode: Postcode, precision: Precision) -> str:
    """The part of a postcode that a coarser answer is for: "CT1 3" or "CT1"."""
    if precision is Precision.SECTOR:
        return f"{postcode.outward} {postcode.inward[:1]}"
    return postcode.outward


def _offer(row: NationalSupport, nation: Nation, at: datetime) -> Offer:
    return Offer(support=row, opening=opening_at(row.phone_hours_osm, nation, at))


def _ranked(offers: Iterable[Offer], *, general_first: bool) -> tuple[Offer, ...]:
    """For everybody before for a group; open now, then a confirmed number, then the rest.

    general_first: what is for any reason comes before what is for one, for a person who named none.
    """
    return tuple(
        sorted(
            offers,
            key=lambda o: (
                o.support.kind in _FOR_A_GROUP,
                general_first and "any" not in o.support.pathways,
                not o.answers_now,
                not o.support.public_phone,
                not o.support.text_number,
            ),
        )
    )


def _fits(kind: ServiceKind, needs: tuple[Pathway, ...]) -> bool:
    if not needs:
        return True
    if kind in _ONLY_FOR_NEED:
        return bool(_ONLY_FOR_NEED[kind] & set(needs))
    if kind in _WITH_A_BABY:
        return not set(needs) <= {Pathway.LOSS, Pathway.SEPARATION}
    return True


def _alternatives_key(match: Match, needs: tuple[Pathway, ...]) -> tuple[object, ...]:
    first = [kind for need in needs for kind in _FIRST_FOR_NEED[need]]
    return (
        match.service.self_referral is not YesNo.YES,
        match.service.status is not Status.OPEN,
        match.kind not in first,
        _ALTERNATIVES_ORDER.index(match.kind),
        match.distance_km is None,
        match.distance_km or 0.0,
        match.service.name,
    )


def _outcome(place: Place, mmhs: Sequence[Match]) -> Outcome:
    if not place.areas:
        return Outcome.OTHER_NATION
    if not mmhs:
        return Outcome.NONE_PUBLISHED
    if all(m.service.status is not Status.OPEN for m in mmhs):
        return Outcome.UNCONFIRMED
    return Outcome.ONE_SERVICE if len(mmhs) == 1 else Outcome.SEVERAL_SERVICES


def _notices(
    place: Place, outcome: Outcome, mmhs: Sequence[Match], today: date
) -> Iterable[Notice]:
    if outcome is Outcome.OTHER_NATION:
        if place.nation in UNITED_KINGDOM:
            yield Notice("other_nation", say("notice.other_nation", nation=place.nation.value))
        else:
            name = place.nation.value
            yield Notice("crown_dependency", say("notice.crown_dependency", place=name))
    elif outcome is Outcome.NONE_PUBLISHED:
        yield Notice("none_published", say("notice.none_published", place=_area_names(place)))
    elif len(place.areas) == 1 and len(mmhs) > 1:
        yield Notice("shared_area", say("notice.shared_area", place=_area_names(place)))
    if outcome is Outcome.UNCONFIRMED:
        yield Notice("unconfirmed", say("notice.unconfirmed"))
    uncovered = [a for a in place.areas if not any(a in m.areas for m in mmhs)]
    if mmhs and uncovered:
        names = join_words([a.name for a in uncovered])
        yield Notice("partly_none_published", say("notice.partly_none_published", areas=names))
    if mmhs and all(m.certainty is Certainty.INFERRED for m in mmhs):
        yield Notice("inferred", say("notice.inferred", place=_area_names(place)))
    old = [m for m in mmhs if is_old(m.service.source_date, today)]
    if old and outcome is not Outcome.UNCONFIRMED:
        newest = max(m.service.source_date for m in old)[:4]
        yield Notice("old", say("notice.old", year=newest))


def _area_names(place: Place) -> str:
    return join_words([a.name for a in place.areas]) or place.label
