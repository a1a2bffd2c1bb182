"""In which order the kinds of next step are offered: the rules of `signposting.order`."""

from __future__ import annotations

from typing import Any

import pytest

from mmhs_finder.answers.suited import Situation, situation
from mmhs_finder.directory.models import FurtherNeed, Pathway
from mmhs_finder.eligibility import AGES, Answers, Assessment, Range, Severity, Who, assess
from mmhs_finder.signposting.destinations import DESTINATIONS, Step
from mmhs_finder.signposting.order import (
    afraid_and_late,
    at_high_risk,
    order_of,
    under_eighteen,
    under_twenty,
)
from tests.made_up.records import criteria, service

BIRTH, LOSS, FEAR, APART = Pathway
NOTHING = situation()
REST = [
    Step.NHS_TALKING_THERAPIES,
    Step.VOLUNTARY_SECTOR,
    Step.COUNSELLING_NEARBY,
    *[d.step for d in DESTINATIONS[2:]],
]


def order(of: Situation = NOTHING, found: tuple[Assessment, ...] = (), **said: Any) -> list[Step]:
    return list(order_of(of, Answers(**said), found))


def first(count: int, of: Situation = NOTHING, **said: Any) -> list[Step]:
    return order(of, **said)[:count]


def test_with_nothing_said_the_reports_order_holds_and_what_is_for_a_baby_comes_last():
    last = [Step.DRUG_AND_ALCOHOL, Step.CHILDRENS_CENTRE, Step.HEALTH_VISITOR]
    rest = [step for step in REST if step not in last]
    assert order() == [Step.NATION_SERVICES, *rest, *last]


@pytest.mark.parametrize("who", [NOTHING, *(situation([p]) for p in Pathway)])
@pytest.mark.parametrize("said", [{}, {"severity": Severity.MILD, "who": Who.PARTNER}], ids=str)
def test_every_step_stands_once_and_none_of_the_fourteen_is_lost(who, said):
    found = order(who, **said)
    assert len({*found}) == len(found)
    assert {d.step for d in DESTINATIONS} <= {*found}
    assert Step.DRUG_AND_ALCOHOL in found[-4:]


@pytest.mark.parametrize(
    ("who", "steps"),
    [
        (situation([LOSS]), [Step.BEREAVEMENT, Step.NATION_SERVICES]),
        (situation([BIRTH]), [Step.NATION_SERVICES, Step.MATERNITY]),
        (
            situation([FEAR]),
            [Step.NATION_SERVICES, Step.MENTAL_HEALTH_MIDWIFE, Step.MATERNITY],
        ),
        (
            situation([APART]),
            [Step.LEGAL_ADVICE, Step.SEPARATION_SERVICES, Step.NATION_SERVICES],
        ),
        (
            situation([LOSS, APART]),
            [Step.BEREAVEMENT, Step.LEGAL_ADVICE, Step.SEPARATION_SERVICES],
        ),
        (
            Situation(frozenset({LOSS}), pregnant=True),
            [
                Step.BEREAVEMENT,
                Step.MENTAL_HEALTH_MIDWIFE,
                Step.PREGNANCY_AFTER_LOSS,
                Step.PERINATAL_TEAM,
                Step.NATION_SERVICES,
            ],
        ),
        (
            Situation(frozenset({BIRTH}), pregnant=True),
            [Step.NATION_SERVICES, Step.MATERNITY],
        ),
    ],
    ids=["loss", "birth", "fear", "apart", "both", "pregnant again", "pregnant"],
)
def test_what_happened_decides_what_comes_first(who, steps):
    assert first(len(steps), who) == steps


@pytest.mark.parametrize(
    ("who", "last"),
    [
        (situation([LOSS]), [Step.MATERNITY, Step.DRUG_AND_ALCOHOL]),
        (situation([LOSS, BIRTH]), [Step.GP, Step.DRUG_AND_ALCOHOL]),
        (situation([BIRTH]), [Step.GP, Step.DRUG_AND_ALCOHOL]),
        (Situation(frozenset({LOSS}), has_baby=True), [Step.GP, Step.DRUG_AND_ALCOHOL]),
        (
            Situation(further=frozenset(FurtherNeed)),
            [Step.MATERNITY, Step.DRUG_AND_ALCOHOL, Step.CHILDRENS_CENTRE, Step.HEALTH_VISITOR],
        ),
    ],
    ids=["loss", "loss in a hard birth", "birth", "a baby with her", "treatment failed"],
)
def test_after_a_loss_nobody_is_sent_to_a_maternity_unit_before_anything_else(who, last):
    assert order(who)[-len(last) :] == last


@pytest.mark.parametrize(
    ("since", "steps"),
    [
        (None, [Step.LEGAL_ADVICE, Step.SEPARATION_SERVICES]),
        (Range(365, 500), [Step.LEGAL_ADVICE, Step.SEPARATION_SERVICES]),
        (Range(366, 500), [Step.SEPARATION_SERVICES, Step.LEGAL_ADVICE]),
    ],
    ids=["not said", "a year", "longer"],
)
def test_the_law_comes_first_only_while_a_court_may_still_be_deciding(since, steps):
    assert first(2, situation([APART]), since=since) == steps


@pytest.mark.parametrize(
    ("who", "asked"), [(Who.PARTNER, True), (Who.FAMILY, True), (Who.PARENT, False), (None, False)]
)
def test_support_for_partners_is_for_partners_and_family(who, asked):
    assert (first(1, who=who) == [Step.PARTNER_SUPPORT]) is asked


YOUNG = [Step.YOUNG_MENTAL_HEALTH, Step.FAMILY_NURSE, Step.SCHOOL_NURSE]


