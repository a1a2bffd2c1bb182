"""About: what a maternal mental health service is, sources, limits and privacy."""

import streamlit as st

from mmhs_finder.channels.streamlit import about
from mmhs_finder.channels.streamlit.resources import finder
from mmhs_finder.words import say

st.title(say("about.title"), anchor=False)
about.show(finder())
