"""What was typed or pasted, in capitals of our alphabet, and nothing of it thrown away yet.

    >>> tidied("ct1&nbsp;3ng").text
    'CT1 3NG'

Not for: what it means (`parsing`).
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Final

OTHER_SIGN: Final = "~"
"""Stands for a sign that is not in ASCII, so that it is not thrown away without a word."""

_WEB_LEFTOVER: Final = re.compile(
    r"%20|%C2%A0|%A0|%09|%0A|%0D|&nbsp;?|</?[a-z][^<>]*>|=20\b|\\u00a0|\\[nrt]", re.IGNORECASE
)
"""A space as pages, addresses and e-mails write it, and marks of a page."""

_WEB_SIGNS: Final = frozenset("&%<=\\")
"""Without one of these a text holds no such leftover."""

_LOOK_ALIKES: Final = str.maketrans(
    "АВЕКМНОРСТУХІЈЅЗаеорсухіјѕкмнтв" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧαοκν",
    "ABEKMHOPCTYXIJS3AEOPCYXIJSKMHTB" + "ABEZHIKMNOPTYXAOKN",
)
"""Letters of Cyrillic and Greek keyboards that look like ours."""

_TOKEN: Final = re.compile("[A-Z0-9]+")

_QUOTES: Final = "“”‘’«»„‚‹›`´"


@dataclass(frozen=True)
class Tidied:
    """`text` in capitals: letters and digits of ASCII where there are such, spaces, and the signs
    that stood there. `look_alikes`: letters of another alphabet were read as ours."""

    text: str
    look_alikes: bool = False

    @cached_property
    def tokens(self) -> list[str]:
        """Its letters and digits, without what stood between."""
        return _TOKEN.findall(self.text)

    @property
    def is_foreign(self) -> bool:
        """Whether letters of another alphabet are left."""
        return not self.text.isascii() and any(
            ch.isalnum() and not ch.isascii() for ch in self.text
        )


def tidied(text: str) -> Tidied:
    """Whatever was typed, tidied: case, width, accents apart and leftovers of the web."""
    if text.isascii() and text.isprintable() and _WEB_SIGNS.isdisjoint(text):
        return Tidied(text.upper())  # nearly every text there is
    if "&" in text:
        text = html.unescape(html.unescape(text))
    plain = unicodedata.normalize("NFKC", _WEB_LEFTOVER.sub(" ", text))
    ours = plain.translate(_LOOK_ALIKES)
    written = "".join(map(_plain, ours)).upper()
    return Tidied(written, look_alikes=ours != plain)


def _plain(ch: str) -> str:
    if ch.isascii():
        if ch.isalnum() or ch.isprintable():
            return ch
        return " " if ch.isspace() else ""
    if ch.isdecimal():
        return str(unicodedata.decimal(ch))
    kind = unicodedata.category(ch)
    if kind[0] in "LN" or ch == "£":
        return ch
    if kind[0] in "MC":  # marks on letters, and what nobody sees
        return ""
    if kind == "Pd":
        return "-"
    if kind[0] == "Z" or ch in _QUOTES:
        return " "
    return "." if ch == "·" else OTHER_SIGN
