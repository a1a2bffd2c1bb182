"""A service by its name, and found by what is typed: `views.names`."""

from __future__ import annotations

import pytest

from mmhs_finder.views.names import distinction, label, plain, search
from mmhs_finder.words import say
from tests.made_up.records import service
from tests.made_up.world import directory


def test_a_service_is_called_by_all_its_names_who_runs_it_and_where():
    a = service(name="Lotus North", alt_names=("lotus", "The Team"), area_text=("York", "Hull"))
    assert label(a) == "Lotus North (The Team) · Made Up Trust · York and Hull"
    bare = service(provider="")
    unknown = f"{say('sheet.provider_unknown')} · {say('sheet.area_unknown')}"
    assert (distinction(bare), label(bare)) == (unknown, f"Made Up Service · {unknown}")
    assert label(service(alt_names=("X", "Y"))).startswith("Made Up Service (X; Y) · ")


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Ärzte  & Co.", "arzte co"),
        ("Women’s", "womens"),
        ("Women's", "womens"),
        ("A-B_c", "a b_c"),
        ("", ""),
    ],
)
def test_names_are_compared_by_their_letters_only(text, read):
    assert plain(text) == read


NAMED = directory(
    [
        service(id="lotus peer", name="Lotus", kind="peer_support", provider="Z"),
        service(id="lotus", name="Lotus", provider="Alpha Trust", area_text=("York",)),
        service(id="thrive", name="Thrive Kent", alt_names=("Blossom",), provider="Lotus Trust"),
        service(id="area", name="Other", provider="B", area_text=("Lotus Valley",)),
        service(id="deep", name="Deep Lotus", provider="C"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("lotus", ["lotus", "lotus peer", "deep", "thrive", "area"]),
        ("LOT", ["deep", "lotus", "lotus peer", "thrive", "area"]),
        ("lotus york", ["lotus"]),
        ("york lotus", ["lotus"]),
        ("blossom", ["thrive"]),
        ("thrive kent", ["thrive"]),
        ("alpha", ["lotus"]),
        ("Thirve", ["thrive"]),
        ("blosom", ["thrive"]),
        ("lotus zzz", []),
        ("otus x", []),
    ],
)
def test_a_service_is_found_by_what_is_typed_the_best_first(typed, found):
    assert [s.id for s in search(NAMED, typed)] == found


def test_nothing_typed_is_every_service_by_its_label():
    labels = [label(s).casefold() for s in search(NAMED, "  ")]
    assert labels == sorted(labels) and len(labels) == 5
