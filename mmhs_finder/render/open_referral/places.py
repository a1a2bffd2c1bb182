"""Where an entry is and whom it serves: locations, and areas with the codes of the ONS.

Not for: opening hours (`schedules`), or whether a postcode is where care is given
(`Service.is_real_base`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from mmhs_finder.directory.models import Area, Certainty, NationalSupport, Service, YesNo
from mmhs_finder.directory.named import nation_words
from mmhs_finder.directory.vocabularies import SupportNation
from mmhs_finder.nation import Nation
from mmhs_finder.render.json import Json
from mmhs_finder.render.open_referral.ids import feed_id
from mmhs_finder.views.public import PublicService
from mmhs_finder.words import say

_AREA_URI: Final = "http://statistics.data.gov.uk/id/statistical-geography/{}"
"""The address by which the Office for National Statistics names an area of its register."""

_CODES: Final = {
    SupportNation.ENGLAND: "E92000001",
    SupportNation.SCOTLAND: "S92000003",
    SupportNation.WALES: "W92000004",
    SupportNation.NORTHERN_IRELAND: "N92000002",
    SupportNation.UK: "K02000001",
}
"""ONS, Register of Geographic Codes. It has none for Jersey, Guernsey and the Isle of Man."""


# --- locations -----------------------------------------------------------------------------------


def at_location(owner: str, row: Service) -> Json | None:
    """Where a service sees people, with its place; None where none is published. owner: its id."""
    if not row.is_real_base:
        return None
    key = feed_id("location", row.id)
    place: Json = {
        "id": key,
        "location_type": "physical",
        "description": ", ".join(p for p in (row.address or row.location_name, row.postcode) if p),
    }
    if row.location_name:
        place["name"] = row.location_name
    if address := _address(key, row):
        place["addresses"] = [address]
    return {
        "id": feed_id("at_location", row.id),
        "service_id": owner,
        "location_id": key,
        "location": place,
    }


def _address(location: str, row: Service) -> Json | None:
    """The address in the parts that the standard asks for; None where no town is stated: all of
    them are required. The town is the last part of the name of the place."""
    *before, town = (part.strip() for part in row.location_name.split(","))
    if not before or not town:
        return None
    street = [part.strip() for part in row.address.split(",") if part.strip()]
    if street[-1:] == [town]:
        street = street[:-1]
    return {
        "id": feed_id("address", row.id),
        "location_id": location,
        "address_1": ", ".join(street or before),
        "city": town,
        "state_province": nation_words(Nation.ENGLAND),
        "postal_code": row.postcode,
        "country": "GB",
        "address_type": "physical",
    }


# --- areas ---------------------------------------------------------------------------------------


def areas_of_service(owner: str, each: PublicService) -> list[Json]:
    """The councils that a service serves, as far as they are known. owner: its id."""
    found = [_council(owner, area, sure) for area, sure in each.serves]
    if each.service.takes_from_anywhere is YesNo.YES:
        found.append(_nation(owner, SupportNation.ENGLAND))
    return found


def areas_of_line(owner: str, row: NationalSupport) -> list[Json]:
    """The nations that a line is for, where they are stated. owner: its id."""
    return [_nation(owner, nation) for nation in row.nations]


def _council(owner: str, area: Area, sure: Certainty) -> Json:
    found: Json = {
        "id": feed_id("service_area", owner, area.code),
        "service_id": owner,
        "name": area.name,
        "extent": area.code,
        "extent_type": "text",
    }
    if not area.parent:  # a part of a council is in no register
        found["uri"] = _AREA_URI.format(area.code)
    if sure is Certainty.INFERRED:
        found["service_area"] = say("api_feed.inferred")
    return found


def _nation(owner: str, nation: SupportNation) -> Json:
    found: Json = {
        "id": feed_id("service_area", owner, nation.value),
        "service_id": owner,
        "name": nation.value,
    }
    if code := _CODES.get(nation):
        found |= {"extent": code, "extent_type": "text", "uri": _AREA_URI.format(code)}
    return found


def locations(records: Iterable[Json]) -> list[Json]:
    """The records of services at places, each with its service less the places themselves."""
    return [
        {**at, "service": {k: v for k, v in record.items() if k != "service_at_locations"}}
        for record in records
        for at in record.get("service_at_locations", ())
    ]
