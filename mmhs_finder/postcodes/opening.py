"""Open the index in the cache directory, and have it built first when it must be.

Building needs pandas, pyproj and msgpack, which take half a second to load: they are loaded only
when an index has to be built.
Not for: looking postcodes up (`index`), or how an index is built (`building`).
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from mmhs_finder.postcodes.errors import IndexProblem
from mmhs_finder.postcodes.found import IndexInfo
from mmhs_finder.postcodes.index import PostcodeIndex
from mmhs_finder.postcodes.index_file import Header, index_path
from mmhs_finder.postcodes.package import package_version

if TYPE_CHECKING:
    from mmhs_finder.postcodes.building import Progress, Source

_open: dict[Path, tuple[tuple[int, int, int], PostcodeIndex]] = {}
_open_lock: Final = threading.Lock()


def open_index(
    progress: Progress | None = None,
    *,
    path: Path | None = None,
    source: Source | None = None,
) -> PostcodeIndex:
    """The index in the cache directory, built first when it is missing, damaged or older than the
    package.

    Building takes about 5 s; `progress(done, total, text)` is called meanwhile. Other processes
    that open it wait for the one that builds. Within a process an unchanged file is opened once.
    `source` is what it is built from: the package, when left out. Raises `IndexProblem` when it can
    be neither read nor built.
    """
    path = path or index_path()

    def is_fresh(header: Header) -> bool:
        """An operator's ONSPD always stays, and so does an index whose source is gone."""
        current: Callable[[], str] = package_version if source is None else lambda: source.version
        try:
            return header.kind == "onspd" or header.version == current()
        except IndexProblem:  # the package is gone: what was built from it is still good
            return True

    with _open_lock:
        opened = _opened(path, is_fresh)
        if opened is None:
            from mmhs_finder.postcodes.building import PackageSource, ensure

            ensure(path, source or PackageSource(), is_fresh, progress)
            opened = PostcodeIndex(path)
            _open[path] = (_identity(path), opened)
        return opened


def _opened(path: Path, is_fresh: Callable[[Header], bool]) -> PostcodeIndex | None:
    """The index at `path` if it is whole and fresh, from memory if the file has not changed
    since."""
    try:
        identity = _identity(path)
        known = _open.get(path)
        index = known[1] if known and known[0] == identity else PostcodeIndex(path)
    except (OSError, IndexProblem):
        return None
    if not is_fresh(index.header):
        return None
    _open[path] = (identity, index)
    return index


def _identity(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


def index_info() -> IndexInfo | None:
    """What the index in the cache directory was made from, or None when there is none that is
    whole."""
    try:
        return PostcodeIndex(index_path()).info
    except (OSError, IndexProblem):
        return None
