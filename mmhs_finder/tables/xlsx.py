"""The sheets of a workbook (XLSX, XLSM, XLSB, XLS, ODS), as texts, read in a process of their own.

The library that reads workbooks, calamine, is fast, but it holds a sheet as one block of rows times
columns: a made-up workbook of a few hundred bytes may ask it for more memory than there is, and
then it ends the process that it is in. So that process is not ours, and it may use only so much
memory and time (`xlsx_reader`). It also keeps a second processor busy.
Not for: writing, formats, or which sheet is the list (`reading`).
"""

from __future__ import annotations

import contextlib
import io
import os
import select
import shutil
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

import msgpack

from mmhs_finder.tables.csv_rows import Row
from mmhs_finder.tables.problems import Check, ProblemKind, TableProblem

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

LOOK: Final = 0.25
"""Seconds between two looks at whether the reading should end."""

_TURNS: Final = threading.BoundedSemaphore(AT_ONCE)
_READER: Final = Path(__file__).with_name("xlsx_reader.py")
_LONGEST_MESSAGE: Final = 512 * 1024 * 1024
_BLOCK: Final = 1 << 16


@dataclass(frozen=True)
class BookSheet:
    """What a sheet is, before it is chosen. Rows and columns count from 1."""

    place: int
    name: str
    is_hidden: bool
    first_row: int
    first_column: int
    count: int  # rows, blank ones included; 0 for an empty sheet
    formulas: int  # that have no saved result
    formula: str  # the first such cell, "B2"
    sample: list[Row]  # the first rows that have something in them


class Workbook:
    """An open workbook: its `sheets`, and the rows of some of them, once.

    Close it, or let go of it and of its rows, to stop before the end.
    """

    def __init__(self, stream: BinaryIO, check: Check | None = None) -> None:
        """stream: seekable, at its start. It is read by a thread until the sheets are known.
        check: is called several times a second, also while the reader is silent.

        Raises TableProblem.
        """
        self._choice: list[int] = []
        self._messages = _messages(stream, self._choice, check)
        self.sheets: tuple[BookSheet, ...] = tuple(
            sorted(map(_sheet, iter(self._messages.__next__, None)), key=lambda each: each.place)
        )

    def rows(self, sheets: Sequence[BookSheet]) -> Iterator[Iterator[Row]]:
        """The rows of some sheets, one sheet after the other. Rows with nothing in them are left
        out, and so are empty cells at a row's end. Raises TableProblem.

        Of formulas the saved results are read. Numbers are written as in a CSV of Excel's, with a
        point and without their format; dates as 2026-11-22, with 09:30:00 where they have a time;
        yes and no as TRUE and FALSE; errors, such as #N/A, as nothing.
        """
        self._choice[:] = [sheet.place for sheet in sheets]
        for sheet in sheets:
            yield _numbered(self._messages, sheet.first_row)
        next(self._messages, None)  # the reader's last word: it is done with

    def close(self) -> None:
        self._messages.close()


def _sheet(told: list[Any]) -> BookSheet:
    place, name, is_hidden, row, column, count, formulas, formula, rows = told
    sample = [(number, cells) for number, cells in enumerate(rows, row) if cells]
    return BookSheet(place, name, is_hidden, row, column, count, formulas, formula, sample)


def _numbered(messages: Iterator[Any], first: int) -> Iterator[Row]:
    for piece in iter(messages.__next__, None):
        for number, row in enumerate(piece, first):
            if row:
                yield number, row
        first += len(piece)


def _check_sizes(stream: BinaryIO) -> None:
    """By what the zip's directory says, before anything is unpacked."""
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError):
        raise TableProblem(ProblemKind.BROKEN_XLSX) from None
    check_unpacked(parts)


def check_unpacked(parts: Sequence[zipfile.ZipInfo]) -> None:
    """Raises TableProblem for parts of a zip that unpack to more than a list may."""
    unpacked = sum(part.file_size for part in parts)
    packed = max(sum(part.compress_size for part in parts), 1)
    too_dense = unpacked > 10 * 1024 * 1024 and unpacked / packed > MAX_RATIO
    if unpacked > MAX_UNPACKED or too_dense or len(parts) > MAX_PARTS:
        raise TableProblem(ProblemKind.ZIP_BOMB)


def _messages(
    stream: BinaryIO, choice: list[int], check: Check | None
) -> Generator[Any, None, None]:
    """What the reader says. Ends it however this ends."""
    if stream.read(4) == b"PK\x03\x04":
        _check_sizes(stream)
    ends = time.monotonic() + PATIENCE
    while not _TURNS.acquire(timeout=min(LOOK, max(ends - time.monotonic(), 0))):
        if time.monotonic() >= ends:
            raise TableProblem(ProblemKind.BUSY)
        if check is not None:
            check()
    try:
        yield from _read_by_another(stream, choice, check)
    finally:
        _TURNS.release()


def _read_by_another(stream: BinaryIO, choice: list[int], check: Check | None) -> Iterator[Any]:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    # -I: nothing from the environment or the current folder is imported there.
    reader = subprocess.Popen(  # noqa: S603 - our own script, and nothing of the workbook
        [sys.executable, "-I", str(_READER), str(size)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert reader.stdin is not None
    assert reader.stdout is not None
    feeder = threading.Thread(target=_feed, args=(stream, reader.stdin), daemon=True)
    feeder.start()
    is_told = False
    try:
        for message in _unpacked(reader.stdout, check):
            if message is True:
                return
            if isinstance(message, str):
                raise TableProblem(ProblemKind(message))
            yield message
            if message is None and not is_told:  # all sheets are known: say which are wanted
                is_told = True
                feeder.join()
                with contextlib.suppress(OSError), reader.stdin:
                    reader.stdin.write(msgpack.packb(choice))
        # It ended without its last word: it asked for more than it may have.
        raise TableProblem(ProblemKind.ZIP_BOMB)
    finally:
        reader.kill()
        feeder.join()
        with contextlib.suppress(OSError):
            reader.stdin.close()
        reader.stdout.close()
        reader.wait()


def _unpacked(source: Any, check: Check | None) -> Iterator[Any]:
    """The messages as soon as they are there."""
    unpacker = msgpack.Unpacker(max_buffer_size=_LONGEST_MESSAGE)
    while data := _next_block(source, check):
        unpacker.feed(data)
        yield from unpacker


def _next_block(source: Any, check: Check | None) -> bytes:
    """What the reader says next; empty at its end."""
    if check is not None:
        check()
        # Windows can wait for sockets only: there a silent reader has its own limit of time.
        while os.name != "nt" and not select.select([source], [], [], LOOK)[0]:
            check()
    data: bytes = source.read1(_BLOCK)
    return data


def _feed(stream: BinaryIO, target: BinaryIO) -> None:
    # The reader may have ended already; what it said until then counts.
    with contextlib.suppress(OSError):
        shutil.copyfileobj(stream, target)
        target.flush()
