"""The script that Streamlit runs for every page: the frame around it, then the page itself."""

from __future__ import annotations

import streamlit as st

from mmhs_finder.ui import frame, site
from mmhs_finder.ui.resources import wait_for_postcode_index
from mmhs_finder.web.assets import APP_FILES
from mmhs_finder.web.index_page import TITLE

# An icon of our own: for an emoji or a `:material/` name the browser would ask another host.
st.set_page_config(page_title=TITLE, page_icon=APP_FILES / "icon.svg", layout="centered")

find_support = st.Page(
    site.FIND_SUPPORT, title="Find support", icon=":material/search:", default=True
)
other_support = st.Page(
    site.OTHER_SUPPORT,
    title="Other support",
    icon=":material/diversity_1:",
    url_path="other-support",
)
about = st.Page(site.ABOUT, title="About", icon=":material/info:", url_path="about")
check = st.Page(
    site.CHECK, title="Could it be right for me?", icon=":material/checklist:", url_path="check"
)
pages = [find_support, check, other_support, about]

page = st.navigation(pages, position="top")
frame.styles()
frame.urgent_strip()
frame.page_links(pages)
frame.main_content()
if wait_for_postcode_index():
    frame.run(page)
frame.footer(about)
