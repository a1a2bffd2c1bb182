"""Lines, charities and routes, and in which order they are offered: `answers.national`."""

from __future__ import annotations

from datetime import datetime

import pytest

from mmhs_finder.answers.national import ROUTE_KINDS, NationalHelp
from mmhs_finder.answers.suited import Situation, situation
from mmhs_finder.answers.types import Offer
from mmhs_finder.directory.models import NationalSupport, Pathway, ServiceKind, Status, YesNo
from mmhs_finder.hours import LONDON
from mmhs_finder.nation import Nation
from tests.made_up.records import SUNDAY_NIGHT, TUESDAY_NOON, line
from tests.made_up.world import directory

ENGLAND, SCOTLAND = Nation.ENGLAND, Nation.SCOTLAND
ANYBODY = situation()
AFTER_A_LOSS = situation((Pathway.LOSS,))
NO_PHONE = {"phone": "", "phone_status": None}
WEEKDAYS = {"phone_hours_osm": "Mo-Fr 09:00-17:00; PH off"}
LISTENS = {"urgent_strip": "listening_line"}


def ids(offers: tuple[Offer, ...]) -> list[str]:
    return [offer.support.id for offer in offers]


def help_of(*rows: NationalSupport) -> NationalHelp:
    return NationalHelp(directory(national=rows))


def lines(
    *rows: NationalSupport, who: Situation = ANYBODY, at: datetime = TUESDAY_NOON
) -> list[str]:
    return ids(help_of(*rows).lines(ENGLAND, who, at))


def about(topic: str, *rows: NationalSupport, who: Situation = ANYBODY) -> list[str]:
    return ids(help_of(*rows).about(topic, ENGLAND, TUESDAY_NOON, who))


# --- routes ---------------------------------------------------------------------------------------


def test_routes_stand_in_the_order_in_which_people_take_them():
    rows = [line(id=k, kind=k, nations=("England",)) for k in sorted(ROUTE_KINDS)]
    assert ids(help_of(*rows).routes(TUESDAY_NOON, ANYBODY)) == list(ROUTE_KINDS)


@pytest.mark.parametrize(
    "row",
    [
        line(id="uk", kind="gp", nations=("UK",)),
        line(id="scot", kind="gp", nations=("Scotland",)),
        line(id="charity", kind="voluntary_sector", nations=("England",)),
    ],
    ids=lambda row: row.id,
)
def test_only_routes_of_england_are_routes(row):
    assert help_of(row).routes(TUESDAY_NOON, ANYBODY) == ()


@pytest.mark.parametrize(
    ("kind", "instead"),
    [
        ("nhs_talking_therapies", ServiceKind.TALKING_THERAPIES),
        ("perinatal_mental_health_team", ServiceKind.PERINATAL_TEAM),
    ],
)
def test_a_route_is_not_needed_where_there_is_a_local_service_of_its_kind(kind, instead):
    made = help_of(line(id="route", kind=kind, nations=("England",)))
    assert ids(made.routes(TUESDAY_NOON, ANYBODY, {instead})) == []
    others = {*ServiceKind} - {instead}
    assert ids(made.routes(TUESDAY_NOON, ANYBODY, others)) == ["route"]


def test_after_a_loss_talking_about_the_birth_comes_last_and_no_health_visitor():
    kinds = ("maternity", "health_visitor", "gp", "social_prescribing")
    made = help_of(*(line(id=k, kind=k, nations=("England",)) for k in kinds))
    after = made.routes(TUESDAY_NOON, AFTER_A_LOSS)
    assert ids(after) == ["gp", "social_prescribing", "maternity"]
    before = made.routes(TUESDAY_NOON, ANYBODY)
    assert ids(before) == ["gp", "maternity", "health_visitor", "social_prescribing"]


# --- lines for what happened ----------------------------------------------------------------------


def topic(key: str, *topics: str, **changes: object) -> NationalSupport:
    return line(**{"id": key, "pathways": topics, **changes})


def test_lines_for_what_happened_are_all_there_is_where_enough_of_them_can_be_called():
    rows = [topic("a", "loss"), topic("b", "loss"), topic("c", "any")]
    assert lines(*rows, who=AFTER_A_LOSS) == ["a", "b"]


@pytest.mark.parametrize(
    "second",
    [
        topic("b", "loss", **NO_PHONE),
        topic("b", "birth_trauma"),
        topic("b", "loss", phone_status="check"),
    ],
    ids=["no number", "for something else", "not confirmed"],
)
def test_where_fewer_than_two_can_be_called_lines_for_everybody_stand_with_them(second):
    shown = lines(topic("a", "loss"), second, topic("c", "any"), who=AFTER_A_LOSS)
    assert "c" in shown and shown[0] == "a"


