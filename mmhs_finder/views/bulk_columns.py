"""A list of postcodes in words: the columns that are added to it, its notes and its problems.

Plain text, for any renderer. Not for: which answer a row gets (`mmhs_finder.bulk`), or writing the
file (`mmhs_finder.render.files.bulk`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mmhs_finder.bulk import Answered, AreaAnswer, AreaNote, WhyNot
from mmhs_finder.directory.models import Service, Status, YesNo
from mmhs_finder.directory.named import nation_words
from mmhs_finder.nation import Nation
from mmhs_finder.tables.problems import ProblemKind, ReadingNote, TableProblem
from mmhs_finder.words import say, texts

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
    "note",
)
"""The columns that are added. Where the table has a name already, "_2" is put behind ours."""

_SELF: Final = texts("bulk.self_{}", YesNo)
_NOTE: Final = texts("bulk.note_{}", AreaNote)
_REASON: Final = texts("bulk.reason_{}", WhyNot)
_READING: Final = texts("bulk.{}_note", ReadingNote)
_PROBLEM: Final = texts("bulk.problem_{}", ProblemKind)

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
    """The cells of `ADDED` that all rows of an area share: all but the last two."""
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


def service_name(service: Service) -> str:
    """A service's name, marked where we could not confirm that it is running."""
    if service.status is Status.OPEN:
        return service.name
    return say("bulk.name_unconfirmed", name=service.name)


def reading_words(note: ReadingNote) -> str:
    """What a person should know about how their table was read."""
    return _READING(note)


def problem_words(problem: TableProblem) -> str:
    """Why a table cannot be used, and what to do, fit to show to anyone."""
    return _PROBLEM(problem.kind, **problem.values)
