"""Who answers now, in words: two numbers on the first screen, and the way to all lines.

Not for: which two (`answers.open_now`), or every line with its hours (`views.line`).
"""

from __future__ import annotations

from dataclasses import dataclass

from mmhs_finder.answers.open_now import Reached, reached_now, voice_of
from mmhs_finder.answers.types import Answer, Offer
from mmhs_finder.directory.ways import WayKind
from mmhs_finder.views.wording import without_brackets
from mmhs_finder.words import say


@dataclass(frozen=True)
class NowLine:
    """One number. spoken: how the link begins for somebody who hears it: "Call"."""

    id: str
    name: str
    spoken: str
    number: str  # "116 123", or "Text SHOUT"
    below: str  # whose it is: "Samaritans", or "to 85258, Shout"
    link: str
    kind: WayKind


@dataclass(frozen=True)
class NowView:
    """heading: "Open now, free". lines: none where no number is known that answers now."""

    heading: str
    lines: tuple[NowLine, ...]
    all_lines: str


def now_view(answer: Answer) -> NowView:
    """At most two numbers of an answer, in the language of the moment."""
    found = reached_now(answer)
    free = all(isinstance(one, Offer) and one.support.cost == "free" for one in found)
    heading = say("now.free") if free else say("now.heading")
    return NowView(
        heading=heading if found else say("now.none"),
        lines=tuple(_line(one) for one in found),
        all_lines=say("now.all"),
    )


def _line(one: Reached) -> NowLine:
    row = one.support if isinstance(one, Offer) else one.service
    way = voice_of(one)
    name = without_brackets(row.name).replace(way.value, "").strip() or row.name
    if way.kind is WayKind.PHONE:
        number, below, spoken = way.value, name, say("offer.call_label")
    else:
        number = say("now.text_word", word=way.keyword) if way.keyword else way.value
        to = say("now.text_to", number=way.value, name=name)
        below, spoken = (to, "") if way.keyword else (name, say("offer.text_label"))
    return NowLine(row.id, row.name, spoken, number, below, way.link, way.kind)
