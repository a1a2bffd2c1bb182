"""Makes the fonts that pages load: what is used of two fonts that come with Streamlit.

    python -m tests.make_fonts

Run it when `tests/shell/test_fonts.py` names an icon or a letter that is missing, or after an
upgrade of Streamlit. It writes `text.woff2` and `icons.woff2` beside their style sheet.
Their licences are in NOTICE. Not for: the fonts of documents (`render.documents`).
"""

from __future__ import annotations

import re
from collections.abc import Set
from pathlib import Path
from typing import Final

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from mmhs_finder.channels import privates
from mmhs_finder.render.static import FILES

ROOT: Final = Path(__file__).parents[1]
FOLDER: Final = FILES / "fonts"
WEIGHTS: Final = (400, 700)

LETTERS: Final = frozenset(
    chr(code)
    for first, last in (
        (0x20, 0x7E),
        (0xA0, 0xFF),
        (0x100, 0x17F),  # Welsh has ŵ and ŷ; names of people and places have others
        (0x1E80, 0x1E85),  # Ẁ ẁ Ẃ ẃ Ẅ ẅ
        (0x1EF2, 0x1EF3),  # Ỳ ỳ
        (0x2010, 0x2015),
        (0x2018, 0x201E),
    )
    for code in range(first, last + 1)
) | frozenset("•…‰′″‹›€™−≈≤≥×÷←↑→↓✓✕✗ﬁﬂ№⁄\u2009\u202f")
"""What pages may show. A letter that the font has and this has not is drawn in another font."""


def source(name: str) -> Path:
    """A font of Streamlit, by the beginning of its name. Raises ValueError unless there is one."""
    (found,) = (privates.static_files() / "media").glob(f"{name}*.woff2")
    return found


TEXT: Final = "SourceSansVF-Upright"
ICONS: Final = "MaterialSymbols-Rounded"
_ICON: Final = re.compile(r":material/([a-z0-9_]+)")


def icons_of_ours() -> frozenset[str]:
    """The icons that our pages name."""
    files = [*(ROOT / "mmhs_finder").rglob("*.py"), *(ROOT / "pages").glob("*.py")]
    return frozenset(n for file in files for n in _ICON.findall(file.read_text(encoding="utf-8")))


def icons_of_streamlit() -> frozenset[str]:
    """The icons that Streamlit's own scripts name."""
    files = (privates.static_files() / "js").glob("*.js")
    return frozenset(n for file in files for n in _ICON.findall(file.read_text(encoding="utf-8")))


def letters(path: Path) -> frozenset[str]:
    """What a font can draw."""
    return frozenset(chr(code) for code in TTFont(path).getBestCmap())


def not_drawn(used: Set[str]) -> Set[str]:
    """Those of some letters that the whole font has, and ours has not."""
    return (used & letters(source(TEXT))) - letters(FOLDER / "text.woff2")


def ligatures(font: TTFont) -> dict[str, str]:
    """The glyph of each icon, by the word that is written for it."""
    letters = {glyph: chr(code) for code, glyph in font.getBestCmap().items() if code < 0x80}
    found = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            for first, rest in getattr(table, "ligatures", {}).items():
                for one in rest:
                    word = "".join(letters.get(g, "\0") for g in (first, *one.Component))
                    found[word] = one.LigGlyph
    return found


def _options() -> subset.Options:
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.desubroutinize = True
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    options.notdef_outline = True
    return options


def _renamed(font: TTFont, name: str) -> None:
    """A changed font may not bear a reserved name."""
    for record in list(font["name"].names):
        if record.nameID in (1, 3, 4, 6):
            font["name"].setName(
                name, record.nameID, record.platformID, record.platEncID, record.langID
            )


def make_text() -> None:
    font = TTFont(source(TEXT))
    options = _options()
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "liga"]
    cut = subset.Subsetter(options)
    cut.populate(unicodes=[ord(letter) for letter in LETTERS])
    cut.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": WEIGHTS})
    _renamed(font, "MMHSFinderText")
    font.flavor = "woff2"
    font.save(FOLDER / "text.woff2")


def make_icons() -> None:
    font = TTFont(source(ICONS))
    glyphs = ligatures(font)
    wanted = sorted((icons_of_ours() | icons_of_streamlit()) & glyphs.keys())
    options = _options()
    options.layout_closure = False  # every icon is written with the letters of the others
    options.layout_features = ["*"]
    options.glyph_names = False
    cut = subset.Subsetter(options)
    letters = {ord(letter) for word in wanted for letter in word}
    cut.populate(unicodes=letters, glyphs=[glyphs[word] for word in wanted])
    cut.subset(font)
    font.flavor = "woff2"
    font.save(FOLDER / "icons.woff2")


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for make in (make_text, make_icons):
        make()
    for file in FOLDER.glob("*.woff2"):
        print(f"{file.name}: {file.stat().st_size:,} bytes")
