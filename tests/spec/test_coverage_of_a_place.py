"""Somebody plans for one NHS region or one ICB: all she sees and takes away is of that place."""

from __future__ import annotations

import csv
import io
import json
import random
import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.gaps import PRESETS, Preset, Scaling, Weights, preset_of
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import in_words, map_title, where_words
from mmhs_finder.directory import Directory
from mmhs_finder.directory.vocabularies import Region
from mmhs_finder.render.files.coverage import file_name, gaps_csv, to_csv, to_geojson
from mmhs_finder.render.files.coverage_picture import drawing, to_svg
from mmhs_finder.render.html.coverage import share_sentence, shares_table
from mmhs_finder.render.html.coverage_bar import bar_svg, regions_html, shares_bar_html
from mmhs_finder.render.maps.coverage.map import coverage_map
from mmhs_finder.render.maps.coverage.outlines import Outlines

LOSS, COUNCIL, ICB, REGION = Measure.LOSS, Level.COUNCIL, Level.ICB, Level.REGION
KINDS = (REGION, ICB)


@pytest.fixture(scope="module")
def coverage(directory: Directory) -> Coverage:
    return Coverage(directory, date(2026, 11, 22))


@pytest.fixture(scope="module")
def outlines(coverage: Coverage) -> Outlines:
    return Outlines(coverage)


@pytest.fixture(scope="module")
def north_west(coverage: Coverage) -> Where:
    where = coverage.place("North West")
    assert where is not None
    return where


def of_kind(coverage: Coverage, kind: Level) -> list[Where]:
    return [where for where in coverage.places if where.level is kind]


# --- which areas are where ------------------------------------------------------------------------


def assert_divided(coverage, kind, level):
    """Every area lies in one place of a kind, and in no more."""
    found = Counter(
        row.code for where in of_kind(coverage, kind) for row in coverage.rows(level, LOSS, where)
    )
    assert set(found) == {row.code for row in coverage.rows(level, LOSS)}
    assert set(found.values()) == {1}


@pytest.mark.parametrize("kind", KINDS)
def test_the_places_of_a_kind_are_england_and_no_area_is_in_two(coverage, kind):
    for level in coverage.levels(of_kind(coverage, kind)[0]):
        assert_divided(coverage, kind, level)


@pytest.mark.parametrize("seed", range(5))
def test_so_it_is_on_any_map_also_with_icbs_across_regions_and_parts_in_other_icbs(directory, seed):
    """Regions and ICBs thrown over the councils: nothing that today's map happens to have."""
    chance = random.Random(seed)
    areas = {
        code: area.model_copy(
            update={
                "region": chance.choice(list(Region)),
                "icb_2026_code": f"ICB{(n := chance.randrange(9))}",
                "icb_2026": f"NHS {n}",
            }
        )
        for code, area in directory.areas.items()
    }
    coverage = Coverage(replace(directory, areas=areas), date(2026, 11, 22))
    for kind, levels in ((REGION, (COUNCIL, ICB, REGION)), (ICB, (COUNCIL, ICB))):
        for level in levels:
            assert_divided(coverage, kind, level)


@pytest.mark.parametrize("measure", list(Measure))
@pytest.mark.parametrize("kind", KINDS)
def test_shares_add_up_to_100_and_births_to_england(coverage, measure, kind):
    england, total = coverage.shares(measure), Counter()
    for where in of_kind(coverage, kind):
        shares = coverage.shares(measure, where)
        assert round(sum(shares.rounded().values()), 6) == 100.0
        assert shares == coverage.row(kind, measure, where.code).shares
        total.update(shares.by_value)
    assert total == Counter(england.by_value)


def test_only_levels_that_divide_a_place_are_offered(coverage, north_west):
    assert coverage.levels(ENGLAND) == (COUNCIL, ICB, REGION)
    assert coverage.levels(north_west) == (COUNCIL, ICB)
    assert coverage.levels(of_kind(coverage, ICB)[0]) == (COUNCIL,)


