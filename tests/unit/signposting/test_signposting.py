"""What is offered next: fits the need, is reachable at any hour, and is never nothing."""

from __future__ import annotations

import csv
import re
from datetime import datetime
from itertools import combinations

import pytest

from mmhs_finder.answers.national import HIDDEN_UNLESS_CHOSEN
from mmhs_finder.answers.types import Answer, Outcome
from mmhs_finder.directory.models import Pathway, ServiceKind
from mmhs_finder.eligibility import Answers, LossKind, Range, Safety, Severity, Who, assess, rank
from mmhs_finder.hours import LONDON
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.signposting.destinations import DESTINATIONS, Step
from mmhs_finder.signposting.order import FOR_REASON, FOR_SEVERITY
from mmhs_finder.signposting.steps import next_steps
from mmhs_finder.words import all_words

SUNDAY_NIGHT = datetime(2026, 11, 22, 3, 0, tzinfo=LONDON)
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=LONDON)
NEEDS = [frozenset(c) for n in range(len(Pathway) + 1) for c in combinations(Pathway, n)]
UK = [n for n in Nation if n.value in ("England", "Scotland", "Wales", "Northern Ireland")]
REPORT = [
    "nhs_talking_therapies",
    "voluntary_sector",
    "perinatal_mental_health_team",
    "community_mental_health_team",
    "peer_support",
    "specialist_mental_health_midwife",
    "bereavement_services",
    "maternity",
    "adjacent_mmhs",
    "social_prescribing",
    "drug_and_alcohol_services",
    "childrens_centre",
    "health_visitor",
    "gp",
]


def anywhere(finder, nation: Nation, needs=(), at=SUNDAY_NIGHT) -> Answer:
    """An answer for a nation, without a place of its own in England."""
    place = Place(label=nation.value, precision=Precision.POSTCODE, nation=nation)
    return finder.find(place, tuple(needs), at)


def near(finder, text: str, at=MONDAY_NOON, **answers):
    given = Answers(**answers)
    answer = finder.find(finder.place(text), tuple(given.happened or ()), at)
    return next_steps(finder, answer, given, rank(answer, given))


def kinds(steps) -> list[str]:
    return [s.step.value for s in steps]


def happened(*needs: Pathway) -> frozenset[Pathway]:
    return frozenset(needs)


def test_the_fourteen_destinations_are_the_reports_in_its_order():
    assert [d.step.value for d in DESTINATIONS] == REPORT


def test_the_tables_name_what_exists(directory):
    national = {r.kind for r in directory.national}
    assert {k for d in DESTINATIONS for k in d.national} <= national
    from mmhs_finder.eligibility import CRITERIA

    assert set(FOR_REASON) <= {c.id for c in CRITERIA}
    assert set(FOR_SEVERITY) == set(Severity)


def test_every_step_has_its_words():
    for group in ("step", "step_what", "step_say"):
        found = {k.split(".")[1] for k in all_words() if k.startswith(f"{group}.")}
        assert found == {s.value for s in Step}


@pytest.mark.parametrize("nation", list(Nation))
@pytest.mark.parametrize("at", [SUNDAY_NIGHT, MONDAY_NOON])
def test_not_safe_is_urgent_help_and_nothing_else(finder, nation, at):
    answers = Answers(safety=Safety.UNSAFE, happened=happened(Pathway.LOSS))
    steps = next_steps(finder, anywhere(finder, nation, at=at), answers)
    assert kinds(steps) == ["urgent"]
    assert "999" in steps[0].what
    if nation in UK:
        assert steps[0].open_now


@pytest.mark.parametrize("nation", list(Nation))
@pytest.mark.parametrize("needs", NEEDS, ids=lambda n: "+".join(sorted(n)) or "nothing")
def test_every_service_need_and_nation_has_a_step_that_is_reachable_now(
    finder, directory, nation, needs
):
    answer = anywhere(finder, nation, needs)
    answers = Answers(happened=needs)
    for service in directory.services_of(ServiceKind.MMHS):
        found = assess(service, directory.criteria.get(service.id), answers)
        steps = next_steps(finder, answer, answers, [found])
        assert len(kinds(steps)) == len(set(kinds(steps)))
        assert "urgent" in kinds(steps)
        assert "gp" in kinds(steps)
        assert all(s.say and s.what and s.title for s in steps)
        if nation in UK:
            assert any(s.open_now for s in steps), "somebody answers at 3 a.m. on a Sunday"
        for step in steps:
            assert all(o.support.kind != HIDDEN_UNLESS_CHOSEN for o in step.offers)


