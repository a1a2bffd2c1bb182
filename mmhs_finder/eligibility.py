"""Could this service be right for me? The published criteria against what a person chose to say.

Every criterion is one entry of `CRITERIA` and its words in `criteria_words.toml`. A criterion is
met, may not be met, or cannot be told (not published, or not answered). What is not known never
counts against a person. Not for: what to offer next (`signposting`), or keeping answers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import IntEnum, StrEnum
from types import MappingProxyType
from typing import Any, Final, TypeVar

from mmhs_finder.answers import Answer, Match
from mmhs_finder.directory.models import (
    Certainty,
    Criteria,
    Pathway,
    Service,
    Status,
    YesNo,
)
from mmhs_finder.words import join_words, say

T = TypeVar("T")

# What a person may say -------------------------------------------------------------------------


class Who(StrEnum):
    """Who the help is for."""

    PARENT = "parent"  # the person who is or was pregnant
    PARTNER = "partner"
    FAMILY = "family"


class LossKind(StrEnum):
    MISCARRIAGE = "miscarriage"
    ECTOPIC = "ectopic"
    TERMINATION = "termination"
    STILLBIRTH = "stillbirth"
    NEONATAL_DEATH = "neonatal_death"
    INFANT_DEATH = "infant_death"
    OTHER = "other_loss"


class Severity(IntEnum):
    """A professional's own description. Never a score, and never asked of the public."""

    MILD = 1
    MODERATE = 2
    SEVERE = 3
    COMPLEX = 4


class Question(StrEnum):
    """The questions, in the order to ask them. The values are the keys of `answers_from_json`."""

    HAPPENED = "happened"
    LOSS_KIND = "loss_kind"
    WHEN = "when"
    SEVERAL_EVENTS = "several_events"
    PREGNANT_NOW = "pregnant_now"
    WEEKS_PREGNANT = "weeks_pregnant"
    AGE = "age"
    SEEN_BEFORE = "seen_before"
    LIVES_IN_AREA = "lives_in_area"
    GP_IN_AREA = "gp_in_area"
    MATERNITY_BOOKED_IN_AREA = "maternity_booked_in_area"
    WHO = "who"
    SEVERITY = "severity"
    PTSD_PRESENTATION = "ptsd_presentation"
    HAS_CARE_COORDINATOR = "has_care_coordinator"


PROFESSIONAL_ONLY: Final = frozenset(
    {Question.SEVERITY, Question.PTSD_PRESENTATION, Question.HAS_CARE_COORDINATOR}
)
"""Asked only of somebody who refers: a parent is not asked to judge herself."""

ALWAYS_ASKED: Final = (Question.HAPPENED, Question.LOSS_KIND, Question.WHO)
"""They decide what else is offered, whatever the services of the place publish."""

FOLLOWS: Final[Mapping[Question, Question]] = MappingProxyType(
    {Question.LOSS_KIND: Question.HAPPENED, Question.WEEKS_PREGNANT: Question.PREGNANT_NOW}
)
"""Asked only after another answer: which loss after a loss, how many weeks when pregnant."""

UNANSWERED: Final = ("not_sure", "prefer_not_to_say")

_YES_NO: Final = ("yes", "no")
CHOICES: Final[Mapping[Question, tuple[str, ...]]] = MappingProxyType(
    {
        Question.HAPPENED: tuple(p.value for p in Pathway),
        Question.LOSS_KIND: tuple(k.value for k in LossKind),
        Question.SEVERAL_EVENTS: _YES_NO,
        Question.PREGNANT_NOW: _YES_NO,
        Question.AGE: ("under_sixteen", "sixteen_to_seventeen", "adult"),
        Question.SEEN_BEFORE: _YES_NO,
        Question.LIVES_IN_AREA: _YES_NO,
        Question.GP_IN_AREA: _YES_NO,
        Question.MATERNITY_BOOKED_IN_AREA: _YES_NO,
        Question.WHO: tuple(w.value for w in Who),
        Question.SEVERITY: tuple(s.name.lower() for s in Severity),
        Question.PTSD_PRESENTATION: _YES_NO,
        Question.HAS_CARE_COORDINATOR: _YES_NO,
    }
)
"""The values of the questions with fixed choices. Each also takes those of `UNANSWERED`."""


def question_text(question: Question) -> str:
    return say(f"question.{question.value}")


