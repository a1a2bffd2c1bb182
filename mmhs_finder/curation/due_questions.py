"""What is missing from a row of the directory, as questions: to a service, or to ourselves.

Not for: what each costs (`costs`), or whom to ask first (`due`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final

from mmhs_finder.curation.costs import DueReason
from mmhs_finder.curation.questions import QUESTIONS
from mmhs_finder.directory.confirming import Backing, standing
from mmhs_finder.directory.freshness import is_old, is_stale, told_long_ago
from mmhs_finder.directory.linked import ADDRESSES, Linked
from mmhs_finder.directory.models import (
    Criteria,
    DevolvedService,
    NationalSupport,
    Pathway,
    PathwayOffer,
    PhoneStatus,
    Service,
    ServiceKind,
    Status,
    YesNo,
    helps_with,
)
from mmhs_finder.directory.said import by_national_rule
from mmhs_finder.directory.vocabularies import Read, SupportKind
from mmhs_finder.directory.ways import (
    OWN_WAYS,
    Reader,
    devolved_ways,
    has_own_way,
    line_ways,
    service_ways,
)
from mmhs_finder.words import date_words, plain_date, texts

_ASK: Final = {question.column: question for question in QUESTIONS}
_SAID: Final = texts(
    "terminal_due.{}",
    (
        DueReason.CHECK_NUMBER,
        DueReason.LINK,
        DueReason.TOLD_OLD,
        DueReason.UNPROVEN,
        DueReason.OLD,
        DueReason.NOT_READ,
        DueReason.NEVER_TOLD,
        DueReason.SOURCE_LINK,
    ),
)
_OURS: Final = frozenset(
    {DueReason.LINK, DueReason.SOURCE_LINK, DueReason.NOT_READ, DueReason.UNPROVEN}
)
_NOT_READ: Final = (Read.NONE, Read.PART, Read.SECOND_HAND)


@dataclass(frozen=True)
class DueQuestion:
    """One thing that is missing. column: where the answer stands; "" for the row as a whole.

    words: what to ask, or to do, in plain words.
    """

    reason: DueReason
    column: str
    words: str

    @property
    def is_ours(self) -> bool:
        """Whether it is something for us to do, and no question to a service."""
        return self.reason in _OURS


def missing_of_service(
    service: Service, criteria: Criteria | None, today: date
) -> Iterator[DueQuestion]:
    """What is missing from a local service that has not closed."""
    mmhs = service.kind is ServiceKind.MMHS
    if service.status is Status.UNKNOWN:
        yield _asked(DueReason.STATUS, "status")
    if service.self_referral is YesNo.UNKNOWN and not by_national_rule(service):
        yield _asked(DueReason.SELF_REFERRAL, "self_referral")
    yield from _contact(service)
    if mmhs:
        for pathway in Pathway:
            if helps_with(criteria, pathway) is PathwayOffer.UNKNOWN:
                yield _asked(DueReason.PATHWAYS, pathway.value)
        yield from _limits(criteria)
    if not (service.hours_text or service.hours_osm):
        yield _asked(DueReason.HOURS, "hours_osm")
    yield from _links(service)
    yield from _evidence(service, today)


def _contact(service: Service) -> Iterator[DueQuestion]:
    """Whom a person can turn to, or whoever refers her where she cannot herself."""
    if service.self_referral is YesNo.NO:
        ways = service_ways(service, Reader.PROFESSIONAL)
        if not any(way.kind in OWN_WAYS and way.confirmed for way in ways):
            yield _asked(DueReason.CONTACT, "referrer_phone")
    elif not has_own_way(service):
        yield _asked(DueReason.CONTACT, "phone")
    for column in ("phone", "referrer_phone"):
        if number := _unsure(service, column):
            yield _said(DueReason.CHECK_NUMBER, column, number=number)


def _unsure(row: Service | NationalSupport, column: str) -> str:
    """A number that stands in a row and is not confirmed, or ""."""
    number = str(getattr(row, column))
    sure = getattr(row, f"{column}_status") is PhoneStatus.CONFIRMED
    return "" if sure else number


def _limits(criteria: Criteria | None) -> Iterator[DueQuestion]:
    if criteria is None or not criteria.publishes_time_limit:
        yield _asked(DueReason.LIMITS, "max_months_since_event")
    if criteria is None or criteria.accepts_pregnant is YesNo.UNKNOWN:
        yield _asked(DueReason.LIMITS, "accepts_pregnant")


def _evidence(service: Service, today: date) -> Iterator[DueQuestion]:
    """Who says what the row says, and how long ago. What a service has told within a year needs no
    page beside it."""
    backing = standing(service)
    if service.told_on is not None and told_long_ago(service.told_on, today):
        yield _said(DueReason.TOLD_OLD, "told_on", date=date_words(service.told_on))
    elif backing is Backing.TOLD:
        yield _said(DueReason.UNPROVEN, "told_how")
    never_said = service.kind is ServiceKind.MMHS and service.availability_as_of is None
    if never_said or is_stale(service.availability_as_of, today):
        yield _asked(DueReason.AVAILABILITY_OLD, "new_referrals")
    if backing is not Backing.READ:
        return
    if service.kind is ServiceKind.MMHS:
        yield _said(DueReason.NEVER_TOLD, "told_on")
    yield from _pages(service, today)


def _pages(row: Service | NationalSupport, today: date) -> Iterator[DueQuestion]:
    if is_old(row.source_date, today):
        yield _said(DueReason.OLD, "source_date", date=plain_date(row.source_date))
    if row.read in _NOT_READ:
        yield _said(DueReason.NOT_READ, "read")


def _links(row: Linked) -> Iterator[DueQuestion]:
    """Links that did not answer when they were last asked."""
    for column in ADDRESSES:
        value = getattr(row, column, "")
        source = column == "source_urls"
        for url in value if source else [value]:
            if tried := row.unanswered(url):
                reason = DueReason.SOURCE_LINK if source else DueReason.LINK
                yield _said(reason, column, url=url, date=date_words(tried.on))


def missing_of_line(row: NationalSupport, today: date) -> Iterator[DueQuestion]:
    """What is missing from a national line, charity or route."""
    if row.status is Status.UNKNOWN:
        yield _asked(DueReason.STATUS, "status")
    if row.kind is SupportKind.CRISIS and not line_ways(row):  # many others are no lines
        yield _asked(DueReason.CONTACT, "phone")
    if number := _unsure(row, "phone"):
        yield _said(DueReason.CHECK_NUMBER, "phone", number=number)
    if row.phone and not (row.phone_hours_text or row.phone_hours_osm):
        yield _asked(DueReason.HOURS, "hours_osm", "phone_hours_osm")
    yield from _links(row)
    yield from _pages(row, today)


def missing_of_devolved(row: DevolvedService, today: date) -> Iterator[DueQuestion]:
    """What is missing from a service outside England."""
    if row.status is Status.UNKNOWN:
        yield _asked(DueReason.STATUS, "status")
    if row.self_referral is YesNo.UNKNOWN:
        yield _asked(DueReason.SELF_REFERRAL, "self_referral")
    if not devolved_ways(row):
        yield _asked(DueReason.CONTACT, "phone")
    yield from _links(row)
    if is_old(row.source_date, today):
        yield _said(DueReason.OLD, "source_date", date=plain_date(row.source_date))


def _asked(reason: DueReason, column: str, own: str = "") -> DueQuestion:
    """The question that a service is asked about a column. own: what the column is called here."""
    return DueQuestion(reason, own or column, _ASK[column].words)


def _said(reason: DueReason, column: str, **gaps: str) -> DueQuestion:
    """What to ask, or to do, where no question of the form is meant."""
    return DueQuestion(reason, column, _SAID(reason, **gaps))
