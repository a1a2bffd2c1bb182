"""A list of postcodes in words: the columns that are added to it, its notes and its problems.

Plain text, for any renderer. Not for: which answer a row gets (`mmhs_finder.bulk`), or writing the
file (`mmhs_finder.render.files.bulk`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mmhs_finder.bulk import Answered, AreaAnswer, AreaNote, WhyNot
from mmhs_finder.directory.models import Service, Status, YesNo
from mmhs_finder.directory.named import nation_words
from mmhs_finder.nation import Nation
from mmhs_finder.tables.columns import CellLayout, PostcodeCells
from mmhs_finder.tables.problems import ProblemKind, ReadingNote, TableProblem
from mmhs_finder.tables.reading import Table
from mmhs_finder.words import number, say, texts

ADDED: Final = (
    "matched",
    "council",
    "council_code",
    "icb_2024",
    "icb_2026",
    "mmhs",
    "mmhs_id",
    "self_referral",
    "perinatal_team",
    "mmhs_distance_km",
    "outcome",
    "note",
)
"""The columns that are added. Where the table has a name already, "_2" is put behind ours."""

_SELF: Final = texts("bulk.self_{}", YesNo)
_NOTE: Final = texts("bulk.note_{}", AreaNote)
_REASON: Final = texts("bulk.reason_{}", WhyNot)
_READING: Final = texts("bulk.{}_note", ReadingNote)
_PROBLEM: Final = texts("bulk.problem_{}", ProblemKind)
_ADDED: Final = texts("bulk.added_{}", ADDED)

FOUND: Final = "found"
"""The cell `outcome` of a row with an answer; of others it is a `WhyNot`."""

_MOST_NAMES: Final = 12
"""Names of sheets or columns in a sentence; more are counted."""

JOIN: Final = "; "
"""Between several values in a cell."""


def added_names(header: Sequence[str]) -> tuple[str, ...]:
    """The names of the added columns, none of which the table's header has."""
    taken = {name.strip().casefold() for name in header}
    names = []
    for name in ADDED:
        own, number = name, 2
        while own in taken:
            own, number = f"{name}_{number}", number + 1
        names.append(own)
    return tuple(names)


def area_cells(answer: AreaAnswer) -> tuple[str, ...]:
    """The cells of `ADDED` that all rows of an area share: all but the last three."""
    return (
        "yes" if answer.matched else "no",
        answer.council,
        answer.council_code,
        JOIN.join(answer.icb_2024),
        JOIN.join(answer.icb_2026),
        JOIN.join(map(service_name, answer.mmhs)),
        JOIN.join(service.id for service in answer.mmhs),
        JOIN.join(_SELF(service.self_referral) for service in answer.mmhs),
        JOIN.join(map(service_name, answer.perinatal)),
    )


def km_cells(km: NDArray[np.float64]) -> list[str]:
    """The cell `mmhs_distance_km` of each row: kilometres with one decimal, blank for NaN."""
    texts = [""] * len(km)
    for row in np.flatnonzero(~np.isnan(km)).tolist():
        texts[row] = f"{km[row]:.1f}"
    return texts


def area_note(answer: AreaAnswer) -> str:
    """The cell `note` of a row in an area: what to know about its services, or ""."""
    nation = nation_words(Nation(answer.nation)) if answer.nation else ""
    return " ".join(_NOTE(note, nation=nation) for note in answer.notes)


def outcome_cells(found: Answered) -> list[str]:
    """The cell `outcome` of each row: `FOUND`, or the code for why it has no answer."""
    cells = [FOUND] * len(found.answer)
    for row, why in found.why_not.items():
        cells[row] = why.value
    return cells


def row_notes(found: Answered, answers: Sequence[AreaAnswer]) -> dict[int, str]:
    """The cell `note` of single rows, by place, instead of their area's: why a row has no answer,
    or as what it was read. `answers`: those of the lookup."""
    notes = {row: why_not_words(reason) for row, reason in found.why_not.items()}
    for row in found.read_as.keys() - notes.keys():
        read_as = say("bulk.note_read_as", postcode=found.read_as[row])
        notes[row] = f"{read_as} {area_note(answers[int(found.answer[row])])}".strip()
    return notes


def why_not_words(reason: WhyNot) -> str:
    """Why a row has no answer."""
    return _REASON(reason)


def missed_words(table: Table) -> list[tuple[str, str]]:
    """Of the rows without an answer: (how many, why), most first."""
    return [(number(rows), why_not_words(WhyNot(why))) for why, rows in table.missed.most_common()]


def service_name(service: Service) -> str:
    """A service's name, marked where we could not confirm that it is running."""
    if service.status is Status.OPEN:
        return service.name
    return say("bulk.name_unconfirmed", name=service.name)


def added_columns() -> tuple[tuple[str, str], ...]:
    """The columns that are added: (name, what is in it)."""
    return tuple((name, _ADDED(name)) for name in ADDED)


def sample_list() -> tuple[tuple[str, str], list[tuple[str, str]]]:
    """A list to try: its header and its rows."""
    header = say("bulk.sample_reference"), say("bulk.sample_postcode")
    return header, [("1", "CT1 3NG"), ("2", "M13 9WL"), ("3", "LS1 4DY")]


def where_words(where: PostcodeCells, names: Sequence[str]) -> str:
    """Where postcodes are read, to choose from. names: of all columns, for people."""
    used = [names[place] for place in where.places]
    if where.way is CellLayout.JOINED:
        return say("bulk.where_joined", columns=_listed(used))
    if where.way is CellLayout.LINES:
        return say("bulk.where_lines", columns=_listed(used))
    return used[0]


def reading_notes(table: Table) -> tuple[str, ...]:
    """What a person should know about how their table was read, when all of it has been: first
    that no row was lost."""
    notes = [say("bulk.rows_all", rows=number(table.done))]
    if table.blank_rows:
        notes.append(say("bulk.rows_blank", rows=number(table.blank_rows)))
    return (*notes, *(reading_words(note, values) for note, values in table.notes.items()))


def choice_notes(table: Table) -> Iterator[str]:
    """What to know before a choice is made: the sheets, and whose postcodes these are."""
    for note in (ReadingNote.SHEET, ReadingNote.FORMULAS, ReadingNote.OTHERS, ReadingNote.NOT_HOME):
        if note in table.notes:
            yield reading_words(note, table.notes[note])


def reading_words(note: ReadingNote, values: Mapping[str, object]) -> str:
    """One thing to know about how a table was read."""
    return _READING(note, **_in_words(values))


def problem_words(problem: TableProblem) -> str:
    """Why a table cannot be used, and what to do, fit to show to anyone."""
    return _PROBLEM(problem.kind, **_in_words(problem.values))


def _in_words(values: Mapping[str, object]) -> dict[str, object]:
    """Names in quotation marks, several as a list, numbers of rows and cells with their commas."""
    words: dict[str, object] = {}
    for key, value in values.items():
        if isinstance(value, list):
            words[key] = _listed(value)
        elif key in ("sheet", "column") and isinstance(value, str):
            words[key] = _quoted(value)
        else:
            words[key] = number(value) if isinstance(value, int) else value
    return words


def _listed(names: Sequence[str]) -> str:
    some = ", ".join(map(_quoted, names[:_MOST_NAMES]))
    left = len(names) - _MOST_NAMES
    return say("bulk.more_names", names=some, count=left) if left > 0 else some


def _quoted(name: str) -> str:
    return say("bulk.name_quoted", name=name)
