"""What a wrong or a missing cell of the directory costs: the weights of the work list, a table.

They are judgements, not measurements: change one here, and the order of `data due` follows.
Not for: what is missing from a row, and the order itself (`due`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mmhs_finder.directory.models import ServiceKind


class DueReason(StrEnum):
    """Why somebody should be asked, or something looked at."""

    SELF_REFERRAL = "self_referral"  # not known whether a person can ask it herself
    CONTACT = "contact"  # no number, address or form for who turns to it
    CHECK_NUMBER = "check_number"  # a number that nobody has confirmed, so no parent sees it
    STATUS = "status"  # not known whether it is running
    LINK = "link"  # its page or form did not answer
    PATHWAYS = "pathways"  # not known which of the four it helps with
    HOURS = "hours"  # not known when somebody answers
    LIMITS = "limits"  # not known until when, or whether in a pregnancy
    AVAILABILITY_OLD = "availability_old"  # waits and openness are not told, or three months old
    TOLD_OLD = "told_old"  # the service told us more than a year ago
    UNPROVEN = "unproven"  # told to us, and not known whether by the service
    OLD = "old"  # the newest date on its pages is more than two years back
    NOT_READ = "not_read"  # nobody has read its own page to the end
    NEVER_TOLD = "never_told"  # an MMHS that has never answered us itself
    SOURCE_LINK = "source_link"  # a page that facts come from did not answer


@dataclass(frozen=True)
class Cost:
    """points: what each missing answer costs. first: of an MMHS, it goes before everything else."""

    points: int
    first: bool = False


COSTS: Final[Mapping[DueReason, Cost]] = MappingProxyType(
    {
        # She does not know whether she may ring at all, and loses weeks to a GP's appointment.
        DueReason.SELF_REFERRAL: Cost(10, first=True),
        # She knows that she may, and not where.
        DueReason.CONTACT: Cost(10, first=True),
        # The answer is at hand: one call turns it into a number for her.
        DueReason.CHECK_NUMBER: Cost(8),
        # She may be sent to nobody.
        DueReason.STATUS: Cost(8),
        # The way that she is shown leads nowhere.
        DueReason.LINK: Cost(6),
        # Asked for nothing, or not asked at all. For each of the four.
        DueReason.PATHWAYS: Cost(3),
        # She rings and nobody answers.
        DueReason.HOURS: Cost(3),
        # Sent on after a wait, for what could have been known. For each limit.
        DueReason.LIMITS: Cost(2),
        # Waits and openness change fast, and nothing that old is shown as new.
        DueReason.AVAILABILITY_OLD: Cost(2),
        # It held once; services change once a year.
        DueReason.TOLD_OLD: Cost(3),
        # One call back makes it the service's own word.
        DueReason.UNPROVEN: Cost(2),
        # The longer ago, the more has changed: teams, numbers, ages, areas.
        DueReason.OLD: Cost(2),
        # What we have not seen may stand there.
        DueReason.NOT_READ: Cost(1),
        # Public pages say less than the service knows.
        DueReason.NEVER_TOLD: Cost(1),
        # Nobody can look the fact up any more.
        DueReason.SOURCE_LINK: Cost(1),
    }
)

KIND_WEIGHT: Final[Mapping[ServiceKind, float]] = MappingProxyType(
    # An MMHS is what the finder is for; the others are offered beside it, several in each area.
    {kind: 1.0 if kind is ServiceKind.MMHS else 0.2 for kind in ServiceKind}
)

EVERYWHERE_WEIGHT: Final = 0.02
"""Of a national line, and of a service that takes people from anywhere: it concerns every birth in
England, and is one of many beside each other."""

URGENT_WEIGHT: Final = 0.2
"""Of a line that fills a gap in the sentence about urgent help, which stands on every page."""

DEVOLVED_WEIGHT: Final = 0.2
"""Of a service outside England, which is named and not matched."""

BIRTHS_NOT_KNOWN: Final = 3_000
"""Counted where no council is known, or none has births on record: a small service's. Births of
boards outside England are not in the directory."""
