"""A set of changes taken back: the same cells, from what they hold now to what they held before.

It is a set of changes like any other: it is refused where somebody has changed a cell since, and
the history keeps both.
Not for: rows that were added or taken out. What a removed row held is not in its change.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from mmhs_finder.curation.applying import Proposed
from mmhs_finder.directory.changes import ChangeKind

_WHY: Final = "Saved by mistake and taken back"


class NotTakenBack(Exception):
    """The set has a row that was added or taken out: that is put right by hand."""


def taken_back(changes: Sequence[Proposed]) -> tuple[Proposed, ...]:
    """The changes that undo these, with their evidence. Raises NotTakenBack."""
    if any(c.target.kind is not ChangeKind.CELL or _begins_a_row(c) for c in changes):
        raise NotTakenBack
    return tuple(
        replace(c, old=c.new, new=c.old, quote=f"{_WHY}: {c.quote}", line=0)
        for c in reversed(changes)
    )


def is_taken_back(quote: str) -> bool:
    """Whether a line of the history took another one back. quote: what it rests on."""
    return quote.startswith(f"{_WHY}: ")


def _begins_a_row(change: Proposed) -> bool:
    """An area that got its row by its certainty."""
    return bool(change.target.area) and not change.old
