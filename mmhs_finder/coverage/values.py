"""What can be said of an area, and the levels of areas it is said of.

Not for: which of the values a measure can have (`measures`), or their words (`wording`).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum


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
    # the share of `facts.FACTS` that is published
    MOST = "most"
    HALF = "half"
    FEW = "few"


def together(values: Sequence[Value]) -> Value:
    """One value for several areas: theirs, if they agree; "in part" if some have more than others.

    Where none has a yes and they differ only in how little is known, that is "not published".
    """
    if len(set(values)) == 1:
        return values[0]
    unknown = {Value.NO, Value.NOT_PUBLISHED, Value.NONE_FOUND}
    return Value.NOT_PUBLISHED if set(values) <= unknown else Value.PART
