"""From what a person typed or chose to a `Place`: a postcode or part of one, a council, a name.

Not for: who serves the place (`directory.serving`, `answers`), or the shapes themselves (`shapes`).
"""

from __future__ import annotations

from contextlib import suppress
from difflib import get_close_matches
from functools import cached_property

from geopy.exc import GeopyError
from geopy.geocoders.base import Geocoder

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Area, YesNo
from mmhs_finder.directory.named import area_words
from mmhs_finder.nation import Nation, nation_of_code
from mmhs_finder.places.place import Notice, NoticeCode, Place
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

SMALLEST_SHARE = 0.02
"""A council with a smaller share of an outward code's postcodes is left out of an area answer."""

MOST_COUNCILS = 3
"""How many councils are offered to somebody who typed the name of a place."""

SHORTEST_NAME = 3
"""Letters below which a text is no name: "Ely" and "Eye" are the shortest towns of England."""

ALIKE = 0.8
"""How like a name a text must be to be taken for it, as `difflib` counts, 0 to 1: two slips in ten
letters."""


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

    def place(self, text: str) -> Place:
        """The place of a postcode, sector or outward code as a person types it.

        Raises `NotAPostcode` or `UnknownPostcode`, each with a `message` for the public.
        """
        postcode = Postcode.parse(text)
        if isinstance(postcode, NotAPostcode):
            raise postcode
        located = self._locate(postcode)
        areas, elsewhere = self._areas_of(located)
        code = located.councils[0].code if located.councils else ""
        known = self._directory.areas.get(code)
        council = known.name if known else ""
        return Place(
            label=str(postcode),
            precision=located.precision,
            nation=located.nation,
            postcode=str(postcode),
            lat=located.lat,
            lon=located.lon,
            areas=areas,
            council_code=code,
            council=council,
            notices=_notices(postcode, located, areas, elsewhere, council),
        )

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
        return tuple(self._directory.areas[code] for code in codes)[:MOST_COUNCILS]

    @cached_property
    def _named(self) -> dict[str, str]:
        """Names in small letters to the codes of councils, whose own names come first."""
        named = {area.name.casefold(): area.code for area in self._directory.councils()}
        for town in self._directory.towns:
            code = self._shapes.area_at(town.lat, town.lon)
            area = self._directory.areas.get(code) if code else None
            if area and town.many_councils is not YesNo.YES:
                named.setdefault(town.name.casefold(), area.parent or area.code)
        return named

    def _locate(self, postcode: Postcode) -> Located:
        """The index's answer, or that of the geocoder for newer postcodes where it knows better."""
        try:
            located = self._index.locate(postcode)
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
