"""The check of each criterion: what is published against what was said.

It is met, may not be met, or cannot be told: not published, or not answered. What is not known
never counts against a person. Each check is a pure function of both; None where it does not apply.
Not for: the order of the criteria and what they ask (`criteria`), or words (`outcomes`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from mmhs_finder.directory.models import Certainty, Pathway, PathwayOffer, Status, YesNo
from mmhs_finder.directory.vocabularies import (
    AreaBasis,
    EarlierHelp,
    PartnerSupport,
    PtsdRule,
    Referrer,
)
from mmhs_finder.eligibility.person import Answers, Question, Severity, Who, month_days
from mmhs_finder.eligibility.stated import Published
from mmhs_finder.words import join_words, say


class State(StrEnum):
    MET = "met"
    MAY_NOT = "may_not"
    CANNOT_TELL = "cannot_tell"


class Why(StrEnum):
    """Why it cannot be told."""

    NOT_PUBLISHED = "not_published"
    NOT_ANSWERED = "not_answered"


@dataclass(frozen=True)
class Check:
    """What one criterion finds, before it has words.

    words: the last part of the key of its reason.
    weighs: whether, when it cannot be told, it keeps the service from "looks right to ask".
    """

    state: State
    words: str
    why: Why | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    weighs: bool = False


def _met(words: str = "met", **values: object) -> Check:
    return Check(State.MET, words, values=values)


def _may_not(words: str = "may_not", **values: object) -> Check:
    return Check(State.MAY_NOT, words, values=values)


def _not_answered(words: str = "not_answered", **values: object) -> Check:
    """A published rule that could not be checked: it weighs."""
    return Check(State.CANNOT_TELL, words, Why.NOT_ANSWERED, values, weighs=True)


def _not_published(
    words: str = "not_published", *, weighs: bool = False, **values: object
) -> Check:
    return Check(State.CANNOT_TELL, words, Why.NOT_PUBLISHED, values, weighs)


def _ask(words: str, *, weighs: bool = True, **values: object) -> Check:
    """Published and answered, and still something only the service can say."""
    return Check(State.CANNOT_TELL, words, None, values, weighs)


def _asked_for(rule: YesNo, answer: bool | None, *, only_if_answered: bool = False) -> Check | None:
    """A yes/no rule: "they ask for this"."""
    if rule is YesNo.NO:
        return _met("not_needed")
    if rule is YesNo.UNKNOWN:
        return None if only_if_answered and answer is None else _not_published()
    if answer is None:
        return _not_answered()
    return _met() if answer else _may_not()


# --- what each criterion compares -----------------------------------------------------------------

_EVENTS: Final = frozenset({Pathway.BIRTH_TRAUMA, Pathway.LOSS, Pathway.SEPARATION})
"""Something that happened on a day; a fear has no "since"."""

SHORTEST_LIMIT_MONTHS: Final = 12
EARLIEST_GESTATION_WEEKS: Final = 30
ADULT: Final = 18
"""The strictest limits seen across services (MMHA & BPS, Maternal Mental Health Services Progress
Report, October 2024). Somebody beyond one of them is told to ask a service that publishes none;
somebody within need not be."""


ABOUT_TIME: Final = ("month", "year", " ago")
ABOUT_PREGNANCY: Final = ("pregnan",)
"""A note with one of these is shown beside what the columns do not say, and worth a question."""


def running(p: Published, _a: Answers) -> Check | None:
    """Whether somebody could confirm that the service is running."""
    return None if p.service.status is Status.OPEN else _not_published(weighs=True)


def safe(_p: Published, a: Answers) -> Check | None:
    """Somebody who is not safe now needs urgent help first."""
    return _may_not() if a.not_safe_now else None


def pathway(p: Published, a: Answers) -> Check | None:
    """Whether it offers help with what happened."""
    offers = {need: p.criteria.offers(need) for need in Pathway}
    if a.happened is None:
        if all(o is PathwayOffer.UNKNOWN for o in offers.values()):
            return _not_published("nothing_published", weighs=True)
        return _not_answered()
    if not a.happened:
        named = p.criteria.other_presentations
        return _ask("other_named", named=named) if named else _ask("other")
    words = {
        value: join_words(
            [say(f"criteria_need.{n}") for n in Pathway if n in a.happened and offers[n] is value]
        )
        for value in PathwayOffer
    }
    if words[PathwayOffer.YES]:
        rest = [words[v] for v in PathwayOffer if v is not PathwayOffer.YES and words[v]]
        if not rest:
            return _met(needs=words[PathwayOffer.YES])
        return _met("met_in_part", needs=words[PathwayOffer.YES], rest=join_words(rest))
    if words[PathwayOffer.UNKNOWN]:
        return _not_published(weighs=True, needs=words[PathwayOffer.UNKNOWN])
    if words[PathwayOffer.NOT_LISTED]:
        return _ask("not_listed", needs=words[PathwayOffer.NOT_LISTED])
    return _may_not(needs=words[PathwayOffer.NO])


BASIS: Final[Mapping[AreaBasis, Question]] = MappingProxyType(
    {
        AreaBasis.LIVES_IN: Question.LIVES_IN_AREA,
        AreaBasis.GP_REGISTERED: Question.GP_IN_AREA,
        AreaBasis.MATERNITY_BOOKED: Question.MATERNITY_BOOKED_IN_AREA,
    }
)
"""What decides whether somebody belongs to a service's area, and the question about it."""


