"""How to get in: whether a person can ask a service herself, who can ask for her, and the note.

Not for: which numbers and pages are whose (`directory.ways`), or the words of a way (`ways`).
"""

from __future__ import annotations

from typing import Final

from mmhs_finder.directory.models import Service, ServiceKind, Status, YesNo
from mmhs_finder.directory.said import (
    by_national_rule,
    may_ask_herself,
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
from mmhs_finder.views.wording import referral_words, sentence, unbroken
from mmhs_finder.words import say, texts

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

MAY_ASK: Final = texts("contact.{}", YesNo)
"""Whether a person can ask herself, as a heading."""


def contact_heading(service: Service) -> str:
    """Whether a person can ask a service herself, in a few words."""
    if takes_nobody_now(service):
        return say("contact.full")
    if not may_ask_herself(service):
        return MAY_ASK(service.self_referral)
    return MAY_ASK(YesNo.YES) if has_own_way(service) else say("contact.yes_page")


def asking_words(service: Service) -> str:
    """Who can ask for her, in a few words, beside a way; "" where she asks herself.

    Of a charity whose page does not say it only what it does is told: nobody refers to it.
    """
    if takes_nobody_now(service):
        return say("contact.full")
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


def contact_words(service: Service, reader: Reader = Reader.PUBLIC) -> tuple[str, ...]:
    """Whether a person can ask herself, and who can ask for her.

    On paper, which she hands to somebody, the number for professionals follows, marked as such.
    """
    texts = _contact(service)
    number = number_for_referrers(service)
    if number and reader is Reader.PAPER:
        phone = unbroken(number)
        texts = (*texts, say("contact.referrer_phone", name=service.name, phone=phone))
    return texts


def _contact(service: Service) -> tuple[str, ...]:
    if service.status is Status.CLOSED:
        return ()
    if service.status is not Status.OPEN:
        return (say("contact.unconfirmed_text", name=service.name),)
    if takes_nobody_now(service):
        return (say("contact.full_text", name=service.name),)
    if by_national_rule(service):
        return (say("contact.national_rule"),)
    if service.self_referral is not YesNo.YES:
        return (referral_words(service),)
    kinds = {way.kind for way in service_ways(service)}
    return () if kinds & {WayKind.PHONE, WayKind.EMAIL} else (say("contact.yes_none"),)
