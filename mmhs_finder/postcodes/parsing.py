"""Read a postcode, or the first part of one, from anything a person may type.

    >>> str(Postcode.parse(" ct1-3ng. "))
    'CT1 3NG'
    >>> Postcode.parse("CTI 3NG")
    Postcode(outward='CT1', inward='3NG', corrected_from='CTI 3NG')
    >>> Postcode.parse("Canterbury").reason
    'town_or_words'
    >>> Postcode.parse("Canterbury CT1")
    Postcode(outward='CT1', inward='', corrected_from='')
    >>> Postcode.parse("CT!1 3NG").readings
    ('CT11 3NG', 'CT1 3NG')

`Postcode.parse` is pure and total: it takes any `str`, never raises, and returns a `Postcode` or a
`NotAPostcode` that says in plain words what to do next. It knows the shape of postcodes, not which
exist.
Not for: finding a postcode's place (`index`).
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from mmhs_finder.postcodes.errors import NotAPostcode, Reason
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.postcodes.said import said_of
from mmhs_finder.postcodes.signs import has_sign, readings, without_pairs
from mmhs_finder.postcodes.territories import placeholder_of, territory_of
from mmhs_finder.postcodes.tidying import Tidied, tidied

MAX_TYPED: Final = 200
"""Characters. Longer text is not read: nobody types that into a postcode field."""

# Letters before the first digit: all that are in the postcode package 2026.1.1 (JE, GY and IM
# included), and the Royal Mail areas that have no place: BF (forces), BX and XX (organisations).
_AREA_LIST: Final = (
    "AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH "
    "DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA "
    "KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR "
    "RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA "
    "WC WD WF WN WR WS WV XX YO ZE "
)
AREAS: Final = frozenset(_AREA_LIST.split())

# Letters seen in each position in the same package. I, O and a few others are never used there,
# which is what lets a slip (O for 0, I for 1) be told from the real thing. V occurs once: the ended
# NPT 0VA.
_A9A: Final = "ABCDEFGHJKMNPRSTUVWXY"
_AA9A: Final = "ABEHMNPRVWXY"
_INWARD: Final = "ABDEFGHJLNPQRSTUVWXYZ"

_LIKELY_FULL: Final = re.compile(
    rf"([A-Z]{{1,2}})([0-9](?:[0-9{_A9A}])?) *([0-9][{_INWARD}]{{2}})", re.ASCII
)
_DIGIT: Final = re.compile("[0-9]")
_LONGEST: Final = 10
"""Letters and digits of "BFPO c/o 801"; a postcode has at most seven."""
_EDGES: Final = " \t\r\n" + string.punctuation
"""What may stand before and after a full postcode and is no part of it, whichever keyboard."""
_OUTWARD: Final = re.compile(
    rf"(?:([A-Z])[0-9](?:[0-9{_A9A}])?|([A-Z]{{2}})[0-9](?:[0-9{_AA9A}])?)", re.ASCII
)
_INWARD_RE: Final = re.compile(rf"[0-9][{_INWARD}]{{2}}", re.ASCII)
_BFPO: Final = re.compile(r"BFPO(?:CO)?([0-9]{0,4})", re.ASCII)
# A code in a text begins and ends where no letter, digit, or sign that joins it to one stands.
_BEGIN: Final = r"""(?<![A-Z0-9])(?<![A-Z0-9][!"@£#$%^&*~+/=])"""
_STOP: Final = r"""(?![A-Z0-9])(?![!"@£#$%^&*~+/=][A-Z0-9])"""
_IN_TEXT: Final = re.compile(
    rf"{_BEGIN}([A-Z]{{1,2}}[0-9][0-9A-Z]?|NPT|GIR)[ .-]*([0-9][{_INWARD}]{{2}}){_STOP}", re.ASCII
)
_SLIP_IN_TEXT: Final = re.compile(
    rf"{_BEGIN}([A-Z]{{1,2}}[0-9OI][0-9A-Z]?)[ .-]+([0-9][{_INWARD}]{{2}}){_STOP}", re.ASCII
)
_PART_IN_TEXT: Final = re.compile(
    rf"{_BEGIN}([A-Z]{{1,2}}[0-9][0-9A-Z]?)(?:[ .-]([0-9]))?{_STOP}", re.ASCII
)
_OF_A_BUILDING: Final = frozenset(
    re.findall(
        "[A-Z]+",
        "APARTMENT APT BAY BED BLOCK BUILDING DOOR FLAT FLOOR GATE HOUSE HUT JCT JUNCTION LEVEL "
        "LOT MOTORWAY NO NUMBER OFFICE PLOT RM ROAD ROOM ROUTE STUDIO SUITE THE UNIT WARD",
    )
)
"""Words before a code that is no postcode: "Flat B1", "Ward E2", "the M1"."""

_TO_DIGIT: Final = {"O": "0", "I": "1"}
_TO_LETTER: Final = {"0": "O", "1": "I"}
_OUTWARD_PATTERNS: Final = ("L9", "L99", "L9L", "LL9", "LL99", "LL9L")


@dataclass(frozen=True)
class Postcode:
    """A postcode, or the start of one, written properly.

    `inward` is "3NG" for a full postcode, "3" for a sector and "" for an outward code only. Forces
    numbers are outward "BFPO" with the number as inward. `corrected_from` is what was typed,
    tidied, when it was not read as it stood: an O for a 0 or an I for a 1 (or the reverse), a sign
    inside, letters of another alphabet. `words` is what stood around the first part of a postcode.
    Neither counts when postcodes are compared.
    """

    outward: str
    inward: str = ""
    corrected_from: str = field(default="", compare=False)
    words: str = field(default="", compare=False, repr=False)

    @cached_property
    def precision(self) -> Precision:
        if not self.inward:
            return Precision.OUTWARD
        is_sector = len(self.inward) == 1 and self.outward != "BFPO"
        return Precision.SECTOR if is_sector else Precision.POSTCODE

    @cached_property
    def area(self) -> str:
        """The letters at the start: "CT" of "CT1 3NG"."""
        return (
            self.outward.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ").rstrip("0123456789") or self.outward
        )

    def __str__(self) -> str:
        return f"{self.outward} {self.inward}" if self.inward else self.outward

    @classmethod
    def parse(cls, text: str) -> Postcode | NotAPostcode:
        """The postcode in `text`, or a `NotAPostcode` (returned, never raised).

        Accepts any case, Unicode width, spacing and punctuation, and a postcode within other words.
        A reading without a correction always wins over one with; a complete postcode over a part.
        Where a sign inside leaves two readings, neither is taken.
        """
        likely = _LIKELY_FULL.fullmatch(text.strip(_EDGES).upper()) if len(text) <= 16 else None
        if likely and likely[1] in AREAS and is_outward(likely[1] + likely[2]):
            return cls(likely[1] + likely[2], likely[3])
        if len(text) > MAX_TYPED:
            return NotAPostcode(_safe(text), "too_long")
        tidy = tidied(text)
        special = _special(text, tidy)
        if special is not None:
            return special
        found = [] if tidy.is_foreign else _signed(tidy)
        if len(found) > 1:
            return NotAPostcode(_safe(text), "two_readings", tuple(map(str, found)))
        if not found:
            found = _inside(tidy.text)
        if len(found) > 1:
            return NotAPostcode(_safe(text), "several")
        if found:
            corrected = tidy.look_alikes and not found[0].corrected_from
            return replace(found[0], corrected_from=tidy.text) if corrected else found[0]
        tokens = tidy.tokens
        return NotAPostcode(_safe(text), _why_not(tidy.text, tokens, "".join(tokens)))


def is_outward(code: str) -> bool:
    """True when `code` has the shape of an outward code of a known area. "NPT" and "GIR" have not:
    they are only ever part of a full postcode."""
    match = _OUTWARD.fullmatch(code)
    return match is not None and (match[1] or match[2]) in AREAS


def _safe(text: str) -> str:
    kept = "".join(ch for ch in text[:200] if ch.isalnum() or ch in " '-")
    return " ".join(kept.split())[:20]


def _special(text: str, tidy: Tidied) -> NotAPostcode | None:
    """A code or words that stand for no postcode of ours, and lead somewhere all the same."""
    placeholder = placeholder_of(tidy.text)
    if placeholder is not None:
        return NotAPostcode(_safe(text), placeholder)
    tokens = tidy.tokens
    territory = territory_of(tokens)
    if territory is not None:
        return NotAPostcode(_safe(text), "territory", territory=territory)
    said = said_of(tidy.text)
    return NotAPostcode(_safe(text), said) if said and not _inside(tidy.text) else None


def _signed(tidy: Tidied) -> list[Postcode]:
    """The ways to read a text that is nothing but a postcode, with the signs in it.

    The one where they are left out is last, and is said to be corrected: nothing is dropped without
    a word. More than one where a sign may be a digit.
    """
    if sum(map(len, tidy.tokens)) > _LONGEST:
        return []
    whole = without_pairs(tidy.text)
    found: dict[Postcode, Postcode] = {}
    for text, has_digits in readings(whole):
        tokens = re.findall("[A-Z0-9]+", text)
        postcode = _read(tokens, "".join(tokens)) if tokens else None
        if postcode is not None:
            is_forces = postcode.outward == "BFPO"  # "BFPO c/o 801" is how they are written
            if not postcode.corrected_from and not is_forces and (has_digits or has_sign(whole)):
                postcode = replace(postcode, corrected_from=whole)
            found.setdefault(postcode, postcode)
    return list(found.values())


def _read(tokens: list[str], joined: str) -> Postcode | None:
    """`joined` as a postcode: exact before corrected, whole before part."""
    if not 2 <= len(joined) <= 10:
        return None
    if forces := _BFPO.fullmatch(joined):
        return Postcode("BFPO", forces[1])
    out, inward = joined[:-3], joined[-3:]
    if _is_unit(out, inward):
        return Postcode(out, inward)
    for out, inward in _parts(tokens, joined):
        if is_outward(out):
            return Postcode(out, inward)
    return _corrected(tokens, joined)


def _is_unit(outward: str, inward: str) -> bool:
    if outward == "GIR":
        return inward == "0AA"
    return (outward == "NPT" or is_outward(outward)) and bool(_INWARD_RE.fullmatch(inward))


def _parts(tokens: list[str], joined: str) -> Iterator[tuple[str, str]]:
    """The ways to read `joined` as an outward code or a sector, the likeliest first. A last digit
    that stands alone is a sector ("CT1 3"); one that does not is only when nothing else fits
    ("CT133")."""
    last = tokens[-1]
    if len(tokens) > 1 and len(last) == 1 and last.isdigit():
        yield joined[:-1], last
    yield joined, ""
    if len(tokens) == 1 and last[-1].isdigit():
        yield joined[:-1], last[-1]


def _corrected(tokens: list[str], joined: str) -> Postcode | None:
    """The reading with the fewest O/0 and I/1 slips, if there is one reading with that few.

    Text without any digit is corrected only when it is set out as a postcode ("CTI ONG"), for
    otherwise "Goole" would be G0 0LE.
    """
    if "O" not in joined and "I" not in joined and "0" not in joined and "1" not in joined:
        return None
    has_digit = any(ch.isdigit() for ch in joined)
    digit = _TO_DIGIT.get(joined[-3:-2], joined[-3:-2])
    inward = digit + joined[-2:]
    laid_out = len(tokens) == 2 and len(tokens[1]) == 3
    if _INWARD_RE.fullmatch(inward) and (has_digit or laid_out):
        outward = _corrected_outward(joined[:-3])
        if joined[:-3] in ("GIR", "NPT") and _is_unit(joined[:-3], inward):
            outward = joined[:-3]
        if outward:
            return Postcode(outward, inward, f"{joined[:-3]} {joined[-3:]}")
    if not has_digit:
        return None
    for out, part in _parts(tokens, joined):
        if outward := _corrected_outward(out):
            return Postcode(outward, part, f"{out} {part}".rstrip())
    return None


def _corrected_outward(code: str) -> str:
    """`code` with the fewest slips put right, or "" when nothing fits or two readings fit equally
    well."""
    best: dict[int, set[str]] = {}
    for pattern in _OUTWARD_PATTERNS:
        if len(pattern) != len(code):
            continue
        table = (_TO_LETTER if kind == "L" else _TO_DIGIT for kind in pattern)
        read = "".join(swap.get(ch, ch) for ch, swap in zip(code, table, strict=True))
        if is_outward(read):
            best.setdefault(sum(a != b for a, b in zip(read, code, strict=True)), set()).add(read)
    if not best:
        return ""
    readings = best[min(best)]
    return readings.pop() if len(readings) == 1 else ""


def _inside(tidy: str) -> list[Postcode]:
    """The postcodes that stand as words of their own within other text, each once.

    Full ones, else full ones with a slip in the first part, else first parts and sectors.
    """
    if not _DIGIT.search(tidy):
        return []
    whole = [Postcode(m[1], m[2]) for m in _IN_TEXT.finditer(tidy) if _is_unit(m[1], m[2])]
    if not whole:
        slips = ((m[1], m[2], _corrected_outward(m[1])) for m in _SLIP_IN_TEXT.finditer(tidy))
        whole = [Postcode(out, unit, f"{typed} {unit}") for typed, unit, out in slips if out]
    return list(dict.fromkeys(whole or _parts_inside(tidy)))


def _parts_inside(tidy: str) -> Iterator[Postcode]:
    """First parts of postcodes among words, such as "Canterbury CT1".

    Not where a number follows that may be the rest of a code, nor after "flat" and the like.
    """
    found = list(_PART_IN_TEXT.finditer(tidy))
    if not found:
        return
    spans = {place for m in found for place in range(m.start(), m.end())}
    rest = "".join(" " if place in spans else ch for place, ch in enumerate(tidy))
    others = re.findall("[A-Z0-9]+", rest)
    mixed = any(not t.isalpha() and not t.isdigit() for t in others)
    if mixed or not any(len(t) > 1 and t.isalpha() for t in others):
        return
    words = " ".join(t for t in others if t.isalpha()).casefold()
    for match in found:
        before = re.findall("[A-Z0-9]+", tidy[: match.start()])
        after = re.match(r"[^A-Z0-9]*[0-9]", tidy[match.end() :])
        if is_outward(match[1]) and not after and not {*before[-1:]} & _OF_A_BUILDING:
            yield Postcode(match[1], match[2] or "", words=words)


def _why_not(tidy: str, tokens: list[str], joined: str) -> Reason:
    letters = [ch for ch in tidy if ch.isalpha()]
    digits = [ch for ch in joined if ch.isdigit()]
    if not letters and not digits:
        return "empty"
    if not digits:
        if joined in AREAS or joined == "NPT":
            return "area_only"
        return "too_short" if len(letters) < 3 else "town_or_words"
    if len(letters) > 2 * len(digits) and any(len(t) > 3 and t.isalpha() for t in tokens):
        return "town_or_words"
    if len(joined) > 7:
        return "too_long"
    if len(joined) < 2:
        return "too_short"
    # The first part and a bit of the second: "CT1 3N", "CT13N"
    if any(
        is_outward(joined[:cut]) and joined[cut].isdigit() for cut in range(2, len(joined) - 1)
    ) and (re.fullmatch(rf"[A-Z0-9]{{2,4}}[0-9][{_INWARD}]", joined)):
        return "unfinished"
    return "not_uk_shape"
