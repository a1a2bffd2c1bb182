"""The letters of every PDF: Source Sans Pro, read from its files once a process.

Reading the two files takes as long as drawing a page. So each document gets a light copy of what
was read, with its own list of used letters. Not for: drawing (`paper`).
"""

from __future__ import annotations

import copy
import unicodedata
from functools import cache
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import Any, Final, cast

from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.fonts import SubsetMap, TTFFont

FAMILY: Final = "Source Sans Pro"
_FILES: Final = Path(str(files("font_source_sans_pro"))) / "files"
_STYLES: Final = {"": "SourceSansPro-Regular.ttf", "B": "SourceSansPro-Semibold.ttf"}
"""By the style's letter in fpdf2. SIL Open Font License 1.1; Latin, Greek and Cyrillic letters."""

_NOT_ON_PAPER: Final = (
    "BASE GDEF GPOS GSUB DSIG gasp fpgm prep cvt".split()  # noqa: SIM905 - as the format names them
)
"""Tables for ligatures, kerning and screens of few pixels, which no PDF of ours uses."""


def add_typeface(document: FPDF) -> None:
    """Makes both styles known to a document, as `add_font` does, without reading them again."""
    for number, style in enumerate(_STYLES, start=1):
        font = copy.copy(_read(style))
        font.i = number
        # Writing a document takes from its font what it did not use: never from the shared one.
        font.ttfont = _opened(_file(style))
        font.subset = SubsetMap(font)
        font.missing_glyphs = []
        document.fonts[font.fontkey] = font


@cache
def _read(style: str) -> TTFFont:
    # fpdf2 hands the file straight on to fontTools, which takes an open one too.
    file = cast(Path, BytesIO(_file(style)))
    return TTFFont(FPDF(), file, f"{FAMILY.lower()}{style}", style)


@cache
def _file(style: str) -> bytes:
    """The font's file without the tables that no PDF needs."""
    font = _opened((_FILES / _STYLES[style]).read_bytes())
    for table in [t for t in font.keys() if t.strip() in _NOT_ON_PAPER]:  # noqa: SIM118 - no dict
        del font[table]
    letters = font["cmap"].tables  # the same letters in several forms: one is enough
    letters[:] = [next(t for t in letters if t.cmap == font.getBestCmap())]
    made = BytesIO()
    font.save(made)
    return made.getvalue()


def _opened(file: bytes) -> Any:
    return TTFont(BytesIO(file), recalcTimestamp=False, lazy=True)


@cache
def _known_letters() -> frozenset[int]:
    return frozenset.intersection(*(frozenset(_read(style).cmap) for style in _STYLES))


def text_width(text: str, *, bold: bool = False) -> float:
    """How wide a text is, in the size of the type."""
    widths = _read("B" if bold else "").cw
    return sum(widths[ord(letter)] for letter in text) / 1000


def printable(text: str) -> str:
    """The text as this font can print it: no control characters, "?" for letters it lacks.

    Line ends stay. Emoji and other signs that it lacks are left out.
    """
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join("".join(_printable(c) for c in line.replace("\t", " ")) for line in lines)


def unprintable(text: str) -> str:
    """The letters of a text that a PDF cannot show, each once, to tell the person."""
    letters = dict.fromkeys(unicodedata.normalize("NFC", text))
    return "".join(c for c in letters if _printable(c) == "?" and c != "?")


def _printable(character: str) -> str:
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
        return ""
    if ord(character) in _known_letters():
        return character
    return "?" if unicodedata.category(character)[0] in "LN" else ""
