"""Could it be right for you? A few questions, all optional, then reasons and next steps."""

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import check, site
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.resources import finder
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.eligibility import Safety
from mmhs_finder.views.outcome import asked_view, urgent_view
from mmhs_finder.words import say

st.title(say("check_page.title"), anchor=False)
visit = Visit()
if visit.place is None:
    render(Markup("<p>{}</p>").format(say("check_page.no_place")))
    st.page_link(site.FIND_SUPPORT, label=say("find.submit"), icon=":material/arrow_forward:")
else:
    answer = finder().find(visit.place, visit.pathways, who=visit.situation)
    happened = (*answer.needs, *visit.further)
    asked = asked_view(answer, happened)
    render(Markup("<p>{}</p>").format(asked.intro))
    safety = check.ask_for_safety()
    if safety:
        check.show_urgent(urgent_view(finder(), answer, safety))
    if safety is not Safety.UNSAFE:
        answers = check.ask(asked, happened, safety)
        check.show_outcome(finder(), answer, answers)
