"""Pages to read: about the site; and what is said when a page cannot be shown.

Not for: their content (`views.about`).
"""

from __future__ import annotations

from collections.abc import Iterable

from markupsafe import Markup

from mmhs_finder.render.addresses import here
from mmhs_finder.render.html.about import about_html
from mmhs_finder.render.html.feeds import changes_link
from mmhs_finder.render.html.pages.embedding import embed_link
from mmhs_finder.render.html.pages.finding import SearchForm, search_html
from mmhs_finder.render.html.pages.frame import HOME, Fields, TextPage, WayOn, button
from mmhs_finder.views.about import AboutView
from mmhs_finder.words import say

_EMPTY = Markup("")


def about_page(view: AboutView) -> TextPage:
    """With what holds for these pages in place of what the app keeps."""
    privacy = Markup("<h2>{}</h2><p>{}</p><p>{}</p>").format(
        say("text_pages.this_version"),
        say("text_pages.this_version_text"),
        say("text_pages.this_version_leave"),
    )
    body = about_html(view, changes_link(say("changes.link"), at="/text/changes"), privacy)
    body += Markup('<p><a href="{}">{}</a></p>').format(here("/text/correct"), say("suggest.title"))
    body += embed_link()
    return TextPage(
        title=say("about.title"),
        heading=say("about.title"),
        body=body,
        description=say("text_pages.about_about"),
        address="/text/about",
    )


def sorry_page(
    heading: str,
    text: str,
    ways: Iterable[WayOn],
    carry: Fields = (),
    *,
    instead: str = "",
) -> TextPage:
    """A page that cannot be shown: what that means, and where to go. carry: what was said.

    instead: of a page that is not there, the address that takes the place of its own. Then there is
    a search, too: who typed a postcode into the address finds the box for it.
    """
    items = _EMPTY.join(
        Markup("<li>{}</li>").format(
            button(way.path, way.words, carry, css="as-link")
            if carry and way.takes_along
            else Markup('<a href="{}">{}</a>').format(here(way.path), way.words)
        )
        for way in ways
    )
    body = Markup("<p>{}</p>{}<ul>{}</ul>").format(text, _search() if instead else "", items)
    return TextPage(heading, heading, body, carry=carry, instead=instead)


def _search() -> Markup:
    form = SearchForm(
        HOME,
        councils=(),
        label=say("find.postcode_label"),
        submit=say("find.submit"),
        council_label="",
        needs=None,
    )
    return search_html(form)
