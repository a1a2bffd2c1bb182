"""A directory in order passes, and each kind of mistake is named with its file, row and column."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from mmhs_finder.curation.check import check, count_rows, load_checked_directory
from mmhs_finder.directory import BrokenDirectory, Problem, load_directory
from mmhs_finder.directory.files import FILES, SHAPES, ProblemLevel


def found(folder: Path, file: str, row: int, column: str) -> list[Problem]:
    """The problems in one cell."""
    return [p for p in check(folder) if (p.file, p.row, p.column) == (file, row, column)]


TODAY = date(2026, 11, 25)


def test_a_directory_in_order_has_no_problem_and_loads(small_folder):
    bad = [p for p in check(small_folder, today=TODAY) if p.kind is not ProblemLevel.OVERDUE]
    assert [str(problem) for problem in bad] == []
    assert load_checked_directory(small_folder).services


def test_what_is_served_is_what_was_checked(copy, made_up_directory, monkeypatch):
    reads: Counter[str] = Counter()
    for name in ("read_bytes", "read_text"):
        read = getattr(Path, name)

        def counted(path: Path, *args: object, read=read, **more: object):
            reads[path.name] += 1
            return read(path, *args, **more)

        monkeypatch.setattr(Path, name, counted)
    directory = load_checked_directory(copy.folder)
    for file in SHAPES:
        (copy.folder / file).unlink()
    assert directory.shapes(detail=True)["features"]
    assert directory.shapes(detail=False)["features"]
    assert reads == dict.fromkeys((*FILES, *SHAPES), 1)
    assert directory.services == made_up_directory.services


def test_the_full_check_stops_a_wrong_directory(copy):
    copy.set("services.csv", 12, "phone", "abc")
    (copy.folder / SHAPES[0]).unlink()
    with pytest.raises(BrokenDirectory) as caught:
        load_checked_directory(copy.folder)
    wrong = [p for p in check(copy.folder) if p.kind is ProblemLevel.WRONG]
    assert list(caught.value.problems) == wrong
    assert [p.file for p in caught.value.problems] == ["services.csv", SHAPES[0]]


def test_counts_rows(copy):
    rows = sum(len(copy.rows(file)) - 1 for file in FILES)
    assert count_rows(copy.folder) == rows
    copy.change("services.csv", lambda all_rows: all_rows.insert(3, [""] * len(all_rows[0])))
    assert count_rows(copy.folder) == rows


CELLS = [
    # file, row, column, value, part of the message
    ("services.csv", 12, "phone", "abc", "is not a UK phone number"),
    ("services.csv", 12, "phone", "0800 1", "is not a UK phone number"),
    ("services.csv", 12, "phone", "+44 20 7946 0000", "formula"),
    ("services.csv", 12, "phone", "116123116123", "is not a UK phone number"),
    ("services.csv", 12, "email", "somebody at nhs.net", "is not an e-mail address"),
    ("services.csv", 12, "email", "a@b", "is not an e-mail address"),
    ("services.csv", 12, "kind", "MMHS", "is not one of: mmhs, perinatal_team"),
    ("services.csv", 12, "kind", "", "this cell is blank"),
    ("services.csv", 12, "status", "shut", "is not one of: open, unknown, closed"),
    ("services.csv", 12, "name", "", "this cell is blank"),
    ("services.csv", 12, "self_referral", "Yes", "is not one of: yes, no, unknown"),
    ("services.csv", 12, "self_referral", "limited", "is not one of: yes, no, unknown"),
    ("services.csv", 12, "referrers", "gp;doctor", "holds “doctor”"),
    ("services.csv", 12, "area_basis", "postcode", "holds “postcode”"),
    ("services.csv", 12, "hours_osm", "Mon-Fri 9-5", "cannot be used as hours"),
    ("services.csv", 12, "hours_osm", "Mo-Fr 18:00-02:00; Sa 10:00-12:00", "commas"),
    ("services.csv", 12, "hours_osm", "Mo-Fr 09:00-17:00; SH off", "school holidays"),
    ("services.csv", 12, "postcode", "CT13NG", "is not a full postcode"),
    ("services.csv", 12, "postcode", "ct1 3ng", "is not a full postcode"),
    ("services.csv", 12, "office_postcode", "CT1", "is not a full postcode"),
    ("services.csv", 12, "website", "www.nhs.uk", "is not a web address"),
    ("services.csv", 12, "website", "javascript:alert(1)", "is not a web address"),
    ("services.csv", 12, "website", "https://www.nhs.uk/a page", "is not a web address"),
    ("services.csv", 12, "website", "https:///page", "is not a web address"),
    ("services.csv", 12, "website", "https://me:secret@nhs.uk/", "is not a web address"),
    ("services.csv", 12, "website", "https://www.nhs.uk./page", "full stop too many"),
    ("services.csv", 12, "website", "http://[", "is not a web address"),
    ("services.csv", 12, "source_urls", "https://nhs.uk;the trust's page", "the trust's page"),
    ("services.csv", 12, "source_urls", "", "needs a source"),
    ("services.csv", 12, "source_date", "22/11/2025", "is not a date"),
    ("services.csv", 12, "source_date", "2025-13", "is not a date"),
    ("services.csv", 12, "source_date", "2025-02-30", "is not a date"),
    ("services.csv", 12, "source_date", "2999", "is in the future"),
    ("services.csv", 12, "checked_on", "2025-11", "is not a date"),
    ("services.csv", 12, "checked_on", "", "this cell is blank"),
    ("services.csv", 12, "checked_on", "2999-01-01", "is in the future"),
    ("services.csv", 12, "min_age", "eighteen", "is not a whole number"),
    ("services.csv", 12, "min_age", "180", "must be from 10 to 30"),
    ("services.csv", 12, "id", "Thrive Kent", "is not written properly"),
    ("services.csv", 12, "who_for", "=HYPERLINK(1)", "formula"),
    ("services.csv", 12, "who_for", "@SUM(1)", "formula"),
    ("services.csv", 12, "who_for", "Women <b>only</b>", "holds HTML"),
    ("services.csv", 12, "who_for", "Women &amp; babies", "holds HTML"),
    ("services.csv", 12, "who_for", "Women\nonly", "cannot be seen"),
    ("services.csv", 12, "who_for", "Women\u202eonly", "cannot be seen"),
    ("services.csv", 12, "who_for", "Womenâ€™s health", "went wrong when it was saved"),
    ("services.csv", 12, "who_for", "Women. Check live page", "note to curators"),
    ("services.csv", 12, "referral_note", "DO NOT show", "note to curators"),
    ("services.csv", 12, "period_note", "See perinatal.csv", "note to curators"),
    ("services.csv", 12, "location_name", "The page was not readable", "note to curators"),
    ("services.csv", 12, "area_text", "Kent (unverified)", "note to curators"),
    ("services.csv", 12, "name", "TODO", "note to curators"),
    ("mmhs_criteria.csv", 3, "service_id", "nobody", "is not in services.csv"),
    ("mmhs_criteria.csv", 3, "loss", "", "this cell is blank"),
    ("mmhs_criteria.csv", 3, "separation", "maybe", "is not one of: yes, no, not_listed, unknown"),
    ("mmhs_criteria.csv", 3, "max_gestation_weeks", "60", "must be from 4 to 42"),
    ("mmhs_criteria.csv", 3, "min_weeks_since_event", "4.5", "is not a whole number"),
    ("mmhs_criteria.csv", 3, "exclusions", "No pages read say so", "note to curators"),
    ("service_areas.csv", 5, "service_id", "nobody", "is not in services.csv"),
    ("service_areas.csv", 5, "area_code", "E07000026", "this council no longer exists"),
    ("service_areas.csv", 5, "area_code", "Kent", "is not in areas.csv"),
    ("service_areas.csv", 5, "area_code", "S12000036", "is not in areas.csv"),
    ("service_areas.csv", 5, "certainty", "sure", "is not one of: stated, inferred"),
    ("areas.csv", 7, "region", "Kent", "is not one of: North East and Yorkshire"),
    ("areas.csv", 7, "icb_2026_code", "X1", "is not written properly"),
    ("areas.csv", 9, "icb_2026", "NHS Somewhere", "with the same code"),
    ("areas.csv", 7, "parent", "E06000999", "is not in areas.csv"),
    ("areas.csv", 7, "births_year_to_mid_2020", "-5", "must be from 1"),
    ("areas.csv", 7, "imd_2025_average_score", "high", "is not a number"),
    ("area_gaps.csv", 4, "area_code", "E06000999", "is not in areas.csv"),
    ("area_gaps.csv", 4, "kind", "gap", "is not one of: mmhs"),
    ("national_support.csv", 8, "phone", "1", "is not a UK phone number"),
    ("national_support.csv", 8, "text_number", "850", "is not a UK phone number"),
    ("national_support.csv", 8, "kind", "helpline", "is not one of: crisis"),
    ("national_support.csv", 8, "nations", "Britain", "holds “Britain”"),
    ("national_support.csv", 8, "audience", "mums", "holds “mums”"),
    ("national_support.csv", 8, "pathways", "sadness", "holds “sadness”"),
    ("national_support.csv", 8, "self_referral", "perhaps", "is not one of: yes, no, unknown"),
    ("national_support.csv", 8, "phone_hours_osm", "always", "cannot be used as hours"),
    ("devolved_nations.csv", 3, "nation", "England and Wales", "is not one of: England"),
    ("devolved_nations.csv", 3, "what_it_offers", "Excerpt: help", "note to curators"),
    ("places.csv", 3, "lat", "5.4", "must be from 49.8 to 61"),
    ("places.csv", 3, "lon", "west", "is not a number"),
    ("places.csv", 3, "rank", "4", "must be from 1 to 3"),
    ("places.csv", 3, "outward_code", "Leeds", "is not written properly"),
]


@pytest.mark.parametrize(("file", "row", "column", "value", "message"), CELLS)
def test_names_a_wrong_cell(copy, file, row, column, value, message):
    copy.set(file, row, column, value)
    assert any(message in str(p) for p in found(copy.folder, file, row, column)), check(copy.folder)


@pytest.mark.parametrize(
    "number",
    ["111", "999", "116 123", "0808 2000 247", "0300 443 1377 ext 1516", "07920 029 180", "85258"],
)
def test_takes_short_and_ordinary_numbers(copy, number):
    row = copy.row_where("national_support.csv", phone="*")
    copy.set("national_support.csv", row, "phone", number)
    assert found(copy.folder, "national_support.csv", row, "phone") == []


def test_says_it_in_a_line_for_people(copy):
    row = copy.row_where("services.csv", phone="*")
    copy.set("services.csv", row, "phone", "abc")
    assert [str(p) for p in found(copy.folder, "services.csv", row, "phone")] == [
        f'services.csv row {row}, column phone: "abc" is not a UK phone number. '
        "Write it like 020 7946 0000, or leave it blank."
    ]


# Cells that belong together

TOGETHER = [
    # file, a row where these hold, column to change, value, column that is named
    ("services.csv", {"phone": "*"}, "phone_audience", "", "phone_audience"),
    ("services.csv", {"phone": "*"}, "phone_status", "", "phone_status"),
    ("services.csv", {"phone": "*"}, "phone", "", "phone_status"),
    ("services.csv", {"phone": ""}, "phone_audience", "public", "phone_audience"),
    ("services.csv", {"email": "*"}, "email_audience", "", "email_audience"),
    ("services.csv", {"email": ""}, "email_audience", "public", "email_audience"),
    ("services.csv", {"website": "*"}, "website_kind", "", "website_kind"),
    ("services.csv", {"hours_osm": "*"}, "hours_text", "", "hours_text"),
    ("services.csv", {"location_kind": "service_base"}, "postcode", "", "postcode"),
    ("services.csv", {"location_kind": "provider_office"}, "postcode", "CT1 3NG", "postcode"),
    (
        "services.csv",
        {"location_kind": "provider_office"},
        "office_postcode",
        "",
        "office_postcode",
    ),
    ("services.csv", {"location_kind": "none"}, "postcode", "CT1 3NG", "postcode"),
    ("services.csv", {"location_kind": "none"}, "office_postcode", "CT1 3NG", "office_postcode"),
    ("services.csv", {"self_referral": "no"}, "referrers", "self", "self_referral"),
    ("services.csv", {"kind": "mmhs"}, "id", "another-name", "id"),
    ("national_support.csv", {"phone": "*"}, "phone_status", "", "phone_status"),
    ("national_support.csv", {"kind": "domestic_abuse"}, "pathways", "crisis", "pathways"),
    (
        "national_support.csv",
        {"kind": "domestic_abuse"},
        "pathways",
        "domestic_abuse;any",
        "pathways",
    ),
    ("national_support.csv", {"kind": "crisis"}, "pathways", "crisis;domestic_abuse", "pathways"),
    ("areas.csv", {"parent": "*"}, "parent", "", "parent"),
    ("areas.csv", {"parent": "E06000064"}, "parent", "E06000065", "code"),
]


@pytest.mark.parametrize(("file", "where", "column", "value", "named"), TOGETHER)
def test_names_cells_that_do_not_fit(copy, file, where, column, value, named):
    row = copy.row_where(file, **where)
    copy.set(file, row, column, value)
    assert found(copy.folder, file, row, named), check(copy.folder)


def test_a_part_of_a_part_is_refused(copy):
    row = copy.row_where("areas.csv", parent="E06000064")
    copy.set("areas.csv", row, "parent", "E06000065-C")
    assert "itself a part" in str(found(copy.folder, "areas.csv", row, "parent"))


# Rows and files


@pytest.mark.parametrize("file", FILES)
def test_names_a_missing_file(copy, file):
    (copy.folder / file).unlink()
    assert Problem(file, 0, "", "", "this file is missing.") in check(copy.folder)
    with pytest.raises(BrokenDirectory, match=file):
        load_directory(copy.folder)


@pytest.mark.parametrize("file", FILES)
def test_names_a_missing_column(copy, file):
    column = copy.rows(file)[0][-1]
    copy.change(file, lambda rows: [row.pop() for row in rows])
    assert found(copy.folder, file, 0, column)


@pytest.mark.parametrize("file", FILES)
def test_names_an_unknown_column(copy, file):
    copy.change(file, lambda rows: [row.append("x") for row in rows])
    assert "is not known" in str(found(copy.folder, file, 1, "x"))


@pytest.mark.parametrize("file", FILES)
def test_names_a_duplicate_row(copy, file):
    copy.change(file, lambda rows: rows.append(rows[1]))
    last = len(copy.rows(file))
    assert any("already in row 2" in p.message for p in check(copy.folder) if p.row == last)


def test_names_a_column_that_is_there_twice(copy):
    copy.change("places.csv", lambda rows: [row.append(row[0]) for row in rows])
    assert "twice" in str(found(copy.folder, "places.csv", 1, "name"))


def test_names_a_row_with_too_many_cells(copy):
    copy.change("places.csv", lambda rows: rows[4].append("extra"))
    assert "7 cells where the header has 6" in str(found(copy.folder, "places.csv", 5, ""))


def test_names_a_file_that_is_not_utf8(copy):
    raw = (copy.folder / "places.csv").read_bytes().split(b"\n")
    raw[9] = b"Caf\xe9,52.1,-1.1,2,B1\r"
    (copy.folder / "places.csv").write_bytes(b"\n".join(raw))
    assert "is not UTF-8" in str(found(copy.folder, "places.csv", 10, ""))


def test_names_an_open_quote(copy):
    with (copy.folder / "places.csv").open("a", encoding="utf-8") as lines:
        lines.write('"Never closed,52.1,-1.1,2,B1\n')
    last = len(copy.rows("places.csv"))
    assert "quote mark" in str(found(copy.folder, "places.csv", last, ""))


def test_names_an_empty_file(copy):
    (copy.folder / "places.csv").write_text("")
    assert "is empty" in str(found(copy.folder, "places.csv", 0, ""))


def test_takes_a_byte_order_mark_and_blank_rows_and_keeps_count(copy, made_up_directory):
    copy.change("places.csv", lambda rows: rows.insert(1, [""] * 5))
    text = (copy.folder / "places.csv").read_text(encoding="utf-8")
    (copy.folder / "places.csv").write_text(text, encoding="utf-8-sig")
    assert load_directory(copy.folder).towns == made_up_directory.towns
    copy.set("places.csv", 4, "rank", "9")
    assert found(copy.folder, "places.csv", 4, "rank")


def test_names_an_mmhs_without_criteria(copy):
    service = copy.rows("mmhs_criteria.csv")[1][0]
    copy.change("mmhs_criteria.csv", lambda rows: rows.pop(1))
    row = copy.row_where("services.csv", id=service)
    assert "no row in mmhs_criteria.csv" in str(found(copy.folder, "services.csv", row, "id"))


def test_names_criteria_of_another_kind_of_service(copy):
    service = copy.rows("mmhs_criteria.csv")[1][0]
    row = copy.row_where("services.csv", id=service)
    copy.set("services.csv", row, "kind", "bereavement")
    problems = found(copy.folder, "mmhs_criteria.csv", 2, "service_id")
    assert "Only an mmhs has criteria" in str(problems)


def test_names_a_gap_that_a_service_fills(copy):
    code = copy.rows("area_gaps.csv")[1][0]
    service = copy.rows("mmhs_criteria.csv")[1][0]
    copy.change("service_areas.csv", lambda rows: rows.append([service, code, "stated"]))
    assert "is served by" in str(found(copy.folder, "area_gaps.csv", 2, "area_code"))


def test_names_a_council_that_is_neither_served_nor_a_gap(copy):
    code = copy.rows("area_gaps.csv")[1][0]
    copy.change("area_gaps.csv", lambda rows: rows.pop(1))
    row = copy.row_where("areas.csv", code=code)
    assert "no row in area_gaps.csv" in str(found(copy.folder, "areas.csv", row, "code"))


@pytest.mark.parametrize("file", ["areas_overview.geojson", "areas_detail.geojson"])
def test_names_shapes_that_do_not_fit_the_areas(copy, file):
    path = copy.folder / file
    shapes = json.loads(path.read_text(encoding="utf-8"))
    gone = shapes["features"].pop(0)["properties"]["id"]
    shapes["features"][0]["properties"]["id"] = "E06000999"
    shapes["features"].append(shapes["features"][5])
    shapes["features"][7]["geometry"] = None
    path.write_text(json.dumps(shapes), encoding="utf-8")
    text = "\n".join(str(p) for p in check(copy.folder) if p.file == file)
    assert f'"{gone}" (' in text
    assert "has no shape" in text
    assert '"E06000999" has a shape but is no council' in text
    assert "has two shapes" in text
    assert "is not an area" in text
    path.write_text("{", encoding="utf-8")
    assert Problem(file, 0, "", "", "this file is not GeoJSON.") in check(copy.folder)
    path.unlink()
    assert Problem(file, 0, "", "", "this file is missing.") in check(copy.folder)


def test_asks_whether_postcodes_exist(small_folder):
    def missing(known):
        found = check(small_folder, postcode_known=known)
        return {p.column for p in found if "exists" in p.message}

    assert missing(lambda text: False) == {"postcode", "office_postcode"}
    assert missing(lambda text: True) == set()


def test_a_date_after_today_is_in_the_future(small_folder):
    found = check(small_folder, today=date(2020, 1, 1))
    assert any("future" in p.message for p in found)


def test_an_empty_folder_is_named_file_by_file(tmp_path):
    assert {p.file for p in check(tmp_path)} >= set(FILES)


def test_names_a_service_that_reaches_nobody(copy):
    copy.change("service_areas.csv", lambda rows: rows.__delitem__(1))
    service = copy.rows("service_areas.csv")[1][0]
    copy.change(
        "service_areas.csv",
        lambda rows: rows.__setitem__(slice(1, None), [r for r in rows[1:] if r[0] != service]),
    )
    row = copy.row_where("services.csv", id=service)
    assert "nobody would be shown it" in str(found(copy.folder, "services.csv", row, "id"))


def test_names_a_service_from_anywhere_that_has_areas(copy):
    row = copy.row_where("services.csv", id=copy.rows("service_areas.csv")[1][0])
    copy.set("services.csv", row, "takes_from_anywhere", "yes")
    problem = str(found(copy.folder, "services.csv", row, "takes_from_anywhere"))
    assert "One of the two is wrong" in problem


def test_names_a_whole_council_beside_a_part_of_it(copy):
    rows = copy.rows("areas.csv")
    part = next(r for r in rows[1:] if r[rows[0].index("parent")])
    code, parent = part[rows[0].index("code")], part[rows[0].index("parent")]
    service = copy.rows("services.csv")[1][0]
    extra = [[service, code, "stated"], [service, parent, "stated"]]
    copy.change("service_areas.csv", lambda all_rows: all_rows.extend(extra))
    last = len(copy.rows("service_areas.csv"))
    problem = str(found(copy.folder, "service_areas.csv", last, "area_code"))
    assert "Name the parts, or only the council" in problem


def test_a_service_for_a_split_council_is_no_gap_for_its_parts(copy):
    rows = copy.rows("areas.csv")
    parent = next(r[rows[0].index("parent")] for r in rows[1:] if r[rows[0].index("parent")])
    parts = {r[rows[0].index("code")] for r in rows[1:] if r[rows[0].index("parent")] == parent}
    kinds = copy.rows("services.csv")
    mmhs = {r[0] for r in kinds[1:] if r[kinds[0].index("kind")] == "mmhs"}
    kept = [r for r in copy.rows("service_areas.csv") if not (r[0] in mmhs and r[1] in parts)]
    copy.write("service_areas.csv", [*kept, [sorted(mmhs)[0], parent, "stated"]])
    gaps = [r for r in copy.rows("area_gaps.csv") if r[0] not in parts | {parent}]
    copy.write("area_gaps.csv", gaps)
    assert not [p for p in check(copy.folder) if p.file in ("areas.csv", "area_gaps.csv")]
