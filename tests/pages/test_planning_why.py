"""Why it matters, and what this list knows beside the recommendations: for the place chosen."""

from __future__ import annotations

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from mmhs_finder.channels.streamlit.planning_parts import figure_words
from mmhs_finder.channels.streamlit.planning_recommended import known_beside
from mmhs_finder.channels.streamlit.planning_why import services_here, sheets_html, times_as_long
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Value
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import value_words
from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.planning.facts import checklist, context, criteria_seen, topic
from mmhs_finder.words import all_words
from tests.made_up.records import service
from tests.made_up.world import EAST, WEST
from tests.made_up.world import directory as of
from tests.pages.test_pages import page_text, ran, start
from tests.pages.test_planning_page import PLANNING, planning

COVERAGE = "../../../pages/coverage.py"
TODAY = date(2026, 11, 24)
TOPICS = ("affected", "harm", "deaths", "inclusion", "equity")
RECOMMENDED = [item.id for item in checklist() if item.recommendation]


def body(app: AppTest) -> str:
    return page_text(app).replace("&#39;", "'")


@pytest.fixture(scope="module")
def coverage(directory) -> Coverage:
    return Coverage(directory, TODAY)


def one_service(**columns: object) -> Coverage:
    return Coverage(of([service(id="a", **columns)], [("a", EAST.code)]), TODAY)


# --- what the report says -------------------------------------------------------------------------


def test_every_figure_is_shown_with_its_page():
    text = body(planning("why"))
    for figure in (f for name in TOPICS for f in topic(name)):
        row = text[text.index(figure.label) :]
        row = row[: row.index("</tr>")]
        assert figure_words(figure) in row and figure.note in row and figure.where in row
    for kind in criteria_seen():
        assert kind.label in text and kind.where in text
    for fact in context():
        assert fact.label in text and fact.url in text and fact.where in text


def test_no_figure_stands_in_the_words():
    """Each comes from a row with its source. The year of the report, and of nothing else, may."""
    texts = {
        key: text
        for key, text in all_words().items()
        if key.startswith(("planning_why.", "planning_recommendation."))
    }
    assert texts
    digits = {key: re.findall(r"\d+", text) for key, text in texts.items()}
    assert {number for found in digits.values() for number in found} <= {"2024"}


def test_how_much_longer_than_nice_asks_for():
    assert times_as_long("assessment") == 3
    assert times_as_long("therapy") == pytest.approx(16 / (52 / 12))
    assert "3 times as long as NICE asks for" in body(planning("why"))


def test_figures_about_deaths_are_folded_away_and_the_way_to_help_comes_before_any_figure():
    text = body(planning("why"))
    inside = text[text.index("<summary>Figures about suicide") :]
    inside = inside[: inside.index("</details>")]
    for figure in topic("deaths"):
        assert figure.label in inside and text.count(figure.label) == 1
    assert text.index("go to Find support</a>") < text.index(topic("affected")[0].label)


def test_the_report_and_the_list_are_never_in_one_table():
    text = body(planning("why"))
    tables = re.findall(r"<table.*?</table>", text, re.DOTALL)
    rows = {f.label for name in TOPICS for f in topic(name)} | {k.label for k in criteria_seen()}
    own = {
        text
        for key, text in all_words().items()
        if re.match(r"planning_why\.(kind|level|wait|group)_", key)
    }
    of_report = [t for t in tables if any(f">{label}</th>" in t for label in rows - own)]
    of_list = [t for t in tables if any(f">{words}</th>" in t for words in own - rows)]
    assert len(of_report) == 5 and len(of_list) == 4
    assert not {*of_report} & {*of_list}


# --- what the list knows --------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["picture", "why", "practice"])
def test_every_place_can_be_looked_at(view, coverage):
    app = planning(view)
    for place in (coverage.places[1], coverage.places[-1]):
        app.selectbox(key="coverage_where").set_value(place.code)
        assert place.name in body(ran(app.run()))


def test_a_place_without_a_service_says_so_and_counts_nothing():
    coverage = one_service()
    west = coverage.place(WEST.icb_2026_code)
    assert west and services_here(coverage, west) == ()
    for line in RECOMMENDED:
        words = known_beside(line, coverage, west)
        assert "There may be one" in words and not re.search(r"\d", words)


def test_one_that_has_closed_is_not_counted():
    closed = one_service(status="closed", closed_said_by="Made Up Trust")
    assert services_here(closed, ENGLAND) == ()
    assert closed.services_in(ENGLAND, ServiceKind.MMHS) == ()


def test_every_recommendation_has_something_beside_it_and_no_other_line_has(coverage):
    known = {item.id: known_beside(item.id, coverage, ENGLAND) for item in checklist()}
    assert {key for key, words in known.items() if words} == {*RECOMMENDED}
    assert all("England" in words for words in known.values() if words)


def test_what_is_not_known_stands_beside_what_is():
    """ "0 %" alone would read as a no."""
    unsure = one_service(status="unknown")
    words = known_beside("rec1", unsure, ENGLAND)
    assert value_words(Measure.MMHS, Value.NOT_READ).lower() in words and "of births" in words


def test_what_the_list_knows_answers_nothing():
    app = planning("practice")
    assert all(radio.value is None for radio in app.radio)
    assert f"0 of {len(checklist())} lines answered" in body(app)


def test_hostile_cells_are_shown_as_text():
    name = "<script>alert(1)</script>"
    hostile = one_service(name=name)
    drawn = str(sheets_html(services_here(hostile, ENGLAND)))
    assert "<script>" not in drawn and "&lt;script&gt;" in drawn


# --- one place on two pages -----------------------------------------------------------------------


def test_a_place_chosen_on_planning_holds_on_coverage_and_back(coverage):
    first, second = [p for p in coverage.places if p.level is not None][:2]
    app = planning("why")
    app.selectbox(key="coverage_where").set_value(first.code)
    ran(app.run())
    ran(app.switch_page(COVERAGE).run())
    assert app.selectbox(key="coverage_where").value == first.code
    app.selectbox(key="coverage_where").set_value(second.code)
    ran(app.run())
    ran(app.switch_page(PLANNING).run())
    assert app.selectbox(key="coverage_where").value == second.code


def test_a_link_to_england_is_stronger_than_what_was_chosen(coverage):
    icb: Where = coverage.places[-1]
    app = planning("why")
    app.selectbox(key="coverage_where").set_value(icb.code)
    ran(app.run())
    app.query_params["measure"] = "loss"
    ran(app.switch_page(COVERAGE).run())
    assert app.selectbox(key="coverage_where").value == ""


def test_a_new_visit_begins_with_england():
    app = ran(start().switch_page(PLANNING).run())
    assert app.selectbox(key="coverage_where").value == ""
