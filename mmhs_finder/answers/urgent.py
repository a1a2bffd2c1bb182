"""Which lines for a crisis a nation has, in which order. Decided here only, for every channel.

The strip on every page, the urgent step, the page to take along, the terminal and JSON all ask
here. No postcode and no nation is without: where the directory has no line of a nation's own, the
emergency number stands; where it has none of those either, the words say to ring the emergency
number of the place.
Not for: the words (`views.urgent`), or help that is not urgent (`national`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from mmhs_finder.answers.types import Offer
from mmhs_finder.directory.models import NationalSupport, UrgentStrip
from mmhs_finder.directory.said import holds_in
from mmhs_finder.directory.vocabularies import SupportKind, SupportNation
from mmhs_finder.directory.ways import has_number, has_voice, line_ways
from mmhs_finder.nation import UNITED_KINGDOM, Nation

OWN: Final = (UrgentStrip.MENTAL_HEALTH_LINE, UrgentStrip.NATION_LINE)
"""A nation has one of these: 111 with an option, or a line with a name of its own."""

LISTENING: Final = (UrgentStrip.LISTENING_LINE, UrgentStrip.TEXT_LINE)
"""Lines for anybody who wants to be heard, in a crisis or not."""


class MissingUrgentNumber(LookupError):
    """The directory lacks a row or a confirmed number that the urgent-help strip needs."""

    def __init__(self, gap: UrgentStrip, nation: Nation) -> None:
        super().__init__(
            f"national_support.csv: no row for {nation.value} has {gap.value} in urgent_strip and "
            "a confirmed number. The urgent-help strip on every page needs it."
        )


@dataclass(frozen=True)
class UrgentLine:
    """A line of the strip. nations: for whom it is, where that has to be said; else empty."""

    gap: UrgentStrip
    row: NationalSupport
    nations: tuple[Nation, ...] = ()


def strip_lines(rows: Iterable[NationalSupport], nation: Nation | None) -> tuple[UrgentLine, ...]:
    """The lines of the strip, in the order of urgency: danger, a crisis, to talk, to text.

    nation: where somebody lives; None while that is not known. Then each line that not all of the
    UK has says for whom it is.
    """
    rows = list(rows)
    if nation is not None:
        return (
            *_first(rows, nation, UrgentStrip.EMERGENCY),
            *_own_line(rows, nation),
            *(line for gap in LISTENING for line in _first(rows, nation, gap)),
        )
    everybody = [row for row in rows if SupportNation.UK in row.nations]
    england = Nation.ENGLAND
    return (
        *_first(everybody, england, UrgentStrip.EMERGENCY),
        *_by_nation(rows),
        *(line for gap in LISTENING for line in _first(everybody, england, gap)),
    )


def urgent_rows(rows: Iterable[NationalSupport], nation: Nation) -> tuple[NationalSupport, ...]:
    """Every line for a crisis in a nation that can be reached: those of the strip first, then those
    open day and night.

    Never empty where the directory has an emergency number. Never domestic abuse.
    """
    rows = list(rows)
    first = [line.row for line in strip_lines(rows, nation)]
    others = [r for r in rows if r.kind is SupportKind.CRISIS and holds_in(r, nation)]
    others = [r for r in others if r not in first and line_ways(r)]
    others.sort(key=lambda r: (not _voice(r), not always_open(r), not has_number(line_ways(r))))
    return (*first, *others)


def day_and_night(offers: Iterable[Offer]) -> tuple[Offer, ...]:
    """Of the lines for a crisis, those that always answer a call or a text, whoever she is; those
    that listen first. Not the emergency number.

    They stand where a list has nothing that is open.
    """
    found = (
        offer
        for offer in offers
        if offer.opening.always
        and offer.support.max_age is None
        and offer.support.urgent_strip is not UrgentStrip.EMERGENCY
        and _voice(offer.support)
    )
    return tuple(sorted(found, key=lambda offer: offer.support.urgent_strip not in LISTENING))


def check_strip(rows: Iterable[NationalSupport]) -> None:
    """Raises `MissingUrgentNumber` where the strip of a nation of the UK would have a gap."""
    rows = list(rows)
    for nation in UNITED_KINGDOM:
        gaps = {line.gap for line in strip_lines(rows, nation) if _voice(line.row)}
        for gap in (UrgentStrip.EMERGENCY, *LISTENING):
            if gap not in gaps:
                raise MissingUrgentNumber(gap, nation)
        if not gaps & {*OWN}:
            raise MissingUrgentNumber(UrgentStrip.MENTAL_HEALTH_LINE, nation)


def _first(
    rows: Sequence[NationalSupport], nation: Nation, gap: UrgentStrip
) -> tuple[UrgentLine, ...]:
    """The first row with a number for a gap."""
    found = (r for r in rows if r.urgent_strip is gap and holds_in(r, nation) and _voice(r))
    return tuple(UrgentLine(gap, row) for row in found)[:1]


def _own_line(rows: Sequence[NationalSupport], nation: Nation) -> tuple[UrgentLine, ...]:
    """The nation's line for a crisis; where none is marked, a row for that nation alone.

    One with a number, better one that is always open; else one with a page.
    """
    if marked := [line for gap in OWN for line in _first(rows, nation, gap)]:
        return tuple(marked[:1])
    own = [
        row
        for row in rows
        if row.kind is SupportKind.CRISIS and {*row.nations} == {nation.value} and line_ways(row)
    ]
    own.sort(key=lambda r: (not _voice(r), not always_open(r)))
    return tuple(UrgentLine(UrgentStrip.NATION_LINE, row) for row in own[:1])


def _by_nation(rows: Sequence[NationalSupport]) -> Iterable[UrgentLine]:
    """The lines of all four nations; nations with the same number in the same way are one."""
    found: dict[tuple[UrgentStrip, str], UrgentLine] = {}
    for nation in UNITED_KINGDOM:
        for line in _own_line(rows, nation):
            key = (line.gap, line.row.phone)
            before = found.get(key)
            nations = (*(before.nations if before else ()), nation)
            found[key] = UrgentLine(line.gap, (before or line).row, nations)
    return found.values()


def _voice(row: NationalSupport) -> bool:
    return has_voice(line_ways(row))


def always_open(row: NationalSupport) -> bool:
    """Whether its source says that it is open day and night, every day."""
    return row.phone_hours_osm == "24/7"
