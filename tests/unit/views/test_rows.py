"""The list of services: its rows, filters, order and files, on made-up services."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from mmhs_finder.directory.models import (
    Pathway,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.views.listing import (
    COLUMNS,
    Filters,
    Freshness,
    Sort,
    freshness,
    listing,
    rows,
    to_csv,
    to_json,
)
from tests.made_up.records import criteria, service
from tests.made_up.world import area, directory

TODAY = date(2026, 11, 24)
FORM, PAGE = "https://a.example/form", "https://a.example"
PHONE = {"phone": "0300 1", "phone_audience": "public", "phone_status": "confirmed"}
FOR_GPS = {**PHONE, "phone_audience": "professional"}
LOSS, BIRTH = Pathway.LOSS, Pathway.BIRTH_TRAUMA


LISTED = directory(
    [
        service(
            id="b",
            name="beta",
            provider="zed",
            area_text=("York",),
            source_date="2026-01",
            self_referral="yes",
            **PHONE,
            email="a@b.example",
            email_audience="public",
            website=PAGE,
            referral_url=FORM,
            postcode="MS1 1AA",
            location_kind="service_base",
            alt_names=("Bee",),
            referrers=("gp",),
        ),
        service(
            id="a",
            name="Alpha",
            provider="",
            kind="peer_support",
            source_date="2020",
            status="unknown",
            postcode="MS1 1AA",
            **FOR_GPS,
        ),
        service(id="c", name="alpha", provider="Abc", source_date="", area_text=("Hull",)),
    ],
    [("b", "E01"), ("b", "E03"), ("c", "E02")],
    criteria=[
        criteria(service_id="b", loss="yes", birth_trauma="yes", separation="no"),
        criteria(service_id="c", loss="yes"),
    ],
)


def listed(sort: Sort = Sort.NAME, **filters: Any) -> str:
    return "".join(r.id for r in listing(LISTED, Filters(**filters), sort, TODAY))


def test_a_row_of_the_list_has_what_the_public_may_know():
    b, a, c = rows(LISTED, TODAY)
    assert [getattr(b, column) for column in COLUMNS] == [
        "b",
        "mmhs",
        "beta",
        ("Bee",),
        "zed",
        "open",
        ("York",),
        ("Eastshire", "Westshire"),
        ("Midlands", "London"),
        ("First ICB", "Second ICB"),
        ("birth_trauma", "loss"),
        "yes",
        ("gp",),
        "0300 1",
        "a@b.example",
        "",
        PAGE,
        FORM,
        "MS1 1AA",
        "2026-01",
        "recent",
        "2026-11-22",
        "high",
        ("https://example.org/page",),
        "read",
        "",
        "",
        (),
        "",
        "",
        "",
        "",
        "undated",
        "",
    ]
    assert (a.public_phone, a.professional_phone, a.postcode, a.pathways) == ("", "0300 1", "", ())
    assert (a.freshness, c.freshness, c.pathways) == ("old", "undated", ("loss",))
    assert rows(LISTED, TODAY) is rows(LISTED, TODAY)


def test_an_area_in_two_icbs_is_listed_under_both():
    both = area("E01", "Westshire", icb_2026_others=("Border ICB", ""))
    made = directory([service()], [("made-up", "E01")], areas=[both])
    (row,) = rows(made, TODAY)
    assert row.icbs == ("Border ICB", "First ICB")


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, "acb"),
        ({"kinds": (ServiceKind.PEER_SUPPORT,)}, "a"),
        ({"kinds": (ServiceKind.PEER_SUPPORT, ServiceKind.MMHS)}, "acb"),
        ({"regions": ("London",)}, "b"),
        ({"regions": ("London", "Midlands")}, "cb"),
        ({"icbs": ("First ICB",)}, "cb"),
        ({"pathways": (LOSS,)}, "cb"),
        ({"pathways": (LOSS, BIRTH)}, "b"),
        ({"pathways": (Pathway.SEPARATION,)}, ""),
        ({"self_referral": (YesNo.YES,)}, "b"),
        ({"statuses": (Status.UNKNOWN,)}, "a"),
        ({"freshness": (Freshness.UNDATED,)}, "c"),
        ({"freshness": (Freshness.OLD, Freshness.RECENT)}, "ab"),
        ({"text": "bee"}, "b"),
        ({"text": " westsh "}, "b"),
        ({"text": "shire"}, ""),
        ({"text": "MIDDLE"}, "c"),
        ({"text": " "}, "acb"),
        ({"text": "alpha", "kinds": (ServiceKind.MMHS,)}, "c"),
    ],
    ids=str,
)
def test_every_filter_has_to_fit_and_within_one_any_value(filters, found):
    assert listed(**filters) == found


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        (Sort.NAME, "acb"),
        (Sort.KIND, "cba"),
        (Sort.PROVIDER, "cba"),
        (Sort.AREA, "cba"),
        (Sort.NEWEST, "bac"),
        (Sort.OLDEST, "abc"),
    ],
)
def test_sorted_and_what_has_no_value_last(sort, found):
    assert listed(sort) == found


@pytest.mark.parametrize(
    ("source_date", "age"),
    [("", "undated"), ("2024-11", "recent"), ("2024-10", "old"), ("2024", "recent")],
)
def test_how_old_a_source_is(source_date, age):
    assert freshness(source_date, TODAY).value == age


def test_the_files_have_every_column_and_lists_as_lists():
    found = listing(LISTED, Filters(), Sort.NAME, TODAY)
    data = json.loads(to_json(found))
    assert data["columns"] == list(COLUMNS)
    assert [s["id"] for s in data["services"]] == ["a", "c", "b"]
    assert data["services"][2]["councils"] == ["Eastshire", "Westshire"]
    assert b"\n " in to_json(found)
    accent = listing(directory([service(name="Ärzte")]), Filters(), Sort.NAME, TODAY)
    assert "Ärzte" in to_json(accent).decode() and "Ärzte" in to_csv(accent).decode()
    head, *lines_ = to_csv(found).decode("utf-8-sig").splitlines()
    assert head == ",".join(COLUMNS) and len(lines_) == 3
    assert "Eastshire; Westshire" in lines_[2] and "birth_trauma; loss" in lines_[2]
