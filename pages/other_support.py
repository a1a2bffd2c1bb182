"""Other support: lines, charities and routes by need. Works without a postcode."""

from datetime import datetime

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import support
from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.resources import finder
from mmhs_finder.channels.streamlit.visit import Visit
from mmhs_finder.directory.named import nation_words
from mmhs_finder.hours import LONDON
from mmhs_finder.nation import Nation
from mmhs_finder.views.support import ANY_TOPIC, TOPIC, open_only_by_default, support_view, topics
from mmhs_finder.words import say

now = datetime.now(LONDON)
visit = Visit()
place, needs = visit.place, visit.pathways

st.title(say("support.title"), anchor=False)
render(Markup("<p>{}</p>").format(say("support.intro")))

offered = topics(visit.situation)
if visit.topic not in (None, *offered):
    visit.forget(Visit.topic.key)
topic = st.pills(
    say("support.topic_label"),
    offered,
    default=needs[0].value if needs else ANY_TOPIC,
    required=True,
    format_func=TOPIC,
    key=Visit.topic.key,
    persist_state="session",
)
nations = list(Nation)
nation = st.selectbox(
    say("support.nation_label"),
    nations,
    index=nations.index(place.nation) if place and place.nation in nations else 0,
    format_func=nation_words,
    key=Visit.nation.key,
    persist_state="session",
)
open_only = st.toggle(
    say("support.open_now"),
    value=open_only_by_default(now),
    key=Visit.open_only.key,
    persist_state="session",
)

support.show(
    support_view(
        finder(),
        topic or ANY_TOPIC,
        nation,
        now,
        place=place,
        who=visit.situation,
        open_only=open_only,
    )
)
