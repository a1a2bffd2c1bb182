"""The index of unit postcodes: look postcodes up in its file.

    index = open_index()                   # from `opening`
    place = index.locate(postcode)         # one, about a millionth of a second
    many = index.find_many(series)         # a column of them, with numpy

The file is read into memory: whatever happens to it afterwards, the answers stay. Nothing here uses
the network.
Not for: reading what people type (`parsing`), finding or making the file (`opening`, `building`),
or knowing what a council's code means (`mmhs_finder.places.shapes`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from mmhs_finder.nation import Nation, is_pseudo, nation_of_code
from mmhs_finder.postcodes import packing
from mmhs_finder.postcodes.errors import (
    ForcesPostcode,
    LetterMissing,
    PostcodeWithoutPlace,
    UnknownPostcode,
)
from mmhs_finder.postcodes.found import CloseBy, CouncilShare, FoundMany, IndexInfo, Located
from mmhs_finder.postcodes.index_file import (
    ALIGN,
    COLUMNS,
    NO_COORDINATE,
    Header,
    read_whole,
)
from mmhs_finder.postcodes.parsing import Postcode
from mmhs_finder.postcodes.precision import Precision
from mmhs_finder.postcodes.slips import other_spellings

_NATION_OF_AREA: Final = {
    "BT": Nation.NORTHERN_IRELAND,
    "JE": Nation.JERSEY,
    "GY": Nation.GUERNSEY,
    "IM": Nation.ISLE_OF_MAN,
}


_ENGLAND: Final = Nation.ENGLAND

_LETTERS_RULE: Final = 10
"""A first part with so many times fewer postcodes than those with a letter more lacks its letter.

