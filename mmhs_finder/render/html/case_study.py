"""The guide's examples of places as HTML. Pure: views in, markup out.

Not for: what is said of each (`views.case_study`).
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from mmhs_finder.views.case_study import CaseStudyView
from mmhs_finder.words import say

_EMPTY = Markup("")


def examples_html(views: Iterable[CaseStudyView]) -> Markup:
    """Each example as a card, and what the guide itself says of all of them; what is said where
    there is none."""
    cards = [
        Markup(
            '<article class="card card-small"><h3>{place}: {title}</h3>'
            '<p>{what}</p><p>{result}</p><p class="muted small">{source}</p></article>'
        ).format(
            place=view.place,
            title=view.title,
            what=view.what,
            result=view.result,
            source=view.source,
        )
        for view in views
    ]
    if not cards:
        return Markup("<p>{}</p>").format(say("coverage_examples.none"))
    about = Markup('<p class="measure">{}</p>').format(say("coverage_examples.about"))
    return Markup('{}<div class="stack">{}</div>').format(about, _EMPTY.join(cards))
