"""Postcodes to council, ICB and services, many at once.

    lookup = Lookup(finder)
    found = lookup.find(texts)                    # some thousand texts
    lookup.answers[found.answer[0]]               # the `AreaAnswer` of the first

What an area has is worked out once for each of the 302 areas; rows are joined to that by number.
Codes and records, no words.
Not for: one postcode (`mmhs_finder.answers`), or the columns of a list in words
(`mmhs_finder.views.bulk_columns`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray
from pyproj import Geod

from mmhs_finder.answers.finding import Finder
from mmhs_finder.directory.models import Area, Certainty, Service, ServiceKind, Status
from mmhs_finder.directory.ways import name_only
from mmhs_finder.nation import Nation, is_pseudo, nation_of_code
from mmhs_finder.places.bases import base_points
from mmhs_finder.postcodes import (
    ForcesPostcode,
    NotAPostcode,
    Postcode,
    PostcodeWithoutPlace,
    UnknownPostcode,
)

_GEOD: Final = Geod(ellps="WGS84")


class AreaNote(StrEnum):
    """What to know about the services of an area."""

    CLOSED = "closed"  # an MMHS of the area was reported closed
    NONE = "none"  # no public page of an MMHS was found
    SEVERAL = "several"  # more than one MMHS
    UNCONFIRMED = "unconfirmed"  # none of its MMHS could be confirmed
    INFERRED = "inferred"  # no page names the area: worked out from the trust
    SPLIT = "split"  # a split council as a whole, for postcodes without a point
    NATION = "nation"  # outside England: `AreaAnswer.nation`
    NO_AREA = "no_area"  # an English council that the directory does not have


class WhyNot(StrEnum):
    """Why a row has no answer. The first are the reasons of `NotAPostcode`."""

    EMPTY = "empty"
    TOWN_OR_WORDS = "town_or_words"
    AREA_ONLY = "area_only"
    TOO_SHORT = "too_short"
    UNFINISHED = "unfinished"
    TOO_LONG = "too_long"
    SEVERAL = "several"
    NOT_UK_SHAPE = "not_uk_shape"
    TWO_READINGS = "two_readings"
    NO_FIXED_ABODE = "no_fixed_abode"
    REFUGE = "refuge"
    HARD_TIME = "hard_time"
    NOT_KNOWN = "not_known"
    ABROAD = "abroad"
    TERRITORY = "territory"
    PART = "part"  # a sector or an outward code: not enough for a row
    UNKNOWN = "unknown"  # a full postcode that the index does not have
    FORCES = "forces"
    NO_PLACE = "no_place"  # an organisation's


@dataclass(frozen=True, slots=True)
class AreaAnswer:
    """What a row gets that lies in an area, or outside England, or nowhere that is known."""

    matched: bool
    nation: str = ""
    area_code: str = ""  # of the council, or of the part of a split one
    council: str = ""
    council_code: str = ""
    icb_2024: tuple[str, ...] = ()
    icb_2026: tuple[str, ...] = ()
    mmhs: tuple[Service, ...] = ()  # open ones first
    perinatal: tuple[Service, ...] = ()  # perinatal mental health teams, open ones first
    bases: tuple[tuple[float, float], ...] = ()  # (lat, lon) of the MMHS whose real base is known
    notes: tuple[AreaNote, ...] = ()


@dataclass(frozen=True)
class Answered:
    """The answers for a column of texts, one entry each: numbers into `Lookup.answers`, kilometres
    to the nearest base (NaN where none is known), WGS84 degrees (NaN likewise).

    `why_not` says of each row without an answer, by its place, why; `read_as` of each row that was
    read with a correction, such as an O for a 0, as which postcode.
    """

    answer: NDArray[np.int32]
    km: NDArray[np.float64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    why_not: dict[int, WhyNot]
    read_as: dict[int, Postcode]


class Lookup:
    """Postcodes to `AreaAnswer`, many at once. Made in 0.2 s; safe to share by threads."""

    def __init__(self, finder: Finder) -> None:
        self._finder = finder
        self._answers: list[AreaAnswer] = [AreaAnswer(matched=False)]
        directory = finder.directory
        self._bases = base_points(directory.services.values(), finder.index)
        self._of_area: dict[str, int] = {}
        for area in directory.areas.values():
            self._of_area[area.code] = self._add(self._area_answer(area))
        self._of_nation = {
            nation: self._add(
                AreaAnswer(matched=True, nation=nation.value, notes=(AreaNote.NATION,))
            )
            for nation in Nation
            if nation is not Nation.ENGLAND
        }
        codes = finder.index.header.councils
        # One more at the end, for council -1: not found.
        self._of_council = np.array([*(self._council(code) for code in codes), 0], dtype=np.int32)
        self._elsewhere = np.array([*(is_pseudo(c) for c in codes), False])
        # Of each split council the answers of its parts, by its number in the index.
        self._split = {
            codes.index(area.code): (area.code, self._numbers_of_parts(area.code))
            for area in directory.councils()
            if directory.parts(area.code) and area.code in codes
        }
        self.answers: tuple[AreaAnswer, ...] = tuple(self._answers)
        self._based = [n for n, answer in enumerate(self.answers) if answer.bases]
        self._around: dict[str, tuple[int, WhyNot | None]] = {}

    def _add(self, answer: AreaAnswer) -> int:
        self._answers.append(answer)
        return len(self._answers) - 1

    def _council(self, code: str) -> int:
        """The answer for a council of the postcode index."""
        if code in self._of_area:
            return self._of_area[code]
        if is_pseudo(code):
            return 0
        nation = nation_of_code(code) or Nation.ENGLAND
        note = AreaNote.NO_AREA if nation is Nation.ENGLAND else AreaNote.NATION
        return self._add(
            AreaAnswer(matched=True, nation=nation.value, council_code=code, notes=(note,))
        )

    def _area_answer(self, area: Area) -> AreaAnswer:
        """A split council as a whole, for postcodes without a point, has what its parts have."""
        directory = self._finder.directory
        parts = directory.parts(area.code)
        council = directory.areas[area.parent] if area.parent else area
        serving = directory.serving(area.code)
        mmhs = [
            (service, sure)
            for service, sure in serving
            if service.kind is ServiceKind.MMHS
            and not name_only(service, directory.criteria.get(service.id))
        ]
        services = _open_first(service for service, _ in mmhs)
        closed = any(s.kind is ServiceKind.MMHS for s in directory.closed(area.code))
        return AreaAnswer(
            matched=True,
            nation=Nation.ENGLAND.value,
            area_code="" if parts else area.code,
            council=council.name,
            council_code=council.code,
            icb_2024=area.icb_2024,
            icb_2026=(area.icb_2026, *area.icb_2026_others),
            mmhs=services,
            perinatal=_open_first(s for s, _ in serving if s.kind is ServiceKind.PERINATAL_TEAM),
            bases=tuple(self._bases[s.id] for s in services if s.id in self._bases),
            notes=_area_notes(mmhs, split=bool(parts), closed=closed),
        )

    def _numbers_of_parts(self, code: str) -> NDArray[np.int32]:
        """The answers of a split council's parts, in the order of `AreaShapes.parts_at`."""
        parts = self._finder.shapes.shape_codes(code)
        return np.array([self._of_area[part] for part in parts], dtype=np.int32)

    # --- rows -----------------------------------------------------------------------------------

    def find(self, texts: Sequence[str]) -> Answered:
        """The answers for a column of texts, read as `Postcode.parse` reads them.

        Only full postcodes are answered: a row for half a district would look as sure as the
        others. Never raises on any text.
        """
        found = self._finder.index.find_many(texts)
        answer = self._of_council[found.council]
        for council, (code, numbers) in self._split.items():
            rows = np.flatnonzero((found.council == council) & ~np.isnan(found.lat))
            if len(rows):
                part = self._finder.shapes.parts_at(code, found.lat[rows], found.lon[rows])
                answer[rows] = numbers[part]
        read_as: dict[int, Postcode] = {}
        for row in np.flatnonzero((found.row >= 0) & ~found.as_written).tolist():
            postcode = Postcode.parse(texts[row])
            if isinstance(postcode, Postcode) and postcode.corrected_from:
                read_as[row] = postcode
        why_not: dict[int, WhyNot] = {}
        known: dict[str, tuple[int, WhyNot | None]] = {}
        for row in np.flatnonzero((answer == 0) | self._elsewhere[found.council]).tolist():
            text = texts[row]
            if text not in known:
                known[text] = self._why_not(text, in_index=bool(found.row[row] >= 0))
            answer[row], reason = known[text]
            if reason is not None:
                why_not[row] = reason
        km = self._km(answer, found.lat, found.lon)
        return Answered(answer, km, found.lat, found.lon, why_not, read_as)

    def _why_not(self, text: str, *, in_index: bool) -> tuple[int, WhyNot | None]:
        """(answer, why there is none) of a text that is no postcode of the index's councils."""
        postcode = Postcode.parse(text)
        if isinstance(postcode, NotAPostcode):
            return 0, WhyNot(postcode.reason)
        if in_index or len(postcode.inward) < 3:
            return self._why_not_there(postcode)
        # For a full postcode that is not in the index the answer is that of its outward code.
        if postcode.outward not in self._around:
            self._around[postcode.outward] = self._why_not_there(postcode)
        return self._around[postcode.outward]

    def _why_not_there(self, postcode: Postcode) -> tuple[int, WhyNot | None]:
        try:
            located = self._finder.index.locate(postcode)
        except ForcesPostcode:
            return 0, WhyNot.FORCES
        except PostcodeWithoutPlace:
            return 0, WhyNot.NO_PLACE
        except UnknownPostcode:
            return 0, WhyNot.UNKNOWN
        nation = located.nation
        if nation in self._of_nation and not located.councils:
            return self._of_nation[nation], None  # Northern Ireland and the islands: no council
        return 0, WhyNot.PART if len(postcode.inward) < 3 else WhyNot.UNKNOWN

    def _km(
        self, answer: NDArray[np.int32], lat: NDArray[np.float64], lon: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Geodesic kilometres to the nearest known base of a row's own MMHS."""
        km = np.full(len(answer), np.nan)
        for number in self._based:
            rows = np.flatnonzero((answer == number) & ~np.isnan(lat))
            for base_lat, base_lon in self.answers[number].bases if len(rows) else ():
                ends = np.full(len(rows), base_lon), np.full(len(rows), base_lat)
                metres = _GEOD.inv(lon[rows], lat[rows], *ends)[2]
                km[rows] = np.fmin(km[rows], np.asarray(metres) / 1000)
        return km


def _open_first(services: Iterable[Service]) -> tuple[Service, ...]:
    return tuple(sorted(services, key=lambda s: s.status is not Status.OPEN))


def _area_notes(
    mmhs: Sequence[tuple[Service, Certainty]], *, split: bool, closed: bool
) -> tuple[AreaNote, ...]:
    """closed: a service of the area was reported closed."""
    notes = [AreaNote.CLOSED] if closed else []
    if split:
        notes.append(AreaNote.SPLIT)
    elif not mmhs and not closed:
        notes.append(AreaNote.NONE)
    elif len(mmhs) > 1:
        notes.append(AreaNote.SEVERAL)
    if mmhs and all(s.status is not Status.OPEN for s, _ in mmhs):
        notes.append(AreaNote.UNCONFIRMED)
    if mmhs and all(certainty is Certainty.INFERRED for _, certainty in mmhs):
        notes.append(AreaNote.INFERRED)
    return tuple(notes)