def choices(question: Question) -> tuple[tuple[str, str], ...]:
    """(value, words) of a question's choices, with "not sure" and "prefer not to say" last."""
    return tuple((c, say(f"choice.{c}")) for c in (*CHOICES.get(question, ()), *UNANSWERED))


@dataclass(frozen=True)
class Range:
    """A whole number that is known from `least` to `most` only, both included."""

    least: int
    most: int

    def __post_init__(self) -> None:
        if not 0 <= self.least <= self.most:
            raise ValueError(f"a range runs from a smaller to a larger number: {self}")

    def is_at_least(self, limit: int) -> bool | None:
        """True or False when the whole range agrees, else None."""
        if self.least >= limit:
            return True
        return False if self.most < limit else None


AGES: Final[Mapping[str, Range]] = MappingProxyType(
    {"under_sixteen": Range(0, 15), "sixteen_to_seventeen": Range(16, 17), "adult": Range(18, 120)}
)


def month_days(months: int) -> Range:
    """How many days that many calendar months can have: 12 months are 365 or 366.

    For the years 1901 to 2099, in which every fourth is a leap year.
    """
    years, rest = divmod(months, 12)
    least, most = 365 * years + years // 4, 365 * years + -(-years // 4)
    if rest:
        mean = rest * 30.436875  # of the Gregorian calendar; no run of months is further from it
        least, most = least + int(mean) - 2, most + int(mean) + 3
    return Range(least, most)


def weeks_ago(weeks: int) -> Range:
    """Days since something "4 weeks ago": four weeks, and not yet five."""
    return Range(7 * weeks, 7 * weeks + 6)


def months_ago(months: int) -> Range:
    """Days since something "12 months ago". People round, so it may be half a month less."""
    return Range(max(0, month_days(months).least - 15), month_days(months + 1).most - 1)


def years_ago(years: int) -> Range:
    """Days since something "about 2 years ago": from a year and a half to nearly three years."""
    least = month_days(12 * years - 6).least if years else 0
    return Range(least, month_days(12 * years + 12).most - 1)


def days_since(text: str, today: date) -> Range:
    """Days since "2025-03-09", some day in "2025-03", or some day in "2025".

    Raises `AnswersProblem` for anything else and for a day that is still to come.
    """
    parts = text.strip().split("-")
    if not (1 <= len(parts) <= 3 and all(p.isdecimal() for p in parts) and len(parts[0]) == 4):
        raise AnswersProblem(say("answers.date"))
    year, *rest = (int(p) for p in parts)
    try:
        first = date(year, rest[0] if rest else 1, rest[1] if len(rest) > 1 else 1)
    except ValueError as problem:
        raise AnswersProblem(say("answers.date")) from problem
    if first > today:
        raise AnswersProblem(say("answers.date"))
    if len(rest) == 2:
        after = date.fromordinal(first.toordinal() + 1)
    elif rest and rest[0] < 12:
        after = date(year, rest[0] + 1, 1)
    else:
        after = date(year + 1, 1, 1)
    last = min(today.toordinal(), after.toordinal() - 1)
    return Range(today.toordinal() - last, today.toordinal() - first.toordinal())


@dataclass(frozen=True)
class Answers:
    """What a person chose to say. None: not asked, not answered, not sure or would rather not say.

    happened: empty for "something else".
    since: days since it happened (the latest, of several), as exactly as it was said.
    age: in years.
    not_safe_now: the one answer that comes before all others.
    """

    happened: frozenset[Pathway] | None = None
    loss_kind: LossKind | None = None
    since: Range | None = None
    several_events: bool | None = None
    pregnant_now: bool | None = None
    weeks_pregnant: int | None = None
    age: Range | None = None
    seen_before: bool | None = None
    lives_in_area: bool | None = None
    gp_in_area: bool | None = None
    maternity_booked_in_area: bool | None = None
    who: Who | None = None
    severity: Severity | None = None
    ptsd_presentation: bool | None = None
    has_care_coordinator: bool | None = None
    not_safe_now: bool = False

    def __post_init__(self) -> None:
        if self.weeks_pregnant is not None and self.pregnant_now is False:
            raise AnswersProblem(say("answers.pregnant_both"))

    @property
    def pregnant(self) -> bool | None:
        return True if self.weeks_pregnant is not None else self.pregnant_now


class AnswersProblem(ValueError):
    """Answers that cannot be read. `str()` says in plain words what to change."""


