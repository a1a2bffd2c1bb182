"""Changes against the files of a directory: do they fit what stands there, and what comes of them?

Nothing is read from a disk or written to one: texts in, texts out. Every change that does not fit
is named, with what stands there and what to do.
Not for: the lines by themselves (`changeset`), or whether the outcome is in order (`check`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Final

from mmhs_finder.curation.changeset import FROM_SERVICE, ChangeSet, Proposed
from mmhs_finder.curation.rewriting import CsvText
from mmhs_finder.directory.changes import AREAS_OF_SERVICES, NEW_ROW, ChangeKind, Target, row_of
from mmhs_finder.directory.files import FILES, CsvRow, Problem, spelled
from mmhs_finder.directory.reading import KEYS

_TOLD_ON: Final = "told_on"
_OURS: Final = frozenset({"checked_on", "confidence", "curator_notes", "read", "read_basis"})
"""Columns about our reading and not about the service."""

_NOT_ASKED: Final = ("told_", "source_")
_SHOWN: Final = 80
_NAMED: Final = "name"
"""The column that the `new` of a new row fills, in files that have it."""


@dataclass
class Fitted:
    """What came of fitting: the texts of the files that change, and what does not fit."""

    texts: dict[str, CsvText] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


def is_asked(file: str, column: str) -> bool:
    """Whether a service was asked about this column, so that its answer stands behind it."""
    if file not in ("services.csv", "mmhs_criteria.csv") or column in _OURS:
        return False
    return not column.startswith(_NOT_ASKED)


def fit(changes: ChangeSet, texts: Mapping[str, CsvText]) -> Fitted:
    """The texts after the changes. texts: of every file that is named; they are changed.

    Every change names a file of the directory: `changeset.line_problems` has found nothing.
    """
    fitted = Fitted()
    places = {file: _Places(file, text) for file, text in texts.items()}
    by_file: defaultdict[str, list[Proposed]] = defaultdict(list)
    for change in changes.changes:
        by_file[change.file].append(change)
    for file, found in by_file.items():
        fitted.problems += _File(changes, places[file], found).make()
    fitted.problems += _answers_left_behind(changes, places)
    fitted.texts = {file: texts[file] for file in by_file}
    return fitted


class _Places:
    """Where the rows of a file are, before anything changes."""

    def __init__(self, file: str, text: CsvText) -> None:
        self.file, self.text = file, text
        self.rows: dict[tuple[str, str], CsvRow] = {}
        self.twice: set[tuple[str, str]] = set()
        for row in text.table(file).rows:
            key = self.key(row.cells)
            if key in self.rows:
                self.twice.add(key)
            else:
                self.rows[key] = row

    def key(self, cells: Mapping[str, str]) -> tuple[str, str]:
        area = cells.get("area_code", "") if self.file == AREAS_OF_SERVICES else ""
        return row_of(self.file, cells, area), area

    def last_of(self, row: str) -> int:
        """The number of the last row of a service in `service_areas.csv`; 0 for none."""
        found = [r.number for (name, _), r in self.rows.items() if name == row]
        return max(found, default=0) if self.file == AREAS_OF_SERVICES else 0


class _File:
    """The changes of one file."""

    def __init__(self, changes: ChangeSet, places: _Places, found: list[Proposed]) -> None:
        self.changes, self.places, self.found = changes, places, found
        self.text = places.text
        self.columns = frozenset(self.text.header) & frozenset(FILES[places.file].model_fields)
        self.cells: defaultdict[int, dict[str, str]] = defaultdict(dict)
        self.new: dict[tuple[str, str], dict[str, str]] = {}
        self.removed: dict[tuple[str, str], int] = {}

    def make(self) -> Iterator[Problem]:
        """Changes the text, and says what does not fit."""
        of_rows = [c for c in self.found if c.target.kind is not ChangeKind.CELL]
        for change in of_rows:
            yield from self._whole_row(change)
        for change in self.found:
            if change.target.kind is ChangeKind.CELL:
                yield from self._cell(change)
        for number, cells in self.cells.items():
            self.text.set(number, cells)
        added = [(self.places.last_of(row), cells) for (row, _), cells in self.new.items()]
        self.text.arrange(added, frozenset(self.removed.values()))

    def _problem(self, change: Proposed, column: str, message: str) -> Problem:
        return self.changes.problem(change, column, message)

    def _whole_row(self, change: Proposed) -> Iterator[Problem]:
        target = change.target
        key = (target.row, target.area)
        if target.kind is ChangeKind.MOVED:
            yield self._problem(change, "column", _KEY_STAYS)
        elif target.kind is ChangeKind.NEW_ROW:
            if change.old:
                yield self._problem(change, "old", "must be blank: the row is new.")
            if key in self.places.rows:
                number = self.places.rows[key].number
                message = f"is in the directory already: {target.file} row {number}."
                yield self._problem(change, "row", f"{message} Name the columns to change.")
                return
            cells = _key_cells(target, change.new)
            if cells is None:
                yield self._problem(change, "row", _key_words(target.file))
                return
            if change.new and _NAMED in self.columns and _NAMED not in cells:
                cells[_NAMED] = change.new
            self.new[key] = cells
        else:
            yield from self._removal(change, target, key)

    def _removal(self, change: Proposed, target: Target, key: tuple[str, str]) -> Iterator[Problem]:
        column = change.column.partition(" (")[0]
        if column not in KEYS[target.file]:
            message = "is not the column by which rows are told apart. To take a row out, write "
            yield self._problem(change, "column", f"{message}{KEYS[target.file][-1]}.")
            return
        row = self._row(key)
        if row is None:
            yield from self._no_row(change)
            return
        there = row.cells.get(column, "")
        same = (there, row.cells.get("certainty", "")) if target.area else (there,)
        if change.old not in same:
            yield self._mismatch(change, row, there)
            return
        self.removed[key] = row.number

    def _cell(self, change: Proposed) -> Iterator[Problem]:
        target = change.target
        key, column = (target.row, target.area), target.column
        if target.file == AREAS_OF_SERVICES and not target.area:
            yield self._problem(
                change, "column", "does not say which area. Write it like certainty (E07000106)."
            )
            return
        if column not in self.columns:
            yield self._problem(
                change,
                "column",
                f"is not known in {target.file}. {self._meant(column)}",
            )
            return
        if column in KEYS[target.file]:
            yield self._problem(change, "column", _KEY_STAYS)
            return
        if key in self.new or self._begins_a_row(change):
            cells = self.new.setdefault(key, _key_cells(target, "") or {})
            if change.old:
                yield self._problem(change, "old", "must be blank: the row is new.")
            elif column in cells:
                yield self._problem(
                    change, "column", f"is filled already by the line {NEW_ROW}. Keep one."
                )
            cells[column] = change.new
            return
        row = self._row(key)
        if row is None:
            yield from self._no_row(change)
        elif key in self.removed:
            yield self._problem(change, "row", "is taken out by another of these changes.")
        elif row.cells.get(column, "") != change.old:
            yield self._mismatch(change, row, row.cells.get(column, ""))
        else:
            self.cells[row.number][column] = change.new

    def _meant(self, column: str) -> str:
        near = get_close_matches(column.lower(), sorted(self.columns), n=1)
        return f"Is {near[0]} meant?" if near else "Its columns are listed in data/README.md."

    def _begins_a_row(self, change: Proposed) -> bool:
        """An area of a service that has no row yet: its certainty makes one."""
        target = change.target
        there = (target.row, target.area) in self.places.rows
        return bool(target.area) and not change.old and not there

    def _row(self, key: tuple[str, str]) -> CsvRow | None:
        return None if key in self.places.twice else self.places.rows.get(key)

    def _no_row(self, change: Proposed) -> Iterator[Problem]:
        target = change.target
        key = (target.row, target.area)
        if key in self.places.twice:
            message = "stands in several rows. Put that right by hand first: see `data check`."
        elif target.area:
            message = f"has no row for the area {target.area}."
        else:
            message = f"is not in {target.file}. Look for a spelling mistake in the id."
        yield self._problem(change, "row", message)

    def _mismatch(self, change: Proposed, row: CsvRow, there: str) -> Problem:
        where = f"{change.file} row {row.number}"
        if change.target.kind is ChangeKind.CELL and there == change.new:
            message = f"{where} already says what you want. Take this line out."
            return self._problem(change, "old", message)
        message = (
            f"expects {_quoted(change.old)}, but in {where} stands {_quoted(there)}. If your "
            "change still holds, write into old what stands there; else take this line out."
        )
        return self._problem(change, "old", message)


_KEY_STAYS: Final = (
    "is what everything finds the row by, so it is never changed. Take the row out and add a new "
    "one."
)


def _key_cells(target: Target, new: str) -> dict[str, str] | None:
    """The cells of a new row's key; None where the change does not name them all."""
    keys = KEYS[target.file]
    if len(keys) == 1:
        return {keys[0]: target.row}
    if target.file == AREAS_OF_SERVICES:
        return dict(zip(keys, (target.row, target.area), strict=True)) if target.area else None
    first, _, rest = target.row.partition("/")
    values = [first]
    if len(keys) > 2:  # nation/board/service: what the name is, the change says
        board = rest.removesuffix(f"/{new}") if new and rest.endswith(f"/{new}") else ""
        values += [board, new] if board else rest.split("/")
    else:
        values.append(rest)
    whole = len(values) == len(keys) and all(values)
    return dict(zip(keys, values, strict=True)) if whole else None


