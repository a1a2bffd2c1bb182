"""The rows of a source as the columns of the index, sorted.

Rows of Northern Ireland are left out, as their licence does not allow this use. A row without a
council code is left out too: in the 2026.1.1 package all of those have no grid reference either, so
they say nothing about a place. Coordinates are stored as millionths of a degree, 0.1 m.
Not for: where rows come from (`sources`), or the file (`writing`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mmhs_finder.postcodes import packing
from mmhs_finder.postcodes.building.grid import to_wgs84
from mmhs_finder.postcodes.building.sources import PostcodeRows, Source
from mmhs_finder.postcodes.building.surroundings import close_councils, districts_of_mail
from mmhs_finder.postcodes.errors import BadSource
from mmhs_finder.postcodes.index_file import NO_COORDINATE

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all, and what was just read."""


MOST_COUNCILS: Final = 10_000
"""There are about 400, and as many again that were before."""


@dataclass(frozen=True)
class Columns:
    """The whole index in memory, as the columns of the file."""

    outward: NDArray[np.uint32]  # packed outward codes, sorted
    offset: NDArray[np.uint32]  # first row of each outward code, then the number of rows
    key: NDArray[np.uint32]  # place in `outward` * INWARDS + packed inward code; sorted, unique
    lat: NDArray[np.int32]  # WGS84, millionths of a degree, or NO_COORDINATE
    lon: NDArray[np.int32]
    council: NDArray[np.uint16]  # place in `councils`
    mail: NDArray[np.bool_]  # of each outward code: an organisation's mail, and no place
    close_of: NDArray[np.uint32]  # rows with a postcode of another council close by, sorted
    close_to: NDArray[np.uint32]  # the row of that postcode; the nearest of its council
    councils: tuple[str, ...]  # ONS codes, sorted
    left_out_ni: int
    left_out_no_council: int
    left_out_malformed: int


@dataclass(frozen=True)
class _Kept:
    """The rows of one part of a source that go into the index, packed small."""

    outward: NDArray[np.uint32]
    inward: NDArray[np.uint32]
    lat: NDArray[np.int32]
    lon: NDArray[np.int32]
    council: NDArray[np.uint16]  # numbered in the order met
    left_out: tuple[int, int, int]  # Northern Ireland, no council, malformed


def tabulate(source: Source, progress: Progress | None = None) -> Columns:
    """Read all rows of the source and put them in order.

    The first of two equal postcodes is kept. Raises `BadSource` when nothing is left.
    """
    steps = source.parts + 2
    parts: list[_Kept] = []
    numbers: dict[str, int] = {}  # council code -> number, in the order met
    for done, rows in enumerate(source.rows(), start=1):
        part = _keep(rows, numbers)
        parts.append(part)
        if done == 1 and part.left_out[2] == len(rows.postcodes):
            break  # a file of something else: the rest of it is not read
        if progress:
            progress(min(done, steps - 2), steps, f"postcodes {rows.label}")
    if not sum(len(part.outward) for part in parts):
        raise BadSource(f"{source.name} holds no postcode of Great Britain with a council code.")
    if progress:
        progress(steps - 1, steps, "putting them in order")
    return _ordered(parts, tuple(numbers))


def _keep(rows: PostcodeRows, numbers: dict[str, int]) -> _Kept:
    """Pack the rows and drop those that the index does not hold; new councils go into `numbers`."""
    packed = packing.pack(packing.as_strings(rows.postcodes))
    codes, names = pd.factorize(np.array(packing.as_strings(rows.councils), dtype=object))
    nameless = np.array([not name for name in names], dtype=bool)[codes]
    northern = np.array([str(name).startswith("N") for name in names], dtype=bool)[codes]
    northern |= _of_northern_ireland(packed.outward)
    keep = packed.valid & ~northern & ~nameless

    lat, lon = to_wgs84(np.asarray(rows.easting)[keep], np.asarray(rows.northing)[keep])
    if rows.lat is not None and rows.lon is not None:
        own_lat, own_lon = rows.lat[keep], rows.lon[keep]
        given = ~np.isnan(own_lat) & ~np.isnan(own_lon)
        lat, lon = np.where(given, own_lat, lat), np.where(given, own_lon, lon)
    used = set(codes[keep].tolist())
    number = np.zeros(len(names), dtype=np.uint16)
    for code in sorted(used):
        number[code] = numbers.setdefault(str(names[code]), len(numbers))
        if len(numbers) > MOST_COUNCILS:
            raise BadSource("The source has more councils than there are.")
    return _Kept(
        packed.outward[keep],
        packed.inward[keep],
        _millionths(lat),
        _millionths(lon),
        number[codes[keep]],
        (
            int((packed.valid & northern).sum()),
            int((packed.valid & ~northern & nameless).sum()),
            int((~packed.valid).sum()),
        ),
    )


def _ordered(parts: Sequence[_Kept], names: tuple[str, ...]) -> Columns:
    """The parts as one sorted table. `names` are the councils in the order met."""
    outward = np.concatenate([part.outward for part in parts])
    outwards = np.unique(outward)
    place = np.searchsorted(outwards, outward).astype(np.uint32)
    key = place * np.uint32(packing.INWARDS) + np.concatenate([part.inward for part in parts])
    key, first = np.unique(key, return_index=True)
    starts = np.arange(len(outwards) + 1, dtype=np.uint32) * np.uint32(packing.INWARDS)
    councils = sorted(names)
    rank = np.array([councils.index(name) for name in names], dtype=np.uint16)
    northern, nameless, malformed = np.sum([part.left_out for part in parts], axis=0).tolist()
    offset = np.searchsorted(key, starts).astype(np.uint32)
    lat = np.concatenate([part.lat for part in parts])[first]
    lon = np.concatenate([part.lon for part in parts])[first]
    council = rank[np.concatenate([part.council for part in parts])[first]]
    close = close_councils(lat, lon, council)
    return Columns(
        outward=outwards,
        offset=offset,
        key=key,
        lat=lat,
        lon=lon,
        council=council,
        mail=districts_of_mail(lat, lon, offset),
        close_of=close.of,
        close_to=close.to,
        councils=tuple(councils),
        left_out_ni=northern,
        left_out_no_council=nameless,
        left_out_malformed=malformed,
    )


def _of_northern_ireland(outward: NDArray[np.uint32]) -> NDArray[np.bool_]:
    first = packing.pack_outward("BT")
    return np.asarray((outward >= first) & (outward < first + 37 * 37))


def _millionths(degrees: NDArray[np.float64]) -> NDArray[np.int32]:
    return np.where(np.isnan(degrees), NO_COORDINATE, np.round(degrees * 1e6)).astype(np.int32)
