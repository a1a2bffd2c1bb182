"""What the index says of a postcode, of many, and of itself.

Not for: looking it up (`index`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mmhs_finder.nation import Nation
from mmhs_finder.postcodes.parsing import Postcode
from mmhs_finder.postcodes.precision import Precision


@dataclass(frozen=True, slots=True)
class CouncilShare:
    """How many postcodes of a place lie in a council. `code` is the ONS code, "E07000106"."""

    code: str
    postcodes: int  # live and ended ones: the package does not tell them apart


@dataclass(frozen=True, slots=True)
class CloseBy:
    """The nearest postcode of another council: its council's ONS code, and where it is (WGS84
    degrees)."""

    council: str
    lat: float
    lon: float


@dataclass(frozen=True, slots=True)
class Located:
    """Where a postcode is.

    `postcode` is the one asked for, or the one that it is a slip for: "PO1" for "P01". `precision`
    is what the answer is for: coarser than asked when the postcode itself is not in the index.
    `lat`/`lon` are WGS84 degrees (accuracy: `building`); for a sector or an outward code the
    medians of its postcodes; None where there is no coordinate. `councils` has the one with most
    postcodes first, and more than one only for a sector or outward code; it is empty outside Great
    Britain. `close` has other councils with a postcode close by, the nearest first, of a full
    postcode only (`building.surroundings` says how close). `is_mail` is True of a postcode that is
    an organisation's and names no home.
    """

    postcode: Postcode
    precision: Precision
    lat: float | None
    lon: float | None
    councils: tuple[CouncilShare, ...]
    nation: Nation
    close: tuple[CloseBy, ...] = ()
    is_mail: bool = False


@dataclass(frozen=True)
class IndexInfo:
    """What an index was made from."""

    source: str
    version: str
    built_at: str  # ISO 8601, UTC
    rows: int
    bytes: int  # of the file
    path: Path
    councils: int
    left_out_ni: int
    left_out_no_council: int
    left_out_malformed: int


@dataclass(frozen=True)
class FoundMany:
    """The places of a column of postcodes, one entry each, in its order.

    `row` is -1, `lat`/`lon` are NaN and `council` is -1 where the full postcode is not in the
    index. `council_names` holds the ONS codes that `council` counts into. `as_written` is True
    where the text was the postcode found, but for case, spaces, hyphens and dots: elsewhere it
    stood among other words, or a slip was put right.
    """

    row: NDArray[np.int64]
    lat: NDArray[np.float64]
    lon: NDArray[np.float64]
    council: NDArray[np.int32]
    council_names: NDArray[np.str_]
    as_written: NDArray[np.bool_]
