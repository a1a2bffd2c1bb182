"""Every criterion met, may not, not published and not answered; and that nobody is turned away."""

from __future__ import annotations

import dataclasses
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.directory.models import (
    Certainty,
    Criteria,
    FurtherNeed,
    LossKind,
    Pathway,
    PathwayOffer,
    Service,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.directory.vocabularies import (
    ComplexNeedsOffer,
    EarlierHelp,
    PartnerSupport,
    PtsdRule,
    TerminationReasons,
)
from mmhs_finder.eligibility import (
    CHOICES,
    CRITERIA,
    PROFESSIONAL_ONLY,
    UNANSWERED,
    Answers,
    AnswersProblem,
    CriterionId,
    Fit,
    Question,
    Range,
    Safety,
    Severity,
    State,
    Who,
    Why,
    answers_from_json,
    assess,
    choices,
    days_since,
    month_days,
    months_ago,
    names_of,
    needed_questions,
    question_text,
    rank,
    weeks_ago,
    years_ago,
)
from mmhs_finder.words import all_words
from tests.made_up.records import criteria as made_up_criteria
from tests.made_up.records import service as made_up_service

TODAY = date(2026, 11, 22)
YES, NO, UNKNOWN = YesNo.YES, YesNo.NO, YesNo.UNKNOWN
NOT_LISTED = PathwayOffer.NOT_LISTED
EVERYTHING = dict.fromkeys(("birth_trauma", "loss", "tokophobia", "separation"), YES)
WELL_KNOWN = {"severity": "as you feel it", "prior_treatment_required": NO}
"""With a way in, enough of its rules for "looks right"."""


def service(**changes) -> Service:
    return made_up_service(**{"self_referral": YES, **changes})


def criteria(**changes) -> Criteria:
    return made_up_criteria(**{**EVERYTHING, **WELL_KNOWN, **changes})


def check(answers=None, *, of=None, certainty=Certainty.STATED, **columns):
    return assess(of or service(), criteria(**columns), answers or Answers(), certainty)


def finding(assessment, criterion):
    return next((f for f in assessment.findings if f.criterion == criterion), None)


def loss(**answers) -> Answers:
    return Answers(happened=frozenset({Pathway.LOSS}), **answers)


def exactly(days: int) -> Range:
    return Range(days, days)


# Each criterion: what is published, what is answered, what comes of it.
MET, MAY_NOT, TELL = State.MET, State.MAY_NOT, State.CANNOT_TELL
ROWS = [
    # pathway
    ("pathway", {}, loss(), MET, None),
    ("pathway", {"loss": NO}, loss(), MAY_NOT, None),
    ("pathway", {"loss": UNKNOWN}, loss(), TELL, Why.NOT_PUBLISHED),
    ("pathway", {}, Answers(), TELL, Why.NOT_ANSWERED),
    ("pathway", dict.fromkeys(EVERYTHING, UNKNOWN), Answers(), TELL, Why.NOT_PUBLISHED),
    ("pathway", {}, Answers(happened=frozenset()), TELL, None),
    ("pathway", {"loss": NO}, Answers(happened=frozenset(Pathway)), TELL, None),
    ("pathway", {"loss": NOT_LISTED}, loss(), TELL, None),
    # accepts pregnant
    ("pregnant", {"accepts_pregnant": YES}, loss(pregnant_now=True), MET, None),
    ("pregnant", {"accepts_pregnant": NO}, loss(pregnant_now=True), MAY_NOT, None),
    ("pregnant", {"accepts_pregnant": NO}, loss(weeks_pregnant=9), MAY_NOT, None),
    ("pregnant", {}, loss(pregnant_now=True), TELL, Why.NOT_PUBLISHED),
    ("pregnant", {"accepts_pregnant": NO}, loss(), TELL, Why.NOT_ANSWERED),
    ("pregnant", {"accepts_pregnant": NO}, loss(pregnant_now=False), None, None),
    # PTSD presentation
    ("ptsd", {"ptsd_required": YES}, loss(ptsd_presentation=True), MET, None),
    ("ptsd", {"ptsd_required": YES}, loss(ptsd_presentation=False), MAY_NOT, None),
    ("ptsd", {"ptsd_required": YES}, loss(), TELL, Why.NOT_ANSWERED),
    ("ptsd", {"ptsd_required": NO}, loss(), MET, None),
    ("ptsd", {}, loss(ptsd_presentation=False), TELL, Why.NOT_PUBLISHED),
    # severity
    ("severity", {"severity": "moderate-severe"}, loss(severity=Severity.MODERATE), MET, None),
    ("severity", {"severity": "Moderate"}, loss(severity=Severity.SEVERE), MET, None),
    ("severity", {"severity": "moderate to severe"}, loss(severity=Severity.MILD), MAY_NOT, None),
    ("severity", {"severity": "severe"}, loss(severity=Severity.MODERATE), MAY_NOT, None),
    ("severity", {"severity": "Distress or moderate"}, loss(severity=Severity.MILD), TELL, None),
    ("severity", {"severity": "moderate-severe"}, loss(), TELL, None),
    ("severity", {"severity": ""}, loss(severity=Severity.MILD), TELL, Why.NOT_PUBLISHED),
    # earlier treatment
    ("earlier_treatment", {"prior_treatment_required": YES}, loss(seen_before=True), MET, None),
    (
        "earlier_treatment",
        {"prior_treatment_required": YES},
        loss(seen_before=False),
        MAY_NOT,
        None,
    ),
    (
        "earlier_treatment",
        {"prior_treatment_required": YES},
        loss(),
        TELL,
        Why.NOT_ANSWERED,
    ),
    ("earlier_treatment", {"prior_treatment_required": NO}, loss(seen_before=False), MET, None),
    (
        "earlier_treatment",
        {"prior_treatment_required": UNKNOWN},
        loss(seen_before=False),
        TELL,
        Why.NOT_PUBLISHED,
    ),
    # exclusions are to read, never compared
    ("exclusions", {"exclusions": "Anyone"}, loss(), TELL, None),
    ("exclusions", {}, loss(), None, None),
    # not applicable
    (
        "max_months",
        {"max_months_since_event": 12},
        Answers(happened=frozenset({Pathway.TOKOPHOBIA}), since=exactly(4000)),
        None,
        None,
    ),
    ("max_months", {}, loss(), TELL, Why.NOT_PUBLISHED),
    ("max_months", {"max_months_since_event": 12}, loss(), TELL, Why.NOT_ANSWERED),
    ("min_weeks", {}, loss(), TELL, Why.NOT_PUBLISHED),
    ("min_weeks", {"min_weeks_since_event": 4}, loss(), TELL, Why.NOT_ANSWERED),
    ("gestation", {}, loss(weeks_pregnant=35), TELL, Why.NOT_PUBLISHED),
    ("gestation", {"max_gestation_weeks": 30}, loss(), TELL, Why.NOT_ANSWERED),
    ("gestation", {"max_gestation_weeks": 30}, loss(pregnant_now=True), TELL, Why.NOT_ANSWERED),
    ("gestation", {"max_gestation_weeks": 30}, loss(pregnant_now=False), None, None),
    # safety
    ("safe", {}, loss(safety=Safety.UNSAFE), MAY_NOT, None),
    ("safe", {}, loss(safety=Safety.UNSURE), None, None),
    ("safe", {}, loss(), None, None),
]


@pytest.mark.parametrize(("criterion", "columns", "answers", "state", "why"), ROWS)
def test_criteria_of_the_criteria_file(criterion, columns, answers, state, why):
    found = finding(check(answers, **columns), criterion)
    assert (found and found.state, found and found.why_unknown) == (state, why)


SERVICE_ROWS = [
    ("running", {"status": Status.OPEN}, {}, None, None),
    ("running", {"status": Status.UNKNOWN}, {}, TELL, Why.NOT_PUBLISHED),
    ("running", {"status": Status.CLOSED}, {}, MAY_NOT, None),
    ("min_age", {"min_age": 18}, {"age": Range(18, 120)}, MET, None),
    ("min_age", {"min_age": 18}, {"age": Range(16, 17)}, MAY_NOT, None),
    ("min_age", {"min_age": 18}, {"age": Range(0, 15)}, MAY_NOT, None),
    ("min_age", {"min_age": 17}, {"age": Range(16, 17)}, TELL, Why.NOT_ANSWERED),
    ("min_age", {"min_age": 16}, {"age": Range(16, 17)}, MET, None),
    ("min_age", {"min_age": 18}, {}, TELL, Why.NOT_ANSWERED),
    ("min_age", {"min_age": None}, {"age": Range(0, 15)}, TELL, Why.NOT_PUBLISHED),
    ("partner", {"partner_support": ("sessions",)}, {"who": Who.PARTNER}, MET, None),
    ("partner", {"partner_support": ("couples",)}, {"who": Who.PARTNER}, MET, None),
    ("partner", {"partner_support": ("yes",)}, {"who": Who.PARTNER}, TELL, None),
    ("partner", {"partner_support": ("signposting",)}, {"who": Who.PARTNER}, TELL, None),
    ("partner", {"partner_support": ("assessment",)}, {"who": Who.PARTNER}, TELL, None),
    ("partner", {"partner_support": ("no",)}, {"who": Who.PARTNER}, MAY_NOT, None),
    ("partner", {"partner_support": ("no",)}, {"who": Who.FAMILY}, MAY_NOT, None),
    ("partner", {"partner_support": ("yes",)}, {"who": Who.FAMILY}, TELL, Why.NOT_PUBLISHED),
    ("partner", {"partner_support": ("unknown",)}, {"who": Who.PARTNER}, TELL, Why.NOT_PUBLISHED),
    ("partner", {"partner_support": ("no",)}, {"who": Who.PARENT}, None, None),
    ("partner", {"partner_support": ("no",)}, {}, None, None),
    ("area", {"area_basis": ("gp_registered",)}, {"gp_in_area": True}, MET, None),
    ("area", {"area_basis": ("gp_registered",)}, {"gp_in_area": False}, MAY_NOT, None),
    ("area", {"area_basis": ("gp_registered",)}, {}, TELL, Why.NOT_ANSWERED),
    ("area", {"area_basis": ("maternity_booked",)}, {"maternity_booked_in_area": True}, MET, None),
    (
        "area",
        {"area_basis": ("maternity_booked",)},
        {"maternity_booked_in_area": False},
        MAY_NOT,
        None,
    ),
    ("area", {"area_basis": ("lives_in",)}, {}, MET, None),
    ("area", {"area_basis": ("lives_in",)}, {"lives_in_area": False}, MAY_NOT, None),
    ("area", {"area_basis": ("lives_in", "gp_registered")}, {"gp_in_area": True}, MET, None),
    (
        "area",
        {"area_basis": ("lives_in", "gp_registered")},
        {"gp_in_area": False},
        TELL,
        Why.NOT_ANSWERED,
    ),
    ("area", {}, {}, MET, None),
    ("area", {}, {"lives_in_area": False}, TELL, Why.NOT_PUBLISHED),
    ("referral", {"self_referral": YES}, {}, MET, None),
    ("referral", {"self_referral": NO, "referrers": ("gp",)}, {}, MET, None),
    ("referral", {"self_referral": UNKNOWN}, {}, TELL, Why.NOT_PUBLISHED),
]


@pytest.mark.parametrize(("criterion", "columns", "answers", "state", "why"), SERVICE_ROWS)
def test_criteria_of_the_services_file(criterion, columns, answers, state, why):
    found = finding(check(loss(**answers), of=service(**columns)), criterion)
    assert (found and found.state, found and found.why_unknown) == (state, why)


@pytest.mark.parametrize(
    ("certainty", "state"), [(Certainty.STATED, MET), (Certainty.INFERRED, TELL), (None, TELL)]
)
def test_an_area_that_was_only_worked_out_is_worth_asking(certainty, state):
    assert finding(check(loss(), certainty=certainty), "area").state is state


@pytest.mark.parametrize(
    ("stated", "answers", "state", "why"),
    [
        (YES, {"several_events": True}, MET, None),
        (YES, {"several_events": False}, MAY_NOT, None),
        (YES, {}, TELL, Why.NOT_ANSWERED),
        (NO, {"several_events": False}, MET, None),
        (None, {"several_events": False}, TELL, Why.NOT_PUBLISHED),
        (None, {}, None, None),
    ],
)
def test_several_losses_or_traumas(stated, answers, state, why):
    found = finding(check(loss(**answers), multiple_events=stated), "multiple_events")
    assert (found and found.state, found and found.why_unknown) == (state, why)


@pytest.mark.parametrize(
    ("stated", "answers", "state", "why"),
    [
        (YES, {"severity": Severity.COMPLEX, "has_care_coordinator": True}, TELL, None),
        (YES, {"severity": Severity.COMPLEX, "has_care_coordinator": False}, MAY_NOT, None),
        (YES, {"severity": Severity.COMPLEX}, TELL, Why.NOT_ANSWERED),
        (YES, {"severity": Severity.SEVERE, "has_care_coordinator": False}, TELL, None),
        (None, {"severity": Severity.COMPLEX}, None, None),
    ],
)
def test_complex_needs_with_a_care_coordinator(stated, answers, state, why):
    found = finding(check(loss(**answers), care_coordinator=stated), "care_coordinator")
    assert (found and found.state, found and found.why_unknown) == (state, why)


# Limits, from the least to the most that a cell may hold -----------------------------------------


@pytest.mark.parametrize("months", [1, 6, 12, 18, 24, 60, 240])
def test_no_longer_ago_than(months):
    shortest, longest = month_days(months).least, month_days(months).most

    def state(since):
        return finding(check(loss(since=since), max_months_since_event=months), "max_months").state

    assert state(exactly(0)) is MET
    assert state(exactly(shortest)) is MET
    assert state(exactly(longest)) is (TELL if longest > shortest else MET)
    assert state(exactly(longest + 1)) is MAY_NOT
    assert state(months_ago(months)) is TELL, "said in months, it may be a few days either way"
    if months % 12 == 0:
        assert state(months_ago(months - 1)) is MET
        assert state(months_ago(months + 1)) is MAY_NOT
        assert state(years_ago(months // 12)) is TELL
        assert state(years_ago(months // 12 + 1)) is MAY_NOT
    assert check(loss(since=exactly(longest + 1)), max_months_since_event=months).outcome is (
        Fit.MAY_NOT
    )


@pytest.mark.parametrize("weeks", [2, 4, 6, 8, 12, 26, 260])
def test_at_least_so_many_weeks_ago_is_a_wait_and_not_a_no(weeks):
    def found(since):
        assessment = check(loss(since=since), min_weeks_since_event=weeks)
        return assessment, finding(assessment, "min_weeks")

    assert found(weeks_ago(weeks))[1].state is MET
    assert found(exactly(7 * weeks))[1].state is MET
    for since in (exactly(7 * weeks - 1), weeks_ago(weeks - 1), weeks_ago(0)):
        assessment, early = found(since)
        assert early.state is TELL
        assert assessment.outcome is Fit.WORTH_ASKING
        assert "You can ask now" in early.reason
    assert "about 1 week." in found(exactly(7 * weeks - 1))[1].reason
    assert f"about {weeks} weeks." in found(exactly(0))[1].reason
    assert found(Range(0, 400))[1].state is TELL


@pytest.mark.parametrize("weeks", [4, 12, 30, 32, 41])
def test_before_so_many_weeks_of_pregnancy(weeks):
    def state(now):
        found = check(loss(weeks_pregnant=now), max_gestation_weeks=weeks)
        return finding(found, "gestation").state

    assert [state(w) for w in (0, weeks - 1, weeks, 42)] == [MET, MET, MAY_NOT, MAY_NOT]


def test_any_time_since():
    found = check(loss(since=exactly(20000)), no_time_limit=YES)
    assert finding(found, "max_months").state is MET


def test_a_limit_does_not_count_against_something_that_has_no_date():
    both = Answers(happened=frozenset({Pathway.LOSS, Pathway.TOKOPHOBIA}), since=exactly(900))
    assert check(both, max_months_since_event=12).outcome is Fit.WORTH_ASKING
    assert check(both, max_months_since_event=12, tokophobia=NO).outcome is Fit.MAY_NOT


def test_an_unpublished_limit_is_worth_asking_only_beyond_the_strictest_that_is_known():
    assert check(loss(since=weeks_ago(30))).outcome is Fit.LOOKS_RIGHT
    assert check(loss(since=years_ago(3))).outcome is Fit.WORTH_ASKING
    assert check(loss(weeks_pregnant=20), accepts_pregnant=YES).outcome is Fit.LOOKS_RIGHT
    assert check(loss(weeks_pregnant=34), accepts_pregnant=YES).outcome is Fit.WORTH_ASKING


# Time as people say it -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2026-11-22", (0, 0)),
        ("2026-11-21", (1, 1)),
        ("2026-11", (0, 21)),
        ("2026-10", (22, 52)),
        ("2026", (0, 325)),
        ("2025-12", (326, 356)),
        ("2024-02-29", (997, 997)),
    ],
)
def test_days_since(text, days):
    assert days_since(text, TODAY) == Range(*days)


@pytest.mark.parametrize(
    "text", ["2026-11-23", "2027", "2026-13", "2025-02-29", "9999-12", "soon", "", "1-2"]
)
def test_a_day_that_is_none(text):
    with pytest.raises(AnswersProblem):
        days_since(text, TODAY)


@given(st.integers(0, 1200), st.dates(date(1950, 1, 1), date(1998, 1, 1)))
def test_months_ago_holds_every_calendar(months, start):
    years, month = divmod(start.month - 1 + months, 12)
    end = date(start.year + years, month + 1, min(start.day, 28))
    days = (end - start.replace(day=min(start.day, 28))).days
    assert month_days(months).least <= days <= month_days(months).most
    assert months_ago(months).least <= days <= months_ago(months).most
    assert years_ago(months // 12).least <= days <= years_ago(months // 12).most


# Answers from JSON -----------------------------------------------------------------------------


def test_answers_from_json():
    answers = answers_from_json(
        {
            "happened": ["loss", "tokophobia"],
            "loss_kind": "ectopic",
            "event_date": "2026-11-01",
            "pregnant_now": "yes",
            "weeks_pregnant": 12,
            "age": 30,
            "seen_before": False,
            "who": "parent",
            "gp_in_area": "not_sure",
            "several_events": "prefer_not_to_say",
            "severity": None,
        },
        TODAY,
    )
    assert answers.happened == {Pathway.LOSS, Pathway.TOKOPHOBIA}
    assert answers.since == exactly(21)
    assert answers.age == exactly(30)
    assert (answers.pregnant, answers.seen_before) == (True, False)
    assert answers.gp_in_area is answers.several_events is answers.severity is None


@pytest.mark.parametrize("question", [q for q in Question if q in CHOICES])
@pytest.mark.parametrize("value", UNANSWERED)
def test_not_sure_and_rather_not_say_count_as_unanswered(question, value):
    assert answers_from_json({question.value: value}) == Answers()
    assert answers_from_json({"not_safe_now": value}).safety is Safety.UNSURE
    assert {value for value, _ in choices(question)} >= set(UNANSWERED)


@pytest.mark.parametrize("question", sorted(CHOICES))
def test_every_choice_can_be_read(question):
    for value in CHOICES[question]:
        given_answers = answers_from_json({question.value: value})
        assert getattr(given_answers, question.value) is not None


def test_every_question_has_words():
    assert all(question_text(q) for q in Question)


@pytest.mark.parametrize(
    "given_json",
    [
        [],
        "loss",
        None,
        {"hapened": ["loss"]},
        {"happened": "everything"},
        {"happened": [["loss"]]},
        {"happened": {"loss": True}},
        {"age": "old"},
        {"age": -1},
        {"age": True},
        {"weeks_pregnant": 43},
        {"weeks_pregnant": 0},
        {"weeks_pregnant": True},
        {"age": 0},
        {"age": 9},
        {"age": 121},
        {"weeks_pregnant": "ten"},
        {"weeks_since": -1},
        {"months_since": 1.5},
        {"weeks_since": 3, "months_since": 1},
        {"event_date": "2999-01-01"},
        {"event_date": [2020]},
        {"pregnant_now": "maybe"},
        {"pregnant_now": "no", "weeks_pregnant": 3},
        {"who": "neighbour"},
        {"severity": 3},
        {"not_safe_now": "perhaps"},
    ],
)
def test_answers_that_cannot_be_read_are_said_in_one_plain_line(given_json):
    with pytest.raises(AnswersProblem) as problem:
        answers_from_json(given_json, TODAY)
    assert "\n" not in str(problem.value)
    assert str(problem.value).endswith(".")


# Properties ------------------------------------------------------------------------------------

booleans = st.none() | st.booleans()
ranges = st.builds(lambda a, b: Range(min(a, b), max(a, b)), *[st.integers(0, 4000)] * 2)
any_answers = st.builds(
    Answers,
    happened=st.none() | st.frozensets(st.sampled_from(Pathway)),
    further=st.frozensets(st.sampled_from(FurtherNeed)),
    loss_kind=st.none() | st.sampled_from(LossKind),
    safety=st.sampled_from([None, Safety.UNSURE]),
    since=st.none() | ranges,
    several_events=booleans,
    pregnant_now=st.sampled_from([None, True]),
    weeks_pregnant=st.none() | st.integers(1, 42),
    age=st.none() | st.sampled_from([Range(0, 15), Range(16, 17), Range(18, 120)]),
    seen_before=booleans,
    lives_in_area=booleans,
    gp_in_area=booleans,
    maternity_booked_in_area=booleans,
    who=st.none() | st.sampled_from(Who),
    severity=st.none() | st.sampled_from(Severity),
    ptsd_presentation=booleans,
    has_care_coordinator=booleans,
) | st.builds(
    Answers,
    happened=st.none() | st.frozensets(st.sampled_from(Pathway)),
    since=st.none() | ranges,
    pregnant_now=st.just(False),
)
yes_no = st.sampled_from(YesNo)
offers = st.sampled_from(PathwayOffer)
pathways = st.lists(st.sampled_from(Pathway), unique=True).map(tuple)
bases = st.sets(st.sampled_from(["lives_in", "gp_registered", "maternity_booked"])).map(
    lambda b: tuple(sorted(b))
)
any_published = st.tuples(
    st.builds(
        service,
        status=st.sampled_from(Status),
        closed_said_by=st.sampled_from(["", "A report"]),
        read=st.sampled_from(["whole", "part", "none"]),
        min_age=st.sampled_from([None, 16, 17, 18]),
        partner_support=st.lists(st.sampled_from(PartnerSupport), unique=True).map(tuple),
        area_basis=bases,
        pregnant_area_basis=bases,
        self_referral=yes_no,
        period_note=st.sampled_from(["", "Ask us", "Longer ago is fine when pregnant"]),
    ),
    st.builds(
        criteria,
        **dict.fromkeys([*EVERYTHING, *FurtherNeed], offers),
        accepts_pregnant=yes_no,
        ptsd_required=st.sampled_from(PtsdRule),
        prior_treatment_required=st.sampled_from(EarlierHelp),
        loss_kinds=st.lists(st.sampled_from(LossKind), unique=True).map(tuple),
        termination_reasons=st.none() | st.sampled_from(TerminationReasons),
        max_child_age_months=st.sampled_from([None, 1, 12, 24]),
        only_if_pregnant=pathways,
        only_if_not_pregnant=pathways,
        other_presentations=st.sampled_from(["", "grief; fear"]),
        severity=st.sampled_from(["", "moderate-severe", "severe", "as you feel it"]),
        min_weeks_since_event=st.sampled_from([None, 4, 6, 8, 12]),
        max_months_since_event=st.sampled_from([None, 12, 24, 60]),
        max_months_except=st.sampled_from([(), ("pregnant",)]),
        max_gestation_weeks=st.sampled_from([None, 30, 32]),
        exclusions=st.sampled_from(["", "Crisis"]),
        no_time_limit=st.none() | yes_no,
        limits_only_for=pathways,
        multiple_events=st.none() | yes_no,
        care_coordinator=st.none() | yes_no,
        complex_needs_offer=st.none() | st.sampled_from(ComplexNeedsOffer),
    ),
    st.sampled_from([None, *Certainty]),
)


def outcome_of(facts, answers):
    of, columns, certainty = facts
    return assess(of, columns, answers, certainty)


@settings(max_examples=400, deadline=None)
@given(any_published, any_answers)
@pytest.mark.slow
def test_may_not_always_says_why_what_to_ask_and_what_else_to_do(facts, answers):
    found = outcome_of(facts, answers)
    assert found.headline
    assert (found.outcome is Fit.MAY_NOT) == bool(found.reasons)
    assert (found.outcome is Fit.LOOKS_RIGHT) == (not found.reasons and not found.unchecked)
    for reason in found.reasons:
        assert reason.reason
        assert reason.question in found.questions
        assert reason.instead
        assert reason.source
    if found.outcome is not Fit.LOOKS_RIGHT:
        assert found.questions
    if facts[0].status is not Status.OPEN:
        assert found.outcome is not Fit.LOOKS_RIGHT
    if facts[0].status is Status.CLOSED:
        assert found.outcome is Fit.MAY_NOT
    for told in (found.headline, *(f.reason for f in found.findings)):
        assert "“" not in told and "They say:" not in told, "our own words are never quoted"
        assert "{" not in told and "  " not in told


WHAT_HAPPENED = {"happened": None, "further": frozenset(), "loss_kind": None}
"""One answer in three parts."""

SPEAK_AGAINST_OTHERS = {"ptsd_presentation", "has_care_coordinator", "safety"}
"""Without one of them "mild" stands alone: what was at odds is so no more."""


@settings(max_examples=400, deadline=None)
@given(any_published, any_answers, st.data())
def test_removing_an_answer_never_makes_it_worse_than_worth_asking(facts, answers, data):
    name = data.draw(st.sampled_from([f.name for f in dataclasses.fields(Answers)]))
    gone = WHAT_HAPPENED if name in WHAT_HAPPENED else {name: None}
    fewer = dataclasses.replace(answers, **gone)
    if name in SPEAK_AGAINST_OTHERS:
        return
    before, after = outcome_of(facts, answers), outcome_of(facts, fewer)
    if before.outcome is not Fit.MAY_NOT:
        assert after.outcome is not Fit.MAY_NOT
    gone = {r.criterion for r in after.reasons} - {r.criterion for r in before.reasons}
    assert not gone, "more answers never turn a reason into nothing"


@settings(max_examples=200, deadline=None)
@given(any_published)
@pytest.mark.slow
def test_who_answers_nothing_is_never_told_may_not(facts):
    found = outcome_of(facts, Answers())
    if facts[0].status is Status.CLOSED:
        return
    assert found.outcome is Fit.WORTH_ASKING
    assert all(f.state is not State.MAY_NOT for f in found.findings)


@settings(max_examples=100, deadline=None)
@given(any_published, any_answers, st.permutations(range(len(CRITERIA))))
@pytest.mark.slow
def test_the_order_of_the_criteria_changes_nothing(facts, answers, order):
    from mmhs_finder.eligibility import outcomes

    expected = outcome_of(facts, answers)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outcomes, "CRITERIA", tuple(CRITERIA[i] for i in order))
        found = outcome_of(facts, answers)
    assert found.outcome is expected.outcome
    assert set(found.findings) == set(expected.findings)


@settings(max_examples=300, deadline=None)
@given(st.data(), any_answers, st.sampled_from([None, *Certainty]))
@pytest.mark.slow
def test_an_answer_that_was_not_asked_for_never_tells_somebody_may_not(
    directory, data, answers, certainty
):
    from mmhs_finder.answers.types import Match
    from mmhs_finder.hours import Opening

    # Who gave the week was asked the question before it, and answered yes: `FOLLOWS`.
    answers = dataclasses.replace(answers, pregnant_now=answers.pregnant)
    of = data.draw(st.sampled_from(directory.services_of(ServiceKind.MMHS)))
    columns = directory.criteria[of.id]
    match = Match(of, Opening(), certainty, columns)
    needed = needed_questions([match], professional=True)
    field_of = {Question.WHEN: "since"}
    unasked = {
        field_of.get(q, q.value): None
        for q in Question
        if q not in needed and q not in (Question.LIVES_IN_AREA,)
    }
    fewer = dataclasses.replace(answers, **unasked)
    before, after = (assess(of, columns, a, certainty) for a in (answers, fewer))
    if answers.severity is Severity.MILD:
        return  # another answer may speak against it: test_removing_an_answer
    assert (before.outcome is Fit.MAY_NOT) == (after.outcome is Fit.MAY_NOT)


# The table and its words -----------------------------------------------------------------------


def test_every_criterion_has_its_words_and_no_words_are_for_none():
    ids = {c.id for c in CRITERIA}
    assert [c.id for c in CRITERIA] == list(CriterionId)
    words = all_words()
    for group in ("check_name", "check_ask"):
        assert {k.split(".")[1] for k in words if k.startswith(f"{group}.")} == ids
    assert {k.split(".")[1] for k in words if k.startswith("check.")} == ids
    may_not = {k.split(".")[1] for k in words if k.startswith("check.") and k.endswith(".may_not")}
    may_not.add("running")  # closed
    assert {k.split(".")[1] for k in words if k.startswith("check_instead.")} == may_not


def test_professional_questions_are_not_asked_of_the_public(finder):
    for text in ("CT1 3NG", "CM1 1GB", "NR2 3TD", "RG12 2UT"):
        asked = needed_questions(finder.find(finder.place(text)).mmhs)
        assert not set(asked) & PROFESSIONAL_ONLY
        assert list(asked) == [q for q in Question if q in asked]


def test_only_what_matters_here_is_asked(finder):
    hartlepool = finder.find(finder.place("TS24 7BT"))
    assert not hartlepool.mmhs
    about_area = {Question.LIVES_IN_AREA, Question.GP_IN_AREA, Question.MATERNITY_BOOKED_IN_AREA}
    assert about_area & {*needed_questions(hartlepool.neighbours)}
    assert not about_area & {*needed_questions(hartlepool.neighbours, neighbours=True)}
    kent = needed_questions(finder.find(finder.place("CT1 3NG")).mmhs)
    assert Question.SEEN_BEFORE in kent
    assert Question.WHEN not in kent, "any time since the event"
    assert Question.AGE not in kent
    essex = needed_questions(finder.find(finder.place("CM1 1GB")).mmhs)
    assert {Question.WHEN, Question.AGE, Question.GP_IN_AREA} <= set(essex)
    assert Question.SEEN_BEFORE not in essex


# Whole services, each with rules of its own ------------------------------------------------------


@pytest.fixture
def ask(directory):
    """A made-up service, asked by somebody with these answers."""

    def asked(service_id, certainty=Certainty.STATED, **given_json):
        of, facts = directory.services[service_id], directory.criteria[service_id]
        answers = answers_from_json(given_json, TODAY)
        return assess(of, facts, answers, certainty, names=names_of(directory))

    return asked


def test_harbour_any_time_with_earlier_help_first_and_a_professional_who_asks(ask):
    key = "harbour"
    for need, when in product(Pathway, ({"weeks_since": 1}, {"years_since": 20}, {})):
        found = ask(key, happened=[need.value], seen_before="yes", **when)
        assert found.outcome is Fit.LOOKS_RIGHT, (need, when)
    referral = finding(ask(key), "referral")
    assert "someone to ask for you" in referral.reason
    assert "any health professional" in referral.reason
    assert "agree to it first" in referral.reason
    first = ask(key, happened=["loss"], seen_before="no")
    assert first.outcome is Fit.WORTH_ASKING
    earlier = finding(first, "earlier_treatment").reason
    assert "Any health professional can ask them anyway" in earlier
    assert "Psychosexual" in earlier
    asked = ask(key, happened=["loss"])
    assert asked.outcome is Fit.WORTH_ASKING
    assert [f.criterion for f in asked.unchecked] == ["earlier_treatment"]
    crisis = ask(key, happened=["loss"], seen_before="yes", not_safe_now=True)
    assert [r.criterion for r in crisis.reasons] == ["safe"]
    assert "urgent" in finding(asked, "exclusions").reason
    complex_needs = {"happened": ["loss"], "seen_before": "yes", "severity": "complex"}
    with_one = ask(key, **complex_needs, has_care_coordinator="yes")
    assert with_one.outcome is Fit.WORTH_ASKING
    assert "assessment or advice only" in with_one.headline
    assert "community mental health teams" in with_one.consultation
    without = ask(key, **complex_needs, has_care_coordinator="no")
    assert [r.criterion for r in without.reasons] == ["care_coordinator"]
    assert ask(key, **complex_needs).outcome is Fit.WORTH_ASKING
    partner = ask(key, happened=["loss"], seen_before="yes", who="partner")
    assert partner.outcome is Fit.WORTH_ASKING
    assert "telling them where else to find help" in partner.headline


def test_elm_for_one_kind_of_need_within_a_year_for_adults(ask):
    key = "elm"
    adult = {"happened": ["loss"], "age": "adult", "gp_in_area": "yes"}
    assert ask(key, **adult, months_since=6).outcome is Fit.LOOKS_RIGHT
    early = ask(key, **adult, weeks_since=2)
    assert early.outcome is Fit.WORTH_ASKING
    assert "about 2 weeks" in finding(early, "min_weeks").reason
    late = ask(key, **adult, months_since=24)
    assert [r.criterion for r in late.reasons] == ["max_months"]
    assert "talking therapies" in late.reasons[0].instead
    trauma = ask(key, happened=["birth_trauma"])
    assert trauma.outcome is Fit.WORTH_ASKING
    assert "does not name birth trauma" in trauma.headline
    partner = ask(key, **adult, months_since=6, who="partner")
    assert [r.criterion for r in partner.reasons] == ["partner"]
    assert ask(key, **{**adult, "gp_in_area": "no"}).outcome is Fit.MAY_NOT
    assert ask(key, **{**adult, "age": "sixteen_to_seventeen"}).outcome is Fit.MAY_NOT


def test_beech_a_longer_time_ago_but_pregnant_again(ask):
    key = "beech"
    assert ask(key, happened=["loss"], months_since=20).outcome is Fit.LOOKS_RIGHT
    again = ask(key, happened=["loss"], months_since=30, pregnant_now="yes")
    assert finding(again, "max_months").state is MET
    assert "pregnant now" in finding(again, "max_months").reason
    assert finding(again, "pregnant").state is MET
    not_again = ask(key, happened=["loss"], months_since=30, pregnant_now="no")
    assert [r.criterion for r in not_again.reasons] == ["max_months"]
    not_said = ask(key, happened=["loss"], months_since=30)
    assert not_said.outcome is Fit.WORTH_ASKING
    assert "if you are pregnant now" in finding(not_said, "max_months").reason
    assert ask(key, happened=["separation"]).outcome is Fit.MAY_NOT
    both = ask(key, happened=["loss", "separation"])
    assert both.outcome is Fit.WORTH_ASKING
    assert "They say that they do not help with a baby taken into care." in (
        finding(both, "pathway").reason
    )


def test_willow_south_twelve_months_or_pregnant_now(ask):
    key = "willow-south"
    assert ask(key, happened=["birth_trauma"], months_since=11).outcome is Fit.LOOKS_RIGHT
    longer = ask(key, happened=["birth_trauma"], months_since=15, pregnant_now="yes")
    assert finding(longer, "max_months").state is MET
    assert ask(key, happened=["birth_trauma"], years_since=3, pregnant_now="no").outcome is (
        Fit.MAY_NOT
    )


def test_alder_publishes_its_limits_for_birth_trauma_only(ask):
    key = "alder"
    trauma = {"happened": ["birth_trauma"]}
    for since in ({"years_since": 3}, {"weeks_since": 4}):
        known = ask(key, **trauma, **since)
        assert {f.criterion for f in known.unchecked} <= {"rules"}, "only little is known of it"
    assert ask(key, **trauma, weeks_since=3).outcome is Fit.WORTH_ASKING
    assert ask(key, **trauma, years_since=7).outcome is Fit.MAY_NOT
    loss_now = ask(key, happened=["loss"], years_since=3)
    assert loss_now.outcome is Fit.WORTH_ASKING
    limit = finding(loss_now, "max_months")
    assert limit.why_unknown is Why.NOT_PUBLISHED
    assert "after a traumatic birth" in limit.reason, "what we read of the limit is shown"


def test_a_note_is_shown_where_no_column_decides(ask):
    key = "larch"
    pregnant = ask(key, happened=["loss"], pregnant_now="yes")
    assert pregnant.outcome is Fit.WORTH_ASKING
    assert "If you are pregnant, ask" in finding(pregnant, "pregnant").reason
    assert finding(ask(key, happened=["loss"], months_since=6), "max_months").weighs is False
    longer = ask(key, happened=["loss"], months_since=15)
    assert longer.outcome is Fit.WORTH_ASKING
    assert "12 months after birth" in finding(longer, "max_months").reason


def test_an_area_worked_out_is_said_so_and_not_asked_for():
    of = service(area_basis=("lives_in",))
    found = finding(check(loss(), of=of, certainty=Certainty.INFERRED), "area")
    assert found.why_unknown is Why.NOT_PUBLISHED
    assert "worked it out" in found.reason


@pytest.mark.parametrize("certainty", [None, *Certainty])
def test_no_answers_no_may_not_and_every_finding_has_its_source(directory, certainty):
    for key, columns in directory.criteria.items():
        of = directory.services[key]
        found = assess(of, columns, Answers(), certainty)
        assert found.outcome is not Fit.LOOKS_RIGHT
        assert (found.outcome is Fit.MAY_NOT) == (of.status is Status.CLOSED)
        assert all(f.source and f.reason and f.question for f in found.findings)


# Order of the services -------------------------------------------------------------------------


def test_a_neighbour_that_fits_better_comes_after_the_local_one_and_through_the_gp(finder):
    trauma = answers_from_json({"happened": ["birth_trauma"]})
    answer = finder.find(finder.place("CM1 1GB"), [Pathway.BIRTH_TRAUMA])
    ranked = rank(answer, trauma)
    assert [a.service.id for a in ranked[:1]] == ["elm"]
    assert not ranked[0].via_gp
    assert all(a.via_gp and a.outcome is not Fit.LOOKS_RIGHT for a in ranked[1:])
    assert finding(ranked[1], "pathway").state is MET
    places = [a.outcome.place for a in ranked if a.via_gp]
    assert places == sorted(places), "the best fit first"
    assert {a.service.id for a in ranked} == {
        m.service.id for m in (*answer.mmhs, *answer.neighbours)
    }


def test_answers_about_the_local_area_say_nothing_about_the_next(finder):
    answer = finder.find(finder.place("CM1 1GB"), [Pathway.LOSS])
    for ranked in rank(answer, answers_from_json({"happened": ["loss"], "lives_in_area": True})):
        if ranked.via_gp:
            assert finding(ranked, "area").state is TELL


def test_not_safe_shows_no_services(finder):
    assert rank(finder.find(finder.place("CT1 3NG")), Answers(safety=Safety.UNSAFE)) == ()
    assert rank(finder.find(finder.place("CT1 3NG")), Answers(safety=Safety.UNSURE))
