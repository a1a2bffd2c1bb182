"""Who stands behind the facts of a row: the service itself, somebody who told us, or a public page.

And of which day the newest of its evidence is. Not for: the words (`views.sources`), or from when
on evidence is called old (`freshness`).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Final

from mmhs_finder.directory.freshness import is_old
from mmhs_finder.directory.models import Service
from mmhs_finder.directory.vocabularies import ToldHow


class Backing(StrEnum):
    """confirmed: by the service, and it is known how that was known. told: to us, by somebody who
    speaks for it. read: on a public page."""

    CONFIRMED = "confirmed"
    TOLD = "told"
    READ = "read"


SURE: Final = frozenset({ToldHow.SENDER_DOMAIN, ToldHow.CALL_BACK})
"""The ways by which it is known that an answer came from the service."""


def standing(service: Service) -> Backing:
    """Confirmed only where it is on record how it was known that the service sent it."""
    told_on = service.told_on.isoformat() if service.told_on else ""
    return backing_of(told_on, service.told_how or "", service.told_proof)


def backing_of(told_on: str, told_how: str, told_proof: str) -> Backing:
    """The same of the three cells of a row, as they stand in the file."""
    if not told_on:
        return Backing.READ
    proven = told_how in SURE and bool(told_proof)
    return Backing.CONFIRMED if proven else Backing.TOLD


def newest_evidence(service: Service) -> str:
    """The day of its newest evidence: YYYY, YYYY-MM or YYYY-MM-DD; "" where nothing is dated.

    That is the newest date of its sources, or the day on which the service itself confirmed it.
    What somebody told us of whom we do not know that it was the service makes nothing newer.
    """
    told_on = service.told_on.isoformat() if service.told_on else ""
    return newest_of(service.source_date, told_on, standing(service))


def newest_of(source_date: str, told_on: str, backing: Backing) -> str:
    """The same of the cells of a row."""
    return max(source_date, told_on) if backing is Backing.CONFIRMED else source_date


def is_confirmed_now(service: Service, today: date) -> bool:
    """Whether the service itself confirmed it, not longer ago than any evidence is called old."""
    confirmed = standing(service) is Backing.CONFIRMED and service.told_on is not None
    return confirmed and not is_old(str(service.told_on), today)
