"""How a file of the directory was saved, where that went wrong: one finding that names the cause.

A workbook under the name of a CSV, semicolons for commas, a header that is not in row 1: each makes
every cell of the file wrong, and a line a cell would hide what happened.
Not for: single columns of a header (`files`), or what the cells hold (`cells`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection
from pathlib import Path
from typing import Final

_KINDS: Final = (
    (b"PK\x03\x04", "is a workbook (such as Excel's .xlsx) or a zip file"),
    (b"\xd0\xcf\x11\xe0", "is an old or a locked Excel workbook"),
    (b"%PDF", "is a PDF"),
    (b"{\\rtf", "is a text document with formatting"),
)
"""What a file begins with that only has the name of a CSV."""

_WEB_PAGE: Final = re.compile(rb"\s*<(?:!doctype|html|\?xml)", re.IGNORECASE)
_CONFLICT: Final = re.compile(r"^(?:<{7} |={7}$|>{7} )", re.MULTILINE)
_SEP_LINE: Final = re.compile(r"\"?sep=(.)\"?[\r\n]", re.IGNORECASE)
_SEPARATORS: Final = {";": "semicolons", "\t": "tabs", "|": "upright strokes"}
_ENOUGH: Final = 0.5
"""The share of a file's columns that a row must name to be taken for its header."""

_ROWS_LOOKED_AT: Final = 30

Cause = tuple[int, str]
"""The row that is meant, or 0 for the whole file, and the message."""


def binary_cause(raw: bytes) -> Cause | None:
    """Why this is no text at all, from its first bytes; None where it may be."""
    for begin, words in _KINDS:
        if raw.startswith(begin):
            return 0, f"this file {words}, not a CSV. {_SAVE}"
    if _WEB_PAGE.match(raw):
        return 0, "this file is a web page, not a CSV. Fetch or save the CSV again."
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in raw[:200]:
        return 0, f"this file is saved as “Unicode text” (UTF-16). {_SAVE}"
    return None


_SAVE: Final = "Open it, and save it as “CSV UTF-8” with commas."


def text_cause(text: str, wanted: Collection[str]) -> Cause | None:
    """Why a text is not the table it should be; None where its first row names enough columns.

    wanted: the names of the file's columns.
    """
    if found := _CONFLICT.search(text):
        row = text[: found.start()].count("\n") + 1
        return row, (
            "two versions of this file were mixed and nobody has chosen: look for <<<<<<<, ======= "
            "and >>>>>>>, keep one of the two versions and delete these lines."
        )
    if _SEP_LINE.match(text):
        return 1, "this line (“sep=”) is only for Excel. Delete it: the header must be row 1."
    rows = _first_rows(text)
    if not rows or _named(rows[0], wanted) >= _ENOUGH:
        return None
    for separator, words in _SEPARATORS.items():
        if any(_named(row, wanted) >= _ENOUGH for row in _first_rows(text, separator)):
            return 0, f"this file has {words} between its cells. Save it with commas."
    for number, cells in enumerate(rows, start=1):
        if _named(cells, wanted) >= _ENOUGH:
            return number, "the header is in this row. Delete the rows above it."
    if _named([_plain(name) for name in rows[0]], wanted) >= _ENOUGH:
        return 1, (
            "the names of the columns are changed. Write them with small letters and low lines, "
            f"such as {', '.join(list(wanted)[:3])}: see data/README.md."
        )
    if any(_plain(name) in wanted for name in rows[0]):
        return None  # a header with too few columns: each is named
    return 1, "the header is missing. Row 1 must hold the columns' names: see data/README.md."


def other_name(folder: Path, file: str) -> str:
    """Of a file that is missing: what lies in the folder that it may be. "" for nothing."""
    try:
        there = sorted(path.name for path in folder.iterdir())
    except OSError:
        return ""
    stem = Path(file).stem
    for name in there:
        if name.casefold() == file.casefold():
            return f" There is {name}: name it {file}."
        if Path(name).stem.casefold() == stem and Path(name).suffix.casefold() in _WORKBOOKS:
            return f" There is {name}: save it as “CSV UTF-8” under the name {file}."
        if name.casefold() in (f"{file}.txt", f"{file}.csv", f"{stem}.txt"):
            return f" There is {name}: name it {file}."
    return ""


_WORKBOOKS: Final = (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods", ".numbers")


def _first_rows(text: str, separator: str = ",") -> list[list[str]]:
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append([cell.strip() for cell in row])
            if len(rows) == _ROWS_LOOKED_AT:
                break
    except csv.Error:
        pass  # what was read before it is enough to tell
    return rows


def _named(row: Collection[str], wanted: Collection[str]) -> float:
    """The share of the columns that a row names."""
    return len(set(row) & set(wanted)) / len(wanted)


def _plain(name: str) -> str:
    return re.sub(r"[\s._-]+", "_", name.strip().lower())
