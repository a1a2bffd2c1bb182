"""The Integrate guide: its figures worked out anew, its lists whole, its places on our map."""

from __future__ import annotations

import pytest

from mmhs_finder.directory import Directory
from mmhs_finder.planning.facts import checklist, figures, topic
from mmhs_finder.planning.integrate import (
    GuideList,
    case_studies,
    elements,
    unmet_need,
)
from mmhs_finder.planning.workforce import about, published

# Typed here from the guide, not read from the file.
PRINTED = {
    "integrate_any": 26,
    "integrate_common": 16,
    "integrate_severe": 10,
    "integrate_reached": 57_170,
    "integrate_reached_rounded": 57_000,
    "integrate_unmet": 115_000,
    "integrate_practitioners": 600,
    "integrate_specialist_health_visitors": 72,
    "integrate_midwife_units": 79,
    "integrate_savings": 490,
    "integrate_savings_nhs": 52,
    "integrate_not_asked": 36,
    "integrate_not_recorded": 13,
}


def test_the_file_holds_what_the_guide_prints():
    found = {id_: f.value for id_, f in figures().items() if id_.startswith("integrate_")}
    assert found == PRINTED
    for topic_ in ("need", "staff", "cost", "screening"):
        for figure in topic(f"integrate_{topic_}"):
            assert figure.source.startswith("Anna Freud, Integrate guide")
            assert "page" in figure.where


def test_the_sum_of_unmet_need_is_the_guides():
    need = unmet_need()
    assert need.births == 545_000
    assert need.adjusted_births == pytest.approx(545_000 * 1.2287)
    assert round(need.adjusted_births, -4) == 670_000
    assert need.with_any == pytest.approx(need.adjusted_births * 0.258)
    assert round(need.with_any, -3) == 173_000
    assert need.unmet == pytest.approx(need.with_any - PRINTED["integrate_reached"])
    assert need.rounded == 173_000 - 57_170
    for over in (need.unmet, need.rounded):
        assert PRINTED["integrate_unmet"] < over < PRINTED["integrate_unmet"] + 1_000


def test_the_two_shares_differ_by_the_share_of_severe_difficulties():
    both = published()
    assert both.prevalence_any - both.prevalence == pytest.approx(0.10)
    assert round(both.prevalence_any * 100) == PRINTED["integrate_any"]
    assert round(both.prevalence * 100) == PRINTED["integrate_common"]
    need = unmet_need()
    assert need.with_severe == pytest.approx(need.adjusted_births * 0.10)
    assert need.unmet == pytest.approx(need.with_common + need.severe_not_reached)
    assert "prevalence_any" in about()


def test_rounded_figures_are_those_of_the_exact_ones():
    found = figures()
    assert round(found["integrate_reached"].value, -3) == PRINTED["integrate_reached_rounded"]


def test_every_list_of_the_guide_is_there_and_no_line_is_in_two():
    assert {group: len(elements(group)) for group in GuideList} == {
        GuideList.PRACTICE: 3,
        GuideList.LADDER: 4,
        GuideList.EXAMPLE: 3,
        GuideList.BOARD: 9,
    }
    every = [one for group in GuideList for one in elements(group)]
    assert len({one.id for one in every}) == len({one.text for one in every}) == len(every)
    assert all(one.source and "page" in one.where for one in every)


def test_the_gold_standard_and_what_helps_are_lines_of_the_checklist():
    lines = [line for line in checklist() if line.area in ("gold", "enablers")]
    assert [line.area for line in lines] == ["gold"] * 9 + ["enablers"] * 8
    assert all("page" in line.where for line in lines)


def test_the_case_studies_are_four_places_of_england(directory: Directory):
    assert [study.place for study in case_studies()] == [
        "Blackpool",
        "Tower Hamlets",
        "Norfolk and Waveney",
        "Hillingdon",
    ]
    for study in case_studies():
        assert set(study.area_codes) <= set(directory.areas)
        assert study.source and "case study" in study.where


def test_norfolk_and_waveney_is_the_icb_of_then_and_nothing_else(directory: Directory):
    study = next(s for s in case_studies() if s.id == "norfolk-and-waveney")
    then = {
        area.code
        for area in directory.areas.values()
        if "NHS Norfolk and Waveney" in area.icb_2024 and not directory.parts(area.code)
    }
    assert set(study.area_codes) == then
