"""Coverage over time as files for everybody: every share and every change, as JSON and as CSV.

Shares are those of England, the NHS regions and the ICBs of today, on every day that was kept and
today; changes are those from each day to the next.
Not for: which they are (`views.coverage_history`), or sending them (`channels.text.history_files`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from mmhs_finder.coverage.changed import Difference
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.history import KEPT, Snapshot, timeline
from mmhs_finder.coverage.snapshots import KeptSnapshots
from mmhs_finder.coverage.values import WITHOUT, Value
from mmhs_finder.coverage.where import Where
from mmhs_finder.coverage.wording import where_words
from mmhs_finder.render.files.coverage import sources_words
from mmhs_finder.tables.cells import csv_bytes
from mmhs_finder.views.coverage_history import changes_between, difference_words
from mmhs_finder.words import say

JSON_AT: Final = "/coverage/history.json"
CSV_AT: Final = "/coverage/history.csv"
JSON_TYPE: Final = "application/json"
CSV_TYPE: Final = "text/csv"

_VALUES: Final = (Value.YES, Value.PART, *WITHOUT)
_SHARE: Final = ("date", "level", "code", "name", "measure", "births_year_to_mid_2020")
_PERCENT: Final = tuple(f"percent_of_births_{value.value}" for value in _VALUES)
_CHANGE: Final = (
    "since",
    "until",
    "change",
    "by_the_service",
    "service_id",
    "topic",
    "before",
    "after",
    "councils",
    "icbs",
    "births_of_the_councils",
    "in_words",
)
CSV_COLUMNS: Final = ("record", *_SHARE, *_PERCENT, *_CHANGE, "title", "sources")
"""A row is a share ("share") or a change ("change"); the columns of the other kind are blank."""


def history_json(coverage: Coverage, kept: KeptSnapshots) -> bytes:
    """Both lists, with what they are and where they come from. UTF-8."""
    line = timeline(coverage, kept.snapshots)
    data = {
        "title": say("coverage_over_time.file_title"),
        "description": say("coverage_over_time.file_about"),
        "sources": sources_words(),
        "days": [snapshot.day.isoformat() for snapshot in line],
        "left_out": [name for name, _ in kept.unreadable],
        "shares": list(_shares(coverage, line)),
        "changes": list(_changes(coverage, line)),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()


def history_csv(coverage: Coverage, kept: KeptSnapshots) -> bytes:
    """Both lists in one table; no cell is a formula."""
    line = timeline(coverage, kept.snapshots)
    about = {
        "title": say("coverage_over_time.file_title"),
        "sources": f"{say('coverage_over_time.file_about')} {sources_words()}",
    }
    rows = [
        *({"record": "share", **row} for row in _shares(coverage, line)),
        *({"record": "change", **row} for row in _changes(coverage, line)),
    ]
    return csv_bytes(
        CSV_COLUMNS, ([_cell({**row, **about}.get(c, "")) for c in CSV_COLUMNS] for row in rows)
    )


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "; ".join(map(str, value)) if isinstance(value, list) else value


def _shares(coverage: Coverage, line: Sequence[Snapshot]) -> Iterator[dict[str, Any]]:
    """What was not counted on a day, or for a place, is missing."""
    for snapshot in line:
        for place in coverage.places:
            for measure in KEPT:
                shares = snapshot.shares(measure, place)
                if shares is None:
                    continue
                rounded = shares.rounded()
                about = (
                    snapshot.day.isoformat(),
                    _level(place),
                    place.code,
                    place.name or where_words(place),
                    measure.value,
                    shares.births,
                )
                percent = {
                    column: rounded[value]
                    for column, value in zip(_PERCENT, _VALUES, strict=True)
                    if value in rounded
                }
                yield {**dict(zip(_SHARE, about, strict=True)), **percent}


def _level(place: Where) -> str:
    return place.level.value if place.level else "england"


def _changes(coverage: Coverage, line: Sequence[Snapshot]) -> Iterator[dict[str, Any]]:
    for before, after in pairwise(line):
        found = changes_between(coverage.directory, before, after)
        for item in found.items:
            yield _change(coverage, before, after, item)


def _change(
    coverage: Coverage, before: Snapshot, after: Snapshot, item: Difference
) -> dict[str, Any]:
    cells = (
        before.day.isoformat(),
        after.day.isoformat(),
        item.step.value,
        item.newer,
        item.service,
        item.topic,
        item.before,
        item.after,
        list(item.councils),
        list(item.icbs),
        item.births,
        difference_words(item, coverage.directory),
    )
    return dict(zip(_CHANGE, cells, strict=True))
