"""Planning: the picture of 2024, why it matters, a workforce calculator, lists of good practice."""

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import planning
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.words import say

st.title(say("planning.title"), anchor=False)
render(Markup('<p class="measure">{}</p>').format(say("planning.intro")))
planning.show()
