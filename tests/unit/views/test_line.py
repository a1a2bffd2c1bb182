"""Everything that a reader is told of a line, a route, and another nation's service."""

from __future__ import annotations

from mmhs_finder.directory.models import (
    Status,
    YesNo,
)
from mmhs_finder.directory.ways import WayKind
from mmhs_finder.views.line import devolved_view, line_view, route_view
from mmhs_finder.words import say
from tests.made_up.lines import (
    devolved,
)
from tests.made_up.records import (
    TUESDAY_NOON,
    line,
    offer,
)
from tests.made_up.texts import assert_told_in_full

AT = TUESDAY_NOON


def test_everything_of_a_line_is_told():
    a = line(
        who_for="anybody",
        languages_access="BSL",
        website="https://a.example",
        source_urls=("https://a.example/1",),
    )
    found = line_view(offer(a), AT)
    assert_told_in_full(found)
    assert (found.id, found.kind, found.heading, found.name) == (
        "made-up-line",
        "voluntary_sector",
        "Made Up Line",
        "Made Up Line",
    )
    assert (found.offers, found.who, found.languages) == (
        "Somebody to talk to.",
        "Anybody.",
        "BSL.",
    )
    assert (found.who_label, found.languages_label) == (say("offer.who"), say("offer.languages"))
    assert found.way(WayKind.PHONE) == "0808 157 0000"
    assert found.way(WayKind.PAGE) == "https://a.example"
    assert found.hours.published == "Always." and found.hours.opening.always
    assert found.sources == (("a.example", "https://a.example/1"),)
    assert (found.source, found.row) == ("", a)


def test_a_route_is_headed_by_what_it_is():
    found = route_view(offer(line(kind="gp")), AT)
    assert (found.heading, found.name) == (say("route.gp"), "Made Up Line")


def test_what_other_directories_say_is_said_to_be_theirs():
    found = line_view(offer(line(read="second_hand", source_date="2026")), AT)
    assert found.source == say("source_read.second_hand", date="22 November 2026")
    assert line_view(offer(line(read="part")), AT).source == ""


def test_a_service_outside_england_in_words():
    a = devolved(what_it_offers="talking", self_referral=YesNo.YES, phone="0300 1")
    found = devolved_view(a)
    assert_told_in_full(found)
    assert (found.name, found.board, found.full_name) == ("Team", "Board", "Team (Board)")
    assert found.self_referral is YesNo.YES
    assert (found.self_referral_words, found.offers) == (say("contact.yes"), "Talking.")
    assert found.way(WayKind.PHONE) == "0300 1" and found.way(WayKind.TEXT) == ""
    assert found.unconfirmed == ""
    assert found.source == say("source_read.undated", date="22 November 2026")
    unsure = devolved_view(devolved(status=Status.UNKNOWN, source_date="2026"))
    assert unsure.unconfirmed == say("status.unconfirmed")
    assert unsure.source == say("source_read.dated", date="22 November 2026")
