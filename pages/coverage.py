"""Coverage: where which help is known, by council, ICB and region, and where it is not."""

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import coverage
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.words import say

st.title(say("coverage.title"), anchor=False)
render(Markup('<p class="measure">{}</p>').format(say("coverage.intro")))
coverage.show()
