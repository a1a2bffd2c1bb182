"""The page for a board: what stands out, how much of it is known, and what to ask next."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mmhs_finder.coverage.closing import first_step, what_it_takes
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import PATHWAY_MEASURES, Measure
from mmhs_finder.coverage.scenario import Scenario, under
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.directory.models import PathwayOffer, Status, YesNo
from mmhs_finder.places.shapes import AreaShapes
from mmhs_finder.planning.facts import Extent, checklist
from mmhs_finder.views.area_report import AreaReport, Board, area_report
from mmhs_finder.views.checklist import line_words
from mmhs_finder.views.coverage_history import HistoryView
from mmhs_finder.views.scenario import scenario_view
from mmhs_finder.words import number, say
from tests.made_up.records import criteria, service
from tests.unit.views.test_area_report import PATHWAYS, coverage, offers

FOUR = coverage(
    [
        service(id="a", name="Service a", self_referral=YesNo.YES),
        "b",
        service(id="c", name="Service c", status=Status.UNKNOWN),
    ],
    [("a", "E01"), ("a", "E02"), ("b", "E03"), ("c", "E04")],
    [offers("a", "loss", "birth_trauma"), offers("b", "loss")],
)
"""Two running services, one in doubt, and Splitshire with none; 400, 200, 100 and 1,000 births."""

PLACES = [
    (None, ""),
    (Level.REGION, "Midlands"),
    (Level.REGION, "London"),
    (Level.ICB, "ICB1"),
    (Level.ICB, "ICB2"),
    (Level.COUNCIL, "E01"),
    (Level.COUNCIL, "E05"),
    (Level.COUNCIL, "E05a"),
]


def at(of: Coverage, level: Level | None, code: str) -> Where:
    return ENGLAND if level is None else of.at(level, code)


def report(of: Coverage, where: Where, **more) -> AreaReport:
    return area_report(of, AreaShapes(of.directory.shapes(detail=True)), where, **more)


def board(of: Coverage, where: Where, **more) -> Board:
    found = report(of, where, **more).board
    assert found is not None
    return found


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_the_page_of_england_from_top_to_end():
    found = board(FOUR, ENGLAND)
    assert [plain(text) for text in found.findings] == [
        "There were 1,700 births in England in the year to mid-2020.",
        "Services are known to offer all four kinds of help for 0.0 % of births. "
        "For 100.0 % this is not known.",
        "A service is known to take self-referrals for 23.5 % of births. "
        "For 76.5 % this is not known.",
        "Of the four kinds of help, fewest births are in areas known to have help with severe "
        "fear of childbirth: 1,700 births (100.0 %) are in areas where it is not known to be "
        "offered throughout.",
        "The step by a running service that would reach most of them: if Service a also offered "
        "help with severe fear of childbirth, 400 more births would be in areas with it. "
        "That would make 23.5 % of births.",
    ]
    assert [tuple(map(plain, row)) for row in found.table.rows] == [
        ("Help after birth trauma", "23.5 %", "0.0 %", "0.0 %", "76.5 %"),
        ("Help after loss of a pregnancy or baby", "35.3 %", "0.0 %", "0.0 %", "64.7 %"),
        ("Help with severe fear of childbirth", "0.0 %", "0.0 %", "0.0 %", "100.0 %"),
        ("Help after separation from a baby", "0.0 %", "0.0 %", "0.0 %", "100.0 %"),
        ("Self-referral", "23.5 %", "0.0 %", "0.0 %", "76.5 %"),
    ]
    assert found.map is not None and found.map.measure is Measure.TOKOPHOBIA
    assert [(key.value, key.words) for key in found.map.keys] == [
        (Value.NOT_PUBLISHED, "Not published: 3"),
        (Value.NOT_READ, "Not known to us: 1"),
        (Value.NONE_FOUND, "No service found: 1"),
    ]
    assert found.asks == (
        "Ask whether these services are running: Service c.",
        "Ask Service b, Service a: do they offer help after birth trauma, help with severe fear "
        "of childbirth, help after separation from a baby and self-referral? For each of these we "
        "have not seen an answer from at least one service.",
        "Ask the ICB who serves Splitshire. We found no service there.",
        "Ask 3 services here to check what we hold of them, and to tell us.",
    )
    assert "25 November 2026" not in found.dated
    assert "22 November 2026" in found.dated and "24 November 2026" in found.dated


def test_a_council_is_told_by_its_values_and_has_no_map():
    found = board(FOUR, FOUR.at(Level.COUNCIL, "E03"))
    assert found.findings[1:4] == (
        "Known to be offered here: help after loss of a pregnancy or baby.",
        "Not known to us: help after birth trauma, help with severe fear of childbirth and help "
        "after separation from a baby.",
        "Self-referral: Not published.",
    )
    assert found.findings[4].startswith("Of what is not known here, first: help after birth trauma")
    assert "Middleshire" in found.findings[4] and "Service a" in found.findings[4]
    assert {len(row) for row in found.table.rows} == {len(found.table.columns)} == {2}
    assert found.map is None


def test_a_part_of_a_council_has_no_births_and_asks_for_itself_alone():
    found = board(FOUR, FOUR.at(Level.COUNCIL, "E05a"))
    assert found.findings[0] == say("area_report_board.births_none")
    assert found.asks == ("Ask the ICB who serves Upper Splitshire. We found no service there.",)


def test_where_all_is_known_there_is_no_gap_and_nothing_to_ask_but_to_confirm():
    of = coverage(
        [service(id="a", name="A", self_referral=YesNo.YES)],
        [("a", "E03"), ("a", "E04")],
        [offers("a", *PATHWAYS)],
    )
    found = board(of, of.at(Level.ICB, "ICB2"))
    assert found.findings[-1] == say("area_report.gaps_all")
    assert found.asks == (say("area_report_board.ask_confirming", count=1),)
    assert found.map is not None and found.map.measure is Measure.ALL_FOUR


def test_a_service_is_asked_for_where_none_is_running():
    found = board(coverage(), ENGLAND)
    step = first_step(coverage(), Measure.BIRTH_TRAUMA, ENGLAND)
    assert step is not None and step.assumed.added
    assert "First ICB" in found.findings[-1] and number(step.births) in found.findings[-1]
    assert found.asks == (
        "Ask the ICB who serves Splitshire, Middleshire, Eastshire, Farshire, and 1 more. "
        "We found no service there.",
    )


@pytest.mark.parametrize("measure", PATHWAY_MEASURES)
def test_the_step_is_the_first_of_all_steps(measure):
    steps = what_it_takes(FOUR, Scenario(), measure, ENGLAND)
    assert first_step(FOUR, measure, ENGLAND) == (steps[0] if steps else None)


def test_what_changed_is_told_only_where_there_is_an_earlier_day():
    view = HistoryView("What changed here.", ("A line.",), date(2026, 10, 1), (), {})
    none = HistoryView("Nothing to compare.", (), None, (), {})
    told = report(FOUR, ENGLAND, history=view)
    assert told.board is not None and "What changed here." in told.board.findings
    section = next(s for s in told.sections if s.heading == say("area_report.history"))
    assert section.text == "What changed here." and [i.text for i in section.items] == ["A line."]
    without = report(FOUR, ENGLAND, history=none)
    assert without.board is not None and "Nothing to compare." not in without.board.findings


def test_england_has_its_regions_and_icbs_and_no_neighbours():
    found = report(FOUR, ENGLAND)
    table = next(s.table for s in found.sections if s.heading == say("area_report.within"))
    assert table is not None
    assert [tuple(map(plain, row)) for row in table.rows] == [
        ("London", "0.0 %", "100.0 %", "0.0 %", "100.0 %"),
        ("Midlands", "0.0 %", "100.0 %", "28.6 %", "71.4 %"),
        ("First ICB", "0.0 %", "100.0 %", "28.6 %", "71.4 %"),
        ("Second ICB", "0.0 %", "100.0 %", "0.0 %", "100.0 %"),
    ]
    assert say("area_report.neighbours") not in [s.heading for s in found.sections]
    assert say("area_report.within") not in [
        s.heading for s in report(FOUR, FOUR.at(Level.ICB, "ICB1")).sections
    ]


def test_a_scenario_names_itself_and_is_told_with_its_own_figures():
    scenario = Scenario.of({"a": [Measure.TOKOPHOBIA]})
    then = under(FOUR, scenario)
    view = scenario_view(FOUR, then, scenario, ENGLAND)
    found = report(then, ENGLAND, scenario=view)
    assert "scenario" in found.title and found.scenario == view.notice
    assert found.sections[0].heading == view.name
    assert found.board is not None
    row = next(r for r in found.board.table.rows if r[0] == "Help with severe fear of childbirth")
    assert plain(row[1]) == "23.5 %"


# --- what a visitor answered ----------------------------------------------------------------------


def test_only_what_she_answered_is_in_her_file():
    first, second = checklist()[0], checklist()[-1]
    answers = {first.id: Extent.PARTLY, second.id: Extent.NOT_AT_ALL}
    found = report(FOUR, ENGLAND, answers=answers)
    section = next(s for s in found.sections if s.heading == say("area_report.ticked"))
    assert [(f.term, f.text) for f in section.facts] == [
        (line_words(first), "Partly"),
        (line_words(second), "Not at all"),
    ]
    total = len(checklist())
    assert section.text == say("area_report.ticked_text", answered=2, total=total)
    assert say("area_report.ticked") not in [s.heading for s in report(FOUR, ENGLAND).sections]


# --- any directory --------------------------------------------------------------------------------


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    serves=st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from(["E01", "E02", "E03", "E05a", "E05b"])),
        unique=True,
        max_size=8,
    ),
    helps=st.fixed_dictionaries(
        {
            key: st.dictionaries(st.sampled_from(PATHWAYS), st.sampled_from(PathwayOffer))
            for key in "abc"
        }
    ),
    place=st.sampled_from(PLACES),
)
def test_of_any_directory_the_page_is_short_and_its_shares_are_whole(serves, helps, place):
    of = coverage(
        list("abc"), serves, [criteria(service_id=k, **found) for k, found in helps.items()]
    )
    found = board(of, at(of, *place))
    assert 3 <= len(found.findings) <= 6
    assert 1 <= len(found.asks) <= 4
    assert all(text.endswith((".", "?")) for text in (*found.findings, *found.asks))
    for _, *cells in found.table.rows:
        if len(cells) > 1:
            shares = [float(cell.split("\u00a0")[0]) for cell in cells]
            assert sum(shares) == pytest.approx(100)
