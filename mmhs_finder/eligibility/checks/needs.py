"""What a service helps with, against what happened: the need, the kind of loss, whom it is for.

Not for: who gets in (`access`), or how long ago (`times`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from mmhs_finder.directory.models import (
    Criteria,
    FurtherNeed,
    LossKind,
    Need,
    Pathway,
    PathwayOffer,
)
from mmhs_finder.directory.named import HELPS_WITH, LOSS
from mmhs_finder.directory.said import only_if
from mmhs_finder.directory.vocabularies import PartnerSupport, TerminationReasons
from mmhs_finder.eligibility.checks.types import (
    Check,
    ask,
    may_not,
    met,
    not_answered,
    not_published,
    to_read,
)
from mmhs_finder.eligibility.person import Answers, Range, Who
from mmhs_finder.eligibility.stated import Published, period, whole
from mmhs_finder.words import join_words, texts

ALL_NEEDS: Final[tuple[Need, ...]] = (*Pathway, *FurtherNeed)

_TOLD: Final = (
    PathwayOffer.YES,
    PathwayOffer.NO,
    PathwayOffer.NOT_LISTED,
    PathwayOffer.UNKNOWN,
)
"""The order in which it is told what they help with and what not."""

_OFFER: Final = texts("criteria_offer.{}", _TOLD)
ONLY_IF: Final = "only_if"
_ONLY_IF: Final = texts("criteria_offer.{}", (ONLY_IF,))

CHILD_AGE_MONTHS: Final[Mapping[LossKind, Range]] = MappingProxyType(
    {LossKind.NEONATAL_DEATH: Range(0, 1), LossKind.INFANT_DEATH: Range(1, 12)}
)
"""How old a child was that died: in the first four weeks, or later in the first year. Who says so
has said the age as well as these services tell it, so it is no question of its own."""


def words_of(needs: Iterable[Need]) -> str:
    """ "birth trauma and loss of a baby or pregnancy", in the order of the pages."""
    chosen = {*needs}
    return join_words([HELPS_WITH(n) for n in ALL_NEEDS if n in chosen])


def pathway(p: Published, a: Answers) -> Check | None:
    """Whether it offers help with what happened. Only a "no" to everything is a "may not".

    Help on a condition is never a plain yes: only they can say whether she meets it.
    """
    offers = {need: p.criteria.offers(need) for need in ALL_NEEDS}
    if a.needs is None:
        if all(offers[n] is PathwayOffer.UNKNOWN for n in Pathway):
            return not_published("nothing_published", weighs=True)
        return not_answered()
    conditions = {n: only_if(p.criteria, n) for n in a.needs or () if only_if(p.criteria, n)}
    named = whole(p.criteria.other_presentations)
    if not a.needs:
        return ask("other_named", named=named) if named else ask("other")
    plain = a.needs - conditions.keys()
    words = {v: words_of(n for n in plain if offers[n] is v) for v in PathwayOffer}
    said = [value for value in _TOLD if words[value]]
    if conditions:
        others = [_OFFER(v, needs=words[v], silence=p.silence) for v in said]
        only = [
            _ONLY_IF(ONLY_IF, needs=HELPS_WITH(n), condition=conditions[n])
            for n in ALL_NEEDS
            if n in conditions
        ]
        place = int(bool(said) and said[0] is PathwayOffer.YES)
        return ask("only_if", told=" ".join((*others[:place], *only, *others[place:])))
    if said == [PathwayOffer.YES]:
        return met(needs=words[PathwayOffer.YES])
    if said == [PathwayOffer.NO]:
        return may_not(needs=words[PathwayOffer.NO])
    if said == [PathwayOffer.NOT_LISTED]:
        return ask("not_listed", needs=words[PathwayOffer.NOT_LISTED])
    further = named and any(n in FurtherNeed and offers[n] is PathwayOffer.UNKNOWN for n in a.needs)
    if said == [PathwayOffer.UNKNOWN]:
        key = "further_named" if further else "not_published"
        return not_published(key, weighs=True, needs=words[PathwayOffer.UNKNOWN], named=named)
    told = " ".join(_OFFER(v, needs=words[v], silence=p.silence) for v in said)
    if further:
        return ask("in_part_named", told=told, named=named)
    return ask("in_part", told=told)


def offer_place(criteria: Criteria, needs: frozenset[Need] | None) -> int:
    """How well it is known to help with what happened, 0 for the best, to put services in order.

    0: yes to everything. 1: yes to some of it, or on a condition. 2: not known. 3: not on their
    list. 4: no.
    """
    found = {criteria.offers(need) for need in needs or ()}
    if PathwayOffer.YES in found:
        return int(len(found) > 1 or any(only_if(criteria, need) for need in needs or ()))
    if not found or PathwayOffer.UNKNOWN in found:
        return 2
    return 3 if PathwayOffer.NOT_LISTED in found else 4


def loss_kind(p: Published, a: Answers) -> Check | None:
    """Whether the kind of loss is one that they name. One that they do not name is worth asking."""
    c, kind = p.criteria, a.loss_kind
    if Pathway.LOSS not in (a.needs or ()) or c.loss is not PathwayOffer.YES:
        return None
    kinds = join_words([LOSS(k) for k in c.loss_kinds])
    if kind is None:
        return to_read(kinds=kinds) if kinds else None
    name = LOSS(kind)
    if kind is LossKind.TERMINATION and c.termination_reasons is TerminationReasons.MEDICAL:
        return ask("medical_only")
    limit = c.max_child_age_months
    if kind in CHILD_AGE_MONTHS and limit is not None and CHILD_AGE_MONTHS[kind].most > limit:
        return ask("child_age", period=period(limit))
    any_reason = c.termination_reasons is TerminationReasons.ANY
    if kind in c.loss_kinds or (kind is LossKind.TERMINATION and any_reason):
        return met(kind=name)
    if not kinds:
        return None
    if kind is LossKind.OTHER and limit is not None:
        return ask("other_loss_age", kinds=kinds, period=period(limit))
    return ask("other_loss" if kind is LossKind.OTHER else "not_named", kinds=kinds, kind=name)


def only_when(p: Published, a: Answers) -> Check | None:
    """What it helps with only in a pregnancy, or only outside one.

    Somebody for whom that is not so may still be helped in another way, or later: worth asking.
    """
    for rule, wanted, words in (
        (p.criteria.only_if_pregnant, True, "pregnant"),
        (p.criteria.only_if_not_pregnant, False, "not_pregnant"),
    ):
        concerned = words_of(n for n in rule if n in (a.needs or ()))
        if not concerned or a.pregnant is wanted:
            continue
        if a.pregnant is None:
            return not_answered(f"{words}_not_answered", needs=concerned)
        return ask(f"{words}_only", needs=concerned)
    return None


_FULL: Final = (PartnerSupport.SESSIONS, PartnerSupport.COUPLES)
_PART: Final = (PartnerSupport.SIGNPOSTING, PartnerSupport.ASSESSMENT)
_PARTNER: Final = texts("criteria_partner.{}", (*_FULL, *_PART))


def partner(p: Published, a: Answers) -> Check | None:
    """What it does for partners: only sessions are more than something to ask about."""
    if a.who in (None, Who.PARENT):
        return None
    rule = p.service.partner_support
    if PartnerSupport.NO in rule:
        return may_not()
    if a.who is Who.PARTNER:
        if full := [x for x in _FULL if x in rule]:
            return met(what=_partner_words(full))
        if part := [x for x in _PART if x in rule]:
            return ask("part", what=_partner_words(part))
        if PartnerSupport.YES in rule:
            return ask("something")
    return not_published(weighs=True)


def _partner_words(offers: Iterable[PartnerSupport]) -> str:
    return join_words([_PARTNER(offer) for offer in offers])
