"""The page for planners: its views, each without an exception, and the right figures in them."""

from __future__ import annotations

import csv
import io
import re

import pytest
from markupsafe import escape
from streamlit.testing.v1 import AppTest

from mmhs_finder.channels.streamlit import planning_parts
from mmhs_finder.channels.streamlit.planning_areas import area_rows
from mmhs_finder.channels.streamlit.planning_checklist import (
    line_words,
    practice_csv,
    practice_text,
)
from mmhs_finder.channels.streamlit.planning_integrate import ladder_html, need_rows
from mmhs_finder.channels.streamlit.planning_parts import bars, number, table_html
from mmhs_finder.channels.streamlit.planning_picture import (
    known_devolved,
    pathways_today,
    picture_texts,
    waits_chart,
)
from mmhs_finder.channels.streamlit.planning_plans import plans_csv
from mmhs_finder.channels.streamlit.planning_workforce import step_rows, workforce_csv
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.where import ENGLAND
from mmhs_finder.directory.models import ServiceKind
from mmhs_finder.directory.named import area_words
from mmhs_finder.planning.births import births_by_area, together
from mmhs_finder.planning.facts import Extent, checklist, topic
from mmhs_finder.planning.integrate import GuideList, case_studies, elements, unmet_need
from mmhs_finder.planning.plans import NAMES, Plan
from mmhs_finder.planning.workforce import about, published, workforce
from mmhs_finder.words import all_words
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
    text = page_text(ran(app.button(key="workforce_england").click().run()))
    assert app.number_input(key="workforce_births").value == 545_000
    assert ">517.77</span>" in text
    assert ">518</span>" in text
    assert "670,000" in text
    assert "173,000" in text


def test_an_icb_fills_in_its_births_and_says_of_which_year(directory):
    icb = next(a for a in births_by_area(directory) if a.kind == "icb")
    app = planning("workforce")
    app.multiselect(key="workforce_areas").set_value([icb.code])
    text = page_text(ran(app.run()))
    assert app.number_input(key="workforce_births").value == icb.births
    assert f"{icb.births:,} births in the year to mid-2020" in text
    app.number_input(key="workforce_births").set_value(1)
    assert "mid-2020" not in page_text(ran(app.run()))


def test_several_areas_are_added_up_and_none_is_counted_twice(directory):
    every = births_by_area(directory)
    icb, other = [a for a in every if a.kind == "icb"][:2]
    inside = next(a for a in every if a.kind == "council" and a.known[0] in icb.known)
    app = planning("workforce")
    app.multiselect(key="workforce_areas").set_value([inside.code, icb.code, other.code])
    text = page_text(ran(app.run()))
    assert app.number_input(key="workforce_births").value == icb.births + other.births
    assert f"3 areas together: {icb.births + other.births:,} births" in text
    assert f"{area_words(inside.name)} is counted once" in text
    assert "Each area, and all together" in text
    app.number_input(key="workforce_births").set_value(1)
    assert "Each area, and all together" not in page_text(ran(app.run()))


def test_the_table_of_areas_adds_up(directory):
    areas = together(births_by_area(directory)[:9])
    result = workforce(sum(part.counted for part in areas))
    *each, whole = [[cell.replace(",", "") for cell in row] for row in area_rows(areas, result)]
    assert sum(int(row[2]) for row in each) == int(whole[2])
    for column, rounding in ((3, 0.5), (4, 0.005)):
        total = sum(float(row[column]) for row in each)
        assert total == pytest.approx(float(whole[column]), abs=rounding * (len(each) + 1))


def test_a_preset_forgets_the_areas(directory):
    app = planning("workforce")
    app.multiselect(key="workforce_areas").set_value([births_by_area(directory)[0].code])
    ran(app.run())
    ran(app.button(key="workforce_guide").click().run())
    assert app.multiselect(key="workforce_areas").value == []
    assert app.number_input(key="workforce_births").value == 10_000


def test_no_cost_stands_there_before_somebody_types_what_a_post_costs():
    app = planning("workforce")
    text = page_text(app)
    assert "£" not in text
    assert "No cost is shown until you type one." in text
    app.number_input(key="workforce_pay_low").set_value(40_000)
    text = page_text(ran(app.run()))
    assert "we also need: High-intensity practitioner (Band 7) and Clinical lead (Band 8a)" in text
    app.number_input(key="workforce_pay_high").set_value(60_000)
    app.number_input(key="workforce_pay_lead").set_value(70_000)
    whole = Plan(workforce(10_000), pay={"low": 40_000, "high": 60_000, "lead": 70_000}).cost
    assert f"cost about £{whole:,.0f} a year" in page_text(ran(app.run()))


