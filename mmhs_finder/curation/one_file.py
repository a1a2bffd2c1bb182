"""One file written in one step: who reads it has the old one or the new one, whatever happens.

Not for: several files of the directory that belong together (`journal`).
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_in_one_step(
    path: Path, raw: bytes, begun: str, *, mode: int | None = None, time: float | None = None
) -> None:
    """Writes a file, or in place of one.

    begun: how the name of a file begins that is not finished. mode: its rights; by default those of
    the file that it replaces, else 0o644. time: the time that it bears, in seconds since 1970; by
    default now. Raises OSError; then nothing is left of it.
    """
    path = path.resolve()
    handle, name = tempfile.mkstemp(prefix=begun, dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(raw)
            file.flush()
            os.fsync(file.fileno())
        if mode is None:
            mode = path.stat().st_mode & 0o777 if path.exists() else 0o644
        temporary.chmod(mode)
        if time is not None:
            os.utime(temporary, (time, time))
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
