"""The page that is said where there is no page, or none that can be opened like that, or it broke.

It has what every page has that needs no script: the urgent numbers, the way out, and a search. It
never says what was asked for. With scripts, the address itself is taken out of the bar, since
somebody may have typed into it what was meant for the box.
Not for: whether there is a page (`shell.doors`, `routes`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.headers import REFUSED_POLICY
from mmhs_finder.channels.text import addresses
from mmhs_finder.channels.text.asking import Reply
from mmhs_finder.nation import Nation
from mmhs_finder.render.html.pages.frame import (
    HOME,
    Fields,
    TextPage,
    WayOn,
    page_html,
    urgent_path,
)
from mmhs_finder.render.html.pages.reading import sorry_page
from mmhs_finder.render.html.urgent import urgent_section
from mmhs_finder.views.urgent import StripView
from mmhs_finder.words import language, say

SUPPORT: Final = "/text/support"
NO_SUCH_PAGE: Final = "/no-such-page"
"""Stands in the bar in place of an address that no page has. No page may have this one."""


def ways() -> tuple[WayOn, ...]:
    """Where to go on to from here."""
    return (
        WayOn(HOME, say("text_pages.find")),
        WayOn(urgent_path(Nation.ENGLAND), say("result.urgent_heading")),
        WayOn(SUPPORT, say("support.title"), takes_along=True),
        WayOn("/text/councils", say("text_pages.councils")),
        WayOn("/text/services", say("text_pages.services")),
    )


_GONE: Final = (400, 404, 410)
"""Of these, what was asked for is nobody's page."""


def refusal(status: int, carry: Fields = (), *, sent: bool = False) -> Reply:
    """What is said for a status of 400 or more.

    carry: what was said before it broke. sent: it is what was sent that could not be read, and not
    the address that is wrong.
    """
    heading, text = _words(status, sent=sent)
    instead = NO_SUCH_PAGE if status in _GONE and not sent else ""
    page = sorry_page(heading, text, ways(), carry, instead=instead)
    headers = {"Content-Security-Policy": REFUSED_POLICY} if instead else {}
    return Reply(page, status, personal=True, headers=headers)


def _words(status: int, *, sent: bool = False) -> tuple[str, str]:
    """Heading and text."""
    if status == 413:
        return say("text_pages.too_much"), say("text_pages.unread_text")
    if sent:
        return say("text_pages.unread"), say("text_pages.unread_text")
    if status == 410:
        return say("text_pages.taken_out"), say("text_pages.taken_out_text")
    if status in (403, 405, 421):
        return say("text_pages.wrong_way"), say("text_pages.wrong_way_text")
    if status >= 500:
        return say("text_pages.sorry"), say("frame.sorry")
    return say("text_pages.missing"), say("text_pages.missing_text")


def refusal_line(status: int) -> str:
    """The same in one line, for who asked for no page."""
    return f"{_words(status)[0]}.\n"


def drawn(application: Application, page: TextPage) -> str:
    """A page with the urgent numbers of its nation."""
    return _with_numbers(application.urgent_strips[page.nation], page)


def refused(application: Application, status: int) -> str:
    """The page for a status, drawn once for all: anybody may ask for what is not there, often."""
    return _refused(application.urgent_strips[None], status, language())


@lru_cache(maxsize=40)
def _refused(strip: StripView, status: int, _language: str) -> str:
    return _with_numbers(strip, refusal(status).page)


def _with_numbers(strip: StripView, page: TextPage) -> str:
    urgent = urgent_section(strip, urgent_path(page.nation or Nation.ENGLAND))
    return page_html(page, urgent, addresses.public_address())
