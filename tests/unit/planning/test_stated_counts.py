"""What the services of a place state, counted: a blank never becomes a "no"."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.eligibility.criteria import CriterionId
from mmhs_finder.eligibility.stated import Published, published
from mmhs_finder.planning.stated_counts import (
    KINDS,
    Reaching,
    Stated,
    Threshold,
    groups_stated,
    kinds_stated,
    stated,
    thresholds,
    waits_given,
)
from tests.made_up.records import criteria, service

TODAY = date(2026, 11, 24)
_OF_SERVICE = frozenset(type(service()).model_fields)
ASKS, FREE, SILENT, UNSEEN = Stated


def says(**columns: Any) -> Published:
    of = {k: v for k, v in columns.items() if k in _OF_SERVICE}
    own = {k: v for k, v in columns.items() if k not in _OF_SERVICE}
    return published(service(**of), criteria(**own))


@pytest.mark.parametrize(
    ("kind", "columns", "expected"),
    [
        ("ptsd", {"ptsd_required": "yes"}, ASKS),
        ("ptsd", {"ptsd_required": "psychological_trauma"}, ASKS),
        ("ptsd", {"ptsd_required": "no"}, FREE),
        ("ptsd", {}, SILENT),
        ("ptsd", {"read": "part"}, UNSEEN),
        ("ptsd", {"read": "none"}, UNSEEN),
        ("max_months", {"max_months_since_event": 24}, ASKS),
        ("max_months", {"no_time_limit": "yes"}, FREE),
        ("max_months", {"no_time_limit": "unknown", "read": "part"}, UNSEEN),
        ("min_weeks", {"min_weeks_since_event": 4}, ASKS),
        ("min_weeks", {"min_weeks_since_event": 0}, ASKS),
        ("gestation", {"max_gestation_weeks": 30}, ASKS),
        ("gestation", {"accepts_pregnant": "yes", "read": "part"}, UNSEEN),
        ("multiple_events", {"multiple_events": "yes"}, ASKS),
        ("multiple_events", {"multiple_events": "no"}, FREE),
        ("severity", {"severity": "severe"}, ASKS),
        ("severity", {"read": "part"}, UNSEEN),
        ("earlier_treatment", {"prior_treatment_required": "yes"}, ASKS),
        ("earlier_treatment", {"prior_treatment_required": "preferred"}, ASKS),
        ("earlier_treatment", {"prior_treatment_required": "no"}, FREE),
    ],
)
def test_what_one_service_says_of_a_kind(kind, columns, expected):
    assert stated(CriterionId(kind), says(**columns)) is expected


def test_a_service_without_criteria_on_record_says_nothing():
    silent = published(service(read="part"), None)
    assert {stated(kind, silent) for kind in KINDS} == {UNSEEN}


def test_the_limits_that_services_give_each_once_and_in_order():
    services = [says(max_months_since_event=m) for m in (24, 12, 24)] + [says(no_time_limit="yes")]
    limits = {count.kind: count.limits for count in kinds_stated(services)}
    assert limits[CriterionId.MAX_MONTHS] == (12, 24)
    assert limits[CriterionId.MIN_WEEKS] == limits[CriterionId.PTSD] == ()


COLUMNS = st.fixed_dictionaries(
    {
        "ptsd_required": st.sampled_from(["yes", "no", "psychological_trauma", "unknown"]),
        "max_months_since_event": st.sampled_from([None, 0, 12, 60]),
        "no_time_limit": st.sampled_from([None, "yes", "no", "unknown"]),
        "min_weeks_since_event": st.sampled_from([None, 0, 4]),
        "multiple_events": st.sampled_from([None, "yes", "no", "unknown"]),
        "severity": st.sampled_from(["", " ", "moderate to severe", "Severe", "distress", "<b>"]),
        "read": st.sampled_from(["whole", "part", "none"]),
    }
)


@given(st.lists(COLUMNS, max_size=6))
def test_every_service_is_counted_once_for_each_kind(rows):
    services = [says(**row) for row in rows]
    counts = kinds_stated(services)
    assert [count.kind for count in counts] == [*KINDS]
    assert {sum(count.services.values()) for count in counts} == {len(services)}
    read_whole = sum(row["read"] == "whole" for row in rows)
    assert all(count.services[SILENT] <= read_whole for count in counts), "a blank is about us"
    assert sum(thresholds(services).values()) == len(services)
    assert all(n <= len(services) for n in groups_stated(services).values())


@pytest.mark.parametrize(
    ("severity", "expected"),
    [
        ("moderate to severe", Threshold.MODERATE),
        ("Moderate-severe", Threshold.MODERATE),
        ("severe only", Threshold.SEVERE),
        ("distress, mild to moderate", Threshold.OTHER),
        ("", Threshold.UNSAID),
        ("  ", Threshold.UNSAID),
    ],
)
def test_where_a_service_begins(severity, expected):
    counts = thresholds([says(severity=severity)])
    assert {level for level, count in counts.items() if count} == {expected}
    assert [*counts] == [*Threshold]


def test_waits_with_their_age():
    services = [
        says(wait_assessment_weeks=0, availability_as_of=date(2026, 11, 1)),
        says(wait_assessment_weeks=6, wait_therapy_weeks=16, availability_as_of=date(2026, 1, 1)),
        says(new_referrals="no", availability_as_of=date(2026, 1, 1)),
        says(),
    ]
    found = waits_given(services, TODAY)
    assert (found.assessment, found.therapy, found.any, found.old) == (2, 1, 2, 1)


@pytest.mark.parametrize(
    ("group", "columns"),
    [
        (Reaching.PARTNERS, {"partner_support": ("no",)}),
        (Reaching.YOUNG, {"min_age": 0}),
        (Reaching.COMPLEX, {"care_coordinator": "yes"}),
        (Reaching.DELIVERY, {"delivery": ("video",)}),
        (Reaching.LIVED_EXPERIENCE, {"lived_experience": "A peer worker meets you."}),
    ],
)
def test_what_is_said_of_groups(group, columns):
    assert groups_stated([says(**columns), says()])[group] == 1
    assert sum(groups_stated([says(partner_support=("unknown",))]).values()) == 0
