"""The parts of the Other support page: urgent first, then lines and charities, then what is near.

Not for: what is told, or in which order (`views.support`).
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.urgent import today_html
from mmhs_finder.views.answer import Section
from mmhs_finder.views.line import LineView
from mmhs_finder.views.support import ROUTES_SHOWN, SupportView
from mmhs_finder.words import say


def show(view: SupportView) -> None:
    """Draws the page below its choices."""
    if view.today:
        st.header(view.today.heading, anchor=False)
        render(today_html(view.today))
    with st.container(key="urgent-lines"):  # where "All urgent help" in the strip leads
        _section(view.urgent_section)
    render(_lines(view.urgent))
    _section(view.lines_section)
    _text(view.safe_note)
    _text(view.none_open)
    render(_lines(view.lines))
    if view.baby_lines:
        _section(view.baby_section)
        with st.expander(say("result.show_lines", count=len(view.baby_lines))):
            render(_lines(view.baby_lines))
    if view.near_section:
        _section(view.near_section)
        render(cards.stack(cards.service_card(s) for s in view.near))
    if view.routes_section:
        _section(view.routes_section)
        render(_lines(view.routes[:ROUTES_SHOWN]))
        with st.expander(say("result.show_more", count=len(view.routes[ROUTES_SHOWN:]))):
            render(_lines(view.routes[ROUTES_SHOWN:]))
    if view.near_none:
        _text(view.near_none)
        st.page_link(site.FIND_SUPPORT, label=say("support.near_link"))


def _section(section: Section) -> None:
    st.header(section.heading, anchor=False)
    _text(section.text)


def _text(text: str) -> None:
    if text:
        render(Markup("<p>{}</p>").format(text))


def _lines(lines: Iterable[LineView]) -> Markup:
    return cards.stack(cards.line_card(line) for line in lines)
