"""The script that Streamlit runs for every page of the curators' app.

Not for: the pages themselves (`work_list`, `one_service`, `history`).
"""

from __future__ import annotations

import logging
from collections.abc import Callable

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.curator import history, keeping_open, one_service, work_list
from mmhs_finder.channels.privates import FragmentHandledException
from mmhs_finder.channels.shell.quiet_log import where
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.curation.trying import Opened
from mmhs_finder.directory import BrokenDirectory
from mmhs_finder.render.html import curator
from mmhs_finder.render.static import FILES
from mmhs_finder.words import say

_LOG = logging.getLogger(__name__)
_MOST_PROBLEMS = 5
# The public style sheets that cards and sheets need, and what only this app has.
STYLES = (
    *("colours.css", "app/base.css", "app/cards.css", "app/professionals.css", "app/modes.css"),
    "curator.css",
)


def styles() -> Markup:
    text = "\n".join((FILES / name).read_text(encoding="utf-8") for name in STYLES)
    return Markup("<style>{}</style>").format(Markup(text))  # noqa: S704 - our own files


def page(draw: Callable[[Opened], None]) -> None:
    """Opens the directory as it is at this moment, and draws a page over it."""
    try:
        opened = keeping_open.Folder().now()
    except BrokenDirectory as broken:
        texts = [str(problem) for problem in broken.problems]
        render(curator.problem_list(say("curator.unreadable"), texts[:_MOST_PROBLEMS]))
        return
    if opened.wrong:
        texts = [str(problem) for problem in opened.wrong]
        if more := len(texts) - _MOST_PROBLEMS:
            texts = texts[:_MOST_PROBLEMS]
        if more > 0:
            texts.append(say("curator.broken_more", count=more))
        render(curator.problem_list(say("curator.broken"), texts))
    try:
        draw(opened)
    except FragmentHandledException:
        raise
    except Exception as problem:  # its message may hold what somebody typed
        _LOG.error("A page of the curators' app: %s", where(problem))
        render(curator.problem([say("curator.sorry")]))


st.set_page_config(page_title=say("curator.title"), page_icon=FILES / "icon.svg", layout="wide")
render(styles())
service_page = st.Page(
    lambda: page(lambda opened: one_service.show(opened, keeping_open.now())),
    title=say("curator.page_service"),
    icon=":material/edit:",
    url_path="service",
)
pages = [
    st.Page(
        lambda: page(
            lambda opened: work_list.show(opened, keeping_open.now().date(), service_page)
        ),
        title=say("curator.page_work"),
        icon=":material/checklist:",
        url_path="work",
        default=True,
    ),
    service_page,
    st.Page(
        lambda: page(history.show),
        title=say("curator.page_changes"),
        icon=":material/table:",
        url_path="history",
    ),
]
st.navigation(pages, position="top").run()
