"""The words around a number, an address and a page: `views.ways`."""

from __future__ import annotations

from datetime import date

import pytest

from mmhs_finder.directory.linked import LinkState, LinkStatus
from mmhs_finder.directory.models import YesNo
from mmhs_finder.directory.ways import Way, WayKind, devolved_ways
from mmhs_finder.views.ways import (
    devolved_way_views,
    line_way_views,
    paper_ways,
    pressable,
    quickest_way,
    service_way_views,
    value_of,
    web,
)
from mmhs_finder.words import say
from tests.made_up.lines import devolved
from tests.made_up.records import line, service

PHONE = {"phone": "0300 1", "phone_audience": "public", "phone_status": "confirmed"}
NO_PHONE = {"phone": "", "phone_status": None}
NBSP = "\N{NO-BREAK SPACE}"


FORM, PAGE = "https://a.example/form", "https://www.a.example/page/"
EVERY_WAY = {
    **PHONE,
    "email": "a@b.example",
    "email_audience": "public",
    "referral_url": FORM,
    "self_referral": "yes",
    "website": PAGE,
}


def test_a_card_says_of_each_way_what_it_is_and_whose():
    phone, email, form, page = service_way_views(service(**EVERY_WAY))
    name = "Made Up Service"
    assert (phone.words, phone.text) == (say("contact.yes_phone", name=name), "0300 1")
    assert (phone.link, phone.kind, phone.value) == ("tel:03001", WayKind.PHONE, "0300 1")
    assert (email.words, email.text, email.link) == (
        say("contact.email"),
        "a@b.example",
        "mailto:a@b.example",
    )
    assert (form.words, form.text, form.link) == ("", say("contact.referral_link"), FORM)
    assert (page.text, page.link) == (say("contact.website_service_page"), PAGE)
    assert [w.whose for w in (phone, email, form, page)] == ["", "", name, name]
    assert value_of((phone, email), WayKind.EMAIL) == "a@b.example"
    assert value_of((phone, email), WayKind.PAGE) == ""


@pytest.mark.parametrize("kind", ["service_page", "news", "listing"])
def test_a_page_is_called_what_it_is(kind):
    (page,) = service_way_views(service(website=PAGE, website_kind=kind))
    assert (page.words, page.text) == ("", say(f"contact.website_{kind}"))


def test_on_paper_an_address_is_written_so_that_it_can_be_typed():
    phone, email, form, page = paper_ways(service(**EVERY_WAY))
    name = "Made Up Service"
    assert (phone.words, phone.text) == (say("contact.yes_phone", name=name), f"0300{NBSP}1")
    assert phone.link == "tel:03001" and phone.kind is WayKind.PHONE
    assert (email.words, email.text) == (say("summary.email"), "a@b.example")
    assert (form.words, form.text, form.link) == (
        say("summary.referral_form"),
        "a.example/form",
        FORM,
    )
    assert (page.words, page.text) == (say("summary.web"), "www.a.example/page")
    assert (page.link, page.value, page.kind) == (PAGE, PAGE, WayKind.PAGE)
    assert (form.value, form.kind) == (FORM, WayKind.FORM)


LINE = {
    "cost": "free",
    "text_number": "85258",
    "email": "a@b.example",
    "webchat_url": "https://a.example/chat",
    "finder_url": "https://a.example/find",
}


def test_a_line_says_of_each_way_what_it_is_and_that_a_call_is_free():
    phone, text, email, chat, finder = line_way_views(line(**LINE))
    free = f" ({say('offer.free')})"
    assert (phone.words, phone.after) == (say("offer.call_label"), free)
    assert (text.words, text.text, text.after) == (say("offer.text_label"), "85258", "")
    assert (email.words, email.text) == (say("offer.email_label"), "a@b.example")
    assert (chat.words, chat.text, chat.link) == (
        "",
        say("offer.chat_label"),
        "https://a.example/chat",
    )
    assert finder.text == say("offer.finder_label")
    assert [w.whose for w in (phone, text, email)] == ["", "", ""]
    assert {w.whose for w in (chat, finder)} == {"Made Up Line"}
    (call, *_) = line_way_views(line())
    assert call.after == ""


def test_the_word_to_text_is_said():
    row = line(**NO_PHONE, text_number="85258", text_keyword="SHOUT")
    (text,) = line_way_views(row)
    assert text.words == say("offer.text_word", word="SHOUT")


@pytest.mark.parametrize(
    ("changes", "first"),
    [
        ({"phone_status": "check"}, "phone_unconfirmed"),
        ({"phone_status": "check", "email": "a@b.example"}, "phone_unconfirmed"),
        (NO_PHONE, "contact_none"),
    ],
    ids=str,
)
def test_a_line_without_a_way_says_so(changes, first):
    ways = line_way_views(line(**changes))
    assert (ways[0].words, ways[0].text, ways[0].link) == (say(f"offer.{first}"), "", "")
    assert len(ways) == (2 if "email" in changes else 1)


def test_a_service_outside_england_says_how_to_reach_it_or_that_nothing_is_known():
    (none,) = devolved_way_views(devolved())
    assert (none.words, none.text) == (say("offer.contact_none"), "")
    phone, page = devolved_way_views(
        devolved(self_referral=YesNo.YES, phone="0300 1", website=PAGE)
    )
    assert (phone.words, phone.text) == (say("offer.call_label"), "0300 1")
    assert (page.text, page.whose) == (say("offer.website_label"), "Team")


