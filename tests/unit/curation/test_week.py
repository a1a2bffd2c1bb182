"""Hours day by day: from rules, back to rules, in words, and as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.curation.week import (
    CLOSED,
    DAYS,
    WEEKDAYS,
    days_of,
    more_than_hours,
    read_spells,
    rules_of,
    spell_words,
    week_words,
)
from mmhs_finder.hours import problem_with_hours

SPELLS = st.sampled_from(
    ["", CLOSED, "09:00-17:00", "08:30-12:00,13:00-16:30", "00:00-24:00", "18:00-02:00"]
)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ("Mo-Fr 09:00-17:00", "Monday to Friday, 9am to 5pm."),
        ("Mo-Fr 09:00-17:00; PH off", "Monday to Friday, 9am to 5pm. Closed on bank holidays."),
        ("Mo,We,Fr 08:00-16:00", "Monday, Wednesday and Friday, 8am to 4pm."),
        ("Mo,Tu 09:00-13:00,14:00-17:00", "Monday and Tuesday, 9am to 1pm and 2pm to 5pm."),
        ("24/7", "Day and night, every day."),
        (
            "Mo-Th 18:00-02:00, Fr 18:00-24:00",
            "Monday to Thursday, 6pm to 2am. Friday, 6pm to midnight.",
        ),
    ],
)
def test_rules_are_days_and_words_and_rules_again(rules: str, words: str):
    days = days_of(rules)
    assert days is not None
    assert rules_of(days) == rules
    assert week_words(days) == words


@pytest.mark.parametrize("rules", ["", "Mo-Fr", "sunrise-sunset", "2026 Dec 25 off"])
def test_rules_that_are_not_plain_are_no_days(rules: str):
    assert days_of(rules) is None


@given(st.fixed_dictionaries(dict.fromkeys(WEEKDAYS, SPELLS)))
def test_any_week_makes_rules_that_can_be_used(days: dict[str, str]):
    rules = rules_of(days)
    opened = {day: spells for day, spells in days.items() if spells not in ("", CLOSED)}
    assert bool(rules) == bool(opened)
    if rules:
        assert problem_with_hours(rules) == ""
        again = days_of(rules) or {}
        assert {d: s for d, s in again.items() if s not in ("", CLOSED)} == opened


@pytest.mark.parametrize(
    ("typed", "spells"),
    [
        ("9-5", "09:00-17:00"),
        ("9am to 5pm", "09:00-17:00"),
        ("9.30 – 4.30", "09:30-16:30"),
        ("0900-1700", "09:00-17:00"),
        ("9-12, 1-5", "09:00-12:00,13:00-17:00"),
        ("9am to 1pm and 2pm to 5pm", "09:00-13:00,14:00-17:00"),
        ("noon to 4", "12:00-16:00"),
        ("6pm - 2am", "18:00-02:00"),
        ("24 hours", "00:00-24:00"),
        ("Closed", CLOSED),
        (" ", ""),
    ],
)
def test_what_people_write_for_a_day_is_understood(typed: str, spells: str):
    assert read_spells(typed) == spells
    assert read_spells(spell_words(spells)) == spells


@pytest.mark.parametrize("typed", ["1-5", "2 to 5pm", "9", "25-26", "9:75-10", "mornings", "9-9am"])
def test_what_could_mean_two_things_is_asked_about(typed: str):
    with pytest.raises(ValueError, match=r"\."):
        read_spells(typed)


def test_what_stands_beside_hours_is_kept_apart():
    text, rules = (
        "Monday to Friday 9:00 to 17:00. Leave a message at other times.",
        "Mo-Fr 09:00-17:00",
    )
    assert more_than_hours(text, rules) == "Leave a message at other times."
    assert more_than_hours(week_words(days_of(rules) or {}), rules) == ""
    assert set(days_of(rules) or {}) == {*DAYS}
