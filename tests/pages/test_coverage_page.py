"""The coverage page as Streamlit runs it: every measure and level, sheet, table, gap list."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta

import altair as alt
import pytest
from streamlit.testing.v1 import AppTest

from mmhs_finder.application import Application
from mmhs_finder.channels.streamlit.coverage import link_to
from mmhs_finder.channels.streamlit.need_chart import mark_of
from mmhs_finder.channels.streamlit.visit import PlanningChoices
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.gaps import Scaling, Weights
from mmhs_finder.coverage.history import snapshot_of
from mmhs_finder.coverage.measures import GAP_MEASURES, VALUES, Measure
from mmhs_finder.coverage.snapshots import KeptSnapshots
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import Where
from mmhs_finder.directory.models import YesNo
from mmhs_finder.hours import LONDON
from mmhs_finder.planning.facts import Extent, checklist
from mmhs_finder.planning.integrate import case_studies
from mmhs_finder.render.files.coverage import gaps_csv
from mmhs_finder.words import say
from tests.pages.offered import files
from tests.pages.test_pages import page_text, ran, start

PAGE = "../../../pages/coverage.py"


@pytest.fixture
def page() -> AppTest:
    return ran(start().switch_page(PAGE).run())


def view(app: AppTest, name: str) -> AppTest:
    app.segmented_control(key="coverage_view").set_value(name)
    return ran(app.run())


def body(app: AppTest) -> str:
    """The page's text, without the style sheet."""
    text = page_text(app)
    return text[: text.find("<style")] + text[text.find("</style>") :]


def test_the_unknown_share_stands_beside_the_known_one(page):
    text = body(page)
    assert "% of births are in areas where a service is known to offer" in text
    assert "not known to us" in text and "no service found" in text
    assert "year to mid-2020" in text


@pytest.mark.parametrize("measure", list(Measure))
def test_every_measure_at_every_level(page, measure):
    page.selectbox(key="coverage_measure").set_value(measure.value)
    for level in Level:
        page.selectbox(key="coverage_level").set_value(level.value)
        assert "Every area as a table" in body(view(page, "table"))
        assert ("Distance is a straight line" in body(view(page, "gaps"))) == (
            measure in GAP_MEASURES
        )
        assert "Each area, by need" in body(view(page, "need"))
        assert "coverage-legend" in body(view(page, "map"))


def test_the_sheet_of_an_area(page):
    page.selectbox(key="coverage_area_council").set_value("E06000001")
    text = body(ran(page.run()))
    assert "Hartlepool: what is known" in text
    assert "That does not mean that there is none" in text


def test_the_table_can_be_searched(page):
    view(page, "table")
    page.text_input(key="coverage_filter").set_value("canterbury")
    assert "Harbour" in body(ran(page.run()))
    page.text_input(key="coverage_filter").set_value("<b>nowhere")
    text = body(ran(page.run()))
    assert "No row has that in its area, ICB or region" in text and "<b>nowhere" not in text


def test_weights_change_the_order_of_the_gap_list(page):
    before = body(view(page, "gaps"))
    for name, weight in (("births", 0), ("women", 0), ("deprivation", 10)):
        page.slider(key=f"coverage_weight_{name}").set_value(weight)
    assert body(ran(page.run())) != before


def test_what_was_chosen_in_a_view_is_still_there_after_another(page):
    view(page, "gaps").slider(key="coverage_weight_births").set_value(9)
    page.radio(key="coverage_scaling").set_value("rank")
    ran(page.run())
    view(page, "table").text_input(key="coverage_filter").set_value("canterbury")
    ran(page.run())
    assert view(page, "gaps").slider(key="coverage_weight_births").value == 9
    assert page.radio(key="coverage_scaling").value == "rank"
    assert view(page, "table").text_input(key="coverage_filter").value == "canterbury"


def test_no_kind_of_gap_chosen_is_said(page):
    view(page, "gaps")
    page.pills(key="coverage_gap_values").set_value([])
    assert "No council is left" in body(ran(page.run()))


# --- need and help ----


