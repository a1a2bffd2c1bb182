"""The criteria, as persons: what a careful clinician would say of what is known, and no more."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.answers.suited import About, Situation, suits
from mmhs_finder.directory.models import (
    Certainty,
    FurtherNeed,
    LossKind,
    Pathway,
    PathwayOffer,
    Status,
    YesNo,
)
from mmhs_finder.directory.vocabularies import EarlierHelp, PartnerSupport, PtsdRule
from mmhs_finder.eligibility import (
    Answers,
    AnswersProblem,
    Assessment,
    Fit,
    Question,
    Safety,
    Severity,
    State,
    Who,
    answers_from_json,
    assess,
    better_elsewhere,
    needed_questions,
    pregnancy_questions,
    rank,
    silence_words,
    years_ago,
)
from mmhs_finder.signposting.destinations import Step
from mmhs_finder.signposting.steps import next_steps
from tests.made_up.records import answer, criteria, match, service

LOSS, TRAUMA, FEAR, APART = (
    Pathway.LOSS,
    Pathway.BIRTH_TRAUMA,
    Pathway.TOKOPHOBIA,
    Pathway.SEPARATION,
)
ALL_YES = {p.value: "yes" for p in Pathway}
KNOWN: dict[str, Any] = {"severity": "as you feel it", "prior_treatment_required": "no"}
"""With a way in, enough of its rules for "looks right"."""


def outcome(
    said: Answers, *, of: dict[str, Any] | None = None, names: Any = None, **columns: Any
) -> Assessment:
    """The made-up service with these columns, for somebody who lives in its area."""
    the_service = service(**{"self_referral": YesNo.YES, **(of or {})})
    the_criteria = criteria(**{**ALL_YES, **KNOWN, **columns})
    return assess(the_service, the_criteria, said, Certainty.STATED, names=names or {})


def reason(found: Assessment, criterion: str) -> str:
    return next(f.reason for f in found.findings if f.criterion == criterion)


def lost(**said: Any) -> Answers:
    return Answers(happened=frozenset({LOSS}), **said)


def hurt(**said: Any) -> Answers:
    return Answers(happened=frozenset({TRAUMA}), **said)


def afraid(**said: Any) -> Answers:
    return Answers(happened=frozenset({FEAR}), **said)


# --- the area, when pregnant ----------------------------------------------------------------------

BOOKED = {"area_basis": ("lives_in",), "pregnant_area_basis": ("maternity_booked",)}


def test_pregnant_in_london_and_booked_at_a_hospital_elsewhere():
    found = outcome(afraid(pregnant_now=True, maternity_booked_in_area=False), of=BOOKED)
    assert found.outcome is Fit.MAY_NOT
    assert "If you are pregnant now" in found.reasons[0].reason


def test_pregnant_in_london_and_booked_nearby():
    said = afraid(pregnant_now=True, maternity_booked_in_area=True)
    assert outcome(said, of=BOOKED, accepts_pregnant="yes").outcome is Fit.LOOKS_RIGHT


@pytest.mark.parametrize("said", [{"pregnant_now": True}, {}, {"maternity_booked_in_area": False}])
def test_pregnant_or_maybe_and_nothing_said_of_the_hospital_is_worth_asking(said):
    found = outcome(afraid(**said), of=BOOKED, accepts_pregnant="yes")
    assert found.outcome is Fit.WORTH_ASKING
    assert "which hospital you booked" in reason(found, "area")


def test_lost_her_baby_long_ago_and_is_not_asked_where_she_booked():
    found = outcome(lost(pregnant_now=False, maternity_booked_in_area=False), of=BOOKED)
    assert found.outcome is Fit.LOOKS_RIGHT
    here = [match(service(**BOOKED))]
    asked = needed_questions(here)
    assert {Question.PREGNANT_NOW, Question.MATERNITY_BOOKED_IN_AREA} <= {*asked}
    assert pregnancy_questions(here) == {Question.MATERNITY_BOOKED_IN_AREA}
    always = match(service(area_basis=("maternity_booked",)))
    assert not pregnancy_questions([always])


# --- complex needs, partners, earlier help --------------------------------------------------------


def test_complex_needs_with_a_care_coordinator_where_they_only_assess():
    of = {"consultation": "Ring the team to talk it over."}
    said = hurt(severity=Severity.COMPLEX, has_care_coordinator=True)
    found = outcome(said, of=of, care_coordinator="yes", complex_needs_offer="assessment_or_advice")
    assert found.outcome is Fit.WORTH_ASKING
    assert "assessment or advice only" in found.headline
    assert found.consultation == "Ring the team to talk it over."
    assert found.by_professional
    treated = outcome(said, care_coordinator="yes", complex_needs_offer="treatment")
    assert treated.outcome is Fit.LOOKS_RIGHT


@pytest.mark.parametrize("support", list(PartnerSupport))
def test_the_father_asks_for_himself_and_only_sessions_look_right(support):
    found = outcome(hurt(who=Who.PARTNER), of={"partner_support": (support,)})
    full = support in (PartnerSupport.SESSIONS, PartnerSupport.COUPLES)
    assert (found.outcome is Fit.LOOKS_RIGHT) == full
    assert (found.outcome is Fit.MAY_NOT) == (support is PartnerSupport.NO)
    if support is PartnerSupport.ASSESSMENT:
        assert "assessment" in found.headline


def test_no_earlier_help_and_a_severe_case_where_earlier_help_is_preferred():
    of = {"referrers": ("any_health_professional",), "self_referral": YesNo.NO}
    columns = {"prior_treatment_required": "preferred", "earlier_help": ("tt", "unknown-id")}
    said = hurt(seen_before=False, severity=Severity.SEVERE, ptsd_presentation=True)
    found = outcome(said, of=of, names={"tt": "Midshire Talking Therapies"}, **columns)
    assert found.outcome is Fit.WORTH_ASKING
    told = reason(found, "earlier_treatment")
    assert "They prefer that you ask Midshire Talking Therapies first." in told
    assert "Any health professional can ask them anyway." in told
    assert "like talking therapies" in reason(outcome(said, of=of, **columns), "earlier_treatment")


# --- the loss -------------------------------------------------------------------------------------

NAMED = {"loss_kinds": ("miscarriage", "stillbirth", "neonatal_death")}


@pytest.mark.parametrize("kind", list(LossKind))
def test_her_loss_is_on_their_list_or_worth_asking_and_never_a_may_not(kind):
    found = outcome(lost(loss_kind=kind), **NAMED)
    expected = Fit.LOOKS_RIGHT if kind in NAMED["loss_kinds"] else Fit.WORTH_ASKING
    assert found.outcome is expected
    if expected is Fit.WORTH_ASKING and kind is not LossKind.OTHER:
        assert "does not name" in found.headline


def test_a_service_that_names_no_kinds_says_nothing_against_any():
    assert outcome(lost(loss_kind=LossKind.ECTOPIC)).outcome is Fit.LOOKS_RIGHT


def test_ended_the_pregnancy_and_they_name_medical_reasons_only():
    ended = lost(loss_kind=LossKind.TERMINATION)
    columns = {"loss_kinds": ("termination",)}
    medical = outcome(ended, **columns, termination_reasons="medical")
    assert medical.outcome is Fit.WORTH_ASKING
    assert "medical reasons" in medical.headline
    assert outcome(ended, **columns, termination_reasons="any").outcome is Fit.LOOKS_RIGHT


@pytest.mark.parametrize(("months", "fits"), [(6, False), (12, True), (24, True), (None, True)])
def test_her_baby_died_at_five_months(months, fits):
    columns = {"loss_kinds": ("infant_death",), "max_child_age_months": months}
    found = outcome(lost(loss_kind=LossKind.INFANT_DEATH), **columns)
    assert found.outcome is (Fit.LOOKS_RIGHT if fits else Fit.WORTH_ASKING)


def test_her_child_died_at_eighteen_months():
    found = outcome(lost(loss_kind=LossKind.OTHER), **NAMED, max_child_age_months=24)
    assert found.outcome is Fit.WORTH_ASKING
    assert "up to an age of 2 years" in reason(found, "loss_kind")


def test_who_says_which_loss_it_was_has_said_that_it_was_a_loss():
    found = outcome(hurt(loss_kind=LossKind.STILLBIRTH), loss="no")
    assert "do not help with loss" in reason(found, "pathway")


# --- what they help with --------------------------------------------------------------------------


def test_a_loss_and_a_separation_where_the_page_says_no_to_separation():
    both = Answers(happened=frozenset({LOSS, APART}))
    found = outcome(both, separation="no")
    assert found.outcome is Fit.WORTH_ASKING
    told = found.headline
    assert told == f"Worth asking. {reason(found, 'pathway')}"
    assert "They help with loss of a baby or pregnancy." in told
    assert "They say that they do not help with a baby taken into care." in told


@pytest.mark.parametrize("need", list(Pathway))
def test_what_their_list_leaves_out_is_worth_asking(need):
    found = outcome(Answers(happened=frozenset({need})), **{need.value: "not_listed"})
    assert found.outcome is Fit.WORTH_ASKING
    assert "Their list of what they help with does not name" in reason(found, "pathway")
    assert "do not help" not in found.headline + reason(found, "pathway")


def test_only_a_no_to_everything_that_happened_is_a_may_not():
    both = Answers(happened=frozenset({TRAUMA, APART}))
    assert outcome(both, birth_trauma="no", separation="no").outcome is Fit.MAY_NOT
    for other in ("unknown", "not_listed", "yes"):
        assert outcome(both, birth_trauma="no", separation=other).outcome is Fit.WORTH_ASKING


def test_not_pregnant_and_afraid_where_help_with_fear_is_for_a_pregnancy():
    columns = {"only_if_pregnant": ("tokophobia",), "accepts_pregnant": "yes"}
    not_now = outcome(afraid(pregnant_now=False), **columns)
    assert not_now.outcome is Fit.WORTH_ASKING
    assert "is for people who are pregnant now" in reason(not_now, "only_when")
    assert outcome(afraid(), **columns).outcome is Fit.WORTH_ASKING
    assert outcome(afraid(pregnant_now=True), **columns).outcome is Fit.LOOKS_RIGHT
    assert outcome(lost(pregnant_now=False), **columns).outcome is Fit.LOOKS_RIGHT
    facts = criteria(only_if_not_pregnant=("tokophobia",))
    assert Question.PREGNANT_NOW in needed_questions([match(criteria=facts)])


@pytest.mark.parametrize("need", list(FurtherNeed))
def test_ivf_did_not_work_or_the_baby_was_in_intensive_care(need):
    said = answers_from_json({"happened": [need.value]})
    unseen = outcome(said, other_presentations="baby in special care; repeated IVF")
    assert unseen.outcome is Fit.WORTH_ASKING
    assert "baby in special care; repeated IVF." in reason(unseen, "pathway")
    assert outcome(said, **{need.value: "yes"}).outcome is Fit.LOOKS_RIGHT
    assert outcome(said, **{need.value: "not_listed"}).outcome is Fit.WORTH_ASKING
    assert outcome(said, **{need.value: "no"}).outcome is Fit.MAY_NOT


@pytest.mark.parametrize("need", list(FurtherNeed))
def test_ivf_did_not_work_and_nothing_for_a_parent_with_a_baby_is_shown(need):
    who = Situation(further=frozenset({need}))
    assert not suits(About.BABY, who)
    assert suits(About.BABY, Situation(further=frozenset({need}), has_baby=True))
    assert suits(About.GRIEF, who) == (need is FurtherNeed.FAILED_FERTILITY_TREATMENT)


# --- how long ago ---------------------------------------------------------------------------------

TWENTY_YEARS = years_ago(20)


def test_twenty_years_ago_and_not_pregnant_whatever_our_notes_say():
    columns = {"max_months_since_event": 24, "gestation_note": "Up to 24 months; ask us."}
    for extra in ({}, {"max_months_except": ("pregnant",)}):
        found = outcome(lost(since=TWENTY_YEARS, pregnant_now=False), **columns, **extra)
        assert found.outcome is Fit.MAY_NOT
        assert "talking therapies" in found.reasons[0].instead


def test_twenty_years_ago_and_pregnant_again():
    columns = {
        "max_months_since_event": 24,
        "max_months_except": ("pregnant",),
        "accepts_pregnant": "yes",
    }
    assert outcome(lost(since=TWENTY_YEARS, pregnant_now=True), **columns).outcome is (
        Fit.LOOKS_RIGHT
    )
    not_said = outcome(lost(since=TWENTY_YEARS), **columns)
    assert not_said.outcome is Fit.WORTH_ASKING
    assert "if you are pregnant now" in reason(not_said, "max_months")
    assert Question.PREGNANT_NOW in needed_questions([match(criteria=criteria(**columns))])


def test_twenty_years_ago_and_the_limit_is_for_something_else():
    columns = {"max_months_since_event": 60, "limits_only_for": ("birth_trauma",)}
    assert outcome(lost(since=TWENTY_YEARS), **columns).outcome is Fit.WORTH_ASKING
    assert outcome(hurt(since=TWENTY_YEARS), **columns).outcome is Fit.MAY_NOT


def test_thirty_six_weeks_and_afraid_is_told_to_ask_this_week():
    columns = {"accepts_pregnant": "yes"}
    for weeks, now in ((33, False), (34, True), (41, True)):
        found = outcome(afraid(weeks_pregnant=weeks), **columns)
        assert ("Ask this week" in found.headline) == now
    assert "Ask this week" not in outcome(lost(weeks_pregnant=37), **columns).headline
    assert Question.WEEKS_PREGNANT in needed_questions([], [FEAR])
    assert Question.WEEKS_PREGNANT not in needed_questions([], [LOSS])


# --- psychological trauma, contradictions ---------------------------------------------------------


def test_a_parent_is_not_asked_about_ptsd_and_a_professional_who_says_no_asks():
    columns = {"ptsd_required": PtsdRule.PSYCHOLOGICAL_TRAUMA}
    here = [match(criteria=criteria(**columns))]
    assert Question.PTSD_PRESENTATION not in needed_questions(here)
    assert Question.PTSD_PRESENTATION in needed_questions(here, professional=True)
    assert outcome(hurt(), **columns).outcome is Fit.LOOKS_RIGHT
    assert outcome(hurt(ptsd_presentation=True), **columns).outcome is Fit.LOOKS_RIGHT
    found = outcome(hurt(ptsd_presentation=False), **columns)
    assert found.outcome is Fit.WORTH_ASKING
    assert "They treat psychological trauma." in found.headline


@pytest.mark.parametrize(
    "at_odds",
    [{"ptsd_presentation": True}, {"has_care_coordinator": True}, {"safety": Safety.UNSURE}],
)
def test_mild_and_something_that_is_not_mild_at_all(at_odds):
    columns = {"severity": "moderate to severe"}
    assert outcome(hurt(severity=Severity.MILD), **columns).outcome is Fit.MAY_NOT
    found = outcome(hurt(severity=Severity.MILD, **at_odds), **columns)
    assert found.outcome is Fit.WORTH_ASKING


def test_no_earlier_help_and_a_mental_health_team_all_the_same():
    columns = {"prior_treatment_required": EarlierHelp.YES}
    assert outcome(hurt(seen_before=False), **columns).outcome is Fit.MAY_NOT
    both = hurt(seen_before=False, has_care_coordinator=True)
    assert outcome(both, **columns).outcome is Fit.WORTH_ASKING


# --- closed, thinly known, silent -----------------------------------------------------------------


def test_humber_is_named_as_closed_and_nobody_is_sent_there():
    closed = service(id="closed", status=Status.CLOSED, closed_said_by="a national report")
    found = assess(closed, criteria(**ALL_YES), lost(), Certainty.STATED)
    assert found.outcome is Fit.MAY_NOT
    assert found.headline == "A national report says that this service had closed."
    assert "You can still ask" not in found.headline
    assert [f.criterion for f in found.findings] == ["running"]
    here = answer(match(closed), match(service(id="open")), neighbours=(match(closed),))
    assert [a.service.id for a in rank(here, lost())] == ["open"]
    asked = match(closed, criteria=criteria(max_months_since_event=12))
    assert Question.WHEN not in needed_questions([asked])


def test_all_we_have_of_it_is_an_item_of_news():
    thin = {"severity": "", "prior_treatment_required": "unknown"}
    found = outcome(hurt(), of={"self_referral": YesNo.UNKNOWN}, **thin)
    assert found.outcome is Fit.WORTH_ASKING
    assert found.headline == "They help with this. Most of their rules are not known to us: ask."
    more = outcome(hurt(who=Who.PARTNER), of={"self_referral": YesNo.UNKNOWN}, **thin)
    assert more.headline.endswith("Most of their rules are not known to us.")


@pytest.mark.parametrize(
    ("read", "words"),
    [("whole", "Their page does not say"), ("part", "We have not seen"), ("none", "We have not")],
)
def test_a_blank_is_told_as_ours_unless_the_page_was_read_to_its_end(read, words):
    found = outcome(hurt(), of={"read": read})
    assert all(f.reason.startswith(words) for f in found.not_published)
    assert found.not_published
    assert words.startswith(silence_words(service(read=read).read)[:11])


def test_a_neighbour_that_names_it_is_shown_before_a_local_one_that_does_not():
    local = match(criteria=criteria(**{**ALL_YES, "separation": "not_listed"}))
    near = match(service(id="near"), criteria=criteria(**ALL_YES))
    here = answer(local, neighbours=(near,))
    ranked = rank(here, Answers(happened=frozenset({APART})))
    assert [a.service.id for a in better_elsewhere(ranked)] == ["near"]


# --- implausible numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "said", [{"age": 3}, {"age": 9}, {"weeks_pregnant": 43}, {"weeks_pregnant": 60}]
)
def test_the_childs_age_or_a_slip_of_the_finger_gets_a_plain_line(said):
    with pytest.raises(AnswersProblem, match="Check the number, or leave it out"):
        answers_from_json(said)


# --- safety ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("value", ["not_sure", "prefer_not_to_say"])
def test_not_sure_whether_she_is_safe(finder, value):
    said = answers_from_json({"happened": ["loss"], "not_safe_now": value})
    assert said.safety is Safety.UNSURE
    here = finder.find(finder.place("CT1 3NG"), [LOSS])
    steps = next_steps(finder, here, said, rank(here, said))
    assert steps[0].step is Step.URGENT
    assert len(steps) > 1 and rank(here, said)


# --- properties -----------------------------------------------------------------------------------

said_of_a_person = st.fixed_dictionaries(
    {},
    optional={
        "happened": st.lists(st.sampled_from([*Pathway, *FurtherNeed]), unique=True),
        "loss_kind": st.sampled_from(LossKind),
        "years_since": st.integers(0, 40),
        "age": st.integers(10, 60),
        "weeks_pregnant": st.integers(1, 42),
        "seen_before": st.booleans(),
        "who": st.sampled_from(Who),
        "several_events": st.booleans(),
        "ptsd_presentation": st.booleans(),
        "has_care_coordinator": st.booleans(),
        "severity": st.sampled_from([s.name.lower() for s in Severity]),
        "lives_in_area": st.booleans(),
        "gp_in_area": st.booleans(),
        "maternity_booked_in_area": st.booleans(),
    },
)


@settings(max_examples=60, deadline=None)
@given(said_of_a_person, st.sampled_from(["CT1 3NG", "CV1 5FB", "TS24 7BT", "EH1 1YZ"]))
def test_an_answer_not_sure_never_loses_urgent_help(finder, said, text):
    here = finder.find(finder.place(text))
    place = {}
    for value in (None, "not_sure"):
        answers = answers_from_json({**said, "not_safe_now": value})
        order = [s.step for s in next_steps(finder, here, answers, rank(here, answers))]
        place[value] = order.index(Step.URGENT)
    assert place["not_sure"] == 0 <= place[None]


@settings(max_examples=300, deadline=None)
@given(said_of_a_person, st.sampled_from([None, *Certainty]), st.sampled_from(["open", "unknown"]))
def test_what_is_not_known_never_makes_may_not(said, certainty, status):
    found = assess(service(status=status), criteria(), answers_from_json(said), certainty)
    assert found.outcome is Fit.WORTH_ASKING
    assert all(f.state is not State.MAY_NOT for f in found.findings)
    assert assess(service(status=status), None, answers_from_json(said)).outcome is (
        Fit.WORTH_ASKING
    )


@settings(max_examples=300, deadline=None)
@given(said_of_a_person, st.lists(st.sampled_from(PathwayOffer), min_size=6, max_size=6))
def test_not_listed_never_makes_may_not(said, offers):
    given_offers = dict(zip([*Pathway, *FurtherNeed], offers, strict=True))
    columns = {n.value: o for n, o in given_offers.items()}
    answers = answers_from_json(said)
    found = assess(service(), criteria(**columns), answers, Certainty.STATED)
    needs = answers.needs or ()
    all_no = bool(needs) and all(given_offers[n] is PathwayOffer.NO for n in needs)
    assert (found.outcome is Fit.MAY_NOT) == all_no
