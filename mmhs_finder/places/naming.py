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

from mmhs_finder.nation import Nation
from mmhs_finder.places.gazetteer import Gazetteer, Named, NameKind, plain
from mmhs_finder.places.hospital_names import HospitalNames, hospital_word, says_hospital

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

AS_A_TOWN: Final = 10_000
"""People of a town that a district of a city stands beside in a list: no source counts them."""

UNMISTAKABLE: Final = 80_000
"""People of a town outside England that is answered without a question where England has no place
of its name. Below are Paisley, Hamilton and Barry, which are names of people and of streets."""

_LONGEST_NAME: Final = 7  # words
_MOST_WORDS: Final = 24

_AROUND: Final = frozenset(
    plain(
        "a an am and area at borough by city close council county district from help hospital i im "
        "in is it live lives living maternity me my near of on or our outside "
        "please postcode the to town uk unit village we england gb great britain united kingdom"
    ).split()
)
"""Words that say nothing of which place is meant."""

_OF_A_STREET: Final = frozenset(
    plain(
        "abbey angel avenue baby bank bow bridge brook castle church close common court cross "
        "crescent dingle drive end field ford garden gardens gate green grove hall heath high hill "
        "hope house kenton lane lee lodge low manor market meadow mill moor need new north old "
        "oval park place quay rise road row school south square station street terrace the "
        "victoria view villa walk walker way well west east wood works"
    ).split()
)
"""Words that are villages too, and mostly something else: not taken for one among other words."""

_OF_AN_ADDRESS: Final = frozenset(
    plain(
        "ave avenue close court crescent drive flats gardens grove house lane lodge mews parade "
        "place rd road square st street terrace view walk way wharf yard"
    ).split()
)
"""Words after which a name is not a place's own: "Edinburgh Road", "Stirling Court"."""

_AROUND_A_NATION: Final = frozenset(
    plain("i im am we live living in is my postcode please").split()
)
"""Words that may stand before and after a name that is all that was said."""


Phrase = tuple[str, tuple[Named, ...]]
"""A name that stands in a text, and the places that have it."""


