"""Build an index at a path: one process builds, the others wait and take its result.

Not for: the steps of it (`sources`, `tabulating`, `writing`).
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

import filelock

from mmhs_finder.postcodes.building.onspd import OnspdSource
from mmhs_finder.postcodes.building.sources import PackageSource, Source
from mmhs_finder.postcodes.building.tabulating import Progress, tabulate
from mmhs_finder.postcodes.building.writing import write
from mmhs_finder.postcodes.errors import IndexProblem
from mmhs_finder.postcodes.index_file import CACHE_VARIABLE, Header, index_path, whole_header

LOCK_TIMEOUT: Final = 600
"""Seconds to wait for another process that is building."""


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


def build(path: Path, source: Source, progress: Progress | None = None) -> Header:
    """Build the index at `path`, replacing it in one step. Readers of the old file keep the old
    file.

    The caller holds the lock; `ensure` does. Raises `BadSource` for a source that cannot be read,
    and `OSError` when the file cannot be written.
    """
    header = write(path, tabulate(source, progress), source)
    if progress:
        progress(source.parts + 2, source.parts + 2, "written")
    return header
