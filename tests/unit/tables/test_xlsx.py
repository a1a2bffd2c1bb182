"""Workbooks read as openpyxl writes them, and those that cannot be read, in plain kinds."""

from __future__ import annotations

import datetime
import io
import subprocess
import sys
import zipfile
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from mmhs_finder.tables import xlsx
from mmhs_finder.tables.problems import TableProblem
from mmhs_finder.tables.xlsx import Workbook
from mmhs_finder.tables.xlsx_reader import PIECE, messages

MOMENTS = st.datetimes(*map(datetime.datetime.fromisoformat, ("1900-03-01", "2100-01-01")))
CELLS = st.one_of(
    st.none(),
    st.text(max_size=20).filter(
        lambda t: (
            not ILLEGAL_CHARACTERS_RE.search(t)
            and t[:1] != "="
            and (t == "" or t.strip() != "")  # a cell of line breaks alone comes back empty
        )
    ),
    st.integers(-(10**15), 10**15),
    st.integers(-(10**9), 10**9).map(lambda n: n / 1000),  # openpyxl writes 16 digits
    st.booleans(),
    MOMENTS.map(lambda m: m.replace(microsecond=0)),
    st.dates(datetime.date(1900, 3, 1), datetime.date(2100, 1, 1)),
)


def saved(book: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def workbook(*rows: list[object]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    return saved(book)


def read_here(data: bytes) -> list[list[str]]:
    """The rows of the first sheet that is not empty, as the reader says them, in this process."""
    told: list[list[Any]] = []
    said = messages(data, lambda: [min(sheet[0] for sheet in told if sheet[5])])
    told += iter(said.__next__, None)
    if not any(sheet[5] for sheet in told):
        return []
    *pieces, end, last = said
    assert (end, last) == (None, True)
    return [row for piece in pieces for row in piece if row]


def read(data: bytes) -> list[list[str]]:
    book = Workbook(io.BytesIO(data))
    filled = [sheet for sheet in book.sheets if sheet.count]
    return [row for rows in book.rows(filled[:1]) for _, row in rows]


def as_text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else str(value)
    return str(value).removesuffix(" 00:00:00")


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_what_openpyxl_writes_is_read(table: list[list[object]]) -> None:
    wanted = []
    for row in table:
        texts = [as_text(value).replace("\r\n", "\n").replace("\r", "\n") for value in row]
        while texts and not texts[-1]:
            texts.pop()
        wanted += [texts] if texts else []
    first = min((next(i for i, text in enumerate(row) if text) for row in wanted), default=0)
    # Columns that are empty from top to bottom, before the first that is not, are not there.
    assert read_here(workbook(*table)) == [row[first:] for row in wanted]


def test_another_process_says_the_same() -> None:
    data = workbook(["ref", "postcode"], *([n, "CT1 3NG"] for n in range(PIECE * 2)))
    (sheet,) = Workbook(io.BytesIO(data)).sheets
    assert (sheet.count, sheet.first_row) == (PIECE * 2 + 1, 1)
    assert read(data) == read_here(data)


def test_a_sheet_that_starts_in_the_middle() -> None:
    book = openpyxl.Workbook()
    book.active.title = "Hidden"
    book.active.sheet_state = "hidden"
    book.active["A1"] = "not this"
    book.create_chartsheet("Chart")
    sheet = book.create_sheet("Second")
    sheet["C5"], sheet["E5"] = "id", "postcode"
    sheet["C9"], sheet["E9"], sheet["G9"] = 7.0, "CT1 3NG", ""
    book.create_sheet("Third")["A1"] = "nor this"
    assert read_here(saved(book)) == [["id", "", "postcode"], ["7", "", "CT1 3NG"]]


@pytest.mark.parametrize(
    ("value", "shown", "text"),
    [
        (datetime.date(1990, 5, 4), None, "1990-05-04"),
        (datetime.datetime.fromisoformat("1990-05-04T13:30:05"), None, "1990-05-04 13:30:05"),
        (datetime.time(9, 30), None, "09:30:00"),
        (datetime.timedelta(hours=30, minutes=5), None, "30:05:00"),
        (45000.5, "dd mmm yyyy", "2023-03-15 12:00:00"),
        (45000, "[$-809]dd/mm/yyyy;@", "2023-03-15"),
        (45000, '#,##0.00" days"', "45000"),
        (9434765919, None, "9434765919"),
        (0.5, "0%", "0.5"),
        (1e300, None, "1e+300"),
        ("=1+1", None, ""),
        (True, None, "TRUE"),
        ("a\nb", None, "a\nb"),
    ],
)
def test_cells_are_written_as_in_a_csv(value, shown, text) -> None:
    book = openpyxl.Workbook()
    book.active["A1"], book.active["B1"], book.active["A2"] = value, "end", "x"
    if shown:
        book.active["A1"].number_format = shown
    assert read_here(saved(book)) == [[text, "end"], ["x"]]


def test_dates_of_old_macs() -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.MAC_EPOCH
    book.active["A1"] = datetime.date(1990, 5, 4)
    assert read_here(saved(book)) == [["1990-05-04"]]


def changed(data: bytes, part: str, old: str, new: str) -> bytes:
    """A workbook with another text in one of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            text = source.read(name)
            if name == part:
                assert old.encode() in text
                text = text.replace(old.encode(), new.encode())
            target.writestr(name, text)
    return out.getvalue()


TWO = workbook(["postcode"], ["CT1 3NG"])
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04 cut off", "broken_xlsx"),
        (TWO[:-40], "broken_xlsx"),
        (changed(TWO, SHEET, "<sheetData>", "<sheetData"), "broken_xlsx"),
        # Cells far apart: hundreds of GB in one block, which ends the reader.
        (changed(TWO, SHEET, 'r="A2"', 'r="XFD1048576"'), "zip_bomb"),
        (changed(TWO, SHEET, 'r="A2"', 'r="ALK1048576"'), "zip_bomb"),
    ],
)
def test_workbooks_that_cannot_be_read(data: bytes, kind: str) -> None:
    with pytest.raises(TableProblem) as problem:
        read(data)
    assert problem.value.kind == kind


@pytest.mark.parametrize(
    ("limit", "value", "kind"),
    [("MAX_PARTS", 3, "zip_bomb"), ("MAX_UNPACKED", 99, "zip_bomb")],
)
def test_limits(monkeypatch, limit: str, value: int, kind: str) -> None:
    assert read(TWO) == [["postcode"], ["CT1 3NG"]]
    monkeypatch.setattr(xlsx, limit, value)
    with pytest.raises(TableProblem, match=kind):
        read(TWO)


def test_sizes_are_looked_at_before_anything_is_unpacked(monkeypatch) -> None:
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: pytest.fail("it was started"))
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", " " * 30_000_000)
    with pytest.raises(TableProblem, match="zip_bomb"):
        read(data.getvalue())


def test_a_table_of_another_kind_is_no_workbook() -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("word/document.xml", "<document/>")
    with pytest.raises(TableProblem, match="broken_xlsx"):
        read(data.getvalue())


def test_who_stops_early_leaves_no_process_behind(monkeypatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def remember(*args, **kwargs):
        started.append(popen(*args, **kwargs))
        return started[-1]

    monkeypatch.setattr(subprocess, "Popen", remember)
    book = Workbook(io.BytesIO(workbook(*(["CT1 3NG " * 9] for _ in range(PIECE * 4)))))
    rows = next(book.rows(book.sheets))
    next(rows)
    assert started[0].poll() is None
    del book, rows
    assert started[0].poll() is not None


def test_only_so_many_are_read_at_once(monkeypatch) -> None:
    monkeypatch.setattr(xlsx, "PATIENCE", 0.01)
    data = workbook(*(["CT1 3NG " * 9] for _ in range(PIECE * 4)))
    open_ones = [Workbook(io.BytesIO(data)) for _ in range(xlsx.AT_ONCE)]
    with pytest.raises(TableProblem, match="busy"):
        read(TWO)
    open_ones.pop().close()
    assert read(TWO) == [["postcode"], ["CT1 3NG"]]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
def test_the_reader_has_limits_of_its_own() -> None:
    code = (
        "import resource, mmhs_finder.tables.xlsx_reader as r; r.limit();"
        "print(resource.getrlimit(resource.RLIMIT_AS)[0] == r.MEMORY,"
        "resource.getrlimit(resource.RLIMIT_CPU)[0] == r.SECONDS)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "True True\n"
