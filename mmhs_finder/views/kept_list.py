"""A professional's own list of services as an address to keep: public names of services alone.

The list stays in the address and nowhere else. What in it is known no longer is said, and is never
shown again: somebody may have typed it.
Not for: comparing the services (`comparison`), or which addresses are let in (`shell.asked`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Service, Status
from mmhs_finder.views.comparison import MOST_COMPARED
from mmhs_finder.words import join_words, say

COMPARE: Final = "compare"
"""The name of the list in an address."""

ONE_SERVICE: Final = ("sheet", "pack")
"""What an address can show of one service, the first where it does not say."""

UNKNOWN_SERVICE: Final = "unknown"
"""Stands in an address for a service that the directory does not have."""

_BETWEEN: Final = ","


@dataclass(frozen=True)
class KeptList:
    """services: those of the list that can be compared, in its order. notes: what is to be said of
    the others, a sentence each."""

    services: tuple[Service, ...]
    notes: tuple[str, ...]


def list_link(services: Iterable[Service]) -> str:
    """The address of a list, on the same page."""
    return f"?{COMPARE}={_BETWEEN.join(quote(s.id, safe='') for s in services)}"


def tidied(value: str, directory: Directory) -> str:
    """The list of an address without anything that is no service of the directory."""
    return _BETWEEN.join(
        key if key in directory.services or directory.is_taken_out(key) else UNKNOWN_SERVICE
        for key in _keys(value)
    )


def kept_list(value: str, directory: Directory) -> KeptList:
    """What an address asks to compare. Any text may stand there."""
    keys = list(dict.fromkeys(_keys(value)))
    known = [directory.services[key] for key in keys if key in directory.services]
    out = sum(directory.is_taken_out(key) for key in keys)
    unknown = sum(key not in directory.services and not directory.is_taken_out(key) for key in keys)
    shown, more = known[:MOST_COMPARED], known[MOST_COMPARED:]
    return KeptList(tuple(shown), tuple(_notes(shown, more, out, unknown)))


def _notes(shown: Iterable[Service], more: list[Service], out: int, unknown: int) -> Iterator[str]:
    if unknown:
        yield say("professional_list.unknown")
    if out:
        yield say("professional_list.taken_out", count=out)
    if closed := [s.name for s in shown if s.status is Status.CLOSED]:
        yield say("professional_list.closed", names=join_words(closed))
    if more:
        names = join_words([s.name for s in more])
        yield say("professional_list.more", most=MOST_COMPARED, names=names)


def _keys(value: str) -> Iterator[str]:
    return (key.strip() for key in value.split(_BETWEEN) if key.strip())
