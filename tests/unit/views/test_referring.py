"""The services of a place for somebody who refers: in which groups, and whose areas are told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.directory.named import nation_words
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Notice, NoticeCode
from mmhs_finder.views import notices
from mmhs_finder.views.notices import notice_views, notices_about_place
from mmhs_finder.views.referring import boards, near, none_here, own_areas, sheet_first
from mmhs_finder.words import say
from tests.made_up.records import MIDSHIRE, answer, match, place, service

OWN = match(service(id="own"))
OTHER = match(service(id="other"), certainty=None)
KIND = match(service(id="kind", kind=ServiceKind.COUNSELLING))
ANSWER = answer(OWN, neighbours=(OTHER,), alternatives=(KIND,))


def test_the_services_of_the_place_then_those_nearby_then_other_kinds_of_the_place():
    local, nearby = say("professional.local"), say("professional.neighbour")
    assert local != nearby
    assert near(ANSWER) == ((local, (OWN,)), (nearby, (OTHER,)), (local, (KIND,)))


def test_nothing_is_said_of_none_where_there_is_a_service():
    assert none_here(ANSWER) == ""


def test_where_none_is_published_it_says_so_whatever_else_is_near():
    of = answer(neighbours=(OTHER,), alternatives=(KIND,))
    bare = replace(of.place, areas=(MIDSHIRE.model_copy(update={"icb_2026": ""}),))
    words = say("professional.none_published", place="MS1 1AA")
    assert none_here(replace(of, place=bare)) == words


def test_where_none_is_published_the_board_that_buys_the_care_is_named():
    shared = MIDSHIRE.model_copy(
        update={"icb_2026": "NHS One", "icb_2026_others": ("NHS Two", "NHS One")}
    )
    of = answer(place=place(areas=(shared, shared)))
    assert boards(of.place.areas) == ("NHS One", "NHS Two")
    assert "NHS One or NHS Two" in none_here(of)


def test_the_first_sheet_is_that_of_the_place_or_else_of_its_perinatal_team():
    team = match(service(id="team", kind=ServiceKind.PERINATAL_TEAM))
    assert sheet_first(ANSWER) is OWN.service
    assert sheet_first(answer(OWN, alternatives=(team,))) is OWN.service
    assert sheet_first(answer(neighbours=(OTHER,), alternatives=(KIND, team))) is team.service
    assert sheet_first(answer(neighbours=(OTHER,), alternatives=(KIND,))) is None


@pytest.mark.parametrize("nation", [Nation.WALES, Nation.JERSEY])
def test_outside_england_it_says_which_nation(nation):
    of = answer(place=place(label="CF10 1EP", nation=nation, areas=()))
    words = say("professional.nation", place="CF10 1EP", nation=nation_words(nation))
    assert none_here(of) == words
    assert nation_words(nation) in words


@pytest.mark.parametrize("of", [OWN, KIND])
def test_a_service_of_the_place_is_told_for_the_persons_own_areas(of):
    assert own_areas(ANSWER, of.service) == (MIDSHIRE,)


@pytest.mark.parametrize("of", [OTHER.service, service(id="elsewhere")])
def test_any_other_keeps_its_own_areas(of):
    assert own_areas(ANSWER, of) == ()


def test_without_a_place_each_keeps_its_own_areas():
    assert own_areas(None, OWN.service) == ()


def test_of_what_an_answer_says_of_itself_only_that_about_the_place_is_told(monkeypatch):
    monkeypatch.setattr(notices, "_NOTICE", lambda code, **_values: f"Words of {code}.")
    every = [Notice(code) for code in NoticeCode]
    told = notices_about_place(every)
    to_a_parent = {
        NoticeCode.OTHER_NATION,
        NoticeCode.CROWN_DEPENDENCY,
        NoticeCode.NONE_PUBLISHED,
        NoticeCode.UNCONFIRMED,
        NoticeCode.OLD,
    }
    assert [n.code for n in told] == [c for c in NoticeCode if c not in to_a_parent]
    assert told == notice_views(n for n in every if n.code not in to_a_parent)
