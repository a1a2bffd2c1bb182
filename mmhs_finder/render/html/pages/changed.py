"""The page "What has changed" without a script: choices as a form, the list, the way to its feeds.

Not for: the list itself (`render.html.changes`), or its words (`views.changes`).
"""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup

from mmhs_finder.render.addresses import here
from mmhs_finder.render.html.changes import counted_html, months_html
from mmhs_finder.render.html.feeds import alternates_html, feeds_html
from mmhs_finder.render.html.pages.frame import TextPage, draw
from mmhs_finder.views.changes import (
    ChangedEntryView,
    ChangesView,
    feed_title,
    month_choices,
    place_choices,
    place_words,
    what_choices,
)
from mmhs_finder.views.history import History
from mmhs_finder.words import say

_AT: Final = "/text/changes"
_EMPTY: Final = Markup("")


def changes_page(view: ChangesView, history: History) -> TextPage:
    """One page of the list, with the choices as they stand."""
    place = view.asked.place
    title = say("changes.title")
    if place:
        title = say("changes.title_of", title=title, place=place_words(history, place))
    body = Markup("<p>{}</p>{}{}{}{}{}{}").format(
        say("changes.intro"),
        _form(view, history),
        counted_html(view),
        months_html(view, _named),
        _turn(view),
        feeds_html(history, place),
        _by_icb(history),
    )
    return TextPage(
        title=title,
        heading=title,
        body=body,
        description=say("changes.about"),
        address=_address(view, view.page),
        data=alternates_html(feed_title(history, place), place),
    )


def _named(entry: ChangedEntryView) -> Markup:
    if not entry.service_id:
        return Markup("{}").format(entry.name)
    return Markup('<a href="{}">{}</a>').format(
        here(f"/text/service/{entry.service_id}"), entry.name
    )


def _form(view: ChangesView, history: History) -> Markup:
    asked = view.asked
    return draw(
        "changes.html",
        action=_AT,
        choices=(
            (
                "icb",
                say("changes.icb_label"),
                say("changes.icb_help"),
                place_choices(history),
                asked.place,
            ),
            ("what", say("changes.what_label"), "", what_choices(), asked.what or ""),
            ("month", say("changes.month_label"), "", month_choices(history), asked.month),
        ),
        submit=say("text_pages.show"),
    )


def _address(view: ChangesView, page: int) -> str:
    asked = view.asked
    given = {
        "icb": asked.place,
        "what": asked.what or "",
        "month": asked.month,
        "page": str(page) if page > 1 else "",
    }
    query = urlencode({name: value for name, value in given.items() if value})
    return f"{_AT}?{query}" if query else _AT


def _turn(view: ChangesView) -> Markup:
    """The ways to the pages beside this one."""
    ways = []
    if view.page > 1:
        ways.append((view.page - 1, say("changes.newer")))
    if view.page < view.pages:
        ways.append((view.page + 1, say("changes.older")))
    if not ways:
        return _EMPTY
    items = _EMPTY.join(
        Markup('<li><a href="{}">{}</a></li>').format(here(_address(view, page)), words)
        for page, words in ways
    )
    return Markup('<ul class="ways-on">{}</ul>').format(items)


def _by_icb(history: History) -> Markup:
    items = _EMPTY.join(
        Markup('<li><a href="{}">{}</a></li>').format(here(f"{_AT}?icb={code}"), name)
        for code, name in history.icbs.items()
    )
    return Markup('<h2>{}</h2><div class="columns"><ul>{}</ul></div>').format(
        say("changes.by_icb"), items
    )