def test_need_and_help_says_the_finding_and_every_mark_is_a_row_of_the_table(page):
    page.selectbox(key="coverage_measure").set_value("loss")
    text = body(view(page, "need"))
    assert "of births in the most deprived fifth" in text and "we do not know" in text
    (chart,) = page.get("vega_lite_chart")
    spec = json.loads(chart.proto.spec)
    marks = spec["layer"][-1]["data"]["values"]
    assert len(marks) == int(re.search(r"Rows 1 to \d+ of (\d+)", text)[1])
    assert "What is known of them?" in spec["description"]
    alt.LayerChart.from_dict(spec)  # raises when it is no picture that Vega-Lite can draw


@pytest.mark.parametrize("level", ["council", "icb", "region"])
@pytest.mark.parametrize("against", ["births_deprivation", "women_deprivation", "births_women"])
def test_the_figures_side_by_side_are_those_that_were_chosen(page, level, against):
    view(page, "need").selectbox(key="coverage_against").set_value(against)
    page.selectbox(key="coverage_level").set_value(level)
    text = body(ran(page.run()))
    y, _, x = against.partition("_")
    names = {"births": "Births (", "women": "Women 15 to 44", "deprivation": "Deprivation score"}
    (chart,) = page.get("vega_lite_chart")
    encoding = json.loads(chart.proto.spec)["layer"][-1]["encoding"]
    assert encoding["x"]["axis"]["title"].startswith(names[x])
    assert encoding["y"]["axis"]["title"].startswith(names[y])
    assert ("weighted by births" in text) == (level != "council")
    assert ("broken line" in text) == (x == "deprivation")


@pytest.mark.parametrize("measure", list(Measure))
def test_no_two_values_of_a_measure_have_one_mark_without_colour(measure):
    looks = [(m.shape, m.line == m.fill) for m in (mark_of(v) for v in VALUES[measure])]
    assert len({*looks}) == len(looks)


def test_need_and_help_is_of_the_place_that_was_chosen(page):
    page.selectbox(key="coverage_where").set_value("North West")
    text = body(view(page, "need"))
    assert "In the North West" in text.split("Need and help")[-1]
    assert "Manchester" in text and "Birmingham" not in text
    (chart,) = page.get("vega_lite_chart")
    assert "Birmingham" not in chart.proto.spec


def test_a_link_opens_need_and_help():
    app = opened(view="need", measure="separation", where="North West")
    assert app.segmented_control(key="coverage_view").value == "need"
    assert "view=need" in body(app)


# --- one place ----


def test_a_place_holds_for_shares_map_gap_list_and_table(page):
    page.selectbox(key="coverage_where").set_value("North West")
    text = body(ran(page.run()))
    assert "In the North West" in text and "North West: what is known" in text
    assert "Blackpool" in page.selectbox(key="coverage_area_council").options
    assert "Canterbury" not in page.selectbox(key="coverage_area_council").options
    text = body(view(page, "table"))
    assert "Blackpool" in text and "Canterbury" not in text
    page.selectbox(key="coverage_measure").set_value("loss")
    text = body(view(page, "gaps"))
    assert re.search(r"In the North West: \d+ councils, [\d.]+ % of its births", text)
    assert "Canterbury" not in text.split("Nearest area known to have it")[0]


def test_a_place_offers_the_levels_inside_it_and_lets_an_area_outside_go(page):
    page.selectbox(key="coverage_area_council").set_value("E07000106")
    page.selectbox(key="coverage_level").set_value("region")
    ran(page.run())
    page.selectbox(key="coverage_where").set_value("North West")
    ran(page.run())
    level = page.selectbox(key="coverage_level")
    assert level.value == "council" and level.options == ["Council", "ICB (2026)"]
    assert page.selectbox(key="coverage_area_council").value is None
    page.selectbox(key="coverage_where").set_value("E54000032")
    assert "NHS Kent and Medway: what is known" in body(ran(page.run()))
    assert page.selectbox(key="coverage_level").options == ["Council"]


def test_a_named_set_of_weights_sets_the_sliders_and_own_weights_have_no_name(page):
    preset = view(page, "gaps").segmented_control(key="coverage_preset")
    assert preset.value == "equal"
    preset.set_value("deprivation")
    ran(page.run())
    names = ("births", "women", "deprivation")
    assert [page.slider(key=f"coverage_weight_{n}").value for n in names] == [2, 2, 10]
    page.slider(key="coverage_weight_women").set_value(7)
    ran(page.run())
    assert page.segmented_control(key="coverage_preset").value is None
    assert page.slider(key="coverage_weight_women").value == 7


