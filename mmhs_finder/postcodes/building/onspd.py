"""A zip of the ONS Postcode Directory as a source of rows, whatever the edition calls its columns.

Not for: the package (`sources`), or what is done with the rows (`tabulating`).
"""

from __future__ import annotations

import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mmhs_finder.postcodes.building.sources import PostcodeRows
from mmhs_finder.postcodes.errors import BadSource

# A column of ours -> what the editions of the ONSPD since 2017 have called it
_ONSPD_COLUMNS: Final = {
    "postcode": r"pcds|pcd|pcd7|pcd8",
    "council": r"oslaua|laua|lad\d\dcd",
    "easting": r"oseast1m|east1m",
    "northing": r"osnrth1m|north1m",
    "lat": r"lat",
    "lon": r"long",
}
_ONSPD_MEMBER: Final = re.compile(r"(?:.*/)?(N?O?NSPD_[^/]*_UK)\.csv", re.IGNORECASE)
_ONSPD_CHUNK: Final = 250_000

_LARGEST: Final = 1e7
"""No grid reference (metres) and no degree reaches this."""

_LONGEST_LINE: Final = 64 * 1024
"""Bytes; a row has about 450."""

_MOST_UNPACKED: Final = 8 * 1024**3
"""Bytes that the CSV may unpack to; the editions so far have 1.2 to 1.5 GB."""

_MAX_RATIO: Final = 100
"""How many times its size it may unpack to; the editions so far have 5 to 8."""

_DAMAGED: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    pd.errors.ParserError,
    csv.Error,
    EOFError,
    OSError,
    RuntimeError,  # a password, or a way of packing that Python does not have
    UnicodeError,
)
"""What a file raises that is not what it should be."""


