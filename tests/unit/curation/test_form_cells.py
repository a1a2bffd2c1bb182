"""A cell of a form is read in one way, or asked about: never guessed."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.curation.form_cells import read_value, role_problem
from mmhs_finder.curation.holding import BY_ID, NONE
from mmhs_finder.curation.questions import QUESTIONS


@pytest.mark.parametrize(
    ("question", "raw", "value"),
    [
        ("phone", "2079460000", "020 7946 0000"),
        ("phone", "20 7946 0000", "020 7946 0000"),
        ("phone", "+44 (0)20 7946 0000", "020 7946 0000"),
        ("phone", "020\u00a07946\u00a00000", "020 7946 0000"),
        ("phone", "020 7946 0000 x12", "020 7946 0000 ext 12"),
        ("phone", "None.", NONE),
        ("phone", "116 123", "116 123"),
        ("email", "<team@example.org>", "team@example.org"),
        ("website", "www.example.org/a", "https://www.example.org/a"),
        ("self_referral", "TRUE", "yes"),
        ("self_referral", "no", "no"),
        ("status", "It has closed", "closed"),
        ("wait_therapy_weeks", "12 weeks", "12"),
        ("max_months_since_event", "2 years", "24"),
        ("availability_as_of", "46348", "2026-11-22"),
        ("availability_as_of", "22/11/2026", "2026-11-22"),
        ("availability_as_of", "22nd November 2026", "2026-11-22"),
        ("loss_only_if", "Only if you are pregnant", "you are pregnant"),
        ("after_referral", " We\u200b ring\n you ", "We ring you"),
        ("referral_note", "itâ€™s by phone", "it\u2019s by phone"),
    ],
)
def test_what_can_be_read_in_one_way_is_mended(question: str, raw: str, value: str):
    assert read_value(BY_ID[question], "", raw) == value


@pytest.mark.parametrize(
    ("question", "raw"),
    [
        ("self_referral", "maybe"),
        ("wait_therapy_weeks", "3 months"),
        ("wait_therapy_weeks", "1.5"),
        ("wait_therapy_weeks", "six"),
        ("availability_as_of", "soon"),
        ("after_referral", "TRUE"),
        ("after_referral", "46348"),
        ("after_referral", "#REF!"),
        ("after_referral", "x" * 5_000),
    ],
)
def test_anything_else_is_asked_about(question: str, raw: str):
    with pytest.raises(ValueError, match=r"\."):
        read_value(BY_ID[question], "", raw)


@given(st.sampled_from(QUESTIONS), st.text())
def test_any_text_is_read_or_refused_in_words(question, raw: str):
    with contextlib.suppress(ValueError):
        value = read_value(question, "Mo" if question.kind == "hours" else "", raw)
        assert value == value.strip()


@pytest.mark.parametrize("role", ["Team manager", "Clinical Lead, perinatal", "Duty co-ordinator"])
def test_a_role_is_a_role(role: str):
    assert role_problem(role) == ""


@pytest.mark.parametrize(
    "role", ["", "Dr Jane Example", "Jane", "manager (Jane)", "jane@example.org", "07700 900000"]
)
def test_what_may_be_a_name_is_no_role(role: str):
    assert role_problem(role)
