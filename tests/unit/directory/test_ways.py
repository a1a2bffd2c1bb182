"""Which number, address and page may be used by whom: `directory.ways` as tables."""

from __future__ import annotations

import pytest

from mmhs_finder.directory.models import (
    Audience,
    Confidence,
    DevolvedService,
    Pathway,
    PathwayOffer,
    PhoneStatus,
    Status,
    WebsiteKind,
    YesNo,
)
from mmhs_finder.directory.ways import (
    Reader,
    Way,
    WayKind,
    devolved_ways,
    dialled,
    email_for_referrers,
    has_number,
    has_voice,
    line_ways,
    name_only,
    number_for_referrers,
    number_withheld,
    public_hours,
    service_ways,
    voices,
    way_of,
)
from mmhs_finder.nation import Nation
from tests.made_up.records import READ_ON, criteria, line, service

PUBLIC, PAPER, PROFESSIONAL = Reader
PHONE = {"phone": "0300 1", "phone_audience": "public", "phone_status": "confirmed"}
FOR_GPS = {**PHONE, "phone_audience": "professional"}
NUMBER = Way(WayKind.PHONE, "0300 1")


def given(reader: Reader, **changes: object) -> list[tuple[Audience, bool, bool]]:
    """Of the number: for whom it is, whether it is confirmed, whether it can be pressed."""
    ways = service_ways(service(**changes), reader)
    assert all(w.value == "0300 1" for w in ways if w.kind is WayKind.PHONE)
    return [(w.audience, w.confirmed, w.pressable) for w in ways if w.kind is WayKind.PHONE]


OPEN_TO_ALL = [(Audience.PUBLIC, True, True)]
MARKED = [(Audience.PROFESSIONAL, True, False)]
FOR_REFERRERS = [(Audience.PROFESSIONAL, True, True)]


@pytest.mark.parametrize(
    ("changes", "parent", "paper", "professional"),
    [
        (PHONE, OPEN_TO_ALL, OPEN_TO_ALL, OPEN_TO_ALL),
        ({**PHONE, "status": Status.UNKNOWN}, [], [], OPEN_TO_ALL),
        ({**PHONE, "status": Status.CLOSED}, [], [], OPEN_TO_ALL),
        ({**PHONE, "phone_status": "check"}, [], [], [(Audience.PUBLIC, False, False)]),
        ({**PHONE, "phone_status": None}, [], [], [(Audience.PUBLIC, False, False)]),
        (FOR_GPS, [], MARKED, FOR_REFERRERS),
        ({**FOR_GPS, "status": Status.UNKNOWN}, [], MARKED, FOR_REFERRERS),
        ({**FOR_GPS, "phone_status": "check"}, [], [], [(Audience.PROFESSIONAL, False, False)]),
        ({**PHONE, "phone_audience": None}, [], [], [(Audience.PROFESSIONAL, False, False)]),
        ({}, [], [], []),
    ],
    ids=[
        "public",
        "public, not sure that it runs",
        "public, closed",
        "public, to be checked",
        "public, nothing known",
        "for those who refer",
        "for those who refer, unsure",
        "for those who refer, to be checked",
        "for nobody in particular",
        "none",
    ],
)
def test_which_number_reaches_which_reader(changes, parent, paper, professional):
    assert given(PUBLIC, **changes) == parent
    assert given(PAPER, **changes) == paper
    assert given(PROFESSIONAL, **changes) == professional


@pytest.mark.parametrize(
    ("audience", "parent"),
    [("public", True), ("professional", False), (None, False)],
)
def test_an_email_address_reaches_only_those_it_was_published_for(audience, parent):
    a = service(email="a@example.org", email_audience=audience)
    for_whom = Audience(audience or "professional")
    written = (Way(WayKind.EMAIL, "a@example.org", for_whom),)
    assert service_ways(a) == (written if parent else ())
    assert service_ways(a, PAPER) == (written if parent else ())
    assert service_ways(a, PROFESSIONAL) == written


@pytest.mark.parametrize(
    ("changes", "parent"),
    [
        ({"self_referral": YesNo.YES}, True),
        ({"self_referral": YesNo.NO}, False),
        ({"self_referral": YesNo.UNKNOWN}, False),
        ({"self_referral": YesNo.YES, "new_referrals": YesNo.NO}, False),
        ({"self_referral": YesNo.YES, "new_referrals": YesNo.YES}, True),
        ({"kind": "talking_therapies"}, True),
        ({"kind": "talking_therapies", "self_referral": YesNo.NO}, False),
        ({"kind": "talking_therapies", "new_referrals": YesNo.NO}, False),
    ],
    ids=str,
)
def test_a_referral_form_is_for_a_parent_only_where_she_may_refer_herself(changes, parent):
    a = service(referral_url="https://example.org/form", **changes)
    form = (Way(WayKind.FORM, "https://example.org/form"),)
    assert service_ways(a) == (form if parent else ())
    assert service_ways(a, PROFESSIONAL) == form


