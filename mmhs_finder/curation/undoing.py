"""A set of changes taken back: the same cells, from what they hold now to what they held before.

It is a set of changes like any other: it is refused where somebody has changed a cell since, and
the history keeps both.
Not for: rows that were added or taken out. What a removed row held is not in its change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mmhs_finder.curation.changeset import TAKEN_BACK, Proposed
from mmhs_finder.directory.changes import Change, ChangeKind


class NotTakenBack(Exception):
    """The set has a row that was added or taken out, or it took away an answer of a service over
    something that was changed since: that is put right by hand."""


def taken_back(changes: Sequence[Proposed], history: Sequence[Change] = ()) -> tuple[Proposed, ...]:
    """The changes that undo these, with their evidence. history: of the directory, these with it.

    Raises NotTakenBack.
    """
    if any(c.target.kind is not ChangeKind.CELL or _begins_a_row(c) for c in changes):
        raise NotTakenBack
    if history and any(c.column == "told_on" and c.old for c in changes):
        _refuse_newer(changes, history)
    return tuple(
        replace(c, old=c.new, new=c.old, quote=f"{TAKEN_BACK}: {c.quote}", line=0)
        for c in reversed(changes)
    )


def _refuse_newer(changes: Sequence[Proposed], history: Sequence[Change]) -> None:
    """An answer that comes back would stand over what was changed after it went."""
    rows = {c.row for c in changes}
    last = [h for h in history if h.row in rows][-len(changes) :]
    if {(h.file, h.row, h.column) for h in last} != {(c.file, c.row, c.column) for c in changes}:
        raise NotTakenBack


def _begins_a_row(change: Proposed) -> bool:
    """An area that got its row by its certainty."""
    return bool(change.target.area) and not change.old
