"""Referral routes: referral sheets, services side by side, and a case against their criteria."""

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import professionals
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.resources import finder
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.words import say

st.title(say("page.professionals"), anchor=False)
if Visit().place is None:  # after a search what is wanted stands in the first screen
    render(Markup('<p class="measure">{}</p>').format(say("professional.intro")))
professionals.show(finder())
