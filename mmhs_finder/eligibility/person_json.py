"""Answers from plain JSON data, with one plain sentence about what cannot be read.

Not for: what the answers mean (`person`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final, TypeVar

from mmhs_finder.directory.models import FurtherNeed, LossKind, Need, Pathway
from mmhs_finder.eligibility.person import (
    AGES,
    CHOICES,
    PLAUSIBLE_AGE,
    UNANSWERED,
    YES_NO,
    Answers,
    AnswersProblem,
    Question,
    Range,
    Safety,
    Severity,
    Who,
    days_since,
    months_ago,
    plausible_age,
    plausible_weeks,
    weeks_ago,
    years_ago,
)
from mmhs_finder.words import join_words, say

T = TypeVar("T")

_WHEN_KEYS: Final[Mapping[str, Callable[[int], Range]]] = MappingProxyType(
    {"weeks_since": weeks_ago, "months_since": months_ago, "years_since": years_ago}
)
MOST: Final[Mapping[str, int]] = MappingProxyType(
    {"weeks_since": 5200, "months_since": 1200, "years_since": 100}
)
"""The highest numbers that say when it happened."""

_BOOLEANS: Final = tuple(q for q, c in CHOICES.items() if c is YES_NO)


def answers_from_json(given: object, today: date | None = None) -> Answers:
    """Answers from plain JSON data: `{"happened": ["loss"], "months_since": 14, "age": "adult"}`.

    Keys are those of `Question`, with `weeks_since`, `months_since`, `years_since` or `event_date`
    (YYYY, YYYY-MM or YYYY-MM-DD) for when, and `not_safe_now`. A value of null, `not_sure` or
    `prefer_not_to_say` is no answer, but about safety: whoever is not sure gets urgent help first.
    Raises `AnswersProblem`.
    """
    if not isinstance(given, dict):
        raise AnswersProblem(say("answers.not_object"))
    known = {*_WHEN_KEYS, "event_date", "not_safe_now", *(q.value for q in Question)}
    known.discard(Question.WHEN.value)
    unknown = sorted(str(k) for k in given if k not in known)
    if unknown:
        raise AnswersProblem(say("answers.unknown_key", keys=join_words(unknown)))
    said = {k: v for k, v in given.items() if v is not None and v not in UNANSWERED}
    needs = _needs(said)
    return Answers(
        happened=None if needs is None else frozenset(n for n in needs if isinstance(n, Pathway)),
        further=frozenset(n for n in needs or () if isinstance(n, FurtherNeed)),
        loss_kind=_one_of(said, Question.LOSS_KIND, {k.value: k for k in LossKind}),
        since=_since(said, today or date.today()),  # noqa: DTZ011 - a day as people count them
        weeks_pregnant=_weeks_pregnant(said),
        age=_age(said),
        who=_one_of(said, Question.WHO, {w.value: w for w in Who}),
        severity=_one_of(said, Question.SEVERITY, {s.name.lower(): s for s in Severity}),
        safety=_safety(given),
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


def _safety(given: Mapping[str, Any]) -> Safety | None:
    value = given.get("not_safe_now")
    if value in UNANSWERED:
        return Safety.UNSURE
    if value is None or not _yes_no(given, "not_safe_now"):
        return None
    return Safety.UNSAFE


def _needs(said: Mapping[str, Any]) -> frozenset[Need] | None:
    if "happened" not in said:
        return None
    value = said["happened"]
    items = value if isinstance(value, list) else [value]
    by_name: dict[str, Need] = {n.value: n for n in (*Pathway, *FurtherNeed)}
    if not all(isinstance(i, str) and i in (*by_name, *UNANSWERED) for i in items):
        values = join_words([*by_name], "or")
        raise AnswersProblem(say("answers.some_of", field="happened", values=values))
    chosen = frozenset(by_name[i] for i in items if i in by_name)
    return chosen if chosen or not items else None


def _yes_no(said: Mapping[str, Any], key: str) -> bool | None:
    if key not in said:
        return None
    value = {"yes": True, "no": False}.get(v) if isinstance(v := said[key], str) else v
    if not isinstance(value, bool):
        raise AnswersProblem(say("answers.yes_no", field=key))
    return value


def _number(said: Mapping[str, Any], key: str, most: int) -> int:
    value = said[key]
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise AnswersProblem(say("answers.number", field=key, most=most))
    return value


def _weeks_pregnant(said: Mapping[str, Any]) -> int | None:
    value = said.get("weeks_pregnant")
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise AnswersProblem(say("answers.whole_number", field="weeks_pregnant"))
    return plausible_weeks(value)


def _since(said: Mapping[str, Any], today: date) -> Range | None:
    given = [k for k in (*_WHEN_KEYS, "event_date") if k in said]
    if len(given) > 1:
        raise AnswersProblem(say("answers.one_when", keys=join_words(given)))
    if not given:
        return None
    if given == ["event_date"]:
        return days_since(str(said["event_date"]), today)
    key = given[0]
    return _WHEN_KEYS[key](_number(said, key, MOST[key]))


def _age(said: Mapping[str, Any]) -> Range | None:
    value = said.get("age")
    if isinstance(value, int) and not isinstance(value, bool):
        years = plausible_age(value)
        return Range(years, years)
    if value is None or (isinstance(value, str) and value in AGES):
        return _one_of(said, Question.AGE, AGES)
    raise AnswersProblem(
        say(
            "answers.age",
            least=PLAUSIBLE_AGE.least,
            most=PLAUSIBLE_AGE.most,
            values=join_words([*AGES], "or"),
        )
    )
