"""The shapes of areas as files for the browser, which keeps them for a year.

They are the heavy part of every map and the same for everybody: so they are no part of a map's
data, but have an address of their own with a digest of their content in it. All of England is one
file: which part of it somebody looks at stands in no address.
Not for: serving them (`channels.shell.assets`), or what fills them (`answer`, `coverage.map`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import brotli

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.values import Level
from mmhs_finder.directory.map_models import Town
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.render.addresses import here
from mmhs_finder.render.maps.coverage.outlines import Outlines, Shape
from mmhs_finder.render.static import SHAPES_AT

DETAIL: Final = "detail"
"""The name of the file with the shapes of about 250 m, for the map of an answer."""

DETAIL_STEPS: Final = 2000
"""Steps in a degree: about 55 m, finer than those shapes are."""

_QUALITY: Final = 11  # of brotli: a third of a second, once

OVERVIEW_STEPS: Final = 1000
"""Steps in a degree for the shapes of about 1.2 km: about 110 m."""


class ShapesFiles:
    """The files by name: `detail`, and one for each level of coverage. Made once for a process."""

    def __init__(self, detail: AreaShapes, coverage: Coverage) -> None:
        """detail: the shapes of about 250 m. coverage: knows the outlines of each level."""
        towns = coverage.directory.towns
        overview = Outlines(coverage)
        fine = [Shape.of(code, detail.geometry_json(code)) for code in detail.codes]
        names = dict(zip(detail.codes, detail.labels(detail.codes), strict=True))
        self._files = {DETAIL: _file(fine, DETAIL_STEPS, towns, names)}
        for level in Level:
            shapes = overview.of(level)
            self._files[level.value] = _file(shapes, OVERVIEW_STEPS, towns)
        self._packed: dict[str, bytes] = {}
        self._digests = {
            name: hashlib.sha256(content).hexdigest()[:12] for name, content in self._files.items()
        }

    def url(self, name: str) -> str:
        """The address of a file; its version is a digest of its content. Raises KeyError."""
        return here(f"{SHAPES_AT}/{name}?v={self._digests[name]}")

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def packed(self, name: str) -> bytes:
        """A file as `content` gives it, compressed with brotli; made once. Raises KeyError."""
        if name not in self._packed:
            self._packed[name] = bytes(brotli.compress(self._files[name], quality=_QUALITY))
        return self._packed[name]

    def content(self, name: str) -> bytes:
        """A file as JSON. Raises KeyError.

        `shapes`: `[code, polygons]` for each, in the order of `Outlines.of`. A ring is a flat list
        of whole numbers, `steps` to a degree: the first longitude and latitude, then the steps from
        each point to the next. A third of the size of GeoJSON. `towns`: name, latitude, longitude
        and rank. `labels`: where the name of a council stands, by its place in `shapes`.
        """
        return self._files[name]


def _file(
    shapes: Sequence[Shape],
    steps: int,
    towns: Iterable[Town],
    names: Mapping[str, tuple[str, float, float]] | None = None,
) -> bytes:
    content: dict[str, Any] = {
        "steps": steps,
        "towns": [[t.name, t.lat, t.lon, t.rank] for t in towns],
        "shapes": [[s.code, [[steps_of(r, steps) for r in p] for p in s.polygons]] for s in shapes],
    }
    if names:
        content["labels"] = [list(names[s.code]) for s in shapes]
    return json.dumps(content, separators=(",", ":"), ensure_ascii=False).encode()


def steps_of(ring: Sequence[tuple[float, float]], steps: int) -> list[int]:
    """A ring of (longitude, latitude) as whole numbers: the first point, then each step."""
    out: list[int] = []
    before = (0, 0)
    for x, y in ring:
        here = (round(x * steps), round(y * steps))
        step = (here[0] - before[0], here[1] - before[1])
        if step != (0, 0):
            out += step
        before = here
    return out
