"""An answer for the printer: a part of the page that no screen shows.

While it is there nothing else of the page is printed (`print.css`), so that what a screen needs can
change and the paper stays at two pages.
Not for: what stands on it (`views.printed`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from markupsafe import Markup

from mmhs_finder.render.html.pieces import definition_list
from mmhs_finder.views.printed import PrintedLine, PrintedService, PrintedView
from mmhs_finder.views.summary import Summary
from mmhs_finder.views.ways import WayView
from mmhs_finder.words import say

_EMPTY = Markup("")


def printed_html(view: PrintedView) -> Markup:
    """The whole of it. Addresses are written out: paper has no links."""
    return _EMPTY.join(printed_parts(view))


def printed_parts(view: PrintedView) -> Iterator[Markup]:
    """The same in parts: what changes with what happened, and what does not."""
    head = [view.printed, view.chosen]
    yield _paper(
        Markup("<h2>{}</h2>").format(view.heading),
        _paragraph(" ".join(text for text in head if text)),
        *(_paragraph(text) for text in view.notices),
    )
    yield _paper(
        Markup('<section class="paper-box"><h3>{}</h3>{}</section>').format(
            view.urgent_heading, _list(_way(way) for way in view.urgent)
        ),
        *(_service(each) for each in view.services),
    )
    words = _script(view.script_heading, view.scripts) if view.scripts else _EMPTY
    yield _paper(words, _numbers(view))
    yield _paper(
        *(_sources(each.summary) for each in view.services),
        _paragraph(view.services[0].summary.made),
    )


def _paper(*parts: Markup) -> Markup:
    return Markup('<div class="paper print-only">{}</div>').format(_EMPTY.join(parts))


def _numbers(view: PrintedView) -> Markup:
    if not view.lines:
        return _EMPTY
    return Markup('<section class="paper-part"><h3>{}</h3>{}</section>').format(
        view.lines_heading, _list(_line(line) for line in view.lines)
    )


def _service(service: PrintedService) -> Markup:
    page = service.summary
    hours = [(say("summary.hours").rstrip(":"), page.hours)] if page.hours else []
    parts = [
        Markup("<h3>{}</h3>").format(page.title),
        _paragraph(page.subtitle),
        *(_paragraph(text) for text in page.warnings),
        Markup("<p><strong>{}</strong></p>").format(page.contact_heading),
        *(_paragraph(text) for text in page.contact),
        _list(_way(way) for way in page.ways),
        _paragraph(page.note),
        definition_list([*hours, *service.facts]),
    ]
    return Markup('<section class="paper-part">{}</section>').format(_EMPTY.join(parts))


def _script(heading: str, scripts: Sequence[str]) -> Markup:
    texts = _EMPTY.join(Markup("<blockquote>{}</blockquote>").format(_lines(s)) for s in scripts)
    return Markup('<section class="paper-part"><h3>{}</h3>{}</section>').format(heading, texts)


def _lines(text: str) -> Markup:
    return _EMPTY.join(_paragraph(line) for line in text.splitlines() if line.strip())


def _sources(page: Summary) -> Markup:
    if not page.sources:
        return _paragraph(page.source_dates)
    addresses = "; ".join(way.link for way in page.sources if way.link)
    return Markup('<p class="footnote">{} {}. {}</p>').format(
        say("summary.source"), addresses, page.source_dates
    )


def _line(line: PrintedLine) -> Markup:
    hours = Markup(" · {}").format(line.hours) if line.hours else _EMPTY
    return Markup("{}{}").format(_way(line.way), hours)


def _way(way: WayView) -> Markup:
    gap = "" if way.after[:1] in (",", ".", ":", "") else " "
    return Markup("{} {}{}{}").format(way.words, way.text, gap, way.after)


def _list(items: Iterable[Markup]) -> Markup:
    rows = _EMPTY.join(Markup("<li>{}</li>").format(item) for item in items)
    return Markup("<ul>{}</ul>").format(rows) if rows else _EMPTY


def _paragraph(text: str) -> Markup:
    return Markup("<p>{}</p>").format(text) if text else _EMPTY
