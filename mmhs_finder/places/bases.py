"""Where services see people, as points: for maps, and for distances.

Not for: head offices, which are no place to go to.
"""

from __future__ import annotations

from collections.abc import Iterable

from mmhs_finder.directory.models import Service
from mmhs_finder.postcodes import Postcode, PostcodeIndex, Precision, UnknownPostcode


def base_points(
    services: Iterable[Service], index: PostcodeIndex
) -> dict[str, tuple[float, float]]:
    """(latitude, longitude) in WGS84 degrees by id, of the services that publish where they see
    people (`is_real_base`) and whose postcode the index has a point for."""
    points = {s.id: point_of(s.postcode, index) for s in services if s.is_real_base}
    return {key: point for key, point in points.items() if point is not None}


def point_of(text: str, index: PostcodeIndex) -> tuple[float, float] | None:
    """(latitude, longitude) of a full postcode; None where the index has no point for just that."""
    postcode = Postcode.parse(text)
    if not isinstance(postcode, Postcode):
        return None
    try:
        found = index.locate(postcode)
    except UnknownPostcode:
        return None
    if found.lat is None or found.lon is None or found.precision is not Precision.POSTCODE:
        return None
    return found.lat, found.lon
