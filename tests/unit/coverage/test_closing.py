"""What a scenario changes, and which steps close a gap, on a map of six areas."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest

from mmhs_finder.coverage.closing import (
    TAKES,
    difference,
    icbs,
    running,
    unconfirmed,
    what_it_takes,
)
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import PATHWAY_MEASURES, Measure
from mmhs_finder.coverage.scenario import MOST, SWITCHES, Scenario, under, written
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.directory.models import ServiceKind, Status
from tests.made_up.records import criteria, service
from tests.made_up.world import AREAS, area, directory

TODAY = date(2026, 11, 24)
LOSS, SEPARATION, ALL_FOUR = Measure.LOSS, Measure.SEPARATION, Measure.ALL_FOUR
BIRTHS = {"E01": 100, "E02": 300, "E03": 200, "E04": 50, "E05": 1000}
OF_BIRTHS = [a.model_copy(update={"births_year_to_mid_2020": BIRTHS.get(a.code)}) for a in AREAS]
NOTHING = Scenario()
FIRST = Where(Level.ICB, "ICB1", "First ICB")
SECOND = Where(Level.ICB, "ICB2", "Second ICB")


def coverage(ids: Iterable[object], serves, said=(), areas=OF_BIRTHS) -> Coverage:
    found = [service(id=i, name=i.title()) if isinstance(i, str) else i for i in ids]
    return Coverage(directory(found, serves, criteria=said, areas=areas), TODAY)


def offers(key: str, *helps: str):
    return criteria(service_id=key, **dict.fromkeys(helps, "yes"))


def steps(of: Coverage, measure: Measure, where: Where = ENGLAND, given: Scenario = NOTHING):
    return [
        (written(step.assumed), step.births, step.after.by_value[Value.YES])
        for step in what_it_takes(of, given, measure, where)
    ]


TWO = coverage(["small", "large"], [("small", "E01"), ("large", "E02"), ("large", "E03")])


# --- what changes ---------------------------------------------------------------------------------


def test_what_turns_to_a_yes_what_it_gains_and_what_is_left() -> None:
    then = under(TWO, Scenario.of({"large": [LOSS]}))
    found = difference(TWO, then, LOSS, ENGLAND)
    assert [row.code for row in found.turned] == ["E03", "E02"]
    assert found.births == 500
    assert [row.code for row in found.left] == ["E04", "E05", "E01"]
    assert found.before == TWO.shares(LOSS) and found.after == then.shares(LOSS)
    assert difference(TWO, then, SEPARATION, ENGLAND).turned == ()


def test_only_what_lies_in_the_place_counts() -> None:
    then = under(TWO, Scenario.of({"large": [LOSS]}))
    found = difference(TWO, then, LOSS, SECOND)
    assert ([row.code for row in found.turned], found.births) == (["E03"], 200)
    assert [row.code for row in found.left] == ["E04"]


def test_a_part_of_a_council_that_changes_is_told_and_its_council_is_left() -> None:
    of = coverage(["upper"], [("upper", "E05a")])
    then = under(of, Scenario.of({"upper": [LOSS]}))
    found = difference(of, then, LOSS, FIRST)
    assert ([row.code for row in found.turned], found.births) == (["E05a"], 0)
    assert "E05" in [row.code for row in found.left]


# --- services of a place --------------------------------------------------------------------------


def test_only_mmhs_that_run_can_be_changed_and_those_in_doubt_are_named_apart() -> None:
    of = coverage(
        [
            "b",
            "a",
            service(id="doubt", status=Status.UNKNOWN),
            service(id="closed", status=Status.CLOSED),
            service(id="team", kind=ServiceKind.PERINATAL_TEAM),
            "elsewhere",
        ],
        [(i, "E01") for i in ("b", "a", "doubt", "closed", "team")] + [("elsewhere", "E03")],
    )
    assert [s.id for s in running(of, FIRST)] == ["a", "b"]
    assert [s.id for s in unconfirmed(of, FIRST)] == ["doubt"]
    assert [s.id for s in running(of, ENGLAND)] == ["a", "b", "elsewhere"]
    assert unconfirmed(of, SECOND) == ()


def test_the_icbs_of_a_place() -> None:
    assert icbs(TWO, ENGLAND) == (FIRST, SECOND)
    assert icbs(TWO, SECOND) == (SECOND,)
    assert icbs(TWO, Where(Level.REGION, "London", "London")) == (SECOND,)


# --- steps ----------------------------------------------------------------------------------------


def test_services_that_are_there_come_first_then_new_ones_most_births_first() -> None:
    assert steps(TWO, LOSS) == [
        ("large.loss", 500, 500),
        ("small.loss", 100, 600),
        ("_ICB1.loss", 1000, 1600),
        ("_ICB2.loss", 50, 1650),
    ]


def test_in_a_place_only_its_births_count() -> None:
    assert steps(TWO, LOSS, SECOND) == [("large.loss", 200, 200), ("_ICB2.loss", 50, 250)]


def test_what_is_assumed_already_counts() -> None:
    given = Scenario.of({"large": [LOSS]}, {"ICB1": [SEPARATION]})
    assert steps(TWO, LOSS, ENGLAND, given) == [
        ("small.loss", 100, 600),
        ("_ICB1.loss", 1000, 1600),
        ("_ICB2.loss", 50, 1650),
    ]


def test_where_every_area_is_a_yes_there_is_nothing_to_do() -> None:
    of = coverage(["a"], [("a", a.code) for a in AREAS], [offers("a", "loss")])
    assert steps(of, LOSS) == []
    assert steps(of, SEPARATION) == [("a.separation", 1650, 1650)]


def test_a_service_in_doubt_is_no_step_and_its_icb_gets_one() -> None:
    of = coverage([service(id="doubt", status=Status.UNKNOWN)], [("doubt", "E03")])
    assert steps(of, LOSS, SECOND) == [("_ICB2.loss", 250, 250)]


def test_the_second_part_of_a_split_council_gains_its_births() -> None:
    of = coverage(["upper", "lower"], [("upper", "E05a"), ("lower", "E05b")])
    found = what_it_takes(of, NOTHING, LOSS, FIRST)
    existing = [step for step in found if step.assumed.services]
    assert sorted(step.births for step in existing) == [0, 1000]
    assert existing[0].births == 0


def test_a_step_is_judged_by_what_it_gains_and_not_by_what_it_reaches() -> None:
    of = coverage(["wide", "small"], [("wide", "E05a"), ("small", "E01")])
    # Wide reaches a council of 1,000 births, but only a part of it.
    assert steps(of, LOSS, FIRST)[:2] == [("small.loss", 100, 100), ("wide.loss", 0, 100)]


def test_of_two_services_in_one_area_one_is_enough() -> None:
    of = coverage(["one", "two"], [("one", "E03"), ("two", "E03"), ("two", "E04")])
    assert steps(of, LOSS, SECOND) == [("two.loss", 250, 250)]


def test_all_four_takes_what_a_service_lacks_of_them() -> None:
    of = coverage(
        ["half"], [("half", "E03"), ("half", "E04")], [offers("half", "loss", "tokophobia")]
    )
    assert steps(of, ALL_FOUR, SECOND) == [("half.birth_trauma.separation", 250, 250)]


def test_all_four_may_come_from_two_services() -> None:
    said = [offers("half", "loss", "tokophobia"), offers("rest", "birth_trauma", "separation")]
    of = coverage(["half", "rest"], [("half", "E03"), ("rest", "E03"), ("half", "E04")], said)
    # Together they are a yes for Eastshire, so that only Farshire is gained.
    assert steps(of, ALL_FOUR, SECOND) == [("half.birth_trauma.separation", 50, 250)]


@pytest.mark.parametrize("measure", [*SWITCHES, ALL_FOUR])
def test_the_steps_together_are_a_scenario_that_gives_what_the_last_of_them_says(measure) -> None:
    found = what_it_takes(TWO, NOTHING, measure, ENGLAND)
    every = Scenario()
    for step in found:
        before = under(TWO, every).shares(measure).by_value[Value.YES]
        every = every.plus(step.assumed)
        shares = under(TWO, every).shares(measure)
        assert shares == step.after
        assert shares.by_value[Value.YES] - before == step.births
    assert found[-1].after.percent(Value.YES) == 100.0


def test_it_ends_where_a_scenario_has_no_room() -> None:
    areas = [area(f"X{n:02}", f"Place {n}", births_year_to_mid_2020=n + 1) for n in range(MOST + 3)]
    of = coverage(
        [f"s{n:02}" for n in range(MOST + 3)],
        [(f"s{n:02}", f"X{n:02}") for n in range(MOST + 3)],
        areas=areas,
    )
    found = steps(of, LOSS, FIRST)
    # Every area has a running service, so that no new one is proposed for those that are left.
    assert [name for name, _, _ in found] == [f"s{n:02}.loss" for n in range(MOST + 2, 2, -1)]


def test_steps_are_for_what_a_service_can_be_assumed_to_offer() -> None:
    assert set(TAKES) == {*SWITCHES, ALL_FOUR}
    assert TAKES[ALL_FOUR] == PATHWAY_MEASURES
