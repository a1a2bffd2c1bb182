"""Which lines are worth keeping on paper: with a number, and whatever the hour is now.

Paper does not know the time, so nothing here depends on it; the hours stand beside each number.
Not for: who answers at this moment (`night`, `national`), or the words (`views.printed`).
"""

from __future__ import annotations

from typing import Final

from mmhs_finder.answers.national import (
    AboutLine,
    about_line,
    fits_what_happened,
    holds_surely_in,
    is_for_everybody,
)
from mmhs_finder.answers.types import Answer, Offer
from mmhs_finder.answers.urgent import day_and_night
from mmhs_finder.directory.ways import has_number, line_ways

KEPT: Final = 3
"""Numbers on a printed answer."""


def lines_to_keep(answer: Answer) -> tuple[Offer, ...]:
    """At most `KEPT` lines with a confirmed number, those for what happened first.

    Then those for anybody, and at last those for a crisis. Never one for a parent with her baby or
    for some people only, nor one that may be closing.
    """
    fitting = [offer for offer in answer.national if _is_kept(offer)]
    # By name at last: the order of the answer itself changes with the hour.
    fitting.sort(key=lambda o: (_place(o, answer), o.support.cost != "free", o.support.name))
    found = (*fitting, *(o for o in day_and_night(answer.urgent) if _has_number(o)))
    by_number = {line_ways(offer.support)[0].value: offer for offer in reversed(found)}
    return tuple(offer for offer in found if offer in by_number.values())[:KEPT]


def _is_kept(offer: Offer) -> bool:
    return _has_number(offer) and is_for_everybody(offer.support)


def _has_number(offer: Offer) -> bool:
    return has_number(line_ways(offer.support))


def _place(offer: Offer, answer: Answer) -> int:
    if not holds_surely_in(offer.support, answer.place.nation):
        return 3
    if fits_what_happened(offer.support, answer):
        return 0 if answer.loss_kind in offer.support.for_loss_kinds else 1
    return 2 if about_line(offer.support) is AboutLine.ANYBODY else 3
