"""The directory in memory: who serves what, parts of councils, shapes, and how cells are read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.directory import DATA, BrokenDirectory, data_folder, load_directory
from mmhs_finder.directory.cells import columns_of, parse_cell
from mmhs_finder.directory.files import FILES, read_table
from mmhs_finder.directory.models import Certainty, Service, ServiceKind, Status, YesNo
from mmhs_finder.directory.reading import REFERENCES


def test_loads_every_row_of_every_file(directory):
    loaded = {
        "services.csv": directory.services,
        "mmhs_criteria.csv": directory.criteria,
        "service_areas.csv": directory.service_areas,
        "areas.csv": directory.areas,
        "area_gaps.csv": directory.gaps,
        "national_support.csv": directory.national,
        "devolved_nations.csv": directory.devolved,
        "places.csv": directory.towns,
    }
    assert set(loaded) == set(FILES)
    for file, records in loaded.items():
        assert len(records) == len(read_table(directory.folder, file)[0].rows) > 5


def test_the_folder_comes_from_the_setting(copy, monkeypatch):
    monkeypatch.setenv("MMHS_DATA_DIR", str(copy.folder))
    assert data_folder() == copy.folder
    assert load_directory().folder == copy.folder
    monkeypatch.setenv("MMHS_DATA_DIR", " ")
    assert data_folder() == DATA


def test_a_broken_directory_says_everything_at_once(copy):
    copy.set("services.csv", 3, "kind", "ward")
    copy.set("service_areas.csv", 4, "area_code", "E07000026")
    with pytest.raises(BrokenDirectory) as caught:
        load_directory(copy.folder)
    lines = str(caught.value).splitlines()
    assert lines[0] == "The directory cannot be used until this is put right:"
    assert [line.split(":")[0] for line in lines[1:]] == [
        "services.csv row 3, column kind",
        "service_areas.csv row 4, column area_code",
    ]
    assert len(caught.value.problems) == 2


def test_an_area_has_its_own_rows_those_of_its_council_and_those_of_its_parts(directory):
    for code, area in directory.areas.items():
        family = {code, area.parent, *(part.code for part in directory.parts(code))}
        wanted = dict.fromkeys(
            r.service_id for r in directory.service_areas if r.area_code in family
        )
        closed = [i for i in wanted if directory.services[i].status is Status.CLOSED]
        serving = [s.id for s, _ in directory.serving(code)]
        assert serving == [i for i in wanted if i not in closed]
        assert [s.id for s in directory.closed(code)] == closed
    assert directory.serving("E99999999") == ()


def test_areas_of_is_what_the_file_says(directory):
    for service in directory.services:
        wanted = {
            (r.area_code, r.certainty) for r in directory.service_areas if r.service_id == service
        }
        assert {(a.code, sure) for a, sure in directory.areas_of(service)} == wanted
    assert directory.areas_of("nobody") == ()


def test_every_service_reaches_a_postcode_or_takes_people_from_anywhere(directory, index):
    councils = set(index.find_many([]).council_names.tolist())
    for service in directory.services.values():
        reached = {a.parent or a.code for a, _ in directory.areas_of(service.id)} & councils
        assert reached or service.takes_from_anywhere is YesNo.YES, service.id


def test_a_council_is_served_by_those_whose_rows_name_it_in_the_files_order(directory):
    mmhs = [(s.id, c) for s, c in directory.serving("E06000036")]
    assert mmhs == [("birch", Certainty.INFERRED), ("rowan", Certainty.INFERRED)]
    assert directory.closed("E06000010") == (directory.services["holly"],)
    assert [s.id for s, _ in directory.serving("E06000010")] == ["lantern"]


def test_parts_belong_to_their_council_only(directory):
    assert [a.code for a in directory.parts("E07000244")] == ["E07000244-R", "E07000244-W"]
    assert directory.parts("E07000106") == ()
    assert directory.parts("E07000244-W") == ()
    assert sum(len(directory.parts(code)) for code in directory.areas) == 6


def test_councils_are_whole_and_by_name(directory):
    councils = directory.councils()
    assert len(councils) == 296
    assert not any(area.parent for area in councils)
    assert [a.name for a in councils] == sorted(a.name for a in councils)


def test_services_of_one_kind(directory):
    assert {s.id for s in directory.services_of(ServiceKind.MMHS)} == set(directory.criteria)


@pytest.mark.parametrize("detail", [True, False])
def test_shapes_are_read_once(directory, detail):
    shapes = directory.shapes(detail)
    assert shapes is directory.shapes(detail=detail)
    split = {area.parent for area in directory.areas.values()}
    assert {f["properties"]["id"] for f in shapes["features"]} == set(directory.areas) - split


def test_missing_shapes_are_named(copy):
    (copy.folder / "areas_detail.geojson").unlink()
    with pytest.raises(BrokenDirectory, match=r"areas_detail\.geojson: this file is missing"):
        load_directory(copy.folder).shapes(detail=True)


def test_knows_when_it_was_checked(directory):
    lines = (*directory.services.values(), *directory.national)
    assert directory.newest_check == max(s.checked_on for s in lines)


def test_nothing_in_it_can_be_changed(directory):
    with pytest.raises(TypeError):
        directory.services["new"] = None
    with pytest.raises(AttributeError):
        directory.towns = ()


# Cells

COLUMNS = [column for record in FILES.values() for column in columns_of(record).values()]


@given(st.text(), st.sampled_from(COLUMNS))
def test_a_cell_is_read_or_refused_with_words_for_people(text, column):
    try:
        value = parse_cell(text, column)
    except ValueError as error:
        message = str(error)
        assert message.endswith(".")
        assert "Traceback" not in message
        assert "invalid literal" not in message
    else:
        if not text.strip():
            assert value in ("", (), None)
        if isinstance(value, tuple):
            assert all(item == item.strip() != "" for item in value)


@given(st.lists(st.text().map(str.strip).filter(lambda item: item and ";" not in item)))
def test_lists_come_back_as_they_were_written(items):
    column = columns_of(Service)["partners"]
    assert parse_cell("; ".join(items), column) == tuple(items)


@given(st.integers(min_value=-(10**8), max_value=10**8))
def test_whole_numbers_come_back(number):
    assert parse_cell(f" {number} ", columns_of(Service)["min_age"]) == number


@given(st.dates())
def test_dates_come_back(day):
    assert parse_cell(day.isoformat(), columns_of(Service)["checked_on"]) == day


@pytest.mark.parametrize("text", ["٣", "1e3", "0x10", "1_000", "12.0"])
def test_only_plain_digits_are_whole_numbers(text):
    with pytest.raises(ValueError, match="is not a whole number"):
        parse_cell(text, columns_of(Service)["min_age"])


@pytest.mark.parametrize("file", sorted({other for _, _, other, _ in REFERENCES}))
def test_a_file_that_others_name_rows_of_is_not_served_without_any(copy, file):
    copy.write(file, copy.rows(file)[:1])
    with pytest.raises(BrokenDirectory, match=f"{file}.*has no rows"):
        load_directory(copy.folder)
