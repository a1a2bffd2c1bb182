"""The page for people who make other sites: what a program can ask for, and what it may do with it.

Not for: what the interface answers (`channels.api`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from mmhs_finder.render.addresses import here
from mmhs_finder.render.html.pages.embedding import embed_link
from mmhs_finder.render.html.pages.frame import TextPage
from mmhs_finder.render.html.whole import whole_html
from mmhs_finder.words import join_words, say

AT: Final = "/api"
OPENAPI_AT: Final = "/api/openapi.json"
FEED_AT: Final = "/openreferral/"

_EMPTY: Final = Markup("")


@dataclass(frozen=True)
class AddressRow:
    """One address. asked: what it may be asked for, behind the "?"."""

    method: str
    path: str
    summary: str
    asked: tuple[str, ...] = ()


def programs_page(
    rows: Sequence[AddressRow], problems: Sequence[tuple[str, str]], limits: str
) -> TextPage:
    """problems: (the last part of its address, what it is in words)."""
    parts = [
        _paragraphs(say("api.intro"), say("api.show_urgent"), say("api.blank")),
        Markup('<p><a href="{}">{}</a></p>').format(here(OPENAPI_AT), say("api.description_link")),
        Markup('<p><a href="{}">{}</a></p>').format(here(FEED_AT), say("api_feed.about")),
        _heading(say("api.addresses_heading")),
        Markup("<dl>{}</dl>").format(_EMPTY.join(map(_address, rows))),
        whole_html(),
        _heading(say("api.example_heading")),
        Markup("<p><code>{}</code></p>").format(_example()),
        _heading(say("api.privacy_heading")),
        _paragraphs(say("api.privacy")),
        embed_link(),
        _heading(say("api.limits_heading")),
        _paragraphs(limits),
        _heading(say("api.problems_heading")),
        _paragraphs(say("api.problems")),
        Markup("<ul>{}</ul>").format(_EMPTY.join(_problem(*problem) for problem in problems)),
        _heading(say("api.licence_heading")),
        _paragraphs(say("api.licence"), say("frame.attribution")),
    ]
    return TextPage(
        title=say("api.title"),
        heading=say("api.title"),
        body=_EMPTY.join(parts),
        description=say("api.about"),
        address=AT,
    )


def _heading(text: str) -> Markup:
    return Markup("<h2>{}</h2>").format(text)


def _paragraphs(*texts: str) -> Markup:
    return _EMPTY.join(Markup("<p>{}</p>").format(text) for text in texts)


def _address(row: AddressRow) -> Markup:
    asked = say("api.may_ask", names=join_words(row.asked)) if row.asked else ""
    words = f"{row.summary} {asked}".rstrip()
    return Markup("<dt><code>{} {}</code></dt><dd>{}</dd>").format(
        row.method, here(row.path), words
    )


def _problem(name: str, words: str) -> Markup:
    return Markup('<li id="{}">{}</li>').format(name, words)


def _example() -> str:
    """The same in docs/api.md, which a test runs."""
    return (
        f'curl --json \'{{"area": "E07000106", "needs": ["loss"]}}\' '
        f"https://example.org{here('/api/v1/answers')}"
    )
