"""The addresses of the feed: pages, filters, what is not there, what may be kept."""

from __future__ import annotations

import json
import logging
import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mmhs_finder.channels.api.rates import Often, Rates
from mmhs_finder.channels.api.routes import routes as for_programs
from mmhs_finder.channels.open_referral import endpoints as module
from mmhs_finder.channels.open_referral.filtering import FILTERS
from mmhs_finder.channels.open_referral.routes import described_feed, routes
from mmhs_finder.channels.shell.stack import middleware
from mmhs_finder.directory.withdrawing import without
from mmhs_finder.directory.withdrawn import Withdrawal
from mmhs_finder.render.addresses import here
from mmhs_finder.render.open_referral.feed import in_short
from mmhs_finder.render.open_referral.ids import feed_id
from tests.api.conftest import OPENED, application_over, often_enough
from tests.made_up.records import SUNDAY_NIGHT, line, service
from tests.made_up.standing import PATH, standing_below
from tests.open_referral.conftest import AT, client_of, directory_of_rows
from tests.open_referral.schemas import KINDS, every

PROBLEM = "application/problem+json"
PROFILE = {
    "/": set(),
    "/services": {*FILTERS, "page", "per_page"},
    "/services/{id}": set(),
    "/organizations": {"page", "per_page"},
    "/organizations/{id}": set(),
    "/service_at_locations": {*FILTERS, "page", "per_page"},
    "/service_at_locations/{id}": set(),
    "/taxonomies": {"page", "per_page"},
    "/taxonomies/{id}": set(),
    "/taxonomy_terms": {"page", "per_page"},
    "/taxonomy_terms/{id}": set(),
}
"""What the profile's own description names, with the organisations and without a person's place."""


def whole(client, path, per_page=7, **asked):
    """All contents of a list, by the links that it gives."""
    reply = client.get(f"{AT}/{path}", params={"per_page": per_page, **asked})
    found, pages = [], 0
    while True:
        assert reply.status_code == 200, reply.text
        page = reply.json()
        pages += 1
        found += page["contents"]
        assert (page["page_number"], page["size"]) == (pages, len(page["contents"]))
        assert page["first_page"] is (pages == 1)
        assert page["last_page"] is (pages == page["total_pages"])
        assert page["empty"] is (not page["contents"])
        links = re.findall(r'<([^>]+)>; rel="(\w+)"', reply.headers["link"])
        at = next((link for link, name in links if name == "next"), None)
        if at is None:
            assert (len(found), pages) == (page["total_items"], page["total_pages"])
            return found
        reply = client.get(at)


def names(client, **asked) -> set[str]:
    return {record["name"] for record in whole(client, "services", 100, **asked)}


def test_the_addresses_and_what_they_may_be_asked_for_are_those_of_the_profile():
    paths = described_feed().openapi()["paths"]
    found = {
        path: {p["name"] for p in ways["get"].get("parameters", ()) if p["in"] == "query"}
        for path, ways in paths.items()
    }
    assert found == PROFILE


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_has_every_record_in_short_and_an_id_gives_the_whole(client, feed, kind):
    records = getattr(feed, kind)
    assert whole(client, kind) == [in_short(record) for record in records.listed]
    for record in every(records):
        assert client.get(f"{AT}/{kind}/{record['id']}").json() == record
        assert client.get(f"{AT}/{kind}/{record['id'].upper()}").json() == record


def test_it_says_which_profile_it_has_and_where_it_is_described(client, monkeypatch):
    assert client.get(f"{AT}/").json() == {
        "version": "HSDS-UK-3.0",
        "profile": "https://docs.openreferraluk.org/",
    }
    monkeypatch.setenv("MMHS_PUBLIC_ADDRESS", "https://finder.example.org")
    found = client.get(f"{AT}/").json()["openapi_url"]
    assert found == "https://finder.example.org/openreferral/openapi.json"
    assert client.get(f"{AT}/openapi.json").json()["servers"] == [{"url": "/openreferral"}]


def test_without_the_last_stroke_it_leads_there(client):
    reply = client.get(f"{AT}?postcode=CT13NG")
    assert (reply.status_code, reply.headers["location"]) == (308, f"{AT}/")


