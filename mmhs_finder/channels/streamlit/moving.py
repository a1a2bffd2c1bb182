"""Moving between the pages: what a tab is called, and where a page begins.

The script `focus.js` does the rest: it brings a new page's heading into view, and on the way back
the place that was left. It knows by the two marks of a page that it is there.
Not for: what stands around a page (`frame`), or an address that no page has (`shell.doors`).
"""

from __future__ import annotations

from urllib.parse import quote

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.render.addresses import here
from mmhs_finder.words import say

_SEARCHING = ("", "professionals")
"""Addresses of the pages whose answer or problem is that of the search."""


def name_tab(page: st.Page) -> None:
    """Calls the tab by its page, and by whether there is a result or something to mend.

    Never by what was searched for: a list of tabs and a history are read by others too.
    """
    visit = Visit()
    searches = page.url_path in _SEARCHING
    if searches and visit.problem:
        name = say("tab.problem", page=page.title)
    elif searches and visit.place:
        name = say("tab.result", page=page.title)
    else:
        name = say("tab.title", page=page.title)
    st.set_page_config(page_title=name)


def begin(page: st.Page) -> None:
    """Where a page begins: "Skip to main content" leads there."""
    render(Markup('<div id="main-content" data-page="{}"></div>').format(_address(page)))


def end(page: st.Page) -> None:
    """What is drawn last: all of the page is there."""
    with st.container(key="page-end"):
        render(Markup('<span hidden data-page-end="{}"></span>').format(_address(page)))


def _address(page: st.Page) -> str:
    """As the browser has it: `focus.js` compares the two."""
    return here(f"/{quote(page.url_path)}")
