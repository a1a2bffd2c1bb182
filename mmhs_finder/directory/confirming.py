"""Who stands behind the facts of a row: the service itself, somebody who told us, or a public page.

Not for: the words (`views.sources`), or how old the evidence is (`freshness`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

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
    if service.told_on is None:
        return Backing.READ
    proven = service.told_how in SURE and bool(service.told_proof)
    return Backing.CONFIRMED if proven else Backing.TOLD
