"""What kind of file somebody brings, whatever it is called: a CSV, a workbook, or one of those in a
zip.

The name of a file says little: an export called .xls may be a CSV, or a web page. So the first
bytes are looked at. Not for: what stands in it (`csv_rows`, `xlsx`).
"""

from __future__ import annotations

import contextlib
import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from mmhs_finder.tables.problems import (
    Check,
    Notes,
    ProblemKind,
    ReadingNote,
    TableProblem,
    add_note,
)
from mmhs_finder.tables.xlsx import MAX_UNPACKED, Workbook, check_unpacked

MAX_BYTES: Final = 200 * 1024 * 1024
"""The largest file that is read from memory: 200 MB."""

BLOCK: Final = 1 << 20
"""Bytes of a CSV that are read at a time."""

_ZIP: Final = b"PK\x03\x04"
_GZIP: Final = b"\x1f\x8b"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_WORKBOOKS: Final = ("xl/workbook.xml", "xl/workbook.bin")
_OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument.spreadsheet"
_OF_OTHERS: Final = ("word/", "ppt/", "index/", "meta-inf/")
"""How names of parts begin in Word's, PowerPoint's and Apple's files, and in programs."""


@dataclass
class Csv:
    """A CSV: its bytes in blocks, to be read once, and how much of it has been read."""

    first: bytes
    stream: BinaryIO
    size: int | None  # of the file in bytes, None when it is not known
    limit: int | None
    read: int = 0
    holds: list[object] = field(default_factory=list)  # a zip that has to stay open
    check: Check | None = None

    def blocks(self) -> Iterator[bytes]:
        """Raises TableProblem beyond the limit, and for a damaged zip."""
        block = self.first
        while block:
            if self.check is not None:
                self.check()
            self.read += len(block)
            if self.limit is not None and self.read > self.limit:
                raise too_big(self.limit)
            yield block
            block = read_all(self.stream, BLOCK)

    def share(self) -> float:
        """How much has been read, 0 to 1; 0 when that is not known."""
        return self.read / self.size if self.size else 0.0


def open_file(
    stream: BinaryIO, max_bytes: int | None, notes: Notes, check: Check | None = None
) -> Csv | Workbook:
    """What a file is. stream: at its start; a workbook that cannot seek is read into memory.

    Raises TableProblem.
    """
    found = _opened(stream, max_bytes, notes, check)
    if isinstance(found, Csv):
        found.check = check
    return found


def _opened(
    stream: BinaryIO, max_bytes: int | None, notes: Notes, check: Check | None
) -> Csv | Workbook:
    size = _size(stream)
    if max_bytes is not None and size is not None and size > max_bytes:
        raise too_big(max_bytes)
    first = read_all(stream, BLOCK)
    if first.startswith(_OLE):
        return Workbook(_seekable(stream, first, size, max_bytes), check)
    if first.startswith(_ZIP):
        return _open_zip(_seekable(stream, first, size, max_bytes), max_bytes, notes, check)
    if first.startswith(_GZIP):
        whole = _seekable(stream, first, size, max_bytes)
        packed: BinaryIO = gzip.GzipFile(fileobj=whole)  # type: ignore[assignment]
        return Csv(read_all(packed, BLOCK), packed, None, max_bytes or MAX_UNPACKED)
    return Csv(first, stream, size, max_bytes)


def too_big(max_bytes: int) -> TableProblem:
    return TableProblem(ProblemKind.TOO_BIG, size=max_bytes >> 20)


def read_all(stream: BinaryIO, count: int) -> bytes:
    """`count` bytes, less only at the end: a pipe gives what it has. Raises TableProblem."""
    parts = []
    try:
        while count > 0 and (part := stream.read(count)):
            parts.append(part)
            count -= len(part)
    except (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, EOFError):
        raise TableProblem(ProblemKind.BROKEN_ZIP) from None
    return b"".join(parts)


def _size(stream: BinaryIO) -> int | None:
    """Bytes in a stream, None when it cannot seek."""
    if not stream.seekable():
        return None
    start = stream.tell()
    end = stream.seek(0, io.SEEK_END)
    stream.seek(start)
    return end - start


def _seekable(stream: BinaryIO, first: bytes, size: int | None, max_bytes: int | None) -> BinaryIO:
    """The stream at its start."""
    if size is None:
        limit = MAX_BYTES if max_bytes is None else max_bytes
        data = first + read_all(stream, limit + 1 - len(first))
        if len(data) > limit:
            raise too_big(limit)
        return io.BytesIO(data)
    stream.seek(0)
    return stream


def _open_zip(
    stream: BinaryIO, max_bytes: int | None, notes: Notes, check: Check | None
) -> Csv | Workbook:
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError):
        raise TableProblem(ProblemKind.BROKEN_XLSX) from None
    parts = [part for part in archive.infolist() if not part.is_dir()]
    names = [part.filename.lower() for part in parts]
    if any(name in _WORKBOOKS for name in names) or _is_open_document(archive, parts):
        stream.seek(0)
        return Workbook(stream, check)
    if any(name.startswith(_OF_OTHERS) for name in names):
        raise TableProblem(ProblemKind.NOT_A_TABLE)
    lists = [part for part in parts if not _is_beside(part.filename)]
    if not lists:
        raise TableProblem(ProblemKind.EMPTY)
    if len(lists) > 1:
        some = ", ".join(part.filename for part in lists[:10])
        raise TableProblem(ProblemKind.SEVERAL_FILES, names=some)
    (part,) = lists
    if part.flag_bits & 1:
        raise TableProblem(ProblemKind.PASSWORD)
    check_unpacked(lists)
    if max_bytes is not None and part.file_size > max_bytes:
        raise too_big(max_bytes)
    add_note(notes, ReadingNote.PACKED, name=part.filename)
    return _open_part(archive, part, min(max_bytes or MAX_UNPACKED, MAX_UNPACKED), check)


def _open_part(
    archive: zipfile.ZipFile, part: zipfile.ZipInfo, limit: int, check: Check | None
) -> Csv | Workbook:
    try:
        inside: BinaryIO = archive.open(part)  # type: ignore[assignment]
    except (zipfile.BadZipFile, NotImplementedError, OSError, RuntimeError):
        raise TableProblem(ProblemKind.BROKEN_ZIP) from None
    first = read_all(inside, BLOCK)
    if not first.startswith((_OLE, _ZIP)):
        return Csv(first, inside, part.file_size, limit, holds=[archive])
    whole = first + read_all(inside, min(limit, MAX_BYTES) + 1 - len(first))
    if len(whole) > min(limit, MAX_BYTES):
        raise too_big(min(limit, MAX_BYTES))
    if first.startswith(_ZIP):
        with contextlib.suppress(zipfile.BadZipFile), zipfile.ZipFile(io.BytesIO(whole)) as inner:
            if not any(name in inner.namelist() for name in (*_WORKBOOKS, "content.xml")):
                raise TableProblem(ProblemKind.NOT_A_TABLE)
    return Workbook(io.BytesIO(whole), check)


def _is_open_document(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> bool:
    if not any(part.filename == "content.xml" for part in parts):
        return False
    try:
        with archive.open("mimetype") as kind:
            return kind.read(len(_OPEN_DOCUMENT)) == _OPEN_DOCUMENT
    except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error):
        return False


def _is_beside(name: str) -> bool:
    """Whether a part of a zip is one that computers put there by themselves."""
    return name.startswith("__MACOSX/") or name.rsplit("/", 1)[-1].startswith((".", "Thumbs.db"))
