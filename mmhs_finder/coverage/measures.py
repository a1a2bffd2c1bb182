"""What is known of the help that each area has, by council, ICB or NHS region, weighted by births.

Only what a service publishes counts. "No" is a published no; what nobody publishes is its own
value, and so is an area for which no service was found. An unconfirmed service (nobody could say
that it is running) never makes a "yes".

Births are those of the year to mid-2020, women aged 15 to 44 those of mid-2021 (ONS mid-year
estimates), deprivation is the average score of the Index of Multiple Deprivation 2025. No births
are published for the parts of a split council, so the council counts once, with the ICB and region
of its own row, and is "yes" only when each of its parts is.

Not for: drawing (`coverage_map`, `ui.coverage`) or one person's answer (`finder`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Final

import numpy as np
import shapely
from geopy.distance import geodesic
from shapely.geometry import shape

from mmhs_finder.directory import Directory
from mmhs_finder.directory.freshness import is_old
from mmhs_finder.directory.models import (
    Area,
    Certainty,
    Criteria,
    Pathway,
    Service,
    ServiceKind,
    Status,
    YesNo,
    helps_with,
)
from mmhs_finder.places.distances import EARTH_RADIUS_KM

BIRTHS_YEAR: Final = "year to mid-2020"


class Level(StrEnum):
    COUNCIL = "council"
    ICB = "icb"  # the 36 since 1 April 2026
    REGION = "region"  # the 7 NHS regions


class Value(StrEnum):
    """What can be said of one area. The first five are the answers to a yes-or-no measure."""

    YES = "yes"
    PART = "part"
    NO = "no"
    NOT_PUBLISHED = "not_published"  # or only by a service that is not confirmed to be running
    NONE_FOUND = "none_found"
    # the latest time after the event
    ANY_TIME = "any_time"  # its own text says that it does not matter
    TO_ONE_YEAR = "to_one_year"
    TO_TWO_YEARS = "to_two_years"
    OVER_TWO_YEARS = "over_two_years"
    # the newest date that a source shows
    RECENT = "recent"
    OLD = "old"
    # the share of `FACTS` that is published
    MOST = "most"
    HALF = "half"
    FEW = "few"


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


PATHWAY_MEASURES: Final = tuple(Measure(p.value) for p in Pathway)
KIND_MEASURES: Final = (Measure.MMHS, Measure.PERINATAL_TEAM, Measure.TALKING_THERAPIES)
GRADED: Final = (Measure.TIME_LIMIT, Measure.AGE, Measure.COMPLETENESS)
HELP_MEASURES: Final = (*PATHWAY_MEASURES, Measure.ALL_FOUR, Measure.ANY, Measure.SELF_REFERRAL)
"""What an MMHS offers."""
GAP_MEASURES: Final = (*HELP_MEASURES, *KIND_MEASURES)
"""Measures for which a list of areas without it makes sense."""

_YES_NO = (Value.YES, Value.PART, Value.NO, Value.NOT_PUBLISHED, Value.NONE_FOUND)
_FOUND = (Value.YES, Value.PART, Value.NOT_PUBLISHED, Value.NONE_FOUND)
VALUES: Final[Mapping[Measure, tuple[Value, ...]]] = MappingProxyType(
    {
        **{m: _FOUND if m in KIND_MEASURES else _YES_NO for m in Measure if m not in GRADED},
        Measure.TIME_LIMIT: (
            Value.ANY_TIME,
            Value.OVER_TWO_YEARS,
            Value.TO_TWO_YEARS,
            Value.TO_ONE_YEAR,
            Value.PART,
            Value.NOT_PUBLISHED,
            Value.NONE_FOUND,
        ),
        Measure.AGE: (
            Value.RECENT,
            Value.OLD,
            Value.PART,
            Value.NOT_PUBLISHED,
            Value.NONE_FOUND,
        ),
        Measure.COMPLETENESS: (Value.MOST, Value.HALF, Value.FEW, Value.PART, Value.NONE_FOUND),
    }
)
"""The values that a measure can have, best known first."""


def _says(pathway: Pathway) -> Callable[[Service, Criteria | None], bool]:
    return lambda _s, c: c is not None and c.offers(pathway) is not YesNo.UNKNOWN


FACTS: Final[Mapping[str, Callable[[Service, Criteria | None], bool]]] = MappingProxyType(
    {
        **{p.value: _says(p) for p in Pathway},
        "self_referral": lambda s, _c: s.self_referral is not YesNo.UNKNOWN,
        "referrers": lambda s, _c: bool(s.referrers),
        "contact": lambda s, _c: bool(s.phone or s.email or s.referral_url),
        "hours": lambda s, _c: bool(s.hours_text or s.hours_osm),
        "who_for": lambda s, _c: bool(s.who_for),
        "severity": lambda _s, c: c is not None and bool(c.severity),
        "time_limit": lambda _s, c: c is not None and c.publishes_time_limit,
        "pregnancy": lambda _s, c: c is not None and c.accepts_pregnant is not YesNo.UNKNOWN,
        "min_age": lambda s, _c: s.min_age is not None,
        "area_basis": lambda s, _c: bool(s.area_basis),
        "therapies": lambda s, _c: bool(s.therapies),
        "partners": lambda s, _c: s.partner_support in (YesNo.YES, YesNo.NO),
    }
)
"""The 16 facts of an MMHS whose publication `Measure.COMPLETENESS` counts."""


@dataclass(frozen=True)
class Shares:
    """Births of some councils by value. The values of `VALUES[measure]` add up to `births`."""

    measure: Measure
    by_value: Mapping[Value, int]  # births in the year to mid-2020
    inferred: int  # of the yes births, those where only an inference says the service serves them
    councils: int

    @property
    def births(self) -> int:
        return sum(self.by_value.values())

    def percent(self, value: Value) -> float:
        """Per cent of births, not rounded."""
        return 100 * self.by_value.get(value, 0) / self.births if self.births else 0.0

    def rounded(self) -> dict[Value, float]:
        """Per cent to one decimal that add up to 100.0: largest remainders are rounded up."""
        tenths = {v: 10 * self.percent(v) for v in VALUES[self.measure]}
        found = {v: int(t) for v, t in tenths.items()}
        left = (1000 if self.births else 0) - sum(found.values())
        for value in sorted(tenths, key=lambda v: found[v] - tenths[v])[:left]:
            found[value] += 1
        return {v: n / 10 for v, n in found.items()}


@dataclass(frozen=True)
class Row:
    """One area of a level. `births` and so on are None for a part of a split council."""

    code: str
    name: str
    level: Level
    value: Value
    region: str
    icb: str
    parent: str = ""  # the code of the council that this is a part of
    births: int | None = None  # year to mid-2020
    women: int | None = None  # aged 15 to 44, mid-2021
    imd: float | None = None  # average score, 2025; None for ICBs and regions
    shares: Shares | None = None  # ICBs and regions
    inferred: bool = False  # a yes that rests on an inferred area
    services: tuple[Service, ...] = ()  # those that the value is about


class Scaling(StrEnum):
    """How figures of different units are put on one scale from 0 to 1, over all councils."""

    MIN_MAX = "min_max"  # (figure - least) / (most - least): keeps how far apart councils are
    RANK = "rank"  # place from lowest (0) to highest (1), ties share the middle: only the order


@dataclass(frozen=True)
class Weights:
    """How much each figure counts; only the ratios matter. None may be below 0."""

    births: float = 1.0
    women: float = 1.0
    deprivation: float = 1.0


@dataclass(frozen=True)
class Gap:
    """A council without a service known to offer something, and its place in the list."""

    row: Row
    need: float  # 0 to 1: the weighted mean of the scaled figures
    nearest: Row | None  # the nearest area with a service known to offer it
    km: float | None  # straight line between points inside the two areas


class Coverage:
    """Values of every measure for every area of one directory. Safe to share by threads."""

    def __init__(self, directory: Directory, today: date) -> None:
        """today: for the age of information."""
        self.directory = directory
        self.today = today
        self.date = directory.newest_check
        self._nearest: dict[Measure, Mapping[str, tuple[Row, float]]] = {}

    # --- one area -----------------------------------------------------------------------------

    def services(self, code: str, kind: ServiceKind) -> tuple[tuple[Service, Certainty], ...]:
        """The services of a kind that serve a council or part: `Directory.serving`."""
        return tuple(pair for pair in self.directory.serving(code) if pair[0].kind is kind)

    def value(self, measure: Measure, code: str) -> Value:
        """The value of a council or of a part; a split council's is that of its parts together."""
        return self._all[measure][code]

    @cached_property
    def _all(self) -> dict[Measure, dict[str, Value]]:
        return {m: {c: self._value(m, c) for c in self.directory.areas} for m in Measure}

    def _value(self, measure: Measure, code: str) -> Value:
        parts = self.directory.parts(code)
        if parts:
            return _together([self._value(measure, part.code) for part in parts])
        if measure in (Measure.PERINATAL_TEAM, Measure.TALKING_THERAPIES):
            return _found(self.services(code, ServiceKind(measure.value)))
        mmhs = self.services(code, ServiceKind.MMHS)
        if measure is Measure.MMHS or not mmhs:
            return _found(mmhs)
        services = [service for service, _ in mmhs]
        if measure is Measure.AGE:
            return self._age(services)
        if measure is Measure.COMPLETENESS:
            return _completeness(max(self.published(service) for service in services))
        running = [s for s in services if s.status is Status.OPEN]
        sure = len(running) == len(services)
        if measure is Measure.TIME_LIMIT:
            return self._time_limit(running)
        if measure is Measure.SELF_REFERRAL:
            return _answer([s.self_referral for s in running], sure=sure)
        pathways = [
            _answer([self._offers(s, p) for s in running], sure=sure)
            for p in Pathway
            if measure in (Measure.ALL_FOUR, Measure.ANY) or measure.value == p.value
        ]
        return _any(pathways) if measure is not Measure.ALL_FOUR else _every(pathways)

    def _offers(self, service: Service, pathway: Pathway) -> YesNo:
        return helps_with(self.directory.criteria.get(service.id), pathway)

    def _age(self, services: Sequence[Service]) -> Value:
        newest = max(s.source_date for s in services)
        if not newest:
            return Value.NOT_PUBLISHED
        return Value.OLD if is_old(newest, self.today) else Value.RECENT

    def _time_limit(self, running: Sequence[Service]) -> Value:
        """The longest of the limits, in months, that the area's services publish."""
        known = [self.directory.criteria.get(s.id) for s in running]
        if any(c and c.any_time for c in known):
            return Value.ANY_TIME
        limits = [
            c.max_months_since_event for c in known if c and c.max_months_since_event is not None
        ]
        if not limits:
            return Value.NOT_PUBLISHED
        longest = max(limits)
        if longest <= 12:
            return Value.TO_ONE_YEAR
        return Value.TO_TWO_YEARS if longest <= 24 else Value.OVER_TWO_YEARS

    def published(self, service: Service) -> float:
        """The share of `FACTS` that a service publishes, 0 to 1."""
        criteria = self.directory.criteria.get(service.id)
        return sum(known(service, criteria) for known in FACTS.values()) / len(FACTS)

    def _about(self, measure: Measure, code: str) -> tuple[tuple[Service, ...], bool]:
        """The services that a value is about, and whether a yes rests on an inferred area.

        A yes is about the services that say so; any other value about all of the kind.
        """
        kind = ServiceKind.MMHS
        if measure in KIND_MEASURES:
            kind = ServiceKind(measure.value)
        parts = self.directory.parts(code)
        codes = [part.code for part in parts] or [code]
        found = {s.id: (s, sure) for c in codes for s, sure in self.services(c, kind)}
        if self.value(measure, code) is not Value.YES:
            return tuple(s for s, _ in found.values()), False
        saying = [pair for pair in found.values() if self._says_yes(measure, pair[0])]
        certain = [sure is Certainty.STATED for _, sure in saying]
        every = measure is Measure.ALL_FOUR or bool(parts)
        stated = all(certain) if every else any(certain)
        return tuple(s for s, _ in saying), not stated

    def _says_yes(self, measure: Measure, service: Service) -> bool:
        if service.status is not Status.OPEN:
            return False
        if measure in KIND_MEASURES:
            return True
        if measure is Measure.SELF_REFERRAL:
            return service.self_referral is YesNo.YES
        return any(
            self._offers(service, p) is YesNo.YES
            for p in Pathway
            if measure in (Measure.ALL_FOUR, Measure.ANY) or measure.value == p.value
        )

    # --- levels -------------------------------------------------------------------------------

    def rows(self, level: Level, measure: Measure) -> tuple[Row, ...]:
        """Every area of a level by name; a split council is followed by its parts."""
        return self._rows[level, measure]

    def row(self, level: Level, measure: Measure, code: str) -> Row:
        """The row of one area. Raises KeyError."""
        return self._by_code[level, measure][code]

    @cached_property
    def _by_code(self) -> Mapping[tuple[Level, Measure], Mapping[str, Row]]:
        return {key: {row.code: row for row in rows} for key, rows in self._rows.items()}

    @cached_property
    def _rows(self) -> Mapping[tuple[Level, Measure], tuple[Row, ...]]:
        councils = {m: self._council_rows(m) for m in Measure}
        found = {(Level.COUNCIL, m): rows for m, rows in councils.items()}
        for level in (Level.ICB, Level.REGION):
            for m, rows in councils.items():
                found[level, m] = self._group_rows(level, m, rows)
        return found

    def _council_rows(self, measure: Measure) -> tuple[Row, ...]:
        return tuple(
            self._area_row(measure, area)
            for council in self.directory.councils()
            for area in (council, *self.directory.parts(council.code))
        )

    def _area_row(self, measure: Measure, area: Area) -> Row:
        services, inferred = self._about(measure, area.code)
        return Row(
            code=area.code,
            name=area.name,
            level=Level.COUNCIL,
            value=self.value(measure, area.code),
            region=area.region,
            icb=area.icb_2026,
            parent=area.parent,
            births=area.births_year_to_mid_2020,
            women=area.women_15_44_mid_2021,
            imd=area.imd_2025_average_score,
            inferred=inferred,
            services=services,
        )

    def _group_rows(
        self, level: Level, measure: Measure, councils: Iterable[Row]
    ) -> tuple[Row, ...]:
        groups: dict[str, list[Row]] = {}
        for row in councils:
            if not row.parent:
                groups.setdefault(self.group_of(level, row.code), []).append(row)
        found = []
        for code, rows in groups.items():
            named = rows[0].icb if level is Level.ICB else code
            regions = {r.region for r in rows}
            found.append(
                Row(
                    code=code,
                    name=named,
                    level=level,
                    value=_together([r.value for r in rows]),
                    region=rows[0].region if len(regions) == 1 else "",
                    icb=named if level is Level.ICB else "",
                    births=sum(r.births or 0 for r in rows),
                    women=sum(r.women or 0 for r in rows),
                    shares=_shares(measure, rows),
                    services=tuple({s.id: s for r in rows for s in r.services}.values()),
                )
            )
        return tuple(sorted(found, key=lambda r: r.name))

    def group_of(self, level: Level, code: str) -> str:
        """The code of the area of a level that a council or part is in, by its own row."""
        area = self.directory.areas[code]
        if level is Level.ICB:
            return area.icb_2026_code
        return area.region if level is Level.REGION else code

    def members(self, level: Level, code: str) -> tuple[Area, ...]:
        """The councils that count for an area of a level, by name; a council's own is itself."""
        if level is Level.COUNCIL:
            return (self.directory.areas[code],)
        return tuple(a for a in self.directory.councils() if self.group_of(level, a.code) == code)

    def shares(self, measure: Measure) -> Shares:
        """Births of England by value."""
        rows = self.rows(Level.COUNCIL, measure)
        return _shares(measure, [r for r in rows if not r.parent])

    # --- gaps ---------------------------------------------------------------------------------

    def gaps(
        self,
        measure: Measure,
        weights: Weights,
        scaling: Scaling,
        values: Sequence[Value] = (Value.PART, Value.NO, Value.NOT_PUBLISHED, Value.NONE_FOUND),
    ) -> tuple[Gap, ...]:
        """Councils without a service known to offer something, the greatest need first.

        need = sum(weight x scaled figure) / sum(weights), scaled over all councils of England, so
        that it does not change with what is in the list. All weights 0: by name. values: which
        kinds of "not known to" belong in the list.
        """
        rows = [r for r in self.rows(Level.COUNCIL, measure) if not r.parent]
        need = _need(rows, weights, scaling)
        wanted = [(r, n) for r, n in zip(rows, need, strict=True) if r.value in values]
        nearest = self.nearest(measure)
        found = [Gap(r, n, *nearest.get(r.code, (None, None))) for r, n in wanted]
        return tuple(sorted(found, key=lambda g: (-g.need, g.row.name)))

    def nearest(self, measure: Measure) -> Mapping[str, tuple[Row, float]]:
        """For each council with a gap: the nearest area with a yes, and how far away in km.

        Kept once worked out: some hundred distances on the ellipsoid take tens of milliseconds. Two
        threads may both work it out, and get the same.
        """
        if measure not in self._nearest:
            self._nearest[measure] = MappingProxyType(self._find_nearest(measure))
        return self._nearest[measure]

    def _find_nearest(self, measure: Measure) -> dict[str, tuple[Row, float]]:
        by_code = {r.code: r for r in self.rows(Level.COUNCIL, measure)}
        offering = [c for c in self._points if by_code[c].value is Value.YES]
        if not offering:
            return {}
        targets = np.array([self._points[c] for c in offering])
        found: dict[str, tuple[Row, float]] = {}
        for code, point in self._points.items():
            if by_code[code].value is Value.YES:
                continue
            best = offering[int(np.argmin(_haversine(np.array(point), targets)))]
            km = float(geodesic(point, self._points[best]).km)
            council = by_code[code].parent or code
            if council not in found or km > found[council][1]:  # the part that is worst off
                found[council] = (by_code[best], km)
        return found

    @cached_property
    def _points(self) -> dict[str, tuple[float, float]]:
        """A point (latitude, longitude) inside each shape of the overview map, by area code."""
        points = {}
        for feature in self.directory.shapes(detail=False)["features"]:
            point = shapely.point_on_surface(shape(feature["geometry"]))
            points[str(feature["properties"]["id"])] = (float(point.y), float(point.x))
        return points


