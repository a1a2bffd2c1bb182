"""What Excel, e-mail programs and mixed versions do to the files: each kind is named, once.

A kind that passes is shown to parents: a telephone number without its 0, "#N/A" as a name.
"""

from __future__ import annotations

import csv
import re
from pathlib import Path

import phonenumbers
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.curation.check import check
from mmhs_finder.curation.damage import (
    hours_damage,
    link_damage,
    phone_damage,
    rounded,
    space_damage,
    spreadsheet_damage,
    text_damage,
)
from mmhs_finder.directory.files import FILES, Problem, ProblemLevel
from mmhs_finder.directory.loading import DATA, load_directory
from mmhs_finder.places.names_checking import COLUMNS as NAME_COLUMNS
from mmhs_finder.places.names_checking import name_problems
from mmhs_finder.planning.checking import fact_problems
from mmhs_finder.planning.facts import COLUMNS


def wrong(folder: Path) -> list[Problem]:
    return [p for p in check(folder) if p.kind is ProblemLevel.WRONG]


# --- telephone numbers --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "written"),
    [
        ("20 7946 0000", "020 7946 0000"),
        ("2079460000", "020 7946 0000"),
        ("300 123 1234", "0300 123 1234"),
        ("8001111", "0800 1111"),
        ("7920 029180", "07920 029180"),
        ("442079460000", "020 7946 0000"),
        ("00442079460000", "020 7946 0000"),
        ("+44 20 7946 0000", "020 7946 0000"),
        ("44 (0)20 7946 0000", "020 7946 0000"),
    ],
)
def test_a_number_without_its_first_0_is_refused_with_the_right_one(copy, number, written):
    assert written in phone_damage(number)
    copy.set("services.csv", copy.row_where("services.csv", phone="*"), "phone", number)
    assert any(written in p.message for p in wrong(copy.folder))


def test_a_whole_column_without_its_0_is_named_cell_by_cell(copy):
    def cut(rows: list[list[str]]) -> None:
        column = rows[0].index("phone")
        for row in rows[1:]:
            row[column] = re.sub(r"^0", "", row[column])

    numbers = [r[copy.rows("services.csv")[0].index("phone")] for r in copy.rows("services.csv")]
    copy.change("services.csv", cut)
    lost = [p for p in wrong(copy.folder) if "lost its first 0" in p.message]
    assert len(lost) == sum(number.startswith("0") for number in numbers) > 0


@pytest.mark.parametrize("number", ["0906 123 4567", "09061234567", "070 1234 5678", "118 500"])
def test_a_number_that_costs_extra_is_refused(copy, number):
    row = copy.row_where("services.csv", phone="*")
    copy.set("services.csv", row, "phone", number)
    assert any((p.row, p.column) == (row, "phone") for p in wrong(copy.folder))


@pytest.mark.parametrize("number", ["4.42E+11", "2.07946E+09"])
def test_a_rounded_number_is_called_lost(number):
    assert "rounded" in phone_damage(number)


EXAMPLES = [
    phonenumbers.format_number(
        phonenumbers.example_number_for_type("GB", kind), phonenumbers.PhoneNumberFormat.NATIONAL
    )
    for kind in (
        phonenumbers.PhoneNumberType.FIXED_LINE,
        phonenumbers.PhoneNumberType.MOBILE,
        phonenumbers.PhoneNumberType.TOLL_FREE,
        phonenumbers.PhoneNumberType.UAN,
    )
]


@given(st.sampled_from(EXAMPLES), st.integers(0, 99))
def test_no_good_number_is_called_damaged_and_no_cut_one_passes(number, last):
    number = f"{number[:-2]}{last:02}"
    if phonenumbers.is_valid_number(phonenumbers.parse(number, "GB")):
        assert phone_damage(number) == ""
        assert number in phone_damage(number[1:])


@pytest.mark.parametrize("number", ["111", "999", "116 123", "85258", "18000", "101"])
def test_short_numbers_have_lost_nothing(number):
    assert phone_damage(number) == ""


