"""What holds for any list: no row is lost, the home goes before the surgery, no sheet is passed
over without a word."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from mmhs_finder.tables.columns import find_where, is_full
from mmhs_finder.tables.problems import TableProblem
from mmhs_finder.tables.reading import ALL_SHEETS, open_table
from tests.unit.tables.lists import read, sheets

POSTCODES = st.sampled_from(["CT1 3NG", "M33 5EL", "LS1 4DY", "se1 7eh", "rg122ut", "EH1 1YZ"])
WORDS = st.sampled_from(["Ann", "Zoë", "seen in May", "ward 7", "x", "O'Neill", "no", "12", ""])
TITLES = st.sampled_from(
    ["Caseload", "Women seen", "# made by a program", "Printed on 3 May", "A line of a note", ""]
)
MARKS = st.sampled_from([",", ";", "\t", "|"])
ENDS = st.sampled_from(["\n", "\r\n", "\r"])
ENCODINGS = st.sampled_from(["utf-8", "utf-8-sig", "cp1252", "utf-16", "utf-16-le", "utf-16-be"])


@settings(max_examples=150, deadline=None)
@given(
    titles=st.lists(TITLES, max_size=5),
    body=st.lists(st.tuples(WORDS, POSTCODES | WORDS, WORDS), min_size=1, max_size=12),
    mark=MARKS,
    end=ENDS,
    encoding=ENCODINGS,
    sep=st.booleans(),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    gap=st.integers(0, 3),
)
def test_rows_in_are_rows_out(titles, body, mark, end, encoding, sep, quoting, gap) -> None:
    kept = [list(row) for row in body if any(row)]
    assume(kept)  # a list of blank rows only is told to be empty
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=mark, lineterminator=end, quoting=quoting)
    writer.writerow(["ref", "postcode", "remark"])
    writer.writerows(body)
    above = "".join(f"{title}{end}" for title in ([f"sep={mark}"] if sep else []) + titles)
    found = read((above + text.getvalue() + end * gap).encode(encoding))
    assert found.header == ("ref", "postcode", "remark")
    assert found.rows == kept
    assert found.looked_up == [row[1] for row in kept]


@settings(max_examples=100, deadline=None)
@given(
    body=st.lists(st.tuples(WORDS, POSTCODES), min_size=3, max_size=40),
    places=st.sets(st.integers(0, 39), min_size=1, max_size=5),
)
def test_open_quotation_marks_take_in_no_other_row(body, places) -> None:
    lines = [f"{n},{word},{code}" for n, (word, code) in enumerate(body)]
    for place in (p for p in places if p < len(lines)):
        number, word, code = lines[place].split(",")
        lines[place] = f'{number},"{word},{code}'
    assume(any('"' in line for line in lines))
    found = read("\n".join(["ref,name,postcode", "0,Eve,CT1 3NG", *lines]).encode())
    codes = [code for _, code in body]
    opened = [place for place, line in enumerate(lines) if '"' in line]
    # Two at a distance may close each other: then the cell is named. Else each row is there.
    if "swallowed" not in found.notes:
        assert len(found.rows) == len(body) + 1
        assert found.looked_up[1:] == codes
        assert found.values("quotes")["row"] == opened[0] + 3


HOMES = ["Home", "Patient", "Usual", "Current", "Mother's", "Client", "Woman's", "Service user"]
OTHERS = [
    *("GP", "Practice", "Surgery", "Hospital", "Referrer", "Previous", "NOK", "Next of kin"),
    *("Place of birth", "Clinic", "School", "Patient's GP", "Mother's previous", "Work"),
    *("Current hospital", "Emergency contact"),
]
LINES = ["1 High St", "Flat 2", "Sale", "Kent", ""]
KINDS = ["{} postcode", "{} Post Code", "Postcode of {}", "{}_PCDS", "{} address postcode"]


@settings(max_examples=150, deadline=None)
@given(
    home=st.sampled_from(HOMES),
    others=st.lists(st.sampled_from(OTHERS), min_size=1, max_size=3, unique=True),
    kind=st.sampled_from(KINDS),
    data=st.data(),
)
def test_the_home_goes_before_all_others_in_any_order(home, others, kind, data) -> None:
    names = data.draw(st.permutations([home, *others, "ref"]))
    header = [name if name == "ref" else kind.format(name) for name in names]
    blank = data.draw(st.booleans())  # some homes are not known
    rows = [
        ["7" if n == "ref" else "" if n == home and blank and row else "CT1 3NG" for n in names]
        for row in range(4)
    ]
    where = find_where(header, rows)
    assert where is not None
    assert [names[place] for place in where.places] == [home]
    assert {names[place] for place in where.others} == {*others}
    assert where.is_home


@settings(max_examples=60, deadline=None)
@given(
    parts=st.lists(st.sampled_from(LINES), min_size=2, max_size=4),
    rows=st.lists(st.tuples(POSTCODES, st.integers(0, 9)), min_size=2, max_size=10),
)
def test_the_postcode_of_an_address_is_found_in_any_line(parts, rows) -> None:
    header = [f"Address Line {n}" for n in range(1, len(parts) + 2)]
    body = []
    for code, place in rows:
        cells = [*parts]
        cells.insert(place % (len(parts) + 1), code)
        body.append(cells)
    data = "\n".join(",".join(row) for row in [header, *body]).encode()
    assert read(data).looked_up == [code for code, _ in rows]


NO_LIST = st.sampled_from(
    [[["How to use this"]], [["Council", "n"], ["Kent", 4]], [], [["a", "b"], ["x", "y"]]]
)


@settings(max_examples=25, deadline=None)
@given(kinds=st.lists(st.booleans(), min_size=1, max_size=4), data=st.data())
def test_no_sheet_is_passed_over_without_a_word(kinds, data) -> None:
    lists = [[["ref", "postcode"], [n, "CT1 3NG"], [n, "M33 5EL"]] for n in range(len(kinds))]
    named = {
        f"Sheet {n}": lists[n] if is_list else data.draw(NO_LIST) for n, is_list in enumerate(kinds)
    }
    book = sheets(**named)
    of_lists = [name for name, is_list in zip(named, kinds, strict=True) if is_list]
    if len(of_lists) == 1:
        found = read(book)
        others = [name for name in named if name not in of_lists]
        assert found.looked_up == ["CT1 3NG", "M33 5EL"]
        assert not others or found.values("sheet")["others"] == others
    elif of_lists:
        with pytest.raises(TableProblem, match="which_sheet") as problem:
            open_table(book)
        assert problem.value.values["sheets"] == of_lists
        assert len(read(book, sheet=ALL_SHEETS).rows) == 2 * len(of_lists)
        assert read(book, sheet=of_lists[-1]).rows[0][0] == of_lists[-1][-1]


@settings(max_examples=60, deadline=None)
@given(
    body=st.lists(POSTCODES, min_size=1, max_size=8),
    row=st.integers(0, 7),
    column=st.integers(2, 16383),
)
def test_a_stray_cell_anywhere_loses_nothing(body, row, column) -> None:
    assume(column > 2 or len(body) > 2)
    lines = [f"{n},{code}" for n, code in enumerate(body)]
    place = row % len(lines)
    lines[place] += "," * (column - 1) + "stray"
    found = read("\n".join(["ref,postcode", *lines]).encode())
    assert found.looked_up == body
    assert found.rows[place][-1] == "stray"
    assert found.values("longer_rows")["row"] == place + 2 or len(found.header) == 3


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_a_plain_problem(data: bytes) -> None:
    try:
        table = open_table(data)
        rows = list(table.rows)
    except TableProblem:
        return
    assert rows
    assert table.where is None or len(table.postcodes(rows)) == len(rows)


@given(st.text(max_size=30))
def test_what_is_full_is_short(cell: str) -> None:
    assert not is_full(cell) or 5 <= len(cell) <= 12
