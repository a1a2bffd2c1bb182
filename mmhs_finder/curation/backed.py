"""Who stands behind the rows that a set of changes leaves: what must not be said of them after it.

"Confirmed by the service" never stands over a fact that the service did not confirm, and people are
never sent to a number, an address or a page of which the set itself says that nobody is sure.
Not for: whether a change fits its cell (`fitting`), or whether a proof counts (`telling`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from mmhs_finder.curation.changeset import (
    ChangeSet,
    Proposed,
    is_from_service,
    is_taken_back,
)
from mmhs_finder.directory.changes import AREAS_OF_SERVICES, ChangeKind
from mmhs_finder.directory.files import CsvRow, Problem
from mmhs_finder.directory.linked import LINKS
from mmhs_finder.directory.models import Confidence, PhoneStatus
from mmhs_finder.directory.ways import EMAILS, NUMBERS

Rows = Mapping[tuple[str, str], CsvRow]
"""The rows of a file before anything changes, by their name and area."""

_SERVICES: Final = "services.csv"
_CRITERIA: Final = "mmhs_criteria.csv"
_TOLD_ON: Final = "told_on"
_OURS: Final = frozenset({"checked_on", "confidence", "curator_notes", "read", "read_basis"})
"""Columns about our reading and not about the service."""

_TOLD: Final = "told_"
_NOT_ASKED: Final = (_TOLD, "source_")
_WAYS: Final = frozenset((*NUMBERS, *EMAILS, *LINKS))


def is_asked(file: str, column: str) -> bool:
    """Whether a service was asked about this column, so that its answer stands behind it."""
    if file == AREAS_OF_SERVICES:
        return True
    if file not in (_SERVICES, _CRITERIA) or column in _OURS:
        return False
    return not column.startswith(_NOT_ASKED)


def backing_problems(changes: ChangeSet, rows: Mapping[str, Rows]) -> Iterator[Problem]:
    """What a set of changes would leave standing over something else. rows: by file."""
    yield from _answers_left_behind(changes, rows.get(_SERVICES, {}))
    for change in changes.changes:
        if change.target.kind is ChangeKind.CELL:
            yield from _told_by_nobody(changes, change)
            yield from _nobody_is_sure(changes, change, rows.get(change.file, {}))


def _answers_left_behind(changes: ChangeSet, services: Rows) -> Iterator[Problem]:
    """A fact that a service answered for is not changed while its answer goes on standing."""
    renewed = {c.row for c in changes.changes if (c.file, c.column) == (_SERVICES, _TOLD_ON)}
    for change in changes.changes:
        target = change.target
        is_itself = target.kind is not ChangeKind.CELL and target.file == _SERVICES
        if is_itself or not is_asked(target.file, target.column):
            continue
        row = services.get((target.row, ""))
        told = row.cells.get(_TOLD_ON, "") if row else ""
        answered_again = change.source_date >= told and is_from_service(change.source_url)
        if told and target.row not in renewed and not answered_again:
            yield changes.problem(
                change,
                "column",
                f"is something that the service told us on {told}. “Confirmed by the service” "
                "would then stand over something else. Add a line for told_on of services.csv: the "
                "day of its new answer, or blank if it gave none.",
            )


def _told_by_nobody(changes: ChangeSet, change: Proposed) -> Iterator[Problem]:
    """That a service answered is known from the service, and from no page. What was cleared by
    mistake comes back with all that was changed with it."""
    if not change.column.startswith(_TOLD) or not change.new:
        return
    if not is_from_service(change.source_url) and not is_taken_back(change.quote):
        yield changes.problem(
            change,
            "source_url",
            "is a page, and a page does not show that the service answered. Write form: with the "
            "code of the form, or mail: or call: with who told you; or take this line out.",
        )


def _nobody_is_sure(changes: ChangeSet, change: Proposed, rows: Rows) -> Iterator[Problem]:
    """Where people ring, write or look is not changed by what is called unsure; a number may be,
    where it is kept to be asked about. A new row is not shown before it was read as a whole."""
    target = change.target
    row = rows.get((target.row, target.area))
    low = change.confidence == Confidence.LOW
    if row is None or not change.new or not low or target.column not in _WAYS:
        return
    status = f"{target.column}_status"
    after = next(
        (c.new for c in changes.changes if (c.file, c.row, c.column) == (*_name(change), status)),
        row.cells.get(status, ""),
    )
    if after == PhoneStatus.CHECK:
        return
    own = f", or add a line for {status}: check" if status in row.cells else ""
    yield changes.problem(
        change,
        "confidence",
        "is low, and people would ring, write or go there. Ask the service or read its own page, "
        f"then say how sure it is{own}.",
    )


def _name(change: Proposed) -> tuple[str, str]:
    return change.file, change.row
