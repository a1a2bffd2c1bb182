"""The words around the postcode box, and the two chips that a search becomes once it has an answer.

The box itself is Streamlit's: `field.js` ties these to it, and opens what a chip stands for.
Not for: the words (`views.field`), or the form of the pages without a script.
"""

from __future__ import annotations

from markupsafe import Markup

from mmhs_finder.views.field import FieldProblem, SearchedView
from mmhs_finder.words import say


def field_words(label: str) -> Markup:
    """The label of the box and its hint, which stand above it."""
    return Markup(
        '<label class="field-label" id="postcode-label" data-landmark="{}">{}</label>'
        '<p class="field-hint" id="postcode-hint">{}</p>'
    ).format(say("find.landmark"), label, say("find.postcode_hint"))


def problem_html(problem: FieldProblem, searches: int) -> Markup:
    """What to mend, between the label and the box.

    searches: how many this visit has made: `focus.js` knows a new problem by the number.
    """
    return Markup(
        '<div class="alert" id="postcode-problem" role="alert" tabindex="-1" data-problem="{}">'
        "<p><strong>{}</strong></p><p>{}</p></div>"
    ).format(searches, problem.title, problem.text)


def search_chips(searched: SearchedView) -> Markup:
    """What was searched for: pressing one opens the form, or the choices, in its place."""
    if searched.happened:
        happened = (
            Markup("{} <strong>{}</strong>").format(say("find.chip_for"), searched.happened),
            say("find.chip_change"),
        )
    else:
        happened = Markup("{}").format(say("find.chip_happened")), say("find.chip_choose")
    place = Markup("<strong>{}</strong>").format(searched.place), say("find.chip_change")
    return Markup(
        '<div class="chips no-print" role="group" aria-label="{}">{}{}</div>'
        '<span hidden data-announce="">{}</span>'
    ).format(
        say("find.chips_label"),
        _chip("place", *place),
        _chip("happened", *happened),
        searched.announced,
    )


def _chip(opens: str, words: Markup, act: str) -> Markup:
    return Markup(
        '<button type="button" class="chip" data-opens="{}" aria-expanded="false">'
        '<span>{}</span> <span aria-hidden="true">·</span> <span class="act">{}</span></button>'
    ).format(opens, words, act)


def done_button() -> Markup:
    """Below what a chip has opened: back to the answer."""
    return Markup('<button type="button" class="chip-done" data-closes="">{}</button>').format(
        say("find.chip_done")
    )


def kept_area(code: str) -> Markup:
    """What `kept.js` may keep for a reload. code: of an area; "" for nothing."""
    return Markup('<span hidden data-area="{}"></span>').format(code)
