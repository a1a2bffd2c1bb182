"""The ways to reach a service or line, with the words around each: for a screen, or for paper.

Which ways there are for whom is decided in `directory.ways`; here each gets its words.
Not for: markup (`render`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from mmhs_finder.directory.linked import NO_ANSWER, Unanswered
from mmhs_finder.directory.models import DevolvedService, NationalSupport, Service, WebsiteKind
from mmhs_finder.directory.ways import (
    Reader,
    Way,
    WayKind,
    devolved_ways,
    line_ways,
    number_withheld,
    service_ways,
)
from mmhs_finder.views.wording import source_names, unbroken
from mmhs_finder.words import date_words, say, texts

_WEBSITE: Final = texts("contact.website_{}", WebsiteKind)

_UNANSWERED: Final = texts("link_unanswered.{}", sorted(NO_ANSWER))

_LONGEST_ADDRESS: Final = 2000
"""Letters. Longer ones are no addresses that somebody published for people."""


@dataclass(frozen=True)
class WayView:
    """One way to reach something: "Call Lotus on", then "01603 786781", which may be a link.

    kind: None for words without a way, such as "a number was found and is not confirmed".
    link: a web, telephone, text-message or e-mail address, or "". after: what follows the link.
    whose: whose link it is, for somebody who hears the links of a page one after the other.
    value: the bare number or address, for programs.
    """

    words: str
    text: str
    link: str = ""
    after: str = ""
    whose: str = ""
    kind: WayKind | None = None
    value: str = ""


def value_of(ways: Iterable[WayView], kind: WayKind) -> str:
    """The bare number or address of the first way of a kind, or ""."""
    return next((way.value for way in ways if way.kind is kind), "")


def unanswered_words(unanswered: Unanswered | None) -> str:
    """What to know of a link before it is tried, to stand behind it in brackets; "" for nothing.

    The link stays: what was gone may be back, and no address is made up for it.
    """
    if unanswered is None:
        return ""
    return f" ({_UNANSWERED(unanswered.state, date=date_words(unanswered.on))})"


def service_way_views(service: Service) -> tuple[WayView, ...]:
    """What a parent may use, as a card on a screen shows it."""
    return tuple(_on_screen(way, service.name) for way in service_ways(service, Reader.PUBLIC))


def _on_screen(way: Way, name: str) -> WayView:
    if way.kind is WayKind.PHONE:
        return _view(way, say("contact.yes_phone", name=name), way.value)
    if way.kind is WayKind.EMAIL:
        return _view(way, say("contact.email"), way.value)
    if way.kind is WayKind.FORM:
        return _view(way, "", say("contact.referral_link"), whose=name)
    return _view(way, "", _WEBSITE(way.page_kind or WebsiteKind.SERVICE_PAGE), whose=name)


def line_way_views(row: NationalSupport) -> tuple[WayView, ...]:
    """Every way to a national line, charity or route; never empty: it says when there is none."""
    found = [_of_line(way, row.name) for way in line_ways(row)]
    if number_withheld(row):
        found.insert(0, WayView(say("offer.phone_unconfirmed"), ""))
    return tuple(found) or (WayView(say("offer.contact_none"), ""),)


def devolved_way_views(row: DevolvedService) -> tuple[WayView, ...]:
    """The ways to a service outside England; never empty: it says when there is none."""
    found = tuple(_of_line(way, row.service_name) for way in devolved_ways(row))
    return found or (WayView(say("offer.contact_none"), ""),)


_PAGE: Final = texts("offer.{}_label", ("chat", "finder", "website"))
_PAGE_LABELS: Final = {WayKind.CHAT: "chat", WayKind.FINDER: "finder"}


def _of_line(way: Way, name: str) -> WayView:
    free = f" ({say('offer.free')})" if way.free and way.kind is WayKind.PHONE else ""
    if way.kind is WayKind.PHONE:
        return _view(way, say("offer.call_label"), way.value, after=free)
    if way.kind is WayKind.TEXT:
        label = say("offer.text_word", word=way.keyword) if way.keyword else say("offer.text_label")
        return _view(way, label, way.value)
    if way.kind is WayKind.EMAIL:
        return _view(way, say("offer.email_label"), way.value)
    return _view(way, "", _PAGE(_PAGE_LABELS.get(way.kind, "website")), whose=name)


def _view(way: Way, words: str, text: str, *, after: str = "", whose: str = "") -> WayView:
    after += unanswered_words(way.unanswered)
    return WayView(words, text, way.link, after, whose, way.kind, way.value)


# --- on paper -----------------------------------------------------------------------------------


def paper_ways(service: Service) -> tuple[WayView, ...]:
    """What is open to the public, written so that it can be typed from paper."""
    found = []
    for way in service_ways(service, Reader.PUBLIC):
        if way.kind is WayKind.PHONE:
            words = say("contact.yes_phone", name=service.name)
            found.append(_view(way, words, unbroken(way.value)))
        elif way.kind is WayKind.EMAIL:
            found.append(_view(way, say("summary.email"), way.value))
        else:
            form = way.kind is WayKind.FORM
            words = say("summary.referral_form") if form else say("summary.web")
            text = re.sub(r"^https?://", "", way.value).rstrip("/")
            after = unanswered_words(way.unanswered)
            found.append(WayView(words, text, web(way.value), after, "", way.kind, way.value))
    return tuple(found)


def quickest_way(name: str, ways: Iterable[Way]) -> WayView | None:
    """The quickest of some ways, on paper: a call, then a text message, then a page."""
    by_kind: dict[WayKind, Way] = {}
    for way in ways:
        by_kind.setdefault(way.kind, way)
    if call := by_kind.get(WayKind.PHONE):
        after = say("summary.free") if call.free else ""
        return _view(call, say("summary.call_name", name=name), unbroken(call.value), after=after)
    if text := by_kind.get(WayKind.TEXT):
        words = say("summary.text_name", name=name)
        if text.keyword:
            words = say("summary.text_word", name=name, word=text.keyword)
        return _view(text, words, text.value)
    for kind in (WayKind.FINDER, WayKind.PAGE, WayKind.CHAT):
        if page := by_kind.get(kind):
            shown = source_names([page.value])[0]
            words = say("summary.name", name=name)
            after = unanswered_words(page.unanswered)
            return WayView(words, shown, web(page.value), after, "", kind, page.value)
    return None


def web(url: str) -> str:
    """The address, when it is one of the web and a link can hold it, or ""."""
    return _address(url, ("http", "https"))


def pressable(address: str) -> str:
    """An address of the web, a telephone number, an e-mail or a text message, or "" for others."""
    return _address(address, ("http", "https", "tel", "mailto", "sms"))


def _address(text: str, schemes: Sequence[str]) -> str:
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    plain = text.isascii() and not re.search(r"[\s\x00-\x1f\x7f<>\"]", text)
    leads = bool(parts.netloc) if parts.scheme in ("http", "https") else bool(parts.path)
    fits = plain and leads and len(text) <= _LONGEST_ADDRESS
    return text if fits and parts.scheme in schemes else ""
