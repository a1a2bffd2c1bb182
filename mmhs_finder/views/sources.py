"""Where a row's facts come from, in words and links.

Not for: whether they are old (`directory.freshness`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mmhs_finder.directory.linked import Linked
from mmhs_finder.directory.models import Confidence, Service
from mmhs_finder.directory.vocabularies import Read
from mmhs_finder.views.ways import unanswered_words
from mmhs_finder.views.wording import source_names
from mmhs_finder.words import date_words, kept, plain_date, say


@dataclass(frozen=True)
class SourceView:
    """links: (name of the site, address) of each page read. fold: what opens them."""

    links: tuple[tuple[str, str], ...]
    fold: str  # "Sources (6), read on 22 November 2026"
    read: str  # how and when: "From a copy of the page, read on 22 November 2026. ..."
    newest: str  # the newest date that the source shows, or ""
    doubt: str  # what to say where the confidence is low, or ""
    source_date: str
    checked_on: date


@kept(1024)
def service_source(service: Service) -> SourceView:
    return SourceView(
        links=source_links(service.source_urls, service),
        fold=say(
            "source.fold", count=len(service.source_urls), date=date_words(service.checked_on)
        ),
        read=read_words(service.read, service.checked_on, service.source_date),
        newest=plain_date(service.source_date) if service.source_date else "",
        doubt=say("source.low") if service.confidence is Confidence.LOW else "",
        source_date=service.source_date,
        checked_on=service.checked_on,
    )


def read_words(read: Read, checked_on: date, source_date: str) -> str:
    """When the pages were read, and that the copy's age is not known where it shows no date.

    The pages were read as stored copies, which may be older than the day they were read.
    """
    day = date_words(checked_on)
    if read is Read.SECOND_HAND:
        return say("source_read.second_hand", date=day)
    if source_date:
        return say("source_read.dated", date=day)
    return say("source_read.undated", date=day)


def source_links(urls: Sequence[str], of: Linked | None = None) -> tuple[tuple[str, str], ...]:
    """What a link to each page is called, and its address. of: the row whose sources they are: of
    its links it is said which did not answer."""
    return tuple(
        (f"{name}{unanswered_words(of.unanswered(url)) if of else ''}", url)
        for name, url in zip(source_names(urls), urls, strict=True)
    )
