"""The changes as feeds: JSON Feed 1.1 (jsonfeed.org) and Atom 1.0 (RFC 4287).

An item is an entry on one day; its address by which readers know it again stays the same
(RFC 4151, "tag:"). A change has a day and no time: it counts as midnight in London.
Not for: which changes there are (`views.changes`), or sending them (`channels.text.feeds`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree

from mmhs_finder.hours import LONDON
from mmhs_finder.render.addresses import below, here
from mmhs_finder.render.html.changes import facts_html
from mmhs_finder.views.changes import WHAT, ChangedEntryView
from mmhs_finder.words import html_language, say

ATOM_AT: Final = "/changes.atom"
JSON_AT: Final = "/changes.json"
ATOM_TYPE: Final = "application/atom+xml"
JSON_TYPE: Final = "application/feed+json"

_ATOM: Final = "http://www.w3.org/2005/Atom"
_VERSION: Final = "https://jsonfeed.org/version/1.1"
_NAME: Final = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Letters that no XML may hold, not even escaped."""


@dataclass(frozen=True)
class FeedView:
    """What a feed holds. site: "https://example.org". place: the code it was asked for, or "".

    title: with the name of the place. newest: the newest day of any change, or of any reading where
    there is none.
    """

    site: str
    place: str
    title: str
    newest: date
    entries: Sequence[ChangedEntryView]


def feed_address(at: str, place: str = "") -> str:
    """The address of a feed inside the site: "/changes.atom?icb=E54000032"."""
    return here(f"{at}?icb={quote(place)}" if place else at)


def page_address(place: str = "", month: str = "") -> str:
    """The page that says the same, without a script."""
    asked = "&".join(
        f"{name}={quote(value)}" for name, value in (("icb", place), ("month", month)) if value
    )
    return here(f"/text/changes?{asked}" if asked else "/text/changes")


def json_feed(view: FeedView) -> bytes:
    """As JSON Feed 1.1, with an extension `_mmhs` (docs/text-pages.md). UTF-8."""
    feed = {
        "version": _VERSION,
        "title": view.title,
        "home_page_url": view.site + page_address(view.place),
        "feed_url": view.site + feed_address(JSON_AT, view.place),
        "description": _about(),
        "language": html_language(),
        "authors": [{"name": say("text_pages.site"), "url": view.site + here("/")}],
        "_mmhs": {
            "about": view.site + here("/text/about"),
            "place": view.place or None,
            "time_zone": LONDON.key,
        },
        "items": [_json_item(view, entry) for entry in view.entries],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1).encode()


def _json_item(view: FeedView, entry: ChangedEntryView) -> dict[str, Any]:
    of = entry.entry
    return {
        "id": _tag(view.site, entry),
        "url": view.site + _entry_address(entry),
        "title": _title(entry),
        "content_html": str(facts_html(entry)),
        "date_published": _moment(of.day),
        "tags": [WHAT(what) for what in dict.fromkeys(cell.what for cell in of.cells)],
        "_mmhs": {
            "day": of.day.isoformat(),
            "kind": of.kind.value,
            "id": of.key,
            "name": entry.name,
            "listed": of.is_listed,
            "places": sorted(of.places),
            "backing": of.backing.value,
            "changes": [
                {
                    "about": cell.what.value,
                    "column": cell.column or None,
                    "area": cell.area or None,
                    "old": cell.old,
                    "new": cell.new,
                    "professional": cell.professional,
                    "source_url": cell.source_url or None,
                }
                for cell in of.cells
            ],
        },
    }


def atom_feed(view: FeedView) -> bytes:
    """As Atom 1.0. UTF-8, with a declaration."""
    ElementTree.register_namespace("", _ATOM)
    feed = ElementTree.Element(f"{{{_ATOM}}}feed", {"xml:lang": html_language()})
    _add(feed, "id", view.site + feed_address(ATOM_AT, view.place))
    _add(feed, "title", view.title)
    _add(feed, "subtitle", _about())
    _add(feed, "updated", _moment(view.newest))
    author = _add(feed, "author")
    _add(author, "name", say("text_pages.site"))
    own = view.site + feed_address(ATOM_AT, view.place)
    page = view.site + page_address(view.place)
    _add(feed, "link", rel="self", type=ATOM_TYPE, href=own)
    _add(feed, "link", rel="alternate", type="text/html", href=page)
    _add(feed, "rights", say("frame.attribution"))
    for entry in view.entries:
        _atom_entry(_add(feed, "entry"), view, entry)
    written: bytes = ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _atom_entry(item: ElementTree.Element, view: FeedView, entry: ChangedEntryView) -> None:
    _add(item, "id", _tag(view.site, entry))
    _add(item, "title", _title(entry))
    _add(item, "updated", _moment(entry.entry.day))
    _add(item, "published", _moment(entry.entry.day))
    _add(item, "link", rel="alternate", type="text/html", href=view.site + _entry_address(entry))
    for name, address in entry.sources:
        _add(item, "link", rel="related", title=name, href=address)
    for what in dict.fromkeys(cell.what for cell in entry.entry.cells):
        _add(item, "category", term=what.value, label=WHAT(what))
    _add(item, "content", str(facts_html(entry)), type="html")


def _add(
    parent: ElementTree.Element, name: str, text: str = "", **attributes: str
) -> ElementTree.Element:
    clean = {key: _NOT_XML.sub("", value) for key, value in attributes.items()}
    added = ElementTree.SubElement(parent, f"{{{_ATOM}}}{name}", clean)
    if text:
        added.text = _NOT_XML.sub("", text)
    return added


def _about() -> str:
    return f"{say('changes.about')} {say('changes.feed_day')}"


def _title(entry: ChangedEntryView) -> str:
    return f"{entry.name}: {entry.summary}"


def _moment(day: date) -> str:
    """RFC 3339: midnight in London, with what the clock there is ahead."""
    return datetime.combine(day, time(), LONDON).isoformat()


def _entry_address(entry: ChangedEntryView) -> str:
    if entry.service_id:
        return here(f"/text/service/{quote(entry.service_id)}")
    return page_address(month=entry.entry.month)


def _tag(site: str, entry: ChangedEntryView) -> str:
    """By what readers know an item again, whatever becomes of its words and its page."""
    host = urlsplit(site).hostname or ""
    name = host if _NAME.fullmatch(host) else "localhost"
    of = entry.entry
    return f"tag:{name},{of.day}:{below()}/changes/{of.kind}/{quote(of.key)}"
