"""What `Postcode.parse` makes of what people type."""

from __future__ import annotations

import pickle
import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mmhs_finder.postcodes import NotAPostcode, Postcode
from mmhs_finder.postcodes.building import PackageSource
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.words import all_words, say

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
    "“CT1 3NG”": "CT1 3NG",
    "'CT1 3NG'": "CT1 3NG",
    "(CT1 3NG)": "CT1 3NG",
    "CT1 3NG?": "CT1 3NG",
    "CT١ 3NG": "CT1 3NG",  # digits of an Arabic keyboard
    # with words around it
    "my postcode is CT1 3NG thanks": "CT1 3NG",
    "12 High Street, Canterbury CT1 3NG": "CT1 3NG",
    "ct1 3ng ct1 3ng": "CT1 3NG",
    "CT1 3NG, Kent": "CT1 3NG",
    "12 High St (CT1  3NG)": "CT1 3NG",
    # leftovers of pages, addresses and e-mails
    "CT1&nbsp;3NG": "CT1 3NG",
    "CT1&amp;nbsp;3NG": "CT1 3NG",
    "CT1&#160;3NG": "CT1 3NG",
    "CT1%203NG": "CT1 3NG",
    "<td>CT1<br>3NG</td>": "CT1 3NG",
    # a first part among words
    "Canterbury CT1": "CT1",
    "CT1, Canterbury": "CT1",
    "London SE1": "SE1",
    "postcode: CT1": "CT1",
    "CT1 area": "CT1",
    "12 High Street, Canterbury CT1": "CT1",
    "Canterbury CT1 3": "CT1 3",
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
    "my postcode is cti 3ng": ("CT1 3NG", "CTI 3NG"),
    # a sign inside is said, never dropped without a word
    "CT1,3NG": ("CT1 3NG", "CT1,3NG"),
    "CT1/3NG": ("CT1 3NG", "CT1/3NG"),
    "CT1+3NG": ("CT1 3NG", "CT1+3NG"),
    "C!T1 3NG": ("CT1 3NG", "C!T1 3NG"),
    "CT1€3NG": ("CT1 3NG", "CT1~3NG"),
    # Shift held too long, where only one reading is a postcode
    "CT1 £NG": ("CT1 3NG", "CT1 £NG"),
    "CT1 #NG": ("CT1 3NG", "CT1 #NG"),  # a keyboard of the US
    "W!A 0AX": ("W1A 0AX", "W!A 0AX"),
    # letters of other keyboards that look like ours
    "СТ1 3NG": ("CT1 3NG", "CT1 3NG"),
    "ЅW1А 1АА": ("SW1A 1AA", "SW1A 1AA"),
    "ΒΝ1 1AA": ("BN1 1AA", "BN1 1AA"),
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
    "my baby died": "hard_time",
    "my baby is here": "town_or_words",
    "in a refuge": "refuge",
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
    "London SW1 and SE1": "several",
    "Flat B1, 12 High Street": "town_or_words",
    "near the M25": "town_or_words",
    "Ward E2, General Hospital": "town_or_words",
    "S!W1 3NG in London": "town_or_words",
    # signs that may be digits: she is asked
    "CT!1 3NG": "two_readings",
    "M1£ 9WL": "two_readings",
    "TN2% 7AS": "two_readings",
    "ＣＴ！１ 3NG": "two_readings",
    "CT1*3NG": "two_readings",
    "SE1!": "two_readings",
    # what the NHS writes down for no postcode, and words that say so
    "ZZ99 3VZ": "no_fixed_abode",
    "zz993vz": "no_fixed_abode",
    "ZZ99 3WZ": "not_known",
    "ZZ99 3CZ": "not_known",
    "ZZ99": "not_known",
    "ZZ99 7HZ": "abroad",
    "homeless": "no_fixed_abode",
    "No fixed address": "no_fixed_abode",
    "I don't have an address": "no_fixed_abode",
    "NFA": "no_fixed_abode",
    "sofa-surfing in Leeds": "no_fixed_abode",
    "12345": "not_uk_shape",
    "QQ1 1AA": "not_uk_shape",
    "K1A 0B1": "not_uk_shape",  # Canada
    "CT1 3CG": "not_uk_shape",  # C, I, K, M and O never end a postcode
    "ЖT1 3NG": "not_uk_shape",  # a Cyrillic letter that looks like none of ours
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


TERRITORIES = {
    "FIQQ 1ZZ": "falklands",
    "TDCU1ZZ": "tristan",
    "STHL 1ZZ": "saint_helena",
    "ASCN": "ascension",
    "PCRN 1ZZ": "pitcairn",
    "BIQQ 1ZZ": "antarctic",
    "BBND 1ZZ": "indian_ocean",
    "SIQQ 1ZZ": "south_georgia",
    "TKCA 1ZZ": "turks_and_caicos",
    "GX11 1AA": "gibraltar",
    "gx11": "gibraltar",
    "AI-2640": "anguilla",
    "KY1-1102": "cayman",
    "KY3 2500": "cayman",
    "VG1110": "virgin",
    "MSR 1110": "montserrat",
    "HM 12": "bermuda",
    "Falkland Islands": "falklands",
    "St. Helena": "saint_helena",
    "Stanley FIQQ 1ZZ": "falklands",
}


