"""Fifths of deprivation: who lies in which, and what each is known to have. On any map of councils.

The figures are made up; only what holds for every directory is asserted.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.coverage.concentration import (
    Between,
    Concentration,
    Fifth,
    FifthShares,
    concentration,
    concentrations,
    fifths,
    fifths_of,
    places_inside,
)
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import GRADED, VALUES, Measure
from mmhs_finder.coverage.need_points import (
    NeedFigure,
    greatest,
    middle_deprivation,
    more_deprived,
    need_points,
)
from mmhs_finder.coverage.rows import AreaRow, shares_of
from mmhs_finder.coverage.values import UNKNOWN, Level, Value
from mmhs_finder.coverage.where import ENGLAND
from mmhs_finder.directory import Directory
from mmhs_finder.render.files.need import fifths_csv, points_csv
from tests.made_up import world
from tests.made_up.records import criteria, service

LOSS = Measure.LOSS
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def coverage(directory: Directory) -> Coverage:
    return Coverage(directory, TODAY)


def council(
    code: str, births: int | None, imd: float | None, value: Value = Value.NOT_READ
) -> AreaRow:
    return AreaRow(
        code, code, Level.COUNCIL, value, "Midlands", "An ICB", births=births, women=1, imd=imd
    )


# --- who lies in which fifth ----------------------------------------------------------------------

PLACED = [
    ("five alike in births, one each", [(1, 50), (1, 40), (1, 30), (1, 20), (1, 10)], "12345"),
    ("in any order", [(1, 10), (1, 50), (1, 30), (1, 20), (1, 40)], "51342"),
    ("one score lies together", [(1, 50), (1, 30), (1, 30), (1, 30), (1, 10)], "13335"),
    ("a large council lies where its middle birth does", [(3, 50), (1, 40), (1, 10)], "245"),
    ("alone it is in the middle", [(7, 20)], "3"),
    ("a border belongs to the less deprived", [(4, 9), (2, 8), (2, 7), (2, 6)], "2345"),
    ("without births or score it is in none", [(1, 50), (0, 40), (None, 40), (1, None)], "3---"),
    ("nobody", [], ""),
]


@pytest.mark.parametrize(("_why", "councils", "placed"), PLACED, ids=[row[0] for row in PLACED])
def test_a_council_lies_in_the_fifth_of_the_middle_one_of_its_births(_why, councils, placed):
    found = fifths(council(str(n), *figures) for n, figures in enumerate(councils))
    said = [str(found[str(n)].value) if str(n) in found else "-" for n in range(len(councils))]
    assert "".join(said) == placed


MAPS = st.lists(
    st.tuples(
        st.one_of(st.none(), st.integers(0, 9000)),
        st.one_of(st.none(), st.sampled_from([5.0, 12.5, 12.6, 20.0, 44.0])),
        st.sampled_from(VALUES[LOSS]),
    ),
    max_size=30,
).map(lambda rows: [council(str(n), *row) for n, row in enumerate(rows)])


@given(MAPS, st.randoms())
def test_fifths_do_not_depend_on_the_order_and_follow_deprivation(rows, chance):
    found = fifths(rows)
    assert set(found) == {r.code for r in rows if r.births and r.imd is not None}
    mixed = list(rows)
    chance.shuffle(mixed)
    assert fifths(mixed) == found
    scored = [r for r in rows if r.code in found]
    for one in scored:
        for other in scored:
            if (one.imd or 0) >= (other.imd or 0):
                assert found[one.code] <= found[other.code]


@given(MAPS)
def test_no_fifth_ends_further_from_its_fifth_of_births_than_half_of_one_score(rows):
    """So a fifth is a fifth, but for the councils that cannot be divided."""
    found = fifths(rows)
    placed = [r for r in rows if r.code in found]
    births = sum(r.births or 0 for r in placed)
    together: Counter[float | None] = Counter()
    for r in placed:
        together[r.imd] += r.births or 0
    most = max(together.values(), default=0)
    for fifth in Fifth:
        upto = sum(r.births or 0 for r in placed if found[r.code] <= fifth)
        assert abs(upto - births * fifth / 5) <= most / 2


# --- what a fifth is known to have ----------------------------------------------------------------


def across(rows: Sequence[AreaRow], measure: Measure = LOSS) -> Concentration:
    """The fifths of some councils that are all of a country."""
    found = fifths(rows)
    parts = (
        FifthShares(f, shares_of(measure, [r for r in rows if found.get(r.code) == f]))
        for f in Fifth
    )
    return Concentration(measure, ENGLAND, tuple(parts), 0)


@given(MAPS)
def test_births_add_up_and_percents_add_to_100(rows):
    found = across(rows)
    assert found.births == sum(r.births or 0 for r in rows if r.imd is not None)
    for each in found.fifths:
        if each.shares.births:
            assert sum(each.shares.rounded().values()) == pytest.approx(100)
            assert each.unknown is not None and each.possible is not None
            assert each.possible.low == each.yes <= each.possible.high <= 100
            assert each.unknown + each.yes <= 100.05


@given(MAPS, st.data())
def test_a_yes_in_place_of_anything_never_lowers_what_its_fifth_is_known_to_have(rows, data):
    if not rows:
        return
    at = data.draw(st.integers(0, len(rows) - 1))
    better = [*rows]
    better[at] = replace(rows[at], value=Value.YES)
    for before, after in zip(across(rows).fifths, across(better).fifths, strict=True):
        assert after.shares.percent(Value.YES) >= before.shares.percent(Value.YES)
        assert (after.unknown or 0) <= (before.unknown or 0) + 0.2  # tenths are shared out anew


@given(MAPS, st.sampled_from([Value.YES, Value.NO]))
def test_whatever_is_true_of_the_unknown_the_gap_lies_between_its_bounds(rows, truth):
    """All that is unknown at one end turns out one way, at the other end the other way."""
    found, ends = fifths(rows), {Fifth.MOST: truth, Fifth.LEAST: _other(truth)}
    known = [
        replace(r, value=ends.get(found.get(r.code, Fifth.MIDDLE), r.value))
        if r.value in (*UNKNOWN, Value.PART, Value.NOT_LISTED)
        else r
        for r in rows
    ]
    before, after = across(rows), across(known)
    if before.possible_gap is None or after.gap is None:
        assert before.gap is None
        return
    off = 0.4  # tenths that add to 100 may each be a tenth off
    assert before.possible_gap.low - off <= after.gap <= before.possible_gap.high + off


def _other(value: Value) -> Value:
    return Value.NO if value is Value.YES else Value.YES


def test_what_is_known_in_full_has_no_bounds_apart():
    rows = [council("A", 5, 40, Value.YES), council("B", 5, 1, Value.NO)]
    rows += [council("C", 15, 20, Value.YES)]
    found = across(rows)
    assert (found.gap, found.possible_gap) == (100.0, Between(100.0, 100.0))


def test_a_list_that_leaves_it_out_is_neither_a_no_nor_unknown():
    middle = across([council("A", 1, 40, Value.NOT_LISTED)]).of(Fifth.MIDDLE)
    assert (middle.yes, middle.unknown, middle.possible) == (0.0, 0.0, Between(0.0, 100.0))


def test_what_was_confirmed_to_us_we_know_and_a_graded_measure_has_no_gap():
    row = council("A", 1, 40, Value.NOT_READ)
    confirmed = across([row], Measure.CONFIRMED).of(Fifth.MIDDLE)
    assert (confirmed.unknown, confirmed.possible) == (None, Between(0.0, 0.0))
    ends = [council("A", 1, 40, Value.RECENT), council("B", 1, 1, Value.OLD)]
    graded = across([*ends, council("C", 3, 20, Value.OLD)], Measure.AGE)
    assert graded.gap is None and graded.possible_gap is None


# --- of a directory -------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", list(Measure))
def test_the_places_of_england_together_are_england_in_each_fifth(coverage, measure):
    regions = [p for p in coverage.places if p.level is Level.REGION]
    found = concentrations(coverage, measure, regions)
    for each in concentration(coverage, measure).fifths:
        together: Counter[Value] = Counter()
        for region in found:
            together.update(region.of(each.fifth).shares.by_value)
        assert together == Counter(each.shares.by_value)


def test_a_part_of_a_split_council_counts_with_its_council(coverage):
    placed = fifths_of(coverage)
    rows = coverage.rows(Level.COUNCIL, LOSS)
    assert not {r.code for r in rows if r.parent} & set(placed)
    whole = concentration(coverage, LOSS)
    assert whole.births + whole.left_out == sum(r.births or 0 for r in rows)


def test_a_council_without_a_score_is_in_no_fifth_and_its_births_are_told_apart():
    areas = (
        world.area("E01", "A", births_year_to_mid_2020=10, imd_2025_average_score=30.0),
        world.area("E02", "B", births_year_to_mid_2020=4),
    )
    found = concentration(Coverage(world.directory([service()], areas=areas), TODAY), LOSS)
    assert (found.births, found.left_out) == (10, 4)


def test_what_lies_inside_a_place(coverage):
    levels = Counter(place.level for place in places_inside(coverage, ENGLAND))
    assert set(levels) == {Level.REGION, Level.ICB}
    for place in coverage.places[1:]:
        inside = places_inside(coverage, place)
        assert place not in inside
        assert bool(inside) == (place.level is Level.REGION)


# --- points ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", list(Level))
def test_every_area_is_a_point_once_and_the_births_are_those_of_england(coverage, level):
    points = need_points(coverage, level, LOSS)
    areas = {r.code for r in coverage.rows(level, LOSS) if not r.parent}
    assert Counter(p.row.code for p in points) == Counter(areas)
    assert sum(p.births for p in points) == coverage.shares(LOSS).births
    assert [p.births for p in points] == sorted((p.births for p in points), reverse=True)


def test_the_score_of_an_icb_is_the_mean_of_its_councils_weighted_by_births():
    figures = {"E01": (30, 10.0), "E02": (10, 50.0), "E03": (5, None)}
    areas = tuple(
        world.area(code, code, births_year_to_mid_2020=births, imd_2025_average_score=score)
        for code, (births, score) in figures.items()
    )
    coverage = Coverage(world.directory([service()], areas=areas), TODAY)
    (icb,) = need_points(coverage, Level.ICB, LOSS)
    assert icb.deprivation == pytest.approx((30 * 10 + 10 * 50) / 40)
    assert icb.births == 45
    councils = {p.row.code: p.deprivation for p in need_points(coverage, Level.COUNCIL, LOSS)}
    assert councils == {"E01": 10.0, "E02": 50.0, "E03": None}


def test_the_greatest_need_is_above_the_middle_and_most_births_first(coverage):
    points = need_points(coverage, Level.COUNCIL, LOSS)
    middle = middle_deprivation(points)
    found = greatest(more_deprived(points, points))
    assert middle is not None and 0 < len(found) <= 10
    assert all((p.deprivation or 0) > middle for p in found)
    least = min(p.births for p in found)
    left = [p for p in points if p not in found and (p.deprivation or 0) > middle]
    assert all(p.births <= least for p in left)
    women = greatest(points, NeedFigure.WOMEN)
    assert women[0].women == max(p.women for p in points)


def test_without_scores_there_is_no_middle_and_nothing_above_it():
    areas = (world.area("E01", "A", births_year_to_mid_2020=10),)
    coverage = Coverage(world.directory([service()], areas=areas), TODAY)
    points = need_points(coverage, Level.COUNCIL, LOSS)
    assert points and middle_deprivation(points) is None
    assert more_deprived(points, points) == ()


# --- files ----------------------------------------------------------------------------------------


def read(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


@pytest.mark.parametrize("measure", [LOSS, Measure.CONFIRMED, Measure.AGE])
def test_the_file_of_fifths_can_be_added_up(coverage, measure):
    rows = read(fifths_csv(coverage, measure))
    england = [r for r in rows if r["place"] == "England"]
    assert [r["fifth_1_is_most_deprived"] for r in england] == list("12345")
    for row in rows:
        shares = [v for k, v in row.items() if k.startswith("percent_of_births") and v]
        assert sum(map(float, shares)) == pytest.approx(
            100 if row["births_year_to_mid_2020"] != "0" else 0
        )
        assert (row["percent_yes_at_most"] == "") == (measure in GRADED or not shares)
        assert row["title"] and "Index of Multiple Deprivation" in row["sources"]
    births = sum(int(r["births_year_to_mid_2020"]) for r in england)
    regions = [r for r in rows if r["place"].startswith("NHS region")]
    assert births == sum(int(r["births_year_to_mid_2020"]) for r in regions)


def test_the_file_of_areas_says_whose_score_it_is(coverage):
    councils = read(points_csv(coverage, Level.COUNCIL, LOSS))
    assert {r["deprivation_is"] for r in councils} == {"own_score"}
    placed = fifths_of(coverage)
    assert all(int(r["fifth_1_is_most_deprived"]) == placed[r["code"]] for r in councils)
    icbs = read(points_csv(coverage, Level.ICB, LOSS))
    assert {r["deprivation_is"] for r in icbs} == {"mean_of_councils_weighted_by_births"}
    assert {r["fifth_1_is_most_deprived"] for r in icbs} == {""}


def test_a_name_in_the_file_is_no_formula():
    area = world.area(
        "E01", "=1+1", births_year_to_mid_2020=1, imd_2025_average_score=1.0, women_15_44_mid_2021=2
    )
    coverage = Coverage(world.directory([service()], areas=(area,)), TODAY)
    (row,) = read(points_csv(coverage, Level.COUNCIL, LOSS))
    assert not row["name"].startswith("=")


def test_a_published_yes_is_what_the_fifth_has():
    """From the services to the fifth: one that says yes, and one that nobody confirmed."""
    areas = tuple(
        world.area(code, code, births_year_to_mid_2020=10, imd_2025_average_score=score)
        for code, score in (
            ("E01", 50.0),
            ("E02", 40.0),
            ("E03", 30.0),
            ("E04", 20.0),
            ("E05", 1.0),
        )
    )
    services = [service(id="one"), service(id="other", status="unknown")]
    says = [criteria(service_id=each.id, loss="yes") for each in services]
    made = world.directory(services, [("one", "E01"), ("other", "E05")], criteria=says, areas=areas)
    found = concentration(Coverage(made, TODAY), LOSS)
    assert [(f.yes, f.unknown) for f in found.fifths] == [(100.0, 0.0), *[(0.0, 100.0)] * 4]
    assert found.gap == 100.0 and found.possible_gap == Between(0.0, 100.0)
