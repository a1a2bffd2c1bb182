"""Other support in words: an emergency first, then urgent help, lines for a topic, what is near.

Not for: choosing or ranking (`answers`), or markup (`render`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.national import (
    HIDDEN_UNLESS_CHOSEN,
    WITH_A_BABY,
    AboutLine,
    about_line,
)
from mmhs_finder.answers.night import at_night, open_first
from mmhs_finder.answers.suited import Situation, is_for_a_baby
from mmhs_finder.answers.types import Answer, Match, Offer
from mmhs_finder.answers.urgent import day_and_night
from mmhs_finder.directory.models import Pathway, ServiceKind, UrgentStrip, YesNo
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.views.answer import Section, without_a_baby
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
    WITH_A_BABY,
    HIDDEN_UNLESS_CHOSEN,
)
"""What somebody may want help with, in the order to ask."""

TOPIC: Final = texts("topic.{}", TOPICS)

ROWS_SHOWN: Final = 3
"""Rows of a group that are in sight at once."""

_OPEN, _TOPIC, _BABY = "open", "topic", "baby"
_NEAR, _ROUTES = "near", "routes"
_GROUPS: Final = (
    _OPEN,
    _TOPIC,
    AboutLine.ANYBODY.value,
    AboutLine.LOSS.value,
    AboutLine.BIRTH.value,
    _BABY,
    AboutLine.SOME.value,
)
"""Groups of lines, in the order to read them."""

_FOLDED: Final = (AboutLine.LOSS.value, AboutLine.BIRTH.value, _BABY, AboutLine.SOME.value)
"""Of which nothing is in sight unless they are the first: they are for some people, or may hurt
somebody who has not said what happened."""

_HEADING: Final = texts("support_group.{}", _GROUPS)
_MORE: Final = texts("support_more.{}", (*_GROUPS, _NEAR))
_ALL: Final = texts("support_all.{}", (AboutLine.ANYBODY, *_FOLDED, _ROUTES))

_SAME_AS: Final = {"racing_thoughts": "psychosis"}
"""Choices for which the directory has one topic."""

_TODAY: Final = frozenset({"psychosis", "racing_thoughts"})
"""Choices that are an emergency today, whatever else is so."""


Row = LineView | ServiceView


@dataclass(frozen=True)
class Group:
    """Rows under one heading: a few in sight, the rest behind words that say of what.

    more: what opens the rest, such as "Show 7 more about birth"; "" where nothing is folded.
    heading: "" where all is folded: then `more` is the heading.
    """

    heading: str
    text: str = ""
    shown: tuple[Row, ...] = ()
    rest: tuple[Row, ...] = ()
    more: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        return (*self.shown, *self.rest)


@dataclass(frozen=True)
class SupportView:
    """Everything to be told for one topic and nation, in the order to read it.

    today: for an emergency that needs a doctor now. urgent: what there is for a crisis beside the
    numbers of the strip, which stands above every page. safe_note: for a screen that somebody may
    see. groups: where only what is open was asked for and nothing is, lines that always are; the
    first one says so. see_all: what leads to those that are closed as well; "" where nothing is
    left out. near, routes: None where a topic or nation has none.
    """

    today: TodayView | None
    urgent: Group
    safe_note: str
    groups: tuple[Group, ...]
    see_all: str
    near: Group | None
    near_baby: Group | None  # near, for a parent with her baby: all folded
    routes: Group | None
    near_none: str  # where no place in England is known

    @property
    def lines(self) -> tuple[LineView, ...]:
        """Every line and charity of the groups."""
        rows = (row for group in self.groups for row in group.rows)
        return tuple(row for row in rows if isinstance(row, LineView))


def topics(who: Situation) -> tuple[str, ...]:
    """What somebody may choose; after a loss not what is for a parent with her baby."""
    return tuple(t for t in TOPICS if t != WITH_A_BABY or not who.shielded)


def open_only_by_default(at: datetime) -> bool:
    """Whether a list holds only what is open now before anybody has said so: at night it does."""
    return at_night(at)


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

    topic: one of `topics(who)`; any other is "I am not sure". place: of the last search. who: of
    the search and the answers. open_only: lines that are open now, and no others.
    """
    who = situation_for(who, topic)
    topic = topic if topic in topics(who) else ANY_TOPIC
    urgent = finder.urgent(nation, at)
    offers = _offers(finder, topic, nation, at, who)
    shown = tuple(o for o in offers if o.opening.open_now) if open_only else offers
    left_out = open_only and len(shown) < len(offers)
    said = say("support.at_night") if left_out and at_night(at) else ""
    if open_only and not shown:
        left_out, said = bool(offers), say("support.none_open")
        shown = day_and_night(urgent)
        if not shown:  # nobody answers at this hour: when they open, and the emergency number
            left_out, said, shown = False, _all_closed(urgent), offers
    in_england = nation is Nation.ENGLAND and topic != HIDDEN_UNLESS_CHOSEN
    answer = _near(finder, place, who, at) if in_england else None
    return SupportView(
        today=_today(finder, nation, place, who, at) if topic in _TODAY else None,
        urgent=_urgent(urgent, at),
        safe_note=say("support.safe_note") if topic == HIDDEN_UNLESS_CHOSEN else "",
        groups=_groups(shown, topic, at, said) or _nobody(said),
        see_all=say("support.see_all", count=len(offers)) if left_out else "",
        near=_near_group(answer, who, topic) if answer else None,
        near_baby=_near_baby_group(answer, who, topic) if answer else None,
        routes=_routes(finder, topic, at, who) if in_england else None,
        near_none=say("support.near_none") if in_england and not answer else "",
    )


