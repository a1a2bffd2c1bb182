"""Hospitals by what people call them: "John Radcliffe", "st marys hosptal", "RVI".

Not for: names of places (`naming`), or in which council a hospital stands (`names_of`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Final

from mmhs_finder.places.gazetteer import Named, plain

_SAYS_HOSPITAL: Final = frozenset({"hospital", "infirmary", "maternity", "ward", "clinic"})

_OF_ANY: Final = frozenset({"royal", "general", "university", "district", "county"})
"""Words of many hospitals' names, which tell none from another."""

_UNSAID: Final = (_SAYS_HOSPITAL | _OF_ANY) - {"royal"}
"""Words that people leave out at a name's end: "Royal Stoke"."""

_AROUND: Final = frozenset(
    plain("a at in i im am is my near of on the was born gave birth").split()
)

_SAINT: Final = "st "
"""How a shortened name begins that is offered beside places of that name: "St George's" is said of
the hospital. "North Devon" is said of the council, and not of its hospital."""

_NEARLY: Final = 0.85
"""How like a hospital's name a text must be, as `difflib` counts."""

_MOST_OFFERED: Final = 5

_LONDON: Final = "E09"
"""How the codes of London's councils begin."""


class HospitalNames:
    """Hospitals by name, without a list to go through for a text that names none."""

    def __init__(self, hospitals: Iterable[Named], places: Collection[str]) -> None:
        """places: names of places, which shortened names of hospitals are not to be."""
        self._hospitals = tuple(hospitals)
        self._called: dict[str, list[Named]] = {}
        for hospital in self._hospitals:
            for name in _names(hospital):
                if name == plain(hospital.name) or name not in places or name.startswith(_SAINT):
                    self._called.setdefault(name, []).append(hospital)
        self._words = {hospital: _words(hospital) for hospital in self._hospitals}

    def called(self, whole: str) -> tuple[Named, ...]:
        """Hospitals of just this name, whole or as people shorten it."""
        return tuple(dict.fromkeys(self._called.get(whole, ())))

    def said(self, words: Sequence[str]) -> tuple[Named, ...]:
        """Hospitals whose name and town have every word of a text that says anything."""
        said = set(words) - _AROUND - _SAYS_HOSPITAL
        if not said:
            return ()
        found = [
            hospital
            for hospital, (own, all_of_it) in self._words.items()
            if said <= all_of_it and said & own
        ]
        if found or not says_hospital(words):
            return tuple(found)
        by_name: Mapping[str, Named] = {plain(each.name): each for each in self._hospitals}
        close = get_close_matches(" ".join(words), by_name, n=_MOST_OFFERED, cutoff=_NEARLY)
        return tuple(h for h in self._hospitals if plain(h.name) in close)

    def are_well_named(self, hospitals: Iterable[Named], words: Sequence[str]) -> bool:
        """Whether a text has more than a word of each, and so means no town: "john radcliffe"."""
        return all(len(self._words[h][0] & set(words)) > 1 for h in hospitals)


def hospital_word(word: str) -> str:
    """ "hospital" where it is nearly that: else the word as it is."""
    return next(iter(get_close_matches(word, _SAYS_HOSPITAL, n=1, cutoff=_NEARLY)), word)


def says_hospital(words: Sequence[str]) -> bool:
    """Whether a text says that it is about a hospital."""
    return not _SAYS_HOSPITAL.isdisjoint(words)


def _names(hospital: Named) -> list[str]:
    """What a hospital is called: its name, its other names, and its name without its last words."""
    name = plain(hospital.name)
    found = [name, *map(plain, hospital.other_names)]
    words = name.split()
    while len(words) > 1 and words[-1] in _UNSAID:
        del words[-1]
        if words != ["royal"]:
            found.append(" ".join(words))
    return found


def _words(hospital: Named) -> tuple[frozenset[str], frozenset[str]]:
    """(words of its name alone that tell it from others, all words of its name and town)."""
    name, town = set(plain(hospital.name).split()), set(plain(hospital.town).split())
    if any(code.startswith(_LONDON) for code in hospital.councils):
        town.add("london")
    return frozenset(name - town - _OF_ANY), frozenset(name | town)