_WHEN_KEYS: Final[Mapping[str, Callable[[int], Range]]] = MappingProxyType(
    {"weeks_since": weeks_ago, "months_since": months_ago, "years_since": years_ago}
)
_MOST: Final[Mapping[str, int]] = MappingProxyType(
    {"weeks_since": 5200, "months_since": 1200, "years_since": 100, "weeks_pregnant": 45}
)
_BOOLEANS: Final = tuple(q for q, c in CHOICES.items() if c is _YES_NO)


def answers_from_json(given: object, today: date | None = None) -> Answers:
    """Answers from plain JSON data: `{"happened": ["loss"], "months_since": 14, "age": "adult"}`.

    Keys are those of `Question`, with `weeks_since`, `months_since`, `years_since` or `event_date`
    (YYYY, YYYY-MM or YYYY-MM-DD) for when, and `not_safe_now`. A value of null, `not_sure` or
    `prefer_not_to_say` is no answer. Raises `AnswersProblem`.
    """
    if not isinstance(given, dict):
        raise AnswersProblem(say("answers.not_object"))
    known = {*_WHEN_KEYS, "event_date", "not_safe_now", *(q.value for q in Question)}
    known.discard(Question.WHEN.value)
    unknown = sorted(str(k) for k in given if k not in known)
    if unknown:
        raise AnswersProblem(say("answers.unknown_key", keys=join_words(unknown)))
    said = {k: v for k, v in given.items() if v is not None and v not in UNANSWERED}
    return Answers(
        happened=_happened(said),
        loss_kind=_one_of(said, Question.LOSS_KIND, {k.value: k for k in LossKind}),
        since=_since(said, today or date.today()),  # noqa: DTZ011 - a day as people count them
        weeks_pregnant=_number(said, "weeks_pregnant"),
        age=_age(said),
        who=_one_of(said, Question.WHO, {w.value: w for w in Who}),
        severity=_one_of(said, Question.SEVERITY, {s.name.lower(): s for s in Severity}),
        not_safe_now=_yes_no(said, "not_safe_now") or False,
        **{q.value: _yes_no(said, q.value) for q in _BOOLEANS},
    )


def _one_of(said: Mapping[str, Any], key: str, values: Mapping[str, T]) -> T | None:
    if key not in said:
        return None
    value = said[key]
    if not isinstance(value, str) or value not in values:
        raise AnswersProblem(
            say("answers.one_of", field=str(key), values=join_words([*values], "or"))
        )
    return values[value]


def _happened(said: Mapping[str, Any]) -> frozenset[Pathway] | None:
    if "happened" not in said:
        return None
    value = said["happened"]
    items = value if isinstance(value, list) else [value]
    by_name = {p.value: p for p in Pathway}
    if not all(isinstance(i, str) and i in (*by_name, *UNANSWERED) for i in items):
        raise AnswersProblem(say("answers.one_of", field="happened", values=join_words([*by_name])))
    chosen = frozenset(by_name[i] for i in items if i in by_name)
    return chosen if chosen or not items else None


def _yes_no(said: Mapping[str, Any], key: str) -> bool | None:
    if key not in said:
        return None
    value = {"yes": True, "no": False}.get(v) if isinstance(v := said[key], str) else v
    if not isinstance(value, bool):
        raise AnswersProblem(say("answers.yes_no", field=key))
    return value


def _number(said: Mapping[str, Any], key: str) -> int | None:
    if key not in said:
        return None
    value = said[key]
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= _MOST[key]:
        raise AnswersProblem(say("answers.number", field=key, most=_MOST[key]))
    return value


def _since(said: Mapping[str, Any], today: date) -> Range | None:
    given = [k for k in (*_WHEN_KEYS, "event_date") if k in said]
    if len(given) > 1:
        raise AnswersProblem(say("answers.one_when", keys=join_words(given)))
    if not given:
        return None
    if given == ["event_date"]:
        return days_since(str(said["event_date"]), today)
    number = _number(said, given[0])
    return None if number is None else _WHEN_KEYS[given[0]](number)


def _age(said: Mapping[str, Any]) -> Range | None:
    value = said.get("age")
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 120:
        return Range(value, value)
    return _one_of(said, Question.AGE, AGES)


# What a service publishes ----------------------------------------------------------------------


@dataclass(frozen=True)
class Stated:
    """What a service says in plain text and no column of the directory holds. None: not said.

    limits_only_for: the pathways that its time limits were published for, when not for all.
    """

    no_time_limit: bool | None = None
    no_gestation_limit: bool | None = None
    limits_only_for: frozenset[Pathway] | None = None
    multiple_events: YesNo | None = None  # several losses or traumas asked for
    care_coordinator: YesNo | None = None  # for complex needs