def test_the_ways_to_a_service_in_the_order_to_offer_them():
    a = service(
        **PHONE,
        email="a@example.org",
        email_audience="public",
        referral_url="https://example.org/form",
        self_referral=YesNo.YES,
        website="https://example.org",
        website_kind="news",
    )
    assert service_ways(a) == (
        NUMBER,
        Way(WayKind.EMAIL, "a@example.org"),
        Way(WayKind.FORM, "https://example.org/form"),
        Way(WayKind.PAGE, "https://example.org", page_kind=WebsiteKind.NEWS),
    )


def test_the_ways_to_a_line_in_the_order_to_offer_them():
    row = line(
        text_number="85258",
        text_keyword="SHOUT",
        email="a@example.org",
        webchat_url="https://example.org/chat",
        finder_url="https://example.org/find",
        website="https://example.org",
    )
    assert line_ways(row) == (
        Way(WayKind.PHONE, "0808 157 0000"),
        Way(WayKind.TEXT, "85258", keyword="SHOUT"),
        Way(WayKind.EMAIL, "a@example.org"),
        Way(WayKind.CHAT, "https://example.org/chat"),
        Way(WayKind.FINDER, "https://example.org/find"),
    )


def test_a_line_has_its_page_where_it_has_no_finder():
    row = line(phone="", phone_status=None, website="https://example.org")
    assert line_ways(row) == (Way(WayKind.PAGE, "https://example.org"),)


@pytest.mark.parametrize(("cost", "free"), [("free", True), ("", False), ("local rate", False)])
def test_free_is_what_the_row_says_and_holds_for_calls_and_texts(cost, free):
    ways = line_ways(line(cost=cost, text_number="85258", email="a@example.org"))
    assert [(w.kind, w.free) for w in ways] == [
        (WayKind.PHONE, free),
        (WayKind.TEXT, free),
        (WayKind.EMAIL, False),
    ]


@pytest.mark.parametrize(
    ("phone", "status", "rung", "withheld"),
    [
        ("0808", "confirmed", True, False),
        ("0808", "check", False, True),
        ("0808", None, False, True),
        ("", None, False, False),
    ],
)
def test_a_lines_number_that_is_not_confirmed_is_withheld(phone, status, rung, withheld):
    row = line(phone=phone, phone_status=status)
    assert has_number(line_ways(row)) is rung
    assert number_withheld(row) is withheld


@pytest.mark.parametrize(
    ("changes", "kinds"),
    [
        ({}, [WayKind.PHONE, WayKind.PAGE]),
        ({"self_referral": YesNo.NO}, [WayKind.PAGE]),
        ({"self_referral": YesNo.UNKNOWN}, [WayKind.PAGE]),
        ({"confidence": Confidence.MEDIUM}, [WayKind.PAGE]),
        ({"phone": ""}, [WayKind.PAGE]),
        ({"website": ""}, [WayKind.PHONE]),
    ],
    ids=str,
)
def test_a_number_outside_england_needs_a_sure_row_and_self_referral(changes, kinds):
    row = DevolvedService(
        **{
            "nation": Nation.WALES,
            "board_or_trust": "Board",
            "service_name": "Team",
            "status": Status.OPEN,
            "phone": "0300 1",
            "website": "https://example.org",
            "self_referral": YesNo.YES,
            "checked_on": READ_ON,
            "confidence": Confidence.HIGH,
            **changes,
        }
    )
    ways = devolved_ways(row)
    assert [w.kind for w in ways] == kinds
    values = {WayKind.PHONE: "0300 1", WayKind.PAGE: "https://example.org"}
    assert [w.value for w in ways] == [values[k] for k in kinds]


@pytest.mark.parametrize(
    ("way", "link"),
    [
        (Way(WayKind.PHONE, "0300 443 0048 ext 7093"), "tel:03004430048"),
        (Way(WayKind.PHONE, "+44 (0)1", keyword="HELP"), "tel:+44?body=HELP"),
        (Way(WayKind.TEXT, "85 258"), "sms:85258"),
        (Way(WayKind.TEXT, "85258", keyword="SAY HI"), "sms:85258?body=SAY%20HI"),
        (Way(WayKind.EMAIL, "a@example.org"), "mailto:a@example.org"),
        (Way(WayKind.PAGE, "https://example.org"), "https://example.org"),
        (Way(WayKind.FORM, "https://example.org/form"), "https://example.org/form"),
        (Way(WayKind.PHONE, "0300 1", pressable=False), ""),
    ],
    ids=lambda value: value if isinstance(value, str) else value.kind.value,
)
def test_what_a_link_leads_to(way, link):
    assert way.link == link


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("0300 443 0048 ext 7093", "03004430048"),
        ("0300 443 0048 Ext. 7093", "03004430048"),
        ("111, then option 2", "111"),
        ("111 option 2", "111"),
        ("111 press 2", "111"),
        ("01234 567890; 09876", "01234567890"),
        ("01234 567890 / 1", "01234567890"),
        ("01234 567890 (Mon)", "01234567890"),
        ("+44 1234 5", "+4412345"),
    ],
)
def test_an_extension_is_asked_for_and_not_dialled(written, digits):
    assert dialled(written) == digits


