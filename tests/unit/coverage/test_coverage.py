"""Coverage: its percentages computed again from the files, its rules, its maps and its files."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image
from pypdf import PdfReader

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.facts import FACTS
from mmhs_finder.coverage.gaps import Scaling, Weights, scaled
from mmhs_finder.coverage.measures import DEFINITIONS, HELP_MEASURES, VALUES, Measure
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.wording import measure_words, value_words
from mmhs_finder.directory import DATA, Directory
from mmhs_finder.directory.models import ServiceKind, Status
from mmhs_finder.render.documents.pdf import area_report_pdf
from mmhs_finder.render.files.coverage import (
    ABOUT_COLUMNS,
    CSV_COLUMNS,
    to_csv,
    to_geojson,
)
from mmhs_finder.render.files.coverage_picture import to_png, to_svg
from mmhs_finder.render.html.area_report import report_html, report_page
from mmhs_finder.render.maps.coverage.map import coverage_map
from mmhs_finder.render.maps.coverage.outlines import Outlines
from mmhs_finder.render.maps.coverage.signs import SIGNS
from mmhs_finder.views.area_report import AreaReport, area_report
from mmhs_finder.words import say
from tests.made_up.folder import ROWS

TODAY = date(2026, 11, 22)
MOST_MAP_BYTES = 12_000
"""Of a map as a page of its own, before compression; the aim is below 300 kB."""

PATHWAYS = ("birth_trauma", "loss", "tokophobia", "separation")


@pytest.fixture(scope="module")
def coverage(directory: Directory) -> Coverage:
    return Coverage(directory, TODAY)


@pytest.fixture(scope="module")
def outlines(coverage: Coverage) -> Outlines:
    return Outlines(coverage)


def report(coverage: Coverage, outlines: Outlines, level: Level, code: str) -> AreaReport:
    return area_report(coverage, outlines.areas, coverage.at(level, code))


# --- computed again: plain csv and arithmetic, nothing of the project -----------------------------


def table(name: str) -> list[dict[str, str]]:
    """A file of the made-up directory; what it lacks is geography, which is the real one's."""
    made_up = ROWS / f"{name}.csv"
    path = made_up if made_up.exists() else DATA / made_up.name
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def again(measure: str) -> dict[str, str]:
    """The value of each council, worked out from the files alone."""
    areas = table("areas")
    services = {row["id"]: row for row in table("services")}
    criteria = {row["service_id"]: row for row in table("mmhs_criteria")}
    kind = measure if measure in ("perinatal_team", "talking_therapies") else "mmhs"
    serving: dict[str, set[str]] = {}
    for row in table("service_areas"):
        service = services[row["service_id"]]
        if service["kind"] == kind and service["status"] != "closed":
            serving.setdefault(row["area_code"], set()).add(row["service_id"])

    def one(code: str, parent: str) -> str:
        ids = serving.get(code, set()) | (serving.get(parent, set()) if parent else set())
        if not ids:
            return "none_found"
        running = [i for i in ids if services[i]["status"] == "open"]
        if measure in ("mmhs", "perinatal_team", "talking_therapies"):
            return "yes" if running else "not_read"
        if measure == "self_referral":
            said = [services[i]["self_referral"] for i in running]
        else:
            said = [criteria.get(i, {}).get(measure, "unknown") for i in running]
        if "yes" in said:
            return "yes"
        if said and len(running) == len(ids):
            if set(said) == {"no"}:
                return "no"
            if set(said) <= {"no", "not_listed"}:
                return "not_listed"
            if all(services[i]["read"] == "whole" for i in ids):
                return "not_published"
        return "not_read"

    found = {}
    for area in areas:
        if area["parent"]:
            continue
        parts = [a for a in areas if a["parent"] == area["code"]]
        values = {one(p["code"], area["code"]) for p in parts} or {one(area["code"], "")}
        if len(values) == 1:
            found[area["code"]] = values.pop()
        else:
            found[area["code"]] = mixed(values)
    return found


def mixed(values: set[str]) -> str:
    """One value for areas that differ."""
    if "yes" in values:
        return "part"
    if values <= {"no", "not_listed"}:
        return "not_listed"
    return "not_published" if "not_published" in values - {"not_read"} else "not_read"


