"""What the directory knew on a day, kept small: the yes-or-no measures by council, and each MMHS.

A snapshot says what was known of an area, not what help there was. Pure.
Not for: its file (`snapshots`), what is other between two (`changed`), or words (`views`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import GAP_MEASURES, VALUES, Measure
from mmhs_finder.coverage.rows import Shares
from mmhs_finder.coverage.values import Value
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import (
    Pathway,
    PathwayOffer,
    ServiceKind,
    Status,
    YesNo,
    helps_with,
)

KEPT: Final = GAP_MEASURES
"""The measures that are kept: those of which an area can have a yes."""

_NEEDS_COLUMN: Final[Mapping[Measure, str]] = MappingProxyType({Measure.CONFIRMED: "told_on"})
"""Measures that nobody could count before `services.csv` had a column."""


@dataclass(frozen=True)
class AreaThen:
    """A council, or a part of one, as it was counted.

    parent: the code of the council that it is a part of, or "". icb: the ONS code of its ICB since
    April 2026. births: in the year to mid-2020; None for a part. values: what was counted then.
    """

    code: str
    name: str
    parent: str
    region: str
    icb: str
    births: int | None
    values: Mapping[Measure, Value]


@dataclass(frozen=True)
class ServiceThen:
    """An MMHS as the directory had it. areas: codes of what its rows name, sorted."""

    id: str
    name: str
    status: Status
    self_referral: YesNo
    offers: Mapping[Pathway, PathwayOffer]
    areas: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """What was known on a day. areas, services: by code or id, sorted. Compared as an object."""

    day: date
    areas: Mapping[str, AreaThen]
    services: Mapping[str, ServiceThen]
    _councils: dict[Where, tuple[AreaThen, ...]] = field(default_factory=dict, repr=False)

    def councils(self, where: Where = ENGLAND) -> tuple[AreaThen, ...]:
        """The councils of a place, without the parts of split ones; kept once found."""
        if where not in self._councils:
            self._councils[where] = tuple(
                area
                for area in self.areas.values()
                if not area.parent and where.has(area.region, area.icb, area.code, area.parent)
            )
        return self._councils[where]

    def shares(self, measure: Measure, where: Where = ENGLAND) -> Shares | None:
        """Births of a place by value; None where it was not counted then, or no council is there.

        Whose area a yes rests on is not kept, so that nothing counts as inferred.
        """
        councils = self.councils(where)
        if not councils or any(measure not in area.values for area in councils):
            return None
        found = dict.fromkeys(VALUES[measure], 0)
        for area in councils:
            found[area.values[measure]] += area.births or 0
        return Shares(measure, found, 0, len(councils))


def snapshot_of(coverage: Coverage, lacks: Collection[str] = ()) -> Snapshot:
    """What is known on the day of a coverage.

    lacks: columns of `services.csv` that there were not yet: what rests on them is not counted.
    """
    counted = [m for m in KEPT if _NEEDS_COLUMN.get(m) not in lacks]
    directory = coverage.directory
    areas = {
        code: AreaThen(
            code,
            area.name,
            area.parent,
            area.region,
            area.icb_2026_code,
            area.births_year_to_mid_2020,
            MappingProxyType({m: coverage.value(m, code) for m in counted}),
        )
        for code, area in sorted(directory.areas.items())
    }
    services = {
        service.id: ServiceThen(
            service.id,
            service.name,
            service.status,
            service.self_referral,
            _offers(directory, service.id),
            tuple(sorted(area.code for area, _ in directory.areas_of(service.id))),
        )
        for service in sorted(directory.services_of(ServiceKind.MMHS), key=lambda s: s.id)
    }
    return Snapshot(coverage.today, MappingProxyType(areas), MappingProxyType(services))


def _offers(directory: Directory, service_id: str) -> Mapping[Pathway, PathwayOffer]:
    criteria = directory.criteria.get(service_id)
    return MappingProxyType({pathway: helps_with(criteria, pathway) for pathway in Pathway})


def as_of_today(snapshot: Snapshot, directory: Directory) -> Snapshot:
    """An older snapshot on the map of today, so that only what was known differs between the two.

    A council has the ICB, region and births of its row of today; one that is no more keeps its own.
    A service that is taken out while somebody checks it is in no snapshot that is shown.
    """
    areas = {}
    for code, then in snapshot.areas.items():
        if now := directory.areas.get(code):
            then = replace(
                then,
                name=now.name,
                parent=now.parent,
                region=now.region,
                icb=now.icb_2026_code,
                births=now.births_year_to_mid_2020,
            )
        areas[code] = then
    services = {
        key: service
        for key, service in snapshot.services.items()
        if not directory.is_taken_out(key)
    }
    return Snapshot(snapshot.day, MappingProxyType(areas), MappingProxyType(services))


@lru_cache(maxsize=2)
def timeline(coverage: Coverage, kept: tuple[Snapshot, ...]) -> tuple[Snapshot, ...]:
    """The snapshots that were kept before today, and what is known today as the last one.

    All of them are on the map of today. Kept for a coverage: it is dear where there are many.
    """
    earlier = sorted((s for s in kept if s.day < coverage.today), key=lambda s: s.day)
    on_map = (as_of_today(snapshot, coverage.directory) for snapshot in earlier)
    return (*on_map, snapshot_of(coverage))