# --- texts --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    ["#N/A", "#NAME?", "#REF!", "#VALUE!", "#SPILL!", "########", "Err:509", "Open #N/A to 5"],
)
@pytest.mark.parametrize(
    ("file", "column"),
    [
        ("services.csv", "name"),
        ("services.csv", "hours_text"),
        ("services.csv", "who_for"),
        ("services.csv", "curator_notes"),
        ("national_support.csv", "what_it_offers"),
    ],
)
def test_an_error_of_the_spreadsheet_is_no_text(copy, file, column, value):
    assert spreadsheet_damage(value)
    copy.set(file, 4, column, value)
    assert any("error of the spreadsheet" in p.message for p in wrong(copy.folder) if p.row == 4)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("46348", "2026-11-22"),
        ("0.375", "is a number"),
        ("TRUE", "yes and no"),
        ("false", "yes and no"),
        ("The children?s centre", "apostrophe"),
        ("They don?t ask", "apostrophe"),
    ],
)
def test_what_a_text_was_turned_into_is_named(copy, value, said):
    assert said in text_damage(value)
    copy.set("services.csv", 4, "hours_text", value)
    assert any(said in p.message for p in wrong(copy.folder) if p.row == 4)


@pytest.mark.parametrize(
    "value",
    [
        "Ask us #metoo",
        "Who is it for? Everybody",
        "24 hours",
        "Room 46348",
        "true to you",
        "C# club",
    ],
)
def test_an_ordinary_text_is_left_alone(value):
    assert spreadsheet_damage(value) == text_damage(value) == ""


def test_the_mark_for_text_is_named():
    assert "apostrophe" in spreadsheet_damage("'020 7946 0000")


@pytest.mark.parametrize("column", ["source_date", "checked_on"])
def test_a_date_kept_as_a_number_is_refused(copy, column):
    copy.set("services.csv", 4, column, "46348")
    assert any((p.row, p.column) == (4, column) for p in wrong(copy.folder))


@pytest.mark.parametrize(
    ("file", "column", "value"),
    [
        ("services.csv", "phone", "020\u00a07946 0000"),
        ("services.csv", "office_postcode", "CT1\u00a03NG"),
        ("services.csv", "email", "a@b.nhs.uk\u202f.uk"),
        ("national_support.csv", "phone", "0808\u2009808 1111"),
    ],
)
def test_a_space_that_is_none_is_named_and_shown(copy, file, column, value):
    assert space_damage(value)
    copy.set(file, 4, column, value)
    said = [str(p) for p in wrong(copy.folder) if (p.row, p.column) == (4, column)]
    assert any("looks like a space" in line and " space]" in line for line in said), said


# --- addresses, hours, places -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("https://a.nhs.uk/x,https://b.nhs.uk/y", "two addresses"),
        ("https://a.nhs.uk/x, https://b.nhs.uk/y", "two addresses"),
        ("https://a.nhs.uk/xhttps://b.nhs.uk/y", "two addresses"),
        ("https://a.nhs.uk/x)", "ends with"),
        ("https://a.nhs.uk/x,", "ends with"),
        ("https://a.nhs.uk/x.", "ends with"),
        (
            "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.nhs.uk%2Fx&data=1",
            "Write https://a.nhs.uk/x",
        ),
        ("https://www.google.com/url?q=https://a.nhs.uk/x&sa=D", "Write https://a.nhs.uk/x"),
        ("https://urldefense.com/v3/__https://a.nhs.uk__;!!x", "only sends on"),
        ("https://bit.ly/3abc", "only sends on"),
    ],
)
def test_a_damaged_address_is_named(copy, value, said):
    assert said in link_damage(value)
    for column in ("website", "source_urls"):
        copy.set("services.csv", 4, column, value)
        assert any(said in p.message for p in wrong(copy.folder) if p.column == column)


@pytest.mark.parametrize(
    "value",
    [
        "https://www.nhs.uk/page_(part)",
        "https://www.nhs.uk/?next=https://a.nhs.uk/x",
        "https://www.google.com/maps",
        "https://reddit.com/t.co",
        "",
    ],
)
def test_an_ordinary_address_is_left_alone(value):
    assert link_damage(value) == ""