def test_a_code_that_names_no_place_is_none(coverage):
    assert coverage.place("") == ENGLAND
    assert coverage.place("Mars") is None
    # A council is not a place to look in: it is an area to choose.
    assert coverage.place("E06000001") is None


# --- the gap list ---------------------------------------------------------------------------------


def test_the_gap_list_of_a_place_is_england_s_list_with_the_others_left_out(coverage, north_west):
    weights = PRESETS[Preset.DEPRIVATION]
    england = coverage.gaps(LOSS, weights, Scaling.RANK)
    inside = coverage.gaps(LOSS, weights, Scaling.RANK, where=north_west)
    assert 0 < len(inside) < len(england)
    assert list(inside) == [g for g in england if g.row.region == "North West"]
    assert [g.need for g in inside] == sorted((g.need for g in inside), reverse=True)


def test_what_is_near_may_lie_outside(coverage):
    near = [
        (where, gap)
        for where in of_kind(coverage, ICB)
        for gap in coverage.gaps(LOSS, Weights(), Scaling.RANK, where=where)
        if gap.nearest and not coverage.holds(where, COUNCIL, gap.nearest.code)
    ]
    assert near


def test_weights_have_a_name_only_where_they_are_the_preset(coverage):
    assert {preset_of(weights) for weights in PRESETS.values()} == set(Preset)
    assert preset_of(Weights(5, 5, 4)) is None
    first = {
        preset: coverage.gaps(LOSS, weights, Scaling.RANK)[0].row
        for preset, weights in PRESETS.items()
    }
    assert first[Preset.BIRTHS].births > first[Preset.DEPRIVATION].births
    assert first[Preset.DEPRIVATION].imd > first[Preset.BIRTHS].imd


# --- every file -----------------------------------------------------------------------------------


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_holds_the_areas_of_the_place_and_says_which(coverage, outlines, kind):
    for where in of_kind(coverage, kind)[::5]:
        for level in coverage.levels(where):
            own = {r.code for r in coverage.rows(level, LOSS, where)}
            shapes = {s.code for s in outlines.of(level, where)}
            assert shapes <= own
            table = read(to_csv(coverage, level, LOSS, where))
            assert [row["code"] for row in table] == [
                r.code for r in coverage.rows(level, LOSS, where)
            ]
            geojson = json.loads(to_geojson(coverage, outlines, level, LOSS, where))
            assert {f["id"] for f in geojson["features"]} == shapes
            svg = ET.fromstring(to_svg(coverage, outlines, level, LOSS, where).decode())
            assert len(svg.findall("{http://www.w3.org/2000/svg}path")) == len(shapes)
            title = map_title(level, LOSS, where)
            assert where.name in title
            assert {row["title"] for row in table} == {geojson["title"]} == {title}
            assert svg.findtext("{http://www.w3.org/2000/svg}title") == title
        gaps = coverage.gaps(LOSS, Weights(), Scaling.RANK, where=where)
        lines = read(gaps_csv(gaps, coverage, LOSS, Weights(), Scaling.RANK, where))
        assert [line["code"] for line in lines] == [g.row.code for g in gaps]
        assert all(where.name in line["title"] for line in lines)


def test_a_picture_of_a_place_fills_its_frame_and_hides_nothing_behind_its_legend(
    coverage, outlines
):
    for where in coverage.places[1:]:
        drawn = drawing(coverage, outlines, COUNCIL, LOSS, where)
        points = [p for a in drawn.areas for poly in a.polygons for ring in poly for p in ring]
        left, right = min(x for x, _ in points), max(x for x, _ in points)
        top, bottom = min(y for _, y in points), max(y for _, y in points)
        assert left >= 0 and right <= 1000 and bottom <= 1400
        assert right - left > 850 or bottom - top > 850
        assert top > max(key.y for key in drawn.legend) + 24