def _offers(
    finder: Finder, topic: str, nation: Nation, at: datetime, who: Situation
) -> tuple[Offer, ...]:
    """Lines and charities for a topic; for a parent with her baby only where that is asked for."""
    found = finder.support_for(_SAME_AS.get(topic, topic), nation, at, who)
    if topic == WITH_A_BABY or who.asks_for_baby_help:
        return found
    return tuple(o for o in found if o.support.with_a_baby is not YesNo.YES)


def _groups(offers: Sequence[Offer], topic: str, at: datetime, said: str) -> tuple[Group, ...]:
    """The offers by whom they are for; at night those that are open before all others.

    said: under the first heading, of which some are always in sight.
    """
    by_name: dict[str, list[LineView]] = {name: [] for name in _GROUPS}
    for offer in open_first(offers, at):
        by_name[_group_of(offer, topic, at)].append(line_view(offer, at))
    found = [(name, rows) for name, rows in by_name.items() if rows]
    first = [_group(name, rows, Section(_HEADING(name), said)) for name, rows in found[:1]]
    # At night those for anybody that answer now stand first already.
    folded = (*_FOLDED, AboutLine.ANYBODY) if by_name[_OPEN] else _FOLDED
    others = [
        _folded(name, rows) if name in folded else _group(name, rows, Section(_HEADING(name)))
        for name, rows in found[1:]
    ]
    return (*first, *others)


def _all_closed(urgent: Sequence[Offer]) -> str:
    """Where no line is open and none is always: what that means, and the emergency number."""
    number = next((o.support.phone for o in urgent if _in_danger(o)), "")
    danger = say("emergency_today.danger", number=number)
    said = danger if number else say("emergency_today.danger_unknown")
    return f"{say('support.all_closed')} {said}"


def _nobody(said: str) -> tuple[Group, ...]:
    """Where there is no line at all: what was to be said of them."""
    return (Group(say("result.national_heading"), said),) if said else ()


def _group_of(offer: Offer, topic: str, at: datetime) -> str:
    asked_for = topic == WITH_A_BABY
    if offer.support.with_a_baby is YesNo.YES and not asked_for:
        return _BABY  # last, also when it is open
    about = about_line(offer.support)
    some = about is AboutLine.SOME or offer.support.max_age is not None
    if some and not asked_for:
        return AboutLine.SOME.value  # last, also when it is open
    if at_night(at) and offer.opening.open_now:
        return _OPEN
    if asked_for:
        return _TOPIC
    if topic == ANY_TOPIC:
        return about.value
    for_it = _SAME_AS.get(topic, topic) in offer.support.pathways
    return _TOPIC if for_it else AboutLine.ANYBODY.value


def _group(name: str, rows: Sequence[Row], section: Section, first: int = ROWS_SHOWN) -> Group:
    """first: how many are in sight. A fold for one row would take as much room as the row."""
    first += 1 if len(rows) == first + 1 else 0
    rest = tuple(rows[first:])
    more = _MORE(name, count=len(rest)) if rest else ""
    return Group(section.heading, section.text, tuple(rows[:first]), rest, more)


def _folded(name: str, rows: Sequence[Row], text: str = "") -> Group:
    """All of it behind its heading."""
    return Group("", text, rest=tuple(rows), more=_ALL(name, count=len(rows)))


def _urgent(offers: Sequence[Offer], at: datetime) -> Group:
    """Lines for a crisis, all folded: the first of them stand in the strip above every page."""
    rows = [line_view(o, at) for o in open_first(offers, at) if not _in_danger(o)]
    section = Section(say("result.urgent_heading"), say("support.urgent_intro"))
    more = say("support.urgent_more", count=len(rows)) if rows else ""
    return Group(section.heading, section.text, rest=tuple(rows), more=more)


def _routes(finder: Finder, topic: str, at: datetime, who: Situation) -> Group:
    """Who is not sure, and has said nothing, is not sent to those who see parents with a baby."""
    nothing_said = topic == ANY_TOPIC and not (who.needs or who.further or who.asks_for_baby_help)
    routes = [
        route_view(o, at)
        for o in finder.routes(at, (), who)
        if not (nothing_said and is_for_a_baby(o.support))
    ]
    return _folded(_ROUTES, routes, say("support.routes_intro"))


def _in_danger(offer: Offer) -> bool:
    """The emergency number: it stands in the words of the heading."""
    return offer.support.urgent_strip is UrgentStrip.EMERGENCY


def _near_group(answer: Answer, who: Situation, topic: str) -> Group:
    """What serves the place of the last search; at night those that are open before all others."""
    near, _ = _apart(answer, who, topic)
    found = (*answer.mmhs, *open_first(near, answer.at))
    return _group(
        _NEAR,
        [service_view(m, answer.needs, answer.at) for m in found],
        Section(say("support.near_heading", place=answer.place.label), say("support.near_text")),
    )


def _near_baby_group(answer: Answer, who: Situation, topic: str) -> Group | None:
    """Of it what is for a parent with her baby, folded; None where it stands with the others."""
    _, baby = _apart(answer, who, topic)
    rows = [service_view(m, answer.needs, answer.at) for m in open_first(baby, answer.at)]
    return _folded(_BABY, rows, say("result.baby_near")) if rows else None


def _apart(
    answer: Answer, who: Situation, topic: str
) -> tuple[tuple[Match, ...], tuple[Match, ...]]:
    """What is near, and what is kept apart: nothing where she says that her baby is with her."""
    asked_for = topic == WITH_A_BABY or who.asks_for_baby_help
    return (answer.alternatives, ()) if asked_for else without_a_baby(answer.alternatives)


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
