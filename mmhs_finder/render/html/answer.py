"""The whole answer as one piece of HTML, for every page that needs no widgets.

Not for: what is told, and in which order (`views.answer`), or one card (`cards`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from mmhs_finder.render.html import cards
from mmhs_finder.views.answer import AnswerView, NationView, Section
from mmhs_finder.words import say, texts

_EMPTY = Markup("")

FIRST_SHOWN: Final = 3
"""Cards of a list before "show more"."""

FOLDED: Final = ("near", "people", "lines", "urgent", "beside")
"""What the lists hold whose rest is folded: services near, people who can help, lines, urgent ones,
and services of the areas beside, which are all folded."""

_MORE: Final = texts("result.more_{}", FOLDED)


def answer_html(view: AnswerView) -> Markup:
    """Heading, notices, the local services, then other help, in the order to read them."""
    return Markup("<h2>{}</h2><p>{}</p>{}{}").format(
        view.heading, view.found, local_html(view), other_html(view)
    )


def local_html(view: AnswerView) -> Markup:
    """Notices and the local services, or what there is instead."""
    parts = [
        cards.notices_html(view.notices),
        _nation(view.nation) if view.nation else _EMPTY,
        _stacked(cards.mmhs_card(s) for s in view.services),
        cards.none_known_card(view.none_known) if view.none_known else _EMPTY,
    ]
    return _EMPTY.join(parts)


def other_html(view: AnswerView) -> Markup:
    """Other help, each part under its heading; long lists are folded, and all of them is there."""
    parts = []
    if view.place.areas:
        parts += [
            _section(view.alternatives_section, NEAR),
            folded([cards.service_card(s) for s in view.alternatives], "near"),
            _section(view.routes_section),
            folded([cards.line_card(r) for r in view.routes], "people"),
        ]
    parts += [
        _section(view.lines_section, LINES),
        cards.always_open(view),
        folded([cards.line_card(line) for line in view.lines], "lines"),
    ]
    if view.baby_lines:
        parts += [
            _section(view.baby_lines_section),
            folded_lines([cards.line_card(line) for line in view.baby_lines]),
        ]
    if view.neighbours:
        parts += [
            _section(view.neighbours_section),
            folded([cards.service_card(s) for s in view.neighbours], "beside"),
        ]
    parts += [
        _section(view.urgent_section),
        folded([cards.line_card(line, named=False) for line in view.urgent], "urgent"),
    ]
    return _EMPTY.join(parts)


NEAR: Final = "near"
LINES: Final = "lines"
"""Names of the parts of an answer, for links within a page."""


def contents(view: AnswerView) -> tuple[tuple[str, str], ...]:
    """The parts of `other_html` that a reader may want to go to: their names and headings."""
    open_now = view.always_open or any(x.hours.opening.open_now for x in view.lines)
    talk = say("text_pages.lines_now") if open_now else view.lines_section.heading
    found = [(LINES, talk)]
    if view.place.areas:
        found.append((NEAR, view.alternatives_section.heading))
    return tuple(found)


def folded(shown: list[Markup], what: str) -> Markup:
    """Cards, the first few at once and the others behind "show more". what: as of `fold_words`."""
    first = first_shown(what)
    rest = shown[first:]
    parts = [_stacked(shown[:first])]
    if rest:
        parts.append(_fold(fold_words(len(rest), what), rest))
    return _EMPTY.join(parts)


def first_shown(what: str) -> int:
    """How many of a list stand before what is folded. what: as of `fold_words`."""
    return 0 if what == "beside" else FIRST_SHOWN


def fold_words(count: int, what: str) -> str:
    """What opens the rest of a list, and says of what. what: one of `FOLDED`."""
    return _MORE(what, count=count)


def folded_lines(shown: list[Markup]) -> Markup:
    """Lines that are for some people only, all behind "show"."""
    return _fold(say("result.show_lines", count=len(shown)), shown)


def _fold(words: str, shown: list[Markup]) -> Markup:
    return Markup('<details class="more"><summary>{}</summary>{}</details>').format(
        words, cards.stack(shown)
    )


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


def _section(section: Section, name: str = "") -> Markup:
    named = Markup(' id="{}"').format(name) if name else _EMPTY
    text = Markup("<p>{}</p>").format(section.text) if section.text else _EMPTY
    return Markup("<h2{}>{}</h2>{}").format(named, section.heading, text)


def _stacked(found: Iterable[Markup]) -> Markup:
    shown = list(found)
    return cards.stack(shown) if shown else _EMPTY


def _nation(nation: NationView) -> Markup:
    services = _stacked(cards.devolved_card(d) for d in nation.services)
    return Markup("<p>{}</p>{}").format(nation.text, services)
