"""When it happened, and pregnancy: the limits that services publish, with their exceptions.

Not for: what happened (`needs`).
"""

from __future__ import annotations

from typing import Final

from mmhs_finder.directory.models import FurtherNeed, Need, Pathway, PathwayOffer, YesNo
from mmhs_finder.directory.vocabularies import LimitException
from mmhs_finder.eligibility.checks.types import (
    Check,
    ask,
    may_not,
    met,
    not_answered,
    not_published,
)
from mmhs_finder.eligibility.person import Answers, month_days
from mmhs_finder.eligibility.stated import Published, period, weeks_words

_EVENTS: Final[frozenset[Need]] = frozenset(
    {Pathway.BIRTH_TRAUMA, Pathway.LOSS, Pathway.SEPARATION, *FurtherNeed}
)
"""Something that happened on a day; a fear has no "since"."""

SHORTEST_LIMIT_MONTHS: Final = 12
EARLIEST_GESTATION_WEEKS: Final = 30
"""The strictest limits seen across services (MMHA & BPS, Maternal Mental Health Services Progress
Report, October 2024). Somebody beyond one of them is told to ask a service that publishes none;
somebody within need not be."""

ABOUT_TIME: Final = ("month", "year", " ago")
ABOUT_PREGNANCY: Final = ("pregnan",)
"""A note with one of these is shown where the columns say nothing, and worth a question."""


def _limits_apply(p: Published, a: Answers) -> bool | None:
    """Whether time limits concern what happened; None when they may."""
    if not a.needs:
        return None
    if not a.needs & _EVENTS:
        return False
    only: frozenset[Need] = frozenset(p.criteria.limits_only_for)
    free = {n for n in a.needs - _EVENTS if p.criteria.offers(n) is not PathwayOffer.NO}
    if free or (only and not a.needs <= only):
        return None
    return True


def _published_elsewhere(p: Published, a: Answers) -> bool:
    """The limits were published for something other than what happened to this person."""
    only: frozenset[Need] = frozenset(p.criteria.limits_only_for)
    return bool(only and a.needs and not a.needs & only)


def min_weeks(p: Published, a: Answers) -> Check | None:
    """How many weeks after the event it begins to help."""
    limit, applies = p.criteria.min_weeks_since_event, _limits_apply(p, a)
    if applies is False:
        return None
    if limit is None:
        return not_published()
    if _published_elsewhere(p, a):
        return not_published(_noted("other_need", p), weighs=True, count=limit, note=p.notes)
    if a.since is None:
        return not_answered(count=limit)
    reached = a.since.is_at_least(7 * limit)
    if reached:
        return met(count=limit)
    if reached is None:
        return ask("wait_maybe", count=limit)
    wait = -(-(7 * limit - a.since.least) // 7)
    return ask("wait", count=limit, wait=weeks_words(wait))


def max_months(p: Published, a: Answers) -> Check | None:
    """Until how many months after the event it helps, and who is seen all the same."""
    limit, applies = p.criteria.max_months_since_event, _limits_apply(p, a)
    if applies is False:
        return None
    if p.criteria.any_time:
        return met("any_time")
    if limit is None:
        long_ago = a.since is not None and a.since.most > month_days(SHORTEST_LIMIT_MONTHS).least
        if note := p.notes_about(*ABOUT_TIME):
            return not_published("no_limit_but_note", weighs=long_ago, note=note)
        return not_published(weighs=long_ago)
    words = period(limit)
    if _published_elsewhere(p, a):
        return not_published(_noted("other_need", p), weighs=True, period=words, note=p.notes)
    pregnant_too = LimitException.PREGNANT in p.criteria.max_months_except
    if a.since is None:
        return not_answered("not_answered_except" if pregnant_too else "not_answered", period=words)
    if a.since.most <= month_days(limit).least:
        return met(period=words)
    if pregnant_too and a.pregnant:
        return met("met_pregnant", period=words)
    if a.since.least <= month_days(limit).most:
        return ask("borderline", period=words)
    if pregnant_too and a.pregnant is None:
        return not_answered("unless_pregnant", period=words)
    if not applies:
        return ask("may_not_apply", period=words)
    return may_not("may_not_pregnant" if pregnant_too else "may_not", period=words)


def gestation(p: Published, a: Answers) -> Check | None:
    """Until which week of a pregnancy it takes people on."""
    limit, weeks = p.criteria.max_gestation_weeks, a.weeks_pregnant
    if a.pregnant is False:
        return None
    if limit is None:
        late = weeks is not None and weeks >= EARLIEST_GESTATION_WEEKS
        return not_published(weighs=late) if a.pregnant else None
    if weeks is None:
        return not_answered(count=limit)
    return met(count=limit) if weeks < limit else may_not(count=limit)


def pregnant(p: Published, a: Answers) -> Check | None:
    """Whether it sees people who are pregnant now."""
    rule = p.criteria.accepts_pregnant
    if a.pregnant:
        if rule is YesNo.UNKNOWN and (note := p.notes_about(*ABOUT_PREGNANCY)):
            return not_published("unclear", weighs=True, note=note)
        if rule is YesNo.UNKNOWN:
            return not_published(weighs=True)
        return met() if rule is YesNo.YES else may_not()
    if a.pregnant is None and rule is YesNo.NO:
        return not_answered()
    return None


def _noted(words: str, p: Published) -> str:
    """The same words with the note, where there is one."""
    return f"{words}_noted" if p.notes else words
