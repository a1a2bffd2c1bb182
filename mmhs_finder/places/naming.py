"""What somebody may mean who typed a name and no postcode: "margate kent", "Newport", "Sheffeild".

    names = PlaceNames(directory, towns, hospitals)
    names.search("margate kent")            # Margate in Kent, and in which council that is

Looks names up; no list of postcodes is gone through. Not for: the words of an offer
(`views.suggestions`), or reading postcodes (`postcodes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from mmhs_finder.places.gazetteer import Gazetteer, Named, NameKind, plain

SHORTEST_NAME: Final = 3
"""Letters below which a text is no name: "Ely" and "Eye" are the shortest towns of England."""

ALIKE: Final = 0.8
"""How like a name a text must be to be taken for it, as `difflib` counts, 0 to 1: two slips in ten
letters."""

MORE_ALIKE: Final = 0.88
"""How like a name a single word of several must be."""

MOST_BEGUN: Final = 5
"""How many places are offered to somebody who has typed the beginning of a name, or nearly one."""

MOST_OFFERED: Final = 8
"""How many places of one name, or of one text, are offered."""

LARGE: Final = 2_000
"""People of a place that is looked for among other words: a smaller one may be a word."""

_LONGEST_NAME: Final = 7  # words
_MOST_WORDS: Final = 24

_AROUND: Final = frozenset(
    plain(
        "a an am and area at borough by city close council county district from help hospital i im "
        "in is it live lives living maternity me middlesex middx my near of on or our outside "
        "please postcode the to town uk unit village we england gb great britain united kingdom"
    ).split()
)
"""Words that say nothing of which place is meant."""

_OF_A_STREET: Final = frozenset(
    plain(
        "abbey avenue baby bank bridge brook castle church close common court cross crescent drive "
        "end field ford garden gardens gate green grove hall heath high hill hope house lane lodge "
        "low manor market meadow mill moor need new north old park place quay rise road row school "
        "south square station street terrace the view villa walk way well west east wood works"
    ).split()
)
"""Words that are villages too, and mostly something else: not taken for one among other words."""

_OF_A_HOSPITAL: Final = frozenset({"hospital", "infirmary", "maternity", "ward", "clinic"})


@dataclass(frozen=True)
class Searched:
    """The places that a text names, the likeliest first. is_sure: by a whole name, and no slip."""

    places: tuple[Named, ...] = ()
    is_sure: bool = False


class PlaceNames:
    """Names of one directory's councils and towns, and those of the gazetteer. Never changes."""

    def __init__(
        self, own: Iterable[tuple[str, Named]], hospitals: Iterable[Named], names: Gazetteer
    ) -> None:
        """own: names of councils, and of whatever else goes before the gazetteer's."""
        found: dict[str, list[Named]] = {}
        for name, place in own:
            found.setdefault(plain(name), []).append(place)
        self._councils = tuple(found)
        for name, places in names.named.items():
            found.setdefault(name, []).extend(places)
        self._named = {name: tuple(places) for name, places in found.items()}
        self._hospitals = tuple(hospitals)
        self._county_of = names.county
        self._by_length: dict[int, list[str]] = {}
        for name in self._named:
            self._by_length.setdefault(len(name), []).append(name)

    def search(self, text: str) -> Searched:
        """The places that a text may name; none where nothing is alike."""
        words = [_hospital_word(word) for word in plain(text).split()[:_MOST_WORDS]]
        whole = " ".join(words)
        if len(whole) < SHORTEST_NAME:
            return Searched()
        hospitals = self._hospital(words)
        if hospitals and not _OF_A_HOSPITAL.isdisjoint(words):
            return Searched(hospitals[:MOST_OFFERED], is_sure=True)
        if whole in self._named:
            begun = self._begun(whole, self._councils)
            return Searched(_ordered([*begun, *self._named[whole]]), is_sure=not begun)
        if among := self._among(words):
            return Searched(_ordered(among)[:MOST_OFFERED], is_sure=True)
        if hospitals:
            return Searched(hospitals[:MOST_OFFERED])
        found = [*self._begun(whole, self._councils), *self._begun(whole, self._named)]
        ended = (name for name in self._named if name.endswith(f" {whole}"))  # Leamington Spa
        for name in (*ended, *self._alike(whole)):
            found += self._named[name]
        if not found:
            close = (name for word in words for name in self._alike(word, MORE_ALIKE))
            found = [place for name in close for place in self._named[name]]
        return Searched(_each_once(found)[:MOST_BEGUN])

    def county(self, place: Named) -> str:
        """The county of a place, or its nation where that is not England."""
        if not place.councils:
            return place.nation.value
        return self._county_of.get(place.councils[0], "")

    def is_of(self, name: str, place: Named) -> bool:
        """Whether a place is known by just this name, written as `plain` does."""
        return place in self._named.get(name, ())

    def named_in(self, text: str) -> tuple[Named, ...]:
        """The places whose whole names stand among the words of a text, without a slip."""
        words = plain(text).split()[:_MOST_WORDS]
        return tuple(place for _, places in self._phrases(words) for place in places)

    # --- ways to look ---------------------------------------------------------------------------

    def _begun(self, start: str, names: Iterable[str]) -> list[Named]:
        """Places whose names begin so and go on, those with most people first."""
        begun = (name for name in names if name.startswith(start) and name != start)
        found = [place for name in begun for place in self._named[name]]
        return sorted(dict.fromkeys(found), key=_likeliest)[:MOST_BEGUN]

    def _alike(self, word: str, cutoff: float = ALIKE) -> list[str]:
        """Names that are spelled almost like a text, the most alike first.

        Those of nearly its length that begin or end like it: few of thousands are compared.
        """
        if len(word) <= SHORTEST_NAME or word in _AROUND or word in _OF_A_STREET:
            return []
        near = [
            name
            for length in range(len(word) - 2, len(word) + 3)
            for name in self._by_length.get(length, ())
            if name[0] == word[0] or name[-3:] == word[-3:]
        ]
        return get_close_matches(word, near, n=MOST_BEGUN, cutoff=cutoff)

    def _phrases(self, words: Sequence[str]) -> Iterator[tuple[str, tuple[Named, ...]]]:
        """The longest names that stand in a text, from left to right, and what they are of."""
        at = 0
        while at < len(words):
            for end in range(min(len(words), at + _LONGEST_NAME), at, -1):
                phrase = " ".join(words[at:end])
                if phrase in self._named and self._stands_alone(phrase, words):
                    yield phrase, self._named[phrase]
                    at = end - 1
                    break
            at += 1

    def _stands_alone(self, phrase: str, words: Sequence[str]) -> bool:
        """Whether a name that is a common word, too, is likely to be meant as a name."""
        if phrase in _AROUND or len(phrase) < SHORTEST_NAME:
            return phrase == "ni"
        return phrase not in _OF_A_STREET or len(words) == 1

    def _among(self, words: Sequence[str]) -> list[Named]:
        """Places among words. A county or nation beside a town says which one is meant."""
        phrases = list(self._phrases(words))
        used = {word for phrase, _ in phrases for word in phrase.split()}
        left = [w for w in words if w not in used | _AROUND and not w[:1].isdigit()]
        wide = [p for _, places in phrases for p in places if _is_wide(p)]
        towns = [
            place
            for _, places in phrases
            for place in places
            if not _is_wide(place) and (not left or place.people >= LARGE or _is_council(place))
        ]
        if wide and left and not towns:
            near = (name for word in [" ".join(left), *left] for name in self._alike(word))
            towns = [p for name in near for p in self._named[name] if not _is_wide(p)]
            return [p for p in towns if _lies_in(p, wide)] or wide
        if wide and towns:
            # "Croydon, Surrey": people still write the county that a town was in
            return [p for p in towns if _lies_in(p, wide)] or [*towns, *wide]
        return towns or wide

    def _hospital(self, words: Sequence[str]) -> tuple[Named, ...]:
        """Hospitals whose name and town have every word of a text that says anything."""
        said = {w for w in words if w not in _AROUND} - _OF_A_HOSPITAL
        if not said:
            return ()
        found = []
        for hospital in self._hospitals:
            name = set(plain(hospital.name).split())
            own = name - set(plain(hospital.town).split())
            has_all = said <= name | set(plain(hospital.town).split())
            if has_all and said & own - {"royal", "general", "university", "district", "county"}:
                found.append(hospital)
        if found or _OF_A_HOSPITAL.isdisjoint(words):
            return tuple(found)
        names = {plain(hospital.name): hospital for hospital in self._hospitals}
        close = get_close_matches(" ".join(words), names, n=MOST_BEGUN, cutoff=0.85)
        return tuple(h for h in self._hospitals if plain(h.name) in close)


