"""Who gets in: whether it runs, is safe to wait for, the area, the age, who may ask, what is known.

Not for: what it helps with (`needs`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from mmhs_finder.directory.models import Certainty, Status, YesNo
from mmhs_finder.directory.named import REFERRER
from mmhs_finder.directory.said import not_said_of, takes_nobody_now
from mmhs_finder.directory.vocabularies import AreaBasis, Referrer
from mmhs_finder.eligibility.checks.types import (
    Check,
    State,
    ask,
    may_not,
    met,
    not_answered,
    not_published,
    to_read,
)
from mmhs_finder.eligibility.person import Answers, Question
from mmhs_finder.eligibility.stated import Published, whole
from mmhs_finder.words import date_words, join_words, say, texts

ADULT: Final = 18
"""The highest age limit seen across services (MMHA & BPS, Maternal Mental Health Services Progress
Report, October 2024). Only somebody younger is told to ask a service that publishes none."""

BASIS: Final[Mapping[AreaBasis, Question]] = MappingProxyType(
    {
        AreaBasis.LIVES_IN: Question.LIVES_IN_AREA,
        AreaBasis.GP_REGISTERED: Question.GP_IN_AREA,
        AreaBasis.MATERNITY_BOOKED: Question.MATERNITY_BOOKED_IN_AREA,
    }
)
"""What decides whether somebody belongs to a service's area, and the question about it."""

_BASIS_WORDS: Final = texts("criteria_basis.{}", AreaBasis)


def running(p: Published, _a: Answers) -> Check | None:
    """Whether somebody could confirm that the service is running; closed: nobody is sent there."""
    if p.service.status is Status.CLOSED:
        said_by = p.service.closed_said_by.strip()
        who = said_by[:1].upper() + said_by[1:]
        return may_not("closed", who=who) if who else may_not("closed_read")
    return None if p.service.status is Status.OPEN else not_published(weighs=True)


def safe(_p: Published, a: Answers) -> Check | None:
    """Somebody who is not safe now needs urgent help first."""
    return may_not() if a.not_safe_now else None


def in_area(p: Published, a: Answers) -> Check | None:
    """Whether the person belongs to its area, by what the service says decides it.

    `pregnant_area_basis` is asked for as well, of people who are pregnant now.
    """
    home = _by_home(p, a)
    if p.neighbour or home.state is State.MAY_NOT:
        return home
    pregnant = _when_pregnant(p, a)
    if pregnant and (pregnant.state is State.MAY_NOT or home.state is State.MET):
        return pregnant
    return home


def _by_home(p: Published, a: Answers) -> Check:
    basis = p.service.area_basis
    answers = [_said(p, a, b) for b in basis or (AreaBasis.LIVES_IN,)]
    words = _basis_words(basis or (AreaBasis.LIVES_IN,))
    if all(answers):
        return met(basis=words) if basis else met("met_plain")
    if p.neighbour:
        return ask("neighbour")
    if basis and all(said is False for said in answers):
        return may_not(basis=words)
    by_home = basis in ((), (AreaBasis.LIVES_IN,))
    if by_home and p.certainty is Certainty.INFERRED and a.lives_in_area is None:
        return not_published("inferred", weighs=True)
    if not basis:
        return not_published(weighs=True)
    return not_answered(basis=words)


def _when_pregnant(p: Published, a: Answers) -> Check | None:
    basis = p.service.pregnant_area_basis
    if not basis or a.pregnant is False:
        return None
    answers = [_said(p, a, b) for b in basis]
    words = _basis_words(basis)
    if any(answers):
        return None
    if a.pregnant is None:
        return not_answered("if_pregnant", basis=words)
    if all(said is False for said in answers):
        return may_not("pregnant_may_not", basis=words)
    return not_answered("pregnant_not_answered", basis=words)


def _said(p: Published, a: Answers, basis: AreaBasis) -> bool | None:
    said: bool | None = getattr(a, BASIS[basis].value)
    if said is None and basis is AreaBasis.LIVES_IN and p.certainty is Certainty.STATED:
        return True  # the postcode or council that was searched for
    return said


def _basis_words(basis: Iterable[AreaBasis]) -> str:
    return join_words([_BASIS_WORDS(b) for b in basis], "or")


def min_age(p: Published, a: Answers) -> Check | None:
    """From which age it sees people."""
    limit = p.service.min_age
    if limit is None:
        young = a.age is not None and a.age.is_at_least(ADULT) is not True
        return not_published(weighs=young)
    old_enough = a.age.is_at_least(limit) if a.age else None
    if old_enough is None:
        return not_answered(count=limit)
    return met(count=limit) if old_enough else may_not(count=limit)


def referral(p: Published, a: Answers) -> Check | None:
    """How to ask. It never counts for or against, but where they take nobody now: that is to ask,
    however long ago they said so."""
    s = p.service
    if takes_nobody_now(s):
        if s.availability_as_of is None:
            return ask("full")
        return ask("full_dated", month=date_words(s.availability_as_of, "month"))
    names = [REFERRER(r) for r in s.referrers if r is not Referrer.SELF]
    if not_said_of(s, a.happened or ()):
        return not_published()
    if s.self_referral is YesNo.YES:
        return met("met")
    if s.self_referral is YesNo.UNKNOWN:
        return not_published()
    who = join_words(names, "or") or say("criteria_referrer.anyone")
    return met("by_others_consent" if s.consent_required is YesNo.YES else "by_others", who=who)


def exclusions(p: Published, _a: Answers) -> Check | None:
    """Free text: there to read, never compared with anything."""
    text = whole(p.criteria.exclusions)
    return to_read(text=text) if text else None


def rules(p: Published, _a: Answers) -> Check | None:
    """Where most of its rules are not known to us, a good fit of the rest says little."""
    return not_published(weighs=True) if p.thinly_known else None
