"""The whole answer and a next step as a reader is told them."""

from __future__ import annotations

import pytest

from mmhs_finder.answers.types import Outcome
from mmhs_finder.directory.models import (
    Pathway,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Notice, NoticeCode
from mmhs_finder.signposting.destinations import Step
from mmhs_finder.signposting.steps import NextStep
from mmhs_finder.views.answer import (
    Section,
    answer_view,
    baby_line_views,
    baby_section,
    line_views,
)
from mmhs_finder.views.steps import step_view
from mmhs_finder.words import say
from tests.made_up.lines import (
    devolved,
)
from tests.made_up.records import (
    TUESDAY_NOON,
    answer,
    line,
    match,
    offer,
    place,
    service,
)
from tests.made_up.texts import assert_told_in_full
from tests.made_up.world import EAST, WEST

AT = TUESDAY_NOON
LOSS, BIRTH = Pathway.LOSS, Pathway.BIRTH_TRAUMA


# --- the whole answer -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "key", "count"),
    [
        (Outcome.ONE_SERVICE, "services", 1),
        (Outcome.SEVERAL_SERVICES, "services", 2),
        (Outcome.UNCONFIRMED, "unconfirmed", 1),
        (Outcome.CLOSED, "closed", 0),
        (Outcome.NONE_PUBLISHED, "none", 0),
        (Outcome.OTHER_NATION, "nation", 0),
    ],
)
def test_each_outcome_is_headed_in_its_own_words(outcome, key, count):
    nation = Nation.WALES if outcome is Outcome.OTHER_NATION else Nation.ENGLAND
    found = answer_view(answer(*[match()] * count, outcome=outcome, place=place(nation=nation)))
    assert_told_in_full(found)
    assert found.label == say("result.for_place", place="MS1 1AA")
    assert (found.none_known is not None) is (key in ("none", "closed"))
    assert (found.nation is not None) is (key == "nation")


def test_every_part_of_an_answer_is_there_in_its_order():
    gone = service(id="gone", status=Status.CLOSED)
    peer = match(service(id="peer", kind=ServiceKind.PEER_SUPPORT))
    around = match(service(id="around"), certainty=None)
    notice = Notice(NoticeCode.SHARED_AREA, {"place": ("A",)})
    given = answer(
        match(),
        needs=(LOSS,),
        closed=(gone,),
        alternatives=(peer,),
        neighbours=(around,),
        routes=(offer(line(id="gp", kind="gp")),),
        national=(offer(line(id="baby", with_a_baby=YesNo.YES)), offer()),
        notices=(notice,),
    )
    found = answer_view(given)
    assert_told_in_full(found)
    assert (found.place, found.needs, found.at) == (given.place, (LOSS,), AT)
    assert (found.outcome, found.closed) == (Outcome.ONE_SERVICE, (gone,))
    assert [n.code for n in found.notices] == [NoticeCode.SHARED_AREA]
    assert [s.id for s in found.every_service] == ["made-up", "peer", "around"]
    assert [s.id for s in found.services] == ["made-up"]
    assert found.services[0].helps[0].pathway is LOSS
    assert [r.heading for r in found.routes] == [say("route.gp")]
    told = (*found.routes, *found.lines, *found.baby_lines, *found.urgent)
    assert all(line_.hours.now for line_ in told)
    assert [x.id for x in found.lines] == ["made-up-line"]
    assert [x.id for x in found.baby_lines] == ["baby"]
    assert [x.id for x in found.urgent] == ["urgent"]
    sections = {
        "alternatives": Section(say("result.alternatives_heading")),
        "routes": Section(say("result.routes_heading")),
        "lines": Section(say("result.national_heading")),
        "baby_lines": Section(say("result.baby_heading"), say("result.baby_intro")),
        "neighbours": Section(say("result.neighbours_heading"), say("result.neighbours_intro")),
        "urgent": Section(say("result.urgent_heading")),
    }
    assert {k: getattr(found, f"{k}_section") for k in sections} == sections
    assert baby_section() == sections["baby_lines"]
    assert (found.nation, found.none_known) == (None, None)


def test_without_other_help_near_that_is_said():
    found = answer_view(answer())
    none = Section(say("result.alternatives_heading"), say("result.alternatives_none"))
    assert found.alternatives_section == none and found.alternatives == ()


@pytest.mark.parametrize(
    ("outcome", "words"),
    [(Outcome.NONE_PUBLISHED, "none_published"), (Outcome.CLOSED, "closed")],
)
def test_where_no_service_is_known_it_says_how_to_ask(outcome, words):
    at_place = place(areas=(WEST, EAST))
    found = answer_view(answer(outcome=outcome, place=at_place)).none_known
    assert found is not None
    assert (found.heading, found.text) == (say(f"{words}.heading"), say(f"{words}.text"))
    assert found.words_to_say == say("none_published.say", area="Westshire and Eastshire")
    assert found.then == say("none_published.text2")


def test_another_nation_has_its_services_and_its_boards_each_once():
    rows = (
        devolved(),
        devolved(service_name="(nothing found)", board_or_trust="Other"),
        devolved(service_name="Second"),
    )
    wales = {"place": place(areas=(), nation=Nation.WALES), "outcome": Outcome.OTHER_NATION}
    found = answer_view(answer(**wales, devolved=rows)).nation
    assert found is not None
    assert (found.text, found.ask) == (say("nation.text", nation="Wales"), say("nation.ask"))
    assert [s.name for s in found.services] == ["Team", "Second"]
    assert found.boards == ("Board", "Other")
    crown = answer_view(answer(**wales)).nation
    assert crown is not None
    assert (crown.text, crown.services, crown.boards) == (say("nation.crown"), (), ())


def test_lines_for_a_parent_with_her_baby_stand_apart():
    offers = [
        offer(line(id=k, with_a_baby=b))
        for k, b in (("y", YesNo.YES), ("n", YesNo.NO), ("-", None))
    ]
    assert [v.id for v in line_views(offers, AT)] == ["n", "-"]
    assert [v.id for v in baby_line_views(offers, AT)] == ["y"]


# --- steps ----------------------------------------------------------------------------------------


def test_a_step_has_its_words_and_every_way_in_order():
    step = NextStep(
        Step.PEER_SUPPORT,
        "Title",
        "What",
        "Say",
        local=(match(service(hours_osm="Mo-Fr 09:00-17:00")),),
        offers=(offer(),),
        devolved=(devolved(),),
    )
    found = step_view(step, AT)
    assert_told_in_full(found)
    assert (found.step, found.title, found.what, found.say) == (
        Step.PEER_SUPPORT,
        "Title",
        "What",
        "Say",
    )
    assert [r.name for r in found.rows] == ["Made Up Service", "Made Up Line", "Team"]
    assert found.none_known == "" and found.rows[0].helps[0].pathway is BIRTH
    assert found.rows[0].hours.now.startswith("Open now, until 5pm")
    assert all(row.hours.now for row in found.rows[:2])
    empty = step_view(NextStep(Step.GP, "Title", "What", "Say"), AT)
    assert (empty.rows, empty.none_known) == ((), say("step_none.known"))
