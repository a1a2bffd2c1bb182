"""Whether a parent can ask a service herself, who can ask for her, and in which words."""

from __future__ import annotations

import pytest

from mmhs_finder.directory.models import Pathway, Status, YesNo
from mmhs_finder.directory.ways import Reader
from mmhs_finder.views.contact import contact_heading, contact_words, referral_note
from mmhs_finder.views.wording import (
    referral_words,
    script_text,
)
from mmhs_finder.words import say
from tests.made_up.records import TODAY, service

PHONE = {"phone": "0300 1", "phone_audience": "public", "phone_status": "confirmed"}
FOR_GPS = {**PHONE, "phone_audience": "professional"}
NBSP = "\N{NO-BREAK SPACE}"


HERS = {"phone": "0300 1", "phone_audience": "public", "phone_status": "confirmed"}


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"self_referral": "yes", **HERS}, "yes"),
        ({"self_referral": "yes"}, "yes_page"),
        ({"self_referral": "no"}, "no"),
        ({}, "unknown"),
        ({"kind": "talking_therapies", **HERS}, "yes"),
        ({"kind": "talking_therapies"}, "yes_page"),
        ({"self_referral": "yes", "new_referrals": YesNo.NO}, "full"),
        ({"self_referral": "no", "new_referrals": YesNo.NO}, "full"),
    ],
    ids=str,
)
def test_whether_she_can_ask_herself_in_a_few_words(changes, key):
    assert contact_heading(service(**changes), today=TODAY) == say(f"contact.{key}")


GP = say("referrer.gp")
A_GP = GP[0].upper() + GP[1:]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"self_referral": "no", "referrers": ("gp",)},
            say("contact.no_text", referrers=GP),
        ),
        ({"self_referral": "no"}, say("contact.no_text_plain")),
        (
            {"referrers": ("gp",)},
            f"{say('contact.unknown_whole')} "
            + say("contact.unknown_then_referrers", referrers=A_GP),
        ),
        ({}, f"{say('contact.unknown_whole')} {say('contact.unknown_then')}"),
        (
            {"read": "part"},
            f"{say('contact.unknown_part')} {say('contact.unknown_then')}",
        ),
        (
            {"self_referral": "no", "consent_required": YesNo.YES},
            f"{say('contact.no_text_plain')} {say('contact.consent')}",
        ),
        ({"self_referral": "no", "consent_required": YesNo.NO}, say("contact.no_text_plain")),
    ],
    ids=["no, gp", "no", "unknown, gp", "unknown", "read in part", "consent", "no consent"],
)
def test_who_can_ask_for_her(changes, words):
    assert referral_words(service(**changes)) == words
    assert contact_words(service(**changes), today=TODAY) == (words,)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"status": Status.CLOSED}, ()),
        ({"status": Status.UNKNOWN}, ("unconfirmed_text",)),
        ({"status": Status.UNKNOWN, "self_referral": "yes"}, ("unconfirmed_text",)),
        ({"new_referrals": YesNo.NO}, ("full_text",)),
        ({"kind": "talking_therapies"}, ("national_rule",)),
        ({"self_referral": "yes"}, ("yes_none",)),
        ({"self_referral": "yes", **PHONE}, ()),
        ({"self_referral": "yes", "email": "a@b.example", "email_audience": "public"}, ()),
        ({"self_referral": "yes", "website": "https://a.example"}, ("yes_none",)),
        ({"self_referral": "yes", **FOR_GPS}, ("yes_none",)),
    ],
    ids=str,
)
def test_how_to_get_in(changes, words):
    name = {"name": "Made Up Service"}
    assert contact_words(service(**changes), today=TODAY) == tuple(
        say(f"contact.{w}", **name) for w in words
    )


def test_on_paper_the_number_for_those_who_refer_stands_with_its_words():
    a = service(self_referral="no", **FOR_GPS)
    *rest, last = contact_words(a, Reader.PAPER, today=TODAY)
    number = f"0300{NBSP}1"
    assert last == say("contact.referrer_phone", name="Made Up Service", phone=number)
    assert (
        tuple(rest) == contact_words(a, today=TODAY) == contact_words(a, Reader.PUBLIC, today=TODAY)
    )
    assert contact_words(service(self_referral="no", **PHONE), Reader.PAPER, today=TODAY) == tuple(
        rest
    )


def test_a_note_asks_nobody_to_ring_where_there_is_no_number():
    note = "Fill in the form. You can ring the team. They answer in a week"
    assert referral_note(service(referral_note=note, **PHONE)) == f"{note}."
    without = "Fill in the form. They answer in a week."
    assert referral_note(service(referral_note=note)) == without
    assert referral_note(service()) == ""


PAGE = {"website": "https://a.example", "website_kind": "service_page"}


@pytest.mark.parametrize(
    ("changes", "key", "values"),
    [
        (FOR_GPS, "phone", {"phone": "0300 1"}),
        (PAGE, "website", {"website": "https://a.example"}),
        ({**PAGE, "website_kind": "news"}, "unknown", {}),
        ({**PAGE, "website_kind": "listing"}, "unknown", {}),
        ({**FOR_GPS, "website": "https://a.example"}, "phone", {"phone": "0300 1"}),
        (PHONE, "unknown", {}),
        ({}, "unknown", {}),
    ],
    ids=str,
)
@pytest.mark.parametrize("provider", ["Trust", ""])
def test_the_words_for_a_gp_say_how_to_refer(changes, key, values, provider):
    words = script_text(service(**changes, provider=provider), ())
    run_by = " " + say("script.provider", provider=provider) if provider else ""
    assert words == say(
        "script.text",
        name="Made Up Service",
        provider=run_by,
        happened=say("script.happened_other"),
        how=say(f"script.how_{key}", **values),
    )


def test_the_words_for_a_gp_say_what_happened():
    words = script_text(service(), (Pathway.LOSS, Pathway.BIRTH_TRAUMA))
    both = f"{say('script.happened_loss')} {say('script.happened_birth_trauma')}"
    assert both in words and say("script.happened_other") not in words