def in_area(p: Published, a: Answers) -> Check | None:
    """Whether the person belongs to its area, by what the service says decides it."""
    answers: list[bool | None] = []
    for basis in p.service.area_basis or (AreaBasis.LIVES_IN,):
        said = getattr(a, BASIS[basis].value)
        if said is None and basis is AreaBasis.LIVES_IN and p.certainty is Certainty.STATED:
            said = True  # the postcode or council that was searched for
        answers.append(said)
    basis_words = join_words(
        [say(f"criteria_basis.{b}") for b in p.service.area_basis or (AreaBasis.LIVES_IN,)], "or"
    )
    if all(answers):
        return _met(basis=basis_words) if p.service.area_basis else _met("met_plain")
    if p.neighbour:
        return _ask("neighbour")
    if p.service.area_basis and all(said is False for said in answers):
        return _may_not(basis=basis_words)
    by_home = p.service.area_basis in ((), (AreaBasis.LIVES_IN,))
    if by_home and p.certainty is Certainty.INFERRED and a.lives_in_area is None:
        return _not_published("inferred", weighs=True)
    if not p.service.area_basis:
        return _not_published(weighs=True)
    return _not_answered(basis=basis_words)


def referral(p: Published, _a: Answers) -> Check | None:
    """How to ask. It is the same for everybody, so it never counts for or against."""
    s = p.service
    names = [say(f"referrer.{r}") for r in s.referrers if r is not Referrer.SELF]
    if s.self_referral is YesNo.YES:
        return _met("met")
    if s.self_referral is YesNo.UNKNOWN:
        return _not_published()
    who = join_words(names, "or") or say("criteria_referrer.anyone")
    return _met("by_others_consent" if s.consent_required is YesNo.YES else "by_others", who=who)


def _limits_apply(p: Published, a: Answers) -> bool | None:
    """Whether time limits concern what happened; None when they may."""
    if a.happened is None or a.happened == frozenset():
        return None
    if not a.happened & _EVENTS:
        return False
    only = frozenset(p.criteria.limits_only_for)
    free = {n for n in a.happened - _EVENTS if p.criteria.offers(n) is not PathwayOffer.NO}
    if free or (only and not a.happened <= only):
        return None
    return True


def _published_elsewhere(p: Published, a: Answers) -> bool:
    """The limits were published for something other than what happened to this person."""
    only = frozenset(p.criteria.limits_only_for)
    return bool(only and a.happened and not a.happened & only)