@dataclass(frozen=True)
class Reading:
    """What a person read in a row's own text. It holds only while the text still says `quotes`."""

    stated: Stated
    quotes: tuple[str, ...]


READINGS: Final[Mapping[str, Reading]] = MappingProxyType(
    {
        "thrive-kent-medway": Reading(
            Stated(no_time_limit=True, care_coordinator=YesNo.YES),
            (
                "It can be recent or long ago",
                "Complex mental health needs: must already be care co-ordinated",
            ),
        ),
        "helix-slam": Reading(Stated(no_time_limit=True), ("however long ago",)),
        "silver-birch-hubs": Reading(
            Stated(no_time_limit=True), ("It does not matter how long ago",)
        ),
        "bnssg-maternal-loss-and-trauma-service": Reading(
            Stated(limits_only_for=frozenset({Pathway.BIRTH_TRAUMA})),
            ("Whether this also applies after a loss is not published",),
        ),
    }
)


@dataclass(frozen=True)
class Published:
    """Everything the criteria may look at, for one service.

    certainty: how sure it is that the person's place is in its area; None when that is not known.
    neighbour: it is known to serve another area.
    """

    service: Service
    criteria: Criteria
    certainty: Certainty | None = None
    neighbour: bool = False
    stated: Stated = field(default_factory=Stated)

    @property
    def notes(self) -> str:
        """What the service says about its time limits and pregnancy, in its own words."""
        notes = (self.criteria.gestation_note.strip(), self.service.period_note.strip())
        return " ".join(dict.fromkeys(n for n in notes if n))

    def notes_about(self, *words: str) -> str:
        """The notes when they speak of one of these words, else "". They are quoted, not read."""
        return self.notes if any(w in self.notes.lower() for w in words) else ""


def _no_criteria(service_id: str) -> Criteria:
    return Criteria(
        service_id=service_id,
        birth_trauma=YesNo.UNKNOWN,
        loss=YesNo.UNKNOWN,
        tokophobia=YesNo.UNKNOWN,
        separation=YesNo.UNKNOWN,
        accepts_pregnant=YesNo.UNKNOWN,
        ptsd_required=YesNo.UNKNOWN,
        prior_treatment_required=YesNo.UNKNOWN,
    )


def published(
    service: Service,
    criteria: Criteria | None,
    certainty: Certainty | None = None,
    *,
    neighbour: bool = False,
    stated: Stated | None = None,
) -> Published:
    """What a service publishes, its columns and what its own text plainly says."""
    criteria = criteria or _no_criteria(service.id)
    reading = READINGS.get(service.id)
    if stated is None and reading:
        own = (service.who_for, service.period_note, criteria.gestation_note, criteria.exclusions)
        still_says = all(any(quote in text for text in own) for quote in reading.quotes)
        stated = reading.stated if still_says else None
    return Published(service, criteria, certainty, neighbour, stated or Stated())


# Findings --------------------------------------------------------------------------------------


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


# The criteria ----------------------------------------------------------------------------------

_EVENTS: Final = frozenset({Pathway.BIRTH_TRAUMA, Pathway.LOSS, Pathway.SEPARATION})
"""Something that happened on a day; a fear has no "since"."""

SHORTEST_LIMIT_MONTHS: Final = 12
EARLIEST_GESTATION_WEEKS: Final = 30
ADULT: Final = 18
"""The strictest limits seen across services (MMHA & BPS, Maternal Mental Health Services Progress
Report, October 2024). Somebody beyond one of them is told to ask a service that publishes none;
somebody within need not be."""


_ABOUT_TIME: Final = ("month", "year", " ago")
_ABOUT_PREGNANCY: Final = ("pregnan",)
"""A note with one of these is shown beside what the columns do not say, and worth a question."""


def _running(p: Published, _a: Answers) -> Check | None:
    return None if p.service.status is Status.OPEN else _not_published(weighs=True)


def _safe(_p: Published, a: Answers) -> Check | None:
    return _may_not() if a.not_safe_now else None


