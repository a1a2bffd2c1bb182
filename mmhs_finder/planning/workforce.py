"""How many practitioners an area needs for common perinatal mental health difficulties.

The model is that of the appendix of Anna Freud's Integrate guide (2026); `docs/workforce.md` has
it in words. Every figure comes from `data/facts/workforce_model.csv` with its source, and every one
can be changed. Not for: the staff of a maternal mental health service, whose patients have moderate
to severe difficulties. Nor for births of areas (`births`), or several answers at once (`plans`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from types import MappingProxyType
from typing import Final

from mmhs_finder.planning import facts
from mmhs_finder.planning.facts import fact_rows

PER: Final = 10_000
"""The guide gives losses and posts for this many births."""

ENGLAND_BIRTHS: Final = 545_000
"""Births in England, 2023-24, as the guide rounds them."""

MOST_BIRTHS: Final = 5_000_000


class BadFigure(ValueError):
    """A figure that the model cannot use; its text says which one and why, for people."""


@dataclass(frozen=True)
class Subject:
    """What is known of one assumption besides its value."""

    name: str
    label: str
    value: float
    least: float
    most: float
    unit: str
    note: str
    source: str

    @property
    def is_share(self) -> bool:
        return self.unit.startswith("share")


@dataclass(frozen=True)
class Printed:
    """A figure as the guide prints it for `births`, and why exact arithmetic may differ."""

    name: str
    births: int
    value: float
    unit: str
    note: str
    source: str


@dataclass(frozen=True)
class Assumptions:
    """What the model assumes. Units and limits: `about()`. Raises BadFigure outside the limits."""

    miscarriages: float
    ectopic_pregnancies: float
    stillbirths: float
    medical_terminations: float
    prevalence: float
    non_take_up: float
    case_adherence: float
    dose_adherence: float
    planning_hours: float
    high_intensity_share: float
    both_share: float
    high_assessment_hours: float
    high_treatment_hours: float
    low_assessment_hours: float
    low_treatment_hours: float
    consultation_share: float
    working_weeks: float
    hours_per_week: float
    clinical_lead_wte: float
    clinical_lead_caseload_share: float
    prevalence_any: float

    def __post_init__(self) -> None:
        for one in about().values():
            value = getattr(self, one.name)
            if not (math.isfinite(value) and one.least <= value <= one.most):
                raise BadFigure(f"{one.name} is from {one.least:g} to {one.most:g} ({one.unit}).")

    def changed(self) -> tuple[str, ...]:
        """The names of the assumptions that differ from the guide's."""
        guide = published()
        return tuple(
            f.name for f in fields(self) if getattr(self, f.name) != getattr(guide, f.name)
        )

    def with_changes(self, changes: Mapping[str, float]) -> Assumptions:
        """The same with some values changed. Raises BadFigure for a name or value it cannot use."""
        for name in changes:
            if name not in about():
                raise BadFigure(
                    f"There is no assumption {name!r}. There are: {', '.join(about())}."
                )
        return replace(self, **changes)


_SUM: Final = (
    "losses",
    "adjusted_births",
    "with_any_difficulty",
    "with_mild_moderate",
    "cases",
    "high_cases",
    "low_cases",
    "both_cases",
    "hours_per_high",
    "hours_per_low",
    "high_hours",
    "low_hours",
    "total_hours",
    "hours_per_wte",
)
BANDS: Final = ("low", "high", "lead")
"""The pay bands of the guide, by the work they do."""

FIGURES: Final = (
    *_SUM,
    *(f"{band}_patients" for band in BANDS),
    *(f"{band}_wte" for band in BANDS),
    "total_wte",
)
"""The names of `Workforce.figures`, in the order of the sum."""


@dataclass(frozen=True)
class Band:
    """One kind of post. patients and wte are exact; guide_wte is the guide's table, scaled."""

    id: str  # low, high, lead
    band: str
    patients: float
    wte: float
    guide_wte: float


@dataclass(frozen=True)
class Workforce:
    """The model's answer for one number of births; nothing is rounded."""

    births: float
    assumptions: Assumptions
    losses: float
    adjusted_births: float
    with_any_difficulty: float
    with_mild_moderate: float
    cases: float
    high_cases: float
    low_cases: float
    both_cases: float
    hours_per_high: float
    hours_per_low: float
    high_hours: float  # with consultation and training
    low_hours: float
    total_hours: float
    hours_per_wte: float
    bands: tuple[Band, ...]

    @property
    def wte(self) -> float:
        return math.fsum(band.wte for band in self.bands)

    @property
    def guide_wte(self) -> float:
        """The guide's rounded posts for 10,000 births, scaled: how it gets 518 for England."""
        return math.fsum(band.guide_wte for band in self.bands)

    def figures(self) -> dict[str, float]:
        """Every figure by the name that `Printed` uses, in the order of the sum."""
        found = {name: float(getattr(self, name)) for name in _SUM}
        for band in self.bands:
            found[f"{band.id}_patients"] = band.patients
        for band in self.bands:
            found[f"{band.id}_wte"] = band.wte
        return found | {"total_wte": self.wte}

    def as_json(self) -> dict[str, object]:
        """For programs: the exact figures, and those that the guide prints for these births."""
        return {
            "births": self.births,
            "figures": self.figures(),
            "bands": [asdict(band) for band in self.bands],
            "guide_scaled_total_wte": self.guide_wte,
            "assumptions": asdict(self.assumptions),
            "changed": list(self.assumptions.changed()),
            "printed": [asdict(p) for p in printed(self.births)],
            "source": next(iter(about().values())).source,
        }