# --- links ----------------------------------------------------------------------------------------


def opened(**query: str) -> AppTest:
    """The page as a link opens it."""
    app = start().switch_page(PAGE)
    for name, value in query.items():
        app.query_params[name] = value
    return ran(app.run())


def test_a_link_opens_the_same_view():
    app = opened(level="icb", measure="separation", area="E54000032", view="map")
    assert app.selectbox(key="coverage_level").value == "icb"
    assert app.selectbox(key="coverage_measure").value == "separation"
    assert "NHS Kent and Medway: what is known" in body(app)
    assert link_to(Level.ICB, Measure.SEPARATION, "E54000032", "map") in body(app).replace(
        "&amp;", "&"
    )


def test_the_offered_link_holds_what_was_chosen():
    link = link_to(Level.REGION, Measure.LOSS, "South East", "table")
    assert link == "?level=region&measure=loss&view=table&area=South%20East"
    assert "area" not in link_to(Level.REGION, Measure.LOSS, None, "map")


def test_a_link_that_names_no_area_says_so_and_shows_the_rest():
    app = opened(level="region", measure="loss", area="<b>Mars", view="moon")
    text = body(app)
    assert "does not name an area that we know" in text and "Mars" not in text
    assert app.selectbox(key="coverage_level").value == "region"
    assert app.segmented_control(key="coverage_view").value == "map"


def test_a_link_opens_the_same_place():
    app = opened(where="North West", level="region", measure="loss", area="E06000008")
    assert app.selectbox(key="coverage_where").value == "North West"
    # A region is not divided into regions: its councils are shown, and the area is one of them.
    assert app.selectbox(key="coverage_level").value == "council"
    link = link_to(
        Level.COUNCIL, Measure.LOSS, "E06000008", "map", Where(Level.REGION, "North West")
    )
    assert link == "?level=council&measure=loss&view=map&where=North%20West&area=E06000008"
    assert link in body(app).replace("&amp;", "&")


def test_a_link_to_a_place_that_is_not_there_shows_england_and_says_so():
    app = opened(where="<b>Mars", measure="loss")
    assert app.selectbox(key="coverage_where").value == ""
    text = body(app)
    assert "does not name an area that we know" in text and "Mars" not in text


def test_an_address_that_is_no_longer_true_is_emptied():
    app = opened(measure="loss")
    assert app.query_params
    app.selectbox(key="coverage_measure").set_value("mmhs")
    assert not ran(app.run()).query_params


# --- files ----------------------------------------------------------------------------------------


def test_the_gap_list_as_a_file_says_what_its_order_rests_on(directory):
    coverage = Coverage(directory, date(2026, 11, 22))
    weights = Weights(3, 0, 1)
    found = coverage.gaps(Measure.LOSS, weights, Scaling.RANK)
    data = gaps_csv(found, coverage, Measure.LOSS, weights, Scaling.RANK).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(data)))
    assert [r["place"] for r in rows] == [str(n) for n in range(1, len(found) + 1)]
    last = rows[-1]
    assert [last[f"weight_{n}"] for n in ("births", "women", "deprivation")] == ["3", "0", "1"]
    assert last["scaling"] == "rank" and last["checked_on"] == coverage.date.isoformat()
    assert "loss of a pregnancy" in last["title"]
    assert "Office for National Statistics" in last["sources"]


# --- the examples of the Integrate guide ----------------------------------------------------------


def test_examples_are_off_until_somebody_asks_and_off_again(page):
    assert "Examples in the Integrate guide" not in body(page)
    page.toggle(key="coverage_examples").set_value(True)
    text = body(ran(page.run()))
    assert "Examples in the Integrate guide" in text
    for study in case_studies():
        assert f"{study.place}: {study.title}" in text
    page.toggle(key="coverage_examples").set_value(False)
    assert "Examples in the Integrate guide" not in body(ran(page.run()))