def test_a_voice_is_a_call_or_a_text():
    text, email = Way(WayKind.TEXT, "85258"), Way(WayKind.EMAIL, "a@example.org")
    assert voices((email, NUMBER, text)) == (NUMBER, text)
    assert has_voice((text,)) and not has_voice((email,))
    assert has_number((NUMBER,)) and not has_number((text, email))
    assert way_of((text, NUMBER), WayKind.PHONE) == "0300 1"
    assert way_of((text,), WayKind.PHONE) == ""


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        (FOR_GPS, "0300 1"),
        (PHONE, ""),
        ({**FOR_GPS, "phone_status": "check"}, ""),
        ({**FOR_GPS, "phone_audience": None}, ""),
        ({}, ""),
    ],
    ids=["for them", "public", "to be checked", "for nobody", "none"],
)
def test_the_number_for_the_words_to_a_gp(changes, number):
    a = service(email="a@example.org", email_audience="professional", **changes)
    assert number_for_referrers(a) == number


# --- a number for people who refer, beside one for parents ----------------------------------------

BESIDE = {"referrer_phone": "0300 2", "referrer_email": "gps@example.org"}
SURE, UNSURE = ({**BESIDE, "referrer_phone_status": s} for s in PhoneStatus)


@pytest.mark.parametrize(
    ("reader", "changes", "expected"),
    [
        (PUBLIC, {**PHONE, **SURE}, ["0300 1"]),
        (PUBLIC, SURE, []),
        (PAPER, {**PHONE, **SURE}, ["0300 2", "0300 1"]),
        (PAPER, {**PHONE, **UNSURE}, ["0300 1"]),
        (PROFESSIONAL, {**PHONE, **SURE}, ["0300 2", "0300 1", "gps@example.org"]),
        (PROFESSIONAL, UNSURE, ["0300 2", "gps@example.org"]),
    ],
)
def test_what_is_for_people_who_refer_reaches_no_parent(reader, changes, expected):
    ways = service_ways(service(**changes), reader)
    assert [way.value for way in ways] == expected
    theirs = [way for way in ways if way.value in BESIDE.values()]
    assert all(way.audience is Audience.PROFESSIONAL for way in theirs)
    pressed = {w.value for w in theirs if w.link}
    assert ("0300 2" in pressed) is (
        reader is PROFESSIONAL and changes["referrer_phone_status"] is PhoneStatus.CONFIRMED
    )


@pytest.mark.parametrize(
    ("changes", "number", "email"),
    [
        ({**PHONE, **SURE}, "0300 2", "gps@example.org"),
        ({**FOR_GPS, **SURE}, "0300 2", "gps@example.org"),
        ({**FOR_GPS, **UNSURE}, "0300 1", "gps@example.org"),
        ({**PHONE, **UNSURE}, "", "gps@example.org"),
        ({"email": "a@example.org", "email_audience": "professional"}, "", "a@example.org"),
        ({"email": "a@example.org", "email_audience": "public"}, "", ""),
    ],
)
def test_the_one_for_referrers_is_preferred_where_it_is_confirmed(changes, number, email):
    of = service(**changes)
    assert (number_for_referrers(of), email_for_referrers(of)) == (number, email)


PLANNED = {"status": Status.UNKNOWN}


@pytest.mark.parametrize(
    ("changes", "own", "only_a_name"),
    [
        (PLANNED, None, True),
        (PLANNED, criteria(), True),
        ({}, None, False),
        ({**PLANNED, "website": "https://example.org"}, None, False),
        ({**PLANNED, "who_for": "Parents"}, None, False),
        ({**PLANNED, "referrers": ("gp",)}, None, False),
        ({**PLANNED, "referral_note": "Ask"}, None, False),
        ({**PLANNED, "therapies": ("EMDR",)}, None, False),
        (PLANNED, criteria(separation=PathwayOffer.NO), False),
        (PLANNED, criteria(loss=PathwayOffer.NOT_LISTED), False),
        ({**PLANNED, **FOR_GPS}, None, True),
    ],
    ids=str,
)
def test_only_a_name_is_known_where_a_card_would_say_nothing(changes, own, only_a_name):
    assert name_only(service(**changes), own) is only_a_name


def test_what_it_helps_with_is_more_than_a_name_for_each_of_the_four():
    for pathway in Pathway:
        own = criteria(**{pathway.value: PathwayOffer.YES})
        assert not name_only(service(**PLANNED), own)


HOURS = {"hours_osm": "24/7", "hours_text": "Always"}


@pytest.mark.parametrize(
    ("changes", "hours"),
    [
        ({**HOURS, **PHONE}, ("24/7", "Always")),
        (HOURS, ("24/7", "Always")),
        ({**HOURS, **PHONE, "phone_status": "check"}, ("", "")),
        ({**HOURS, **FOR_GPS}, ("", "Always")),
        ({**HOURS, **PHONE, "status": Status.UNKNOWN}, ("", "Always")),
        ({}, ("", "")),
    ],
    ids=["its number is hers", "no number", "to be checked", "for GPs", "unsure", "none"],
)
def test_a_number_that_is_not_hers_opens_at_no_hour(changes, hours):
    assert public_hours(service(**changes)) == hours
