"""The ways to what was changed: to its page, and to its feeds for people and for programs.

Not for: what a feed holds (`render.feeds`).
"""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

from markupsafe import Markup

from mmhs_finder.render.addresses import here
from mmhs_finder.render.feeds import ATOM_AT, ATOM_TYPE, JSON_AT, JSON_TYPE, feed_address
from mmhs_finder.views.changes import place_words
from mmhs_finder.views.history import History
from mmhs_finder.words import say

_EMPTY: Final = Markup("")


def feeds_html(history: History, place: str) -> Markup:
    """The ways to the feeds: of everything, and of the place that was chosen."""
    places = ("", place) if place else ("",)
    items = _EMPTY.join(
        Markup('<li><a href="{}">{}</a></li>').format(
            feed_address(at, of),
            say("changes.feed_of", feed=words, place=place_words(history, of)),
        )
        for of in places
        for at, words in ((ATOM_AT, say("changes.feed_atom")), (JSON_AT, say("changes.feed_json")))
    )
    return Markup(
        '<section class="changes-feeds"><h2>{}</h2><p>{}</p><ul>{}</ul></section>'
    ).format(say("changes.feeds"), say("changes.feeds_text"), items)


def alternates_html(title: str, place: str = "") -> Markup:
    """By what a reader program finds the feeds of a page. title: of the feeds."""
    return Markup("\n").join(
        Markup('<link rel="alternate" type="{}" title="{}" href="{}">').format(
            kind, title, feed_address(at, place)
        )
        for at, kind in ((ATOM_AT, ATOM_TYPE), (JSON_AT, JSON_TYPE))
    )


def changes_link(words: str, place: str = "", at: str = "changes") -> Markup:
    """The way to the page, in a paragraph of its own. at: where it is; in the app, relative.

    In the app the page changes without loading everything anew.
    """
    inside = _EMPTY if at.startswith("/") else Markup(' data-in-app="h1"')
    address = f"{here(at)}?icb={quote(place)}" if place else here(at)
    return Markup('<p><a href="{}"{}>{}</a></p>').format(address, inside, words)