def births_by_value(values: dict[str, str], **where: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for row in table("areas"):
        if not row["parent"] and all(row[k] == v for k, v in where.items()):
            value = values[row["code"]]
            found[value] = found.get(value, 0) + int(row["births_year_to_mid_2020"])
    return found


YES_NO = (*PATHWAYS, "self_referral", "mmhs", "perinatal_team", "talking_therapies")


@pytest.mark.parametrize("measure", YES_NO)
def test_percentages_of_england_are_those_of_the_files(coverage: Coverage, measure: str):
    expected = births_by_value(again(measure))
    total = sum(expected.values())
    shares = coverage.shares(Measure(measure))
    assert shares.births == total
    for value in VALUES[Measure(measure)]:
        share = 100 * expected.get(value.value, 0) / total
        assert shares.percent(value) == pytest.approx(share)
        assert abs(shares.rounded()[value] - share) < 0.1


@pytest.mark.parametrize("measure", YES_NO)
def test_percentages_of_regions_and_icbs_are_those_of_the_files(coverage, measure):
    values = again(measure)
    for level, column in ((Level.REGION, "region"), (Level.ICB, "icb_2026_code")):
        for row in coverage.rows(level, Measure(measure)):
            expected = births_by_value(values, **{column: row.code})
            assert {v.value: n for v, n in row.shares.by_value.items() if n} == {
                v: n for v, n in expected.items() if n
            }


def test_all_four_and_any_are_those_of_the_files(coverage: Coverage):
    each = [again(p) for p in PATHWAYS]
    parts = {row["parent"] for row in table("areas") if row["parent"]}
    for row in coverage.rows(Level.COUNCIL, Measure.ALL_FOUR):
        if row.parent or row.code in parts:
            continue
        said = [values[row.code] for values in each]
        assert (row.value is Value.YES) == (said == ["yes"] * 4)
        assert (coverage.value(Measure.ANY, row.code) is Value.YES) == ("yes" in said)
        assert (row.value is Value.NONE_FOUND) == ("none_found" in said)


# --- rules ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", list(Measure))
def test_shares_add_up_to_a_hundred_everywhere(coverage: Coverage, measure: Measure):
    for shares in (
        coverage.shares(measure),
        *(r.shares for level in (Level.ICB, Level.REGION) for r in coverage.rows(level, measure)),
    ):
        assert round(sum(shares.rounded().values()), 6) == 100.0
        assert set(shares.by_value) == set(VALUES[measure])


def test_levels_are_complete(coverage: Coverage):
    assert len([r for r in coverage.rows(Level.COUNCIL, Measure.LOSS) if not r.parent]) == 296
    assert len(coverage.rows(Level.ICB, Measure.LOSS)) == 36
    assert len(coverage.rows(Level.REGION, Measure.LOSS)) == 7
    for level in (Level.ICB, Level.REGION):
        rows = coverage.rows(level, Measure.LOSS)
        assert sum(r.births for r in rows) == coverage.shares(Measure.LOSS).births


def test_a_split_council_is_yes_only_when_all_its_parts_are(coverage: Coverage):
    suffolk = {
        r.code: r
        for r in coverage.rows(Level.COUNCIL, Measure.LOSS)
        if r.code.startswith("E07000244")
    }
    assert suffolk["E07000244-W"].value is Value.YES
    assert suffolk["E07000244-R"].value is Value.NONE_FOUND
    assert suffolk["E07000244"].value is Value.PART
    assert suffolk["E07000244-W"].births is None


def test_an_unconfirmed_service_is_never_a_yes(coverage: Coverage):
    lime = "E06000009"
    assert [s.status for s, _ in coverage.services(lime, ServiceKind.MMHS)] == [Status.UNKNOWN]
    for measure in (*HELP_MEASURES, Measure.MMHS):
        assert coverage.value(measure, lime) is Value.NOT_READ


def test_a_closed_service_counts_as_none_and_is_named(coverage: Coverage):
    hull = "E06000010"
    row = coverage.row(Level.COUNCIL, Measure.MMHS, hull)
    assert [s.id for s in row.closed] == ["holly"]
    assert coverage.services(hull, ServiceKind.MMHS) == ()
    for measure in (*HELP_MEASURES, Measure.MMHS):
        assert coverage.value(measure, hull) is Value.NONE_FOUND
    shown = report_html(report(coverage, Outlines(coverage), Level.COUNCIL, hull))
    assert "Holly Maternal Mental Health Service" in shown
    assert coverage.row(Level.COUNCIL, Measure.MMHS, "E07000106").closed == ()


def test_what_no_file_names_is_not_a_no(coverage: Coverage):
    for measure in HELP_MEASURES:
        assert coverage.value(measure, "E06000001") is Value.NONE_FOUND  # Hartlepool


def test_an_icb_is_yes_only_when_all_its_councils_are(coverage: Coverage):
    for row in coverage.rows(Level.ICB, Measure.BIRTH_TRAUMA):
        values = {
            coverage.value(Measure.BIRTH_TRAUMA, a.code)
            for a in coverage.rows(Level.COUNCIL, Measure.MMHS, coverage.at(Level.ICB, row.code))
        }
        assert (row.value is Value.YES) == (values == {Value.YES})
        if row.value is Value.PART:
            assert Value.YES in values or Value.PART in values


def test_sixteen_facts_are_counted():
    assert len(FACTS) == 16


def test_every_measure_is_defined_and_has_words_and_signs(coverage: Coverage):
    assert list(DEFINITIONS) == list(Measure)
    for measure in Measure:
        assert measure_words(measure)
        assert all(value_words(measure, v) and SIGNS[v] for v in VALUES[measure])
        own = DEFINITIONS[measure].words
        assert set(own) <= set(VALUES[measure])
        got = {coverage.value(measure, code) for code in coverage.directory.areas}
        assert got <= set(VALUES[measure])


def test_the_services_of_an_area_are_those_that_serve_it(coverage: Coverage):
    for code in coverage.directory.areas:
        serving = coverage.directory.serving(code)
        for kind in ServiceKind:
            wanted = tuple(pair for pair in serving if pair[0].kind is kind)
            assert coverage.services(code, kind) == wanted
    assert coverage.services("E99999999", ServiceKind.MMHS) == ()


# --- gaps -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("measure", ["birth_trauma", "mmhs", "perinatal_team"])
def test_the_gap_list_holds_every_council_without_a_known_service(coverage: Coverage, measure):
    gaps = coverage.gaps(Measure(measure), Weights(), Scaling.RANK)
    without = {code for code, value in again(measure).items() if value != "yes"}
    assert {g.row.code for g in gaps} == without
    assert all(0 <= g.need <= 1 for g in gaps)
    assert [g.need for g in gaps] == sorted((g.need for g in gaps), reverse=True)


@pytest.mark.parametrize("scaling", list(Scaling))
def test_weights_decide_the_order(coverage: Coverage, scaling: Scaling):
    births = coverage.gaps(Measure.LOSS, Weights(1, 0, 0), scaling)
    assert [g.row.births for g in births] == sorted((g.row.births for g in births), reverse=True)
    poor = coverage.gaps(Measure.LOSS, Weights(0, 0, 2), scaling)
    assert [g.row.imd for g in poor] == sorted((g.row.imd for g in poor), reverse=True)
    nothing = coverage.gaps(Measure.LOSS, Weights(0, 0, 0), scaling)
    assert [g.row.name for g in nothing] == sorted(g.row.name for g in nothing)


def test_need_does_not_depend_on_what_is_in_the_list(coverage: Coverage):
    every = {g.row.code: g.need for g in coverage.gaps(Measure.LOSS, Weights(), Scaling.MIN_MAX)}
    some = coverage.gaps(Measure.LOSS, Weights(), Scaling.MIN_MAX, [Value.NONE_FOUND])
    assert some
    assert all(every[g.row.code] == g.need for g in some)
    assert all(g.row.value is Value.NONE_FOUND for g in some)


def test_the_nearest_area_has_it_and_is_near(coverage: Coverage):
    gaps = {g.row.name: g for g in coverage.gaps(Measure.SEPARATION, Weights(), Scaling.RANK)}
    assert all(g.nearest.value is Value.YES and g.nearest.services for g in gaps.values())
    assert all(0 < g.km < 600 for g in gaps.values())
    # Birmingham to Medway: about 52.48 N 1.90 W to 51.43 N 0.55 E, some 205 km.
    assert gaps["Birmingham"].nearest.name == "Medway"
    assert gaps["Birmingham"].km == pytest.approx(205, abs=5)


def test_scaling():
    assert scaled([10, 20, 40], Scaling.MIN_MAX).tolist() == pytest.approx([0, 1 / 3, 1])
    assert scaled([10, 20, 40], Scaling.RANK).tolist() == [0, 0.5, 1]
    assert scaled([5, 5, 9], Scaling.RANK).tolist() == [0, 0, 1]
    assert scaled([7, 7], Scaling.MIN_MAX).tolist() == [0, 0]


# --- map and files --------------------------------------------------------------------------------


@pytest.mark.parametrize("level", list(Level))
def test_the_map_is_small_and_asks_nobody(coverage, outlines, level):
    for measure in Measure:
        data = coverage_map(coverage, outlines, level, measure, "/shapes").data()
        (values, _) = data["layers"]
        shapes = outlines.of(level)
        assert [values["signs"][v] for v in values["values"]] == [
            coverage.row(level, measure, s.code).value.value for s in shapes
        ]
        assert len(values["words"]) == len(values["signs"])
        assert len(json.dumps(data)) < MOST_MAP_BYTES
        assert "://" not in json.dumps(data)


@pytest.mark.parametrize("level", list(Level))
def test_the_line_is_around_the_shapes_of_the_chosen_area(coverage, outlines, level):
    def chosen(code: str | None) -> list[str]:
        m = coverage_map(coverage, outlines, level, Measure.LOSS, "/shapes", chosen=code)
        return m.data()["layers"][0]["chosen"]

    assert chosen(None) == []
    for shape in outlines.of(level)[::15]:
        assert chosen(shape.code) == [shape.code]


def test_the_line_around_a_split_council_is_around_its_parts(outlines):
    parts = outlines.areas.shape_codes("E07000244")
    assert len(parts) > 1
    assert outlines.around(Level.COUNCIL, "E07000244") == parts


def test_every_shape_is_drawn(outlines):
    assert len(outlines.of(Level.COUNCIL)) == 299
    assert len(outlines.of(Level.ICB)) == 36
    assert len(outlines.of(Level.REGION)) == 7


def luminance(colour: str) -> float:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("measure", list(Measure))
def test_no_two_values_look_alike_in_grey(measure):
    signs = [SIGNS[v] for v in VALUES[measure]]
    assert len({s.letter for s in signs}) == len(signs)
    for one in signs:
        for other in signs:
            if one is not other and one.pattern == other.pattern:
                assert abs(luminance(one.ground) - luminance(other.ground)) > 40


@pytest.mark.parametrize("level", list(Level))
def test_the_files_are_complete(coverage, outlines, level):
    rows = list(
        csv.DictReader(io.StringIO(to_csv(coverage, level, Measure.LOSS).decode("utf-8-sig")))
    )
    assert list(rows[0]) == [*CSV_COLUMNS, *ABOUT_COLUMNS]
    assert rows[0]["title"].startswith("Help after loss of a pregnancy or baby, by")
    assert "Office for National Statistics" in rows[-1]["sources"]
    assert rows[-1]["checked_on"] == coverage.date.isoformat()
    assert len(rows) == len(coverage.rows(level, Measure.LOSS))
    shapes = json.loads(to_geojson(coverage, outlines, level, Measure.LOSS))
    assert len(shapes["features"]) == len(outlines.of(level))
    assert shapes["features"][0]["properties"]["measure"] == "loss"
    assert "Office for National Statistics" in shapes["description"]
    svg = to_svg(coverage, outlines, level, Measure.LOSS).decode()
    root = ET.fromstring(svg)
    paths = root.findall("{http://www.w3.org/2000/svg}path")
    assert len(paths) == len(outlines.of(level))
    for words in ("loss of a pregnancy or baby", "Directory checked on", "Open Government Licence"):
        assert words in svg


@pytest.mark.parametrize("measure", [Measure.BIRTH_TRAUMA, Measure.COMPLETENESS])
def test_the_legend_of_a_file_goes_from_most_known_to_least(coverage, outlines, measure):
    root = ET.fromstring(to_svg(coverage, outlines, Level.COUNCIL, measure).decode())
    order = [value_words(measure, v) for v in VALUES[measure]]
    legend = [t.text for t in root.iter("{http://www.w3.org/2000/svg}text") if t.text in order]
    assert len(legend) > 3
    assert legend == sorted(legend, key=order.index)


def test_the_picture_shows_every_value(coverage, outlines):
    picture = Image.open(
        io.BytesIO(to_png(coverage, outlines, Level.COUNCIL, Measure.BIRTH_TRAUMA))
    )
    assert picture.size == (1000, 1400)
    map_only = picture.convert("RGB").crop((340, 120, 1000, 1250))
    colours = {colour: n for n, colour in map_only.getcolors(1 << 20)}
    rows = coverage.rows(Level.COUNCIL, Measure.BIRTH_TRAUMA)
    for value in {r.value for r in rows if not r.parent} - {Value.PART}:
        ground = SIGNS[value].ground
        rgb = tuple(int(ground[i : i + 2], 16) for i in (1, 3, 5))
        assert colours[rgb] > 200, value


def test_cells_are_never_formulas(coverage, monkeypatch):
    other = Coverage(coverage.directory, TODAY)
    row = replace(other.row(Level.COUNCIL, Measure.LOSS, "E06000001"), name="=1+1")
    monkeypatch.setattr(other, "rows", lambda *_: (row,))
    assert ",=1+1" not in to_csv(other, Level.COUNCIL, Measure.LOSS).decode("utf-8-sig")


# --- the sheet ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "code"),
    [
        (Level.COUNCIL, "E07000106"),
        (Level.COUNCIL, "E06000001"),
        (Level.COUNCIL, "E07000244"),
        (Level.COUNCIL, "E07000244-W"),
        (Level.ICB, "E54000050"),
        (Level.REGION, "London"),
    ],
)
def test_every_kind_of_area_has_a_sheet(coverage, outlines, level, code):
    text = str(report_html(report(coverage, outlines, level, code)))
    for heading in ("Help", "Need", "Gaps", "Areas next to it", "Sources"):
        assert f"<h5>{heading}</h5>" in text
    document = report_page(report(coverage, outlines, level, code)).decode()
    assert document.count("<h1>") == 1 and "<h4>" not in document and "<script" not in document


