"""Could it be right for her: the questions as one form, then what we can say, and urgent help.

Not for: which questions, or the outcome (`views.outcome`), or reading the form (`channels.text`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Final

from markupsafe import Markup

from mmhs_finder.eligibility import UNANSWERED, Question, Safety, is_asked
from mmhs_finder.nation import Nation
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.fit import assessment_card, folded_step, step_card
from mmhs_finder.render.html.pages.frame import HOME, NEED, Fields, TextPage, button, draw
from mmhs_finder.render.html.pieces import fold
from mmhs_finder.views.outcome import STEPS_SHOWN, AskedView, OutcomeView, UrgentView
from mmhs_finder.views.questions import NEED as NEED_WORDS
from mmhs_finder.views.questions import NEEDS, choices_words, question_words
from mmhs_finder.words import say

_EMPTY = Markup("")

ASKED: Final = "asked"
"""Names of the questions that a form has asked, so that later ones can be told from them."""

SAFETY: Final = "safety"
SAFE: Final = "safe"
WHEN_NUMBER: Final = "when_number"
WHEN_DATE: Final = "when_date"
WHEN_UNITS: Final = ("weeks_since", "months_since", "years_since", "event_date")
"""How somebody may say when it happened; the first three with a number."""

Said = Mapping[str, str | list[str]]
"""What a form says, by the names of its fields."""


@dataclass(frozen=True)
class _Box:
    name: str
    words: str
    value: str
    keys: str = "numeric"
    size: int = 4


@dataclass(frozen=True)
class _Asked:
    name: str
    words: str
    choices: tuple[tuple[str, str], ...]
    chosen: frozenset[str]
    several: bool = False
    boxes: tuple[_Box, ...] = ()
    problem: str = ""


def asked_now(asked: AskedView, said: Said) -> tuple[Question, ...]:
    """The questions to ask after what was said; what happened first, and always."""
    rest = [
        q
        for q in asked.questions
        if q is not Question.HAPPENED and is_asked(q, said, asked.in_pregnancy)
    ]
    return (Question.HAPPENED, *rest)


def questions_page(
    asked: AskedView,
    said: Said,
    place: Fields,
    *,
    carry: Fields,
    cleared: Fields,
    nation: Nation | None,
    problems: Mapping[str, str],
) -> TextPage:
    """The questions that matter for the services of a place, each of which may be left out.

    said: what was said before. place: what the form itself takes along, since its questions hold
    the rest. carry: what the ways on take along. cleared: the same without her answers.
    problems: what to mend, by the name of the field.
    """
    now = asked_now(asked, said)
    fields = [_safety(said), *(_asked(q, said, problems) for q in now)]
    intro = asked.intro
    if problems:
        intro = say("text_pages.mend_answers")
    body = Markup("<p>{}</p>{}{}").format(
        intro,
        draw(
            "questions.html",
            action="/text/outcome",
            carry=(*place, (ASKED, " ".join(now))),
            fields=fields,
            submit=say("text_pages.check_submit"),
        ),
        button("/text/check", say("text_pages.clear"), cleared) if carry != cleared else _EMPTY,
    )
    title = say("text_pages.mend_title") if problems else say("text_pages.questions")
    return TextPage(title, say("check_page.title"), body, nation=nation, carry=carry)


def _safety(said: Said) -> _Asked:
    own = choices_words(Question.WHEN)
    choices = (
        (SAFE, say("check_page.safety_safe")),
        (Safety.UNSAFE.value, say("check_page.safety_unsafe")),
        *((value, own[value]) for value in UNANSWERED),
    )
    return _Asked(SAFETY, say("check_page.safety"), choices, _chosen(said, SAFETY))


def _asked(question: Question, said: Said, problems: Mapping[str, str]) -> _Asked:
    name, words = question.value, question_words(question)
    choices = tuple(choices_words(question).items())
    chosen, problem = _chosen(said, name), problems.get(name, "")
    if question is Question.HAPPENED:
        needs = tuple((need, NEED_WORDS(need)) for need in NEEDS)
        words = say("find.needs_label")
        return _Asked(NEED, words, needs, _chosen(said, NEED), several=True)
    if question is Question.WEEKS_PREGNANT:
        box = _Box(
            name, say("check_page.number_label", unit=say("check_page.weeks")), _text(said, name)
        )
        return _Asked(name, words, (), chosen, boxes=(box,), problem=problem)
    if question is Question.WHEN:
        boxes = (
            _Box(WHEN_NUMBER, say("text_pages.when_number"), _text(said, WHEN_NUMBER)),
            _Box(WHEN_DATE, say("text_pages.when_date"), _text(said, WHEN_DATE), "text", 12),
        )
        units = (
            ("weeks_since", say("check_page.weeks_since")),
            ("months_since", say("check_page.months_since")),
            ("years_since", say("check_page.years_since")),
            ("event_date", say("check_page.event_date")),
            *choices,
        )
        happened = said.get(Question.HAPPENED.value) or ()
        if len(happened) > 1:
            words = say("check_page.when_several")
        return _Asked(name, words, units, chosen, boxes=boxes, problem=problem)
    return _Asked(name, words, choices, chosen, problem=problem)


def _chosen(said: Said, name: str) -> frozenset[str]:
    value = said.get(name, "")
    return frozenset(value) if isinstance(value, list) else frozenset({value})


def _text(said: Said, name: str) -> str:
    value = said.get(name, "")
    return value if isinstance(value, str) else ""


def urgent_html(view: UrgentView) -> Markup:
    """Urgent help, before and, for somebody who is not safe, instead of everything else."""
    steps = _EMPTY.join(step_card(step) for step in view.steps)
    return Markup("<h2>{}</h2>{}<p>{}</p>").format(view.heading, steps, view.after)


def unsafe_page(view: UrgentView, carry: Fields, nation: Nation | None) -> TextPage:
    """For somebody who is not safe: urgent help, and nothing else."""
    steps = _EMPTY.join(step_card(step) for step in view.steps)
    body = steps + _safe_again(carry)
    return TextPage(say("text_pages.result"), view.heading, body, nation=nation, alone=True)


def unsafe_somewhere_page(lines: TextPage, carry: Fields) -> TextPage:
    """The same where we do not know where she is. lines: the page of urgent help."""
    body = lines.body + _safe_again(carry)
    return replace(lines, body=body, nation=None, address="", alone=True)


def _safe_again(carry: Fields) -> Markup:
    return Markup("<p>{}</p>{}").format(
        say("text_pages.safe_after"), button("/text/check", say("text_pages.safe_again"), carry)
    )


def outcome_page(
    view: OutcomeView,
    urgent: UrgentView | None,
    more: Iterable[Question],
    carry: Fields,
    nation: Nation | None,
) -> TextPage:
    """Each service with its outcome and reasons, then the next steps, in the order to read them.

    more: questions that matter only since she has answered: they may be answered as well.
    """
    body = _EMPTY.join(
        [
            urgent_html(urgent) if urgent else _EMPTY,
            _more(tuple(more), carry),
            Markup("<h2>{}</h2>").format(say("check_page.outcome_heading")),
            cards.stack(assessment_card(a, today=view.today) for a in view.own)
            if view.own
            else Markup("<p>{}</p>").format(view.none_known),
            *_elsewhere(view),
            Markup("<h2>{}</h2><p>{}</p>").format(
                say("check_page.next_heading"), say("check_page.next_intro")
            ),
            *(step_card(step) for step in view.steps[:STEPS_SHOWN]),
            _more_steps(view),
            folded_step(view.urgent) if view.urgent else _EMPTY,
            Markup('<div class="ways-on">{}{}{}</div>').format(
                button("/text/words", say("text_pages.words"), carry),
                button("/text/check", say("text_pages.check_again"), carry),
                button(HOME, say("check_page.back"), carry),
            ),
        ]
    )
    heading = say("check_page.title")
    return TextPage(say("text_pages.result"), heading, body, nation=nation, carry=carry)


def _more(questions: tuple[Question, ...], carry: Fields) -> Markup:
    if not questions:
        return _EMPTY
    items = _EMPTY.join(Markup("<li>{}</li>").format(question_words(q)) for q in questions)
    return Markup('<div class="notice no-print" role="note"><p>{}</p><ul>{}</ul>{}</div>').format(
        say("text_pages.more_questions"),
        items,
        button("/text/check", say("text_pages.answer_them"), carry),
    )


def _elsewhere(view: OutcomeView) -> Iterable[Markup]:
    if view.better:
        yield Markup("<h2>{}</h2>").format(say("check_page.better_heading"))
        yield cards.stack(assessment_card(a, today=view.today) for a in view.better)
    if view.rest:
        rest = cards.stack(assessment_card(a, today=view.today) for a in view.rest)
        yield fold(say("check_page.neighbours", count=len(view.rest)), rest)


def _more_steps(view: OutcomeView) -> Markup:
    rest = view.steps[STEPS_SHOWN:]
    if not rest:
        return _EMPTY
    return fold(say("check_page.more", count=len(rest)), *(step_card(step) for step in rest))
