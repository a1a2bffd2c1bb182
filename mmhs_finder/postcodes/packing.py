"""Postcodes as whole numbers, many at a time, so that a table of them can be sorted and searched
fast.

Works on all texts at once with numpy: no loop over postcodes in Python. It reads only what is
already a postcode but for case, spaces, hyphens and dots; anything else is marked, and left to
`Postcode.parse`.
Not for: deciding what is a postcode (`parsing`), or storing (`index_file`).
"""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

INWARDS: Final = 6760
"""Inward codes: 10 digits x 26 x 26 letters."""

SECTOR: Final = 676
"""Inward codes in a sector."""

OUTWARDS: Final = 37**4
"""Outward codes: 4 places of 37 characters (none, 0-9, A-Z), so that numbers sort as the text
does."""

_NONE, _SKIP, _BREAK, _ODD = 0, 37, 38, 39


def _byte_values() -> NDArray[np.uint8]:
    """For each byte of UTF-8: 1-10 a digit, 11-36 a letter of either case, or what to do with
    it."""
    values = np.full(256, _SKIP, dtype=np.uint8)
    values[ord("0") : ord("9") + 1] = np.arange(1, 11)
    values[ord("A") : ord("Z") + 1] = np.arange(11, 37)
    values[ord("a") : ord("z") + 1] = np.arange(11, 37)
    for sign in string.punctuation:
        if sign not in "-.":
            values[ord(sign)] = _ODD
    values[ord("\n")] = _BREAK
    values[128:] = _ODD
    return values


_VALUES: Final = _byte_values()


@dataclass(frozen=True)
class Packed:
    """One number pair for each text: `outward` (0 to `OUTWARDS`-1) and `inward` (0 to `INWARDS`-1),
    and `valid`, False where the text is not four to seven letters and digits ending like "3NG"; the
    numbers are then meaningless. A valid pair may still be of no real postcode."""

    outward: NDArray[np.uint32]
    inward: NDArray[np.uint32]
    valid: NDArray[np.bool_]


def as_strings(texts: Any) -> list[str]:
    """A list of `str` from a list, tuple, numpy array or pandas Series; what is no `str` (None,
    NaN) is ""."""
    values: Sequence[Any] = texts.tolist() if hasattr(texts, "tolist") else list(texts)
    return [value if isinstance(value, str) else "" for value in values]


def pack(texts: Sequence[str]) -> Packed:
    """The numbers of each text. All of `texts` must be `str`."""
    count = len(texts)
    joined = "\n".join(texts)
    if joined.count("\n") != max(count - 1, 0):
        joined = "\n".join([text.replace("\n", " ") for text in texts])
    raw = np.frombuffer(joined.encode("utf-8", "surrogatepass") + b"\n", dtype=np.uint8)
    values = _VALUES[raw]
    values = values[values != _SKIP]
    ends = np.flatnonzero(values == _BREAK)[:count]
    starts = np.empty_like(ends)
    starts[:1] = 0
    starts[1:] = ends[:-1] + 1
    length = ends - starts
    valid = (length >= 5) & (length <= 7)
    ends = np.where(valid, ends, 7)
    length = np.where(valid, length, 7)
    if len(values) < 8:
        values = np.concatenate([values, np.zeros(8, dtype=np.uint8)])

    digit, second, third = (values[ends - back].astype(np.uint32) for back in (3, 2, 1))
    valid &= (digit >= 1) & (digit <= 10)
    valid &= (second >= 11) & (second <= 36) & (third >= 11) & (third <= 36)
    # Unsigned arithmetic wraps where `valid` is False; those are not used.
    inward = (digit - 1) * SECTOR + (second - 11) * 26 + (third - 11)

    outward = np.zeros(count, dtype=np.uint32)
    starts = ends - length
    for place in range(4):
        value = values[starts + place].astype(np.uint32)
        value[length - 3 <= place] = _NONE
        valid &= value <= 36
        outward = outward * 37 + value
    return Packed(np.where(valid, outward, 0), np.where(valid, inward, 0), valid)


def pack_outward(outward: str) -> int:
    """The number of one outward code of one to four capitals and digits."""
    number = 0
    for place in range(4):
        number = number * 37 + (
            int(_VALUES[ord(outward[place])]) if place < len(outward) else _NONE
        )
    return number


def unpack_outward(number: int) -> str:
    """The outward code of a number."""
    text = ""
    while number:
        number, value = divmod(number, 37)
        text = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[value] + text
    return text.strip()


@cache
def inward_numbers() -> Mapping[str, int]:
    """The number of each inward code, such as "3NG", in their order."""
    return {unpack_inward(number): number for number in range(INWARDS)}


def unpack_inward(number: int) -> str:
    """The inward code of a number."""
    digit, letters = divmod(number, SECTOR)
    return f"{digit}{chr(65 + letters // 26)}{chr(65 + letters % 26)}"
