"""What the Integrate guide (Anna Freud, 2026) says beside its workforce model: kinds of
integration, examples of places, and how many people have no help.

From `data/facts/`, each row with its source and its place in the guide. Not for: the model
(`workforce`), what a system can be held against (`facts.checklist`), or what this directory knows
of services.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from mmhs_finder.planning import workforce
from mmhs_finder.planning.facts import fact_rows, figures


class GuideList(StrEnum):
    """The lists of the guide, as `integration.csv` names them."""

    PRACTICE = "practice"  # what one profession takes over from another
    LADDER = "ladder"  # services, from separate ones to a single one
    EXAMPLE = "example"  # how services are joined in places
    BOARD = "board"  # who sits on the leadership board of one service for all


@dataclass(frozen=True)
class Element:
    """One line of a list of the guide, in our words. where: its place in the guide."""

    id: str
    group: GuideList
    text: str
    where: str
    source: str


@dataclass(frozen=True)
class CaseStudy:
    """A place that the guide describes, in our words.

    area_codes: ONS codes of its councils, or of parts of councils. result: what the guide says came
    of it, "" where it says nothing. where: its place in the guide.
    """

    id: str
    place: str
    area_codes: tuple[str, ...]
    title: str
    what: str
    result: str
    where: str
    source: str


@cache
def elements(group: GuideList) -> tuple[Element, ...]:
    """The lines of one list, in the order of the file."""
    return tuple(
        Element(row["id"], group, row["text"], row["where"], row["source"])
        for row in fact_rows("integration.csv")
        if row["group"] == group
    )


@cache
def case_studies() -> tuple[CaseStudy, ...]:
    """The guide's case studies, in its order."""
    return tuple(
        CaseStudy(
            row["id"],
            row["place"],
            tuple(row["area_codes"].split(";")),
            row["title"],
            row["what"],
            row["result"],
            row["where"],
            row["source"],
        )
        for row in fact_rows("case_studies.csv")
    )


@dataclass(frozen=True)
class UnmetNeed:
    """The guide's sum for England in a year, without its rounding; people, but for births.

    with_any: births and losses x 25.8 %. reached: printed. unmet: with_any less reached; rounded:
    the same from the printed 173,000. with_common: births and losses x 15.8 %. with_severe: what
    lies between the two shares.
    """

    births: float
    adjusted_births: float
    with_any: float
    reached: float
    unmet: float
    rounded: float
    with_common: float

    @property
    def with_severe(self) -> float:
        return self.with_any - self.with_common

    @property
    def severe_not_reached(self) -> float:
        """Of `unmet`: those with severe difficulties, if all whom the services reached had them."""
        return self.with_severe - self.reached


def unmet_need() -> UnmetNeed:
    """The sum of part 5 of the guide's appendix, worked out anew."""
    england = workforce.workforce(workforce.ENGLAND_BIRTHS)
    reached = figures()["integrate_reached"].value
    printed = {p.name: p.value for p in workforce.printed(workforce.ENGLAND_BIRTHS)}
    return UnmetNeed(
        births=england.births,
        adjusted_births=england.adjusted_births,
        with_any=england.with_any_difficulty,
        reached=reached,
        unmet=england.with_any_difficulty - reached,
        rounded=printed["with_any_difficulty"] - reached,
        with_common=england.with_mild_moderate,
    )


def read_anew() -> None:
    """Reads the guide's lists, figures and model again, which are read once a process."""
    workforce.read_anew()
    elements.cache_clear()
    case_studies.cache_clear()
    case_studies()
