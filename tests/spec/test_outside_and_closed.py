"""Places without a service of this kind: outside England, over a border, or where it has closed.
Every page, the paper, the terminal and JSON say what the result says."""

from __future__ import annotations

import pytest

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.types import Answer
from mmhs_finder.directory.models import Pathway
from mmhs_finder.eligibility import Answers
from mmhs_finder.nation import UNITED_KINGDOM, Nation
from mmhs_finder.render.html.printed import printed_html
from mmhs_finder.render.json import answer_json
from mmhs_finder.render.text import answer_text
from mmhs_finder.signposting.destinations import Step
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.outcome import fit_verdict, outcome_view
from mmhs_finder.views.printed import printed_view
from mmhs_finder.views.urgent import strip_view
from mmhs_finder.words import say
from tests.made_up.records import TUESDAY_NOON

ISLANDS = {"JE2 3AB": Nation.JERSEY, "GY1 1AA": Nation.GUERNSEY, "IM1 1AA": Nation.ISLE_OF_MAN}
LOSS = (Pathway.LOSS,)


def found(finder: Finder, text: str) -> Answer:
    return finder.find(finder.place(text), LOSS, TUESDAY_NOON)


@pytest.mark.parametrize(
    ("text", "key"),
    [("HU3 2JZ", "closed"), ("TS24 7BT", "none"), ("EH1 1AA", "none_nation")]
    + [(island, "none_nation") for island in ISLANDS],
)
def test_the_questions_say_what_the_result_says(finder: Finder, text: str, key: str):
    of = found(finder, text)
    said = fit_verdict(outcome_view(finder, of, Answers()), 3).said
    names = {"name": of.closed[0].name} if of.closed else {}
    assert said.startswith(say(f"fit_verdict.{key}", **names))


def test_paper_says_that_it_has_closed(finder: Finder):
    of = found(finder, "HU3 2JZ")
    assert of.closed[0].name in str(printed_html(printed_view(of, LOSS)))


@pytest.mark.parametrize(("text", "nation"), ISLANDS.items())
def test_on_an_island_nothing_speaks_of_an_nhs_team(finder: Finder, text: str, nation: Nation):
    of = found(finder, text)
    view = answer_view(of)
    assert of.place.nation is nation and nation not in UNITED_KINGDOM
    assert "NHS" not in view.verdict.words
    assert "in Isle" not in view.heading and "in Isle" not in printed_view(of, LOSS).heading
    steps = {step.step for step in outcome_view(finder, of, Answers()).all_steps}
    assert Step.PERINATAL_TEAM not in steps and Step.GP in steps
    assert "(free)" not in answer_text(view).partition(view.urgent_section.heading)[0]


def test_a_district_over_a_border_has_the_numbers_of_all_nations_on_paper(finder: Finder):
    of = found(finder, "TD15")
    assert of.place.lives_in is None
    strip = strip_view(finder.directory.national, None)
    paper = printed_view(of, LOSS, strip)
    assert len(paper.notices) == 1
    printed = str(printed_html(paper))
    assert paper.notices[0] in printed
    for button in (strip.danger, strip.crisis):
        assert button.way.text in printed
    assert all(way.text in printed for way in strip.more)
    one = found(finder, "CT1 3NG")
    assert printed_view(one, LOSS, strip).urgent == printed_view(one, LOSS).urgent


@pytest.mark.parametrize(
    "text", ["CT1 3NG", "NR1 3RU", "RG12 2UT", "FY1 1AD", "HU3 2JZ", "IM1 1AA"]
)
def test_the_terminal_and_json_begin_as_the_page_does(finder: Finder, text: str):
    view = answer_view(found(finder, text))
    data, lines = answer_json(view), answer_text(view).splitlines()
    assert lines[2] == view.verdict.sentence == data["verdict"]["sentence"]
    assert [line["number"] for line in data["open_now"]] == [n.number for n in view.now.lines]
    assert all(line.number in lines[3] for line in view.now.lines)
