"""The fonts that pages load have every letter and icon that pages show. Red: `make_fonts.py`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

from mmhs_finder.render.static import FILES
from tests.make_fonts import (
    FOLDER,
    ICONS,
    ROOT,
    WEIGHTS,
    icons_of_ours,
    icons_of_streamlit,
    letters,
    ligatures,
    not_drawn,
    source,
)

MOST_BYTES = 45_000  # of both: Streamlit's whole files have 545,000


@cache
def font(path: Path) -> TTFont:
    return TTFont(path)


def test_every_icon_that_our_pages_or_streamlits_scripts_name_is_in_the_font() -> None:
    ours, own = icons_of_ours(), icons_of_streamlit()
    assert {"arrow_forward"} <= ours
    assert {"expand_more", "close", "check", "arrow_upward"} <= own
    whole = ligatures(font(source(ICONS)))
    assert ours <= whole.keys(), "there is no such icon"
    assert ((ours | own) & whole.keys()) - ligatures(font(FOLDER / "icons.woff2")).keys() == set()


def test_an_icon_has_the_drawing_that_it_has_in_the_whole_font() -> None:
    small, whole = font(FOLDER / "icons.woff2"), font(source(ICONS))
    for word in icons_of_ours():
        one = small["glyf"][ligatures(small)[word]]
        other = whole["glyf"][ligatures(whole)[word]]
        assert one.numberOfContours == other.numberOfContours
        assert (one.xMin, one.yMin, one.xMax, one.yMax) == (
            other.xMin,
            other.yMin,
            other.xMax,
            other.yMax,
        )


def test_no_letter_of_our_words_is_drawn_in_another_font() -> None:
    """Those of the directory: `tests/data/test_letters.py`."""
    files = [p for p in (ROOT / "mmhs_finder" / "words").rglob("*") if p.suffix in (".toml", ".md")]
    used = {letter for p in files for letter in p.read_text(encoding="utf-8")}
    assert {"a", "©", "“"} <= used
    assert not_drawn(used) == set()


def test_names_in_welsh_can_be_written() -> None:
    assert set("ŵŷŴŶâêîôûẃẁẅỳ") <= letters(FOLDER / "text.woff2")


def test_the_weights_in_between_are_there() -> None:
    (axis,) = font(FOLDER / "text.woff2")["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", *WEIGHTS)


def test_they_are_light_and_bear_no_reserved_name() -> None:
    assert sum(p.stat().st_size for p in FOLDER.glob("*.woff2")) <= MOST_BYTES
    names = {n.nameID: n.toUnicode() for n in font(FOLDER / "text.woff2")["name"].names}
    assert not any("Source" in names[key] for key in (1, 3, 4, 6) if key in names)
    assert "SIL Open Font License" in names[13]


def test_the_style_sheet_declares_both() -> None:
    css = (FILES / "fonts" / "fonts.css").read_text(encoding="utf-8")
    for name in ("text", "icons"):
        assert f"url(fonts/{name}.woff2)" in css
