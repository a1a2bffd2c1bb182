"""CSV files that a spreadsheet opens as they are and runs nothing of.

Every file that we hand out as CSV is written here. Pure: rows in, bytes out.
Not for: reading tables (`reading`), or what stands in them.
"""

from __future__ import annotations

import csv
import io
import re
import string
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Final

BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
"""At the start of a file. Without it Excel reads UTF-8 as Windows letters."""

_PLAIN: Final = frozenset(("", *string.ascii_letters, *string.digits))
"""What nearly every cell begins with: a look at one character is enough."""

_OPERATORS: Final = frozenset("=+-@\N{MINUS SIGN}")

_NEGATIVE: Final = re.compile(r"-[0-9][0-9,]*(\.[0-9]+)?(e[+-]?[0-9]+)?", re.IGNORECASE)


def safe_cell(cell: object) -> str:
    """A cell as text that no spreadsheet takes for a formula; None is an empty cell.

    An apostrophe is put before a cell that begins with = + - or @, and before one that begins with
    a tab, a line's end or another control character. Spaces and characters that cannot be seen do
    not hide an operator, and its full-width and other forms count as the operator.

    A negative number stays as it is: all that a spreadsheet makes of "-5" is -5, and with an
    apostrophe it could not be added up any more. "+44 1603 111222" and "-2+3" get one: a
    spreadsheet would work them out, and show something else than what was written.

    The separator is the comma; who tells a spreadsheet to cut at another one gets other cells.

    >>> safe_cell("=1+1"), safe_cell("-5"), safe_cell("CT1 3NG")
    ("'=1+1", '-5', 'CT1 3NG')
    """
    text = "" if cell is None else str(cell)
    return f"'{text}" if text[:1] not in _PLAIN and _is_risky(text) else text


def _is_risky(text: str) -> bool:
    if unicodedata.category(text[0]) == "Cc":
        return True
    for character in text:
        if unicodedata.category(character)[0] not in "ZC":  # neither a space nor unseen
            operator = unicodedata.normalize("NFKC", character)[:1]
            return operator in _OPERATORS and not _NEGATIVE.fullmatch(text)
    return False


def csv_bytes(header: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """A whole CSV file: UTF-8 with its mark, CR LF, every cell through `safe_cell`."""
    safe = ([safe_cell(cell) for cell in row] for row in (header, *rows))
    return BYTE_ORDER_MARK + csv_lines(safe)


def csv_lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Some lines of a CSV file. The cells are written as given: call `safe_cell` before.

    For files that are written in pieces, after `BYTE_ORDER_MARK`. A half of a surrogate pair, which
    UTF-8 cannot hold, becomes "?".
    """
    text = io.StringIO(newline="")
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("utf-8", "replace")


def column_letters(number: int) -> str:
    """The letters of a spreadsheet's column, from 1: 28 is "AB"."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
