"""What a person answered, in words: `views.told`."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mmhs_finder.directory.models import FurtherNeed, LossKind, Pathway
from mmhs_finder.eligibility import (
    AGES,
    Answers,
    Question,
    Range,
    Severity,
    Who,
    months_ago,
    question_text,
    weeks_ago,
    years_ago,
)
from mmhs_finder.views.told import since_words, told_views
from mmhs_finder.words import say

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("since", "key", "number"),
    [
        (weeks_ago(0), "under_week", 0),
        (weeks_ago(1), "week", 1),
        (weeks_ago(5), "weeks", 5),
        (months_ago(0), "under_month", 0),
        (months_ago(1), "month", 1),
        (months_ago(14), "months", 14),
        (years_ago(0), "under_year", 0),
        (years_ago(1), "year", 1),
        (years_ago(3), "years", 3),
        (Range(70, 76), "weeks", 10),
        (Range(70, 77), "months", 2),
        (Range(300, 399), "months", 11),
        (Range(700, 800), "years", 2),
    ],
    ids=str,
)
def test_how_long_ago_is_told_as_exactly_as_it_was_said(since, key, number):
    if key.startswith("under"):
        expected = say(f"summary.{key}")
    else:
        period = say(f"summary.{key}", number=number)
        expected = say("told.when_since", period=period)
    assert since_words(since, TODAY) == expected


def test_a_day_is_told_as_that_day():
    assert since_words(Range(4, 4), TODAY) == "20 November 2026"


@pytest.mark.parametrize(
    ("said", "question", "words"),
    [
        ({"happened": frozenset({Pathway.LOSS})}, "happened", say("choice.loss")),
        ({"happened": frozenset()}, "happened", say("need.other")),
        (
            {"happened": frozenset({Pathway.LOSS}), "further": frozenset(FurtherNeed)},
            "happened",
            "; ".join(say(f"choice.{n}") for n in (Pathway.LOSS, *FurtherNeed)),
        ),
        ({"since": Range(4, 4)}, "when", "20 November 2026"),
        ({"age": Range(17, 17)}, "age", "17"),
        ({"age": AGES["adult"]}, "age", say("choice.adult")),
        ({"age": AGES["sixteen_to_seventeen"]}, "age", say("choice.sixteen_to_seventeen")),
        ({"age": Range(17, 19)}, "age", say("told.age_range", least=17, most=19)),
        ({"who": Who.FAMILY}, "who", say("choice.family")),
        ({"severity": Severity.SEVERE}, "severity", say("choice.severe")),
        ({"several_events": True}, "several_events", say("choice.yes")),
        ({"has_baby": False}, "has_baby", say("choice.no")),
        ({"pregnant_now": False}, "pregnant_now", say("choice.no")),
        ({"seen_before": True}, "seen_before", say("choice.yes")),
        ({"lives_in_area": False}, "lives_in_area", say("choice.no")),
        ({"gp_in_area": True}, "gp_in_area", say("choice.yes")),
        ({"maternity_booked_in_area": True}, "maternity_booked_in_area", say("choice.yes")),
        ({"ptsd_presentation": False}, "ptsd_presentation", say("choice.no")),
        ({"has_care_coordinator": True}, "has_care_coordinator", say("choice.yes")),
    ],
    ids=str,
)
def test_each_answer_is_told_under_its_question(said, question, words):
    told = told_views(Answers(**said), TODAY)
    assert [(t.question, t.answer) for t in told] == [(question_text(Question(question)), words)]


def test_answers_are_told_in_the_order_of_the_questions():
    said = Answers(
        loss_kind=LossKind.ECTOPIC, weeks_pregnant=20, who=Who.PARENT, has_baby=False, age=None
    )
    told = [(t.question, t.answer) for t in told_views(said, TODAY)]
    asked = {
        Question.HAPPENED: say("choice.loss"),
        Question.LOSS_KIND: say("choice.ectopic"),
        Question.HAS_BABY: say("choice.no"),
        Question.PREGNANT_NOW: say("choice.yes"),
        Question.WEEKS_PREGNANT: "20",
        Question.WHO: say("choice.parent"),
    }
    assert told == [(question_text(q), words) for q, words in asked.items()]
    assert told_views(Answers(), TODAY) == ()
    assert timedelta(days=4) == TODAY - date(2026, 11, 20)
