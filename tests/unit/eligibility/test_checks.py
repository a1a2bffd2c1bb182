"""The check of each criterion as a table: what is published, what was said, what is found.

Each row: the columns, the answers, and the finding as "state:words", with "!" where it weighs. The
reason must always have words, and none of its gaps may be left blank.
"""

from __future__ import annotations

from typing import Any

import pytest

from mmhs_finder.directory.models import (
    Certainty,
    FurtherNeed,
    LossKind,
    Pathway,
    Status,
    YesNo,
)
from mmhs_finder.directory.vocabularies import Read
from mmhs_finder.eligibility import Answers, Range, Safety, Severity, Who
from mmhs_finder.eligibility.checks.types import Check, State
from mmhs_finder.eligibility.criteria import CRITERIA, CriterionId
from mmhs_finder.eligibility.person import AGES
from mmhs_finder.eligibility.stated import Published
from mmhs_finder.words import say
from tests.made_up.records import criteria, service

BIRTH, LOSS, FEAR, _ = (frozenset({p}) for p in Pathway)
ILLNESS = frozenset({FurtherNeed.SEPARATION_ILLNESS})
TERMINATION = LossKind.TERMINATION
_OF_SERVICE = frozenset(type(service()).model_fields)
_LETTERS = {State.MET: "met", State.MAY_NOT: "may not", State.CANNOT_TELL: "?"}


def published(certainty: Certainty | None = None, neighbour: bool = False, **columns: Any):
    own = {k: v for k, v in columns.items() if k in _OF_SERVICE}
    rest = {k: v for k, v in columns.items() if k not in _OF_SERVICE | {"earlier_help_names"}}
    names = columns.get("earlier_help_names", ())
    return Published(service(**own), criteria(**rest), certainty, neighbour, names)


def found(criterion: CriterionId, columns: dict[str, Any], answers: Answers) -> Check | None:
    facts = published(**columns)
    (check,) = (c.check(facts, answers) for c in CRITERIA if c.id is criterion)
    if check is not None:
        values = {"silence": facts.silence, **check.values}
        reason = say(f"check.{criterion}.{check.words}", **values)
        assert reason and "None" not in reason and "  " not in reason
        assert not reason.endswith((": ", ":"))
    return check


def told(criterion: CriterionId, columns: dict[str, Any], answers: Answers) -> str:
    check = found(criterion, columns, answers)
    if check is None:
        return "-"
    why = f" {check.why}" if check.why else ""
    return f"{_LETTERS[check.state]}:{check.words}{why}{'!' if check.weighs else ''}"


def table(criterion: CriterionId, *rows: tuple[dict[str, Any], dict[str, Any], str]) -> Any:
    ids = [f"{i}-{expected}" for i, (_, _, expected) in enumerate(rows)]
    made = [(criterion, columns, Answers(**said), expected) for columns, said, expected in rows]
    return pytest.mark.parametrize(("criterion", "columns", "answers", "expected"), made, ids=ids)


# --- what they help with --------------------------------------------------------------------------

YES_TO_LOSS = {"loss": "yes"}
BOTH = BIRTH | LOSS


