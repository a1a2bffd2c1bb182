"""What can be said of an area, and the levels of areas it is said of.

Not for: which of the values a measure can have (`measures`), or their words (`wording`).
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Final


class Level(StrEnum):
    COUNCIL = "council"
    ICB = "icb"  # the 36 since 1 April 2026
    REGION = "region"  # the 7 NHS regions


class Value(StrEnum):
    """What can be said of one area. The first seven are the answers to a yes-or-no measure."""

    YES = "yes"
    PART = "part"
    NO = "no"
    NOT_LISTED = "not_listed"  # lists of what they help with leave it out
    NOT_PUBLISHED = "not_published"  # their pages were read to the end, and do not say
    NOT_READ = "not_read"  # we have not seen it, or not from a service confirmed to be running
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

    Where none has a yes and they differ only in how little is known, nobody can say.
    """
    if len(set(values)) == 1:
        return values[0]
    found = set(values)
    if not found <= set(WITHOUT):
        return Value.PART
    if found <= {Value.NO, Value.NOT_LISTED}:
        return Value.NOT_LISTED
    seen = Value.NOT_READ not in found and Value.NOT_PUBLISHED in found
    return Value.NOT_PUBLISHED if seen else Value.NOT_READ


WITHOUT: Final = (
    Value.NO,
    Value.NOT_LISTED,
    Value.NOT_PUBLISHED,
    Value.NOT_READ,
    Value.NONE_FOUND,
)
"""What an area without a known yes can have, the most certain first."""

UNKNOWN: Final = (Value.NOT_PUBLISHED, Value.NOT_READ, Value.NONE_FOUND)
"""Where nobody has said yes or no."""
