"""What every page has around its content: title, urgent numbers, ways on, the way out, the footer.

Not for: the content of a page, which the modules beside this one draw.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mmhs_finder.nation import Nation
from mmhs_finder.render.addresses import here
from mmhs_finder.render.static import SAFE_PLACE, app_file_url, bundle_url
from mmhs_finder.words import html_language, say

_TEMPLATES: Final = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

_TEMPLATES.filters["here"] = here  # of values only: of a fixed text it would be worked out once

_NO_DATA: Final = Markup("")

Fields = Sequence[tuple[str, str]]
"""Names and values of hidden fields: what a form carries on of what was said before."""

HOME: Final = "/text/"

NEED: Final = "need"
"""The name of the field that says what happened."""


@dataclass(frozen=True)
class TextPage:
    """One page.

    title: of the document. It says nothing of a person: no place, need or answer of hers.
    description: for search engines. address: the path of a page that may be kept and listed; ""
    for one that is made from a person's words. nation: where she lives, for the urgent numbers.
    carry: what the ways on take along, so that nothing that was said is lost, nor forgotten by what
    is kept from her. alone: without the ways on: somebody is not safe, and nothing else is offered.
    data: what programs read, as markup for the head. instead: what a script puts into the bar in
    place of the address, which may hold what somebody typed; "" to leave it.
    """

    title: str
    heading: str
    body: Markup
    description: str = ""
    address: str = ""
    nation: Nation | None = None
    carry: Fields = ()
    alone: bool = False
    data: Markup = _NO_DATA
    instead: str = ""


@dataclass(frozen=True)
class WayOn:
    """A page to go on to: its path and name. takes_along: it takes a form with what was said."""

    path: str
    words: str
    takes_along: bool = False


def draw(template: str, **values: Any) -> Markup:
    """A template filled. Raises `jinja2.UndefinedError` for a gap that has no value."""
    return Markup(_TEMPLATES.get_template(template).render(**values))  # noqa: S704 - escaped there


def page_html(page: TextPage, strip: Markup, site: str = "") -> str:
    """The whole page.

    strip: the urgent numbers. site: the public address of the site ("https://example.org"), for
    what must be absolute; "" where the operator has not said it.
    """
    return str(
        draw(
            "base.html",
            page=page,
            language=html_language(),
            strip=strip,
            title=say("text_pages.title", title=page.title),
            site_name=say("text_pages.site"),
            absolute=site + here(page.address) if site and page.address else "",
            css=bundle_url("text.css"),
            script=bundle_url("shell.js"),
            home="/",
            leaving=say("index.leaving"),
            icon=app_file_url("icon.svg"),
            safe_place=SAFE_PLACE,
            skip=say("index.skip"),
            leave=say("index.leave"),
            leave_label=say("index.leave_region"),
            nav_label=say("text_pages.nav_label"),
            first_ways=_first_ways(page.nation),
            ways_on=_ways_on(page.nation),
            footer_label=say("text_pages.footer_label"),
            footer=_footer(),
            not_nhs=say("frame.not_nhs"),
            privacy=say("frame.privacy"),
            attribution=say("frame.attribution"),
        )
    )


def _ways_on(nation: Nation | None) -> tuple[WayOn, ...]:
    return (
        WayOn(HOME, say("text_pages.find")),
        WayOn("/text/check", say("check_page.title"), takes_along=True),
        WayOn("/text/words", say("text_pages.words"), takes_along=True),
        WayOn("/text/support", say("support.title"), takes_along=True),
        _urgent(nation),
    )


def _first_ways(nation: Nation | None) -> tuple[WayOn, ...]:
    return (
        WayOn(HOME, say("text_pages.find")),
        _urgent(nation),
        WayOn("#pages", say("text_pages.all_pages")),
    )


def _urgent(nation: Nation | None) -> WayOn:
    return WayOn(urgent_path(nation or Nation.ENGLAND), say("result.urgent_heading"))


def urgent_path(nation: Nation) -> str:
    """The page of a nation's lines for a crisis."""
    return "/text/urgent" if nation is Nation.ENGLAND else f"/text/urgent/{urgent_slug(nation)}"


def urgent_slug(nation: Nation) -> str:
    """The last part of the address of a nation's page."""
    return nation.value.lower().replace(" ", "-")


def _footer() -> tuple[WayOn, ...]:
    return (
        WayOn("/text/about", say("about.title")),
        WayOn("/text/changes", say("changes.title")),
        WayOn("/text/councils", say("text_pages.councils")),
        WayOn("/text/services", say("text_pages.services")),
        WayOn("/text/professionals", say("frame.for_work")),
        WayOn("/text/coverage", say("text_pages.coverage")),
        WayOn("/api", say("api.footer")),
        WayOn("/", say("text_pages.full_version")),
    )


def button(action: str, words: str, carry: Fields, *, css: str = "go") -> Markup:
    """A form with one button, which takes along what was said."""
    return draw("button.html", action=action, words=words, carry=carry, css=css)
