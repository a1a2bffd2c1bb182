"""Lists for the tests, and what comes back for them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import openpyxl

from mmhs_finder.bulk import Lookup
from mmhs_finder.render.files.bulk import convert
from mmhs_finder.tables.reading import open_table


def converted(source: bytes | io.BytesIO, lookup: Lookup, **options: object) -> list[list[str]]:
    """The rows of the CSV that a list gives, header first."""
    table = open_table(source, **options)
    data = b"".join(convert(table, lookup))
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def one(postcode: str, lookup: Lookup) -> dict[str, str]:
    """What is added to a row with this postcode."""
    text = io.StringIO()
    csv.writer(text).writerows([["postcode"], [postcode]])
    header, row = converted(text.getvalue().encode(), lookup, column="postcode")
    return dict(zip(header[1:], row[1:], strict=True))


def workbook(rows: Iterable[Iterable[object]]) -> bytes:
    """An XLSX with one sheet."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()
