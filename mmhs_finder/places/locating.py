"""From what a person typed or chose to a `Place`: a postcode or part of one, a council, a name.

Not for: who serves the place (`directory.serving`, `answers`), or the shapes themselves (`shapes`).
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Final, get_args

from geopy.exc import GeopyError
from geopy.geocoders.base import Geocoder

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Area
from mmhs_finder.directory.named import area_words
from mmhs_finder.nation import Nation, nation_of_code
from mmhs_finder.places.names_of import NamesOf
from mmhs_finder.places.place import Notice, NoticeCode, Place
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.places.suggesting import Suggestions
from mmhs_finder.postcodes import (
    CouncilShare,
    LetterMissing,
    Located,
    NotAPostcode,
    Postcode,
    PostcodeIndex,
    UnknownPostcode,
)
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.postcodes.said import Said

SMALLEST_SHARE = 0.02
"""A council with a smaller share of an outward code's postcodes is left out of an area answer."""


class Locator:
    """Places of one directory and one postcode index. Safe to share by threads."""

    def __init__(
        self,
        directory: Directory,
        index: PostcodeIndex,
        shapes: AreaShapes,
        newer: Geocoder | None = None,
    ) -> None:
        """newer: asked for full postcodes that the index does not have; None: nobody is asked."""
        self._directory = directory
        self._index = index
        self._shapes = shapes
        self._newer = newer
        self._names = NamesOf(directory, index, shapes)

    def place(self, text: str) -> Place:
        """The place of a postcode, sector or outward code as a person types it, or of a place name
        outside England.

        Raises `NotAPostcode` or `UnknownPostcode`, each with a `message` for the public; what to
        offer then, `suggestions` says.
        """
        read = Postcode.parse(text)
        postcode = self._of_readings(read) if isinstance(read, NotAPostcode) else read
        if isinstance(postcode, NotAPostcode):
            abroad = self._names.nation_named(text) if postcode.reason in _NAMES else None
            if abroad is not None:
                name, nation = abroad
                return Place(label=name, precision=Precision.COUNCIL, nation=nation)
            raise postcode
        located = self._locate(postcode)
        if postcode.words and self._names.contradict(postcode.words, located):
            raise NotAPostcode(text[:20], "town_or_words", (str(postcode),))
        meant = replace(located.postcode, corrected_from=postcode.corrected_from)
        if meant != postcode:  # the index knew which one it is a slip for
            meant = replace(meant, corrected_from=str(postcode))
        areas, elsewhere = self._areas_of(located)
        code = located.councils[0].code if located.councils else ""
        known = self._directory.areas.get(code)
        council = known.name if known else ""
        return Place(
            label=str(meant),
            precision=located.precision,
            nation=located.nation,
            postcode=str(meant),
            lat=located.lat,
            lon=located.lon,
            areas=areas,
            council_code=code,
            council=council,
            close=self._close_areas(located, areas),
            notices=_notices(meant, located, areas, elsewhere, council),
        )

    def suggestions(self, text: str) -> Suggestions:
        """What to offer for a text that `place` has no place for. Never raises."""
        read = Postcode.parse(text)
        if isinstance(read, NotAPostcode):
            if read.reason in _SAID:
                return self._names.beside_words(text, only_said=read.reason == "hard_time")
            return self._names.suggestions(text, read.readings)
        try:
            located = self._locate(read)
        except LetterMissing as missing:
            return self._names.parts(missing.parts)
        except UnknownPostcode:
            return self._names.suggestions(read.words)
        if read.words and self._names.contradict(read.words, located):
            return self._names.suggestions(read.words, (str(read),))
        return Suggestions()

    def council(self, code: str) -> Place:
        """The place of a council, or of a part of one, by its code. Raises KeyError."""
        area = self._directory.areas[code]
        parts = self._directory.parts(code)
        parent = self._directory.areas[area.parent] if area.parent else area
        split = Notice(NoticeCode.SPLIT_COUNCIL, {"council": area.name})
        return Place(
            label=area_words(area.name),
            precision=Precision.COUNCIL,
            nation=Nation.ENGLAND,
            areas=parts or (area,),
            council_code=parent.code,
            council=parent.name,
            notices=(split,) if parts else (),
        )

    def _of_readings(self, read: NotAPostcode) -> Postcode | NotAPostcode:
        """The one of several readings that there is, if it is the only one, and no sign is left out
        of it: the last reading is the one that is without them."""
        found = [p for p in map(Postcode.parse, read.readings) if isinstance(p, Postcode)]
        there = [p for p in found if p in self._index]
        if len(there) != 1 or there[0] == found[-1]:
            return read
        return replace(there[0], corrected_from=read.typed)

    def _locate(self, postcode: Postcode) -> Located:
        """The index's answer, or that of the geocoder for newer postcodes where it knows better."""
        try:
            located = self._index.locate(postcode)
        except LetterMissing as missing:
            return self._of_parts(postcode, missing)
        except UnknownPostcode:
            located = None
        exact = located is not None and located.precision is postcode.precision
        if not exact and self._newer is not None:
            with suppress(GeopyError):
                found = self._newer.geocode(str(postcode))
                council = found.raw.get("council") if found else ""
                nation = nation_of_code(council or "")
                if nation is not None:
                    return Located(
                        postcode=postcode,
                        precision=Precision.POSTCODE,
                        lat=found.latitude,
                        lon=found.longitude,
                        councils=(CouncilShare(council, 1),),
                        nation=nation,
                    )
        return located if located is not None else self._index.locate(postcode)

    def _of_parts(self, asked: Postcode, missing: LetterMissing) -> Located:
        """The answer for a postcode without its letter, if there is only one with a letter; for a
        first part also if all with a letter lead to the same areas.

        Raises `LetterMissing` if they do not.
        """
        parts = [p for p in map(Postcode.parse, missing.parts) if isinstance(p, Postcode)]
        found = [self._index.locate(part) for part in parts]
        if len(found) == 1:
            return found[0]
        areas = {frozenset(area.code for area in self._areas_of(each)[0]) for each in found}
        if len(areas) != 1 or asked.inward:
            raise missing
        return replace(found[0], postcode=asked, lat=None, lon=None)

    def _close_areas(self, located: Located, areas: tuple[Area, ...]) -> tuple[Area, ...]:
        """Other areas of England with a postcode close by, the nearest first."""
        found = []
        for each in located.close:
            if self._directory.parts(each.council):
                code = self._shapes.part_at(each.council, each.lat, each.lon)
            else:
                code = each.council
            area = self._directory.areas.get(code)
            if area is not None and area not in areas:
                found.append(area)
        return tuple(found)

    def _areas_of(self, located: Located) -> tuple[tuple[Area, ...], tuple[str, ...]]:
        """English areas of a located postcode, most postcodes first, and other nations in it."""
        total = sum(c.postcodes for c in located.councils) or 1
        areas: list[Area] = []
        elsewhere: dict[str, None] = {}
        for share in located.councils:
            if share.postcodes / total < SMALLEST_SHARE:
                continue
            area = self._directory.areas.get(share.code)
            if area is not None:
                areas += self._parts_of(area, located)
            elif nation := nation_of_code(share.code):
                elsewhere[nation] = None
        return tuple(areas), tuple(elsewhere)

    def _parts_of(self, area: Area, located: Located) -> tuple[Area, ...]:
        """The council, or the part that the postcode is in; all parts where that is unknown."""
        parts = self._directory.parts(area.code)
        if not parts:
            return (area,)
        if (
            located.precision is not Precision.POSTCODE
            or located.lat is None
            or located.lon is None
        ):
            return parts
        code = self._shapes.part_at(area.code, located.lat, located.lon)
        return (self._directory.areas[code],)


