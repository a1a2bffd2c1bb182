"""The whole directory as files: what is in them, and that the files, the package and the interface
say one thing."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import MappingProxyType

import pytest
from frictionless import Package

from mmhs_finder.answers.national import HIDDEN_UNLESS_CHOSEN
from mmhs_finder.channels.api.tables import data_tables
from mmhs_finder.channels.api.whole import README, whole_directory
from mmhs_finder.directory.models import PhoneStatus, Status
from mmhs_finder.directory.withdrawing import without
from mmhs_finder.directory.withdrawn import Withdrawal
from mmhs_finder.render.files.data_package import PACKAGE
from mmhs_finder.render.html.whole import JSON_AT, ZIP_AT
from mmhs_finder.render.public_json import directory_json
from mmhs_finder.views.public import PublicDirectory
from tests.api.conftest import OPENED, V1, application_over, client_of
from tests.made_up.records import SUNDAY_NIGHT

DAY = date(2026, 11, 30)
AT = (ZIP_AT, JSON_AT, f"/download/{PACKAGE}")
MARK = "only-for-curators-7731"
NUMBER = "0191 498 0999"


@pytest.fixture(scope="module")
def whole(application):
    return whole_directory(application, DAY)


def rows_of(whole, name: str) -> list[dict[str, str]]:
    text = whole.files[f"{name}.csv"].decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def texts(whole) -> Iterable[str]:
    yield whole.json.decode()
    yield from (content.decode() for content in whole.files.values())


# --- what is in them ------------------------------------------------------------------------------


def test_the_package_describes_every_file_and_is_valid(whole, tmp_path: Path):
    for name, content in whole.files.items():
        (tmp_path / name).write_bytes(content)
    report = Package(str(tmp_path / PACKAGE)).validate()
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])
    package = json.loads(whole.files[PACKAGE])
    described = {table["path"] for table in package["resources"]}
    assert described == {*whole.files} - {README, PACKAGE}
    assert package["licenses"] and package["attribution"]
    for table in package["resources"]:
        assert table["description"]
        assert table["bytes"] == len(whole.files[table["path"]])
        for field in table["schema"]["fields"]:
            assert field["description"], (table["name"], field["name"])


def test_every_record_of_the_interface_is_in_the_json_as_it_is(whole, client):
    found = json.loads(whole.json)
    lists = {
        "services": f"{V1}/services",
        "closed_services": f"{V1}/services?status=closed",
        "national_support": f"{V1}/national-support",
    }
    for name, path in lists.items():
        listed, page = [], 1
        while True:
            joint = "&" if "?" in path else "?"
            reply = client.get(f"{path}{joint}page={page}&per_page=100").json()
            listed, page = [*listed, *reply["items"]], page + 1
            if len(listed) == reply["total"]:
                break
        assert found[name] == listed and listed
    for area in found["areas"]:
        assert client.get(f"{V1}/areas/{area['code']}").json() == area


def test_every_value_of_the_json_is_in_a_table_or_in_one_of_its_own(whole):
    found = json.loads(whole.json)
    services = rows_of(whole, "services")
    assert [row["id"] for row in services] == [one["id"] for one in found["services"]]
    for row, one in zip(services, found["services"], strict=True):
        assert row["phone"].lstrip("'") == (one["phone"] or "")
        assert row["phone_for_professionals"].lstrip("'") == (one["phone_for_professionals"] or "")
        assert row["sources"] == "; ".join(one["sources"])
        assert row["availability_is_old"] == str(one["availability_is_old"]).lower()
    serving = {
        (r["service_id"], r["code"], r["certainty"]) for r in rows_of(whole, "service_areas")
    }
    assert serving == {
        (one["id"], area["code"], area["certainty"])
        for one in found["services"]
        for area in one["serves"]
    }
    criteria = {row["service_id"]: row for row in rows_of(whole, "mmhs_criteria")}
    known = {one["id"]: one["criteria"] for one in found["services"] if one.get("criteria")}
    assert {*criteria} == {*known}
    for key, row in criteria.items():
        assert {*row} == {"service_id", *known[key]}
        assert row["loss_only_if"] == known[key]["loss_only_if"]
    areas = {row["code"]: row for row in rows_of(whole, "areas")}
    assert all(areas[one["code"]]["icb_code"] == one["icb"]["code"] for one in found["areas"])


def test_no_field_is_lost_on_the_way_into_the_tables(application):
    """Each field of a record is a column, a table of its own, or one of these, and these alone."""
    derived = {"facts", "pathways", "pathways_only_if"}  # said by other columns
    elsewhere = {"serves", "criteria", "unanswered_links"}  # tables of their own
    of_area = {"parts", "services", "closed"}  # said by part_of, and by service_areas
    records = directory_json(PublicDirectory(application.directory, DAY))
    tables = {table.name: table for table in data_tables(records)}
    for name, rows in records.items():
        columns = {column.name for column in tables[name].columns}
        for field in {field for row in rows for field in row} - derived - elsewhere - of_area:
            assert field in columns or f"{field}_code" in columns, (name, field)


@pytest.fixture(scope="module")
def marked(directory, index):
    """Every private cell says so, every number is to be checked, every name is a formula."""

    def by_hand(row, **more):
        fields = type(row).model_fields
        own = ("curator_notes", "notes", "read_basis", "told_proof")
        unsure = {"phone": NUMBER, "phone_status": PhoneStatus.CHECK}
        said = {name: f"{MARK} {NUMBER}" for name in own if name in fields}
        return row.model_copy(update={**said, **unsure, **more})

    referring = {"referrer_phone": NUMBER, "referrer_phone_status": PhoneStatus.CHECK}
    named = {"name": '=HYPERLINK("https://evil.example")', "who_for": '@SUM(1)\r\n"<script>'}
    services = {k: by_hand(row, **referring, **named) for k, row in directory.services.items()}
    lines = tuple(row if row.urgent_strip else by_hand(row) for row in directory.national)
    found = replace(directory, services=MappingProxyType(services), national=lines)
    return whole_directory(application_over(found, index), DAY)


def test_no_note_and_no_number_that_is_to_be_checked_is_in_any_file(marked):
    for text in texts(marked):
        assert MARK not in text
        assert NUMBER not in text


def test_no_cell_is_a_formula_and_each_row_has_its_columns(marked):
    for name, content in marked.files.items():
        if not name.endswith(".csv"):
            continue
        header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        assert all(len(row) == len(header) for row in rows)
        cells = [cell for row in rows for cell in row]
        assert not [c for c in cells if c.startswith(("=", "@", "+", "\t", "\r"))]
    assert rows_of(marked, "services")[0]["name"] == '\'=HYPERLINK("https://evil.example")'


def test_a_closed_service_is_named_only_and_domestic_abuse_is_left_out(whole, directory):
    closed = {s.id for s in directory.services.values() if s.status is Status.CLOSED}
    found = json.loads(whole.json)
    assert closed and {row["id"] for row in rows_of(whole, "closed_services")} == closed
    assert not closed & {row["id"] for row in rows_of(whole, "services")}
    assert not closed & {row["service_id"] for row in rows_of(whole, "service_areas")}
    for one in found["closed_services"]:
        assert not {"phone", "email", "website", "referral_form", "sources"} & {*one}
    hidden = {row.id for row in directory.national if row.kind == HIDDEN_UNLESS_CHOSEN}
    assert hidden and not hidden & {one["id"] for one in found["national_support"]}


def test_what_is_taken_out_is_in_no_file(application, index):
    row = next(s for s in application.directory.services.values() if s.phone and s.website)
    taken = [Withdrawal(DAY, "services.csv", row.id, "", "", "it rings in a shop")]
    after = whole_directory(application_over(without(application.directory, taken), index), DAY)
    for name in ("services", "service_areas", "mmhs_criteria", "closed_services"):
        assert not any(row.id in each.values() for each in rows_of(after, name)), name
    assert row.id not in {one["id"] for one in json.loads(after.json)["services"]}


# --- made once, and the same ----------------------------------------------------------------------


def test_the_same_directory_makes_the_same_bytes_and_another_one_others(application, index, whole):
    again = whole_directory(application_over(application.directory, index), DAY)
    assert again is not whole
    assert (again.zip, again.json, again.json_zipped) == (whole.zip, whole.json, whole.json_zipped)
    assert whole_directory(application, DAY) is whole
    with zipfile.ZipFile(io.BytesIO(whole.zip)) as archive:
        assert archive.testzip() is None
        assert {n: archive.read(n) for n in archive.namelist()} == whole.files
    services = dict(application.directory.services)
    key = next(iter(services))
    services[key] = services[key].model_copy(update={"name": "Another Name"})
    other = replace(application.directory, services=MappingProxyType(services))
    assert whole_directory(application_over(other, index), DAY).zip != whole.zip


# --- over HTTP ------------------------------------------------------------------------------------


def test_each_file_can_be_had_kept_for_a_minute_and_read_by_any_page(client):
    whole = client.get(ZIP_AT)
    assert whole.headers["content-type"] == "application/zip"
    assert zipfile.ZipFile(io.BytesIO(whole.content)).testzip() is None
    for path in AT:
        first = client.get(path, headers={"Origin": "https://council.example"})
        assert first.status_code == 200
        assert first.headers["cache-control"] == "public, max-age=60"
        assert first.headers["access-control-allow-origin"] == "*"
        assert first.headers["x-robots-tag"] == "noindex"
        assert first.headers["content-disposition"].startswith("attachment; ")
        assert "set-cookie" not in first.headers
        again = client.get(path, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        head = client.head(path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["etag"] == first.headers["etag"]


def test_the_json_is_packed_for_who_can_unpack_it(client):
    plain = client.get(JSON_AT, headers={"Accept-Encoding": "identity"})
    packed = client.get(JSON_AT, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in plain.headers
    assert packed.headers["content-encoding"] == "gzip"
    assert packed.content == plain.content  # unpacked by the client
    assert int(packed.headers["content-length"]) < len(plain.content) / 3
    assert plain.headers["vary"] == packed.headers["vary"] == "Accept-Encoding"


def test_another_day_has_another_mark(application):
    today, tomorrow = client_of(application), client_of(application, SUNDAY_NIGHT + timedelta(1))
    assert today.get(ZIP_AT).headers["etag"] != tomorrow.get(ZIP_AT).headers["etag"]


@pytest.mark.parametrize("path", ["/download/", "/download/none.zip", "/download/mmhs-finder.zip/"])
def test_what_is_not_there_is_a_problem_or_in_a_browser_the_page(client, path):
    reply = client.get(path)
    assert (reply.status_code, reply.json()["status"]) == (404, 404)
    opened = client.get(path, headers=OPENED)
    assert opened.status_code == 404
    assert 'data-instead="/no-such-page"' in opened.text


def test_nothing_is_asked_of_a_file_by_its_address(client):
    reply = client.get(f"{ZIP_AT}?postcode=CT1+3NG")
    assert (reply.status_code, reply.json()["type"].rpartition("#")[2]) == (400, "query")
    opened = client.get(f"{ZIP_AT}?postcode=CT1+3NG", headers=OPENED)
    assert (opened.status_code, opened.headers["location"]) == (303, ZIP_AT)
    assert client.post(ZIP_AT, json={}).status_code == 405
    assert {*client.put(ZIP_AT).headers["allow"].split(", ")} == {"GET", "HEAD"}


def test_the_pages_lead_to_the_files(client):
    page = client.get("/api", headers=OPENED).text
    assert f'href="{ZIP_AT}"' in page and f'href="{JSON_AT}"' in page
