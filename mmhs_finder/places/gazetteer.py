"""Names of places and what each stands for: towns and villages, counties, hospitals, nations.

Read once from `data/names/`, whose README says where they come from. They belong to the project: an
operator's `MMHS_DATA_DIR` holds services, not names.
Not for: what somebody means who typed a text (`naming`), or postcodes.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from mmhs_finder.directory import DATA
from mmhs_finder.nation import Nation

NAMES: Final = DATA / "names"
PLACES: Final = "places.csv"
COUNTIES: Final = "counties.csv"
DISTRICTS: Final = "districts.csv"
HOSPITALS: Final = "hospitals.csv"

_ONE_NAME_FOR_MANY: Final = "London"
"""A town of 33 councils: a county, here."""

_OTHER_NATIONS: Final = {
    "cymru": Nation.WALES,
    "ulster": Nation.NORTHERN_IRELAND,
    "ni": Nation.NORTHERN_IRELAND,
    "n ireland": Nation.NORTHERN_IRELAND,
    "iom": Nation.ISLE_OF_MAN,
}

_ISLANDS: Final = {
    "Alderney": Nation.GUERNSEY,
    "Sark": Nation.GUERNSEY,
    "Herm": Nation.GUERNSEY,
}
"""Islands of the Bailiwick of Guernsey that GeoNames' places do not name."""


class NameKind(StrEnum):
    """What a name is of."""

    COUNCIL = "council"
    TOWN = "town"
    DISTRICT = "district"  # of a city, or an island: known well, however many live there
    COUNTY = "county"
    HOSPITAL = "hospital"
    NATION = "nation"


@dataclass(frozen=True, slots=True)
class Named:
    """A place that has a name. `councils` are ONS codes, empty outside England, and of a county all
    of its own. `people` is how many live there, 0 where no source says. `town` is a hospital's or
    a district's. `postcode` is a hospital's: its council is that of its postcode. `other_names` are
    a hospital's: "RVI"."""

    name: str
    kind: NameKind
    nation: Nation = Nation.ENGLAND
    councils: tuple[str, ...] = ()
    people: int = 0
    town: str = ""
    postcode: str = ""
    other_names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Gazetteer:
    """`named` holds places by their names as `plain` writes them; `county` the name of the county
    of a council, by its code. `hospitals` are not among the names: their councils are found by
    postcode."""

    named: Mapping[str, tuple[Named, ...]]
    hospitals: tuple[Named, ...]
    county: Mapping[str, str]


def plain(text: str) -> str:
    """A name as it is compared: small letters, no accents and no signs, "saint" as "st".

    >>> plain("  Saint Mary's & All-Hallows ")
    'st marys and all hallows'
    """
    letters = unicodedata.normalize("NFKD", text.replace("&", " and ").casefold())
    kept = re.sub(r"['’`´\u0300-\u036f]", "", letters)
    words = re.findall(r"[^\W_]+", kept)
    return " ".join("st" if word == "saint" else word for word in words)


@cache
def gazetteer() -> Gazetteer:
    """All names, read once by the process."""
    counties = tuple(_rows(COUNTIES))
    county: dict[str, str] = {}
    for row in counties:
        for code in row["councils"].split(";"):
            county.setdefault(code, row["name"])
    named = [*_nations(), *_counties(counties), *_towns(), *_districts()]
    hospitals = tuple(
        Named(
            row["name"],
            NameKind.HOSPITAL,
            town=row["town"],
            postcode=row["postcode"],
            other_names=tuple(filter(None, row["other_names"].split(";"))),
        )
        for row in _rows(HOSPITALS)
    )
    return Gazetteer(by_name(named), hospitals, MappingProxyType(county))


def by_name(named: Iterable[tuple[str, Named]]) -> Mapping[str, tuple[Named, ...]]:
    """Places by the names they are known by, in the order given."""
    found: dict[str, list[Named]] = {}
    for name, place in named:
        found.setdefault(plain(name), []).append(place)
    return MappingProxyType({name: tuple(places) for name, places in found.items()})


def _nations() -> Iterator[tuple[str, Named]]:
    for nation in Nation:
        if nation is not Nation.ENGLAND:
            yield nation.value, Named(nation.value, NameKind.NATION, nation)
    for name, nation in _OTHER_NATIONS.items():
        yield name, Named(nation.value, NameKind.NATION, nation)
    for name, nation in _ISLANDS.items():
        yield name, Named(name, NameKind.TOWN, nation)


def _counties(rows: Iterable[Mapping[str, str]]) -> Iterator[tuple[str, Named]]:
    for row in rows:
        place = Named(row["name"], NameKind.COUNTY, councils=tuple(row["councils"].split(";")))
        for name in dict.fromkeys(map(plain, [row["name"], *row["other_names"].split(";")])):
            if name:
                yield name, place


def _towns() -> Iterator[tuple[str, Named]]:
    for row in _rows(PLACES):
        if row["name"] == _ONE_NAME_FOR_MANY:
            continue
        councils = (row["council"],) if row["council"] else ()
        nation = Nation(row["nation"])
        yield (
            row["name"],
            Named(row["name"], NameKind.TOWN, nation, councils, int(row["people"])),
        )


def _districts() -> Iterator[tuple[str, Named]]:
    """A district that lies in several councils is as many places."""
    for row in _rows(DISTRICTS):
        for code in row["councils"].split(";"):
            place = Named(row["name"], NameKind.DISTRICT, councils=(code,), town=row["town"])
            yield row["name"], place


def _rows(file: str) -> Iterator[dict[str, str]]:
    with Path(NAMES / file).open(encoding="utf-8-sig", newline="") as text:
        yield from csv.DictReader(text)
