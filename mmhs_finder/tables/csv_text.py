"""The text of a CSV from its bytes, in any of the usual encodings.

Not for: rows and cells (`csv_rows`).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain
from typing import Final

from mmhs_finder.tables.problems import ProblemKind, ReadingNote, TableProblem

Tell = Callable[..., None]
"""Is called with a `ReadingNote` and its values, as soon as it is known."""

_NO_TEXTS: Final = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf")

_JSON: Final = re.compile(rb'[\[{]\s*(?:["\[{\d\]}]|$)')

_FEW_NULS: Final = 16
"""A text may have so many characters without meaning; with more it is no text."""

_LOOK: Final = 4096
"""Bytes at the start that tell UTF-16 from other encodings."""


def decoded_texts(blocks: Iterable[bytes], tell: Tell) -> Iterator[str]:
    """Blocks of bytes as text: UTF-8, UTF-16 with or without a byte-order mark, or Windows-1252.

    Raises TableProblem for what is no text: `NOT_A_TABLE`, `WEB_PAGE`, `ENCODING`.
    """
    blocks = iter(blocks)
    first = next(blocks, b"")
    begin = first[:_LOOK].removeprefix(codecs.BOM_UTF8).lstrip()
    if begin.startswith(b"<"):
        raise TableProblem(ProblemKind.WEB_PAGE)
    if begin.startswith(_NO_TEXTS) or _JSON.match(begin):
        raise TableProblem(ProblemKind.NOT_A_TABLE)
    utf16 = _utf_16(first)
    if utf16:
        tell(ReadingNote.UTF_16)
        decoded = _decoded(chain([first], blocks), utf16)
    else:
        decoded = _utf_8_or_windows(chain([first], blocks), tell)
    return _without_nuls(decoded, tell)


def _utf_16(first: bytes) -> str:
    """The name of the encoding when a text is in UTF-16, else "".

    Without a mark it shows in every other byte of Latin letters being 0.
    """
    if first.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    look = first[:_LOOK]
    half = len(look) // 2
    if half < 4:
        return ""
    even, odd = look[0::2].count(0), look[1::2].count(0)
    if odd > 0.7 * half and even < 0.05 * half:
        return "utf-16-le"
    return "utf-16-be" if even > 0.7 * half and odd < 0.05 * half else ""


def _decoded(blocks: Iterable[bytes], encoding: str) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)()
    for block in chain(blocks, [b""]):
        try:
            yield decoder.decode(block, final=not block)
        except UnicodeDecodeError:
            raise TableProblem(ProblemKind.ENCODING) from None


def _utf_8_or_windows(blocks: Iterable[bytes], tell: Tell) -> Iterator[str]:
    pending = b""
    at_start = True
    for block in chain(blocks, [b""]):
        data = pending + block
        try:
            text, used = codecs.utf_8_decode(data, "strict", not block)
        except UnicodeDecodeError:
            text, used = codecs.utf_8_decode(data, _or_windows(), not block)
            tell(ReadingNote.WINDOWS)
        pending = data[used:]
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


def _without_nuls(decoded: Iterable[str], tell: Tell) -> Iterator[str]:
    """Some databases leave a NUL behind. It is left out, and its line is named.

    Raises TableProblem where there are too many for a text.
    """
    lines, nuls = 1, 0
    for text in decoded:
        if "\0" in text:
            nuls += text.count("\0")
            if nuls > _FEW_NULS:
                raise TableProblem(ProblemKind.NOT_A_TABLE)
            tell(ReadingNote.NUL, line=lines + text.count("\n", 0, text.index("\0")))
            yield text.replace("\0", "")
        else:
            yield text
        lines += text.count("\n")
