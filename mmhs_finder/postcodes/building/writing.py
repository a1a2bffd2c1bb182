"""Write the file of the postcode index, in one step.

Not for: what is in it (`tabulating`), or its layout (`index_file`).
"""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
import zlib
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

from mmhs_finder.postcodes.building.sources import Source
from mmhs_finder.postcodes.building.tabulating import Columns
from mmhs_finder.postcodes.index_file import ALIGN, COLUMNS, FORMAT, MAGIC, PREFIX, Header


def write(path: Path, columns: Columns, source: Source) -> Header:
    """Write the file beside `path`, then move it there (atomic on POSIX and Windows)."""
    arrays = [getattr(columns, name).astype(kind) for name, kind in COLUMNS]
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
        rows=len(columns.key),
        outwards=len(columns.outward),
        councils=columns.councils,
        data_bytes=sum(map(len, blocks)),
        crc32=crc,
        close=len(columns.close_of),
        left_out_ni=columns.left_out_ni,
        left_out_no_council=columns.left_out_no_council,
        left_out_malformed=columns.left_out_malformed,
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
