"""Many postcodes at once, for professionals: a list in, the same list with services out."""

import streamlit as st

from mmhs_finder.channels.streamlit import bulk
from mmhs_finder.words import say

st.title(say("bulk.title"), anchor=False)
bulk.show()
