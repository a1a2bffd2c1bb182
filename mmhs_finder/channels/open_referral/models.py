"""What the feed's records are made of: each field that may be sent, and which are never missing.

A field of which nothing is known is absent, so most may be. Whatever is not here is not sent: such
an answer breaks. Not for: what is in them (`render.open_referral`).
"""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import Field, StringConstraints

from mmhs_finder.channels.api.models.shared import Sent

_ABSENT: Final[Any] = Field(default_factory=str, min_length=1)
_NONE: Final[Any] = Field(default_factory=list, min_length=1)
_NOBODY: Final[Any] = Field(default_factory=dict)
_DAY: Final = r"^\d{4}-\d\d-\d\d$"
_TIME: Final = r"^\d\d:\d\d$"
_DAYS: Final = r"^(MO|TU|WE|TH|FR|SA|SU)(,(MO|TU|WE|TH|FR|SA|SU))*$"

Id = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"),
    Field(json_schema_extra={"format": "uuid"}),
]
Text = Annotated[str, StringConstraints(min_length=1)]
Uri = Annotated[
    str, StringConstraints(pattern=r"^https?://"), Field(json_schema_extra={"format": "uri"})
]


class TermData(Sent):
    """A word by which services are marked."""

    id: Id
    name: Text = Field(description="What it is called.")
    description: Text = Field(description="The same with its taxonomy.")
    taxonomy: Text = Field(description="The name of its taxonomy.")
    taxonomy_id: Id
    term: Text = Field(description="Its value in `/api/v1`, where that has it too.")


class TaxonomyInShort(Sent):
    """A list of terms."""

    id: Id
    name: Text = Field(description="What it is called.")
    description: Text = Field(description="How to read it.")


class TaxonomyData(TaxonomyInShort):
    """A list of terms, with the terms."""

    taxonomy_terms: list[TermData]


class AttributeData(Sent):
    """That a service is marked with a term: a plain yes. Without it nothing is said."""

    id: Id
    link_id: Id = Field(description="The service.")
    taxonomy_term_id: Id
    link_type: Literal["service"]
    taxonomy_term: TermData


class PhoneData(Sent):
    id: Id
    contact_id: Id
    number: Text = Field(description="As it is written for people.")
    description: Text = Field(description="For whom it is.")


class ContactData(Sent):
    """Numbers, and an address, of one audience: for everybody, or for professionals only."""

    id: Id
    service_id: Id
    title: Text = Field(description="For whom they are: show it with them.")
    email: str = _ABSENT
    phones: list[PhoneData] = _NONE


class ScheduleData(Sent):
    """Hours of an ordinary week. Where it closes earlier than it opens: on the next morning."""

    id: Id
    service_id: Id
    freq: Literal["WEEKLY"] = Field(default_factory=lambda: "WEEKLY")
    interval: Literal[1] = Field(default_factory=lambda: 1)
    byday: str = Field(default_factory=str, pattern=_DAYS)
    opens_at: str = Field(default_factory=str, pattern=_TIME)
    closes_at: str = Field(default_factory=str, pattern=_TIME, description="23:59: to midnight.")
    description: str = Field(
        default_factory=str, min_length=1, description="As published, with bank holidays."
    )


class ServiceAreaData(Sent):
    """A council, a part of one, or a nation."""

    id: Id
    service_id: Id
    name: Text = Field(description="Its name.")
    extent: str = Field(default_factory=str, min_length=1, description="Its code (ONS).")
    extent_type: Literal["text"] = Field(default_factory=lambda: "text")
    uri: Uri = Field(default_factory=str, description="Its address at the ONS.")
    service_area: str = Field(
        default_factory=str, min_length=1, description="That no page names the area."
    )


class CostData(Sent):
    id: Id
    service_id: Id
    amount: Literal[0]
    amount_description: Text = Field(description="That it is free.")


class AddressData(Sent):
    id: Id
    location_id: Id
    address_1: Text = Field(description="All of it before the town.")
    city: Text = Field(description="The town.")
    state_province: Text = Field(description="The nation.")
    postal_code: Text = Field(description="The postcode.")
    country: Literal["GB"]
    address_type: Literal["physical"]


class LocationInShort(Sent):
    """Where people are seen. Head offices are none."""

    id: Id
    location_type: Literal["physical"]
    name: str = _ABSENT
    description: Text = Field(description="The address in one line.")


class LocationData(LocationInShort):
    addresses: list[AddressData] = _NONE


class OrganizationInShort(Sent):
    id: Id
    name: Text = Field(description="As the directory has it.")
    description: Text = Field(description="How many of its services are here.")


class ServiceInShort(Sent):
    """A service as lists have it."""

    id: Id
    name: Text = Field(description="What it is called.")
    description: str = Field(
        default_factory=str,
        min_length=1,
        description="Whom it is for, on which conditions, who may ask, and the sources.",
    )
    url: Uri = Field(default_factory=str)
    email: str = _ABSENT
    status: Literal["active", "defunct"] = Field(
        description="defunct: reported closed. active: also where that is not confirmed; see alert."
    )
    fees: str = _ABSENT
    minimum_age: int = Field(default_factory=int, ge=0)
    maximum_age: int = Field(default_factory=int, ge=0)
    assured_date: str = Field(description="The day it was last read.", pattern=_DAY)
    alert: str = Field(default_factory=str, min_length=1, description="To be shown with it, first.")
    organization: OrganizationInShort = _NOBODY


class OwnServiceData(ServiceInShort):
    """A service with all that belongs to it, inside its place or organisation."""

    attributes: list[AttributeData]
    schedules: list[ScheduleData] = _NONE
    service_areas: list[ServiceAreaData] = _NONE
    cost_options: list[CostData] = _NONE
    contacts: list[ContactData] = _NONE


class AtLocationData(Sent):
    id: Id
    service_id: Id
    location_id: Id
    location: LocationData


class FeedServiceData(OwnServiceData):
    """A service with all that belongs to it."""

    service_at_locations: list[AtLocationData] = _NONE


class OrganizationData(OrganizationInShort):
    """An organisation with its services."""

    services: list[FeedServiceData]


class ServiceAtLocationInShort(Sent):
    """A service at the place where people are seen, as lists have it."""

    id: Id
    service_id: Id
    location_id: Id
    location: LocationInShort
    service: ServiceInShort


class ServiceAtLocationData(AtLocationData):
    """A service at the place where people are seen, with all that belongs to it."""

    service: OwnServiceData


class PageData(Sent):
    """One page of a list; `Link` headers lead to the others."""

    total_items: int = Field(description="How many there are on all pages.")
    total_pages: int = Field(description="How many pages there are.")
    page_number: int = Field(description="Which page this is, from 1.")
    size: int = Field(description="How many there are on this page.")
    first_page: bool
    last_page: bool
    empty: bool = Field(description="Whether there is nothing on it.")


class FeedServicePage(PageData):
    contents: list[ServiceInShort]


class OrganizationPage(PageData):
    contents: list[OrganizationInShort]


class ServiceAtLocationPage(PageData):
    contents: list[ServiceAtLocationInShort]


class TaxonomyPage(PageData):
    contents: list[TaxonomyInShort]


class TermPage(PageData):
    contents: list[TermData]


class AboutData(Sent):
    """What the feed is."""

    version: Text = Field(description="Of the profile.")
    profile: Uri = Field(description="Where the profile is explained.")
    openapi_url: Uri = Field(
        default_factory=str, description="The description; where the site's address is known."
    )
