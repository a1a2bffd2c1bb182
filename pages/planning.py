"""Planning: the national picture of 2024, a workforce calculator and a good practice checklist."""

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import planning
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.resources import directory
from mmhs_finder.words import say

st.title(say("planning.title"), anchor=False)
render(Markup('<p class="measure">{}</p>').format(say("planning.intro")))
planning.show(directory())