@pytest.mark.parametrize(
    "hours",
    [
        "Mo-Fr 09:00-05:00",
        "Mo-Fr 10:30-09:15",
        "Sa 10:00-02:00",
        "Mo-Tu 08:00-04:00",
        "Mo-Fr 9:00-5:00",
        "Mo-Fr 09:00-5:00",
    ],
)
def test_hours_that_end_before_they_begin_in_the_morning_are_refused(copy, hours):
    assert "Is " in hours_damage(hours)
    copy.set("services.csv", copy.row_where("services.csv", hours_osm="*"), "hours_osm", hours)
    assert any("open through the night" in p.message for p in wrong(copy.folder))


@pytest.mark.parametrize(
    "hours", ["24/7", "Mo-Fr 09:00-17:00", "Mo-Su 18:00-08:00", "Mo 09:00-24:00", "Mo 09:00-00:00"]
)
def test_ordinary_hours_and_those_over_night_are_left_alone(hours):
    assert hours_damage(hours) == ""


@pytest.mark.parametrize("value", ["52", "-1"])
def test_a_coordinate_without_decimals_is_refused(copy, value):
    assert rounded(value)
    copy.set("places.csv", 3, "lat" if value[0] != "-" else "lon", value)
    assert any("lost its decimals" in p.message for p in wrong(copy.folder))
    assert not rounded(f"{value}.5")


# --- a whole file -------------------------------------------------------------------------------

WORKBOOK = b"PK\x03\x04\x14\x00\x06\x00"


def semicolons(text: str) -> bytes:
    return text.replace(",", ";").encode()


WAYS = {
    "semicolons": (semicolons, "semicolons"),
    "tabs": (lambda t: t.replace(",", "\t").encode(), "tabs"),
    "sep line": (lambda t: f"sep=,\r\n{t}".encode(), "sep="),
    "title rows": (lambda t: f"Our list,,\r\n,,\r\n{t}".encode(), "Delete the rows above"),
    "lost header": (lambda t: t.split("\n", 1)[1].encode(), "header is missing"),
    "capitals": (
        lambda t: (t.split("\n", 1)[0].upper() + "\n" + t.split("\n", 1)[1]).encode(),
        "names of the columns are changed",
    ),
    "spaces for low lines": (
        lambda t: (
            t.split("\n", 1)[0].replace("_", " ").title() + "\n" + t.split("\n", 1)[1]
        ).encode(),
        "names of the columns are changed",
    ),
    "workbook": (lambda _t: WORKBOOK + bytes(200), "workbook"),
    "old workbook": (lambda _t: b"\xd0\xcf\x11\xe0" + bytes(200), "Excel workbook"),
    "web page": (lambda _t: b"<!DOCTYPE html><html>", "web page"),
    "UTF-16": (lambda t: t.encode("utf-16"), "Unicode text"),
    "UTF-16 without a mark": (lambda t: t.encode("utf-16-le"), "Unicode text"),
    "two versions": (
        lambda t: t.replace("\n", "\n<<<<<<< HEAD\n", 1).encode() + b"=======\n>>>>>>> other\n",
        "two versions",
    ),
}


@pytest.mark.parametrize("file", ["services.csv", "areas.csv", "places.csv"])
@pytest.mark.parametrize("way", WAYS)
def test_a_file_saved_wrongly_is_one_finding_that_names_the_cause(copy, file, way):
    damage, said = WAYS[way]
    path = copy.folder / file
    path.write_bytes(damage(path.read_text(encoding="utf-8")))
    problems = wrong(copy.folder)
    assert [p.file for p in problems] == [file], [str(p) for p in problems][:5]
    assert said in problems[0].message


@pytest.mark.parametrize(
    "name", ["Services.CSV", "services.xlsx", "services.csv.txt", "services.ods"]
)
def test_a_file_under_another_name_is_pointed_to(copy, name):
    (copy.folder / "services.csv").rename(copy.folder / name)
    missing = [p for p in wrong(copy.folder) if p.file == "services.csv"]
    assert [name in p.message for p in missing] == [True]


@pytest.mark.parametrize(
    ("old", "new"), [("phone", "phone_no"), ("website", "web_site"), ("id", "ID")]
)
def test_a_renamed_column_is_one_finding_with_its_old_name(copy, old, new):
    copy.change("services.csv", lambda rows: rows[0].__setitem__(rows[0].index(old), new))
    problems = wrong(copy.folder)
    assert [(p.row, p.column) for p in problems] == [(1, new)], [str(p) for p in problems][:5]
    assert old in problems[0].message