def test_a_filter_of_the_table_holds_for_its_file(coverage, north_west):
    rows = read(to_csv(coverage, COUNCIL, LOSS, north_west, " bLack"))
    assert [row["name"] for row in rows] == ["Blackburn with Darwen", "Blackpool"]


def test_the_name_of_a_file_says_the_place(coverage, north_west):
    day = coverage.date.isoformat()
    assert file_name(coverage, "gaps-loss", ENGLAND, "csv") == f"gaps-loss-england-{day}.csv"
    assert file_name(coverage, "x", north_west, "png") == f"x-north-west-{day}.png"
    names = {file_name(coverage, "x", where, "csv") for where in coverage.places}
    assert len(names) == len(coverage.places)


# --- what is told ---------------------------------------------------------------------------------


def test_a_place_is_named_as_people_say_it(coverage, north_west):
    london = coverage.place("London")
    kent = coverage.place("E54000032")
    assert london and kent
    assert [in_words(w) for w in (ENGLAND, north_west, london, kent)] == [
        "In England",
        "In the North West",
        "In London",
        "In NHS Kent and Medway",
    ]
    assert where_words(north_west) == "NHS region: North West"
    assert where_words(kent) == "ICB: NHS Kent and Medway"


def test_the_sentence_of_a_place_has_every_share_and_always_what_is_not_known(coverage, north_west):
    shares = replace(
        coverage.shares(LOSS, north_west),
        by_value={Value.YES: 531, Value.PART: 23, Value.NOT_PUBLISHED: 446},
    )
    assert share_sentence(shares, north_west).replace("\xa0", " ") == (
        "In the North West: yes 53.1 %, in part of the area 2.3 %, not published 44.6 %, "
        "not known to us 0.0 % of births."
    )


def test_the_bar_has_a_part_for_each_share_and_a_letter_where_one_fits():
    root = ET.fromstring(
        bar_svg([(Value.YES, 60.0), (Value.PART, 2.5), (Value.NO, 37.5)], letters=True)
    )
    svg = "{http://www.w3.org/2000/svg}"
    parts = root.findall(f"{svg}rect")
    assert [(r.get("x"), r.get("width")) for r in parts] == [
        ("0.0%", "60.0%"),
        ("60.0%", "2.5%"),
        ("62.5%", "37.5%"),
    ]
    assert {r.get("fill") for r in parts} == {"url(#fill-yes)", "url(#fill-part)", "url(#fill-no)"}
    assert [t.text for t in root.iter(f"{svg}text")] == ["Y", "N"]


def test_the_bar_s_words_and_table_say_what_it_draws(coverage, north_west):
    shares = coverage.shares(LOSS, north_west)
    page = shares_bar_html(coverage, LOSS, north_west)
    assert f'alt="{share_sentence(shares, north_west)}"' in page
    assert shares_table(coverage, LOSS, north_west) in page
    regions = regions_html(coverage, LOSS)
    for where in of_kind(coverage, REGION):
        assert share_sentence(coverage.shares(LOSS, where), where) in regions


def test_the_map_of_a_place_is_zoomed_to_it_and_fills_no_area_outside(
    coverage, outlines, north_west
):
    box = outlines.bounds(north_west)
    england = outlines.bounds(ENGLAND)
    assert (box.north - box.south) < 0.6 * (england.north - england.south)
    data = coverage_map(coverage, outlines, COUNCIL, LOSS, "/shapes", where=north_west).data()
    assert data["view"] == [
        [round(box.south, 5), round(box.west, 5)],
        [round(box.north, 5), round(box.east, 5)],
    ]
    values = data["layers"][0]
    filled = [n for n, value in zip(values["names"], values["values"], strict=True) if value >= 0]
    assert "Blackpool" in filled and "Canterbury" not in filled
    assert len(values["values"]) == len(outlines.of(COUNCIL)) > len(filled)
