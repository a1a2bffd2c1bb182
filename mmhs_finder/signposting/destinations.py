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

from mmhs_finder.answers.suited import About
from mmhs_finder.directory.models import ServiceKind


class Step(StrEnum):
    """Every kind of next step. The last fourteen are the report's, in its order."""

    URGENT = "urgent"
    NATION_SERVICES = "nation_services"
    LEGAL_ADVICE = "legal_advice"
    SEPARATION_SERVICES = "separation_services"
    PARTNER_SUPPORT = "partner_support"

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
    """

    step: Step
    local: tuple[ServiceKind, ...] = ()
    national: tuple[str, ...] = ()
    about: About | None = None
    england_only: bool = False


DESTINATIONS: Final[tuple[Destination, ...]] = (
    Destination(
        Step.NHS_TALKING_THERAPIES,
        (ServiceKind.TALKING_THERAPIES,),
        ("nhs_talking_therapies",),
        england_only=True,
    ),
    Destination(
        Step.VOLUNTARY_SECTOR,
        (ServiceKind.COUNSELLING, ServiceKind.OTHER),
        ("voluntary_sector",),
    ),
    Destination(
        Step.PERINATAL_TEAM, (ServiceKind.PERINATAL_TEAM,), ("perinatal_mental_health_team",)
    ),
    Destination(Step.COMMUNITY_TEAM, (), ("community_mental_health_team",)),
    Destination(Step.PEER_SUPPORT, (ServiceKind.PEER_SUPPORT,), ("peer_support",)),
    Destination(
        Step.MENTAL_HEALTH_MIDWIFE, (), ("specialist_mental_health_midwife",), england_only=True
    ),
    Destination(
        Step.BEREAVEMENT, (ServiceKind.BEREAVEMENT,), ("bereavement_service",), about=About.GRIEF
    ),
    Destination(Step.MATERNITY, (ServiceKind.BIRTH_REFLECTIONS,), ("maternity",)),
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
    Destination(Step.HEALTH_VISITOR, (), ("health_visitor",)),
    Destination(Step.GP, (), ("gp",)),
)
"""The report's fourteen, and where each is found."""

OTHERS: Final[tuple[Destination, ...]] = (
    Destination(Step.LEGAL_ADVICE, (), ("legal_rights",), about=About.SEPARATION),
    Destination(Step.SEPARATION_SERVICES, (ServiceKind.SEPARATION,), (), about=About.SEPARATION),
)
