"""The order of help, as persons: who is in danger, what is open, what may hurt, what is whose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.answers.national import NationalHelp
from mmhs_finder.answers.suited import NOTHING_SAID, Situation, situation
from mmhs_finder.answers.urgent import urgent_rows
from mmhs_finder.directory.models import (
    Certainty,
    LossKind,
    Pathway,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.directory.ways import has_voice, line_ways
from mmhs_finder.eligibility import Answers, Fit, Range, Who, assess, rank
from mmhs_finder.hours import LONDON, bank_holiday
from mmhs_finder.nation import UNITED_KINGDOM, Nation
from mmhs_finder.signposting.destinations import Step
from mmhs_finder.signposting.order import ADULTS_ONLY, order_of
from mmhs_finder.signposting.steps import NextStep, next_steps, out_of_hours
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.steps import step_view
from mmhs_finder.views.urgent import today_view
from tests.made_up.records import (
    SUNDAY_NIGHT,
    TUESDAY_NOON,
    criteria,
    line,
    match,
    offer,
    service,
)

LOSS, TRAUMA = Pathway.LOSS, Pathway.BIRTH_TRAUMA
FEAR, SEPARATION = Pathway.TOKOPHOBIA, Pathway.SEPARATION
CHRISTMAS = datetime(2026, 12, 25, 11, tzinfo=LONDON)
BOXING_DAY_OBSERVED = datetime(2026, 12, 28, 11, tzinfo=LONDON)
GOOD_FRIDAY = datetime(2027, 3, 26, 11, tzinfo=LONDON)
MOMENTS = (TUESDAY_NOON, SUNDAY_NIGHT, CHRISTMAS, BOXING_DAY_OBSERVED, GOOD_FRIDAY)
PLACES = ("CT1 3NG", "M13 9WL", "NR1 3RU", "TS24 7BT", "BT1 5GS", "JE2 3QA", "EH1 1YZ")


def steps_for(finder, text, at=TUESDAY_NOON, **said):
    happened = tuple(said.pop("happened", ()))
    answer = finder.find(finder.place(text), happened, at)
    answers = Answers(happened=frozenset(happened) or None, **said)
    return next_steps(finder, answer, answers, rank(answer, answers))


def kinds(steps):
    return [s.step for s in steps]


# --- what is open, and when ----------------------------------------------------------------------


@pytest.mark.parametrize("at", [CHRISTMAS, BOXING_DAY_OBSERVED, GOOD_FRIDAY, SUNDAY_NIGHT])
@pytest.mark.parametrize("text", PLACES)
def test_on_a_day_off_urgent_help_is_first_unless_somebody_answers_in_the_first_step(
    finder, text, at
):
    steps = steps_for(finder, text, at, happened=(LOSS,), loss_kind=LossKind.TERMINATION)
    place = kinds(steps).index(Step.URGENT)
    assert place == 0 or (place == 1 and steps[0].open_now)


def test_she_ended_a_pregnancy_and_it_is_the_day_after_boxing_day_observed(finder):
    steps = steps_for(
        finder,
        "CT1 3NG",
        BOXING_DAY_OBSERVED,
        happened=(LOSS,),
        loss_kind=LossKind.TERMINATION,
    )
    grief = next(s for s in steps if s.step is Step.BEREAVEMENT)
    arc = next(o for o in grief.offers if o.support.id == "choices-line")
    assert not arc.opening.open_now
    assert kinds(steps)[0] is Step.URGENT


@pytest.mark.parametrize("at", [SUNDAY_NIGHT, CHRISTMAS])
def test_within_a_step_whoever_answers_stands_before_whoever_does_not(at):
    closed = offer(line(id="shut", phone_hours_osm="Mo-Fr 09:00-17:00"), at)
    always = offer(line(id="always"), at)
    local = match(
        service(
            kind=ServiceKind.COUNSELLING,
            hours_osm="Mo-Fr 09:00-17:00",
            phone="020 7946 0000",
            phone_audience="public",
            phone_status="confirmed",
        ),
        at,
    )
    step = NextStep(
        Step.BEREAVEMENT, "", "", "", local=(local,), offers=(closed, always), open_first=True
    )
    rows = step_view(step, at).rows
    assert [row.id for row in rows] == ["always", "made-up", "shut"]
    by_day = NextStep(Step.BEREAVEMENT, "", "", "", local=(local,), offers=(closed, always))
    assert [way.id for way in step_view(by_day, at).rows] == ["made-up", "shut", "always"]


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(PLACES),
    st.frozensets(st.sampled_from(Pathway)),
    st.dates(date(2026, 1, 1), date(2027, 12, 31)),
    st.integers(0, 23),
)
def test_at_night_and_on_days_off_no_closed_way_stands_before_an_open_one(
    finder, text, needs, day, hour
):
    at = datetime(day.year, day.month, day.day, hour, tzinfo=LONDON)
    answer = finder.find(finder.place(text), tuple(needs), at)
    if not out_of_hours(answer):
        return
    for step in next_steps(finder, answer, Answers(happened=needs)):
        open_now = [
            w.opening.open_now and has_voice(line_ways(w.support))
            for w in step.ways
            if hasattr(w, "support")
        ]
        assert open_now == sorted(open_now, reverse=True), step.step
    if bank_holiday(answer.place.nation, day):
        for found in (*answer.national, *answer.urgent):
            assert not (found.opening.open_now and found.opening.may_be_closed)


def test_a_line_for_the_uk_may_be_closed_in_scotland_on_easter_monday(finder):
    at = datetime(2027, 3, 29, 11, tzinfo=LONDON)
    assert not bank_holiday(Nation.SCOTLAND, at.date())
    answer = finder.find(finder.place("EH1 1YZ"), (LOSS,), at)
    sands = next(o for o in answer.national if o.support.id == "stillbirth-line")
    assert sands.opening.may_be_closed and not sands.opening.open_now


def test_a_line_with_a_number_that_is_not_confirmed_is_never_open(directory):
    rows = [line(id="x", phone_status="check", pathways=("any",))]
    help_ = NationalHelp(directory)
    help_._rows = rows
    (found,) = help_.about("any", Nation.ENGLAND, TUESDAY_NOON, NOTHING_SAID)
    assert not found.opening.known


# --- urgent help in every nation -----------------------------------------------------------------


@pytest.mark.parametrize("nation", list(Nation))
def test_no_nation_is_without_urgent_help(directory, nation):
    rows = urgent_rows(directory.national, nation)
    assert has_voice(line_ways(rows[0])), "999"
    foreign = {n.value for n in Nation} - {nation.value}
    for row in rows:
        assert not row.nations or not {*row.nations} <= foreign


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PLACES), st.frozensets(st.sampled_from(Pathway)), st.sampled_from(MOMENTS))
def test_no_place_is_without_urgent_help_in_any_step_or_view(finder, text, needs, at):
    answer = finder.find(finder.place(text), tuple(needs), at)
    assert answer_view(answer).urgent
    urgent = next(s for s in next_steps(finder, answer, Answers()) if s.step is Step.URGENT)
    assert [w.support.id for w in urgent.ways] == [o.support.id for o in answer.urgent]
    assert urgent.open_now or answer.place.nation not in UNITED_KINGDOM


# --- the young -----------------------------------------------------------------------------------


@pytest.mark.parametrize("at", MOMENTS)
@pytest.mark.parametrize("age", [Range(0, 15), Range(16, 17), Range(17, 17), Range(19, 19)])
def test_under_twenty_somebody_listens_within_the_first_three_at_every_hour(finder, at, age):
    steps = steps_for(finder, "SS1 1AA", at, happened=(LOSS,), age=age)
    assert {Step.URGENT, Step.YOUNG_LINE} & {*kinds(steps)[:3]}


def test_at_fifteen_after_a_loss_no_step_is_for_adults_only(finder):
    steps = steps_for(finder, "SS1 1AA", happened=(LOSS,), age=Range(0, 15))
    order = kinds(steps)
    assert not ADULTS_ONLY & {*order}
    assert {Step.YOUNG_MENTAL_HEALTH, Step.FAMILY_NURSE, Step.SCHOOL_NURSE} <= {*order}
    nurse = step_view(steps[order.index(Step.SCHOOL_NURSE)], TUESDAY_NOON)
    assert not nurse.rows and nurse.none_known and nurse.say


def test_at_fifteen_the_line_for_young_people_is_first(directory):
    order = order_of(situation((LOSS,)), Answers(age=Range(0, 15)), ())
    assert order[0] is Step.YOUNG_LINE
    grown_up = order_of(situation((LOSS,)), Answers(age=Range(30, 30)), ())
    assert not {Step.YOUNG_LINE, Step.SCHOOL_NURSE} & {*grown_up}
    help_ = NationalHelp(directory)
    help_._rows = [
        line(id="young", kind="young_people", audience=("young_person",), pathways=("any",)),
        line(id="all", pathways=("any",)),
    ]
    (young,) = help_.of_kind("young_people", Nation.ENGLAND, TUESDAY_NOON)
    assert young.support.id == "young"
    everybody = help_.lines(Nation.ENGLAND, NOTHING_SAID, TUESDAY_NOON)
    assert [o.support.id for o in everybody] == ["all", "young"]


# --- separation ----------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(PLACES),
    st.frozensets(st.sampled_from(Pathway)),
    st.sampled_from(MOMENTS),
    st.sampled_from([None, *Who]),
    st.sampled_from([None, Range(10, 10), Range(800, 830)]),
)
def test_after_a_separation_somebody_listens_within_the_first_three(
    finder, text, others, at, who, since
):
    steps = steps_for(finder, text, at, happened=(*others, SEPARATION), who=who, since=since)
    assert Step.URGENT in kinds(steps)[:3]


def test_her_baby_was_taken_two_years_ago_and_support_comes_before_the_law(finder):
    order = kinds(steps_for(finder, "CT1 3NG", happened=(SEPARATION,), since=Range(730, 760)))
    assert order.index(Step.SEPARATION_SERVICES) < order.index(Step.LEGAL_ADVICE)
    now = kinds(steps_for(finder, "CT1 3NG", happened=(SEPARATION,), since=Range(20, 20)))
    assert now.index(Step.LEGAL_ADVICE) < now.index(Step.SEPARATION_SERVICES)


def test_where_one_phone_is_known_for_the_separated_listening_lines_stand_with_it(finder):
    steps = steps_for(finder, "CT1 3NG", SUNDAY_NIGHT, happened=(SEPARATION,))
    support = next(s for s in steps if s.step is Step.SEPARATION_SERVICES)
    assert support.open_now
    assert {"samaritans", "apart-charity"} <= {o.support.id for o in support.offers}


def test_her_baby_was_taken_and_no_line_for_the_bereaved_is_offered(finder):
    for text in ("NR1 3RU", "CT1 3NG", "OX1 1DP"):
        answer = finder.find(finder.place(text), (SEPARATION,), TUESDAY_NOON)
        assert not [m for m in answer.alternatives if m.kind is ServiceKind.BEREAVEMENT]
        assert not [m for m in answer.alternatives if m.service.only_for == (LOSS,)]


# --- nothing said --------------------------------------------------------------------------------


@pytest.mark.parametrize("at", MOMENTS)
def test_she_left_the_question_out_and_what_hurts_nobody_stands_first(finder, at):
    for offers in (
        finder.find(finder.place("CT1 3NG"), (), at).national,
        finder.support_for("any", Nation.ENGLAND, at),
    ):
        ids = [o.support.id for o in offers]
        assert ids[0] == "samaritans"
        assert ids.index("general-line") < ids.index("stillbirth-line") < ids.index("baby-line")
        about = [{p.value for p in Pathway} & {*o.support.pathways} for o in offers]
        assert {SEPARATION.value} not in about, "it frightens somebody to whom it did not happen"
        baby = [o.support.with_a_baby is YesNo.YES for o in offers if o.support.status == "open"]
        assert baby == sorted(baby)
        closing = [o.support.status != "open" for o in offers]
        assert closing == sorted(closing), "what may be closing stands last"


def test_not_sure_on_the_page_of_other_support_after_a_loss_shows_no_baby(finder):
    offers = finder.support_for("any", Nation.ENGLAND, TUESDAY_NOON, situation((LOSS,)))
    assert "stillbirth-line" in {o.support.id for o in offers}
    assert not [o for o in offers if o.support.with_a_baby is YesNo.YES]


# --- late in pregnancy, pregnant again ------------------------------------------------------------


@pytest.mark.parametrize("at", MOMENTS)
def test_thirty_eight_weeks_and_very_afraid_of_the_birth(finder, at):
    steps = steps_for(finder, "CT1 3NG", at, happened=(FEAR,), weeks_pregnant=38)
    unit = next(s for s in steps if s.step is Step.MATERNITY_UNIT)
    assert kinds(steps).index(Step.MATERNITY_UNIT) < 2
    assert "this week" in f"{unit.title} {unit.what}"
    earlier = steps_for(finder, "CT1 3NG", at, happened=(FEAR,), weeks_pregnant=33)
    assert Step.MATERNITY_UNIT not in kinds(earlier)


def test_pregnant_again_after_a_loss_on_a_weekday(finder):
    order = kinds(steps_for(finder, "CT1 3NG", happened=(LOSS,), pregnant_now=True))
    assert order[:3] == [Step.BEREAVEMENT, Step.MENTAL_HEALTH_MIDWIFE, Step.PREGNANCY_AFTER_LOSS]
    assert Step.PERINATAL_TEAM in order[:6]
    assert not {Step.CHILDRENS_CENTRE, Step.HEALTH_VISITOR} & {*order}


# --- the GP, charities, drink and drugs -----------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(("CT1 3NG", "M13 9WL", "TS24 7BT", "CV1 2GN", "SS1 1AA", "NR1 3RU")),
    st.frozensets(st.sampled_from(Pathway)),
    st.sampled_from(MOMENTS),
    st.sampled_from([None, Range(0, 15), Range(18, 120)]),
    st.sampled_from([None, True]),
)
def test_the_gp_is_fourth_or_earlier_where_nobody_can_ask_herself(
    finder, text, needs, at, age, pregnant
):
    answer = finder.find(finder.place(text), tuple(needs), at)
    answers = Answers(happened=needs, age=age, pregnant_now=pregnant)
    order = kinds(next_steps(finder, answer, answers, rank(answer, answers)))
    by_herself = any(
        m.service.self_referral is YesNo.YES and m.service.status is Status.OPEN
        for m in answer.mmhs
    )
    assert by_herself or order.index(Step.GP) <= 3
    assert Step.DRUG_AND_ALCOHOL not in order[:6]
    assert len(order) == len({*order})


def test_no_local_service_stands_under_charities(finder):
    for text in PLACES:
        for step in steps_for(finder, text):
            if step.step is Step.VOLUNTARY_SECTOR:
                assert not step.local
            assert step.ways or step_view(step, TUESDAY_NOON).none_known


# --- psychosis -----------------------------------------------------------------------------------


@pytest.mark.parametrize("nation", list(Nation))
def test_she_hears_voices_after_the_birth_and_it_is_an_emergency_today(directory, nation):
    view = today_view(directory.national, nation, without_her_baby=False, unit="Rosewood")
    words = " ".join(view.steps)
    for part in ("GP today", "Call 999", "how old your baby is", "go back", "not stay alone"):
        assert part in words
    assert ("111" in words) == (nation not in (Nation.NORTHERN_IRELAND, *CROWN))
    assert "Rosewood" in view.unit


@pytest.mark.parametrize("nation", list(Nation))
def test_she_hears_voices_after_her_baby_died_and_no_word_is_of_a_baby(directory, nation):
    view = today_view(directory.national, nation, without_her_baby=True, unit="Rosewood")
    assert not view.unit
    assert "baby" not in " ".join((view.intro, *view.steps))


CROWN = [n for n in Nation if n not in UNITED_KINGDOM]


def test_what_is_for_one_thing_only_is_for_nobody_else():
    from mmhs_finder.answers.suited import service_suits

    of = service(kind=ServiceKind.COUNSELLING, only_for=(LOSS,))
    assert service_suits(of, NOTHING_SAID)
    assert service_suits(of, situation((LOSS, SEPARATION)))
    assert not service_suits(of, situation((SEPARATION,)))
    baby = service(kind=ServiceKind.PEER_SUPPORT, with_a_baby=YesNo.YES)
    assert not service_suits(baby, situation((LOSS, TRAUMA)))
    assert service_suits(baby, Situation(frozenset({LOSS}), has_baby=True))


def test_they_prefer_other_help_first_and_she_had_none_so_that_help_stands_first():
    """She can be asked for all the same; talking therapies are what she can begin with today."""
    answers = Answers(happened=frozenset({TRAUMA}), seen_before=False)
    rules = criteria(birth_trauma="yes", prior_treatment_required="preferred")
    found = assess(service(), rules, answers, Certainty.STATED)
    assert found.outcome is Fit.WORTH_ASKING
    who = Situation(needs=frozenset({TRAUMA}))
    first = [s for s in order_of(who, answers, (found,)) if s is not Step.NATION_SERVICES]
    assert first[0] is Step.NHS_TALKING_THERAPIES
    had = replace(answers, seen_before=True)
    fits = assess(service(), rules, had, Certainty.STATED)
    assert order_of(who, had, (fits,)).index(Step.MATERNITY) < order_of(who, had, (fits,)).index(
        Step.NHS_TALKING_THERAPIES
    )
