"""What is other between two snapshots: what was said of a service, and what we know of it.

The two are never mixed. That a service has changed is claimed only where a definite answer stood
before, the opposite stands now, and what says so is newer than the earlier snapshot (`newer`). All
else is what we know: learned, lost, or put right. "No" and "its list leaves it out" are not told
apart here: going from one to the other is how we read a page.
Not for: how values are counted (`history`), or words (`views.coverage_history`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from mmhs_finder.coverage.history import ServiceThen, Snapshot
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.directory.changes import FROM_SERVICE, Change, ChangeKind, target_of
from mmhs_finder.directory.models import Pathway, PathwayOffer, Status, YesNo

STATUS: Final = "status"
SELF_REFERRAL: Final = "self_referral"
AREA: Final = "area"
TOPICS: Final = (STATUS, SELF_REFERRAL, *(p.value for p in Pathway), AREA)
"""What can be other about a service; a pathway by its name."""


class ChangeStep(StrEnum):
    """What is other. gained, lost: yes stands against no, for a pathway or self-referral. known,
    unknown: one of the two was not known. closed, back: it is reported closed, or no longer. new,
    gone: it stands in one of the two only. added, left, moved: the councils that it is for."""

    GAINED = "gained"
    LOST = "lost"
    KNOWN = "known"
    UNKNOWN = "unknown"
    CLOSED = "closed"
    BACK = "back"
    NEW = "new"
    GONE = "gone"
    ADDED = "added"
    LEFT = "left"
    MOVED = "moved"


BACKWARDS: Final = {
    ChangeStep.GAINED: ChangeStep.LOST,
    ChangeStep.KNOWN: ChangeStep.UNKNOWN,
    ChangeStep.CLOSED: ChangeStep.BACK,
    ChangeStep.NEW: ChangeStep.GONE,
    ChangeStep.ADDED: ChangeStep.LEFT,
    ChangeStep.MOVED: ChangeStep.MOVED,
}
"""What each is when the two snapshots change places; those that are missing the other way round."""

Ground = tuple[str, str, str]
"""The id of a service, a topic, and what holds since."""


@dataclass(frozen=True)
class Difference:
    """One thing that is other about one MMHS.

    topic: one of `TOPICS`. before, after: the values, "" where it did not stand there. newer: what
    says so is newer than the earlier snapshot, so that the service may be said to have changed.
    councils: codes of the councils and parts that it concerns, in the place that was asked for.
    icbs: codes of their ICBs. births: of their councils, a split one whole, in the year to
    mid-2020. other: of what moved, the id of the service that had it before.
    """

    step: ChangeStep
    service: str
    topic: str
    before: str
    after: str
    newer: bool
    councils: tuple[str, ...]
    icbs: tuple[str, ...]
    births: int
    other: str = ""


@dataclass(frozen=True)
class Changed:
    """What is other in a place between two days: services' own changes first, then by births."""

    since: date
    until: date
    items: tuple[Difference, ...]

    @property
    def by_services(self) -> tuple[Difference, ...]:
        """What services are said to have changed."""
        return tuple(each for each in self.items if each.newer)

    @property
    def in_what_we_know(self) -> tuple[Difference, ...]:
        return tuple(each for each in self.items if not each.newer)


def compared(
    before: Snapshot, after: Snapshot, where: Where = ENGLAND, newer: Collection[Ground] = ()
) -> Changed:
    """What is other in `after`. newer: as `newer_grounds` of the day of `before`.

    Both on one map: `history.as_of_today`. A service for which no council is known counts for
    England alone.
    """
    found = [
        *(
            d
            for key in before.services.keys() | after.services.keys()
            for d in _of(key, before.services.get(key), after.services.get(key))
        ),
        *_areas(before, after),
    ]
    places = _Places(before, after, where)
    shown = (places.of(each, (each.service, each.topic, each.after) in newer) for each in found)
    items = sorted(
        (each for each in shown if each is not None),
        key=lambda d: (
            not d.newer,
            -d.births,
            d.service,
            TOPICS.index(d.topic),
            d.step,
            d.councils,
        ),
    )
    return Changed(before.day, after.day, tuple(items))


# --- one service ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Found:
    """A difference before it is known where it is. areas: codes."""

    step: ChangeStep
    service: str
    topic: str
    before: str
    after: str
    areas: tuple[str, ...]
    other: str = ""


def _of(key: str, was: ServiceThen | None, now: ServiceThen | None) -> Iterator[_Found]:
    if was is None or now is None:
        one = now or was
        assert one is not None
        step = ChangeStep.NEW if was is None else ChangeStep.GONE
        before, after = (was.status if was else ""), (now.status if now else "")
        yield _Found(step, key, STATUS, before, after, one.areas)
        return
    areas = tuple(sorted({*was.areas, *now.areas}))
    if was.status is not now.status:
        step = _status_step(was.status, now.status)
        yield _Found(step, key, STATUS, was.status, now.status, areas)
    if Status.CLOSED in (was.status, now.status):
        return  # what a closed service offered is nobody's gain or loss
    pairs: list[tuple[str, YesNo | PathwayOffer, YesNo | PathwayOffer]] = [
        (SELF_REFERRAL, was.self_referral, now.self_referral),
        *((p.value, was.offers[p], now.offers[p]) for p in Pathway),
    ]
    for topic, old, new in pairs:
        if found := _answer_step(old, new):
            yield _Found(found, key, topic, old, new, areas)


