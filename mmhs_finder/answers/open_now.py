"""Who answers at this hour: two numbers that fit what happened. Decided here only.

A line for what happened, first of all for her kind of loss, comes before one for anybody, and a
local one that is open day and night between the two; a free one before others; and of the two one
can be called and one texted, where both are there. At an hour when no line that fits is open, those
that always are stand here. Never one for a parent with her baby, for another kind of loss, for some
people only, that may not reach where she lives, or without a confirmed number.
Not for: the words (`views.now`), or the whole list of lines (`national`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

from mmhs_finder.answers.national import (
    FOR_A_GROUP,
    fits_what_happened,
    holds_surely_in,
    is_for_everybody,
    is_neutral,
)
from mmhs_finder.answers.suited import About, about_service
from mmhs_finder.answers.types import Answer, Match, Offer
from mmhs_finder.answers.urgent import LISTENING, day_and_night
from mmhs_finder.directory.said import may_ask_herself
from mmhs_finder.directory.ways import Way, line_ways, service_ways, voices

SHOWN: Final = 2
"""How many numbers stand on the first screen."""

_FOR_THAT_LOSS, _FOR_WHAT_HAPPENED, _NEAR, _LISTENS, _FOR_ANYBODY, _CRISIS = range(6)

Reached: TypeAlias = Match | Offer


def reached_now(answer: Answer) -> tuple[Reached, ...]:
    """At most `SHOWN` of an answer that somebody can call or text now, the best first."""
    by_number: dict[str, Reached] = {}
    for _, one in sorted(_open(answer), key=lambda pair: pair[0]):
        by_number.setdefault(voice_of(one).value, one)
    first, rest = [*by_number.values()][:1], [*by_number.values()][1:]
    other_kind = [one for one in rest if voice_of(one).kind is not voice_of(first[0]).kind]
    return (*first, *(other_kind or rest)[: SHOWN - 1])


def voice_of(one: Reached) -> Way:
    """The way to call it, or else to text it. Raises IndexError where there is none."""
    ways = line_ways(one.support) if isinstance(one, Offer) else service_ways(one.service)
    return voices(ways)[0]


def _open(answer: Answer) -> Iterator[tuple[tuple[int, bool], Reached]]:
    """What is open now and has a number, each with its place."""
    for offer in answer.national:
        level = _level(offer, answer)
        if level is not None and offer.opening.open_now:
            yield (level, offer.support.cost != "free"), offer
    for match in answer.alternatives:
        if _is_local_line(match, answer):
            yield (_NEAR, False), match
    for offer in day_and_night(answer.urgent):
        row = offer.support
        if row.kind not in FOR_A_GROUP:
            listens = row.urgent_strip in LISTENING
            yield (_LISTENS if listens else _CRISIS, row.cost != "free"), offer


def _level(offer: Offer, answer: Answer) -> int | None:
    """The place of a line or charity; None of one that does not stand here."""
    row = offer.support
    if not is_for_everybody(row) or not voices(line_ways(row)):
        return None
    if not holds_surely_in(row, answer.place.nation):
        return None
    if fits_what_happened(row, answer):
        named = answer.loss_kind in row.for_loss_kinds
        return _FOR_THAT_LOSS if named else _FOR_WHAT_HAPPENED
    if {*answer.needs} & {*row.pathways}:
        return _FOR_ANYBODY
    if row.urgent_strip in LISTENING:
        return _LISTENS
    return _FOR_ANYBODY if is_neutral(row) else None


def _is_local_line(match: Match, answer: Answer) -> bool:
    """A local service that is open day and night, and that people may ring themselves."""
    about = about_service(match.service)
    fits = about is None or (bool(answer.needs) and about is not About.BABY)
    asks = may_ask_herself(match.service, answer.needs)
    rings = bool(voices(service_ways(match.service))) and asks
    return fits and rings and match.opening.always
