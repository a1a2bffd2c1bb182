"""An answer on paper: its numbers do not hang on the hour, and nothing is said of the moment."""

from __future__ import annotations

import re

import pytest

from mmhs_finder.answers.suited import situation
from mmhs_finder.answers.to_keep import KEPT, lines_to_keep
from mmhs_finder.directory.models import FurtherNeed, Pathway
from mmhs_finder.directory.ways import has_number, line_ways
from mmhs_finder.render.html.printed import printed_html
from mmhs_finder.views.printed import printed_view
from mmhs_finder.words import plain_date, say
from tests.made_up import world
from tests.made_up.lines import STRIP
from tests.made_up.records import SUNDAY_NIGHT, TUESDAY_NOON, line, place, service

PLACES = ("CT1 3NG", "NR1 3RU", "RG12 2UT", "FY1 1AD", "HU3 2JZ", "ST4 1HH", "TS24 7BT", "EH1 1YZ")
HOURS_OF_A_SCREEN = re.compile(r"\b(open|closed) now\b|\bopens (today|tomorrow)\b", re.IGNORECASE)
DAYTIME = {"phone_hours_text": "By day", "phone_hours_osm": "Mo-Fr 09:00-17:00"}


def printed(finder, text, *needs, at=TUESDAY_NOON):
    answer = finder.find(finder.place(text), needs, at)
    return printed_view(answer, needs)


@pytest.mark.parametrize("text", PLACES)
@pytest.mark.parametrize("needs", [(), (Pathway.LOSS,)])
def test_every_answer_has_numbers_words_and_a_day_and_no_postcode(finder, text, needs):
    view = printed(finder, text, *needs)
    html = str(printed_html(view))
    assert plain_date("2026-11-24") in html
    assert view.services[0].summary.title in html
    assert view.scripts[0].splitlines()[0] in html
    assert view.urgent[0].value == "999"
    assert 0 < len(view.lines) <= KEPT
    assert text not in re.sub(r"<dt>Where</dt><dd>[^<]*", "", html), "theirs may be the same"
    assert not HOURS_OF_A_SCREEN.search(html)
    assert "<a " not in html, "an address is written out"


@pytest.mark.parametrize("needs", [(), (Pathway.LOSS,), (Pathway.TOKOPHOBIA,)])
def test_the_numbers_are_the_same_at_noon_and_at_night(finder, needs):
    noon, night = (printed(finder, "CT1 3NG", *needs, at=at) for at in (TUESDAY_NOON, SUNDAY_NIGHT))
    assert [line.way for line in noon.lines] == [line.way for line in night.lines]


def test_what_was_chosen_stands_on_it_and_nothing_where_nothing_was(finder):
    assert printed(finder, "CT1 3NG").chosen == ""
    needs = (Pathway.LOSS, FurtherNeed.FAILED_FERTILITY_TREATMENT)
    answer = finder.find(finder.place("CT1 3NG"), (Pathway.LOSS,), TUESDAY_NOON)
    assert say("need.loss") in printed_view(answer, needs).chosen
    assert say("need.failed_fertility_treatment") in printed_view(answer, needs).chosen


def kept(*lines, needs=()):
    mine = service(id="mine", name="Mine")
    finder = world.finder(world.directory((mine,), (("mine", "E01"),), national=(*STRIP, *lines)))
    home = place(areas=(world.WEST,), council_code="E01", council="Westshire")
    answer = finder.find(home, needs, TUESDAY_NOON, situation(needs))
    found = lines_to_keep(answer)
    assert all(has_number(line_ways(o.support)) for o in found)
    return [o.support.id for o in found]


def test_numbers_for_what_happened_come_first_then_those_for_anybody():
    lost = line(id="lost", pathways=("loss",), phone="0300 1", cost="paid", **DAYTIME)
    free = line(id="free", pathways=("loss",), phone="0300 2", cost="free", **DAYTIME)
    group = line(id="group", kind="faith", pathways=("loss",), phone="0300 3")
    page = line(id="page", pathways=("loss",), phone="")
    closing = line(id="closing", pathways=("loss",), phone="0300 4", status="unknown")
    lines = (lost, group, page, free, closing)
    assert kept(*lines, needs=(Pathway.LOSS,))[:2] == ["free", "lost"]
    assert not {"group", "page", "closing"} & {*kept(*lines, needs=(Pathway.LOSS,))}


@pytest.mark.parametrize("needs", [(), (Pathway.BIRTH_TRAUMA,)])
def test_no_number_for_a_parent_with_her_baby_and_none_twice(needs):
    baby = line(id="baby", pathways=("any", "birth_trauma"), with_a_baby="yes", phone="0300 1")
    again = line(id="again", pathways=("any",), phone="116 123")
    assert "baby" not in kept(baby, again, needs=needs)
    assert len({*kept(baby, again, needs=needs)} & {"again", "listens"}) <= 1
