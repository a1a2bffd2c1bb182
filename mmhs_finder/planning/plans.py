"""Several answers of the workforce model side by side, and what they cost by figures that the user
gives.

We print no pay: what a post costs depends on the year, the place and what is counted. Not for: the
model (`workforce`), or births of areas (`births`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from mmhs_finder.planning.workforce import BANDS, BadFigure, Workforce

NAMES: Final = ("A", "B", "C")
"""What plans that stand side by side are called, in their order."""

MOST_PAY: Final = 1_000_000
"""Pounds a year for one full-time post: more is a slip of the hand."""

PAY_KEYS: Final[Mapping[str, str]] = {"low": "band5", "high": "band7", "lead": "band8a"}
"""What the cost of a post of each band is called where somebody types it."""


@dataclass(frozen=True)
class Plan:
    """One answer of the model, and what one full-time post of each band costs a year, in pounds.

    areas: the names of the areas whose births it is for; () for births that were typed.
    pay: by band (`BANDS`), only those that somebody gave. Raises BadFigure for one that is not 0 to
    `MOST_PAY`.
    """

    result: Workforce
    areas: tuple[str, ...] = ()
    pay: Mapping[str, float] | None = None

    def __post_init__(self) -> None:
        for band, pounds in (self.pay or {}).items():
            if band not in BANDS:
                raise BadFigure(f"There is no band {band!r}. There are: {', '.join(BANDS)}.")
            if not (math.isfinite(pounds) and 0 <= pounds <= MOST_PAY):
                key = PAY_KEYS[band]
                raise BadFigure(f"{key} is from 0 to {MOST_PAY:,} pounds a year for one post.")

    def costs(self) -> dict[str, float]:
        """Pounds a year by band, in the order of the bands, for those whose pay is known."""
        pay = self.pay or {}
        return {b.id: b.wte * pay[b.id] for b in self.result.bands if b.id in pay}

    def unknown(self) -> tuple[str, ...]:
        """The bands that have posts and no pay."""
        known = self.costs()
        return tuple(b.id for b in self.result.bands if b.wte and b.id not in known)

    @property
    def cost(self) -> float | None:
        """Pounds a year for all posts; None while the pay of a band that has posts is unknown."""
        costs = self.costs()
        return math.fsum(costs.values()) if costs and not self.unknown() else None

    def as_json(self) -> dict[str, object]:
        """For programs: pay and costs by the names that were typed, in pounds a year."""
        pay = self.pay or {}
        return {
            "pay": {PAY_KEYS[band]: pay[band] for band in BANDS if band in pay},
            "costs": {PAY_KEYS[band]: cost for band, cost in self.costs().items()},
            "total_cost": self.cost,
        }
