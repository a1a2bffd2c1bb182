"""The shapes of every level of coverage: councils, and the outlines of ICBs and regions.

They are those of `data/areas_overview.geojson` (about 1.2 km).
Not for: filling them (`coverage.map`, `render.files.coverage`), or shapes in detail
(`places.shapes`).
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.places.shapes import AreaShapes, Bounds

PRECISION: Final = 1000
"""Steps in a degree that coordinates are rounded to: about 110 m, finer than the shapes are."""

Ring = list[tuple[float, float]]  # longitude, latitude in WGS84 degrees


@dataclass(frozen=True)
class Shape:
    """The outline of one area of a level. polygons: each a list of rings, the outer one first."""

    code: str
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]

    @property
    def geometry(self) -> dict[str, Any]:
        """As GeoJSON."""
        return {
            "type": "MultiPolygon",
            "coordinates": [[[list(p) for p in ring] for ring in poly] for poly in self.polygons],
        }


class Outlines:
    """The shapes of every level, made once from the overview file. Safe to share by threads."""

    def __init__(self, coverage: Coverage) -> None:
        self._coverage = coverage
        self.areas = AreaShapes(coverage.directory.shapes(detail=False))

    def of(self, level: Level, where: Where = ENGLAND) -> tuple[Shape, ...]:
        """Councils (the split ones as their parts), or the outlines of ICBs or regions.

        where: only those that lie in it.
        """
        return tuple(s for s in self._all[level] if self._coverage.holds(where, level, s.code))

    def bounds(self, where: Where) -> Bounds:
        """The box around a place; around England where none of its areas has a shape."""
        codes = self.areas.codes
        inside = [c for c in codes if self._coverage.holds(where, Level.COUNCIL, c)]
        box = self.areas.bounds(inside) or self.areas.bounds(codes)
        assert box is not None, "the file of shapes is empty"
        return box

    def area_at(self, level: Level, lat: float, lon: float) -> str | None:
        """The code of the area that holds a point: what somebody clicked on."""
        code = self.areas.area_at(lat, lon)
        return None if code is None else self._coverage.group_of(level, code)

    def around(self, level: Level, code: str) -> str:
        """The outline of one area as a GeoJSON geometry; of a split council, its parts together."""
        own = [c for c in self.areas.codes if self._coverage.group_of(level, c) == code]
        return self.areas.outline_json(own or self.areas.shape_codes(code))

    @cached_property
    def _all(self) -> dict[Level, tuple[Shape, ...]]:
        found = {}
        for level in Level:
            members: dict[str, list[str]] = {}
            for code in self.areas.codes:
                members.setdefault(self._coverage.group_of(level, code), []).append(code)
            found[level] = tuple(
                _shape(
                    group,
                    self.areas.geometry_json(codes[0])
                    if level is Level.COUNCIL
                    else self.areas.outline_json(codes),
                )
                for group, codes in members.items()
            )
        return found

    def packed(self, level: Level) -> str:
        """The shapes as JSON for the map: `[code, [[ring, ...], ...]]` for each.

        A ring is a flat list of whole numbers, `PRECISION` to a degree: the first longitude and
        latitude, then the steps from each point to the next. A third of the size of GeoJSON.
        """
        return self._packed[level]

    @cached_property
    def _packed(self) -> dict[Level, str]:
        return {
            level: json.dumps(
                [
                    [s.code, [[_steps(r) for r in poly] for poly in s.polygons]]
                    for s in self.of(level)
                ],
                separators=(",", ":"),
            )
            for level in Level
        }


def _shape(code: str, geometry_json: str) -> Shape:
    geometry = json.loads(geometry_json)
    coordinates = geometry["coordinates"]
    polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
    return Shape(
        code,
        tuple(tuple(tuple((x, y) for x, y, *_ in ring) for ring in poly) for poly in polygons),
    )


def _steps(ring: Sequence[tuple[float, float]]) -> list[int]:
    out: list[int] = []
    before = (0, 0)
    for x, y in ring:
        here = (round(x * PRECISION), round(y * PRECISION))
        step = (here[0] - before[0], here[1] - before[1])
        if step != (0, 0):
            out += step
        before = here
    return out
