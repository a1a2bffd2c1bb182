"""A problem, as RFC 9457 has it, with the fields to change and the places that may be meant.

Not for: when there is one, or its words (`channels.api.problems`).
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from mmhs_finder.channels.api.models.lines import LineData
from mmhs_finder.channels.api.models.places import SuggestionData
from mmhs_finder.channels.api.models.shared import Sent


class FieldToChange(Sent):
    field: str = Field(
        description="The field, as `answers.age`; empty where it is not one of ours."
    )
    problem: str = Field(description="What to do about it.")


class ProblemData(BaseModel):
    """RFC 9457. Never repeats what was sent."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(description="Where this kind of problem is explained.")
    title: str = Field(description="What it is, in a few words.")
    status: int = Field(description="The status of the answer.")
    detail: str = Field(description="What to do, in words that anybody may read.")
    errors: list[FieldToChange] | None = Field(default=None, description="By field.")
    suggestions: list[SuggestionData] | None = Field(
        default=None, description="Areas that may be meant, where a place was not found."
    )
    urgent: list[LineData] | None = Field(
        default=None, description="Of `/answers`: lines for a crisis, to show with the problem."
    )
