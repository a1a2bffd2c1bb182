"""Where the postcode of a row stands: in one column, within a text, or over several columns.

    where = find_where(header, rows)              # None when nothing looks like postcodes
    texts = postcode_texts(rows, where)           # what to look up, one for each row

The home comes first: a list of a hospital has the surgery's postcode beside the patient's, and the
wrong one gives everybody the wrong service.
Not for: what a postcode is (`mmhs_finder.postcodes`), or which row has the names (`heading`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Final

from mmhs_finder.postcodes import NotAPostcode, Postcode
from mmhs_finder.postcodes.parsing import is_outward

LOOK: Final = 200
"""Rows in which texts are looked through for postcodes."""

Rows = Sequence[Sequence[str]]


class CellLayout(StrEnum):
    """How the postcode stands in a row."""

    COLUMN = "column"  # alone in a cell
    WITHIN = "within"  # in a text, such as an address
    JOINED = "joined"  # in parts, in cells beside each other
    LINES = "lines"  # the last one in some cells, such as the lines of an address


@dataclass(frozen=True)
class PostcodeCells:
    """Where the postcode stands: the columns, from 0. `others` are columns with postcodes that were
    passed over; `is_home` is False when the names say that it is of a surgery or the like."""

    way: CellLayout
    places: tuple[int, ...]
    others: tuple[int, ...] = ()
    is_home: bool = True


class _Of(IntEnum):
    """Whose postcode it is, by the name of its column."""

    SOMEBODY_ELSE = -1
    NOT_SAID = 0
    HOME = 1


_NAMES: Final = frozenset(
    re.findall(
        "[a-z0-9]+",
        "postcode postalcode pcd pcds pcd7 pcd8 zip zipcode pcode postcd postcde poscode pstcode "
        "homepostcode",
    )
)
_CONTAINED: Final = re.compile("postcode|postalcode|postcd|pcode")
_SHORT: Final = frozenset({"pc", "pcd", "pcds", "zip"})
"""Words of a name that may mean something else: they count where there are postcodes below."""

_ELSE: Final = re.compile(
    r"\b(?:gps?|g\.p|practices?|surger(?:y|ies)|hospitals?|clinics?|trusts?|providers?|units?|"
    r"wards?|sites?|schools?|works?|workplace|employers?|offices?|referr(?:er|ers|ing|al|als)|"
    r"previous|prev|old|former|past|nok|kin|relatives?|emergency|births?|birthplace|born|"
    r"deliver(?:y|ed)|partners?|fathers?|husbands?|spouses?|carers?|guardians?|"
    r"pharmac(?:y|ies)|dentists?|midwi(?:fe|ves|fery)|health visitors?|teams?|organi[sz]ations?|"
    r"org|agenc(?:y|ies)|centres?|services?|bases?|notes?|comments?|remarks?|history|billing|"
    r"invoice|sender|landlords?|solicitors?|social workers?|consultants?|doctors?|dr)\b"
)
_HOME: Final = re.compile(
    r"\b(?:homes?|patients?|usual|current|mothers?|mums?|clients?|service users?|wom[ae]n|persons?|"
    r"birthing (?:person|people)|residen(?:ce|t|ts|tial)|permanent|living|lives|her|own|present|"
    r"main|parents?|users?)\b"
)
# "Service user" is she, not a service; a birthing person is no birth place; the unit of a postcode
# is its end.
_NOT_ELSE: Final = re.compile(
    r"\b(?:service users?|birthing (?:person|people)|(?:pc|p code|pcode|post ?code) unit)\b"
)

_ADDRESS: Final = re.compile(
    r"\b(?:addr(?:ess)?s?|street|road|town|city|county|locality|lines?|village|district|residence)"
    r"\b|address|addr"
)
_INWARD: Final = re.compile(r"\s*[0-9][ABD-HJLNP-UW-Z]{2}\s*", re.IGNORECASE)
_MAYBE: Final = re.compile(r"[0-9OI][A-Za-z]{2}(?![A-Za-z0-9])|[Bb][Ff][Pp][Oo]")
_NO_CODE: Final = frozenset(
    {"empty", "town_or_words", "area_only", "too_short", "unfinished", "too_long", "not_uk_shape"}
)


def words_of(name: str) -> str:
    """A column's name as words in small letters: "HomeP.C." is "home pc"."""
    name = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name.replace(".", "").replace("/", ""))
    return " ".join(re.findall("[a-z0-9]+", name.lower()))


