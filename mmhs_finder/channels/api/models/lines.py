"""A national line, charity or route in an answer.

Not for: one of the directory, at no moment (`records`).
"""

from __future__ import annotations

from pydantic import Field

from mmhs_finder.channels.api.models.shared import ID, Identified, OpeningData, Sent, Sourced
from mmhs_finder.directory.vocabularies import SupportKind


class LineRow(Sourced, Identified):
    """A national line, charity or route into care."""

    kind: SupportKind = Field(description="What sort of help it is.")
    who_for: str | None = Field(description="Whom it is for.")
    what_it_offers: str = Field(description="What it does.")
    phone: str | None = Field(description="A confirmed number, or null.")
    text_number: str | None = Field(description="A number to text.")
    email: str | None = Field(description="An e-mail address for the public.")
    webchat_url: str | None = Field(description="A page with an online chat.")
    website: str | None = Field(description="Its website.")
    finder_url: str | None = Field(description="A page that finds the nearest one.")
    hours: str | None = Field(description="Opening hours, in the words of its source.")


class LineData(LineRow):
    """A national line, charity or route in an answer."""

    opening: OpeningData


class OpenLine(Sent):
    """A line that answers at this moment."""

    id: str = Field(description=ID)
    name: str = Field(description="Its name.")
    number: str = Field(description="The number, as people write it.")
    link: str = Field(description="The number as a link: `tel:` or `sms:`.")