_SAID: Final = get_args(Said)

_NAMES: Final = ("town_or_words", "area_only", "too_short")
"""Reasons for which a text may be the name of a place."""


def _notices(
    postcode: Postcode,
    located: Located,
    areas: tuple[Area, ...],
    elsewhere: tuple[str, ...],
    council: str,
) -> tuple[Notice, ...]:
    """What to know of the place: how it was read, how exactly it is known, what it lies across."""
    notices = []
    typed = str(postcode)
    if postcode.corrected_from:
        notices.append(Notice(NoticeCode.CORRECTED, {"postcode": typed}))
    if located.is_mail:
        notices.append(Notice(NoticeCode.ORGANISATION, {"postcode": typed}))
    if located.precision is not postcode.precision:
        wider = _label(located.postcode, located.precision)
        notices.append(Notice(NoticeCode.COARSER, {"asked": typed, "wider": wider}))
    if len(located.councils) > 1 and len(areas) > 1:
        names = tuple(a.name for a in areas)
        notices.append(Notice(NoticeCode.SEVERAL_AREAS, {"place": typed, "areas": names}))
    elif len(areas) > 1:
        notices.append(Notice(NoticeCode.SPLIT_COUNCIL, {"council": council}))
    if areas and elsewhere:
        notices.append(Notice(NoticeCode.BORDER, {"place": typed, "nations": elsewhere}))
    return tuple(notices)


def _label(postcode: Postcode, precision: Precision) -> str:
    """The part of a postcode that a coarser answer is for: "CT1 3" or "CT1"."""
    if precision is Precision.SECTOR:
        return f"{postcode.outward} {postcode.inward[:1]}"
    return postcode.outward