def is_postcode_name(name: str) -> bool:
    """Whether a column with this name has postcodes, whatever is in it."""
    plain = words_of(name).replace(" ", "")
    return len(name) <= 80 and (plain in _NAMES or bool(_CONTAINED.search(plain)))


def may_be_postcode_name(name: str) -> bool:
    """The same, also for short names that may mean something else, such as "PC"."""
    return is_postcode_name(name) or (
        len(name) <= 40 and not _SHORT.isdisjoint(words_of(name).split())
    )


def is_exact_name(name: str) -> bool:
    """Whether a name says "postcode" and nothing else."""
    return words_of(name).replace(" ", "") in _NAMES


def _whose(names: str) -> _Of:
    words = words_of(names)
    if _ELSE.search(_NOT_ELSE.sub(" ", words)):
        return _Of.SOMEBODY_ELSE
    return _Of.HOME if _HOME.search(words) else _Of.NOT_SAID


def is_full(cell: str) -> bool:
    """A cell with a full postcode and nothing else."""
    if not 5 <= len(cell) <= 12:
        return False
    return _is_whole(Postcode.parse(cell))


def has_full(cell: str) -> bool:
    """A cell with one full postcode, also among other words."""
    return bool(_MAYBE.search(cell)) and _is_whole(Postcode.parse(cell))


def _is_whole(postcode: Postcode | NotAPostcode) -> bool:
    return isinstance(postcode, Postcode) and len(postcode.inward) == 3


def share(rows: Rows, place: int, test: Callable[[str], object]) -> float:
    """Of the cells of a column that are not blank, how many pass a test: 0 to 1."""
    cells = [row[place] for row in rows if len(row) > place and row[place].strip()]
    return sum(map(bool, map(test, cells))) / len(cells) if cells else 0.0


# --- what to look up ------------------------------------------------------------------------------


def postcode_texts(rows: Rows, where: PostcodeCells) -> list[str]:
    """The text to look up of each row."""
    places = where.places
    if where.way in (CellLayout.COLUMN, CellLayout.WITHIN):
        (place,) = places
        return [row[place] if len(row) > place else "" for row in rows]
    put_together = _last if where.way is CellLayout.LINES else _joined
    return [put_together([row[p] for p in places if len(row) > p]) for row in rows]


def _joined(cells: Sequence[str]) -> str:
    if len(cells) == 2:
        return " ".join(cells).strip()
    return "".join(cell.strip() for cell in cells)


def _last(cells: Sequence[str]) -> str:
    """The last cell with a full postcode, or else with a code that is known for none, or else the
    last that is not blank."""
    code = ""
    for cell in reversed(cells):
        if _MAYBE.search(cell):
            postcode = Postcode.parse(cell)
            if _is_whole(postcode):
                return cell
            if not code and isinstance(postcode, NotAPostcode) and postcode.reason not in _NO_CODE:
                code = cell
    return code or next((cell for cell in reversed(cells) if cell.strip()), "")


# --- finding it -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Candidate:
    way: CellLayout
    places: tuple[int, ...]
    whose: _Of
    share: float
    is_named: bool = False
    is_exact: bool = False
    is_blank: bool = False

    @property
    def rank(self) -> tuple[object, ...]:
        """The best has the greatest."""
        kind = {
            CellLayout.COLUMN: 2,
            CellLayout.JOINED: 1,
            CellLayout.LINES: 0,
            CellLayout.WITHIN: 0,
        }[self.way]
        return (
            self.share > 0,
            self.whose >= _Of.NOT_SAID,
            kind + self.is_named,
            self.whose,
            round(self.share, 1),
            self.is_exact,
            self.way is CellLayout.WITHIN,
            -len(self.places),
            -self.places[0],
        )


