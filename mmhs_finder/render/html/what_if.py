"""A scenario as HTML: its label, what it changes, and the steps that would close a gap. Pure.

Not for: the sentences (`views.scenario`), or its map, list and report.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from mmhs_finder.coverage.closing import ScenarioChange
from mmhs_finder.coverage.where import Where
from mmhs_finder.render.html.coverage_bar import compared_html
from mmhs_finder.views.scenario import GapStepView, ResultView, ScenarioView
from mmhs_finder.words import say

_EMPTY = Markup("")


def banner_html(view: ScenarioView) -> Markup:
    """That what follows is a scenario, where nobody can miss it."""
    items = _EMPTY.join(Markup("<li>{}</li>").format(line.text) for line in view.assumed)
    return Markup(
        '<div class="scenario-label" role="note"><p><strong>{}</strong></p><p>{}</p>'
        "<ul>{}</ul></div>"
    ).format(say("what_if.label"), say("what_if.notice"), items)


def caption_html() -> Markup:
    """The same in a few words, below a map or above a list."""
    return Markup('<p class="scenario-caption"><strong>{}</strong></p>').format(
        say("what_if.label")
    )


def result_html(view: ResultView, found: ScenarioChange, where: Where) -> Markup:
    """What changes: the figure, a bar as today and one as in the scenario, and the councils."""
    bars = compared_html(
        (
            (say("what_if.bar_today"), found.before),
            (say("what_if.bar_then"), found.after),
        ),
        where,
    )
    return Markup(
        '<section class="card what-if-result"><h3>{}</h3>'
        '<p class="what-if-figure" role="status">{}</p>{}{}'
        "</section>"
    ).format(view.heading, view.figure, bars, paragraphs(view.lines))


def paragraphs(lines: Sequence[str]) -> Markup:
    return _EMPTY.join(Markup('<p class="measure">{}</p>').format(line) for line in lines)


def step_html(view: GapStepView) -> Markup:
    first = Markup('<span class="sub">{}</span>').format(view.first) if view.first else _EMPTY
    return Markup('<p class="what-if-step"><strong>{}</strong><span>{}</span>{}</p>').format(
        view.text, view.gain, first
    )
