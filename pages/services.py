"""All services: the directory as a list to filter, sort and download, with a map."""

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import services
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.resources import finder
from mmhs_finder.words import say

st.title(say("listing.title"), anchor=False)
render(Markup('<p class="measure">{}</p>').format(say("listing.intro")))
services.show(finder())
