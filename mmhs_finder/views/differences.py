"""What is other between two states of the directory, in words that a manager of a service reads.

By service, line or team abroad; what decides most is said as a sentence, the rest as what it is now
and what it was. Numbers and notes are those of the public view.
Not for: finding differences (`directory.comparing`), or the page of changes (`views.changes`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mmhs_finder.directory import Directory
from mmhs_finder.directory.changes import ChangeKind
from mmhs_finder.directory.comparing import Differences
from mmhs_finder.directory.models import FurtherNeed, Pathway, PathwayOffer, Status, YesNo
from mmhs_finder.directory.named import HELPS_WITH, area_words
from mmhs_finder.directory.public_changes import PublicChange, public_changes
from mmhs_finder.views.changed_words import NUMBERS, cell_label, value_words
from mmhs_finder.views.history import ABOUT, ChangedCell
from mmhs_finder.views.names import label
from mmhs_finder.words import say, texts

_SENTENCES: Final[Mapping[str, tuple[str, ...]]] = {
    "self_referral": ("yes", "no", "unknown", "varies", "limited"),
    "status": tuple(Status),
    "new_referrals": tuple(YesNo),
}
"""Columns of which each value is told as a sentence of its own."""

_PAIRS: Final = tuple((column, value) for column, values in _SENTENCES.items() for value in values)
_NOW: Final = texts("terminal_now.{}_{}", _PAIRS)
_WAS: Final = texts("terminal_was.{}_{}", _PAIRS)
_NEEDS: Final = frozenset(need.value for need in (*Pathway, *FurtherNeed))
_HELPS: Final = texts("terminal_now.helps_{}", PathwayOffer)
_HELPED: Final = texts("terminal_was.helps_{}", PathwayOffer)
_OF_SERVICES: Final = ("services.csv", "mmhs_criteria.csv", "service_areas.csv")


@dataclass(frozen=True)
class DifferenceView:
    """One service, line or team: its name, and what is other, a sentence each."""

    name: str
    lines: tuple[str, ...]


def difference_views(directory: Directory, found: Differences) -> tuple[DifferenceView, ...]:
    """What everybody may know of the differences, in the order of the files.

    directory: the newer one of the two.
    """
    told: dict[tuple[str, str], list[str]] = {}
    for change in public_changes(directory, found.changes):
        if _says_the_same(change):
            continue
        file = _OF_SERVICES[0] if change.file in _OF_SERVICES else change.file
        told.setdefault((file, change.row), []).append(difference_words(change, directory))
    return tuple(
        DifferenceView(_name(key, directory, found), tuple(lines)) for key, lines in told.items()
    )


def _name(key: tuple[str, str], directory: Directory, found: Differences) -> str:
    file, row = key
    service = directory.services.get(row) if file == _OF_SERVICES[0] else None
    return label(service) if service else found.names.get(key) or row


def _says_the_same(change: PublicChange) -> bool:
    """Whether a blank became "unknown", or the other way round: both are told as not known."""
    if change.kind is not ChangeKind.CELL or change.withheld:
        return False
    return (change.old or YesNo.UNKNOWN) == (change.new or YesNo.UNKNOWN)


def difference_words(change: PublicChange, directory: Directory) -> str:
    """One change as a sentence without its subject: "parents can now contact it themselves (was:
    we had not seen whether they can)"."""
    if change.kind is not ChangeKind.CELL:
        return _whole_row(change, directory)
    if change.column in _SENTENCES or change.column in _NEEDS:
        now, was = _sentence(change.column, change.new), _sentence(change.column, change.old, True)
        return say("terminal_diff.sentence", now=now, was=was)
    cell = ChangedCell(ABOUT[change.column], change.column, change.area)
    called = cell_label(cell, directory)
    if change.withheld:
        if change.column in NUMBERS:
            return say("terminal_diff.number", label=called)
        return say("terminal_diff.text", label=called)
    now = value_words(change.column, change.new or "", directory)
    was = value_words(change.column, change.old or "", directory)
    if change.professional:
        called = say("terminal_diff.professional", label=called)
    if not now:
        return say("terminal_diff.gone", label=called, was=was)
    if not was:
        return say("terminal_diff.added", label=called, now=now)
    return say("terminal_diff.changed", label=called, now=now, was=was)


def _sentence(column: str, value: str | None, before: bool = False) -> str:
    said = value or YesNo.UNKNOWN
    if column in _NEEDS:
        helps = _HELPED if before else _HELPS
        return helps(said, need=HELPS_WITH(column))
    return (_WAS if before else _NOW)((column, said))


def _whole_row(change: PublicChange, directory: Directory) -> str:
    area = directory.areas.get(change.area)
    if area is not None:
        return say("terminal_diff.area_gone", area=area_words(area.name))
    if change.kind is ChangeKind.NEW_ROW:
        return say("terminal_diff.new_row")
    return say("terminal_diff.row_gone")
