"""The kinds of file that people bring: what is read of each, and what is refused by its cause."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from mmhs_finder.tables.problems import ReadingNote, TableProblem
from tests.unit.tables.lists import read, sheets

A, B, C = "CT1 3NG", "M33 5EL", "LS1 4DY"
BODY = f"ref,name,postcode\n1,Ann,{A}\n2,Bea,{B}\n3,Cat,{C}\n"
TABLE = [["ref", "name", "postcode"], [1, "Ann", A], [2, "Bea", B], [3, "Cat", C]]


def test_formulas_that_nobody_worked_out_are_named() -> None:
    data = sheets(List=[["ref", "postcode", "n"], [1, '=A1&"x"', "=1+1"], [2, A, "=2"]])
    assert read(data).values("formulas") == {"cells": 3, "cell": "B2", "count": 1}
    assert ReadingNote.FORMULAS not in read(sheets(List=TABLE)).notes


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16"])
def test_utf_16_with_and_without_a_mark(encoding: str) -> None:
    found = read(BODY.replace("Ann", "Zoë").encode(encoding))
    assert (found.rows[0][1], found.looked_up) == ("Zoë", [A, B, C])
    assert ReadingNote.UTF_16 in found.notes


def test_a_stray_nul_is_left_out_and_its_line_is_named() -> None:
    found = read(BODY.replace("Bea", "B\0ea").encode())
    assert found.rows[1][1] == "Bea"
    assert found.values("nul") == {"line": 3, "count": 1}


def packed(parts: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        packed({"list.csv": BODY.encode()}),
        packed({"list.csv": BODY.encode("utf-16"), "__MACOSX/._list.csv": b"\0\1"}),
        packed({"of May/list.xlsx": sheets(List=TABLE), "of May/.DS_Store": b"x"}),
        gzip.compress(BODY.encode()),
    ],
    ids=["csv", "utf-16", "workbook", "gzip"],
)
def test_a_list_in_a_zip(data: bytes) -> None:
    assert read(data).looked_up == [A, B, C]


def open_document(cells: str) -> bytes:
    """An ODS whose only sheet has these rows."""
    data = io.BytesIO()
    names = ["office:1.0", "table:1.0", "text:1.0"]
    spaces = "".join(
        f' xmlns:{n.split(":")[0]}="urn:oasis:names:tc:opendocument:xmlns:{n}"' for n in names
    )
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces}>'
            '<office:body><office:spreadsheet><table:table table:name="List">'
            f"{cells}</table:table></office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<m:file-entry m:full-path="content.xml"/></m:manifest>',
        )
    return data.getvalue()


def row_of(*texts: str, more: str = "") -> str:
    cells = "".join(
        f'<table:table-cell office:value-type="string"{more}><text:p>{text}</text:p>'
        "</table:table-cell>"
        for text in texts
    )
    return f"<table:table-row{more.replace('columns', 'rows')}>{cells}</table:table-row>"


def test_an_open_document() -> None:
    data = open_document(row_of("Caseload") + row_of("ref", "postcode") + row_of("1", A))
    assert read(data).looked_up == [A]
    assert read(packed({"list.ods": data})).looked_up == [A]


def test_an_open_document_that_says_it_is_huge_is_not_read() -> None:
    huge = row_of("x", more=' table:number-columns-repeated="16000"')
    # The library refuses it; should a later one try, its process has no memory for it.
    with pytest.raises(TableProblem, match=r"broken_xlsx|zip_bomb"):
        read(open_document(row_of("postcode") + huge * 20))


def test_zips_that_are_no_list() -> None:
    locked = bytearray(packed({"list": BODY.encode()}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    cases = {
        "password": bytes(locked),
        "several_files": packed({"a": b"x", "b": b"y"}),
        "broken_zip": gzip.compress(BODY.encode() * 2000, mtime=0)[:-60],
        "zip_bomb": packed({"list": b"\n" * 30_000_000}),
        "too_big": packed({"list": b"a,b\n1,x\n" * 900_000}),
    }
    for kind, data in cases.items():
        with pytest.raises(TableProblem, match=f"^{kind}$"):
            read(data, max_bytes=5 << 20)


def test_a_web_page_that_is_called_a_workbook() -> None:
    for begin in (b"<html>", b"\xef\xbb\xbf  <?xml version='1.0'?>"):
        with pytest.raises(TableProblem, match="web_page"):
            read(begin + b"<table><tr><td>CT1 3NG</td></tr></table>")


def test_names_in_square_brackets_are_no_json() -> None:
    assert read(f"[ref],[postcode]\n1,{A}\n".encode()).looked_up == [A]
    with pytest.raises(TableProblem, match="not_a_table"):
        read(b'[{"postcode": "CT1 3NG"}]')


def test_a_file_of_nothing_but_line_ends_is_found_empty_at_once(monkeypatch) -> None:
    lines = []
    monkeypatch.setattr("mmhs_finder.tables.csv_rows._BLANK_LINES", 64)
    for end in (b"\n", b"\r\n", b"\r"):
        with pytest.raises(TableProblem, match="empty"):
            read(end * 3_000_000)
        found = read(b"postcode" + end * 2_000_000 + A.encode() + end * 9 + B.encode())
        lines.append(found.looked_up)
        assert found.blank_rows == 2_000_000 - 1 + 8
    assert lines == [[A, B]] * 3
