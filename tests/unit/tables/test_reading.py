"""Lists that people bring: read as they are meant, and a plain word for every bad file."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile

import pytest

from mmhs_finder.tables import files
from mmhs_finder.tables.columns import find_where
from mmhs_finder.tables.problems import ProblemKind, ReadingNote, TableProblem
from mmhs_finder.tables.reading import Table, open_table
from mmhs_finder.views.bulk_columns import problem_words
from tests.unit.bulk.lists import workbook


def find_column(header: list[str], rows: list[list[str]]) -> int | None:
    found = find_where(header, rows)
    return found.places[0] if found else None


def column_of(table: Table) -> int | None:
    return table.where.places[0] if table.where else None


@pytest.mark.parametrize("name", ["postcode", "Post code", "POST_CODE", "pcds", "Home postcode"])
def test_the_column_is_found_by_its_name(name):
    assert find_column(["id", name, "x"], [["1", "CT1 3NG", "M1 1AE"]]) == 1


def test_the_column_is_found_by_what_is_in_it():
    rows = [["a", "CT1 3NG"], ["b", "M1 1AE"], ["c", "unknown"]]
    assert find_column(["who", "where"], rows) == 1
    assert find_column(["who", "where"], [["a", "b"]]) is None


def test_a_name_alone_does_not_win_over_a_column_full_of_postcodes():
    rows = [["no", "CT1 3NG"], ["yes", "M1 1AE"]]
    assert find_column(["postcode checked", "address end"], rows) == 1


def test_of_two_named_columns_the_fuller_one_wins():
    rows = [["", "CT1 3NG"], ["n/a", "M1 1AE"]]
    assert find_column(["postcode", "patient postcode"], rows) == 1


def read(source: bytes | io.BytesIO, **options: object) -> list[list[str]]:
    """The header and the rows."""
    table = open_table(source, **options)
    return [list(table.header), *table.rows]


def test_a_column_can_be_named():
    data = b"first,second,third\nx,CT1 3NG,M33 5EL\n"
    assert column_of(open_table(data)) == 1
    assert column_of(open_table(data, column=" THIRD ")) == 2
    assert column_of(open_table(data, column=1)) == 1
    assert column_of(open_table(b"postcode,,x\na,CT1 3NG,b\n", column="column 2")) == 1
    for column in ("fourth", 3, -1):
        with pytest.raises(TableProblem) as problem:
            open_table(data, column=column)
        assert problem.value.kind is ProblemKind.NO_SUCH_COLUMN
        assert problem.value.values == {"columns": "first, second, third"}


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(mark, end):
    data = end.join([mark.join(["a", "postcode"]), mark.join(["x", "CT1 3NG"]), ""]).encode()
    assert read(data) == [["a", "postcode"], ["x", "CT1 3NG"]]
    assert column_of(open_table(data)) == 1


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("cp1252", ReadingNote.WINDOWS),
        ("utf-16", ReadingNote.UTF_16),
    ],
)
def test_encodings(encoding, note):
    table = open_table("name,postcode\nZoë Müller,CT1 3NG\n".encode(encoding))
    assert list(table.rows) == [["Zoë Müller", "CT1 3NG"]]
    assert [*table.notes] == [*([note] if note else []), ReadingNote.COLUMN]


def test_windows_letters_late_in_a_long_file():
    data = b"name,postcode\n" + b"A,CT1 3NG\n" * 200_000 + "Zoë,CT1 3NG\n".encode("cp1252")
    table = open_table(io.BytesIO(data))
    assert list(table.rows)[-1] == ["Zoë", "CT1 3NG"]
    assert [*table.notes][-1] == ReadingNote.WINDOWS


def test_how_to_read_windows_letters_is_told_to_python_only_when_it_is_needed():
    code = (
        "import codecs, mmhs_finder.tables.reading as r\n"
        "def known():\n"
        "    try: return bool(codecs.lookup_error('mmhs-or-cp1252'))\n"
        "    except LookupError: return False\n"
        "print(known(), end=' ')\n"
        "list(r.open_table(b'postcode\\nCT1 3NG,\\xe9\\n').rows)\n"
        "print(known())"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False True\n"


def test_letters_on_the_edge_of_a_block_are_whole(monkeypatch):
    monkeypatch.setattr(files, "BLOCK", 7)
    data = 'name,postcode\nZoë,CT1 3NG\n"a\r\nb",CT1 3NG\n'.encode()
    assert [row[0] for row in read(data)] == ["name", "Zoë", "a\r\nb"]


def test_a_list_without_a_header():
    table = open_table(b"Ann,CT1 3NG\nBea,M33 5EL\n")
    assert table.header == ("column_1", "column_2")
    assert list(table.rows) == [["Ann", "CT1 3NG"], ["Bea", "M33 5EL"]]
    assert [*table.notes] == [ReadingNote.NO_HEADER, ReadingNote.COLUMN]


# --- XLSX -----------------------------------------------------------------------------------------


def test_a_workbook():
    data = workbook([["id", "postcode", "born"], [7, "CT1 3NG", None], [8.5, None, "=1+1"]])
    # A formula that was never worked out is blank.
    assert read(data) == [["id", "postcode", "born"], ["7", "CT1 3NG"], ["8.5"]]


class Pipe(io.BytesIO):
    def seekable(self) -> bool:
        return False


def test_from_a_pipe():
    data = workbook([["postcode"], ["CT1 3NG"]])
    assert read(Pipe(data)) == [["postcode"], ["CT1 3NG"]]
    assert read(Pipe(b"postcode\nCT1 3NG\n")) == [["postcode"], ["CT1 3NG"]]
    with pytest.raises(TableProblem) as problem:
        open_table(Pipe(data), max_bytes=100)
    assert problem.value.kind is ProblemKind.TOO_BIG


def test_a_zip_bomb_is_not_opened():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    with pytest.raises(TableProblem) as problem:
        open_table(data.getvalue())
    assert problem.value.kind == "zip_bomb"


def test_entities_that_multiply_are_not_followed():
    book = io.BytesIO(workbook([["postcode"], ["CT1 3NG"]]))
    data = io.BytesIO()
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="str"><v>&b;</v></c></row></sheetData></worksheet>'
    )
    with zipfile.ZipFile(book) as old, zipfile.ZipFile(data, "w") as new:
        for part in old.namelist():
            new.writestr(part, bomb if part.endswith("sheet1.xml") else old.read(part))
    with pytest.raises(TableProblem) as problem:
        open_table(data.getvalue())
    assert problem.value.kind == "broken_xlsx"


# --- bad files ------------------------------------------------------------------------------------


def _zip(**parts: str) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n \n", "empty"),
        (b"postcode\n", "empty"),
        (b"postcode\n,,\n", "empty"),
        (workbook([]), "empty"),
        (workbook([["postcode"]]), "empty"),
        (b"%PDF-1.7\n", "not_a_table"),
        (b"<html><body>postcode</body></html>", "web_page"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not_a_table"),
        (b"postcode\nCT1" + b"\0" * 99 + b" 3NG\n", "not_a_table"),
        (b'postcode\n"' + b"a" * 200_000, "not_a_table"),
        (_zip(readme=""), "empty"),
        (_zip(**{"word/document.xml": "x"}), "not_a_table"),
        (_zip(a="x", b="y"), "several_files"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b"PK\x03\x04 cut off", "broken_xlsx"),
        (_zip(**{"xl/workbook.xml": "<nothing"}), "broken_xlsx"),
        (b"name,postcode\n\x81\x8d,CT1 3NG\n", "encoding"),
        (b"\xff\xfea\x00,\x00\x00\xd8b\x00", "encoding"),
        (b"\n".join([b",".join([b"postcode"] * 1001), b"CT1 3NG," * 1001]), "too_many_columns"),
        (workbook([["postcode"], ["CT1 3NG"] * 1001]), "too_many_columns"),
    ],
)
def test_each_bad_file_has_a_plain_message(data, kind):
    with pytest.raises(TableProblem) as problem:
        list(open_table(data).rows)
    assert problem.value.kind == kind
    assert problem_words(problem.value)
    assert "{" not in problem_words(problem.value)


def test_no_postcode_column():
    table = open_table(b"name,age\nAnn,30\n")
    assert table.where is None
    assert table.column_names() == ("name", "age")


def test_too_large():
    with pytest.raises(TableProblem) as problem:
        open_table(b"postcode\n" + b"CT1 3NG\n" * 200_000, max_bytes=1 << 20)
    assert problem.value.kind is ProblemKind.TOO_BIG
    assert "1 MB" in problem_words(problem.value)
