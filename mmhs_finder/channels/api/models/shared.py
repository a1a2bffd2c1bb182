"""What the things that are sent have in common: an id, a source, opening hours.

Not for: a kind of thing (the modules beside this one).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from pydantic import BaseModel, ConfigDict, Field

from mmhs_finder.directory.vocabularies import Read

ID: Final = "Short name that never changes."


class Sent(BaseModel):
    """What is sent: these fields, all of them, and no other."""

    model_config = ConfigDict(extra="forbid")


class Identified(Sent):
    id: str = Field(description=ID)
    name: str = Field(description="As its own page writes it.")


class NamedArea(Sent):
    code: str = Field(
        description="ONS code of an English council; a part of one has a letter more."
    )
    name: str = Field(description="Its name.")


class LinkData(Sent):
    url: str = Field(description="The link.")
    state: str = Field(description="What came of it, in one word.")
    tried_on: date = Field(description="When it was last tried.")


class Sourced(Sent):
    """Where the facts of a row come from. A blank is about us: what no page said that we read."""

    read: Read = Field(description="How much of its own page was read: what a blank can mean.")
    sources: list[str] = Field(description="Pages that say what this row says.")
    unanswered_links: list[LinkData] = Field(
        default_factory=list,
        description="Which of the links given here did not answer when they were last tried.",
    )
    source_date: str | None = Field(description="Newest date on them: YYYY, YYYY-MM or YYYY-MM-DD.")
    checked_on: date = Field(description="The day on which a person read them.")


class OpeningData(Sent):
    """Whether it is open at the moment of the answer, with the bank holidays of its nation."""

    known: bool = Field(description="False: no hours are published.")
    open_now: bool | None = Field(description="null where no hours are published.")
    next_open: datetime | None = Field(description="When it opens next, where it is closed now.")
    text: str | None = Field(description="The same in words.")
