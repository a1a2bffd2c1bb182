"""The words of measures and values, and the title of a map. The page, reports and files ask here.

Not for: the values (`measures`).
"""

from __future__ import annotations

from typing import Final

from mmhs_finder.coverage.measures import DEFINITIONS, Measure
from mmhs_finder.coverage.rows import AreaRow
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.words import join_words, number, say, texts

_OWN: Final = {words for definition in DEFINITIONS.values() for words in definition.words.values()}
VALUE: Final = texts("coverage_value.{}", sorted({*(v.value for v in Value), *_OWN}))
"""A value by the last part of its key: its general words, or those of a measure's own."""

MEASURE: Final = texts("coverage_measure.{}", Measure)
LEVEL: Final = texts("coverage_level.{}", Level)


def value_words(measure: Measure, value: Value) -> str:
    """A value in words: the measure's own, where it has some."""
    return VALUE(DEFINITIONS[measure].words.get(value, value.value))


def percent_words(share: float) -> str:
    """ "12.3 %", with a space that does not break."""
    return say("coverage.percent", value=number(share, 1))


def measure_words(measure: Measure) -> str:
    """What a measure is about, as a heading says it."""
    return MEASURE(measure)


def map_title(level: Level, measure: Measure) -> str:
    """The title of a map or table: the measure and the level."""
    return say(
        "coverage.map_title",
        measure=measure_words(measure),
        level=LEVEL(level),
    )


def nearest_words(nearest: AreaRow | None, km: float | None) -> str:
    """The nearest area with a service known to offer something, its distance and services."""
    if nearest is None or km is None:
        return say("coverage.nearest_none")
    return say(
        "coverage.nearest",
        area=nearest.name,
        km=number(km),
        services=join_words([s.name for s in nearest.services]),
    )
