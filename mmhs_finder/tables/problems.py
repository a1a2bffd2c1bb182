"""What can be wrong with a table that somebody brings, and what they should know of its reading.

Codes for programs. Not for: the words for them (`mmhs_finder.views.bulk_columns`).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

MAX_COLUMNS: Final = 1_000
"""A table with more is not read."""


class ProblemKind(StrEnum):
    """Why a file cannot be used."""

    EMPTY = "empty"
    TOO_BIG = "too_big"  # values: size, the limit in MB
    ZIP_BOMB = "zip_bomb"  # a workbook that needs more memory or time than a list may
    NOT_A_TABLE = "not_a_table"
    OLD_EXCEL = "old_excel"
    BROKEN_XLSX = "broken_xlsx"
    BUSY = "busy"  # other workbooks are being read
    ENCODING = "encoding"
    NO_COLUMN = "no_column"
    NO_SUCH_COLUMN = "no_such_column"  # values: columns, the names there are
    TOO_MANY_COLUMNS = "too_many_columns"  # values: count, `MAX_COLUMNS`


class TableProblem(ValueError):
    """A table that cannot be used: `kind`, and the `values` that belong into the words for it."""

    def __init__(self, kind: ProblemKind, **values: object) -> None:
        self.kind = kind
        self.values = values
        super().__init__(kind.value)


class ReadingNote(StrEnum):
    """What was done to a table while it was read."""

    WINDOWS = "encoding"  # some bytes were not UTF-8, and were read as Windows-1252
    UTF_16 = "utf_sixteen"
    NO_HEADER = "no_header"  # the first row is data: the columns were given names
    LONGER_ROWS = "longer_rows"  # some rows have more cells than the header
