"""Find support: a postcode or a council in, the local service and the alternatives out."""

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.resources import finder
from mmhs_finder.channels.streamlit.results import show_answer
from mmhs_finder.channels.streamlit.search import restore_from_link, search
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.words import say

restore_from_link()
visit = Visit()
if visit.place is None:
    st.title(say("find.title"), anchor=False)
    search()
    render(
        Markup(
            '<section class="card quiet"><h2>{}</h2><p>{}</p><p>{}</p><p>{}</p></section>'
        ).format(
            say("find.empty_title"),
            say("find.intro"),
            say("find.empty_text"),
            say("find.no_postcode"),
        )
    )
    st.page_link(site.OTHER_SUPPORT, label=say("support.title"), icon=":material/arrow_forward:")
else:
    # In sight stands the heading of the answer: the screen of a phone is for that.
    render(Markup('<h1 class="sr-only">{}</h1>').format(say("find.title")))
    search()
    show_answer(finder(), finder().find(visit.place, visit.pathways, who=visit.situation))
