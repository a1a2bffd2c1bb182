"""Figures of the Earth to work out distances with.

Not for: distances that are shown: those are geodesic, on the WGS84 ellipsoid.
"""

from __future__ import annotations

from typing import Final

EARTH_RADIUS_KM: Final = 6371.009
"""Mean radius of the Earth (IUGG, 2a + b over 3 of WGS84), as geopy's great-circle distance has it.

Distances on such a sphere are within 0.5 per cent of those on the ellipsoid.
"""

KM_PER_DEGREE: Final = (66.9, 111.3)
"""Kilometres in a degree of longitude and of latitude (WGS84) at 53 degrees north, the middle of
England.

Good to 8 per cent between Cornwall and Northumberland: enough to compare distances of metres.
"""
