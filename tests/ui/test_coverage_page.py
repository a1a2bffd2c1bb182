"""The coverage page as Streamlit runs it: every measure and level, sheet, table, gap list."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from mmhs_finder.coverage import GAP_MEASURES, Level, Measure
from tests.ui.test_pages import page_text, ran, start


@pytest.fixture
def page() -> AppTest:
    return ran(start().switch_page("../../pages/coverage.py").run())


def body(app: AppTest) -> str:
    """The page's text, without the style sheet."""
    text = page_text(app)
    return text[: text.find("<style")] + text[text.find("</style>") :]


def test_the_unknown_share_stands_beside_the_known_one(page):
    text = body(page)
    assert "% of births are in areas where a service is known to offer" in text
    assert "not published or not confirmed" in text and "no service found" in text
    assert "year to mid-2020" in text


@pytest.mark.parametrize("measure", list(Measure))
def test_every_measure_at_every_level(page, measure):
    page.selectbox(key="coverage_measure").set_value(measure.value)
    for level in Level:
        page.selectbox(key="coverage_level").set_value(level.value)
        text = body(ran(page.run()))
        assert "data-table" in text
        assert ("Distance is a straight line" in text) == (measure in GAP_MEASURES)


def test_the_sheet_of_an_area(page):
    page.selectbox(key="coverage_area_council").set_value("E06000001")
    text = body(ran(page.run()))
    assert "Hartlepool: what is known" in text
    assert "That does not mean that there is none" in text


def test_the_table_can_be_searched(page):
    page.text_input(key="coverage_filter").set_value("canterbury")
    assert "Thrive" in body(ran(page.run()))
    page.text_input(key="coverage_filter").set_value("<b>nowhere")
    text = body(ran(page.run()))
    assert "No area has that in its name" in text and "<b>nowhere" not in text


def test_weights_change_the_order_of_the_gap_list(page):
    before = body(page)
    for name, weight in (("births", 0), ("women", 0), ("deprivation", 10)):
        page.slider(key=f"coverage_weight_{name}").set_value(weight)
    assert body(ran(page.run())) != before


def test_no_kind_of_gap_chosen_is_said(page):
    page.pills(key="coverage_gap_values").set_value([])
    assert "No council is left" in body(ran(page.run()))
