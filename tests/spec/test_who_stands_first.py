"""Which lines and services are put before others: after which loss, at which hour, for whom."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.open_now import reached_now
from mmhs_finder.answers.suited import About, Situation, about_service
from mmhs_finder.answers.to_keep import lines_to_keep
from mmhs_finder.answers.types import Offer
from mmhs_finder.answers.urgent import day_and_night
from mmhs_finder.directory.models import LossKind, Pathway, ServiceKind
from mmhs_finder.nation import Nation
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.now import now_view
from mmhs_finder.views.support import TOPICS, support_view
from mmhs_finder.views.urgent import today_view
from mmhs_finder.words import say
from tests.made_up.lines import EMERGENCY, LISTENING, TEXT, crisis
from tests.made_up.records import (
    SUNDAY_NIGHT,
    TUESDAY_NOON,
    answer,
    line,
    match,
    offer,
    place,
    service,
)

LOSS = Pathway.LOSS
ALWAYS = {"phone_hours_osm": "24/7"}


def grief(name, *kinds, number, cost="free"):
    row = line(
        id=name,
        kind="bereavement_service",
        pathways=("loss",),
        for_loss_kinds=kinds,
        phone=number,
        phone_status="confirmed",
        cost=cost,
        **ALWAYS,
    )
    return offer(row, TUESDAY_NOON)


CHILD = grief("child", "infant_death", "neonatal_death", number="0161 496 0001")
EARLY = grief("early", "miscarriage", "ectopic", number="0161 496 0002", cost="")
ANY_LOSS = grief("any-loss", number="0161 496 0003")
SAMARITANS = offer(LISTENING, TUESDAY_NOON)


def shown(kind, *lines):
    of = replace(answer(needs=(LOSS,), national=lines, urgent=(SAMARITANS,)), loss_kind=kind)
    first = [one.support.id for one in reached_now(of) if isinstance(one, Offer)]
    return first[0], lines_to_keep(of)[0].support.id


@pytest.mark.parametrize(
    ("kind", "lines", "first"),
    [
        (None, (CHILD,), LISTENING.id),
        (None, (CHILD, ANY_LOSS), "any-loss"),
        (None, (CHILD, EARLY), "early"),
        (LossKind.INFANT_DEATH, (ANY_LOSS, CHILD), "child"),
        (LossKind.MISCARRIAGE, (CHILD, ANY_LOSS, EARLY), "early"),
        (LossKind.STILLBIRTH, (CHILD, EARLY), LISTENING.id),
        (LossKind.STILLBIRTH, (CHILD, EARLY, ANY_LOSS), "any-loss"),
    ],
)
def test_a_line_for_another_kind_of_loss_is_not_first(kind, lines, first):
    assert shown(kind, *lines)[0] == first


@pytest.mark.parametrize("kind", [None, *LossKind])
def test_nor_is_it_on_paper(kind):
    kept = shown(kind, CHILD, EARLY, ANY_LOSS)[1]
    fits = {"child": CHILD, "early": EARLY}.get(kept)
    assert fits is None or kind in fits.support.for_loss_kinds or (kind is None and fits is EARLY)


def test_what_the_search_knows_of_the_kind_reaches_the_answer(finder: Finder):
    who = Situation(needs=frozenset({LOSS}), loss_kind=LossKind.STILLBIRTH)
    found = finder.find(finder.place("CT1 3NG"), (LOSS,), TUESDAY_NOON, who)
    assert found.loss_kind is LossKind.STILLBIRTH


# --- for some people only -----------------------------------------------------------------------

YOUNG = crisis("young", phone="0161 496 0009", phone_status="confirmed", max_age=34, **ALWAYS)


def test_a_line_for_young_people_is_not_there_for_everybody_at_night():
    urgent = tuple(offer(row, SUNDAY_NIGHT) for row in (EMERGENCY, YOUNG, TEXT, LISTENING))
    assert YOUNG.id not in {o.support.id for o in day_and_night(urgent)}


def test_those_that_listen_stand_before_a_crisis_line():
    own = crisis("own", phone="111", phone_status="confirmed", **ALWAYS)
    urgent = tuple(offer(row, SUNDAY_NIGHT) for row in (own, TEXT, LISTENING))
    assert [o.support.id for o in day_and_night(urgent)][-1] == "own"


# --- a nation without lines of its own ----------------------------------------------------------


def test_what_names_no_nation_is_not_called_free_outside_the_uk(finder: Finder):
    row = replace(
        finder.directory, national=(EMERGENCY, ANY_LOSS.support.model_copy(update={"nations": ()}))
    )
    far = Finder(row, finder.index)
    for nation in (Nation.JERSEY, Nation.GUERNSEY, Nation.ISLE_OF_MAN):
        (found,) = far.support_for("loss", nation, TUESDAY_NOON)
        assert not found.support.cost
        of = answer(needs=(LOSS,), national=(found,), urgent=(), place=place(nation=nation))
        assert now_view(of).lines == ()
    assert far.support_for("loss", Nation.WALES, TUESDAY_NOON)[0].support.cost == "free"


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("nation", Nation)
def test_at_3_in_the_morning_no_list_is_empty(finder: Finder, topic, nation):
    who = Situation()
    view = support_view(finder, topic, nation, SUNDAY_NIGHT, who=who, open_only=True)
    assert view.groups
    if not any(row.hours.opening.open_now for row in view.lines):
        assert say("support.all_closed") in view.groups[0].text


# --- for a parent with her baby -----------------------------------------------------------------

NEAR = (
    match(service(id="unit", kind=ServiceKind.MOTHER_BABY_UNIT)),
    match(service(id="talk", kind=ServiceKind.TALKING_THERAPIES)),
    match(service(id="home", kind=ServiceKind.PEER_SUPPORT, with_a_baby="yes")),
    match(service(id="bond", kind=ServiceKind.PARENT_INFANT)),
)


@settings(max_examples=30)
@given(st.permutations(NEAR))
def test_what_is_for_a_parent_with_her_baby_is_in_a_fold_of_its_own(near):
    view = answer_view(replace(answer(), alternatives=tuple(near)))
    assert [s.id for s in view.alternatives] == ["talk"]
    assert {s.id for s in view.baby_services} == {"unit", "home", "bond"}
    assert view.other_services[0].id == "talk"


def test_other_support_folds_it_too_and_shows_it_to_who_asks(finder: Finder):
    for code in finder.directory.areas:
        where = finder.council(code)
        found = finder.find(where, at=TUESDAY_NOON).alternatives
        baby = {m.service.id for m in found if about_service(m.service) is About.BABY}
        if baby:
            break
    assert baby
    view = support_view(finder, "any", Nation.ENGLAND, TUESDAY_NOON, place=where, who=Situation())
    assert view.near and view.near_baby
    assert not baby & {row.id for row in view.near.rows}
    assert {row.id for row in view.near_baby.rest} == baby and not view.near_baby.shown
    with_her = Situation(has_baby=True)
    view = support_view(finder, "any", Nation.ENGLAND, TUESDAY_NOON, place=where, who=with_her)
    assert view.near and baby <= {row.id for row in view.near.rows} and view.near_baby is None


def test_after_a_loss_an_emergency_speaks_of_no_birth():
    shielded = today_view((), Nation.ENGLAND, without_her_baby=True)
    said = " ".join((shielded.intro, *shielded.steps))
    assert "birth" not in said and "baby" not in said
