"""What a spreadsheet or an e-mail program has done to a cell: which damage, how to mend it.

Not for: what a column may hold (`cells`), or a whole file saved wrongly (`directory.saved`).
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final
from urllib.parse import parse_qs, urlsplit

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType, ShortNumberCost

_ERRORS: Final = re.compile(
    r"#(?:N/A|NAME\?|REF!|VALUE!|DIV/0!|NULL!|NUM!|SPILL!|CALC!|FIELD!|BLOCKED!|CONNECT!|BUSY!"
    r"|UNKNOWN!|GETTING_DATA)|\bErr:\d{3}\b|^#{3,}$",
    re.IGNORECASE,
)
"""Errors of a formula in Excel, LibreOffice and Google Sheets; and a cell too narrow for a date."""

_TRUTH: Final = re.compile(r"true|false", re.IGNORECASE)
_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:E[+-]?[0-9]+)?", re.IGNORECASE)
_TEXT_MARK: Final = re.compile(r"'(?=[\d=+@-])")
_APOSTROPHE: Final = re.compile(r"[A-Za-z]\?(?:s|t|ll|re|ve|d|m)\b", re.IGNORECASE)
_FIRST_DAY: Final = date(1899, 12, 30)
_DAYS: Final = (32_874, 54_788)  # 1990 to 2049

_SPACE: Final = re.compile(r"[^\S \t\r\n]")

_WRAPPERS: Final = (
    "safelinks.protection.outlook.com",
    "urldefense.com",
    "urldefense.proofpoint.com",
    "linkprotect.cudasvc.com",
    "protect-eu.mimecast.com",
    "protect-us.mimecast.com",
    "clicktime.symantec.com",
    "l.facebook.com",
    "lm.facebook.com",
    "bit.ly",
    "tinyurl.com",
    "t.co",
    "goo.gl",
    "ow.ly",
    "lnkd.in",
)
"""Hosts that only send on: e-mail programs and social networks put them before a page's address."""

_SENT_ON: Final = ("url", "u", "q", "target", "redirect")


def spreadsheet_damage(value: str) -> str:
    """Of any text: an error of a formula, a mark of the spreadsheet. A message, or ""."""
    if found := _ERRORS.search(value):
        return f"holds “{found[0]}”, an error of the spreadsheet and no text. Type it again."
    if _TEXT_MARK.match(value):
        return "begins with an apostrophe, a spreadsheet's mark for text. Take it out."
    return ""


def text_damage(value: str) -> str:
    """Of a text for readers: what it became when it was taken for a number, a date, yes or no."""
    if _TRUTH.fullmatch(value):
        return "is what a spreadsheet makes of yes and no. Write the words."
    if _NUMBER.fullmatch(value):
        day = as_day(value)
        what = f" It may have been a date ({day})." if day else ""
        return f"is a number where there should be words.{what} Type them again."
    if found := _APOSTROPHE.search(value):
        return f"has a question mark in “{found[0]}”, where an apostrophe was lost. Type it again."
    return ""


def space_damage(value: str) -> str:
    """Of a number, code or address: a space that looks like one and is none."""
    if found := _SPACE.search(value):
        name = "no-break space" if found[0] in "\u00a0\u202f\u2007" else "special space"
        return f"holds a {name}, which looks like a space and is none. Type an ordinary space."
    return ""


def as_day(value: str) -> str:
    """The date that a spreadsheet keeps as this number: "2026-11-22"; "" where it is none."""
    if not re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?", value):
        return ""
    days = int(value[:5])
    if not _DAYS[0] <= days <= _DAYS[1]:
        return ""
    return (_FIRST_DAY + timedelta(days)).isoformat()


# --- telephone numbers --------------------------------------------------------------------------


