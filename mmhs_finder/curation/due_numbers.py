"""Whom a curator can ring or write to about a row: every number on record, marked.

Also those for professionals and those that nobody has confirmed: for curators' eyes only.
Not for: what a parent or a professional may use (`directory.ways`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mmhs_finder.directory.models import (
    Audience,
    DevolvedService,
    NationalSupport,
    PhoneStatus,
    Service,
)
from mmhs_finder.directory.ways import devolved_ways, has_number


@dataclass(frozen=True)
class DueContact:
    """A number, or an e-mail address. for_professionals: not published for parents. confirmed:
    False for a number that nobody has confirmed."""

    value: str
    is_number: bool
    for_professionals: bool = False
    confirmed: bool = True


def contacts_of(row: Service | NationalSupport | DevolvedService) -> tuple[DueContact, ...]:
    """Every number and address of a row, numbers first; () where there is none."""
    return tuple(sorted(_contacts(row), key=lambda contact: not contact.is_number))


def _contacts(row: Service | NationalSupport | DevolvedService) -> Iterator[DueContact]:
    if isinstance(row, Service):
        if row.phone:
            theirs = row.phone_audience is not Audience.PUBLIC
            sure = row.phone_status is PhoneStatus.CONFIRMED
            yield DueContact(row.phone, True, theirs, sure)
        if row.referrer_phone:
            sure = row.referrer_phone_status is PhoneStatus.CONFIRMED
            yield DueContact(row.referrer_phone, True, True, sure)
        if row.email:
            yield DueContact(row.email, False, row.email_audience is not Audience.PUBLIC)
        if row.referrer_email:
            yield DueContact(row.referrer_email, False, True)
    elif isinstance(row, NationalSupport):
        if row.phone:
            sure = row.phone_status is PhoneStatus.CONFIRMED
            yield DueContact(row.phone, True, confirmed=sure)
        if row.email:
            yield DueContact(row.email, False)
    elif row.phone:
        yield DueContact(row.phone, True, confirmed=has_number(devolved_ways(row)))
