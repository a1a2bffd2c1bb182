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
from mmhs_finder.words import say

_LOG = logging.getLogger(__name__)


class UrgentHelpStrip:
    """The urgent-help strip: first in reading order on every page, for the nation that is known.

    It needs nothing of the page, nor of the visit: what cannot be read there is not known.
    """

    def __init__(self) -> None:
        self._place = st.empty()
        self._shown = _nation_of_visit()
        self._draw()

    def follow(self) -> None:
        """Draws it again where a page has found out where somebody lives."""
        if (nation := _nation_of_visit()) is not self._shown:
            self._shown = nation
            self._draw()

    def _draw(self) -> None:
        with self._place:
            render(served().urgent(self._shown))


def _nation_of_visit() -> Nation | None:
    try:
        return Visit().lives_in
    except Exception as problem:
        _LOG.error("The nation of a visit could not be read: %s", where(problem))
        return None


def page_links(pages: Sequence[st.Page]) -> None:
    """Links to all pages, in sight on narrow screens: there Streamlit hides its own."""
    with st.container(horizontal=True, gap="small", key="page-links"):
        for page in pages:
            st.page_link(page)


def run(page: st.Page) -> None:
    """Runs a page. When it breaks, the visitor reads calm words, and the log says only where.

    An error's own message may hold what somebody typed, so it is never written down.
    """
    try:
        page.run()
    except FragmentHandledException:
        raise
    except Exception as problem:
        _LOG.error("Page %r: %s", page.title, where(problem))
        st.error(say("frame.sorry"))


def footer(about: st.Page, for_work: Sequence[st.Page]) -> None:
    """Who we are not, what happens to answers, where the data come from, and the way to About."""
    with st.container(key="footer"):
        render(Markup("<p>{}</p><p>{}</p>").format(say("frame.not_nhs"), say("frame.privacy")))
        st.page_link(about, label=say("frame.about_link"))
        simple = Markup('<p class="no-print"><a href="/text/">{}</a></p>')
        render(simple.format(say("text_pages.simple_version")))
        render(Markup('<p class="no-print"><strong>{}</strong></p>').format(say("frame.for_work")))
        with st.container(horizontal=True, gap="small"):
            for page in for_work:
                st.page_link(page)
        render(Markup('<p class="small">{}</p>').format(say("frame.attribution")))