def _status_step(was: Status, now: Status) -> ChangeStep:
    if Status.CLOSED in (was, now):
        return ChangeStep.CLOSED if now is Status.CLOSED else ChangeStep.BACK
    return ChangeStep.KNOWN if now is Status.OPEN else ChangeStep.UNKNOWN


def _answer_step(was: YesNo | PathwayOffer, now: YesNo | PathwayOffer) -> ChangeStep | None:
    """None where both are yes, both not known, or both are some kind of no."""
    old, new = _yes(was), _yes(now)
    if old is new:
        return None
    if old is None or new is None:
        return ChangeStep.KNOWN if old is None else ChangeStep.UNKNOWN
    return ChangeStep.GAINED if new else ChangeStep.LOST


def _yes(answer: YesNo | PathwayOffer) -> bool | None:
    return None if answer == YesNo.UNKNOWN else answer == YesNo.YES


# --- areas ------------------------------------------------------------------------------------


def _areas(before: Snapshot, after: Snapshot) -> Iterator[_Found]:
    """The councils that a service was given or that were taken from it, together where the same
    happened to them. Of a service that is new or gone only what it took over, or gave away."""
    was, now = _serving(before), _serving(after)
    both = before.services.keys() & after.services.keys()
    grouped: defaultdict[tuple[ChangeStep, str, str], list[str]] = defaultdict(list)
    for code in was.keys() | now.keys():
        left = sorted(was.get(code, set()) - now.get(code, set()))
        came = sorted(now.get(code, set()) - was.get(code, set()))
        if left and came:
            for one in came:
                grouped[ChangeStep.MOVED, one, left[0]].append(code)
            for one in left[1:]:
                grouped[ChangeStep.MOVED, came[0], one].append(code)
            continue
        for step, keys in ((ChangeStep.ADDED, came), (ChangeStep.LEFT, left)):
            for key in keys:
                if key in both:
                    grouped[step, key, ""].append(code)
    for (step, key, other), codes in grouped.items():
        yield _Found(
            step, key, AREA, other, key if step is ChangeStep.MOVED else "", tuple(codes), other
        )


def _serving(snapshot: Snapshot) -> dict[str, set[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for service in snapshot.services.values():
        for code in service.areas:
            found[code].add(service.id)
    return found


# --- where it is ------------------------------------------------------------------------------


class _Places:
    """The areas of two snapshots: the later one says what both have."""

    def __init__(self, before: Snapshot, after: Snapshot, where: Where) -> None:
        self._areas = {**before.areas, **after.areas}
        self._where = where

    def of(self, found: _Found, newer: bool) -> Difference | None:
        """It with its councils in the place; None where it lies outside."""
        areas = [self._areas[code] for code in sorted(found.areas) if code in self._areas]
        inside = [a for a in areas if self._where.has(a.region, a.icb, a.code, a.parent)]
        if not inside and self._where != ENGLAND:
            return None
        councils = {a.parent or a.code for a in inside}
        births = (self._areas[c].births or 0 for c in councils if c in self._areas)
        says = newer and found.step in (
            ChangeStep.GAINED,
            ChangeStep.LOST,
            ChangeStep.CLOSED,
            ChangeStep.BACK,
        )
        return Difference(
            found.step,
            found.service,
            found.topic,
            str(found.before),
            str(found.after),
            says,
            tuple(a.code for a in inside),
            tuple(sorted({a.icb for a in inside})),
            sum(births),
            found.other,
        )


# --- how it is known --------------------------------------------------------------------------


_FILES: Final = ("services.csv", "mmhs_criteria.csv")


def newer_grounds(changes: Iterable[Change], since: date) -> frozenset[Ground]:
    """What was changed in the directory on grounds that are newer than a day.

    changes: the directory's history. A page counts by its own date, not by the day on which it was
    read; what the service itself told us, by the day on which it did. The last line decides.
    """
    found: dict[tuple[str, str], tuple[str, bool]] = {}
    for change in changes:
        target = target_of(change.file, change.row, change.column, change.old, change.new)
        if target.kind is ChangeKind.CELL and change.file in _FILES and change.column in TOPICS:
            found[change.row, change.column] = change.new, _is_after(change, since)
    return frozenset((*cell, new) for cell, (new, newer) in found.items() if newer)


def _is_after(change: Change, since: date) -> bool:
    """Whether all of what the date may mean is later: "2026" of no day in 2026."""
    told = change.source_url.partition(":")[0] in FROM_SERVICE
    dated = change.source_date or (change.applied_on if told else "")
    return bool(dated) and dated > since.isoformat()[: len(dated)]