def min_weeks(p: Published, a: Answers) -> Check | None:
    """How many weeks after the event it begins to help."""
    limit, applies = p.criteria.min_weeks_since_event, _limits_apply(p, a)
    if applies is False:
        return None
    if limit is None:
        return _not_published()
    if _published_elsewhere(p, a):
        return _not_published("other_need", weighs=True, weeks=limit, note=p.notes)
    if a.since is None:
        return _not_answered(weeks=limit)
    reached = a.since.is_at_least(7 * limit)
    if reached:
        return _met(weeks=limit)
    if reached is None:
        return _ask("wait_maybe", weeks=limit)
    wait = -(-(7 * limit - a.since.least) // 7)
    return _ask("wait", weeks=limit, wait=say("criteria_unit.week") if wait == 1 else _weeks(wait))


def max_months(p: Published, a: Answers) -> Check | None:
    """Until how many months after the event it helps."""
    limit, applies = p.criteria.max_months_since_event, _limits_apply(p, a)
    if applies is False:
        return None
    if p.criteria.any_time:
        return _met("any_time")
    if limit is None:
        long_ago = a.since is not None and a.since.most > month_days(SHORTEST_LIMIT_MONTHS).least
        if note := p.notes_about(*ABOUT_TIME):
            return _not_published("no_limit_but_note", weighs=long_ago, note=note)
        return _not_published(weighs=long_ago)
    period = _period(limit)
    if _published_elsewhere(p, a):
        return _not_published("other_need", weighs=True, period=period, note=p.notes)
    if a.since is None:
        return _not_answered(period=period)
    if a.since.most <= month_days(limit).least:
        return _met(period=period)
    over = a.since.least > month_days(limit).most
    if not over:
        return _ask("borderline", period=period)
    return _may_not(period=period) if applies else _ask("may_not_apply", period=period)


def gestation(p: Published, a: Answers) -> Check | None:
    """Until which week of a pregnancy it takes people on."""
    limit, weeks = p.criteria.max_gestation_weeks, a.weeks_pregnant
    if a.pregnant is False:
        return None
    if limit is None:
        late = weeks is not None and weeks >= EARLIEST_GESTATION_WEEKS
        return _not_published(weighs=late) if a.pregnant else None
    if weeks is None:
        return _not_answered(weeks=limit)
    return _met(weeks=limit) if weeks < limit else _may_not(weeks=limit)


def pregnant(p: Published, a: Answers) -> Check | None:
    """Whether it sees people who are pregnant now."""
    rule = p.criteria.accepts_pregnant
    if a.pregnant:
        if rule is YesNo.UNKNOWN and (note := p.notes_about(*ABOUT_PREGNANCY)):
            return _not_published("unclear", weighs=True, note=note)
        if rule is YesNo.UNKNOWN:
            return _not_published(weighs=True)
        return _met() if rule is YesNo.YES else _may_not()
    if a.pregnant is None and rule is YesNo.NO:
        return _not_answered()
    return None


def ptsd(p: Published, a: Answers) -> Check | None:
    """Whether it asks for signs of post-traumatic stress."""
    rule = p.criteria.ptsd_required
    if rule is PtsdRule.PSYCHOLOGICAL_TRAUMA:
        return _met("not_needed")
    return _asked_for(YesNo(rule), a.ptsd_presentation)


def severity(p: Published, a: Answers) -> Check | None:
    """Only a text that begins with a level is compared; any other is there to read."""
    text = p.criteria.severity.strip()
    if not text:
        return _not_published()
    least = next(
        (
            s
            for s in (Severity.MODERATE, Severity.SEVERE)
            if text.lower().startswith(s.name.lower())
        ),
        None,
    )
    if a.severity is None or least is None:
        return _ask("to_read", weighs=False, text=text)
    return _met(text=text) if a.severity >= least else _may_not(text=text)


def earlier_treatment(p: Published, a: Answers) -> Check | None:
    """Whether it asks that something else was tried before."""
    rule = p.criteria.prior_treatment_required
    if rule is EarlierHelp.PREFERRED:
        rule = EarlierHelp.YES
    return _asked_for(YesNo(rule), a.seen_before)


def min_age(p: Published, a: Answers) -> Check | None:
    """From which age it sees people."""
    limit = p.service.min_age
    if limit is None:
        young = a.age is not None and a.age.is_at_least(ADULT) is not True
        return _not_published(weighs=young)
    old_enough = a.age.is_at_least(limit) if a.age else None
    if old_enough is None:
        return _not_answered(age=limit)
    return _met(age=limit) if old_enough else _may_not(age=limit)


def partner(p: Published, a: Answers) -> Check | None:
    """Whether it sees partners."""
    if a.who in (None, Who.PARENT):
        return None
    rule = p.service.partner_support
    if PartnerSupport.NO in rule:
        return _may_not()
    if set(rule) - {PartnerSupport.UNKNOWN} and a.who is Who.PARTNER:
        return _met()
    return _not_published(weighs=True)


def multiple_events(p: Published, a: Answers) -> Check | None:
    """Whether it asks for several losses or traumas."""
    rule = p.criteria.multiple_events or YesNo.UNKNOWN
    return _asked_for(rule, a.several_events, only_if_answered=True)


def care_coordinator(p: Published, a: Answers) -> Check | None:
    """For complex needs only, which nobody but a professional is asked about."""
    if p.criteria.care_coordinator is not YesNo.YES:
        return None
    if a.severity is not Severity.COMPLEX:
        return _ask("to_read", weighs=False)
    return _asked_for(YesNo.YES, a.has_care_coordinator)


def exclusions(p: Published, _a: Answers) -> Check | None:
    """Free text: there to read, never compared with anything."""
    text = p.criteria.exclusions.strip()
    return _ask("to_read", weighs=False, text=text) if text else None


def _weeks(number: int) -> str:
    return say("criteria_unit.weeks", number=number)


def _period(months: int) -> str:
    if months >= 24 and months % 12 == 0:
        return say("criteria_unit.years", number=months // 12)
    return say("criteria_unit.months", number=months)
