"""A file changes only in the lines concerned, whatever its cells hold and however it was saved."""

from __future__ import annotations

import csv
import io
from contextlib import suppress

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mmhs_finder.curation.changeset import Refused, read_changes_file
from mmhs_finder.curation.rewriting import CsvText
from mmhs_finder.directory.changes import COLUMNS

CELLS = st.text(st.sampled_from("ab,;\"'\r\n \t€😀\u2028\x0b=é"), max_size=6)
COUNT = 3


@st.composite
def tables(draw):
    """(rows, how they are saved as bytes)."""
    rows = draw(st.lists(st.lists(CELLS, min_size=COUNT, max_size=COUNT), min_size=1, max_size=5))
    rows.insert(0, ["one", "two", "three"])
    end = draw(st.sampled_from(["\n", "\r\n"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n", quoting=quoting).writerows(rows)
    raw = text.getvalue()
    if end == "\n":
        assume("\r\n" not in "".join(cell for row in rows for cell in row))
        raw = raw.replace("\r\n", "\n")
    if draw(st.booleans()):
        raw = raw.removesuffix(end)
    return rows, (draw(st.sampled_from(["", "\ufeff"])) + raw).encode()


def read(raw: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


@settings(deadline=None)
@given(tables())
def test_what_nobody_changes_keeps_every_byte(table):
    _, raw = table
    assert CsvText.of(raw).written() == raw


@settings(deadline=None)
@given(tables(), CELLS, st.data())
def test_a_cell_that_changes_is_read_back_and_all_others_are_what_they_were(table, value, data):
    rows, raw = table
    row = data.draw(st.integers(2, len(rows)))
    text = CsvText.of(raw)
    text.set(row, {"two": value})
    expected = [list(cells) for cells in rows]
    expected[row - 1][1] = value
    assert read(text.written()) == expected
    untouched = [line.raw for n, line in enumerate(CsvText.of(raw).lines, 1) if n != row]
    assert [line.raw for n, line in enumerate(text.lines, 1) if n != row] == untouched
    again = CsvText.of(text.written())
    again.set(row, {"two": rows[row - 1][1]})
    assert again.written() == raw


@settings(deadline=None)
@given(tables(), st.data())
def test_rows_come_and_go_where_they_are_told_to(table, data):
    rows, raw = table
    after = data.draw(st.integers(0, len(rows)))
    gone = data.draw(st.sets(st.integers(2, len(rows))))
    text = CsvText.of(raw)
    text.arrange([(after, {"one": "a", "three": 'b,"'})], gone)
    expected = []
    for number, cells in enumerate(rows, 1):
        expected += [cells] if number not in gone else []
        expected += [["a", "", 'b,"']] if number == (after or len(rows)) else []
    assert read(text.written()) == expected


@settings(deadline=None)
@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda t: t.encode()), st.booleans())
def test_no_file_of_changes_does_more_than_be_refused(tmp_path_factory, raw, headed):
    path = tmp_path_factory.mktemp("any") / "any.csv"
    path.write_bytes(",".join(COLUMNS).encode() + b"\n" + raw if headed else raw)
    with suppress(Refused):  # and nothing else
        assert read_changes_file(path).changes


@pytest.mark.parametrize("raw", [b"\xff", b'a,b\n"c'])
def test_what_is_no_csv_is_a_value_error(raw):
    with pytest.raises(ValueError, match=r"."):
        CsvText.of(raw)
