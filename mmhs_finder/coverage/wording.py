"""The words of measures and values, and the title of a map. The page, reports and files ask here.

Not for: the values (`coverage.measures`).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from mmhs_finder.coverage.measures import Level, Measure, Value
from mmhs_finder.words import say


def value_words(measure: Measure, value: Value) -> str:
    """A value in words; found or not found for the measures that count services."""
    if value in (Value.YES, Value.PART, Value.NOT_PUBLISHED, Value.NONE_FOUND):
        own = f"professional_coverage_value.{measure.value}_{value.value}"
        if own in _OWN_WORDS:
            return say(_OWN_WORDS[own])
    return say(f"professional_coverage_value.{value.value}")


_OWN_WORDS: Final[Mapping[str, str]] = MappingProxyType(
    {
        f"professional_coverage_value.{m}_{v}": f"professional_coverage_value.{words}"
        for ms, v, words in (
            (("mmhs", "perinatal_team", "talking_therapies"), "yes", "found"),
            (("mmhs", "perinatal_team", "talking_therapies"), "not_published", "unconfirmed"),
            (("time_limit",), "not_published", "no_limit_published"),
            (("age",), "not_published", "undated"),
            (("time_limit", "age", "completeness"), "part", "differs"),
        )
        for m in ms
    }
)


def measure_words(measure: Measure) -> str:
    return say(f"professional_coverage_measure.{measure.value}")


def map_title(level: Level, measure: Measure) -> str:
    return say(
        "professional_coverage.map_title",
        measure=measure_words(measure),
        level=say(f"professional_coverage_level.{level.value}"),
    )
