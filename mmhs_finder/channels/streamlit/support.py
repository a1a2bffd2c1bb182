"""The parts of the Other support page: urgent first, then lines and charities, then what is near.

Not for: what is told, or in which order (`views.support`), or markup (`render.html.support`).
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.render.html.support import lines_html, near_html, urgent_html
from mmhs_finder.views.support import SupportView
from mmhs_finder.words import say


def show(view: SupportView) -> None:
    """Draws the page below its choices."""
    with st.container(key="urgent-lines"):
        render(urgent_html(view))
    render(lines_html(view))
    if view.see_all:
        st.button(view.see_all, on_click=_see_all)
    render(near_html(view))
    if view.near_none:
        render(Markup("<p>{}</p>").format(view.near_none))
        st.page_link(site.FIND_SUPPORT, label=say("support.near_link"))


def _see_all() -> None:
    Visit().open_only = False
