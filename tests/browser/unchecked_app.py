"""The app without the check of the directory that `app.py` makes, to see what hostile cells do."""

from pathlib import Path

import streamlit as st

from mmhs_finder.directory import load_directory
from mmhs_finder.web import assets
from mmhs_finder.web.stack import middleware
from mmhs_finder.web.urgent import urgent_section

app = st.App(
    Path(__file__).parents[2] / "mmhs_finder" / "ui" / "router.py",
    routes=assets.routes(),
    middleware=middleware(urgent_section(load_directory().national)),
)
