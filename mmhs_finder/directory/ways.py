"""Which number, address, form and page of a service or line may be used by whom. Decided here only.

A number reaches a reader only when it was published for her and is confirmed; one whose status is
`check`, or that is for professionals, is never a parent's to ring. Not for: the words around a way
(`views.ways`), or whether anybody answers at this hour (`hours`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from urllib.parse import quote

from mmhs_finder.directory.linked import Linked, Unanswered
from mmhs_finder.directory.models import (
    Audience,
    Confidence,
    Criteria,
    DevolvedService,
    NationalSupport,
    Pathway,
    PathwayOffer,
    PhoneStatus,
    Service,
    Status,
    WebsiteKind,
    YesNo,
)
from mmhs_finder.directory.said import hides_its_number, may_ask_herself, takes_nobody_now


class Reader(StrEnum):
    """For whom ways are asked for."""

    PUBLIC = "public"  # a parent, at a screen
    PAPER = "paper"  # the page that a parent takes along, to a GP for example
    PROFESSIONAL = "professional"  # somebody who refers


class WayKind(StrEnum):
    """The kinds of way, in the order they are offered."""

    PHONE = "phone"
    TEXT = "text"
    EMAIL = "email"
    CHAT = "chat"
    FORM = "form"
    FINDER = "finder"
    PAGE = "page"


_SCHEMES = {WayKind.PHONE: "tel:", WayKind.TEXT: "sms:", WayKind.EMAIL: "mailto:"}


@dataclass(frozen=True)
class Way:
    """One way to reach a service or a line.

    value: the number as people write it, the e-mail address, or the web address.
    audience: for whom it was published. confirmed: False for a number that was not confirmed; only
    a professional is ever given one, and it is no link. pressable: whether it may be a link.
    unanswered: that a page did not answer when it was last asked; it stays a link, said so.
    """

    kind: WayKind
    value: str
    audience: Audience = Audience.PUBLIC
    confirmed: bool = True
    pressable: bool = True
    free: bool = False
    keyword: str = ""  # of a text number: the word to send
    page_kind: WebsiteKind | None = None
    unanswered: Unanswered | None = None

    @property
    def link(self) -> str:
        """The address behind it ("tel:03001234567"), or "" where it may not be pressed."""
        if not self.pressable:
            return ""
        if self.kind in (WayKind.PHONE, WayKind.TEXT):
            body = f"?body={quote(self.keyword)}" if self.keyword else ""
            return _SCHEMES[self.kind] + dialled(self.value) + body
        return _SCHEMES.get(self.kind, "") + self.value


def dialled(number: str) -> str:
    """The digits to dial: "0300 443 0048 ext 7093" -> "03004430048". The extension is asked for."""
    main = re.split(r"(?i)\s*(?:ext|option|press|,|;|/|\()", number, maxsplit=1)[0]
    return re.sub(r"[^0-9+]", "", main)


def service_ways(service: Service, reader: Reader = Reader.PUBLIC) -> tuple[Way, ...]:
    """The ways to a local service that this reader may use, in the order to offer them.

    A parent gets a number only of a service that is confirmed to be running, and a referral form
    only where she may refer herself. On paper the confirmed number for professionals stands too:
    she hands the page to one. A professional gets everything, marked, what is for her first.
    """
    found = [
        *_referrer_phone(service, reader),
        *_service_phone(service, reader),
        *_referrer_email(service, reader),
        *_service_email(service, reader),
    ]
    if service.referral_url and (reader is Reader.PROFESSIONAL or may_ask_herself(service)):
        found.append(_page(WayKind.FORM, service.referral_url, service))
    if service.website:
        found.append(_page(WayKind.PAGE, service.website, service, service.website_kind))
    return tuple(found)


def _referrer_phone(service: Service, reader: Reader) -> tuple[Way, ...]:
    """The number for people who refer, beside one for parents: no parent's on any screen."""
    if not service.referrer_phone or reader is Reader.PUBLIC:
        return ()
    confirmed = service.referrer_phone_status is PhoneStatus.CONFIRMED
    if reader is Reader.PAPER and not confirmed:
        return ()
    pressable = confirmed and reader is Reader.PROFESSIONAL
    number = service.referrer_phone
    return (Way(WayKind.PHONE, number, Audience.PROFESSIONAL, confirmed, pressable),)


def _referrer_email(service: Service, reader: Reader) -> tuple[Way, ...]:
    if not service.referrer_email or reader is not Reader.PROFESSIONAL:
        return ()
    return (Way(WayKind.EMAIL, service.referrer_email, Audience.PROFESSIONAL),)


def _page(kind: WayKind, url: str, of: Linked, page_kind: WebsiteKind | None = None) -> Way:
    """A page or a form. One that did not answer is offered all the same: it may have come back."""
    return Way(kind, url, page_kind=page_kind, unanswered=of.unanswered(url))


def _service_phone(service: Service, reader: Reader) -> tuple[Way, ...]:
    if not service.phone:
        return ()
    audience = service.phone_audience or Audience.PROFESSIONAL
    known = service.phone_audience is not None  # a number for nobody in particular is for nobody
    confirmed = known and service.phone_status is PhoneStatus.CONFIRMED
    if reader is Reader.PROFESSIONAL:
        return (Way(WayKind.PHONE, service.phone, audience, confirmed, pressable=confirmed),)
    if not confirmed:
        return ()
    if audience is Audience.PUBLIC:
        running = service.status is Status.OPEN
        return (Way(WayKind.PHONE, service.phone),) if running else ()
    if reader is Reader.PAPER:
        return (Way(WayKind.PHONE, service.phone, audience, pressable=False),)
    return ()