def test_three_plans_stand_side_by_side_and_each_can_be_taken_away():
    app = planning("workforce")
    for share in (15.8, 20, 25):
        app.number_input(key="workforce_set_prevalence").set_value(share)
        ran(app.run())
        ran(app.button(key="workforce_keep").click().run())
    text = page_text(app)
    assert all(f"Plan {name}" in text for name in NAMES)
    assert "Mild to moderate difficulties: 20" in text
    assert app.button(key="workforce_keep").disabled
    ran(app.button(key="workforce_away_B").click().run())
    text = page_text(app)
    assert "Mild to moderate difficulties: 20" not in text
    assert app.button(key="workforce_keep").label == "Keep this as plan B"
    assert not app.query_params, "nothing is put into the address"


def test_kept_plans_are_shown_with_the_cost_of_a_post_that_was_typed_last():
    app = planning("workforce")
    ran(app.button(key="workforce_keep").click().run())
    assert "Cost of Band 5" not in page_text(app)
    app.number_input(key="workforce_pay_low").set_value(1000)
    text = page_text(ran(app.run()))
    assert "Cost of Band 5" in text
    wte = workforce(10_000).bands[0].wte
    assert f"£{wte * 1000:,.0f}" in text


def test_plans_as_a_file_have_every_figure_and_every_assumption():
    plain = Plan(workforce(10_000), ("=1+1",), {"low": 1.0, "high": 2.0, "lead": 3.0})
    changed = Plan(workforce(20_000, published().with_changes({"prevalence": 0.2})))
    rows = {row[0]: row[1:] for row in rows_of(plans_csv({"A": plain, "C": changed}))}
    assert rows["What"][:2] == ["Plan A", "Plan C"]
    assert rows["Areas"][0] == "'=1+1", "a spreadsheet would work out what begins with ="
    assert float(rows["All posts"][1]) == pytest.approx(changed.result.wte, abs=1e-6)
    assert float(rows["Cost of all posts"][0]) == pytest.approx(plain.cost, abs=0.005)
    assert rows["Cost of all posts"][1] == ""
    for one in about().values():
        values = rows[f"{one.label} ({one.unit})"]
        assert float(values[0]) == one.value
        assert values[2] == one.source
    assert float(rows["Mild to moderate difficulties (share of adjusted births)"][1]) == 0.2


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


# --- the Integrate guide ------------------------------------------------------------------------


def test_the_guides_figures_stand_in_words_with_what_they_count():
    text = page_text(planning("integrate"))
    for words in (
        "specialist services supported 57,170 women in England",
        "over 115,000 people a year",
        "173,000 − 57,170 = 115,830",
        "25.8\u00a0% counts difficulties of every degree. 15.8\u00a0% counts mild to moderate",
        "With 15.8\u00a0% there would be 105,803 people",
        "of the 115,598, 105,803 have mild to moderate difficulties. The other 9,795",
        "518 full-time posts in England",
        "9.5 posts for 10,000 births, times 54.5. Exact arithmetic gives 517.8",
        "around 600 new practitioners",
        "£490 million over 10 years",
        "£52 million of direct savings for the NHS",
        "It does not cover the 518 posts",
        "36\u00a0% of women and birthing people",
        "For another 13\u00a0% there is no data",
        "that leaves 51\u00a0%",
    ):
        assert words in text, words


def test_the_guides_sum_is_shown_exactly_and_as_printed():
    assert [row[1:] for row in need_rows(unmet_need())] == [
        ("545,000", "about 545,000"),
        ("669,642", "about 670,000"),
        ("172,768", "about 173,000"),
        ("− 57,170", "57,170"),
        ("115,598", "over 115,000"),
    ]


def test_every_line_figure_and_example_of_the_guide_is_on_its_view():
    text = page_text(planning("integrate"))
    for group in GuideList:
        for one in elements(group):
            assert str(escape(one.text)) in text, one.id
    for line in checklist():
        if line.area in ("gold", "enablers"):
            assert str(escape(line.text)) in text, line.id
    for name in ("need", "staff", "cost", "screening"):
        for figure in topic(f"integrate_{name}"):
            assert str(escape(figure.label)) in text
            assert str(escape(figure.where)) in text
    for study in case_studies():
        assert f"{study.place}: {escape(study.title)}" in text


def test_no_figure_of_the_guide_is_written_into_its_words():
    """Numbers come from the rows, so that a corrected row corrects the page."""
    words = {
        key: text
        for key, text in dict(all_words()).items()
        if key.startswith("planning_integrate.")
    }
    years = re.compile(r"\b20[0-9]{2}(?:-[0-9]{2})?\b|over 10 years")
    numbers = {key: re.findall(r"[0-9]+", years.sub("", text)) for key, text in words.items()}
    assert not {key: found for key, found in numbers.items() if found}


def test_the_steps_from_separate_to_one_are_an_ordered_list_of_texts():
    html = str(ladder_html(["<b>", "last"]))
    assert html.count("<li>") == 2
    assert "<ol>" in html
    assert "<b>" not in html
