"""The workforce model: the guide's tables, and that it behaves as a model in proportion must."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.planning.facts import (
    COLUMNS,
    Extent,
    checklist,
    destinations,
    figures,
    standing,
)
from mmhs_finder.planning.workforce import (
    ENGLAND_BIRTHS,
    PER,
    BadFigure,
    about,
    printed,
    published,
    workforce,
)

# Typed here from the guide, not read from the file.
TABLE = {
    "adjusted_births": 12_287,
    "cases": 1_020,
    "high_cases": 663,
    "low_cases": 357,
    "both_cases": 99,
    "hours_per_high": 14.625,
    "hours_per_low": 9,
    "total_hours": 14_843,
    "low_wte": 2,
    "high_wte": 7,
    "lead_wte": 0.5,
    "total_wte": 9.5,
    "high_patients": 625,
    "lead_patients": 38,
}
ENGLAND = {
    "adjusted_births": 670_000,
    "with_any_difficulty": 173_000,
    "low_wte": 109,
    "high_wte": 382,
    "lead_wte": 27,
    "total_wte": 518,
}


def test_the_guides_table_for_10000_births():
    found = workforce(10_000).figures()
    assert found["losses"] == pytest.approx(2_287)
    assert found["adjusted_births"] == pytest.approx(12_287)
    assert found["hours_per_high"] == 14.625
    assert found["hours_per_low"] == 9
    assert found["hours_per_wte"] == 1_575
    assert found["cases"] == pytest.approx(1_019.2, abs=0.05)
    assert found["total_hours"] == pytest.approx(14_837, abs=0.5)
    for name in ("low_wte", "high_wte"):
        assert round(found[name]) == TABLE[name]
    assert round(found["total_wte"], 1) == TABLE["total_wte"]
    assert round(found["lead_patients"]) == TABLE["lead_patients"]
    assert round(found["high_patients"]) == TABLE["high_patients"]
    for name, value in TABLE.items():
        near = 0.02 if name in ("low_wte", "lead_patients") else 0.006
        assert found[name] == pytest.approx(value, rel=near), name


def test_the_guides_chain_of_rounding_gives_its_people():
    cases = round(workforce(10_000).cases, -1)
    assert cases == TABLE["cases"]
    assert round(cases * 0.65) == TABLE["high_cases"]
    assert round(cases * 0.35) == TABLE["low_cases"]
    assert round(663 * 0.15) == TABLE["both_cases"]
    hours = 663 * 14.625 * 1.2 + 357 * 9
    assert workforce(10_000).total_hours < TABLE["total_hours"] < hours
    assert hours == pytest.approx(14_849, abs=0.5)


def test_the_people_follow_only_when_adherence_counts_twice():
    once = workforce(10_000, published().with_changes({"case_adherence": 1}))
    assert once.cases == pytest.approx(1_359, abs=0.5)


def test_the_guides_figures_for_england():
    result = workforce(ENGLAND_BIRTHS)
    assert round(result.adjusted_births, -4) == ENGLAND["adjusted_births"]
    assert round(result.with_any_difficulty, -3) == ENGLAND["with_any_difficulty"]
    low, high, lead = (band.guide_wte for band in result.bands)
    assert (low, high, lead) == (109, 381.5, 27.25)
    assert math.floor(high + 0.5) == ENGLAND["high_wte"]
    assert round(lead) == ENGLAND["lead_wte"]
    assert round(result.guide_wte) == round(result.wte) == ENGLAND["total_wte"]
    assert 109 + 382 + 27 == 518


@pytest.mark.parametrize(("births", "table"), [(PER, TABLE), (ENGLAND_BIRTHS, ENGLAND)])
def test_the_file_holds_what_the_guide_prints(births, table):
    assert {p.name: p.value for p in printed(births)} == table
    assert all(p.note and p.source and p.unit for p in printed(births))


def test_only_the_guides_two_numbers_of_births_have_printed_figures():
    assert printed(9_999) == ()


def test_every_assumption_has_its_source_and_is_within_its_limits():
    for one in about().values():
        assert one.source
        assert one.note
        assert one.label
        assert one.least <= one.value <= one.most
    assert published().changed() == ()


births = st.floats(0, 2_000_000, allow_nan=False)


@given(births, births)
def test_more_births_never_need_fewer_staff(one, other):
    few, many = (workforce(b).figures() for b in sorted((one, other)))
    assert all(few[name] <= many[name] * (1 + 1e-12) for name in few)


@given(births, st.sampled_from([0.5, 2, 10]))
def test_everything_grows_in_proportion(some, times):
    once, more = workforce(some).figures(), workforce(min(some * times, 5_000_000)).figures()
    if some * times > 5_000_000:
        return
    for name in once:
        same = name.startswith("hours_per_")
        assert more[name] == pytest.approx(once[name] * (1 if same else times), rel=1e-9, abs=1e-9)


changes = st.fixed_dictionaries(
    {}, optional={one.name: st.floats(one.least, one.most) for one in about().values()}
)


@given(births, changes)
def test_any_allowed_assumption_gives_figures_that_add_up(some, change):
    result = workforce(some, published().with_changes(change))
    found = result.figures()
    assert all(math.isfinite(value) and value >= 0 for value in found.values())
    assert found["high_cases"] + found["low_cases"] == pytest.approx(found["cases"])
    assert sum(band.patients for band in result.bands) == pytest.approx(found["cases"])
    assert sum(band.wte for band in result.bands) == pytest.approx(found["total_wte"])


def test_no_births_need_nobody():
    result = workforce(0)
    same = {"hours_per_high", "hours_per_low", "hours_per_wte"}
    assert all(value == 0 for name, value in result.figures().items() if name not in same)
    assert result.guide_wte == 0


@pytest.mark.parametrize("bad", [-1, math.nan, math.inf, 5_000_001])
def test_births_out_of_range(bad):
    with pytest.raises(BadFigure, match="Births are a number from 0 to 5,000,000"):
        workforce(bad)


@pytest.mark.parametrize(
    "change", [{"prevalence": 1.1}, {"prevalence": math.nan}, {"working_weeks": 0}, {"nothing": 1}]
)
def test_assumptions_out_of_range(change):
    with pytest.raises(BadFigure):
        published().with_changes(change)


# --- the other facts of the reports -----------------------------------------------------------


def test_figures_of_the_2024_survey():
    found = figures()
    pathways = [found[f"pathway_{p}"] for p in ("loss", "birth_trauma", "tokophobia", "separation")]
    assert [(f.value, f.out_of) for f in pathways] == [(41, 41), (35, 41), (33, 41), (11, 41)]
    assert [round(f.percent) for f in pathways] == [100, 85, 80, 27]
    waits = {k: f.weeks for k, f in found.items() if f.topic == "waits"}
    assert (waits["wait_assessment_mean"], waits["wait_therapy_mean"]) == (6, 16)
    assert (waits["wait_assessment_max"], waits["wait_therapy_max"]) == (26, 52)
    assert waits["nice_assessment"] == 2
    assert waits["nice_therapy"] == pytest.approx(4.33, abs=0.01)
    assert sum(f.value for f in found.values() if f.topic == "funding") == 100
    assert all(f.source for f in found.values())


def test_destinations_and_checklist_are_whole():
    assert len(destinations()) == 14
    assert [d.id for d in destinations() if d.most_common] == [
        "nhs_talking_therapies",
        "voluntary_sector",
    ]
    parts = ("practice", "services", "systems")
    assert [sum(i.area == a for i in checklist()) for a in parts] == [4, 3, 6]


def test_where_a_system_stands():
    answers = {"gp01": Extent.PARTLY, "gp13": Extent.VERY_MUCH, "rec2": Extent.PARTLY}
    practice, services, systems, *others, recommendations = standing(answers)
    assert (practice.answers[Extent.PARTLY], practice.unanswered, practice.total) == (1, 3, 4)
    assert services.unanswered == services.total == 3
    assert systems.answers[Extent.VERY_MUCH] == 1
    assert recommendations.answers[Extent.PARTLY] == 1
    assert sum(
        area.total for area in (practice, services, systems, *others, recommendations)
    ) == len(checklist())


@pytest.mark.parametrize("file", COLUMNS)
def test_the_readme_describes_every_column(file):
    from mmhs_finder.planning.facts import FACTS

    readme = (FACTS / "README.md").read_text(encoding="utf-8")
    section = readme.split(f"## {file}\n")[1].split("\n## ")[0]
    assert all(f"| `{column}` |" in section for column in COLUMNS[file])
