"""What is known of the help that an area has: the rule of each measure, on made-up services."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.facts import FACTS, completeness
from mmhs_finder.coverage.gaps import (
    Scaling,
    Weights,
    nearest_with_it,
    need,
    points_inside,
    scaled,
)
from mmhs_finder.coverage.measures import (
    DEFINITIONS,
    GAP_MEASURES,
    GRADED,
    HELP_MEASURES,
    PATHWAY_MEASURES,
    VALUES,
    Measure,
)
from mmhs_finder.coverage.rows import AreaRow, Shares, shares_of
from mmhs_finder.coverage.rules import Known, Local, any_of, every_one
from mmhs_finder.coverage.values import Level, Value, together
from mmhs_finder.coverage.wording import map_title, measure_words, percent_words, value_words
from mmhs_finder.directory.models import Area, Criteria, Service, ServiceKind, Status
from mmhs_finder.render.html.coverage import shares_html
from mmhs_finder.words import say
from tests.made_up.records import criteria, service
from tests.made_up.world import AREAS, EAST, FAR, SPLIT, WEST, area, directory, shapes

TODAY = date(2026, 11, 24)
YES, PART, NO, NOT_LISTED = Value.YES, Value.PART, Value.NO, Value.NOT_LISTED
SILENT, UNSEEN, NONE = Value.NOT_PUBLISHED, Value.NOT_READ, Value.NONE_FOUND
_OF_SERVICE = frozenset(type(service()).model_fields)
UNSURE = {"status": Status.UNKNOWN}
PARTLY = {"read": "part"}


def known(**columns: Any) -> Known:
    of = {k: v for k, v in columns.items() if k in _OF_SERVICE}
    own = {k: v for k, v in columns.items() if k not in _OF_SERVICE}
    return Known(service(**of), criteria(**own))


def value(measure: Measure, *services: dict[str, Any]) -> Value:
    local = Local(tuple(known(**columns) for columns in services), TODAY)
    return DEFINITIONS[measure].value_of(local)


# --- yes or no ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([{"loss": "yes"}], YES),
        ([{"loss": "no"}, {"loss": "yes"}], YES),
        ([{"loss": "yes", **UNSURE}], UNSEEN),
        ([{"loss": "no"}], NO),
        ([{"loss": "no"}, {"loss": "no"}], NO),
        ([{"loss": "no"}, {"loss": "no", **UNSURE}], UNSEEN),
        ([{"loss": "not_listed"}], NOT_LISTED),
        ([{"loss": "not_listed"}, {"loss": "no"}], NOT_LISTED),
        ([{"loss": "not_listed"}, {}], SILENT),
        ([{"loss": "no"}, {}], SILENT),
        ([{"loss": "no"}, PARTLY], UNSEEN),
        ([{}], SILENT),
        ([PARTLY], UNSEEN),
        ([{}, UNSURE], UNSEEN),
        ([{**UNSURE, "loss": "no"}], UNSEEN),
    ],
    ids=str,
)
def test_one_yes_is_a_yes_and_a_no_needs_every_service_to_say_it(services, expected):
    assert value(Measure.LOSS, *services) is expected
    turned = [{("separation" if k == "loss" else k): v for k, v in s.items()} for s in services]
    assert value(Measure.SEPARATION, *turned) is expected


def every(offer: str, **but: str) -> dict[str, str]:
    return {**dict.fromkeys(("birth_trauma", "loss", "tokophobia", "separation"), offer), **but}


@pytest.mark.parametrize(
    ("offers", "all_four", "any_of_them"),
    [
        (every("yes"), YES, YES),
        (every("yes", loss="no"), NO, YES),
        (every("yes", loss="unknown"), SILENT, YES),
        (every("yes", loss="not_listed"), NOT_LISTED, YES),
        (every("no"), NO, NO),
        (every("no", loss="unknown"), NO, SILENT),
        (every("no", loss="not_listed"), NO, NOT_LISTED),
        (every("unknown"), SILENT, SILENT),
        (every("not_listed"), NOT_LISTED, NOT_LISTED),
    ],
    ids=str,
)
def test_all_four_and_any_of_the_four(offers, all_four, any_of_them):
    assert value(Measure.ALL_FOUR, offers) is all_four
    assert value(Measure.ANY, offers) is any_of_them


def test_two_services_may_offer_all_four_together():
    halves = [{"loss": "yes", "birth_trauma": "yes"}, {"tokophobia": "yes", "separation": "yes"}]
    assert value(Measure.ALL_FOUR, *halves) is YES


@pytest.mark.parametrize(
    ("values", "any_", "all_"),
    [
        ([YES, NO], YES, NO),
        ([YES, YES], YES, YES),
        ([YES, SILENT], YES, SILENT),
        ([NO, NO], NO, NO),
        ([NOT_LISTED, SILENT], SILENT, SILENT),
        ([UNSEEN, SILENT], UNSEEN, UNSEEN),
    ],
)
def test_several_answers_as_one(values, any_, all_):
    assert any_of(values) is any_
    assert every_one(values) is all_


def test_what_is_only_in_part_decides_nothing():
    assert any_of([PART, NO]) is NO
    assert every_one([PART, NOT_LISTED, YES]) is NOT_LISTED


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([YES, YES], YES),
        ([YES, NO], PART),
        ([PART, PART], PART),
        ([NO, NO], NO),
        ([NO, NOT_LISTED], NOT_LISTED),
        ([NO, SILENT], SILENT),
        ([NOT_LISTED, SILENT], SILENT),
        ([NONE, SILENT], SILENT),
        ([SILENT, UNSEEN], UNSEEN),
        ([NONE, NO], UNSEEN),
        ([NONE, UNSEEN], UNSEEN),
        ([YES, NONE], PART),
        ([Value.OLD, Value.RECENT], PART),
        ([Value.OLD, NONE], PART),
    ],
)
def test_several_areas_together(values, expected):
    assert together(values) is expected


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([{"self_referral": "yes"}], YES),
        ([{"self_referral": "yes", **UNSURE}], UNSEEN),
        ([{"self_referral": "no"}], NO),
        ([{"self_referral": "no"}, {"self_referral": "yes"}], YES),
        ([{}], SILENT),
    ],
    ids=str,
)
def test_self_referral(services, expected):
    assert value(Measure.SELF_REFERRAL, *services) is expected


@pytest.mark.parametrize(
    ("services", "expected"), [([{}], YES), ([UNSURE], UNSEEN), ([UNSURE, {}], YES)], ids=str
)
@pytest.mark.parametrize(
    "measure", [Measure.MMHS, Measure.PERINATAL_TEAM, Measure.TALKING_THERAPIES]
)
def test_a_kind_is_there_when_one_is_confirmed(measure, services, expected):
    assert value(measure, *services) is expected


# --- graded ---------------------------------------------------------------------------------------


def until(months: int | None, **more: Any) -> dict[str, Any]:
    return {"max_months_since_event": months, **more}


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([until(6)], Value.TO_ONE_YEAR),
        ([until(12)], Value.TO_ONE_YEAR),
        ([until(13)], Value.TO_TWO_YEARS),
        ([until(24)], Value.TO_TWO_YEARS),
        ([until(25)], Value.OVER_TWO_YEARS),
        ([until(12), until(60)], Value.OVER_TWO_YEARS),
        ([until(12), until(60, **UNSURE)], Value.TO_ONE_YEAR),
        ([until(12), {"no_time_limit": "yes"}], Value.ANY_TIME),
        ([{"no_time_limit": "yes", **UNSURE}, until(12)], Value.TO_ONE_YEAR),
        ([{"no_time_limit": "no"}], SILENT),
        ([{}], SILENT),
        ([PARTLY], UNSEEN),
        ([until(None), until(24)], Value.TO_TWO_YEARS),
    ],
    ids=str,
)
def test_until_when_after_the_event_the_longest_limit_counts(services, expected):
    assert value(Measure.TIME_LIMIT, *services) is expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        (["2024-11"], Value.RECENT),
        (["2024-10"], Value.OLD),
        (["2024-11-01"], Value.RECENT),
        (["2024"], Value.RECENT),
        (["2023"], Value.OLD),
        (["2020", "2026"], Value.RECENT),
        (["", "2020"], Value.OLD),
        (["", ""], SILENT),
    ],
    ids=str,
)
def test_the_age_of_information_is_that_of_the_newest_source(dates, expected):
    assert value(Measure.AGE, *({"source_date": d} for d in dates)) is expected


# What makes each of the sixteen facts published.
PUBLISHING: dict[str, list[dict[str, Any]]] = {
    **{p: [{p: "yes"}, {p: "no"}, {p: "not_listed"}] for p in every("yes")},
    "self_referral": [{"self_referral": "yes"}, {"self_referral": "no"}],
    "referrers": [{"referrers": ("gp",)}],
    "contact": [{"phone": "1"}, {"email": "a@b.example"}, {"referral_url": "https://b.example"}],
    "hours": [{"hours_text": "Always"}, {"hours_osm": "24/7"}],
    "who_for": [{"who_for": "Parents"}],
    "severity": [{"severity": "moderate"}],
    "time_limit": [{"max_months_since_event": 12}, {"no_time_limit": "yes"}],
    "pregnancy": [{"accepts_pregnant": "yes"}, {"accepts_pregnant": "no"}],
    "min_age": [{"min_age": 0}, {"min_age": 18}],
    "area_basis": [{"area_basis": ("lives_in",)}],
    "therapies": [{"therapies": ("EMDR",)}],
    "partners": [{"partner_support": ("no",)}, {"partner_support": ("unknown", "sessions")}],
}


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_is_published_by_these_columns_and_by_no_others(fact):
    for name, ways in PUBLISHING.items():
        for columns in ways:
            made = known(**columns)
            assert FACTS[fact](made.service, made.criteria) is (name == fact), columns
    assert FACTS[fact](service(), criteria()) is False
    assert FACTS[fact](service(), None) is False


def test_nothing_else_is_a_fact():
    assert sorted(FACTS) == sorted(PUBLISHING)
    blank = known(no_time_limit="no", partner_support=("unknown",), website="https://b.example")
    assert completeness(blank.service, blank.criteria) == 0
    assert completeness(service(who_for="x", min_age=18), None) == pytest.approx(2 / 16)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ([16], Value.MOST),
        ([12], Value.MOST),
        ([11], Value.HALF),
        ([8], Value.HALF),
        ([7], Value.FEW),
        ([0], Value.FEW),
        ([7, 12], Value.MOST),
    ],
    ids=str,
)
def test_completeness_is_that_of_the_service_that_publishes_most(counts, expected):
    services = [
        {k: v for ways in list(PUBLISHING.values())[:count] for k, v in ways[0].items()}
        for count in counts
    ]
    assert value(Measure.COMPLETENESS, *services) is expected


def test_the_groups_of_measures():
    assert [m.value for m in PATHWAY_MEASURES] == list(every("yes"))
    assert (
        *PATHWAY_MEASURES,
        *(Measure(m) for m in ("all_four", "any", "self_referral")),
    ) == HELP_MEASURES
    assert GRADED == (Measure.TIME_LIMIT, Measure.AGE, Measure.COMPLETENESS)
    assert {*GAP_MEASURES} == {*Measure} - {*GRADED}
    assert Measure.CONFIRMED in GAP_MEASURES
    assert VALUES[Measure.CONFIRMED] == VALUES[Measure.MMHS]
    assert VALUES[Measure.MMHS] == (YES, PART, UNSEEN, NONE)
    assert VALUES[Measure.AGE] == (Value.RECENT, Value.OLD, PART, SILENT, NONE)


@pytest.mark.parametrize(
    ("measure", "of", "key"),
    [
        (Measure.LOSS, YES, "yes"),
        (Measure.LOSS, SILENT, "not_published"),
        (Measure.MMHS, YES, "found"),
        (Measure.MMHS, UNSEEN, "unconfirmed"),
        (Measure.AGE, SILENT, "undated"),
        (Measure.AGE, PART, "differs"),
        (Measure.TIME_LIMIT, SILENT, "no_limit_published"),
        (Measure.TIME_LIMIT, PART, "differs"),
        (Measure.COMPLETENESS, PART, "differs"),
        (Measure.LOSS, PART, "part"),
    ],
)
def test_a_value_has_words_of_its_own_where_the_general_ones_do_not_fit(measure, of, key):
    general = value_words(Measure.LOSS, of)
    assert (value_words(measure, of) == general) is (key == of.value)
    assert len({value_words(measure, v) for v in VALUES[measure]}) == len(VALUES[measure])


@pytest.mark.parametrize(("share", "said"), [(12.34, "12.3"), (0, "0.0"), (100, "100.0")])
def test_a_share_is_said_to_one_decimal(share, said):
    assert percent_words(share) == say("coverage.percent", value=said)
    assert percent_words(share).startswith(said)


def test_a_map_is_headed_by_its_measure_and_its_level():
    titles = {map_title(level, measure) for level in Level for measure in Measure}
    assert len(titles) == len(Level) * len(Measure)
    assert all(measure_words(m) in map_title(Level.ICB, m) for m in Measure)
    assert say("coverage_measure.loss") == measure_words(Measure.LOSS)


# --- areas ----------------------------------------------------------------------------------------

BIRTHS = {"E01": 100, "E02": 300, "E03": 500, "E04": 100, "E05": 200}


def counted(a: Area) -> Area:
    if a.parent:
        return a
    births = BIRTHS[a.code]
    return a.model_copy(
        update={
            "births_year_to_mid_2020": births,
            "women_15_44_mid_2021": 10 * births,
            "imd_2025_average_score": births / 10,
        }
    )


def coverage(
    services: list[Service],
    serves: list[tuple[str, ...]],
    own: list[Criteria] | None = None,
    areas: tuple[Area, ...] = AREAS,
) -> Coverage:
    made = directory(services, serves, criteria=own or (), areas=tuple(map(counted, areas)))
    return Coverage(made, TODAY)


def mmhs(key: str, **columns: Any) -> Service:
    return service(id=key, **columns)


def offers(key: str, **columns: Any) -> Criteria:
    return criteria(service_id=key, **columns)


def values(of: Coverage, measure: Measure, level: Level = Level.COUNCIL) -> dict[str, Value]:
    return {row.code: row.value for row in of.rows(level, measure)}


A = [mmhs("a")], [("a", "E01"), ("a", "E05a")], [offers("a", loss="yes")]


def test_a_split_council_is_a_yes_only_when_each_part_is_and_stands_before_its_parts():
    found = values(coverage(*A), Measure.LOSS)
    assert list(found) == ["E03", "E04", "E02", "E05", "E05b", "E05a", "E01"]
    assert found == {
        "E01": YES,
        "E02": NONE,
        "E03": NONE,
        "E04": NONE,
        "E05": PART,
        "E05a": YES,
        "E05b": NONE,
    }
    whole = coverage([mmhs("a")], [("a", "E05")], [offers("a", loss="yes")])
    assert {values(whole, Measure.LOSS)[c] for c in ("E05", "E05a", "E05b")} == {YES}


def test_the_services_of_a_split_council_are_those_of_all_its_parts():
    services = [mmhs("a"), mmhs("b"), mmhs("team", kind=ServiceKind.PERINATAL_TEAM)]
    serves = [("a", "E05a"), ("b", "E05b"), ("team", "E05b")]
    of = coverage(services, serves)
    row = of.row(Level.COUNCIL, Measure.LOSS, "E05")
    assert sorted(s.id for s in row.services) == ["a", "b"]
    assert [s.id for s, _ in of.services("E05b", ServiceKind.MMHS)] == ["b"]
    assert [s.id for s, _ in of.services("E05b", ServiceKind.PERINATAL_TEAM)] == ["team"]
    assert of.services("E01", ServiceKind.MMHS) == ()
    team = of.row(Level.COUNCIL, Measure.PERINATAL_TEAM, "E05")
    assert ([s.id for s in team.services], team.value) == (["team"], PART)


def test_a_yes_is_about_the_services_that_say_so_and_any_other_value_about_all():
    services = [mmhs("yes"), mmhs("no"), mmhs("unsure", **UNSURE)]
    serves = [(s.id, "E01") for s in services]
    own = [offers("yes", loss="yes"), offers("no", loss="no"), offers("unsure", loss="yes")]
    of = coverage(services, serves, own)

    def named(measure: Measure) -> list[str]:
        return [s.id for s in of.row(Level.COUNCIL, measure, "E01").services]

    assert named(Measure.LOSS) == ["yes"]
    assert named(Measure.ANY) == ["yes"]
    assert named(Measure.SEPARATION) == ["yes", "no", "unsure"]
    assert named(Measure.MMHS) == ["yes", "no"]
    assert named(Measure.AGE) == ["yes", "no", "unsure"]


@pytest.mark.parametrize(
    ("measure", "sure", "inferred"),
    [
        (Measure.LOSS, ("stated", "stated"), False),
        (Measure.LOSS, ("inferred", "stated"), False),
        (Measure.LOSS, ("inferred", "inferred"), True),
        (Measure.ALL_FOUR, ("inferred", "stated"), True),
        (Measure.ALL_FOUR, ("stated", "stated"), False),
    ],
)
def test_a_yes_rests_on_an_inferred_area_when_none_that_says_so_is_stated(measure, sure, inferred):
    services = [mmhs("a"), mmhs("b")]
    serves = [("a", "E01", sure[0]), ("b", "E01", sure[1])]
    own = [offers(key, **every("yes")) for key in ("a", "b")]
    assert coverage(services, serves, own).row(Level.COUNCIL, measure, "E01").inferred is inferred


def test_of_a_split_council_each_part_must_be_stated():
    serves = [("a", "E05a"), ("b", "E05b", "inferred")]
    own = [offers(key, loss="yes") for key in ("a", "b")]
    of = coverage([mmhs("a"), mmhs("b")], serves, own)
    assert of.row(Level.COUNCIL, Measure.LOSS, "E05").inferred
    assert not of.row(Level.COUNCIL, Measure.LOSS, "E05a").inferred
    for first, second in (("E05a", "E05b"), ("E05b", "E05a")):
        one = coverage([mmhs("a")], [("a", first, "inferred"), ("a", second)], own[:1])
        row = one.row(Level.COUNCIL, Measure.LOSS, "E05")
        assert row.inferred and [s.id for s in row.services] == ["a"]
    none = coverage([mmhs("a")], [("a", "E01", "inferred")], [offers("a", loss="no")])
    assert not none.row(Level.COUNCIL, Measure.LOSS, "E01").inferred


def test_a_closed_service_counts_as_none_and_is_named_for_its_kind():
    services = [
        mmhs("gone", status=Status.CLOSED),
        mmhs("unit", kind="perinatal_team", status="closed"),
    ]
    of = coverage(services, [("gone", "E01"), ("unit", "E01")])
    row = of.row(Level.COUNCIL, Measure.LOSS, "E01")
    assert (row.value, [s.id for s in row.closed], row.services) == (NONE, ["gone"], ())
    team = of.row(Level.COUNCIL, Measure.PERINATAL_TEAM, "E01")
    assert [s.id for s in team.closed] == ["unit"]
    icb = of.row(Level.ICB, Measure.LOSS, "ICB1")
    assert [s.id for s in icb.closed] == ["gone"]


def test_a_row_has_the_figures_of_its_council_and_a_part_has_none():
    of = coverage(*A)
    row = of.row(Level.COUNCIL, Measure.LOSS, "E01")
    assert (row.name, row.level, row.region, row.icb) == (
        "Westshire",
        Level.COUNCIL,
        "Midlands",
        "First ICB",
    )
    assert (row.births, row.women, row.imd, row.parent) == (100, 1000, 10.0, "")
    part = of.row(Level.COUNCIL, Measure.LOSS, "E05a")
    assert (part.parent, part.births) == ("E05", None)


def test_icbs_and_regions_add_up_their_councils_and_count_a_split_one_once():
    of = coverage(*A)
    icb = of.row(Level.ICB, Measure.LOSS, "ICB1")
    assert (icb.name, icb.icb, icb.region, icb.level) == (
        "First ICB",
        "First ICB",
        "Midlands",
        Level.ICB,
    )
    assert (icb.value, icb.births, icb.women, icb.imd) == (PART, 600, 6000, None)
    assert [s.id for s in icb.services] == ["a"]
    assert icb.shares is not None and icb.shares.councils == 3
    assert {v: n for v, n in icb.shares.by_value.items() if n} == {YES: 100, PART: 200, NONE: 300}
    region = of.row(Level.REGION, Measure.LOSS, "London")
    assert (region.name, region.icb, region.region, region.value) == ("London", "", "London", NONE)
    assert region.births == 600
    assert [r.name for r in of.rows(Level.ICB, Measure.LOSS)] == ["First ICB", "Second ICB"]


def test_an_icb_over_two_regions_is_in_neither():
    over = area("E04", "Farshire", icb_2026_code="ICB2", icb_2026="Second ICB", region="South East")
    of = coverage(*A, areas=(*(a for a in AREAS if a is not FAR), over))
    assert of.row(Level.ICB, Measure.LOSS, "ICB2").region == ""
    assert of.row(Level.ICB, Measure.LOSS, "ICB1").region == "Midlands"


def test_which_councils_count_for_an_area():
    of = coverage(*A)

    def inside(level: Level, code: str) -> list[str]:
        rows = of.rows(Level.COUNCIL, Measure.LOSS, of.at(level, code))
        return [row.code for row in rows if not row.parent or level is Level.COUNCIL]

    assert inside(Level.ICB, "ICB1") == ["E02", "E05", "E01"]
    assert inside(Level.REGION, "London") == ["E03", "E04"]
    assert inside(Level.COUNCIL, "E01") == ["E01"]
    assert inside(Level.COUNCIL, "E05a") == ["E05a"]
    assert set(inside(Level.COUNCIL, "E05")) > {"E05", "E05a"}
    assert of.group_of(Level.ICB, "E03") == "ICB2"
    assert of.group_of(Level.REGION, "E03") == "London"
    assert of.group_of(Level.COUNCIL, "E03") == "E03"


def test_the_shares_of_england_count_each_council_once():
    found = coverage(*A).shares(Measure.LOSS)
    assert (found.births, found.councils, found.inferred) == (1200, 5, 0)
    assert found.percent(YES) == pytest.approx(100 / 12)
    assert found.percent(NO) == 0


def test_the_date_is_that_of_the_newest_check():
    services = [mmhs("a", checked_on=date(2026, 1, 2)), mmhs("b", checked_on=date(2026, 3, 4))]
    assert coverage(services, []).date == date(2026, 3, 4)


# --- shares ---------------------------------------------------------------------------------------


def row_of(code: str, of: Value, births: int | None, **changes: Any) -> AreaRow:
    columns = {"name": code, "level": Level.COUNCIL, "region": "", "icb": "", **changes}
    return AreaRow(code=code, value=of, births=births, **columns)


def test_births_without_a_figure_count_as_none_and_inferred_ones_are_told_apart():
    rows = [
        row_of("a", YES, 10),
        row_of("b", YES, 20, inferred=True),
        row_of("c", YES, None, inferred=True),
        row_of("d", NO, 70, inferred=True),
    ]
    found = shares_of(Measure.LOSS, rows)
    assert (found.by_value[YES], found.by_value[NO], found.inferred) == (30, 70, 20)
    assert list(found.by_value) == list(VALUES[Measure.LOSS])
    assert (found.percent(YES), found.percent(Value.RECENT)) == (30, 0)
    assert found.births == 100 and found.councils == 4


@pytest.mark.parametrize(
    ("births", "rounded"),
    [
        ({YES: 1, NO: 1, SILENT: 1}, {YES: 33.4, NO: 33.3, SILENT: 33.3}),
        ({YES: 2, NO: 1}, {YES: 66.7, NO: 33.3}),
        ({NO: 2, YES: 1}, {YES: 33.3, NO: 66.7}),
        ({YES: 1, NO: 999}, {YES: 0.1, NO: 99.9}),
        ({}, {}),
    ],
    ids=str,
)
def test_rounded_shares_add_up_to_a_hundred_by_the_largest_remainders(births, rounded):
    by_value = dict.fromkeys(VALUES[Measure.LOSS], 0) | births
    shares = Shares(Measure.LOSS, by_value, 0, 3)
    assert {v: n for v, n in shares.rounded().items() if n} == rounded
    assert shares.percent(YES) == (100 * births.get(YES, 0) / max(1, shares.births))


# --- gaps -----------------------------------------------------------------------------------------


def test_without_a_known_yes_a_council_is_a_gap_the_greatest_need_first():
    of = coverage(*A)
    gaps = of.gaps(Measure.LOSS, Weights(), Scaling.MIN_MAX)
    assert [g.row.code for g in gaps] == ["E03", "E02", "E05", "E04"]
    assert gaps[0].need == 1.0 and gaps[-1].need == 0.0
    assert gaps[1].need == pytest.approx(0.5)
    split = gaps[2]
    assert split.nearest is not None and split.nearest.code == "E05a"
    assert gaps[1].nearest is not None and gaps[1].nearest.code == "E01"
    assert gaps[1].km == pytest.approx(71, abs=1)
    assert gaps[3].km == pytest.approx(213, abs=2)
    assert of.nearest(Measure.LOSS) is of.nearest(Measure.LOSS)


def test_which_values_are_gaps_may_be_chosen_and_with_no_weights_it_goes_by_name():
    of = coverage(*A)
    only = of.gaps(Measure.LOSS, Weights(), Scaling.RANK, values=(PART,))
    assert [g.row.code for g in only] == ["E05"]
    by_name = of.gaps(Measure.LOSS, Weights(0, 0, 0), Scaling.MIN_MAX)
    assert [g.row.name for g in by_name] == [
        "Eastshire",
        "Farshire",
        "Middleshire",
        "Splitshire",
    ]


def test_where_nobody_is_known_to_offer_it_nothing_is_near():
    gaps = coverage([mmhs("a")], []).gaps
    found = gaps(Measure.LOSS, Weights(), Scaling.MIN_MAX)
    assert len(found) == 5 and all(g.nearest is None and g.km is None for g in found)


ROWS = [row_of(str(b), NO, b, women=100 - b, imd=float(b == 50)) for b in (0, 50, 100)]


@pytest.mark.parametrize(
    ("weights", "needs"),
    [
        (Weights(1, 0, 0), [0, 0.5, 1]),
        (Weights(0, 1, 0), [1, 0.5, 0]),
        (Weights(0, 0, 2), [0, 1, 0]),
        (Weights(1, 1, 0), [0.5, 0.5, 0.5]),
        (Weights(1, 0, 1), [0, 0.75, 0.5]),
        (Weights(1, 1, 2), [0.25, 0.75, 0.25]),
        (Weights(0, 0, 0), [0, 0, 0]),
    ],
    ids=str,
)
def test_need_is_the_weighted_mean_of_the_scaled_figures(weights, needs):
    assert need(ROWS, weights, Scaling.MIN_MAX) == pytest.approx(needs)


def test_a_figure_that_is_missing_counts_as_nought():
    rows = [row_of("a", NO, None), row_of("b", NO, 10)]
    assert need(rows, Weights(1, 0, 0), Scaling.MIN_MAX) == [0, 1]


@pytest.mark.parametrize(
    ("figures", "scaling", "expected"),
    [
        ([1, 2, 5], Scaling.MIN_MAX, [0, 0.25, 1]),
        ([1, 2, 50], Scaling.RANK, [0, 0.5, 1]),
        ([1, 1, 2, 3], Scaling.RANK, [0, 0, 0.6, 1]),
        ([3, 1, 1, 1], Scaling.RANK, [1, 0, 0, 0]),
        ([4, 4], Scaling.MIN_MAX, [0, 0]),
        ([4, 4], Scaling.RANK, [0, 0]),
        ([], Scaling.RANK, []),
        ([0, 3, 3, 9], Scaling.RANK, [0, 0.5, 0.5, 1]),
    ],
    ids=str,
)
def test_figures_are_put_on_a_scale_from_nought_to_one(figures, scaling, expected):
    assert scaled(figures, scaling).tolist() == pytest.approx(expected)


def test_of_a_split_council_the_part_that_is_worst_off_counts():
    rows = {
        code: row_of(code, YES if code == "E04" else NONE, 1, parent=parent)
        for code, parent in (("E01", ""), ("E04", ""), ("E05a", "E05"), ("E05b", "E05"))
    }
    points = points_inside(shapes())
    found = nearest_with_it(rows, {c: points[c] for c in rows})
    assert set(found) == {"E01", "E05"}
    apart = found["E05"]
    assert apart[0].code == "E04" and apart[1] == pytest.approx(727, abs=15)
    upper = nearest_with_it(rows, {c: points[c] for c in ("E04", "E05a")})
    assert upper["E05"] == apart


def test_a_point_inside_each_shape_is_latitude_then_longitude():
    points = points_inside(shapes([WEST, EAST, SPLIT]))
    assert set(points) == {"E01", "E03"}
    lat, lon = points["E03"]
    assert 50 < lat < 51 and 2 < lon < 3


def test_the_nearest_is_by_distance_on_the_globe_not_by_degrees():
    rows = {c: row_of(c, v, 1) for c, v in (("gap", NONE), ("north", YES), ("east", YES))}
    points = {"gap": (55.0, 0.0), "north": (56.0, 0.0), "east": (55.0, 1.5)}
    assert nearest_with_it(rows, points)["gap"][0].code == "east"
    south = {"gap": (55.0, 1.0), "north": (54.2, 1.0), "east": (55.0, -0.5)}
    assert nearest_with_it(rows, south)["gap"][0].code == "north"


# --- confirmed by the service ---------------------------------------------------------------------

BY_US = {"told_on": date(2026, 11, 2), "told_by": "manager", "told_how": "sender_domain"}
BY_THEM = {**BY_US, "told_proof": "example.org"}


@pytest.mark.parametrize(
    ("columns", "expected", "counted", "words"),
    [
        ({}, UNSEEN, 0, "confirmed_none"),
        (BY_US, UNSEEN, 0, "confirmed_none"),
        (BY_THEM, YES, 1, "confirmed_count"),
        ({**BY_THEM, "told_on": date(2024, 10, 31)}, UNSEEN, 0, "confirmed_none"),
        ({**BY_THEM, **UNSURE}, UNSEEN, 0, "confirmed_none"),
    ],
    ids=str,
)
def test_the_share_confirmed_by_the_service_itself(columns, expected, counted, words):
    coverage = Coverage(directory([service(id="a", **columns)], [("a", EAST.code)]), TODAY)
    assert coverage.value(Measure.CONFIRMED, EAST.code) is expected
    assert coverage.value(Measure.CONFIRMED, FAR.code) is NONE
    assert coverage.confirmed() == (counted, 1)
    row = coverage.row(Level.COUNCIL, Measure.CONFIRMED, EAST.code)
    assert [s.id for s in row.services] == ["a"]
    note = say(f"coverage.{words}", confirmed="1", count=1)
    drawn = shares_html(coverage, Measure.CONFIRMED)
    assert note in drawn and note not in shares_html(coverage, Measure.MMHS)


def test_the_list_of_gaps_names_whom_to_ask_though_nobody_has_confirmed_anything():
    coverage = Coverage(directory([service(id="a")], [("a", EAST.code)]), TODAY)
    found = coverage.gaps(Measure.CONFIRMED, Weights(1, 0, 0), Scaling.MIN_MAX)
    assert EAST.code in {gap.row.code for gap in found}
    assert all(gap.nearest is None for gap in found)


def test_what_a_service_confirmed_is_as_new_as_its_answer():
    assert value(Measure.AGE, {"source_date": "2022-01", **BY_THEM}) is Value.RECENT
    assert value(Measure.AGE, {"source_date": "2022-01", **BY_US}) is Value.OLD
