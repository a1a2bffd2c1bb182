"""The ways to the other pages, and the footer, of every page of the app, as HTML.

Not for: the urgent strip (`render.html.urgent`), or the pages without a script
(`render.html.pages.frame`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from mmhs_finder.render.addresses import here
from mmhs_finder.words import say


@dataclass(frozen=True)
class PageLink:
    """A page of the app: its address and what it is called."""

    address: str
    words: str


_SIMPLE: Final = "/text/"
_EMPTY: Final = Markup("")


def menu_html(pages: Iterable[PageLink], current: str) -> Markup:
    """The ways to the pages behind one word, for phones. current: the address that is shown."""
    return Markup(
        '<nav class="menu" aria-label="{}"><details><summary>{}</summary>{}</details></nav>'
    ).format(say("frame.pages"), say("frame.menu"), _links(pages, current))


def footer_html(pages: Sequence[PageLink], for_work: Sequence[PageLink], current: str) -> Markup:
    """Who we are not, what happens to answers, every page, and where the data come from."""
    simple = Markup('<li><a href="{}">{}</a></li>').format(
        here(_SIMPLE), say("text_pages.simple_version")
    )
    return Markup(
        '<div class="foot"><p>{}</p><p>{}</p><nav class="no-print" aria-label="{}">'
        '<h2>{}</h2>{}<h2>{}</h2>{}</nav><p class="small">{}</p></div>'
    ).format(
        say("frame.not_nhs"),
        say("frame.privacy"),
        say("frame.all_pages"),
        say("frame.for_you"),
        _links(pages, current, simple),
        say("frame.for_work"),
        _links(for_work, current),
        say("frame.attribution"),
    )


def visit_mark(mark: str) -> Markup:
    """By what `came_back.js` sees whether a page is still of the same visit."""
    return Markup('<span hidden data-visit="{}"></span>').format(mark)


def _links(pages: Iterable[PageLink], current: str, last: Markup = _EMPTY) -> Markup:
    """A list of links that change the page inside the app (`links.js`)."""
    items = _EMPTY.join(
        Markup('<li><a href="{}" data-in-app=""{}>{}</a></li>').format(
            here(page.address),
            Markup(' aria-current="page"') if page.address == current else _EMPTY,
            page.words,
        )
        for page in pages
    )
    return Markup('<ul role="list">{}{}</ul>').format(items, last)
