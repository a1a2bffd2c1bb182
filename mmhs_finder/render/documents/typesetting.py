"""A view through a template of this folder, as a PDF that keeps to PDF/UA-1, or as a picture.

Source is never made from data: a template is a file of ours, and a view reaches it as JSON that it
reads and draws as text. The compiler sees this folder only, the fonts of the package
`font-source-sans-pro` only, and no packages. Nothing is stored or logged.
Not for: what a document says (`views.papers`), or how it looks (the templates).
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime, timezone
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import typst
from fontTools.ttLib import TTFont

from mmhs_finder.noted import at_work, timed
from mmhs_finder.views.ways import pressable

TEMPLATES: Final = Path(__file__).parent
_FONTS: Final = Path(str(files("font_source_sans_pro"))) / "files"
_USED: Final = ("SourceSansPro-Regular.ttf", "SourceSansPro-Semibold.ttf")
"""Those whose letters are asked for. SIL Open Font License 1.1; Latin, Greek and Cyrillic."""

_ADDRESSES: Final = frozenset({"link", "url"})
"""Fields of a view that hold an address to press: kept as they are, or left out."""

_PIXELS_AN_INCH: Final = 96.0
"""So that a pixel of an SVG, which is 1/96 inch, is one of the picture."""


def pdf(
    template: str, view: object, made_at: datetime, drawings: Mapping[str, str] | None = None
) -> bytes:
    """A view as a PDF. The same view and time give the same bytes.

    template: the name of a file of this folder. view: a dataclass, see `as_data`. made_at: kept as
    the file's date. drawings: SVG that is ours, by the name under which the template
    asks for it. Raises `typst.TypstError` where the template breaks a rule of PDF/UA-1.
    """
    # A compiler serves one thread at a time. A new one costs little: the fonts and what was read
    # of the templates are shared by the process.
    given = {**(drawings or {}), "view": json.dumps(as_data(view))}
    with at_work("document"), timed("document", kind=Path(template).stem):
        made = _compiler(template, given).compile(
            format="pdf", pdf_standards=["ua-1"], timestamp=_fixed(made_at)
        )
    assert isinstance(made, bytes)
    return made


def png(template: str, given: Mapping[str, str]) -> bytes:
    """A template of one page as a picture, 96 pixels an inch. given: the texts that it reads."""
    with at_work("document"), timed("document", kind=Path(template).stem):
        made = _compiler(template, given).compile(format="png", ppi=_PIXELS_AN_INCH)
    assert isinstance(made, bytes), "a picture is one page"
    return made


def as_data(value: object) -> Any:
    """A view as what JSON can hold: dataclasses as objects, texts as the fonts can print them."""
    if is_dataclass(value) and not isinstance(value, type):
        return {
            field.name: pressable(given) if field.name in _ADDRESSES else as_data(given)
            for field in fields(value)
            for given in (getattr(value, field.name),)
        }
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, (tuple, list)):
        return [as_data(one) for one in value]
    if isinstance(value, datetime):
        return value.isoformat()
    if value is None or isinstance(value, (bool, int, float)):
        return value
    raise TypeError(f"a view holds no {type(value).__name__}")


def printable(text: str) -> str:
    """The text as the fonts can print it: no control characters, "?" for letters they lack.

    Line ends stay. Emoji and other signs that they lack are left out.
    """
    text = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    return text.translate(_letters())


class _Letters(dict[int, str]):
    """What is printed for each character, worked out when it is first met."""

    def __init__(self, known: frozenset[int]) -> None:
        super().__init__({ord("\n"): "\n", ord("\t"): " "})
        self._known = known

    def __missing__(self, number: int) -> str:
        character = chr(number)
        category = unicodedata.category(character)
        if category in ("Cc", "Cf", "Cs", "Co", "Zl", "Zp"):
            shown = ""
        elif number in self._known:
            shown = character
        else:
            shown = "?" if category[0] in "LN" else ""
        self[number] = shown
        return shown


@cache
def _letters() -> _Letters:
    return _Letters(
        frozenset.intersection(*(frozenset(TTFont(_FONTS / name).getBestCmap()) for name in _USED))
    )


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FONTS)]
    )


def _compiler(template: str, given: Mapping[str, str]) -> typst.Compiler:
    return typst.Compiler(
        str(TEMPLATES / template),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        ignore_system_fonts=True,
        sys_inputs=dict(given),
    )


def _fixed(moment: datetime) -> datetime:
    """The same second with an offset in place of a time zone, as the compiler wants it."""
    offset = moment.utcoffset()
    assert offset is not None, "a document's time has a time zone"
    return moment.replace(microsecond=0, tzinfo=timezone(offset))
