"""How old the evidence of a row is.

Not for: whether a fact is still true (only its source can say).
"""

from __future__ import annotations

from datetime import date
from typing import Final

OLD_AFTER_YEARS: Final = 2
"""A source whose newest date is further back is called old."""

STALE_AFTER_MONTHS: Final = 3
"""Whether a service takes new referrals and how long people wait changes faster than all else."""


def is_stale(as_of: date | None, today: date) -> bool:
    """Whether what was told of new referrals and waits is more than three months old.

    None: nobody says of which day it is, which is not old but undated.
    """
    if as_of is None:
        return False
    months = (today.year - as_of.year) * 12 + today.month - as_of.month
    return (months, today.day) > (STALE_AFTER_MONTHS, as_of.day)


TOLD_LASTS_MONTHS: Final = 12
"""A service is asked again a year after it answered."""


def told_long_ago(told_on: date, today: date) -> bool:
    """Whether a service answered more than a year ago."""
    months = (today.year - told_on.year) * 12 + today.month - told_on.month
    return (months, today.day) > (TOLD_LASTS_MONTHS, told_on.day)


def is_old(source_date: str, today: date) -> bool:
    """Whether a source's newest date (YYYY, YYYY-MM or YYYY-MM-DD) is more than two years back.

    A date given as a year counts as its last day, as a month as its last: never older than it is.
    """
    if not source_date:
        return False
    parts = [int(p) for p in source_date.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return (year + OLD_AFTER_YEARS, month) < (today.year, today.month)
