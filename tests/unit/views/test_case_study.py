"""What the guide says of an area: on the sheet of a service that is stated to serve it, as the
guide's word, and nowhere else."""

from __future__ import annotations

from datetime import date

import pytest

from mmhs_finder.directory.models import Certainty, ServiceKind
from mmhs_finder.planning.integrate import case_studies
from mmhs_finder.views.case_study import case_study_lines, case_study_views
from mmhs_finder.views.comparison import compare
from mmhs_finder.views.sheet import SheetGroup, referral_sheet

TODAY = date(2026, 11, 30)
NORFOLK = "norfolk-and-waveney"


def test_the_service_that_is_stated_to_serve_the_area_has_it_as_the_guides_word(directory):
    lines = case_study_lines(directory, directory.services["willow"])
    study = next(s for s in case_studies() if s.id == NORFOLK)
    first, result, whose, source = lines
    assert first.startswith("In this area (Norfolk and Waveney), a national guide gives an example")
    assert study.what in first
    assert result == study.result
    assert "not of this service" in whose
    assert study.source in source and study.where in source


@pytest.mark.parametrize(
    "service",
    [
        "harbour",  # of other areas
        "lime",  # of Blackpool, but that is inferred
        "willow-therapies",  # of the area, but not an MMHS
    ],
)
def test_no_other_service_has_it(directory, service):
    assert case_study_lines(directory, directory.services[service]) == ()


def test_every_sheet_has_it_by_the_rule_and_no_blank_for_it(directory):
    areas = {code for study in case_studies() for code in study.area_codes}
    for service in directory.services_of(ServiceKind.MMHS):
        sheet = referral_sheet(directory, service, today=TODAY)
        stated = any(
            s.id == service.id and sure is Certainty.STATED
            for code in areas
            for s, sure in directory.serving(code)
        )
        assert (sheet.row("case_study") is not None) == stated, service.id
        silent = sheet.row("silent")
        assert silent is None or "guide" not in silent.text


def test_it_stands_in_a_part_of_its_own_and_is_not_compared(directory):
    sheets = [
        referral_sheet(directory, directory.services[s], today=TODAY) for s in ("willow", "harbour")
    ]
    headings = {heading: [r.id for r in rows] for heading, rows in sheets[0].groups()}
    assert headings["Named in a national guide"] == ["case_study"]
    assert SheetGroup.NAMED not in {row.group for row in sheets[1].rows}
    assert "case_study" not in [row.id for row in compare(sheets).rows]


def test_an_example_without_a_result_says_so_of_the_guide():
    views = {view.id: view for view in case_study_views()}
    for study in case_studies():
        assert views[study.id].result == (study.result or "The guide does not say what came of it.")


def test_examples_are_those_with_an_area_inside():
    inside = case_study_views({"E07000148", "E09000017"}.__contains__)
    assert [view.place for view in inside] == ["Norfolk and Waveney", "Hillingdon"]
    assert case_study_views(lambda _: False) == ()
