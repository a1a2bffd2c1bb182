"""What can be wrong with a table that somebody brings, and what they should know of its reading.

Codes for programs. Not for: the words for them (`mmhs_finder.views.bulk_columns`).
"""

from __future__ import annotations

from collections.abc import Callable
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
    WEB_PAGE = "web_page"  # also one that is called .xls
    OLD_EXCEL = "old_excel"  # an XLS that cannot be read, or another old Office file
    PASSWORD = "password"  # noqa: S105 - a workbook or a zip that has one
    BROKEN_XLSX = "broken_xlsx"
    BROKEN_ZIP = "broken_zip"
    SEVERAL_FILES = "several_files"  # a zip with more than one; values: names
    BUSY = "busy"  # other workbooks are being read
    TOO_LONG = "too_long"  # it takes longer than a list may
    ENCODING = "encoding"
    QUOTES = "quotes"  # of many cells one is left open; values: row, the first
    WHICH_SHEET = "which_sheet"  # values: sheets, their names
    NO_SUCH_SHEET = "no_such_sheet"  # values: sheets, their names
    NO_COLUMN = "no_column"
    NO_SUCH_COLUMN = "no_such_column"  # values: columns, the names there are
    TOO_MANY_COLUMNS = "too_many_columns"  # values: count, `MAX_COLUMNS`
    ROWS_LOST = "rows_lost"  # values: rows, out: not as many came out as went in


Check = Callable[[], None]
"""Is called often while a table is read: what it raises ends the reading."""


class TableProblem(ValueError):
    """A table that cannot be used: `kind`, and the `values` that belong into the words for it."""

    def __init__(self, kind: ProblemKind, **values: object) -> None:
        self.kind = kind
        self.values = values
        super().__init__(kind.value)


class ReadingNote(StrEnum):
    """What was done to a table while it was read. Rows are numbered from 1, as a spreadsheet does,
    the first line of the file included; columns have its letters."""

    WINDOWS = "encoding"  # some bytes were not UTF-8, and were read as Windows-1252
    UTF_16 = "utf_sixteen"
    NUL = "nul"  # a character without meaning was left out; values: line, the first
    PACKED = "packed"  # the list was in a zip; values: name
    SHEET = "sheet"  # values: sheet, the one read; others, the names of the others
    ALL_SHEETS = "all_sheets"  # values: sheets
    SHEETS_LEFT = "sheets_left"  # sheets without postcodes; values: sheets
    FORMULAS = "formulas"  # cells whose result is not saved; values: count, cell, the first
    NO_HEADER = "no_header"  # the first row is data: the columns were given names
    ABOVE = "above"  # rows above the header are left out; values: first, last
    ONE_ABOVE = "one_above"  # the same for one; values: first
    TWO_HEADERS = "two_headers"  # the names of columns stand in two rows
    EMPTY_COLUMNS = (
        "empty_columns"  # columns with a name and nothing else, far right; values: columns, letters
    )
    COLUMN = "column"  # where the postcodes were read; values: column
    WITHIN = "within"  # the same: within the texts of a column; values: column
    JOINED = "joined"  # the same: columns put together; values: columns
    LINES = "lines"  # the same: the last one in some columns; values: columns
    BY_SHEET = "by_sheet"  # the same, where it differs: values: columns, each with its sheet
    OTHERS = "others"  # other columns with postcodes; values: columns
    NOT_HOME = "not_home"  # the postcodes are by their name those of a surgery or the like
    LONGER_ROWS = "longer_rows"  # values: row, the first; column, its first cell too many; count
    SHORTER_ROWS = "shorter_rows"  # values: row, the first; count
    QUOTES = "quotes"  # a quotation mark without its other; values: row, the first; count
    SWALLOWED = "swallowed"  # lines that look like rows, within one cell; values: row, lines


Notes = dict[ReadingNote, dict[str, object]]
"""What there is to say, in the order in which it was found, with what belongs into the words."""


def add_note(notes: Notes, note: ReadingNote, **values: object) -> None:
    """Adds a note. The first of a kind stays as it is; `count` says how many there were."""
    known = notes.setdefault(note, {**values, "count": 0})
    count = known["count"]
    assert isinstance(count, int)
    known["count"] = count + 1
