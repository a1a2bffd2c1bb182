"""The kinds of next step, and where the ways to each stand in the directory.

The fourteen destinations are those to which maternal mental health services send people whom they
cannot help (MMHA & BPS, Maternal Mental Health Services Progress Report, October 2024), in the
report's order; a few more steps stand before them when a need calls for it.
Not for: which are offered to whom, and in which order (`steps`).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from mmhs_finder.answers.national import YOUNG_PEOPLE
from mmhs_finder.answers.suited import About
from mmhs_finder.directory.models import ServiceKind


class Step(StrEnum):
    """Every kind of next step. The last fourteen are the report's, in its order."""

    URGENT = "urgent"
    NATION_SERVICES = "nation_services"
    LEGAL_ADVICE = "legal_advice"
    SEPARATION_SERVICES = "separation_services"
    PARTNER_SUPPORT = "partner_support"
    MATERNITY_UNIT = "maternity_unit"
    PREGNANCY_AFTER_LOSS = "pregnancy_after_loss"
    COUNSELLING_NEARBY = "counselling_nearby"
    YOUNG_LINE = "young_line"
    YOUNG_MENTAL_HEALTH = "young_mental_health"
    FAMILY_NURSE = "family_nurse"
    SCHOOL_NURSE = "school_nurse"

    NHS_TALKING_THERAPIES = "nhs_talking_therapies"
    VOLUNTARY_SECTOR = "voluntary_sector"
    PERINATAL_TEAM = "perinatal_mental_health_team"
    COMMUNITY_TEAM = "community_mental_health_team"
    PEER_SUPPORT = "peer_support"
    MENTAL_HEALTH_MIDWIFE = "specialist_mental_health_midwife"
    BEREAVEMENT = "bereavement_services"
    MATERNITY = "maternity"
    ADJACENT_MMHS = "adjacent_mmhs"
    SOCIAL_PRESCRIBING = "social_prescribing"
    DRUG_AND_ALCOHOL = "drug_and_alcohol_services"
    CHILDRENS_CENTRE = "childrens_centre"
    HEALTH_VISITOR = "health_visitor"
    GP = "gp"


@dataclass(frozen=True)
class Destination:
    """Where the ways to one kind of step stand in the directory.

    local: kinds of `services.csv`. national: kinds of `national_support.csv`.
    about: what it is about, where it would hurt somebody whom it does not fit.
    england_only: the name stands for something that other nations do not have.
    uk_only: the same, of a team of the NHS; Jersey, Guernsey and the Isle of Man run their own.
    """

    step: Step
    local: tuple[ServiceKind, ...] = ()
    national: tuple[str, ...] = ()
    about: About | None = None
    england_only: bool = False
    uk_only: bool = False


DESTINATIONS: Final[tuple[Destination, ...]] = (
    Destination(
        Step.NHS_TALKING_THERAPIES,
        (ServiceKind.TALKING_THERAPIES,),
        ("nhs_talking_therapies",),
        england_only=True,
    ),
    Destination(Step.VOLUNTARY_SECTOR, (), ("voluntary_sector",)),
    Destination(
        Step.PERINATAL_TEAM,
        (ServiceKind.PERINATAL_TEAM,),
        ("perinatal_mental_health_team",),
        uk_only=True,
    ),
    Destination(Step.COMMUNITY_TEAM, (), ("community_mental_health_team",)),
    Destination(Step.PEER_SUPPORT, (ServiceKind.PEER_SUPPORT,), ("peer_support",)),
    Destination(
        Step.MENTAL_HEALTH_MIDWIFE,
        (),
        ("specialist_mental_health_midwife",),
        about=About.PREGNANCY,
        england_only=True,
    ),
    Destination(
        Step.BEREAVEMENT, (ServiceKind.BEREAVEMENT,), ("bereavement_service",), about=About.GRIEF
    ),
    Destination(
        Step.MATERNITY, (ServiceKind.BIRTH_REFLECTIONS,), ("maternity",), about=About.BIRTH
    ),
    Destination(Step.ADJACENT_MMHS, england_only=True),
    Destination(Step.SOCIAL_PRESCRIBING, (), ("social_prescribing",), england_only=True),
    Destination(Step.DRUG_AND_ALCOHOL, (), ("drug_and_alcohol",)),
    Destination(
        Step.CHILDRENS_CENTRE,
        (ServiceKind.PARENT_INFANT,),
        ("childrens_centre",),
        about=About.BABY,
        england_only=True,
    ),
    Destination(Step.HEALTH_VISITOR, (), ("health_visitor",), about=About.BABY),
    Destination(Step.GP, (), ("gp",)),
)
"""The report's fourteen, and where each is found."""

OTHERS: Final[tuple[Destination, ...]] = (
    Destination(Step.LEGAL_ADVICE, (), ("legal_rights",), about=About.SEPARATION),
    Destination(Step.SEPARATION_SERVICES, (ServiceKind.SEPARATION,), (), about=About.SEPARATION),
    Destination(Step.COUNSELLING_NEARBY, (ServiceKind.COUNSELLING, ServiceKind.OTHER)),
)
"""Kinds of help that the report does not name. Local counselling and the like are a kind of their
own: some is the NHS's, some a charity's, and no source says of each which."""

FOR_THE_YOUNG: Final[tuple[Destination, ...]] = (
    Destination(Step.YOUNG_LINE, (), (YOUNG_PEOPLE,)),
    Destination(Step.YOUNG_MENTAL_HEALTH),
    Destination(Step.FAMILY_NURSE, (), ("young_parents",)),
    Destination(Step.SCHOOL_NURSE),
)
"""Instead of what is for adults. Where no row is known, the step says whom to ask and for what."""
