"""How to ask where no service is known: whom, and what is beside, on a page and on paper."""

from __future__ import annotations

from dataclasses import replace
from html import unescape

from mmhs_finder.directory.models import ServiceKind, YesNo
from mmhs_finder.directory.named import KIND
from mmhs_finder.nation import Nation
from mmhs_finder.render.documents.pdf import asking_pdf
from mmhs_finder.render.html.sheet import asking_html
from mmhs_finder.views.asking import asking, asking_paper
from mmhs_finder.views.referring import none_here
from mmhs_finder.words import say
from tests.made_up.records import MIDSHIRE, TUESDAY_NOON, answer, match, place, service
from tests.made_up.world import directory

TEAM = service(
    id="team",
    name="Perinatal Team",
    kind=ServiceKind.PERINATAL_TEAM,
    phone="0300 1",
    phone_audience="professional",
    phone_status="confirmed",
)
BESIDE = service(id="beside", name="Beside", referrers=("gp",), email="a@b.example")
PEERS = service(id="peers", name="Peers", kind="peer_support", self_referral=YesNo.YES)
MADE = directory([TEAM, BESIDE, PEERS], [("team", "E01"), ("peers", "E01"), ("beside", "E02")])
HOME = replace(place(), areas=(MADE.areas["E01"].model_copy(update={"icb_2026": "NHS Board"}),))
NONE = answer(
    place=HOME,
    alternatives=(match(PEERS), match(TEAM)),
    neighbours=(match(BESIDE, certainty=None),),
)


def test_only_where_no_service_is_known_in_england():
    assert asking(MADE, answer(match(service()))) is None
    assert asking(MADE, answer(place=place(nation=Nation.WALES, areas=()))) is None
    assert asking(MADE, NONE) is not None


def test_the_team_the_board_the_neighbours_and_the_help_until_then():
    found = asking(MADE, NONE)
    assert found.text == none_here(NONE) and "NHS Board" in found.text
    assert found.boards == "NHS Board"
    assert found.team.service is TEAM
    assert [s.service for s in found.neighbours] == [BESIDE]
    assert [key for line in found.meanwhile for key, _ in line.sheets] == ["team", "peers"]


def test_on_the_page_the_neighbours_lead_to_their_sheets():
    with_team = unescape(str(asking_html(asking(MADE, NONE))))
    assert '<a href="professionals?service=beside" data-in-app="#sheet-beside h2">Beside</a>' in (
        with_team
    )
    assert say("asking.team_below") in with_team
    alone = asking(MADE, replace(NONE, alternatives=(), neighbours=()))
    markup = unescape(str(asking_html(alone)))
    assert say("asking.team_below") not in markup and "<ul" not in markup
    assert alone.question in markup


def test_the_page_to_print_has_whom_to_ask_in_order_and_every_way():
    found = asking(MADE, NONE)
    paper = asking_paper(found, TUESDAY_NOON)
    whom, beside, until = paper.tables
    assert [row.term for row in whom.rows] == [
        KIND(ServiceKind.PERINATAL_TEAM),
        say("asking.board_label"),
        say("asking.question_label"),
    ]
    assert [x.text for x in whom.rows[0].lines] == [
        "Perinatal Team.",
        say("sheet.phone_professional", phone="0300 1"),
    ]
    assert [row.term for row in beside.rows] == ["Beside"]
    assert any("a@b.example" in x.text for x in beside.rows[0].lines)
    assert beside.rows[0].lines[-1].text == f"{say('sheet.bar_who')} GP."
    assert all(not line.sheets for row in until.rows for line in row.lines)
    assert "MS1 1AA" not in str(paper), "a document names the council, never the postcode"
    assert asking_pdf(found, TUESDAY_NOON).startswith(b"%PDF-")


def test_without_team_board_and_neighbours_it_still_says_what_to_ask():
    bare = replace(HOME, areas=(MIDSHIRE.model_copy(update={"icb_2026": ""}),))
    found = asking(MADE, replace(NONE, place=bare, alternatives=(), neighbours=()))
    tables = asking_paper(found, TUESDAY_NOON).tables
    assert [row.term for row in tables[0].rows] == [say("asking.question_label")]
    assert len(tables) == 2
