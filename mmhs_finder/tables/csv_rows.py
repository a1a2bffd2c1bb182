"""The rows of a CSV as texts, with their numbers, read in pieces from bytes.

Not for: workbooks (`xlsx`), encodings (`csv_text`), what the columns are (`heading`,
`columns`), or writing (`cells`).
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any, Final

from mmhs_finder.tables.csv_text import Tell, decoded_texts
from mmhs_finder.tables.problems import ProblemKind, ReadingNote, TableProblem

Row = tuple[int, list[str]]
"""A row with its number in the file, from 1: the first line is 1, blank ones count."""

MAX_LINE: Final = 16 * 1024 * 1024
"""Characters without a line's end after which a text is no table."""

LONGEST_CELL: Final = 128 * 1024
"""Letters in a cell; beyond it the file is not a table."""

MOST_REPAIRS: Final = 1_000
"""Rows with a stray quotation mark that are put right; with more, the file is not read."""

MOST_BLANK: Final = 2_000_000
"""Rows with nothing in them, one after the other; with more the file is no table. More than a
spreadsheet has."""

_BLANK_LINES: Final = 256
"""So many blank lines one after the other are passed over at once."""

_SNIFF_LINES: Final = 60
_DELIMITERS: Final = ",;\t|"

_SEP_WITHIN: Final = 2_048
"""Characters at the start among which a line "sep=" is looked for: where a file begins with nothing
but spaces, the time for it grows with the square of this."""

_SEP: Final = re.compile(
    r'[ \t]*"?[ \t]*sep[ \t]*=[ \t]*(?P<mark>\\t|[^"\r\n])?"?[,;\t| ]*(?:\r\n|\r|\n|$)',
    re.IGNORECASE,
)


def csv_rows(blocks: Iterable[bytes], tell: Tell) -> Iterator[Row]:
    """The rows of a CSV that have something in them, read as they are needed.

    Separated by commas, semicolons, tabs or bars, or by what a first line "sep=" says. `tell` is
    called with what was done, as soon as it is known. A quotation mark that stays open takes in no
    other row: its row is cut at the separators, and named.

    Raises TableProblem: `NOT_A_TABLE`, `WEB_PAGE`, `ENCODING`, `QUOTES`.
    """
    decoded = decoded_texts(blocks, tell)
    start = next(decoded, "")
    while start and len(start) < 1024 and (more := next(decoded, "")):
        start += more
    sep = _SEP.match(start, 0, _SEP_WITHIN)
    body = start[sep.end() :] if sep else start
    delimiter = _delimiter(body, (sep["mark"] or "").replace("\\t", "\t") if sep else "")
    lines = _Lines(chain([body], decoded), 1 if sep else 0)
    return _rows(lines, _dialect(body[:65536], delimiter), tell)


def _dialect(text: str, delimiter: str) -> dict[str, Any]:
    """How to cut lines: also whether quotation marks stand behind a space, as in `1, "a, b"`."""
    mark = re.escape(delimiter)
    spaced = re.search(f'{mark} +"', text) and not re.search(f'{mark}"', text)
    return {"delimiter": delimiter, "skipinitialspace": bool(spaced)}


def _delimiter(text: str, said: str) -> str:
    """The mark that cuts most of the first lines into the same number of cells, at least two.

    said: what a line "sep=" names, "" for nothing. It counts unless it cuts nothing.
    """
    lines = [
        line
        for line in islice(io.StringIO(text[:65536], newline=None), _SNIFF_LINES)
        if line.strip()
    ]
    best, best_score = said or ",", (0.0, 1)
    for delimiter in [said] if said and _score(lines, said)[1] > 1 else _DELIMITERS:
        score = _score(lines, delimiter)
        if score > best_score:
            best, best_score = delimiter, score
    return best


def _score(lines: list[str], delimiter: str) -> tuple[float, int]:
    """(The share of lines that are as wide as most, their width.) Each line is read by itself: one
    open quotation mark must not hide the others."""
    widths: Counter[int] = Counter()
    for line in lines:
        try:
            widths.update(map(len, csv.reader([line], delimiter=delimiter)))
        except csv.Error:
            continue
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return 0.0, 1
    width = max(wide, key=lambda each: (wide[each], each))
    return round(wide[width] / widths.total(), 1), width


