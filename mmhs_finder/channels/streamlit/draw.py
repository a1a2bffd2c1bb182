"""Puts what `render` has made on the page. The only module that gives HTML to Streamlit.

Not for: making HTML (`mmhs_finder.render.html`).
"""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st
from markupsafe import Markup, escape


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
    label: str, make: Callable[[], bytes | str], name: str, mime: str, *, key: str | None = None
) -> None:
    """A button for a file that is made when somebody asks for it, and kept nowhere.

    name: of the file. key: where two buttons have one label.
    """
    st.download_button(
        label,
        make,
        file_name=name,
        mime=mime,
        on_click="ignore",
        icon=":material/download:",
        key=key,
    )
