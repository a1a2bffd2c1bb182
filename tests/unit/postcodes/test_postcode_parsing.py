"""What `Postcode.parse` makes of what people type."""

from __future__ import annotations

import pickle
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.postcodes import NotAPostcode, Postcode
from mmhs_finder.postcodes.building import PackageSource
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.words import all_words

READ = {
    # shapes
    "M1 1AE": "M1 1AE",
    "B33 8TH": "B33 8TH",
    "CR2 6XH": "CR2 6XH",
    "DN55 1PT": "DN55 1PT",
    "W1A 0AX": "W1A 0AX",
    "EC1A 1BB": "EC1A 1BB",
    "N1C 4AA": "N1C 4AA",
    "NPT 0AD": "NPT 0AD",  # ended in 1996, still in the directory
    "GIR 0AA": "GIR 0AA",
    "IM1 1AA": "IM1 1AA",
    "JE2 3AB": "JE2 3AB",
    "GY1 1AA": "GY1 1AA",
    "BT1 5GS": "BT1 5GS",
    # case, spacing, width, punctuation
    "ct13ng": "CT1 3NG",
    "CT133NG": "CT13 3NG",
    "  cT1   3nG\t\n": "CT1 3NG",
    "C T 1 3 N G": "CT1 3NG",
    "CT1\u00a03NG": "CT1 3NG",
    "CT1\u200b3NG\ufeff": "CT1 3NG",
    "\u202dCT1 3NG\u202c": "CT1 3NG",  # marks that come with text copied from a contact card
    "CT1　3NG": "CT1 3NG",
    "CT1-3NG": "CT1 3NG",
    "CT1–3NG": "CT1 3NG",
    "CT1.3NG.": "CT1 3NG",
    "CT1,3NG": "CT1 3NG",
    "“CT1 3NG”": "CT1 3NG",
    "'CT1 3NG'": "CT1 3NG",
    "(CT1 3NG)": "CT1 3NG",
    "CT1 3NG?": "CT1 3NG",
    "CT1/3NG": "CT1 3NG",
    "CT١ 3NG": "CT1 3NG",  # digits of an Arabic keyboard
    # with words around it
    "my postcode is CT1 3NG thanks": "CT1 3NG",
    "12 High Street, Canterbury CT1 3NG": "CT1 3NG",
    "ct1 3ng ct1 3ng": "CT1 3NG",
    # outward codes and sectors
    "CT1": "CT1",
    "ct13": "CT13",
    "CT 13": "CT13",
    "M1": "M1",
    "W1A": "W1A",
    "SW1A": "SW1A",
    "CT1 3": "CT1 3",
    "CT1-3": "CT1 3",
    "SW1A 1": "SW1A 1",
    "SW1A1": "SW1A 1",
    "CT133": "CT13 3",
    # forces
    "BFPO 801": "BFPO 801",
    "bfpo801": "BFPO 801",
    "BFPO c/o 801": "BFPO 801",
    "BF1 2AB": "BF1 2AB",
}

CORRECTED = {
    "CTI 3NG": ("CT1 3NG", "CTI 3NG"),
    "cti3ng": ("CT1 3NG", "CTI 3NG"),
    "CT1 ONG": ("CT1 0NG", "CT1 ONG"),
    "CTI ONG": ("CT1 0NG", "CTI ONG"),
    "SW1A OAA": ("SW1A 0AA", "SW1A OAA"),
    "SWIA IAA": ("SW1A 1AA", "SWIA IAA"),
    "BN1O 1AA": ("BN10 1AA", "BN1O 1AA"),
    "E1O 1AA": ("E10 1AA", "E1O 1AA"),
    "0X1 1AA": ("OX1 1AA", "0X1 1AA"),
    "1P4 1AA": ("IP4 1AA", "1P4 1AA"),
    "1M1 IAA": ("IM1 1AA", "1M1 IAA"),
    "GIR OAA": ("GIR 0AA", "GIR OAA"),
    "GIR 1AA": ("G1R 1AA", "GIR 1AA"),  # GIR has one postcode only
    "BN1O": ("BN10", "BN1O"),
    "0X1 3": ("OX1 3", "0X1 3"),
}

REFUSED = {
    "": "empty",
    " \t": "empty",
    "...": "empty",
    "🙂": "empty",
    "Canterbury": "town_or_words",
    "canterbury ": "town_or_words",
    "Goole": "town_or_words",  # would be G0 0LE if O were read as 0 there
    "Poole": "town_or_words",
    "Lions": "town_or_words",
    "Stoke-on-Trent": "town_or_words",
    "Leeds 6": "town_or_words",
    "my baby died": "town_or_words",
    "Ынивера": "town_or_words",
    "CT": "area_only",
    "so": "area_only",
    "1": "too_short",
    "Q": "too_short",
    "CT1 3N": "unfinished",
    "CT13N": "unfinished",
    "07700900123": "too_long",
    "CT1 3NGG 1234": "too_long",
    "x" * 5000: "too_long",
    "CT1 3NG or CT1 3NH": "several",
    "12345": "not_uk_shape",
    "QQ1 1AA": "not_uk_shape",
    "K1A 0B1": "not_uk_shape",  # Canada
    "CT1 3CG": "not_uk_shape",  # C, I, K, M and O never end a postcode
    "СT1 3NG": "not_uk_shape",  # the first letter is Cyrillic
}


