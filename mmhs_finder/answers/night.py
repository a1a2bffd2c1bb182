"""At night a list begins with who answers now. Decided here only, for every list of lines.

By day most of a list is open, and what fits best stands first; at 3 a.m. nearly all of it is
closed, and whoever is awake must not have to look for the one that is not.
Not for: whether something is open (`mmhs_finder.hours`), or which lines there are (`national`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final, Protocol, TypeVar

from mmhs_finder.hours import LONDON, Opening

NIGHT_BEGINS: Final = 20
NIGHT_ENDS: Final = 8
"""Hours of the clock in London. Before and after them most helplines are closed."""


class Opens(Protocol):
    """Whatever has hours: a line, or a local service."""

    @property
    def opening(self) -> Opening: ...


_T = TypeVar("_T", bound=Opens)


def at_night(at: datetime) -> bool:
    """at: aware. From 8pm until just before 8am, London time."""
    hour = at.astimezone(LONDON).hour
    return hour >= NIGHT_BEGINS or hour < NIGHT_ENDS


def open_first(found: Iterable[_T], at: datetime) -> tuple[_T, ...]:
    """At night those that are open before all others; else, and within each, as they came."""
    if not at_night(at):
        return tuple(found)
    return tuple(sorted(found, key=lambda one: not one.opening.open_now))