def _pathway(p: Published, a: Answers) -> Check | None:
    offers = {need: p.criteria.offers(need) for need in Pathway}
    if a.happened is None:
        if all(o is YesNo.UNKNOWN for o in offers.values()):
            return _not_published("nothing_published", weighs=True)
        return _not_answered()
    if not a.happened:
        named = p.criteria.other_presentations
        return _ask("other_named", named=named) if named else _ask("other")
    words = {
        value: join_words(
            [say(f"criteria_need.{n}") for n in Pathway if n in a.happened and offers[n] is value]
        )
        for value in YesNo
    }
    if words[YesNo.YES]:
        rest = [words[v] for v in (YesNo.NO, YesNo.UNKNOWN) if words[v]]
        if not rest:
            return _met(needs=words[YesNo.YES])
        return _met("met_in_part", needs=words[YesNo.YES], rest=join_words(rest))
    if words[YesNo.UNKNOWN]:
        return _not_published(weighs=True, needs=words[YesNo.UNKNOWN])
    return _may_not(needs=words[YesNo.NO])


_BASIS: Final[Mapping[str, Question]] = MappingProxyType(
    {
        "lives_in": Question.LIVES_IN_AREA,
        "gp_registered": Question.GP_IN_AREA,
        "maternity_booked": Question.MATERNITY_BOOKED_IN_AREA,
    }
)


def _in_area(p: Published, a: Answers) -> Check | None:
    """Whether the person belongs to its area, by what the service says decides it."""
    answers: list[bool | None] = []
    for basis in p.service.area_basis or ("lives_in",):
        said = getattr(a, _BASIS[basis].value)
        if said is None and basis == "lives_in" and p.certainty is Certainty.STATED:
            said = True  # the postcode or council that was searched for
        answers.append(said)
    basis_words = join_words(
        [say(f"criteria_basis.{b}") for b in p.service.area_basis or ("lives_in",)], "or"
    )
    if all(answers):
        return _met(basis=basis_words) if p.service.area_basis else _met("met_plain")
    if p.neighbour:
        return _ask("neighbour")
    if p.service.area_basis and all(said is False for said in answers):
        return _may_not(basis=basis_words)
    by_home = p.service.area_basis in ((), ("lives_in",))
    if by_home and p.certainty is Certainty.INFERRED and a.lives_in_area is None:
        return _not_published("inferred", weighs=True)
    if not p.service.area_basis:
        return _not_published(weighs=True)
    return _not_answered(basis=basis_words)


def _referral(p: Published, _a: Answers) -> Check | None:
    """How to ask. It is the same for everybody, so it never counts for or against."""
    s = p.service
    names = [say(f"referrer.{r}") for r in s.referrers if r != "self"]
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
    only = p.stated.limits_only_for
    free = {n for n in a.happened - _EVENTS if p.criteria.offers(n) is not YesNo.NO}
    if free or (only is not None and not a.happened <= only):
        return None
    return True


def _published_elsewhere(p: Published, a: Answers) -> bool:
    """The limits were published for something other than what happened to this person."""
    only = p.stated.limits_only_for
    return bool(only is not None and a.happened and not a.happened & only)


def _min_weeks(p: Published, a: Answers) -> Check | None:
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


def _max_months(p: Published, a: Answers) -> Check | None:
    limit, applies = p.criteria.max_months_since_event, _limits_apply(p, a)
    if applies is False:
        return None
    if p.stated.no_time_limit:
        return _met("any_time")
    if limit is None:
        long_ago = a.since is not None and a.since.most > month_days(SHORTEST_LIMIT_MONTHS).least
        if note := p.notes_about(*_ABOUT_TIME):
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


def _gestation(p: Published, a: Answers) -> Check | None:
    limit, weeks = p.criteria.max_gestation_weeks, a.weeks_pregnant
    if a.pregnant is False:
        return None
    if p.stated.no_gestation_limit:
        return _met("any_time")
    if limit is None:
        late = weeks is not None and weeks >= EARLIEST_GESTATION_WEEKS
        return _not_published(weighs=late) if a.pregnant else None
    if weeks is None:
        return _not_answered(weeks=limit)
    return _met(weeks=limit) if weeks < limit else _may_not(weeks=limit)


def _pregnant(p: Published, a: Answers) -> Check | None:
    rule = p.criteria.accepts_pregnant
    if a.pregnant:
        if rule is YesNo.UNKNOWN and (note := p.notes_about(*_ABOUT_PREGNANCY)):
            return _not_published("unclear", weighs=True, note=note)
        if rule is YesNo.UNKNOWN:
            return _not_published(weighs=True)
        return _met() if rule is YesNo.YES else _may_not()
    if a.pregnant is None and rule is YesNo.NO:
        return _not_answered()
    return None


