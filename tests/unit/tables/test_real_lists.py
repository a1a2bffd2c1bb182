"""Lists as people send them, one for each way in which they go wrong, and what is read of them."""

from __future__ import annotations

import io

import openpyxl
import pytest

from mmhs_finder.tables.problems import ReadingNote, TableProblem
from mmhs_finder.tables.reading import ALL_SHEETS, open_table
from tests.unit.tables.lists import read, saved, sheets

A, B, C = "CT1 3NG", "M33 5EL", "LS1 4DY"
BODY = f"ref,name,postcode\n1,Ann,{A}\n2,Bea,{B}\n3,Cat,{C}\n"
TABLE = [["ref", "name", "postcode"], [1, "Ann", A], [2, "Bea", B], [3, "Cat", C]]


def joined(*rows: str) -> str:
    return "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    ("above", "note", "values"),
    [
        ("Caseload\n", "one_above", {"first": 1}),
        ("Caseload\nPrinted on 3 May\n\n", "above", {"first": 1, "last": 2}),
        ("# made by a program\n", "one_above", {"first": 1}),
        ('"Report, all wards"\n', "one_above", {"first": 1}),
        ("Women seen,,\n", "one_above", {"first": 1}),
        ("Trust:,North\nPeriod:,May\n\n\n", "above", {"first": 1, "last": 2}),
        ("Practice postcode,SE1 7EH\n\n", "one_above", {"first": 1}),
        ("Postcodes of our caseload\n", "one_above", {"first": 1}),
        (f"Women near {A}\n", "one_above", {"first": 1}),
        (
            "".join(f"Line {n} of a cover note\n" for n in range(25)),
            "above",
            {"first": 1, "last": 25},
        ),
    ],
)
def test_what_stands_above_the_names_is_left_out_and_said(above, note, values) -> None:
    found = read((above + BODY).encode())
    assert found.header == ("ref", "name", "postcode")
    assert found.looked_up == [A, B, C]
    assert found.values(note) == {**values, "count": 1}


@pytest.mark.parametrize("mark", [";", "\t", "|"])
def test_titles_do_not_hide_the_separator(mark: str) -> None:
    data = f"Caseload, by ward{mark}{mark}\n{BODY.replace(',', mark)}"
    assert read(data.encode()).looked_up == [A, B, C]


def test_names_that_only_say_where_are_found_below_a_title() -> None:
    found = read(f"Caseload\nwho,where,when\nAnn,{A},May\nBea,{B},May\n".encode())
    assert found.header == ("who", "where", "when")
    found = read(f"Caseload\nAnn,{A},May\nBea,{B},May\n".encode())
    assert found.header == ("column_1", "column_2", "column_3")
    assert {ReadingNote.NO_HEADER, ReadingNote.ONE_ABOVE} <= {*found.notes}


def test_a_row_of_data_that_speaks_of_postcodes_is_no_header() -> None:
    found = read(f"ref,postcode\n1,no postcode\n2,postcode unknown\n3,{A}\n".encode())
    assert found.looked_up == ["no postcode", "postcode unknown", A]


def test_titles_and_merged_cells_of_a_sheet() -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Caseload"])
    sheet.merge_cells("A1:C1")
    sheet.append([])
    for row in TABLE:
        sheet.append(row)
    assert read(saved(book)).looked_up == [A, B, C]
    wide = [["Women seen", None, None, "Confidential"], [], *TABLE]
    assert read(sheets(List=wide)).looked_up == [A, B, C]


def test_names_in_two_rows_are_put_together() -> None:
    groups = ["", "Surgery", "", "Patient", ""]
    names = ["ref", "Name", "Postcode", "Name", "Postcode"]
    found = read(sheets(List=[groups, names, [1, "Old Mill", "SE1 7EH", "Ann", A]]))
    assert found.header[1:] == (
        "Surgery Name",
        "Surgery Postcode",
        "Patient Name",
        "Patient Postcode",
    )
    assert found.looked_up == [A]
    assert ReadingNote.TWO_HEADERS in found.notes
    downwards = [["ref", "Postcode", "Baby", ""], ["", "", "Name", "Born"], [1, A, "Joy", "May"]]
    found = read(sheets(List=downwards))
    assert (found.header, found.looked_up) == (("ref", "Postcode", "Baby Name", "Baby Born"), [A])