def phone_damage(value: str) -> str:
    """Of a telephone number: its first 0 is gone, it was rounded, it costs extra; or "".

    Source of what a number costs: Ofcom's numbering plan, as `phonenumbers` holds it.
    """
    if re.fullmatch(r"[0-9.]+E[+-]?[0-9]+", value, re.IGNORECASE):
        return "was rounded by a spreadsheet and is lost. Look the number up again."
    digits = re.sub(r"\s+ext.*|\D", "", value)
    if value.startswith(("+44", "0044", "44")) and len(digits) >= 11:
        written = _national(re.sub(r"^(?:0044|44)\(?0?\)?", "0", digits))
        return f"is written as from abroad. Write {written}." if written else ""
    if not value.startswith("0") and (written := _lost_zero(digits)):
        return f"has lost its first 0. Write {written}."
    number = _parsed(value)
    if re.fullmatch(r"118\d{3}", digits) or (number and _costs_extra(number)):
        return "is a number that costs extra to ring. Nobody may be sent there: leave it blank."
    return ""


def _costs_extra(number: phonenumbers.PhoneNumber) -> bool:
    dear = (PhoneNumberType.PREMIUM_RATE, PhoneNumberType.PERSONAL_NUMBER)
    cost = phonenumbers.expected_cost_for_region(number, "GB")
    return phonenumbers.number_type(number) in dear or cost == ShortNumberCost.PREMIUM_RATE


def _parsed(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, "GB")
    except phonenumbers.NumberParseException:
        return None


def _national(text: str) -> str:
    """A valid number as it is written in the United Kingdom, or ""."""
    number = _parsed(text)
    if number is None or not phonenumbers.is_valid_number(number):
        return ""
    return str(phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))


def _lost_zero(digits: str) -> str:
    """The number that these digits were before a spreadsheet took the 0; "" where there is none.

    Numbers of six digits and fewer are those of short codes.
    """
    return _national(f"0{digits}") if len(digits) > 6 else ""


# --- addresses ----------------------------------------------------------------------------------


def link_damage(value: str) -> str:
    """Of a web address: several in one, wrapped by an e-mail program, or with a sign after it."""
    try:
        parts = urlsplit(value)
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return ""
    query = parse_qs(parts.query)
    inside = next((query[n][0] for n in _SENT_ON if query.get(n, [""])[0].startswith("http")), "")
    google = host.startswith("google.") and parts.path == "/url"
    if google or any(host == h or host.endswith(f".{h}") for h in _WRAPPERS):
        written = f" Write {inside}." if inside else ""
        return f"only sends on to another page: an e-mail program or site put it there.{written}"
    if len(re.findall(r"https?://", value.split("?")[0])) > 1 or re.search(r",\s*https?://", value):
        return "holds two addresses in one. Put each in full, with a semicolon between them."
    if value.count(")") > value.count("(") or value[-1:] in tuple(",;.!'\""):
        return f"ends with “{value[-1]}”, which belongs to the sentence around it. Take it out."
    return ""


# --- hours and places ---------------------------------------------------------------------------

_SPELL: Final = re.compile(r"(\d{1,2}):(\d{2})-(\d{1,2}):(\d{2})")


def hours_damage(value: str) -> str:
    """Of opening hours: a spell from a morning to before it began, such as 09:00-05:00."""
    for spell in _SPELL.finditer(value):
        begin, end = (int(spell[1]), int(spell[2])), (int(spell[3]), int(spell[4]))
        if (0, 0) < end < begin < (12, 0):
            later = f"{begin[0]:02}:{begin[1]:02}-{end[0] + 12:02}:{end[1]:02}"
            return (
                f"has {spell[0]}, open through the night until the next day. Is {later} meant? If "
                f"not, write two spells: {begin[0]:02}:{begin[1]:02}-24:00, "
                f"00:00-{end[0]:02}:{end[1]:02}."
            )
    return ""


def rounded(value: str) -> str:
    """Of a latitude or longitude: whether its decimals are gone."""
    if re.fullmatch(r"-?[0-9]{1,2}", value):
        return "has lost its decimals, so it may be 50 km off. Write at least two, like 51.28."
    return ""
