"""What the services of one area say together: the rules that several measures share.

Not for: which measure uses which (`measures`), or several areas together (`values.together`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mmhs_finder.coverage.values import WITHOUT, Value, together
from mmhs_finder.directory.models import (
    Criteria,
    Pathway,
    PathwayOffer,
    Service,
    Status,
    YesNo,
    helps_with,
)
from mmhs_finder.directory.vocabularies import Read


@dataclass(frozen=True)
class Known:
    """A service, and its criteria if it is an MMHS.

    is_confirmed: as of `confirming.is_confirmed_now`, today.
    """

    service: Service
    criteria: Criteria | None
    is_confirmed: bool = False

    @property
    def is_running(self) -> bool:
        """Whether somebody could confirm that it is open."""
        return self.service.status is Status.OPEN

    def offers(self, pathway: Pathway) -> PathwayOffer:
        """Whether it says in public that it helps with something."""
        return helps_with(self.criteria, pathway)


@dataclass(frozen=True)
class Local:
    """What a measure is told of an area: the services of its kind that serve it, never none."""

    services: tuple[Known, ...]
    today: date

    @property
    def running(self) -> tuple[Known, ...]:
        return tuple(s for s in self.services if s.is_running)

    @property
    def all_running(self) -> bool:
        return all(s.is_running for s in self.services)


def found(local: Local) -> Value:
    """Yes when one of the services is confirmed to be running."""
    return Value.YES if local.running else Value.NOT_READ


def said(local: Local, answers: Sequence[YesNo | PathwayOffer]) -> Value:
    """What the running services say together. answers: one of each running service.

    One yes is a yes. A no needs every service to say it, and none that is unconfirmed; a list that
    leaves it out is no such word, and is told apart.
    """
    if any(a in (YesNo.YES, PathwayOffer.YES) for a in answers):
        return Value.YES
    if answers and local.all_running:
        if all(a in (YesNo.NO, PathwayOffer.NO) for a in answers):
            return Value.NO
        if all(a in (PathwayOffer.NO, PathwayOffer.NOT_LISTED) for a in answers):
            return Value.NOT_LISTED
    return silent(local)


def silent(local: Local) -> Value:
    """Where nobody says: not published only if every service's page was read to its end."""
    read = local.all_running and all(s.service.read is Read.WHOLE for s in local.services)
    return Value.NOT_PUBLISHED if read else Value.NOT_READ


def offered(local: Local, pathway: Pathway) -> Value:
    """Whether a running service offers help with something."""
    return said(local, [s.offers(pathway) for s in local.running])


def any_of(values: Sequence[Value]) -> Value:
    """Yes when one of several answers is; no when each is."""
    if Value.YES in values:
        return Value.YES
    return together([v for v in values if v is not Value.PART])


def every_one(values: Sequence[Value]) -> Value:
    """Yes when each of several answers is; no when one is."""
    if Value.NO in values:
        return Value.NO
    if set(values) == {Value.YES}:
        return Value.YES
    return together([v for v in values if v in WITHOUT])
