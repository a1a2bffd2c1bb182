"""The first screen of an answer as HTML: whose help it is, what to do, who answers now.

Not for: what is said (`views.verdict`, `views.now`), or what stands below (`answer`).
"""

from __future__ import annotations

from typing import Final

from markupsafe import Markup, escape

from mmhs_finder.render.html.pieces import link
from mmhs_finder.views.now import NowLine, NowView
from mmhs_finder.views.verdict import Action, ActionKind, ServiceVerdict, VerdictView
from mmhs_finder.words import say

_EMPTY = Markup("")

NEAR: Final = "near"
LINES: Final = "lines"
EACH: Final = "services"
BOARDS: Final = "boards"
WORDS: Final = "words"
"""Names of the parts of an answer, for links within its page."""

_LEADS_TO: Final = {ActionKind.NEAR: NEAR, ActionKind.EACH: EACH, ActionKind.BOARD: BOARDS}

_LONG: Final = 32
"""Letters of a heading from which it is set smaller, so that it leaves room for what to do."""


def first_html(view: VerdictView, now: NowView, heading: Markup, *, scripted: bool) -> Markup:
    """Heading, sentence, what to press, and who answers now.

    heading: as `heading_html` or another of the caller's. scripted: whether our scripts are there:
    `copy.js`, and `field.js`, which says the sentence when it changes.
    """
    by = Markup('<p class="by">{}</p>').format(view.by) if view.by else _EMPTY
    return Markup('<div class="first">{}{}<p class="verdict"{}>{}</p>{}{}</div>').format(
        heading,
        by,
        Markup(' data-announce=""') if scripted else _EMPTY,
        view.sentence,
        actions_html(view.first, view.second, WORDS, scripted=scripted),
        now_html(now),
    )


def heading_html(words: str, attributes: Markup = _EMPTY) -> Markup:
    """The heading of an answer; a long name in smaller letters. attributes: begin with a space."""
    css = Markup(' class="long"') if len(words) > _LONG else _EMPTY
    return Markup("<h2{}{}>{}</h2>").format(css, attributes, words)


def service_verdict_html(view: ServiceVerdict, name: str, *, scripted: bool) -> Markup:
    """What is said of one of several services, and what to do. name: of the service's words."""
    return Markup('<p class="verdict">{}</p>{}').format(
        view.sentence, actions_html(view.first, view.second, name, scripted=scripted)
    )


def actions_html(first: Action, second: Action | None, words: str, *, scripted: bool) -> Markup:
    """One or two things to press. words: the name of the words that are copied."""
    shown = [_action(first, "act", words, scripted=scripted)]
    if second:
        shown.append(_action(second, "act act-second", words, scripted=scripted))
    said = _EMPTY
    if scripted and ActionKind.WORDS in (first.kind, second.kind if second else None):
        said = copied_html(words)
    return Markup('<div class="acts">{}</div>{}').format(_EMPTY.join(shown), said)


def copy_button(label: str, css: str, words: str) -> Markup:
    """A button that copies words of the page. words: their name (`copy.js`)."""
    return Markup(
        '<button type="button" class="{}" data-copy="{}" data-done="{}" data-failed="{}">{}'
        "</button>"
    ).format(css, words, say("action.copied"), say("action.not_copied"), label)


def copied_html(words: str) -> Markup:
    """Where it is said that they were copied."""
    return Markup('<p class="copied" role="status" data-copied="{}"></p>').format(words)


def _action(action: Action, css: str, words: str, *, scripted: bool) -> Markup:
    if action.kind is ActionKind.WORDS and scripted:
        return copy_button(action.words, css, words)
    if action.kind is ActionKind.WORDS:
        return Markup('<a class="{}" href="#{}">{}</a>').format(
            css, words, say("action.words_read")
        )
    if leads_to := _LEADS_TO.get(action.kind):
        return Markup('<a class="{}" href="#{}">{}</a>').format(css, leads_to, action.words)
    return Markup('<span class="{}">{}</span>').format(
        css, link(action.link, action.words, action.whose)
    )


def now_html(view: NowView) -> Markup:
    """Two numbers that answer now, and the way to all lines."""
    lines = _EMPTY.join(_line(line) for line in view.lines)
    numbers = Markup('<div class="numbers">{}</div>').format(lines) if lines else _EMPTY
    return Markup(
        '<section class="now" aria-labelledby="now"><div class="now-head"><h3 id="now">{}</h3>'
        '<a href="#{}">{}</a></div>{}</section>'
    ).format(view.heading, LINES, view.all_lines, numbers)


def _line(line: NowLine) -> Markup:
    spoken = Markup('<span class="sr-only">{} </span>').format(line.spoken)
    shown = Markup("{}<strong>{}</strong> <small>{}</small>").format(
        spoken if line.spoken else _EMPTY, line.number, line.below
    )
    return Markup('<a href="{}">{}</a>').format(escape(line.link), shown)
