"""The urgent-help strip as HTML. It stands on every page.

The same words serve the Streamlit pages, the page before the app has loaded, and the page without
JavaScript. Not for: the words (`views.urgent`), or choosing what else to offer (`signposting`).
"""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from mmhs_finder.render.addresses import here
from mmhs_finder.render.html.cards import way_html
from mmhs_finder.views.urgent import StripButton, StripView, TodayView
from mmhs_finder.views.ways import pressable

_EMPTY: Final = Markup("")


def urgent_section(view: StripView, page: str, *, in_app: bool = False) -> Markup:
    """The strip: a labelled region, pale red, never blinking.

    page: the address where all urgent help stands. in_app: that is a page of the app, which can be
    opened without leaving what was searched for (`links.js`).
    """
    items = _EMPTY.join(Markup("<li>{}</li>").format(way_html(way)) for way in view.more)
    more = Markup('<ul role="list">{}</ul>').format(items) if items else _EMPTY
    leads = Markup('<a href="{}"{}>{}</a>').format(
        here(page),
        Markup(' data-in-app=".st-key-urgent-lines h2"') if in_app else _EMPTY,
        view.all_label,
    )
    then = Markup("<p>{}</p>").format(view.then) if view.then else _EMPTY
    return Markup(
        '<section class="urgent" aria-label="{}"><ul class="numbers" role="list">{}{}</ul>'
        "<details><summary>{}</summary>{}{}<p>{}</p></details></section>"
    ).format(
        view.label, _button(view.danger), _button(view.crisis), view.more_label, more, then, leads
    )


def _button(button: StripButton) -> Markup:
    """The words that only screen readers say come first, so that what is in sight stays whole."""
    way = button.way
    if not button.below:
        return Markup("<li><p><strong>{}</strong> {}</p></li>").format(button.spoken, way_html(way))
    spoken = Markup('<span class="sr-only">{} {} </span>').format(button.spoken, way.words)
    shown = Markup("{}<strong>{}</strong> <small>{}</small>").format(spoken, way.text, button.below)
    address = pressable(way.link)
    if not address:
        return Markup("<li><p>{}</p></li>").format(shown)
    return Markup('<li><a href="{}">{}</a></li>').format(address, shown)


def always_open_lines(view: StripView) -> Markup:
    """Whom to ring or write to at any hour, in sight, for the page before the app; or ""."""
    if not view.always:
        return _EMPTY
    rows = _EMPTY.join(Markup("<li>{}</li>").format(way_html(way)) for way in view.always)
    return Markup('<h2>{}</h2><ul role="list" class="always-open">{}</ul>').format(
        view.always_heading, rows
    )


def today_html(view: TodayView) -> Markup:
    """An emergency that needs a doctor today: what to do, in order."""
    items = Markup("").join(Markup("<li>{}</li>").format(step) for step in view.steps)
    unit = Markup("<p>{}</p>").format(view.unit) if view.unit else Markup("")
    return Markup(
        '<div class="alert" role="note"><p><strong>{}</strong></p><ul>{}</ul>{}</div>'
    ).format(view.intro, items, unit)
