"""Where the lines of a paragraph end: words that fit, a space kept at each line's end.

A screen reader takes the text of a PDF line after line: without that space it joins the last word
of one line and the first of the next. Long addresses are broken after a "/" or a "-". Pure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

Width = Callable[[int, str], float]
"""How wide a text is in the style of the run of that number."""

PLAIN: Final = -1
"""The number of a piece that is only a space, with no link under it."""

_PARTS: Final = re.compile(r"[^/._?&=-]+[/._?&=-]*|[/._?&=-]+")


@dataclass(frozen=True)
class Piece:
    """Text that is drawn at once. run: the number of the run it comes from, or `PLAIN`."""

    run: int
    text: str


@dataclass(frozen=True)
class _Word:
    """Pieces with no space between them. spaced: a space stands before it."""

    pieces: tuple[Piece, ...]
    spaced: bool


def lines(
    texts: Sequence[str], links: Sequence[bool], width: float, measure: Width
) -> list[list[Piece]]:
    """The pieces of each line of a paragraph.

    texts: of its runs, one after another. links: which of them are links, so that no space at an
    end of them is underlined. width: of a line, in the unit of `measure`.
    """
    space = measure(PLAIN, " ")
    found: list[list[Piece]] = []
    line: list[Piece] = []
    used = 0.0
    for word in _fitting(_words(texts), width, measure):
        wide = sum(measure(p.run, p.text) for p in word.pieces)
        gap = space if word.spaced else 0.0
        if line and used + gap + wide > width:
            found.append(_joined(line, (), word.spaced, links))
            line, used, gap = [], 0.0, 0.0
        line = _joined(line, word.pieces, word.spaced and bool(line), links)
        used += gap + wide
    return [*found, line] if line else found


def _words(texts: Sequence[str]) -> Iterator[_Word]:
    """The words of all runs. One may begin in a run and end in the next: a number, then a "."."""
    pieces: list[Piece] = []
    spaced = False
    for run, text in enumerate(texts):
        for number, part in enumerate(text.split(" ")):
            if number:
                if pieces:
                    yield _Word(tuple(pieces), spaced)
                pieces, spaced = [], True
            if part:
                pieces.append(Piece(run, part))
    if pieces:
        yield _Word(tuple(pieces), spaced)


def _fitting(words: Iterator[_Word], width: float, measure: Width) -> Iterator[_Word]:
    """The same, with those too long for a line in parts that are not."""
    for word in words:
        if sum(measure(p.run, p.text) for p in word.pieces) <= width:
            yield word
            continue
        spaced = word.spaced
        for piece in word.pieces:
            for part in _PARTS.findall(piece.text):
                for short in _short(part, width, partial(measure, piece.run)):
                    yield _Word((Piece(piece.run, short),), spaced)
                    spaced = False


def _short(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """The text, letter by letter into what fits a line."""
    if measure(text) <= width:
        yield text
        return
    start, used = 0, 0.0
    for end, letter in enumerate(text):
        wide = measure(letter)
        if end > start and used + wide > width:
            yield text[start:end]
            start, used = end, 0.0
        used += wide
    yield text[start:]


def _joined(
    line: Sequence[Piece], pieces: Sequence[Piece], spaced: bool, links: Sequence[bool]
) -> list[Piece]:
    """A line with more pieces at its end, and a space between if there is one."""
    found = list(line)
    if spaced and found:
        same = bool(pieces) and pieces[0].run == found[-1].run
        if same or found[-1].run == PLAIN or not links[found[-1].run]:
            found[-1] = Piece(found[-1].run, found[-1].text + " ")
        else:
            found.append(Piece(PLAIN, " "))
    for piece in pieces:
        if found and found[-1].run == piece.run:
            found[-1] = Piece(piece.run, found[-1].text + piece.text)
        else:
            found.append(piece)
    return found
