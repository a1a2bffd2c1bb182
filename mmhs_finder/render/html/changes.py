"""What was changed, as HTML: months, days, entries, and one entry alone for a feed.

Headings: a month is of the second level, a day of the third.
Not for: which changes there are, or their words (`views.changes`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from markupsafe import Markup

from mmhs_finder.render.html.pieces import fold, link, tag
from mmhs_finder.views.changes import ChangedCellView, ChangedEntryView, ChangesView
from mmhs_finder.views.history import What
from mmhs_finder.words import say

_EMPTY: Final = Markup("")

Named = Callable[[ChangedEntryView], Markup]
"""Draws the name of an entry, as the way to its page where it has one."""

_LONG: Final = 240
"""Letters. What is longer stands in a fold."""


def months_html(view: ChangesView, named: Named) -> Markup:
    """All that is shown, under its months and days; what is said where there is nothing."""
    if view.none:
        return Markup('<p class="changes-none">{}</p>').format(view.none)
    return _EMPTY.join(
        Markup("<section><h2>{}</h2>{}</section>").format(
            month.month,
            _EMPTY.join(
                Markup('<h3>{}</h3><ul class="changes" role="list">{}</ul>').format(
                    day.date, _EMPTY.join(_entry(entry, named) for entry in day.entries)
                )
                for day in month.days
            ),
        )
        for month in view.months
    )


def counted_html(view: ChangesView) -> Markup:
    """How many there are, and which of them are shown; nothing where there are none."""
    if not view.counted:
        return _EMPTY
    return Markup('<p class="changes-count"><strong>{}</strong> <span>{}</span></p>').format(
        view.counted, view.shown
    )


def facts_html(view: ChangedEntryView) -> Markup:
    """What was changed of an entry, and the pages that say so, all in sight and without a class: as
    a feed has it."""
    above = [words for words in (view.where, view.told) if words]
    facts = _EMPTY.join(
        Markup("<dt>{}</dt><dd>{}</dd>").format(
            cell.label, Markup("<br>").join(words for words, _ in _said(cell))
        )
        for cell in view.cells
    )
    sources = Markup(", ").join(link(address, name) for name, address in view.sources)
    below = Markup("<p>{} {}</p>").format(say("changes.source"), sources) if sources else _EMPTY
    lines = _EMPTY.join(Markup("<p>{}</p>").format(words) for words in above)
    return Markup("{}<dl>{}</dl>{}").format(lines, facts, below)


def _entry(view: ChangedEntryView, named: Named) -> Markup:
    told = tag("yes", view.told) if view.told else _EMPTY
    where = Markup('<p class="small">{}</p>').format(view.where) if view.where else _EMPTY
    return Markup("<li><p><strong>{}</strong> {}</p>{}{}{}</li>").format(
        named(view), told, where, _facts(view), _sources(view)
    )


def _facts(view: ChangedEntryView) -> Markup:
    facts = _EMPTY.join(
        Markup("<div><dt>{}</dt><dd>{}</dd></div>").format(cell.label, _in_sight(cell))
        for cell in view.cells
        if cell.what not in (What.NEW, What.GONE)
    )
    whole = _EMPTY.join(
        Markup("<p>{}</p>").format(cell.label)
        for cell in view.cells
        if cell.what in (What.NEW, What.GONE)
    )
    listed = Markup('<dl class="facts">{}</dl>').format(facts) if facts else _EMPTY
    return whole + listed


def _in_sight(cell: ChangedCellView) -> Markup:
    """The values; long ones behind words that say what they are."""
    if len(cell.now) + len(cell.before) > _LONG:
        return fold(say("changes.fold"), _values(cell))
    return _values(cell)


def _values(cell: ChangedCellView) -> Markup:
    return Markup(" ").join(
        Markup('<span class="{}">{}</span>').format(
            "change-before" if is_small else "change-now", words
        )
        for words, is_small in _said(cell)
    )


def _said(cell: ChangedCellView) -> Iterator[tuple[str, bool]]:
    """What is said of a fact, in order, and whether it matters less."""
    if cell.now:
        added = say("changes.added", now=cell.now)
        yield (say("changes.now", now=cell.now) if cell.before else added), False
    if cell.before:
        yield say("changes.before", before=cell.before), True
    if cell.note:
        yield cell.note, True


def _sources(view: ChangedEntryView) -> Markup:
    if not view.sources:
        return _EMPTY
    links = Markup(", ").join(link(address, name, view.name) for name, address in view.sources)
    return Markup('<p class="small">{} {}</p>').format(say("changes.source"), links)