# --- what is not there, what may not be asked -----------------------------------------------------


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "key",
    [
        "none",
        "00000000-0000-5000-8000-000000000000",
        "..%2F..%2Fetc%2Fpasswd",
        "%00",
        "%0A",
        "<script>",
        "CT1%203NG",
        "x" * 3000,
        "%F0%9F%98%80",
        "{id}",
    ],
)
def test_what_is_not_there_is_a_problem_that_repeats_nothing(client, kind, key):
    reply = client.get(f"{AT}/{kind}/{key}")
    assert (reply.status_code, reply.headers["content-type"]) == (404, PROBLEM)
    assert reply.headers["cache-control"] == "no-store"
    assert key not in reply.text
    assert reply.json()["detail"]


def test_an_id_of_another_kind_is_not_there(client, feed):
    for kind, other in pairwise(KINDS):
        key = getattr(feed, kind).listed[0]["id"]
        reply = client.get(f"{AT}/{other}/{key}")
        assert (reply.status_code, reply.json()["type"]) == (404, "/api#no_record")


def test_what_is_taken_out_is_in_nothing_and_its_address_says_to_let_go_of_it(directory, index):
    both = directory_of_rows(directory, [service(), service(id="stays")], [line()])
    taken = [
        Withdrawal(date(2026, 11, 30), file, row, "", "", "it rings in a shop")
        for file, row in (("services.csv", "made-up"), ("national_support.csv", "made-up-line"))
    ]
    client = client_of(application_over(without(both, taken), index))
    for kind, row in (("service", "made-up"), ("line", "made-up-line")):
        key = feed_id(kind, row)
        reply = client.get(f"{AT}/services/{key}", headers={"If-None-Match": "*"})
        assert (reply.status_code, reply.json()["type"]) == (410, "/api#taken_out")
        assert reply.headers["cache-control"] == "no-store"
    assert [one["id"] for one in whole(client, "services")] == [feed_id("service", "stays")]
    assert client.get(f"{AT}/services/{feed_id('service', 'stays')}").status_code == 200


@pytest.mark.parametrize("kind", ["services", "service_at_locations"])
@pytest.mark.parametrize(
    "asked",
    [
        "postcode=CT1+3NG",
        "proximity=500",
        "postcode=CT1+3NG&proximity=500",
        "search=CT1+3NG",
        "search=near+ct13ng",
        "search=lotus+CT1+3NG+please",
        "search=CT1",
    ],
)
def test_a_persons_place_is_never_asked_by_an_address(client, caplog, kind, asked):
    caplog.set_level(logging.DEBUG)
    for headers in ({}, OPENED):
        reply = client.get(f"{AT}/{kind}?{asked}", headers=headers)
        if headers:  # in a browser the address is taken out of the bar
            assert (reply.status_code, reply.headers["location"]) == (303, f"{AT}/{kind}")
        else:
            assert (reply.status_code, reply.json()["type"]) == (400, "/api#query")
        said = f"{reply.text} {reply.headers}".upper()
        assert "CT1" not in said
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("httpx")]
    assert not [text for text in ours if "CT1" in text.upper()]


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ("page=0", 422),
        ("page=-1", 422),
        ("page=x", 422),
        ("page=99999999999999999999", 422),
        ("per_page=0", 422),
        ("per_page=101", 422),
        ("per_page=1.5", 422),
        ("day=someday", 422),
        ("start_time=25:00", 422),
        ("end_time=9am", 422),
        ("minimum_age=x", 422),
        ("minimum_age=nan", 422),
        ("minimum_age=inf", 422),
        (f"search={'x' * 101}", 422),
        ("page=1&page=2", 400),
        ("typed=1", 400),
        ("full=true", 400),
    ],
)
def test_what_cannot_be_asked_is_a_problem(client, asked, status):
    reply = client.get(f"{AT}/services?{asked}")
    assert (reply.status_code, reply.headers["content-type"]) == (status, PROBLEM)


@pytest.mark.parametrize("path", ["/nothing", "/services/", "/services/a/b", "//services"])
def test_no_other_address_is_there(client, path):
    assert client.get(f"{AT}{path}").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH"])
def test_it_is_only_read(client, method):
    reply = client.request(
        method, f"{AT}/services", content="{}", headers={"Content-Type": "application/json"}
    )
    assert reply.status_code == 405


VALUES = st.one_of(
    st.text(max_size=30),
    st.integers().map(str),
    st.floats().map(str),
    st.sampled_from(["MO", "09:00", "23:59", "0", "1", "100", "true", "null", "' OR 1=1 --"]),
)


