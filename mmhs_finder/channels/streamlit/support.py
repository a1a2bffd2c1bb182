"""The parts of the Other support page: urgent first, then lines and charities, then what is near.

Not for: choosing or ranking (`finder`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.national import HIDDEN_UNLESS_CHOSEN
from mmhs_finder.answers.suited import situation
from mmhs_finder.answers.types import Offer
from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.directory.models import Pathway
from mmhs_finder.nation import Nation
from mmhs_finder.places.place import Place
from mmhs_finder.render.html import cards
from mmhs_finder.views.answer import answer_view
from mmhs_finder.views.line import line_view, route_view
from mmhs_finder.words import say

NATIONS = (Nation.ENGLAND, Nation.SCOTLAND, Nation.WALES, Nation.NORTHERN_IRELAND)
TOPICS = (
    "any",
    *(p.value for p in Pathway),
    "depression_anxiety",
    "ocd",
    "psychosis",
    "partner",
    HIDDEN_UNLESS_CHOSEN,
)


def urgent(finder: Finder, nation: Nation, at: datetime) -> None:
    """Help for a crisis in this nation, before anything else."""
    st.header(say("result.urgent_heading"), anchor=False)
    render(Markup("<p>{}</p>").format(say("support.urgent_intro")))
    _offers(finder.urgent(nation, at), at)


def national(
    finder: Finder,
    topic: str,
    nation: Nation,
    at: datetime,
    needs: Sequence[Pathway],
    *,
    open_only: bool,
) -> None:
    """Lines and charities for one topic; with `open_only`, those that can be reached now.

    needs: what happened, as chosen with a search: it decides what may hurt.
    """
    st.header(say("support.national_heading"), anchor=False)
    if topic == HIDDEN_UNLESS_CHOSEN:
        render(Markup("<p>{}</p>").format(say("support.safe_note")))
    chosen = {p for p in Pathway if p == topic}
    offers = finder.support_for(topic, nation, at, situation({*needs, *chosen}))
    if open_only:
        offers = tuple(o for o in offers if o.opening.open_now)
        if not offers:
            render(Markup("<p>{}</p>").format(say("support.none_open")))
            offers = tuple(o for o in finder.urgent(nation, at) if o.opening.always)
    _offers(offers, at)


def near(
    finder: Finder, place: Place | None, needs: Sequence[Pathway], topic: str, at: datetime
) -> None:
    """Local services of the last search of this visit, and routes that work all over England."""
    if topic == HIDDEN_UNLESS_CHOSEN:
        return
    answer = finder.find(place, needs, at) if place and place.areas else None
    if answer:
        view = answer_view(answer)
        st.header(say("support.near_heading", place=answer.place.label), anchor=False)
        render(Markup("<p>{}</p>").format(say("support.near_text")))
        render(cards.stack(cards.service_card(s) for s in (*view.services, *view.alternatives)))
    st.header(say("support.routes_heading"), anchor=False)
    render(Markup("<p>{}</p>").format(say("support.routes_intro")))
    render(
        cards.stack(
            cards.line_card(route_view(o, at)) for o in finder.routes(at, (), situation(needs))
        )
    )
    if not answer:
        render(Markup("<p>{}</p>").format(say("support.near_none")))
        st.page_link(site.FIND_SUPPORT, label=say("support.near_link"))


def _offers(offers: Sequence[Offer], at: datetime) -> None:
    render(cards.stack(cards.line_card(line_view(o, at)) for o in offers))