def test_the_count_is_made_for_each_thing_that_happened():
    who = situation((Pathway.LOSS, Pathway.BIRTH_TRAUMA))
    rows = [topic("a", "loss"), topic("b", "loss"), topic("birth", "birth_trauma")]
    assert lines(*rows, topic("c", "any"), who=who) == ["a", "b", "birth", "c"]
    both = topic("two", "birth_trauma")
    assert lines(*rows, both, topic("c", "any"), who=who) == ["a", "b", "birth", "two"]


def test_with_them_stands_only_who_can_be_called_or_texted_and_listening_lines():
    rows = [
        topic("a", "loss"),
        topic("page", "any", website="https://example.org", **NO_PHONE),
        topic("text", "any", text_number="85258", **NO_PHONE),
        topic("group", "any", kind="faith"),
        topic("listens", "any", kind="crisis", **LISTENS),
        topic("crisis", "any", kind="crisis"),
    ]
    assert sorted(lines(*rows, who=AFTER_A_LOSS)) == ["a", "listens", "text"]


def test_where_none_is_for_what_happened_there_are_those_for_anybody():
    shown = lines(topic("fear", "tokophobia"), topic("c", "any"), who=AFTER_A_LOSS)
    assert shown == ["c", "fear"]


@pytest.mark.parametrize(
    "row",
    [
        topic("x", "any", kind="gp"),
        topic("x", "any", kind="crisis"),
        topic("x", "any", kind="domestic_abuse"),
        topic("x", "any", kind="adjacent_mmhs"),
        topic("x", "ocd"),
        topic("x", "any", nations=("Wales",)),
    ],
    ids=["route", "crisis", "abuse", "a list", "a condition", "another nation"],
)
def test_what_is_no_line_for_everybody_is_never_among_them(row):
    assert lines(row, topic("c", "any")) == ["c"]


def test_somebody_who_said_nothing_sees_first_what_hurts_nobody():
    rows = [
        topic("baby", with_a_baby=YesNo.YES),
        topic("group", "any", kind="faith"),
        topic("fear", "tokophobia"),
        topic("birth", "birth_trauma"),
        topic("loss", "loss"),
        topic("any", "any"),
        topic("listens", "any", kind="crisis", **LISTENS),
        topic("texts", "any", kind="crisis", urgent_strip="text_line"),
    ]
    assert lines(*rows) == ["listens", "texts", "any", "loss", "birth", "fear", "group", "baby"]


def test_a_line_about_several_things_stands_with_the_one_that_hurts_least():
    rows = [topic("birth", "birth_trauma"), topic("both", "birth_trauma", "loss")]
    assert lines(*rows) == ["both", "birth"]


def test_a_line_that_listens_stands_first_though_another_is_open():
    rows = [topic("any", "any"), topic("listens", "any", **LISTENS, **WEEKDAYS)]
    assert lines(*rows, at=SUNDAY_NIGHT) == ["listens", "any"]


def test_for_what_happened_comes_before_for_any_reason_however_it_can_be_reached():
    rows = [topic("any", "any", text_number="85258"), topic("loss", "loss")]
    assert lines(*rows, who=AFTER_A_LOSS) == ["loss", "any"]


def test_lines_that_stand_with_few_hurt_nobody_either():
    rows = [topic("loss", "loss"), topic("any", "any"), topic("baby", with_a_baby=YesNo.YES)]
    assert lines(*rows, who=AFTER_A_LOSS) == ["loss", "any"]
    assert about("loss", *rows, who=AFTER_A_LOSS) == ["loss", "any"]
    assert about("any", *rows, who=AFTER_A_LOSS) == ["any", "loss"]


def test_listening_lines_stand_once():
    assert lines(topic("listens", "any", **LISTENS), topic("c", "any")) == ["listens", "c"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({}, {"status": Status.UNKNOWN}),
        ({"status": Status.OPEN, "with_a_baby": YesNo.YES}, {"status": Status.UNKNOWN}),
        ({"kind": "faith"}, {"with_a_baby": YesNo.YES}),
        (WEEKDAYS, {"kind": "faith"}),
        ({}, WEEKDAYS),
        ({}, NO_PHONE | {"text_number": "85258"}),
        (NO_PHONE | {"text_number": "85258"}, NO_PHONE | {"website": "https://a.example"}),
    ],
    ids=["running", "baby", "baby after a group", "group", "open now", "a number", "a text"],
)
def test_the_order_of_lines_is_how_well_they_can_be_used(first, second):
    about_birth = {"pathways": ("birth_trauma",)}
    made = help_of(line(id="2", **about_birth, **second), line(id="1", **about_birth, **first))
    needs, at = situation((Pathway.BIRTH_TRAUMA,)), SUNDAY_NIGHT
    assert ids(made.lines(ENGLAND, needs, at)) == ["1", "2"]
    assert ids(made.about("birth_trauma", ENGLAND, at, needs)) == ["1", "2"]
    if first.get("kind") == second.get("kind"):
        assert ids(made.of_kind("voluntary_sector", ENGLAND, at)) == ["1", "2"]


