"""How old the evidence of a row is.

Not for: whether a fact is still true (only its source can say).
"""

from __future__ import annotations

from datetime import date
from typing import Final

OLD_AFTER_YEARS: Final = 2
"""A source whose newest date is further back is called old."""


def is_old(source_date: str, today: date) -> bool:
    """Whether a source's newest date (YYYY, YYYY-MM or YYYY-MM-DD) is more than two years back.

    A date given as a year counts as its last day, as a month as its last: never older than it is.
    """
    if not source_date:
        return False
    parts = [int(p) for p in source_date.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return (year + OLD_AFTER_YEARS, month) < (today.year, today.month)
