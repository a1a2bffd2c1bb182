"""A workbook that somebody sent back, opened only if it can be a form: small, without formulas,
macros, passwords or links to other files.

Whatever it is, it is refused in one plain line.
Not for: what stands in its cells (`taking_in`), or lists of postcodes (`tables.reading`).
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG
from types import MappingProxyType
from typing import Final

from mmhs_finder.tables.cells import column_letters
from mmhs_finder.tables.problems import ProblemKind, TableProblem
from mmhs_finder.tables.xlsx import BookSheet, Workbook
from mmhs_finder.tables.xlsx_reader import sheet_parts

LARGEST: Final = 5_000_000
"""Bytes of a form. One has about 20,000."""

_UNPACKED: Final = 30_000_000
_MOST_SHEETS: Final = 100
_MOST_ROWS: Final = 900
_MOST_COLUMNS: Final = 40
_OLD: Final = b"\xd0\xcf\x11\xe0"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
_FORMULA: Final = re.compile(rb"<(?:[a-z]+:)?f(?:[ >/]|\s)")
_CELL: Final = re.compile(rb'<(?:[a-z]+:)?c\b[^>]*?\br="([A-Z]{1,3}[0-9]{1,7})"')
_AGAIN: Final = "Ask for the form again, saved as an Excel workbook (.xlsx)."
_WORDS: Final = MappingProxyType(
    {
        ProblemKind.PASSWORD: "has a password. Ask for it without one.",
        ProblemKind.OLD_EXCEL: f"is an old kind of Excel file (.xls). {_AGAIN}",
        ProblemKind.BROKEN_XLSX: f"is damaged and cannot be read. {_AGAIN}",
        ProblemKind.ZIP_BOMB: "is far larger than a form of ours. Do not open it; ask who sent it.",
        ProblemKind.BUSY: "cannot be read now: other workbooks are being read. Try again.",
    }
)


class FormNotTaken(Exception):
    """A form that is not taken in; nothing was changed. problems: why, one plain line each."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("\n".join(problems))


@dataclass(frozen=True)
class FormSheet:
    """A sheet as texts. cells: by row from 1 and column from 0, without blank ones."""

    name: str
    cells: dict[tuple[int, int], str]


def cell_name(row: int, column: int) -> str:
    """A cell as a spreadsheet calls it: (12, 2) -> "C12"."""
    return f"{column_letters(column + 1)}{row}"


def read_form_file(path: Path) -> list[FormSheet]:
    """Every sheet of a workbook. Raises FormNotTaken with one line."""
    name = path.name
    try:
        data = _bytes(path)
        _look(data)
        sheets = _sheets(data)
    except FormNotTaken as refused:
        raise FormNotTaken(f"{name} {refused}") from None
    return sheets


def _bytes(path: Path) -> bytes:
    try:
        stat = path.stat()
        if not S_ISREG(stat.st_mode):
            raise FormNotTaken("is not a file. Give the form that came back.")
        if stat.st_size > LARGEST:
            raise FormNotTaken(
                f"is larger than {LARGEST // 1_000_000} MB, so it is no form of ours. Look at "
                "which file you chose."
            )
        return path.read_bytes()
    except OSError as error:
        raise FormNotTaken(f"cannot be opened ({error.strerror}).") from None


def _look(data: bytes) -> None:
    """Refuses what is no workbook, or holds more than answers, before anything is read of it."""
    if data.startswith(_OLD):
        locked = _ENCRYPTED in data
        raise FormNotTaken(_WORDS[ProblemKind.PASSWORD if locked else ProblemKind.OLD_EXCEL])
    if not data.startswith(b"PK\x03\x04"):
        raise FormNotTaken(f"is not an Excel workbook, whatever its name says. {_AGAIN}")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _look_inside(archive, data)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, NotImplementedError):
        raise FormNotTaken(_WORDS[ProblemKind.BROKEN_XLSX]) from None


def _look_inside(archive: zipfile.ZipFile, data: bytes) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise FormNotTaken(_WORDS[ProblemKind.PASSWORD])
    if "xl/workbook.xml" not in names:
        raise FormNotTaken(f"is not an Excel workbook (.xlsx), whatever its name says. {_AGAIN}")
    if any("vbaproject" in name.casefold() or "macrosheets/" in name for name in names):
        raise FormNotTaken("holds macros, which a form of ours never does. Do not open it.")
    if any(name.startswith("xl/externalLinks/") for name in names):
        raise FormNotTaken("draws on other files. Ask for the form with the answers written in.")
    titles = {part: title for title, part in sheet_parts(data).items()}
    worksheets = [n for n in names if n in titles or n.startswith("xl/worksheets/sheet")]
    if len(worksheets) > _MOST_SHEETS:
        raise FormNotTaken(f"has {len(worksheets):,} sheets, so it is no form of ours.")
    if sum(part.file_size for part in parts) > _UNPACKED:
        raise FormNotTaken(_WORDS[ProblemKind.ZIP_BOMB])
    for name in worksheets:
        text = _unpacked(archive, name)
        if found := _FORMULA.search(text):
            cells = _CELL.findall(text[: found.start()])
            where = cells[-1].decode("ascii") if cells else "a cell"
            raise FormNotTaken(
                f"holds a formula, in sheet “{titles.get(name, name)}”, {where}. Write the answer "
                "itself there and save the form."
            )


def _unpacked(archive: zipfile.ZipFile, name: str) -> bytes:
    """A part, never more than its directory says. Raises FormNotTaken for one that lies."""
    with archive.open(name) as part:
        text = part.read(_UNPACKED + 1)
    if len(text) > _UNPACKED:
        raise FormNotTaken(_WORDS[ProblemKind.ZIP_BOMB])
    return text


def _sheets(data: bytes) -> list[FormSheet]:
    try:
        book = Workbook(io.BytesIO(data))
    except TableProblem as problem:
        words = _WORDS.get(problem.kind, f"cannot be read as a form. {_AGAIN}")
        raise FormNotTaken(words) from None
    try:
        return [_sheet(sheet) for sheet in book.sheets]
    finally:
        book.close()


def _sheet(sheet: BookSheet) -> FormSheet:
    if sheet.count > _MOST_ROWS:
        raise FormNotTaken(
            f"has {sheet.count:,} rows in sheet “{sheet.name}”, so it is no form of ours. Look at "
            "which file you chose."
        )
    cells = {
        (number, column): value
        for number, row in sheet.sample
        for column, value in enumerate(row[:_MOST_COLUMNS], start=sheet.first_column - 1)
        if value.strip()
    }
    return FormSheet(sheet.name, cells)
