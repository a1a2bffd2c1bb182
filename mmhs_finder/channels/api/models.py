"""What an answer is made of, for the description of the interface: each field with what it holds.

`render.json` makes the data; here it is held to what is described, so that nothing is sent that
nobody meant to send. Not for: records of the directory (`records`), or what may be asked
(`asked_for`).
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, create_model

from mmhs_finder.answers.types import Outcome
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
from mmhs_finder.directory.vocabularies import Read, Referrer, SupportKind
from mmhs_finder.eligibility import CriterionId, Fit, Safety, State, Why
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import NoticeCode
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.signposting.destinations import Step

_ID: Final = "Short name that never changes."
_CLOSE: Final = "WGS84 degrees."


class Sent(BaseModel):
    """What is sent: these fields, all of them, and no other."""

    model_config = ConfigDict(extra="forbid")


class NamedArea(Sent):
    code: str = Field(
        description="ONS code of an English council; a part of one has a letter more."
    )
    name: str = Field(description="Its name.")


class PlaceData(Sent):
    """Where was asked for, as far as it is known."""

    postcode: str | None = Field(description="As asked for, written properly; null for a council.")
    lat: float | None = Field(description=f"Latitude of the postcode, {_CLOSE}")
    lon: float | None = Field(description=f"Longitude of the postcode, {_CLOSE}")
    council_code: str | None = Field(description="ONS code of the council.")
    council: str | None = Field(description="Its name.")
    area_code: str | None = Field(description="The likeliest area in the directory.")
    icb: str | None = Field(description="The integrated care board (ICB) since April 2026.")
    region: str | None = Field(description="The NHS region.")
    nation: Nation = Field(description="Maternal mental health services are in England only.")
    precision: Precision = Field(description="How exact the place is.")
    areas: list[NamedArea] = Field(
        description="Areas that it can lie in, the likeliest first; empty outside England."
    )


class VerdictData(Sent):
    heading: str = Field(description="What the answer is headed by.")
    sentence: str = Field(description="The first sentence for a reader.")


class OpenLine(Sent):
    """A line that answers at this moment."""

    id: str = Field(description=_ID)
    name: str = Field(description="Its name.")
    number: str = Field(description="The number, as people write it.")
    link: str = Field(description="The number as a link: `tel:` or `sms:`.")


class OpeningData(Sent):
    """Whether it is open at the moment of the answer, with the bank holidays of its nation."""

    known: bool = Field(description="False: no hours are published.")
    open_now: bool | None = Field(description="null where no hours are published.")
    next_open: datetime | None = Field(description="When it opens next, where it is closed now.")
    text: str | None = Field(description="The same in words.")


class Identified(Sent):
    id: str = Field(description=_ID)
    name: str = Field(description="As its own page writes it.")


class LinkData(Sent):
    url: str
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

    id: str = Field(description=_ID)
    name: str
    said_by: str = Field(description="Who says that it closed.")
    date: str = Field(description="The date of that: YYYY, YYYY-MM or YYYY-MM-DD.")
    text: str = Field(description="The same in a sentence.")


class NoticeData(Sent):
    """What to know about this answer."""

    code: NoticeCode
    text: str


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
    id: str = Field(description=_ID)
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


class FieldToChange(Sent):
    field: str = Field(
        description="The field, as `answers.age`; empty where it is not one of ours."
    )
    problem: str = Field(description="What to do about it.")


class SuggestionData(Sent):
    words: str = Field(description="What may be meant, for a reader.")
    area: str = Field(description="The code to ask with.")


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
