"""A planner asks: what if a service offered more, or an ICB had one more service?

On the made-up directory. Harbour offers everything in Kent; Willow all four in Norfolk and in a
part of East Suffolk; Birch leaves separation out, and one of its areas is inferred; Ivy and Lime
are services of which nobody could confirm that they are running; for Hartlepool no service was
found.
"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date
from functools import reduce

import pytest
from pypdf import PdfReader

from mmhs_finder.coverage.closing import difference, what_it_takes
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.gaps import PRESETS, Preset, Scaling
from mmhs_finder.coverage.measures import HELP_MEASURES, Measure
from mmhs_finder.coverage.scenario import MOST, Scenario, fitting, read, under
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.directory import Directory
from mmhs_finder.render.documents.pdf import area_report_pdf
from mmhs_finder.render.files.coverage import file_name, gaps_csv, to_csv
from mmhs_finder.render.html.area_report import report_page
from mmhs_finder.render.html.what_if import banner_html, result_html, step_html
from mmhs_finder.render.maps.coverage.map import coverage_map
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.views.area_report import area_report
from mmhs_finder.views.scenario import (
    left_out_lines,
    result_view,
    scenario_view,
    step_view,
    steps_end,
)
from mmhs_finder.words import say

SEPARATION, LOSS, SELF = Measure.SEPARATION, Measure.LOSS, Measure.SELF_REFERRAL
YES, PART, NONE_FOUND = Value.YES, Value.PART, Value.NONE_FOUND
DURHAM, BERKSHIRE = ("E06000004", "E06000047"), ("E06000036", "E06000041")
NORFOLK_AND_SUFFOLK = "E54000068"
EAST_SUFFOLK, WAVENEY, REST_OF_SUFFOLK = "E07000244", "E07000244-W", "E07000244-R"
LABEL = "Scenario, not what is there today"


@pytest.fixture(scope="module")
def today(directory: Directory) -> Coverage:
    return Coverage(directory, date(2026, 11, 22))


def changed(today: Coverage, then: Coverage, measure: Measure) -> dict[str, Value]:
    """The areas that have another value, and which."""
    return {
        code: then.value(measure, code)
        for code in today.directory.areas
        if then.value(measure, code) is not today.value(measure, code)
    }


# --- a service offers more ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("service", "what", "expected"),
    [
        ("larch", SEPARATION, dict.fromkeys(DURHAM, YES)),
        ("larch", SELF, dict.fromkeys(DURHAM, YES)),
        ("birch", SEPARATION, dict.fromkeys(BERKSHIRE, YES)),
        ("oak", SEPARATION, dict.fromkeys(("E07000067", "E07000077", "E07000200"), YES)),
        # The last that its area lacked of the four: so all four change with it.
        ("willow", SELF, {}),
        ("ivy", LOSS, {}),
        ("lime", SEPARATION, {}),
        ("holly", LOSS, {}),
        ("harbour", LOSS, {}),
        ("fern", LOSS, {}),
        ("no-such-service", LOSS, {}),
    ],
)
def test_exactly_the_areas_of_the_service_change(today, service, what, expected) -> None:
    then = under(today, Scenario.of({service: [what]}))
    assert changed(today, then, what) == expected


def test_nothing_else_changes(today) -> None:
    then = under(today, Scenario.of({"larch": [SEPARATION]}))
    # Larch offers the other three, so that its areas have all four.
    also = {SEPARATION, Measure.ALL_FOUR}
    for measure in (m for m in Measure if m not in also and m is not Measure.COMPLETENESS):
        assert changed(today, then, measure) == {}, measure
    assert changed(today, then, Measure.ALL_FOUR) == dict.fromkeys(DURHAM, YES)


def test_an_area_that_is_inferred_stays_so(today) -> None:
    then = under(today, Scenario.of({"birch": [SEPARATION]}))
    inferred = [then.row(Level.COUNCIL, SEPARATION, code).inferred for code in BERKSHIRE]
    assert inferred == [True, False]
    stated = under(today, Scenario.of({"larch": [SEPARATION]}))
    assert not any(stated.row(Level.COUNCIL, SEPARATION, code).inferred for code in DURHAM)


# --- an ICB has one more service ------------------------------------------------------------------


def test_a_new_service_serves_every_council_of_its_icb_and_no_other(today) -> None:
    (icb,) = {today.directory.areas[code].icb_2026_code for code in ("E06000001",)}
    then = under(today, Scenario.of(added={icb: [SEPARATION]}))
    inside = {c for c, a in today.directory.areas.items() if a.icb_2026_code == icb}
    assert set(changed(today, then, SEPARATION)) - inside <= {"E06000064"}  # split over two ICBs
    whole = {c for c in inside if not today.directory.parts(c)}
    assert all(then.value(SEPARATION, code) is YES for code in whole)
    assert then.value(Measure.MMHS, "E06000001") is YES
    assert today.value(Measure.MMHS, "E06000001") is NONE_FOUND
    assert then.value(LOSS, "E06000001") is Value.NOT_READ  # nothing is assumed of it


def test_a_council_that_is_split_over_two_icbs_is_a_yes_only_with_both(today) -> None:
    part, eden = "E06000064-S", "E06000064-E"
    icbs = [today.directory.areas[code].icb_2026_code for code in (part, eden)]
    assert len(set(icbs)) == 2
    for n, code in enumerate((part, eden)):
        then = under(today, Scenario.of(added={icbs[n]: [LOSS]}))
        assert then.value(LOSS, code) is YES
        assert then.value(LOSS, "E06000064") is PART
    both = under(today, Scenario.of(added={key: [LOSS] for key in icbs}))
    assert both.value(LOSS, "E06000064") is YES


def test_a_council_that_is_split_within_one_icb(today) -> None:
    assert today.value(SEPARATION, EAST_SUFFOLK) is PART
    then = under(today, Scenario.of(added={NORFOLK_AND_SUFFOLK: [SEPARATION]}))
    assert then.value(SEPARATION, REST_OF_SUFFOLK) is YES
    assert then.value(SEPARATION, EAST_SUFFOLK) is YES
    births = today.row(Level.COUNCIL, SEPARATION, EAST_SUFFOLK).births
    where = today.place(NORFOLK_AND_SUFFOLK)
    found = difference(today, then, SEPARATION, where)
    assert found.births >= births and not found.left
    assert then.row(Level.ICB, SEPARATION, NORFOLK_AND_SUFFOLK).value is YES


def test_gap_list_and_nearest_follow(today) -> None:
    weights = PRESETS[Preset.EQUAL]
    then = under(today, Scenario.of({"larch": [SEPARATION]}))
    before = today.gaps(SEPARATION, weights, Scaling.RANK)
    after = then.gaps(SEPARATION, weights, Scaling.RANK)
    assert [g.row.code for g in after] == [g.row.code for g in before if g.row.code not in DURHAM]
    near = next(g for g in after if g.row.code == "E06000001")  # Hartlepool, beside it
    assert near.nearest and near.nearest.code in DURHAM
    assert [s.name for s in near.nearest.services] == [say("what_if.changed", name="Larch")]


# --- what would it take ---------------------------------------------------------------------------


def test_the_steps_of_a_region_lead_to_a_yes_for_all_of_it(today) -> None:
    for where in (w for w in today.places if w.level is Level.REGION):
        steps = what_it_takes(today, Scenario(), SEPARATION, where)
        every = Scenario()
        for step in steps:
            every = every.plus(step.assumed)
        assert fitting(today.directory, every).left_out == ()
        reached = under(today, every).shares(SEPARATION, where)
        assert steps[-1].after == reached
        outside = {
            today.directory.areas[code].parent
            for code in today.directory.areas
            if not today.holds(where, Level.COUNCIL, code)
        }
        found = difference(today, under(today, every), SEPARATION, where)
        # What is left is split over a border: its other part lies in another region.
        assert {row.code for row in found.left} <= outside or len(every.added) == MOST


# --- what is told ---------------------------------------------------------------------------------


def test_it_is_told_what_is_assumed_and_what_it_changes(today) -> None:
    scenario = Scenario.of({"larch": [SEPARATION, SELF]}, {NORFOLK_AND_SUFFOLK: [LOSS]})
    where = today.place("North East and Yorkshire")
    view = scenario_view(today, under(today, scenario), scenario, where)
    assert view.name == "Scenario: North East and Yorkshire"
    assert view.notice.startswith(LABEL)
    assert [line.text for line in view.assumed] == [
        "Larch also offers help after separation from a baby and self-referral.",
        "There is a new service for NHS Norfolk and Suffolk. It offers help after loss of a "
        "pregnancy or baby.",
    ]
    told = [line.split(".")[0] for line in view.changes]
    assert told == ["Help after separation from a baby", "All four kinds of help", "Self-referral"]
    assert all("births today" in line and "in this scenario" in line for line in view.changes)
    assert view.lines == (*(line.text for line in view.assumed), *view.changes)
    assert view.in_one_line.startswith(f"{LABEL}. Larch also offers")


def test_only_what_becomes_a_yes_is_told_as_a_change(today) -> None:
    """Of what is not assumed of a new service nothing is known: that is no change to tell."""
    humber = today.directory.areas["E06000010"].icb_2026_code
    scenario = Scenario.of(added={humber: [SEPARATION]})
    then = under(today, scenario)
    where = today.place(humber)
    assert then.shares(LOSS, where) != today.shares(LOSS, where)
    told = [line.split(".")[0] for line in scenario_view(today, then, scenario, where).changes]
    assert told == [
        "Help after separation from a baby",
        "Any of the four kinds of help",
        "Maternal mental health service",
    ]


def test_where_nothing_changes_in_a_place_that_is_told(today) -> None:
    scenario = Scenario.of({"larch": [SEPARATION]})
    london = today.place("London")
    view = scenario_view(today, under(today, scenario), scenario, london)
    assert view.changes == ("In London: nothing changes by this.",)


def test_what_of_a_link_was_left_out_is_told_once_and_what_was_typed_never(today) -> None:
    said = read("ivy.loss~harbour.loss~my-baby-died.loss~ts24-7bt.loss~<b>~_E54000999")
    lines = left_out_lines(fitting(today.directory, said.scenario), is_whole=said.is_whole)
    assert sorted(lines) == [
        "Harbour is already known to offer help after loss of a pregnancy or baby. So that is "
        "left out.",
        "Ivy Maternal Mental Health Service: we could not confirm that it is running, so nothing "
        "is assumed of it.",
        "Something in that link names no service or ICB in our list. It was left out.",
    ]
    assert left_out_lines(fitting(today.directory, Scenario()), is_whole=True) == ()


def test_the_result_says_from_what_to_what_and_which_areas(today) -> None:
    then = under(today, Scenario.of({"larch": [SEPARATION]}))
    where = today.place("North East and Yorkshire")
    found = difference(today, then, SEPARATION, where)
    view = result_view(found, where)
    assert view.heading == "In the North East and Yorkshire: help after separation from a baby"
    assert view.figure.startswith("From 0.0") and "births" in view.figure
    assert "2 areas change to yes: County Durham, Stockton-on-Tees." in view.lines
    same = result_view(difference(today, today, SEPARATION, where), where)
    assert same.figure.endswith("of births, as today.")


def test_a_step_for_an_icb_names_the_service_to_ask_first(today) -> None:
    (icb,) = {today.directory.areas["E06000021"].icb_2026_code}  # Ivy's
    where = today.place(icb)
    steps = what_it_takes(today, Scenario(), LOSS, where)
    views = [step_view(today, n, step) for n, step in enumerate(steps, start=1)]
    assert views[0].text.startswith("1. A new service for ")
    assert "Ivy Maternal Mental Health Service" in views[0].first
    running = what_it_takes(today, Scenario(), SEPARATION, today.place("North East and Yorkshire"))
    first = step_view(today, 1, running[0])
    assert first.text == "1. Larch also offers help after separation from a baby"
    assert first.first == ""


def test_the_list_says_where_its_steps_lead(today) -> None:
    kent, midlands = today.place("E54000032"), today.place("Midlands")

    def end(where: Where, given: Scenario) -> str:
        steps = what_it_takes(today, given, SEPARATION, where)
        every = reduce(Scenario.plus, (step.assumed for step in steps), given)
        return steps_end(steps, every, under(today, given).shares(SEPARATION, where))

    assert end(kent, Scenario()) == "With all of them, every council here is a yes."
    whole = Scenario.of(added={kent.code: [SEPARATION]})
    assert end(kent, whole) == "Nothing more: every council here is a yes."
    assert end(midlands, Scenario()).startswith("One scenario has room for 10 changed services")
    # A council that is split over a border: no step of this place reaches its other part.
    part = today.place(today.directory.areas["E06000064"].icb_2026_code)
    of_part = Scenario.of(added={part.code: [LOSS]})
    assert what_it_takes(today, of_part, LOSS, part) == ()
    now = under(today, of_part).shares(LOSS, part)
    assert steps_end((), of_part, now) == "We know of no other step that would change this."


# --- what is taken away names it ------------------------------------------------------------------


def test_every_row_of_the_gap_list_s_file_says_first_that_it_is_a_scenario(today) -> None:
    scenario = Scenario.of({"larch": [SEPARATION]})
    then = under(today, scenario)
    view = scenario_view(today, then, scenario)
    weights = PRESETS[Preset.EQUAL]
    gaps = then.gaps(SEPARATION, weights, Scaling.RANK)
    given = (gaps, then, SEPARATION, weights, Scaling.RANK, ENGLAND)
    rows = list(csv.reader(io.StringIO(gaps_csv(*given, view.in_one_line).decode("utf-8-sig"))))
    assert rows[0][0] == "scenario"
    assert {row[0] for row in rows[1:]} == {view.in_one_line} and len(rows) > 2
    assert view.in_one_line.startswith(LABEL)
    plain = list(csv.reader(io.StringIO(gaps_csv(*given).decode("utf-8-sig"))))
    assert [row[1:] for row in rows] == plain
    name = file_name(then, "gaps-separation", ENGLAND, "csv", is_scenario=True)
    assert name == "scenario-" + file_name(then, "gaps-separation", ENGLAND, "csv")


def test_the_report_says_so_in_its_title_on_every_page_and_first(today) -> None:
    scenario = Scenario.of({"larch": [SEPARATION]})
    then = under(today, scenario)
    where = today.place("North East and Yorkshire")
    view = scenario_view(today, then, scenario, where)
    shapes = Outlines(today).areas
    report = area_report(then, shapes, where, scenario=view)
    assert report.title == f"{where.name}: a scenario, not what is there today"
    first = report.sections[0]
    assert (first.heading, first.text) == (view.name, view.notice)
    assert tuple(item.text for item in first.items) == view.lines
    plain = area_report(today, shapes, where)
    assert plain.title == f"{where.name}: what is known"
    # The same parts, in the same order; which kind of help has the gap is what a scenario changes.
    gap = say("area_report.beside_help", what="")
    told, usual = (
        [gap if s.heading.startswith(gap) else s.heading for s in sections]
        for sections in (report.sections[1:], plain.sections)
    )
    assert told == usual and usual.count(gap) == 1
    page = report_page(report).decode()
    assert f"<title>{report.title}</title>" in page and LABEL in page
    pdf = PdfReader(io.BytesIO(area_report_pdf(report)))
    assert all("a scenario, not what is there" in p.extract_text() for p in pdf.pages)
    assert LABEL in " ".join(pdf.pages[0].extract_text().split())


def test_the_map_is_called_a_scenario_and_outlines_what_changes(today) -> None:
    then = under(today, Scenario.of({"larch": [SEPARATION]}))
    outlines = Outlines(today)
    data = coverage_map(
        then, outlines, Level.COUNCIL, SEPARATION, "/s", label="A scenario", marked=DURHAM
    ).data()
    assert data["label"] == "A scenario"
    assert set(data["layers"][0]["chosen"]) == set(DURHAM)
    plain = coverage_map(today, outlines, Level.COUNCIL, SEPARATION, "/s").data()
    assert plain["label"] == say("coverage.map_label") and plain["layers"][0]["chosen"] == []
    assert json.dumps(data) != json.dumps(plain)


def test_hostile_names_are_text_on_the_page(today, directory) -> None:
    bad = "<script>alert(1)</script>"
    larch = directory.services["larch"].model_copy(update={"name": bad})
    made = Coverage(
        replace(directory, services={**directory.services, "larch": larch}), date(2026, 11, 22)
    )
    scenario = Scenario.of({"larch": [SEPARATION]})
    then = under(made, scenario)
    where = Where(Level.REGION, "North East and Yorkshire", "North East and Yorkshire")
    found = difference(made, then, SEPARATION, where)
    (first, *_) = what_it_takes(made, Scenario(), SEPARATION, where)
    drawn = (
        banner_html(scenario_view(made, then, scenario, where)),
        result_html(result_view(found, where), found, where),
        step_html(step_view(made, 1, first)),
    )
    assert not any("<script" in html for html in drawn)
    assert "&lt;script&gt;" in drawn[0] and "&lt;script&gt;" in drawn[2]


# --- today stays today ----------------------------------------------------------------------------


def test_a_scenario_leaves_nothing_behind(today, directory) -> None:
    fresh = Coverage(directory, date(2026, 11, 22))
    before = {m: to_csv(fresh, Level.COUNCIL, m) for m in HELP_MEASURES}
    services, criteria = dict(directory.services), dict(directory.criteria)
    everything = Scenario.of(
        {"larch": HELP_MEASURES, "birch": [SEPARATION]}, {key: [LOSS] for key in directory.icbs}
    )
    under(fresh, everything).rows(Level.REGION, LOSS)
    assert {m: to_csv(fresh, Level.COUNCIL, m) for m in HELP_MEASURES} == before
    assert dict(directory.services) == services and dict(directory.criteria) == criteria
    again = Coverage(directory, date(2026, 11, 22))
    assert {m: to_csv(again, Level.COUNCIL, m) for m in HELP_MEASURES} == before
