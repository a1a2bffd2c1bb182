"""What stands around every page: the urgent-help strip, the ways to the other pages, the footer.

"Leave this page" is not here: it is in the page's own HTML (`shell.index_page`), so that it
works before the app has loaded.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import streamlit as st
from markupsafe import Markup

from mmhs_finder.application import served
from mmhs_finder.channels.privates import FragmentHandledException
from mmhs_finder.channels.shell.quiet_log import where
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.nation import Nation
from mmhs_finder.noted import timed
from mmhs_finder.render.html.frame import PageLink, footer_html
from mmhs_finder.render.html.urgent import urgent_section
from mmhs_finder.words import say

_LOG = logging.getLogger(__name__)


class UrgentHelpStrip:
    """The urgent-help strip: first in reading order on every page, for the nation that is known.

    It needs nothing of the page, nor of the visit: what cannot be read there is not known.
    """

    def __init__(self, more: str, menu: Markup) -> None:
        """more: the address of the page with all urgent help. menu: the ways to the other pages on
        phones, which stand in the strip."""
        self._more, self._menu = more, menu
        self._place = st.empty()
        self._shown = _nation_of_visit()
        self._draw()

    def follow(self) -> None:
        """Draws it again where a page has found out where somebody lives."""
        if (nation := _nation_of_visit()) is not self._shown:
            self._shown = nation
            self._draw()

    def _draw(self) -> None:
        strip = urgent_section(served().urgent_strips[self._shown], self._more, in_app=True)
        with self._place:
            render(Markup('<div class="top">{}{}</div>').format(strip, self._menu))


def _nation_of_visit() -> Nation | None:
    try:
        return Visit().lives_in
    except Exception as problem:
        _LOG.error("The nation of a visit could not be read: %s", where(problem))
        return None


def page_link(page: st.Page, words: str = "") -> PageLink:
    """A link to a page of the app. words: what it is called there; by default the page's title."""
    return PageLink(f"/{page.url_path}", words or page.title)


def run(page: st.Page) -> None:
    """Runs a page. When it breaks, the visitor reads calm words, and the log says only where.

    An error's own message may hold what somebody typed, so it is never written down.
    """
    try:
        with timed("page", page=page.url_path or "find"):
            page.run()
    except FragmentHandledException:
        raise
    except Exception as problem:
        _LOG.error("Page %r: %s", page.title, where(problem))
        st.error(say("frame.sorry"))


def footer(pages: Sequence[PageLink], for_work: Sequence[PageLink], current: str) -> None:
    """Who we are not, what happens to answers, the ways to every page, whose the data are.

    current: the address of the page that is shown.
    """
    with st.container(key="footer"):
        render(footer_html(pages, for_work, current))
