"""Could it be right for her: which services are told and in which order, and what to do next.

Not for: the outcome of a service (`eligibility`), which steps there are (`signposting`), or markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from mmhs_finder.answers.finding import Finder
from mmhs_finder.answers.types import Answer, Match, Outcome
from mmhs_finder.directory.models import Need, Pathway
from mmhs_finder.directory.named import nation_words
from mmhs_finder.eligibility import (
    Answers,
    Assessment,
    Fit,
    Question,
    Safety,
    better_elsewhere,
    names_of,
    needed_questions,
    pregnancy_questions,
    rank,
    still_there,
)
from mmhs_finder.nation import Nation
from mmhs_finder.signposting.destinations import Step
from mmhs_finder.signposting.steps import NextStep, next_steps
from mmhs_finder.views.scripts import asking_script
from mmhs_finder.views.steps import StepView, step_view
from mmhs_finder.views.verdict import ActionKind, what_to_press
from mmhs_finder.views.wording import script_text, words_for
from mmhs_finder.words import join_words, say, texts

STEPS_SHOWN: Final = 3
"""Next steps that are shown at once."""

_MOST_ELSEWHERE: Final = 2
"""Services for other areas that are shown at once, where they fit better than the local one."""


@dataclass(frozen=True)
class AskedView:
    """The questions that matter for the services of a place, and what they are for, in words.

    in_pregnancy: those of them that only somebody who is or may be pregnant is asked.
    """

    intro: str
    questions: tuple[Question, ...]
    in_pregnancy: frozenset[Question]


def asked_anywhere() -> AskedView:
    """The questions that do not depend on a place, for somebody who has not searched."""
    return AskedView(
        intro=say("check_page.intro_anywhere"),
        questions=needed_questions(()),
        in_pregnancy=frozenset(),
    )


def asked_view(answer: Answer, happened: Sequence[Need]) -> AskedView:
    """happened: everything that was said with the search."""
    local = still_there(answer.mmhs)
    matches = local or answer.neighbours
    label = answer.place.label
    return AskedView(
        intro=say("check_page.intro")
        if answer.mmhs
        else say("check_page.intro_elsewhere", place=label),
        questions=needed_questions(matches, happened, neighbours=not local),
        in_pregnancy=pregnancy_questions(matches),
    )


@dataclass(frozen=True)
class FitVerdict:
    """What can be said so far in one sentence, and the next thing to do.

    action: what the button says; link: a number, an address, or "#" and a part of the page.
    """

    said: str
    looks_right: bool
    action: str
    link: str


WORDS_PART: Final = "take-away"
NEXT_PART: Final = "next-steps"
"""Names of the parts of the page that a verdict leads to."""

_VERDICT: Final = texts("fit_verdict.{}", Fit)


def fit_verdict(view: OutcomeView, left: int) -> FitVerdict:
    """left: how many questions have no answer yet."""
    best = view.own[0] if view.own else None
    words = _VERDICT(best.outcome, name=best.service.name) if best else view.none_verdict
    action, link = _action(best, view.needs)
    return FitVerdict(
        said=f"{words} · {say('fit_verdict.left', count=left) if left else say('fit_verdict.all')}",
        looks_right=best is not None and best.outcome is Fit.LOOKS_RIGHT,
        action=action,
        link=link,
    )


_WAYS: Final = (ActionKind.CALL, ActionKind.WRITE, ActionKind.FORM)


def _action(best: Assessment | None, needs: Sequence[Pathway]) -> tuple[str, str]:
    """The button of a verdict: the way that the answer puts first, where it is one, else the words
    for her GP."""
    if best is not None and best.outcome is Fit.MAY_NOT:
        return say("fit_verdict.next"), f"#{NEXT_PART}"
    first = what_to_press(best.service, needs)[0] if best else None
    if first is not None and first.kind in _WAYS:
        return first.words, first.link
    return say("fit_verdict.words"), f"#{WORDS_PART}"


@dataclass(frozen=True)
class UrgentView:
    """Urgent help for somebody who is not safe, or not sure. after: what to do when she is."""

    heading: str
    steps: tuple[StepView, ...]
    after: str


def urgent_anywhere(finder: Finder, nation: Nation, at: datetime, safety: Safety) -> UrgentView:
    """The same for somebody of whom no place is known. nation: as far as she has said it."""
    step = NextStep(
        Step.URGENT,
        title="",
        what=say("step_what.urgent"),
        say=say("step_say.urgent"),
        offers=finder.urgent(nation, at),
    )
    return _urgent((step,), at, safety)


def urgent_view(finder: Finder, answer: Answer, safety: Safety) -> UrgentView:
    """Where she is not safe nothing else may be shown."""
    steps = next_steps(finder, answer, Answers(safety=Safety.UNSAFE))
    return _urgent(steps, answer.at, safety)


def _urgent(steps: Sequence[NextStep], at: datetime, safety: Safety) -> UrgentView:
    unsafe = safety is Safety.UNSAFE
    return UrgentView(
        heading=say("result.urgent_heading"),
        steps=tuple(step_view(replace(step, title=""), at) for step in steps),
        after=say("check_page.safe_after") if unsafe else say("check_page.safe_unsure"),
    )


@dataclass(frozen=True)
class ScriptView:
    """Words to use about one service. match: None where no service is known."""

    match: Match | None
    label: str
    text: str


def script_views(answer: Answer) -> tuple[ScriptView, ...]:
    """The words for each local service; where none is known, how to ask whether there is one."""
    if not answer.mmhs:
        label = say("take_away.script_label_none")
        return (ScriptView(None, label, asking_script(answer)),)
    return tuple(
        ScriptView(
            match,
            say("take_away.script_label", name=match.service.name),
            words_for(match, answer.needs) or script_text(match.service, answer.needs),
        )
        for match in answer.mmhs
    )


@dataclass(frozen=True)
class OutcomeView:
    """Each service with its outcome, then the next steps.

    own: the local services; `none_known` is said where there are none. better: those for other
    areas that fit better. rest: the others for other areas. all_steps, assessments: for the page
    to take along.
    """

    needs: tuple[Pathway, ...]  # of the search
    own: tuple[Assessment, ...]
    none_known: str
    none_verdict: str  # the same in one line
    better: tuple[Assessment, ...]
    rest: tuple[Assessment, ...]
    steps: tuple[StepView, ...]  # but for urgent help: the first `STEPS_SHOWN` are shown at once
    urgent: StepView | None  # folded: the strip stands above; None where it stands first already
    all_steps: tuple[NextStep, ...]
    assessments: tuple[Assessment, ...]
    today: date  # for how long ago a service confirmed what is told of it


def outcome_view(finder: Finder, answer: Answer, answers: Answers) -> OutcomeView:
    """What we can say to a person who has answered."""
    assessments = tuple(rank(answer, answers, names_of(finder.directory)))
    local = {m.service.id for m in answer.mmhs}
    own = tuple(a for a in assessments if a.service.id in local)
    better = tuple(better_elsewhere(assessments)[:_MOST_ELSEWHERE])
    steps = next_steps(finder, answer, answers, assessments)
    shown = {step.step: step_view(step, answer.at) for step in steps}
    unsafe = answers.safety is Safety.UNSAFE
    urgent = None if unsafe else shown.pop(Step.URGENT, None)
    return OutcomeView(
        needs=answer.needs,
        own=own,
        none_known="" if own else _none_known(answer),
        none_verdict="" if own else _none_verdict(answer),
        better=better,
        rest=tuple(a for a in assessments if a.via_gp and a not in better),
        steps=tuple(shown.values()),
        urgent=None if answers.safety else urgent,
        all_steps=steps,
        assessments=assessments,
        today=answer.at.date(),
    )


def _none_verdict(answer: Answer) -> str:
    """The same in one line, as the result says it."""
    if answer.outcome is Outcome.OTHER_NATION:
        return say("fit_verdict.none_nation")
    if answer.outcome is Outcome.CLOSED:
        names = join_words([service.name for service in answer.closed])
        return say("fit_verdict.closed", name=names)
    return say("fit_verdict.none")


def _none_known(answer: Answer) -> str:
    if answer.outcome is not Outcome.OTHER_NATION:
        closed = answer.outcome is Outcome.CLOSED
        return say("check_page.no_service_closed") if closed else say("check_page.no_service")
    if answer.devolved:
        return say("nation.text", nation=nation_words(answer.place.nation))
    return say("nation.crown")
