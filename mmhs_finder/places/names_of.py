"""The names that lead to the areas of one directory, and what to offer for a text.

Not for: looking names up (`naming`), or what a postcode is (`postcodes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Final

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import YesNo
from mmhs_finder.nation import Nation, nation_of_code
from mmhs_finder.places.gazetteer import Named, NameKind, gazetteer, plain
from mmhs_finder.places.naming import PlaceNames
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.places.suggesting import Meant, Suggestion, Suggestions
from mmhs_finder.postcodes import (
    Located,
    NotAPostcode,
    Postcode,
    PostcodeIndex,
    UnknownPostcode,
)

_LONDON: Final = "London"

_BEFORE_A_PLACE: Final = frozenset({"in", "near", "at", "from", "of", "around", "outside"})


class NamesOf:
    """Names of one directory. They are put together when somebody first types one."""

    def __init__(self, directory: Directory, index: PostcodeIndex, shapes: AreaShapes) -> None:
        self._directory = directory
        self._index = index
        self._shapes = shapes

    def suggestions(self, text: str, readings: Sequence[str] = ()) -> Suggestions:
        """What to offer for a text. readings: postcodes that may be meant, which come first."""
        first = tuple(Suggestion(reading, text=reading) for reading in readings)
        if first and not self._names.named_in(text):
            return Suggestions(Meant.READINGS, first)
        found = self._named(text)
        if first:
            return replace(found, meant=Meant.READINGS, offers=(*first, *found.offers))
        return found

    def parts(self, parts: Iterable[str]) -> Suggestions:
        """What to offer for a first part of London without its letter."""
        return Suggestions(Meant.PARTS, tuple(Suggestion(part, text=part) for part in parts))

    def nation_named(self, text: str) -> tuple[str, Nation] | None:
        """(name, nation) of a place outside England, if the text names it without a doubt and
        nothing else."""
        place = self._names.abroad(text)
        return (place.name, place.nation) if place else None

    def beside_words(self, text: str, *, only_said: bool) -> Suggestions:
        """What to offer for a text that says something else, and a place: "homeless in Leeds".
        Nothing that is only spelled alike. only_said: nor what no "in" or the like stands before.
        """
        words = plain(text).split()
        at = max((n for n, word in enumerate(words) if word in _BEFORE_A_PLACE), default=-1)
        if at < 0 and only_said:
            return Suggestions()
        offers = tuple(self._offers(self._names.among(words[at + 1 :])))
        return Suggestions(Meant.PLACES, offers) if offers else Suggestions()

    def contradict(self, words: str, located: Located) -> bool:
        """Whether the words around a first part name places that are somewhere else.

        "Flat B1, Canterbury" is not in Birmingham.
        """
        named = self._names.named_in(words)
        here = {share.code for share in located.councils}
        nations = {located.nation, *map(nation_of_code, here)}
        return bool(named) and not any(
            here & set(place.councils) or (not place.councils and place.nation in nations)
            for place in named
        )

    def _named(self, text: str) -> Suggestions:
        searched = self._names.search(text)
        found = searched.places
        counties = [place for place in found if place.kind is NameKind.COUNTY]
        wanted = plain(text)
        for county in counties:
            if len(found) == 1 or self._names.is_of(wanted, county):
                return self._of_county(county)
        offers = tuple(self._offers(found))
        if not offers:
            return Suggestions()
        hospitals = all(place.kind is NameKind.HOSPITAL for place in found)
        if hospitals:
            return Suggestions(Meant.HOSPITALS, offers)
        return Suggestions(Meant.ALIKE if searched.is_alike else Meant.PLACES, offers)

    def _of_county(self, county: Named) -> Suggestions:
        known = (self._directory.areas.get(code) for code in county.councils)
        areas = sorted(
            (area for area in known if area),
            key=lambda area: (not area.name.startswith(county.name), area.name),
        )
        offers = tuple(Suggestion(area.name, area) for area in areas)
        if len(offers) < 2:
            return Suggestions(Meant.PLACES if offers else Meant.NOTHING, offers)
        meant = Meant.LONDON if county.name == _LONDON else Meant.COUNTY
        return Suggestions(meant, offers, county.name)

    def _offers(self, places: Sequence[Named]) -> Iterator[Suggestion]:
        names = [place.name for place in places]
        for place in places:
            if place.kind is NameKind.COUNTY:
                yield Suggestion(place.name, text=place.name)
                continue
            county = self._names.county(place)
            if not place.councils:
                text = place.name if place.name == county else f"{place.name}, {county}"
                yield Suggestion(place.name, text=text, county=county)
                continue
            area = self._directory.areas.get(place.councils[0])
            if area is not None:
                told = county if names.count(place.name) > 1 and not place.town else ""
                name = f"{place.name}, {place.town}" if place.town else place.name
                yield Suggestion(name, area, county=told)

    @cached_property
    def _names(self) -> PlaceNames:
        names = gazetteer()
        return PlaceNames(self._own(), self._hospitals(names.hospitals), names)

    def _own(self) -> Iterator[tuple[str, Named]]:
        """Names of the directory's councils, and of the towns on its map."""
        for each in self._directory.councils():
            yield each.name, Named(each.name, NameKind.COUNCIL, councils=(each.code,))
        known = gazetteer().named
        for town in self._directory.towns:
            if plain(town.name) in known:
                continue  # a label may stand outside its town, where there is room on the map
            code = self._shapes.area_at(town.lat, town.lon)
            area = self._directory.areas.get(code) if code else None
            if area and town.many_councils is not YesNo.YES:
                council = area.parent or area.code
                yield town.name, Named(town.name, NameKind.TOWN, councils=(council,))

    def _hospitals(self, known: Iterable[Named]) -> Iterator[Named]:
        """Hospitals with their councils: those of the list, and those where services see people."""
        seen = set()
        for hospital in (*known, *self._own_hospitals()):
            council = self._council_at(hospital.postcode)
            if council and (council, hospital.name) not in seen:
                seen.add((council, hospital.name))
                yield replace(hospital, councils=(council,))

    def _own_hospitals(self) -> Iterator[Named]:
        for service in self._directory.services.values():
            if service.is_real_base and service.location_name:
                name, _, town = service.location_name.partition(", ")
                yield Named(name, NameKind.HOSPITAL, town=town, postcode=service.postcode)

    def _council_at(self, text: str) -> str:
        postcode = Postcode.parse(text)
        if isinstance(postcode, NotAPostcode):
            return ""
        try:
            located = self._index.locate(postcode)
        except UnknownPostcode:
            return ""
        return located.councils[0].code if located.councils else ""
