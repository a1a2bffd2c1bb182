"""A directory and a postcode index in memory, of made-up records: no file is read.

Four councils of one degree lie in a row from west to east (`WEST` to `FAR`), so that each touches
the next only; `SPLIT` lies apart and consists of two parts, one above the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, cast

from mmhs_finder.answers.finding import Finder
from mmhs_finder.directory import Directory
from mmhs_finder.directory.map_models import Town
from mmhs_finder.directory.models import (
    Area,
    Certainty,
    Criteria,
    DevolvedService,
    NationalSupport,
    Service,
    ServiceArea,
)
from mmhs_finder.nation import Nation
from mmhs_finder.postcodes import Postcode, PostcodeIndex, Precision, UnknownPostcode
from mmhs_finder.postcodes.found import CouncilShare, Located


def area(code: str, name: str, **changes: Any) -> Area:
    return Area(
        **{
            "code": code,
            "name": name,
            "region": "Midlands",
            "icb_2026_code": "ICB1",
            "icb_2026": "First ICB",
            **changes,
        }
    )


WEST = area("E01", "Westshire")
MIDDLE = area("E02", "Middleshire")
EAST = area("E03", "Eastshire", icb_2026_code="ICB2", icb_2026="Second ICB", region="London")
FAR = area("E04", "Farshire", icb_2026_code="ICB2", icb_2026="Second ICB", region="London")
SPLIT = area("E05", "Splitshire")
UPPER = area("E05a", "Upper Splitshire", parent="E05")
LOWER = area("E05b", "Lower Splitshire", parent="E05")
AREAS = (WEST, MIDDLE, EAST, FAR, SPLIT, UPPER, LOWER)

_BOXES = {  # west, south, east, north
    "E01": (0, 50, 1, 51),
    "E02": (1, 50, 2, 51),
    "E03": (2, 50, 3, 51),
    "E04": (3, 50, 4, 51),
    "E05a": (10, 55, 11, 56),
    "E05b": (10, 54, 11, 55),
}


def shapes(areas: Iterable[Area] = AREAS) -> dict[str, Any]:
    """The boxes as GeoJSON, as `Directory.shapes` gives them."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"id": a.code, "name": a.name, "lad": a.parent or a.code},
                "geometry": _box(*_BOXES[a.code]),
            }
            for a in areas
            if a.code in _BOXES
        ],
    }


def _box(west: float, south: float, east: float, north: float) -> dict[str, Any]:
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def directory(
    services: Iterable[Service] = (),
    serves: Iterable[tuple[str, ...]] = (),
    *,
    criteria: Iterable[Criteria] = (),
    areas: Iterable[Area] = AREAS,
    national: Iterable[NationalSupport] = (),
    devolved: Iterable[DevolvedService] = (),
    towns: Iterable[Town] = (),
) -> Directory:
    """serves: (service, area) or (service, area, certainty), ids and codes."""
    areas = tuple(areas)
    rows = [
        ServiceArea(
            service_id=row[0],
            area_code=row[1],
            certainty=Certainty(row[2]) if len(row) > 2 else Certainty.STATED,
        )
        for row in serves
    ]
    outlines = shapes(areas)
    return Directory(
        services=MappingProxyType({s.id: s for s in services}),
        criteria=MappingProxyType({c.service_id: c for c in criteria}),
        service_areas=tuple(rows),
        areas=MappingProxyType({a.code: a for a in areas}),
        gaps=MappingProxyType({}),
        national=tuple(national),
        devolved=tuple(devolved),
        towns=tuple(towns),
        _shapes={True: outlines, False: outlines},
    )


class MadeUpIndex:
    """Finds the postcodes that it was made with, as `PostcodeIndex.locate` does."""

    def __init__(self, points: Mapping[str, tuple[float, float]] = MappingProxyType({})) -> None:
        """points: (latitude, longitude) of full postcodes, all in `WEST`."""
        self._found = {text: self._at(text, *point) for text, point in points.items()}

    @staticmethod
    def _at(text: str, lat: float, lon: float) -> Located:
        postcode = Postcode.parse(text)
        assert isinstance(postcode, Postcode)
        return Located(
            postcode=postcode,
            precision=Precision.POSTCODE,
            lat=lat,
            lon=lon,
            councils=(CouncilShare(WEST.code, 1),),
            nation=Nation.ENGLAND,
        )

    def add(self, text: str, **changes: Any) -> None:
        """A postcode or a wider one that is located otherwise."""
        postcode = Postcode.parse(text)
        assert isinstance(postcode, Postcode)
        self._found[text] = Located(
            **{
                "postcode": postcode,
                "precision": postcode.precision,
                "lat": None,
                "lon": None,
                "councils": (),
                "nation": Nation.ENGLAND,
                **changes,
            }
        )

    def locate(self, postcode: Postcode) -> Located:
        try:
            return self._found[str(postcode)]
        except KeyError:
            raise UnknownPostcode(postcode) from None


def finder(of: Directory, index: MadeUpIndex | None = None) -> Finder:
    return Finder(of, cast(PostcodeIndex, index or MadeUpIndex()))
