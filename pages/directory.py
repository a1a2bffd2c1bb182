"""All services: the directory as a list to filter, sort and download, with a map."""

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import listing
from mmhs_finder.channels.streamlit.resources import finder
from mmhs_finder.render.html import pieces as html
from mmhs_finder.words import say

st.title(say("listing.title"), anchor=False)
html.render(Markup('<p class="measure">{}</p>').format(say("listing.intro")))
listing.show(finder())
