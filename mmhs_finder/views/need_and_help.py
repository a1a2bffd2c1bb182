"""Help that is known beside need, in words: fifths of deprivation, and the areas of most need.

A page and the reports draw from it. It says what is known and how far that may be from the truth,
never why. Not for: the figures (`coverage.concentration`, `coverage.need_points`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from mmhs_finder.coverage.concentration import (
    Between,
    Concentration,
    Fifth,
    FifthShares,
    concentrations,
    places_inside,
)
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.measures import GRADED, VALUES, Measure
from mmhs_finder.coverage.need_points import (
    NeedFigure,
    NeedPoint,
    greatest,
    more_deprived,
    need_points,
)
from mmhs_finder.coverage.rows import Shares
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import ENGLAND, Where
from mmhs_finder.coverage.wording import (
    WHAT,
    in_words,
    percent_words,
    shares_words,
    value_words,
    where_words,
)
from mmhs_finder.directory.named import area_words
from mmhs_finder.words import join_words, number, say, texts

_FIFTH: Final = texts("coverage_need.fifth_{}", [f.name.lower() for f in Fifth])
_AREAS: Final = texts("coverage_need_area.{}", Level)
_MOST: Final = texts("coverage_need.figure_{}", [NeedFigure.BIRTHS, NeedFigure.WOMEN])


# --- fifths ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class FifthView:
    """A fifth, or the most deprived one in some place: its name, births by value, and both said."""

    name: str
    shares: Shares
    sentence: str


@dataclass(frozen=True)
class NeedView:
    """What is known of a measure by deprivation.

    lines: finished sentences, the finding first. fifths: all five, the most deprived first.
    places: the most deprived fifth in each region and ICB inside the place.
    """

    heading: str
    lines: tuple[str, ...]
    fifths: tuple[FifthView, ...]
    places: tuple[FifthView, ...]
    note: str


def need_view(coverage: Coverage, measure: Measure, where: Where = ENGLAND) -> NeedView:
    """A measure by fifth of deprivation, for England or a place in it."""
    found, *inside = concentrations(coverage, measure, (where, *places_inside(coverage, where)))
    finding = _by_value(found) if measure in GRADED else _finding(found)
    return NeedView(
        say("coverage_need.heading"),
        (*finding, *_around(found)),
        tuple(_fifth(each, fifth_words(each.fifth)) for each in found.fifths),
        tuple(_fifth(each.of(Fifth.MOST), where_words(each.where)) for each in inside),
        say("coverage_need.note"),
    )


def fifth_words(fifth: Fifth) -> str:
    """ "Most deprived fifth"."""
    return _FIFTH(fifth.name.lower())


def _fifth(each: FifthShares, name: str) -> FifthView:
    return FifthView(name, each.shares, _sentence(each, name))


def _sentence(each: FifthShares, name: str) -> str:
    if not each.shares.births:
        return say("coverage_need.fifth_none", fifth=name)
    return say("coverage_need.fifth_sentence", fifth=name, shares=shares_words(each.shares))


def _by_value(found: Concentration) -> Iterator[str]:
    """Of a measure that is more than yes and no: every value, of the two ends."""
    for fifth in (Fifth.MOST, Fifth.LEAST):
        yield _sentence(found.of(fifth), fifth_words(fifth))


def _finding(found: Concentration) -> Iterator[str]:
    most, least, where = found.of(Fifth.MOST), found.of(Fifth.LEAST), in_words(found.where)
    if most.shares.births:
        yield _with_unknown(_lead(most, where), most)
    else:
        yield say("coverage_need.none_most", where=where)
    if not least.shares.births:
        yield say("coverage_need.none_least", where=where)
    elif most.shares.births:
        short = say("coverage_need.least", yes=percent_words(least.yes))
        yield _with_unknown(short, least)
    else:
        yield _with_unknown(_lead(least, where), least)
    yield from _difference(found)


def _lead(each: FifthShares, where: str) -> str:
    """The known share of one fifth, in full."""
    return say(
        "coverage_need.lead",
        where=where,
        yes=percent_words(each.yes),
        fifth=fifth_words(each.fifth).lower(),
        what=WHAT(each.shares.measure),
    )


def _with_unknown(text: str, each: FifthShares) -> str:
    if each.unknown is None:
        return text
    return f"{text} {say('coverage_need.unknown', unknown=percent_words(each.unknown))}"


def _difference(found: Concentration) -> Iterator[str]:
    gap, possible = found.gap, found.possible_gap
    if gap is None or possible is None:
        return
    points = number(abs(gap), 1)
    if gap > 0:
        yield say("coverage_need.higher", points=points)
    elif gap < 0:
        yield say("coverage_need.lower", points=points)
    else:
        yield say("coverage_need.same")
    if possible != Between(gap, gap):
        low, high = _points(possible.low), _points(possible.high)
        yield say("coverage_need.possible", low=low, high=high)


def _points(gap: float) -> str:
    if not gap:
        return say("coverage_need.points_same")
    points = number(abs(gap), 1)
    if gap > 0:
        return say("coverage_need.points_higher", points=points)
    return say("coverage_need.points_lower", points=points)


def _around(found: Concentration) -> Iterator[str]:
    """What belongs beside any finding."""
    if found.where != ENGLAND and found.births:
        most, least = (
            percent_words(100 * found.of(fifth).shares.births / found.births)
            for fifth in (Fifth.MOST, Fifth.LEAST)
        )
        yield say("coverage_need.of_place", most=most, least=least)
    if found.left_out:
        yield say("coverage_need.left_out", births=number(found.left_out))
    yield say("coverage_need.caution")


# --- areas ----------------------------------------------------------------------------------------


def greatest_words(
    coverage: Coverage,
    level: Level,
    measure: Measure,
    where: Where,
    of: NeedFigure = NeedFigure.BIRTHS,
    *,
    deprived: bool = True,
) -> str:
    """What is known of the areas of most need in a place: how many have which value, and who.

    of: births or women. deprived: only areas more deprived than the middle of England at their
    level.
    """
    here = need_points(coverage, level, measure, where)
    if deprived:
        here = more_deprived(here, need_points(coverage, level, measure))
    found = greatest(here, of)
    if not found:
        return say("coverage_need.greatest_none", where=in_words(where))
    gaps = {
        "count": len(found),
        "area": _AREAS(level, count=1),
        "areas": _AREAS(level, count=2),
        "figure": _MOST(of),
        "names": join_words([area_words(p.row.name) for p in found]),
        "values": _values(measure, found),
    }
    if deprived:
        return say("coverage_need.greatest_deprived", **gaps)
    return say("coverage_need.greatest", **gaps)


def _values(measure: Measure, points: Sequence[NeedPoint]) -> str:
    """ "Yes: 3, not known to us: 7": how many areas have which value."""
    counted = Counter(point.row.value for point in points)
    first, *others = ((value_words(measure, v), counted[v]) for v in VALUES[measure] if counted[v])
    return ", ".join(
        f"{words}: {count}" for words, count in (first, *((w.lower(), n) for w, n in others))
    )
