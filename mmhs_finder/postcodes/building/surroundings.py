"""What lies around a postcode, worked out once when the index is built: other councils close by,
and the districts that are no place but an organisation's mail.

By distance between postcodes, never by the shapes of areas, which are simplified.
Not for: who serves a council (`mmhs_finder.answers`).
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from mmhs_finder.postcodes.index_file import NO_COORDINATE

CLOSE_METRES: Final = 300.0
"""A postcode of another council this near counts as close: the border lies between the two, about
150 m from either. A grid reference is that of one address, and in a town a street's length from any
home of its postcode."""

METRES_PER_DEGREE: Final = 111_250.0
"""Of latitude, at 53 degrees north (WGS84). Good to 0.3 per cent in Great Britain."""

AT_MOST_POINTS: Final = 30
"""More points than this are a district where people live, whatever share of it is organisations."""

POSTCODES_A_POINT: Final = 1.5
"""From this many postcodes to a point on, a district of few points is an organisation's.

In the package 2026.1.1 the districts of farms and islands have 1 to 1.45, those of organisations
1.5 to 1,200: all their post goes to one office.
"""

VERY_FEW_POINTS: Final = 7
"""So few points may also be an island's. Then it counts whether another district lies around."""

_CHUNK: Final = 1_000_000
"""Pairs compared at once: about 50 MB."""

_SAMPLE: Final = 300
"""Postcodes that are enough to see of most districts that they have many points."""

_WIDE: Final = 1 << 20
"""More cells than there are from west to east."""


@dataclass(frozen=True)
class Close:
    """Pairs of a postcode and the nearest one of another council within `CLOSE_METRES`.

    Sorted by `of`, then by distance. A postcode stands there once for each other council.
    """

    of: NDArray[np.uint32]  # rows of the index
    to: NDArray[np.uint32]


def close_councils(
    lat: NDArray[np.int32], lon: NDArray[np.int32], council: NDArray[np.uint16]
) -> Close:
    """The pairs of all postcodes. lat, lon: WGS84, millionths of a degree, or NO_COORDINATE."""
    rows = np.flatnonzero(lat != NO_COORDINATE)
    cell = _cells(lat[rows], lon[rows])
    order = np.argsort(cell, kind="stable")
    rows, cell = rows[order], cell[order]
    here = _beside_another(cell, council[rows])
    rows, cell = rows[here], cell[here]
    north = lat[rows] / 1e6 * METRES_PER_DEGREE
    east = lon[rows] / 1e6 * METRES_PER_DEGREE
    narrower = np.cos(np.radians(lat[rows] / 1e6))
    found = [(np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))]
    for step in (0, 1, _WIDE - 1, _WIDE, _WIDE + 1):
        for one, other in _joined(cell, step):
            differ = council[rows[one]] != council[rows[other]]
            one, other = one[differ], other[differ]
            across = (east[one] - east[other]) * narrower[one]
            metres = np.hypot(north[one] - north[other], across)
            close = metres <= CLOSE_METRES
            of, to, metres = rows[one[close]], rows[other[close]], metres[close]
            if step:  # within a square each pair comes both ways round
                of, to = np.append(of, to), np.append(to, of)
                metres = np.append(metres, metres)
            found.append(_nearest(of, to, metres, council))
    all_of, all_to, apart = (np.concatenate(part) for part in zip(*found, strict=True))
    of, to, metres = _nearest(all_of, all_to, apart, council)
    by_distance = np.lexsort((metres, of))
    return Close(of[by_distance].astype(np.uint32), to[by_distance].astype(np.uint32))