@pytest.mark.parametrize("count", [1, 5])
def test_empty_columns_at_the_right_are_counted_and_located(copy, count):
    columns = len(copy.rows("places.csv")[0])
    copy.change("places.csv", lambda rows: [row.extend([""] * count) for row in rows])
    problems = wrong(copy.folder)
    assert len(problems) == 1
    assert chr(ord("A") + columns) in problems[0].message
    copy.change(
        "places.csv", lambda rows: [row.__setitem__(slice(columns, None), []) for row in rows]
    )
    assert load_directory(copy.folder).towns


def test_a_column_without_a_name_is_called_by_its_letter(copy):
    copy.change("places.csv", lambda rows: [r.append("" if r is rows[0] else "x") for r in rows])
    letter = chr(ord("A") + len(copy.rows("places.csv")[0]) - 1)
    assert f"column {letter} has no name" in wrong(copy.folder)[0].message


# --- facts --------------------------------------------------------------------------------------


@pytest.fixture
def facts(copy) -> Path:
    folder = copy.folder / "facts"
    folder.mkdir()
    for file in COLUMNS:
        (folder / file).write_bytes((DATA / "facts" / file).read_bytes())
    return folder


def test_the_facts_of_the_project_are_in_order_and_those_of_an_operator_need_not_be(copy, facts):
    assert fact_problems(copy.folder) == []
    for file in COLUMNS:
        (facts / file).unlink()
    facts.rmdir()
    assert fact_problems(copy.folder) == []


@pytest.mark.parametrize("file", COLUMNS)
def test_a_missing_or_wrongly_saved_file_of_facts_is_named(copy, facts, file):
    text = (facts / file).read_text(encoding="utf-8")
    (facts / file).write_bytes(semicolons(text))
    assert [(p.file, "semicolons" in p.message) for p in fact_problems(copy.folder)] == [
        (f"facts/{file}", True)
    ]
    (facts / file).write_bytes(text.encode("cp1252", "replace").replace(b"id", b"\xe9", 1))
    assert fact_problems(copy.folder)
    (facts / file).unlink()
    assert [p.file for p in fact_problems(copy.folder)] == [f"facts/{file}"]


