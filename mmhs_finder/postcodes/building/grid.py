"""British National Grid references as latitude and longitude.

Grid references are turned into WGS84 with the seven-parameter transformation EPSG:1314, which PROJ
states to 2 m; against the worked examples of Ordnance Survey's OSTN15 it is 3 m (Norfolk) and 5 m
(Scilly) out. The exact OSTN15 grid is not shipped. An ONSPD zip brings coordinates of its own, and
those are used. The grid reference is that of one address near the middle of the postcode, so most
homes in it are further off than that anyway.
Not for: Northern Ireland, which has the Irish Grid.
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import Final

import numpy as np
import pyproj
from numpy.typing import NDArray

# EPSG:1314 (OSGB36 to WGS 84, petroleum), written out so that the answer does not depend on which
# transformation grids a machine has. Checked against PROJ's own EPSG:27700 -> EPSG:4326 in the
# tests.
_GRID_TO_WGS84: Final = (
    "+proj=pipeline +step +inv +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 "
    "+y_0=-100000 +ellps=airy +step +proj=push +v_3 +step +proj=cart +ellps=airy +step "
    "+proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489 "
    "+convention=position_vector +step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg "
)


def to_wgs84(
    easting: NDArray[np.float64], northing: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Latitude and longitude (WGS84 degrees) of British National Grid references (metres), to about
    5 m.

    NaN where either is missing. EPSG:1314; see the top of this module.
    """
    lat = np.full(len(easting), np.nan)
    lon = np.full(len(easting), np.nan)
    known = ~(np.isnan(easting) | np.isnan(northing))
    if known.any():
        x, y = _transformer().transform(easting[known], northing[known])
        lon[known], lat[known] = x, y
    return lat, lon


@lru_cache(maxsize=1)
def _transformer() -> pyproj.Transformer:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pyproj.Transformer.from_pipeline(_GRID_TO_WGS84)
