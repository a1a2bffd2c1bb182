"""What would hurt to show, to whom: the shield as a table."""

from __future__ import annotations

import pytest

from mmhs_finder.answers.suited import (
    About,
    Situation,
    devolved_suits,
    line_suits,
    service_suits,
    situation,
    suits,
)
from mmhs_finder.directory.models import (
    FurtherNeed,
    LossKind,
    Pathway,
    ServiceKind,
    Status,
    YesNo,
)
from tests.made_up.lines import devolved
from tests.made_up.records import line, service

NOTHING = Situation()
LOSS = situation((Pathway.LOSS,))
APART = situation((Pathway.SEPARATION,))
BIRTH = situation((Pathway.BIRTH_TRAUMA,))
FEAR = situation((Pathway.TOKOPHOBIA,))
IVF = Situation(further=frozenset({FurtherNeed.FAILED_FERTILITY_TREATMENT}))
ILL = Situation(further=frozenset({FurtherNeed.SEPARATION_ILLNESS}))
A_KIND = Situation(loss_kind=LossKind.STILLBIRTH)
WITH_BABY = Situation(frozenset({Pathway.LOSS}), has_baby=True)
NO_BABY = Situation(frozenset({Pathway.LOSS}), has_baby=False)
AGAIN = Situation(frozenset({Pathway.LOSS}), pregnant=True)
NOT_AGAIN = Situation(frozenset({Pathway.LOSS}), pregnant=False)

ABOUT = (About.GRIEF, About.SEPARATION, About.BABY, About.PREGNANCY, About.BIRTH, None)


@pytest.mark.parametrize(
    ("who", "shown"),
    [
        # grief, separation, baby, pregnancy, birth, everybody
        (NOTHING, "y-yyyy"),
        (LOSS, "y---yy"),
        (APART, "-y--yy"),
        (BIRTH, "--yyyy"),
        (FEAR, "--yyyy"),
        (IVF, "y---yy"),
        (ILL, "----yy"),
        (A_KIND, "y---yy"),
        (WITH_BABY, "y-yyyy"),
        (NO_BABY, "y---yy"),
        (AGAIN, "y--yyy"),
        (NOT_AGAIN, "y---yy"),
    ],
    ids=[
        "nothing said",
        "a loss",
        "taken into care",
        "a hard birth",
        "fear of birth",
        "treatment failed",
        "apart by illness",
        "only which loss",
        "a baby with her",
        "no baby with her",
        "pregnant again",
        "not pregnant",
    ],
)
def test_the_shield(who, shown):
    assert "".join("y" if suits(about, who) else "-" for about in ABOUT) == shown


@pytest.mark.parametrize(
    ("kind", "hidden"),
    [
        (LossKind.MISCARRIAGE, True),
        (LossKind.ECTOPIC, True),
        (LossKind.TERMINATION, True),
        (LossKind.STILLBIRTH, False),
        (LossKind.NEONATAL_DEATH, False),
        (LossKind.INFANT_DEATH, False),
        (LossKind.OTHER, False),
    ],
)
def test_after_a_loss_without_a_birth_nobody_is_offered_to_talk_about_one(kind, hidden):
    lost = frozenset({Pathway.LOSS})
    assert suits(About.BIRTH, Situation(lost, loss_kind=kind)) is not hidden
    for birth in (Pathway.BIRTH_TRAUMA, Pathway.TOKOPHOBIA):
        assert suits(About.BIRTH, Situation(lost | {birth}, loss_kind=kind))


@pytest.mark.parametrize(
    ("kind", "to"),
    [
        (ServiceKind.BEREAVEMENT, (NOTHING, LOSS)),
        (ServiceKind.SEPARATION, (APART,)),
        (ServiceKind.MOTHER_BABY_UNIT, (NOTHING, BIRTH)),
        (ServiceKind.PARENT_INFANT, (NOTHING, BIRTH)),
        (ServiceKind.BIRTH_REFLECTIONS, (NOTHING, LOSS, APART, BIRTH)),
        (ServiceKind.COUNSELLING, (NOTHING, LOSS, APART, BIRTH)),
    ],
)
def test_local_services_by_their_kind(kind, to):
    a = service(kind=kind)
    assert tuple(w for w in (NOTHING, LOSS, APART, BIRTH) if service_suits(a, w)) == to


def test_a_service_that_says_it_is_for_a_parent_with_her_baby_is_hidden_whatever_its_kind():
    a = service(kind=ServiceKind.PEER_SUPPORT, with_a_baby=YesNo.YES)
    assert service_suits(a, BIRTH) and not service_suits(a, LOSS)
    assert service_suits(service(kind=ServiceKind.PEER_SUPPORT, with_a_baby=YesNo.NO), LOSS)


@pytest.mark.parametrize(
    ("only_for", "to"),
    [
        ((Pathway.LOSS,), "nothing loss"),
        ((Pathway.SEPARATION,), "apart"),
        ((Pathway.BIRTH_TRAUMA,), "nothing birth"),
        ((Pathway.TOKOPHOBIA,), "nothing fear"),
        ((Pathway.LOSS, Pathway.BIRTH_TRAUMA), "nothing loss birth"),
        ((), "nothing loss apart birth fear"),
    ],
    ids=str,
)
def test_what_is_for_one_thing_only_is_for_nobody_else(only_for, to):
    a = service(kind=ServiceKind.COUNSELLING, only_for=only_for)
    people = {"nothing": NOTHING, "loss": LOSS, "apart": APART, "birth": BIRTH, "fear": FEAR}
    assert " ".join(n for n, who in people.items() if service_suits(a, who)) == to


@pytest.mark.parametrize(
    ("row", "to"),
    [
        (line(with_a_baby=YesNo.YES), "nothing birth"),
        (line(pathways=("separation",)), "apart"),
        (line(pathways=("separation", "any")), "apart"),
        (line(pathways=("separation", "loss")), "nothing loss apart birth"),
        (line(kind="specialist_mental_health_midwife"), "nothing birth"),
        (line(kind="health_visitor"), "nothing birth"),
        (line(kind="childrens_centre"), "nothing birth"),
        (line(kind="maternity"), "nothing loss apart birth"),
        (line(), "nothing loss apart birth"),
    ],
    ids=["baby", "apart", "apart, any", "both", "midwife", "visitor", "centre", "birth", "any"],
)
def test_national_lines_by_what_they_are_about(row, to):
    people = {"nothing": NOTHING, "loss": LOSS, "apart": APART, "birth": BIRTH}
    assert " ".join(n for n, who in people.items() if line_suits(row, who)) == to


def test_a_midwife_is_offered_again_in_a_pregnancy_after_a_loss_and_no_health_visitor():
    assert line_suits(line(kind="specialist_mental_health_midwife"), AGAIN)
    assert not line_suits(line(kind="health_visitor"), AGAIN)


@pytest.mark.parametrize(
    ("changes", "to"),
    [
        ({}, "birth loss"),
        ({"status": Status.UNKNOWN}, "birth loss"),
        ({"status": Status.CLOSED}, ""),
        ({"with_a_baby": YesNo.YES}, "birth"),
        ({"with_a_baby": YesNo.NO}, "birth loss"),
    ],
    ids=str,
)
def test_services_of_other_nations(changes, to):
    row = devolved(**changes)
    people = {"birth": BIRTH, "loss": LOSS}
    assert " ".join(n for n, who in people.items() if devolved_suits(row, who)) == to
