"""What the frame of a map loads: its page, scripts and style sheets, and the shapes of areas."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.directory import Directory
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.render.maps.frame import frame_page, frame_url
from mmhs_finder.render.maps.shapes_files import DETAIL_STEPS, ShapesFiles
from mmhs_finder.render.static import FILES, app_file_url

DATA = Path(__file__).parents[3] / "data"


@pytest.fixture(scope="module")
def shapes() -> AreaShapes:
    return AreaShapes(json.loads((DATA / "areas_detail.geojson").read_text(encoding="utf-8")))


# --- its page, scripts and style sheets -----------------------------------------------------------


def test_the_frame_has_no_script_and_no_style_inside() -> None:
    page = frame_page()
    assert re.findall(r"<script([^>]*)>(.*?)</script>", page) == [
        (f' src="{app_file_url("frame.js")}" defer', "")
    ]
    assert "<style" not in page
    assert not re.search(r"\s(?:style|on\w+)=", page)
    for name in ("map.js", "map_shapes.js", "map_signs.js", "coverage.js"):
        assert app_file_url(name) in page
    assert frame_url().startswith("/assets/map?v=")


@pytest.mark.parametrize(
    "name",
    [
        "frame.js",
        "map.js",
        "map_shapes.js",
        "map_signs.js",
        "coverage.js",
        "map.css",
        "app/maps.css",
    ],
)
def test_our_scripts_and_style_sheets_name_no_other_host_and_evaluate_nothing(name: str) -> None:
    text = (FILES / name).read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|@import|url\((?!#)(?!\" \+)|[\"'(]//", text)
    assert not re.search(r"\beval\b|new Function|setTimeout\(\"|insertAdjacentHTML|outerHTML", text)


def test_the_style_sheet_asks_only_for_colours_that_have_a_name() -> None:
    named = set(re.findall(r"(--[\w-]+):", (FILES / "colours.css").read_text(encoding="utf-8")))
    asked = set(re.findall(r"var\((--[\w-]+)\)", (FILES / "map.css").read_text(encoding="utf-8")))
    assert asked - named == set()


# --- shapes ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def files(shapes: AreaShapes, directory: Directory) -> ShapesFiles:
    return ShapesFiles(shapes, Coverage(directory, directory.newest_check))


def unpacked(flat: list[int], steps: int) -> list[tuple[float, float]]:
    x, y, points = 0, 0, []
    for dx, dy in zip(flat[::2], flat[1::2], strict=True):
        x, y = x + dx, y + dy
        points.append((x / steps, y / steps))
    return points


def test_packed_shapes_unpack_to_the_same(shapes: AreaShapes, files: ShapesFiles) -> None:
    content = json.loads(files.content("detail"))
    assert [code for code, _ in content["shapes"]] == list(shapes.codes)
    assert len(content["labels"]) == len(content["shapes"])
    hartlepool = json.loads(shapes.geometry_json("E06000001"))["coordinates"]
    outer = hartlepool[0] if isinstance(hartlepool[0][0][0], float) else hartlepool[0][0]
    packed = dict(content["shapes"])["E06000001"][0][0]
    found = unpacked(packed, DETAIL_STEPS)
    assert len(found) <= len(outer)
    for (x, y), (lon, lat) in zip(found[:1] + found[-1:], outer[:1] + outer[-1:], strict=True):
        assert abs(x - lon) <= 0.5 / DETAIL_STEPS
        assert abs(y - lat) <= 0.5 / DETAIL_STEPS


def test_a_line_between_two_councils_is_the_same_on_both_sides(files: ShapesFiles) -> None:
    """Else the outline of several areas, which is drawn of the lines that only one has, would show
    what lies between them."""
    rings = [
        unpacked(ring, DETAIL_STEPS)
        for code, polygons in json.loads(files.content("detail"))["shapes"]
        if code in ("E07000106", "E07000108")
        for polygon in polygons
        for ring in polygon
    ]
    lines = [tuple(sorted(pair)) for ring in rings for pair in pairwise(ring)]
    assert len(lines) - len(set(lines)) > 3


def test_the_shapes_are_small_and_another_content_has_another_address(files: ShapesFiles) -> None:
    sizes = {name: len(files.packed(name)) for name in ("detail", "council", "icb", "region")}
    assert sizes["detail"] < 75_000
    assert max(sizes["council"], sizes["icb"], sizes["region"]) < 25_000
    assert len({files.url(name) for name in sizes}) == 4
    assert "nothing" not in files