@dataclass(frozen=True)
class OnspdSource:
    """A zip of the ONS Postcode Directory as published by the Office for National Statistics."""

    path: Path
    member: str
    columns: dict[str, str]  # a column of ours -> its name in the file
    version: str
    size: int  # bytes of the CSV
    kind: Literal["package", "onspd"] = "onspd"
    name: str = "ONS Postcode Directory"

    @classmethod
    def open(cls, path: Path | str) -> OnspdSource:
        """Look into the zip. Raises `BadSource` with what is missing."""
        path = Path(path)
        try:
            with zipfile.ZipFile(path) as archive:
                return cls._look(path, archive)
        except FileNotFoundError:
            raise BadSource(f"There is no file {path}.") from None
        except _DAMAGED as error:
            raise BadSource(
                f"{path.name} cannot be read as a zip file: {_one_line(error)}"
            ) from error

    @classmethod
    def _look(cls, path: Path, archive: zipfile.ZipFile) -> OnspdSource:
        members = [name for name in archive.namelist() if _ONSPD_MEMBER.fullmatch(name)]
        if not members:
            raise BadSource(
                f"{path.name} holds no Data/ONSPD_..._UK.csv. Download the ONS Postcode Directory "
                "(not the 'latest centroids' file) from the Open Geography portal of the ONS."
            )
        member = min(members, key=len)
        info = archive.getinfo(member)
        ratio = info.file_size / max(info.compress_size, 1)
        if info.file_size > _MOST_UNPACKED or (ratio > _MAX_RATIO and info.file_size > 1 << 20):
            raise BadSource(f"{path.name} unpacks to far more than the ONS Postcode Directory has.")
        with archive.open(member) as file:
            line = file.readline(_LONGEST_LINE).decode("utf-8-sig")
        if len(line) >= _LONGEST_LINE:
            raise BadSource(f"{_one_line(member)} in {path.name} is not a table of the ONS.")
        header = next(csv.reader([line]), [])
        columns = {ours: _pick(header, pattern) for ours, pattern in _ONSPD_COLUMNS.items()}
        if not (columns["lat"] and columns["lon"]):
            columns["lat"] = columns["lon"] = ""
        needed = ("postcode", "council", "easting", "northing")
        missing = [
            _ONSPD_COLUMNS[ours].replace(r"\d\d", "25").split("|")
            for ours in needed
            if not columns[ours]
        ]
        if missing:
            wanted = "; ".join(" or ".join(names) for names in missing)
            raise BadSource(
                f"{_one_line(member)} in {path.name} has no column {wanted}. "
                f"Its columns: {_one_line(', '.join(header))}."
            )
        match = _ONSPD_MEMBER.fullmatch(member)
        version = match[1] if match else member
        return cls(
            path,
            member,
            {k: v for k, v in columns.items() if v},
            version,
            archive.getinfo(member).file_size,
        )

    @property
    def parts(self) -> int:
        return max(
            1, round(self.size / (_ONSPD_CHUNK * 330))
        )  # about 330 bytes a row, for progress only

    def rows(self) -> Iterator[PostcodeRows]:
        names = {theirs: ours for ours, theirs in self.columns.items()}
        try:
            with zipfile.ZipFile(self.path) as archive, archive.open(self.member) as raw:
                checked = io.BufferedReader(_Checked(raw), _LONGEST_LINE)
                text = io.TextIOWrapper(checked, encoding="utf-8-sig", errors="replace", newline="")
                frames = pd.read_csv(
                    text, usecols=list(names), dtype=str, chunksize=_ONSPD_CHUNK, na_filter=False
                )
                for frame in frames:
                    if len(frame):
                        yield self._rows(frame.rename(columns=names))
        except _DAMAGED as error:
            raise BadSource(
                f"{_one_line(self.member)} in {self.path.name} is damaged: {_one_line(error)}"
            ) from error

    def _rows(self, frame: pd.DataFrame) -> PostcodeRows:
        def number(column: str) -> NDArray[np.float64]:
            found = pd.to_numeric(frame[column].str.strip(), errors="coerce").to_numpy(np.float64)
            return np.where(np.abs(found) < _LARGEST, found, np.nan)

        lat = lon = None
        if "lat" in frame:
            lat, lon = number("lat"), number("lon")
            is_none = (np.abs(lat) > 90) | (np.abs(lon) > 180)  # the ONSPD writes 99.999999
            lat, lon = np.where(is_none, np.nan, lat), np.where(is_none, np.nan, lon)
        return PostcodeRows(
            f"to {frame['postcode'].iloc[-1]}",
            frame["postcode"].tolist(),
            number("easting"),
            number("northing"),
            frame["council"].str.strip().tolist(),
            lat,
            lon,
        )


class _Checked(io.RawIOBase):
    """The bytes of a CSV as far as each line is a row by itself, as in every edition.

    A quotation mark that stays open, or a line without an end, would take the rest of the file into
    memory before anybody noticed. Raises `EOFError` there.
    """

    def __init__(self, raw: IO[bytes]) -> None:
        self._raw = raw
        self._rest = b""  # of a line whose end has not come

    def readable(self) -> bool:
        return True

    def readinto(self, target: Any) -> int:
        block = self._raw.read(min(len(target), _LONGEST_LINE))
        *lines, self._rest = (self._rest + block).replace(b"\r", b"\n").split(b"\n")
        if len(self._rest) > _LONGEST_LINE:
            raise EOFError("a line does not end")
        if any(line.count(b'"') % 2 for line in lines if b'"' in line):
            raise EOFError("a quotation mark does not close")
        if len(block) == _LONGEST_LINE and not block.strip(b' \t\r\n,"'):
            raise EOFError("it has thousands of blank lines")
        target[: len(block)] = block
        return len(block)


def _one_line(said: object) -> str:
    """What a file or a library says, short and fit for a terminal."""
    text = "".join(sign if sign.isprintable() else " " for sign in str(said)[:300])
    return " ".join(text.split())


def _pick(header: Iterable[str], pattern: str) -> str:
    """The column whose name matches; the first name of the pattern is preferred. "" when none
    does."""
    names = list(header)
    for alternative in pattern.split("|"):
        for name in names:
            if re.fullmatch(alternative, name.strip(), re.IGNORECASE):
                return name
    return ""
