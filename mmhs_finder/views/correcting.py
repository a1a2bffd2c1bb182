"""Where somebody can say that a fact is wrong: here, where an address was given, or to the service.

Not for: the text around it (`views.about`), or what a source is (`sources`).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from mmhs_finder.directory.models import Service, WebsiteKind
from mmhs_finder.words import say


@dataclass(frozen=True)
class Letter:
    """An e-mail to write. words: of the link; link: with a subject, and nothing about a person."""

    words: str
    link: str


@dataclass(frozen=True)
class PageToCheck:
    """The page where a service says of itself what is true now. before: the words before it."""

    before: str
    name: str
    url: str


def contact() -> str:
    """The operator's e-mail address for corrections, from `MMHS_CONTACT_EMAIL`; "" when not set."""
    return os.environ.get("MMHS_CONTACT_EMAIL", "").strip()


def letters_about(services: Sequence[Service]) -> tuple[Letter, ...]:
    """A letter about each service and one about anything; none without an address to write to."""
    address = contact()
    if not address:
        return ()
    named = [
        Letter(say("about.contact_service", name=s.name), _mail(address, s.name)) for s in services
    ]
    return (*named, Letter(say("about.contact", address=address), f"mailto:{address}"))


def _mail(address: str, name: str) -> str:
    return f"mailto:{address}?subject={quote(say('about.subject', name=name))}"


def pages_to_check(services: Sequence[Service]) -> tuple[PageToCheck, ...]:
    """The own page of each service that has one: the place to look whether a fact still holds."""
    return tuple(
        PageToCheck(say("card.check_page"), say("card.own_page", name=s.name), s.website)
        for s in services
        if s.website and s.website_kind in (None, WebsiteKind.SERVICE_PAGE)
    )