@pytest.mark.parametrize(
    "line", ["sep=;", '"sep=;"', "\ufeffsep=;", "SEP=;", "Sep = ;", "sep=;;;", "sep="]
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le"])
def test_a_line_that_names_the_separator(line: str, encoding: str) -> None:
    data = f"{line}\r\n{BODY.replace(',', ';')}".encode(encoding)
    assert read(data).looked_up == [A, B, C]


def test_any_separator_may_be_named_and_a_wrong_one_does_no_harm() -> None:
    assert read(f"sep=^\n{BODY.replace(',', '^')}".encode()).looked_up == [A, B, C]
    assert read(f"sep=;\n{BODY}".encode()).looked_up == [A, B, C]
    assert read(f"sep=\t\n{BODY.replace(',', chr(9))}".encode()).looked_up == [A, B, C]


# --- sheets ---------------------------------------------------------------------------------------

COVER = [["How to use this workbook"], [], ["The list is on sheet 2"]]
PIVOT = [["Council", "n"], ["Canterbury", 4]]


@pytest.mark.parametrize("first", [COVER, PIVOT, []])
def test_the_only_sheet_with_postcodes_is_taken_and_the_others_are_named(first) -> None:
    found = read(sheets(First=first, Caseload=TABLE, Last=PIVOT))
    assert found.looked_up == [A, B, C]
    assert found.values("sheet") == {"sheet": "Caseload", "others": ["First", "Last"], "count": 1}


def test_of_several_lists_none_is_taken_by_itself() -> None:
    data = sheets(Cover=COVER, April=TABLE, May=[["name", "postcode"], ["Dot", B]])
    with pytest.raises(TableProblem, match="which_sheet") as problem:
        open_table(data)
    assert problem.value.values["sheets"] == ["April", "May"]
    assert read(data, sheet=" may ").looked_up == [B]
    with pytest.raises(TableProblem, match="no_such_sheet"):
        open_table(data, sheet="June")
    found = read(data, sheet=ALL_SHEETS)
    assert found.header == ("sheet", "ref", "name", "postcode")
    assert found.rows[2:] == [["April", "3", "Cat", C], ["May", "", "Dot", B]]
    assert found.looked_up == [A, B, C, B]
    assert found.values("sheets_left")["sheets"] == ["Cover"]


def test_in_all_sheets_each_is_read_where_its_postcodes_are() -> None:
    data = sheets(
        April=[["GP postcode", "Home postcode"], [C, A]],
        May=[["Outward", "Inward", "sheet"], ["M33", "5EL", "x"]],
    )
    found = read(data, sheet=ALL_SHEETS)
    assert found.looked_up == [A, B]
    assert found.header[0] == "sheet_2"
    assert found.values("by_sheet")["columns"] == ["April: Home postcode", "May: Outward + Inward"]


def test_hidden_sheets_are_named_and_not_read() -> None:
    book = openpyxl.load_workbook(io.BytesIO(sheets(Hidden=TABLE, Seen=TABLE)))
    book["Hidden"].sheet_state = "hidden"
    found = read(saved(book))
    assert found.values("sheet")["others"] == ["Hidden"]
    assert found.looked_up == [A, B, C]


# --- where the postcode is ------------------------------------------------------------------------

KENT, SALE, PHONE = (
    f"1 High St, Canterbury, {A}",
    f"2 The Road, Sale {B}",
    f"Ann, {A}, 01632 960001",
)


@pytest.mark.parametrize(
    ("rows", "way", "wanted"),
    [
        ([["Address"], [KENT], [SALE]], "within", [KENT, SALE]),
        ([["Home address"], [KENT], ["not given"]], "within", [KENT, "not given"]),
        ([["contact"], [PHONE]], "within", [PHONE]),
        ([[KENT], [SALE]], "within", [KENT, SALE]),
        (
            [
                ["Address Line 1", "Address Line 2", "Address Line 3", "Address Line 4"],
                ["1 High St", "Canterbury", A, ""],
                ["2 The Road", "Ashton", "Sale", B],
                ["3 Lane", C, "", ""],
                ["4 Lane", "Leeds", "", ""],
            ],
            "lines",
            [A, B, C, "Leeds"],
        ),
        (
            [["Street", "Town", "County"], ["1 High St", f"Sale {B}", "Kent"], ["x", "y", A]],
            "lines",
            [f"Sale {B}", A],
        ),
        ([["ref", "Outward", "Inward"], [1, "CT1", "3NG"], [2, "M33", "5EL"]], "joined", [A, B]),
        ([["Postcode 1", "Postcode 2"], ["CT1", "3NG"], ["M33", ""]], "joined", [A, "M33"]),
        ([["in", "x", "out"], ["3NG", "Ann Smith", "CT1"]], "joined", [A]),
        (
            [["id", "PC Area", "PC District", "PC Sector", "PC Unit"], [12345, "CT", 1, 3, "NG"]],
            "joined",
            ["CT13NG"],
        ),
    ],
)
def test_where_the_postcode_stands(rows, way, wanted) -> None:
    found = read(sheets(List=rows))
    assert found.looked_up == wanted
    assert way in found.notes


@pytest.mark.parametrize(
    "name",
    ["P/Code", "PC", "pc", "Pcode", "P Code", "PostCd", "Home P.C.", "HomePC", "Post-code", "PCDS"],
)
def test_names_of_the_column_when_most_of_it_is_blank(name: str) -> None:
    cells = [A, "", "unknown", "n/k", "refused", B, "not known", "tbc"]
    data = joined(f"ref,{name}", *(f"{n},{cell}" for n, cell in enumerate(cells)))
    assert read(data.encode()).looked_up == cells


def test_a_short_name_that_means_something_else() -> None:
    assert open_table(b"PC,user\nlaptop 7,Ann\n").where is None


def test_a_blank_home_is_not_filled_in_with_the_surgery() -> None:
    found = read(f"GP postcode,Home postcode\n{A},\n{B},\n".encode())
    assert found.looked_up == ["", ""]
    assert found.values("others")["columns"] == ["GP postcode"]
    assert ReadingNote.NOT_HOME not in found.notes


def test_the_only_column_is_read_and_said_when_it_is_a_surgerys() -> None:
    found = read(f"ref,GP postcode\n1,{A}\n".encode())
    assert found.looked_up == [A]
    assert found.values("not_home")["columns"] == ["GP postcode"]


# --- rows -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        (f'2,"opened and left,{B}', ["2", '"opened and left', B]),
        (f'2,"Bea, the second,{B}', ["2", '"Bea, the second', B]),
        (f'2,"she said \\"hi\\", then left",{B}', ["2", 'she said "hi", then left', B]),
        (f'2,"Bea" Smith,{B}', ["2", "Bea Smith", B]),
        (f"2,5'2\" tall,{B}", ["2", "5'2\" tall", B]),
    ],
)
@pytest.mark.parametrize("after", [1, 400])
def test_a_quotation_mark_that_stays_open_takes_in_no_other_row(row, cells, after) -> None:
    rest = [f'{n},"Cat, the {n}",{C}' for n in range(after)]
    data = joined("ref,name,postcode", f"1,Ann,{A}", row, *rest)
    found = read(data.encode())
    assert len(found.rows) == after + 2
    assert found.rows[1] == cells
    assert found.looked_up == [A, B, *[C] * after]


