"""What stands around every page: the urgent-help strip, the ways to the other pages, the footer.

"Leave this page" is not here: it is in the page's own HTML (`mmhs_finder.web.index_page`), so that
it works before the app has loaded.
"""

from __future__ import annotations

import logging
import traceback
from collections.abc import Sequence
from pathlib import Path

import streamlit as st
from markupsafe import Markup
from streamlit.errors import FragmentHandledException
from streamlit.navigation.page import Page

from mmhs_finder.ui.html import render
from mmhs_finder.ui.resources import directory
from mmhs_finder.web.urgent import urgent_section

_LOG = logging.getLogger(__name__)

_STYLES = Path(__file__).with_name("styles.css")

NOT_NHS = (
    "This is not an NHS website. It lists NHS and other services from their own public pages. "
    "It does not give medical advice, and it is not for emergencies."
)
PRIVACY = "Your postcode and your answers stay on this site. We do not keep them or send them on."
# The sources' own conditions: change it only when they change.
ATTRIBUTION = (
    "Source: Office for National Statistics licensed under the Open Government Licence v.3.0. "
    "Contains OS data © Crown copyright and database right 2026. "
    "Contains Royal Mail data © Royal Mail copyright and database right 2026. "
    "Contains NHS information licensed under the Open Government Licence v3.0."
)
SORRY = (
    "Sorry, something went wrong on our side. Please try again. The numbers at the top of the page "
    "work day and night, and your GP or midwife can help you find support."
)
ABOUT_LABEL = "About this site, your privacy, and how to tell us about a mistake"


def styles() -> None:
    """Adds the style sheet. It takes no room on the page."""
    st.html(_STYLES)


def urgent_strip() -> None:
    """The urgent-help strip: first in reading order on every page."""
    render(urgent_section(directory().national))


def page_links(pages: Sequence[Page]) -> None:
    """Links to all pages, in sight on narrow screens: there Streamlit hides its own."""
    with st.container(horizontal=True, gap="small", key="page-links"):
        for page in pages:
            st.page_link(page)


def run(page: Page) -> None:
    """Runs a page. When it breaks, the visitor reads calm words, and the log says only where.

    An error's own message may hold what somebody typed, so it is never written down.
    """
    try:
        page.run()
    except FragmentHandledException:
        raise
    except Exception as problem:
        where = " > ".join(
            f"{Path(step.filename).name}:{step.lineno}"
            for step in traceback.extract_tb(problem.__traceback__)
        )
        _LOG.error("%s in page %r: %s", type(problem).__name__, page.title, where)
        st.error(SORRY)


def main_content() -> None:
    """Where "Skip to main content" leads."""
    render(Markup('<div id="main-content"></div>'))


def footer(about: Page) -> None:
    """Who we are not, what happens to answers, where the data come from, and the way to About."""
    with st.container(key="footer"):
        render(Markup("<p>{}</p><p>{}</p>").format(NOT_NHS, PRIVACY))
        st.page_link(about, label=ABOUT_LABEL)
        render(Markup('<p class="small">{}</p>').format(ATTRIBUTION))
