"""The coverage map beside folium's own ways to draw it, in one run on one machine.

    python benchmarks/bench_coverage_map.py

Bytes are of what is sent for a map: folium's whole page; of ours the data, and once the shapes,
which the browser keeps. Look at the ratios: they hold on other machines, the times do not. Nothing
is written. How fast a browser paints it: `bench_coverage_paint.py`.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import folium
import pandas as pd

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import VALUES, Measure
from mmhs_finder.coverage.values import Level
from mmhs_finder.directory import load_directory
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.render.maps.coverage.map import coverage_map
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.render.maps.shapes_files import ShapesFiles

MEASURE = Measure.BIRTH_TRAUMA
TODAY = date(2026, 11, 22)


def best(action: Callable[[], str], repeat: int = 5) -> tuple[float, str]:
    """The shortest of `repeat` runs in seconds, and what the last one made."""
    times, made = [], ""
    for _ in range(repeat):
        start = time.perf_counter()
        made = action()
        times.append(time.perf_counter() - start)
    return min(times), made


def main() -> None:
    directory = load_directory()
    coverage = Coverage(directory, TODAY)
    outlines = Outlines(coverage)
    rows = {r.code: r for r in coverage.rows(Level.COUNCIL, MEASURE)}
    values = pd.DataFrame(
        [(c, VALUES[MEASURE].index(r.value)) for c, r in rows.items()], columns=["code", "value"]
    )
    detail = directory.shapes(detail=True)
    overview = directory.shapes(detail=False)

    def ours(level: Level) -> str:
        return json.dumps(coverage_map(coverage, outlines, level, MEASURE, "/shapes").data())

    files = ShapesFiles(AreaShapes(detail), coverage)

    def kept(level: Level) -> str:
        return files.content(level.value).decode()

    def geojson(shapes: dict[str, object]) -> str:
        m = folium.Map(tiles=None)
        folium.GeoJson(json.loads(json.dumps(shapes)), tooltip=None).add_to(m)
        return str(m.get_root().render())

    def choropleth(shapes: dict[str, object]) -> str:
        m = folium.Map(tiles=None)
        folium.Choropleth(
            geo_data=json.loads(json.dumps(shapes)),
            data=values,
            columns=["code", "value"],
            key_on="feature.properties.id",
        ).add_to(m)
        return str(m.get_root().render())

    cases: list[tuple[str, Callable[[], str]]] = [
        ("this map, councils", lambda: ours(Level.COUNCIL)),
        ("this map, ICBs", lambda: ours(Level.ICB)),
        ("this map, regions", lambda: ours(Level.REGION)),
        ("its shapes, once, councils", lambda: kept(Level.COUNCIL)),
        ("its shapes, once, ICBs", lambda: kept(Level.ICB)),
        ("its shapes, once, regions", lambda: kept(Level.REGION)),
        ("folium.GeoJson, overview shapes", lambda: geojson(overview)),
        ("folium.Choropleth, overview shapes", lambda: choropleth(overview)),
        ("folium.GeoJson, detailed shapes", lambda: geojson(detail)),
        ("folium.Choropleth, detailed shapes", lambda: choropleth(detail)),
    ]
    base_bytes = base_time = 0.0
    print(f"{'':36}{'kB':>8}{'gzip kB':>9}{'ratio':>7}{'ms':>9}{'ratio':>7}")
    for name, action in cases:
        seconds, page = best(action)
        size = len(page.encode())
        packed = len(gzip.compress(page.encode(), 6))
        base_bytes, base_time = base_bytes or size, base_time or seconds
        print(
            f"{name:36}{size / 1000:8.1f}{packed / 1000:9.1f}{size / base_bytes:7.1f}"
            f"{seconds * 1000:9.1f}{seconds / base_time:7.1f}"
        )


if __name__ == "__main__":
    main()