@given(
    asked=st.dictionaries(st.sampled_from([*FILTERS, "page", "per_page"]), VALUES, max_size=4),
    kind=st.sampled_from(KINDS),
)
@settings(max_examples=150, deadline=None)
def test_nothing_that_is_asked_breaks_it(client, asked, kind):
    reply = client.get(f"{AT}/{kind}", params=asked)
    assert reply.status_code in (200, 400, 422), (asked, reply.text)
    if reply.status_code == 200:
        page = reply.json()
        assert page["size"] == len(page["contents"]) <= 100
        assert page["total_items"] >= page["size"]


@given(per_page=st.integers(1, 100), page=st.integers(1, 10_000), kind=st.sampled_from(KINDS))
@settings(max_examples=60, deadline=None)
def test_every_page_is_its_part_of_the_list(client, feed, per_page, page, kind):
    records = getattr(feed, kind).listed
    found = client.get(f"{AT}/{kind}", params={"page": page, "per_page": per_page}).json()
    part = records[(page - 1) * per_page : page * per_page]
    assert found["contents"] == [in_short(record) for record in part]
    assert found["total_pages"] == max(1, -(-len(records) // per_page))
    assert (found["empty"], found["first_page"]) == (not part, page == 1)


# --- filters --------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def few(directory, index):
    """A client over some services and lines of which the filters are about."""
    rows = [
        service(id="grown", name="Quay", provider="Harbour Trust", min_age=18),
        service(id="young", name="Pier", min_age=14),
        service(id="plain", name="Mole"),
    ]
    call = {"phone": "0191 498 0777", "phone_status": "confirmed"}
    lines = [
        line(id="day", name="By Day", phone_hours_osm="Mo-Fr 09:00-17:00", **call),
        line(id="night", name="By Night", phone_hours_osm="Mo-Su 20:00-02:00", **call),
        line(id="weekend", name="At Weekends", phone_hours_osm="Sa,Su 10:00-12:00", **call),
        line(id="teen", name="For Teens", max_age=25, phone_hours_osm=""),
        line(id="safe", name="Safe At Home", kind="domestic_abuse", pathways=("domestic_abuse",)),
    ]
    made = application_over(directory_of_rows(directory, rows, lines), index)
    made.index.result()
    return client_of(made)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"search": "QUAY"}, {"Quay"}),
        ({"search": "harbour quay"}, {"Quay"}),
        ({"search": "quay pier"}, set()),
        ({"minimum_age": "16"}, {"Quay"}),
        ({"minimum_age": "14"}, {"Quay", "Pier"}),
        ({"maximum_age": "25"}, {"For Teens"}),
        ({"maximum_age": "24"}, set()),
        ({"day": "MO"}, {"By Day", "By Night"}),
        ({"day": "SU"}, {"By Night", "At Weekends"}),
        ({"start_time": "09:30"}, {"By Night", "At Weekends"}),
        ({"end_time": "17:00"}, {"By Day", "At Weekends"}),
        ({"day": "SA", "end_time": "17:00"}, {"At Weekends"}),
        ({"start_time": "09:00:00", "end_time": "17:00:00"}, {"By Day", "At Weekends"}),
        ({"taxonomy_id": "none"}, set()),
        ({"taxonomy_term_id": "none"}, set()),
    ],
)
def test_a_filter_finds_what_is_known_to_fit(few, asked, expected):
    assert names(few, **asked) == expected


def term_of(client, value: str) -> str:
    terms = whole(client, "taxonomy_terms", 100)
    return next(t["id"] for t in terms if t["term"] == value)


def test_help_with_abuse_at_home_is_in_a_list_only_where_it_is_asked_for(few):
    assert "Safe At Home" not in names(few)
    assert names(few, search="safe") == set()
    taxonomy = whole(few, "taxonomies")[1]["id"]
    assert "Safe At Home" not in names(few, taxonomy_id=taxonomy)
    assert names(few, taxonomy_term_id=term_of(few, "domestic_abuse")) == {"Safe At Home"}
    assert "Safe At Home" not in json.dumps(whole(few, "organizations"))


def test_a_taxonomy_and_a_term_find_those_that_are_marked(few):
    assert names(few, taxonomy_term_id=term_of(few, "mmhs")) == {"Quay", "Pier", "Mole"}
    kinds = whole(few, "taxonomies")[0]["id"]
    assert names(few, taxonomy_id=kinds) == {"Quay", "Pier", "Mole"}


