"""What has changed: in this list, by month and by health area, with sources and feeds."""

import streamlit as st

from mmhs_finder.channels.streamlit import changes
from mmhs_finder.words import say

st.title(say("changes.title"), anchor=False)
changes.show()
