"""Figures and lists of national reports, from `data/facts/`, for people who plan services.

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

_OF_A_FIGURE: Final = (
    "id",
    "topic",
    "label",
    "value",
    "unit",
    "out_of",
    "note",
    "where",
    "source",
)

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "case_studies.csv": (
            "id",
            "place",
            "area_codes",
            "title",
            "what",
            "result",
            "where",
            "source",
        ),
        "good_practice_checklist.csv": ("id", "area", "consideration", "source"),
        "integration.csv": ("id", "group", "text", "where", "source"),
        "integration_checklist.csv": ("id", "area", "consideration", "where", "source"),
        "report_figures.csv": _OF_A_FIGURE,
        "context_facts.csv": (*_OF_A_FIGURE, "url"),
        "criteria_kinds.csv": ("id", "label", "values", "unit", "where", "source"),
        "recommendations.csv": (
            "id",
            "area",
            "recommendation",
            "consideration",
            "where",
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

SELF_CHECKS: Final = (
    "good_practice_checklist.csv",
    "integration_checklist.csv",
    "recommendations.csv",
)
"""The files whose lines a system can be held against, in the order in which they are shown."""

AREAS: Final = (
    *("practice", "services", "systems"),
    *("gold", "enablers"),
    "recommendations",
)
"""What the lines of those lists are about."""

WEEKS_A_MONTH: Final = 52 / 12


class Unit(StrEnum):
    """What the value of a figure counts. one_in: one in so many; times: so many times as much."""

    SERVICES = "services"
    PERCENT = "percent"
    ONE_IN = "one_in"
    PEOPLE = "people"
    TIMES = "times"
    WEEKS = "weeks"
    MONTHS = "months"
    BOARDS = "boards"
    MILLION_POUNDS = "million_pounds"
    BILLION_POUNDS = "billion_pounds"


class Extent(StrEnum):
    """The three answers to a line of a checklist."""

    NOT_AT_ALL = "not_at_all"
    PARTLY = "partly"
    VERY_MUCH = "very_much"


@dataclass(frozen=True)
class Figure:
    """One printed figure.

    unit: what `value` counts; out_of: of how many; where: the page or section of the report.
    url: of a page; "" for the two reports.
    """

    id: str
    topic: str
    label: str
    value: float
    unit: Unit
    out_of: int | None
    note: str
    where: str
    source: str
    url: str = ""

    @property
    def weeks(self) -> float:
        """A wait in weeks; a month is a twelfth of 52 weeks."""
        return self.value * WEEKS_A_MONTH if self.unit is Unit.MONTHS else self.value

    @property
    def percent(self) -> float | None:
        """The share, worked out where the report prints a count and of how many, or "1 in".

        None for a count without that.
        """
        if self.out_of:
            return 100 * self.value / self.out_of
        if self.unit is Unit.ONE_IN:
            return 100 / self.value
        return self.value if self.unit is Unit.PERCENT else None


@dataclass(frozen=True)
class ReportDestination:
    """Where services send people they cannot see; most_common: one of the two named first."""

    id: str
    label: str
    most_common: bool
    source: str


@dataclass(frozen=True)
class Consideration:
    """One line of a checklist. area: one of `AREAS`.

    recommendation: in few words what a report recommends, where the line asks about that.
    where: the page of the report; "" where its list stands alone.
    """

    id: str
    area: str
    text: str
    source: str
    recommendation: str = ""
    where: str = ""


@dataclass(frozen=True)
class CriterionSeen:
    """A kind of referral criterion that the report found. values: those that it names, in `unit`.

    id: that of the criterion (`CriterionId`).
    """

    id: str
    label: str
    values: tuple[int, ...]
    unit: str
    where: str
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
    return MappingProxyType({figure.id: figure for figure in _figures("report_figures.csv")})


@cache
def context() -> tuple[Figure, ...]:
    """What other sources than the two reports say, in the file's order."""
    return _figures("context_facts.csv")


def _figures(file: str) -> tuple[Figure, ...]:
    return tuple(
        Figure(
            id=row["id"],
            topic=row["topic"],
            label=row["label"],
            value=float(row["value"]),
            unit=Unit(row["unit"]),
            out_of=int(row["out_of"]) if row["out_of"] else None,
            note=row["note"],
            where=row["where"],
            source=row["source"],
            url=row.get("url", ""),
        )
        for row in fact_rows(file)
    )


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
def criteria_seen() -> tuple[CriterionSeen, ...]:
    """The kinds of referral criteria that the report of 2024 found, in its order."""
    return tuple(
        CriterionSeen(
            id=row["id"],
            label=row["label"],
            values=tuple(int(value) for value in row["values"].split(";") if value),
            unit=row["unit"],
            where=row["where"],
            source=row["source"],
        )
        for row in fact_rows("criteria_kinds.csv")
    )


@cache
def checklist() -> tuple[Consideration, ...]:
    """Every line that a system can be held against, by list."""
    return tuple(
        Consideration(
            id=row["id"],
            area=row["area"],
            text=row["consideration"],
            source=row["source"],
            recommendation=row.get("recommendation", ""),
            where=row.get("where", ""),
        )
        for file in SELF_CHECKS
        for row in fact_rows(file)
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
    for read in (figures, context, criteria_seen, destinations, checklist):
        read.cache_clear()
        read()
