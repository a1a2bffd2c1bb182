"""What a page says of its visit, so that a browser that comes back knows whether it is still there.

A visit lives in one process and for a limited time. A phone that was locked, or whose server has
gone, may come back to a process that knows nothing of it: `came_back.js` notices by the mark, loads
the page afresh and says that the answers are gone.
Not for: giving back the area that a tab has kept (`search`).
"""

from __future__ import annotations

import secrets

import streamlit as st

from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.render.html.frame import visit_mark
from mmhs_finder.words import say


def mark_visit() -> None:
    """Draws the mark of this visit, and the button by which the browser asks for it again.

    Nobody sees either. The mark is a random number that opens nothing: it is only compared.
    """
    visit = Visit()
    if not visit.mark:
        visit.mark = secrets.token_hex(8)
    with st.container(key="returning"):
        render(visit_mark(visit.mark))
        st.button(say("frame.still_here"), key=Visit.STILL_HERE)
