"""A local service in an answer, with its pathways and criteria; a closed one; one elsewhere.

Not for: a service of the directory, wherever somebody lives (`records`).
"""

from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

from pydantic import Field, create_model

from mmhs_finder.channels.api.models.shared import (
    ID,
    Identified,
    NamedArea,
    OpeningData,
    Sent,
    Sourced,
)
from mmhs_finder.directory import DATA
from mmhs_finder.directory.confirming import Backing
from mmhs_finder.directory.models import (
    Certainty,
    Criteria,
    Pathway,
    PathwayOffer,
    ServiceKind,
    Status,
    WebsiteKind,
    YesNo,
)
from mmhs_finder.directory.vocabularies import Referrer


class ServiceRow(Sourced, Identified):
    """What is known of a local service wherever somebody lives. Ways for a parent, and apart from
    them what is for professionals: never show that to a parent as hers."""

    kind: ServiceKind = Field(description="What sort of service it is.")
    provider: str | None = Field(description="The organisation that runs it.")
    status: Status = Field(
        description="unknown: we could not confirm that it runs; never list it as simply open."
    )
    self_referral: YesNo = Field(
        description="Whether people can refer themselves; unknown: we have not seen it."
    )
    self_referral_not_published_for: list[Pathway] = Field(
        description="What it is not published for, though it is yes."
    )
    self_referral_by_national_rule: bool = Field(
        description="True: yes by a rule for all of England, and not by its own page."
    )
    referrers: list[Referrer] = Field(description="Who may refer.")
    phone: str | None = Field(description="A confirmed number for the public, or null.")
    phone_for_professionals: str | None = Field(
        description="A confirmed number for people who refer. Not for a parent to ring."
    )
    email: str | None = Field(description="An e-mail address for the public.")
    email_for_professionals: str | None = Field(
        description="An address for people who refer. Not for a parent to write to."
    )
    referral_form: str | None = Field(description="A form with which people refer themselves.")
    website: str | None = Field(description="Its page.")
    website_kind: WebsiteKind | None = Field(description="What that page is.")
    hours: str | None = Field(description="Opening hours, in the words of its source.")
    takes_new_referrals: YesNo | None = Field(description="no: it takes nobody new now.")
    wait_assessment_weeks: int | None = Field(description="Usual weeks to a first appointment.")
    wait_therapy_weeks: int | None = Field(description="Usual weeks until the therapy begins.")
    availability_as_of: date | None = Field(description="The day of these three; null: not known.")
    availability_is_old: bool = Field(
        description="That was more than three months ago: tell it with its month, as to be asked."
    )
    standing: Backing = Field(description="Who stands behind the row, and how that was known.")
    told_on: date | None = Field(description="The day on which the service answered us.")
    told_by: str | None = Field(description="The role of who answered.")


class _OfAnAnswer(Sent):
    """What depends on the place and the moment."""

    certainty: Certainty | None = Field(
        description="How sure it is that it serves this place; null for others."
    )
    distance_km: float | None = Field(
        description="Kilometres in a straight line to where care is given; null where not known."
    )
    opening: OpeningData


class ServiceData(_OfAnAnswer, ServiceRow):
    """A local service in an answer."""


class PathwaysData(Sent):
    """The four things that an MMHS can help with. unknown: we have not seen it; never a no."""

    birth_trauma: PathwayOffer
    loss: PathwayOffer
    tokophobia: PathwayOffer = Field(description="Severe fear of giving birth.")
    separation: PathwayOffer = Field(description="A baby taken into care at or soon after birth.")


def _column_words() -> dict[str, str]:
    """What the columns of the criteria hold, as the directory's own description says it."""
    described = DATA / "datapackage.json"
    if not described.is_file():
        return {}
    package = json.loads(described.read_text(encoding="utf-8"))
    table = next(r for r in package["resources"] if r["path"] == "mmhs_criteria.csv")
    return {field["name"]: field.get("description", "") for field in table["schema"]["fields"]}


def _criteria_fields() -> dict[str, Any]:
    words = _column_words()
    return {
        name: (field.annotation, Field(description=words.get(name, "")))
        for name, field in Criteria.model_fields.items()
        if name != "service_id"
    }


CriteriaData: Final = create_model(
    "CriteriaData",
    __base__=Sent,
    __doc__="Published referral criteria. A blank limit is not 'no limit'.",
    **_criteria_fields(),
)


class OfMmhs(Sent):
    """What only a maternal mental health service has."""

    pathways: PathwaysData
    pathways_only_if: dict[Pathway, str] = Field(
        description="Of a yes: the condition on which they help with it. Never tell it as a plain "
        "yes."
    )
    criteria: CriteriaData | None = Field(description="null: none are on record.")  # type: ignore[valid-type]


class MmhsData(OfMmhs, ServiceData):
    """A maternal mental health service (MMHS) in an answer."""

    areas: list[NamedArea] = Field(description="Areas of this place that it serves.")


class ElsewhereData(Sent):
    """A service in Scotland, Wales or Northern Ireland."""

    board_or_trust: str = Field(description="The health board or trust.")
    name: str = Field(description="Its name.")
    status: Status
    self_referral: YesNo
    what_it_offers: str | None
    phone: str | None = Field(description="Only where a number for the public is sure.")
    website: str | None


class ClosedData(Sent):
    """A service that was reported closed. It is offered to nobody."""

    id: str = Field(description=ID)
    name: str = Field(description="Its name, as its own page wrote it.")
    said_by: str = Field(description="Who says that it closed.")
    date: str = Field(description="The date of that: YYYY, YYYY-MM or YYYY-MM-DD.")
    text: str = Field(description="The same in a sentence.")