def _hospital_word(word: str) -> str:
    """ "hospital" where it is nearly that: else the word as it is."""
    return next(iter(get_close_matches(word, _OF_A_HOSPITAL, n=1, cutoff=0.85)), word)


def _is_wide(place: Named) -> bool:
    return place.kind in (NameKind.COUNTY, NameKind.NATION)


def _is_council(place: Named) -> bool:
    return place.kind is NameKind.COUNCIL


def _lies_in(place: Named, wide: Iterable[Named]) -> bool:
    return any(
        bool(set(place.councils) & set(each.councils))
        or (each.kind is NameKind.NATION and place.nation is each.nation)
        for each in wide
    )


def _likeliest(place: Named) -> tuple[bool, bool, int]:
    return not _is_council(place), place.kind is not NameKind.NATION, -place.people


def _ordered(places: Iterable[Named]) -> tuple[Named, ...]:
    """Councils first, then by people; each council once."""
    return _each_once(sorted(places, key=_likeliest))


def _each_once(places: Iterable[Named]) -> tuple[Named, ...]:
    """In their order, the first of those that lead to the same council."""
    found: list[Named] = []
    for place in places:
        if not any(_same_area(place, other) for other in found):
            found.append(place)
    return tuple(found)


def _same_area(place: Named, other: Named) -> bool:
    if place.councils or other.councils:
        return place.councils == other.councils
    return place.name == other.name and place.nation is other.nation
