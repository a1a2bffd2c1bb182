"""The process that `xlsx` starts: a workbook on standard input, its rows on standard output.

It writes msgpack: for each sheet what it is and its first rows; null; then, of the sheets whose
numbers it is given, lists of rows of texts, with null after each sheet; and True as its last word.
When something is wrong, the `ProblemKind` of it instead. Run as a script; it imports nothing
of this project, so that it starts fast and has nothing to lose.
"""

from __future__ import annotations

import contextlib
import datetime
import io
import re
import sys
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any, BinaryIO, Final
from xml.etree import ElementTree

import msgpack
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

MEMORY: Final = 1_400 * 1024 * 1024
"""Bytes of address space. A million rows of ten columns of texts take about 1,000 MB."""

SECONDS: Final = 120
"""Of one processor."""

PIECE: Final = 2_000
"""Rows in a message."""

PEEK: Final = 1_000
"""Rows of each sheet that are told first, to choose by."""

HOLD: Final = 2_000_000
"""Cells of a sheet that is kept while the next is read; a longer one is read again when chosen."""

LOOK: Final = 64 * 1024 * 1024
"""Bytes of a sheet that are looked through for formulas without a result."""

_NO_RESULT: Final = re.compile(
    rb'<c(?=[ >])((?:(?! t="str")[^>])*)>\s*<f(?:\s[^>]*)?(?:/>|>[^<]*</f>)'
    rb"\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>"
)
_CELL: Final = re.compile(rb' r="([A-Z]{1,3}[0-9]{1,7})"')
_MAIN: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ID: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_FOR_STRICT: Final = "{http://purl.oclc.org/ooxml/officeDocument/relationships}id"


def limit() -> None:
    """Takes the limits on, where the system has them: Windows has not."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def messages(data: bytes, chosen: Callable[[], list[int]]) -> Iterator[Any]:
    """What is told of each sheet, [name, is hidden, first row, first column, rows, formulas without
    a saved result, the first such cell, first rows], and then the rows of those chosen.

    Rows and columns count from 1. Hidden sheets have no rows unless all that are not are empty.
    chosen: is asked when all are told, for the places of sheets, from 0.
    """
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        sheets = [s for s in book.sheets_metadata if s.typ is SheetTypeEnum.WorkSheet]
        if not sheets:
            yield "not_a_table"
            return
        parts = sheet_parts(data)
        hidden = [s.visible is not SheetVisibleEnum.Visible for s in sheets]
        held: dict[int, CalamineSheet] = {}
        any_rows = False
        for wanted in (False, True):  # those to be seen first
            for place, sheet in enumerate(sheets):
                if hidden[place] is not wanted:
                    continue
                if wanted and any_rows:
                    yield [place, sheet.name, True, 1, 1, 0, 0, "", []]
                    continue
                if sum(each.height * each.width for each in held.values()) > HOLD:
                    held.clear()
                read = book.get_sheet_by_name(sheet.name)
                any_rows = any_rows or read.height > 0
                count, cell = _without_result(data, parts.get(sheet.name, ""))
                row, column = read.start or (0, 0)
                rows = list(islice(_rows(read), PEEK))
                told = [row + 1, column + 1, read.height, count, cell, rows]
                yield [place, sheet.name, wanted, *told]
                held[place] = read
        yield None
        for place in chosen():
            read = held.pop(place) if place in held else book.get_sheet_by_name(sheets[place].name)
            rows_of = _rows(read)
            while piece := list(islice(rows_of, PIECE)):
                yield piece
            yield None
        yield True


def _rows(sheet: CalamineSheet) -> Iterator[list[str]]:
    """The rows as texts, without empty cells at their end; blank rows are empty."""
    for values in sheet.iter_rows():
        row = [value if type(value) is str else as_text(value) for value in values]
        while row and not row[-1]:
            row.pop()
        yield row


def as_text(value: object) -> str:
    """A cell's value as Excel writes it into a CSV, but for dates: those are ISO 8601's."""
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e16 else str(value)
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else str(value)
    if isinstance(value, datetime.timedelta):
        minutes, seconds = divmod(round(value.total_seconds()), 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:{seconds:02}"
    return str(value)


# --- formulas that nobody has worked out ----------------------------------------------------------


def sheet_parts(data: bytes) -> dict[str, str]:
    """The name of each sheet's part of an XLSX; nothing for other kinds."""
    with contextlib.suppress(zipfile.BadZipFile, KeyError, ElementTree.ParseError, ValueError):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            book = _xml(archive, "xl/workbook.xml")
            links = _xml(archive, "xl/_rels/workbook.xml.rels")
        targets = {link.get("Id"): link.get("Target", "").lstrip("/") for link in links}
        found = {}
        for sheet in (each for each in book.iter() if each.tag.endswith("}sheet")):
            target = targets.get(sheet.get(_ID) or sheet.get(_FOR_STRICT), "")
            found[sheet.get("name", "")] = target if target.startswith("xl/") else f"xl/{target}"
        return found
    return {}


def _xml(archive: zipfile.ZipFile, name: str) -> ElementTree.Element:
    with archive.open(name) as part:
        # Names of sheets and nothing else: expat stops entities that multiply.
        return ElementTree.fromstring(part.read(4 * 1024 * 1024))  # noqa: S314


def _without_result(data: bytes, part: str) -> tuple[int, str]:
    """(How many formulas have no saved result, the first one's cell), in the first `LOOK` bytes."""
    count, first, rest, left = 0, "", b"", LOOK
    with (
        contextlib.suppress(zipfile.BadZipFile, KeyError, ValueError, NotImplementedError),
        zipfile.ZipFile(io.BytesIO(data)) as archive,
        archive.open(part) as sheet,
    ):
        while left > 0 and (block := sheet.read(1 << 20)):
            left -= len(block)
            block = rest + block
            cut = block.rfind(b"</c>") + 4 if b"</c>" in block else 0
            rest = block[cut:] if len(block) - cut < 1 << 20 else b""
            for found in _NO_RESULT.finditer(block, 0, cut) if b"<f" in block else ():
                count += 1
                cell = _CELL.search(found[1]) if not first else None
                first = cell[1].decode("ascii") if cell else first
    return count, first


def main() -> None:
    """Arguments: how many bytes the workbook has. It is followed by the places of sheets."""
    limit()
    pack = msgpack.Packer().pack
    source, out = sys.stdin.buffer, sys.stdout.buffer

    def chosen() -> list[int]:
        out.flush()
        return _chosen(source)

    data = b""
    try:
        data = source.read(int(sys.argv[1]))
        for message in messages(data, chosen):
            out.write(pack(message))
    except MemoryError:
        return  # without a last word
    except PasswordError:
        out.write(pack("password"))
    except (CalamineError, OSError, ValueError):
        is_old = data.startswith(b"\xd0\xcf\x11\xe0")
        locked = is_old and "EncryptedPackage".encode("utf-16-le") in data
        out.write(pack("password" if locked else "old_excel" if is_old else "broken_xlsx"))
    out.flush()


def _chosen(source: BinaryIO) -> list[int]:
    return list(msgpack.unpackb(source.read() or b"\x90"))


if __name__ == "__main__":
    main()