@pytest.mark.parametrize(
    ("age", "eighteen", "twenty", "steps"),
    [
        (Range(15, 15), True, True, [Step.YOUNG_LINE, *YOUNG]),
        (Range(17, 17), True, True, [Step.YOUNG_LINE, *YOUNG]),
        (AGES["sixteen_to_seventeen"], True, True, [Step.YOUNG_LINE, *YOUNG]),
        (Range(18, 18), False, True, YOUNG),
        (Range(19, 19), False, True, YOUNG),
        (Range(20, 20), False, False, [Step.NATION_SERVICES]),
        (AGES["adult"], False, False, [Step.NATION_SERVICES]),
        (None, False, False, [Step.NATION_SERVICES]),
    ],
)
def test_under_eighteen_and_under_twenty(age, eighteen, twenty, steps):
    said = Answers(age=age)
    assert (under_eighteen(said), under_twenty(said)) == (eighteen, twenty)
    assert first(len(steps), age=age) == steps
    assert at_high_risk(NOTHING, said) is twenty


def test_after_a_separation_somebody_is_at_high_risk_at_any_age():
    assert at_high_risk(situation([APART]), Answers())
    assert not at_high_risk(situation([LOSS]), Answers())


@pytest.mark.parametrize(("weeks", "late"), [(33, False), (34, True), (None, False)])
def test_a_fear_of_a_birth_that_is_near_goes_to_the_maternity_unit(weeks, late):
    said = Answers(weeks_pregnant=weeks)
    assert afraid_and_late(situation([FEAR]), said) is late
    assert not afraid_and_late(situation([LOSS]), said)
    near = [Step.MATERNITY_UNIT, Step.MENTAL_HEALTH_MIDWIFE, Step.NATION_SERVICES]
    assert (first(3, situation([FEAR]), weeks_pregnant=weeks) == near) is late


@pytest.mark.parametrize(
    ("severity", "steps"),
    [
        (Severity.MILD, [Step.NHS_TALKING_THERAPIES, Step.VOLUNTARY_SECTOR]),
        (Severity.MODERATE, [Step.NHS_TALKING_THERAPIES, Step.PERINATAL_TEAM]),
        (Severity.SEVERE, [Step.PERINATAL_TEAM, Step.GP, Step.COMMUNITY_TEAM]),
        (Severity.COMPLEX, [Step.PERINATAL_TEAM, Step.GP, Step.COMMUNITY_TEAM]),
    ],
)
def test_how_bad_it_is_decides_where_to(severity, steps):
    found = order(severity=severity)
    assert found[: len(steps) + 1] == [Step.NATION_SERVICES, *steps]


def assessed(neighbour: bool = False, said: dict[str, Any] | None = None, **own: Any) -> Assessment:
    answers = Answers(**(said or {}))
    return assess(service(), criteria(**own), answers, neighbour=neighbour)


@pytest.mark.parametrize(
    ("own", "said", "steps"),
    [
        ({"loss": "no"}, {"happened": frozenset({LOSS})}, [Step.ADJACENT_MMHS]),
        (
            {"accepts_pregnant": "no"},
            {"pregnant_now": True},
            [Step.MENTAL_HEALTH_MIDWIFE, Step.PERINATAL_TEAM],
        ),
        (
            {"max_gestation_weeks": 20, "accepts_pregnant": "yes"},
            {"weeks_pregnant": 30},
            [Step.MENTAL_HEALTH_MIDWIFE, Step.MATERNITY],
        ),
        (
            {"ptsd_required": "yes"},
            {"ptsd_presentation": False},
            [Step.NHS_TALKING_THERAPIES, Step.ADJACENT_MMHS],
        ),
        (
            {"prior_treatment_required": "yes"},
            {"seen_before": False},
            [Step.NHS_TALKING_THERAPIES, Step.VOLUNTARY_SECTOR],
        ),
        (
            {"prior_treatment_required": "preferred"},
            {"seen_before": False},
            [Step.NHS_TALKING_THERAPIES, Step.VOLUNTARY_SECTOR],
        ),
    ],
    ids=["pathway", "pregnant", "weeks", "signs", "earlier help", "preferred"],
)
def test_why_a_local_service_may_not_help_brings_what_helps_instead_forward(own, said, steps):
    found = order(found=(assessed(said=said, **own),), **said)
    assert found[1 : len(steps) + 1] == steps


def test_earlier_help_that_they_would_prefer_counts_only_for_who_has_had_none():
    own = {"prior_treatment_required": "preferred", "accepts_pregnant": "no"}
    asked = assessed(said={"seen_before": False}, **own)
    assert order(found=(asked,), seen_before=False)[1] is Step.NHS_TALKING_THERAPIES
    severe = {"severity": Severity.SEVERE}
    with_it = order(found=(asked,), seen_before=False, **severe)
    without = order(
        found=(assessed(said={"seen_before": True}, **own),), seen_before=True, **severe
    )
    assert with_it.index(Step.NHS_TALKING_THERAPIES) == without.index(Step.NHS_TALKING_THERAPIES)
    assert without == order(**severe) == order(found=(asked,), **severe)


def test_of_what_could_not_be_checked_only_earlier_help_counts():
    said = {"seen_before": False}
    asked = assessed(said=said, max_gestation_weeks=20)
    assert order(found=(asked,), **said) == order()


def test_why_a_neighbour_may_not_help_changes_nothing():
    said = {"pregnant_now": True}
    around = assessed(neighbour=True, said=said, accepts_pregnant="no")
    assert order(found=(around,), **said) == order()
    local = assessed(said=said, accepts_pregnant="no")
    assert order(found=(around, local), **said)[1] is Step.MENTAL_HEALTH_MIDWIFE
