"""What somebody says about herself in a postcode box, with slips, and what is no such thing."""

from __future__ import annotations

import pytest

from mmhs_finder.postcodes import NotAPostcode, Postcode
from mmhs_finder.postcodes.said import said_of

NO_HOME = [
    "homless", "n.f.a.", "NFA", "no fixed adress", "i live in my van", "nowhere to stay",
    "no where to live", "staying with friends", "on the streets", "prison", "in prison", "boat",
    "b&b", "B and B", "hostel", "temporary accommodation", "temporay acommodation", "travelling",
    "traveling", "I'm sofa surfing", "I don't have an address",
]  # fmt: skip
REFUGE = ["refuge", "in a refuge", "I'm in a women's refuge", "refuge in Leeds", "in a refuje"]
HARD_TIME = [
    "help", "HELP ME", "please help me", "I lost my baby", "we lost our little boy", "my baby died",
    "my son was stillborn", "suicide", "suicidel", "I want to die", "miscarage", "i cant cope",
    "lost", "my mum died",
]  # fmt: skip
NEITHER = [
    "", "?", "Boat Lane", "Prison Road", "Battle", "Hope", "Helpston", "lost my postcode", "Refail",
    "Street", "Hampstead", "Fixby", "Travellers Rest", "Addlestone", "Bath", "CT1 3NG", "B&Q",
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        *[(typed, "no_fixed_abode") for typed in NO_HOME],
        *[(typed, "refuge") for typed in REFUGE],
        *[(typed, "hard_time") for typed in HARD_TIME],
        *[(typed, None) for typed in NEITHER],
    ],
)
def test_what_is_said_is_heard_and_nothing_else(typed: str, said: str | None) -> None:
    assert said_of(typed.upper()) == said


@pytest.mark.parametrize("typed", [*NO_HOME, *REFUGE, *HARD_TIME])
def test_it_is_the_reason_why_a_text_is_no_postcode(typed: str) -> None:
    read = Postcode.parse(typed)
    assert isinstance(read, NotAPostcode)
    assert read.reason == said_of(typed)


def test_a_postcode_beside_it_is_what_was_asked_for() -> None:
    assert str(Postcode.parse("my baby died CT1 3NG")) == "CT1 3NG"
    assert str(Postcode.parse("in a refuge CT1")) == "CT1"
