"""An answer on the page: the local service, the map, what else is open, whom to talk to.

The card comes first and the map is drawn last, so that the first paint never waits for it.
Not for: rules (`finder`) or the words of a card (`cards`).
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.finder import Finder
from mmhs_finder.answers.types import Answer, Match, Outcome
from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.map_view import show_map
from mmhs_finder.channels.streamlit.search import link_to, start_again
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.answer import found_line, heading, none_published
from mmhs_finder.render.html.pieces import link
from mmhs_finder.words import say

FIRST_SHOWN = 3
"""Cards of a list before "show more"."""


def show_answer(finder: Finder, answer: Answer) -> None:
    with st.container(key="result"):
        render(heading(answer, Visit().searches))
        render(found_line(answer))
        render(cards.notices_html(answer))
        if answer.outcome is Outcome.OTHER_NATION:
            _other_nation(answer)
        elif answer.mmhs:
            render(cards.stack(cards.mmhs_card(m, answer.needs, answer.at) for m in answer.mmhs))
            _ways_on()
        else:
            render(none_published(answer))
            _ways_on()
        map_here = st.container(key="map-section")
        _alternatives(answer)
        _national(answer)
        _neighbours(answer)
        _keep(answer)
        with map_here:
            _map(finder, answer)


def _ways_on() -> None:
    st.page_link(site.CHECK, label=say("check_page.link"), icon=":material/arrow_forward:")
    st.page_link(site.ABOUT, label=say("card.wrong"))


def _other_nation(answer: Answer) -> None:
    nation = answer.place.nation.value
    if not answer.devolved:
        render(Markup("<p>{}</p>").format(say("nation.crown")))
        return
    render(Markup("<p>{} {}</p>").format(say("nation.text", nation=nation), say("nation.ask")))
    boards = list(dict.fromkeys(row.board_or_trust for row in answer.devolved))
    chosen = st.selectbox(
        say("nation.board_label"),
        boards,
        index=None,
        placeholder=say("nation.board_placeholder"),
        key=Visit.board.key,
    )
    everywhere = boards[0]  # the nation's row comes first in the file
    rows = [r for r in answer.devolved if r.board_or_trust in (chosen or everywhere, everywhere)]
    named = [r for r in rows if not r.service_name.startswith("(")]
    render(cards.stack(cards.devolved_card(r) for r in named))
    if chosen and not any(r.board_or_trust == chosen for r in named):
        render(Markup("<p>{}</p>").format(say("nation.boards_none")))
    st.header(say("result.urgent_heading"), anchor=False)
    _list([cards.offer_card(o, answer.at) for o in answer.urgent])


def _alternatives(answer: Answer) -> None:
    if not answer.place.areas:
        return
    st.header(say("result.alternatives_heading"), anchor=False)
    if answer.alternatives:
        render(Markup("<p>{}</p>").format(say("result.alternatives_intro")))
        _list([cards.service_card(m, answer.at) for m in answer.alternatives])
    else:
        render(Markup("<p>{}</p>").format(say("result.alternatives_none")))
    st.header(say("result.routes_heading"), anchor=False)
    _list(
        [
            cards.offer_card(o, answer.at, heading=say(f"route.{o.support.kind}"))
            for o in answer.routes
        ],
    )


def _national(answer: Answer) -> None:
    st.header(say("result.national_heading"), anchor=False)
    render(Markup("<p>{}</p>").format(say("result.national_intro")))
    if not any(offer.answers_now for offer in answer.national):
        render(cards.open_day_and_night(answer.urgent, answer.at))
    _list([cards.offer_card(o, answer.at) for o in answer.national])


def _neighbours(answer: Answer) -> None:
    if not answer.neighbours:
        return
    st.header(say("result.neighbours_heading"), anchor=False)
    render(Markup("<p>{}</p>").format(say("result.neighbours_intro")))
    _list([cards.service_card(m, answer.at) for m in answer.neighbours], first=0)


def _list(shown: Sequence[Markup], first: int = FIRST_SHOWN) -> None:
    """Cards, the first few at once and the others behind "show more"."""
    rest = shown[first:]
    if shown[:first]:
        render(cards.stack(shown[:first]))
    if rest:
        label = "show_more" if first else "show_all" if len(rest) > 1 else "show_one"
        with st.expander(say(f"result.{label}", count=len(rest))):
            render(cards.stack(rest))


def _keep(answer: Answer) -> None:
    if answer.place.council_code and answer.place.areas:
        with st.expander(say("find.link_title")):
            render(
                Markup("<p>{} {}</p>").format(
                    say("find.link_text"),
                    link(link_to(answer.place, answer.needs), say("find.link_label")),
                )
            )
    st.button(say("find.new_search"), on_click=start_again)


def _map(finder: Finder, answer: Answer) -> None:
    if not answer.place.areas:
        return
    st.header(say("find.map_title"), anchor=False)
    picked = show_map(answer, finder.shapes, finder.directory, key="map")
    render(Markup('<p class="muted">{}</p>').format(say("find.map_list")))
    match = _by_id(answer, picked)
    if match:
        st.subheader(say("find.map_picked"), anchor=False)
        render(cards.stack([cards.service_card(match, answer.at)]))


def _by_id(answer: Answer, service_id: str | None) -> Match | None:
    everything = (*answer.mmhs, *answer.alternatives, *answer.neighbours)
    return next((m for m in everything if m.service.id == service_id), None)
