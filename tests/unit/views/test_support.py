"""Other support: a topic adds to what happened, and never undoes it; which parts there are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mmhs_finder.answers.suited import About, Situation, about_service
from mmhs_finder.directory.models import LocationKind, Pathway, ServiceKind, YesNo
from mmhs_finder.nation import Nation
from mmhs_finder.views.answer import Section, answer_view, baby_section
from mmhs_finder.views.hours import hours_view
from mmhs_finder.views.line import line_view, route_view
from mmhs_finder.views.support import TOPICS, nearest_unit, situation_for, support_view
from mmhs_finder.views.urgent import today_view
from mmhs_finder.words import say
from tests.made_up import world
from tests.made_up.lines import STRIP, crisis
from tests.made_up.records import SUNDAY_NIGHT, TUESDAY_NOON, line, offer, place, service

CARE = Situation(needs=frozenset({Pathway.SEPARATION}))
NOTHING = Situation()


@pytest.mark.parametrize("topic", TOPICS)
def test_what_happened_holds_whatever_topic_is_chosen(finder, topic):
    assert situation_for(CARE, topic).shielded
    view = support_view(
        finder, topic, Nation.ENGLAND, SUNDAY_NIGHT, place=finder.place("B15 2TG"), who=CARE
    )
    assert not [s.name for s in view.near if about_service(s.service) is About.BABY]
    assert not view.baby_lines


@pytest.mark.parametrize("nation", [n for n in Nation if n is not Nation.ENGLAND])
def test_what_is_local_is_told_in_england_only(finder, nation):
    view = support_view(finder, "any", nation, SUNDAY_NIGHT, who=Situation())
    assert view.near_section is None
    assert view.routes_section is None
    assert not view.near_none
    assert view.urgent


def test_where_nothing_is_open_the_lines_of_a_crisis_stand_instead(finder):
    view = support_view(
        finder, "tokophobia", Nation.JERSEY, SUNDAY_NIGHT, who=Situation(), open_only=True
    )
    assert all(line.hours.opening.open_now for line in view.lines)


# --- the topic and what happened ------------------------------------------------------------------


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_that_can_happen_is_added_to_what_did_and_no_other(topic):
    named = {p for p in Pathway if p.value == topic}
    found = situation_for(Situation(needs=CARE.needs, has_baby=False, pregnant=True), topic)
    assert found == Situation(needs=CARE.needs | named, has_baby=False, pregnant=True)


def test_every_topic_is_asked_once_the_unsure_first_and_the_hidden_one_last():
    assert (
        "any",
        *("birth_trauma", "loss", "tokophobia", "separation"),
        *("depression_anxiety", "ocd", "psychosis", "racing_thoughts", "partner"),
        "domestic_abuse",
    ) == TOPICS


# --- which parts there are ------------------------------------------------------------------------

HOME = place(areas=(world.WEST,), council_code="E01", council="Westshire")
COUNSELLING = service(id="pier", kind=ServiceKind.COUNSELLING, name="Pier")
MATERNAL = service(id="willow", name="Willow")
DAYTIME = {
    "phone_hours_text": "Monday to Friday, 9am to 5pm",
    "phone_hours_osm": "Mo-Fr 09:00-17:00",
}
GP = line(id="gp", kind="gp", name="A GP", nations=("England",), **DAYTIME)
FEAR = line(id="fear", pathways=("tokophobia",), phone="0300 1")
BABY = line(id="baby", pathways=("depression_anxiety",), with_a_baby="yes")
LOW = line(id="low", pathways=("depression_anxiety",))
ILL = line(id="ill", pathways=("psychosis",))
HIDDEN = line(id="hidden", kind="domestic_abuse", pathways=("domestic_abuse",))


def unit(key, **changes):
    return service(
        **{
            "id": key,
            "kind": ServiceKind.MOTHER_BABY_UNIT,
            "name": f"Unit {key}",
            "location_kind": LocationKind.SERVICE_BASE,
            "phone": "0300 4",
            "phone_audience": "public",
            "phone_status": "confirmed",
            "hours_text": "By day",
            "hours_osm": "Mo-Fr 09:00-17:00",
            **changes,
        }
    )


INDEX = world.MadeUpIndex({"B1 1AA": (52.5, -1.5), "B2 2AA": (52.504, -1.5), "B3 3AA": (53, -1.5)})
NOWHERE = unit("nowhere", self_referral="yes")
HERE = unit("here", postcode="B1 1AA")
CLOSE = unit("close", postcode="B2 2AA", self_referral="yes")
AWAY = unit("away", postcode="B3 3AA", self_referral="yes")


def made(*lines, services=(COUNSELLING, MATERNAL), index=None):
    """A finder for Westshire with these lines, the strip of urgent help, and a GP."""
    serves = [(s.id, "E01") for s in services if s.takes_from_anywhere is not YesNo.YES]
    return world.finder(
        world.directory(services, serves, national=(*STRIP, GP, *lines)),
        index,
    )


def look(topic, *lines, nation=Nation.ENGLAND, at=TUESDAY_NOON, of=None, **changes):
    found = of or made(*lines)
    return support_view(found, topic, nation, at, **{"place": HOME, "who": NOTHING, **changes})


def ids(lines):
    return [each.id for each in lines]


def test_everything_for_a_topic_with_a_place_in_england():
    finder = made(FEAR)
    view = look("tokophobia", of=finder)
    assert view.today is None
    assert view.urgent_section == Section(say("result.urgent_heading"), say("support.urgent_intro"))
    urgent = finder.urgent(Nation.ENGLAND, TUESDAY_NOON)
    assert view.urgent == tuple(line_view(o, TUESDAY_NOON) for o in urgent)
    assert view.urgent
    assert view.lines_section == Section(say("support.national_heading"))
    who = situation_for(NOTHING, "tokophobia")
    lines = finder.support_for("tokophobia", Nation.ENGLAND, TUESDAY_NOON, who)
    assert view.lines == tuple(line_view(o, TUESDAY_NOON) for o in lines)
    assert view.lines[0].id == "fear"
    assert view.safe_note == view.none_open == view.near_none == ""
    assert view.baby_section == baby_section()
    assert view.baby_lines == ()
    assert view.near_section == Section(
        say("support.near_heading", place="MS1 1AA"), say("support.near_text")
    )
    near = answer_view(finder.find(HOME, (Pathway.TOKOPHOBIA,), TUESDAY_NOON, who))
    assert view.near == (*near.services, *near.alternatives)
    assert [s.name for s in view.near] == ["Willow", "Pier"]
    assert view.routes_section == Section(
        say("support.routes_heading"), say("support.routes_intro")
    )
    assert view.routes == (route_view(offer(GP), TUESDAY_NOON),)
    assert view.routes[0].heading == say("route.gp")


@pytest.mark.parametrize("where", [None, place(areas=())])
def test_without_a_place_in_england_it_says_that_nothing_near_is_known(where):
    view = look("any", place=where)
    assert view.near_section is None
    assert view.near == ()
    assert view.near_none == say("support.near_none")
    assert ids(view.routes) == ["gp"]


@pytest.mark.parametrize("where", [None, HOME])
def test_who_chose_domestic_abuse_is_shown_its_lines_and_nothing_near(where):
    view = look("domestic_abuse", HIDDEN, place=where)
    assert view.safe_note == say("support.safe_note")
    assert ids(view.lines) == ["hidden"]
    assert (view.near_section, view.near, view.near_none) == (None, (), "")
    assert (view.routes_section, view.routes) == (None, ())
    assert view.today is None


def test_nobody_else_is_shown_lines_for_domestic_abuse():
    for topic in TOPICS[:-1]:
        view = look(topic, HIDDEN)
        assert not view.safe_note
        assert "hidden" not in ids((*view.lines, *view.urgent, *view.routes))


def test_outside_england_the_place_is_not_asked():
    view = look("any", nation=Nation.WALES)
    assert (view.near_section, view.near, view.near_none) == (None, (), "")
    assert (view.routes_section, view.routes) == (None, ())
    assert "111 press" in ids(view.urgent)
    assert "111 option" not in ids(view.urgent)


def test_lines_for_a_parent_with_her_baby_stand_apart_and_not_after_a_loss():
    view = look("depression_anxiety", BABY, LOW)
    assert (ids(view.lines), ids(view.baby_lines)) == (["low"], ["baby"])
    lost = look("depression_anxiety", BABY, LOW, who=Situation(frozenset({Pathway.LOSS})))
    assert (ids(lost.lines), ids(lost.baby_lines)) == (["low"], [])


def test_a_topic_that_is_a_loss_shields_by_itself():
    unit = service(id="unit", kind=ServiceKind.MOTHER_BABY_UNIT, name="Unit")
    visitor = line(id="visitor", kind="health_visitor", nations=("England",))
    finder = made(visitor, services=(COUNSELLING, unit))
    assert [s.name for s in look("loss", of=finder).near] == ["Pier"]
    assert ids(look("loss", of=finder).routes) == ["gp"]
    assert [s.name for s in look("any", of=finder).near] == ["Pier", "Unit"]
    assert ids(look("any", of=finder).routes) == ["gp", "visitor"]


def test_her_answers_hold_for_what_is_near_as_well():
    finder = made(services=(COUNSELLING, HERE), index=INDEX)
    lost = Situation(frozenset({Pathway.LOSS}))
    assert [s.name for s in look("any", of=finder, who=lost).near] == ["Pier"]
    with_a_baby = replace(lost, has_baby=True)
    found = look("any", of=finder, who=with_a_baby).near
    assert [s.name for s in found] == ["Pier", "Unit here"]


@pytest.mark.parametrize(("at", "opened"), [(TUESDAY_NOON, True), (SUNDAY_NIGHT, False)])
def test_what_is_near_is_open_or_not_at_the_moment_that_was_asked_for(at, opened):
    (found,) = look("any", of=made(services=(HERE,), index=INDEX), at=at).near
    assert found.hours.opening.open_now is opened


# --- open now -------------------------------------------------------------------------------------

CLOSED_NOW = crisis("evening", phone="0300 2", **DAYTIME)
NO_HOURS = crisis("hours unknown", phone="0300 3", phone_hours_text="", phone_hours_osm="")


def test_open_only_leaves_out_what_is_known_to_be_closed_and_keeps_urgent_help_of_no_hours():
    finder = made(FEAR, CLOSED_NOW, NO_HOURS)
    everything = ids(look("tokophobia", of=finder, at=SUNDAY_NIGHT).urgent)
    assert {"evening", "hours unknown"} < {*everything}
    some = ids(look("tokophobia", of=finder, at=SUNDAY_NIGHT, open_only=True).urgent)
    assert some == [key for key in everything if key != "evening"]


def test_open_only_leaves_out_lines_that_are_closed_or_of_no_known_hours():
    closed = line(id="closed", pathways=("ocd",), **DAYTIME)
    unknown = line(id="unknown", pathways=("ocd",), phone_hours_text="", phone_hours_osm="")
    opened = line(id="opened", pathways=("ocd",))
    lines = (closed, unknown, opened)
    view = look("ocd", *lines, at=SUNDAY_NIGHT, open_only=True)
    assert (ids(view.lines), view.none_open) == (["opened"], "")
    assert ids(look("ocd", *lines, at=SUNDAY_NIGHT).lines) == ["opened", "closed", "unknown"]


def test_with_nothing_open_it_says_so_and_shows_the_crisis_lines_that_always_are():
    shut = line(id="closed", pathways=("ocd",), **DAYTIME)
    lines = (shut, CLOSED_NOW, NO_HOURS)
    view = look("ocd", *lines, at=SUNDAY_NIGHT, open_only=True)
    assert view.none_open == say("support.none_open")
    assert {*ids(view.lines)} == {"999", "111 option", "listens", "text"}
    assert not look("ocd", *lines, at=SUNDAY_NIGHT).none_open
    at_noon = look("ocd", *lines, at=TUESDAY_NOON, open_only=True)
    assert (ids(at_noon.lines), at_noon.none_open) == (["closed"], "")


# --- an emergency today ---------------------------------------------------------------------------


@pytest.mark.parametrize("topic", TOPICS)
def test_psychosis_and_racing_thoughts_alone_are_an_emergency_today(topic):
    assert (look(topic).today is not None) == (topic in ("psychosis", "racing_thoughts"))


@pytest.mark.parametrize("topic", ["psychosis", "racing_thoughts"])
def test_racing_thoughts_lead_to_the_lines_for_psychosis(topic):
    assert ids(look(topic, ILL, LOW).lines) == ["ill"]


@pytest.mark.parametrize(
    ("units", "nearest"),
    [
        ((AWAY, CLOSE), "close"),
        ((CLOSE, HERE), "here"),  # no distance at all is less than half a kilometre
        ((NOWHERE, AWAY), "away"),  # how far the first is, nobody knows
        ((NOWHERE,), "nowhere"),
        ((COUNSELLING, HERE), "here"),
    ],
)
def test_the_nearest_unit_is_nearest_by_distance_the_unknown_last(units, nearest):
    found = nearest_unit(made(services=units, index=INDEX), HOME, NOTHING, TUESDAY_NOON)
    assert found.id == nearest


def test_no_unit_where_none_is_known_no_place_is_or_it_would_hurt():
    finder = made(services=(HERE, COUNSELLING), index=INDEX)
    assert nearest_unit(finder, None, NOTHING, TUESDAY_NOON) is None
    assert nearest_unit(finder, place(areas=()), NOTHING, TUESDAY_NOON) is None
    lost = Situation(frozenset({Pathway.LOSS}))
    assert nearest_unit(finder, HOME, lost, TUESDAY_NOON) is None
    ill = Situation(frozenset({Pathway.LOSS}), has_baby=True)
    assert nearest_unit(finder, HOME, ill, TUESDAY_NOON).id == "here"
    assert nearest_unit(made(), HOME, NOTHING, TUESDAY_NOON) is None


@pytest.mark.parametrize(("at", "opened"), [(TUESDAY_NOON, True), (SUNDAY_NIGHT, False)])
def test_whether_the_unit_is_open_is_said_for_the_moment_that_was_asked_for(at, opened):
    found = nearest_unit(made(services=(HERE,), index=INDEX), HOME, NOTHING, at)
    assert found.hours.opening.open_now is opened
    assert found.hours == hours_view(found.hours.opening, "By day", at)


@pytest.mark.parametrize("nation", [Nation.ENGLAND, Nation.SCOTLAND, Nation.NORTHERN_IRELAND])
def test_today_names_the_nearest_unit_and_how_far_it_is(nation):
    finder = made(services=(AWAY, NOWHERE), index=INDEX)
    view = look("psychosis", of=finder, nation=nation)
    km = nearest_unit(finder, HOME, NOTHING, TUESDAY_NOON)
    assert km.distance
    assert view.today == today_view(
        finder.directory.national,
        nation,
        without_her_baby=False,
        unit="Unit away",
        distance=km.distance,
    )
    assert "Unit away" in view.today.unit


def test_today_without_a_unit_or_a_distance():
    rows = made().directory.national
    none = look("psychosis").today
    assert none == today_view(rows, Nation.ENGLAND, without_her_baby=False)
    far = look("psychosis", of=made(services=(NOWHERE,))).today
    assert far == today_view(rows, Nation.ENGLAND, without_her_baby=False, unit="Unit nowhere")


def test_today_no_word_of_a_baby_after_a_loss():
    finder = made(services=(HERE,), index=INDEX)
    view = look("racing_thoughts", of=finder, who=Situation(frozenset({Pathway.LOSS})))
    rows = finder.directory.national
    assert view.today == today_view(rows, Nation.ENGLAND, without_her_baby=True)
    assert view.today.unit == ""
