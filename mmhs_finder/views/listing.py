"""All local services as a list: filtered, sorted, and as a file (CSV, JSON).

Pure: directory and filters in, rows and bytes out. Not for: drawing (`render.html.services`), or
the answer for one place (`answers`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from mmhs_finder.directory import Directory
from mmhs_finder.directory.availability import Availability, availability
from mmhs_finder.directory.confirming import Backing, newest_evidence, newest_of, standing
from mmhs_finder.directory.freshness import is_old
from mmhs_finder.directory.models import Pathway, PathwayOffer, Service, ServiceKind, Status, YesNo
from mmhs_finder.directory.named import area_words
from mmhs_finder.directory.said import only_if
from mmhs_finder.directory.vocabularies import Region
from mmhs_finder.directory.ways import (
    WayKind,
    email_for_referrers,
    number_for_referrers,
    service_ways,
    way_of,
)
from mmhs_finder.tables.cells import csv_bytes
from mmhs_finder.views.names import search
from mmhs_finder.words import join_words, say

_AREAS_SHOWN: Final = 4


class Freshness(StrEnum):
    """The age of a service's newest source; two years, as `finder.OLD_AFTER_YEARS`."""

    RECENT = "recent"
    OLD = "old"
    UNDATED = "undated"


class Sort(StrEnum):
    NAME = "name"
    KIND = "kind"
    PROVIDER = "provider"
    AREA = "area"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True)
class Filters:
    """What to keep. Empty: everything. Within one field any value fits; all fields have to."""

    text: str = ""
    kinds: tuple[ServiceKind, ...] = ()
    regions: tuple[str, ...] = ()
    icbs: tuple[str, ...] = ()  # ICBs since April 2026, by name
    pathways: tuple[Pathway, ...] = ()  # the service says yes; only an MMHS publishes them
    self_referral: tuple[YesNo, ...] = ()
    statuses: tuple[Status, ...] = ()
    freshness: tuple[Freshness, ...] = ()


@dataclass(frozen=True)
class ListedService:
    """One service of the list; the columns of the exports, in this order.

    id: the directory's name for it, stable.
    kind, name, other_names, provider: as in the directory.
    status: open, or unknown (that it is running could not be confirmed).
    area: the area in the service's own words.
    councils: the councils (or parts of one) that it serves, by name.
    regions, icbs: NHS regions and ICBs (since 1 April 2026) of those councils.
    pathways: of the four of an MMHS, those it says it helps with.
    self_referral: yes, no, unknown (not published). referrers: who may refer.
    public_phone, public_email: published for the public, numbers confirmed; else "".
    professional_phone: confirmed and published for people who refer; else "".
    website, referral_url: pages. postcode: where care is given; never a head office.
    source_date: newest date that the source shows (YYYY, YYYY-MM or YYYY-MM-DD); "" for none.
    freshness: recent, old (over two years), undated: of the newest evidence, which is what the
    service itself confirmed where that is newer. checked_on: when the source was read.
    confidence: high, medium or low. sources: the pages read.
    standing: confirmed (by the service itself), told (to us, not known by whom), read (on public
    pages). told_on, told_by: when and in which role somebody answered; "" for none.
    pathways_only_if: those of the pathways that it helps with on a condition, and which.
    new_referrals: whether it takes new referrals: yes, no, unknown, "" for nobody says.
    wait_assessment_weeks, wait_therapy_weeks: usual waits until the first appointment and from it
    until the therapy begins; "" for not known. availability_as_of: the day of these three; "" for
    none. availability: recent, old (over three months), undated.
    professional_email: published for people who refer; else "".
    """

    id: str
    kind: str
    name: str
    other_names: tuple[str, ...]
    provider: str
    status: str
    area: tuple[str, ...]
    councils: tuple[str, ...]
    regions: tuple[str, ...]
    icbs: tuple[str, ...]
    pathways: tuple[str, ...]
    self_referral: str
    referrers: tuple[str, ...]
    public_phone: str
    public_email: str
    professional_phone: str
    website: str
    referral_url: str
    postcode: str
    source_date: str
    freshness: str
    checked_on: str
    confidence: str
    sources: tuple[str, ...]
    standing: str = Backing.READ.value
    told_on: str = ""
    told_by: str = ""
    pathways_only_if: tuple[str, ...] = ()
    new_referrals: str = ""
    wait_assessment_weeks: str = ""
    wait_therapy_weeks: str = ""
    availability_as_of: str = ""
    availability: str = Freshness.UNDATED.value
    professional_email: str = ""

    @property
    def evidence_date(self) -> str:
        """The date of the newest evidence, by which rows are sorted."""
        return newest_of(self.source_date, self.told_on, Backing(self.standing))


COLUMNS: Final = tuple(f.name for f in fields(ListedService))


@lru_cache(maxsize=2)
def rows(directory: Directory, today: date) -> tuple[ListedService, ...]:
    """Every service, in the directory's order. Made once a day for a directory."""
    return tuple(_row(directory, service, today) for service in directory.services.values())


