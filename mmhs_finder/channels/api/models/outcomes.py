"""What looks right for what was said, and what to do next.

Not for: the rules (`mmhs_finder.eligibility`).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from mmhs_finder.channels.api.models.lines import LineData
from mmhs_finder.channels.api.models.services import ElsewhereData, MmhsData, ServiceData
from mmhs_finder.channels.api.models.shared import ID, Sent
from mmhs_finder.directory.models import Status
from mmhs_finder.eligibility import CriterionId, Fit, State, Why
from mmhs_finder.signposting.destinations import Step


class FindingData(Sent):
    """What one criterion means for this person."""

    criterion: CriterionId
    state: State
    why_unknown: Why | None
    changes_outcome: bool = Field(description="Whether the outcome rests on it.")
    reason: str = Field(description="In words for a reader.")
    question: str = Field(description="What to ask the service about it.")
    instead: str | None = Field(description="What to do where it may not be met.")
    sources: list[str]
    source_date: str | None
    checked_on: date


class NamedService(Sent):
    id: str = Field(description=ID)
    name: str
    status: Status


class AssessmentData(Sent):
    """Whether a service looks right for what was said. Never a refusal: the service decides."""

    service: NamedService
    outcome: Fit
    headline: str = Field(description="The outcome in words for a reader.")
    via_gp: bool = Field(description="It is for another area: a GP or midwife can ask.")
    for_professionals: str | None = Field(description="How to talk it over with the service first.")
    reasons: list[FindingData] = Field(description="Why they may not be able to help.")
    not_checked: list[FindingData] = Field(description="What is worth asking.")
    questions: list[str] = Field(description="What to ask, the most important first.")
    findings: list[FindingData] = Field(description="Every criterion.")


class ServiceWay(Sent):
    type: Literal["service"]
    service: MmhsData | ServiceData


class LineWay(Sent):
    type: Literal["line"]
    line: LineData


class ElsewhereWay(Sent):
    type: Literal["elsewhere"]
    elsewhere: ElsewhereData


class StepData(Sent):
    """One thing to do next, the most useful first."""

    step: Step
    title: str
    what: str
    say: str | None = Field(description="Words to use with a GP, midwife or hospital.")
    ways: list[Annotated[ServiceWay | LineWay | ElsewhereWay, Field(discriminator="type")]]
    none_known: str | None = Field(description="What to say where no way to it is known.")