class _Lines:
    """Lines with their ends (LF, CR LF or CR), that can be given back.

    `pending` has the lines of the row that is being read; whoever has read it clears it. `skipped`
    counts the lines that were passed over: long runs of blank ones, between rows.
    """

    def __init__(self, decoded: Iterable[str], skipped: int) -> None:
        self.pending: list[str] = []
        self.skipped = skipped
        self._back: list[str] = []
        self._source = self._all(decoded)

    def give_back(self, lines: list[str]) -> None:
        self._back += reversed(lines)

    def pull(self) -> Iterator[str]:
        add = self.pending.append
        while True:
            while self._back:
                line = self._back.pop()
                add(line)
                yield line
            for line in self._source:
                add(line)
                yield line
                if self._back:
                    break
            else:
                if not self._back:
                    return

    def _all(self, decoded: Iterable[str]) -> Iterator[str]:
        """Raises TableProblem for a line without an end."""
        tail = ""
        for text in decoded:
            if not tail and not self.pending and not text.strip(" ,;|\t\r\n"):
                tail = "\r" if text.endswith("\r") else ""  # perhaps the half of a CR LF
                self.skipped += _ends(text.removesuffix(tail))
                continue
            text = tail + text
            cut = text.rfind("\n") + 1 or text.rfind("\r", 0, -1) + 1
            tail = text[cut:]
            if len(tail) > MAX_LINE:
                raise TableProblem(ProblemKind.NOT_A_TABLE)
            yield from self._whole(text[:cut])
        yield from io.StringIO(tail, newline="")

    def _whole(self, text: str) -> Iterator[str]:
        """The lines of a text that ends with one, but for long runs of blank ones."""
        start = 0
        for end in ("\r\n", "\n", "\r"):
            run = end * _BLANK_LINES
            while (found := text.find(run, start)) >= 0:
                found += len(end)  # the first ends the line before
                yield from io.StringIO(text[start:found], newline="")
                start = found
                if self.pending:  # within a cell, where they are part of it
                    start += len(run) - len(end)
                    yield from io.StringIO(text[found:start], newline="")
                    continue
                rest = re.compile(r"[^\r\n]").search(text, start)
                start = rest.start() if rest else len(text)
                self.skipped += _ends(text[found:start])
        yield from io.StringIO(text[start:], newline="")


def _ends(text: str) -> int:
    return text.count("\n") or text.count("\r")


def _rows(lines: _Lines, dialect: dict[str, Any], tell: Tell) -> Iterator[Row]:
    # Python has one limit for the whole process. This is the one it starts with, set again in case
    # a library raised it: without it, one quote that is never closed would take in all of the file.
    # Nothing else here reads cells that long, so nothing misses the higher limit.
    csv.field_size_limit(LONGEST_CELL)
    pending = lines.pending
    number = width = repairs = first = blank = 0
    while True:
        reader = csv.reader(lines.pull(), strict=True, **dialect)
        try:
            for row in reader:
                number += 1
                if len(pending) > 1 and _swallows(pending, dialect["delimiter"], len(row)):
                    tell(ReadingNote.SWALLOWED, row=number + lines.skipped, lines=len(pending))
                pending.clear()
                if any(row):
                    width, blank = len(row), 0
                    yield number + lines.skipped, row
                    continue
                blank += 1
                if blank > MOST_BLANK:
                    raise TableProblem(ProblemKind.NOT_A_TABLE)
            return
        except csv.Error:
            if not pending:
                raise TableProblem(ProblemKind.NOT_A_TABLE) from None
        line, *others = pending
        lines.give_back(others)
        pending.clear()
        number, repairs = number + 1, repairs + 1
        first = first or number + lines.skipped
        if repairs > MOST_REPAIRS:
            raise TableProblem(ProblemKind.QUOTES, row=first)
        row = _unescaped(line, dialect, width)
        if not row:
            row = _repaired(line, dialect, width)
            tell(ReadingNote.QUOTES, row=number + lines.skipped)
        if any(row):
            yield number + lines.skipped, row


def _swallows(lines: list[str], delimiter: str, width: int) -> bool:
    """Whether the lines of one row look like rows of their own, each as wide as it is.

    An address in a cell may look so, too: it is said, and left as it is. In a list of two columns
    the first and the last line say nothing, and three between them have to.
    """
    marks = width - 1
    looked_at = lines if marks > 1 else lines[1:-1] if len(lines) > 4 else []
    return bool(looked_at) and all(line.count(delimiter) == marks for line in looked_at)


def _unescaped(line: str, dialect: dict[str, Any], width: int) -> list[str]:
    r"""The cells of a line of those who write \" within a cell for ", or nothing."""
    how = {**dialect, "escapechar": "\\", "doublequote": False, "strict": True}
    try:
        (row,) = csv.reader([line], **how) if '\\"' in line else ([],)
    except (csv.Error, ValueError):
        return []
    return row if len(row) == width else []


def _repaired(line: str, dialect: dict[str, Any], width: int) -> list[str]:
    """The cells of a line whose quotation marks do not close as they should.

    As it stands, where that gives `width` cells; or else cut at every separator, and what is then
    too much put back to the cell that was left open. Raises TableProblem.
    """
    try:
        (row,) = csv.reader([line], **dialect)
        if len(row) == width:
            return row
        (cells,) = csv.reader([line], **dialect, quoting=csv.QUOTE_NONE)
    except (csv.Error, ValueError):
        raise TableProblem(ProblemKind.NOT_A_TABLE) from None
    extra = len(cells) - width
    open_at = next((p for p, cell in enumerate(cells) if _is_open(cell)), None)
    if width and extra > 0 and open_at is not None:
        joined = dialect["delimiter"].join(cells[open_at : open_at + extra + 1])
        cells[open_at : open_at + extra + 1] = [joined]
    return [cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell for cell in cells]


def _is_open(cell: str) -> bool:
    return cell.startswith('"') and not (len(cell) > 1 and cell.endswith('"'))
