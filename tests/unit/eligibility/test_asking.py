"""Which questions are asked: those that a published rule of these services decides."""

from __future__ import annotations

from typing import Any

import pytest

from mmhs_finder.answers.suited import Situation
from mmhs_finder.answers.types import Match
from mmhs_finder.directory.models import Certainty, FurtherNeed, LossKind, Pathway, Status
from mmhs_finder.eligibility import (
    Question,
    is_asked,
    needed_questions,
    pregnancy_questions,
    situation_said,
)
from tests.made_up.records import criteria, match, service

ALWAYS = (Question.HAPPENED, Question.LOSS_KIND, Question.HAS_BABY, Question.WHO)


def one(certainty: Certainty | None = Certainty.STATED, **columns: Any) -> Match:
    fields = type(service()).model_fields
    of = {k: v for k, v in columns.items() if k in fields}
    own = {k: v for k, v in columns.items() if k not in fields}
    return match(service(**of), certainty=certainty, criteria=criteria(**own))


@pytest.mark.parametrize(
    ("columns", "asked"),
    [
        ({}, []),
        ({"loss_kinds": ("stillbirth",)}, []),
        ({"only_if_pregnant": ("tokophobia",)}, ["pregnant_now"]),
        ({"only_if_not_pregnant": ("loss",)}, ["pregnant_now"]),
        ({"area_basis": ("gp_registered",)}, ["gp_in_area"]),
        ({"area_basis": ("lives_in",)}, []),
        ({"area_basis": ("maternity_booked",)}, ["maternity_booked_in_area"]),
        (
            {"area_basis": ("lives_in",), "pregnant_area_basis": ("maternity_booked",)},
            ["pregnant_now", "maternity_booked_in_area"],
        ),
        ({"max_months_since_event": 12}, ["when"]),
        (
            {"max_months_since_event": 12, "max_months_except": ("pregnant",)},
            ["when", "pregnant_now"],
        ),
        ({"max_months_since_event": 12, "no_time_limit": "yes"}, []),
        ({"period_note": "in the first year"}, ["when"]),
        ({"period_note": "months"}, ["when"]),
        ({"period_note": "long ago"}, ["when"]),
        ({"period_note": "soon"}, []),
        ({"min_weeks_since_event": 6}, ["when"]),
        ({"accepts_pregnant": "no"}, ["pregnant_now"]),
        ({"accepts_pregnant": "yes"}, []),
        ({"gestation_note": "in a pregnancy"}, ["pregnant_now"]),
        ({"max_gestation_weeks": 30}, ["pregnant_now", "weeks_pregnant"]),
        ({"min_age": 16}, ["age"]),
        ({"prior_treatment_required": "yes"}, ["seen_before"]),
        ({"prior_treatment_required": "preferred"}, ["seen_before"]),
        ({"prior_treatment_required": "no"}, []),
        ({"multiple_events": "yes"}, ["several_events"]),
        ({"multiple_events": "no"}, []),
        ({"partner_support": ("sessions",)}, []),
        ({"ptsd_required": "yes"}, []),
        ({"severity": "moderate"}, []),
        ({"care_coordinator": "yes"}, []),
    ],
    ids=str,
)
def test_a_parent_is_asked_only_what_a_published_rule_decides(columns, asked):
    expected = {*ALWAYS, *(Question(q) for q in asked)}
    assert needed_questions([one(**columns)]) == tuple(q for q in Question if q in expected)


@pytest.mark.parametrize(
    ("columns", "asked"),
    [
        ({"ptsd_required": "yes"}, ["ptsd_presentation"]),
        ({"ptsd_required": "psychological_trauma"}, ["ptsd_presentation"]),
        ({"ptsd_required": "no"}, []),
        ({"severity": "moderate"}, ["severity"]),
        ({"care_coordinator": "yes"}, ["severity", "has_care_coordinator"]),
        ({"care_coordinator": "no"}, []),
        ({"complex_needs_offer": "treatment"}, ["severity"]),
        ({"prior_treatment_required": "yes"}, ["seen_before", "has_care_coordinator"]),
        ({"prior_treatment_required": "preferred"}, ["seen_before"]),
    ],
    ids=str,
)
def test_somebody_who_refers_is_asked_more(columns, asked):
    found = needed_questions([one(**columns)], professional=True)
    assert [q for q in found if q not in ALWAYS] == [Question(q) for q in asked]


def test_where_she_lives_is_asked_only_while_no_place_says_it():
    columns = {"area_basis": ("lives_in",)}
    assert Question.LIVES_IN_AREA in needed_questions([one(None, **columns)])
    assert Question.LIVES_IN_AREA not in needed_questions([one(Certainty.INFERRED, **columns)])
    assert Question.GP_IN_AREA not in needed_questions([one(None, **columns)])


def test_of_services_for_other_areas_nothing_is_asked_about_belonging_there():
    columns = {"area_basis": ("gp_registered",), "pregnant_area_basis": ("maternity_booked",)}
    assert needed_questions([one(None, **columns)], neighbours=True) == ALWAYS


