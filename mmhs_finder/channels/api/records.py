"""What the records of the directory are made of, for the description of the interface.

Not for: an answer (`models`), or what may be published (`views.public`).
"""

from __future__ import annotations

from datetime import date as Day
from typing import Literal

from pydantic import Field

from mmhs_finder.channels.api.models.lines import LineRow
from mmhs_finder.channels.api.models.services import ClosedData, OfMmhs, ServiceRow
from mmhs_finder.channels.api.models.shared import NamedArea, Sent
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.directory.confirming import Backing
from mmhs_finder.directory.models import (
    Certainty,
    LossKind,
    Pathway,
    SelfReferral,
    ServiceKind,
    Status,
)
from mmhs_finder.directory.vocabularies import Region, SupportAudience, SupportNation, Topic
from mmhs_finder.views.history import EntryKind, What

_BABY = (
    "For a parent with her baby. Never show it after a loss or a separation, unless she says that "
    "she has a baby with her."
)


class ServedArea(NamedArea):
    certainty: Certainty = Field(
        description="stated: its source names the council; inferred: from its trust or ICB."
    )


class FactData(Sent):
    id: str = Field(description="What the fact is about.")
    term: str = Field(description="The same in words.")
    text: str = Field(description="What is published.")


class ServiceRecord(ServiceRow):
    """A local service of the directory, wherever somebody lives."""

    alt_names: list[str] = Field(description="Other names it goes by.")
    partners: list[str] = Field(description="Organisations that run it together with the provider.")
    who_for: str | None = Field(description="Whom it is for, in the words of its source.")
    address: str | None = Field(description="Where care is given; never a head office.")
    postcode: str | None = Field(description="The postcode of that.")
    serves: list[ServedArea] = Field(description="The areas that it serves, as far as we know.")
    for_a_parent_with_a_baby: bool = Field(description=_BABY)
    only_for: list[Pathway] = Field(description="What it is for, where it is for nothing else.")
    facts: list[FactData] = Field(description="What its pages say, in words for a reader.")
    not_known: str | None = Field(description="What we have not seen, in a sentence.")


class MmhsRecord(OfMmhs, ServiceRecord):
    """A maternal mental health service of the directory."""


class ClosedRecord(ClosedData):
    """A service that was reported closed: no way to it is given."""

    kind: ServiceKind = Field(description="What sort of service it was.")
    status: Literal["closed"] = Field(description="Always this.")


class Page(Sent):
    """One page of a list; `Link` headers lead to the others."""

    total: int = Field(description="How many there are on all pages.")
    page: int = Field(description="Which page this is, from 1.")
    per_page: int = Field(description="How many there are on a page.")


class ServicePage(Page):
    items: list[MmhsRecord | ServiceRecord | ClosedRecord]


class LineRecord(LineRow):
    """A national line, charity or route of the directory."""

    status: Status = Field(description="unknown: somebody says that it may be closing.")
    organisation: str | None = Field(description="Who runs it.")
    nations: list[SupportNation] = Field(description="Where it can be used; empty: not stated.")
    topics: list[Topic] = Field(description="What it helps with; `any`: whatever happened.")
    for_loss_kinds: list[LossKind] = Field(description="Kinds of loss that it is there for.")
    audience: list[SupportAudience] = Field(description="Who can use it.")
    text_keyword: str | None = Field(description="The word to send to its text number.")
    hours_osm: str | None = Field(description="Opening hours as in OpenStreetMap.")
    cost: str | None = Field(description="What it costs, such as free.")
    languages: str | None = Field(description="Languages, textphone, sign language.")
    max_age: int | None = Field(description="Highest age in years, where it is for the young.")
    self_referral: SelfReferral | None = Field(description="Whether a person can come by herself.")
    for_a_parent_with_a_baby: bool = Field(description=_BABY)


class LinePage(Page):
    items: list[LineRecord]


class IcbData(Sent):
    code: str = Field(description="ONS code of the integrated care board (ICB) since April 2026.")
    name: str = Field(description="Its name.")


