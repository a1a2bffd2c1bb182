"""Where the lines of a PDF's paragraphs end: nothing lost, nothing too wide, words kept apart."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.render.documents.lines import PLAIN, Piece, lines


def wide(_run: int, text: str) -> float:
    return float(len(text))


def broken(*texts: str, width: float = 10, links: set[int] = frozenset()) -> list[str]:
    found = lines(texts, [n in links for n in range(len(texts))], width, wide)
    return ["".join(piece.text for piece in line) for line in found]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ((), []),
        (("", " "), []),
        (("one two three",), ["one two ", "three"]),
        (("one  two",), ["one two"]),
        (("call ", "0808", ", free"), ["call 0808, ", "free"]),
        (("it ends ", "here", "."), ["it ends ", "here."]),
        (("at nhs.uk/a-b/c-d-e",), ["at nhs.uk/", "a-b/c-d-e"]),
        (("abcdefghijklmno",), ["abcdefghij", "klmno"]),
        (("the phone\u00a0no",), ["the ", "phone\u00a0no"]),
    ],
)
def test_lines_end_between_words(texts: tuple[str, ...], expected: list[str]) -> None:
    assert broken(*texts) == expected


def test_no_space_beside_a_link_is_part_of_it() -> None:
    (line,) = lines(["see ", "a page", " now"], [False, True, False], 40, wide)
    assert line == [Piece(0, "see "), Piece(1, "a page"), Piece(PLAIN, " "), Piece(2, "now")]


@given(
    st.lists(st.text("ab/-. ", max_size=40), max_size=5), st.sets(st.integers(0, 4)), st.integers(3)
)
def test_nothing_is_lost_and_nothing_is_too_wide(
    texts: list[str], links: set[int], width: int
) -> None:
    found = broken(*texts, width=width, links=links)
    assert re.sub(" +", " ", "".join(texts)).strip() == "".join(found).strip()
    for line in found:
        assert line
        assert len(line.rstrip()) <= width
    for line in found[:-1]:
        assert line == line.lstrip()
