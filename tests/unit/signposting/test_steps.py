"""What each next step holds, and where urgent help and the GP stand: `signposting.steps`."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from mmhs_finder.answers.types import Answer
from mmhs_finder.directory.models import (
    DevolvedService,
    FurtherNeed,
    LossKind,
    NationalSupport,
    Pathway,
    Service,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.eligibility import Answers, Range, Safety, Who
from mmhs_finder.hours import LONDON
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.signposting.destinations import Step
from mmhs_finder.signposting.steps import NextStep, next_steps, out_of_hours, situation_of
from mmhs_finder.words import say
from tests.made_up.lines import NO_PHONE, devolved
from tests.made_up.records import (
    SUNDAY_NIGHT,
    TUESDAY_NOON,
    answer,
    criteria,
    line,
    service,
)
from tests.made_up.records import place as made_place
from tests.made_up.world import WEST, directory, finder

BIRTH, LOSS, FEAR, APART = (frozenset({p}) for p in Pathway)
HERE = made_place(areas=(WEST,), lat=50.5, lon=0.5)
WALES = made_place(areas=(), nation=Nation.WALES)
PHONE = {"phone": "0300 1", "phone_audience": "public", "phone_status": "confirmed"}
WEEKDAYS = "Mo-Fr 09:00-17:00"
OFFICE = {"phone_hours_osm": WEEKDAYS}
TUESDAY_NIGHT = datetime(2026, 11, 24, 22, tzinfo=LONDON)
URGENT = line(id="999", kind="crisis", urgent_strip="emergency")


def steps(
    *rows: Service | NationalSupport | DevolvedService,
    said: dict[str, Any] | None = None,
    at: datetime = TUESDAY_NOON,
    at_place: Place = HERE,
    serves: list[tuple[str, ...]] | None = None,
    needs: tuple[Pathway, ...] | None = None,
    **records: Any,
) -> tuple[NextStep, ...]:
    """What is offered next on a directory of these rows; every service serves `WEST`."""
    services = [r for r in rows if isinstance(r, Service)]
    made = finder(
        directory(
            services,
            [(s.id, "E01") for s in services] if serves is None else serves,
            national=[URGENT, *(r for r in rows if isinstance(r, NationalSupport))],
            devolved=[r for r in rows if isinstance(r, DevolvedService)],
            **records,
        )
    )
    answers = Answers(**(said or {}))
    happened = tuple(answers.happened or ()) if needs is None else needs
    return next_steps(made, made.find(at_place, happened, at), answers)


def kinds(found: tuple[NextStep, ...]) -> list[Step]:
    return [s.step for s in found]


def ids(found: tuple[NextStep, ...], step: Step) -> list[str] | None:
    """The ways of a step; None where it is not offered."""
    for s in found:
        if s.step is step:
            return [_id(way) for way in s.ways]
    return None


def _id(way: Any) -> str:
    for name in ("service", "support"):
        if hasattr(way, name):
            return getattr(way, name).id
    return way.service_name


def local(key: str, kind: ServiceKind, **changes: Any) -> Service:
    return service(**{"id": key, "name": key, "kind": kind, **changes})


# --- out of hours ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("at", "nation", "shut"),
    [
        ("2026-11-24 07:59", Nation.ENGLAND, True),
        ("2026-11-24 08:00", Nation.ENGLAND, False),
        ("2026-11-24 12:00", Nation.ENGLAND, False),
        ("2026-11-24 17:59", Nation.ENGLAND, False),
        ("2026-11-24 18:00", Nation.ENGLAND, True),
        ("2026-11-27 12:00", Nation.ENGLAND, False),
        ("2026-11-28 12:00", Nation.ENGLAND, True),
        ("2026-11-29 12:00", Nation.ENGLAND, True),
        ("2026-12-25 12:00", Nation.ENGLAND, True),
        ("2026-04-06 12:00", Nation.ENGLAND, True),
        ("2026-04-06 12:00", Nation.SCOTLAND, False),
        ("2026-11-30 12:00", Nation.SCOTLAND, True),
    ],
)
def test_surgeries_are_open_from_eight_to_six_on_working_days_of_the_nation(at, nation, shut):
    moment = datetime.fromisoformat(at).replace(tzinfo=LONDON)
    assert out_of_hours(answer(at=moment, place=made_place(nation=nation))) is shut


# --- urgent help ----------------------------------------------------------------------------------

AT_ANY_HOUR = line(id="always", kind="voluntary_sector")
THERAPY = local("therapy", ServiceKind.TALKING_THERAPIES, hours_osm="24/7", **PHONE)


def place_of_urgent(*rows: Any, **options: Any) -> int:
    found = kinds(steps(*rows, **options))
    return found.index(Step.URGENT) if found[-1] is not Step.URGENT else -1


@pytest.mark.parametrize(
    ("rows", "options", "place"),
    [
        ([THERAPY], {}, -1),
        ([AT_ANY_HOUR], {}, -1),
        ([], {}, 2),
        ([THERAPY], {"at": SUNDAY_NIGHT}, 1),
        ([AT_ANY_HOUR], {"at": SUNDAY_NIGHT}, 0),
        ([], {"at": SUNDAY_NIGHT}, 0),
        ([THERAPY], {"said": {"safety": Safety.UNSURE}}, 0),
        ([THERAPY], {"said": {"safety": Safety.UNSURE}, "at": SUNDAY_NIGHT}, 0),
        ([AT_ANY_HOUR], {"said": {"happened": APART}}, 2),
        ([AT_ANY_HOUR], {"said": {"age": Range(19, 19)}}, 2),
        ([AT_ANY_HOUR], {"said": {"age": Range(20, 20)}}, -1),
    ],
    ids=[
        "by day",
        "by day, somebody answers",
        "by day, nobody answers",
        "at night, the first answers",
        "at night, another answers",
        "at night, nobody answers",
        "not sure whether safe",
        "not sure at night",
        "after a separation",
        "nineteen",
        "twenty",
    ],
)
def test_where_urgent_help_stands(rows, options, place):
    assert place_of_urgent(*rows, **options) == place


def test_not_safe_is_urgent_help_and_nothing_else():
    found = steps(THERAPY, said={"safety": Safety.UNSAFE, "happened": LOSS})
    assert kinds(found) == [Step.URGENT]
    assert ids(found, Step.URGENT) == ["999"]


@pytest.mark.parametrize(
    ("changes", "at", "answers"),
    [
        ({}, TUESDAY_NOON, True),
        ({"hours_osm": WEEKDAYS}, SUNDAY_NIGHT, False),
        ({"hours_osm": WEEKDAYS}, TUESDAY_NOON, True),
        ({"phone_status": "check"}, TUESDAY_NOON, False),
        ({"status": Status.UNKNOWN}, TUESDAY_NOON, False),
        ({"phone_audience": "professional"}, TUESDAY_NOON, False),
    ],
    ids=str,
)
def test_somebody_answers_where_a_parent_may_ring_and_it_is_open(changes, at, answers):
    found = steps(
        local("t", ServiceKind.TALKING_THERAPIES, **{"hours_osm": "24/7"} | PHONE | changes), at=at
    )
    (step,) = (s for s in found if s.step is Step.NHS_TALKING_THERAPIES)
    assert step.open_now is answers


def test_a_line_without_a_number_answers_nobody_and_one_to_text_does():
    def step(**changes: Any) -> NextStep:
        (found,) = (s for s in steps(line(**changes)) if s.step is Step.VOLUNTARY_SECTOR)
        return found

    assert not step(**NO_PHONE, website="https://a.example").open_now
    assert step(**NO_PHONE, text_number="85258").open_now
    assert not step(**OFFICE, phone="").open_now


# --- the GP ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "fourth"),
    [
        ({"self_referral": "yes"}, False),
        ({"self_referral": "no"}, True),
        ({"self_referral": "unknown"}, True),
        ({"self_referral": "yes", "status": Status.UNKNOWN}, True),
        ({"self_referral": "yes", "new_referrals": YesNo.NO}, True),
    ],
    ids=str,
)
def test_the_gp_is_fourth_where_nobody_can_ask_the_local_service_herself(changes, fourth):
    a = service(who_for="Parents", **changes)
    found = kinds(steps(a, THERAPY))
    assert (found.index(Step.GP) == 3) is fourth
    assert len(found) > 6


def test_a_gp_who_stands_earlier_already_stays_there():
    severe = {"severity": 3}
    found = kinds(steps(THERAPY, said=severe))
    assert found.index(Step.GP) < 3


# --- what a step holds ----------------------------------------------------------------------------


def test_local_services_stand_before_the_national_way_and_those_confirmed_first():
    rows = [
        local("unsure", ServiceKind.PERINATAL_TEAM, status=Status.UNKNOWN),
        local("shut", ServiceKind.PERINATAL_TEAM, hours_osm="Sa 01:00-02:00", **PHONE),
        local("answers", ServiceKind.PERINATAL_TEAM, hours_osm="24/7", **PHONE),
        line(id="route", kind="perinatal_mental_health_team", nations=("England",)),
    ]
    found = steps(*rows)
    assert ids(found, Step.PERINATAL_TEAM) == ["answers", "shut", "unsure", "route"]


def test_at_night_whoever_answers_stands_before_whoever_is_nearer():
    rows = [
        local("shut", ServiceKind.PEER_SUPPORT, hours_osm=WEEKDAYS, **PHONE),
        line(id="always", kind="peer_support"),
    ]
    assert ids(steps(*rows), Step.PEER_SUPPORT) == ["shut", "always"]
    assert ids(steps(*rows, at=TUESDAY_NIGHT), Step.PEER_SUPPORT) == ["always", "shut"]


@pytest.mark.parametrize(
    ("step", "said", "rows", "held"),
    [
        (
            Step.COUNSELLING_NEARBY,
            {},
            [
                local("c", ServiceKind.COUNSELLING),
                local("o", ServiceKind.OTHER),
                local("p", ServiceKind.PEER_SUPPORT),
            ],
            ["c", "o"],
        ),
        (Step.COUNSELLING_NEARBY, {}, [local("p", ServiceKind.PEER_SUPPORT)], None),
        (Step.PEER_SUPPORT, {}, [], []),
        (
            Step.LEGAL_ADVICE,
            {"happened": APART},
            [
                line(id="law", kind="legal_rights", pathways=("separation",)),
                line(id="work", kind="legal_rights", pathways=("any",)),
                line(id="charity", pathways=("separation",)),
            ],
            ["law"],
        ),
        (Step.LEGAL_ADVICE, {"happened": LOSS}, [], None),
        (
            Step.SEPARATION_SERVICES,
            {"happened": APART},
            [
                line(id="law", kind="legal_rights", pathways=("separation",), **NO_PHONE),
                line(id="for them", pathways=("separation",)),
                line(id="anybody", pathways=("any",)),
                line(id="both", pathways=("separation", "loss"), **NO_PHONE),
            ],
            ["for them", "anybody", "both"],
        ),
        (
            Step.MATERNITY,
            {"happened": BIRTH},
            [local("talk", ServiceKind.BIRTH_REFLECTIONS)],
            ["talk"],
        ),
        (Step.MATERNITY, {"happened": LOSS, "loss_kind": LossKind.ECTOPIC}, [], None),
        (Step.HEALTH_VISITOR, {"happened": LOSS}, [], None),
        (Step.HEALTH_VISITOR, {"happened": LOSS, "has_baby": True}, [], []),
        (Step.CHILDRENS_CENTRE, {"further": frozenset(FurtherNeed)}, [], None),
    ],
    ids=lambda value: getattr(value, "value", None),
)
def test_what_a_step_holds(step, said, rows, held):
    assert ids(steps(*rows, said=said), step) == held


def test_for_a_kind_of_loss_its_own_lines_come_first_and_the_chief_ones_before_the_others():
    rows = [
        line(id="anybody", kind="bereavement_service", pathways=("loss",)),
        line(
            id="second",
            kind="bereavement_service",
            pathways=("loss",),
            for_loss_kinds=("miscarriage", "ectopic"),
        ),
        line(id="charity", pathways=("loss",), for_loss_kinds=("ectopic",)),
        line(
            id="chief", kind="bereavement_service", pathways=("loss",), for_loss_kinds=("ectopic",)
        ),
        line(id="no kind", pathways=("loss",)),
    ]
    said = {"happened": LOSS, "loss_kind": LossKind.ECTOPIC}
    assert ids(steps(*rows, said=said), Step.BEREAVEMENT) == [
        "chief",
        "charity",
        "second",
        "anybody",
    ]
    every = ids(steps(*rows, said={"happened": LOSS}), Step.BEREAVEMENT)
    assert sorted(every) == ["anybody", "chief", "second"]
    peers = ids(steps(*rows, said=said), Step.PEER_SUPPORT)
    assert peers == []


def test_no_line_is_offered_that_is_for_somebody_else():
    rows = [
        line(id="all", kind="peer_support"),
        line(id="mothers", kind="peer_support", audience=("parent",)),
        line(id="partners", kind="peer_support", audience=("partner", "family")),
    ]
    assert ids(steps(*rows), Step.PEER_SUPPORT) == ["all", "mothers", "partners"]
    by_partner = steps(*rows, said={"who": Who.PARTNER})
    assert ids(by_partner, Step.PEER_SUPPORT) == ["all", "partners"]
    assert ids(steps(*rows, said={"who": Who.PARENT}), Step.PEER_SUPPORT) == ["all", "mothers"]


def test_partner_support_has_its_own_lines_first_and_none_for_another_grief():
    rows = [
        line(id="general", pathways=("partner", "any")),
        line(id="own", kind="partner_support", pathways=("partner",), **OFFICE),
        line(id="loss", kind="partner_support", pathways=("partner", "loss")),
        line(id="mothers", pathways=("partner",), audience=("parent",)),
    ]
    found = steps(*rows, said={"who": Who.PARTNER, "happened": BIRTH})
    assert ids(found, Step.PARTNER_SUPPORT) == ["own", "general"]
    lost = steps(*rows, said={"who": Who.FAMILY, "happened": LOSS})
    assert sorted(ids(lost, Step.PARTNER_SUPPORT)) == ["general", "loss", "own"]
    assert ids(steps(*rows, said={"who": Who.PARENT}), Step.PARTNER_SUPPORT) is None


def test_domestic_abuse_is_never_among_the_steps():
    abuse = line(id="abuse", kind="domestic_abuse", pathways=("partner", "any", "domestic_abuse"))
    urgent = line(id="crisis", kind="crisis")
    for who in Who:
        found = steps(abuse, urgent, said={"who": who, "happened": APART})
        assert all("abuse" not in (ids(found, s.step) or ()) for s in found)


# --- neighbours -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("offers", "held"),
    [
        (("yes", "unknown", "not_listed", "no"), ["0", "1", "2"]),
        (("no", "not_listed", "unknown", "yes"), ["3", "2", "1"]),
        (("no",), None),
        (("unknown",), ["0"]),
    ],
)
def test_a_neighbour_that_says_no_is_not_offered_and_one_that_says_yes_comes_first(offers, held):
    services = [service(id=str(i), name=str(i), who_for="x") for i in range(len(offers))]
    own = [criteria(service_id=str(i), loss=o) for i, o in enumerate(offers)]
    found = steps(
        *services, said={"happened": LOSS}, serves=[(s.id, "E02") for s in services], criteria=own
    )
    assert ids(found, Step.ADJACENT_MMHS) == held


def test_one_yes_of_several_is_enough_and_with_nothing_said_all_are_offered():
    a, own = service(id="a", who_for="x"), criteria(service_id="a", loss="no", birth_trauma="yes")
    serves = [("a", "E02")]
    both = steps(a, said={"happened": LOSS | BIRTH}, serves=serves, criteria=[own])
    assert ids(both, Step.ADJACENT_MMHS) == ["a"]
    assert ids(steps(a, serves=serves, criteria=[own]), Step.ADJACENT_MMHS) == ["a"]


# --- the young ------------------------------------------------------------------------------------

ADULTS = {Step.NHS_TALKING_THERAPIES, Step.COMMUNITY_TEAM, Step.DRUG_AND_ALCOHOL}


@pytest.mark.parametrize(
    ("age", "adults", "line_for_her", "nurse"),
    [(17, False, ["childline"], ["nurse"]), (18, True, None, ["nurse"]), (20, True, None, None)],
)
def test_under_eighteen_nothing_is_for_adults_only(age, adults, line_for_her, nurse):
    found = steps(THERAPY, said={"age": Range(age, age)})
    assert ({*kinds(found)} >= ADULTS) is adults and bool(ADULTS & {*kinds(found)}) is adults
    assert Step.YOUNG_LINE not in kinds(found)
    with_lines = steps(*young_rows(), said={"age": Range(age, age)})
    assert ids(with_lines, Step.YOUNG_LINE) == line_for_her
    assert ids(with_lines, Step.FAMILY_NURSE) == nurse
    for step in (Step.YOUNG_MENTAL_HEALTH, Step.SCHOOL_NURSE):
        assert (step in kinds(with_lines)) is (age == 17)


def young_rows() -> list[NationalSupport]:
    topics = {"pathways": ("any",)}
    return [
        line(id="childline", kind="young_people", **topics),
        line(id="nurse", kind="young_parents", **topics),
        line(id="other", kind="faith", **topics),
    ]


# --- other nations --------------------------------------------------------------------------------


ENGLAND_ONLY = {
    Step.NHS_TALKING_THERAPIES,
    Step.MENTAL_HEALTH_MIDWIFE,
    Step.SOCIAL_PRESCRIBING,
    Step.CHILDRENS_CENTRE,
}


def test_another_nation_has_its_own_services_and_nothing_that_is_englands():
    found = steps(devolved(), devolved(service_name="(nothing found)"), at_place=WALES)
    assert ids(found, Step.NATION_SERVICES) == ["Team"]
    assert not ENGLAND_ONLY & {*kinds(found)}
    assert kinds(found)[0] is Step.NATION_SERVICES
    title = say("step.nation_services", nation="Wales")
    assert found[0].title == title and found[0].what == say(
        "step_what.nation_services", nation="Wales"
    )
    assert found[0].say == say("step_say.nation_services")
    here = steps(devolved())
    assert {*kinds(here)} >= ENGLAND_ONLY and Step.NATION_SERVICES not in kinds(here)


def test_in_england_without_an_area_what_is_englands_is_offered():
    found = steps(at_place=made_place(areas=()))
    assert {*kinds(found)} >= ENGLAND_ONLY


# --- the national way stays -----------------------------------------------------------------------


def test_a_local_service_that_may_not_fit_is_never_the_only_way():
    route = line(id="route", kind="nhs_talking_therapies", nations=("England",))
    website = {"website": "https://a.example"}
    rows = [local("therapy", ServiceKind.TALKING_THERAPIES, **website), route]
    made = finder(directory(rows[:1], [("therapy", "E01")], national=[route]))
    assert made.find(HERE, (), TUESDAY_NOON).routes == ()
    assert ids(steps(*rows), Step.NHS_TALKING_THERAPIES) == ["therapy", "route"]


# --- her answers and the search -------------------------------------------------------------------


def test_what_she_answers_decides_over_what_was_searched_for():
    rows = [local("grief", ServiceKind.BEREAVEMENT), local("unit", ServiceKind.PARENT_INFANT)]
    lost = steps(*rows, said={"happened": LOSS}, needs=(Pathway.BIRTH_TRAUMA,))
    assert ids(lost, Step.BEREAVEMENT) == ["grief"]
    assert ids(lost, Step.CHILDRENS_CENTRE) is None
    with_baby = steps(*rows, said={"happened": LOSS, "has_baby": True}, needs=(Pathway.LOSS,))
    assert ids(with_baby, Step.CHILDRENS_CENTRE) == ["unit"]
    kept = steps(*rows, needs=(Pathway.BIRTH_TRAUMA,))
    assert ids(kept, Step.BEREAVEMENT) is None


def test_all_that_decides_what_may_hurt_is_taken_from_her_answers():
    said = Answers(
        happened=LOSS,
        has_baby=False,
        pregnant_now=True,
        loss_kind=LossKind.STILLBIRTH,
        further=frozenset(FurtherNeed),
    )
    who = situation_of(answer(needs=(Pathway.BIRTH_TRAUMA,)), said)
    assert (who.needs, who.has_baby, who.pregnant) == (LOSS, False, True)
    assert (who.loss_kind, who.further) == (LossKind.STILLBIRTH, frozenset(FurtherNeed))
    searched: Answer = answer(needs=(Pathway.BIRTH_TRAUMA,))
    assert situation_of(searched, Answers()).needs == BIRTH


def test_pregnant_again_after_a_loss_has_a_step_of_its_own_but_not_after_a_separation():
    assert Step.PREGNANCY_AFTER_LOSS in kinds(steps(said={"happened": LOSS, "pregnant_now": True}))
    for said in (
        {"happened": LOSS},
        {"happened": APART, "pregnant_now": True},
        {"happened": BIRTH, "pregnant_now": True},
    ):
        assert Step.PREGNANCY_AFTER_LOSS not in kinds(steps(said=said))


def test_afraid_and_late_has_the_maternity_unit():
    assert Step.MATERNITY_UNIT in kinds(steps(said={"happened": FEAR, "weeks_pregnant": 34}))
    assert Step.MATERNITY_UNIT not in kinds(steps(said={"happened": FEAR, "weeks_pregnant": 33}))


def test_open_now_is_asked_for_the_moment_of_the_answer():
    later = TUESDAY_NOON + timedelta(hours=10)
    rows = [
        line(id="partner", kind="partner_support", pathways=("partner",), **OFFICE),
        *young_rows(),
    ]
    said = {"who": Who.PARTNER, "happened": LOSS, "age": Range(17, 17)}
    for at, answers in ((TUESDAY_NOON, True), (later, False)):
        found = steps(*rows, said=said, at=at, needs=())
        (step,) = (s for s in found if s.step is Step.PARTNER_SUPPORT)
        assert step.open_now is answers
