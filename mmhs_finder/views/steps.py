"""A next step as a reader is told it: what it is, every way to reach it, the words to use.

Not for: which steps and in which order (`mmhs_finder.signposting`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mmhs_finder.answers.types import Match, Offer
from mmhs_finder.directory.models import DevolvedService
from mmhs_finder.signposting.destinations import Step
from mmhs_finder.signposting.steps import NextStep
from mmhs_finder.views.line import DevolvedView, LineView, devolved_view, line_view
from mmhs_finder.views.service import ServiceView, service_view
from mmhs_finder.words import say


@dataclass(frozen=True)
class StepView:
    """One thing to do next. rows: the ways to it, in the order to offer them.

    none_known: said where there are no rows; "" where there are.
    """

    step: Step
    title: str
    what: str
    say: str
    rows: tuple[ServiceView | LineView | DevolvedView, ...]
    none_known: str = ""


def step_view(step: NextStep, at: datetime) -> StepView:
    """at: the moment for "open now", aware."""
    return StepView(
        step=step.step,
        title=step.title,
        what=step.what,
        say=step.say,
        rows=tuple(_row(way, at) for way in step.ways),
        none_known="" if step.ways else say("step_none.known"),
    )


def _row(
    way: Match | Offer | DevolvedService, at: datetime
) -> ServiceView | LineView | DevolvedView:
    if isinstance(way, Match):
        return service_view(way, (), at)
    return line_view(way, at) if isinstance(way, Offer) else devolved_view(way)
