"""The figures of need of each area beside its value: for a picture, a table and a file.

Births: year to mid-2020; women aged 15 to 44: mid-2021; deprivation: average score of 2025.
Not for: fifths of councils (`concentration`), or how the gap list weighs need (`gaps`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import Final

from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.rows import AreaRow
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND, Where


class NeedFigure(StrEnum):
    BIRTHS = "births"
    WOMEN = "women"
    DEPRIVATION = "deprivation"


@dataclass(frozen=True)
class NeedPoint:
    """An area with its value and its figures of need.

    deprivation: a council's score; of an ICB or region the mean of its councils' scores, weighted
    by their births. None where no score is known.
    """

    row: AreaRow
    births: int
    women: int
    deprivation: float | None

    def figure(self, which: NeedFigure) -> float | None:
        """One of the three."""
        found: float | None = getattr(self, which.value)
        return found


def need_points(
    coverage: Coverage, level: Level, measure: Measure, where: Where = ENGLAND
) -> tuple[NeedPoint, ...]:
    """Every area of a level that lies in a place, most births first.

    A part of a split council has no figures of its own and is left out; its council is there.
    """
    points = (
        NeedPoint(row, row.births or 0, row.women or 0, _deprivation(coverage, row))
        for row in coverage.rows(level, measure, where)
        if not row.parent
    )
    return tuple(sorted(points, key=lambda p: (-p.births, p.row.name)))


def _deprivation(coverage: Coverage, row: AreaRow) -> float | None:
    """A council's own score; of an area of several, the mean weighted by births."""
    if row.level is Level.COUNCIL:
        return row.imd
    inside = coverage.rows(Level.COUNCIL, Measure.MMHS, Where(row.level, row.code, row.name))
    scored = [(r.births, r.imd) for r in inside if r.births and r.imd is not None]
    births = sum(each for each, _ in scored)
    return sum(each * score for each, score in scored) / births if births else None


MOST: Final = 10
"""Areas that `greatest` names."""


def greatest(
    points: Sequence[NeedPoint], of: NeedFigure = NeedFigure.BIRTHS
) -> tuple[NeedPoint, ...]:
    """Up to ten areas with the most births, or another figure; those first."""
    return tuple(sorted(points, key=lambda p: (-(p.figure(of) or 0), p.row.name))[:MOST])


def more_deprived(
    points: Sequence[NeedPoint], england: Sequence[NeedPoint]
) -> tuple[NeedPoint, ...]:
    """Those of some areas whose score is above the middle one of all England's at their level."""
    middle = middle_deprivation(england)
    if middle is None:
        return ()
    return tuple(p for p in points if p.deprivation is not None and p.deprivation > middle)


def middle_deprivation(points: Sequence[NeedPoint]) -> float | None:
    """The score that half of some areas lie above; None where none has a score."""
    scores = [p.deprivation for p in points if p.deprivation is not None]
    return median(scores) if scores else None
