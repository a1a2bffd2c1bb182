"""Other support: lines, charities and routes by need. Works without a postcode."""

from datetime import datetime

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit import support
from mmhs_finder.channels.streamlit.resources import finder
from mmhs_finder.channels.streamlit.search import current_needs, current_place
from mmhs_finder.directory.models import Pathway
from mmhs_finder.hours import LONDON
from mmhs_finder.nation import Nation
from mmhs_finder.render.html import pieces as html
from mmhs_finder.words import say

now = datetime.now(LONDON)
place = current_place()
needs = current_needs()

st.title(say("support.title"), anchor=False)
html.render(Markup("<p>{}</p>").format(say("support.intro")))

topic = st.pills(
    say("support.topic_label"),
    support.TOPICS,
    default=needs[0].value if needs else "any",
    required=True,
    format_func=lambda t: say(f"topic.{t}"),
    key="topic",
    persist_state="session",
)
nations = list(support.NATIONS)
nation = st.selectbox(
    say("support.nation_label"),
    nations,
    index=nations.index(place.nation) if place and place.nation in nations else 0,
    format_func=lambda n: n.value,
    key="nation",
    persist_state="session",
)
open_only = st.toggle(say("support.open_now"), key="open_only", persist_state="session")

support.urgent(finder(), nation, now)
support.national(finder(), topic or "any", nation, now, open_only=open_only)
if nation is Nation.ENGLAND:
    chosen = (Pathway(topic),) if topic in set(Pathway) else ()
    support.near(finder(), place, chosen, topic or "any", now)