def test_a_fear_of_birth_is_asked_for_the_weeks_and_so_whether_she_is_pregnant():
    weeks = (Question.PREGNANT_NOW, Question.WEEKS_PREGNANT)
    afraid = needed_questions([], [Pathway.TOKOPHOBIA])
    assert afraid == tuple(q for q in Question if q in {*ALWAYS, *weeks})
    assert needed_questions([], [Pathway.LOSS]) == ALWAYS


def test_a_closed_service_asks_nothing_and_several_ask_together():
    closed = one(status=Status.CLOSED, min_age=16)
    doubtful = one(status=Status.UNKNOWN, min_age=16)
    assert needed_questions([closed]) == ALWAYS
    assert Question.AGE in needed_questions([doubtful])
    both = needed_questions([one(min_age=16), one(multiple_events="yes")])
    assert {Question.AGE, Question.SEVERAL_EVENTS} <= {*both}


def test_where_she_booked_matters_only_in_a_pregnancy_unless_it_decides_for_everybody():
    only_then = one(area_basis=("lives_in",), pregnant_area_basis=("maternity_booked",))
    always = one(area_basis=("maternity_booked",))
    assert pregnancy_questions([only_then]) == {Question.MATERNITY_BOOKED_IN_AREA}
    assert pregnancy_questions([only_then, always]) == frozenset()
    assert pregnancy_questions([always]) == frozenset()


# --- which of them is asked after what was answered before ----------------------------------------

BOOKED = Question.MATERNITY_BOOKED_IN_AREA


@pytest.mark.parametrize(
    ("question", "given", "asked"),
    [
        (Question.AGE, {}, True),
        (Question.HAPPENED, {}, True),
        (Question.LOSS_KIND, {}, False),
        (Question.LOSS_KIND, {"happened": None}, False),
        (Question.LOSS_KIND, {"happened": ["separation", "loss"]}, True),
        (Question.LOSS_KIND, {"happened": ["separation"]}, False),
        (Question.HAS_BABY, {"happened": ["separation"]}, True),
        (Question.HAS_BABY, {"happened": [FurtherNeed.SEPARATION_ILLNESS.value]}, True),
        (Question.HAS_BABY, {"happened": ["birth_trauma", "tokophobia"]}, False),
        (Question.WEEKS_PREGNANT, {"pregnant_now": "yes"}, True),
        (Question.WEEKS_PREGNANT, {"pregnant_now": "no"}, False),
        (Question.WEEKS_PREGNANT, {"pregnant_now": "not_sure"}, False),
        (Question.WEEKS_PREGNANT, {}, False),
    ],
)
def test_a_question_that_follows_another_is_asked_after_its_answer(question, given, asked):
    assert is_asked(question, given) is asked


@pytest.mark.parametrize(
    ("pregnant", "asked"),
    [(None, False), ("no", False), ("yes", True), ("not_sure", True), ("prefer_not_to_say", True)],
)
def test_what_matters_in_a_pregnancy_only_is_asked_of_who_is_or_may_be_pregnant(pregnant, asked):
    given = {"pregnant_now": pregnant} if pregnant else {}
    assert is_asked(BOOKED, given, {BOOKED}) is asked
    assert is_asked(BOOKED, given) is is_asked(Question.AGE, given, {BOOKED}) is True


SAID = {"loss_kind": "stillbirth", "has_baby": "no", "pregnant_now": "yes"}


@pytest.mark.parametrize(
    ("needs", "said", "expected"),
    [
        ((), {}, Situation()),
        ((), SAID, Situation(pregnant=True)),
        (
            (Pathway.LOSS,),
            SAID,
            Situation(
                frozenset({Pathway.LOSS}),
                has_baby=False,
                pregnant=True,
                loss_kind=LossKind.STILLBIRTH,
            ),
        ),
        (
            (Pathway.SEPARATION, FurtherNeed.SEPARATION_ILLNESS),
            SAID | {"has_baby": "yes", "pregnant_now": "no"},
            Situation(
                frozenset({Pathway.SEPARATION}),
                has_baby=True,
                pregnant=False,
                further=frozenset({FurtherNeed.SEPARATION_ILLNESS}),
            ),
        ),
        (
            (Pathway.LOSS,),
            {"loss_kind": "not_sure", "has_baby": "not_sure", "pregnant_now": "not_sure"},
            Situation(frozenset({Pathway.LOSS})),
        ),
        # What happened is what the search says now, not what was answered before.
        (
            (Pathway.TOKOPHOBIA,),
            SAID | {"happened": ["loss"]},
            Situation(frozenset({Pathway.TOKOPHOBIA}), pregnant=True),
        ),
    ],
)
def test_what_is_known_of_her_is_her_search_and_the_answers_that_it_asks_for(needs, said, expected):
    assert situation_said(needs, said) == expected
