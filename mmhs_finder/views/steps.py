"""A next step as a reader is told it: what it is, every way to reach it, the words to use.

Not for: which steps and in which order (`mmhs_finder.signposting`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mmhs_finder.signposting.destinations import Step
from mmhs_finder.signposting.steps import NextStep
from mmhs_finder.views.line import DevolvedView, LineView, devolved_view, line_view
from mmhs_finder.views.service import ServiceView, service_view


@dataclass(frozen=True)
class StepView:
    """One thing to do next. rows: the ways to it, the nearest first."""

    step: Step
    title: str
    what: str
    say: str
    rows: tuple[ServiceView | LineView | DevolvedView, ...]


def step_view(step: NextStep, at: datetime) -> StepView:
    """at: the moment for "open now", aware."""
    return StepView(
        step=step.step,
        title=step.title,
        what=step.what,
        say=step.say,
        rows=(
            *(service_view(m, (), at) for m in step.local),
            *(line_view(o, at) for o in step.offers),
            *(devolved_view(d) for d in step.devolved),
        ),
    )
