"""What a row of the directory lets anybody say, beyond single cells: asked by every room above.

Not for: which number or page is whose (`ways`), or the words (`mmhs_finder.views`).
"""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Final

from mmhs_finder.directory.models import (
    Criteria,
    Need,
    Pathway,
    PathwayOffer,
    PhoneStatus,
    Service,
    ServiceKind,
    YesNo,
    helps_with,
)

_RING: Final = re.compile(
    r"(?:^|[,;:] |\b(?:you can|you may|please|to|or|and|also) )"
    r"(?:ring|call|phone|telephone)\b(?! (?:line|NHS 111|999|111))",
    re.IGNORECASE,
)
"""The reader is asked to ring: "Ring the team", "you can ring". Not: "they can ring", "phones"."""


def by_national_rule(service: Service) -> bool:
    """Whether people may ask this service themselves by the national rule, not by its own word.

    In England people can refer themselves to NHS Talking Therapies (NHS, "Find NHS talking
    therapies for anxiety and depression"); many of their pages were not read to the end.
    """
    return service.kind is ServiceKind.TALKING_THERAPIES and service.self_referral is YesNo.UNKNOWN


def takes_nobody_now(service: Service) -> bool:
    """Whether it says that it takes no new referrals, whoever asks."""
    return service.new_referrals is YesNo.NO


def may_ask_herself(service: Service, needs: Collection[Pathway] = ()) -> bool:
    """Whether a person may ask it herself: its own word or the national rule, and it takes some.

    needs: what happened. Where its word leaves out one of them, it is not known of that one.
    """
    by_its_word = service.self_referral is YesNo.YES and not not_said_of(service, needs)
    return (by_its_word or by_national_rule(service)) and not takes_nobody_now(service)


def not_said_of(service: Service, needs: Collection[Pathway]) -> tuple[Pathway, ...]:
    """For which of these needs it is not known whether she may ask, though for others she may."""
    return tuple(need for need in service.self_referral_except if need in needs)


def helps_with_none(criteria: Criteria | None, needs: Collection[Pathway]) -> bool:
    """Whether a service says "no" of everything that happened."""
    return {helps_with(criteria, need) for need in needs} == {PathwayOffer.NO}


_IF: Final = re.compile(r"^(?:only )?if\b[ ,:]*", re.IGNORECASE)


def only_if(criteria: Criteria | None, need: Need) -> str:
    """The condition on which a service helps with something, to stand after "only if"; "" for none.

    In its own words, without the full stop at its end. It says nothing where the offer is no yes.
    """
    if criteria is None or criteria.offers(need) is not PathwayOffer.YES:
        return ""
    return _IF.sub("", " ".join(criteria.only_if(need).split())).rstrip(" .;,")


def hides_its_number(service: Service) -> bool:
    """Whether its number is not shown because it is not confirmed: then its hours say nothing."""
    return bool(service.phone) and service.phone_status is not PhoneStatus.CONFIRMED


def tells_to_ring(text: str) -> bool:
    """Whether a text for the public asks the reader herself to ring somebody."""
    return any(_RING.search(s) for s in _sentences(text))


def without_ringing(text: str) -> str:
    """A text for the public less the sentences that ask her to ring: for where no number is."""
    return " ".join(s for s in _sentences(text) if not tells_to_ring(s))


_ELSEWHERE: Final = re.compile(r"^(?:For|If|After) .+, (?:please )?ask ", re.IGNORECASE)
_NAMED: Final = {
    Pathway.BIRTH_TRAUMA: re.compile(r"\btrauma", re.IGNORECASE),
    Pathway.LOSS: re.compile(r"\b(?:loss|miscarr|stillb|bereave)", re.IGNORECASE),
    Pathway.TOKOPHOBIA: re.compile(r"\bfear of (?:child)?birth|\btokophobia", re.IGNORECASE),
    Pathway.SEPARATION: re.compile(r"\bseparat|\b(?:in|into) care\b", re.IGNORECASE),
}
"""How a note names what happened."""


def sends_elsewhere(service: Service, needs: Collection[Pathway]) -> str:
    """Where a service's note sends somebody after one of these: "For birth trauma, ask ..."; ""."""
    return " ".join(
        s
        for s in _sentences(service.referral_note)
        if _ELSEWHERE.search(s) and any(_NAMED[need].search(s) for need in needs)
    )


def _sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?])\s+", text.strip()) if s]
