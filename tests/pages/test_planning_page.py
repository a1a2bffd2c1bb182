"""The page for planners: its views, each without an exception, and the right figures in them."""

from __future__ import annotations

import csv
import io

import pytest
from streamlit.testing.v1 import AppTest

from mmhs_finder.channels.streamlit import planning_parts
from mmhs_finder.channels.streamlit.planning_checklist import (
    line_words,
    practice_csv,
    practice_text,
)
from mmhs_finder.channels.streamlit.planning_parts import bars, number, table_html
from mmhs_finder.channels.streamlit.planning_picture import (
    known_devolved,
    pathways_today,
    picture_texts,
    waits_chart,
)
from mmhs_finder.channels.streamlit.planning_workforce import step_rows, workforce_csv
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.where import ENGLAND
from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.planning.facts import Extent, checklist
from mmhs_finder.planning.workforce import about, births_by_area, published, workforce
from tests.pages.offered import files as offered
from tests.pages.test_pages import page_text, ran, start

PLANNING = "../../../pages/planning.py"


def planning(view: str = "picture") -> AppTest:
    app = ran(start().switch_page(PLANNING).run())
    if view != "picture":
        app.segmented_control(key="planning_view").set_value(view)
        ran(app.run())
    return app


# --- the 2024 picture ---------------------------------------------------------------------------


def test_the_picture_says_its_figures_in_words_and_in_tables():
    text = page_text(planning())
    for words in (
        "41 help after perinatal loss, 35 after birth trauma, 33 with severe fear",
        "11 after the loss of custody",
        "the average wait was 6 weeks",
        "the average was 16 weeks, from 0 to 52",
        "76\u00a0% of services",
        "10 of 14 health boards",
        "NHS Talking Therapies",
    ):
        assert words in text
    assert text.count("<table") == 8
    assert "October 2024" in text


def test_each_chart_has_its_words_before_it_and_its_table_beside_it():
    app = planning()
    assert len(picture_texts()) == 7
    assert len(app.get("vega_lite_chart")) == 6, "the report prints no shares of who trains whom"
    text = page_text(app)
    for words in picture_texts().values():
        assert words in text


def test_what_the_directory_knows_is_apart(directory):
    text = page_text(planning())
    today = text[text.index("What this directory knows today</h2>") :]
    table = today[: today.index("</table>")]
    assert "of 41" not in table
    coverage = Coverage(directory, directory.newest_check)
    for row in pathways_today(coverage):
        counted = coverage.services_in(ENGLAND, ServiceKind.MMHS)
        assert sum(int(cell) for cell in row[1:]) == len(counted)
        assert row[0] in table


def test_rows_that_found_nothing_are_not_services(directory):
    from mmhs_finder.nation import Nation

    for nation in (Nation.SCOTLAND, Nation.WALES, Nation.NORTHERN_IRELAND):
        known = known_devolved(directory, nation)
        assert known
        assert all(not row.service_name.startswith("(") for row in known)


def test_a_second_visitor_has_no_chart_written_anew(monkeypatch):
    first = [chart.proto for chart in planning().get("vega_lite_chart")]

    def never(*_args):
        raise AssertionError("a chart costs more than all the rest of the page")

    monkeypatch.setattr(planning_parts, "written", never)
    second = [chart.proto for chart in planning().get("vega_lite_chart")]
    assert [chart.spec for chart in second] == [chart.spec for chart in first]


@pytest.mark.parametrize("chart", [waits_chart("words"), bars([("a", 1, "1")], 2, "words")])
def test_charts_describe_themselves_and_ask_no_other_host(chart):
    spec = chart.to_dict()
    assert spec["description"] == "words"
    assert "url" not in str(spec.get("datasets", {})) + str(spec.get("data", {}))


def test_tables_escape_what_they_show():
    text = str(table_html("<b>", ["<i>", "x"], [["<u>", "<s>"]]))
    assert not any(f"<{t}>" in text for t in "bius")


# --- workforce ----------------------------------------------------------------------------------


def test_workforce_starts_with_the_guides_example():
    app = planning("workforce")
    text = page_text(app)
    assert "Staff for 10,000 births" in text
    assert "9.5 full-time posts" in text
    assert "14,843" in text
    assert "14,837" in text


def test_england_gives_518_posts():
    app = planning("workforce")
    app.selectbox(key="workforce_area").select("england")
    text = page_text(ran(app.run()))
    assert app.number_input(key="workforce_births").value == 545_000
    assert ">517.77</span>" in text
    assert ">518</span>" in text
    assert "670,000" in text
    assert "173,000" in text


