"""Texts that belong to the values of a vocabulary, declared once: one text for each value.

    KIND = texts("kind.{}", ServiceKind)
    KIND(service.kind)

Every family is known by `FAMILIES`, so that a test finds a value without its text and a text
without its value. Nothing is said before it is asked for: each call speaks the language of its
moment.
Not for: a text that one place says (`say` with its key).
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Final, TypeAlias

from mmhs_finder.words.saying import say

Member: TypeAlias = str | Enum | tuple[str | Enum, ...]
FAMILIES: Final[list[Texts]] = []
"""Every family of the modules that were imported."""


class Texts:
    """One text for each member of a family."""

    def __init__(self, pattern: str, members: Iterable[Member]) -> None:
        self.pattern = pattern
        self.keys: Final = frozenset(self.key(member) for member in members)
        FAMILIES.append(self)

    def key(self, member: Member) -> str:
        """The key of a member's text."""
        parts = member if isinstance(member, tuple) else (member,)
        return self.pattern.format(
            *(str(part.value) if isinstance(part, Enum) else part for part in parts)
        )

    def __contains__(self, member: Member) -> bool:
        return self.key(member) in self.keys

    def __call__(self, member: Member, **gaps: object) -> str:
        """The member's text, its gaps filled. Raises KeyError for what is no member."""
        key = self.key(member)
        if key not in self.keys:
            raise KeyError(f"{key} is not of the family {self.pattern}")
        return say(key, **gaps)


def texts(pattern: str, members: Iterable[Member]) -> Texts:
    """Declares a family, at the top level of a module.

    pattern: a key with `{}` for the value of the member, once for each part of a tuple.
    members: an enum, or the values themselves.
    """
    return Texts(pattern, members)
