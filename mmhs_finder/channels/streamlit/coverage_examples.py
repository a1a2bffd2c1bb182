"""Coverage: the switch for the Integrate guide's examples, and their list below the map.

Off until somebody asks. The list says all that the signs say, so nobody needs the map.
Not for: what is said of an example (`views.case_study`), or its sign (`render.maps`).
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import CoverageChoices
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import Where
from mmhs_finder.render.html.case_study import examples_html
from mmhs_finder.views.case_study import CaseStudyView, case_study_views
from mmhs_finder.words import say


def choose(coverage: Coverage, where: Where) -> tuple[CaseStudyView, ...] | None:
    """Draws the switch. Returns the examples of the place that is looked at; None while off."""
    on = st.toggle(
        say("coverage_examples.show"), key=CoverageChoices.examples.key, persist_state="session"
    )
    if not on:
        return None
    return case_study_views(lambda code: coverage.holds(where, Level.COUNCIL, code))


def show_list(views: tuple[CaseStudyView, ...] | None) -> None:
    """The examples under the map; nothing while they are off."""
    if views is None:
        return
    heading = Markup("<h3>{}</h3>").format(say("coverage_examples.layer"))
    render(heading + examples_html(views, level=4))