def _ptsd(p: Published, a: Answers) -> Check | None:
    return _asked_for(p.criteria.ptsd_required, a.ptsd_presentation)


def _severity(p: Published, a: Answers) -> Check | None:
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


def _earlier_treatment(p: Published, a: Answers) -> Check | None:
    return _asked_for(p.criteria.prior_treatment_required, a.seen_before)


def _min_age(p: Published, a: Answers) -> Check | None:
    limit = p.service.min_age
    if limit is None:
        young = a.age is not None and a.age.is_at_least(ADULT) is not True
        return _not_published(weighs=young)
    old_enough = a.age.is_at_least(limit) if a.age else None
    if old_enough is None:
        return _not_answered(age=limit)
    return _met(age=limit) if old_enough else _may_not(age=limit)


def _partner(p: Published, a: Answers) -> Check | None:
    if a.who in (None, Who.PARENT):
        return None
    rule = p.service.partner_support
    if rule is YesNo.NO:
        return _may_not()
    if rule is YesNo.YES and a.who is Who.PARTNER:
        return _met()
    return _not_published(weighs=True)


def _multiple_events(p: Published, a: Answers) -> Check | None:
    rule = p.stated.multiple_events or YesNo.UNKNOWN
    return _asked_for(rule, a.several_events, only_if_answered=True)


def _care_coordinator(p: Published, a: Answers) -> Check | None:
    """For complex needs only, which nobody but a professional is asked about."""
    if p.stated.care_coordinator is not YesNo.YES:
        return None
    if a.severity is not Severity.COMPLEX:
        return _ask("to_read", weighs=False)
    return _asked_for(YesNo.YES, a.has_care_coordinator)


def _exclusions(p: Published, _a: Answers) -> Check | None:
    """Free text: there to read, never compared with anything."""
    text = p.criteria.exclusions.strip()
    return _ask("to_read", weighs=False, text=text) if text else None


@dataclass(frozen=True)
class Criterion:
    """One entry of `CRITERIA`. Its words: `check.<id>.*`, `check_name.<id>`, `check_ask.<id>` and
    `check_instead.<id>` when it can turn out "may not".

    questions: the answers it needs.
    rule: whether the service publishes something that those answers decide.
    check: a pure function of what is published and what was said; None when it does not apply.
    noted: a published note on the period turns "may not" into "worth asking", with the note: the
        exceptions that services make (a loss longer ago when pregnant again) stand in such notes.
    only: which of the questions this service's rule needs, when not all.
    """

    id: str
    questions: tuple[Question, ...]
    rule: Callable[[Published], bool]
    check: Callable[[Published, Answers], Check | None]
    noted: bool = False
    only: Callable[[Published, Question], bool] | None = None


def _never(_p: Published) -> bool:
    return False


CRITERIA: Final[tuple[Criterion, ...]] = (
    Criterion("safe", (), _never, _safe),
    Criterion("running", (), _never, _running),
    Criterion("pathway", (Question.HAPPENED,), lambda _p: True, _pathway),
    Criterion(
        "area",
        tuple(_BASIS.values()),
        lambda p: bool(p.service.area_basis),
        _in_area,
        only=lambda p, q: (
            any(_BASIS[b] is q for b in p.service.area_basis)
            and not (q is Question.LIVES_IN_AREA and p.certainty is not None)
        ),
    ),
    Criterion(
        "max_months",
        (Question.WHEN, Question.HAPPENED),
        lambda p: (
            not p.stated.no_time_limit
            and (p.criteria.max_months_since_event is not None or bool(p.notes_about(*_ABOUT_TIME)))
        ),
        _max_months,
        noted=True,
    ),
    Criterion(
        "min_weeks",
        (Question.WHEN, Question.HAPPENED),
        lambda p: p.criteria.min_weeks_since_event is not None,
        _min_weeks,
    ),
    Criterion(
        "pregnant",
        (Question.PREGNANT_NOW,),
        lambda p: p.criteria.accepts_pregnant is YesNo.NO or bool(p.notes_about(*_ABOUT_PREGNANCY)),
        _pregnant,
        noted=True,
    ),
    Criterion(
        "gestation",
        (Question.PREGNANT_NOW, Question.WEEKS_PREGNANT),
        lambda p: p.criteria.max_gestation_weeks is not None,
        _gestation,
        noted=True,
    ),
    Criterion("min_age", (Question.AGE,), lambda p: p.service.min_age is not None, _min_age),
    Criterion(
        "earlier_treatment",
        (Question.SEEN_BEFORE,),
        lambda p: p.criteria.prior_treatment_required is YesNo.YES,
        _earlier_treatment,
    ),
    Criterion(
        "multiple_events",
        (Question.SEVERAL_EVENTS,),
        lambda p: p.stated.multiple_events is YesNo.YES,
        _multiple_events,
    ),
    Criterion(
        "partner",
        (Question.WHO,),
        lambda p: p.service.partner_support in (YesNo.YES, YesNo.NO),
        _partner,
    ),
    Criterion(
        "ptsd",
        (Question.PTSD_PRESENTATION,),
        lambda p: p.criteria.ptsd_required is YesNo.YES,
        _ptsd,
    ),
    Criterion(
        "severity",
        (Question.SEVERITY,),
        lambda p: bool(p.criteria.severity),
        _severity,
    ),
    Criterion(
        "care_coordinator",
        (Question.SEVERITY, Question.HAS_CARE_COORDINATOR),
        lambda p: p.stated.care_coordinator is YesNo.YES,
        _care_coordinator,
    ),
    Criterion("exclusions", (), _never, _exclusions),
    Criterion("referral", (), _never, _referral),
)


