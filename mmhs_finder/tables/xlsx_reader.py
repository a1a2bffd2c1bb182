"""The process that `xlsx` starts: a workbook on standard input, its rows on standard output.

It writes msgpack: the number of rows, then lists of rows of texts, and null as its last word. When
something is wrong, the `ProblemKind` of it instead. Run as a script; it imports nothing
of this project, so that it starts fast and has nothing to lose.
"""

from __future__ import annotations

import datetime
import io
import sys
from collections.abc import Iterator
from typing import Any, Final

import msgpack
from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

MEMORY: Final = 1_400 * 1024 * 1024
"""Bytes of address space. A million rows of ten columns of texts take about 1,000 MB."""

SECONDS: Final = 120
"""Of one processor."""

PIECE: Final = 2_000
"""Rows in a message."""


def limit() -> None:
    """Takes the limits on, where the system has them: Windows has not."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def messages(data: bytes, max_columns: int) -> Iterator[Any]:
    """The number of rows and the rows of the first sheet that is not hidden, or else the first; or
    the kind of a problem."""
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        sheets = [s for s in book.sheets_metadata if s.typ is SheetTypeEnum.WorkSheet]
        visible = [s for s in sheets if s.visible is SheetVisibleEnum.Visible]
        if not sheets:
            yield "not_a_table"
            return
        sheet = book.get_sheet_by_name((visible or sheets)[0].name)
        last_row, last_column = sheet.end or (0, 0)  # from 0
        if last_column >= max_columns:
            yield "too_many_columns"
            return
        yield last_row + 1
        piece = []
        for values in sheet.iter_rows():
            row = [value if type(value) is str else as_text(value) for value in values]
            while row and not row[-1]:
                row.pop()
            if row:
                piece.append(row)
            if len(piece) == PIECE:
                yield piece
                piece = []
        yield piece
        yield None


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


def main() -> None:
    limit()
    pack = msgpack.Packer().pack
    out = sys.stdout.buffer
    try:
        for message in messages(sys.stdin.buffer.read(), int(sys.argv[1])):
            out.write(pack(message))
    except MemoryError:
        return  # without a last word
    except (CalamineError, OSError, ValueError):
        out.write(pack("broken_xlsx"))
    out.flush()


if __name__ == "__main__":
    main()
