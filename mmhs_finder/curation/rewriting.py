"""A CSV file that changes only in the lines concerned: every other byte stays as it was.

The mark at the beginning, the line ends and how others have quoted their cells are kept, so that a
comparison of two versions shows what was changed and nothing else.
Not for: which cells change (`fitting`), or putting a file in its place (`journal`).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from mmhs_finder.directory.files import CsvFile, CsvRow

_MARK: Final = "\ufeff"
_ENDS: Final = ("\r\n", "\n", "\r")
_STYLES: Final = (csv.QUOTE_MINIMAL, csv.QUOTE_ALL)


@dataclass
class _Line:
    """A row as it stands in the file, its line end included.."""

    raw: str
    cells: list[str]


@dataclass
class CsvText:
    """The text of a CSV file, to be changed row by row. Rows are numbered as a spreadsheet does."""

    lines: list[_Line] = field(default_factory=list)
    mark: str = ""
    end: str = "\r\n"

    @classmethod
    def of(cls, raw: bytes) -> CsvText:
        """Raises ValueError for what is no UTF-8 or no CSV."""
        text = raw.decode("utf-8")
        mark = _MARK if text.startswith(_MARK) else ""
        lines = list(_split(text[len(mark) :]))
        end = next((e for e in _ENDS if lines and lines[0].raw.endswith(e)), "\r\n")
        return cls(lines, mark, end)

    @classmethod
    def headed(cls, columns: Sequence[str]) -> CsvText:
        """A file with nothing but a header."""
        made = cls()
        made.lines.append(_Line(_written(columns, made.end), list(columns)))
        return made

    @property
    def header(self) -> list[str]:
        return [name.strip() for name in self.lines[0].cells] if self.lines else []

    @property
    def _quoting(self) -> int:
        """How the file quotes its cells, as its header shows."""
        return _style(self.lines[0], _STYLES[0])

    def set(self, row: int, cells: Mapping[str, str]) -> None:
        """Changes cells of a row by their columns."""
        line = self.lines[row - 1]
        header = self.header
        new = list(line.cells)
        for column, value in cells.items():
            new[header.index(column)] = value
        end = next((e for e in _ENDS if line.raw.endswith(e)), "")
        style = _style(line, self._quoting)
        self.lines[row - 1] = _Line(_written(new, end, style), new)

    def arrange(
        self, added: Sequence[tuple[int, Mapping[str, str]]], removed: Collection[int]
    ) -> None:
        """Adds rows, each after the row of its number (0: at the end), and takes rows out. All
        numbers are those from before."""
        made: list[_Line] = []
        last = len(self.lines)
        for number, line in enumerate(self.lines, start=1):
            if number not in removed:
                made.append(line)
            for after, cells in added:
                if number == (after or last):
                    if made and not made[-1].raw.endswith(_ENDS):
                        made[-1] = _Line(made[-1].raw + self.end, made[-1].cells)
                    new = [cells.get(column, "") for column in self.header]
                    made.append(_Line(_written(new, self.end, self._quoting), new))
        self.lines = made

    def table(self, file: str) -> CsvFile:
        """Its rows as reading the file gives them. Blank rows, and those that have not as many
        cells as the header, are left out."""
        header = self.header
        return CsvFile(
            file,
            tuple(header),
            tuple(
                CsvRow(number, dict(zip(header, (c.strip() for c in line.cells), strict=True)))
                for number, line in enumerate(self.lines[1:], start=2)
                if len(line.cells) == len(header) and any(cell.strip() for cell in line.cells)
            ),
        )

    def written(self) -> bytes:
        return (self.mark + "".join(line.raw for line in self.lines)).encode("utf-8")


def _split(text: str) -> Iterator[_Line]:
    """Each row with the text it was read from. Raises ValueError for what is no CSV."""
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    reader = csv.reader(lines(), strict=True)
    try:
        for cells in reader:
            yield _Line("".join(taken), cells)
            taken.clear()
    except csv.Error as error:
        raise ValueError(str(error)) from None


def _written(cells: Sequence[str], end: str, quoting: int = csv.QUOTE_MINIMAL) -> str:
    """A row as text. It is written with both signs of a line end, so that a cell that holds either
    of them is quoted."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n", quoting=quoting).writerow(cells)  # type: ignore[arg-type]
    return text.getvalue()[:-2] + end


def _style(line: _Line, usual: int) -> int:
    """How the cells of a row are quoted: all of them, or those that need it. usual: where both
    would look the same, or neither does."""
    end = next((e for e in _ENDS if line.raw.endswith(e)), "")
    styles = sorted(_STYLES, key=lambda style: style != usual)
    return next((s for s in styles if _written(line.cells, end, s) == line.raw), usual)
