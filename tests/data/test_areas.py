"""Which area a point is in, and which areas lie side by side."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from mmhs_finder.places.shapes import AreaShapes, Bounds

DATA = Path(__file__).parents[2] / "data"
CANTERBURY = "E07000106"


@pytest.fixture(scope="module")
def shapes() -> AreaShapes:
    return AreaShapes(json.loads((DATA / "areas_detail.geojson").read_text(encoding="utf-8")))


@pytest.mark.parametrize(
    ("town", "council", "lat", "lon", "part"),
    [
        ("Lowestoft", "E07000244", 52.475, 1.751, "E07000244-W"),
        ("Woodbridge", "E07000244", 52.093, 1.320, "E07000244-R"),
        ("Skipton", "E06000065", 53.962, -2.017, "E06000065-C"),
        ("Harrogate", "E06000065", 53.991, -1.537, "E06000065-R"),
        ("Kendal", "E06000064", 54.327, -2.747, "E06000064-S"),
        ("Penrith", "E06000064", 54.664, -2.752, "E06000064-E"),
    ],
)
def test_the_part_of_a_split_council_that_a_town_is_in(
    shapes: AreaShapes, town: str, council: str, lat: float, lon: float, part: str
) -> None:
    assert shapes.part_at(council, lat, lon) == part, town
    assert shapes.area_at(lat, lon) == part, town


def test_a_point_just_off_the_simplified_coast_belongs_to_the_nearest_part(
    shapes: AreaShapes,
) -> None:
    off_lowestoft = (52.475, 1.79)
    assert shapes.area_at(*off_lowestoft) is None
    assert shapes.part_at("E07000244", *off_lowestoft) == "E07000244-W"


def test_a_council_that_is_not_split_is_its_own_part(shapes: AreaShapes) -> None:
    assert shapes.part_at(CANTERBURY, 51.28, 1.08) == CANTERBURY


def test_many_points_get_the_parts_that_each_would_get_alone(shapes: AreaShapes) -> None:
    for council in ("E07000244", "E06000065", "E06000064"):
        box = shapes.bounds([council])
        assert box is not None
        south, west, north, east = box.padded(0.1)  # also outside of it
        lats, lons = np.random.default_rng(7).uniform((south, west), (north, east), (200, 2)).T
        parts = shapes.parts_at(council, lats, lons)
        names = [shapes.shape_codes(council)[part] for part in parts.tolist()]
        points = list(zip(lats.tolist(), lons.tolist(), strict=True))
        assert names == [shapes.part_at(council, lat, lon) for lat, lon in points]
        for name, (lat, lon) in zip(names, points, strict=True):
            area = shapes.area_at(lat, lon)
            assert area == name or area not in shapes.shape_codes(council)
        assert set(names) == set(shapes.shape_codes(council))
    assert shapes.parts_at("E07000244", [], []).tolist() == []
    with pytest.raises(KeyError):
        shapes.parts_at(CANTERBURY, [51.28], [1.08])


@pytest.mark.parametrize(("lat", "lon"), [(51.28, 3.0), (55.95, -3.19), (51.48, -3.18)])
def test_no_area_at_sea_in_scotland_or_in_wales(shapes: AreaShapes, lat: float, lon: float) -> None:
    assert shapes.area_at(lat, lon) is None


def test_neighbours_of_canterbury(shapes: AreaShapes) -> None:
    names = {code: name for code in shapes.codes for name, _, _ in shapes.labels([code])}
    assert {names[code] for code in shapes.neighbours(CANTERBURY)} == {
        "Ashford",
        "Dover",
        "Folkestone and Hythe",
        "Swale",
        "Thanet",
    }


def test_neighbours_are_mutual_and_never_the_area_itself(shapes: AreaShapes) -> None:
    for code in shapes.codes:
        assert code not in shapes.neighbours(code)
        for other in shapes.neighbours(code):
            assert code in shapes.neighbours(other), (code, other)


def test_only_islands_have_no_neighbours(shapes: AreaShapes) -> None:
    alone = [c for c in shapes.codes if not shapes.neighbours(c)]
    assert alone == ["E06000046", "E06000053"]  # Isle of Wight, Isles of Scilly


def test_a_split_council_has_the_neighbours_of_its_parts(shapes: AreaShapes) -> None:
    west, rest = "E07000244-W", "E07000244-R"
    assert rest in shapes.neighbours(west)
    both = set(shapes.neighbours(west)) | set(shapes.neighbours(rest))
    assert set(shapes.neighbours("E07000244")) == both - {west, rest}


def test_a_code_without_a_shape_has_nothing(shapes: AreaShapes) -> None:
    assert shapes.shape_codes("W06000015") == ()
    assert shapes.neighbours("W06000015") == ()
    assert shapes.bounds(["W06000015"]) is None


def test_boxes() -> None:
    box = Bounds(50, 0, 52, 4)
    assert box.padded(0.5) == Bounds(49, -2, 53, 6)
    assert box.around(53, 1) == Bounds(50, 0, 53, 4)
