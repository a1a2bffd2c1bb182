"""Services and lines as short rows of a list: the name, one line, the way; the rest behind "More".

Not for: whole cards (`cards`), or which there are and in which order (`views`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from markupsafe import Markup

from mmhs_finder.directory.ways import WayKind
from mmhs_finder.render.html.cards import pathway_tag, source_line, way_html, ways_html
from mmhs_finder.render.html.pieces import link, tag, tag_list
from mmhs_finder.views.line import DevolvedView, LineView
from mmhs_finder.views.service import ServiceView
from mmhs_finder.views.ways import WayView
from mmhs_finder.words import kept, say

_EMPTY = Markup("")

_VOICES: Final = (WayKind.PHONE, WayKind.TEXT)
"""Where a line has one of these, its other ways stand behind "More"."""


def entries(rows: Iterable[Markup]) -> Markup:
    """A list of rows; "" where there are none."""
    shown = list(rows)
    if not shown:
        return _EMPTY
    return Markup('<ul class="entries">{}</ul>').format(_EMPTY.join(shown))


def entry_alone(row: Markup) -> Markup:
    """A row that is drawn by itself: no list of one, its heading says where it begins."""
    return Markup('<ul class="entries" role="none">{}</ul>').format(row)


def service_entry(view: ServiceView) -> Markup:
    """A local service or a neighbour."""
    marks = [tag("yes", view.contact_heading)] if view.acts else []
    if view.unconfirmed:
        marks.append(tag("unknown", view.unconfirmed))
    told = [
        _text(" · ".join(t for t in (view.kind_words, view.provider) if t)),
        _text("" if view.service.who_for else view.about),
        _text(view.note),
        _text(view.available),
        _text(view.hours.published),
        _text(view.where),
        source_line(view.source),
    ]
    if view.neighbour:
        told = [tag_list(pathway_tag(p) for p in view.helps), *told]
    return _entry(
        f"service-{view.id}",
        view.name,
        [_text(view.in_short), _text(view.contact_short), _text(view.no_way)],
        [*map(_way, view.ways), *_now(view.hours.now), *marks],
        told,
    )


@kept(1024)
def line_entry(view: LineView, *, named: bool = True) -> Markup:
    """A line, charity or route. named: as `cards.line_card`."""
    voiced = any(way.kind in _VOICES for way in view.ways)
    first = [way for way in view.ways if not voiced or way.kind in (*_VOICES, None)]
    told = [
        ways_html([way for way in view.ways if way not in first]),
        _labelled(view.who_label, view.who),
        _text(view.hours.published),
        _labelled(view.languages_label, view.languages),
        _text(view.source, "footnote"),
    ]
    return _entry(
        f"offer-{view.id}" if named else "",
        view.heading,
        [_text(view.offers)],
        [*map(_way, first), *_now(view.hours.now)],
        told,
    )


def devolved_entry(view: DevolvedView) -> Markup:
    """A service outside England."""
    marks = [tag("unknown", view.unconfirmed)] if view.unconfirmed else []
    return _entry(
        "",
        view.name,
        [_text(view.board, "muted"), _text(view.offers)],
        [*map(_way, view.ways), *marks],
        [_text(view.source, "footnote")],
    )


def _entry(
    html_id: str,
    name: str,
    parts: Iterable[Markup],
    reach: Iterable[Markup],
    told: Iterable[Markup],
) -> Markup:
    """reach: the ways, whether it is open, and tags, in one line with "More"."""
    named = Markup(' id="{}"').format(html_id) if html_id else _EMPTY
    rest = _EMPTY.join(told)
    more = _EMPTY
    if rest:
        more = Markup(
            '<details class="more-of"><summary>{} <span class="sr-only">{}</span></summary>{}'
            "</details>"
        ).format(say("result.more"), say("result.more_of", name=name), rest)
    items = _EMPTY.join(Markup("<li>{}</li>").format(one) for one in reach)
    ways = Markup('<ul class="ways" role="list">{}</ul>').format(items) if items else _EMPTY
    return Markup('<li{}><h3>{}</h3>{}<div class="reach">{}{}</div></li>').format(
        named, name, _EMPTY.join(parts), ways, more
    )


def _now(words: str) -> tuple[Markup, ...]:
    return (Markup('<span class="muted">{}</span>').format(words),) if words else ()


def _way(way: WayView) -> Markup:
    """A number stands for itself: whom one calls is heard, not read a second time."""
    if way.kind is not WayKind.PHONE:
        return way_html(way)
    return Markup('<span class="sr-only">{} </span>{}{}').format(
        way.words, link(way.link, way.text, way.whose), way.after
    )


def _text(text: str, css: str = "") -> Markup:
    if not text:
        return _EMPTY
    named = Markup(' class="{}"').format(css) if css else _EMPTY
    return Markup("<p{}>{}</p>").format(named, text)


def _labelled(label: str, text: str) -> Markup:
    return Markup("<p><strong>{}:</strong> {}</p>").format(label, text) if text else _EMPTY
