"""A zip of the ONS Postcode Directory as a source of rows, whatever the edition calls its columns.

Not for: the package (`sources`), or what is done with the rows (`tabulating`).
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

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
        except (zipfile.BadZipFile, OSError, UnicodeDecodeError) as error:
            raise BadSource(f"{path.name} cannot be read as a zip file: {error}") from error

    @classmethod
    def _look(cls, path: Path, archive: zipfile.ZipFile) -> OnspdSource:
        members = [name for name in archive.namelist() if _ONSPD_MEMBER.fullmatch(name)]
        if not members:
            raise BadSource(
                f"{path.name} holds no Data/ONSPD_..._UK.csv. Download the ONS Postcode Directory "
                "(not the 'latest centroids' file) from the Open Geography portal of the ONS."
            )
        member = min(members, key=len)
        with archive.open(member) as file:
            line = file.readline().decode("utf-8-sig")
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
                f"{member} in {path.name} has no column {wanted}. Its columns: {', '.join(header)}."
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
                text = io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="")
                frames = pd.read_csv(
                    text, usecols=list(names), dtype=str, chunksize=_ONSPD_CHUNK, na_filter=False
                )
                for frame in frames:
                    yield self._rows(frame.rename(columns=names))
        except (zipfile.BadZipFile, zlib.error, pd.errors.ParserError, EOFError) as error:
            raise BadSource(f"{self.member} in {self.path.name} is damaged: {error}") from error

    def _rows(self, frame: pd.DataFrame) -> PostcodeRows:
        def number(column: str) -> NDArray[np.float64]:
            return pd.to_numeric(frame[column].str.strip(), errors="coerce").to_numpy(np.float64)

        lat = lon = None
        if "lat" in frame:
            lat, lon = number("lat"), number("lon")
            lat = np.where(lat > 90, np.nan, lat)  # the ONSPD writes 99.999999 for "none"
        return PostcodeRows(
            f"to {frame['postcode'].iloc[-1]}",
            frame["postcode"].tolist(),
            number("easting"),
            number("northing"),
            frame["council"].str.strip().tolist(),
            lat,
            lon,
        )


def _pick(header: Iterable[str], pattern: str) -> str:
    """The column whose name matches; the first name of the pattern is preferred. "" when none
    does."""
    names = list(header)
    for alternative in pattern.split("|"):
        for name in names:
            if re.fullmatch(alternative, name.strip(), re.IGNORECASE):
                return name
    return ""
