"""What is offered to somebody whose text is no postcode that leads to one place.

Areas to choose, or texts to search for instead. Records, no words: `views.suggestions` words them.
Not for: finding the names (`naming`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mmhs_finder.directory.models import Area


class Meant(StrEnum):
    """What a text was taken for."""

    NOTHING = "nothing"
    PLACES = "places"
    ALIKE = "alike"  # places whose names are only spelled nearly so
    COUNTY = "county"
    LONDON = "london"
    HOSPITALS = "hospitals"
    PARTS = "parts"  # of London, whose codes have a letter more
    READINGS = "readings"  # of a postcode with a sign inside


@dataclass(frozen=True)
class Suggestion:
    """One thing to choose: an area, or else a text to search for.

    name: what somebody calls the place: "Margate", "St Mary's Hospital, Manchester", "SW1A".
    county: told where several places of that name are offered, else ""; the nation's name of a
    place outside England.
    """

    name: str
    area: Area | None = None
    text: str = ""
    county: str = ""


@dataclass(frozen=True)
class Suggestions:
    """What a text was taken for, and what to choose from. name: the county's."""

    meant: Meant = Meant.NOTHING
    offers: tuple[Suggestion, ...] = ()
    name: str = ""
