"""The whole answer as pieces of HTML, in the order to read them. Every page draws these.

First whose help it is, what to do and who answers now (`verdict`); then what is known of them,
folded; what is near; lines; then the others who can help. Not for: what is told (`views.answer`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from mmhs_finder.render.html import cards, pieces
from mmhs_finder.render.html.entries import devolved_entry, entries, line_entry, service_entry
from mmhs_finder.render.html.verdict import (
    BOARDS,
    EACH,
    LINES,
    NEAR,
    WORDS,
    first_html,
    heading_html,
    service_verdict_html,
)
from mmhs_finder.views.answer import AnswerView, NationView, NoneKnown, Section
from mmhs_finder.views.line import DevolvedView
from mmhs_finder.views.notices import NoticePlace
from mmhs_finder.views.service import ServiceView
from mmhs_finder.views.verdict import ServiceVerdict
from mmhs_finder.words import say

_EMPTY = Markup("")

FIRST_SHOWN: Final = 3
"""Rows of a list before "show more"."""


@dataclass(frozen=True)
class Fold:
    """Rows behind words that say how many there are and of what. about: before the rows, or "".

    mixed: whether what happened changes which rows these are, and in which order.
    """

    words: str
    rows: Sequence[Markup]
    about: str = ""
    mixed: bool = True


Part = Markup | Fold
"""What is drawn by itself. The app leaves out what a browser has already, so it draws what changes
with what happened apart from what does not, and the rows of a mixed fold one by one."""


def answer_html(view: AnswerView) -> Markup:
    """All of it on a page without a script."""
    boards = boards_html(view.nation) if view.nation else _EMPTY
    parts = [first(view), boards, local_html(view), near_html(view), lines_html(view)]
    return _EMPTY.join([*parts, others_html(view), urgent_html(view)])


def first(view: AnswerView, searches: int | None = None) -> Markup:
    """The first screen. searches: of this visit, where the app draws it and its script is there."""
    scripted = searches is not None
    attributes = _found_by(searches) if searches is not None else _EMPTY
    heading = heading_html(view.heading, attributes)
    return first_html(view.verdict, view.now, heading, scripted=scripted)


def local_html(view: AnswerView) -> Markup:
    """Below the first screen: notices about the place, the words for a GP, and what is known."""
    return _EMPTY.join(local_parts(view, scripted=False))


def local_parts(view: AnswerView, *, scripted: bool = True) -> Iterator[Markup]:
    """The same in parts."""
    words = view.verdict.words
    yield cards.notices_html(view.told(NoticePlace.PLACE))
    yield cards.words_html(words, WORDS) if words else _EMPTY
    yield _none_known(view.none_known) if view.none_known else _EMPTY
    yield from _services(view, scripted=scripted)
    yield _doubts(view)


def _doubts(view: AnswerView) -> Markup:
    """What there is to doubt, under the facts: it is no reason not to ask."""
    said = " ".join(notice.text for notice in view.told(NoticePlace.FOOT))
    return Markup('<p class="footnote">{}</p>').format(said) if said else _EMPTY


def _services(view: AnswerView, *, scripted: bool) -> Iterator[Markup]:
    """Of one service what it helps with, then the rest; of several each as a whole."""
    if not view.verdict.services:
        for service in view.services:
            yield _known_of(service, cards.helps_html(service))
            yield _known_of(service, _rest_known(service), named=False)
        return
    each = zip(view.services, view.verdict.services, strict=True)
    yield Markup('<div class="stack" id="{}">{}</div>').format(
        EACH, _EMPTY.join(_of_several(service, said, scripted=scripted) for service, said in each)
    )


def _of_several(view: ServiceView, said: ServiceVerdict, *, scripted: bool) -> Markup:
    """What is said of it, what it helps with, and the rest behind a fold."""
    name = f"{WORDS}-{view.id}"
    head = Markup("<h3>{}</h3>{}{}").format(
        view.name,
        service_verdict_html(said, name, scripted=scripted),
        cards.words_html(said.script, name) if said.script else _EMPTY,
    )
    return _known_of(view, head + cards.helps_html(view) + _rest_known(view))


def _known_of(view: ServiceView, shown: Markup, *, named: bool = True) -> Markup:
    name = Markup(' id="service-{}"').format(view.id) if named else _EMPTY
    return Markup('<div class="known-of"{}>{}</div>').format(name, shown)


def _rest_known(view: ServiceView) -> Markup:
    """How to reach it and every fact, behind a fold; where they come from."""
    facts = Markup('<details class="known"><summary>{}</summary>{}{}{}</details>').format(
        view.all_known,
        Markup('<p class="muted">{}</p>').format(" · ".join(view.subtitle)),
        cards.contact_html(view),
        cards.facts_html(view),
    )
    return facts + cards.source_line(view.source)


def _none_known(view: NoneKnown) -> Markup:
    """What it means that none is known, and how to ask: behind a fold."""
    return Markup(
        '<details class="known"><summary>{}</summary><p>{}</p><blockquote>{}</blockquote><p>{}</p>'
        "</details>"
    ).format(view.heading, view.text, view.words_to_say, view.then)


# --- other help ---------------------------------------------------------------------------------


def near_html(view: AnswerView) -> Markup:
    """Local services for other help; nothing outside England."""
    return _whole(near_parts(view))


def near_parts(view: AnswerView) -> Iterator[Part]:
    """Its heading with the first rows, then the fold."""
    if view.place.areas:
        rows = [service_entry(service) for service in view.alternatives]
        yield _section(view.alternatives_section, NEAR) + _shown(rows)
        yield from _rest(rows, _more_services)
        if view.baby_services:
            rows = [service_entry(service) for service in view.baby_services]
            words = say("result.show_baby_services", count=len(rows))
            yield Fold(words, rows, view.baby_services_section.text, mixed=False)


def lines_html(view: AnswerView) -> Markup:
    """Lines and charities; last those for a parent with her baby, all behind a fold."""
    return _whole(lines_parts(view))


def lines_parts(view: AnswerView) -> Iterator[Part]:
    """The heading with the first rows, then the folds."""
    rows = [line_entry(line) for line in view.lines]
    yield _section(view.lines_section, LINES) + _shown(rows)
    yield from _rest(rows, _more_lines)
    if view.baby_lines:
        rows = [line_entry(line) for line in view.baby_lines]
        words = say("result.show_baby_lines", count=len(rows))
        yield Fold(words, rows, view.baby_lines_section.text, mixed=False)


def others_html(view: AnswerView) -> Markup:
    """Those who can refer or help, and services of areas nearby."""
    return _whole(others_parts(view))


def others_parts(view: AnswerView) -> Iterator[Part]:
    """Each fold by itself."""
    if view.routes:
        words = say("result.show_routes", count=len(view.routes))
        yield Fold(words, [line_entry(route) for route in view.routes])
    if view.neighbours:
        words = say("result.show_neighbours", count=len(view.neighbours))
        rows = [service_entry(s) for s in view.neighbours]
        yield Fold(words, rows, view.neighbours_section.text, mixed=False)


def urgent_html(view: AnswerView) -> Markup:
    rows = [line_entry(line, named=False) for line in view.urgent]
    return _section(view.urgent_section) + listed(rows, _more_lines)


def boards_html(nation: NationView, services: Sequence[DevolvedView] | None = None) -> Markup:
    """What there is outside England. services: those to show; all of them by default."""
    shown = nation.services if services is None else services
    rows = [devolved_entry(service) for service in shown]
    about = Markup("<p>{}</p>").format(nation.ask) if nation.ask else _EMPTY
    return Markup('<div id="{}">{}{}</div>').format(BOARDS, about, listed(rows, _more_boards))


def _more_services(count: int) -> str:
    return say("result.show_more_services", count=count)


def _more_lines(count: int) -> str:
    return say("result.show_more_lines", count=count)


def _more_boards(count: int) -> str:
    return say("result.show_more_boards", count=count)


def listed(rows: Sequence[Markup], more: Callable[[int], str]) -> Markup:
    """The first few rows, and the others behind a fold that says how many there are and of what."""
    return _shown(rows) + _whole(_rest(rows, more))


def _shown(rows: Sequence[Markup]) -> Markup:
    return entries(rows[:FIRST_SHOWN])


def _rest(rows: Sequence[Markup], more: Callable[[int], str]) -> Iterator[Fold]:
    if rest := rows[FIRST_SHOWN:]:
        yield Fold(more(len(rest)), rest)


def _whole(parts: Iterable[Part]) -> Markup:
    return _EMPTY.join(fold_html(part) if isinstance(part, Fold) else part for part in parts)


def fold_head(fold: Fold) -> Markup:
    """A fold whose rows are drawn after it, each by `entries` of its own: the style sheet shows
    them while it is open."""
    about = Markup("<p>{}</p>").format(fold.about) if fold.about else _EMPTY
    return Markup('<details class="more apart"><summary>{}</summary>{}</details>').format(
        fold.words, about
    )


def fold_html(part: Fold) -> Markup:
    about = Markup("<p>{}</p>").format(part.about) if part.about else _EMPTY
    return pieces.fold(part.words, about, entries(part.rows))


def contents(view: AnswerView) -> tuple[tuple[str, str], ...]:
    """The parts of an answer that a reader may want to go to: their names and headings."""
    found = [(LINES, view.lines_section.heading)]
    if view.place.areas:
        found.append((NEAR, view.alternatives_section.heading))
    return tuple(found)


def search_heading(words: str, searches: int) -> Markup:
    """A heading that has the focus after a search.

    searches: how many this visit has made. `focus.js` brings the heading into view, and knows a new
    search by the number.
    """
    return heading_html(words, _found_by(searches))


def _found_by(searches: int) -> Markup:
    return Markup(' tabindex="-1" data-search="{}"').format(searches)


def _section(section: Section, name: str = "") -> Markup:
    named = Markup(' id="{}"').format(name) if name else _EMPTY
    text = Markup("<p>{}</p>").format(section.text) if section.text else _EMPTY
    if not section.heading:
        return text
    return Markup("<h2{}>{}</h2>{}").format(named, section.heading, text)
