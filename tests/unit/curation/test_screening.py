"""What says who somebody is, is found; what is the fact itself, is left."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.curation.screening import SURE, Personal, may_be_personal, must_go, screened, spot


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I live at CT1 3NG", Personal.POSTCODE),
        ("sw1a2aa", Personal.POSTCODE),
        ("My NHS number is 943 476 5919", Personal.NHS_NUMBER),
        ("9434765919", Personal.NHS_NUMBER),
        ("call 07700 900123", Personal.MOBILE),
        ("+44 7700 900 123", Personal.MOBILE),
        ("+44 (0)7700-900123", Personal.MOBILE),
        ("write to jane.b@gmail.com", Personal.EMAIL),
        ("JANE@Hotmail.co.uk", Personal.EMAIL),
    ],
)
def test_what_is_sure_must_go(text: str, kind: Personal) -> None:
    assert must_go(text) == (kind,)
    left = screened(text, lambda found: f"[{found.value}]")
    assert f"[{kind.value}]" in left
    assert must_go(left) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The number is 01227 768928 now",
        "020 7946 0123 ext 12",
        "+44 20 7946 0123",
        "0800 046 1313, or text 85258",
        "thrive@kmpt.nhs.uk",
        "Monday to Friday, 9am to 5pm, not on bank holidays",
        "Ward B12 on level 4, it closed on 1/2/2026",
        "https://www.kmpt.nhs.uk/thrive?page=12345678",
        "1234567890 is no NHS number",
    ],
)
def test_what_is_the_fact_itself_is_left(text: str) -> None:
    assert must_go(text) == ()
    assert screened(text, str) == text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("I lost my baby there", Personal.STORY),
        ("they were kind after my miscarriage", Personal.STORY),
        ("my name is Jane", Personal.NAME),
        ("Ask for Mrs Smith", Personal.NAME),
        ("born on 3/4/1990", Personal.BIRTH),
    ],
)
def test_what_sounds_like_somebody_is_marked_and_kept(text: str, kind: Personal) -> None:
    assert kind in may_be_personal(text)
    assert must_go(text) == ()


def test_the_postcode_of_an_address_is_the_fact() -> None:
    text = "They are at Elm House, CT1 3NG. My own number is 07700 900123."
    assert must_go(text, keeps_postcode=True) == (Personal.MOBILE,)
    assert "CT1 3NG" in screened(text, lambda _: "", keeps_postcode=True)


@given(st.text(max_size=200))
def test_nothing_sure_is_left_in_any_text(text: str) -> None:
    once = screened(text, lambda _: " - ")
    assert not [each for each in spot(once) if each.kind in SURE]
