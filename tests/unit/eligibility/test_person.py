"""What a person may say: how long ago, how old, and what follows from an answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mmhs_finder.directory.models import FurtherNeed, LossKind, Pathway
from mmhs_finder.eligibility import (
    AGES,
    CHOICES,
    UNANSWERED,
    Answers,
    AnswersProblem,
    Question,
    Range,
    Safety,
    Severity,
    Who,
    answers_from_json,
    choices,
    days_since,
    month_days,
    months_ago,
    plausible_weeks,
    question_text,
    weeks_ago,
    years_ago,
)
from mmhs_finder.eligibility.person import plausible_age
from mmhs_finder.words import join_words, say

TODAY = date(2026, 11, 24)
LOSS = frozenset({Pathway.LOSS})


# --- how long ago ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("2026-11-24", 0, 0),
        ("2026-11-23", 1, 1),
        ("2026-11", 0, 23),
        ("2026-10", 24, 54),
        ("2025-12", 328, 358),
        ("2026", 0, 327),
        ("2025", 328, 692),
        (" 2026-11-01 ", 23, 23),
    ],
)
def test_a_day_a_month_and_a_year_are_as_exact_as_they_were_given(text, least, most):
    assert days_since(text, TODAY) == Range(least, most)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-25",
        "2026-12",
        "2027",
        "",
        "26",
        "02026",
        "2026-13",
        "2026-02-30",
        "2026-11-24-1",
        "2026-1a",
        "year",
    ],
)
def test_a_day_to_come_or_none_at_all_gets_one_plain_line(text):
    with pytest.raises(AnswersProblem, match="^" + say("answers.date")[:20]):
        days_since(text, TODAY)


@pytest.mark.parametrize(
    ("months", "least", "most"),
    [(0, 0, 0), (1, 28, 33), (11, 332, 337), (12, 365, 366), (24, 730, 731), (48, 1461, 1461)],
)
def test_how_many_days_months_can_have(months, least, most):
    assert month_days(months) == Range(least, most)


@pytest.mark.parametrize(
    ("found", "least", "most"),
    [
        (weeks_ago(0), 0, 6),
        (weeks_ago(4), 28, 34),
        (months_ago(0), 0, 32),
        (months_ago(1), 13, 63),
        (months_ago(12), 350, 398),
        (years_ago(0), 0, 365),
        (years_ago(1), 180, 730),
        (years_ago(2), 545, 1095),
    ],
)
def test_weeks_months_and_years_ago_leave_room_for_rounding(found, least, most):
    assert (found.least, found.most) == pytest.approx((least, most), abs=1)


def test_weeks_are_exact_and_months_and_years_begin_and_end_where_they_must():
    assert weeks_ago(3) == Range(21, 27)
    assert months_ago(12).least == month_days(12).least - 15
    assert months_ago(12).most == month_days(13).most - 1
    assert months_ago(0) == Range(0, month_days(1).most - 1)
    assert years_ago(0) == Range(0, 365)
    assert years_ago(1).least == month_days(6).least
    assert years_ago(2) == Range(month_days(18).least, month_days(36).most - 1)


@pytest.mark.parametrize(
    ("limit", "said"), [(9, True), (10, True), (11, None), (20, None), (21, False)]
)
def test_a_range_is_at_least_something_only_when_all_of_it_is(limit, said):
    assert Range(10, 20).is_at_least(limit) is said


@pytest.mark.parametrize(("least", "most"), [(2, 1), (-1, 0)])
def test_a_range_runs_upwards_from_nought(least, most):
    with pytest.raises(ValueError, match="range"):
        Range(least, most)
    assert Range(0, 0) == Range(0, 0)


# --- how old, how far on --------------------------------------------------------------------------


def test_the_ages_leave_no_year_out_and_none_is_in_two():
    years = [y for r in AGES.values() for y in range(r.least, r.most + 1)]
    assert years == [*range(10, 121)]
    assert AGES["sixteen_to_seventeen"] == Range(16, 17)


@pytest.mark.parametrize(("years", "good"), [(9, False), (10, True), (120, True), (121, False)])
def test_the_age_of_a_child_is_no_age_to_have_been_pregnant(years, good):
    if good:
        assert plausible_age(years) == years
    else:
        with pytest.raises(AnswersProblem) as caught:
            plausible_age(years)
        assert str(caught.value) == say("answers.age_years", least=10, most=120)


@pytest.mark.parametrize(("weeks", "good"), [(0, False), (1, True), (42, True), (43, False)])
def test_no_pregnancy_is_longer_than_forty_two_weeks(weeks, good):
    if good:
        assert plausible_weeks(weeks) == weeks
    else:
        with pytest.raises(AnswersProblem) as caught:
            plausible_weeks(weeks)
        assert str(caught.value) == say("answers.weeks_pregnant", most=42)


@pytest.mark.parametrize(
    ("weeks", "now", "pregnant"),
    [(None, None, None), (None, False, False), (None, True, True), (20, None, True)],
)
def test_who_says_how_many_weeks_has_said_that_she_is_pregnant(weeks, now, pregnant):
    assert Answers(weeks_pregnant=weeks, pregnant_now=now).pregnant is pregnant


def test_weeks_of_a_pregnancy_that_there_is_none_of_cannot_be():
    with pytest.raises(AnswersProblem) as caught:
        Answers(weeks_pregnant=20, pregnant_now=False)
    assert str(caught.value) == say("answers.pregnant_both")
    assert Answers(pregnant_now=False).weeks_pregnant is None


@pytest.mark.parametrize(
    ("said", "needs"),
    [
        ({}, None),
        ({"happened": frozenset()}, set()),
        ({"happened": LOSS}, {Pathway.LOSS}),
        ({"loss_kind": LossKind.STILLBIRTH}, {Pathway.LOSS}),
        (
            {"happened": frozenset(), "further": frozenset(FurtherNeed)},
            {*FurtherNeed},
        ),
        ({"further": frozenset(FurtherNeed)}, {*FurtherNeed}),
    ],
    ids=str,
)
def test_everything_that_happened(said, needs):
    assert Answers(**said).needs == needs


@pytest.mark.parametrize(
    ("safety", "urgent"), [(None, False), (Safety.UNSURE, False), (Safety.UNSAFE, True)]
)
def test_only_who_says_that_she_is_not_safe_sees_nothing_else(safety, urgent):
    assert Answers(safety=safety).not_safe_now is urgent


# --- the questions --------------------------------------------------------------------------------


def test_every_choice_has_its_words_and_no_answer_is_the_last():
    for question in Question:
        assert question_text(question) == say(f"question.{question.value}")
        values = (*CHOICES.get(question, ()), *UNANSWERED)
        assert choices(question) == tuple((v, say(f"choice.{v}")) for v in values)


# --- from JSON ------------------------------------------------------------------------------------


def test_every_answer_is_read_as_it_was_given():
    given = {
        "happened": ["loss", "separation_illness"],
        "loss_kind": "stillbirth",
        "weeks_since": 3,
        "several_events": True,
        "has_baby": "no",
        "pregnant_now": "yes",
        "weeks_pregnant": 20,
        "age": "sixteen_to_seventeen",
        "seen_before": False,
        "lives_in_area": "yes",
        "gp_in_area": "no",
        "maternity_booked_in_area": True,
        "who": "family",
        "severity": "severe",
        "ptsd_presentation": "no",
        "has_care_coordinator": "yes",
        "not_safe_now": "yes",
    }
    assert answers_from_json(given, TODAY) == Answers(
        happened=LOSS,
        further=frozenset({FurtherNeed.SEPARATION_ILLNESS}),
        loss_kind=LossKind.STILLBIRTH,
        since=Range(21, 27),
        several_events=True,
        has_baby=False,
        pregnant_now=True,
        weeks_pregnant=20,
        age=Range(16, 17),
        seen_before=False,
        lives_in_area=True,
        gp_in_area=False,
        maternity_booked_in_area=True,
        who=Who.FAMILY,
        severity=Severity.SEVERE,
        ptsd_presentation=False,
        has_care_coordinator=True,
        safety=Safety.UNSAFE,
    )


@pytest.mark.parametrize(
    ("given", "changes"),
    [
        ({}, {}),
        ({"happened": []}, {"happened": frozenset()}),
        ({"happened": "loss"}, {"happened": LOSS}),
        ({"happened": ["not_sure"]}, {}),
        ({"happened": ["not_sure", "loss"]}, {"happened": LOSS}),
        ({"happened": None, "age": None, "who": "not_sure"}, {}),
        (
            {"happened": ["failed_fertility_treatment"]},
            {
                "happened": frozenset(),
                "further": frozenset({FurtherNeed.FAILED_FERTILITY_TREATMENT}),
            },
        ),
        ({"months_since": 14}, {"since": months_ago(14)}),
        ({"years_since": 2}, {"since": years_ago(2)}),
        ({"weeks_since": 0}, {"since": weeks_ago(0)}),
        ({"event_date": "2026-11-20"}, {"since": Range(4, 4)}),
        ({"event_date": 2026}, {"since": Range(0, 327)}),
        ({"event_date": None, "weeks_since": 1}, {"since": weeks_ago(1)}),
        ({"age": 17}, {"age": Range(17, 17)}),
        ({"age": "not_sure"}, {}),
        ({"weeks_pregnant": None}, {}),
        ({"not_safe_now": "no"}, {}),
        ({"not_safe_now": False}, {}),
        ({"not_safe_now": None}, {}),
        ({"not_safe_now": True}, {"safety": Safety.UNSAFE}),
        ({"not_safe_now": "not_sure"}, {"safety": Safety.UNSURE}),
        ({"not_safe_now": "prefer_not_to_say"}, {"safety": Safety.UNSURE}),
        ({"weeks_since": 5200}, {"since": weeks_ago(5200)}),
        ({"months_since": 1200}, {"since": months_ago(1200)}),
        ({"years_since": 100}, {"since": years_ago(100)}),
    ],
    ids=str,
)
def test_each_way_to_give_an_answer(given, changes):
    assert answers_from_json(given, TODAY) == replace(Answers(), **changes)


NEEDS = [*(p.value for p in Pathway), *(n.value for n in FurtherNeed)]
ANY_OF = join_words(NEEDS, "or")
LOSSES = join_words([k.value for k in LossKind], "or")


@pytest.mark.parametrize(
    ("given", "key", "values"),
    [
        (["loss"], "not_object", {}),
        ({"b": 1, "a": 2}, "unknown_key", {"keys": "a and b"}),
        ({"when": 1}, "unknown_key", {"keys": "when"}),
        ({"happened": "grief"}, "some_of", {"field": "happened", "values": ANY_OF}),
        ({"happened": ["loss", 1]}, "some_of", {"field": "happened", "values": ANY_OF}),
        ({"loss_kind": "x"}, "one_of", {"field": "loss_kind", "values": LOSSES}),
        ({"loss_kind": 1}, "one_of", {"field": "loss_kind", "values": LOSSES}),
        ({"who": "x"}, "one_of", {"field": "who", "values": "parent, partner or family"}),
        (
            {"severity": "bad"},
            "one_of",
            {"field": "severity", "values": "mild, moderate, severe or complex"},
        ),
        ({"has_baby": "maybe"}, "yes_no", {"field": "has_baby"}),
        ({"has_baby": 1}, "yes_no", {"field": "has_baby"}),
        ({"not_safe_now": "maybe"}, "yes_no", {"field": "not_safe_now"}),
        ({"weeks_since": -1}, "number", {"field": "weeks_since", "most": 5200}),
        ({"weeks_since": 5201}, "number", {"field": "weeks_since", "most": 5200}),
        ({"months_since": 1201}, "number", {"field": "months_since", "most": 1200}),
        ({"years_since": 101}, "number", {"field": "years_since", "most": 100}),
        ({"years_since": True}, "number", {"field": "years_since", "most": 100}),
        ({"years_since": "2"}, "number", {"field": "years_since", "most": 100}),
        (
            {"weeks_since": 1, "event_date": "2026"},
            "one_when",
            {"keys": "weeks_since and event_date"},
        ),
        (
            {"years_since": 1, "months_since": 1},
            "one_when",
            {"keys": "months_since and years_since"},
        ),
        ({"event_date": "soon"}, "date", {}),
        ({"weeks_pregnant": "20"}, "whole_number", {"field": "weeks_pregnant"}),
        ({"weeks_pregnant": True}, "whole_number", {"field": "weeks_pregnant"}),
        ({"weeks_pregnant": 43}, "weeks_pregnant", {"most": 42}),
        ({"age": 9}, "age_years", {"least": 10, "most": 120}),
        *(
            (
                {"age": wrong},
                "age",
                {"least": 10, "most": 120, "values": join_words([*AGES], "or")},
            )
            for wrong in ("old", True, 17.5)
        ),
    ],
    ids=str,
)
def test_what_cannot_be_read_is_said_with_the_field_and_what_would_do(given, key, values):
    with pytest.raises(AnswersProblem) as caught:
        answers_from_json(given, TODAY)
    assert str(caught.value) == say(f"answers.{key}", **values)


def test_without_a_day_it_is_today():
    today = date.today()  # noqa: DTZ011 - as the function counts
    assert answers_from_json({"event_date": today.isoformat()}).since in (Range(0, 0), Range(1, 1))
