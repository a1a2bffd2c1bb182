"""The cells that are added to a list of postcodes: `views.bulk_columns`."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from mmhs_finder.bulk import Answered, AreaAnswer
from mmhs_finder.bulk.lookup import AreaNote, WhyNot
from mmhs_finder.directory.models import (
    Status,
)
from mmhs_finder.tables.problems import ProblemKind, ReadingNote, TableProblem
from mmhs_finder.views.bulk_columns import (
    ADDED,
    added_names,
    area_cells,
    area_note,
    km_cells,
    problem_words,
    reading_words,
    row_notes,
    service_name,
    why_not_words,
)
from mmhs_finder.words import say
from tests.made_up.records import (
    service,
)


def test_the_cells_of_an_area_in_the_order_of_the_columns():
    a, b = service(id="a", name="A", self_referral="yes"), service(id="b", status=Status.UNKNOWN)
    team = service(id="t", name="Team", status=Status.UNKNOWN)
    answered = AreaAnswer(
        matched=True,
        council="West",
        council_code="E01",
        icb_2024=("X", "Y"),
        icb_2026=("Z",),
        mmhs=(a, b),
        perinatal=(team,),
    )
    unsure = say("bulk.name_unconfirmed", name="Made Up Service")
    assert dict(zip(ADDED, area_cells(answered), strict=False)) == {
        "matched": "yes",
        "council": "West",
        "council_code": "E01",
        "icb_2024": "X; Y",
        "icb_2026": "Z",
        "mmhs": f"A; {unsure}",
        "mmhs_id": "a; b",
        "self_referral": f"{say('bulk.self_yes')}; {say('bulk.self_unknown')}",
        "perinatal_team": say("bulk.name_unconfirmed", name="Team"),
    }
    assert area_cells(AreaAnswer(matched=False))[0] == "no"
    assert service_name(a) == "A" and service_name(b) == unsure


def test_our_columns_make_way_for_those_that_are_there():
    names = dict(zip(ADDED, added_names(["Note", " mmhs_id ", "mmhs_id_2", "x"]), strict=True))
    assert (names["note"], names["mmhs_id"], names["council"]) == ("note_2", "mmhs_id_3", "council")


def test_kilometres_have_one_decimal_and_blanks_stay_blank():
    assert km_cells(np.array([np.nan, 1.25, 0.0, np.nan])) == ["", "1.2", "0.0", ""]


def test_notes_say_why_a_row_has_no_answer_and_as_what_it_was_read():
    notes = tuple(AreaNote)[:2]
    plain, noted = AreaAnswer(matched=True), AreaAnswer(matched=True, nation="Wales", notes=notes)
    text = " ".join(say(f"bulk.note_{n}", nation="Wales") for n in notes)
    assert (area_note(plain), area_note(noted)) == ("", text)
    reason = next(iter(WhyNot))
    values = {f.name: None for f in fields(Answered)}
    values |= {
        "answer": np.array([0, 1, 0, 0]),
        "why_not": {3: reason},
        "read_as": {0: "CT1 3NG", 1: "CT1 1AA", 3: "x"},
    }
    read_as = [say("bulk.note_read_as", postcode=p) for p in ("CT1 3NG", "CT1 1AA")]
    assert row_notes(Answered(**values), [plain, noted]) == {
        0: read_as[0],
        1: f"{read_as[1]} {text}",
        3: why_not_words(reason),
    }
    assert why_not_words(reason) == say(f"bulk.reason_{reason}")


def test_what_is_wrong_with_a_table_is_said_with_its_figures():
    problem = TableProblem(ProblemKind.TOO_BIG, size=50)
    assert problem_words(problem) == say("bulk.problem_too_big", size=50)
    assert reading_words(ReadingNote.WINDOWS, {}) == say("bulk.encoding_note")