@pytest.mark.parametrize(
    ("column", "value"),
    [("value", "many"), ("value", ""), ("source", ""), ("where", ""), ("label", "#N/A")],
)
def test_a_wrong_cell_of_the_facts_is_named(copy, facts, column, value):
    path = facts / "report_figures.csv"
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    rows[2][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    assert [(p.row, p.column) for p in fact_problems(copy.folder)] == [(3, column)]


@pytest.mark.parametrize(
    ("file", "column", "value", "message"),
    [
        ("integration.csv", "group", "golden", "is none of: practice, ladder,"),
        ("integration.csv", "text", "", "blank"),
        ("integration_checklist.csv", "area", "silver", "is none of: practice, services,"),
        ("case_studies.csv", "area_codes", "E06000009;E06999999", "E06999999, which areas.csv"),
        ("case_studies.csv", "area_codes", "", "blank"),
        ("case_studies.csv", "place", "#REF!", "an error of the spreadsheet"),
    ],
)
def test_a_wrong_cell_of_the_guides_lists_is_named(copy, facts, file, column, value, message):
    rows = list(csv.reader((facts / file).read_text(encoding="utf-8").splitlines()))
    rows[1][rows[0].index(column)] = value
    with (facts / file).open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    (problem,) = fact_problems(copy.folder)
    assert (problem.file, problem.row, problem.column) == (f"facts/{file}", 2, column)
    assert message in problem.message


@pytest.mark.parametrize(
    ("file", "column", "value"),
    [
        ("report_figures.csv", "unit", "furlongs"),
        ("report_figures.csv", "unit", ""),
        ("context_facts.csv", "url", "http://example.org"),
        ("context_facts.csv", "url", "javascript:alert(1)"),
        ("context_facts.csv", "url", ""),
        ("context_facts.csv", "unit", "=1+1"),
        ("criteria_kinds.csv", "id", "shoe_size"),
        ("criteria_kinds.csv", "unit", "days"),
        ("criteria_kinds.csv", "values", "12;many"),
        ("criteria_kinds.csv", "values", "12;"),
        ("recommendations.csv", "area", "elsewhere"),
        ("recommendations.csv", "recommendation", ""),
        ("recommendations.csv", "where", ""),
        ("good_practice_checklist.csv", "area", "elsewhere"),
    ],
)
def test_a_cell_that_a_page_could_not_show_is_named(copy, facts, file, column, value):
    path = facts / file
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    rows[2][rows[0].index(column)] = value
    with path.open("w", encoding="utf-8", newline="") as written:
        csv.writer(written).writerows(rows)
    assert [(p.file, p.row, p.column) for p in fact_problems(copy.folder)] == [
        (f"facts/{file}", 3, column)
    ]


def test_one_in_none_is_named(copy, facts):
    path = facts / "report_figures.csv"
    with path.open("a", encoding="utf-8", newline="") as file:
        csv.writer(file).writerow(["x", "affected", "x", "0", "one_in", "", "", "page 5", "x"])
    assert [p.column for p in fact_problems(copy.folder)] == ["value"]


def test_a_promise_says_where_it_stands(copy, facts):
    path = facts / "promise.csv"
    for last, found in ((["https://x.org", ""], []), (["", "page 2"], []), (["", ""], ["url"])):
        before = path.read_bytes()
        with path.open("a", encoding="utf-8", newline="") as file:
            row = ["x", "promised", "2021", "x", "1", "hubs", "Hubs", "A text", *last]
            csv.writer(file).writerow(row)
        assert [p.column for p in fact_problems(copy.folder)] == found
        path.write_bytes(before)


def test_every_file_of_the_directory_has_its_cause_named(copy):
    for file in FILES:
        (copy.folder / file).write_bytes(WORKBOOK)
    named = {p.file for p in wrong(copy.folder) if "workbook" in p.message}
    assert named == set(FILES)


# --- names ----------------------------------------------------------------------------------------


@pytest.fixture
def names(copy) -> Path:
    folder = copy.folder / "names"
    folder.mkdir()
    for file in NAME_COLUMNS:
        (folder / file).write_bytes((DATA / "names" / file).read_bytes())
    return folder


with (DATA / "areas.csv").open(encoding="utf-8-sig", newline="") as areas:
    COUNCILS = {row["code"] for row in csv.DictReader(areas)}


def test_the_names_of_the_project_are_in_order_and_an_operator_needs_none(copy, names):
    assert name_problems(copy.folder, COUNCILS) == []
    for file in NAME_COLUMNS:
        (names / file).unlink()
    assert {p.file for p in name_problems(copy.folder, COUNCILS)} == {
        f"names/{file}" for file in NAME_COLUMNS
    }
    names.rmdir()
    assert name_problems(copy.folder, COUNCILS) == []


@pytest.mark.parametrize("file", NAME_COLUMNS)
def test_a_wrongly_saved_file_of_names_is_one_finding(copy, names, file):
    (names / file).write_bytes(semicolons((names / file).read_text(encoding="utf-8")))
    assert [p.file for p in name_problems(copy.folder, COUNCILS)] == [f"names/{file}"]


@pytest.mark.parametrize(
    ("file", "line", "column"),
    [
        ("counties.csv", "Loamshire,,E99999999", "councils"),
        ("counties.csv", "Loamshire,,", "councils"),
        ("districts.csv", "Oak,Ash,E99999999,B1", "councils"),
        ("districts.csv", "Oak,Ash,,B1", "councils"),
        ("hospitals.csv", "Oak Hospital,Oak,CT13NG,", "postcode"),
        ("places.csv", "Oak,England,,many", "people"),
        ("places.csv", ",England,,1", "name"),
    ],
)
def test_a_wrong_row_of_names_is_named(copy, names, file, line, column):
    with (names / file).open("a", encoding="utf-8") as text:
        text.write(f"{line}\n")
    assert [p.column for p in name_problems(copy.folder, COUNCILS)] == [column]
