"""The shapes of English councils: which area a point is in, and which areas lie side by side.

Shapes are those of `data/areas_detail.geojson`, simplified to about 250 m, so a point near a border
can fall on the wrong side: a postcode's council comes from the postcode directory, and only the
part of a split council is read from the shapes.
Not for: who serves an area (`directory`), or drawing (`maps`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import ArrayLike, NDArray
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from mmhs_finder.places.distances import KM_PER_DEGREE

NEIGHBOUR_KM = 0.3
"""Areas no further apart than this count as neighbours: the shapes are simplified to 250 m."""

SLIT_DEGREES = 0.002
"""Half the width of a slit that is not worth a line: about 200 m."""


class Bounds(NamedTuple):
    """A box in WGS84 degrees."""

    south: float
    west: float
    north: float
    east: float

    def padded(self, share: float) -> Bounds:
        """The box made larger on each side by a share of its height and width."""
        dy, dx = (self.north - self.south) * share, (self.east - self.west) * share
        return Bounds(self.south - dy, self.west - dx, self.north + dy, self.east + dx)

    def around(self, lat: float, lon: float) -> Bounds:
        """The smallest box that holds this one and a point."""
        return Bounds(
            min(self.south, lat), min(self.west, lon), max(self.north, lat), max(self.east, lon)
        )


class AreaShapes:
    """Shapes by area code. A split council has no shape of its own, its parts have.

    Making one only stores the parsed GeoJSON; geometry is built when it is first asked for. Once
    built it is only read, so one object may be shared by threads.
    """

    def __init__(self, geojson: Mapping[str, Any]) -> None:
        self._features = geojson["features"]
        self._by_code = {f["properties"]["id"]: i for i, f in enumerate(self._features)}
        self._parts: dict[str, tuple[str, ...]] = {}
        for feature in self._features:
            code, council = feature["properties"]["id"], feature["properties"]["lad"]
            if code != council:
                self._parts[council] = (*self._parts.get(council, ()), code)
        self._codes = tuple(self._by_code)
        self._json: dict[str, str] = {}

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of all shapes: councils, and the parts of split councils."""
        return self._codes

    def shape_codes(self, code: str) -> tuple[str, ...]:
        """The shapes that make up an area: its own, or its parts'. Empty if there is none."""
        return (code,) if code in self._by_code else self._parts.get(code, ())

    # --- where is a point? --------------------------------------------------------------------

    def area_at(self, lat: float, lon: float) -> str | None:
        """The area or part that holds a point; None at sea and outside England."""
        point = shapely.Point(lon, lat)
        found = self._tree.query(point, predicate="intersects")
        return self._codes[min(found)] if len(found) else None

    def part_at(self, code: str, lat: float, lon: float) -> str:
        """The part of a split council that holds a point, or the nearest one.

        See `parts_at`. A council that is not split is returned as it is.
        """
        if code not in self._parts:
            return code
        return self._parts[code][int(self.parts_at(code, [lat], [lon])[0])]

    def parts_at(self, code: str, lats: ArrayLike, lons: ArrayLike) -> NDArray[np.intp]:
        """For each point (WGS84 degrees) the part of a split council that holds it, or the nearest
        one, as a place in `shape_codes(code)`.

        The first of two that hold it, on the line between them. The nearest, because simplified
        shapes leave out a strip of the coast and of the border. Raises KeyError for a code that is
        not of a split council.
        """
        lat, lon = np.asarray(lats, dtype=float), np.asarray(lons, dtype=float)
        rows = [self._by_code[part] for part in self._parts[code]]
        inside = np.array([shapely.intersects_xy(self._geometries[r], lon, lat) for r in rows])
        part = np.asarray(inside.argmax(axis=0), dtype=np.intp)
        left = np.flatnonzero(~inside.any(axis=0))
        if len(left):
            points = shapely.points(_to_km(np.column_stack([lon[left], lat[left]])))
            away = np.array([shapely.distance(self._projected[r], points) for r in rows])
            part[left] = away.argmin(axis=0)
        return part

    # --- what lies next to what? --------------------------------------------------------------

    def neighbours(self, code: str) -> tuple[str, ...]:
        """Areas that touch this one or come within `NEIGHBOUR_KM`, in the order of their codes.

        The parts of a split council appear as themselves, and are each other's neighbours.
        For a split council's own code: the neighbours of all its parts. Empty for a code without a
        shape.
        """
        own = self.shape_codes(code)
        return tuple(sorted({n for part in own for n in self._adjoining[part]} - set(own)))

    @cached_property
    def _adjoining(self) -> dict[str, tuple[str, ...]]:
        tree = shapely.STRtree(self._projected)
        pairs = tree.query(self._projected, predicate="dwithin", distance=NEIGHBOUR_KM)
        found: dict[str, list[str]] = {code: [] for code in self._codes}
        for one, other in pairs.T.tolist():
            if one != other:
                found[self._codes[one]].append(self._codes[other])
        return {code: tuple(others) for code, others in found.items()}

    # --- for maps -----------------------------------------------------------------------------

    def bounds(self, codes: Iterable[str]) -> Bounds | None:
        """The box around areas; None when none of them has a shape."""
        rows = [self._by_code[part] for code in codes for part in self.shape_codes(code)]
        if not rows:
            return None
        west, south, east, north = shapely.total_bounds(self._geometries[rows]).tolist()
        return Bounds(south, west, north, east)

    def geometry_json(self, code: str) -> str:
        """One shape as a compact GeoJSON geometry."""
        if code not in self._json:
            geometry = self._features[self._by_code[code]]["geometry"]
            self._json[code] = json.dumps(geometry, separators=(",", ":"))
        return self._json[code]

    def outline_json(self, codes: Iterable[str]) -> str:
        """The outline of several shapes taken together, as a compact GeoJSON geometry.

        Slits and gaps that come from simplifying are closed.
        """
        rows = [self._by_code[part] for code in codes for part in self.shape_codes(code)]
        whole = shapely.union_all(self._geometries[rows])
        wider = shapely.buffer(whole, SLIT_DEGREES, join_style="mitre")
        return _compact(shapely.buffer(wider, -SLIT_DEGREES, join_style="mitre").simplify(0.0005))

    def labels(self, codes: Iterable[str]) -> list[tuple[str, float, float]]:
        """(name, latitude, longitude) to write areas' names at: a point inside each."""
        rows = [self._by_code[part] for code in codes for part in self.shape_codes(code)]
        points = shapely.point_on_surface(self._geometries[rows])
        names = [str(self._features[row]["properties"]["name"]) for row in rows]
        return [(n, round(p.y, 4), round(p.x, 4)) for n, p in zip(names, points, strict=True)]

    @cached_property
    def _geometries(self) -> np.ndarray[Any, np.dtype[np.object_]]:
        shapes = np.array([shape(f["geometry"]) for f in self._features], dtype=object)
        valid = shapely.make_valid(shapes, method="structure", keep_collapsed=False)
        shapely.prepare(valid)
        return np.asarray(valid, dtype=object)

    @cached_property
    def _projected(self) -> np.ndarray[Any, np.dtype[np.object_]]:
        """The shapes in kilometres, so that distances mean the same in both directions."""
        return np.array([shapely.transform(g, _to_km) for g in self._geometries], dtype=object)

    @cached_property
    def _tree(self) -> shapely.STRtree:
        return shapely.STRtree(self._geometries)


def _to_km(lon_lat: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    scaled: np.ndarray[Any, Any] = lon_lat * np.array(KM_PER_DEGREE)
    return scaled


def _compact(geometry: BaseGeometry) -> str:
    """GeoJSON with four decimals (11 m), which is finer than the shapes are."""
    rounded = shapely.transform(geometry, lambda c: np.round(c, 4))
    return json.dumps(shapely.geometry.mapping(rounded), separators=(",", ":"))