def test_every_area_has_a_sheet(coverage, outlines):
    for level in Level:
        for row in coverage.rows(level, Measure.MMHS):
            assert report_html(report(coverage, outlines, level, row.code))


def test_a_neighbour_with_something_in_part_is_not_called_unknown(coverage, outlines):
    text = str(report_html(report(coverage, outlines, Level.REGION, "Midlands")))
    assert coverage.row(Level.REGION, Measure.LOSS, "South East").value is Value.PART
    assert "South East: in part of it " in text and "South East: nothing known" not in text
    council = str(report_html(report(coverage, outlines, Level.COUNCIL, "E07000106")))
    assert "Dover: known to offer all four kinds of help" in council


def test_the_gaps_of_a_region_name_the_councils_with_most_births_first(coverage, outlines):
    text = str(report_html(report(coverage, outlines, Level.REGION, "Midlands")))
    line = text[text.index("Help after birth trauma. Councils") :].split("</li>")[0]
    births = {a.name: a.births_year_to_mid_2020 for a in coverage.directory.councils()}
    named = [n for n in line.split(": ", 1)[1].split(", ") if n in births]
    assert len(named) > 5 and named[0] == "Birmingham"
    assert [births[n] for n in named] == sorted((births[n] for n in named), reverse=True)


def test_a_sheet_never_shows_what_is_for_curators(coverage, outlines):
    text = str(report_html(report(coverage, outlines, Level.COUNCIL, "E06000001")))
    assert coverage.directory.gaps["E06000001"].curator_notes[:40] not in text


@pytest.mark.parametrize(
    ("level", "code"), [(Level.COUNCIL, "E07000106"), (Level.ICB, "E54000032")]
)
def test_the_report_as_pdf_has_every_part_as_real_text(coverage, outlines, level, code):
    reader = PdfReader(io.BytesIO(area_report_pdf(report(coverage, outlines, level, code))))
    text = " ".join(page.extract_text() for page in reader.pages)
    parts = ("coverage", "need", "gaps", "workforce", "services", "neighbours", "sources")
    for part in parts:
        assert say(f"area_report.{part}") in text, part
    assert reader.metadata.title.endswith(": what is known")
    assert "<" not in text


def test_the_report_has_the_workforce_for_the_areas_births(coverage, outlines):
    html = report_html(report(coverage, outlines, Level.COUNCIL, "E07000106"))
    births = coverage.row(Level.COUNCIL, Measure.MMHS, "E07000106").births
    assert f"{births:,}" in html
    assert f"{births * 1.2287:,.0f}" in html
