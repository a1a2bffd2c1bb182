"""The About page. Not for: its text (`views.about`)."""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.directory import Directory
from mmhs_finder.render.html.pieces import definition_list, link
from mmhs_finder.views.about import about_view


def show(directory: Directory) -> None:
    view = about_view(directory)
    st.markdown(view.before)
    render(definition_list(view.pathways))
    for text in (view.middle, view.privacy, view.after):
        st.markdown(text)
    mail = link(f"mailto:{view.address}", view.address) if view.address else Markup("")
    render(Markup("<p>{} {}</p>").format(view.report, mail))
