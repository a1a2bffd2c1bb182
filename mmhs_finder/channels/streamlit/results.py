"""An answer on the page: the verdict and who answers now, what is near, lines, then the map.

On wide screens the map stands beside the answer, on phones after what is near. It is drawn last,
so that the first paint never waits for it.
Not for: what is told (`views.answer`) or how it looks (`render.html.answer`).
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.types import Answer
from mmhs_finder.application import served
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.map_view import show_map
from mmhs_finder.channels.streamlit.search import link_to, start_again
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.directory.models import Need
from mmhs_finder.render.addresses import here
from mmhs_finder.render.html.about import foot_html
from mmhs_finder.render.html.answer import (
    Fold,
    Part,
    boards_html,
    first,
    fold_head,
    fold_html,
    lines_parts,
    local_parts,
    near_parts,
    others_parts,
    urgent_html,
)
from mmhs_finder.render.html.entries import entries, entry_alone, service_entry
from mmhs_finder.render.html.pieces import fold, link
from mmhs_finder.render.html.printed import printed_parts
from mmhs_finder.render.html.verdict import LINES, NEAR
from mmhs_finder.views.answer import AnswerView, NationView, answer_view
from mmhs_finder.views.printed import printed_view
from mmhs_finder.words import say

_COLUMNS = (8, 5)
"""Widths of the answer and of what stands beside it, where the screen has room for both."""


def show_answer(finder: Finder, answer: Answer) -> None:
    view = answer_view(answer)
    with st.container(key="result"):
        main, beside = st.columns(_COLUMNS, gap="medium")
        with main:
            render(first(view, Visit().searches))
            if view.nation:
                _nation(view.nation)
            _each(local_parts(view))
            _ways_on(view)
            _each(near_parts(view), NEAR)
            _each(lines_parts(view), LINES)
            if view.nation:
                render(urgent_html(view))
        with beside:
            map_here = st.container(key="map-section")
            _each(others_parts(view), "others")
            _keep(view)
        with map_here:
            _map(finder, view)
    happened: tuple[Need, ...] = (*answer.needs, *Visit().further)
    strip = served().urgent_strips[None]
    # What a printer gets instead.
    _each(printed_parts(printed_view(answer, happened, strip)))


def _each(parts: Iterable[Part], name: str = "part") -> None:
    """Each as an element of its own: one that has not changed is not sent again.

    name: of the folds among them, which are in containers of their own.
    """
    for count, part in enumerate(parts):
        if not isinstance(part, Fold) or not part.mixed:
            render(fold_html(part) if isinstance(part, Fold) else part)
            continue
        with st.container(key=f"fold-{name}-{count}"):
            render(fold_head(part))
            with st.container():
                for row in part.rows:
                    render(entry_alone(row))


def _ways_on(view: AnswerView) -> None:
    """The questions about a service, and where a mistake is told; inside the app (`links.js`)."""
    if view.services:
        way = Markup('<p class="ways-on no-print"><a href="{}" data-in-app="">{}</a></p>')
        render(way.format(here("/check"), say("result.check_link")))
    render(foot_html([s.service for s in view.services]))


def _nation(nation: NationView) -> None:
    """What there is outside England: the whole nation's, and those of the board that is chosen."""
    if not nation.boards:
        render(boards_html(nation))
        return
    everywhere = nation.boards[0]  # the nation's row comes first in the file
    chosen = st.selectbox(
        say("nation.board_label"),
        nation.boards,
        index=None,
        placeholder=say("nation.board_placeholder"),
        key=Visit.board.key,
    )
    shown = [s for s in nation.services if s.board in (chosen or everywhere, everywhere)]
    render(boards_html(nation, shown))
    if chosen and not any(s.board == chosen for s in shown):
        render(Markup("<p>{}</p>").format(say("nation.boards_none")))


def _keep(view: AnswerView) -> None:
    if view.place.council_code and view.place.areas:
        kept = link_to(view.place, (*view.needs, *Visit().further))
        way = link(kept, say("find.link_label"))
        told = Markup("<p>{} {}</p>").format(say("find.link_text"), way)
        render(fold(say("find.link_title"), told))
    st.button(say("find.new_search"), on_click=start_again)


def _map(finder: Finder, view: AnswerView) -> None:
    if not view.place.areas:
        return
    render(Markup('<h2 class="map-heading">{}</h2>').format(say("find.map_title")))
    picked = show_map(view, finder.shapes, finder.directory, key="map")
    render(Markup('<p class="sr-only">{}</p>').format(say("find.map_list")))
    for service in view.every_service:
        if service.id == picked:
            st.subheader(say("find.map_picked"), anchor=False)
            render(entries([service_entry(service)]))
            break