class AreaRecord(NamedArea):
    """An English council, or a part of one that is split between services."""

    part_of: str | None = Field(description="The code of the council, of a part.")
    parts: list[NamedArea] = Field(description="The parts of a split council.")
    region: Region = Field(description="The NHS region.")
    icb: IcbData
    other_icbs: list[str] = Field(description="Further ICBs that it lies in, by name.")
    icbs_until_march_2026: list[str] = Field(description="The ICBs that it lay in before, by name.")


class AreaPage(Page):
    items: list[AreaRecord]


class ServingService(Sent):
    id: str
    name: str
    kind: ServiceKind
    status: Status
    certainty: Certainty


class AreaWithServices(AreaRecord):
    """An area, its figures (Office for National Statistics, OGL v3.0), and who serves it."""

    births_year_to_mid_2020: int | None = Field(description="null for a part of a council.")
    women_15_44_mid_2021: int | None = Field(description="Women aged 15 to 44, mid-2021.")
    imd_2025_average_score: float | None = Field(
        description="Average score of the Index of Multiple Deprivation 2025."
    )
    services: list[ServingService] = Field(
        description="Empty: we found no page of one. It does not mean that there is none."
    )
    closed: list[ClosedData]


class ShareData(Sent):
    value: Value
    words: str = Field(description="The value in words for a reader.")
    births: int = Field(description="Births in the year to mid-2020 (ONS).")
    percent: float = Field(description="Per cent of births; together 100.0.")


class SharesData(Sent):
    births: int
    councils: int
    births_inferred: int = Field(description="Of the yes, those where the area is inferred.")
    by_value: list[ShareData]


class ServiceName(Sent):
    id: str
    name: str


class CoverageRow(Sent):
    """One area. Values about what is not known are about us: they never mean that there is none."""

    code: str
    name: str
    part_of: str | None
    region: str | None
    icb: str | None
    value: Value
    inferred: bool = Field(description="A yes that rests on an inferred area.")
    births_year_to_mid_2020: int | None
    women_15_44_mid_2021: int | None
    imd_2025_average_score: float | None
    shares: SharesData | None = Field(description="Of an ICB or region: its births by value.")
    services: list[ServiceName] = Field(description="The services that the value is about.")
    closed: list[ServiceName]


class WhereData(Sent):
    code: str | None = Field(description="null: all of England.")
    name: str | None


class CoverageData(Sent):
    """Which help is known where, by one measure."""

    measure: Measure
    measure_words: str
    level: Level
    where: WhereData
    date: Day = Field(description="The newest day on which any page was read.")
    shares: SharesData
    areas: list[CoverageRow]


class ChangedCellData(Sent):
    about: What
    column: str | None = Field(description="The column of the directory; null for a whole row.")
    area_code: str | None = Field(description="The council, where it is about serving one.")
    old: str | None = Field(description="What stood there; null where it is not published.")
    new: str | None = Field(description="What stands there since; null where it is not published.")
    moved: bool = Field(description="A council was given to another service.")
    for_professionals: bool = Field(description="A number in it is for people who refer.")
    source: str | None = Field(description="The page that says so.")


class ChangeRecord(Sent):
    """What was changed of one entry on one day."""

    date: Day = Field(description="The day on which the directory was changed.")
    kind: EntryKind
    id: str = Field(description="The id of the entry, or its nation, board and name.")
    name: str | None = Field(description="As it is today; null of one that was taken out.")
    still_listed: bool
    places: list[str] = Field(
        description="Codes of ICBs that it concerns; `england`: all; `nations`: outside it."
    )
    backing: Backing = Field(description="Who stands behind it.")
    changes: list[ChangedCellData]


class ChangePage(Page):
    items: list[ChangeRecord]


class VersionData(Sent):
    """Which version answers, and how old the directory is."""

    version: str = Field(description="Of the software.")
    api: Literal["v1"]
    directory: str = Field(description="Changes whenever anything in the directory does.")
    newest_check: Day = Field(description="The newest day on which any page was read.")
    services: int = Field(description="Services that are not closed.")
    areas: int = Field(description="Councils and parts of councils.")
    licence: str
    attribution: str = Field(description="To be shown with what is taken from here.")
    about: str = Field(description="What this is not.")
