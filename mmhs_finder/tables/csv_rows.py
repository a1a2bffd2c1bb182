"""The rows of a CSV as texts, read in pieces from bytes in any of the usual encodings.

Not for: workbooks (`xlsx`), what the columns are (`reading`), or writing (`cells`).
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain, islice
from typing import Final

from mmhs_finder.tables.problems import MAX_COLUMNS, ProblemKind, ReadingNote, TableProblem

MAX_LINE: Final = 16 * 1024 * 1024
"""Characters without a line's end after which a text is no table."""

LONGEST_CELL: Final = 128 * 1024
"""Letters in a cell; beyond it the file is not a table."""

_NO_TABLES: Final = (b"%PDF", b"<", b"{", b"[", b"\x89PNG", b"\xff\xd8")


def csv_rows(blocks: Iterable[bytes], note: Callable[[ReadingNote], None]) -> Iterator[list[str]]:
    """The rows of a CSV that have something in them, read as they are needed.

    Separated by commas, semicolons, tabs or bars; UTF-8, UTF-16 with a byte-order mark, or
    Windows-1252. `note` is called with what was done, as soon as it is known.

    Raises TableProblem: `NOT_A_TABLE`, `ENCODING`, `TOO_MANY_COLUMNS`.
    """
    blocks = iter(blocks)
    first = next(blocks, b"")
    if first.startswith(_NO_TABLES):
        raise TableProblem(ProblemKind.NOT_A_TABLE)
    texts = _texts(chain([first], blocks), note)
    start = next(texts, "")
    return _rows(_lines(chain([start], texts)), _delimiter(start))


def _texts(blocks: Iterable[bytes], note: Callable[[ReadingNote], None]) -> Iterator[str]:
    """Blocks of bytes as text. Raises TableProblem for what is no text."""
    pending = b""
    utf16: codecs.IncrementalDecoder | None = None
    at_start = True
    for block in chain(blocks, [b""]):
        if at_start and block.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            utf16 = codecs.getincrementaldecoder("utf-16")()
            note(ReadingNote.UTF_16)
        if utf16 is not None:
            try:
                text = utf16.decode(block, final=not block)
            except UnicodeDecodeError:
                raise TableProblem(ProblemKind.ENCODING) from None
        else:
            data = pending + block
            try:
                text, used = codecs.utf_8_decode(data, "strict", not block)
            except UnicodeDecodeError:
                text, used = codecs.utf_8_decode(data, _or_windows(), not block)
                note(ReadingNote.WINDOWS)
            pending = data[used:]
        if "\0" in text:
            raise TableProblem(ProblemKind.NOT_A_TABLE)
        yield text.removeprefix("\ufeff") if at_start else text
        at_start = False


@cache
def _or_windows() -> str:
    """The name of the way to read bytes that are not UTF-8 as Windows-1252.

    Python's codecs know such a way by a name for the whole process only, so it is given to them
    when a file first needs it. Decoding by hand would be slow where every name has an accent.
    """
    name = "mmhs-or-cp1252"
    codecs.register_error(name, _windows)
    return name


def _windows(problem: UnicodeError) -> tuple[str, int]:
    """Raises TableProblem for the five bytes that are neither UTF-8 nor Windows-1252."""
    if not isinstance(problem, UnicodeDecodeError):
        raise problem
    try:
        text = problem.object[problem.start : problem.end].decode("cp1252")
    except UnicodeDecodeError:
        raise TableProblem(ProblemKind.ENCODING) from None
    return text, problem.end


def _lines(texts: Iterable[str]) -> Iterator[str]:
    """Lines with their ends (LF, CR LF or CR). Raises TableProblem for a line without an end."""
    tail = ""
    for text in texts:
        text = tail + text
        cut = text.rfind("\n") + 1
        tail = text[cut:]
        if len(tail) > MAX_LINE:
            raise TableProblem(ProblemKind.NOT_A_TABLE)
        if cut:
            yield from io.StringIO(text[:cut], newline="")
    yield from io.StringIO(tail, newline="")


def _delimiter(text: str) -> str:
    """Of comma, semicolon, tab and bar the one that makes the first rows equally wide."""
    best, best_score = ",", (0.0, 1)
    for delimiter in ",;\t|":
        try:
            reader = csv.reader(io.StringIO(text[:65536], newline=""), delimiter=delimiter)
            widths = [len(row) for row in islice(reader, 20) if row]
        except csv.Error:
            continue
        if not widths or widths[0] < 2:
            continue
        score = (round(widths.count(widths[0]) / len(widths), 1), widths[0])
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _rows(lines: Iterator[str], delimiter: str) -> Iterator[list[str]]:
    # Python has one limit for the whole process. This is the one it starts with, set again in case
    # a library raised it: without it, one quote that is never closed would take in all of the file.
    # Nothing else here reads cells that long, so nothing misses the higher limit.
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for row in reader:
            if len(row) > MAX_COLUMNS:
                raise TableProblem(ProblemKind.TOO_MANY_COLUMNS, count=MAX_COLUMNS)
            if any(row):
                yield row
    except csv.Error:
        raise TableProblem(ProblemKind.NOT_A_TABLE) from None
