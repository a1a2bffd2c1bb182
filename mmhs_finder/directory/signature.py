"""How the files of a directory stand, without reading them: whether somebody has written meanwhile.

Not for: what is in them (`files`), or what to do about a change.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from stat import S_ISREG
from typing import Final

_KINDS: Final = (".csv", ".geojson")

Signature = tuple[tuple[str, int, int, int], ...]
"""Of each file: its name inside the folder, size, time of the last change (ns), and number."""


def signature(
    folder: Path, beside: Iterable[str] = (), leave_out: Collection[str] = ()
) -> Signature:
    """The CSV files and maps of a folder as they stand; () where there is no folder.

    beside: folders in it whose files count as well. leave_out: names of files that do not count.
    """
    found: list[tuple[str, int, int, int]] = []
    for place in (folder, *(folder / name for name in beside)):
        try:
            paths = sorted(each for each in place.iterdir() if each.suffix in _KINDS)
        except OSError:
            continue
        for path in paths:
            if path.name.startswith(".") or path.name in leave_out:
                continue
            try:
                stat = path.stat()
            except OSError:
                continue  # gone meanwhile: the next look sees another signature
            if not S_ISREG(stat.st_mode):  # who reads a pipe waits for somebody to write: for ever
                continue
            inside = path.relative_to(folder).as_posix()
            found.append((inside, stat.st_size, stat.st_mtime_ns, stat.st_ino))
    return tuple(found)