def _key_words(file: str) -> str:
    if file == AREAS_OF_SERVICES:
        return "names no area. Write its code into new, such as E07000106."
    return f"does not name the row. Write {'/'.join(KEYS[file])}."


def _answers_left_behind(changes: ChangeSet, places: Mapping[str, _Places]) -> Iterator[Problem]:
    """A fact that a service answered for is not changed while its answer goes on standing."""
    services = places.get("services.csv")
    if services is None:
        return
    renewed = {
        change.row
        for change in changes.changes
        if (change.file, change.column) == ("services.csv", _TOLD_ON)
    }
    for change in changes.changes:
        target = change.target
        if target.kind is not ChangeKind.CELL or not is_asked(target.file, target.column):
            continue
        row = services.rows.get((target.row, ""))
        told = row.cells.get(_TOLD_ON, "") if row else ""
        answered_again = change.source_date == told and change.source_url.startswith(FROM_SERVICE)
        if told and target.row not in renewed and not answered_again:
            yield changes.problem(
                change,
                "column",
                f"is something that the service told us on {told}. “Confirmed by the service” "
                "would then stand over something else. Add a line for told_on of services.csv: the "
                "day of its new answer, or blank if it gave none.",
            )


def _quoted(value: str) -> str:
    shown = " ".join(spelled(value).split())
    if not shown:
        return "a blank cell"
    return f"“{shown if len(shown) <= _SHOWN else shown[: _SHOWN - 1] + '…'}”"
