"""Signs inside a postcode: what may have been meant, so that none is dropped without a word.

Somebody who holds Shift a moment too long types "CT!1 3NG" for CT11 3NG; with the sign left out it
would be CT1 3NG, another place. Both are readings, and she is asked.
Not for: which texts are postcodes (`parsing`).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Final

SHIFTED: Final = {
    "!": "1",
    '"': "2",
    "@": "2",
    "£": "3",
    "#": "3",
    "$": "4",
    "%": "5",
    "^": "6",
    "&": "7",
    "*": "8",
    "(": "9",
    ")": "0",
}
"""The digit of each sign over a digit, on keyboards of the UK and of the US."""

MOST_SLIPS: Final = 3
"""More signs than this are no slip of a finger."""

_AROUND: Final = re.compile(r"[(\[<]([A-Z0-9 .-]*)[)\]>]|\"([A-Z0-9 .-]*)\"|'([A-Z0-9 .-]*)'")
"""Brackets and quotation marks, which come in pairs and mean nothing here."""

_NO_SIGNS: Final = re.compile(r"[A-Z0-9 .\-]*", re.ASCII)
_SAID: Final = re.compile(r"[A-Z0-9][ .-]*[^A-Z0-9 .\-]")
_END: Final = re.compile(r"^[^A-Z0-9]+|[^A-Z0-9!\"@£#$%^&*()]+$")


def without_pairs(text: str) -> str:
    """Without brackets and quotation marks in pairs, and without signs before and after."""
    if _NO_SIGNS.fullmatch(text):
        return text
    text = _AROUND.sub(lambda found: f" {found[1] or found[2] or found[3] or ''} ", text)
    return _END.sub("", text)


def has_sign(text: str) -> bool:
    """Whether a sign stands within a text: none of spaces, hyphens and dots counts."""
    return not _NO_SIGNS.fullmatch(text) and bool(_SAID.search(text.rstrip("".join(SHIFTED))))


def readings(text: str) -> Iterator[tuple[str, bool]]:
    """The text with its signs read as the digits under them, and whether any is: first all, then
    fewer, at last none.

    Without any twice where one stands inside: "M1/4" may be M1 4, or M14 with a stray sign. Only
    without any where there are more than `MOST_SLIPS`.
    """
    slips = [place for place, ch in enumerate(text) if ch in SHIFTED]
    if 0 < len(slips) <= MOST_SLIPS:
        for meant in itertools.product((True, False), repeat=len(slips)):
            letters = list(text)
            for place, digit in zip(slips, meant, strict=True):
                letters[place] = SHIFTED[text[place]] if digit else " "
            if any(meant):
                yield "".join(letters), True
    yield text, False
    if has_sign(text):
        yield re.sub(r"[^A-Z0-9 .\-]", "", text), False
