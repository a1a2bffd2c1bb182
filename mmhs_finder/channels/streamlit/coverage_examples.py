"""Coverage: the switch for the Integrate guide's examples, and their list below the map.

Off until somebody asks. The list says all that the signs say, so nobody needs the map.
Not for: what is said of an example (`views.case_study`), or its sign (`render.maps`).
"""

from __future__ import annotations

import streamlit as st
from markupsafe import Markup

from mmhs_finder.channels.streamlit.draw import render
from mmhs_finder.channels.streamlit.visit import CoverageChoices, Visit
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.values import Level
from mmhs_finder.coverage.where import Where
from mmhs_finder.render.html.case_study import examples_html
from mmhs_finder.views.case_study import CaseStudyView, case_study_views
from mmhs_finder.words import say


def show_switch() -> None:
    st.toggle(
        say("coverage_examples.show"), key=CoverageChoices.examples.key, persist_state="session"
    )


def shown_in(coverage: Coverage, where: Where) -> tuple[CaseStudyView, ...]:
    """The examples of the place that is looked at; none while they are off."""
    if not Visit().coverage.examples:
        return ()
    return case_study_views(lambda code: coverage.holds(where, Level.COUNCIL, code))


def show_list(coverage: Coverage, where: Where) -> None:
    """The examples in words, below the map and the sheet; nothing while they are off."""
    if not Visit().coverage.examples:
        return
    views = shown_in(coverage, where)
    heading = Markup("<h2>{}</h2>").format(say("coverage_examples.layer"))
    sign = Markup('<p class="measure">{}</p>').format(say("coverage_examples.on_map"))
    render(heading + (sign if views else Markup("")) + examples_html(views))
