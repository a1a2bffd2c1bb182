"""How what is known lies across deprivation: fifths of England's councils, and help in each fifth.

A fifth is made of whole councils, from the highest average score of the Index of Multiple
Deprivation 2025 to the lowest, so that each holds about a fifth of England's births (year to
mid-2020). A council lies in the fifth in which the middle one of its births lies; councils with one
score lie together. So no council is in two fifths, and the order they come in does not matter.

There is no single index of concentration: so much is unknown that it would say more than is known.
In its place stands what each fifth is known to have, and how far that could be from the truth.
Not for: the values (`coverage`), the figures of single areas (`need_points`), or words (`views`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from itertools import groupby

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import DEFINITIONS, GRADED, Measure, MeasureGroup
from mmhs_finder.coverage.rows import AreaRow, Shares, shares_of
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import ENGLAND, Where


class Fifth(IntEnum):
    """A fifth of England's councils, counted as deciles of deprivation are: 1 is the most."""

    MOST = 1
    SECOND = 2
    MIDDLE = 3
    FOURTH = 4
    LEAST = 5


@dataclass(frozen=True)
class Between:
    """Two bounds that a figure lies between, in per cent or in points of it."""

    low: float
    high: float


@dataclass(frozen=True)
class FifthShares:
    """A fifth, or what of it lies in one place: its births by value."""

    fifth: Fifth
    shares: Shares

    @property
    def yes(self) -> float:
        """Per cent of births in areas with a yes, to one decimal, as `Shares.rounded`."""
        return self.shares.rounded().get(Value.YES, 0.0)

    @property
    def unknown(self) -> float | None:
        """As `Shares.unknown`; None where there is nothing that we could not know, as of what was
        confirmed to us."""
        if DEFINITIONS[self.shares.measure].group is MeasureGroup.BACKING:
            return None
        return self.shares.unknown

    @property
    def possible(self) -> Between | None:
        """What the share with a yes could be, in per cent of births; None for a graded measure.

        At least where it is known; at most everywhere but where services themselves say no.
        """
        if self.shares.measure in GRADED:
            return None
        if self.unknown is None:
            return Between(self.yes, self.yes)
        return Between(self.yes, round(100 - self.shares.rounded().get(Value.NO, 0.0), 1))


@dataclass(frozen=True)
class Concentration:
    """A measure across the five fifths. where: the place whose part of each fifth it is."""

    measure: Measure
    where: Where
    fifths: tuple[FifthShares, ...]  # all five, the most deprived first
    left_out: int  # births in councils without a score

    def of(self, fifth: Fifth) -> FifthShares:
        return self.fifths[fifth - 1]

    @property
    def births(self) -> int:
        """In the year to mid-2020, in councils that lie in a fifth."""
        return sum(each.shares.births for each in self.fifths)

    @property
    def gap(self) -> float | None:
        """Points of per cent by which the known share is higher in the most deprived fifth than in
        the least; None where the place has no births in one of the two, and if graded."""
        most, least = self.of(Fifth.MOST), self.of(Fifth.LEAST)
        if self.measure in GRADED or not (most.shares.births and least.shares.births):
            return None
        return round(most.yes - least.yes, 1)

    @property
    def possible_gap(self) -> Between | None:
        """What the gap could be, whatever is true of all that is not known."""
        most, least = self.of(Fifth.MOST).possible, self.of(Fifth.LEAST).possible
        if self.gap is None or most is None or least is None:
            return None
        return Between(round(most.low - least.high, 1), round(most.high - least.low, 1))


def concentration(coverage: Coverage, measure: Measure, where: Where = ENGLAND) -> Concentration:
    """A measure across the fifths, in England or in a place."""
    return concentrations(coverage, measure, (where,))[0]


def concentrations(
    coverage: Coverage, measure: Measure, places: Iterable[Where]
) -> tuple[Concentration, ...]:
    """A measure across the fifths, in each of several places.

    The fifths are those of England, wherever one looks: so that two places can be compared.
    """
    placed = fifths_of(coverage)
    return tuple(_of_place(coverage, measure, where, placed) for where in places)


def _of_place(
    coverage: Coverage, measure: Measure, where: Where, placed: Mapping[str, Fifth]
) -> Concentration:
    rows = [r for r in coverage.rows(Level.COUNCIL, measure, where) if not r.parent]
    fifths = (
        FifthShares(fifth, shares_of(measure, [r for r in rows if placed.get(r.code) == fifth]))
        for fifth in Fifth
    )
    left_out = sum(r.births or 0 for r in rows if r.code not in placed)
    return Concentration(measure, where, tuple(fifths), left_out)


def places_inside(coverage: Coverage, where: Where) -> tuple[Where, ...]:
    """The regions and ICBs that lie in a place, itself left out."""
    return tuple(
        place
        for place in coverage.places
        if place.level is not None
        and place.level in coverage.levels(where)
        and coverage.holds(where, place.level, place.code)
    )


def fifths_of(coverage: Coverage) -> Mapping[str, Fifth]:
    """The fifth of each council of England that has births and a score, by code."""
    return fifths(r for r in coverage.rows(Level.COUNCIL, Measure.MMHS) if not r.parent)


def fifths(councils: Iterable[AreaRow]) -> dict[str, Fifth]:
    """The fifth of each council, by code. councils: all of England, each once."""
    scored = [(-row.imd, row) for row in councils if row.imd is not None and row.births]
    scored.sort(key=lambda pair: pair[0])
    births = sum(row.births or 0 for _, row in scored)
    found: dict[str, Fifth] = {}
    before = 0
    for _, alike in groupby(scored, key=lambda pair: pair[0]):
        rows = [row for _, row in alike]
        here = sum(row.births or 0 for row in rows)
        fifth = Fifth(1 + 5 * (2 * before + here) // (2 * births))
        found |= dict.fromkeys((row.code for row in rows), fifth)
        before += here
    return found
