"""The reports of England, every region, ICB and council: a board's page is one page."""

from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO

import pytest
from pypdf import PdfReader

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.snapshots import read_snapshots
from mmhs_finder.coverage.values import Level
from mmhs_finder.hours import LONDON
from mmhs_finder.render.files.area_report import ReportKind, report_file
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.views.area_report import area_report
from mmhs_finder.views.coverage_history import history_view
from tests.unit.render.one_page import cut_off

pytestmark = pytest.mark.audit


@pytest.mark.timeout(3600)
def test_the_detail_of_every_report_begins_on_its_second_page(directory, record):
    now = datetime.now(LONDON)
    coverage = Coverage(directory, now.date())
    outlines, kept = Outlines(coverage), read_snapshots(directory.folder)
    councils = coverage.rows(Level.COUNCIL, Measure.MMHS)
    places = [*coverage.places, *(coverage.at(Level.COUNCIL, row.code) for row in councils)]
    found = []
    for where in places:
        history = history_view(coverage, kept, where)
        report = area_report(coverage, outlines.areas, where, history=history)
        assert report.board is not None
        made = PdfReader(BytesIO(report_file(ReportKind.PDF, report, coverage, outlines, now)))
        first, second = (re.sub(r"\s+", "", p.extract_text()) for p in made.pages[:2])
        asks = [re.sub(r"\s+", "", ask) for ask in report.board.asks]
        whole = all(ask in first for ask in asks) and not cut_off(made.pages[0])
        if not whole or not second.startswith(report.board.detail.replace(" ", "")):
            found.append(report.title)
    record.add("reports whose page for a board is one page", len(places), found)
    assert found == []
