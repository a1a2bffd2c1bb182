"""Codes that look like a postcode and are of no council: those of British overseas territories, and
those that the NHS writes where there is no postcode.

Not for: Jersey, Guernsey and the Isle of Man, which have postcodes like ours (`parsing`), or forces
addresses (`index`).
"""

from __future__ import annotations

import itertools
import re
from enum import StrEnum
from typing import Final, Literal


class Territory(StrEnum):
    """A British overseas territory with a postcode of its own. Source: Royal Mail's and the
    territories' own codes, as Wikipedia lists them, "Postcodes in the United Kingdom"."""

    ANGUILLA = "anguilla"
    ANTARCTIC = "antarctic"
    ASCENSION = "ascension"
    BERMUDA = "bermuda"
    CAYMAN = "cayman"
    FALKLANDS = "falklands"
    GIBRALTAR = "gibraltar"
    INDIAN_OCEAN = "indian_ocean"
    MONTSERRAT = "montserrat"
    PITCAIRN = "pitcairn"
    SAINT_HELENA = "saint_helena"
    SOUTH_GEORGIA = "south_georgia"
    TRISTAN = "tristan"
    TURKS_AND_CAICOS = "turks_and_caicos"
    VIRGIN = "virgin"


_ONE_CODE: Final = {
    "AI2640": Territory.ANGUILLA,
    "ASCN": Territory.ASCENSION,
    "BBND": Territory.INDIAN_OCEAN,
    "BIQQ": Territory.ANTARCTIC,
    "FIQQ": Territory.FALKLANDS,
    "GX11": Territory.GIBRALTAR,
    "PCRN": Territory.PITCAIRN,
    "SIQQ": Territory.SOUTH_GEORGIA,
    "STHL": Territory.SAINT_HELENA,
    "TDCU": Territory.TRISTAN,
    "TKCA": Territory.TURKS_AND_CAICOS,
}
"""What a code starts with. "1ZZ" or "1AA" may follow."""

_MANY_CODES: Final = {
    # KY1 alone is Kirkcaldy in Scotland: four more digits make it Cayman.
    re.compile(r"KY[123]\d{4}", re.ASCII): Territory.CAYMAN,
    re.compile(r"VG\d{4}", re.ASCII): Territory.VIRGIN,
    re.compile(r"MSR\d{4}", re.ASCII): Territory.MONTSERRAT,
    re.compile(r"(?:FL|HM|DV|GE|PG|SB|WK)(?:\d\d|BX|[A-Z]X)", re.ASCII): Territory.BERMUDA,
    re.compile(r"AI2?", re.ASCII): Territory.ANGUILLA,
    re.compile(r"(?:GX|GX1)", re.ASCII): Territory.GIBRALTAR,
    re.compile(r"VG|VG1", re.ASCII): Territory.VIRGIN,
    re.compile(r"MSR", re.ASCII): Territory.MONTSERRAT,
}

_NAMES: Final = {
    "anguilla": Territory.ANGUILLA,
    "british antarctic territory": Territory.ANTARCTIC,
    "ascension": Territory.ASCENSION,
    "ascension island": Territory.ASCENSION,
    "bermuda": Territory.BERMUDA,
    "cayman": Territory.CAYMAN,
    "cayman islands": Territory.CAYMAN,
    "falklands": Territory.FALKLANDS,
    "falkland islands": Territory.FALKLANDS,
    "gibraltar": Territory.GIBRALTAR,
    "british indian ocean territory": Territory.INDIAN_OCEAN,
    "montserrat": Territory.MONTSERRAT,
    "pitcairn": Territory.PITCAIRN,
    "pitcairn islands": Territory.PITCAIRN,
    "st helena": Territory.SAINT_HELENA,
    "saint helena": Territory.SAINT_HELENA,
    "south georgia": Territory.SOUTH_GEORGIA,
    "tristan da cunha": Territory.TRISTAN,
    "turks and caicos": Territory.TURKS_AND_CAICOS,
    "turks and caicos islands": Territory.TURKS_AND_CAICOS,
    "british virgin islands": Territory.VIRGIN,
}

NHS_PLACEHOLDER: Final = re.compile(r"(?<![A-Z0-9])ZZ ?99 ?([0-9][A-Z]{2})?(?![A-Z0-9])", re.ASCII)
"""What stands in NHS records for a postcode. Source: NHS Wales Data Dictionary, "Postcode"."""

_OF_NHS: Final[dict[str, Literal["no_fixed_abode", "not_known"]]] = {
    "3VZ": "no_fixed_abode",
    "3WZ": "not_known",
    "3CZ": "not_known",  # England, and no more is known
    "3GZ": "not_known",  # Wales
    "1WZ": "not_known",  # Scotland
    "2WZ": "not_known",  # Northern Ireland
    "": "not_known",
}

_LONGEST_CODE: Final = 8


def territory_of(tokens: list[str]) -> Territory | None:
    """The territory whose code the words of a text are, in capitals, or the first of them."""
    joined = "".join(tokens)
    if len(joined) <= _LONGEST_CODE:
        for pattern, territory in _MANY_CODES.items():
            if pattern.fullmatch(joined):
                return territory
        for code, territory in _ONE_CODE.items():
            if joined in (code, f"{code}1ZZ", f"{code}1AA"):
                return territory
    if not _ONE_CODE.keys().isdisjoint(tokens):
        for one, other in itertools.pairwise(tokens):
            if one in _ONE_CODE and other in ("1ZZ", "1AA"):
                return _ONE_CODE[one]
    return _NAMES.get(" ".join(tokens).casefold()) if joined.isalpha() else None


def placeholder_of(text: str) -> Literal["no_fixed_abode", "not_known", "abroad"] | None:
    """What an NHS placeholder in a text in capitals stands for.

    Every other one than those named is of a country abroad.
    """
    found = NHS_PLACEHOLDER.search(text) if "ZZ" in text else None
    return _OF_NHS.get(found[1] or "", "abroad") if found else None