@pytest.mark.parametrize(("typed", "territory"), TERRITORIES.items())
def test_a_territory_overseas_is_called_by_its_name(typed: str, territory: str) -> None:
    refused = Postcode.parse(typed)
    assert isinstance(refused, NotAPostcode)
    assert (refused.reason, refused.territory) == ("territory", territory)
    assert say(f"territory.{territory}") in refused.message
    assert pickle.loads(pickle.dumps(refused)).message == refused.message


@pytest.mark.parametrize("typed", ["KY1", "KY1 1AA", "St Helens", "AL1", "HS1 2AA", "SB1"])
def test_what_only_looks_like_a_territory_is_none(typed: str) -> None:
    refused = Postcode.parse(typed)
    assert isinstance(refused, Postcode) or refused.reason != "territory"


def test_both_readings_of_a_sign_are_given_the_one_with_a_digit_first() -> None:
    refused = Postcode.parse("CT!1 3NG")
    assert isinstance(refused, NotAPostcode)
    assert refused.readings == ("CT11 3NG", "CT1 3NG")
    assert pickle.loads(pickle.dumps(refused)).readings == refused.readings


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


CODES = st.sampled_from(
    ["M1 1AE", "CT13 3NG", "CT1 3NG", "SW1A 0AA", "W1A 0AX", "B33 8TH", "E1", "CT1", "SW1A", "M14"]
)
SIGNS = st.sampled_from(string.punctuation + "£€~")
OVER_DIGITS = ('!"£$%^&*()', "!@#$%^&*()")  # keyboards of the UK and of the US
DIGITS = "1234567890"
WORDS = ("Leeds", "near", "my", "Kent", "postcode", "area", "please", "is", "live")


@settings(max_examples=600, deadline=None)
@given(CODES, SIGNS, st.data())
def test_a_stray_sign_never_makes_another_postcode_of_one_nor_goes_without_a_word(
    code: str, sign: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(1, len(code) - 1))
    read = Postcode.parse(code[:at] + sign + code[at:])
    if isinstance(read, NotAPostcode):
        assert not read.readings or code in read.readings
    elif sign in "-.":
        assert str(read).replace(" ", "") == code.replace(" ", "")  # M1-4 is the sector M1 4
    elif str(read) == code:
        assert read.corrected_from
    else:  # only a sign over a digit, read as that digit, where nothing else can be read
        assert sign in "".join(OVER_DIGITS)
        assert read.corrected_from
        assert str(read).replace(" ", "") in {
            code[:at].replace(" ", "") + digit + code[at:].replace(" ", "") for digit in DIGITS
        }


@settings(max_examples=400, deadline=None)
@given(CODES, st.sampled_from(OVER_DIGITS), st.data())
def test_a_digit_typed_with_shift_is_read_as_the_digit_or_she_is_asked(
    code: str, keyboard: str, data: st.DataObject
) -> None:
    at = data.draw(st.sampled_from([n for n, ch in enumerate(code) if ch.isdigit()]))
    read = Postcode.parse(code[:at] + keyboard[DIGITS.index(code[at])] + code[at + 1 :])
    if isinstance(read, NotAPostcode):
        assert code in read.readings
    else:
        assert str(read) == code
        assert read.corrected_from


@settings(max_examples=300, deadline=None)
@given(
    CODES,
    st.lists(st.sampled_from(WORDS), min_size=1)
    .map(" ".join)
    .filter(lambda w: w not in ("my", "is")),
    st.sampled_from(["{words} {code}", "{code} {words}", "{words}, {code}", "{code}, {words}"]),
)
def test_words_around_a_postcode_do_not_change_it(code: str, words: str, shape: str) -> None:
    assert str(Postcode.parse(shape.format(code=code, words=words))) == code


@settings(max_examples=200, deadline=None)
@given(CODES, st.sampled_from([{"A": "А", "C": "С", "T": "Т", "E": "Е"}, {"B": "Β", "N": "Ν"}]))
def test_look_alike_letters_are_read_and_said(code: str, keyboard: dict[str, str]) -> None:
    typed = code.translate(str.maketrans(keyboard))
    read = Postcode.parse(typed)
    assert isinstance(read, Postcode)
    assert (str(read), bool(read.corrected_from)) == (code, typed != code)


@settings(max_examples=200, deadline=None)
@given(st.from_regex(r"[Zz]{2}99 ?[0-9][A-Za-z]{2}", fullmatch=True))
def test_a_placeholder_of_the_nhs_is_never_a_place(code: str) -> None:
    read = Postcode.parse(code)
    assert isinstance(read, NotAPostcode)
    assert read.reason in ("no_fixed_abode", "not_known", "abroad")


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