def test_the_row_of_an_open_quotation_mark_is_named() -> None:
    data = joined("ref,name,postcode", f"1,Ann,{A}", "", f'3,"Bea,{B}', f'4,"Cat,{C}', f"5,Di,{A}")
    found = read(data.encode())
    assert found.values("quotes") == {"row": 4, "count": 2}
    assert found.looked_up == [A, B, C, A]


def test_a_cell_that_takes_in_rows_and_closes_by_chance_is_named() -> None:
    data = joined("ref,name,postcode", f'1,"Ann,{A}', f"2,Bea,{B}", f"3,Cat,{C}", f'4,Di",{A}')
    assert read(data.encode()).values("swallowed")["row"] == 2


def test_cells_of_several_lines_are_left_as_they_are() -> None:
    gap = "\n" * 600
    data = joined("name,postcode", f'"Ann\n1 High St, Flat 2\nKent",{A}', f'"a{gap}b",{B}')
    found = read(data.encode())
    assert found.rows == [["Ann\n1 High St, Flat 2\nKent", A], [f"a{gap}b", B]]
    assert {*found.notes} == {ReadingNote.COLUMN}


def test_far_too_many_open_quotation_marks() -> None:
    rows = (f'{n},"x,{A}' for n in range(1_100))
    with pytest.raises(TableProblem, match="quotes") as problem:
        read(joined("ref,name,postcode", *rows).encode())
    assert problem.value.values == {"row": 2}


def test_rows_of_other_lengths_are_named() -> None:
    data = joined("ref,postcode", f"1,{A}", "2", f"3,{B},x", f"4,{C},,y", "5")
    found = read(data.encode())
    assert found.values("shorter_rows") == {"row": 3, "count": 2}
    assert found.values("longer_rows") == {"row": 4, "letters": "C", "count": 2}
    assert found.rows == [["1", A], ["2"], ["3", B, "x"], ["4", C, "", "y"], ["5"]]


@pytest.mark.parametrize("commas", [3, 1500, 16382])
def test_empty_columns_at_the_right_are_left_out(commas: int) -> None:
    tail = "," * commas
    found = read(joined(f"ref,postcode{tail}", f"1,{A}{tail}", f"2,{B}{tail}").encode())
    assert (found.header, found.rows) == (("ref", "postcode"), [["1", A], ["2", B]])
    assert {*found.notes} == {ReadingNote.COLUMN}


def test_a_stray_cell_far_to_the_right_is_named() -> None:
    found = read(joined("ref,postcode", f"1,{A}", f"2,{B}{',' * 16382}x").encode())
    assert found.values("longer_rows") == {"row": 3, "letters": "XFD", "count": 1}
    assert found.rows[1] == ["2", B, "x"]
    book = openpyxl.load_workbook(io.BytesIO(sheets(List=TABLE)))
    book["List"]["ATD3"] = "note to self"
    found = read(saved(book))
    assert found.values("longer_rows") == {"row": 3, "letters": "ATD", "count": 1}
    assert found.rows[1] == ["2", "Bea", B, "note to self"]
    book["List"]["XFD1"] = "x"
    assert read(saved(book)).values("empty_columns") == {"columns": 1, "letters": "XFD", "count": 1}


def test_blank_rows_are_counted() -> None:
    found = read(joined("postcode", A, "", ",,", B, "", "").encode())
    assert (len(found.rows), found.blank_rows) == (2, 2)
