"""What a reader is told of a national line, charity or route, and of a service outside England.

Not for: which there are and in which order (`answers.national`), or markup (`render`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from mmhs_finder.answers.national import ROUTE_KINDS
from mmhs_finder.answers.types import Offer
from mmhs_finder.directory.models import DevolvedService, NationalSupport, Status, YesNo
from mmhs_finder.directory.vocabularies import Read
from mmhs_finder.directory.ways import WayKind
from mmhs_finder.hours import minute_of
from mmhs_finder.views.contact import MAY_ASK
from mmhs_finder.views.hours import HoursView, hours_view
from mmhs_finder.views.sources import read_words, source_links
from mmhs_finder.views.ways import WayView, devolved_way_views, line_way_views, value_of
from mmhs_finder.views.wording import sentence
from mmhs_finder.words import kept, say, texts

_ROUTE: Final = texts("route.{}", ROUTE_KINDS)
_FIRST_PART: Final = re.compile(r";|(?<=\.)\s")


@dataclass(frozen=True)
class LineView:
    """A line, charity or route. heading: its name, or what kind of route it is."""

    id: str
    kind: str
    heading: str
    name: str
    offers: str  # what it offers, in a sentence
    who_label: str
    who: str
    languages_label: str
    languages: str
    ways: tuple[WayView, ...]
    hours: HoursView
    sources: tuple[tuple[str, str], ...]
    source: str  # "As other directories give it, ...", where its own page was not opened
    row: NationalSupport

    @property
    def in_short(self) -> str:
        """The first thing that it offers, for a row of a list."""
        return sentence(_FIRST_PART.split(self.offers, maxsplit=1)[0])

    def way(self, kind: WayKind) -> str:
        """The bare number or address of a kind, or ""."""
        return value_of(self.ways, kind)


def line_view(offer: Offer, at: datetime) -> LineView:
    return _line(offer, minute_of(at), offer.support.name)


def route_view(offer: Offer, at: datetime) -> LineView:
    """A route is headed by what it is ("Your GP"), not by the name of its row."""
    return _line(offer, minute_of(at), _ROUTE(offer.support.kind))


@kept(1024)
def _line(offer: Offer, minute: datetime, heading: str) -> LineView:
    row = offer.support
    return LineView(
        id=row.id,
        kind=row.kind,
        heading=heading,
        name=row.name,
        offers=sentence(row.what_it_offers),
        who_label=say("offer.who"),
        who=sentence(row.who_for),
        languages_label=say("offer.languages"),
        languages=sentence(row.languages_access),
        ways=line_way_views(row),
        hours=hours_view(offer.opening, row.phone_hours_text, minute),
        sources=source_links(row.source_urls, row),
        source=_second_hand(row),
        row=row,
    )


def _second_hand(row: NationalSupport) -> str:
    if row.read is not Read.SECOND_HAND:
        return ""
    return read_words(row.read, row.checked_on, row.source_date)


@dataclass(frozen=True)
class DevolvedView:
    """A service of another nation of the UK; its phone only where a public line is sure."""

    name: str
    board: str
    self_referral: YesNo
    self_referral_words: str
    offers: str
    ways: tuple[WayView, ...]
    status: Status
    unconfirmed: str  # a few words where it may not be running, else ""
    source: str  # when it was read

    @property
    def full_name(self) -> str:
        return f"{self.name} ({self.board})"

    def way(self, kind: WayKind) -> str:
        """The bare number or address of a kind, or ""."""
        return value_of(self.ways, kind)


def devolved_view(row: DevolvedService) -> DevolvedView:
    return DevolvedView(
        name=row.service_name,
        board=row.board_or_trust,
        self_referral=row.self_referral,
        self_referral_words=MAY_ASK(row.self_referral),
        offers=sentence(row.what_it_offers),
        ways=devolved_way_views(row),
        status=row.status,
        unconfirmed="" if row.status is Status.OPEN else say("status.unconfirmed"),
        source=read_words(Read.PART, row.checked_on, row.source_date),
    )
