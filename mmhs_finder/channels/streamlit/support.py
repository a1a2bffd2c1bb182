"""The parts of the Other support page: urgent first, then lines and charities, then what is near.

Not for: choosing or ranking (`finder`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.national import HIDDEN_UNLESS_CHOSEN
from mmhs_finder.answers.suited import Situation
from mmhs_finder.answers.types import Offer
from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.directory.models import Pathway, ServiceKind
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.urgent import today_html
from mmhs_finder.views.answer import answer_view, baby_line_views, baby_section, line_views
from mmhs_finder.views.line import line_view, route_view
from mmhs_finder.views.service import ServiceView, service_view
from mmhs_finder.views.urgent import today_view
from mmhs_finder.words import say, texts

NATIONS = tuple(Nation)
TOPICS = (
    "any",
    *(p.value for p in Pathway),
    "depression_anxiety",
    "ocd",
    "psychosis",
    "racing_thoughts",
    "partner",
    HIDDEN_UNLESS_CHOSEN,
)

TOPIC: Final = texts("topic.{}", TOPICS)

_SAME_AS: Final = {"racing_thoughts": "psychosis"}
"""Choices for which the directory has one topic."""

_ROUTES_SHOWN: Final = 3
"""The others, and help with drugs and drinking among them, are shown to somebody who asks."""

_TODAY: Final = frozenset({"psychosis", "racing_thoughts"})
"""Choices that are an emergency today, whatever else is so."""


def today(
    finder: Finder, topic: str, nation: Nation, place: Place | None, who: Situation, at: datetime
) -> None:
    """Before anything else where a doctor is needed today; nothing for other topics."""
    if topic not in _TODAY:
        return
    unit = nearest_unit(finder, place, who, at)
    view = today_view(
        finder.directory.national,
        nation,
        without_her_baby=who.shielded,
        unit=unit.name if unit else "",
        distance=unit.distance if unit else "",
    )
    st.header(view.heading, anchor=False)
    render(today_html(view))


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


def urgent(finder: Finder, nation: Nation, at: datetime, *, open_only: bool = False) -> None:
    """Help for a crisis in this nation, before anything else.

    open_only: without the lines that are known to be closed now.
    """
    st.header(say("result.urgent_heading"), anchor=False)
    render(Markup("<p>{}</p>").format(say("support.urgent_intro")))
    offers = finder.urgent(nation, at)
    shut = [o for o in offers if open_only and o.opening.known and not o.opening.open_now]
    _offers([o for o in offers if o not in shut], at)


def national(
    finder: Finder,
    topic: str,
    nation: Nation,
    at: datetime,
    who: Situation,
    *,
    open_only: bool,
) -> None:
    """Lines and charities for one topic; with `open_only`, those that can be reached now.

    who: as `situation_for`.
    """
    st.header(say("support.national_heading"), anchor=False)
    if topic == HIDDEN_UNLESS_CHOSEN:
        render(Markup("<p>{}</p>").format(say("support.safe_note")))
    offers = finder.support_for(_SAME_AS.get(topic, topic), nation, at, who)
    if open_only:
        offers = tuple(o for o in offers if o.opening.open_now)
        if not offers:
            render(Markup("<p>{}</p>").format(say("support.none_open")))
            offers = tuple(o for o in finder.urgent(nation, at) if o.opening.always)
    render(cards.stack(cards.line_card(line) for line in line_views(offers, at)))
    if with_a_baby := baby_line_views(offers, at):
        section = baby_section()
        st.header(section.heading, anchor=False)
        render(Markup("<p>{}</p>").format(section.text))
        with st.expander(say("result.show_lines", count=len(with_a_baby))):
            render(cards.stack(cards.line_card(line) for line in with_a_baby))


def situation_for(who: Situation, topic: str) -> Situation:
    """What may hurt somebody who has chosen a topic here: her search and answers hold as well."""
    return replace(who, needs=who.needs | {p for p in Pathway if p == topic})


def near(finder: Finder, place: Place | None, who: Situation, topic: str, at: datetime) -> None:
    """Local services of the last search of this visit, and routes that work all over England.

    who: as `situation_for`.
    """
    if topic == HIDDEN_UNLESS_CHOSEN:
        return
    chosen = [p for p in Pathway if p == topic]
    answer = None
    if place and place.areas:
        answer = finder.find(place, chosen or tuple(who.needs), at, who)
    if answer:
        view = answer_view(answer)
        st.header(say("support.near_heading", place=answer.place.label), anchor=False)
        render(Markup("<p>{}</p>").format(say("support.near_text")))
        render(cards.stack(cards.service_card(s) for s in (*view.services, *view.alternatives)))
    st.header(say("support.routes_heading"), anchor=False)
    render(Markup("<p>{}</p>").format(say("support.routes_intro")))
    routes = [cards.line_card(route_view(o, at)) for o in finder.routes(at, (), who)]
    render(cards.stack(routes[:_ROUTES_SHOWN]))
    with st.expander(say("result.show_more", count=len(routes[_ROUTES_SHOWN:]))):
        render(cards.stack(routes[_ROUTES_SHOWN:]))
    if not answer:
        render(Markup("<p>{}</p>").format(say("support.near_none")))
        st.page_link(site.FIND_SUPPORT, label=say("support.near_link"))


def _offers(offers: Sequence[Offer], at: datetime) -> None:
    render(cards.stack(cards.line_card(line_view(o, at)) for o in offers))
