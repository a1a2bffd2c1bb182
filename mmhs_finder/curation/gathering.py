"""Answers to a service's questions that rest on different evidence, as one set of changes.

Somebody rings about the number and reads the rest on a page: each group of answers has evidence of
its own. What follows from one group is the ground for the next, and a cell that several change is
changed once, from what stands there to the last.
Not for: what an answer changes (`answering`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mmhs_finder.curation.answering import Evidence, changes_for
from mmhs_finder.curation.applying import Proposed
from mmhs_finder.directory.changes import ChangeKind
from mmhs_finder.directory.files import CsvFile, CsvRow
from mmhs_finder.directory.reading import KEYS

Group = tuple[Mapping[str, str], Evidence]
"""Answers by the questions' ids, and what they rest on."""


def gather(
    tables: Mapping[str, CsvFile], service_id: str, groups: Sequence[Group]
) -> tuple[Proposed, ...]:
    """The changes of all groups together. What the service told comes last, so that it stands.

    tables: the directory's files by name. Raises as `changes_for`.
    """
    found: dict[tuple[object, ...], Proposed] = {}
    for answers, evidence in sorted(groups, key=lambda group: group[1].told is not None):
        for change in changes_for(tables, service_id, answers, evidence):
            target = change.target
            key = (target.file, target.row, target.area, change.column)
            before = found.get(key)
            found[key] = replace(change, old=before.old) if before else change
            if target.kind is ChangeKind.CELL and not target.area:
                tables = _with(tables, change)
    return tuple(
        change
        for change in found.values()
        if change.target.kind is not ChangeKind.CELL or change.old != change.new
    )


def _with(tables: Mapping[str, CsvFile], change: Proposed) -> Mapping[str, CsvFile]:
    """The files with one cell changed."""
    table = tables[change.file]
    key = KEYS[change.file][0]
    rows = tuple(
        CsvRow(row.number, {**row.cells, change.column: change.new})
        if row.cells.get(key) == change.row
        else row
        for row in table.rows
    )
    return {**tables, change.file: replace(table, rows=rows)}
