"""Puts what `render` has made on the page. The only module that gives HTML to Streamlit.

Not for: making HTML (`mmhs_finder.render.html`).
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup, escape

from mmhs_finder.channels.privates import visit_number
from mmhs_finder.channels.shell.browser import browser_in
from mmhs_finder.channels.shell.files import address_of
from mmhs_finder.channels.shell.offers import File
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.render.html.pieces import file_link


def render(html: Markup) -> None:
    """Draws HTML that was put together safely. A plain string is shown as text, "" not at all."""
    if not html:
        return
    st.html(_Drawn(str(escape(html)).strip()))


class _Drawn:
    """HTML that says so. Of a string Streamlit first asks the disk whether it names a file."""

    def __init__(self, html: str) -> None:
        self._html = html

    def _repr_html_(self) -> str:
        return self._html


def download(
    label: str,
    make: Callable[[], bytes | str],
    name: str,
    mime: str,
    *,
    key: str | None = None,
    first: bool = False,
) -> None:
    """A link to a file that is made when somebody asks for it: for this browser, while this page
    shows it.

    make: as `shell.offers.File`. name: of the file. mime: its media type. key: where two links have
    one label. first: it is the one thing to do here.
    """
    key = key or label
    token = Visit().files.offer(
        key, visit_number(), browser_in(st.context.cookies), File(name, mime, make)
    )
    with st.container(key=f"file-{key}", width="content"):  # two of one name are refused
        render(file_link(address_of(token), label, first=first))