# --- how values are put together ------------------------------------------------------------------


def _found(services: Sequence[tuple[Service, Certainty]]) -> Value:
    if not services:
        return Value.NONE_FOUND
    running = any(s.status is Status.OPEN for s, _ in services)
    return Value.YES if running else Value.NOT_PUBLISHED


def _answer(said: Sequence[YesNo], *, sure: bool) -> Value:
    """What the running services of an area say together. sure: there are no unconfirmed ones."""
    if YesNo.YES in said:
        return Value.YES
    if said and sure and all(s is YesNo.NO for s in said):
        return Value.NO
    return Value.NOT_PUBLISHED


def _any(values: Sequence[Value]) -> Value:
    if Value.YES in values:
        return Value.YES
    return Value.NO if set(values) == {Value.NO} else Value.NOT_PUBLISHED


def _every(values: Sequence[Value]) -> Value:
    if Value.NO in values:
        return Value.NO
    return Value.YES if set(values) == {Value.YES} else Value.NOT_PUBLISHED


def _together(values: Sequence[Value]) -> Value:
    """One value for several areas: theirs, if they agree; "in part" if some have more than others.

    Where none has a yes and they differ only in how little is known, that is "not published".
    """
    if len(set(values)) == 1:
        return values[0]
    unknown = {Value.NO, Value.NOT_PUBLISHED, Value.NONE_FOUND}
    return Value.NOT_PUBLISHED if set(values) <= unknown else Value.PART