@table(
    CriterionId.PATHWAY,
    ({}, {}, "?:nothing_published not_published!"),
    ({"separation": "no"}, {}, "?:not_answered not_answered!"),
    ({}, {"happened": frozenset()}, "?:other!"),
    ({"other_presentations": "grief"}, {"happened": frozenset()}, "?:other_named!"),
    (YES_TO_LOSS, {"happened": LOSS}, "met:met"),
    ({"loss": "no"}, {"happened": LOSS}, "may not:may_not"),
    ({"loss": "not_listed"}, {"happened": LOSS}, "?:not_listed!"),
    ({}, {"happened": LOSS}, "?:not_published not_published!"),
    ({"other_presentations": "x"}, {"happened": LOSS}, "?:not_published not_published!"),
    ({}, {"further": ILLNESS}, "?:not_published not_published!"),
    ({"other_presentations": "x"}, {"further": ILLNESS}, "?:further_named not_published!"),
    (YES_TO_LOSS, {"happened": BOTH}, "?:in_part!"),
    ({"loss": "no", "birth_trauma": "not_listed"}, {"happened": BOTH}, "?:in_part!"),
    ({"loss": "no"}, {"happened": BOTH}, "?:in_part!"),
    ({**YES_TO_LOSS, "birth_trauma": "yes"}, {"happened": BOTH}, "met:met"),
    ({"loss": "no", "birth_trauma": "no"}, {"happened": BOTH}, "may not:may_not"),
    (
        {**YES_TO_LOSS, "other_presentations": "x"},
        {"happened": LOSS, "further": ILLNESS},
        "?:in_part_named!",
    ),
    (
        {**YES_TO_LOSS, "other_presentations": "x", "separation_illness": "no"},
        {"happened": LOSS, "further": ILLNESS},
        "?:in_part!",
    ),
    (YES_TO_LOSS, {"happened": LOSS, "further": ILLNESS}, "?:in_part!"),
    (YES_TO_LOSS, {"loss_kind": LossKind.STILLBIRTH}, "met:met"),
)
def test_what_they_help_with(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


def test_help_in_part_tells_first_what_they_help_with_and_then_what_not():
    columns = {"loss": "yes", "birth_trauma": "no", "tokophobia": "not_listed"}
    everything = Answers(happened=frozenset(Pathway))
    text = str(found(CriterionId.PATHWAY, columns, everything).values["told"])
    names = [say(f"criteria_need.{n}") for n in ("loss", "birth_trauma", "tokophobia")]
    places = [text.index(name) for name in (*names, say("criteria_need.separation"))]
    assert places == sorted(places)


def test_what_happened_is_named_in_the_order_of_the_pages():
    check = found(CriterionId.PATHWAY, {"loss": "yes", "birth_trauma": "yes"}, Answers(BOTH))
    names = [say("criteria_need.birth_trauma"), say("criteria_need.loss")]
    assert check.values["needs"] == " and ".join(names)


NAMED = {"loss": "yes", "loss_kinds": ("stillbirth",)}


@table(
    CriterionId.LOSS_KIND,
    (NAMED, {"happened": BIRTH, "loss_kind": None}, "-"),
    ({**NAMED, "loss": "unknown"}, {"happened": LOSS}, "-"),
    ({**NAMED, "loss": "no"}, {"happened": LOSS}, "-"),
    (NAMED, {}, "-"),
    (NAMED, {"happened": LOSS}, "?:to_read"),
    (YES_TO_LOSS, {"happened": LOSS}, "-"),
    (NAMED, {"happened": LOSS, "loss_kind": LossKind.STILLBIRTH}, "met:met"),
    (NAMED, {"happened": LOSS, "loss_kind": LossKind.ECTOPIC}, "?:not_named!"),
    (NAMED, {"happened": LOSS, "loss_kind": LossKind.OTHER}, "?:other_loss!"),
    (
        {**NAMED, "max_child_age_months": 12},
        {"happened": LOSS, "loss_kind": LossKind.OTHER},
        "?:other_loss_age!",
    ),
    (YES_TO_LOSS, {"happened": LOSS, "loss_kind": LossKind.ECTOPIC}, "-"),
    (
        {**NAMED, "termination_reasons": "medical"},
        {"happened": LOSS, "loss_kind": TERMINATION},
        "?:medical_only!",
    ),
    (
        {**NAMED, "termination_reasons": "medical"},
        {"happened": LOSS, "loss_kind": LossKind.STILLBIRTH},
        "met:met",
    ),
    (
        {**YES_TO_LOSS, "termination_reasons": "any"},
        {"happened": LOSS, "loss_kind": TERMINATION},
        "met:met",
    ),
    (
        {**NAMED, "termination_reasons": "any"},
        {"happened": LOSS, "loss_kind": LossKind.ECTOPIC},
        "?:not_named!",
    ),
    (NAMED, {"happened": LOSS, "loss_kind": TERMINATION}, "?:not_named!"),
    *(
        (
            {**YES_TO_LOSS, "loss_kinds": (kind,), "max_child_age_months": limit},
            {"happened": LOSS, "loss_kind": kind},
            expected,
        )
        for kind, limit, expected in (
            (LossKind.NEONATAL_DEATH, 0, "?:child_age!"),
            (LossKind.NEONATAL_DEATH, 1, "met:met"),
            (LossKind.INFANT_DEATH, 11, "?:child_age!"),
            (LossKind.INFANT_DEATH, 12, "met:met"),
            (LossKind.STILLBIRTH, 0, "met:met"),
        )
    ),
)
def test_which_losses_they_name(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


ONLY_PREGNANT = {"only_if_pregnant": ("tokophobia",)}
ONLY_AFTER = {"only_if_not_pregnant": ("birth_trauma",)}


@table(
    CriterionId.ONLY_WHEN,
    (ONLY_PREGNANT, {"happened": FEAR, "pregnant_now": True}, "-"),
    (ONLY_PREGNANT, {"happened": FEAR, "pregnant_now": False}, "?:pregnant_only!"),
    (
        ONLY_PREGNANT,
        {"happened": FEAR},
        "?:pregnant_not_answered not_answered!",
    ),
    (ONLY_PREGNANT, {"happened": LOSS, "pregnant_now": False}, "-"),
    (ONLY_PREGNANT, {"pregnant_now": False}, "-"),
    (ONLY_AFTER, {"happened": BIRTH, "pregnant_now": True}, "?:not_pregnant_only!"),
    (ONLY_AFTER, {"happened": BIRTH, "pregnant_now": False}, "-"),
    (ONLY_AFTER, {"happened": BIRTH}, "?:not_pregnant_not_answered not_answered!"),
    (
        {**ONLY_PREGNANT, **ONLY_AFTER},
        {"happened": FEAR | BIRTH, "pregnant_now": True},
        "?:not_pregnant_only!",
    ),
)
def test_what_they_help_with_only_in_or_outside_a_pregnancy(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


PARTNER, FAMILY, PARENT = {"who": Who.PARTNER}, {"who": Who.FAMILY}, {"who": Who.PARENT}


@table(
    CriterionId.PARTNER,
    ({"partner_support": ("no",)}, {}, "-"),
    ({"partner_support": ("no",)}, PARENT, "-"),
    ({"partner_support": ("no",)}, PARTNER, "may not:may_not"),
    ({"partner_support": ("no",)}, FAMILY, "may not:may_not"),
    ({"partner_support": ("sessions",)}, PARTNER, "met:met"),
    ({"partner_support": ("couples", "signposting")}, PARTNER, "met:met"),
    ({"partner_support": ("signposting",)}, PARTNER, "?:part!"),
    ({"partner_support": ("assessment", "yes")}, PARTNER, "?:part!"),
    ({"partner_support": ("yes",)}, PARTNER, "?:something!"),
    ({"partner_support": ("unknown",)}, PARTNER, "?:not_published not_published!"),
    ({}, PARTNER, "?:not_published not_published!"),
    ({"partner_support": ("sessions",)}, FAMILY, "?:not_published not_published!"),
)
def test_what_they_do_for_partners(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


# --- who gets in ----------------------------------------------------------------------------------


@table(
    CriterionId.SAFE,
    ({}, {}, "-"),
    ({}, {"safety": Safety.UNSURE}, "-"),
    ({}, {"safety": Safety.UNSAFE}, "may not:may_not"),
)
def test_safe(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


@table(
    CriterionId.RUNNING,
    ({}, {}, "-"),
    ({"status": Status.UNKNOWN}, {}, "?:not_published not_published!"),
    ({"status": Status.CLOSED}, {}, "may not:closed_read"),
    ({"status": Status.CLOSED, "closed_said_by": " "}, {}, "may not:closed_read"),
    ({"status": Status.CLOSED, "closed_said_by": "a report of 2025"}, {}, "may not:closed"),
)
def test_running(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


def test_who_says_that_it_closed_begins_the_sentence():
    closed = {"status": Status.CLOSED, "closed_said_by": "a report of NHS England"}
    check = found(CriterionId.RUNNING, closed, Answers())
    assert check.values == {"who": "A report of NHS England"}


LIVES, GP, BOOKED = ("lives_in",), ("gp_registered",), ("maternity_booked",)
HOME, NOT_HOME = {"lives_in_area": True}, {"lives_in_area": False}
STATED, INFERRED = {"certainty": Certainty.STATED}, {"certainty": Certainty.INFERRED}
PREGNANT = {"pregnant_now": True}
AT_HOSPITAL = {"maternity_booked_in_area": True}
ELSEWHERE = {"maternity_booked_in_area": False}
ALSO_BOOKED = {"area_basis": LIVES, "pregnant_area_basis": BOOKED}


@table(
    CriterionId.AREA,
    ({}, HOME, "met:met_plain"),
    ({**STATED}, {}, "met:met_plain"),
    ({"area_basis": LIVES}, HOME, "met:met"),
    ({"area_basis": LIVES, **STATED}, {}, "met:met"),
    ({"area_basis": LIVES, **STATED}, NOT_HOME, "may not:may_not"),
    ({"area_basis": GP, **STATED}, {}, "?:not_answered not_answered!"),
    ({"area_basis": GP}, {"gp_in_area": True}, "met:met"),
    ({"area_basis": GP}, {"gp_in_area": False}, "may not:may_not"),
    ({"area_basis": BOOKED}, AT_HOSPITAL, "met:met"),
    ({"area_basis": (*LIVES, *GP)}, {**HOME, "gp_in_area": False}, "?:not_answered not_answered!"),
    ({"area_basis": (*LIVES, *GP)}, {**NOT_HOME, "gp_in_area": False}, "may not:may_not"),
    ({"area_basis": (*LIVES, *GP)}, {**HOME, "gp_in_area": True}, "met:met"),
    ({}, {}, "?:not_published not_published!"),
    ({}, NOT_HOME, "?:not_published not_published!"),
    ({**INFERRED}, {}, "?:inferred not_published!"),
    ({**INFERRED}, NOT_HOME, "?:not_published not_published!"),
    ({"area_basis": LIVES, **INFERRED}, {}, "?:inferred not_published!"),
    ({"area_basis": LIVES, **INFERRED}, HOME, "met:met"),
    ({"area_basis": GP, **INFERRED}, {}, "?:not_answered not_answered!"),
    ({"area_basis": LIVES}, {}, "?:not_answered not_answered!"),
    ({"neighbour": True}, {}, "?:neighbour!"),
    ({"neighbour": True, "area_basis": GP}, {"gp_in_area": False}, "?:neighbour!"),
    ({"neighbour": True, "area_basis": GP}, {"gp_in_area": True}, "met:met"),
    ({"neighbour": True, **ALSO_BOOKED}, HOME | PREGNANT | ELSEWHERE, "met:met"),
    (ALSO_BOOKED, HOME | {"pregnant_now": False}, "met:met"),
    (ALSO_BOOKED, HOME | PREGNANT | AT_HOSPITAL, "met:met"),
    (ALSO_BOOKED, HOME | PREGNANT | ELSEWHERE, "may not:pregnant_may_not"),
    (ALSO_BOOKED, HOME | PREGNANT, "?:pregnant_not_answered not_answered!"),
    (ALSO_BOOKED, HOME, "?:if_pregnant not_answered!"),
    (ALSO_BOOKED, HOME | AT_HOSPITAL, "met:met"),
    (ALSO_BOOKED, NOT_HOME | PREGNANT | AT_HOSPITAL, "may not:may_not"),
    (ALSO_BOOKED, PREGNANT, "?:not_answered not_answered!"),
    (ALSO_BOOKED, PREGNANT | ELSEWHERE, "may not:pregnant_may_not"),
    (
        {**ALSO_BOOKED, "pregnant_area_basis": (*BOOKED, *GP)},
        HOME | PREGNANT | ELSEWHERE,
        "?:pregnant_not_answered not_answered!",
    ),
)
def test_the_area(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


def test_the_area_is_named_by_what_decides_it():
    columns = {"area_basis": (*LIVES, *GP), "pregnant_area_basis": BOOKED}
    both = [say("criteria_basis.lives_in"), say("criteria_basis.gp_registered")]
    home = found(CriterionId.AREA, columns, Answers())
    assert home.values == {"basis": " or ".join(both)}
    at_home = Answers(lives_in_area=True, gp_in_area=True, pregnant_now=True)
    booked = found(CriterionId.AREA, columns, at_home)
    assert booked.values == {"basis": say("criteria_basis.maternity_booked")}


UNDER_16, SIXTEEN, ADULT = (AGES[a] for a in ("under_sixteen", "sixteen_to_seventeen", "adult"))


@pytest.mark.parametrize(
    ("limit", "age", "expected"),
    [
        (18, UNDER_16, "may not:may_not"),
        (18, SIXTEEN, "may not:may_not"),
        (18, ADULT, "met:met"),
        (17, SIXTEEN, "?:not_answered not_answered!"),
        (16, SIXTEEN, "met:met"),
        (16, UNDER_16, "may not:may_not"),
        (16, None, "?:not_answered not_answered!"),
        (None, UNDER_16, "?:not_published not_published!"),
        (None, SIXTEEN, "?:not_published not_published!"),
        (None, Range(17, 18), "?:not_published not_published!"),
        (None, ADULT, "?:not_published not_published"),
        (None, None, "?:not_published not_published"),
        (18, Range(18, 18), "met:met"),
        (18, Range(17, 17), "may not:may_not"),
    ],
)
def test_age_sixteen_to_seventeen_is_both_and_neither_is_rounded(limit, age, expected):
    assert told(CriterionId.MIN_AGE, {"min_age": limit}, Answers(age=age)) == expected


@table(
    CriterionId.REFERRAL,
    ({"self_referral": "yes"}, {}, "met:met"),
    ({}, {}, "?:not_published not_published"),
    ({"self_referral": "no"}, {}, "met:by_others"),
    ({"self_referral": "no", "consent_required": YesNo.YES}, {}, "met:by_others_consent"),
    ({"self_referral": "no", "consent_required": YesNo.NO}, {}, "met:by_others"),
)
def test_how_to_ask(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


def test_who_may_ask_is_named_without_herself():
    columns = {"self_referral": "no", "referrers": ("self", "gp", "midwife")}
    check = found(CriterionId.REFERRAL, columns, Answers())
    assert check.values == {"who": f"{say('referrer.gp')} or {say('referrer.midwife')}"}
    nobody = found(CriterionId.REFERRAL, {"self_referral": "no"}, Answers())
    assert nobody.values == {"who": say("criteria_referrer.anyone")}


@table(
    CriterionId.EXCLUSIONS,
    ({}, {}, "-"),
    ({"exclusions": "no addresses"}, {}, "?:to_read"),
)
def test_exclusions_are_there_to_read(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


KNOWN = (
    {"self_referral": "no"},
    {"max_months_since_event": 12},
    {"accepts_pregnant": "no"},
    {"min_age": 16},
    {"prior_treatment_required": "no"},
    {"severity": "moderate"},
)


@pytest.mark.parametrize("known", range(7))
def test_rules_are_thinly_known_when_more_than_half_of_six_are_not(known):
    columns = {k: v for rule in KNOWN[:known] for k, v in rule.items()}
    turned = {k: v for rule in KNOWN[6 - known :] for k, v in rule.items()}
    expected = "?:not_published not_published!" if known < 3 else "-"
    assert told(CriterionId.RULES, columns, Answers()) == expected
    assert told(CriterionId.RULES, turned, Answers()) == expected


def test_that_it_does_not_matter_how_long_ago_is_a_known_rule():
    columns = {"no_time_limit": "yes", "min_age": 18, "self_referral": "yes"}
    assert told(CriterionId.RULES, columns, Answers()) == "-"
    assert told(CriterionId.RULES, {**columns, "severity": " "}, Answers()) == "-"
    assert told(CriterionId.RULES, {**columns, "min_age": None, "severity": " "}, Answers()) != "-"


# --- when -----------------------------------------------------------------------------------------


def ago(least: int, most: int | None = None) -> dict[str, Any]:
    return {"happened": LOSS, "since": Range(least, least if most is None else most)}


FOR_BIRTH = {"limits_only_for": ("birth_trauma",)}
SIX_WEEKS = {"min_weeks_since_event": 6}


@table(
    CriterionId.MIN_WEEKS,
    (SIX_WEEKS, {"happened": FEAR}, "-"),
    ({}, {"happened": LOSS}, "?:not_published not_published"),
    (SIX_WEEKS, {"happened": LOSS}, "?:not_answered not_answered!"),
    (SIX_WEEKS, ago(42), "met:met"),
    (SIX_WEEKS, ago(41), "?:wait!"),
    (SIX_WEEKS, ago(41, 42), "?:wait_maybe!"),
    (SIX_WEEKS | FOR_BIRTH, ago(100), "?:other_need not_published!"),
    (
        SIX_WEEKS | FOR_BIRTH | {"period_note": "x"},
        ago(100),
        "?:other_need_noted not_published!",
    ),
    (SIX_WEEKS | {"limits_only_for": ("loss",)}, ago(42), "met:met"),
)
def test_from_how_many_weeks_after_it(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


@pytest.mark.parametrize(("days", "weeks"), [(0, 6), (1, 6), (7, 5), (34, 2), (35, 1), (41, 1)])
def test_how_long_to_wait_is_rounded_up_to_whole_weeks(days, weeks):
    check = found(CriterionId.MIN_WEEKS, SIX_WEEKS, Answers(**ago(days)))
    one, many = say("criteria_unit.week"), say("criteria_unit.weeks", number=weeks)
    assert check.values == {"weeks": 6, "wait": one if weeks == 1 else many}


YEAR = {"max_months_since_event": 12}
TWO_YEARS = {"max_months_since_event": 24}
OR_PREGNANT = {"max_months_except": ("pregnant",)}
NOTE = {"period_note": "within a year"}


@table(
    CriterionId.MAX_MONTHS,
    (YEAR, {"happened": FEAR}, "-"),
    (YEAR | {"no_time_limit": "yes"}, ago(5000), "met:any_time"),
    ({}, ago(365), "?:not_published not_published"),
    ({}, ago(366), "?:not_published not_published!"),
    ({}, {"happened": LOSS}, "?:not_published not_published"),
    (NOTE, ago(366), "?:no_limit_but_note not_published!"),
    (NOTE, ago(365), "?:no_limit_but_note not_published"),
    ({"period_note": "soon"}, ago(365), "?:not_published not_published"),
    (YEAR, ago(365), "met:met"),
    (YEAR, ago(366), "?:borderline!"),
    (YEAR, ago(367), "may not:may_not"),
    (YEAR, ago(300, 400), "?:borderline!"),
    (TWO_YEARS, ago(730), "met:met"),
    (TWO_YEARS, ago(731), "?:borderline!"),
    (TWO_YEARS, ago(732), "may not:may_not"),
    (YEAR, {"happened": LOSS}, "?:not_answered not_answered!"),
    (YEAR, {}, "?:not_answered not_answered!"),
    (YEAR | OR_PREGNANT, {"happened": LOSS}, "?:not_answered_except not_answered!"),
    (YEAR | OR_PREGNANT, ago(800) | PREGNANT, "met:met_pregnant"),
    (YEAR | OR_PREGNANT, ago(800) | {"pregnant_now": False}, "may not:may_not_pregnant"),
    (YEAR | OR_PREGNANT, ago(800), "?:unless_pregnant not_answered!"),
    (YEAR | OR_PREGNANT, ago(366), "?:borderline!"),
    (YEAR | OR_PREGNANT, ago(100), "met:met"),
    (YEAR, ago(800) | PREGNANT, "may not:may_not"),
    (YEAR | FOR_BIRTH, ago(100), "?:other_need not_published!"),
    (YEAR | FOR_BIRTH | NOTE, ago(100), "?:other_need_noted not_published!"),
    (YEAR | FOR_BIRTH, ago(800) | {"happened": BOTH}, "?:may_not_apply!"),
    (YEAR | {"limits_only_for": ("loss", "birth_trauma")}, ago(800), "may not:may_not"),
    (YEAR, ago(800) | {"happened": LOSS | FEAR}, "?:may_not_apply!"),
    (YEAR | {"tokophobia": "no"}, ago(800) | {"happened": LOSS | FEAR}, "may not:may_not"),
    (YEAR, {"since": Range(800, 800)}, "?:may_not_apply!"),
    (YEAR, {"since": Range(800, 800), "further": ILLNESS}, "may not:may_not"),
)
def test_until_how_many_months_after_it(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


@pytest.mark.parametrize(
    ("months", "key", "number"),
    [
        (12, "months", 12),
        (18, "months", 18),
        (24, "years", 2),
        (30, "months", 30),
        (60, "years", 5),
    ],
)
def test_a_limit_is_told_in_months_up_to_two_years(months, key, number):
    columns = {"max_months_since_event": months}
    check = found(CriterionId.MAX_MONTHS, columns, Answers(**ago(5000)))
    assert check.values == {"period": say(f"criteria_unit.{key}", number=number)}


BEFORE_30 = {"max_gestation_weeks": 30}


@table(
    CriterionId.GESTATION,
    (BEFORE_30, {"pregnant_now": False}, "-"),
    ({}, {}, "-"),
    ({}, PREGNANT, "?:not_published not_published"),
    ({}, {"weeks_pregnant": 29}, "?:not_published not_published"),
    ({}, {"weeks_pregnant": 30}, "?:not_published not_published!"),
    (BEFORE_30, {}, "?:not_answered not_answered!"),
    (BEFORE_30, PREGNANT, "?:not_answered not_answered!"),
    (BEFORE_30, {"weeks_pregnant": 29}, "met:met"),
    (BEFORE_30, {"weeks_pregnant": 30}, "may not:may_not"),
)
def test_until_which_week(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


@table(
    CriterionId.PREGNANT,
    ({"accepts_pregnant": "yes"}, PREGNANT, "met:met"),
    ({"accepts_pregnant": "no"}, PREGNANT, "may not:may_not"),
    ({}, PREGNANT, "?:not_published not_published!"),
    ({"gestation_note": "In a Pregnancy"}, PREGNANT, "?:unclear not_published!"),
    ({"gestation_note": "Any week"}, PREGNANT, "?:not_published not_published!"),
    ({"accepts_pregnant": "no", "gestation_note": "pregnant"}, PREGNANT, "may not:may_not"),
    ({"accepts_pregnant": "no"}, {}, "?:not_answered not_answered!"),
    ({"accepts_pregnant": "yes"}, {}, "-"),
    ({}, {}, "-"),
    ({"accepts_pregnant": "no"}, {"pregnant_now": False}, "-"),
)
def test_pregnant_now(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


def test_a_note_is_shown_whole_and_once():
    note = {"period_note": "within a year; or two", "gestation_note": "within a year; or two"}
    check = found(CriterionId.MAX_MONTHS, note, Answers(**ago(10)))
    assert check.values == {"note": "within a year; or two."}
    both = {"period_note": "in a year.", "gestation_note": "pregnant"}
    check = found(CriterionId.MAX_MONTHS, both, Answers(**ago(10)))
    assert check.values == {"note": "pregnant. in a year."}


# --- how bad, and what came before ----------------------------------------------------------------

SIGNS, NO_SIGNS = {"ptsd_presentation": True}, {"ptsd_presentation": False}
TRAUMA = {"ptsd_required": "psychological_trauma"}


@table(
    CriterionId.PTSD,
    ({}, {}, "?:not_published not_published"),
    ({"ptsd_required": "no"}, {}, "met:not_needed"),
    ({"ptsd_required": "yes"}, {}, "?:not_answered not_answered!"),
    ({"ptsd_required": "yes"}, SIGNS, "met:met"),
    ({"ptsd_required": "yes"}, NO_SIGNS, "may not:may_not"),
    (TRAUMA, {}, "?:trauma"),
    (TRAUMA, SIGNS, "met:trauma_met"),
    (TRAUMA, NO_SIGNS, "?:trauma_ask!"),
)
def test_signs_of_post_traumatic_stress(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


MODERATE, SEVERE = {"severity": "Moderate to severe."}, {"severity": "severe"}


@table(
    CriterionId.SEVERITY,
    ({}, {"severity": Severity.MILD}, "?:not_published not_published"),
    (MODERATE, {}, "?:to_read"),
    ({"severity": "complex needs"}, {"severity": Severity.MILD}, "?:to_read"),
    ({"severity": "not only moderate"}, {"severity": Severity.MILD}, "?:to_read"),
    (MODERATE, {"severity": Severity.MILD}, "may not:may_not"),
    (MODERATE, {"severity": Severity.MODERATE}, "met:met"),
    (MODERATE, {"severity": Severity.SEVERE}, "met:met"),
    (SEVERE, {"severity": Severity.MODERATE}, "may not:may_not"),
    (SEVERE, {"severity": Severity.SEVERE}, "met:met"),
    (MODERATE, {"severity": Severity.MILD, **SIGNS}, "?:contradicted!"),
    (MODERATE, {"severity": Severity.MILD, **NO_SIGNS}, "may not:may_not"),
    (MODERATE, {"severity": Severity.MILD, "has_care_coordinator": True}, "?:contradicted!"),
    (MODERATE, {"severity": Severity.MILD, "safety": Safety.UNSURE}, "?:contradicted!"),
    (MODERATE, {"severity": Severity.MILD, "safety": Safety.UNSAFE}, "may not:may_not"),
    (SEVERE, {"severity": Severity.MODERATE, **SIGNS}, "may not:may_not"),
)
def test_how_bad(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


def test_how_bad_is_quoted_to_stand_inside_a_sentence():
    check = found(CriterionId.SEVERITY, MODERATE, Answers(severity=Severity.SEVERE))
    assert check.values == {"text": "Moderate to severe"}


BEFORE, NOT_BEFORE = {"seen_before": True}, {"seen_before": False}
FIRST, PREFERRED = ({"prior_treatment_required": r} for r in ("yes", "preferred"))


@table(
    CriterionId.EARLIER_TREATMENT,
    ({}, {}, "?:not_published not_published"),
    ({"prior_treatment_required": "no"}, NOT_BEFORE, "met:not_needed"),
    (FIRST, {}, "?:not_answered not_answered!"),
    (FIRST, BEFORE, "met:met"),
    (FIRST, NOT_BEFORE, "may not:may_not"),
    (FIRST, {**NOT_BEFORE, "has_care_coordinator": True}, "?:contradicted!"),
    (FIRST, {**NOT_BEFORE, "has_care_coordinator": False}, "may not:may_not"),
    (PREFERRED, {}, "?:preferred_not_answered not_answered!"),
    (PREFERRED, BEFORE, "met:met"),
    (PREFERRED, NOT_BEFORE, "?:preferred!"),
)
def test_earlier_help(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


@pytest.mark.parametrize("said", [{}, NOT_BEFORE], ids=["not said", "none"])
@pytest.mark.parametrize(
    ("columns", "who"),
    [
        ({"self_referral": "yes"}, "you"),
        ({"referrers": ("any_health_professional",)}, "any_health_professional"),
        ({"referrers": ("gp",)}, "professional"),
        ({}, "professional"),
    ],
    ids=str,
)
def test_who_can_ask_whatever_came_before(columns, who, said):
    check = found(CriterionId.EARLIER_TREATMENT, {**PREFERRED, **columns}, Answers(**said))
    named = say("criteria_earlier.any")
    assert check.values == {"services": named, "who": say(f"criteria_earlier.{who}")}


def test_the_services_to_ask_first_are_named_where_they_are_known():
    columns = {**FIRST, "earlier_help_names": ("One", "Two")}
    check = found(CriterionId.EARLIER_TREATMENT, columns, Answers(seen_before=False))
    assert check.values == {"services": "One or Two"}


SEVERAL = {"multiple_events": YesNo.YES}


@table(
    CriterionId.MULTIPLE_EVENTS,
    ({}, {}, "-"),
    ({}, {"several_events": False}, "?:not_published not_published"),
    ({"multiple_events": YesNo.NO}, {}, "met:not_needed"),
    (SEVERAL, {}, "?:not_answered not_answered!"),
    (SEVERAL, {"several_events": True}, "met:met"),
    (SEVERAL, {"several_events": False}, "may not:may_not"),
)
def test_several_losses_or_traumas(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


COMPLEX = {"severity": Severity.COMPLEX}
COORDINATED = {**COMPLEX, "has_care_coordinator": True}
ASKS = {"care_coordinator": YesNo.YES}
ADVICE, TREATMENT = ({"complex_needs_offer": o} for o in ("assessment_or_advice", "treatment"))


@table(
    CriterionId.CARE_COORDINATOR,
    ({}, COMPLEX, "-"),
    (ASKS, {"severity": Severity.SEVERE}, "?:to_read"),
    (ASKS, {}, "?:to_read"),
    ({}, {"severity": Severity.SEVERE}, "-"),
    (TREATMENT, {"severity": Severity.SEVERE}, "-"),
    (ASKS, COMPLEX, "?:not_answered not_answered!"),
    (ASKS, {**COMPLEX, "has_care_coordinator": False}, "may not:may_not"),
    (ASKS, COORDINATED, "?:offer_unseen!"),
    (ASKS | ADVICE, COORDINATED, "?:advice_only!"),
    (ASKS | TREATMENT, COORDINATED, "met:met"),
    (ADVICE, COMPLEX, "?:advice_only!"),
    (TREATMENT, COMPLEX, "met:met"),
    (TREATMENT, {**COMPLEX, "has_care_coordinator": False}, "met:met"),
)
def test_complex_needs(criterion, columns, answers, expected):
    assert told(criterion, columns, answers) == expected


# --- how a blank is told --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("read", "words"),
    [(Read.WHOLE, "page"), (Read.PART, "us"), (Read.NONE, "us"), (Read.SECOND_HAND, "us")],
)
def test_only_of_a_page_read_to_its_end_it_is_said_that_it_does_not_say(read, words):
    assert published(read=read).silence == say(f"silence.{words}")
