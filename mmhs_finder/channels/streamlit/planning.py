"""The page for planners: figures of the 2024 survey, the Integrate guide, the workforce model, the
checklist.

Each view is a module of its own: `planning_picture`, `planning_integrate`, `planning_workforce`,
`planning_checklist`.
"""

from __future__ import annotations

from typing import Final

from mmhs_finder.channels.streamlit import (
    planning_checklist,
    planning_integrate,
    planning_picture,
    planning_workforce,
    views,
)
from mmhs_finder.channels.streamlit.visit import PlanningChoices
from mmhs_finder.directory import Directory
from mmhs_finder.words import say, texts

VIEWS: Final = ("picture", "integrate", "workforce", "practice")
_VIEW: Final = texts("planning.view_{}", VIEWS)


def show(directory: Directory) -> None:
    """Draws the choice of views and the one that is chosen."""
    view = views.choose(
        say("planning.view_label"),
        {name: _VIEW(name) for name in VIEWS},
        PlanningChoices.view.key,
    )
    if view == "integrate":
        planning_integrate.show()
    elif view == "workforce":
        planning_workforce.show(directory)
    elif view == "practice":
        planning_checklist.show()
    else:
        planning_picture.show(directory)
