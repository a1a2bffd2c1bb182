"""The words for lists of postcodes: one for each code, and a code for each word."""

from __future__ import annotations

from enum import StrEnum

import numpy as np
import pytest

from mmhs_finder.bulk import AreaAnswer, AreaNote, WhyNot
from mmhs_finder.tables.problems import ProblemKind, ReadingNote, TableProblem
from mmhs_finder.views.bulk_columns import (
    added_names,
    area_cells,
    area_note,
    km_cells,
    problem_words,
    reading_words,
    why_not_words,
)
from mmhs_finder.words import all_words

GAPS = "size count row rows out letters cell cells first last line lines name names sheet column"
LISTS = ("sheets", "others", "columns")
VALUES = dict.fromkeys(GAPS.split(), "1") | {gap: ["a", "b"] for gap in LISTS}


def worded(begin: str, end: str = "") -> set[str]:
    """The codes that the words files have a text for."""
    keys = [k for k in all_words() if k.startswith(begin) and k.endswith(end)]
    return {k.removeprefix(begin).removesuffix(end) for k in keys}


@pytest.mark.parametrize(
    ("codes", "texts"),
    [
        (AreaNote, worded("bulk.note_") - {"read_as"}),
        (WhyNot, worded("bulk.reason_")),
        (ProblemKind, worded("bulk.problem_") - {"title"}),
        (ReadingNote, worded("bulk.", "_note") - {"csv", "added"}),
    ],
)
def test_each_code_has_words_and_no_words_are_left_over(codes: type[StrEnum], texts: set[str]):
    assert {str(code) for code in codes} == texts


def test_no_words_have_gaps_left():
    texts = [problem_words(TableProblem(kind, **VALUES)) for kind in ProblemKind]
    texts += [reading_words(note, VALUES) for note in ReadingNote]
    texts += map(why_not_words, WhyNot)
    texts.append(area_note(AreaAnswer(matched=True, nation="Wales", notes=tuple(AreaNote))))
    assert not [text for text in texts if "{" in text or not text]


def test_an_area_without_anything_has_blank_cells():
    assert area_cells(AreaAnswer(matched=False)) == ("no", *[""] * 8)
    assert area_note(AreaAnswer(matched=False)) == ""


def test_kilometres_have_one_decimal_or_are_blank():
    assert km_cells(np.array([0.04, np.nan, 12.36])) == ["0.0", "", "12.4"]


def test_our_column_names_make_way():
    names = added_names(["postcode", "Council", "note", " NOTE_2 "])
    assert (names[1], names[-1]) == ("council_2", "note_3")
    assert len(set(names)) == len(names)