@pytest.mark.parametrize(
    ("where", "shown"),
    [
        ("North West", ["Blackpool"]),
        ("London", ["Tower Hamlets", "Hillingdon"]),
        ("South West", []),
    ],
)
def test_examples_are_those_of_the_place_that_is_looked_at(page, where, shown):
    page.selectbox(key="coverage_where").set_value(where)
    ran(page.run())
    page.toggle(key="coverage_examples").set_value(True)
    text = body(ran(page.run()))
    found = [s.place for s in case_studies() if f"{s.place}: {s.title}" in text]
    assert found == shown
    assert ("None of the guide" in text) == (not shown)
    assert ("each has the sign E" in text) == bool(shown)


# --- over time ------------------------------------------------------------------------------------


@pytest.fixture
def with_history(directory, monkeypatch):
    """A month ago, nobody knew whether people can refer themselves to Birch."""
    today = datetime.now(LONDON).date()
    now = snapshot_of(Coverage(directory, today - timedelta(days=30)))
    was = replace(now.services["birch"], self_referral=YesNo.UNKNOWN)
    before = replace(now, services={**now.services, "birch": was})
    kept = KeptSnapshots((before, replace(before, day=before.day - timedelta(days=30))))
    monkeypatch.setattr(Application, "snapshots", kept)
    return kept


def test_over_time_says_what_changed_since_a_day_and_what_was_promised(page, with_history):
    page.selectbox(key="coverage_measure").set_value("self_referral")
    text = body(view(page, "over_time"))
    assert "Birch" in text and "Before, we had not seen it" in text
    assert "What services changed" not in text  # a blank was filled: nobody changed anything
    assert "1. What was promised" in text and "6,000" in text and "66,000" in text
    assert 'href="/coverage/history.csv"' in text
    days = page.selectbox(key="coverage_since").options
    assert len(days) == 2
    page.selectbox(key="coverage_since").set_value(with_history.snapshots[1].day.isoformat())
    assert "Birch" in body(ran(page.run()))


def test_over_time_is_of_the_place_that_is_chosen(page, with_history, directory):
    view(page, "over_time")
    regions = {area.region for area, _ in directory.areas_of("birch")}
    for where in Coverage(directory, date(2026, 11, 22)).places[1:8]:
        page.selectbox(key="coverage_where").set_value(where.code)
        assert ("Birch" in body(ran(page.run()))) is (where.code in regions)


def test_over_time_without_a_history_says_when_there_will_be_one(page):
    text = body(view(page, "over_time"))
    assert "There is no earlier picture to compare with" in text
    assert "1. What was promised" in text
    assert not [box for box in page.selectbox if box.key == "coverage_since"]


def test_over_time_of_what_is_not_kept_says_so(page, with_history):
    page.selectbox(key="coverage_measure").set_value("time_limit")
    assert "This is not kept over time" in body(view(page, "over_time"))


def test_a_link_opens_the_view_over_time(with_history):
    app = opened(view="over_time", where="South East")
    assert app.segmented_control(key="coverage_view").value == "over_time"
    assert "In the South East, from" in body(app)


# --- the report -----------------------------------------------------------------------------------


def made(page: AppTest, kind: str) -> tuple[str, str]:
    """The name of a report that is offered, and its text."""
    file = files(page)[say(f"area_report.report_{kind}")]
    raw = file.make()
    assert isinstance(raw, bytes)
    return file.name, raw.decode()


def test_england_has_the_same_report_as_a_place(page):
    name, text = made(page, "html")
    assert name.startswith("coverage-england-") and "<title>England: what is known" in text
    page.selectbox(key="coverage_where").set_value("London")
    name, text = made(ran(page.run()), "html")
    assert name.startswith("coverage-london-") and "<title>London: what is known" in text
    assert "What stands out" in body(page)


def test_what_she_answered_is_in_her_own_file_and_nowhere_else(page):
    line = checklist()[0]
    page.selectbox(key="coverage_where").set_value("London")
    page.session_state[PlanningChoices.line_key(line.id)] = Extent.PARTLY.value
    ran(page.run())
    heading = say("area_report.ticked")
    assert heading in made(page, "html")[1]
    assert say("area_report.ticked_in_file") in body(page) and heading not in body(page)
    other = ran(start(where="London").switch_page(PAGE).run())
    assert heading not in made(other, "html")[1] and heading not in body(other)
    assert say("area_report.ticked_in_file") not in body(other)
