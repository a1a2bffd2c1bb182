"""What a person answered, in words: `views.told`."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from mmhs_finder.directory.models import FurtherNeed, LossKind, Pathway
from mmhs_finder.eligibility import (
    AGES,
    CHOICE,
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


def ago(period: str) -> str:
    return say("told.when_since", period=period)


@pytest.mark.parametrize(
    ("since", "words"),
    [
        (weeks_ago(0), say("told.under_weeks")),
        (weeks_ago(1), ago("1 week")),
        (weeks_ago(5), ago(say("period.weeks", count=5))),
        (months_ago(0), say("told.under_months")),
        (months_ago(1), ago("1 month")),
        (months_ago(14), ago(say("period.months", count=14))),
        (years_ago(0), say("told.under_years")),
        (years_ago(1), ago("1 year")),
        (years_ago(3), ago(say("period.years", count=3))),
        (Range(70, 76), ago(say("period.weeks", count=10))),
        (Range(70, 77), ago(say("period.months", count=2))),
        (Range(300, 399), ago(say("period.months", count=11))),
        (Range(700, 800), ago(say("period.years", count=2))),
    ],
    ids=str,
)
def test_how_long_ago_is_told_as_exactly_as_it_was_said(since, words):
    assert since_words(since, TODAY) == words


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
            "; ".join(CHOICE(n) for n in (Pathway.LOSS, *FurtherNeed)),
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
