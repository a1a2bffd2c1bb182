"""The CSV that comes back for a list: all that was in it, what was added, and nothing that runs."""

from __future__ import annotations

import csv
import io

import pytest

from mmhs_finder.answers.finding import Finder
from mmhs_finder.bulk import Lookup
from mmhs_finder.render.files import bulk
from mmhs_finder.render.files.bulk import BulkCancelled, convert
from mmhs_finder.tables.cells import safe_cell
from mmhs_finder.tables.problems import ProblemKind, ReadingNote, TableProblem
from mmhs_finder.tables.reading import open_table
from mmhs_finder.views.bulk_columns import ADDED, area_cells, area_note
from tests.unit.bulk.lists import converted, workbook


@pytest.fixture(scope="module")
def lookup(finder: Finder) -> Lookup:
    return Lookup(finder)


def test_the_named_column_is_looked_up(lookup):
    data = b"first,second,third\nx,CT1 3NG,M33 5EL\n"
    assert converted(data, lookup, column=" THIRD ")[1][4] == "Trafford"
    assert converted(data, lookup, column=1)[1][4] == "Canterbury"


def test_a_workbook(lookup):
    data = workbook([["id", "postcode", "born"], [7, "CT1 3NG", None], [8.5, None, "=1+1"]])
    rows = converted(data, lookup)
    assert rows[1][:5] == ["7", "CT1 3NG", "", "yes", "Canterbury"]
    assert rows[2][:4] == ["8.5", "", "", "no"]


def test_a_list_without_a_header(lookup):
    rows = converted(b"Ann,CT1 3NG\nBea,M33 5EL\n", lookup)
    assert rows[0][:2] == ["column_1", "column_2"]
    assert [row[3] for row in rows[1:]] == ["Canterbury", "Trafford"]


def test_rows_of_other_lengths_keep_all_that_they_have(lookup):
    table = open_table(b"postcode,a\nCT1 3NG\n\nCT1 3NG,x,y,z\n")
    rows = list(csv.reader(io.StringIO(b"".join(convert(table, lookup)).decode("utf-8-sig"))))
    width = 2 + len(ADDED)
    assert [len(row) for row in rows] == [width, width, width + 2]
    assert rows[1][3] == rows[2][3] == "Canterbury"
    assert rows[2][-2:] == ["y", "z"]
    assert table.notes[ReadingNote.SHORTER_ROWS] == {"row": 2, "count": 1}
    assert table.notes[ReadingNote.LONGER_ROWS] == {"row": 4, "letters": "C", "count": 1}


def test_our_column_names_make_way(lookup):
    header = converted(b"postcode,Council,note,note_2\nCT1 3NG,x,y,z\n", lookup)[0]
    assert header[:4] == ["postcode", "Council", "note", "note_2"]
    assert "council_2" in header and "note_3" in header


def test_no_postcode_column(lookup):
    with pytest.raises(TableProblem) as problem:
        next(convert(open_table(b"name,age\nAnn,30\n"), lookup))
    assert problem.value.kind is ProblemKind.NO_COLUMN


def test_a_file_that_turns_out_bad_in_the_middle(lookup):
    table = open_table(b"ref,postcode\n" + b"1,CT1 3NG\n" * 200_000 + b"\x81,CT1 3NG\n")
    with pytest.raises(TableProblem) as problem:
        b"".join(convert(table, lookup))
    assert problem.value.kind is ProblemKind.ENCODING


def test_no_cell_is_a_formula(lookup):
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows(
        [["postcode", "@head"], ["CT1 3NG", "\t=1+1"], ["=1+1", "-1+1"], ["x", "-1", "＝1"]]
    )
    rows = converted(text.getvalue().encode(), lookup)
    assert [row[:2] for row in rows] == [
        ["postcode", "'@head"],
        ["CT1 3NG", "'\t=1+1"],
        ["'=1+1", "'-1+1"],
        ["x", "-1"],
    ]
    assert rows[3][-1] == "'＝1"


def test_nothing_that_we_add_is_a_formula(lookup):
    cells = {c for answer in lookup.answers for c in (*area_cells(answer), area_note(answer))}
    assert not [c for c in cells if c != safe_cell(c)]


def test_progress_ends_at_all_and_cancel_stops(lookup, monkeypatch):
    monkeypatch.setattr(bulk, "CHUNK", 100)
    data = b"postcode\n" + b"CT1 3NG\n" * 1050
    seen: list[tuple[int, int]] = []
    table = open_table(data)
    b"".join(convert(table, lookup, progress=lambda *p: seen.append(p)))
    assert seen[-1] == (1050, 1050)
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert (table.done, table.matched) == (1050, 1050)
    stop = False
    pieces = convert(open_table(data), lookup, cancelled=lambda: stop)
    assert [next(pieces) for _ in range(3)]
    stop = True
    with pytest.raises(BulkCancelled):
        next(pieces)


def test_what_is_in_memory_is_one_piece(lookup):
    """A table that never ends gives its first rows."""

    class Endless(io.RawIOBase):
        def __init__(self) -> None:
            self.read_bytes = 0

        def readable(self) -> bool:
            return True

        def read(self, count: int = -1) -> bytes:
            start = b"postcode\n" if not self.read_bytes else b""
            self.read_bytes += count
            return start + b"CT1 3NG\n" * (count // 8)

    source = Endless()
    pieces = convert(open_table(source, max_bytes=None), lookup)
    for _ in range(4):
        assert next(pieces)
    assert source.read_bytes < 4 << 20