def _completeness(share: float) -> Value:
    if share >= 0.75:
        return Value.MOST
    return Value.HALF if share >= 0.5 else Value.FEW


def _shares(measure: Measure, rows: Sequence[Row]) -> Shares:
    by_value = dict.fromkeys(VALUES[measure], 0)
    for row in rows:
        by_value[row.value] += row.births or 0
    inferred = sum(r.births or 0 for r in rows if r.value is Value.YES and r.inferred)
    return Shares(measure, by_value, inferred, len(rows))


def _need(rows: Sequence[Row], weights: Weights, scaling: Scaling) -> list[float]:
    figures = (
        (weights.births, [r.births for r in rows]),
        (weights.women, [r.women for r in rows]),
        (weights.deprivation, [r.imd for r in rows]),
    )
    total = sum(weight for weight, _ in figures)
    if total <= 0:
        return [0.0] * len(rows)
    need = np.zeros(len(rows))
    for weight, column in figures:
        need += weight / total * scaled([float(v or 0) for v in column], scaling)
    return [float(n) for n in need]


def scaled(
    figures: Sequence[float], scaling: Scaling
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Figures between 0 (the least) and 1 (the most); all 0 when they are all the same."""
    values = np.asarray(figures, dtype=np.float64)
    if scaling is Scaling.RANK:
        ordered = np.sort(values)
        below = np.searchsorted(ordered, values, "left")
        upto = np.searchsorted(ordered, values, "right") - 1
        values = (below + upto) / 2
    spread = float(np.ptp(values)) if len(values) else 0.0
    if not spread:
        return np.zeros(len(values))
    out: np.ndarray[tuple[int], np.dtype[np.float64]] = (values - values.min()) / spread
    return out


def _haversine(
    point: np.ndarray[tuple[int], np.dtype[np.float64]],
    others: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Great-circle distances in km on a sphere; within 0.5 per cent of those on the ellipsoid."""
    lat, lon = np.radians(point)
    lats, lons = np.radians(others).T
    a = np.sin((lats - lat) / 2) ** 2 + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    out: np.ndarray[tuple[int], np.dtype[np.float64]] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(a))
    return out