@pytest.mark.parametrize(("typed", "written"), READ.items())
def test_reads(typed: str, written: str) -> None:
    postcode = Postcode.parse(typed)
    assert isinstance(postcode, Postcode)
    assert (str(postcode), postcode.corrected_from) == (written, "")


@pytest.mark.parametrize(("typed", "expected"), CORRECTED.items())
def test_puts_slips_right_and_says_so(typed: str, expected: tuple[str, str]) -> None:
    postcode = Postcode.parse(typed)
    assert isinstance(postcode, Postcode)
    assert (str(postcode), postcode.corrected_from) == expected


@pytest.mark.parametrize(("typed", "reason"), REFUSED.items())
def test_refuses_with_a_reason(typed: str, reason: str) -> None:
    refused = Postcode.parse(typed)
    assert isinstance(refused, NotAPostcode)
    assert refused.reason == reason


def test_a_reading_without_a_correction_wins() -> None:
    assert Postcode.parse("G1R 0AA") == Postcode("G1R", "0AA")
    assert Postcode.parse("IM1 1AA") == Postcode("IM1", "1AA")


@pytest.mark.parametrize(
    ("typed", "precision", "area"),
    [
        ("CT1 3NG", Precision.POSTCODE, "CT"),
        ("CT1 3", Precision.SECTOR, "CT"),
        ("SW1A", Precision.OUTWARD, "SW"),
        ("M1", Precision.OUTWARD, "M"),
        ("BFPO 8", Precision.POSTCODE, "BFPO"),
    ],
)
def test_precision_and_area(typed: str, precision: Precision, area: str) -> None:
    postcode = Postcode.parse(typed)
    assert isinstance(postcode, Postcode)
    assert (postcode.precision, postcode.area) == (precision, area)


def test_the_correction_does_not_count_when_comparing() -> None:
    assert Postcode.parse("CTI 3NG") == Postcode.parse("CT1 3NG")


MESSAGES = [text for key, text in all_words().items() if key.startswith("postcode.")]


@pytest.mark.parametrize("message", MESSAGES)
def test_messages_are_plain_short_and_say_what_to_do(message: str) -> None:
    assert not re.search(r"[<>&*_`]|  |[.,][A-Za-z]", message)
    assert len(message) <= 180
    assert message.endswith(".")
    assert re.search(r"\b([Tt]ype|[Cc]hoose|Add)\b", message)
    assert not re.search(r"\b(invalid|error|wrong|eligible|fail)", message, re.IGNORECASE)


def test_what_was_typed_is_never_in_the_message_and_is_kept_clean() -> None:
    refused = Postcode.parse("<script>alert('my baby died')</script> " * 3)
    assert isinstance(refused, NotAPostcode)
    assert "script" not in refused.message + str(refused) + repr(refused)
    assert len(refused.typed) <= 20
    assert not set(refused.typed) & set('<>&"/')


def test_errors_survive_pickling() -> None:
    refused = pickle.loads(pickle.dumps(Postcode.parse("Canterbury")))
    assert (refused.reason, refused.typed) == ("town_or_words", "Canterbury")


LIKELY = st.text(alphabet="ABCTGNWSEIO01 39oi-.\u00a0", max_size=12)


@settings(max_examples=600, deadline=None)
@given(st.one_of(st.text(), LIKELY, st.text(st.characters(categories=["Cs", "Cn", "Nd", "Lo"]))))
def test_never_raises_and_gives_one_of_two_types(text: str) -> None:
    assert isinstance(Postcode.parse(text), Postcode | NotAPostcode)


@settings(max_examples=600, deadline=None)
@given(LIKELY)
def test_what_it_writes_it_reads_the_same(text: str) -> None:
    postcode = Postcode.parse(text)
    if isinstance(postcode, Postcode):
        again = Postcode.parse(str(postcode))
        assert isinstance(again, Postcode)
        assert again == postcode
        assert again.corrected_from == ""


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from(["M1 1AE", "CT13 3NG", "SW1A 0AA", "W1A 0AX"]),
    st.sampled_from(["", " ", "\t", "\u00a0", "\u200b", " - ", ".", "　"]),
    st.booleans(),
)
def test_spacing_and_case_never_change_a_full_postcode(code: str, gap: str, lower: bool) -> None:
    text = gap.join(code.replace(" ", ""))
    read = Postcode.parse(text.lower() if lower else text)
    assert str(read) == code


@pytest.mark.slow
def test_reads_every_postcode_of_the_package() -> None:
    """All 2.7 million, Northern Ireland and the ended ones included."""
    parse = Postcode.parse
    count = 0
    for rows in PackageSource().rows():
        for text in rows.postcodes:
            read = parse(text)
            assert isinstance(read, Postcode), text
            assert read.outward + read.inward == text.replace(" ", "")
            assert not read.corrected_from
        count += len(rows.postcodes)
    assert count > 2_600_000
