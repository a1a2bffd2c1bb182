"""Files for spreadsheets: nothing in them is a formula, and nothing else is changed."""

from __future__ import annotations

import csv
import io
import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.tables.cells import csv_bytes, csv_lines, safe_cell

UNSEEN = st.text(" \t\r\n\0\v\xa0\u2003\u3000\u200b\u2060\ufeff\u00ad", max_size=3)
OPERATORS = st.sampled_from([*"=+-@＝＋－＠﹦﹢﹣﹫−⁺₌"])


def read(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize(
    "cell",
    [
        *("=", "=1", "+1", "+5", "-", "-x", "@x", "＝1", "＋1", "－1", "＠x", "﹣x", "−1"),
        *("--", "--5", "-5-5", "-2+3", "-,", "-.5", "-٣", "-1e", "-cmd", "+441603111222"),
        *(f"{unseen}=1" for unseen in "\t\r\n\0 \u00a0\u200b\ufeff"),
        "\tplain",
        " -5",
        "-5 ",
        "-5\n=1",
        "-1+cmd|' /C calc'!A0",
        "+44 1603 111222",
        '=HYPERLINK("https://x.example","y")',
    ],
)
def test_what_would_be_a_formula_becomes_text(cell: str) -> None:
    assert safe_cell(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell",
    [
        *("", " ", "Thrive", "1 = 2", "01603 786781", "a\tb", "'=1", "(=1)", '"=1', "é=1", "£-5"),
        *("-5", "-0", "-5.25", "-1,234.50", "-1e-07", "-1E+10", "#N/A"),
    ],
)
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert safe_cell(cell) == cell


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (7, "7"),
        (-7, "-7"),
        (-1e-9, "-1e-09"),
        (Decimal("-2.5"), "-2.5"),
        (float("-inf"), "'-inf"),
        (date(2026, 11, 22), "2026-11-22"),
        (True, "True"),
        (None, ""),
    ],
)
def test_what_is_no_text_is_written_as_text(cell: object, text: str) -> None:
    assert safe_cell(cell) == text


@given(UNSEEN, OPERATORS, st.text(max_size=10))
def test_nothing_unseen_hides_an_operator(unseen: str, operator: str, rest: str) -> None:
    cell = f"{unseen}{operator}{rest}x"  # with the x it is no number
    assert safe_cell(cell) == f"'{cell}"


@given(st.text())
def test_a_cell_is_changed_by_an_apostrophe_or_not_at_all(cell: str) -> None:
    safe = safe_cell(cell)
    assert safe in (cell, f"'{cell}")
    assert safe_cell(safe) == safe
    assert unicodedata.normalize("NFKC", safe.strip())[:1] not in set("=+@") or safe != cell


@given(st.one_of(st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_a_number_stays_a_number(number: float) -> None:
    assert type(number)(safe_cell(number)) == number


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=2)))
def test_every_row_comes_back(rows: list[list[str]]) -> None:
    data = csv_bytes(("a", "b"), rows)
    assert data.startswith(b"\xef\xbb\xbf")
    assert read(data) == [["a", "b"], *([safe_cell(c) for c in row] for row in rows)]


def test_commas_quotes_and_lines_survive() -> None:
    row = ["a, b", 'say "x"', "two\nlines", str(date(2026, 11, 22))]
    data = csv_bytes(("1", "2", "3", "=4"), [row])
    assert read(data) == [["1", "2", "3", "'=4"], row]
    assert data.count(b"\r\n") == 2


def test_half_a_letter_does_not_break_the_file() -> None:
    assert csv_lines([["a\ud800b"]]) == b"a?b\r\n"