def _row(directory: Directory, service: Service, today: date) -> ListedService:
    areas = [area for area, _ in directory.areas_of(service.id)]
    criteria = directory.criteria.get(service.id)
    public, now = service_ways(service), availability(service, today)
    icbs = dict.fromkeys(n for a in areas for n in (a.icb_2026, *a.icb_2026_others) if n)
    return ListedService(
        id=service.id,
        kind=service.kind.value,
        name=service.name,
        other_names=service.alt_names,
        provider=service.provider,
        status=service.status.value,
        area=service.area_text,
        councils=tuple(a.name for a in areas),
        regions=tuple(r.value for r in Region if any(a.region is r for a in areas)),
        icbs=tuple(sorted(icbs)),
        pathways=tuple(
            p.value for p in Pathway if criteria and criteria.offers(p) is PathwayOffer.YES
        ),
        self_referral=service.self_referral.value,
        referrers=service.referrers,
        public_phone=way_of(public, WayKind.PHONE),
        public_email=way_of(public, WayKind.EMAIL),
        professional_phone=number_for_referrers(service),
        website=service.website,
        referral_url=service.referral_url,
        postcode=service.postcode if service.is_real_base else "",
        source_date=service.source_date,
        freshness=freshness(newest_evidence(service), today).value,
        checked_on=service.checked_on.isoformat(),
        confidence=service.confidence.value,
        sources=service.source_urls,
        standing=standing(service).value,
        told_on=service.told_on.isoformat() if service.told_on else "",
        told_by=service.told_by,
        pathways_only_if=tuple(
            f"{p.value}: {condition}" for p in Pathway if (condition := only_if(criteria, p))
        ),
        new_referrals=service.new_referrals.value if service.new_referrals else "",
        wait_assessment_weeks="" if now.assessment is None else str(now.assessment),
        wait_therapy_weeks="" if now.therapy is None else str(now.therapy),
        availability_as_of=now.as_of.isoformat() if now.as_of else "",
        availability=_availability_age(now).value,
        professional_email=email_for_referrers(service),
    )


def _availability_age(now: Availability) -> Freshness:
    if now.as_of is None:
        return Freshness.UNDATED
    return Freshness.OLD if now.is_old else Freshness.RECENT


@lru_cache(maxsize=2)
def _by_name(directory: Directory, today: date) -> tuple[ListedService, ...]:
    """The same by name, then provider."""
    everything = rows(directory, today)
    return tuple(sorted(everything, key=lambda r: (r.name.casefold(), r.provider.casefold())))


def freshness(source_date: str, today: date) -> Freshness:
    if not source_date:
        return Freshness.UNDATED
    return Freshness.OLD if is_old(source_date, today) else Freshness.RECENT


def listing(
    directory: Directory, filters: Filters, sort: Sort, today: date
) -> tuple[ListedService, ...]:
    """The services that fit all filters, sorted; ties by name."""
    found = [row for row in _by_name(directory, today) if _fits(row, filters)]
    if filters.text.strip():
        named = {service.id for service in search(directory, filters.text)}
        found = [row for row in found if row.id in named or _serves(row, filters.text)]
    if sort is Sort.NEWEST:
        return tuple(sorted(found, key=lambda row: row.evidence_date, reverse=True))
    return tuple(sorted(found, key=_KEYS[sort]))


def _fits(row: ListedService, filters: Filters) -> bool:
    def any_of(wanted: Sequence[str], have: Sequence[str]) -> bool:
        return not wanted or bool({*wanted} & {*have})

    return (
        any_of(filters.kinds, (row.kind,))
        and any_of(filters.regions, row.regions)
        and any_of(filters.icbs, row.icbs)
        and all(p in row.pathways for p in filters.pathways)
        and any_of(filters.self_referral, (row.self_referral,))
        and any_of(filters.statuses, (row.status,))
        and any_of(filters.freshness, (row.freshness,))
    )


def _serves(row: ListedService, text: str) -> bool:
    """Whether a council that it serves begins as typed."""
    typed = text.strip().casefold()
    return any(name.casefold().startswith(typed) for name in row.councils)


_KEYS: Mapping[Sort, Callable[[ListedService], tuple[object, ...]]] = MappingProxyType(
    {
        Sort.NAME: lambda _: (),
        Sort.KIND: lambda row: (list(ServiceKind).index(ServiceKind(row.kind)),),
        Sort.PROVIDER: lambda row: (not row.provider, row.provider.casefold()),
        Sort.AREA: lambda row: (not row.area, " ".join(row.area).casefold()),
        Sort.OLDEST: lambda row: (not row.evidence_date, row.evidence_date),
    }
)
"""Sorted by these; what has no value comes last."""


def to_csv(found: Sequence[ListedService]) -> bytes:
    """CSV for spreadsheets: one row a service, lists separated by `; `, no cell a formula."""
    return csv_bytes(COLUMNS, ([_cell(value) for value in asdict(row).values()] for row in found))


def _cell(value: object) -> str:
    return "; ".join(value) if isinstance(value, tuple) else str(value)


def to_json(found: Sequence[ListedService]) -> bytes:
    """JSON for programs: `{"columns": [...], "services": [{...}]}`, lists as lists."""
    data = {"columns": COLUMNS, "services": [asdict(row) for row in found]}
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def served_words(row: ListedService) -> str:
    """Where a service is, in a few words: the first areas that it serves, and how many more."""
    names = row.area or tuple(map(area_words, row.councils))
    if len(names) > _AREAS_SHOWN:
        rest = say("names.more", count=len(names) - _AREAS_SHOWN)
        return f"{', '.join(names[:_AREAS_SHOWN])} {rest}"
    return join_words(names) or say("listing.area_unknown")
