"""What was promised of these services, and what was counted since, from `data/facts/promise.csv`.

Each row says what exactly it counts: figures of two rows are never added or set against each other.
Not for: the survey of 2024 (`facts.figures`), or what the directory knows today.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Final

from mmhs_finder.planning.facts import fact_rows

FILE: Final = "promise.csv"


class PromiseStep(StrEnum):
    PROMISED = "promised"
    COUNTED = "counted"  # by somebody else than us, since then


@dataclass(frozen=True)
class PromiseFact:
    """One printed figure. date: YYYY, YYYY-MM or ""; counts: what exactly it counts, in our words.

    url: of the text, or "" where we have a copy only. where: the place in the text.
    """

    id: str
    step: PromiseStep
    date: str
    what: str
    value: float
    unit: str
    counts: str
    source: str
    url: str
    where: str


@cache
def promise_facts() -> Mapping[str, PromiseFact]:
    """Every row by its id, in the file's order."""
    found = {
        row["id"]: PromiseFact(
            row["id"],
            PromiseStep(row["step"]),
            row["date"],
            row["what"],
            float(row["value"]),
            row["unit"],
            row["counts"],
            row["source"],
            row["url"],
            row["where"],
        )
        for row in fact_rows(FILE)
    }
    return MappingProxyType(found)


def read_anew() -> None:
    """Reads the file again, which is read once a process."""
    promise_facts.cache_clear()
    promise_facts()
