"""Other support in words: an emergency first, then urgent help, lines for a topic, what is near.

Not for: choosing or ranking (`answers`), or markup (`render`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.national import HIDDEN_UNLESS_CHOSEN
from mmhs_finder.answers.suited import Situation
from mmhs_finder.answers.types import Answer
from mmhs_finder.directory.models import Pathway, ServiceKind
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.views.answer import Section, answer_view, baby_line_views, baby_section, line_views
from mmhs_finder.views.line import LineView, line_view, route_view
from mmhs_finder.views.service import ServiceView, service_view
from mmhs_finder.views.urgent import TodayView, today_view
from mmhs_finder.words import say, texts

ANY_TOPIC: Final = "any"
TOPICS: Final = (
    ANY_TOPIC,
    *(p.value for p in Pathway),
    "depression_anxiety",
    "ocd",
    "psychosis",
    "racing_thoughts",
    "partner",
    HIDDEN_UNLESS_CHOSEN,
)
"""What somebody may want help with, in the order to ask."""

TOPIC: Final = texts("topic.{}", TOPICS)

ROUTES_SHOWN: Final = 3
"""The others, and help with drugs and drinking among them, are shown to somebody who asks."""

_SAME_AS: Final = {"racing_thoughts": "psychosis"}
"""Choices for which the directory has one topic."""

_TODAY: Final = frozenset({"psychosis", "racing_thoughts"})
"""Choices that are an emergency today, whatever else is so."""


@dataclass(frozen=True)
class SupportView:
    """Everything to be told for one topic and nation, in the order to read it.

    today: for an emergency that needs a doctor now. safe_note: for a screen that somebody may see.
    none_open: said where only what is open was asked for and nothing is; `lines` are then those of
    a crisis. near_section, routes_section: None where a topic or nation has none.
    """

    today: TodayView | None
    urgent_section: Section
    urgent: tuple[LineView, ...]
    lines_section: Section
    safe_note: str
    none_open: str
    lines: tuple[LineView, ...]
    baby_section: Section
    baby_lines: tuple[LineView, ...]
    near_section: Section | None
    near: tuple[ServiceView, ...]
    routes_section: Section | None
    routes: tuple[LineView, ...]
    near_none: str  # where no place in England is known


def situation_for(who: Situation, topic: str) -> Situation:
    """What may hurt somebody who has chosen a topic here: her search and answers hold as well."""
    return replace(who, needs=who.needs | {p for p in Pathway if p == topic})


def support_view(
    finder: Finder,
    topic: str,
    nation: Nation,
    at: datetime,
    *,
    place: Place | None = None,
    who: Situation,
    open_only: bool = False,
) -> SupportView:
    """What there is for a topic.

    topic: one of `TOPICS`. place: of the last search. who: of the search and the answers.
    open_only: without what is known to be closed now.
    """
    who = situation_for(who, topic)
    urgent = finder.urgent(nation, at)
    shown = [o for o in urgent if not (open_only and o.opening.known and not o.opening.open_now)]
    offers = finder.support_for(_SAME_AS.get(topic, topic), nation, at, who)
    none_open = ""
    if open_only:
        offers = tuple(o for o in offers if o.opening.open_now)
        if not offers:
            none_open = say("support.none_open")
            offers = tuple(o for o in urgent if o.opening.always)
    in_england = nation is Nation.ENGLAND and topic != HIDDEN_UNLESS_CHOSEN
    answer = _near(finder, place, who, at) if in_england else None
    near = answer_view(answer) if answer else None
    return SupportView(
        today=_today(finder, nation, place, who, at) if topic in _TODAY else None,
        urgent_section=Section(say("result.urgent_heading"), say("support.urgent_intro")),
        urgent=tuple(line_view(o, at) for o in shown),
        lines_section=Section(say("support.national_heading")),
        safe_note=say("support.safe_note") if topic == HIDDEN_UNLESS_CHOSEN else "",
        none_open=none_open,
        lines=line_views(offers, at),
        baby_section=baby_section(),
        baby_lines=baby_line_views(offers, at),
        near_section=Section(
            say("support.near_heading", place=answer.place.label), say("support.near_text")
        )
        if answer
        else None,
        near=(*near.services, *near.alternatives) if near else (),
        routes_section=Section(say("support.routes_heading"), say("support.routes_intro"))
        if in_england
        else None,
        routes=tuple(route_view(o, at) for o in finder.routes(at, (), who)) if in_england else (),
        near_none=say("support.near_none") if in_england and not answer else "",
    )


def _near(finder: Finder, place: Place | None, who: Situation, at: datetime) -> Answer | None:
    """What serves the place of the last search, for all that happened and the topic.

    Not for the topic alone: a topic that is no loss does not undo a loss.
    """
    if place is None or not place.areas:
        return None
    return finder.find(place, tuple(who.needs), at, who)


def _today(
    finder: Finder, nation: Nation, place: Place | None, who: Situation, at: datetime
) -> TodayView:
    unit = nearest_unit(finder, place, who, at)
    return today_view(
        finder.directory.national,
        nation,
        without_her_baby=who.shielded,
        unit=unit.name if unit else "",
        distance=unit.distance if unit else "",
    )


def nearest_unit(
    finder: Finder, place: Place | None, who: Situation, at: datetime
) -> ServiceView | None:
    """The nearest mother and baby unit, where a place in England is known and it would not hurt."""
    if place is None or not place.areas:
        return None
    answer = finder.find(place, tuple(who.needs), at, who)
    units = [m for m in answer.alternatives if m.kind is ServiceKind.MOTHER_BABY_UNIT]
    units.sort(key=lambda m: (m.distance_km is None, m.distance_km or 0.0))
    return service_view(units[0], (), at) if units else None
