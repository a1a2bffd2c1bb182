"""The app without the check of the directory that `app.py` makes, to see what hostile cells do."""

from pathlib import Path

import streamlit as st

from mmhs_finder.application import open_application, serve
from mmhs_finder.channels.shell import assets
from mmhs_finder.channels.shell.stack import middleware

ours = assets.routes()
app = st.App(
    Path(__file__).parents[2] / "mmhs_finder" / "channels" / "streamlit" / "router.py",
    routes=ours,
    middleware=middleware(serve(open_application(checked=False)), ours),
)
