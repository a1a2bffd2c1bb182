"""Could it be right for you? A few questions, all optional, then reasons and next steps."""

from datetime import datetime

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import check, site
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.resources import finder
from mmhs_finder.channels.streamlit.search import search_form
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.eligibility import Safety
from mmhs_finder.hours import LONDON
from mmhs_finder.nation import Nation
from mmhs_finder.render.html.fit import place_heading
from mmhs_finder.views.outcome import (
    asked_anywhere,
    asked_view,
    fit_verdict,
    outcome_view,
    urgent_anywhere,
    urgent_view,
)
from mmhs_finder.words import say

st.title(say("check_page.title"), anchor=False)
visit = Visit()
happened = (*visit.pathways, *visit.further)
if visit.place is None:
    asked = asked_anywhere()
    render(Markup("<p>{}</p>").format(asked.intro))
    safety = check.ask_for_safety()
    if safety:
        nation = visit.lives_in or Nation.ENGLAND
        check.show_urgent(urgent_anywhere(finder(), nation, datetime.now(LONDON), safety))
    if safety is not Safety.UNSAFE:
        search_form()
        check.ask(asked, happened, safety, by_search=True)
        check.clear_button()
        st.page_link(
            site.OTHER_SUPPORT, label=say("support.title"), icon=":material/arrow_forward:"
        )
else:
    answer = finder().find(visit.place, visit.pathways, who=visit.situation)
    asked = asked_view(answer, happened)
    outcome = None
    with st.container(key="asking"):
        words = say("check_page.for_place", place=visit.place.label)
        render(place_heading(words, visit.searches))
        render(Markup("<p>{}</p>").format(asked.intro))
        safety = check.ask_for_safety()
        if safety:
            check.show_urgent(urgent_view(finder(), answer, safety))
        if safety is not Safety.UNSAFE:
            said = check.ask(asked, happened, safety, by_search=False)
            outcome = outcome_view(finder(), answer, said.answers)
            check.show_verdict(fit_verdict(outcome, said.left))
    if outcome:
        check.clear_button()
        check.show_outcome(answer, said.answers, outcome)
