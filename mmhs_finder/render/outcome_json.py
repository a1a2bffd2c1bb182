"""What can be said to a person who has answered, as plain JSON data: for the terminal and programs.

Her answers are never repeated. Not for: rules or words (`eligibility`, `views.outcome`).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mmhs_finder.eligibility import Answers, Assessment, Finding, State
from mmhs_finder.places.place import Place
from mmhs_finder.render.json import (
    Json,
    answer_json,
    devolved_json,
    line_json,
    place_json,
    service_json,
)
from mmhs_finder.views.answer import AnswerView
from mmhs_finder.views.line import DevolvedView, LineView
from mmhs_finder.views.service import ServiceView
from mmhs_finder.views.steps import StepView


def criteria_json(
    urgent: Sequence[LineView], found: Sequence[Assessment], answers: Answers
) -> Json:
    """Urgent help, and the outcome with its reasons.

    No assessment while the person is not safe. The answers are not repeated.
    """
    return {
        "safety": safety_json(answers),
        "urgent": [line_json(line) for line in urgent],
        "assessments": [assessment_json(each) for each in found],
    }


def safety_json(answers: Answers) -> str | None:
    """What was said of being safe now, where it is not "I am safe"."""
    return answers.safety.value if answers.safety else None


def assessment_json(found: Assessment) -> Json:
    """The outcome for one service, and everything it rests on."""
    service = found.service
    return {
        "service": {"id": service.id, "name": service.name, "status": service.status.value},
        "outcome": found.outcome.value,
        "headline": found.headline,
        "via_gp": found.via_gp,
        "for_professionals": found.consultation or None,
        "reasons": [_finding(f) for f in found.reasons],
        "not_checked": [_finding(f) for f in found.unchecked],
        "questions": list(found.questions),
        "findings": [_finding(f) for f in found.findings],
    }


def _finding(found: Finding) -> Json:
    return {
        "criterion": found.criterion.value,
        "state": found.state.value,
        "why_unknown": found.why_unknown.value if found.why_unknown else None,
        "changes_outcome": found.weighs or found.state is State.MAY_NOT,
        "reason": found.reason,
        "question": found.question,
        "instead": found.instead or None,
        "sources": list(found.source),
        "source_date": found.source_date or None,
        "checked_on": found.checked_on.isoformat(),
    }


def step_json(view: StepView) -> Json:
    """One thing to do next, with every way to it in the order to offer them."""
    return {
        "step": view.step.value,
        "title": view.title,
        "what": view.what,
        "say": view.say or None,
        "ways": [_way(row) for row in view.rows],
        "none_known": view.none_known or None,
    }


def _way(row: ServiceView | LineView | DevolvedView) -> Json:
    if isinstance(row, ServiceView):
        return {"type": "service", "service": service_json(row)}
    if isinstance(row, LineView):
        return {"type": "line", "line": line_json(row)}
    return {"type": "elsewhere", "elsewhere": devolved_json(row)}


def reply_json(
    view: AnswerView,
    answers: Answers | None = None,
    assessments: Sequence[Assessment] = (),
    steps: Sequence[StepView] = (),
) -> Json:
    """The whole answer, urgent help first. answers: None where nobody was asked."""
    return {
        "urgent": [line_json(line) for line in view.urgent],
        "safety": safety_json(answers) if answers else None,
        **answer_json(view),
        "assessments": [assessment_json(each) for each in assessments],
        "next_steps": [step_json(step) for step in steps],
    }


def unsafe_json(
    urgent: Sequence[LineView], place: Place | None, answers: Answers, at: datetime
) -> Json:
    """For somebody who is not safe: urgent help, and nothing else."""
    lists = ("open_now", "mmhs", "alternatives", "closed", "neighbours", "national", "devolved")
    return {
        "urgent": [line_json(line) for line in urgent],
        "safety": safety_json(answers),
        "place": place_json(place) if place else None,
        "outcome": None,
        "at": at.isoformat(timespec="minutes"),
        "verdict": None,
        **{name: [] for name in ("needs", *lists, "notices", "assessments", "next_steps")},
    }