# --- the figures of the guide -------------------------------------------------------------------


@cache
def about() -> Mapping[str, Subject]:
    """Every assumption by its name, with the guide's value, limits, unit and source."""
    rows = [row for row in fact_rows("workforce_model.csv") if row["role"] == "assumption"]
    return MappingProxyType(
        {
            row["name"]: Subject(
                name=row["name"],
                label=row["label"],
                value=float(row["value"]),
                least=float(row["least"]),
                most=float(row["most"]),
                unit=row["unit"],
                note=row["note"],
                source=row["source"],
            )
            for row in rows
        }
    )


@cache
def published() -> Assumptions:
    """The guide's own assumptions."""
    return Assumptions(**{one.name: one.value for one in about().values()})


@cache
def _all_printed() -> tuple[Printed, ...]:
    rows = [row for row in fact_rows("workforce_model.csv") if row["role"] == "printed"]
    return tuple(
        Printed(
            row["name"],
            int(row["births"]),
            float(row["value"]),
            row["unit"],
            row["note"],
            row["source"],
        )
        for row in rows
    )


def printed(births: float) -> tuple[Printed, ...]:
    """What the guide prints for this number of births: 10,000 or 545,000; () for all others."""
    return tuple(each for each in _all_printed() if each.births == births)


def _guide_posts(band: str) -> float:
    return next(p.value for p in printed(PER) if p.name == f"{band}_wte")


# --- the model ----------------------------------------------------------------------------------


def workforce(births: float, assumptions: Assumptions | None = None) -> Workforce:
    """The model for a number of births a year. Raises BadFigure when that is not 0 to 5 million.

    Every figure grows in proportion to the births.
    """
    if not (math.isfinite(births) and 0 <= births <= MOST_BIRTHS):
        raise BadFigure(f"Births are a number from 0 to {MOST_BIRTHS:,}.")
    a = assumptions or published()
    lost = a.miscarriages + a.ectopic_pregnancies + a.stillbirths + a.medical_terminations
    losses = births * lost / PER
    adjusted = births + losses
    mild_moderate = adjusted * a.prevalence
    cases = mild_moderate * (1 - a.non_take_up) * a.case_adherence
    high = cases * a.high_intensity_share
    low = cases * (1 - a.high_intensity_share)
    per_high = _hours_per_patient(a.high_assessment_hours, a.high_treatment_hours, a)
    per_low = _hours_per_patient(a.low_assessment_hours, a.low_treatment_hours, a)
    high_hours = high * per_high * (1 + a.consultation_share)
    low_hours = low * per_low
    return Workforce(
        births=births,
        assumptions=a,
        losses=losses,
        adjusted_births=adjusted,
        with_any_difficulty=adjusted * a.prevalence_any,
        with_mild_moderate=mild_moderate,
        cases=cases,
        high_cases=high,
        low_cases=low,
        both_cases=high * a.both_share,
        hours_per_high=per_high,
        hours_per_low=per_low,
        high_hours=high_hours,
        low_hours=low_hours,
        total_hours=high_hours + low_hours,
        hours_per_wte=a.working_weeks * a.hours_per_week,
        bands=_bands(births, a, high, low, per_high, per_low),
    )


def _hours_per_patient(assessment: float, treatment: float, a: Assumptions) -> float:
    """Clinical hours actually given, and the planning that goes with each."""
    return (assessment + treatment) * a.dose_adherence * (1 + a.planning_hours)


def _bands(
    births: float, a: Assumptions, high: float, low: float, per_high: float, per_low: float
) -> tuple[Band, ...]:
    """The posts. The clinical lead sees some high-intensity patients; the others see the rest.

    The guide's 38 and 625 patients follow only if the lead's patients carry no consultation and
    training on top, and those of the others do.
    """
    year = a.working_weeks * a.hours_per_week
    lead = births / PER * a.clinical_lead_wte
    room = lead * a.clinical_lead_caseload_share * year
    led = min(room / per_high, high) if per_high else 0.0
    rest = high - led
    scale = births / PER
    return (
        Band("low", "Band 5", low, low * per_low / year, scale * _guide_posts("low")),
        Band(
            "high",
            "Band 7",
            rest,
            rest * per_high * (1 + a.consultation_share) / year,
            scale * _guide_posts("high"),
        ),
        Band("lead", "Band 8a", led, lead, scale * _guide_posts("lead")),
    )


def read_anew() -> None:
    """Reads the figures of the guide and the facts again, which are read once a process."""
    facts.read_anew()
    for read in (about, published, _all_printed):
        read.cache_clear()
        read()
