"""The page for planners: figures of the 2024 survey and why they matter, the Integrate guide, the
workforce model, the lists to hold a system against.

Each view is a module of its own: `planning_picture`, `planning_why`, `planning_integrate`,
`planning_workforce`, `planning_checklist`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

import streamlit as st

from mmhs_finder.application import served
from mmhs_finder.channels.streamlit import (
    planning_checklist,
    planning_integrate,
    planning_picture,
    planning_why,
    planning_workforce,
    views,
)
from mmhs_finder.channels.streamlit import planning_parts as parts
from mmhs_finder.channels.streamlit.visit import PlanningChoices
from mmhs_finder.channels.streamlit.where import choose_where
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.where import Where
from mmhs_finder.hours import LONDON
from mmhs_finder.words import say, texts

VIEWS: Final = ("picture", "why", "integrate", "workforce", "practice")
_VIEW: Final = texts("planning.view_{}", VIEWS)


def show() -> None:
    """Draws the choice of views and the one that is chosen."""
    application = served()
    view = views.choose(
        say("planning.view_label"),
        {name: _VIEW(name) for name in VIEWS},
        PlanningChoices.view.key,
    )
    if view == "workforce":
        planning_workforce.show(application.directory)
        return
    if view == "integrate":
        planning_integrate.show()
        return
    coverage = application.coverage(datetime.now(LONDON).date())
    where = _where(coverage)
    if view == "why":
        planning_why.show(coverage, where)
    elif view == "practice":
        planning_checklist.show(coverage, where)
    else:
        planning_picture.show(coverage, where)


def _where(coverage: Coverage) -> Where:
    with st.container(key="planning-where"):
        where = choose_where(coverage)
        parts.small(say("planning.where"))
    return where