def test_open_now_counts_before_for_what_happened_and_that_before_a_number():
    rows = [
        topic("any", "any"),
        topic("texts", "loss", text_number="85258", **NO_PHONE),
        topic("day", "loss", **WEEKDAYS),
    ]
    at_night = lines(*rows, who=AFTER_A_LOSS, at=SUNDAY_NIGHT)
    assert at_night == ["any", "day", "texts"]
    by_day = lines(*rows, who=AFTER_A_LOSS)
    assert by_day == ["day", "any", "texts"]


def test_in_somebody_elses_first_list_open_now_counts_within_a_place_only():
    rows = [topic("day", "any", **WEEKDAYS), topic("loss", "loss"), topic("always", "any")]
    assert lines(*rows, at=SUNDAY_NIGHT) == ["always", "day", "loss"]


# --- one topic ------------------------------------------------------------------------------------


def test_domestic_abuse_is_shown_to_who_chooses_it_and_to_nobody_else():
    abuse = topic("abuse", "domestic_abuse", "loss", kind="domestic_abuse")
    rows = [abuse, topic("a", "loss"), topic("b", "loss"), topic("c", "any", "domestic_abuse")]
    assert about("domestic_abuse", *rows) == ["abuse"]
    assert about("loss", *rows) == ["a", "b"]
    assert "abuse" not in about("any", *rows)


def test_crisis_lines_are_a_topic_of_their_own():
    rows = [topic("crisis", "crisis", "ocd", kind="crisis"), topic("a", "ocd", "crisis")]
    assert about("crisis", *rows) == ["crisis"]
    assert about("ocd", *rows) == ["a"]


@pytest.mark.parametrize("kind", ["gp", "adjacent_mmhs"])
def test_a_route_or_a_list_is_no_line_for_a_topic(kind):
    assert about("ocd", topic("a", "ocd"), topic("b", "ocd", kind=kind)) == ["a"]


def test_only_for_the_four_things_that_happen_lines_for_everybody_stand_with_few():
    rows = [topic("a", "ocd", "loss"), topic("c", "any"), topic("d", "any", **NO_PHONE)]
    assert about("ocd", *rows) == ["a"]
    assert about("loss", *rows) == ["a", "c"]
    assert about("loss", *rows, topic("b", "loss")) == ["a", "b"]


def test_what_would_hurt_is_no_line_for_a_topic_either():
    row = topic("baby", "ocd", with_a_baby=YesNo.YES)
    assert about("ocd", row) == ["baby"]
    assert about("ocd", row, who=AFTER_A_LOSS) == []


def test_of_a_kind_are_the_rows_of_that_kind_in_that_nation():
    rows = [
        line(id="a", kind="young_people"),
        line(id="b", kind="young_people", nations=("Wales",)),
        line(id="c", kind="faith"),
    ]
    assert ids(help_of(*rows).of_kind("young_people", ENGLAND, TUESDAY_NOON)) == ["a"]


# --- open now -------------------------------------------------------------------------------------

EASTER_MONDAY = datetime(2026, 4, 6, 12, tzinfo=LONDON)
SECOND_OF_JANUARY = datetime(2026, 1, 2, 12, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("nations", "nation", "at", "is_open"),
    [
        (("UK",), ENGLAND, EASTER_MONDAY, False),
        (("UK",), SCOTLAND, EASTER_MONDAY, False),
        (("Scotland",), SCOTLAND, EASTER_MONDAY, True),
        (("UK",), SCOTLAND, SECOND_OF_JANUARY, False),
        (("UK",), ENGLAND, SECOND_OF_JANUARY, True),
        (("England", "Scotland"), SCOTLAND, EASTER_MONDAY, False),
        (("UK",), SCOTLAND, TUESDAY_NOON, True),
    ],
)
def test_a_line_for_several_nations_is_shut_on_englands_bank_holidays_too(
    nations, nation, at, is_open
):
    made = help_of(line(nations=nations, **WEEKDAYS))
    (offer,) = made.lines(nation, ANYBODY, at)
    assert offer.opening.open_now is is_open


@pytest.mark.parametrize(
    ("changes", "is_open"),
    [
        ({}, True),
        ({"phone_status": "check"}, False),
        ({"phone_status": "check", "text_number": "85258"}, True),
        ({"phone": "", "phone_status": None}, True),
    ],
    ids=["confirmed", "not confirmed", "can be texted", "only a page"],
)
def test_a_number_that_nobody_may_ring_is_never_open(changes, is_open):
    (offer,) = help_of(line(**changes)).lines(ENGLAND, ANYBODY, TUESDAY_NOON)
    assert offer.opening.open_now is is_open


@pytest.mark.parametrize(
    ("changes", "answers"),
    [({}, True), ({**NO_PHONE, "text_number": "85258"}, False), (WEEKDAYS, False)],
)
def test_a_line_answers_now_when_it_is_open_and_can_be_called(changes, answers):
    (offer,) = help_of(line(**changes)).lines(ENGLAND, ANYBODY, SUNDAY_NIGHT)
    assert offer.answers_now is answers