def _weeks(number: int) -> str:
    return say("criteria_unit.weeks", number=number)


def _period(months: int) -> str:
    if months >= 24 and months % 12 == 0:
        return say("criteria_unit.years", number=months // 12)
    return say("criteria_unit.months", number=months)


# The outcome of a service ----------------------------------------------------------------------


class Outcome(StrEnum):
    """The outcome for one service, the best first."""

    LOOKS_RIGHT = "looks_right"
    WORTH_ASKING = "worth_asking"
    MAY_NOT = "may_not"

    @property
    def place(self) -> int:
        """0 for the best."""
        return list(Outcome).index(self)


@dataclass(frozen=True)
class Finding:
    """What one criterion means for this person, with its words and where it comes from.

    name: the criterion in a few words. question: to put to the service.
    instead: what to do when it may not be met, else "".
    """

    criterion: str
    state: State
    name: str
    reason: str
    question: str
    why_unknown: Why | None
    source: tuple[str, ...]
    source_date: str
    checked_on: date
    weighs: bool = False
    instead: str = ""


@dataclass(frozen=True)
class Assessment:
    """The outcome for one service, and everything it rests on.

    via_gp: it serves another area, so it is a GP or midwife who can ask whether it is possible.
    """

    service: Service
    outcome: Outcome
    headline: str
    findings: tuple[Finding, ...]
    via_gp: bool = False

    @property
    def reasons(self) -> tuple[Finding, ...]:
        """Why they may not be able to help."""
        return tuple(f for f in self.findings if f.state is State.MAY_NOT)

    @property
    def unchecked(self) -> tuple[Finding, ...]:
        """What could not be checked and is worth asking."""
        return tuple(f for f in self.findings if f.weighs)

    @property
    def not_published(self) -> tuple[Finding, ...]:
        """What they do not say; it did not change the outcome."""
        return tuple(
            f for f in self.findings if f.why_unknown is Why.NOT_PUBLISHED and not f.weighs
        )

    @property
    def to_read(self) -> tuple[Finding, ...]:
        """What they say in their own words, to read before asking."""
        return tuple(
            f
            for f in self.findings
            if f.state is State.CANNOT_TELL and f.why_unknown is None and not f.weighs
        )

    @property
    def questions(self) -> tuple[str, ...]:
        """What to ask the service, the most important first."""
        asked = (*self.reasons, *self.unchecked)
        return tuple(dict.fromkeys(f.question for f in asked))


def assess(
    service: Service,
    criteria: Criteria | None,
    answers: Answers,
    certainty: Certainty | None = None,
    *,
    neighbour: bool = False,
    stated: Stated | None = None,
) -> Assessment:
    """Whether a service looks right for a person, with reasons.

    certainty: how sure it is that it serves the person's place; None when the place is not known.
    neighbour: True for a service of an adjoining area.
    stated: instead of what `READINGS` holds for this service.
    """
    facts = published(service, criteria, certainty, neighbour=neighbour, stated=stated)
    findings = tuple(found for c in CRITERIA if (found := _finding(c, facts, answers)) is not None)
    outcome = _outcome(findings)
    return Assessment(
        service, outcome, _headline(outcome, findings, neighbour=neighbour), findings, neighbour
    )


def _finding(criterion: Criterion, facts: Published, answers: Answers) -> Finding | None:
    check = criterion.check(facts, answers)
    if check is None:
        return None
    if check.state is State.MAY_NOT and criterion.noted and facts.notes:
        check = replace(_ask("noted"), values={**check.values, "note": facts.notes})
    service = facts.service
    may_not = check.state is State.MAY_NOT
    return Finding(
        criterion=criterion.id,
        state=check.state,
        name=say(f"check_name.{criterion.id}"),
        reason=say(f"check.{criterion.id}.{check.words}", **check.values),
        question=say(f"check_ask.{criterion.id}"),
        why_unknown=check.why,
        source=service.source_urls,
        source_date=service.source_date,
        checked_on=service.checked_on,
        weighs=check.state is State.CANNOT_TELL and check.weighs,
        instead=say(f"check_instead.{criterion.id}") if may_not else "",
    )


def _outcome(findings: Iterable[Finding]) -> Outcome:
    outcome = Outcome.LOOKS_RIGHT
    for found in findings:
        if found.state is State.MAY_NOT:
            return Outcome.MAY_NOT
        if found.weighs:
            outcome = Outcome.WORTH_ASKING
    return outcome


def _headline(outcome: Outcome, findings: Iterable[Finding], *, neighbour: bool) -> str:
    if outcome is Outcome.LOOKS_RIGHT:
        return say("fit.looks_right")
    if outcome is Outcome.MAY_NOT:
        names = [f.name for f in findings if f.state is State.MAY_NOT]
        return say("fit.may_not", things=join_words(names))
    weighing = [f for f in findings if f.weighs and not (neighbour and f.criterion == "area")]
    unchecked = [f.name for f in weighing if f.why_unknown]
    to_ask = [f.name for f in weighing if not f.why_unknown]
    parts = [say("fit.worth_asking")]
    if neighbour:
        parts.append(say("fit.via_gp"))
    if to_ask:
        parts.append(say("fit.ask_about", things=join_words(to_ask)))
    if unchecked:
        parts.append(say("fit.unchecked", things=join_words(unchecked)))
    return " ".join(parts)


def needed_questions(
    matches: Iterable[Match], *, professional: bool = False
) -> tuple[Question, ...]:
    """The questions whose answers matter for these services, in the order to ask them.

    professional: also those that only somebody who refers is asked.
    """
    needed = set(ALWAYS_ASKED)
    for match in matches:
        facts = published(match.service, match.criteria, match.certainty)
        needed |= {
            q
            for c in CRITERIA
            if c.rule(facts)
            for q in c.questions
            if c.only is None or c.only(facts, q)
        }
    needed |= {FOLLOWS[q] for q in needed if q in FOLLOWS}
    if not professional:
        needed -= PROFESSIONAL_ONLY
    return tuple(q for q in Question if q in needed)


def rank(answer: Answer, answers: Answers) -> tuple[Assessment, ...]:
    """The services of an answer for this person: local, neighbours that fit better, the rest.

    A neighbour fits better when it is known to help with what happened and, its area apart, comes
    out better than every local service. Empty when the person is not safe now: then only urgent
    help is shown (`signposting.next_steps`).
    """
    if answers.not_safe_now:
        return ()
    local = sorted(
        (assess(m.service, m.criteria, answers, m.certainty) for m in answer.mmhs),
        key=lambda a: a.outcome.place,
    )
    # "In the area" was asked about the local services, so those answers do not hold for others.
    elsewhere = replace(answers, lives_in_area=None, gp_in_area=None, maternity_booked_in_area=None)
    others = [
        assess(m.service, m.criteria, elsewhere, None, neighbour=True) for m in answer.neighbours
    ]
    best_local = min((_fit_but_area(a) for a in local), default=len(Outcome))
    better = [a for a in others if _helps(a) and _fit_but_area(a) < best_local]
    rest = [a for a in others if a not in better]
    return (
        *local,
        *sorted(better, key=_fit_but_area),
        *sorted(rest, key=_fit_but_area),
    )


def _fit_but_area(assessment: Assessment) -> int:
    return _outcome(f for f in assessment.findings if f.criterion != "area").place


def _helps(assessment: Assessment) -> bool:
    return any(f.criterion == "pathway" and f.state is State.MET for f in assessment.findings)
