"""The text about the site as HTML, and the way to it from a card. Pure.

Headings are plain ones: an anchor beside each would be a stop for the keyboard without a name.
Not for: the text (`views.about`), or where somebody can write (`views.correcting`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from markdown_it import MarkdownIt
from markupsafe import Markup

from mmhs_finder.curation.suggestions import suggestions_folder
from mmhs_finder.directory.models import Service
from mmhs_finder.render.html.pieces import definition_list, link
from mmhs_finder.render.html.whole import whole_html
from mmhs_finder.views.about import AboutView
from mmhs_finder.views.correcting import letters_about, pages_to_check
from mmhs_finder.words import say

_EMPTY = Markup("")
_MARKDOWN: Final = MarkdownIt("commonmark", {"html": False})
CORRECT: Final = "correct-an-entry"
"""The part about mistakes, by its id."""


def about_html(view: AboutView, changes: Markup, privacy: Markup | None = None) -> Markup:
    """The whole text. changes: the way to what was changed. privacy: what is said in place of the
    app's, where less is kept."""
    return Markup("{}{}{}{}{}{}{}{}{}").format(
        _markdown(view.before),
        definition_list(view.pathways),
        _markdown(view.middle),
        changes,
        _markdown(view.limits),
        _markdown(view.privacy) if privacy is None else privacy,
        _markdown(view.after),
        whole_html(),
        _correct(view),
    )


def _correct(view: AboutView) -> Markup:
    if not view.letters:
        return _EMPTY
    letters = _EMPTY.join(
        Markup("<li>{}</li>").format(link(letter.link, letter.words)) for letter in view.letters
    )
    return Markup('<section id="{}">{}<ul>{}</ul></section>').format(
        CORRECT, _markdown(view.correct), letters
    )


def _markdown(text: str) -> Markup:
    return Markup(_MARKDOWN.render(text))  # noqa: S704 - our own text, and no HTML in it is taken


def foot_html(services: Sequence[Service]) -> Markup:
    """Below the local services: where to look whether a fact still holds, and, where somebody has
    given an address for it, the way to tell about a mistake."""
    parts = [
        Markup('<p class="footnote">{} {}.</p>').format(page.before, link(page.url, page.name))
        for page in pages_to_check(services)
    ]
    if letters_about(services) or suggestions_folder() is not None:
        way = Markup('<p><a href="about" data-in-app="#{} h2">{}</a></p>')
        parts.append(way.format(CORRECT, say("card.wrong")))
    return _EMPTY.join(parts)
