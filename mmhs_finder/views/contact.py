"""How to get in: whether a person can ask a service herself, who can ask for her, and the note.

Not for: which numbers and pages are whose (`directory.ways`), or the words of a way (`ways`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from mmhs_finder.directory.availability import availability
from mmhs_finder.directory.models import Pathway, Service, ServiceKind, Status, YesNo
from mmhs_finder.directory.said import (
    by_national_rule,
    may_ask_herself,
    not_said_of,
    takes_nobody_now,
    without_ringing,
)
from mmhs_finder.directory.ways import (
    Reader,
    WayKind,
    has_own_way,
    has_voice,
    number_for_referrers,
    service_ways,
)
from mmhs_finder.views.availability import month_words
from mmhs_finder.views.wording import referral_words, sentence, unbroken
from mmhs_finder.words import join_words, say, texts

_NO_REFERRAL: Final = frozenset(
    {
        ServiceKind.BEREAVEMENT,
        ServiceKind.COUNSELLING,
        ServiceKind.OTHER,
        ServiceKind.PARENT_INFANT,
        ServiceKind.PEER_SUPPORT,
        ServiceKind.SEPARATION,
    }
)
"""Kinds that are mostly charities, and helped by nobody's referral unless they say so."""

HAPPENED_TO: Final = texts("verdict_need.{}", Pathway)
"""What happened, to follow "help" or "refer yourself": "after a hard or frightening birth"."""

MAY_ASK: Final = texts("contact.{}", YesNo)
"""Whether a person can ask herself, as a heading."""


def contact_heading(service: Service, needs: Sequence[Pathway] = (), *, today: date) -> str:
    """Whether a person can ask a service herself after what happened, in a few words."""
    if not may_ask_herself(service, needs) and may_ask_herself(service):
        return MAY_ASK(YesNo.UNKNOWN)
    if takes_nobody_now(service):
        return full_heading(service, today)
    if not may_ask_herself(service):
        return MAY_ASK(service.self_referral)
    return MAY_ASK(YesNo.YES) if has_own_way(service) else say("contact.yes_page")


def full_heading(service: Service, today: date) -> str:
    """That it takes nobody now; of an old "no", that this is to ask."""
    old = availability(service, today).is_old
    return say("contact.full_old") if old else say("contact.full")


def full_words(service: Service, today: date) -> str:
    """The same in a sentence or two, with the month where it is known. An old "no" is no wall, and
    does not open by itself: she is told to ask."""
    found = availability(service, today)
    if found.as_of is None:
        return say("contact.full_text", name=service.name)
    month = month_words(found.as_of)
    if found.is_old:
        return say("contact.full_text_old", name=service.name, month=month)
    return say("contact.full_text_dated", name=service.name, month=month)


def asking_words(service: Service, *, today: date) -> str:
    """Who can ask for her, in a few words, beside a way; "" where she asks herself.

    Of a charity whose page does not say it only what it does is told: nobody refers to it.
    """
    if takes_nobody_now(service):
        old = availability(service, today).is_old
        return full_words(service, today) if old else full_heading(service, today)
    if may_ask_herself(service):
        return "" if has_own_way(service) else say("contact.yes_page")
    if service.kind in _NO_REFERRAL and service.self_referral is YesNo.UNKNOWN:
        return ""
    return say("contact.asked_for")


def referral_note(service: Service) -> str:
    """Its note on how to get in, less what asks a parent to ring where she is given no number."""
    note = service.referral_note
    ways = service_ways(service)
    return sentence(note if has_voice(ways) else without_ringing(note))


def contact_words(
    service: Service,
    reader: Reader = Reader.PUBLIC,
    needs: Sequence[Pathway] = (),
    *,
    today: date,
) -> tuple[str, ...]:
    """Whether a person can ask herself after what happened, and who can ask for her.

    On paper, which she hands to somebody, the number for professionals follows, marked as such.
    """
    texts = _contact(service, needs, today)
    number = number_for_referrers(service)
    if number and reader is Reader.PAPER:
        phone = unbroken(number)
        texts = (*texts, say("contact.referrer_phone", name=service.name, phone=phone))
    return texts


def ask_first_words(service: Service, needs: Sequence[Pathway]) -> str:
    """Where self-referral is published, but not for what happened: to ask them. "" elsewhere."""
    unsaid = not_said_of(service, needs)
    if not unsaid or takes_nobody_now(service):
        return ""
    left = join_words([HAPPENED_TO(need) for need in unsaid], "or")
    if has_voice(service_ways(service)):
        return say("contact.ring_and_ask", needs=left)
    return say("contact.ask_them", needs=left)


def _contact(service: Service, needs: Sequence[Pathway], today: date) -> tuple[str, ...]:
    if service.status is Status.CLOSED:
        return ()
    if service.status is not Status.OPEN:
        return (say("contact.unconfirmed_text", name=service.name),)
    if takes_nobody_now(service):
        return (full_words(service, today),)
    if by_national_rule(service):
        return (say("contact.national_rule"),)
    if service.self_referral is not YesNo.YES:
        return (referral_words(service, needs),)
    if asking := ask_first_words(service, needs):
        return (asking,)
    kinds = {way.kind for way in service_ways(service)}
    return () if kinds & {WayKind.PHONE, WayKind.EMAIL} else (say("contact.yes_none"),)