SW1 has none, W1 has one, and N1 as many as N1C and N1P by far (2026.1.1).
"""


class PostcodeIndex:
    """An open index. Safe to use from several threads; it never changes."""

    def __init__(self, path: Path) -> None:
        """Open and check the file. Raises `OSError`, or `IndexProblem` when it is missing a part or
        damaged."""
        header, data, size = read_whole(path)
        self.header: Final[Header] = header
        self._path = path
        self._size = size
        start = 0
        counts = {
            "outward": header.outwards,
            "offset": header.outwards + 1,
            "mail": header.outwards,
            "close_of": header.close,
            "close_to": header.close,
        }
        columns: dict[str, NDArray[Any]] = {}
        for name, kind in COLUMNS:
            count = counts.get(name, header.rows)
            columns[name] = np.frombuffer(data, dtype=kind, count=count, offset=start)
            length = columns[name].nbytes
            start += length + (-length) % ALIGN
        self._outward = columns["outward"]
        self._key = columns["key"]
        self._lat, self._lon, self._council = columns["lat"], columns["lon"], columns["council"]
        # Reading one number from a memoryview is several times faster than from a numpy array.
        self._keys = memoryview(columns["key"].data).cast("B").cast("I")
        self._lats = memoryview(columns["lat"].data).cast("B").cast("i")
        self._lons = memoryview(columns["lon"].data).cast("B").cast("i")
        self._council_of = memoryview(columns["council"].data).cast("B").cast("H")
        self._close_of = memoryview(columns["close_of"].data).cast("B").cast("I")
        self._close_to = memoryview(columns["close_to"].data).cast("B").cast("I")
        offset = columns["offset"].tolist()
        self._spans = {
            packing.unpack_outward(number): (
                place * packing.INWARDS,
                offset[place],
                offset[place + 1],
            )
            for place, number in enumerate(self._outward.tolist())
        }
        self._mail = frozenset(
            outward for outward, mail in zip(self._spans, columns["mail"], strict=True) if mail
        )
        self._inwards = packing.inward_numbers()
        self._shares = [
            () if is_pseudo(code) else (CouncilShare(code, 1),) for code in header.councils
        ]
        self._nations = [nation_of_code(code) or Nation.ENGLAND for code in header.councils]

    @property
    def info(self) -> IndexInfo:
        header = self.header
        return IndexInfo(
            source=header.source,
            version=header.version,
            built_at=header.built_at,
            rows=header.rows,
            bytes=self._size,
            path=self._path,
            councils=sum(not is_pseudo(code) for code in header.councils),
            left_out_ni=header.left_out_ni,
            left_out_no_council=header.left_out_no_council,
            left_out_malformed=header.left_out_malformed,
        )

    @property
    def keys(self) -> NDArray[np.uint32]:
        """The postcodes as sorted numbers, read-only: what a search in bulk searches."""
        return self._key

    @property
    def points(self) -> tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint16]]:
        """Latitudes and longitudes of all rows, in millionths of a degree (WGS84) or
        `NO_COORDINATE`, and numbers into `header.councils`. Read-only."""
        return self._lat, self._lon, self._council

    def __len__(self) -> int:
        return self.header.rows

    def __contains__(self, item: object) -> bool:
        """True for a full postcode (a `Postcode`, or text) that is in the index."""
        postcode = Postcode.parse(item) if isinstance(item, str) else item
        return isinstance(postcode, Postcode) and self.row_of(postcode) >= 0

    def row_of(self, postcode: Postcode) -> int:
        """The row of a full postcode, or -1."""
        span = self._spans.get(postcode.outward)
        inward = self._inwards.get(postcode.inward)
        if span is None or inward is None:
            return -1
        base, low, high = span
        row = bisect_left(self._keys, base + inward, low, high)
        return row if row < high and self._keys[row] == base + inward else -1

    def postcode_at(self, row: int) -> Postcode:
        """The postcode in a row (0 to `len` - 1). Raises `IndexError`."""
        place, inward = divmod(self._keys[row], packing.INWARDS)
        return Postcode(
            packing.unpack_outward(int(self._outward[place])), packing.unpack_inward(inward)
        )

    def texts(self, start: int, stop: int) -> NDArray[np.object_]:
        """The postcodes in the rows from `start` up to `stop` as texts, such as "CT1 3NG"."""
        place, inward = np.divmod(self._key[start:stop], packing.INWARDS)
        outwards, inwards = self._halves
        return np.asarray(outwards[place] + inwards[inward], dtype=object)

    @cached_property
    def _halves(self) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """The outward codes ("CT1 ") by their place, and the inward codes by their number."""
        outwards = np.array([f"{outward} " for outward in self._spans], dtype=object)
        return outwards, np.array(list(self._inwards), dtype=object)

    def locate(self, postcode: Postcode) -> Located:
        """Where `postcode` is: itself, else its sector, else its outward code.

        Raises `UnknownPostcode` when the index has not even the outward code, `LetterMissing` for
        "SW1" and the like, and `PostcodeWithoutPlace` for forces and organisations' postcodes.
        Northern Ireland is not in the index: any BT postcode gives the nation and nothing else, and
        so does one of the islands' that is unknown.
        """
        row = self.row_of(postcode)
        if row < 0:
            return self._locate_around(postcode)
        council = self._council_of[row]
        lat = self._lats[row]
        nation = _NATION_OF_AREA.get(postcode.outward[:2]) or self._nations[council]
        if lat == NO_COORDINATE:
            return Located(postcode, Precision.POSTCODE, None, None, self._shares[council], nation)
        return Located(
            postcode,
            Precision.POSTCODE,
            lat / 1e6,
            self._lons[row] / 1e6,
            self._shares[council],
            nation,
            self._close(row),
            postcode.outward in self._mail,
        )

    def _close(self, row: int) -> tuple[CloseBy, ...]:
        """Other councils close to a row, the nearest first. Nearly all have none."""
        place = bisect_left(self._close_of, row)
        found: list[CloseBy] = []
        while place < len(self._close_of) and self._close_of[place] == row:
            other = self._close_to[place]
            council = self.header.councils[self._council_of[other]]
            found.append(CloseBy(council, self._lats[other] / 1e6, self._lons[other] / 1e6))
            place += 1
        return tuple(found)

    def _lettered(self, postcode: Postcode) -> tuple[str, ...]:
        """What somebody may mean who left out the letter of a first part in London: SW1A of SW1.

        Of a full postcode those that there are, else the first parts. Empty where no letter is
        missing: there is an N1 beside N1C, and a single postcode in W1.
        """
        outward = postcode.outward
        own = self._rows_of(outward)
        parts = [
            part
            for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
            if (part := outward + letter) in self._spans and part not in self._mail
        ]
        if sum(map(self._rows_of, parts)) < _LETTERS_RULE * max(own, 1):
            return ()
        whole = [Postcode(part, postcode.inward) for part in parts]
        return tuple(str(each) for each in whole if self.row_of(each) >= 0) or tuple(parts)

    def _rows_of(self, outward: str) -> int:
        _, low, high = self._spans.get(outward, (0, 0, 0))
        return int(high - low)

    def _is_known(self, postcode: Postcode) -> bool:
        if len(postcode.inward) == 3:
            return self.row_of(postcode) >= 0 or postcode.outward == "GIR"
        return postcode.outward in self._spans

    def _locate_around(self, postcode: Postcode) -> Located:
        if postcode.outward == "BFPO" or postcode.area == "BF":
            raise ForcesPostcode
        if postcode.area in ("GIR", "BX", "XX"):
            raise PostcodeWithoutPlace
        if parts := self._lettered(postcode):
            raise LetterMissing(parts)
        span = self._spans.get(postcode.outward)
        if span is None:
            if nation := _NATION_OF_AREA.get(postcode.area):
                return Located(postcode, postcode.precision, None, None, (), nation)
            meant = [other for other in other_spellings(postcode) if self._is_known(other)]
            if len(meant) == 1:
                return self.locate(meant[0])
            raise UnknownPostcode
        base, low, high = span
        if postcode.outward in self._mail and self._nations[self._council_of[low]] is _ENGLAND:
            raise PostcodeWithoutPlace
        digit = postcode.inward[:1]
        if digit in "0123456789" and digit:
            first = base + int(digit) * packing.SECTOR
            start = bisect_left(self._keys, first, low, high)
            end = bisect_left(self._keys, first + packing.SECTOR, start, high)
            if start < end:
                return self._summary(postcode, Precision.SECTOR, start, end)
        return self._summary(postcode, Precision.OUTWARD, low, high)

    def _summary(self, postcode: Postcode, precision: Precision, start: int, end: int) -> Located:
        counts = np.bincount(self._council[start:end])
        order = sorted(np.flatnonzero(counts).tolist(), key=lambda number: -int(counts[number]))
        by_nation: dict[Nation, int] = {}
        for number in order:
            nation = self._nations[number]
            by_nation[nation] = by_nation.get(nation, 0) + int(counts[number])
        names = self.header.councils
        shares = tuple(
            CouncilShare(names[number], int(counts[number]))
            for number in order
            if not is_pseudo(names[number])
        )
        lat, lon = self._lat[start:end], self._lon[start:end]
        known = lat != NO_COORDINATE
        has_point = bool(known.any())
        return Located(
            postcode,
            precision,
            round(float(np.median(lat[known])) / 1e6, 6) if has_point else None,
            round(float(np.median(lon[known])) / 1e6, 6) if has_point else None,
            shares,
            _NATION_OF_AREA.get(postcode.area)
            or max(by_nation, key=lambda nation: by_nation[nation]),
        )

    @cached_property
    def _place_of_outward(self) -> NDArray[np.int32]:
        """For each possible packed outward code its place in the index, or -1 (7 MB, on first bulk
        use)."""
        places = np.full(packing.OUTWARDS, -1, dtype=np.int32)
        places[self._outward] = np.arange(len(self._outward), dtype=np.int32)
        return places

    def find_many(self, texts: Sequence[str] | NDArray[Any] | Any) -> FoundMany:
        """Look up a list, numpy array or pandas Series of texts. Only full postcodes are found.

        A text gives the same row here as through `Postcode.parse` and `row_of`. Those written as a
        postcode but for case, spaces, hyphens and dots go through numpy alone; the rest are
        parsed one by one, each different text once. What is not `str` counts as "".
        """
        values = packing.as_strings(texts)
        packed = packing.pack(values)
        place = self._place_of_outward[packed.outward]
        sought = packed.valid & (place >= 0)
        key = np.where(sought, place, 0).astype(np.uint32) * packing.INWARDS + packed.inward
        row = np.searchsorted(self._key, key)
        np.minimum(row, len(self._key) - 1, out=row)
        as_written = sought & (self._key[row] == key)
        row = np.where(as_written, row, -1)
        rows_of_text: dict[str, int] = {}
        # A well-written postcode of a known outward code that is not there is not there for the
        # parser either.
        for number in np.flatnonzero(~sought).tolist():
            text = values[number]
            if text not in rows_of_text:
                rows_of_text[text] = self._row_of_text(text)
            row[number] = rows_of_text[text]
        return self._found(row, as_written)

    def _row_of_text(self, text: str) -> int:
        postcode = Postcode.parse(text)
        return self.row_of(postcode) if isinstance(postcode, Postcode) else -1

    def _found(self, row: NDArray[np.int64], as_written: NDArray[np.bool_]) -> FoundMany:
        found = row >= 0
        at = np.where(found, row, 0)
        lat = self._lat[at].astype(np.float64)
        lon = self._lon[at] / 1e6
        known = found & (lat != NO_COORDINATE)
        return FoundMany(
            row=row,
            lat=np.where(known, lat / 1e6, np.nan),
            lon=np.where(known, lon, np.nan),
            council=np.where(found, self._council[at].astype(np.int32), np.int32(-1)),
            council_names=np.array(self.header.councils, dtype=np.str_),
            as_written=as_written,
        )
