"""The records of the directory that name no service: towns to label, and areas without an MMHS.

Not for: the areas themselves and who serves them (`models`).
"""

from __future__ import annotations

from mmhs_finder.directory.models import Record, ServiceKind, YesNo


class AreaGap(Record):
    """A council for which no public page of an MMHS was found: one row of `area_gaps.csv`."""

    area_code: str
    kind: ServiceKind
    curator_notes: str = ""


class Town(Record):
    """A town to label on the map: one row of `places.csv`."""

    name: str
    lat: float
    lon: float
    rank: int
    outward_code: str
    many_councils: YesNo | None = None  # yes: its name stands for several councils, as London's
