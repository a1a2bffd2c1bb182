"""Moving between the pages: what a tab is called, where a page begins, an address that no page has.

The script `focus.js` does the rest: it brings a new page's heading into view, and on the way back
the place that was left. It knows by the two marks of a page that it is there.
Not for: what stands around a page (`frame`).
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote, unquote, urlsplit

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.render.addresses import here, inside
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


def lost_page(pages: Sequence[st.Page]) -> list[st.Page]:
    """A page of our own for an address that no page has; none when this visit has met no such one.

    Without it Streamlit shows the first page with words for programmers over it.
    """
    visit = Visit()
    path = inside(unquote(urlsplit(st.context.url or "").path)).strip("/").strip()
    if path and "/" not in path and path not in {page.url_path for page in pages}:
        visit.lost = path
    if not visit.lost:
        return []
    return [st.Page(_lost, title=say("lost.title"), url_path=visit.lost, visibility="hidden")]


def _lost() -> None:
    st.title(say("lost.title"), anchor=False)
    render(Markup("<p>{}</p>").format(say("lost.text")))
    st.page_link(site.FIND_SUPPORT, label=say("lost.link"), icon=":material/arrow_forward:")
