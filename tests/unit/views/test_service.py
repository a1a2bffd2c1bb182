"""Everything that a reader is told of a service: `views.service`."""

from __future__ import annotations

import pytest

from mmhs_finder.directory.models import (
    Certainty,
    Pathway,
    PathwayOffer,
    ServiceKind,
    Status,
    YesNo,
)
from mmhs_finder.directory.vocabularies import Read
from mmhs_finder.directory.ways import WayKind
from mmhs_finder.views.service import pathway_view, service_view
from mmhs_finder.views.wording import script_text
from mmhs_finder.words import say
from tests.made_up.records import (
    MIDSHIRE,
    TUESDAY_NOON,
    criteria,
    match,
    service,
)
from tests.made_up.texts import assert_told_in_full

PHONE = {"phone": "0300 1", "phone_audience": "public", "phone_status": "confirmed"}
FOR_GPS = {**PHONE, "phone_audience": "professional"}
AT = TUESDAY_NOON
LOSS, BIRTH = Pathway.LOSS, Pathway.BIRTH_TRAUMA


def test_everything_of_a_service_is_told_once_and_in_full():
    a = service(
        **PHONE,
        kind=ServiceKind.MMHS,
        who_for="parents",
        self_referral="yes",
        hours_osm="Mo-Fr 09:00-17:00",
        hours_text="weekdays",
        referral_note="ask us",
        postcode="MS1 1AA",
        location_kind="service_base",
        address="1 High Street",
    )
    found = service_view(
        match(a, lat=52.0, lon=-1.0, office_lat=53.0, office_lon=-2.0, distance_km=16.1), (), AT
    )
    assert_told_in_full(found)
    away = say("names.distance", count=10)
    assert (found.id, found.kind, found.name) == ("made-up", ServiceKind.MMHS, "Made Up Service")
    assert found.kind_words == say("kind.mmhs") and found.provider == "Made Up Trust"
    assert found.serves == say("card.serves", areas="Midshire")
    assert (found.distance, found.where) == (away, f"1 High Street, MS1 1AA ({away}).")
    assert (found.about, found.note) == ("Parents.", "Ask us.")
    assert (found.confirmed, found.unconfirmed, found.unconfirmed_text) == (True, "", "")
    assert found.contact_heading == say("contact.yes") and found.contact == ()
    assert (found.contact_short, found.script, found.no_way) == ("", "", "")
    assert found.way(WayKind.PHONE) == "0300 1" and found.way(WayKind.EMAIL) == ""
    assert found.hours.published == "Weekdays." and found.hours.now.startswith("Open now")
    assert found.hours_unknown == say("blank.whole")
    assert found.blank_tag == say("tag.not_published")
    assert (found.status, found.self_referral) == (Status.OPEN, YesNo.YES)
    assert (found.certainty, found.neighbour) == (Certainty.STATED, False)
    assert found.phone_for_referrers == "" and found.service is a
    assert found.criteria == criteria() and found.areas == ((MIDSHIRE.code, "Midshire"),)
    assert (found.point, found.office, found.distance_km) == ((52.0, -1.0), (53.0, -2.0), 16.1)
    assert found.subtitle == (found.kind_words, found.provider, found.serves)
    assert found.short_subtitle == (found.kind_words, found.provider, away)
    assert found.silent and found.facts[0].text == "Parents."
    assert found.source.newest == "January 2026"


def test_of_a_service_that_says_little_blanks_are_left_out():
    bare = service(provider="", status=Status.UNKNOWN, self_referral="no", **FOR_GPS)
    found = service_view(match(bare, certainty=None, areas=()), (LOSS,), AT)
    assert_told_in_full(found)
    assert (found.serves, found.distance, found.where, found.about) == ("", "", "", "")
    assert found.subtitle == found.short_subtitle == (say("kind.mmhs"),)
    assert (found.point, found.office, found.distance_km) == (None, None, None)
    assert (found.confirmed, found.unconfirmed) == (False, say("status.unconfirmed"))
    assert found.unconfirmed_text == say("status.unconfirmed_text")
    assert found.neighbour and found.certainty is None
    assert found.phone_for_referrers == "0300 1" and found.ways == ()
    assert found.no_way == say("card.no_way")
    assert found.contact_short == "", "where there is no way, what to do says it"
    assert not found.acts
    assert found.script == script_text(bare, (LOSS,))
    assert found.contact == (say("contact.unconfirmed_text", name=bare.name),)


def test_another_kind_of_service_says_what_it_is_and_has_no_pathways():
    team = service(kind=ServiceKind.PEER_SUPPORT)
    found = service_view(match(team, certainty=None), (), AT)
    assert found.about == say("kind_help.peer_support") and found.helps == ()
    assert not found.neighbour and found.criteria is None
    assert service_view(match(service()), (), AT).about == ""


def test_what_happened_stands_first_among_the_four_pathways():
    own = criteria(loss="yes", tokophobia="no", separation="not_listed")
    found = service_view(match(criteria=own), (LOSS, BIRTH), AT)
    assert [(h.pathway.value, h.state.value) for h in found.helps] == [
        ("loss", "yes"),
        ("birth_trauma", "unknown"),
        ("tokophobia", "no"),
        ("separation", "not_listed"),
    ]


@pytest.mark.parametrize(
    ("state", "read", "tag"),
    [
        (PathwayOffer.YES, Read.WHOLE, ""),
        (PathwayOffer.NO, Read.WHOLE, "no"),
        (PathwayOffer.NOT_LISTED, Read.PART, "not_listed"),
        (PathwayOffer.UNKNOWN, Read.WHOLE, "not_published"),
        (PathwayOffer.UNKNOWN, Read.PART, "unknown"),
    ],
)
def test_a_pathway_that_is_no_yes_says_so_before_its_name(state, read, tag):
    found = pathway_view(LOSS, state, read)
    name = say("pathway.loss")
    assert (found.pathway, found.state, found.name) == (LOSS, state, name)
    small = name[0].lower() + name[1:]
    assert found.text == (f"{say(f'tag.{tag}')}: {small}" if tag else name)


def test_a_point_needs_both_of_its_figures():
    found = service_view(match(lat=52.0, office_lon=-1.0), (), AT)
    assert found.point is None and found.office is None
