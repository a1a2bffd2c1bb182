"""Which services of the feed are asked for: the filters of the profile, but for a person's place.

A filter finds what is known to fit: of a service that does not say it, nothing is known. `postcode`
and `proximity` are not taken: an address is kept by browsers and by servers on the way.
Not for: what is in the feed (`views.feed`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Final

from fastapi import Query

from mmhs_finder.channels.api.problems import NotAnswered, Trouble
from mmhs_finder.postcodes import Postcode
from mmhs_finder.render.json import Json
from mmhs_finder.render.open_referral.feed import Feed

_TIME: Final = r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"
_LONGEST: Final = 100


class Day(StrEnum):
    """A day of the week (RFC 5545)."""

    MO = "MO"
    TU = "TU"
    WE = "WE"
    TH = "TH"
    FR = "FR"
    SA = "SA"
    SU = "SU"


@dataclass(frozen=True)
class FeedFilters:
    """What services are asked for; None leaves nothing out. Times: "09:00"."""

    search: str | None = None
    taxonomy_term_id: str | None = None
    taxonomy_id: str | None = None
    minimum_age: float | None = None
    maximum_age: float | None = None
    start_time: str | None = None
    end_time: str | None = None
    day: Day | None = None


FILTERS: Final = tuple(FeedFilters.__dataclass_fields__)


def filters(
    search: Annotated[
        str | None,
        Query(max_length=_LONGEST, description="Words of a name or description; never a postcode."),
    ] = None,
    taxonomy_term_id: Annotated[
        str | None,
        Query(
            max_length=_LONGEST,
            description="Marked with this term. Help with abuse at home is in a list only where "
            "its term is asked for: somebody may see the screen.",
        ),
    ] = None,
    taxonomy_id: Annotated[
        str | None, Query(max_length=_LONGEST, description="Marked with a term of this taxonomy.")
    ] = None,
    minimum_age: Annotated[
        float | None,
        Query(ge=0, le=200, description="The lowest age is known, and is at least this."),
    ] = None,
    maximum_age: Annotated[
        float | None,
        Query(ge=0, le=200, description="The highest age is known, and is at most this."),
    ] = None,
    start_time: Annotated[
        str | None, Query(pattern=_TIME, description="Opens at this time of day or later.")
    ] = None,
    end_time: Annotated[
        str | None, Query(pattern=_TIME, description="Closes at this time of day or earlier.")
    ] = None,
    day: Annotated[Day | None, Query(description="Opens on this day of the week.")] = None,
) -> FeedFilters:
    """Raises `NotAnswered` where a search holds a postcode."""
    if search is not None and _holds_a_postcode(search):
        raise NotAnswered(Trouble.QUERY)
    return FeedFilters(
        search,
        taxonomy_term_id,
        taxonomy_id,
        minimum_age,
        maximum_age,
        start_time,
        end_time,
        day,
    )


def _holds_a_postcode(text: str) -> bool:
    words = text.split()
    found = map(Postcode.parse, (text, *words, *(" ".join(two) for two in pairwise(words))))
    return any(isinstance(each, Postcode) for each in found)


def services_for(feed: Feed, asked: FeedFilters) -> Sequence[Json]:
    """The services that fit, in the order of the feed."""
    every = feed.services.listed
    if asked.taxonomy_term_id in feed.terms_of_abuse:
        every += feed.services.apart
    return [service for service in every if fits(service, asked)]


def fits(service: Json, asked: FeedFilters) -> bool:
    """Whether a record of a service is known to be what is asked for."""
    terms = [attribute["taxonomy_term"] for attribute in service["attributes"]]
    low, high = service.get("minimum_age"), service.get("maximum_age")
    return (
        (asked.taxonomy_term_id is None or asked.taxonomy_term_id in {t["id"] for t in terms})
        and (asked.taxonomy_id is None or asked.taxonomy_id in {t["taxonomy_id"] for t in terms})
        and (asked.minimum_age is None or (low is not None and low >= asked.minimum_age))
        and (asked.maximum_age is None or (high is not None and high <= asked.maximum_age))
        and (asked.search is None or _is_found(service, asked.search))
        and _is_open(service, asked)
    )


def _is_found(service: Json, search: str) -> bool:
    owner = service.get("organization", {}).get("name", "")
    text = " ".join((service["name"], service.get("description", ""), owner)).casefold()
    return all(word in text for word in search.casefold().split())


def _is_open(service: Json, asked: FeedFilters) -> bool:
    """Whether one of its rows has the day and both times."""
    if asked.day is None and asked.start_time is None and asked.end_time is None:
        return True
    return any(_has_hours(row, asked) for row in service.get("schedules", ()))


def _has_hours(row: Json, asked: FeedFilters) -> bool:
    if "opens_at" not in row:
        return False
    opens, closes = row["opens_at"], row["closes_at"]
    return (
        (asked.day is None or asked.day in row["byday"].split(","))
        and (asked.start_time is None or opens >= asked.start_time[:5])
        and (asked.end_time is None or opens < closes <= asked.end_time[:5])
    )
