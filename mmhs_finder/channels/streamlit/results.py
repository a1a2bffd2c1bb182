"""An answer on the page: the local service, the map, what else is open, whom to talk to.

The card comes first and the map is drawn last, so that the first paint never waits for it.
Not for: what is told (`views.answer`) or how a card looks (`render.html.cards`).
"""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.types import Answer
from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.map_view import show_map
from mmhs_finder.channels.streamlit.search import link_to, start_again
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.directory.models import Need
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.about import foot_html
from mmhs_finder.render.html.answer import first_shown, fold_words, found_line, heading
from mmhs_finder.render.html.pieces import link
from mmhs_finder.render.html.printed import printed_html
from mmhs_finder.views.answer import AnswerView, NationView, Section, answer_view
from mmhs_finder.views.printed import printed_view
from mmhs_finder.words import say


def show_answer(finder: Finder, answer: Answer) -> None:
    view = answer_view(answer)
    with st.container(key="result"):
        render(heading(view, Visit().searches))
        render(found_line(view))
        render(cards.notices_html(view.notices))
        if view.nation:
            _nation(view.nation, view)
        else:
            render(cards.stack(cards.mmhs_card(s) for s in view.services))
            if view.none_known:
                render(cards.none_known_card(view.none_known))
            _ways_on(view)
        map_here = st.container(key="map-section")
        _alternatives(view)
        _lines(view)
        if view.neighbours:
            _section(view.neighbours_section)
            _list([cards.service_card(s) for s in view.neighbours], "beside")
        _keep(view)
        with map_here:
            _map(finder, view)
    happened: tuple[Need, ...] = (*answer.needs, *Visit().further)
    render(printed_html(printed_view(answer, happened)))  # what a printer gets instead


def _ways_on(view: AnswerView) -> None:
    st.page_link(site.CHECK, label=say("result.check_link"), icon=":material/arrow_forward:")
    render(foot_html([s.service for s in view.services]))


def _section(section: Section) -> None:
    st.header(section.heading, anchor=False)
    if section.text:
        render(Markup("<p>{}</p>").format(section.text))


def _nation(nation: NationView, view: AnswerView) -> None:
    """What there is outside England: the whole nation's, and those of the board that is chosen."""
    render(Markup("<p>{}</p>").format(nation.text))
    if not nation.boards:
        return
    chosen = st.selectbox(
        say("nation.board_label"),
        nation.boards,
        index=None,
        placeholder=say("nation.board_placeholder"),
        key=Visit.board.key,
    )
    everywhere = nation.boards[0]  # the nation's row comes first in the file
    shown = [s for s in nation.services if s.board in (chosen or everywhere, everywhere)]
    render(cards.stack(cards.devolved_card(s) for s in shown))
    if chosen and not any(s.board == chosen for s in shown):
        render(Markup("<p>{}</p>").format(say("nation.boards_none")))
    _section(view.urgent_section)
    _list([cards.line_card(line) for line in view.urgent], "urgent")


def _alternatives(view: AnswerView) -> None:
    if not view.place.areas:
        return
    _section(view.alternatives_section)
    _list([cards.service_card(s) for s in view.alternatives], "near")
    _section(view.routes_section)
    _list([cards.line_card(r) for r in view.routes], "people")


def _lines(view: AnswerView) -> None:
    _section(view.lines_section)
    render(cards.always_open(view))
    _list([cards.line_card(line) for line in view.lines], "lines")
    if view.baby_lines:
        _section(view.baby_lines_section)
        with st.expander(say("result.show_lines", count=len(view.baby_lines))):
            render(cards.stack(cards.line_card(line) for line in view.baby_lines))


def _list(shown: Sequence[Markup], what: str) -> None:
    """Cards, the first few at once and the others behind "show more". what: as of `fold_words`."""
    first = first_shown(what)
    rest = shown[first:]
    if shown[:first]:
        render(cards.stack(shown[:first]))
    if rest:
        with st.expander(fold_words(len(rest), what)):
            render(cards.stack(rest))


def _keep(view: AnswerView) -> None:
    if view.place.council_code and view.place.areas:
        with st.expander(say("find.link_title")):
            render(
                Markup("<p>{} {}</p>").format(
                    say("find.link_text"),
                    link(
                        link_to(view.place, (*view.needs, *Visit().further)),
                        say("find.link_label"),
                    ),
                )
            )
    st.button(say("find.new_search"), on_click=start_again)


def _map(finder: Finder, view: AnswerView) -> None:
    if not view.place.areas:
        return
    st.header(say("find.map_title"), anchor=False)
    picked = show_map(view, finder.shapes, finder.directory, key="map")
    render(Markup('<p class="muted">{}</p>').format(say("find.map_list")))
    for service in view.every_service:
        if service.id == picked:
            st.subheader(say("find.map_picked"), anchor=False)
            render(cards.stack([cards.service_card(service)]))
            break
