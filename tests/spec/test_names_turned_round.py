"""A council is called as people call it, wherever somebody reads of it.

"Bristol", and not as in the official list. Files and JSON keep the official name.
"""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Level
from mmhs_finder.directory.models import Pathway
from mmhs_finder.render.documents.pdf import area_report_pdf, asking_pdf
from mmhs_finder.render.html.answer import answer_html
from mmhs_finder.render.html.coverage import rows_html
from mmhs_finder.render.html.printed import printed_html
from mmhs_finder.render.json import answer_json
from mmhs_finder.render.maps.answer import result_map
from mmhs_finder.render.text import answer_text
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.area_report import area_report
from mmhs_finder.views.asking import asking
from mmhs_finder.views.printed import printed_view
from mmhs_finder.views.sheet import referral_sheet
from tests.made_up.records import TODAY

OFFICIAL = re.compile(r", (?:City|County)\s+of\b")
NEEDS = (Pathway.LOSS,)


@pytest.fixture(scope="module")
def turned(finder):
    found = sorted(c for c, area in finder.directory.areas.items() if OFFICIAL.search(area.name))
    assert len(found) >= 3
    return found


@pytest.fixture(scope="module")
def answers(finder, turned):
    """For the councils of such a name, those beside them, and postcodes in and near them."""
    beside = {n for code in turned for n in finder.shapes.neighbours(code)}
    places = [finder.council(code) for code in sorted({*turned, *beside})]
    places += [finder.place(text) for text in ("HU1 3RA", "HU10", "BS1 5TR", "BS16", "HR1")]
    return [finder.find(place, NEEDS) for place in places]


def test_in_an_answer_on_every_page_and_in_a_terminal(finder, answers):
    for answer in answers:
        view = answer_view(answer)
        shown = [answer_html(view), printed_html(printed_view(answer, NEEDS)), answer_text(view)]
        if answer.place.areas:
            shown.append(str(result_map(view, finder.shapes, finder.directory, "").data()))
        for text in shown:
            assert not OFFICIAL.search(str(text)), answer.place.label


def test_in_coverage_and_in_what_is_printed_for_professionals(finder, turned, answers):
    directory = finder.directory
    coverage = Coverage(directory, date(2026, 11, 1))
    rows = coverage.rows(Level.COUNCIL, Measure.MMHS)
    assert not OFFICIAL.search(str(rows_html(rows, Level.COUNCIL, Measure.MMHS, "")))
    for code in turned:
        assert not OFFICIAL.search(
            repr(area_report(coverage, finder.shapes, coverage.at(Level.COUNCIL, code)))
        )
    asked = [view for answer in answers if (view := asking(directory, answer))]
    for service in directory.services.values():
        assert not OFFICIAL.search(repr(referral_sheet(directory, service, today=TODAY).rows))
    report = area_report(coverage, finder.shapes, coverage.at(Level.COUNCIL, turned[0]))
    papers = [area_report_pdf(report), *map(asking_pdf, asked[:2])]
    for paper in papers:
        text = " ".join(page.extract_text() for page in PdfReader(BytesIO(paper)).pages)
        assert not OFFICIAL.search(text)


def test_data_for_other_programs_keep_the_official_name(finder, turned):
    view = answer_view(finder.find(finder.council(turned[0])))
    assert OFFICIAL.search(str(answer_json(view)))
