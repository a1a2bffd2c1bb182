"""Records of the directory: what is in them, what is in none, lists by part and by filter."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from types import MappingProxyType

import pytest

from mmhs_finder.answers.national import HIDDEN_UNLESS_CHOSEN
from mmhs_finder.directory.models import (
    Audience,
    Pathway,
    PathwayOffer,
    PhoneStatus,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.directory.ways import Reader, WayKind, service_ways, way_of
from mmhs_finder.directory.withdrawing import without
from mmhs_finder.directory.withdrawn import Withdrawal
from tests.api.conftest import CANTERBURY, V1, application_over, client_of

MARK = "only-for-curators-7731"
NUMBER = "0191 498 0999"
DAY = date(2026, 11, 30)


def every(client, path, **asked):
    """All items of a list, by the links that it gives."""
    found = []
    reply = client.get(f"{V1}/{path}", params={"per_page": 7, **asked})
    while True:
        assert reply.status_code == 200, reply.text
        found += reply.json()["items"]
        links = re.findall(r'<([^>]+)>; rel="(\w+)"', reply.headers["link"])
        at = next((link for link, name in links if name == "next"), None)
        if at is None:
            assert len(found) == reply.json()["total"]
            return found
        reply = client.get(at)


def by_hand(row):
    """A record with what nobody else may see in each column for it."""
    fields = type(row).model_fields
    said = {c: f"{MARK} {NUMBER}" for c in ("curator_notes", "notes", "read_basis") if c in fields}
    if "told_proof" in fields:
        said |= {"told_proof": MARK}
    return row.model_copy(update=said)


@pytest.fixture(scope="module")
def marked(directory, index):
    """A client over a directory whose every private cell says so, and whose every number is to be
    checked: its hours go with it."""
    unsure = {"phone": NUMBER, "phone_status": PhoneStatus.CHECK}
    referring = {"referrer_phone": NUMBER, "referrer_phone_status": PhoneStatus.CHECK}
    services = {
        key: by_hand(row).model_copy(
            update={
                **unsure,
                **referring,
                "phone_audience": Audience.PUBLIC,
                "hours_text": MARK,
            }
        )
        for key, row in directory.services.items()
    }
    lines = tuple(
        by_hand(row).model_copy(update={} if row.urgent_strip else unsure)
        for row in directory.national
    )
    found = replace(
        directory,
        services=MappingProxyType(services),
        national=lines,
        devolved=tuple(map(by_hand, directory.devolved)),
    )
    return client_of(application_over(found, index))


def test_no_note_and_no_number_that_is_to_be_checked_is_in_anything(marked, directory, addresses):
    replies = [marked.get(path).text for path in addresses]
    replies += [str(every(marked, path)) for path in ("services", "national-support", "areas")]
    replies += [str(every(marked, "services", status="closed"))]
    for text in ("CT1 3NG", "EH1 1YZ", "CF10 1EP", "TS24 7BT"):
        sent = {"postcode": text, "needs": ["loss"], "answers": {"months_since": 3}}
        replies.append(marked.post(f"{V1}/answers", json=sent).text)
    assert not [text[:80] for text in replies if MARK in text or NUMBER in text]


def test_every_service_is_there_with_what_a_parent_may_use_and_the_rest_apart(client, directory):
    found = {one["id"]: one for one in every(client, "services")}
    running = {s.id for s in directory.services.values() if s.status is not Status.CLOSED}
    assert {*found} == running
    for key, record in found.items():
        service = directory.services[key]
        hers = service_ways(service)
        assert record["phone"] == (way_of(hers, WayKind.PHONE) or None)
        assert record["email"] == (way_of(hers, WayKind.EMAIL) or None)
        assert record["website"] == (way_of(hers, WayKind.PAGE) or None)
        others = [
            way.value
            for way in service_ways(service, Reader.PROFESSIONAL)
            if way.audience is Audience.PROFESSIONAL and way.confirmed
        ]
        said = record["phone_for_professionals"]
        assert said is None or said in others
        assert record["phone"] is None or record["phone"] not in others
        assert client.get(f"{V1}/services/{key}").json() == record


def test_what_a_service_told_us_goes_with_its_day_and_its_condition(client, directory):
    """And what is for people who refer stands under names of its own."""
    found = {one["id"]: one for one in every(client, "services")}
    told = [s for s in directory.services.values() if s.told_on and s.status is not Status.CLOSED]
    assert told
    for service in told:
        record = found[service.id]
        assert record["told_on"] == service.told_on.isoformat()
        assert record["standing"] in ("confirmed", "told")
        assert "told_proof" not in record
    waiting = [s for s in directory.services.values() if s.wait_assessment_weeks is not None]
    assert waiting
    for service in waiting:
        as_of = service.availability_as_of
        said = found[service.id]["availability_as_of"]
        assert said == (as_of.isoformat() if as_of else None)
    conditions = {
        (key, need) for key, c in directory.criteria.items() for need in Pathway if c.only_if(need)
    }
    assert conditions
    for key, need in conditions:
        assert found[key]["pathways_only_if"][need]


def test_a_closed_service_has_no_way_to_it_and_says_who_says_so(client, directory):
    closed = every(client, "services", status="closed")
    assert {one["id"] for one in closed} == {
        s.id for s in directory.services.values() if s.status is Status.CLOSED
    }
    for one in closed:
        assert one["said_by"] and one["text"]
        assert not {"phone", "email", "website", "referral_form"} & {*one}
        assert client.get(f"{V1}/services/{one['id']}").json() == one


def test_filters_leave_what_they_say(client, directory):
    every_one = every(client, "services")
    for kind in ServiceKind:
        assert every(client, "services", kind=kind.value) == [
            one for one in every_one if one["kind"] == kind
        ]
    for said in YesNo:
        assert every(client, "services", self_referral=said.value) == [
            one for one in every_one if one["self_referral"] == said
        ]
    for status in (Status.OPEN, Status.UNKNOWN):
        assert every(client, "services", status=status.value) == [
            one for one in every_one if one["status"] == status
        ]
    here = every(client, "services", area=CANTERBURY)
    assert [one["id"] for one in here if one["kind"] == "mmhs"] == [
        s.id for s, _ in directory.serving(CANTERBURY) if s.kind is ServiceKind.MMHS
    ]
    icb = directory.areas[CANTERBURY].icb_2026_code
    assert {one["id"] for one in here} <= {one["id"] for one in every(client, "services", icb=icb)}


@pytest.mark.parametrize("pathway", [*Pathway])
def test_a_pathway_leaves_who_says_so_and_nothing_for_a_baby_after_a_loss(client, pathway):
    found = every(client, "services", pathway=pathway.value)
    for one in found:
        offers = one.get("pathways", {}).get(pathway)
        assert offers == PathwayOffer.YES or pathway in one["only_for"]
        if pathway in (Pathway.LOSS, Pathway.SEPARATION):
            assert not one["for_a_parent_with_a_baby"]


def test_domestic_abuse_is_only_where_somebody_asks_for_it(client, directory):
    hidden = {row.id for row in directory.national if row.kind == HIDDEN_UNLESS_CHOSEN}
    assert hidden
    lists = [{}, {"nation": "England"}, {"topic": "any"}, {"topic": "crisis"}]
    for asked in lists:
        assert not hidden & {one["id"] for one in every(client, "national-support", **asked)}
    chosen = every(client, "national-support", topic=HIDDEN_UNLESS_CHOSEN)
    assert {one["id"] for one in chosen} <= hidden
    assert chosen


def test_lines_of_a_nation_are_for_that_nation(client):
    for nation in ("Scotland", "Wales", "Jersey"):
        for one in every(client, "national-support", nation=nation):
            assert not one["nations"] or {nation, "UK"} & {*one["nations"]}


def test_lines_for_a_loss_are_not_for_a_parent_with_a_baby(client):
    for topic in ("loss", "separation"):
        found = every(client, "national-support", topic=topic)
        assert found
        assert not [one for one in found if one["for_a_parent_with_a_baby"]]


def test_areas_say_who_serves_them(client, directory):
    found = every(client, "areas")
    assert {one["code"] for one in found} == {*directory.areas}
    for code in directory.areas:
        record = client.get(f"{V1}/areas/{code}").json()
        assert [(one["id"], one["certainty"]) for one in record["services"]] == [
            (service.id, sure) for service, sure in directory.serving(code)
        ]


def test_coverage_adds_up(client):
    for level, measure in (("council", "mmhs"), ("icb", "loss"), ("region", "age")):
        asked = {"level": level, "measure": measure}
        found = client.get(f"{V1}/coverage", params=asked).json()
        shares = found["shares"]
        assert sum(one["births"] for one in shares["by_value"]) == shares["births"]
        assert sum(one["percent"] for one in shares["by_value"]) == pytest.approx(100)
        assert found["areas"]
    icb = client.get(f"{V1}/areas/{CANTERBURY}").json()["icb"]["code"]
    inside = client.get(f"{V1}/coverage", params={"where": icb}).json()
    assert CANTERBURY in {one["code"] for one in inside["areas"]}


def test_changes_are_those_that_may_be_told(client, application):
    found = every(client, "changes")
    assert len(found) == len(application.history.entries)
    columns = {cell["column"] for one in found for cell in one["changes"]}
    assert not columns & {"curator_notes", "notes", "read_basis", "told_proof"}
    place = next((p for one in found for p in one["places"]), "england")
    assert every(client, "changes", place=place) == [one for one in found if place in one["places"]]


@pytest.mark.parametrize(
    "path",
    [
        "services?kind=hospital",
        "services?area=E07999999",
        "services?icb=E54999999",
        "services?page=0",
        "services?per_page=101",
        "services?page=x",
        "coverage?where=Narnia",
        "coverage?where=London&level=region",
        "changes?place=E54999999",
        "national-support?nation=France",
    ],
)
def test_a_filter_that_is_none_is_named(client, path):
    reply = client.get(f"{V1}/{path}")
    assert reply.status_code == 422
    (error,) = reply.json()["errors"]
    assert error["field"] in path
    assert not re.search("hospital|E07999|E54999|Narnia|France", reply.text)


def test_a_service_that_was_taken_out_is_gone_and_nothing_is_said_of_it(application, index):
    whole = application.directory
    for row in whole.services.values():
        taken = [
            Withdrawal(date(2026, 11, 30), "services.csv", row.id, "", "", "it rings in a shop")
        ]
        client = client_of(application_over(without(whole, taken), index))
        reply = client.get(f"{V1}/services/{row.id}", headers={"If-None-Match": "*"})
        found = reply.json()
        assert (reply.status_code, found["status"]) == (410, 410)
        assert found["type"].endswith("#taken_out")
        assert {*found} == {"type", "title", "status", "detail"}
        assert reply.headers["cache-control"] == "no-store"
        assert "etag" not in reply.headers
        told = (row.id, row.name, row.provider, "rings in a shop")
        assert not any(words in reply.text for words in told if words)
        assert client.get(f"{V1}/services/none").status_code == 404
