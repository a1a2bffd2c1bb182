"""A scenario: its text in a link, what a directory bears of it, and what it then is."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import HELP_MEASURES, Measure
from mmhs_finder.coverage.scenario import (
    MOST,
    SWITCHES,
    Assumed,
    FittedScenario,
    LeftOut,
    Scenario,
    ScenarioText,
    WhyLeftOut,
    applied,
    fitting,
    not_offered,
    public,
    read,
    under,
    written,
)
from mmhs_finder.coverage.scenarios import Scenarios
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import ENGLAND
from mmhs_finder.directory.models import PathwayOffer, ServiceKind, Status, YesNo
from mmhs_finder.words import say, speaking
from tests.made_up.records import criteria, service
from tests.made_up.world import directory

TODAY = date(2026, 11, 24)
LOSS, SEPARATION, SELF = Measure.LOSS, Measure.SEPARATION, Measure.SELF_REFERRAL

MADE = directory(
    [
        service(id="west", name="West"),
        service(id="both", name="Both", self_referral="yes", self_referral_except=("loss",)),
        service(id="asleep", name="Asleep", status=Status.UNKNOWN),
        service(id="gone", name="Gone", status=Status.CLOSED),
        service(id="team", name="Team", kind=ServiceKind.PERINATAL_TEAM),
        service(id="upper", name="Upper"),
    ],
    [
        ("west", "E01"),
        ("both", "E01"),
        ("both", "E02", "inferred"),
        ("asleep", "E03"),
        ("gone", "E04"),
        ("team", "E04"),
        ("upper", "E05a"),
    ],
    criteria=[
        criteria(service_id="west", loss="no"),
        criteria(service_id="both", loss="yes"),
        criteria(service_id="asleep"),
        criteria(service_id="gone"),
    ],
)

names = st.sampled_from([*MADE.services, "nobody", "ts24-7bt"])
icbs = st.sampled_from(["ICB1", "ICB2", "ICB9"])
offers = st.sets(st.sampled_from(SWITCHES), min_size=1)
scenarios = st.builds(
    Scenario.of,
    st.dictionaries(names, offers, max_size=4),
    st.dictionaries(icbs, st.sets(st.sampled_from(SWITCHES)), max_size=2),
)


# --- a text ---------------------------------------------------------------------------------------


def test_it_is_written_so_that_it_stands_in_an_address_as_it_is() -> None:
    scenario = Scenario.of({"west": [SEPARATION, LOSS], "both": [SELF]}, {"ICB2": [LOSS]})
    assert written(scenario) == "both.self_referral~west.loss.separation~_ICB2.loss"
    assert written(Scenario.of(added={"ICB1": []})) == "_ICB1"
    assert written(Scenario()) == ""


@settings(deadline=None)
@given(scenarios)
def test_what_is_written_is_read_as_it_was(scenario: Scenario) -> None:
    assert read(written(scenario)) == ScenarioText(scenario)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read(text: str) -> None:
    found = read(text).scenario
    assert read(written(found)) == ScenarioText(found)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "~".join(["west.loss"] * 12_000),
        "west",
        "west.",
        "west.mmhs",
        "west.loss.",
        ".loss",
        "_",
        "_.loss",
        "__ICB1.loss",
        "wést.loss",
        "west\u202e.loss",
        "west.loss\n",
        "<b>.loss",
        "a" * 81 + ".loss",
        "~",
    ],
)
def test_what_is_no_scenario_is_none_and_is_told(text: str) -> None:
    assert read(text) == ScenarioText(Scenario(), is_whole=False)


def test_the_rest_of_a_broken_text_is_kept_and_twice_is_once() -> None:
    found = read("west.loss~<b>~west.separation.loss~_ICB1~_ICB1.loss")
    assert found.scenario == Scenario.of({"west": [LOSS, SEPARATION]}, {"ICB1": [LOSS]})
    assert not found.is_whole


def test_of_too_many_the_first_are_kept() -> None:
    many = [f"s{n:02}" for n in range(MOST + 1)]
    found = read("~".join(f"{name}.loss" for name in many))
    assert [each.key for each in found.scenario.services] == many[:MOST]
    assert not found.is_whole
    assert read("~".join(f"{name}.loss" for name in many[:MOST])).is_whole


def test_an_address_keeps_only_services_and_icbs_that_are_public() -> None:
    assert public("west.loss~_ICB1.loss", MADE) == "west.loss~_ICB1.loss"
    assert public("west.loss~ts24-7bt.loss", MADE) == "west.loss~unknown"
    assert public("ts24-7bt", MADE) == public("_ICB9.loss", MADE) == "unknown"
    assert public("", MADE) == ""


@settings(deadline=None)
@given(st.one_of(st.text(), scenarios.map(written)))
def test_what_is_public_stays_as_it_is(text: str) -> None:
    once = public(text, MADE)
    assert public(once, MADE) == once
    assert {a.key for a in read(once).scenario.services} <= set(MADE.services)


# --- putting together -----------------------------------------------------------------------------


@settings(deadline=None)
@given(scenarios, scenarios)
def test_the_order_does_not_matter(one: Scenario, other: Scenario) -> None:
    assert one.plus(other) == other.plus(one)
    assert one.plus(one) == one == one.plus(Scenario())


def test_what_there_is_no_room_for_is_left_out_of_what_comes() -> None:
    full = Scenario.of({f"z{n}": [LOSS] for n in range(MOST)})
    assert full.plus(Scenario.of({"a": [LOSS]})) == full
    assert full.plus(Scenario.of({"z1": [SELF]})).services[1] == Assumed("z1", (LOSS, SELF))
    assert full.plus(Scenario.of(added={"ICB1": []})).added == (Assumed("ICB1", ()),)


def test_one_is_taken_out() -> None:
    scenario = Scenario.of({"west": [LOSS], "both": [SELF]}, {"ICB1": [LOSS]})
    assert scenario.less("west") == Scenario.of({"both": [SELF]}, {"ICB1": [LOSS]})
    assert scenario.less("ICB1") == Scenario.of({"west": [LOSS], "both": [SELF]})
    assert Scenario.of({"west": [LOSS]}).less("west").is_empty
    assert not scenario.is_empty and Scenario().is_empty


# --- what a directory bears -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "kept", "left_out"),
    [
        ({"west": [LOSS]}, {"west": [LOSS]}, ()),
        ({"nobody": [LOSS]}, {}, (LeftOut(WhyLeftOut.UNKNOWN),)),
        ({"team": [LOSS]}, {}, (LeftOut(WhyLeftOut.UNKNOWN),)),
        ({"asleep": [LOSS]}, {}, (LeftOut(WhyLeftOut.NOT_RUNNING, "Asleep"),)),
        ({"gone": [LOSS]}, {}, (LeftOut(WhyLeftOut.NOT_RUNNING, "Gone"),)),
        (
            {"both": [LOSS, SELF, SEPARATION]},
            {"both": [SEPARATION]},
            (LeftOut(WhyLeftOut.ALREADY, "Both", (LOSS, SELF)),),
        ),
        ({"both": [LOSS]}, {}, (LeftOut(WhyLeftOut.ALREADY, "Both", (LOSS,)),)),
        ({"upper": [LOSS]}, {"upper": [LOSS]}, ()),
    ],
)
def test_only_more_of_a_running_service_can_be_assumed(asked, kept, left_out) -> None:
    assert fitting(MADE, Scenario.of(asked)) == FittedScenario(Scenario.of(kept), left_out)


def test_an_icb_that_there_is_not_gets_no_service() -> None:
    found = fitting(MADE, Scenario.of(added={"ICB1": [LOSS], "ICB9": [LOSS]}))
    assert found == FittedScenario(
        Scenario.of(added={"ICB1": [LOSS]}), (LeftOut(WhyLeftOut.UNKNOWN),)
    )


def test_what_a_service_is_not_known_to_offer() -> None:
    known = {s.id: not_offered(MADE, s) for s in MADE.services.values()}
    assert known["both"] == tuple(m for m in SWITCHES if m not in (LOSS, SELF))
    assert known["west"] == known["upper"] == SWITCHES


# --- the directory as it would be -----------------------------------------------------------------


def test_where_nothing_changes_it_is_the_same_directory() -> None:
    assert applied(MADE, Scenario()) is MADE
    assert applied(MADE, Scenario.of({"gone": [LOSS], "both": [LOSS]})) is MADE
    today = Coverage(MADE, TODAY)
    assert under(today, Scenario()) is today


def test_a_service_that_is_changed_says_so_in_its_name_and_nothing_else_of_it_changes() -> None:
    made = applied(MADE, Scenario.of({"both": [SEPARATION], "west": [SELF, LOSS]}))
    both, west = made.services["both"], made.services["west"]
    assert both.name == say("what_if.changed", name="Both")
    assert both.model_copy(update={"name": "Both"}) == MADE.services["both"]
    assert west.self_referral is YesNo.YES and west.self_referral_except == ()
    assert made.criteria["both"] == MADE.criteria["both"].model_copy(
        update={"separation": PathwayOffer.YES}
    )
    assert made.criteria["west"].loss is PathwayOffer.YES
    assert made.services["upper"] is MADE.services["upper"]
    assert made.service_areas == MADE.service_areas
    assert MADE.services["west"].name == "West" and MADE.criteria["west"].loss is PathwayOffer.NO


def test_a_new_service_is_a_running_one_of_which_nothing_else_is_known() -> None:
    made = applied(MADE, Scenario.of(added={"ICB1": [LOSS, SELF]}))
    (new,) = [made.services[key] for key in made.services if key not in MADE.services]
    assert new.name == say("what_if.added", icb="First ICB")
    assert (new.kind, new.status) == (ServiceKind.MMHS, Status.OPEN)
    assert (new.phone, new.website, new.source_urls, new.told_on) == ("", "", (), None)
    assert not_offered(made, new) == tuple(m for m in SWITCHES if m not in (LOSS, SELF))
    assert [a.code for a, _ in made.areas_of(new.id)] == ["E05b", "E02", "E05a", "E01"]
    assert made.newest_check == MADE.newest_check


def test_a_service_without_criteria_gets_some() -> None:
    made = applied(MADE, Scenario.of({"upper": [LOSS]}))
    assert made.criteria["upper"].loss is PathwayOffer.YES
    assert made.criteria["upper"].separation is PathwayOffer.UNKNOWN


def values(coverage: Coverage, measure: Measure) -> dict[str, Value]:
    return {code: coverage.value(measure, code) for code in MADE.areas}


@settings(max_examples=40, deadline=None)
@given(scenarios)
def test_a_scenario_never_takes_a_yes_away(scenario: Scenario) -> None:
    today = Coverage(MADE, TODAY)
    then = under(today, scenario)
    for measure in (*HELP_MEASURES, Measure.MMHS):
        before, after = values(today, measure), values(then, measure)
        assert [c for c in before if before[c] is Value.YES and after[c] is not Value.YES] == []
        assert then.shares(measure).by_value[Value.YES] >= today.shares(measure).by_value[Value.YES]


def test_coverage_of_a_scenario_is_what_its_directory_alone_would_give() -> None:
    today = Coverage(MADE, TODAY)
    scenario = Scenario.of({"west": [SEPARATION]}, {"ICB2": [LOSS]})
    then, alone = under(today, scenario), Coverage(applied(MADE, scenario), TODAY)
    for measure in Measure:
        for level in Level:
            assert then.rows(level, measure) == alone.rows(level, measure)
        assert then.nearest(measure) == alone.nearest(measure)


# --- kept for all visitors ------------------------------------------------------------------------


def test_it_is_made_once_and_never_mistaken_for_another_or_for_today() -> None:
    today = Coverage(MADE, TODAY)
    kept = Scenarios(today)
    one, other = Scenario.of({"west": [SEPARATION]}), Scenario.of({"west": [LOSS]})
    found = kept.under(one)
    assert kept.under(one) is found
    assert kept.under(other) is not found
    assert kept.under(Scenario()) is today
    assert today.value(SEPARATION, "E01") is Value.NOT_PUBLISHED
    steps = kept.steps(one, LOSS, ENGLAND)
    assert kept.steps(one, LOSS, ENGLAND) is steps
    assert kept.steps(one, SEPARATION, ENGLAND) != steps


def test_only_so_many_are_kept() -> None:
    kept = Scenarios(Coverage(MADE, TODAY))
    first = kept.under(Scenario.of({"west": [LOSS]}))
    every = [
        Scenario.of({"west": more}, {"ICB1": [m]})
        for more in ([LOSS], [SELF], [SEPARATION], [LOSS, SELF])
        for m in SWITCHES
    ]
    for each in every:
        kept.under(each)
    assert kept.under(Scenario.of({"west": [LOSS]})) is not first


@pytest.mark.usefixtures("second_language")
def test_its_marked_names_are_kept_by_language() -> None:
    kept, scenario = Scenarios(Coverage(MADE, TODAY)), Scenario.of({"west": [LOSS]})
    with speaking("en"):
        english = kept.under(scenario).directory.services["west"].name
    assert kept.under(scenario).directory.services["west"].name != english
