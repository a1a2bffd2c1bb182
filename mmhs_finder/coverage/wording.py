"""The words of measures and values, and the title of a map. The page, reports and files ask here.

Not for: the values (`measures`).
"""

from __future__ import annotations

from mmhs_finder.coverage.measures import DEFINITIONS, Measure
from mmhs_finder.coverage.rows import AreaRow
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.words import join_words, say


def value_words(measure: Measure, value: Value) -> str:
    """A value in words: the measure's own, where it has some."""
    return say(f"professional_coverage_value.{DEFINITIONS[measure].words.get(value, value.value)}")


def measure_words(measure: Measure) -> str:
    """What a measure is about, as a heading says it."""
    return say(f"professional_coverage_measure.{measure.value}")


def map_title(level: Level, measure: Measure) -> str:
    """The title of a map or table: the measure and the level."""
    return say(
        "professional_coverage.map_title",
        measure=measure_words(measure),
        level=say(f"professional_coverage_level.{level.value}"),
    )


def nearest_words(nearest: AreaRow | None, km: float | None) -> str:
    """The nearest area with a service known to offer something, its distance and services."""
    if nearest is None or km is None:
        return say("professional_coverage.nearest_none")
    return say(
        "professional_coverage.nearest",
        area=nearest.name,
        km=f"{km:.0f}",
        services=join_words([s.name for s in nearest.services]),
    )