@dataclass(frozen=True)
class Searched:
    """The places that a text names, the likeliest first. is_alike: their names are only nearly what
    was typed."""

    places: tuple[Named, ...] = ()
    is_alike: bool = False


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
        self._hospitals = HospitalNames(hospitals, self._named)
        self._county_of = names.county
        self._by_length: dict[int, list[str]] = {}
        for name in self._named:
            self._by_length.setdefault(len(name), []).append(name)

    def search(self, text: str) -> Searched:
        """The places that a text may name; none where nothing is alike."""
        words = list(map(hospital_word, plain(text).split()[:_MOST_WORDS]))
        whole = " ".join(words)
        if exact := self._hospitals.called(whole):
            return Searched(_each_once([*exact, *self._exact(whole)])[:MOST_OFFERED])
        if len(whole) < SHORTEST_NAME:
            return Searched()
        hospitals = self._hospitals.said(words)
        if hospitals and says_hospital(words):
            return Searched(hospitals[:MOST_OFFERED])
        if whole in self._named:
            return Searched(_each_once(self._exact(whole))[:MOST_OFFERED])
        among = self.among(words)
        if hospitals and (not among or self._hospitals.are_well_named(hospitals, words)):
            return Searched(hospitals[:MOST_OFFERED])
        if among:
            return Searched(among)
        found = [*self._begun(whole, self._councils), *self._begun(whole, self._named)]
        ended = (name for name in self._named if name.endswith(f" {whole}"))  # Leamington Spa
        found += [place for name in ended for place in self._named[name]]
        if found:
            return Searched(_each_once(found)[:MOST_BEGUN])
        close = self._alike(whole) or [n for w in words for n in self._alike(w, MORE_ALIKE)]
        found = [place for name in close for place in self._named[name]]
        return Searched(_each_once(found)[:MOST_BEGUN], is_alike={whole, *words}.isdisjoint(close))

    def among(self, words: Sequence[str]) -> tuple[Named, ...]:
        """The places whose whole names stand among words."""
        return _ordered(self._among(words))[:MOST_OFFERED]

    def abroad(self, text: str) -> Named | None:
        """The place outside England that a text names without a doubt, and names nothing else.

        A nation by its name, a place with its nation ("Hillsborough, Northern Ireland"), or a large
        town of a name that England does not have. Any word left over, and it is asked about: "Elgin
        Avenue" is no place in Scotland.
        """
        words = plain(text).split()[:_MOST_WORDS]
        while words and words[0] in _AROUND_A_NATION:
            del words[0]
        while words and words[-1] in _AROUND_A_NATION:
            del words[-1]
        whole = " ".join(words)
        places = self._named.get(whole, ())
        for nation in filter(_is_nation, places):
            return nation
        for at in range(1, len(words)):
            for nation in filter(_is_nation, self._named.get(" ".join(words[at:]), ())):
                for place in self._named.get(" ".join(words[:at]), ()):
                    if place.nation is nation.nation:
                        return place
        known = {place.nation for place in places}
        if len(known) == 1 and places[0].people >= UNMISTAKABLE and Nation.ENGLAND not in known:
            return places[0]
        return None

    def county(self, place: Named) -> str:
        """The county of a place, or its nation where that is not England."""
        if not place.councils:
            return place.nation.value
        return self._county_of.get(place.councils[0], "")

    def is_of(self, name: str, place: Named) -> bool:
        """Whether a place is known by just this name, written as `plain` does."""
        return place in self._named.get(name, ())

    def named_in(self, text: str) -> tuple[Named, ...]:
        """The places whose whole names stand among the words of a text, without a slip. Not those
        of streets: "Hamilton Road SE27" is in London."""
        words = plain(text).split()[:_MOST_WORDS]
        phrases = _not_of_streets(list(self._phrases(words)), words)
        return tuple(place for _, places in phrases for place in places)

    # --- ways to look ---------------------------------------------------------------------------

    def _exact(self, whole: str) -> list[Named]:
        """Places of just this name, and councils whose names go on: "Newcastle upon Tyne". Villages
        and what lies outside England come after those."""
        exact = sorted(self._named.get(whole, ()), key=_likeliest)
        known = [p for p in exact if p.councils and (_is_council(p) or _people(p) >= AS_A_TOWN)]
        nations = [p for p in exact if _is_wide(p)]
        return [*nations, *known, *self._begun(f"{whole} ", self._councils), *exact]

    def _begun(self, start: str, names: Iterable[str]) -> list[Named]:
        """Places whose names begin so and go on, those with most people first."""
        begun = (name for name in names if name.startswith(start) and name != start)
        found = [place for name in begun for place in self._named[name]]
        return sorted(dict.fromkeys(found), key=_likeliest)[:MOST_BEGUN]

    def _alike(self, word: str, cutoff: float = ALIKE) -> list[str]:
        """Names that are spelled almost like a text, the most alike first.

        Those of nearly its length that begin with its letter: few of thousands are compared, and
        Wandsworth is not offered for a place of another name.
        """
        if len(word) <= SHORTEST_NAME or word in _AROUND or word in _OF_A_STREET:
            return []
        near = [
            name
            for length in range(len(word) - 2, len(word) + 3)
            for name in self._by_length.get(length, ())
            if name[0] == word[0]
        ]
        return get_close_matches(word, near, n=MOST_BEGUN, cutoff=cutoff)

    def _phrases(self, words: Sequence[str]) -> Iterator[Phrase]:
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
        """Places among words. A county, nation or city beside a name says which one is meant."""
        phrases = list(self._phrases(words))
        used = {word for phrase, _ in phrases for word in phrase.split()}
        left = [w for w in words if w not in used | _AROUND and not w[:1].isdigit()]
        wide = [p for _, places in phrases for p in places if _is_wide(p)]
        if wide:
            phrases = [self._with_longer(*each) for each in phrases]
        elif len(phrases) > 1:
            phrases = _not_of_streets(phrases, words) or phrases
        towns = [
            place
            for _, places in phrases
            for place in places
            if not _is_wide(place) and (not left or _people(place) >= LARGE or _is_council(place))
        ]
        if wide and left and not towns:
            near = (name for word in [" ".join(left), *left] for name in self._alike(word))
            towns = [p for name in near for p in self._named[name] if not _is_wide(p)]
            return [p for p in towns if _lies_in(p, wide)] or wide
        if wide and towns:
            # "Croydon, Surrey": people still write the county that a town was in
            return [p for p in towns if _lies_in(p, wide)] or [*towns, *wide]
        return _of_both(phrases, towns) or wide

    def _with_longer(self, phrase: str, places: tuple[Named, ...]) -> Phrase:
        """A name's places, and councils whose names go on: "Newcastle" in Staffordshire."""
        if any(map(_is_wide, places)):
            return phrase, places
        return phrase, (*places, *self._begun(f"{phrase} ", self._councils))


def _not_of_streets(phrases: Sequence[Phrase], words: Sequence[str]) -> list[Phrase]:
    """Those that no "road" or the like follows: Reading of "Edinburgh Road, Reading"."""
    text = f" {' '.join(words)} "
    return [
        (phrase, places)
        for phrase, places in phrases
        if not any(f" {phrase} {kind} " in text for kind in _OF_AN_ADDRESS)
    ]


def _of_both(phrases: Sequence[Phrase], towns: list[Named]) -> list[Named]:
    """Of places of several names those that lie in one council with one of another name, if there
    are any: the Handsworth of "Handsworth, Sheffield"."""
    councils = [{code for p in places for code in p.councils} for _, places in phrases]
    shared = {
        code
        for at, some in enumerate(councils)
        for other in councils[at + 1 :]
        for code in some & other
    }
    return [p for p in towns if shared & set(p.councils)] or towns


def _is_wide(place: Named) -> bool:
    return place.kind in (NameKind.COUNTY, NameKind.NATION)


def _is_nation(place: Named) -> bool:
    return place.kind is NameKind.NATION


def _people(place: Named) -> int:
    return AS_A_TOWN if place.kind is NameKind.DISTRICT else place.people


def _is_council(place: Named) -> bool:
    return place.kind is NameKind.COUNCIL


def _lies_in(place: Named, wide: Iterable[Named]) -> bool:
    return any(
        bool(set(place.councils) & set(each.councils))
        or (each.kind is NameKind.NATION and place.nation is each.nation)
        for each in wide
    )


def _likeliest(place: Named) -> tuple[bool, bool, bool, int]:
    """Councils first, then what is in England, then by people."""
    is_abroad = place.nation is not Nation.ENGLAND
    return not _is_council(place), not _is_nation(place), is_abroad, -_people(place)


def _ordered(places: Iterable[Named]) -> tuple[Named, ...]:
    """The likeliest first, each council once."""
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
