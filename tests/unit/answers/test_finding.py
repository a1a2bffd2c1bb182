"""Which services an answer has, in which order, and what it says of itself: `answers.finding`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from mmhs_finder.answers.suited import Situation, situation
from mmhs_finder.answers.types import Answer, Outcome
from mmhs_finder.directory.models import Area, Pathway, Service, ServiceKind, Status, YesNo
from mmhs_finder.hours import LONDON
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import NoticeCode, Place
from mmhs_finder.postcodes import CloseBy, CouncilShare, LetterMissing, Located, Postcode
from tests.made_up.records import SUNDAY_NIGHT, TUESDAY_NOON, criteria, line, place, service
from tests.made_up.world import (
    EAST,
    FAR,
    LOWER,
    MIDDLE,
    SPLIT,
    UPPER,
    WEST,
    MadeUpIndex,
    directory,
    finder,
)
from tests.suggested import areas_of

HERE = place(areas=(WEST,), lat=50.5, lon=0.5)
TWO = place(areas=(WEST, MIDDLE), lat=None, lon=None)
OPEN, UNCONFIRMED = Status.OPEN, Status.UNKNOWN


def mmhs(key: str, **changes: object) -> Service:
    """One of which a page tells something, so that it gets a card."""
    return service(**{"id": key, "name": key.title(), "who_for": "Parents", **changes})


def other(key: str, kind: ServiceKind, **changes: object) -> Service:
    return service(**{"id": key, "name": key.title(), "kind": kind, **changes})


def found(
    services: list[Service],
    serves: list[tuple[str, ...]],
    at_place: Place = HERE,
    needs: tuple[Pathway, ...] = (),
    index: MadeUpIndex | None = None,
    who: Situation | None = None,
    **records: object,
) -> Answer:
    made = directory(services, serves, **records)  # type: ignore[arg-type]
    return finder(made, index).find(at_place, needs, TUESDAY_NOON, who)


def codes(answer: Answer) -> list[NoticeCode]:
    return [notice.code for notice in answer.notices]


def ids(matches: tuple[object, ...]) -> list[str]:
    return [match.service.id for match in matches]  # type: ignore[attr-defined]


# --- the outcome --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("statuses", "outcome"),
    [
        ([OPEN], Outcome.ONE_SERVICE),
        ([OPEN, OPEN], Outcome.SEVERAL_SERVICES),
        ([OPEN, UNCONFIRMED], Outcome.SEVERAL_SERVICES),
        ([UNCONFIRMED], Outcome.UNCONFIRMED),
        ([UNCONFIRMED, UNCONFIRMED], Outcome.UNCONFIRMED),
        ([Status.CLOSED], Outcome.CLOSED),
        ([Status.CLOSED, OPEN], Outcome.ONE_SERVICE),
        ([], Outcome.NONE_PUBLISHED),
    ],
    ids=str,
)
def test_the_outcome_follows_from_what_is_confirmed_to_run(statuses, outcome):
    services = [mmhs(f"s{i}", status=s) for i, s in enumerate(statuses)]
    answer = found(services, [(s.id, "E01") for s in services])
    assert answer.outcome is outcome


def test_outside_england_there_is_no_mmhs_whatever_the_directory_has():
    wales = place(areas=(), nation=Nation.WALES)
    answer = found([mmhs("a")], [("a", "E01")], wales)
    assert answer.outcome is Outcome.OTHER_NATION
    assert (answer.mmhs, answer.routes, answer.neighbours) == ((), (), ())


def test_a_service_that_is_confirmed_stands_before_one_that_is_not():
    services = [mmhs("doubtful", status=UNCONFIRMED), mmhs("sure")]
    answer = found(services, [("doubtful", "E01"), ("sure", "E01")])
    assert ids(answer.mmhs) == ["sure", "doubtful"]


def test_the_likeliest_area_of_the_place_comes_first():
    answer = found([mmhs("b"), mmhs("a")], [("b", "E02"), ("a", "E01")], TWO)
    assert ids(answer.mmhs) == ["a", "b"]
    turned = found([mmhs("a"), mmhs("b")], [("a", "E01"), ("b", "E02")], replace_areas())
    assert ids(turned.mmhs) == ["b", "a"]


def replace_areas() -> Place:
    return replace(TWO, areas=(MIDDLE, WEST))


def test_of_a_planned_service_only_the_name_is_told_and_its_area_counts_as_without_one():
    planned = mmhs("planned", status=UNCONFIRMED, who_for="")
    answer = found([planned], [("planned", "E01")], criteria=[criteria(service_id="planned")])
    assert answer.mmhs == () and answer.outcome is Outcome.NONE_PUBLISHED
    assert codes(answer) == [NoticeCode.NAME_ONLY, NoticeCode.NONE_PUBLISHED]
    assert answer.notices[0].values == {"place": ("Westshire",), "names": ("Planned",)}


# --- what the answer says of itself ---------------------------------------------------------------


def test_where_a_part_of_the_area_has_no_service_that_is_said_and_which_part():
    answer = found([mmhs("a")], [("a", "E01")], TWO)
    (notice,) = [n for n in answer.notices if n.code is NoticeCode.PARTLY_NONE_PUBLISHED]
    assert notice.values == {"areas": ("Middleshire",)}


@pytest.mark.parametrize(
    ("at_place", "serves", "said"),
    [
        (HERE, [("a", "E01")], []),
        (HERE, [("a", "E01"), ("b", "E01")], [NoticeCode.SHARED_AREA]),
        (TWO, [("a", "E01"), ("b", "E02")], []),
        (TWO, [("a", "E01"), ("a", "E02")], []),
        (TWO, [("b", "E02")], [NoticeCode.PARTLY_NONE_PUBLISHED]),
        (TWO, [], [NoticeCode.NONE_PUBLISHED]),
        (HERE, [("a", "E01", "inferred")], [NoticeCode.INFERRED]),
        (HERE, [("a", "E01", "inferred"), ("b", "E01")], [NoticeCode.SHARED_AREA]),
        (TWO, [("a", "E01", "inferred"), ("a", "E02")], []),
    ],
    ids=[
        "one",
        "shared",
        "one each",
        "one for both",
        "a part",
        "none",
        "inferred",
        "mixed",
        "sure",
    ],
)
def test_each_notice_is_given_where_it_holds_and_nowhere_else(at_place, serves, said):
    assert codes(found([mmhs("a"), mmhs("b")], serves, at_place)) == said


def test_a_notice_names_the_area_it_is_about():
    services = [mmhs("a"), mmhs("b")]
    (shared,) = found(services, [("a", "E01"), ("b", "E01")]).notices
    assert shared.values == {"place": ("Westshire",)}
    (none,) = found([], [], TWO).notices
    assert none.values == {"place": ("Westshire", "Middleshire")}


def test_a_service_for_the_whole_area_is_inferred_only_when_every_one_is():
    services = [mmhs("a"), mmhs("b")]
    both = [("a", "E01", "inferred"), ("b", "E01", "inferred")]
    answer = found(services, both)
    assert codes(answer) == [NoticeCode.SHARED_AREA, NoticeCode.INFERRED]
    assert answer.notices[1].values == {"place": ("Westshire",)}


@pytest.mark.parametrize(
    ("dates", "year"),
    [
        (["2024-11"], None),
        (["2024-10"], "2024"),
        (["2023", "2022-05"], "2023"),
        (["2026-01", "2021"], "2021"),
        ([""], None),
    ],
    ids=str,
)
def test_a_source_of_more_than_two_years_back_is_said_with_its_year(dates, year):
    services = [mmhs(f"s{i}", source_date=d) for i, d in enumerate(dates)]
    answer = found(services, [(s.id, "E01") for s in services])
    old = [n.values for n in answer.notices if n.code is NoticeCode.OLD]
    assert old == ([{"year": year}] if year else [])


def test_of_an_unconfirmed_service_it_is_not_said_as_well_that_its_source_is_old():
    answer = found([mmhs("a", status=UNCONFIRMED, source_date="2020")], [("a", "E01")])
    assert codes(answer) == [NoticeCode.UNCONFIRMED]


def test_of_a_closed_service_it_is_said_who_says_so_and_when():
    gone = mmhs("gone", status=Status.CLOSED, closed_said_by="its provider", source_date="2025-03")
    answer = found([gone], [("gone", "E01")])
    assert ids_of(answer.closed) == ["gone"] and answer.mmhs == ()
    assert codes(answer) == [NoticeCode.CLOSED]
    assert answer.notices[0].values == {"name": "Gone", "who": "its provider", "when": "2025-03"}


def ids_of(services: tuple[Service, ...]) -> list[str]:
    return [s.id for s in services]


def test_only_a_closed_mmhs_is_named_and_each_once():
    closed = Status.CLOSED
    unit = other("unit", ServiceKind.MOTHER_BABY_UNIT, status=closed)
    gone = mmhs("gone", status=closed)
    serves = [("unit", "E01"), ("gone", "E01"), ("gone", "E02")]
    assert ids_of(found([unit, gone], serves, TWO).closed) == ["gone"]


@pytest.mark.parametrize(
    ("nation", "code", "values"),
    [
        (Nation.SCOTLAND, NoticeCode.OTHER_NATION, {"nation": "Scotland"}),
        (Nation.JERSEY, NoticeCode.CROWN_DEPENDENCY, {"place": "Jersey"}),
    ],
)
def test_other_nations_of_the_uk_and_the_crown_dependencies_are_told_apart(nation, code, values):
    (notice,) = found([], [], place(areas=(), nation=nation)).notices
    assert (notice.code, notice.values) == (code, values)


def test_notices_about_the_place_come_before_those_about_its_services():
    told = replace(HERE, notices=(found([], [], TWO).notices[0],))
    answer = found([mmhs("a"), mmhs("b")], [("a", "E01"), ("b", "E01")], told)
    assert codes(answer) == [NoticeCode.NONE_PUBLISHED, NoticeCode.SHARED_AREA]


# --- other help near ------------------------------------------------------------------------------


def test_each_service_stands_once_with_all_the_areas_it_serves_here():
    answer = found([mmhs("a")], [("a", "E01"), ("a", "E02"), ("a", "E03")], TWO)
    (match,) = answer.mmhs
    assert match.areas == (WEST, MIDDLE)


KINDS_IN_ORDER = [
    ServiceKind.TALKING_THERAPIES,
    ServiceKind.PERINATAL_TEAM,
    ServiceKind.BIRTH_REFLECTIONS,
    ServiceKind.BEREAVEMENT,
    ServiceKind.COUNSELLING,
    ServiceKind.PEER_SUPPORT,
    ServiceKind.OTHER,
    ServiceKind.PARENT_INFANT,
    ServiceKind.MOTHER_BABY_UNIT,
]
"""With nothing said; what is for a parent with her baby last, and no help after a separation."""


def test_the_kinds_of_other_help_have_one_order_and_with_nothing_said_a_baby_comes_last():
    services = [other(kind.value, kind, self_referral=YesNo.YES) for kind in reversed(ServiceKind)]
    answer = found(services, [(s.id, "E01") for s in services])
    assert ids(answer.alternatives) == [kind.value for kind in KINDS_IN_ORDER]


@pytest.mark.parametrize(
    ("need", "first"),
    [
        (Pathway.BIRTH_TRAUMA, [ServiceKind.BIRTH_REFLECTIONS]),
        (Pathway.LOSS, [ServiceKind.BEREAVEMENT, ServiceKind.COUNSELLING]),
        (Pathway.TOKOPHOBIA, [ServiceKind.BIRTH_REFLECTIONS]),
        (Pathway.SEPARATION, [ServiceKind.SEPARATION]),
    ],
    ids=lambda value: getattr(value, "value", ""),
)
def test_what_is_made_for_what_happened_stands_first(need, first):
    services = [other(kind.value, kind, self_referral=YesNo.YES) for kind in ServiceKind]
    answer = found(services, [(s.id, "E01") for s in services], needs=(need,))
    assert ids(answer.alternatives)[: len(first)] == [kind.value for kind in first]
    assert ids(answer.alternatives)[len(first)] == ServiceKind.TALKING_THERAPIES.value


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"self_referral": YesNo.YES, "status": UNCONFIRMED}, {"self_referral": YesNo.NO}),
        ({}, {"status": UNCONFIRMED}),
        ({"kind": ServiceKind.PERINATAL_TEAM}, {"kind": ServiceKind.PEER_SUPPORT}),
        ({"postcode": "CT1 3NG", "location_kind": "service_base"}, {}),
        (
            {"postcode": "CT1 3NG", "location_kind": "service_base"},
            {"postcode": "CT2 7NF", "location_kind": "service_base"},
        ),
        ({"name": "A"}, {"name": "B"}),
    ],
    ids=["can ask herself", "confirmed", "kind", "has a base", "nearer", "name"],
)
def test_other_help_is_in_the_order_in_which_it_can_be_used(first, second):
    index = MadeUpIndex({"CT1 3NG": (50.5, 0.6), "CT2 7NF": (50.5, 0.9)})
    plain = {"name": "Same", "kind": ServiceKind.PEER_SUPPORT}
    last, start = (
        service(**{**plain, "id": "2", **second}),
        service(**{**plain, "id": "1", **first}),
    )
    answer = found([last, start], [("2", "E01"), ("1", "E01")], index=index)
    assert ids(answer.alternatives) == ["1", "2"]


def test_what_would_hurt_is_left_out_by_what_is_known_of_her():
    unit = other("unit", ServiceKind.MOTHER_BABY_UNIT)
    serves = [("unit", "E01")]
    assert ids(found([unit], serves).alternatives) == ["unit"]
    assert found([unit], serves, needs=(Pathway.LOSS,)).alternatives == ()
    with_her = Situation(has_baby=True)
    shown = found([unit], serves, needs=(Pathway.LOSS,), who=with_her)
    assert ids(shown.alternatives) == ["unit"]
    said_before = situation((Pathway.LOSS,))
    assert ids(found([unit], serves, needs=(), who=said_before).alternatives) == ["unit"]


@pytest.mark.parametrize(
    ("needs", "told"),
    [
        ((Pathway.LOSS, Pathway.BIRTH_TRAUMA), (Pathway.BIRTH_TRAUMA, Pathway.LOSS)),
        ((Pathway.LOSS, Pathway.LOSS), (Pathway.LOSS,)),
    ],
)
def test_what_happened_is_kept_in_the_order_of_the_pages_each_once(needs, told):
    assert found([], [], needs=needs).needs == told


# --- from all over England ------------------------------------------------------------------------


def anywhere(key: str, **changes: object) -> Service:
    base = {
        "postcode": key,
        "location_kind": "service_base",
        "takes_from_anywhere": YesNo.YES,
    }
    return other(key, ServiceKind.MOTHER_BABY_UNIT, **{**base, **changes})


POINTS = {"CT1 3NG": (50.5, 0.6), "CT2 7NF": (50.5, 0.9), "CT3 1AA": (52.5, 0.9)}


def test_where_a_kind_has_no_local_service_the_two_nearest_from_anywhere_stand_in():
    services = [anywhere(key) for key in ("CT3 1AA", "CT2 7NF", "CT1 3NG")]
    index = MadeUpIndex(POINTS)
    answer = found(services, [], index=index)
    assert ids(answer.alternatives) == ["CT1 3NG", "CT2 7NF"]
    assert [m.certainty for m in answer.alternatives] == [None, None]
    assert [m.areas for m in answer.alternatives] == [(), ()]


@pytest.mark.parametrize(
    ("changes", "local"),
    [
        ({"status": Status.CLOSED}, []),
        ({"takes_from_anywhere": YesNo.NO}, []),
        ({"takes_from_anywhere": None}, []),
        ({}, [("near", "E01")]),
    ],
    ids=["closed", "only its area", "nothing said", "a local one is there"],
)
def test_none_from_anywhere_stands_in(changes, local):
    services = [anywhere("CT1 3NG", **changes), other("near", ServiceKind.MOTHER_BABY_UNIT)]
    answer = found(services, local, index=MadeUpIndex(POINTS))
    assert "CT1 3NG" not in ids(answer.alternatives)


def test_one_without_a_known_distance_comes_after_those_with_one():
    services = [anywhere("nowhere", postcode=""), anywhere("CT2 7NF"), anywhere("CT3 1AA")]
    answer = found(services, [], index=MadeUpIndex(POINTS))
    assert ids(answer.alternatives) == ["CT2 7NF", "CT3 1AA"]


# --- neighbours -----------------------------------------------------------------------------------


def test_the_services_of_adjoining_areas_are_neighbours_and_the_own_one_is_none():
    services = [mmhs("own"), mmhs("next"), mmhs("far")]
    serves = [("own", "E01"), ("own", "E02"), ("next", "E02"), ("far", "E03")]
    answer = found(services, serves)
    assert ids(answer.neighbours) == ["next"]
    (match,) = answer.neighbours
    assert match.areas == (MIDDLE,) and match.certainty is None


@pytest.mark.parametrize(("area", "seen"), [("E02", True), ("E03", True), ("E04", True)])
def test_a_neighbour_is_looked_for_up_to_three_areas_away(area, seen):
    assert bool(found([mmhs("a")], [("a", area)]).neighbours) is seen


def test_four_areas_away_is_no_neighbour():
    beyond = replace(HERE, areas=(UPPER,))
    assert found([mmhs("a")], [("a", "E01")], beyond).neighbours == ()
    four = replace(HERE, areas=(WEST,))
    made = [mmhs("a"), mmhs("b")]
    assert ids(found(made, [("a", "E03"), ("b", "E04")], four).neighbours) == ["a"]


def test_a_confirmed_neighbour_stands_first_then_the_one_that_serves_most_of_the_border():
    at_place = replace(HERE, areas=(MIDDLE,))
    services = [mmhs("doubtful", status=UNCONFIRMED), mmhs("b"), mmhs("a"), mmhs("wide")]
    serves = [("doubtful", "E01"), ("doubtful", "E03"), ("b", "E01"), ("a", "E01")]
    serves += [("wide", "E01"), ("wide", "E03")]
    answer = found(services, serves, at_place)
    assert ids(answer.neighbours) == ["wide", "a", "b", "doubtful"]


def test_other_kinds_and_closed_services_are_no_neighbours():
    services = [other("team", ServiceKind.PERINATAL_TEAM), mmhs("gone", status=Status.CLOSED)]
    assert found(services, [("team", "E02"), ("gone", "E02")]).neighbours == ()


def test_one_of_which_only_a_name_is_known_is_no_neighbour_of_its_own_area():
    planned = mmhs("planned", status=UNCONFIRMED, who_for="")
    assert found([planned], [("planned", "E01"), ("planned", "E02")]).neighbours == ()


# --- where, and when ------------------------------------------------------------------------------


def test_distance_is_to_where_care_is_given_and_a_head_office_is_kept_apart():
    index = MadeUpIndex(POINTS)
    at_base = mmhs("base", postcode="CT1 3NG", location_kind="hospital_site")
    at_office = mmhs("office", office_postcode="CT2 7NF", postcode="CT1 3NG")
    answer = found([at_base, at_office], [("base", "E01"), ("office", "E01")], index=index)
    base, office = answer.mmhs
    assert (base.lat, base.lon, base.office_lat, base.office_lon) == (50.5, 0.6, None, None)
    assert base.distance_km == pytest.approx(7.1, abs=0.05)
    assert (office.lat, office.lon, office.distance_km) == (None, None, None)
    assert (office.office_lat, office.office_lon) == (50.5, 0.9)


def test_without_one_point_for_the_place_there_is_no_distance():
    at_base = mmhs("base", postcode="CT1 3NG", location_kind="service_base")
    (match,) = found([at_base], [("base", "E01")], TWO, index=MadeUpIndex(POINTS)).mmhs
    assert match.distance_km is None and match.lat == 50.5


def test_the_moment_is_told_in_london_time():
    made = finder(directory())
    summer = datetime.fromisoformat("2026-07-01T08:00:00+00:00")
    at = made.find(HERE, (), summer).at
    assert at == summer and at.hour == 9 and at.tzinfo is LONDON


def test_a_service_is_open_at_the_moment_that_was_asked_for():
    phone = {"phone": "01", "phone_audience": "public", "phone_status": "confirmed"}
    a = mmhs("a", hours_osm="Mo-Fr 09:00-17:00", **phone)
    made = finder(directory([a], [("a", "E01")]))
    assert made.find(HERE, (), TUESDAY_NOON).mmhs[0].opening.open_now
    assert not made.find(HERE, (), SUNDAY_NIGHT).mmhs[0].opening.open_now


def test_the_criteria_of_a_service_come_with_it():
    own = criteria(service_id="a", loss=YesNo.YES)
    (match,) = found([mmhs("a")], [("a", "E01")], criteria=[own]).mmhs
    assert match.criteria == own


# --- routes ---------------------------------------------------------------------------------------


def route(kind: str, **changes: object) -> object:
    return line(**{"id": kind, "kind": kind, "nations": ("England",), **changes})


ROUTES = [
    route(kind)
    for kind in ("maternity", "perinatal_mental_health_team", "nhs_talking_therapies", "gp")
]
REACHED = {"website": "https://example.org/team"}


@pytest.mark.parametrize(
    ("team", "left_out"),
    [
        ({**REACHED}, True),
        ({}, False),
        ({**REACHED, "status": UNCONFIRMED}, False),
    ],
    ids=["can be reached", "no way to it", "not confirmed"],
)
def test_a_route_is_left_out_only_where_a_confirmed_local_service_can_be_reached(team, left_out):
    a = other("team", ServiceKind.PERINATAL_TEAM, **team)
    answer = found([a], [("team", "E01")], national=ROUTES)
    kinds = [offer.support.kind for offer in answer.routes]
    rest = ["gp", "nhs_talking_therapies", "maternity"]
    assert kinds == (rest if left_out else [*rest[:2], "perinatal_mental_health_team", rest[2]])


def test_lines_for_everybody_and_urgent_help_are_those_of_the_nation():
    rows = [
        line(id="scot", nations=("Scotland",)),
        line(id="eng", nations=("England",)),
        line(id="crisis", kind="crisis", nations=("Scotland",)),
    ]
    answer = found([], [], place(areas=(), nation=Nation.SCOTLAND), national=rows)
    assert [o.support.id for o in answer.national] == ["scot"]
    assert [o.support.id for o in answer.urgent] == ["crisis"]


def test_lines_of_a_kind_and_for_a_topic_are_those_of_that_nation_and_moment():
    rows = [
        line(id="scot", kind="young_people", nations=("Scotland",), pathways=("ocd",)),
        line(id="eng", kind="young_people", nations=("England",), pathways=("ocd",)),
        line(id="baby", nations=("Scotland",), pathways=("ocd",), with_a_baby=YesNo.YES),
    ]
    hours = {"phone_hours_osm": "Mo-Fr 09:00-17:00"}
    made = finder(directory(national=[row.model_copy(update=hours) for row in rows]))
    for at, is_open in ((TUESDAY_NOON, True), (SUNDAY_NIGHT, False)):
        (young,) = made.of_kind("young_people", Nation.SCOTLAND, at)
        assert (young.support.id, young.opening.open_now) == ("scot", is_open)
        lost = situation((Pathway.LOSS,))
        (about,) = made.support_for("ocd", Nation.SCOTLAND, at, lost)
        assert (about.support.id, about.opening.open_now) == ("scot", is_open)
    now = made.support_for("ocd", Nation.SCOTLAND)
    assert [o.support.id for o in now] == ["scot", "baby"]


# --- places ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("postcodes", "areas"),
    [((98, 2), ["Westshire", "Middleshire"]), ((99, 1), ["Westshire"])],
    ids=["two per cent", "less"],
)
def test_a_council_with_less_than_two_per_cent_of_an_area_is_left_out_of_it(postcodes, areas):
    index = MadeUpIndex()
    shares = zip(("E01", "E02"), postcodes, strict=True)
    index.add("CT1", councils=tuple(CouncilShare(code, n) for code, n in shares))
    assert [a.name for a in finder(directory(), index).place("CT1").areas] == areas


def test_a_split_council_chosen_by_name_is_all_its_parts_and_that_is_said():
    made = finder(directory())
    whole = made.council(SPLIT.code)
    assert whole.areas == (LOWER, UPPER)
    assert [n.code for n in whole.notices] == [NoticeCode.SPLIT_COUNCIL]
    part = made.council(UPPER.code)
    assert (part.areas, part.council, part.notices) == ((UPPER,), SPLIT.name, ())
    assert areas_of(made.suggestions("splitshire")) == [SPLIT]


def test_an_outward_code_over_several_councils_says_so_and_one_in_a_split_council_that():
    index = MadeUpIndex()
    index.add("CT1", councils=(CouncilShare("E03", 5), CouncilShare("E04", 5)))
    index.add("CT2", councils=(CouncilShare("E05", 5),))
    made = finder(directory(), index)
    assert made.place("CT1").areas == (EAST, FAR)
    assert [n.code for n in made.place("CT1").notices] == [NoticeCode.SEVERAL_AREAS]
    assert [n.code for n in made.place("CT2").notices] == [NoticeCode.SPLIT_COUNCIL]


def by_a_border(*others: Area) -> Place:
    return place(areas=(WEST,), lat=50.5, lon=0.5, close=others)


def test_a_postcode_by_a_border_is_told_who_helps_on_the_other_side() -> None:
    services = [mmhs("own"), mmhs("across"), mmhs("behind")]
    serves = [("own", "E01"), ("across", "E02"), ("behind", "E03")]
    answer = found(services, serves, by_a_border(MIDDLE, EAST))
    (notice,) = [n for n in answer.notices if n.code is NoticeCode.CLOSE_TO]
    assert notice.values == {"areas": (MIDDLE.name, EAST.name), "names": ("Across", "Behind")}
    assert ids(answer.mmhs) == ["own"], "the postcode's own council is known"
    assert ids(answer.neighbours)[0] == "across"


@pytest.mark.parametrize("serves", [[("own", "E01"), ("own", "E02")], [("own", "E01")]])
def test_a_border_between_areas_of_one_service_or_of_none_is_not_mentioned(
    serves: list[tuple[str, ...]],
) -> None:
    answer = found([mmhs("own")], serves, by_a_border(MIDDLE))
    assert NoticeCode.CLOSE_TO not in codes(answer)


def test_a_postcode_in_the_index_knows_the_areas_close_to_it() -> None:
    index = MadeUpIndex()
    here = (CouncilShare("E01", 1),)
    close = (CloseBy("E02", 50.5, 1.5), CloseBy("E05", 54.5, 10.5), CloseBy("W06", 50.5, 0.5))
    index.add("CT1 3NG", councils=here, lat=50.5, lon=0.99, close=close)
    assert finder(directory(), index).place("CT1 3NG").close == (MIDDLE, LOWER)


class LettersMissing(MadeUpIndex):
    """An index in which a letter follows the first part "SW1"."""

    parts: tuple[str, ...] = ("SW1A", "SW1E")

    def locate(self, postcode: Postcode) -> Located:
        if postcode.outward == "SW1":
            raise LetterMissing(self.parts)
        return super().locate(postcode)


@pytest.mark.parametrize(("councils", "taken"), [(("E01", "E01"), True), (("E01", "E02"), False)])
def test_a_first_part_without_its_letter_is_taken_where_all_with_one_are_in_the_same_area(
    councils: tuple[str, str], taken: bool
) -> None:
    index = LettersMissing()
    for part, code in zip(index.parts, councils, strict=True):
        index.add(part, councils=(CouncilShare(code, 5),), lat=50.5, lon=0.5)
    made = finder(directory(), index)
    if taken:
        place = made.place("SW1")
        assert (place.label, place.areas, place.point, place.notices) == ("SW1", (WEST,), None, ())
    else:
        with pytest.raises(LetterMissing):
            made.place("SW1")
        assert [offer.text for offer in made.suggestions("SW1").offers] == ["SW1A", "SW1E"]