@pytest.mark.parametrize("nation", list(Nation))
@pytest.mark.parametrize("who", [None, *Who])
@pytest.mark.parametrize("needs", NEEDS, ids=lambda n: "+".join(sorted(n)) or "nothing")
def test_nothing_that_would_hurt(finder, nation, who, needs):
    steps = next_steps(finder, anywhere(finder, nation, needs), Answers(happened=needs, who=who))
    for step in steps:
        for offer in step.offers:
            assert offer.support.kind != HIDDEN_UNLESS_CHOSEN
            if step.step is not Step.URGENT and who:
                assert who.value in (offer.support.audience or [who.value])
    if needs and Pathway.LOSS not in needs:
        assert "bereavement_services" not in kinds(steps)
    if needs == {Pathway.LOSS}:
        assert "childrens_centre" not in kinds(steps)
    if Pathway.SEPARATION not in needs:
        assert not {"legal_advice", "separation_services"} & set(kinds(steps))
    assert ("partner_support" in kinds(steps)) == (who in (Who.PARTNER, Who.FAMILY))


@pytest.mark.parametrize("text", ["CT1 3NG", "CM1 1GB", "TS24 7BT", "NR2 3TD", "EH1 1YZ"])
def test_bereavement_comes_first_after_a_loss(finder, text):
    assert kinds(near(finder, text, happened=happened(Pathway.LOSS)))[0] == "bereavement_services"
    severe = near(finder, text, happened=happened(Pathway.LOSS), severity=Severity.SEVERE)
    assert kinds(severe)[0] == "bereavement_services"


@pytest.mark.parametrize(
    ("kind", "first"),
    [
        (LossKind.MISCARRIAGE, "miscarriage-line"),
        (LossKind.ECTOPIC, "ectopic-line"),
        (LossKind.TERMINATION, "choices-line"),
        (LossKind.STILLBIRTH, "stillbirth-line"),
        (LossKind.INFANT_DEATH, "lullaby-line"),
    ],
)
def test_the_line_for_that_kind_of_loss_comes_first(finder, kind, first):
    step = near(finder, "CT1 3NG", happened=happened(Pathway.LOSS), loss_kind=kind)[0]
    assert step.offers[0].support.id == first


def test_legal_advice_and_separation_services_when_a_baby_was_removed(finder):
    steps = near(finder, "CT1 3NG", happened=happened(Pathway.SEPARATION))
    assert kinds(steps)[:2] == ["legal_advice", "separation_services"]
    assert [o.support.id for o in steps[0].offers] == ["law-line"]
    assert {"apart-circle", "apart-charity"} <= {o.support.id for o in steps[1].offers}


def test_partner_support_for_partners(finder):
    steps = near(finder, "CT1 3NG", happened=happened(Pathway.BIRTH_TRAUMA), who=Who.PARTNER)
    assert kinds(steps)[0] == "partner_support"
    lines = [o.support.id for o in steps[0].offers]
    assert lines[0] == "partner-line"
    assert "birth-line" in lines
    assert "stillbirth-line" not in lines
    grief = near(finder, "CT1 3NG", happened=happened(Pathway.LOSS), who=Who.PARTNER)
    assert kinds(grief)[:2] == ["bereavement_services", "partner_support"]


@pytest.mark.parametrize(
    ("severity", "first"),
    [
        (None, "maternity"),
        (Severity.MILD, "nhs_talking_therapies"),
        (Severity.MODERATE, "nhs_talking_therapies"),
        (Severity.SEVERE, "perinatal_mental_health_team"),
        (Severity.COMPLEX, "perinatal_mental_health_team"),
    ],
)
def test_the_order_follows_how_bad_it_is(finder, severity, first):
    steps = near(finder, "CT1 3NG", happened=happened(Pathway.BIRTH_TRAUMA), severity=severity)
    assert kinds(steps)[0] == first
    if severity in (Severity.SEVERE, Severity.COMPLEX):
        assert kinds(steps)[1] == "gp"


def test_the_reason_brings_what_helps_instead(finder):
    trauma = happened(Pathway.BIRTH_TRAUMA)
    long_ago = near(finder, "BS1 5TR", happened=trauma, since=Range(7000, 7000))
    assert kinds(long_ago)[0] == "nhs_talking_therapies"
    elsewhere = near(finder, "CV1 5FB", happened=trauma)
    assert kinds(elsewhere)[0] == "adjacent_mmhs"
    assert elsewhere[0].local


