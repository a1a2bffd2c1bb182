"""How a service fits a person, and what to do next, as HTML. Pure: outcomes in, markup out.

Not for: the outcome itself (`eligibility`), or which steps and in which order (`signposting`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from markupsafe import Markup

from mmhs_finder.eligibility import Assessment, CriterionId, Finding, Fit, State
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.pieces import fold, link
from mmhs_finder.render.html.verdict import WORDS, copied_html, copy_button
from mmhs_finder.views.outcome import WORDS_PART, FitVerdict
from mmhs_finder.views.sources import service_source
from mmhs_finder.views.steps import StepView
from mmhs_finder.words import say

ROWS_SHOWN: Final = 5
"""Ways of one step that are shown."""

_TAGS: dict[Fit, str] = {
    Fit.LOOKS_RIGHT: "yes",
    Fit.WORTH_ASKING: "unknown",
    Fit.MAY_NOT: "unknown",
}


def assessment_card(
    assessment: Assessment,
    title: str | Markup = "",
    *,
    today: date,
    professional: bool = False,
) -> Markup:
    """The outcome for one service in words, each reason with what to do, and questions to ask.

    title: instead of the service's name, where several may share it. today: as `service_source`.
    professional: for somebody who refers, who is told how to talk it over with the service first.
    """
    service = assessment.service
    met = [f for f in assessment.findings if f.state is State.MET]
    # That it is for another area stands in its headline.
    unchecked = [
        f
        for f in assessment.unchecked
        if not (assessment.via_gp and f.criterion is CriterionId.AREA)
    ]
    parts = [
        Markup("<h3>{}</h3>").format(title or service.name),
        Markup('<p class="outcome outcome-{}"><strong>{}</strong></p>').format(
            _TAGS[assessment.outcome], assessment.headline
        ),
        _consultation(assessment) if professional else Markup(""),
        _reasons(assessment.reasons),
        _findings(say("assessment.unchecked"), unchecked, is_open=True),
        _findings(say("assessment.met"), met),
        _findings(say("assessment.read"), assessment.to_read),
        _findings(say("assessment.not_published"), assessment.not_published),
        _questions(assessment.questions),
        cards.source_line(service_source(service, today)),
    ]
    return Markup('<article class="card">{}</article>').format(Markup("").join(parts))


def _consultation(assessment: Assessment) -> Markup:
    if not assessment.consultation:
        return Markup("")
    words = say("assessment.consultation", text=assessment.consultation)
    return Markup("<p>{}</p>").format(words)


def _reasons(reasons: Sequence[Finding]) -> Markup:
    items = Markup("").join(Markup("<li>{} {}</li>").format(f.reason, f.instead) for f in reasons)
    return Markup("<ul>{}</ul>").format(items) if reasons else Markup("")


def _findings(heading: str, findings: Sequence[Finding], *, is_open: bool = False) -> Markup:
    if not findings:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(f.reason) for f in findings)
    return Markup("<details{}><summary>{}</summary><ul>{}</ul></details>").format(
        Markup(" open") if is_open else Markup(""),
        heading,
        items,
    )


def _questions(questions: Sequence[str]) -> Markup:
    if not questions:
        return Markup("")
    items = Markup("").join(Markup("<li>{}</li>").format(q) for q in questions)
    return Markup("<h4>{}</h4><ul>{}</ul>").format(say("assessment.questions"), items)


def verdict_said(view: FitVerdict) -> Markup:
    """The verdict in one sentence."""
    colour = "yes" if view.looks_right else "unknown"
    return Markup('<p class="outcome outcome-{}"><strong>{}</strong></p>').format(colour, view.said)


def verdict_action(view: FitVerdict) -> Markup:
    """The next thing to do, as a button: a part of the same page, or a way to the service.

    Where it is the words to use, it copies them (`copy.js`), as they stand in their box now.
    """
    if view.link == f"#{WORDS_PART}":
        return copy_button(view.action, "go", WORDS) + copied_html(WORDS)
    if view.link.startswith("#"):
        return Markup('<a class="go" href="{}">{}</a>').format(view.link, view.action)
    return Markup('<span class="go">{}</span>').format(link(view.link, view.action))


def part_heading(name: str, words: str) -> Markup:
    """A heading that a link of the same page leads to."""
    return Markup('<h2 id="{}" tabindex="-1">{}</h2>').format(name, words)


def place_heading(words: str, searches: int) -> Markup:
    """Of which place the questions are. It has the focus after a search (`focus.js`).

    searches: how many this visit has made.
    """
    return Markup('<h2 tabindex="-1" data-search="{}">{}</h2>').format(searches, words)


def folded_step(step: StepView) -> Markup:
    """A step behind its name."""
    return fold(step.title, step_card(replace(step, title="")))


def step_card(step: StepView) -> Markup:
    """One thing to do next: what it is, every way to reach it, and the words to use."""
    parts = [
        Markup("<h3>{}</h3>").format(step.title) if step.title else Markup(""),
        Markup("<p>{}</p>").format(step.what),
        cards.rows(step.rows[:ROWS_SHOWN]),
        Markup("<p>{}</p>").format(step.none_known) if step.none_known else Markup(""),
        Markup("<p>{}</p>").format(step.say) if step.say else Markup(""),
    ]
    return Markup('<article class="card card-small">{}</article>').format(Markup("").join(parts))
