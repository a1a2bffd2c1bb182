"""Births of areas, and of several at once: sums of councils, each council once."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mmhs_finder.directory import Directory
from mmhs_finder.planning.births import Births, births_by_area, together
from mmhs_finder.planning.workforce import workforce

A, B, C, D = ("a", 100), ("b", 20), ("c", 3), ("d", 0)


def area(name: str, kind: str, *known: tuple[str, int]) -> Births:
    return Births(name, name, kind, known)


COUNCIL_A, COUNCIL_B, COUNCIL_D = (area(c[0], "council", c) for c in (A, B, D))
ICB_AB, ICB_BC = area("AB", "icb", A, B), area("BC", "icb", B, C)
REGION = area("R", "region", A, B, C, D)

# What is chosen; each area with the births that count, and where the others are.
TOGETHER = {
    "nothing": ((), ()),
    "one": ((COUNCIL_A,), (("a", 100, ()),)),
    "two apart": ((COUNCIL_A, COUNCIL_B), (("a", 100, ()), ("b", 20, ()))),
    "one twice": ((COUNCIL_A, COUNCIL_A), (("a", 100, ()),)),
    "a council inside an ICB": ((COUNCIL_A, ICB_AB), (("AB", 120, ()), ("a", 0, ("AB",)))),
    "a council without births inside": (
        (COUNCIL_D, REGION),
        (("R", 123, ()), ("d", 0, ("R",))),
    ),
    "two ICBs that share a council": (
        (ICB_AB, ICB_BC),
        (("AB", 120, ()), ("BC", 3, ("AB",))),
    ),
    "all of it": (
        (COUNCIL_B, ICB_BC, REGION),
        (("R", 123, ()), ("BC", 0, ("R",)), ("b", 0, ("R",))),
    ),
}


@pytest.mark.parametrize(("chosen", "expected"), TOGETHER.values(), ids=TOGETHER)
def test_a_council_counts_once_for_the_largest_area_that_holds_it(chosen, expected):
    assert tuple((p.area.code, p.counted, p.inside) for p in together(chosen)) == expected


@pytest.mark.parametrize("order", [*permutations((COUNCIL_A, ICB_AB, ICB_BC, REGION))])
def test_the_sum_is_the_same_in_whatever_order_areas_were_chosen(order):
    assert sum(part.counted for part in together(order)) == 123


@pytest.fixture(scope="module")
def every(directory: Directory) -> tuple[Births, ...]:
    return births_by_area(directory)


def test_births_of_icbs_and_regions_are_sums_of_councils(every, directory):
    known = sum(c.births_year_to_mid_2020 or 0 for c in directory.councils())
    for kind in ("region", "icb", "council"):
        assert sum(a.births for a in every if a.kind == kind) == known
    assert len({a.code for a in every}) == len(every)
    councils = {c.code for c in directory.councils()}
    assert all({code for code, _ in a.known} <= councils for a in every)


def test_a_council_without_a_figure_is_named_and_not_offered_by_itself(every, directory):
    silent = {c.name for c in directory.councils() if c.births_year_to_mid_2020 is None}
    assert {name for a in every if a.kind == "region" for name in a.missing} == silent
    assert not silent & {a.name for a in every if a.kind == "council"}


@given(st.data())
def test_any_areas_of_england_count_each_council_once(every, data):
    chosen = data.draw(st.lists(st.sampled_from(every), max_size=12))
    parts = together(chosen)
    held = {code: births for a in chosen for code, births in a.known}
    whole = sum(part.counted for part in parts)
    assert whole == sum(held.values())
    assert all(0 <= part.counted <= part.area.births for part in parts)
    assert all(part.inside or part.counted == part.area.births for part in parts)
    # The model is in proportion: what the parts need adds up to what all need together.
    needed = sum(workforce(part.counted).wte for part in parts)
    assert needed == pytest.approx(workforce(whole).wte, abs=1e-9)
