"""Other support as HTML: groups of rows, each row with its name, what it is, a way, open or not.

The same rows serve the Streamlit page and the page without a script.
Not for: what is told, or in which order (`views.support`).
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from mmhs_finder.directory.models import YesNo
from mmhs_finder.render.html.cards import source_line, way_html
from mmhs_finder.render.html.pieces import fold, tag
from mmhs_finder.render.html.urgent import today_html
from mmhs_finder.views.hours import HoursView
from mmhs_finder.views.line import LineView
from mmhs_finder.views.service import ServiceView
from mmhs_finder.views.support import Group, Row, SupportView
from mmhs_finder.words import say

_EMPTY = Markup("")


def urgent_html(view: SupportView) -> Markup:
    """An emergency today, then urgent help."""
    today = view.today
    heading = Markup("<h2>{}</h2>{}")
    parts = [heading.format(today.heading, today_html(today)) if today else _EMPTY]
    return _EMPTY.join([*parts, group_html(view.urgent)])


def lines_html(view: SupportView) -> Markup:
    """The lines and charities for the topic."""
    return _EMPTY.join([_text(view.safe_note), *(group_html(group) for group in view.groups)])


def near_html(view: SupportView) -> Markup:
    """What is near, and the people near her who can help."""
    groups = (view.near, view.near_baby, view.routes)
    return _EMPTY.join(group_html(group) for group in groups if group)


def group_html(group: Group) -> Markup:
    """A heading with its rows; the rest of them behind words that say of what."""
    section = Markup('<section class="group">{}</section>')
    if not group.heading:
        words = Markup("<h2>{}</h2>").format(group.more)
        return section.format(fold(words, _text(group.text), _rows(group.rest)))
    parts = [
        Markup("<h2>{}</h2>").format(group.heading),
        _text(group.text),
        _rows(group.shown),
        fold(group.more, _rows(group.rest)) if group.rest else _EMPTY,
    ]
    return section.format(_EMPTY.join(parts))


def _rows(rows: Iterable[Row]) -> Markup:
    items = _EMPTY.join(Markup("<li>{}</li>").format(_row(row)) for row in rows)
    return Markup('<ul class="rows lines" role="list">{}</ul>').format(items) if items else _EMPTY


def _row(view: Row) -> Markup:
    if isinstance(view, LineView):
        name, what, marks, more = view.heading, view.in_short, _EMPTY, _more_of_line(view)
    else:
        name, what, marks, more = _service(view)
    ways = [way_html(way) for way in view.ways]
    cells = [*ways, _now(view.hours), _more(name, more)]
    items = _EMPTY.join(Markup("<li>{}</li>").format(cell) for cell in cells if cell)
    return Markup('<h3>{}</h3>{}{}<ul class="ways">{}</ul>').format(name, marks, _text(what), items)


def _service(view: ServiceView) -> tuple[str, str, Markup, Markup]:
    """Its name, what it is, its marks, and what is folded."""
    may_ask = view.contact_heading if view.self_referral is not YesNo.UNKNOWN else ""
    what = (view.kind_words, view.distance, may_ask)
    marks = tag("unknown", view.unconfirmed) if view.unconfirmed else _EMPTY
    more = [
        *(_text(text) for text in (view.provider, view.about, view.contact_short, view.note)),
        _text(view.available),
        _text(view.where),
        _text(view.hours.published),
        source_line(view.source),
    ]
    return view.name, " · ".join(t for t in what if t), marks, _EMPTY.join(more)


def _more_of_line(view: LineView) -> Markup:
    rest = view.offers if view.offers != view.in_short else ""
    return _EMPTY.join(
        [
            _text(rest),
            _labelled(view.who_label, view.who),
            _labelled(say("card.open"), view.hours.published),
            _labelled(view.languages_label, view.languages),
            _text(view.source, "footnote"),
        ]
    )


def _now(hours: HoursView) -> Markup:
    if not hours.now:
        return _EMPTY
    head, rest = hours.state
    kind = "open" if hours.opening.open_now else "shut"
    shown = Markup('<span class="state state-{}">{}</span> {}')
    return shown.format(kind, head, rest)


def _more(name: str, text: Markup) -> Markup:
    if not text:
        return _EMPTY
    return Markup(
        '<details><summary>{}<span class="sr-only">: {}</span></summary>{}</details>'
    ).format(say("support.more_about"), name, text)


def _labelled(label: str, text: str) -> Markup:
    return Markup("<p><strong>{}:</strong> {}</p>").format(label, text) if text else _EMPTY


def _text(text: str, css: str = "") -> Markup:
    if not text:
        return _EMPTY
    if css:
        return Markup('<p class="{}">{}</p>').format(css, text)
    return Markup("<p>{}</p>").format(text)
