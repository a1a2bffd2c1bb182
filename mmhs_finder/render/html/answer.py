"""The whole answer as one piece of HTML, for every page that needs no widgets.

Not for: what is told, and in which order (`views.answer`), or one card (`cards`).
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from mmhs_finder.render.html import cards
from mmhs_finder.views.answer import AnswerView, NationView, Section

_EMPTY = Markup("")


def answer_html(view: AnswerView) -> Markup:
    """Heading, notices, the local services, then other help, in the order to read them."""
    parts = [
        Markup("<h2>{}</h2><p>{}</p>").format(view.heading, view.found),
        cards.notices_html(view.notices),
        _nation(view.nation) if view.nation else _EMPTY,
        _stacked(cards.mmhs_card(s) for s in view.services),
        cards.none_known_card(view.none_known) if view.none_known else _EMPTY,
    ]
    if view.place.areas:
        parts += [
            _section(view.alternatives_section),
            _stacked(cards.service_card(s) for s in view.alternatives),
            _section(view.routes_section),
            _stacked(cards.line_card(r) for r in view.routes),
        ]
    parts += [
        _section(view.lines_section),
        cards.always_open(view),
        _stacked(cards.line_card(line) for line in view.lines),
    ]
    if view.baby_lines:
        parts += [
            _section(view.baby_lines_section),
            _stacked(cards.line_card(line) for line in view.baby_lines),
        ]
    if view.neighbours:
        parts += [
            _section(view.neighbours_section),
            _stacked(cards.service_card(s) for s in view.neighbours),
        ]
    parts += [
        _section(view.urgent_section),
        _stacked(cards.line_card(line) for line in view.urgent),
    ]
    return _EMPTY.join(parts)


def heading(view: AnswerView, searches: int) -> Markup:
    """The heading of an answer. searches: as `search_heading`."""
    return search_heading(view.heading, searches)


def found_line(view: AnswerView) -> Markup:
    """What was found, in one line below the heading."""
    return Markup('<p role="status" class="muted">{}</p>').format(view.found)


def search_heading(words: str, searches: int) -> Markup:
    """A heading that has the focus after a search.

    searches: how many this visit has made. `focus.js` brings the heading into view, and knows a new
    search by the number.
    """
    return Markup('<h2 tabindex="-1" data-search="{}">{}</h2>').format(searches, words)


def _section(section: Section) -> Markup:
    text = Markup("<p>{}</p>").format(section.text) if section.text else _EMPTY
    return Markup("<h2>{}</h2>{}").format(section.heading, text)


def _stacked(found: Iterable[Markup]) -> Markup:
    shown = list(found)
    return cards.stack(shown) if shown else _EMPTY


def _nation(nation: NationView) -> Markup:
    services = _stacked(cards.devolved_card(d) for d in nation.services)
    return Markup("<p>{}</p>{}").format(nation.text, services)
