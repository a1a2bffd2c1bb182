"""What there is to know of a service before somebody asks it: its pages, its numbers, who said so.

A curator may see every number, each with what we know of it; parents and the pages never do.
Not for: the questions (`one_service`).
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from markupsafe import Markup

from mmhs_finder.curation.due_numbers import DueContact, contacts_of
from mmhs_finder.curation.trying import Opened
from mmhs_finder.directory.changes import Change
from mmhs_finder.directory.confirming import Backing, standing
from mmhs_finder.directory.models import Service
from mmhs_finder.render.html import curator
from mmhs_finder.views.sources import source_links
from mmhs_finder.words import date_words, say


def said_of(cells: Mapping[str, str]) -> str:
    """What a service is called where there are others: its name and who runs it."""
    return " · ".join(filter(None, (cells.get("name", ""), cells.get("provider", ""))))


def head_lines(opened: Opened, service_id: str, cells: Mapping[str, str]) -> list[str | Markup]:
    """Lines below its name. cells: its row."""
    service = opened.services.get(service_id)
    return [
        cells.get("provider", ""),
        _standing(service) if service else "",
        *(_contact(contact) for contact in (contacts_of(service) if service else ())),
        _pages(cells),
    ]


def _standing(service: Service) -> str:
    if service.told_on is None:
        return say("curator.read", date=date_words(service.checked_on))
    if standing(service) is Backing.CONFIRMED:
        return say("curator.confirmed", date=date_words(service.told_on))
    return say("curator.told", date=date_words(service.told_on))


def _contact(contact: DueContact) -> str:
    if not contact.is_number:
        return (
            say("curator.write_professional", email=contact.value)
            if contact.for_professionals
            else say("curator.write", email=contact.value)
        )
    if not contact.confirmed:
        return say("curator.ring_check", number=contact.value)
    if contact.for_professionals:
        return say("curator.ring_professional", number=contact.value)
    return say("curator.ring", number=contact.value)


def _pages(cells: Mapping[str, str]) -> Markup | str:
    website = cells.get("website", "")
    own = curator.links(say("curator.page_of"), source_links((website,)) if website else ())
    read = [url.strip() for url in cells.get("source_urls", "").split(";") if url.strip()]
    sources = curator.links(say("curator.sources"), source_links(read))
    return Markup("<br>").join(filter(None, (own or say("curator.no_page"), sources)))


def where_from(changes: tuple[Change, ...], file: str, row: str, column: str) -> str:
    """The evidence of a cell as the history has it; "" where the history is silent."""
    of_cell = [c for c in changes if (c.file, c.row, c.column) == (file, row, column)]
    if not of_cell or not of_cell[-1].new:
        return ""
    last = of_cell[-1]
    host = _host(last.source_url)
    if last.quote:
        return say("curator.held_from", source=host, quote=last.quote)
    return say("curator.held_source", source=host)


def _host(source: str) -> str:
    """A page by its host; what was told, as it was told."""
    try:
        host = urlsplit(source).hostname
    except ValueError:
        return source
    return host.removeprefix("www.") if host else source.partition(":")[2] or source
