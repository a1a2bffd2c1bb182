"""The choice between the views of a page: one control, the same on every page that has views.

What is typed in one view is still there when the visitor comes back to it.
Not for: pages (`router`), or what a view shows.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from mmhs_finder.channels.streamlit.visit import Visit


def choose(
    label: str, views: Mapping[str, str], key: str, on_change: Callable[[], None] | None = None
) -> str:
    """Draws the control and returns the view that is chosen, at first the first of `views`.

    views: their words by name. key: where the choice is kept for this visit.
    on_change: called when another one is chosen.
    """
    names = list(views)
    chosen = st.segmented_control(
        label,
        names,
        default=None if Visit().knows(key) else names[0],
        required=True,
        format_func=views.__getitem__,
        key=key,
        on_change=on_change or "rerun",
        persist_state="session",
    )
    return str(chosen) if chosen in views else names[0]
