"""Figures and lists of the two national reports, from `data/facts/`, for people who plan services.

They say what the reports found in their own year. Not for: what the directory knows of services
today; the two are never mixed.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from mmhs_finder.directory import DATA

FACTS: Final = DATA / "facts"
"""The project's own folder: an operator's `MMHS_DATA_DIR` holds services, not reports."""

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "good_practice_checklist.csv": ("id", "area", "consideration", "source"),
        "report_figures.csv": (
            "id",
            "topic",
            "label",
            "value",
            "unit",
            "out_of",
            "note",
            "source",
        ),
        "promise.csv": (
            "id",
            "step",
            "date",
            "what",
            "value",
            "unit",
            "counts",
            "source",
            "url",
            "where",
        ),
        "signposting_destinations.csv": ("position", "id", "label", "most_common", "source"),
        "workforce_model.csv": (
            "name",
            "role",
            "label",
            "value",
            "least",
            "most",
            "unit",
            "births",
            "note",
            "source",
        ),
    }
)
"""The columns of each file of `data/facts/`; `data/facts/README.md` says what they hold."""

WEEKS_A_MONTH: Final = 52 / 12


class Extent(StrEnum):
    """The three answers of the good practice checklist."""

    NOT_AT_ALL = "not_at_all"
    PARTLY = "partly"
    VERY_MUCH = "very_much"


@dataclass(frozen=True)
class Figure:
    """One printed figure. unit: services, percent, weeks, months or boards; out_of: of how many."""

    id: str
    topic: str
    label: str
    value: float
    unit: str
    out_of: int | None
    note: str
    source: str

    @property
    def weeks(self) -> float:
        """A wait in weeks; a month is a twelfth of 52 weeks."""
        return self.value * WEEKS_A_MONTH if self.unit == "months" else self.value

    @property
    def percent(self) -> float | None:
        """The share of the services, worked out where the report prints a count and of how many.

        None for a count without that.
        """
        if self.out_of:
            return 100 * self.value / self.out_of
        return self.value if self.unit == "percent" else None


@dataclass(frozen=True)
class ReportDestination:
    """Where services send people they cannot see; most_common: one of the two named first."""

    id: str
    label: str
    most_common: bool
    source: str


@dataclass(frozen=True)
class Consideration:
    """One line of the good practice checklist. area: practice, services or systems."""

    id: str
    area: str
    text: str
    source: str


@dataclass(frozen=True)
class Standing:
    """How many answers of each kind an area of the checklist has."""

    area: str
    answers: Mapping[Extent, int]
    unanswered: int

    @property
    def total(self) -> int:
        return sum(self.answers.values()) + self.unanswered


def fact_rows(file: str) -> list[dict[str, str]]:
    """The rows of a file of `data/facts/`, by column."""
    with Path(FACTS / file).open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


@cache
def figures() -> Mapping[str, Figure]:
    """Every figure of `report_figures.csv` by its id."""
    found = {
        row["id"]: Figure(
            id=row["id"],
            topic=row["topic"],
            label=row["label"],
            value=float(row["value"]),
            unit=row["unit"],
            out_of=int(row["out_of"]) if row["out_of"] else None,
            note=row["note"],
            source=row["source"],
        )
        for row in fact_rows("report_figures.csv")
    }
    return MappingProxyType(found)


def topic(name: str) -> tuple[Figure, ...]:
    """The figures of one topic, in the file's order."""
    return tuple(f for f in figures().values() if f.topic == name)


@cache
def destinations() -> tuple[ReportDestination, ...]:
    """In the order in which the report lists them."""
    return tuple(
        ReportDestination(row["id"], row["label"], row["most_common"] == "yes", row["source"])
        for row in fact_rows("signposting_destinations.csv")
    )


@cache
def checklist() -> tuple[Consideration, ...]:
    return tuple(
        Consideration(row["id"], row["area"], row["consideration"], row["source"])
        for row in fact_rows("good_practice_checklist.csv")
    )


def checklist_areas() -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.area for item in checklist()))


def standing(answers: Mapping[str, Extent]) -> tuple[Standing, ...]:
    """Where a system stands, by area. `answers` are by the item's id; those missing are open."""
    return tuple(_standing(area, _of(area), answers) for area in checklist_areas())


def _of(area: str) -> Sequence[Consideration]:
    return [item for item in checklist() if item.area == area]


def _standing(area: str, items: Sequence[Consideration], answers: Mapping[str, Extent]) -> Standing:
    given = [answers[item.id] for item in items if item.id in answers]
    counts = MappingProxyType({extent: given.count(extent) for extent in Extent})
    return Standing(area, counts, len(items) - len(given))


def read_anew() -> None:
    """Reads the files again, which are read once a process."""
    for read in (figures, destinations, checklist):
        read.cache_clear()
        read()
