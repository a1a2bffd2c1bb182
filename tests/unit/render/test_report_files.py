"""The report of a place as PDF and as HTML: one page for a board, and the same words in both."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import datetime
from html import unescape
from io import BytesIO
from itertools import pairwise

import pytest
from pypdf import PdfReader

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.scenario import Scenario, under
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.hours import LONDON
from mmhs_finder.render.files.area_report import ReportKind, report_file, report_name
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.views.area_report import AreaReport, area_report
from mmhs_finder.views.scenario import scenario_view
from mmhs_finder.words import say
from tests.unit.render.one_page import cut_off

AT = datetime(2026, 11, 30, 12, tzinfo=LONDON)
PLACES = {
    "england": None,
    "region": (Level.REGION, "London"),
    "icb": (Level.ICB, "E54000050"),
    "council": (Level.COUNCIL, "E07000106"),
    "split council": (Level.COUNCIL, "E07000244"),
    "part": (Level.COUNCIL, "E07000244-W"),
}
HOSTILE = '#eval("1") $x^2$ *bold* _it_ <b>&amp;</b> "><script>alert(1)</script> \\u{41} @a =h'


@pytest.fixture(scope="module")
def coverage(directory) -> Coverage:
    return Coverage(directory, AT.date())


@pytest.fixture(scope="module")
def outlines(coverage: Coverage) -> Outlines:
    return Outlines(coverage)


def place(coverage: Coverage, name: str) -> Where:
    found = PLACES[name]
    return coverage.at(*found) if found else ENGLAND


def reader(report: AreaReport, coverage: Coverage, outlines: Outlines) -> PdfReader:
    return PdfReader(BytesIO(report_file(ReportKind.PDF, report, coverage, outlines, AT)))


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def text_of(made: PdfReader) -> str:
    return squeezed("".join(page.extract_text() for page in made.pages))


def words_of(value: object) -> Iterator[str]:
    """Every text of a report that somebody reads."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from words_of(each)
    elif is_dataclass(value) and not isinstance(value, Where):
        for field in fields(value):
            if field.name not in ("url", "whose", "value", "measure", "where", "name", "words"):
                yield from words_of(getattr(value, field.name))


@pytest.mark.parametrize("name", PLACES)
def test_the_board_has_one_page_and_both_files_say_the_same(coverage, outlines, name):
    report = area_report(coverage, outlines.areas, place(coverage, name))
    assert report.board is not None
    made = reader(report, coverage, outlines)
    assert cut_off(made.pages[0]) == []
    second = squeezed(made.pages[1].extract_text())
    assert second.startswith(squeezed(report.board.detail))
    first = squeezed(made.pages[0].extract_text())
    assert all(squeezed(ask) in first for ask in report.board.asks)
    page = report_file(ReportKind.HTML, report, coverage, outlines).decode()
    html, paper = squeezed(unescape(re.sub(r"<[^>]+>", "", page))), text_of(made)
    for words in words_of(replace(report, board=replace(report.board, map=None))):
        assert squeezed(words) in html, words
        if words != report.board.table.caption:
            assert squeezed(words) in paper or not words, words
    assert made.metadata is not None and made.metadata.title == report.title
    assert made.trailer["/Root"]["/Lang"] == "en-GB"
    marks = [mark for mark in made.outline if not isinstance(mark, list)]
    assert [mark.title for mark in marks] == [report.title]


def test_the_page_to_print_needs_nothing_from_anywhere(coverage, outlines):
    report = area_report(coverage, outlines.areas, ENGLAND)
    page = report_file(ReportKind.HTML, report, coverage, outlines).decode()
    assert re.findall(r'src="(?!data:image/svg)', page) == []
    assert "<script" not in page and "<link" not in page and "url(http" not in page
    assert "@import" not in page
    assert ".cell-name{display:none}" in page  # each figure would stand beside its column's name
    levels = [int(level) for level in re.findall(r"<h(\d)", page)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert report.board is not None and report.board.map is not None
    assert f'alt="{report.board.map.words}"' in page


def test_names_that_are_code_stay_names(directory, coverage, outlines):
    services = {
        key: each.model_copy(update={"name": f"{each.name[:20]} {HOSTILE}"})
        for key, each in directory.services.items()
    }
    of = Coverage(replace(directory, services=services), AT.date())
    report = area_report(of, outlines.areas, ENGLAND)
    made = reader(report, of, outlines)
    assert squeezed(HOSTILE) in text_of(made)
    assert report.board is not None
    assert cut_off(made.pages[0]) == []
    assert squeezed(made.pages[1].extract_text()).startswith(squeezed(report.board.detail))
    page = report_file(ReportKind.HTML, report, of, outlines).decode()
    assert "<script" not in page and "<b>" not in page


def test_a_scenario_is_named_on_every_page_in_the_title_and_in_the_files_name(coverage, outlines):
    service = next(iter(coverage.directory.services.values()))
    scenario = Scenario.of({service.id: [Measure.SEPARATION]})
    then = under(coverage, scenario)
    view = scenario_view(coverage, then, scenario, ENGLAND)
    report = area_report(then, outlines.areas, ENGLAND, scenario=view)
    made = reader(report, then, outlines)
    assert len(made.pages) > 2
    for page in made.pages:
        assert squeezed(view.notice) in squeezed(page.extract_text())
    assert made.metadata is not None and "scenario" in str(made.metadata.title)
    html = report_file(ReportKind.HTML, report, then, outlines).decode()
    assert f'<p class="scenario">{view.notice}</p>' in html
    name = report_name(coverage, ENGLAND, ReportKind.PDF, is_scenario=True)
    assert name.startswith("scenario-") and name.endswith(".pdf")
    assert not report_name(coverage, ENGLAND, ReportKind.PDF).startswith("scenario")


def test_without_a_scenario_no_page_has_a_head(coverage, outlines):
    report = area_report(coverage, outlines.areas, place(coverage, "icb"))
    text = text_of(reader(report, coverage, outlines))
    assert squeezed(say("what_if.notice")) not in text and "cenario" not in text
