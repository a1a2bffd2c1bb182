"""One service of the feed, with all that belongs to it.

A number for professionals stands under a contact that says so, and nowhere else. Not for: what may
be told at all (`views.public`, `views.feed`).
"""

from __future__ import annotations

from mmhs_finder.directory.models import Status
from mmhs_finder.directory.ways import WayKind, has_own_page, public_hours
from mmhs_finder.render.json import Json
from mmhs_finder.render.open_referral.ids import feed_id
from mmhs_finder.render.open_referral.organizations import organization_record
from mmhs_finder.render.open_referral.places import areas_of_line, areas_of_service, at_location
from mmhs_finder.render.open_referral.schedules import schedules
from mmhs_finder.render.open_referral.terms import attributes
from mmhs_finder.views.feed import FeedEntry, Organisation
from mmhs_finder.views.public import ClosedService, PublicLine, PublicService
from mmhs_finder.views.ways import web
from mmhs_finder.words import say

_STATUS = {Status.OPEN: "active", Status.UNKNOWN: "active", Status.CLOSED: "defunct"}
"""One that could not be confirmed is not said to be closed: its alert and a term say what it is."""


def service_id(entry: FeedEntry) -> str:
    return feed_id(*entry.key)


def service_record(entry: FeedEntry, organisation: Organisation | None) -> Json:
    """A service. Fields of which nothing is known are left out."""
    key = service_id(entry)
    found: Json = {
        "name": entry.name,
        "description": "\n".join(entry.description),
        "alert": " ".join(entry.alerts),
        "attributes": attributes(key, entry.terms),
        "organization": organization_record(organisation) if organisation else None,
    }
    if isinstance(entry.of, PublicService):
        found |= _of_service(key, entry.of)
    elif isinstance(entry.of, PublicLine):
        found |= _of_line(key, entry.of)
    else:
        found |= _of_closed(entry.of)
    known = {k: v for k, v in found.items() if v is not None and v not in ("", [])}
    return {"id": key, **known}


def _of_service(key: str, each: PublicService) -> Json:
    view, row = each.view, each.service
    at = at_location(key, row)
    page = view.way(WayKind.PAGE) if has_own_page(row) else ""
    return {
        "status": _STATUS[row.status],
        "url": web(page),
        "email": view.way(WayKind.EMAIL),
        "minimum_age": row.min_age,
        "assured_date": row.checked_on.isoformat(),
        "schedules": schedules(key, *public_hours(row)),
        "service_areas": areas_of_service(key, each),
        "service_at_locations": [at] if at else [],
        "contacts": [
            *_contact(key, "everybody", [(view.way(WayKind.PHONE), "")]),
            *_contact(
                key, "professionals", [(view.phone_for_referrers, "")], view.email_for_referrers
            ),
        ],
    }


def _of_line(key: str, each: PublicLine) -> Json:
    view, row = each.view, each.view.row
    phone, text = view.way(WayKind.PHONE), view.way(WayKind.TEXT)
    keyword = row.text_keyword
    how = say("api_feed.text_word", word=keyword) if keyword else say("api_feed.text_message")
    return {
        "status": _STATUS[row.status],
        "url": web(row.website),
        "email": view.way(WayKind.EMAIL),
        "maximum_age": row.max_age,
        "fees": row.cost,
        "cost_options": [_free(key)] if row.cost == "free" else [],
        "assured_date": row.checked_on.isoformat(),
        "schedules": schedules(
            key, row.phone_hours_osm if phone or text else "", view.hours.published
        ),
        "service_areas": areas_of_line(key, row),
        "contacts": _contact(key, "everybody", [(phone, ""), (text, how)]),
    }


def _of_closed(each: ClosedService) -> Json:
    return {
        "status": _STATUS[each.service.status],
        "assured_date": each.service.checked_on.isoformat(),
    }


def _free(key: str) -> Json:
    return {
        "id": feed_id("cost_option", key),
        "service_id": key,
        "amount": 0,
        "amount_description": say("offer.free"),
    }


def _contact(key: str, whose: str, numbers: list[tuple[str, str]], email: str = "") -> list[Json]:
    """Numbers, and an address, of one audience. whose: "everybody" or "professionals"."""
    contact = feed_id("contact", key, whose)
    title = (
        say("api_feed.for_professionals")
        if whose == "professionals"
        else say("api_feed.for_everybody")
    )
    phones = [
        {
            "id": feed_id("phone", contact, number),
            "contact_id": contact,
            "number": number,
            "description": f"{title}. {how}." if how else f"{title}.",
        }
        for number, how in numbers
        if number
    ]
    if not phones and not email:
        return []
    found: Json = {"id": contact, "service_id": key, "title": title}
    if email:
        found["email"] = email
    if phones:
        found["phones"] = phones
    return [found]
