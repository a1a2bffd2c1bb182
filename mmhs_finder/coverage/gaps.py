"""Councils without a service known to offer something: how great the need is, and what is near.

Not for: which councils these are (`coverage`), or how they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Any, Final

import numpy as np
import shapely
from geopy.distance import geodesic
from shapely.geometry import shape

from mmhs_finder.coverage.rows import AreaRow
from mmhs_finder.coverage.values import Value
from mmhs_finder.places.distances import EARTH_RADIUS_KM


class Scaling(StrEnum):
    """How figures of different units are put on one scale from 0 to 1, over all councils."""

    MIN_MAX = "min_max"  # (figure - least) / (most - least): keeps how far apart councils are
    RANK = "rank"  # place from lowest (0) to highest (1), ties share the middle: only the order


@dataclass(frozen=True)
class Weights:
    """How much each figure counts; only the ratios matter. None may be below 0."""

    births: float = 1.0
    women: float = 1.0
    deprivation: float = 1.0


class Preset(StrEnum):
    """Weights that have a name."""

    EQUAL = "equal"
    BIRTHS = "births"
    DEPRIVATION = "deprivation"


PRESETS: Final[Mapping[Preset, Weights]] = MappingProxyType(
    {
        Preset.EQUAL: Weights(5, 5, 5),
        Preset.BIRTHS: Weights(10, 2, 2),
        Preset.DEPRIVATION: Weights(2, 2, 10),
    }
)
"""Where "mostly" means more than twice the other two together."""


def preset_of(weights: Weights) -> Preset | None:
    """The preset that some weights are; None for weights of a visitor's own."""
    return next((preset for preset, found in PRESETS.items() if found == weights), None)


@dataclass(frozen=True)
class Gap:
    """A council without a service known to offer something, and its place in the list."""

    row: AreaRow
    need: float  # 0 to 1: the weighted mean of the scaled figures
    nearest: AreaRow | None  # the nearest area with a service known to offer it
    km: float | None  # straight line between points inside the two areas


def need(rows: Sequence[AreaRow], weights: Weights, scaling: Scaling) -> list[float]:
    """The need of each row, 0 to 1: sum(weight x scaled figure) / sum(weights).

    All weights 0: 0. rows: every council of England, so that it does not depend on which are shown.
    """
    figures = (
        (weights.births, [r.births for r in rows]),
        (weights.women, [r.women for r in rows]),
        (weights.deprivation, [r.imd for r in rows]),
    )
    total = sum(weight for weight, _ in figures)
    if total <= 0:
        return [0.0] * len(rows)
    found = np.zeros(len(rows))
    for weight, column in figures:
        found += weight / total * scaled([float(v or 0) for v in column], scaling)
    return [float(n) for n in found]


def scaled(
    figures: Sequence[float], scaling: Scaling
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Figures between 0 (the least) and 1 (the most); all 0 when they are all the same."""
    values = np.asarray(figures, dtype=np.float64)
    if scaling is Scaling.RANK:
        ordered = np.sort(values)
        below = np.searchsorted(ordered, values, "left")
        upto = np.searchsorted(ordered, values, "right") - 1
        values = (below + upto) / 2
    spread = float(np.ptp(values)) if len(values) else 0.0
    if not spread:
        return np.zeros(len(values))
    out: np.ndarray[tuple[int], np.dtype[np.float64]] = (values - values.min()) / spread
    return out


def points_inside(shapes: Mapping[str, Any]) -> dict[str, tuple[float, float]]:
    """A point (latitude, longitude) inside each shape, by area code. shapes: GeoJSON."""
    points = {}
    for feature in shapes["features"]:
        point = shapely.point_on_surface(shape(feature["geometry"]))
        points[str(feature["properties"]["id"])] = (float(point.y), float(point.x))
    return points


def nearest_with_it(
    rows: Mapping[str, AreaRow], points: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[AreaRow, float]]:
    """For each council with a gap, by code: the nearest area with a yes, and how far it is in km.

    rows: of councils and parts, by code. points: one inside each area that has a shape. Of a split
    council, the part that is worst off counts.
    """
    offering = [c for c in points if rows[c].value is Value.YES]
    if not offering:
        return {}
    targets = np.array([points[c] for c in offering])
    found: dict[str, tuple[AreaRow, float]] = {}
    for code, point in points.items():
        if rows[code].value is Value.YES:
            continue
        best = offering[int(np.argmin(_haversine(np.array(point), targets)))]
        km = float(geodesic(point, points[best]).km)
        council = rows[code].parent or code
        if council not in found or km > found[council][1]:
            found[council] = (rows[best], km)
    return found


def _haversine(
    point: np.ndarray[tuple[int], np.dtype[np.float64]],
    others: np.ndarray[tuple[int, int], np.dtype[np.float64]],
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Great-circle distances in km on a sphere; within 0.5 per cent of those on the ellipsoid."""
    lat, lon = np.radians(point)
    lats, lons = np.radians(others).T
    a = np.sin((lats - lat) / 2) ** 2 + np.cos(lat) * np.cos(lats) * np.sin((lons - lon) / 2) ** 2
    out: np.ndarray[tuple[int], np.dtype[np.float64]] = 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(a))
    return out
