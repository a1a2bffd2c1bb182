"""Many postcodes at once: the same answers as one by one, and a plain word for every bad file."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Iterable

import numpy as np
import openpyxl
import pytest
from geopy.distance import geodesic
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.answers.finding import Finder
from mmhs_finder.bulk import lookup as bulk
from mmhs_finder.bulk.lookup import (
    ADDED,
    BulkCancelled,
    BulkProblem,
    Lookup,
    convert,
    find_column,
    open_table,
)
from mmhs_finder.directory.models import ServiceKind, Status
from mmhs_finder.postcodes import PostcodeError
from mmhs_finder.tables.cells import safe_cell
from mmhs_finder.words import say


@pytest.fixture(scope="module")
def lookup(finder: Finder) -> Lookup:
    return Lookup(finder)


def converted(source: bytes | io.BytesIO, lookup: Lookup, **options: object) -> list[list[str]]:
    table = open_table(source, **options)
    data = b"".join(convert(table, lookup))
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def one(postcode: str, lookup: Lookup) -> dict[str, str]:
    """What is added to a row with this postcode."""
    text = io.StringIO()
    csv.writer(text).writerows([["postcode"], [postcode]])
    header, row = converted(text.getvalue().encode(), lookup, column="postcode")
    return dict(zip(header[1:], row[1:], strict=True))


def workbook(rows: Iterable[Iterable[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


# --- the answers ----------------------------------------------------------------------------------


def test_a_row_gets_everything(lookup):
    row = one("CT1 3NG", lookup)
    assert list(row) == list(ADDED)
    assert (row["matched"], row["council"], row["council_code"]) == (
        "yes",
        "Canterbury",
        "E07000106",
    )
    assert row["icb_2024"] == row["icb_2026"] == "NHS Kent and Medway"
    assert row["mmhs"].startswith("Thrive")
    assert row["mmhs_id"]
    assert row["self_referral"] == "no"
    assert row["perinatal_team"]
    assert row["mmhs_distance_km"] == ""  # no page says where Thrive sees people
    assert row["note"] == ""


def test_many_give_the_same_as_one_by_one(lookup, finder, index):
    rng = random.Random(4)
    texts = [str(index.postcode_at(rng.randrange(len(index)))) for _ in range(1500)]
    found = lookup.find(texts)
    for row, text in enumerate(texts):
        answer = lookup.answers[found.answer[row]]
        place = finder.place(text)
        assert answer.nation == place.nation.value
        assert ((answer.area_code,) if answer.area_code else ()) == tuple(
            a.code for a in place.areas
        )
        wanted = {
            s.id
            for a in place.areas
            for s, _ in finder.directory.serving(a.code)
            if s.kind is ServiceKind.MMHS
        }
        assert set(answer.mmhs_ids) == wanted


def test_the_parts_of_split_councils_are_those_of_a_single_search(lookup, finder, index):
    rng = np.random.default_rng(2)
    texts = [str(index.postcode_at(int(row))) for row in rng.integers(0, len(index), 60_000)]
    codes = index.find_many(texts).council_codes()
    split = [t for t, c in zip(texts, codes, strict=True) if finder.directory.parts(c)]
    assert len(split) > 500
    answers = lookup.find(split).answer
    for text, number in zip(split, answers.tolist(), strict=True):
        assert lookup.answers[number].area_code == finder.place(text).areas[0].code
        assert lookup.answers[number].council_code == finder.place(text).council_code


def test_open_services_come_first_and_others_are_marked(lookup):
    unconfirmed = [a for a in lookup.answers if any(s.status is not Status.OPEN for s in a.mmhs)]
    assert unconfirmed
    for answer in unconfirmed:
        states = [s.status is Status.OPEN for s in answer.mmhs]
        assert states == sorted(states, reverse=True)
        marks = [name.endswith("(not confirmed)") for name in answer.mmhs_names]
        assert marks == [not is_open for is_open in states]
    assert "(not confirmed)" in one("HU3 2JZ", lookup)["mmhs"]


def test_two_services_for_one_row_stand_in_one_order(lookup):
    row = one("RG12 2UT", lookup)
    assert row["note"].startswith(say("bulk.note_several"))
    assert len({row[c].count("; ") for c in ("mmhs", "mmhs_id", "self_referral")}) == 1


def test_an_area_without_a_published_service_says_how_to_ask(lookup):
    row = one("TS24 7BT", lookup)
    assert (row["matched"], row["mmhs"]) == ("yes", "")
    assert row["note"].startswith(say("bulk.note_none"))


def test_distance_is_geodesic_to_the_service_of_that_row(lookup, finder):
    place = finder.place("NR30 1BX")
    answer = lookup.answers[lookup.find(["NR30 1BX"]).answer[0]]
    km = geodesic(place.point, answer.bases[0]).km
    assert one("NR30 1BX", lookup)["mmhs_distance_km"] == f"{km:.1f}"
    # Elsewhere no base is known: the only one that is would be across the country.
    assert one("TR1 2HD", lookup)["mmhs_distance_km"] == ""


@pytest.mark.parametrize(
    ("text", "matched", "note"),
    [
        ("", "no", "reason_empty"),
        ("Canterbury", "no", "reason_town_or_words"),
        ("CT1", "no", "reason_part"),
        ("CT1 3", "no", "reason_part"),
        ("CT1 3ZZ", "no", "reason_unknown"),
        ("QQ1 1QQ", "no", "reason_not_uk_shape"),
        ("CT1 3NG or M1 1AE", "no", "reason_several"),
        ("BFPO 801", "no", "reason_forces"),
        ("GIR 0AA", "no", "reason_no_place"),
    ],
)
def test_a_row_that_is_not_matched_says_why(lookup, text, matched, note):
    row = one(text, lookup) if text else _blank_row(lookup)
    assert (row["matched"], row["note"]) == (matched, say(f"bulk.{note}"))
    assert row["council"] == row["mmhs"] == ""


def _blank_row(lookup: Lookup) -> dict[str, str]:
    header, row = converted(b"name,postcode\nA,\n", lookup)
    return dict(zip(header[2:], row[2:], strict=True))


@pytest.mark.parametrize(
    ("text", "nation"),
    [
        ("EH1 1YZ", "Scotland"),
        ("CF10 1EP", "Wales"),
        ("BT1 5GS", "Northern Ireland"),
        ("JE2 3XP", "Jersey"),
        ("GY1 1AA", "Guernsey"),
        ("IM1 1AA", "Isle of Man"),
    ],
)
def test_other_nations_are_named(lookup, text, nation):
    row = one(text, lookup)
    assert (row["matched"], row["note"]) == ("yes", say("bulk.note_nation", nation=nation))
    assert row["mmhs"] == ""


def test_a_corrected_postcode_says_how_it_was_read(lookup):
    row = one("CTI 3NG", lookup)
    assert (row["council"], row["note"]) == ("Canterbury", "Read as CT1 3NG.")
    assert one("12 High Street, Canterbury ct1-3ng", lookup)["note"] == ""


def test_unknown_postcodes_are_answered_alike_whatever_came_before(finder):
    rng = random.Random(5)
    outwards = (
        "CT1",
        "BT1",
        "JE2",
        "GY9",
        "IM1",
        "BF1",
        "BX1",
        "ZE1",
        "TD15",
        "CT99",
        "GIR",
        "NPT",
    )
    texts = [
        f"{outward} {rng.randrange(10)}{rng.choice('ABDEFG')}{rng.choice('ABDEFG')}"
        for outward in outwards
        for _ in range(40)
    ]
    rng.shuffle(texts)
    together, alone = Lookup(finder), Lookup(finder)
    found = together.find(texts)
    for row, text in enumerate(texts):
        alone._around.clear()
        one = alone.find([text])
        assert (one.answer[0], one.notes.get(0)) == (found.answer[row], found.notes.get(row)), text


@settings(max_examples=150, deadline=None)
@given(st.lists(st.text(max_size=30), min_size=1, max_size=20))
def test_any_text_gets_an_answer_as_for_one(lookup, finder, texts):
    found = lookup.find(texts)
    for row, text in enumerate(texts):
        answer = lookup.answers[found.answer[row]]
        if not answer.matched:
            assert found.notes[row]
        else:
            assert finder.place(text).nation.value == answer.nation
        try:
            place = finder.place(text)
        except PostcodeError:
            assert not answer.matched
        else:
            assert answer.matched or place.precision != "postcode"


# --- reading --------------------------------------------------------------------------------------


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


def test_a_column_can_be_named(lookup):
    data = b"first,second,third\nx,CT1 3NG,M33 5EL\n"
    assert converted(data, lookup, column=" THIRD ")[1][4] == "Trafford"
    assert converted(data, lookup, column=1)[1][4] == "Canterbury"
    with pytest.raises(BulkProblem) as problem:
        open_table(data, column="fourth")
    assert problem.value.kind == "no_such_column"
    assert "first, second, third" in problem.value.message


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends(lookup, mark, end):
    data = end.join([mark.join(["a", "postcode"]), mark.join(["x", "CT1 3NG"]), ""]).encode()
    assert converted(data, lookup)[1][:4] == ["x", "CT1 3NG", "yes", "Canterbury"]


@pytest.mark.parametrize(
    ("encoding", "note"),
    [
        ("utf-8", None),
        ("utf-8-sig", None),
        ("cp1252", "bulk.encoding_note"),
        ("utf-16", "bulk.utf16_note"),
    ],
)
def test_encodings(lookup, encoding, note):
    table = open_table("name,postcode\nZoë Müller,CT1 3NG\n".encode(encoding))
    data = b"".join(convert(table, lookup)).decode("utf-8-sig")
    assert "Zoë Müller" in data
    assert table.notes == ([say(note)] if note else [])


def test_windows_letters_late_in_a_long_file(lookup):
    data = b"name,postcode\n" + b"A,CT1 3NG\n" * 200_000 + "Zoë,CT1 3NG\n".encode("cp1252")
    table = open_table(io.BytesIO(data))
    assert "Zoë" in b"".join(convert(table, lookup)).decode("utf-8-sig")
    assert table.notes == [say("bulk.encoding_note")]


def test_letters_on_the_edge_of_a_block_are_whole(lookup, monkeypatch):
    monkeypatch.setattr(bulk, "_BLOCK", 7)
    data = 'name,postcode\nZoë,CT1 3NG\n"a\r\nb",CT1 3NG\n'.encode()
    rows = converted(data, lookup)
    assert [row[0] for row in rows] == ["name", "Zoë", "a\r\nb"]


def test_a_list_without_a_header(lookup):
    table = open_table(b"Ann,CT1 3NG\nBea,M33 5EL\n")
    rows = list(csv.reader(io.StringIO(b"".join(convert(table, lookup)).decode("utf-8-sig"))))
    assert rows[0][:2] == ["column_1", "column_2"]
    assert [row[3] for row in rows[1:]] == ["Canterbury", "Trafford"]
    assert table.notes == [say("bulk.no_header_note")]


def test_rows_of_other_lengths_keep_all_that_they_have(lookup):
    table = open_table(b"postcode,a\nCT1 3NG\n\nCT1 3NG,x,y,z\n")
    rows = list(csv.reader(io.StringIO(b"".join(convert(table, lookup)).decode("utf-8-sig"))))
    width = 2 + len(ADDED)
    assert [len(row) for row in rows] == [width, width, width + 2]
    assert rows[1][3] == rows[2][3] == "Canterbury"
    assert rows[2][-2:] == ["y", "z"]
    assert table.notes == [say("bulk.longer_rows_note")]


def test_our_column_names_make_way(lookup):
    header = converted(b"postcode,Council,note,note_2\nCT1 3NG,x,y,z\n", lookup)[0]
    assert header[:4] == ["postcode", "Council", "note", "note_2"]
    assert "council_2" in header and "note_3" in header


# --- XLSX -----------------------------------------------------------------------------------------


def test_a_workbook(lookup):
    data = workbook([["id", "postcode", "born"], [7, "CT1 3NG", None], [8.5, None, "=1+1"]])
    rows = converted(data, lookup)
    assert rows[1][:5] == ["7", "CT1 3NG", "", "yes", "Canterbury"]
    assert rows[2][:4] == ["8.5", "", "", "no"]  # a formula that was never worked out is blank


class Pipe(io.BytesIO):
    def seekable(self) -> bool:
        return False


def test_from_a_pipe(lookup):
    data = workbook([["postcode"], ["CT1 3NG"]])
    assert converted(Pipe(data), lookup)[1][2] == "Canterbury"
    assert converted(Pipe(b"postcode\nCT1 3NG\n"), lookup)[1][2] == "Canterbury"
    with pytest.raises(BulkProblem, match="larger than"):
        open_table(Pipe(data), max_bytes=100)


def test_a_zip_bomb_is_not_opened():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 30_000_000)
    with pytest.raises(BulkProblem) as problem:
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
    with pytest.raises(BulkProblem) as problem:
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
        (b"<html><body>postcode</body></html>", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not_a_table"),
        (b"postcode\nCT1\0 3NG\n", "not_a_table"),
        (b'postcode\n"' + b"a" * 200_000, "not_a_table"),
        (_zip(readme="x"), "not_a_table"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b"PK\x03\x04 cut off", "broken_xlsx"),
        (_zip(**{"xl/workbook.xml": "<nothing"}), "broken_xlsx"),
        (b"name,postcode\n\x81\x8d,CT1 3NG\n", "encoding"),
        (b"\xff\xfea\x00,\x00\x00\xd8b\x00", "encoding"),
        (b",".join([b"postcode"] * 1001) + b"\nCT1 3NG\n", "too_many_columns"),
        (workbook([["postcode"], ["CT1 3NG"] * 1001]), "too_many_columns"),
    ],
)
def test_each_bad_file_has_a_plain_message(data, kind, lookup):
    with pytest.raises(BulkProblem) as problem:
        b"".join(convert(open_table(data), lookup))
    assert problem.value.kind == kind
    assert problem.value.message
    assert "{" not in problem.value.message


def test_no_postcode_column(lookup):
    table = open_table(b"name,age\nAnn,30\n")
    assert table.column is None
    assert table.column_names() == ("name", "age")
    with pytest.raises(BulkProblem) as problem:
        next(convert(table, lookup))
    assert problem.value.kind == "no_column"


def test_too_large():
    with pytest.raises(BulkProblem) as problem:
        open_table(b"postcode\n" + b"CT1 3NG\n" * 200_000, max_bytes=1 << 20)
    assert (problem.value.kind, "1 MB" in problem.value.message) == ("too_big", True)


# --- writing --------------------------------------------------------------------------------------


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
    cells = {c for answer in lookup.answers for c in (*answer.cells(), answer.note)}
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
