"""One area with its value, and the shares of births by value of several areas.

Births are those of the year to mid-2020, women aged 15 to 44 those of mid-2021 (ONS mid-year
estimates), deprivation is the average score of the Index of Multiple Deprivation 2025.
Not for: working the values out (`coverage`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mmhs_finder.coverage.measures import VALUES, Measure
from mmhs_finder.coverage.values import UNKNOWN, Level, Value
from mmhs_finder.directory.models import Service


@dataclass(frozen=True)
class Shares:
    """Births of some councils by value. The values of `VALUES[measure]` add up to `births`."""

    measure: Measure
    by_value: Mapping[Value, int]  # births in the year to mid-2020
    inferred: int  # of the yes births, those where only an inference says the service serves them
    councils: int

    @property
    def births(self) -> int:
        return sum(self.by_value.values())

    def percent(self, value: Value) -> float:
        """Per cent of births, not rounded."""
        return 100 * self.by_value.get(value, 0) / self.births if self.births else 0.0

    def rounded(self) -> dict[Value, float]:
        """Per cent to one decimal that add up to 100.0: largest remainders are rounded up."""
        tenths = {v: 10 * self.percent(v) for v in VALUES[self.measure]}
        found = {v: int(t) for v, t in tenths.items()}
        left = (1000 if self.births else 0) - sum(found.values())
        for value in sorted(tenths, key=lambda v: found[v] - tenths[v])[:left]:
            found[value] += 1
        return {v: n / 10 for v, n in found.items()}

    @property
    def unknown(self) -> float:
        """Per cent of births in areas of which nobody has said yes or no, to one decimal, as the
        sum of `rounded`."""
        rounded = self.rounded()
        return round(sum(rounded.get(value, 0.0) for value in UNKNOWN), 1)


@dataclass(frozen=True)
class AreaRow:
    """One area of a level. `births` and so on are None for a part of a split council."""

    code: str
    name: str
    level: Level | None  # None for England
    value: Value
    region: str
    icb: str
    parent: str = ""  # the code of the council that this is a part of
    births: int | None = None  # year to mid-2020
    women: int | None = None  # aged 15 to 44, mid-2021
    imd: float | None = None  # average score, 2025; of councils alone
    shares: Shares | None = None  # England, regions and ICBs
    inferred: bool = False  # a yes that rests on an inferred area
    services: tuple[Service, ...] = ()  # those that the value is about
    closed: tuple[Service, ...] = ()  # reported closed: they count as no service


def shares_of(measure: Measure, rows: Sequence[AreaRow]) -> Shares:
    """The shares of some councils. rows: of whole councils, each once."""
    by_value = dict.fromkeys(VALUES[measure], 0)
    for row in rows:
        by_value[row.value] += row.births or 0
    inferred = sum(r.births or 0 for r in rows if r.value is Value.YES and r.inferred)
    return Shares(measure, by_value, inferred, len(rows))


def matching(rows: Sequence[AreaRow], text: str) -> tuple[AreaRow, ...]:
    """The areas whose name, ICB or region holds a text that somebody typed; all for a blank one."""
    typed = text.strip().casefold()
    return tuple(r for r in rows if typed in f"{r.name} {r.icb} {r.region}".casefold())