# --- the gate, which is that of the interface -----------------------------------------------------


def test_what_may_be_kept_and_who_may_read_it(client, feed):
    paths = ["/", *(f"/{kind}" for kind in KINDS), f"/services/{feed.services.listed[0]['id']}"]
    for path in paths:
        first = client.get(f"{AT}{path}")
        assert first.headers["cache-control"] == "public, max-age=60", path
        assert first.headers["access-control-allow-origin"] == "*"
        assert first.headers["x-robots-tag"] == "noindex"
        assert first.headers["content-security-policy"].startswith("default-src 'none'")
        assert "set-cookie" not in first.headers
        again = client.get(f"{AT}{path}", headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_all_that_programs_ask_is_counted_together(application):
    rates = Rates(Often(10**6, 10**6), Often(2, 2))

    def clock():
        return SUNDAY_NIGHT

    both = [*for_programs(application, clock, rates), *routes(application, clock, rates)]
    client = TestClient(Starlette(routes=both))
    asked = ["/api/v1/version", f"{AT}/services", f"{AT}/services", "/api/v1/version"]
    assert [client.get(path).status_code for path in asked] == [200, 200, 429, 429]


def test_a_field_that_nobody_described_is_not_sent(application, monkeypatch, caplog):
    drawn = module.in_short
    monkeypatch.setattr(module, "in_short", lambda record: drawn(record) | {"notes": "secret"})
    reply = client_of(application).get(f"{AT}/services")
    assert (reply.status_code, reply.json()["type"]) == (500, "/api#broken")
    assert "secret" not in reply.text + caplog.text


@pytest.mark.parametrize("field", ["id", "name", "status", "assured_date"])
def test_a_record_without_what_is_required_is_not_sent(application, monkeypatch, field):
    drawn = module.in_short

    def without(record):
        return {name: value for name, value in drawn(record).items() if name != field}

    monkeypatch.setattr(module, "in_short", without)
    assert client_of(application).get(f"{AT}/services").status_code == 500


HOSTILE = '=cmd|"/c calc"!A1 <script>alert(1)</script> \u202e\u0007 {gap} %s'


def test_a_hostile_cell_is_only_text(directory, index):
    row = service(name=HOSTILE, provider=HOSTILE, who_for=HOSTILE, website="javascript:alert(1)")
    made = application_over(directory_of_rows(directory, [row], []), index)
    client = client_of(made)
    (found,) = whole(client, "services")
    assert found["name"] == HOSTILE
    assert "url" not in found
    reply = client.get(f"{AT}/services/{found['id']}")
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["x-content-type-options"] == "nosniff"


def test_another_directory_gives_another_feed(directory, index):
    """It follows a directory that has changed: nothing of the old one is kept."""
    old = application_over(directory, index)
    changed = MappingProxyType({})
    new = old.over(replace(directory, services=changed, criteria=changed, service_areas=()))
    assert names(client_of(old)) > names(client_of(new))


# --- inside the whole shell -----------------------------------------------------------------------


@pytest.fixture
def around(application):
    """The feed behind everything that stands around the app."""

    def make() -> TestClient:
        ours = routes(clock=lambda: SUNDAY_NIGHT, rates=often_enough())
        app = Starlette(routes=ours, middleware=middleware(application, ours))
        return TestClient(app, f"http://testserver{here('/')}", follow_redirects=False)

    return make


def test_the_doors_let_it_in_and_nothing_leads_out_of_the_path_of_the_site(around):
    assert around().get("openreferral/services").status_code == 200
    with standing_below():
        client = around()
        assert client.get("openreferral").headers["location"] == f"{PATH}{AT}/"
        assert client.get("openreferral/openapi.json").json()["servers"] == [{"url": PATH + AT}]
        for kind in KINDS:
            reply = client.get(f"openreferral/{kind}?per_page=1")
            assert reply.headers["link"].startswith(f"<{PATH}{AT}/{kind}?")
        assert client.get("openreferral/none").json()["type"].startswith(f"{PATH}/api#")


def test_the_page_for_programs_leads_here(application):
    ours = for_programs(application, lambda: SUNDAY_NIGHT, often_enough())
    page = TestClient(Starlette(routes=ours)).get("/api", headers=OPENED).text
    assert f'href="{AT}/"' in page
    assert '<li id="no_record">' in page
