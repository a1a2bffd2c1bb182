"""The words of measures and values, and the title of a map. The page, reports and files ask here.

Not for: the values (`measures`).
"""

from __future__ import annotations

import re
from typing import Final

from mmhs_finder.coverage.measures import DEFINITIONS, GRADED, VALUES, Measure
from mmhs_finder.coverage.rows import AreaRow, Shares
from mmhs_finder.coverage.values import Level, Value
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.directory.named import area_words
from mmhs_finder.directory.vocabularies import Region
from mmhs_finder.words import join_words, number, say, texts

_OWN: Final = {words for definition in DEFINITIONS.values() for words in definition.words.values()}
VALUE: Final = texts("coverage_value.{}", sorted({*(v.value for v in Value), *_OWN}))
"""A value by the last part of its key: its general words, or those of a measure's own."""

MEASURE: Final = texts("coverage_measure.{}", Measure)
LEVEL: Final = texts("coverage_level.{}", Level)
WHAT: Final = texts("coverage_what.{}", [m for m in Measure if m not in GRADED])
"""What is so where a yes-or-no measure is "yes": the rest of a sentence."""

_NAMES_ALONE: Final = (Region.LONDON,)
"""Regions that are not called "the ..." in a sentence."""


def value_words(measure: Measure, value: Value) -> str:
    """A value in words: the measure's own, where it has some."""
    return VALUE(DEFINITIONS[measure].words.get(value, value.value))


def percent_words(share: float) -> str:
    """ "12.3 %", with a space that does not break."""
    return say("coverage.percent", value=number(share, 1))


def shares_words(shares: Shares) -> str:
    """ "yes 53.1 %, in part 2.3 %, not published 44.6 %". What we do not know is always there."""
    rounded = shares.rounded()
    return ", ".join(
        f"{value_words(shares.measure, v).lower()} {percent_words(rounded[v])}"
        for v in VALUES[shares.measure]
        if rounded[v] or v is Value.NOT_READ
    )


def measure_words(measure: Measure) -> str:
    """What a measure is about, as a heading says it."""
    return MEASURE(measure)


def measure_in_sentence(measure: Measure) -> str:
    """The same inside a sentence: "NHS Talking Therapies", but "self-referral"."""
    words = MEASURE(measure)
    return words if words[:2].isupper() else words[:1].lower() + words[1:]


def map_title(level: Level, measure: Measure, where: Where = ENGLAND) -> str:
    """The title of a map or table: the measure, the level, and the place unless it is England."""
    title = say(
        "coverage.map_title",
        measure=measure_words(measure),
        level=LEVEL(level),
    )
    return title_in(title, where)


def title_in(title: str, where: Where) -> str:
    """A title of what is shown, with the place where it is less than England."""
    return title if where == ENGLAND else say("coverage.title_in", title=title, where=where.name)


def where_words(where: Where) -> str:
    """A place in a list of them: "England", "NHS region: North West", "ICB: ..."."""
    if where.level is Level.REGION:
        return say("coverage.where_region", name=where.name)
    if where.level is Level.ICB:
        return say("coverage.where_icb", name=where.name)
    return say("coverage.where_england")


def in_words(where: Where) -> str:
    """ "In England", "In the North West", "In NHS Kent and Medway"."""
    if where == ENGLAND:
        return say("coverage.in_england")
    if where.level is Level.REGION and where.name not in _NAMES_ALONE:
        return say("coverage.in_the", name=where.name)
    return say("coverage.in_place", name=where.name)


def where_slug(where: Where) -> str:
    """A place in the name of a file or the address of a page: "england", "north-west"."""
    return re.sub(r"[^a-z0-9]+", "-", where.name.casefold()).strip("-") or "england"


def nearest_words(nearest: AreaRow | None, km: float | None) -> str:
    """The nearest area with a service known to offer something, its distance and services."""
    if nearest is None or km is None:
        return say("coverage.nearest_none")
    return say(
        "coverage.nearest",
        area=area_words(nearest.name),
        km=number(km),
        services=join_words([s.name for s in nearest.services]),
    )
