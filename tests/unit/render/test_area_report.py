"""The report of an area as HTML: everything of its view, escaped, under headings of one order."""

from __future__ import annotations

import re

import pytest

from mmhs_finder.render.html.area_report import report_html, report_page
from mmhs_finder.views.area_report import (
    AreaReport,
    ReportFact,
    ReportItem,
    ReportLink,
    ReportSection,
)

EVIL = '"><script>alert(1)</script>'


def report_of(text: str, url: str = "https://example.org/") -> AreaReport:
    item = ReportItem(text, (ReportLink(text, url),), text, text)
    section = ReportSection(text, text, (ReportFact(text, text),), (item,), text)
    return AreaReport(text, text, text, (section,), text)


@pytest.mark.parametrize(("level", "page"), [(3, False), (1, True)])
def test_headings_follow_one_another(level, page):
    report = report_of("Words")
    html = report_page(report).decode() if page else report_html(report)
    assert re.findall(r"<h(\d)", html) == [str(level), str(level + 1)]


def test_everything_of_the_view_is_there():
    report = AreaReport(
        "Kent",
        "Kent: what is known",
        "Council",
        (
            ReportSection("Help", facts=(ReportFact("Loss", "Yes"),), note="Small."),
            ReportSection("Gaps", "None."),
            ReportSection(
                "Services",
                items=(
                    ReportItem("Thrive.", (ReportLink("a", "https://a.uk"),), "In 2026.", "Thrive"),
                    ReportItem("Lotus has closed."),
                ),
            ),
        ),
        "Printed.",
    )
    text = re.sub(r"\s+", "", report_html(report).striptags())
    assert text == (
        "Kent:whatisknownCouncilHelpLossYesSmall.GapsNone."
        "ServicesThrive.a:Thrive.In2026.Lotushasclosed."
    )
    assert "<p>Printed.</p>" in report_page(report).decode()


def test_hostile_texts_stay_text():
    for html in (str(report_html(report_of(EVIL))), report_page(report_of(EVIL)).decode()):
        assert "<script" not in html
        assert "&lt;script&gt;" in html
    assert "href" not in report_html(report_of("Words", "javascript:alert(1)"))
