"""The shapes of every level of coverage: councils, and the outlines of ICBs and regions.

They are those of `data/areas_overview.geojson` (about 1.2 km).
Not for: filling them (`coverage.map`, `render.files.coverage`), or shapes in detail
(`places.shapes`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.places.shapes import AreaShapes, Bounds


@dataclass(frozen=True)
class Shape:
    """The outline of one area of a level. polygons: each a list of rings, the outer one first."""

    code: str
    polygons: tuple[tuple[tuple[tuple[float, float], ...], ...], ...]

    @classmethod
    def of(cls, code: str, geometry_json: str) -> Shape:
        """From a GeoJSON geometry as text."""
        geometry = json.loads(geometry_json)
        coordinates = geometry["coordinates"]
        polygons = coordinates if geometry["type"] == "MultiPolygon" else [coordinates]
        return cls(
            code,
            tuple(tuple(tuple((x, y) for x, y, *_ in ring) for ring in poly) for poly in polygons),
        )

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

    def around(self, level: Level, code: str) -> tuple[str, ...]:
        """The shapes of a level that an area is made of: its own, or the parts of a council."""
        known = {shape.code for shape in self.of(level)}
        return (code,) if code in known else self.areas.shape_codes(code)

    @cached_property
    def _all(self) -> dict[Level, tuple[Shape, ...]]:
        found = {}
        for level in Level:
            members: dict[str, list[str]] = {}
            for code in self.areas.codes:
                members.setdefault(self._coverage.group_of(level, code), []).append(code)
            found[level] = tuple(
                Shape.of(
                    group,
                    self.areas.geometry_json(codes[0])
                    if level is Level.COUNCIL
                    else self.areas.outline_json(codes),
                )
                for group, codes in members.items()
            )
        return found
