"""What is in the feed of the made-up directory, what is in none, and ids that stay."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from types import MappingProxyType
from uuid import UUID

import pytest

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import (
    Audience,
    LocationKind,
    Pathway,
    PathwayOffer,
    PhoneStatus,
    Status,
    YesNo,
)
from mmhs_finder.render.open_referral.feed import Feed
from mmhs_finder.render.open_referral.ids import feed_id
from tests.made_up.records import criteria, line, service
from tests.open_referral.conftest import directory_of_rows, feed_of
from tests.open_referral.schemas import (
    KINDS,
    contacts,
    every,
    phones,
    problems,
    problems_of_feed,
    schema,
)

MARK = "only-for-curators-7731"
NUMBER, REFERRERS, ABUSE = "0191 498 0999", "0191 498 0888", "domestic_abuse"


def directory_of(directory: Directory, *rows, lines=(), said=()) -> Directory:
    return directory_of_rows(directory, rows, lines, said)


def only(feed: Feed):
    (found,) = every(feed.services)
    return found


def terms(record) -> set[str]:
    return {attribute["taxonomy_term"]["term"] for attribute in record["attributes"]}


# --- the schemas ----------------------------------------------------------------------------------


def test_every_record_fits_the_schemas(feed):
    assert problems_of_feed(feed) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "harbour"),
        ("name", None),
        ("status", "unknown"),
        ("url", "example.org"),
        ("email", "at home"),
        ("minimum_age", "18"),
    ],
)
def test_the_schemas_find_a_mistake(feed, field, value):
    assert problems(schema("service.json"), [feed.services.listed[0] | {field: value}])


# --- ids ------------------------------------------------------------------------------------------


def ids(value) -> Iterator[str]:
    """The id of each part of a record but terms, which are the same in all."""
    if isinstance(value, dict):
        if "id" in value and "term" not in value:
            yield value["id"]
        for name, part in value.items():
            if name not in ("organization", "taxonomy_term"):
                yield from ids(part)
    elif isinstance(value, list):
        for part in value:
            yield from ids(part)


def test_no_two_parts_have_one_id(feed):
    found = Counter(key for record in every(feed.services) for key in ids(record))
    assert [key for key, count in found.items() if count > 1] == []
    for kind in KINDS:
        records = every(getattr(feed, kind))
        assert len({record["id"] for record in records}) == len(records)
    assert {UUID(key).version for key in found} == {5}


def test_a_service_that_is_renamed_keeps_every_id(directory):
    before, after = (
        service(name="Harbour"),
        service(name="Harbour and Quay", alt_names=("Harbour",)),
    )
    assert [*ids(only(feed_of(directory_of(directory, before))))] == [
        *ids(only(feed_of(directory_of(directory, after))))
    ]


def test_an_id_is_the_same_in_every_process_and_for_good():
    """Who has taken the feed away finds its records by them: this value never changes."""
    assert feed_id("service", "harbour") == "1d2f3eed-e47b-5d43-8038-b5e7da1159fa"


def test_an_organisation_in_other_letters_is_the_same(directory):
    rows = (
        service(id="one", provider="Made Up Trust"),
        service(id="two", provider="MADE UP TRUST"),
    )
    feed = feed_of(directory_of(directory, *rows))
    (found,) = feed.organizations.listed
    assert (found["name"], len(found["services"])) == ("Made Up Trust", 2)
    assert {s["organization"]["id"] for s in feed.services.listed} == {found["id"]}


# --- what is not known is absent ------------------------------------------------------------------


def empties(value, at="") -> Iterator[str]:
    if value is None or value in ("", [], {}):
        yield at
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from empties(part, f"{at}/{name}")
    elif isinstance(value, list):
        for part in value:
            yield from empties(part, at)


def test_no_field_is_empty(feed):
    for kind in KINDS:
        assert [*empties([*every(getattr(feed, kind))])] == []


def test_of_a_service_of_which_nothing_is_known_nothing_is_said(directory):
    row = service(provider="", source_urls=(), source_date="")
    found = only(feed_of(directory_of(directory, row)))
    assert {*found} == {"id", "name", "description", "attributes", "status", "assured_date"}
    assert terms(found) == {"mmhs"}


# --- ways -----------------------------------------------------------------------------------------


def test_a_number_that_is_to_be_checked_and_what_curators_note_are_nowhere(directory):
    rows = [
        row.model_copy(
            update={
                "phone": NUMBER,
                "phone_audience": Audience.PUBLIC,
                "phone_status": PhoneStatus.CHECK,
                "referrer_phone": REFERRERS,
                "referrer_phone_status": PhoneStatus.CHECK,
                "curator_notes": MARK,
                "read_basis": MARK,
                "told_proof": MARK,
            }
        )
        for row in directory.services.values()
    ]
    lines = [
        row.model_copy(
            update={"phone": NUMBER, "phone_status": PhoneStatus.CHECK, "curator_notes": MARK}
        )
        for row in directory.national
    ]
    services = MappingProxyType({row.id: row for row in rows})
    feed = feed_of(replace(directory, services=services, national=tuple(lines)))
    text = json.dumps([every(getattr(feed, kind)) for kind in KINDS])
    assert MARK not in text
    digits = re.sub(r"[^0-9a-z]", "", text)
    assert not [number for number in (NUMBER, REFERRERS) if number.replace(" ", "") in digits]


def test_a_number_for_professionals_stands_under_a_contact_that_says_so(directory):
    row = service(
        phone=NUMBER,
        phone_audience=Audience.PUBLIC,
        phone_status=PhoneStatus.CONFIRMED,
        referrer_phone=REFERRERS,
        referrer_phone_status=PhoneStatus.CONFIRMED,
        referrer_email="referrals@example.org",
    )
    found = only(feed_of(directory_of(directory, row)))
    ours, theirs = found["contacts"]
    assert [p["number"] for p in ours["phones"]] == [NUMBER]
    assert [p["number"] for p in theirs["phones"]] == [REFERRERS]
    assert theirs["email"] == "referrals@example.org"
    for words in (theirs["title"], theirs["phones"][0]["description"]):
        assert words.startswith("For professionals only")
    assert "professional" not in ours["title"]
    assert "email" not in found


def test_of_a_closed_service_no_way_is_given(directory):
    row = service(
        status=Status.CLOSED,
        closed_said_by="A report",
        phone=NUMBER,
        phone_audience=Audience.PUBLIC,
        phone_status=PhoneStatus.CONFIRMED,
        email="team@example.org",
        website="https://example.org",
        website_kind="service_page",
        postcode="CT1 3NG",
        location_kind=LocationKind.SERVICE_BASE,
        location_name="Quay House, Canterbury",
    )
    feed = feed_of(directory_of(directory, row))
    found = only(feed)
    assert {*found} == {"id", "name", "alert", "attributes", "status", "assured_date"}
    assert found["status"] == "defunct"
    assert feed.service_at_locations.listed == ()


def test_one_that_could_not_be_confirmed_says_so_first(directory):
    found = only(feed_of(directory_of(directory, service(status=Status.UNKNOWN))))
    assert found["status"] == "active"
    assert found["alert"].startswith("We could not confirm")
    assert "not_confirmed" in terms(found)


# --- help with abuse at home ----------------------------------------------------------------------


def test_help_with_abuse_at_home_is_apart(feed, directory):
    abuse = {row.name for row in directory.national if row.kind == ABUSE}
    assert abuse
    assert {record["name"] for record in feed.services.apart} == abuse
    listed = json.dumps([getattr(feed, kind).listed for kind in KINDS[:3]])
    assert not [name for name in abuse if name in listed]


def test_who_gives_help_with_abuse_at_home_and_nothing_else_is_apart_too(directory):
    """A name alone, in a list of who runs services, may say what somebody looked for."""
    rows = [
        line(id="a", kind=ABUSE, organisation="Only Abuse"),
        line(id="b", kind=ABUSE, organisation="Both"),
        line(id="c", organisation="Both"),
        line(id="d", organisation="Only Others"),
    ]
    found = feed_of(directory_of(directory, lines=rows)).organizations
    assert [one["name"] for one in found.listed] == ["Both", "Only Others"]
    assert [one["name"] for one in found.apart] == ["Only Abuse"]
    assert [len(one["services"]) for one in every(found)] == [1, 1, 1]
    assert found.listed[0]["services"][0]["id"] == feed_id("line", "c")
    assert {one["description"].split()[0] for one in every(found)} == {"1"}


# --- terms ----------------------------------------------------------------------------------------


def test_only_a_plain_yes_is_marked(directory):
    said = criteria(
        birth_trauma=PathwayOffer.YES,
        loss=PathwayOffer.YES,
        loss_only_if="it was after 20 weeks",
        tokophobia=PathwayOffer.NO,
    )
    row = service()
    found = only(feed_of(directory_of(directory, row, said=[said])))
    assert terms(found) & {*Pathway} == {"birth_trauma"}
    assert "only if it was after 20 weeks" in found["description"]


@pytest.mark.parametrize(
    ("said", "marked"),
    [
        ({"self_referral": YesNo.YES}, True),
        ({"self_referral": YesNo.YES, "self_referral_except": (Pathway.LOSS,)}, False),
        ({"self_referral": YesNo.UNKNOWN}, False),
        ({"self_referral": YesNo.NO}, False),
    ],
)
def test_who_may_refer_herself_is_marked_where_it_holds_for_all(directory, said, marked):
    found = only(feed_of(directory_of(directory, service(**said))))
    assert ("self" in terms(found)) is marked
    is_said = "We have not seen whether people can refer themselves for" in found["description"]
    assert is_said is ("self_referral_except" in said)


def test_what_is_for_a_parent_with_a_baby_is_marked(directory):
    found = only(feed_of(directory_of(directory, service(with_a_baby=YesNo.YES))))
    assert "with_a_baby" in terms(found)


def test_what_is_for_a_parent_with_a_baby_is_marked_with_no_loss(directory):
    """Who asks for that term would show it to somebody whose baby died, or was taken away."""
    said = criteria(**dict.fromkeys(Pathway, PathwayOffer.YES))
    of_service = only(feed_of(directory_of(directory, service(with_a_baby=YesNo.YES), said=[said])))
    row = line(with_a_baby=YesNo.YES, pathways=(*Pathway,))
    of_line = only(feed_of(directory_of(directory, lines=[row])))
    for found in (of_service, of_line):
        assert terms(found) & {*Pathway} == {Pathway.BIRTH_TRAUMA, Pathway.TOKOPHOBIA}


def test_every_term_that_marks_something_is_in_the_list(feed):
    known = {term["id"]: term for term in feed.taxonomy_terms.listed}
    for record in every(feed.services):
        for attribute in record["attributes"]:
            assert attribute["taxonomy_term"] == known[attribute["taxonomy_term_id"]]
    of_lists = [term for taxonomy in feed.taxonomies.listed for term in taxonomy["taxonomy_terms"]]
    assert of_lists == [*feed.taxonomy_terms.listed]


# --- places, hours, areas -------------------------------------------------------------------------

BASE = {"postcode": "CT1 3NG", "location_kind": LocationKind.SERVICE_BASE}


@pytest.mark.parametrize(
    ("address", "name", "street", "town"),
    [
        ("", "Quay House, Canterbury", "Quay House", "Canterbury"),
        (
            "2 Old Dover Road, Canterbury",
            "Quay House, Canterbury",
            "2 Old Dover Road",
            "Canterbury",
        ),
        ("2 Old Dover Road", "Quay House, Canterbury", "2 Old Dover Road", "Canterbury"),
        ("Canterbury", "Quay House, Canterbury", "Quay House", "Canterbury"),
    ],
)
def test_an_address_has_its_parts_where_the_town_is_stated(directory, address, name, street, town):
    row = service(address=address, location_name=name, **BASE)
    (at,) = feed_of(directory_of(directory, row)).service_at_locations.listed
    (found,) = at["location"]["addresses"]
    assert (found["address_1"], found["city"], found["postal_code"]) == (street, town, "CT1 3NG")


def test_no_town_is_made_up(directory):
    row = service(location_name="Quay House", **BASE)
    (at,) = feed_of(directory_of(directory, row)).service_at_locations.listed
    assert "addresses" not in at["location"]
    assert at["location"]["description"] == "Quay House, CT1 3NG"


@pytest.mark.parametrize("kind", [LocationKind.PROVIDER_OFFICE, LocationKind.NONE])
def test_a_head_office_is_no_place_to_go_to(directory, kind):
    row = service(postcode="CT1 3NG", location_kind=kind, location_name="Trust HQ, Canterbury")
    feed = feed_of(directory_of(directory, row))
    assert feed.service_at_locations.listed == ()
    assert "HQ" not in json.dumps(feed.services.listed)


def test_hours_of_a_number_that_is_not_given_are_not_given(directory):
    said = {"phone": NUMBER, "phone_audience": Audience.PUBLIC, "hours_osm": "Mo-Fr 09:00-17:00"}
    sure = service(**said, phone_status=PhoneStatus.CONFIRMED)
    unsure = service(**said, phone_status=PhoneStatus.CHECK)
    (row,) = only(feed_of(directory_of(directory, sure)))["schedules"]
    assert (row["byday"], row["opens_at"], row["closes_at"]) == ("MO,TU,WE,TH,FR", "09:00", "17:00")
    assert "schedules" not in only(feed_of(directory_of(directory, unsure)))


def test_hours_to_midnight_end_on_the_same_day(directory):
    rows = [line(phone="116 123", phone_status="confirmed", phone_hours_osm="24/7")]
    (row,) = only(feed_of(directory_of(directory, lines=rows)))["schedules"]
    assert (row["opens_at"], row["closes_at"]) == ("00:00", "23:59")


def test_an_area_that_no_page_names_says_so(feed, directory):
    areas = {
        (service["name"], area["extent"]): area
        for service in feed.services.listed
        for area in service.get("service_areas", ())
        if "extent" in area
    }
    rows = [r for r in directory.service_areas if r.certainty == "inferred"]
    assert rows
    for row in rows:
        name = directory.services[row.service_id].name
        if directory.services[row.service_id].status is not Status.CLOSED:
            assert areas[name, row.area_code]["service_area"].startswith("No page names")


def test_a_cost_is_given_only_where_it_is_known(directory):
    lines = [line(id="a", cost="free"), line(id="b", cost="Most charge"), line(id="c", cost="")]
    free, charged, unknown = every(feed_of(directory_of(directory, lines=lines)).services)
    assert [option["amount"] for option in free["cost_options"]] == [0]
    assert charged["fees"] == "Most charge"
    assert "cost_options" not in charged
    assert not {"fees", "cost_options"} & {*unknown}


def test_a_way_to_other_services_is_no_service(directory):
    lines = [line(id="a", kind="gp"), line(id="b", kind="adjacent_mmhs"), line(id="c")]
    (found,) = every(feed_of(directory_of(directory, lines=lines)).services)
    assert found["id"] == feed_id("line", "c")


def test_every_contact_says_for_whom_it_is(feed):
    assert contacts(feed)
    assert all(contact["title"] for contact in contacts(feed))
    assert all(phone["description"].startswith("For ") for phone in phones(feed))