def test_the_local_one_comes_before_the_national_one(finder):
    steps = {s.step: s for s in near(finder, "CT1 3NG", happened=happened(Pathway.LOSS))}
    therapies = steps[Step.NHS_TALKING_THERAPIES]
    assert therapies.local
    assert all(m.kind is ServiceKind.TALKING_THERAPIES for m in therapies.local)
    assert steps[Step.PERINATAL_TEAM].local
    gap = {s.step: s for s in near(finder, "PE30 1EJ")}
    assert gap[Step.GP].offers


def test_at_night_urgent_help_stands_near_the_top(finder):
    loss = happened(Pathway.LOSS)
    at_night = near(finder, "CT1 3NG", at=SUNDAY_NIGHT, happened=loss)
    assert kinds(at_night)[0] == "urgent"
    assert kinds(near(finder, "CT1 3NG", at=MONDAY_NOON, happened=loss))[-1] == "urgent"


@pytest.mark.parametrize(
    ("text", "nation"), [("EH1 1YZ", "Scotland"), ("CF10 1EP", "Wales"), ("BT1 5GS", "Northern")]
)
def test_other_nations_get_their_own(finder, text, nation):
    steps = near(finder, text)
    assert steps[0].step is Step.NATION_SERVICES
    assert nation in steps[0].title
    assert steps[0].devolved
    assert all(not d.service_name.startswith("(") for d in steps[0].devolved)
    assert "adjacent_mmhs" not in kinds(steps)
    assert "nhs_talking_therapies" not in kinds(steps)


def test_answers_that_differ_from_the_search_win(finder):
    answer = finder.find(finder.place("CT1 3NG"), (), MONDAY_NOON)
    assert answer.outcome is Outcome.ONE_SERVICE
    steps = next_steps(finder, answer, Answers(happened=happened(Pathway.TOKOPHOBIA)))
    assert kinds(steps)[0] == "specialist_mental_health_midwife"
    assert "bereavement_services" not in kinds(steps)


def test_no_words_promise_or_turn_away():
    text = "\n".join(all_words().values()).lower()
    for cold in ("eligib", "unfortunately", "we promise", "guarantee", "your fault"):
        assert cold not in text
    sentences = [
        s
        for key, value in all_words().items()
        if key.startswith(("check.", "check_instead.", "step_what.", "step_say."))
        for s in re.split(r"(?<=[.?!])\s+", value)
    ]
    assert all(len(s.split()) <= 22 for s in sentences), max(
        sentences, key=lambda s: len(s.split())
    )


def test_every_council_has_a_step_that_is_reachable_now(finder, directory):
    for code in [a.code for a in directory.councils()][::7]:
        answer = finder.find(finder.council(code), (Pathway.LOSS,), SUNDAY_NIGHT)
        answers = Answers(happened=happened(Pathway.LOSS))
        steps = next_steps(finder, answer, answers, rank(answer, answers))
        a_baby = {"childrens_centre", "health_visitor", "specialist_mental_health_midwife"}
        assert set(REPORT) - a_baby - {"adjacent_mmhs"} <= set(kinds(steps))
        assert any(s.open_now for s in steps)


def test_the_destinations_are_where_the_directory_says(directory):
    with (directory.folder / "national_support.csv").open(encoding="utf-8", newline="") as file:
        found = {r["kind"] for r in csv.DictReader(file)}
    named = {k for d in DESTINATIONS for k in d.national}
    assert named <= found


def test_a_neighbour_that_does_not_help_with_it_is_not_offered_for_it(finder):
    answer = finder.find(finder.place("CO1 1ZD"), (), MONDAY_NOON)
    fear = happened(Pathway.TOKOPHOBIA)
    others = {m.service.id for m in answer.neighbours}
    assert "oak" in others, "it is for losses only"
    steps = near(finder, "CO1 1ZD", happened=fear)
    assert kinds(steps)[0] != "adjacent_mmhs", "nothing there to hear of first"
    loss = near(finder, "CO1 1ZD", happened=happened(Pathway.LOSS))
    (nearby,) = [s for s in loss if s.step is Step.ADJACENT_MMHS]
    assert "oak" in {m.service.id for m in nearby.local}


def test_the_national_finder_stands_after_every_local_one(finder):
    steps = near(finder, "CT1 3NG", happened=happened(Pathway.BIRTH_TRAUMA))
    for step in steps:
        if step.step in (Step.NHS_TALKING_THERAPIES, Step.PERINATAL_TEAM):
            assert step.local
            assert any(o.support.finder_url or o.support.website for o in step.offers)
