"""The script that Streamlit runs for every page: the frame around it, then the page itself."""

from __future__ import annotations

import streamlit as st

from mmhs_finder.channels.shell.index_page import title
from mmhs_finder.channels.streamlit import frame, moving, site, uploading
from mmhs_finder.channels.streamlit.resources import wait_for_postcode_index
from mmhs_finder.channels.streamlit.returning import mark_visit
from mmhs_finder.channels.streamlit.search import area_for_a_reload, follow_the_directory
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.render.html.frame import menu_html
from mmhs_finder.render.static import FILES
from mmhs_finder.words import say

# An icon of our own: for an emoji or a `:material/` name the browser would ask another host.
st.set_page_config(page_title=title(), page_icon=FILES / "icon.svg")

find_support = st.Page(
    site.FIND_SUPPORT, title=say("page.find_support"), icon=":material/search:", default=True
)
other_support = st.Page(
    site.OTHER_SUPPORT,
    title=say("page.other_support"),
    icon=":material/diversity_1:",
    url_path=site.PATHS[site.OTHER_SUPPORT],
)
professionals = st.Page(
    site.PROFESSIONALS,
    title=say("page.professionals"),
    icon=":material/clinical_notes:",
    url_path=site.PATHS[site.PROFESSIONALS],
)
services = st.Page(
    site.SERVICES,
    title=say("page.services"),
    icon=":material/table:",
    url_path=site.PATHS[site.SERVICES],
)
bulk = st.Page(
    site.BULK, title=say("page.bulk"), icon=":material/upload_file:", url_path=site.PATHS[site.BULK]
)
planning = st.Page(
    site.PLANNING,
    title=say("page.planning"),
    icon=":material/groups:",
    url_path=site.PATHS[site.PLANNING],
)
coverage = st.Page(
    site.COVERAGE,
    title=say("page.coverage"),
    icon=":material/map:",
    url_path=site.PATHS[site.COVERAGE],
)
changes = st.Page(
    site.CHANGES,
    title=say("page.changes"),
    icon=":material/history:",
    url_path=site.PATHS[site.CHANGES],
    visibility="hidden",  # the menu at the top is full: the footer, About and Coverage lead here
)
about = st.Page(
    site.ABOUT, title=say("page.about"), icon=":material/info:", url_path=site.PATHS[site.ABOUT]
)
check = st.Page(
    site.CHECK,
    title=say("page.check"),
    icon=":material/checklist:",
    url_path=site.PATHS[site.CHECK],
)
for_parents = [find_support, check, other_support, about]
for_work = [professionals, services, bulk, coverage, planning, changes]

page = st.navigation({"": for_parents, say("frame.for_work"): for_work}, position="top")
# Once a run: a page that changed it again would make the whole page jump.
wide = for_work[:-1]  # not what is read line by line
st.set_page_config(layout="wide" if page in wide else "centered")
moving.name_tab(page)
uploading.follow(has_box=page == bulk)
here = frame.page_link(page).address
all_urgent_help = frame.page_link(other_support).address
menu = menu_html(map(frame.page_link, for_parents), here)
urgent = frame.UrgentHelpStrip(all_urgent_help, menu)
with st.container(key="page"):  # the main part of the page, see landmarks.js
    moving.begin(page)
    Visit().files.begin()
    if wait_for_postcode_index():
        follow_the_directory()
        frame.run(page)
        moving.name_tab(page)  # a link that the page has read can have changed it
        area_for_a_reload()
        mark_visit()
urgent.follow()
about_link = frame.page_link(about, say("frame.about_link"))
frame.footer(
    [*map(frame.page_link, for_parents[:-1]), about_link],
    list(map(frame.page_link, for_work)),
    here,
)
Visit().files.end()
moving.end(page)