def find_where(header: Sequence[str], rows: Rows) -> PostcodeCells | None:
    """Where the postcodes are, or None.

    A column whose name says so wins, unless there are none in it; without such a name, at least
    half of what is in a column must be full postcodes. Of several the home's is taken (home,
    patient, usual, current, mother ...), then one that does not say whose, and only then that of a
    surgery, a hospital, a relative or an earlier home. Where no cell is a postcode by itself, it is
    looked for in columns that hold the parts of one, and within addresses.
    """
    found = [*_columns(header, rows)]
    for finder in (_joined_columns, _within, _lines):
        found += finder(header, rows)
    if not found:
        return None
    best = max(found, key=lambda each: each.rank)
    if not best.is_named:
        # Cells of an address: all of its lines have more than the best of them.
        lines = [c for c in found if c.way is CellLayout.LINES and {*best.places} <= {*c.places}]
        best = lines[0] if lines else best
    if best.whose is _Of.SOMEBODY_ELSE:
        # A blank column for her home is not filled in with somebody else's.
        blank = [c for c in found if c.is_named and c.is_blank and c.whose > best.whose]
        best = max(blank, key=lambda each: each.rank, default=best)
    others = sorted(
        {
            place
            for each in found
            if each.way is CellLayout.COLUMN and (each.share > 0 or each.is_named)
            for place in each.places
        }
        - {*best.places}
    )
    return PostcodeCells(best.way, best.places, tuple(others), best.whose is not _Of.SOMEBODY_ELSE)


def _columns(header: Sequence[str], rows: Rows) -> Iterator[_Candidate]:
    for place, name in enumerate(header):
        full = share(rows, place, is_full)
        is_named = is_postcode_name(name) or (full > 0 and may_be_postcode_name(name))
        if is_named or full >= 0.5:
            yield _Candidate(
                CellLayout.COLUMN,
                (place,),
                _whose(name),
                full,
                is_named,
                is_exact_name(name),
                is_blank=not share(rows, place, bool),
            )


def _joined_columns(header: Sequence[str], rows: Rows) -> Iterator[_Candidate]:
    """Two to four columns beside each other whose cells make a postcode; or the two halves, with
    others between them."""
    rows = rows[:LOOK]
    width = len(header)
    short = [share(rows, p, lambda cell: len(cell.strip()) <= 4) >= 0.5 for p in range(width)]
    runs = [
        tuple(range(start, start + count))
        for count in (2, 3, 4)
        for start in range(width - count + 1)
        if all(short[start : start + count])
    ]
    ends = [p for p in range(width) if short[p] and share(rows, p, _INWARD.fullmatch) >= 0.5]
    begins = [p for p in range(width) if short[p] and share(rows, p, _is_outward) >= 0.5]
    runs += [(begin, end) for end in ends for begin in begins if begin != end]
    for places in runs:
        texts = [_joined([row[p] for p in places if len(row) > p]) for row in rows]
        texts = [text for text in texts if text]
        full = sum(map(is_full, texts)) / len(texts) if texts else 0.0
        if full >= 0.5:
            of = {_whose(header[place]) for place in places}
            whose = _Of.SOMEBODY_ELSE if _Of.SOMEBODY_ELSE in of else max(of)
            yield _Candidate(CellLayout.JOINED, places, whose, full)


def _is_outward(cell: str) -> bool:
    return is_outward(cell.strip().upper())


def _within(header: Sequence[str], rows: Rows) -> Iterator[_Candidate]:
    rows = rows[:LOOK]
    for place, name in enumerate(header):
        least = 0.2 if _ADDRESS.search(words_of(name)) else 0.5
        inside = share(rows, place, has_full)
        if inside >= least and inside > share(rows, place, is_full):
            yield _Candidate(CellLayout.WITHIN, (place,), _whose(name), inside)


def _lines(header: Sequence[str], rows: Rows) -> Iterator[_Candidate]:
    """The columns of an address, when the postcode is now in one, now in another."""
    rows = rows[:LOOK]
    named = [p for p, name in enumerate(header) if _is_of_address(name)]
    groups: dict[bool, list[int]] = {}
    for place in named:
        groups.setdefault(_whose(header[place]) is _Of.SOMEBODY_ELSE, []).append(place)
    for is_else, places in groups.items():
        if len(places) < 2:
            continue
        texts = [_last([row[p] for p in places if len(row) > p]) for row in rows]
        texts = [text for text in texts if text]
        full = sum(map(has_full, texts)) / len(texts) if texts else 0.0
        single = max(_share_of_rows(rows, place) for place in places)
        if full >= 0.2 and full > single + 0.01:
            whose = max(_whose(header[place]) for place in places)
            yield _Candidate(
                CellLayout.LINES, tuple(places), _Of.SOMEBODY_ELSE if is_else else whose, full
            )


def _share_of_rows(rows: Rows, place: int) -> float:
    return sum(len(row) > place and has_full(row[place]) for row in rows) / max(len(rows), 1)


def _is_of_address(name: str) -> bool:
    return bool(_ADDRESS.search(words_of(name))) or is_postcode_name(name)
