"""The outcome of a service, its first line, what to ask, and the order of services."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from mmhs_finder.answers.types import Match
from mmhs_finder.directory.models import Certainty, Pathway, Status
from mmhs_finder.eligibility import (
    Answers,
    Assessment,
    CriterionId,
    Fit,
    Range,
    Safety,
    Severity,
    State,
    Why,
    assess,
    better_elsewhere,
    elsewhere,
    names_of,
    published,
    rank,
    silence_words,
    still_there,
)
from mmhs_finder.words import join_words, say
from tests.made_up.records import answer, criteria, match, service
from tests.made_up.world import directory

LOSS = frozenset({Pathway.LOSS})
FEAR = frozenset({Pathway.TOKOPHOBIA})
KNOWN_SERVICE = {"self_referral": "yes", "min_age": 18, "area_basis": ("lives_in",)}
KNOWN = {
    "loss": "yes",
    "tokophobia": "yes",
    "max_months_since_event": 24,
    "accepts_pregnant": "yes",
    "ptsd_required": "no",
    "prior_treatment_required": "no",
}
GOOD = Answers(happened=LOSS, since=Range(100, 100), age=Range(18, 120), pregnant_now=False)
LONG_AGO, YOUNG = {"since": Range(3000, 3000)}, {"age": Range(16, 17)}
STATED = Certainty.STATED


def fit(
    answers: Answers = GOOD, certainty: Certainty | None = STATED, **changes: Any
) -> Assessment:
    """Of a service that publishes all it should; changes: of its columns."""
    fields = type(service()).model_fields
    of = {**KNOWN_SERVICE, **{k: v for k, v in changes.items() if k in fields}}
    own = {**KNOWN, **{k: v for k, v in changes.items() if k not in fields}}
    neighbour = certainty is None
    return assess(service(**of), criteria(**own), answers, certainty, neighbour=neighbour)


def names(*ids: CriterionId) -> str:
    return join_words([say(f"check_name.{i}") for i in ids])


# --- the first line -------------------------------------------------------------------------------


def test_all_that_is_asked_is_met():
    found = fit()
    assert found.outcome is Fit.LOOKS_RIGHT
    assert found.headline == say("fit.looks_right")
    assert (found.reasons, found.unchecked) == ((), ())


def test_may_not_names_every_reason_and_nothing_else():
    found = fit(replace(GOOD, **LONG_AGO, **YOUNG))
    things = names(CriterionId.MAX_MONTHS, CriterionId.MIN_AGE)
    assert found.outcome is Fit.MAY_NOT
    assert found.headline == say("fit.may_not", things=things)
    assert [r.criterion for r in found.reasons] == [CriterionId.MAX_MONTHS, CriterionId.MIN_AGE]


def test_one_reason_is_enough_whatever_else_is_met_or_not_known():
    found = fit(replace(GOOD, **YOUNG, since=None))
    assert found.outcome is Fit.MAY_NOT
    assert found.headline == say("fit.may_not", things=names(CriterionId.MIN_AGE))


def test_not_safe_now_is_all_that_the_first_line_says():
    found = fit(replace(GOOD, **LONG_AGO, safety=Safety.UNSAFE))
    assert found.outcome is Fit.MAY_NOT
    assert found.headline == say("headline.safe.may_not")


def test_of_a_closed_service_nothing_but_that_is_found():
    found = fit(status=Status.CLOSED, closed_said_by="a report")
    assert [f.criterion for f in found.findings] == [CriterionId.RUNNING]
    assert found.outcome is Fit.MAY_NOT
    assert found.headline == say("headline.running.closed", who="A report")


def test_what_was_answered_and_is_open_is_told_apart_from_what_could_not_be_checked():
    found = fit(
        replace(GOOD, since=Range(731, 731), age=None),
        ptsd_required="yes",
    )
    ask = say("fit.ask_about", things=names(CriterionId.MAX_MONTHS))
    unchecked = say("fit.unchecked", things=names(CriterionId.MIN_AGE, CriterionId.PTSD))
    assert found.outcome is Fit.WORTH_ASKING
    assert found.headline == " ".join([say("fit.worth_asking"), ask, unchecked])


def test_a_finding_with_a_line_of_its_own_stands_before_the_names_of_the_others():
    found = fit(replace(GOOD, age=None), loss="not_listed")
    own = say("headline.pathway.not_listed", needs=say("criteria_need.loss"))
    unchecked = say("fit.unchecked", things=names(CriterionId.MIN_AGE))
    assert found.headline == f"{say('fit.worth_asking')} {own} {unchecked}"


def test_where_most_rules_are_not_known_that_stands_at_the_end():
    blank = dict.fromkeys(("accepts_pregnant", "prior_treatment_required"), "unknown")
    thin = {**blank, "max_months_since_event": None, "min_age": None}
    found = fit(replace(GOOD, severity=Severity.MILD), ptsd_required="yes", **thin)
    unchecked = say("fit.unchecked", things=names(CriterionId.PTSD))
    parts = [say("fit.worth_asking"), unchecked, say("fit.thin")]
    assert found.headline == " ".join(parts)
    only = fit(**thin)
    assert only.outcome is Fit.WORTH_ASKING
    assert only.headline == say("fit.thin_only")
    not_known_to_help = fit(loss="not_listed", **thin)
    assert not_known_to_help.headline.endswith(say("fit.thin"))


def test_a_service_for_another_area_is_asked_through_a_gp():
    found = fit(certainty=None)
    assert found.via_gp and found.outcome is Fit.WORTH_ASKING
    assert found.headline == f"{say('fit.worth_asking')} {say('fit.via_gp')}"
    (area,) = found.unchecked
    assert area.criterion is CriterionId.AREA and area.question == say("fit.ask_neighbour")
    assert not fit().via_gp


def test_of_a_thinly_known_service_for_another_area_both_is_said():
    thin = {
        "accepts_pregnant": "unknown",
        "prior_treatment_required": "unknown",
        "max_months_since_event": None,
        "min_age": None,
    }
    assert fit(certainty=None, **thin).headline == f"{say('fit.via_gp')} {say('fit.thin_only')}"


@pytest.mark.parametrize(("weeks", "hurry"), [(33, False), (34, True), (40, True)])
def test_afraid_and_the_birth_is_near_is_told_to_ask_this_week(weeks, hurry):
    afraid = Answers(happened=FEAR, weeks_pregnant=weeks, age=Range(18, 120))
    found = fit(afraid, max_gestation_weeks=42)
    assert found.outcome is Fit.LOOKS_RIGHT
    assert found.headline.endswith(say("fit.this_week")) is hurry
    assert not fit(replace(afraid, happened=LOSS)).headline.endswith(say("fit.this_week"))
    assert not fit(replace(afraid, happened=None)).headline.endswith(say("fit.this_week"))


def test_who_may_not_get_help_there_is_not_told_to_ask_this_week():
    late = Answers(happened=FEAR, weeks_pregnant=40, age=Range(18, 120))
    found = fit(late, max_gestation_weeks=30)
    assert found.headline == say("fit.may_not", things=names(CriterionId.GESTATION))


# --- what it rests on -----------------------------------------------------------------------------


def test_each_finding_has_its_words_and_where_it_comes_from():
    found = fit(replace(GOOD, **LONG_AGO))
    by = {f.criterion: f for f in found.findings}
    late = by[CriterionId.MAX_MONTHS]
    assert late.state is State.MAY_NOT and late.why_unknown is None and not late.weighs
    assert late.name == say("check_name.max_months")
    assert late.question == say("check_ask.max_months")
    assert late.instead == say("check_instead.max_months")
    limit = say("criteria_unit.years", number=2)
    assert late.reason == say("check.max_months.may_not", period=limit)
    assert late.source == ("https://example.org/page",)
    assert late.source_date == "2026-01" and late.checked_on.isoformat() == "2026-11-22"
    assert by[CriterionId.PATHWAY].instead == "" and by[CriterionId.PATHWAY].headline == ""


def test_how_a_blank_is_told_depends_on_whether_the_page_was_read_to_its_end():
    for read in ("whole", "part"):
        found = fit(read=read, accepts_pregnant="unknown", min_weeks_since_event=None)
        (blank,) = (f for f in found.not_published if f.criterion is CriterionId.MIN_WEEKS)
        silence = silence_words(service(read=read).read)
        assert blank.reason == say("check.min_weeks.not_published", silence=silence)


def test_what_to_ask_goes_from_reasons_to_what_could_not_be_checked_each_once():
    found = fit(replace(GOOD, **YOUNG, happened=None), ptsd_required="yes")
    asked = [CriterionId.MIN_AGE, CriterionId.PATHWAY, CriterionId.PTSD]
    assert [f.criterion for f in (*found.reasons, *found.unchecked)] == asked
    assert found.questions == tuple(say(f"check_ask.{c}") for c in asked)


def test_findings_are_parted_by_what_they_mean_for_her():
    found = fit(
        replace(GOOD, age=None, several_events=True),
        severity="Moderate to severe",
        exclusions="x",
    )
    by_part = {
        "unchecked": [f.criterion for f in found.unchecked],
        "to_read": [f.criterion for f in found.to_read],
        "not_published": [f.criterion for f in found.not_published],
    }
    assert by_part == {
        "unchecked": [CriterionId.MIN_AGE],
        "to_read": [CriterionId.SEVERITY, CriterionId.EXCLUSIONS],
        "not_published": [CriterionId.MIN_WEEKS, CriterionId.MULTIPLE_EVENTS],
    }
    assert {f.why_unknown for f in found.not_published} == {Why.NOT_PUBLISHED}


def test_how_to_talk_it_over_first_is_what_the_service_says():
    assert fit(consultation=" Ring us. ").consultation == "Ring us."
    assert fit().consultation == ""


@pytest.mark.parametrize(
    ("said", "professional"),
    [
        ({}, False),
        ({"severity": Severity.MILD}, True),
        ({"ptsd_presentation": False}, True),
        ({"has_care_coordinator": False}, True),
    ],
    ids=str,
)
def test_whoever_answers_a_professionals_question_is_one(said, professional):
    assert fit(replace(GOOD, **said)).by_professional is professional


# --- the order of services ------------------------------------------------------------------------


def of(key: str, certainty: Certainty | None = STATED, **changes: Any) -> Match:
    fields = type(service()).model_fields
    columns = {**KNOWN_SERVICE, **{k: v for k, v in changes.items() if k in fields}}
    own = {**KNOWN, **{k: v for k, v in changes.items() if k not in fields}}
    return match(
        service(id=key, **columns), certainty=certainty, criteria=criteria(service_id=key, **own)
    )


MAY_NOT, WORTH = {"loss": "no"}, {"loss": "not_listed"}


def ranked(local: list[Match], around: list[Match], answers: Answers = GOOD) -> list[str]:
    found = rank(answer(*local, neighbours=tuple(around)), answers)
    return [("+" if a.via_gp else "") + a.service.id for a in found]


def test_local_services_stand_from_the_best_fit_to_the_worst():
    local = [of("c", **MAY_NOT), of("b", **WORTH), of("a"), of("a2")]
    assert ranked(local, []) == ["a", "a2", "b", "c"]


def test_a_neighbour_that_fits_better_than_every_local_one_stands_before_the_other_neighbours():
    around = [of("no", None, **MAY_NOT), of("yes", None), of("ask", None, **WORTH)]
    assert ranked([of("c", **MAY_NOT)], around) == ["c", "+yes", "+ask", "+no"]
    assert ranked([of("b", **WORTH)], around) == ["b", "+yes", "+ask", "+no"]
    assert ranked([], around) == ["+yes", "+ask", "+no"]


@pytest.mark.parametrize(
    ("local", "better"),
    [
        ([of("l")], []),
        ([of("l", **WORTH)], ["n"]),
        ([of("l", **MAY_NOT)], ["n"]),
        ([of("l", **MAY_NOT), of("l2")], []),
        ([], ["n"]),
    ],
    ids=["same", "worth asking", "may not", "one is as good", "none"],
)
def test_better_elsewhere_is_better_than_every_local_one(local, better):
    found = rank(answer(*local, neighbours=(of("n", None),)), GOOD)
    assert [a.service.id for a in better_elsewhere(found)] == better


def test_a_neighbour_not_known_to_help_with_it_is_never_better():
    around = [of("n", None, **WORTH)]
    found = rank(answer(of("l", **MAY_NOT), neighbours=tuple(around)), GOOD)
    assert better_elsewhere(found) == ()


def test_helping_with_all_of_it_is_better_than_with_some_of_it():
    both = replace(GOOD, happened=LOSS | {Pathway.SEPARATION})
    local, around = of("l"), of("n", None, separation="yes")
    found = rank(answer(local, neighbours=(around,)), both)
    assert [a.service.id for a in better_elsewhere(found)] == ["n"]


OFFER_PLACES = [
    ({"loss": "yes", "separation": "yes"}, 0),
    ({"loss": "yes", "separation": "no"}, 1),
    ({"loss": "unknown", "separation": "no"}, 2),
    ({"loss": "not_listed", "separation": "no"}, 3),
    ({"loss": "no", "separation": "no"}, 4),
]


@pytest.mark.parametrize(("columns", "place"), OFFER_PLACES)
def test_how_well_it_is_known_to_help(columns, place):
    both = replace(GOOD, happened=LOSS | {Pathway.SEPARATION})
    assert fit(both, **columns).offer_place == place
    assert fit(Answers(), **columns).offer_place == 2


def test_what_was_said_of_the_area_holds_for_the_local_service_only():
    said = replace(
        GOOD, lives_in_area=True, gp_in_area=False, maternity_booked_in_area=False, who=None
    )
    left = elsewhere(said)
    assert (left.lives_in_area, left.gp_in_area, left.maternity_booked_in_area) == (None,) * 3
    assert replace(left, lives_in_area=True) == replace(
        said, gp_in_area=None, maternity_booked_in_area=None
    )
    found = rank(answer(of("l"), neighbours=(of("n", None),)), said)
    areas = [f.state for a in found for f in a.findings if f.criterion is CriterionId.AREA]
    assert areas == [State.MET, State.CANNOT_TELL]


def test_closed_services_are_not_among_them_and_not_safe_shows_none():
    gone = of("gone", status=Status.CLOSED)
    gone_too = of("gone too", None, status=Status.CLOSED)
    assert still_there([gone, of("l")]) == (of("l"),)
    assert ranked([gone, of("l")], [gone_too]) == ["l"]
    assert ranked([of("l")], [], replace(GOOD, safety=Safety.UNSAFE)) == []
    assert ranked([of("l")], [], replace(GOOD, safety=Safety.UNSURE)) == ["l"]


def test_the_area_of_the_place_counts_as_sure_as_it_is_known():
    (sure,) = rank(answer(of("l")), GOOD)
    (worked_out,) = rank(answer(of("l", Certainty.INFERRED)), GOOD)
    assert (sure.outcome, worked_out.outcome) == (Fit.LOOKS_RIGHT, Fit.WORTH_ASKING)


def test_the_services_to_ask_first_are_named_by_the_directory():
    asks = {"prior_treatment_required": "yes", "earlier_help": ("talk", "gone")}
    own = criteria(service_id="l", **{**KNOWN, **asks})
    made = directory([service(id="talk", name="Talk"), service(id="l")], criteria=[own])
    known = names_of(made)
    assert known == {"talk": "Talk"}
    said = replace(GOOD, seen_before=False)
    local, around = of("l", **asks), of("n", None, **asks)
    found = rank(answer(local, neighbours=(around,)), said, known)
    reasons = [f.reason for a in found for f in a.reasons]
    assert reasons == [say("check.earlier_treatment.may_not", services="Talk")] * 2


def test_where_no_criteria_are_on_record_all_is_unknown():
    blank = published(service(id="x"), None)
    assert blank.criteria.service_id == "x" and blank.earlier_help == ()
    found = assess(service(), None, Answers(happened=frozenset(Pathway)))
    assert found.outcome is Fit.WORTH_ASKING and found.offer_place == 2
    assert {f.state for f in found.findings} == {State.CANNOT_TELL}
