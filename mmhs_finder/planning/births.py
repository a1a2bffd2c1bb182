"""Births of an area, and of several at once, in the year to mid-2020 (Office for National
Statistics): what the workforce model is asked about.

Not for: the model (`workforce`), or what several areas need (`plans`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from mmhs_finder.directory import Directory
from mmhs_finder.directory.models import Area

KINDS: Final = ("region", "icb", "council")
"""The kinds of areas, the largest first."""


@dataclass(frozen=True)
class Births:
    """Births of a council, an ICB or an NHS region in the year to mid-2020.

    code: the ONS code; of a region its name. known: births of each of its councils, by ONS code.
    missing: the names of its councils without a figure.
    """

    code: str
    name: str
    kind: str  # one of KINDS
    known: tuple[tuple[str, int], ...]
    missing: tuple[str, ...] = ()

    @property
    def births(self) -> int:
        return sum(births for _, births in self.known)

    @property
    def councils(self) -> int:
        return len(self.known) + len(self.missing)


@dataclass(frozen=True)
class CountedArea:
    """One of several areas that are looked at together.

    counted: its births, without those of councils that an area before it has counted already.
    inside: the names of the areas that have.
    """

    area: Births
    counted: int
    inside: tuple[str, ...] = ()


def births_by_area(directory: Directory) -> tuple[Births, ...]:
    """NHS regions, ICBs of 2026, then councils, each by name. The births of a region or an ICB are
    the sum of its councils'.

    A council that lies in more than one ICB counts for its main one only, as in `areas.csv`.
    """
    councils = directory.councils()
    regions = sorted({council.region.value for council in councils})
    each = [_births(c.code, c.name, "council", [c]) for c in councils]
    return (
        *(_births(r, r, "region", [c for c in councils if c.region == r]) for r in regions),
        *(
            _births(code, name, "icb", [c for c in councils if c.icb_2026_code == code])
            for code, name in directory.icbs.items()
        ),
        *(one for one in each if not one.missing),
    )


def _births(code: str, name: str, kind: str, councils: Iterable[Area]) -> Births:
    rows = [(c, c.births_year_to_mid_2020) for c in councils]
    return Births(
        code=code,
        name=name,
        kind=kind,
        known=tuple((c.code, births) for c, births in rows if births is not None),
        missing=tuple(c.name for c, births in rows if births is None),
    )


def together(areas: Iterable[Births]) -> tuple[CountedArea, ...]:
    """Several areas as one: each council counts once, for the largest of them that holds it.

    Largest first; among areas of a kind in the order given. One that is given twice is there once.
    What is `counted` adds up to the births of all of them, in whatever order they were given.
    """
    chosen = sorted({a.code: a for a in areas}.values(), key=lambda a: KINDS.index(a.kind))
    owner: dict[str, str] = {}
    parts = []
    for area in chosen:
        taken = [owner[code] for code, _ in area.known if code in owner]
        counted = sum(births for code, births in area.known if code not in owner)
        parts.append(CountedArea(area, counted, tuple(dict.fromkeys(taken))))
        for code, _ in area.known:
            owner.setdefault(code, area.name)
    return tuple(parts)