def _nearest(
    of: NDArray[np.int64],
    to: NDArray[np.int64],
    metres: NDArray[np.float64],
    council: NDArray[np.uint16],
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """For each postcode and each other council the pair that is least far apart."""
    order = np.lexsort((metres, council[to], of))
    of, to, metres = of[order], to[order], metres[order]
    first = np.ones(len(of), dtype=bool)
    first[1:] = (of[1:] != of[:-1]) | (council[to[1:]] != council[to[:-1]])
    return of[first], to[first], metres[first]


def _cells(lat: NDArray[np.int32], lon: NDArray[np.int32]) -> NDArray[np.int64]:
    """Each postcode's square on a grid as a number: those beside it are one more or less, those
    north and south of it `_WIDE`.

    Squares narrow towards the pole, so that a row is a little askew to the next: they are made a
    tenth wider than `CLOSE_METRES`, which is more than that is anywhere in Great Britain.
    """
    degrees = lat / 1e6
    east = lon / 1e6 * np.cos(np.radians(degrees)) * METRES_PER_DEGREE
    side = CLOSE_METRES * 1.1
    column = ((east - east.min(initial=0)) // side).astype(np.int64) + 1
    row = (degrees * METRES_PER_DEGREE // side).astype(np.int64)
    return np.asarray(row * _WIDE + column)


def _beside_another(cell: NDArray[np.int64], council: NDArray[np.uint16]) -> NDArray[np.bool_]:
    """Which postcodes have another council's in their own cell or one of the eight around it.

    A few in a hundred have: only those are compared one by one. cell: sorted.
    """
    cells, start = np.unique(cell, return_index=True)
    if not len(cells):
        return np.zeros(0, dtype=bool)
    least = np.minimum.reduceat(council, start)
    most = np.maximum.reduceat(council, start)
    low, high = least.copy(), most.copy()
    for step in (-_WIDE - 1, -_WIDE, -_WIDE + 1, -1, 1, _WIDE - 1, _WIDE, _WIDE + 1):
        at = np.minimum(np.searchsorted(cells, cells + step), len(cells) - 1)
        there = cells[at] == cells + step
        low = np.where(there, np.minimum(low, least[at]), low)
        high = np.where(there, np.maximum(high, most[at]), high)
    return np.repeat(low != high, np.diff(np.append(start, len(cell))))


def _joined(
    cell: NDArray[np.int64], step: int
) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Places of all pairs of a postcode and one that lies `step` cells on, some at a time."""
    low = np.searchsorted(cell, cell + step, side="left")
    count = np.searchsorted(cell, cell + step, side="right") - low
    begin = 0
    ends = np.cumsum(count)
    while begin < len(cell):
        before = ends[begin - 1] if begin else 0
        end = max(int(np.searchsorted(ends, before + _CHUNK, side="right")), begin + 1)
        part = slice(begin, end)
        one = np.repeat(np.arange(begin, end), count[part])
        within = np.arange(len(one)) - np.repeat(ends[part] - count[part] - before, count[part])
        yield one, np.repeat(low[part], count[part]) + within
        begin = end


def districts_of_mail(
    lat: NDArray[np.int32], lon: NDArray[np.int32], offset: NDArray[np.uint32]
) -> NDArray[np.bool_]:
    """Which outward codes are an organisation's mail and no place, such as SL95 and SR43.

    offset: the first row of each outward code, then the number of rows. The package does not say
    which postcodes are of "large users", but it gives them all the point of one sorting office.
    """
    found = np.zeros(len(offset) - 1, dtype=bool)
    for place, (start, end) in enumerate(itertools.pairwise(offset.tolist())):
        own = np.column_stack([lat[start:end], lon[start:end]])
        known = own[:, 0] != NO_COORDINATE
        if not known.any() or len(set(own[:_SAMPLE, 0].tolist())) > AT_MOST_POINTS:
            continue
        points = np.unique(own[known], axis=0)
        if len(points) > AT_MOST_POINTS:
            continue
        found[place] = known.sum() >= POSTCODES_A_POINT * len(points) or (
            len(points) <= VERY_FEW_POINTS and _amid_others(points, lat, lon, start, end)
        )
    return found


def _amid_others(
    points: NDArray[np.int32],
    lat: NDArray[np.int32],
    lon: NDArray[np.int32],
    start: int,
    end: int,
) -> bool:
    """Whether each point of a district has a postcode of another within about 250 metres."""
    reach = 250 / METRES_PER_DEGREE * 1e6
    for at_lat, at_lon in points.tolist():
        wide = reach / np.cos(np.radians(at_lat / 1e6))
        near = (np.abs(lat - at_lat) < reach) & (np.abs(lon - at_lon) < wide)
        if near.sum() == near[start:end].sum():
            return False
    return True
