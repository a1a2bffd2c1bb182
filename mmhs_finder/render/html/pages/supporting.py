"""Other support by topic and nation, and urgent help by nation.

Not for: what is told, or in which order (`views.support`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup

from mmhs_finder.directory.named import nation_in, nation_words
from mmhs_finder.nation import Nation
from mmhs_finder.render.addresses import here
from mmhs_finder.render.html import cards
from mmhs_finder.render.html.pages.frame import HOME, Fields, TextPage, button, draw
from mmhs_finder.render.html.support import lines_html, near_html, urgent_html
from mmhs_finder.views.line import LineView
from mmhs_finder.views.support import TOPIC, SupportView
from mmhs_finder.words import say

_EMPTY = Markup("")


def support_page(
    view: SupportView,
    *,
    offered: Sequence[str],
    topic: str,
    nation: Nation,
    lives_in: Nation | None,
    open_only: bool,
    carry: Fields,
    address: str = "",
) -> TextPage:
    """Lines, charities and routes for one topic. carry: a search and answers, when there are any.

    offered: the topics to choose from. lives_in: where she lives, as far as she has said it, for
    the urgent numbers.
    """
    parts = [
        Markup("<p>{}</p>").format(say("support.intro")),
        _form(offered, topic, nation, open_only, carry),
        urgent_html(view),
        lines_html(view),
        _see_all(view.see_all, topic, nation, carry),
        near_html(view),
    ]
    if view.near_none:
        parts.append(
            Markup('<p>{} <a href="{}">{}</a></p>').format(
                view.near_none, here(HOME), say("support.near_link")
            )
        )
    if carry:
        parts.append(button(HOME, say("check_page.back"), carry))
    return TextPage(
        title=say("support.title"),
        heading=say("support.title"),
        body=_EMPTY.join(parts),
        description=say("text_pages.support_about"),
        address=address,
        nation=lives_in,
        carry=carry,
    )


def _see_all(words: str, topic: str, nation: Nation, carry: Fields) -> Markup:
    """A way to the same list with what is closed now."""
    if not words:
        return _EMPTY
    chosen = (("topic", topic), ("nation", nation.value))
    return button("/text/support", words, (*carry, *chosen))


def _form(
    offered: Sequence[str], topic: str, nation: Nation, open_only: bool, carry: Fields
) -> Markup:
    return draw(
        "support.html",
        action="/text/support",
        carry=carry,
        topic=topic,
        topics=[(value, TOPIC(value)) for value in offered],
        topic_label=say("support.topic_label"),
        nation=nation.value,
        nations=[(n.value, nation_words(n)) for n in Nation],
        nation_label=say("support.nation_label"),
        open_only=open_only,
        open_now=say("support.open_now"),
        submit=say("text_pages.show"),
    )


def urgent_page(
    lines: Iterable[LineView], nation: Nation, others: Iterable[tuple[str, str]], address: str
) -> TextPage:
    """Lines for a crisis in one nation. others: the pages of the other nations, by name."""
    items = _EMPTY.join(
        Markup('<li><a href="{}">{}</a></li>').format(here(path), name) for path, name in others
    )
    body = Markup("<p>{}</p>{}<h2>{}</h2><ul>{}</ul>").format(
        say("support.urgent_intro"), _lines(lines), say("text_pages.elsewhere"), items
    )
    return TextPage(
        title=say("text_pages.urgent_title", nation=nation_in(nation)),
        heading=say("text_pages.urgent_title", nation=nation_in(nation)),
        body=body,
        description=say("text_pages.urgent_about", nation=nation_in(nation)),
        address=address,
        nation=nation,
    )


def _lines(lines: Iterable[LineView]) -> Markup:
    return cards.stack(cards.line_card(line) for line in lines)
