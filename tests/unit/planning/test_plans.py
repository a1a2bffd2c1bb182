"""Plans side by side: costs are the user's figures times posts, and nothing when one is missing."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.planning.plans import MOST_PAY, NAMES, PAY_KEYS, Plan
from mmhs_finder.planning.workforce import BANDS, BadFigure, published, workforce

PAY = {"low": 40_000.0, "high": 60_000.0, "lead": 70_000.0}
TEN_THOUSAND = workforce(10_000)


def test_no_figure_of_ours_is_ever_in_a_cost():
    plan = Plan(TEN_THOUSAND)
    assert (plan.costs(), plan.cost, plan.unknown()) == ({}, None, BANDS)


def test_the_cost_is_posts_times_what_one_costs():
    plan = Plan(TEN_THOUSAND, pay=PAY)
    low, high, lead = (band.wte for band in TEN_THOUSAND.bands)
    assert plan.costs() == {"low": low * 40_000, "high": high * 60_000, "lead": lead * 70_000}
    assert plan.cost == pytest.approx(low * 40_000 + high * 60_000 + 35_000)


@pytest.mark.parametrize("band", BANDS)
def test_a_band_without_a_figure_leaves_no_total(band):
    plan = Plan(TEN_THOUSAND, pay={b: p for b, p in PAY.items() if b != band})
    assert plan.cost is None
    assert plan.unknown() == (band,)


def test_a_band_without_posts_needs_no_figure():
    only_high = published().with_changes({"high_intensity_share": 1, "clinical_lead_wte": 0})
    plan = Plan(workforce(10_000, only_high), pay={"high": 60_000.0})
    assert plan.cost == pytest.approx(plan.result.wte * 60_000)


def test_posts_that_cost_nothing_are_not_posts_without_a_figure():
    assert Plan(TEN_THOUSAND, pay=dict.fromkeys(BANDS, 0.0)).cost == 0


@pytest.mark.parametrize("pounds", [-1, MOST_PAY + 1, math.nan, math.inf])
def test_a_cost_that_cannot_be_is_refused_by_the_name_that_was_typed(pounds):
    with pytest.raises(BadFigure, match="band7 is from 0 to 1,000,000 pounds"):
        Plan(TEN_THOUSAND, pay={"high": pounds})


def test_a_band_that_the_model_does_not_have_is_refused():
    with pytest.raises(BadFigure, match="There is no band 'band9'"):
        Plan(TEN_THOUSAND, pay={"band9": 1})


def test_every_band_has_the_name_under_which_its_cost_is_given():
    assert list(PAY_KEYS) == list(BANDS)
    for band in TEN_THOUSAND.bands:
        assert PAY_KEYS[band.id] == band.band.casefold().replace(" ", "")
    assert len(NAMES) == 3


pounds = st.fixed_dictionaries({band: st.floats(0, MOST_PAY / 10) for band in BANDS})


@given(st.floats(1, 1_000_000), pounds, st.sampled_from([2, 3, 10]))
def test_the_cost_grows_in_proportion_to_births_and_to_pay(births, pay, times):
    once = Plan(workforce(births), pay=pay).cost
    assert once is not None
    more = Plan(workforce(min(births * times, 5_000_000)), pay=pay).cost
    dearer = Plan(workforce(births), pay={b: p * times for b, p in pay.items()}).cost
    assert dearer == pytest.approx(once * times, rel=1e-9, abs=1e-6)
    if births * times <= 5_000_000:
        assert more == pytest.approx(once * times, rel=1e-9, abs=1e-6)
