"""The answer for a place, field by field.

Not for: the parts of it (the modules beside this one), or what may be asked (`asked_for`).
"""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from mmhs_finder.answers.types import Outcome
from mmhs_finder.channels.api.models.lines import LineData, OpenLine
from mmhs_finder.channels.api.models.outcomes import AssessmentData, StepData
from mmhs_finder.channels.api.models.places import NoticeData, PlaceData
from mmhs_finder.channels.api.models.services import (
    ClosedData,
    ElsewhereData,
    MmhsData,
    ServiceData,
)
from mmhs_finder.channels.api.models.shared import Sent
from mmhs_finder.directory.models import Pathway
from mmhs_finder.eligibility import Safety


class VerdictData(Sent):
    heading: str = Field(description="What the answer is headed by.")
    sentence: str = Field(description="The first sentence for a reader.")


class AnswerData(Sent):
    """The answer for a place. Where somebody is not safe now there is urgent help and nothing else:
    every other list is empty, whatever there is."""

    urgent: list[LineData] = Field(
        min_length=1,
        description="Lines for a crisis where this person lives, the most urgent first. Never "
        "empty: show them with every answer.",
    )
    safety: Safety | None = Field(description="What was said of being safe now.")
    place: PlaceData | None = Field(description="null where it is not known.")
    needs: list[Pathway] = Field(description="Which of the four things were asked about.")
    outcome: Outcome | None = Field(description="null where somebody is not safe now.")
    at: datetime = Field(description="The moment of the answer, Europe/London.")
    verdict: VerdictData | None
    open_now: list[OpenLine] = Field(description="Lines that answer at this moment.")
    mmhs: list[MmhsData] = Field(description="The maternal mental health services of the place.")
    alternatives: list[ServiceData | LineData] = Field(
        description="Other help near, and routes into care, in the order to offer them."
    )
    closed: list[ClosedData] = Field(description="Services of the place that were reported closed.")
    neighbours: list[MmhsData] = Field(description="MMHS for areas that adjoin.")
    national: list[LineData] = Field(description="National lines and charities, best fit first.")
    devolved: list[ElsewhereData] = Field(description="Services outside England.")
    notices: list[NoticeData] = Field(description="What to know about this answer.")
    assessments: list[AssessmentData] = Field(
        description="Only where `answers` were sent: what looks right, the best first."
    )
    next_steps: list[StepData] = Field(description="Only where `answers` were sent.")
