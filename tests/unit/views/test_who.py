"""Whom a service sees, and what no source says: `views.who`."""

from __future__ import annotations

from typing import Any

import pytest

from mmhs_finder.views.who import who_view
from mmhs_finder.views.wording import (
    sentence,
)
from mmhs_finder.words import say
from tests.made_up.records import TODAY, criteria, match, service
from tests.made_up.texts import assert_told_in_full

SAYS: dict[str, Any] = {
    "who_for": "parents",
    "min_age": 18,
    "partner_support": ("couples", "signposting"),
    "area_basis": ("lives_in", "gp_registered"),
    "therapies": ("EMDR", "CBT"),
    "lived_experience": "peer workers",
    "after_referral": "they call you",
    "delivery": ("in_person", "video"),
    "postcode": "MS1 1AA",
    "location_kind": "service_base",
    "address": "1 High Street",
}
OWN: dict[str, Any] = {
    "severity": "moderate",
    "min_weeks_since_event": 6,
    "max_months_since_event": 24,
    "accepts_pregnant": "yes",
    "max_gestation_weeks": 30,
    "prior_treatment_required": "preferred",
    "other_presentations": "grief ; anger",
    "exclusions": "addiction",
}


def facts(of: dict[str, Any], own: dict[str, Any], **more: Any) -> dict[str, str]:
    found, _ = who_view(match(service(**of), criteria=criteria(**own), **more), TODAY)
    assert_told_in_full(found)
    return {fact.id: fact.text for fact in found}


def test_whom_it_sees_in_the_order_to_read_it():
    found = facts(SAYS, OWN, distance_km=16.1)
    away = say("names.distance", count=10)
    basis = [say("card.basis_lives_in"), say("card.basis_gp_registered")]
    how = [say("delivery.in_person"), say("delivery.video")]
    assert list(found.items()) == [
        ("who", "Parents."),
        ("severity", "Moderate."),
        (
            "time_limit",
            f"{say('card.time_min', count=6)} {say('card.time_max', period='2 years')}",
        ),
        ("pregnancy", f"{say('card.pregnancy_yes')} {say('card.gestation_max', count=30)}"),
        ("prior", say("card.prior_preferred")),
        ("also", "Grief; anger."),
        ("not_for", "Addiction."),
        ("age", say("card.age_min", count=18)),
        ("partners", f"{say('card.partners_signposting')} {say('card.partners_couples')}"),
        ("basis", sentence(" and ".join(basis))),
        ("therapies", "EMDR; CBT."),
        ("lived", "Peer workers."),
        ("after", "They call you."),
        ("how", sentence(" and ".join(how))),
        ("where", f"1 High Street, MS1 1AA ({away})."),
    ]
    terms = {
        f.id: f.term for f in who_view(match(service(**SAYS), criteria=criteria(**OWN)), TODAY)[0]
    }
    assert terms == {key: say(f"card.{key}") for key in found}


def test_what_no_source_says_is_named_in_one_sentence():
    found, silent = who_view(match(service(read="part")), TODAY)
    assert found == ()
    named = ("who", "severity", "time_limit", "pregnancy", "prior", "age", "partners", "basis")
    terms = [say(f"card.{key}").lower() for key in (*named, "where")]
    listed = sentence(f"{', '.join(terms[:-1])} and {terms[-1]}")
    assert silent == f"{listed} {say('blank.part')}"
    all_said = who_view(match(service(**SAYS), criteria=criteria(**OWN)), TODAY)
    assert all_said[1] == ""
    other_kind = who_view(match(service(kind="peer_support")), TODAY)[1]
    assert say("card.severity").lower() not in other_kind.lower()


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"no_time_limit": "yes"}, [("time_any", {})]),
        ({"min_weeks_since_event": 0}, [("time_min", {"count": 0})]),
        (
            {"max_months_since_event": 12, "limits_only_for": ("loss",)},
            [
                ("time_max", {"period": "1 year"}),
                ("time_only_for", {"needs": say("criteria_need.loss")}),
            ],
        ),
        ({"limits_only_for": ("loss",)}, []),
    ],
    ids=str,
)
def test_how_long_ago_it_may_be(own, words):
    expected = " ".join(say(f"card.{key}", **values) for key, values in words)
    assert facts({}, own).get("time_limit", "") == expected


@pytest.mark.parametrize(
    ("of", "own", "words"),
    [
        ({}, {"accepts_pregnant": "no"}, [say("card.pregnancy_no")]),
        ({}, {"max_gestation_weeks": 0}, [say("card.gestation_max", count=0)]),
        ({"period_note": "one"}, {"gestation_note": "two"}, ["Two.", "One."]),
        ({"period_note": "one"}, {"gestation_note": "one"}, ["One."]),
    ],
    ids=str,
)
def test_what_is_said_of_a_pregnancy(of, own, words):
    assert facts(of, own)["pregnancy"] == " ".join(words)


@pytest.mark.parametrize(
    ("rule", "said"), [("yes", True), ("preferred", True), ("no", False), ("unknown", False)]
)
def test_earlier_help_is_told_where_it_is_asked_for(rule, said):
    found = facts({}, {"prior_treatment_required": rule})
    assert found.get("prior", "") == (say(f"card.prior_{rule}") if said else "")


@pytest.mark.parametrize(
    ("of", "where"),
    [
        ({"postcode": "MS1 1AA"}, None),
        ({"location_kind": "provider_office", "postcode": "MS1 1AA"}, None),
        (
            {"location_kind": "hospital_site", "postcode": "MS1 1AA", "location_name": "ward 1"},
            "Ward 1, MS1 1AA.",
        ),
        (
            {"location_kind": "service_base", "postcode": "MS1 1AA", "address": "Here, MS1 1AA"},
            "Here, MS1 1AA.",
        ),
    ],
    ids=str,
)
def test_a_head_office_is_never_a_place_to_go_to(of, where):
    assert facts(of, {}).get("where") == where
