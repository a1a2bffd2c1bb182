"""What must hold of the feed for other directories, whatever stands in the directory."""

from __future__ import annotations

import json
import re

import pytest
from pydantic import TypeAdapter

from mmhs_finder.channels.open_referral import models
from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import PhoneStatus, Status
from mmhs_finder.directory.ways import (
    Reader,
    WayKind,
    dialled,
    line_ways,
    number_for_referrers,
    service_ways,
)
from mmhs_finder.render.open_referral.feed import Feed, in_short
from mmhs_finder.render.open_referral.ids import feed_id
from tests.open_referral.conftest import feed_of
from tests.open_referral.schemas import KINDS, contacts, every, phones, problems_of_feed

WHOLE = {
    "services": models.FeedServiceData,
    "organizations": models.OrganizationData,
    "service_at_locations": models.ServiceAtLocationData,
    "taxonomies": models.TaxonomyData,
    "taxonomy_terms": models.TermData,
}
SHORT = {
    "services": models.ServiceInShort,
    "organizations": models.OrganizationInShort,
    "service_at_locations": models.ServiceAtLocationInShort,
    "taxonomies": models.TaxonomyInShort,
    "taxonomy_terms": models.TermData,
}


@pytest.fixture(scope="module")
def feed(directory: Directory) -> Feed:
    return feed_of(directory)


def test_every_record_fits_the_schemas(feed: Feed) -> None:
    assert problems_of_feed(feed) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_record_is_what_we_describe(feed: Feed, kind: str) -> None:
    records = every(getattr(feed, kind))
    assert records
    TypeAdapter(list[WHOLE[kind]]).validate_python([*records])
    TypeAdapter(list[SHORT[kind]]).validate_python([*map(in_short, records)])


def test_every_service_and_line_that_may_be_told_is_there_once(
    feed: Feed, directory: Directory
) -> None:
    ids = [record["id"] for record in every(feed.services)]
    assert len({*ids}) == len(ids)
    assert {feed_id("service", key) for key in directory.services} <= {*ids}
    lines = {feed_id("line", row.id) for row in directory.national}
    assert {*ids} - {feed_id("service", key) for key in directory.services} <= lines


def test_every_number_is_one_that_a_public_view_gives(feed: Feed, directory: Directory) -> None:
    public = {
        way.value
        for ways in (
            *(service_ways(row, Reader.PUBLIC) for row in directory.services.values()),
            *map(line_ways, directory.national),
        )
        for way in ways
        if way.kind in (WayKind.PHONE, WayKind.TEXT)
    }
    referrers = {number_for_referrers(row) for row in directory.services.values()}
    for contact in contacts(feed):
        allowed = referrers if contact["title"].startswith("For professionals") else public
        assert {phone["number"] for phone in contact.get("phones", ())} <= allowed


def test_a_number_that_is_to_be_checked_is_in_no_field(feed: Feed, directory: Directory) -> None:
    confirmed = {dialled(phone["number"]) for phone in phones(feed)}
    unsure = {
        dialled(row.phone)
        for row in (*directory.services.values(), *directory.national)
        if row.phone and row.phone_status is not PhoneStatus.CONFIRMED
    } | {
        dialled(row.referrer_phone)
        for row in directory.services.values()
        if row.referrer_phone and row.referrer_phone_status is not PhoneStatus.CONFIRMED
    }
    text = json.dumps([every(getattr(feed, kind)) for kind in KINDS])
    numbers = {re.sub(r"\D", "", found) for found in re.findall(r"\d[\d ]{6,}\d", text)}
    assert not (unsure - confirmed) & numbers


def test_a_closed_service_is_defunct_and_has_no_way(feed: Feed, directory: Directory) -> None:
    for row in directory.services.values():
        found = feed.services.by_id[feed_id("service", row.id)]
        assert (found["status"] == "defunct") is (row.status is Status.CLOSED)
        if row.status is Status.CLOSED:
            assert not {"url", "email", "contacts", "schedules"} & {*found}


def test_a_place_is_a_real_base(feed: Feed, directory: Directory) -> None:
    bases = {feed_id("service", s.id) for s in directory.services.values() if s.is_real_base}
    assert {at["service_id"] for at in feed.service_at_locations.listed} <= bases
