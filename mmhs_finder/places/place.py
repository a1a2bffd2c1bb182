"""Where a person asks for, and what to know about the place itself.

Not for: reading what was typed (`locating`), or the words of a notice (`views.notices`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mmhs_finder.directory.models import Area
from mmhs_finder.nation import Nation
from mmhs_finder.postcodes.precision import Precision


class NoticeCode(StrEnum):
    """Everything that an answer may have to say of itself. The first six are about the place."""

    CORRECTED = "corrected"
    ORGANISATION = "organisation"
    COARSER = "coarser"
    SEVERAL_AREAS = "several_areas"
    SPLIT_COUNCIL = "split_council"
    BORDER = "border"
    OTHER_NATION = "other_nation"
    CROWN_DEPENDENCY = "crown_dependency"
    CLOSE_TO = "close_to"
    CLOSED = "closed"
    NAME_ONLY = "name_only"
    NONE_PUBLISHED = "none_published"
    TAKEN_OUT = "taken_out"
    SHARED_AREA = "shared_area"
    UNCONFIRMED = "unconfirmed"
    PARTLY_NONE_PUBLISHED = "partly_none_published"
    INFERRED = "inferred"
    OLD = "old"


@dataclass(frozen=True)
class Notice:
    """What the person should know about this answer: a code, and what its words name.

    values: the gaps of its words; a tuple is a list of names.
    """

    code: NoticeCode
    values: Mapping[str, str | tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Where a person asks for. `areas` is empty outside England.

    `areas` has more than one entry when the place is a sector or an outward code that lies in
    several councils, or a split council whose part cannot be told; the likeliest is first.
    """

    label: str  # "CT1 3NG", "CT1" or "Canterbury"
    precision: Precision
    nation: Nation
    postcode: str | None = None  # as asked for, written properly; None when a council was chosen
    lat: float | None = None  # WGS84 degrees
    lon: float | None = None
    areas: tuple[Area, ...] = ()
    council_code: str = ""
    council: str = ""  # the name people know; "" where no source gives one
    close: tuple[Area, ...] = ()  # other areas with a postcode close by, the nearest first
    notices: tuple[Notice, ...] = ()  # about the place itself

    @property
    def point(self) -> tuple[float, float] | None:
        """(latitude, longitude) in WGS84 degrees; None where the place is not one point."""
        return None if self.lat is None or self.lon is None else (self.lat, self.lon)

    @property
    def lives_in(self) -> Nation | None:
        """The nation, or None of a postcode district over a border, where it is not known."""
        border = any(n.code is NoticeCode.BORDER for n in self.notices)
        return None if border else self.nation

    @property
    def code_to_keep(self) -> str:
        """The code of the council, or of its part where that is sure: for a link that may be kept.

        "" outside England.
        """
        exact = self.precision in (Precision.POSTCODE, Precision.COUNCIL) and len(self.areas) == 1
        if not self.areas:
            return ""
        return self.areas[0].code if exact else self.council_code

    @property
    def area_names(self) -> tuple[str, ...]:
        """The names of its areas; outside England its own label."""
        return tuple(a.name for a in self.areas) or (self.label,)
