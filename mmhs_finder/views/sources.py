"""Where a row's facts come from, in words and links.

Not for: whether they are old (`directory.freshness`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from mmhs_finder.directory.confirming import Backing, standing
from mmhs_finder.directory.freshness import is_old
from mmhs_finder.directory.linked import Linked
from mmhs_finder.directory.models import Confidence, Service
from mmhs_finder.directory.vocabularies import Read, ToldHow
from mmhs_finder.views.ways import unanswered_words
from mmhs_finder.views.wording import source_names
from mmhs_finder.words import date_words, kept, plain_date, say, texts


@dataclass(frozen=True)
class SourceView:
    """links: (name of the site, address) of each page read. fold: what opens them.

    told: who stands behind the facts and since when, where it is more than a page; else "".
    """

    links: tuple[tuple[str, str], ...]
    fold: str  # "Sources (6), read on 22 November 2026"
    read: str  # how and when: "From a copy of the page, read on 22 November 2026. ..."
    newest: str  # the newest date that the source shows, or ""
    doubt: str  # what to say where the confidence is low, or ""
    told: str
    source_date: str
    checked_on: date


@kept(1024)
def service_source(service: Service, today: date) -> SourceView:
    """today: for how long ago the service confirmed it."""
    return SourceView(
        links=source_links(service.source_urls, service),
        fold=say(
            "source.fold", count=len(service.source_urls), date=date_words(service.checked_on)
        ),
        read=read_words(service.read, service.checked_on, service.source_date),
        newest=plain_date(service.source_date) if service.source_date else "",
        doubt=say("source.low") if service.confidence is Confidence.LOW else "",
        told=told_words(service, today),
        source_date=service.source_date,
        checked_on=service.checked_on,
    )


_TOLD: Final = texts("source_told.{}", (Backing.CONFIRMED, Backing.TOLD))
_STANDING: Final = texts("sheet.backing_{}", Backing)
_HOW: Final = texts("sheet.backing_how_{}", ToldHow)


def told_words(service: Service, today: date) -> str:
    """That the service confirmed it, or that somebody told us, and when; "" where we only read it.

    One that is as old as old evidence says so: it never looks fresh.
    """
    backing = standing(service)
    if service.told_on is None or backing is Backing.READ:
        return ""
    return " ".join((_TOLD(backing, date=date_words(service.told_on)), *_old(service, today)))


def standing_lines(service: Service, today: date) -> Iterable[str]:
    """The same for somebody who refers: in which role somebody answered, and how it was known."""
    if service.told_on is None:
        return [_STANDING(Backing.READ)]
    how = _HOW(service.told_how or ToldHow.NOT_KNOWN)
    if standing(service) is not Backing.CONFIRMED:
        how = _HOW(ToldHow.NOT_KNOWN)
    by = say("sheet.backing_by", role=service.told_by.strip(" .")) if service.told_by else ""
    said = _STANDING(standing(service), date=date_words(service.told_on))
    return [text for text in (" ".join((said, *_old(service, today))), by, how) if text]


def _old(service: Service, today: date) -> Iterable[str]:
    if is_old(str(service.told_on), today):
        yield say("source_told.old")


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
