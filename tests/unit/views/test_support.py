"""Other support: a topic adds to what happened, and never undoes it; which parts there are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.answers.national import AboutLine, about_line
from mmhs_finder.answers.suited import About, Situation, about_service
from mmhs_finder.directory.models import LocationKind, Pathway, ServiceKind, YesNo
from mmhs_finder.nation import Nation
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.hours import hours_view
from mmhs_finder.views.line import line_view, route_view
from mmhs_finder.views.support import (
    TOPICS,
    Group,
    nearest_unit,
    situation_for,
    support_view,
    topics,
)
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
    assert not [s.name for s in near(view) if about_service(s.service) is About.BABY]
    assert not [li.id for li in view.lines if li.row.with_a_baby is YesNo.YES]


@pytest.mark.parametrize("nation", [n for n in Nation if n is not Nation.ENGLAND])
def test_what_is_local_is_told_in_england_only(finder, nation):
    view = support_view(finder, "any", nation, SUNDAY_NIGHT, who=Situation())
    assert view.near is None
    assert view.routes is None
    assert not view.near_none
    assert view.urgent.text == say("support.urgent_intro")


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
        *("with_a_baby", "domestic_abuse"),
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
    return [each.id for each in (lines.rows if isinstance(lines, Group) else lines)]


def near(view):
    """Everything near, what is folded for a parent with her baby last."""
    return tuple(row for group in (view.near, view.near_baby) if group for row in group.rows)


def shape(view):
    """Each group: its heading, or what opens it, and the ids in sight and folded."""
    return [(g.heading or g.more, ids(g.shown), ids(g.rest)) for g in view.groups]


def test_everything_for_a_topic_with_a_place_in_england():
    finder = made(FEAR)
    view = look("tokophobia", of=finder)
    assert view.today is None
    assert view.urgent.heading == say("result.urgent_heading")
    assert view.urgent.text == say("support.urgent_intro")
    urgent = finder.urgent(Nation.ENGLAND, TUESDAY_NOON)
    assert ids(view.urgent) == [o.support.id for o in urgent if o.support.id != "999"]
    assert not view.urgent.shown, "the strip stands above every page"
    assert view.urgent.more == say("support.urgent_more", count=len(view.urgent.rest))
    who = situation_for(NOTHING, "tokophobia")
    lines = finder.support_for("tokophobia", Nation.ENGLAND, TUESDAY_NOON, who)
    assert {*view.lines} == {line_view(o, TUESDAY_NOON) for o in lines}
    assert shape(view) == [
        (say("support_group.topic"), ["fear"], []),
        (say("support_group.anybody"), ["listens", "text"], []),
    ]
    assert view.safe_note == view.see_all == view.near_none == ""
    assert view.near.heading == say("support.near_heading", place="MS1 1AA")
    assert view.near.text == say("support.near_text")
    answer = answer_view(finder.find(HOME, (Pathway.TOKOPHOBIA,), TUESDAY_NOON, who))
    assert near(view) == (*answer.services, *answer.alternatives)
    assert [s.name for s in near(view)] == ["Willow", "Pier"]
    assert view.routes.heading == ""
    assert view.routes.more == say("support_all.routes", count=1)
    assert view.routes.text == say("support.routes_intro")
    assert view.routes.rest == (route_view(offer(GP), TUESDAY_NOON),)
    assert view.routes.rest[0].heading == say("route.gp")


@pytest.mark.parametrize("where", [None, place(areas=())])
def test_without_a_place_in_england_it_says_that_nothing_near_is_known(where):
    view = look("any", place=where)
    assert view.near is None
    assert view.near_none == say("support.near_none")
    assert ids(view.routes) == ["gp"]


@pytest.mark.parametrize("where", [None, HOME])
def test_who_chose_domestic_abuse_is_shown_its_lines_and_nothing_near(where):
    view = look("domestic_abuse", HIDDEN, place=where)
    assert view.safe_note == say("support.safe_note")
    assert ids(view.lines) == ["hidden"]
    assert (view.near, view.near_none, view.routes) == (None, "", None)
    assert view.today is None


def test_nobody_else_is_shown_lines_for_domestic_abuse():
    for topic in TOPICS[:-1]:
        view = look(topic, HIDDEN)
        assert not view.safe_note
        assert "hidden" not in [*ids(view.lines), *ids(view.urgent), *ids(view.routes)]


def test_outside_england_the_place_is_not_asked():
    view = look("any", nation=Nation.WALES)
    assert (view.near, view.near_none, view.routes) == (None, "", None)
    assert "111 press" in ids(view.urgent)
    assert "111 option" not in ids(view.urgent)


def test_lines_for_a_parent_with_her_baby_stand_apart_and_only_where_they_are_asked_for():
    feeding = line(id="feeding", pathways=("any",), with_a_baby="yes")
    lines = (BABY, LOW, feeding)
    assert ids(look("depression_anxiety", *lines).lines) == ["low"]
    assert "feeding" not in ids(look("any", *lines).lines)
    hers = look("depression_anxiety", *lines, who=Situation(has_baby=True))
    assert shape(hers) == [
        (say("support_group.topic"), ["low"], []),
        (say("support_all.baby", count=1), [], ["baby"]),
    ]
    chosen = look("with_a_baby", *lines)
    assert shape(chosen) == [(say("support_group.topic"), ["baby", "feeding"], [])]


@pytest.mark.parametrize("lost", [Pathway.LOSS, Pathway.SEPARATION])
@pytest.mark.parametrize("topic", TOPICS)
def test_after_a_loss_nothing_for_a_parent_with_her_baby_can_be_chosen(lost, topic):
    who = Situation(frozenset({lost}))
    assert "with_a_baby" in topics(NOTHING)
    assert topics(who) == tuple(t for t in TOPICS if t != "with_a_baby")
    feeding = line(id="feeding", pathways=("any", "partner", "ocd"), with_a_baby="yes")
    assert "feeding" not in ids(look(topic, feeding, who=who).lines)


def test_a_topic_that_is_a_loss_shields_by_itself():
    unit = service(id="unit", kind=ServiceKind.MOTHER_BABY_UNIT, name="Unit")
    visitor = line(id="visitor", kind="health_visitor", nations=("England",))
    finder = made(visitor, services=(COUNSELLING, unit))
    assert [s.name for s in near(look("loss", of=finder))] == ["Pier"]
    assert ids(look("loss", of=finder).routes) == ["gp"]
    assert [s.name for s in near(look("any", of=finder))] == ["Pier", "Unit"]
    assert ids(look("any", of=finder).routes) == ["gp"], "nothing is said of her yet"
    assert ids(look("ocd", of=finder).routes) == ["gp", "visitor"]


def test_her_answers_hold_for_what_is_near_as_well():
    finder = made(services=(COUNSELLING, HERE), index=INDEX)
    lost = Situation(frozenset({Pathway.LOSS}))
    assert [s.name for s in near(look("any", of=finder, who=lost))] == ["Pier"]
    with_a_baby = replace(lost, has_baby=True)
    found = near(look("any", of=finder, who=with_a_baby))
    assert [s.name for s in found] == ["Pier", "Unit here"]


@pytest.mark.parametrize(("at", "opened"), [(TUESDAY_NOON, True), (SUNDAY_NIGHT, False)])
def test_what_is_near_is_open_or_not_at_the_moment_that_was_asked_for(at, opened):
    (found,) = near(look("any", of=made(services=(HERE,), index=INDEX), at=at))
    assert found.hours.opening.open_now is opened


# --- open now -------------------------------------------------------------------------------------

CLOSED_NOW = crisis("evening", phone="0300 2", **DAYTIME)
NO_HOURS = crisis("hours unknown", phone="0300 3", phone_hours_text="", phone_hours_osm="")


def test_lines_for_a_crisis_stay_whatever_their_hours_the_open_ones_first_at_night():
    finder = made(FEAR, CLOSED_NOW, NO_HOURS)
    night = ids(look("tokophobia", of=finder, at=SUNDAY_NIGHT, open_only=True).urgent)
    assert {"evening", "hours unknown"} < {*night}
    assert {*night[-2:]} == {"evening", "hours unknown"}


def test_open_only_leaves_out_lines_that_are_closed_or_of_no_known_hours():
    closed = line(id="closed", pathways=("ocd",), **DAYTIME)
    unknown = line(id="unknown", pathways=("ocd",), phone_hours_text="", phone_hours_osm="")
    opened = line(id="opened", pathways=("ocd",))
    lines = (closed, unknown, opened)
    view = look("ocd", *lines, at=SUNDAY_NIGHT, open_only=True)
    assert shape(view) == [(say("support_group.open"), ["opened"], [])]
    assert view.groups[0].text == say("support.at_night")
    assert view.see_all == say("support.see_all", count=3)
    everything = look("ocd", *lines, at=SUNDAY_NIGHT)
    assert ids(everything.lines) == ["opened", "closed", "unknown"]
    assert (everything.see_all, everything.groups[0].text) == ("", "")
    by_day = look("ocd", *lines, at=TUESDAY_NOON, open_only=True)
    assert shape(by_day) == [(say("support_group.topic"), ["closed", "opened"], [])]
    assert by_day.groups[0].text == "", "it is not said that it is night"
    assert by_day.see_all


def test_with_nothing_open_it_says_so_and_shows_the_crisis_lines_that_always_are():
    shut = line(id="closed", pathways=("ocd",), **DAYTIME)
    lines = (shut, CLOSED_NOW, NO_HOURS)
    view = look("ocd", *lines, at=SUNDAY_NIGHT, open_only=True)
    assert [g.text for g in view.groups] == [say("support.none_open")]
    assert {*ids(view.lines)} == {"111 option", "listens", "text"}, "999 stands in the heading"
    assert view.see_all == say("support.see_all", count=1)
    everything = look("ocd", *lines, at=SUNDAY_NIGHT)
    assert ids(everything.lines) == ["closed"]
    assert [g.text for g in everything.groups] == [""]


# --- what is in sight -----------------------------------------------------------------------------


def test_three_of_a_group_are_in_sight_and_the_rest_is_behind_words_that_say_of_what():
    five = [line(id=f"ocd {n}", pathways=("ocd",)) for n in range(5)]
    (group,) = look("ocd", *five).groups
    assert (len(group.shown), len(group.rest)) == (3, 2)
    assert group.more == say("support_more.topic", count=2)
    (four,) = look("ocd", *five[:4]).groups
    assert (len(four.shown), four.rest, four.more) == (4, (), "")


def test_who_is_not_sure_sees_lines_for_anybody_and_opens_the_others_by_what_they_are_for():
    lost = line(id="lost", pathways=("loss",))
    young = line(id="young", kind="young_people", pathways=("any",))
    birth = line(id="birth", pathways=("birth_trauma",))
    view = look("any", young, birth, lost)
    assert shape(view) == [
        (say("support_group.anybody"), ["listens", "text"], []),
        (say("support_all.loss", count=1), [], ["lost"]),
        (say("support_all.birth", count=1), [], ["birth"]),
        (say("support_all.some", count=1), [], ["young"]),
    ]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["any", "loss", "birth_trauma", "ocd"]),
            st.sampled_from(["24/7", "Mo-Fr 09:00-17:00", ""]),
            st.sampled_from(["yes", "no"]),
            st.sampled_from(["voluntary_sector", "faith"]),
        ),
        max_size=8,
    ),
    st.sampled_from([t for t in TOPICS if t != "with_a_baby"]),
    st.sampled_from(["", *Pathway]),
)
@settings(max_examples=60, deadline=None)
def test_at_night_whoever_is_open_stands_first_and_no_baby_line_is_there(rows, topic, happened):
    lines = [
        line(
            id=f"line {n}",
            pathways=(about,),
            phone_hours_text=hours,
            phone_hours_osm=hours,
            with_a_baby=baby,
            kind=kind,
        )
        for n, (about, hours, baby, kind) in enumerate(rows)
    ]
    who = Situation(frozenset(p for p in Pathway if p == happened))
    view = look(topic, *lines, at=SUNDAY_NIGHT, who=who, place=None)
    # Those for a group are in a fold of their own, which stands last whoever is open.
    of_all = [li for li in view.lines if about_line(li.row) is not AboutLine.SOME]
    closed = [not li.hours.opening.open_now for li in of_all]
    assert closed == sorted(closed)
    assert not [li.id for li in view.lines if li.row.with_a_baby is YesNo.YES]
    some = look(topic, *lines, at=SUNDAY_NIGHT, who=who, place=None, open_only=True)
    assert all(li.hours.opening.open_now for li in some.lines)
    assert some.lines, "a list is never empty at night"
    assert {*ids(some.lines)} <= {*ids(view.lines)} or some.groups[0].text


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
