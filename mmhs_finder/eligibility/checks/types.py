"""What a check can find, and the few ways to say it.

Not for: a single check (the modules beside this one).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from mmhs_finder.directory.models import YesNo


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


def met(words: str = "met", **values: object) -> Check:
    return Check(State.MET, words, values=values)


def may_not(words: str = "may_not", **values: object) -> Check:
    """A published rule and a given answer that speak against each other. Nothing less."""
    return Check(State.MAY_NOT, words, values=values)


def not_answered(words: str = "not_answered", **values: object) -> Check:
    """A published rule that could not be checked: it weighs."""
    return Check(State.CANNOT_TELL, words, Why.NOT_ANSWERED, values, weighs=True)


def not_published(words: str = "not_published", *, weighs: bool = False, **values: object) -> Check:
    return Check(State.CANNOT_TELL, words, Why.NOT_PUBLISHED, values, weighs)


def ask(words: str, *, weighs: bool = True, **values: object) -> Check:
    """Published and answered, and still something only the service can say."""
    return Check(State.CANNOT_TELL, words, None, values, weighs)


def to_read(words: str = "to_read", **values: object) -> Check:
    """Something to know before asking; it decides nothing."""
    return ask(words, weighs=False, **values)


def asked_for(rule: YesNo, answer: bool | None, *, only_if_answered: bool = False) -> Check | None:
    """A yes/no rule: "they ask for this"."""
    if rule is YesNo.NO:
        return met("not_needed")
    if rule is YesNo.UNKNOWN:
        return None if only_if_answered and answer is None else not_published()
    if answer is None:
        return not_answered()
    return met() if answer else may_not()
