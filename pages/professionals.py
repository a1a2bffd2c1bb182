"""For professionals: referral sheets, services side by side, and a case against their criteria."""

import streamlit as st
from markupsafe import Markup

from mmhs_finder.ui import html, professionals
from mmhs_finder.ui.resources import finder
from mmhs_finder.words import say

st.title(say("professional.title"), anchor=False)
html.render(Markup('<p class="measure">{}</p>').format(say("professional.intro")))
professionals.show(finder())