CALL, TEXT = Way(WayKind.PHONE, "0300 1"), Way(WayKind.TEXT, "85258")
CHAT = Way(WayKind.CHAT, "https://a.example/chat")
FINDER = Way(WayKind.FINDER, "https://www.b.example/find")
SITE = Way(WayKind.PAGE, "https://c.example/x")


@pytest.mark.parametrize(
    ("ways", "key", "text"),
    [
        ((SITE, TEXT, CALL), "call_name", f"0300{NBSP}1"),
        ((CALL, Way(WayKind.PHONE, "0300 2")), "call_name", f"0300{NBSP}1"),
        ((SITE, TEXT), "text_name", "85258"),
        ((CHAT, SITE, FINDER), "name", "b.example"),
        ((CHAT, SITE), "name", "c.example"),
        ((CHAT,), "name", "a.example"),
    ],
)
def test_the_quickest_way_is_a_call_then_a_text_then_a_page(ways, key, text):
    found = quickest_way("Lotus", ways)
    assert found is not None
    assert (found.words, found.text) == (say(f"summary.{key}", name="Lotus"), text)
    kinds = (WayKind.PHONE, WayKind.TEXT, WayKind.FINDER, WayKind.PAGE, WayKind.CHAT)
    first = next(w for kind in kinds for w in ways if w.kind is kind)
    assert (found.value, found.kind) == (first.value, first.kind)
    assert found.link == first.link and found.after == ""


def test_the_quickest_way_says_that_it_is_free_and_what_to_text():
    free = quickest_way("Lotus", [Way(WayKind.PHONE, "1", free=True)])
    assert free is not None and free.after == say("summary.free")
    shout = quickest_way("Lotus", [Way(WayKind.TEXT, "85258", keyword="HI")])
    assert shout is not None and shout.words == say("summary.text_word", name="Lotus", word="HI")
    assert quickest_way("Lotus", [Way(WayKind.EMAIL, "a@b.example")]) is None


@pytest.mark.parametrize(
    ("url", "link"),
    [
        ("https://a.example/x", True),
        ("http://a.example", True),
        ("ftp://a.example", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://a.example/a b", False),
        ('https://a.example/"x', False),
        ("https://a.example/<x>", False),
        ("https://ä.example", False),
        ("https://[x", False),
        ("https://a.example/\x7f", False),
    ],
)
def test_only_a_plain_address_of_the_web_is_a_link(url, link):
    assert web(url) == (url if link else "")
    assert pressable(url) == (url if link else "")


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("tel:03001", True),
        ("mailto:a@b.example", True),
        ("sms:85258?body=SHOUT", True),
        ("tel:", False),
        ("mailto:", False),
        ("TEL:03001", True),
        ("fax:03001", False),
        ("tel:0300 1", False),
        ("03001", False),
        ("", False),
    ],
)
def test_a_number_an_address_and_a_text_message_can_be_pressed_and_are_no_page(address, link):
    assert pressable(address) == (address if link else "")
    assert web(address) == ""


@pytest.mark.parametrize(("letters", "link"), [(2000, True), (2001, False)])
def test_an_address_that_is_endless_is_no_link(letters, link):
    address = "https://a.example/".ljust(letters, "x")
    assert web(address) == pressable(address) == (address if link else "")


def asked(row, state, *urls):
    """The row after its links were asked, later than anybody read it."""
    on = date(2027, 3, 3)
    row.note_unanswered({url: LinkStatus(url, on, state) for url in urls})
    return row


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("gone", " (when we last tried, on 3 March 2027, this page was no longer there)"),
        ("soft_gone", " (when we last tried, on 3 March 2027, this page was no longer there)"),
        ("unreachable", " (this link did not answer when we last tried, on 3 March 2027)"),
        (
            "certificate",
            " (this link could not be opened safely when we last tried, on 3 March 2027)",
        ),
        *((state, "") for state in ("ok", "moved", "slow", "refused")),
    ],
)
def test_of_a_link_that_did_not_answer_it_is_said_behind_it_and_the_link_stays(state, words):
    row = asked(service(**EVERY_WAY), LinkState(state), FORM, PAGE)
    phone, email, form, page = service_way_views(row)
    assert (phone.after, email.after) == ("", "")
    assert (form.after, page.after) == (words, words)
    assert (form.link, page.link) == (FORM, PAGE)
    assert [w.after for w in paper_ways(row)] == ["", "", words, words]


def test_of_a_line_and_of_a_service_outside_england_too():
    chat, near = "https://c.example/chat", "https://c.example/near"
    row = asked(line(webchat_url=chat, finder_url=near), LinkState.GONE, near)
    assert [bool(w.after) for w in line_way_views(row) if w.value in (chat, near)] == [False, True]
    other = asked(devolved(website=PAGE), LinkState.UNREACHABLE, PAGE)
    assert "did not answer" in devolved_way_views(other)[-1].after
    assert quickest_way("X", devolved_ways(other)).after == devolved_way_views(other)[-1].after