def _service_email(service: Service, reader: Reader) -> tuple[Way, ...]:
    audience = service.email_audience or Audience.PROFESSIONAL
    if not service.email or (audience is not Audience.PUBLIC and reader is not Reader.PROFESSIONAL):
        return ()
    return (Way(WayKind.EMAIL, service.email, audience),)


def line_ways(row: NationalSupport) -> tuple[Way, ...]:
    """The ways to a national line, charity or route, for everybody, in the order to offer them.

    Its finder stands instead of its page where it has one: that is the page to go to.
    """
    free = row.cost == "free"
    found = []
    if row.phone and row.phone_status is PhoneStatus.CONFIRMED:
        found.append(Way(WayKind.PHONE, row.phone, free=free))
    if row.text_number:
        found.append(Way(WayKind.TEXT, row.text_number, free=free, keyword=row.text_keyword))
    if row.email:
        found.append(Way(WayKind.EMAIL, row.email))
    if row.webchat_url:
        found.append(_page(WayKind.CHAT, row.webchat_url, row))
    if row.finder_url:
        found.append(_page(WayKind.FINDER, row.finder_url, row))
    elif row.website:
        found.append(_page(WayKind.PAGE, row.website, row))
    return tuple(found)


def number_withheld(row: NationalSupport) -> bool:
    """Whether a number was found for a line and is not shown, because it is not confirmed."""
    return bool(row.phone) and row.phone_status is not PhoneStatus.CONFIRMED


def devolved_ways(row: DevolvedService) -> tuple[Way, ...]:
    """The ways to a service outside England.

    The file has no phone status: a number counts only where people may refer themselves and the
    row is of high confidence.
    """
    found = []
    sure = row.self_referral is YesNo.YES and row.confidence is Confidence.HIGH
    if row.phone and sure:
        found.append(Way(WayKind.PHONE, row.phone))
    if row.website:
        found.append(_page(WayKind.PAGE, row.website, row))
    return tuple(found)


def way_of(ways: tuple[Way, ...], kind: WayKind) -> str:
    """The number or address of the first way of a kind, or ""."""
    return next((way.value for way in ways if way.kind is kind), "")


def voices(ways: Iterable[Way]) -> tuple[Way, ...]:
    """The ways to call or to text somebody."""
    return tuple(way for way in ways if way.kind in (WayKind.PHONE, WayKind.TEXT))


def has_voice(ways: Iterable[Way]) -> bool:
    """Whether somebody can be called or texted."""
    return bool(voices(ways))


def has_number(ways: Iterable[Way]) -> bool:
    """Whether somebody can be called."""
    return any(way.kind is WayKind.PHONE for way in ways)


OWN_WAYS = frozenset({WayKind.PHONE, WayKind.TEXT, WayKind.EMAIL, WayKind.FORM})
"""The kinds by which somebody can turn to a service herself. A page alone is none."""


def has_own_way(service: Service) -> bool:
    """Whether a parent has a number, an address or a form of it."""
    return any(way.kind in OWN_WAYS for way in service_ways(service))


class Reach(IntEnum):
    """How far a parent gets with a service by herself, the best first."""

    ACTS = 0  # she may turn to it, by a number, an address or a form
    PAGE = 1  # its own page
    NEWS = 2  # a news article, or a list with its name
    NONE = 3  # nothing that we could confirm


def reach_of(service: Service) -> Reach:
    """A number of a service that takes only those whom somebody refers is nothing to act on."""
    refused = service.self_referral is YesNo.NO or takes_nobody_now(service)
    if has_own_way(service) and not refused:
        return Reach.ACTS
    if not service.website:
        return Reach.NONE
    return Reach.PAGE if has_own_page(service) else Reach.NEWS


def asks_herself(service: Service, needs: Collection[Pathway] = ()) -> bool:
    """Whether a parent turns to it without anybody between: it is running, it takes people who ask
    for themselves after what happened, and there is a way for her or its own page. Else others ask
    for her, and she gets words for them."""
    running = service.status is Status.OPEN
    return running and may_ask_herself(service, needs) and reach_of(service) <= Reach.PAGE


def has_own_page(service: Service) -> bool:
    """Whether the page that we know is the service's: no news about it, and no list with it."""
    return bool(service.website) and service.website_kind is WebsiteKind.SERVICE_PAGE


def number_for_referrers(service: Service) -> str:
    """The confirmed number for people who refer, or "": for the words for a GP, never a link."""
    return _for_referrers(service, WayKind.PHONE)


def email_for_referrers(service: Service) -> str:
    """The address for people who refer, or ""."""
    return _for_referrers(service, WayKind.EMAIL)


def _for_referrers(service: Service, kind: WayKind) -> str:
    ways = service_ways(service, Reader.PROFESSIONAL)
    theirs = (w for w in ways if w.audience is Audience.PROFESSIONAL and w.confirmed)
    return way_of(tuple(theirs), kind)


def name_only(service: Service, criteria: Criteria | None) -> bool:
    """Whether nothing is known of an MMHS but a name and that it was planned.

    A card of it would say nothing: its area is told as one without a known service.
    """
    if service.status is Status.OPEN or service_ways(service):
        return False
    helps = criteria is not None and any(
        criteria.offers(p) is not PathwayOffer.UNKNOWN for p in Pathway
    )
    told = (service.who_for, service.referrers, service.referral_note, service.therapies)
    return not (helps or any(told))


def public_hours(service: Service) -> tuple[str, str]:
    """The hours that a parent may be told, as (OpenStreetMap syntax, the source's words).

    A number that is not confirmed takes its hours with it. Where the only number is for
    professionals, the words stand, but nothing is "open now" for her.
    """
    if hides_its_number(service):
        return "", ""
    public = has_number(service_ways(service))
    return (service.hours_osm if public or not service.phone else ""), service.hours_text
