"""The file of the postcode index: where it is kept, its layout, its header, and whether it is
whole.

`docs/postcodes.md` describes the format.
Not for: making the file (`building`), or looking postcodes up in it (`index`).
"""

from __future__ import annotations

import io
import json
import os
import struct
import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, Final

import platformdirs

from mmhs_finder.postcodes.errors import IndexProblem

CACHE_VARIABLE: Final = "MMHS_CACHE_DIR"

FORMAT: Final = 2
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
    ("mail", "|u1"),
    ("close_of", "<u4"),
    ("close_to", "<u4"),
)
"""The columns in the order of the file. See `docs/postcodes.md`."""


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
    close: int = 0
    left_out_ni: int = 0
    left_out_no_council: int = 0
    left_out_malformed: int = 0


def cache_folder() -> Path:
    """Where the index is kept: `MMHS_CACHE_DIR`, or the user's cache directory."""
    chosen = os.environ.get(CACHE_VARIABLE, "").strip()
    return Path(chosen) if chosen else Path(platformdirs.user_cache_dir("mmhs-finder"))


def index_path() -> Path:
    """The file of the index. Its name holds the format, so that two releases can share a cache."""
    return cache_folder() / f"postcodes-{FORMAT}.idx"


def read_header(path: Path) -> tuple[Header, int]:
    """The header and where the data begins (bytes).

    Raises `FileNotFoundError`, or `IndexProblem` when this is no whole index of our format.
    """
    with path.open("rb") as file:
        return _header_in(file, path)


def read_whole(path: Path) -> tuple[Header, bytes, int]:
    """The header, the data, and the size of the file (bytes). The data are in memory of our own:
    38 MB a process, about 40 ms.

    Not mapped: a mapped file that shrinks or is written over while the process looks something up
    ends the process without a word, or has it answer from half a file. What is checked is what is
    returned. Raises as `read_header`, and `IndexProblem` when the data are damaged.
    """
    with path.open("rb", buffering=0) as file:
        header, start = _header_in(file, path)
        file.seek(start)
        data = file.read(header.data_bytes)
        while len(data) < header.data_bytes and (more := file.read(header.data_bytes - len(data))):
            data += more
    if len(data) != header.data_bytes or zlib.crc32(data) != header.crc32:
        raise IndexProblem(f"{path} is damaged.")
    return header, data, start + len(data)


def _header_in(file: BinaryIO | io.FileIO, path: Path) -> tuple[Header, int]:
    """As `read_header`, of a file that is open. path: to name it."""
    size = os.fstat(file.fileno()).st_size
    prefix = file.read(PREFIX.size) or b""
    if len(prefix) < PREFIX.size:
        raise IndexProblem(f"{path} is too short to be a postcode index.")
    magic, length, crc = PREFIX.unpack(prefix)
    if magic != MAGIC or length > 1_000_000:
        raise IndexProblem(f"{path} is not a postcode index.")
    text = file.read(length) or b""
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

    A piece at a time, so that the check leaves the process no larger. Raises `IndexProblem`.
    """
    crc = 0
    with path.open("rb", buffering=0) as file:
        file.seek(start)
        while block := file.read(1 << 20):
            crc = zlib.crc32(block, crc)
    if crc != header.crc32:
        raise IndexProblem(f"{path} is damaged.")


def whole_header(path: Path) -> Header | None:
    """The header of the index at `path`, or None when there is none or it is not whole."""
    try:
        header, start = read_header(path)
        check_data(path, header, start)
    except (OSError, IndexProblem):
        return None
    return header
