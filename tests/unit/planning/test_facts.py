"""The figures of the reports: what can be worked out from others is, and each says where it is.

Typed here from the report, not read from the files.
"""

from __future__ import annotations

import re

import pytest

from mmhs_finder.eligibility.criteria import CriterionId
from mmhs_finder.planning.facts import (
    SELF_CHECKS,
    WEEKS_A_MONTH,
    Unit,
    checklist,
    context,
    criteria_seen,
    fact_rows,
    figures,
    topic,
)
from mmhs_finder.planning.stated_counts import KINDS

CONTENTS = (3, 4, 5, 6, 7, 8, 9, 10, 14, 16, 17, 19, 21, 22, 24)
"""The pages on which the sections of the report of 2024 begin, by its table of contents."""
REPORT = "MMHA & BPS"
PRINTED = {
    "pathway_loss": 100,
    "pathway_birth_trauma": 85,
    "pathway_tokophobia": 80,
    "pathway_separation": 27,
}
"""Per cent, as the report prints them beside its counts."""


def test_the_printed_shares_follow_from_the_printed_counts():
    found = figures()
    assert {key: round(found[key].percent or 0) for key in PRINTED} == PRINTED


def test_the_longest_waits_are_the_months_that_the_report_prints():
    found = figures()
    for key, months in (("wait_assessment_max", 6), ("wait_therapy_max", 12)):
        assert found[key].weeks == pytest.approx(months * WEEKS_A_MONTH)


def test_the_guideline_and_the_quality_standard_agree_within_the_difference_of_a_month():
    """Two weeks and a month are not less than the six weeks of the standard, nor much more."""
    found = figures()
    whole = {figure.id: figure for figure in context()}["nice_start"]
    assert whole.unit is Unit.WEEKS
    steps = found["nice_assessment"].weeks + found["nice_therapy"].weeks
    assert 0 <= steps - whole.value < 0.5


@pytest.mark.parametrize(
    ("figure", "value", "unit"),
    [
        ("affected_2024", 5, Unit.ONE_IN),
        ("ptsd_after_birth", 25_000, Unit.PEOPLE),
        ("loss_pregnancies", 3, Unit.ONE_IN),
        ("loss_ptsd", 16, Unit.PERCENT),
        ("tokophobia_women", 10, Unit.ONE_IN),
        ("newborns_removed", 2_500, Unit.PEOPLE),
        ("dads_affected", 10, Unit.ONE_IN),
        ("infant_mortality_black", 2, Unit.TIMES),
        ("cost_year", 8.1, Unit.BILLION_POUNDS),
        ("suicide_from", 6, Unit.WEEKS),
        ("custody_teenagers", 10, Unit.PEOPLE),
        ("inclusion_not_tracked", 3, Unit.ONE_IN),
    ],
)
def test_need_and_harm_as_the_report_prints_them(figure, value, unit):
    found = figures()[figure]
    assert (found.value, found.unit) == (value, unit)
    assert found.source.startswith(REPORT)


def test_one_in_so_many_is_a_share():
    found = figures()
    assert found["affected_2024"].percent == 20
    assert found["tokophobia_women"].percent == found["dads_affected"].percent == 10
    assert found["ptsd_after_birth"].percent is None


def test_whoever_rounds_says_so():
    """ "More than" and "about" are the report's: a figure without them would say more than it."""
    rounded = ("affected_2024", "loss_pregnancies", "tokophobia_women", "newborns_removed")
    more = ("infant_mortality_black", "inclusion_not_tracked", "ptsd_after_birth", "cost_year")
    assert all(figures()[key].note for key in (*rounded, *more))


def test_the_kinds_of_criteria_with_the_limits_that_the_report_shows():
    assert {CriterionId(kind.id): kind.values for kind in criteria_seen()} == {
        CriterionId.PTSD: (),
        CriterionId.MAX_MONTHS: (12, 24, 60),
        CriterionId.GESTATION: (30, 32),
        CriterionId.MULTIPLE_EVENTS: (),
        CriterionId.MIN_WEEKS: (4, 6, 8, 12),
    }
    assert {CriterionId(kind.id) for kind in criteria_seen()} <= {*KINDS}, "each is counted, too"
    assert all(bool(kind.values) == bool(kind.unit) for kind in criteria_seen())


def test_everything_taken_from_the_report_names_a_page_on_which_a_section_begins():
    cited = [(f.id, f.where) for f in figures().values() if f.source.startswith(REPORT)]
    cited += [(kind.id, kind.where) for kind in criteria_seen()]
    cited += [(item.id, item.where) for item in checklist() if item.recommendation]
    pages = {key: re.search(r"page (\d+)", where) for key, where in cited}
    assert all(pages.values()), "a figure that nobody finds again"
    assert {int(page[1]) for page in pages.values() if page} <= {*CONTENTS}


def test_the_six_recommendations_are_lines_of_their_own_after_the_checklist():
    recommended = [item for item in checklist() if item.recommendation]
    assert [item.where.rpartition(" ")[2] for item in recommended] == list("123456")
    assert {item.area for item in recommended} == {"recommendations"}
    assert [i.id for i in checklist()] == [r["id"] for file in SELF_CHECKS for r in fact_rows(file)]
    assert len({item.id for item in checklist()}) == len(checklist()), "answers are kept by id"


def test_every_topic_of_the_view_has_rows():
    assert all(topic(name) for name in ("affected", "harm", "deaths", "inclusion", "equity"))
    assert all(figure.url and figure.where for figure in context())
