"""The font of the pages has the letters of the directory. Red: `tests/make_fonts.py`."""

from __future__ import annotations

from mmhs_finder.directory import DATA
from tests.make_fonts import not_drawn


def test_no_letter_of_the_directory_is_drawn_in_another_font() -> None:
    files = list(DATA.glob("*.csv"))
    assert files
    used = {letter for path in files for letter in path.read_text(encoding="utf-8-sig")}
    assert not_drawn(used) == set()