def test_an_icb_fills_in_its_births_and_says_of_which_year(directory):
    icb = births_by_area(directory)[0]
    app = planning("workforce")
    app.selectbox(key="workforce_area").select(icb.code)
    text = page_text(ran(app.run()))
    assert app.number_input(key="workforce_births").value == icb.births
    assert f"{icb.births:,} births in the year to mid-2020" in text
    app.number_input(key="workforce_births").set_value(1)
    assert "mid-2020" not in page_text(ran(app.run()))


def test_every_assumption_can_be_changed_and_put_back():
    app = planning("workforce")
    shown = {n.key for n in app.number_input}
    assert {f"workforce_set_{name}" for name in about()} <= shown
    app.number_input(key="workforce_set_prevalence").set_value(31.6)
    text = page_text(ran(app.run()))
    assert "You have changed 1 of the guide&#39;s figures" in text
    assert "About 2,038 people" in text
    ran(app.button(key="workforce_reset").click().run())
    assert "About 1,019 people" in page_text(app)
    assert app.number_input(key="workforce_set_prevalence").value == 15.8


@pytest.mark.parametrize("births", [0, 1, 5_000_000])
def test_any_births_can_be_shown(births):
    app = planning("workforce")
    app.number_input(key="workforce_births").set_value(births)
    assert f"Staff for {births:,} births" in page_text(ran(app.run()))


def test_the_fields_start_at_exactly_the_guides_assumptions():
    for one in about().values():
        times = 100 if one.is_share else 1
        assert round(round(one.value * times, 6) / times, 8) == getattr(published(), one.name)


def test_printed_figures_are_shown_only_for_the_guides_own_assumptions():
    changed = published().with_changes({"prevalence": 0.2})
    assert any(row[2] == "14,843" for row in step_rows(workforce(10_000)))
    assert all(row[2] == "–" for row in step_rows(workforce(10_000, changed)))
    assert all(row[2] == "–" for row in step_rows(workforce(9_999)))


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_download_has_the_result_and_every_assumption():
    rows = rows_of(workforce_csv(workforce(10_000)))
    assert len({len(row) for row in rows}) == 1
    assert sum(row[0] == "assumption" for row in rows) == len(about())
    assert [row[3] for row in rows if row[1] == "Hours in a year"] == ["14843.0"]


def test_files_are_made_only_when_somebody_asks(monkeypatch):
    def asked(*_: object) -> bytes:
        raise AssertionError("nobody has asked for a file")

    for make in ("workforce.workforce_csv", "checklist.practice_csv"):
        monkeypatch.setattr(f"mmhs_finder.channels.streamlit.planning_{make}", asked)
    assert len(offered(planning("workforce"))) == 1
    assert len(offered(planning("practice"))) == 2


# --- good practice ------------------------------------------------------------------------------


def test_the_checklist_counts_by_area():
    app = planning("practice")
    assert len(app.radio) == len(checklist())
    assert all(r.value is None for r in app.radio)
    assert next(list(r.options) for r in app.radio) == ["Not at all", "Partly", "Very much"]
    app.radio(key="practice_gp01").set_value(Extent.PARTLY)
    app.radio(key="practice_gp05").set_value(Extent.VERY_MUCH)
    text = page_text(ran(app.run()))
    lines = len(checklist())
    assert f"2 of {lines} lines answered: 1 very much, 1 partly, 0 not at all." in text
    ran(app.button(key="practice_clear").click().run())
    assert f"0 of {lines} lines answered" in page_text(app)


def test_answers_stay_when_another_view_was_looked_at():
    app = planning("practice")
    app.radio(key="practice_gp01").set_value(Extent.PARTLY)
    ran(app.run())
    for view in ("picture", "practice"):
        app.segmented_control(key="planning_view").set_value(view)
        ran(app.run())
    assert f"1 of {len(checklist())} lines answered" in page_text(app)


def test_the_checklist_as_files():
    answers = {"gp13": Extent.NOT_AT_ALL}
    rows = rows_of(practice_csv(answers))
    by_line = {row[1]: row for row in rows[1:]}
    assert [*by_line] == [line_words(item) for item in checklist()]
    assert {line: row[2] for line, row in by_line.items() if row[2] != "Not answered"} == {
        line_words(item): "Not at all" for item in checklist() if item.id == "gp13"
    }
    assert all(row[3].startswith(i.source) for row, i in zip(rows[1:], checklist(), strict=True))
    text = practice_text(answers)
    assert text.startswith(f"1 of {len(checklist())} lines answered")
    assert all(item.source in text for item in checklist())
    assert all(item.text in text for item in checklist())


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [(1234.5, 1, "1,234.5"), (100, 0, "100"), (9.5004, 1, "9.5"), (0.5, 0, "1"), (2.0, 2, "2")],
)
def test_numbers_as_people_write_them(value, digits, shown):
    assert number(value, digits) == shown
