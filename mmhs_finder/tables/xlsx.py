"""The rows of an Excel workbook (XLSX), as texts, read in a process of their own.

The library that reads workbooks, calamine, is fast, but it holds a sheet as one block of rows times
columns: a made-up workbook of a few hundred bytes may ask it for more memory than there is, and
then it ends the process that it is in. So that process is not ours, and it may use only so much
memory and time (`xlsx_reader`). It also keeps a second processor busy.
Not for: writing, formats, or more than the first sheet that is not hidden.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgpack

from mmhs_finder.tables.problems import MAX_COLUMNS, ProblemKind, TableProblem

MAX_UNPACKED: Final = 1024 * 1024 * 1024
"""Bytes that a workbook may unpack to. A million rows of ten columns take about 600 MB."""

MAX_RATIO: Final = 200
"""How many times its size a workbook may unpack to, when that is over 10 MB; lists reach 10 to
60."""

MAX_PARTS: Final = 10_000

AT_ONCE: Final = 2
"""How many workbooks are read at a time in this process. Each may take 1.4 GB; others wait."""

PATIENCE: Final = 60.0
"""Seconds that a workbook waits for its turn."""

_TURNS: Final = threading.BoundedSemaphore(AT_ONCE)
_READER: Final = Path(__file__).with_name("xlsx_reader.py")
_LONGEST_MESSAGE: Final = 512 * 1024 * 1024
_BLOCK: Final = 1 << 16


@dataclass(frozen=True)
class Rows:
    """A sheet's rows, to be read once, and how many there are, blank ones included.

    Rows with nothing in them are left out, and so are empty cells at a row's end. Reading raises
    TableProblem. To stop before the end, close `rows`, or let go of it.
    """

    rows: Iterator[list[str]]
    count: int


def read_rows(stream: BinaryIO) -> Rows:
    """The first sheet that is not hidden, or else the first. Raises TableProblem.

    Of formulas the saved results are read. Numbers are written as in a CSV of Excel's, with a point
    and without their format; dates as 2026-11-22, with 09:30:00 where they have a time; yes and no
    as TRUE and FALSE; errors, such as #N/A, as nothing.

    stream: seekable, at its start. It is read by a thread until the first row is there.
    """
    _check_sizes(stream)
    stream.seek(0)
    messages = _messages(stream)
    count = next(messages)
    return Rows((row for piece in messages for row in piece), int(count))


def _check_sizes(stream: BinaryIO) -> None:
    """By what the zip's directory says, before anything is unpacked."""
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise TableProblem(ProblemKind.BROKEN_XLSX) from None
    unpacked = sum(part.file_size for part in parts)
    packed = max(sum(part.compress_size for part in parts), 1)
    too_dense = unpacked > 10 * 1024 * 1024 and unpacked / packed > MAX_RATIO
    if unpacked > MAX_UNPACKED or too_dense or len(parts) > MAX_PARTS:
        raise TableProblem(ProblemKind.ZIP_BOMB)
    if not any(part.filename.lower() == "xl/workbook.xml" for part in parts):
        raise TableProblem(ProblemKind.NOT_A_TABLE)


def _messages(stream: BinaryIO) -> Iterator[Any]:
    """What the reader says: the number of rows, then lists of rows. Ends it however this ends."""
    if not _TURNS.acquire(timeout=PATIENCE):
        raise TableProblem(ProblemKind.BUSY)
    try:
        yield from _read_by_another(stream)
    finally:
        _TURNS.release()


def _read_by_another(stream: BinaryIO) -> Iterator[Any]:
    # -I: nothing from the environment or the current folder is imported there.
    reader = subprocess.Popen(  # noqa: S603 - our own script, and nothing of the workbook
        [sys.executable, "-I", str(_READER), str(MAX_COLUMNS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert reader.stdin is not None
    assert reader.stdout is not None
    feeder = threading.Thread(target=_feed, args=(stream, reader.stdin), daemon=True)
    feeder.start()
    try:
        for message in msgpack.Unpacker(
            reader.stdout, read_size=_BLOCK, max_buffer_size=_LONGEST_MESSAGE
        ):
            if message is None:
                return
            if isinstance(message, str):
                raise TableProblem(ProblemKind(message), count=MAX_COLUMNS)
            yield message
        # It ended without its last word: it asked for more than it may have.
        raise TableProblem(ProblemKind.ZIP_BOMB)
    finally:
        reader.kill()
        feeder.join()
        reader.stdout.close()
        reader.wait()


def _feed(stream: BinaryIO, target: Any) -> None:
    # The reader may have ended already; what it said until then counts.
    with contextlib.suppress(OSError), target:
        shutil.copyfileobj(stream, target)
