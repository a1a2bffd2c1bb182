"""The page for who comes when every place is taken: plain, with the urgent numbers and a way on.

The pages without a script need no place, so they are offered: they have everything for her.
Not for: who has a place (`shell.limits`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from functools import lru_cache
from typing import Final

from starlette.responses import HTMLResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from mmhs_finder.channels.shell.browser import browser_of
from mmhs_finder.channels.shell.limits import Places
from mmhs_finder.nation import Nation
from mmhs_finder.noted import tell
from mmhs_finder.render.addresses import inside
from mmhs_finder.render.html.pages.frame import HOME, WayOn, page_html, urgent_path
from mmhs_finder.render.html.pages.reading import sorry_page
from mmhs_finder.render.html.urgent import urgent_section
from mmhs_finder.views.urgent import StripView
from mmhs_finder.words import language, say

RETRY_AFTER_SECONDS: Final = 60


class BusyPage:
    """ASGI middleware: answers newcomers who open a page of the app when there is no place left."""

    def __init__(
        self, app: ASGIApp, places: Places, strip: Callable[[], StripView], pages: Collection[str]
    ) -> None:
        """pages: the paths of the app's pages inside the site, as "/check"."""
        self.app = app
        self._places = places
        self._pages = frozenset(pages)
        self._strip = strip
        self._page = lru_cache(maxsize=64)(lambda path, strip, _language: busy_page(path, strip))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = inside(scope["path"]) if scope["type"] == "http" else ""
        is_page = path in self._pages and scope["method"] in ("GET", "HEAD")
        if not is_page or self._places.has_room(scope, browser_of(scope)):
            await self.app(scope, receive, send)
            return
        tell("refusal", kind="no_place")
        await self._answer(path)(scope, receive, send)

    def _answer(self, path: str) -> Response:
        headers = {"Cache-Control": "no-store", "Retry-After": str(RETRY_AFTER_SECONDS)}
        return HTMLResponse(self._page(path, self._strip(), language()), 503, headers)


def busy_page(path: str, strip: StripView) -> str:
    """The page as HTML. path: of the page that was asked for, to try again."""
    ways = (
        WayOn(HOME, say("busy.simple")),
        WayOn(urgent_path(Nation.ENGLAND), say("result.urgent_heading")),
        WayOn(path, say("busy.again")),
    )
    page = sorry_page(say("busy.title"), say("busy.text"), ways)
    return page_html(page, urgent_section(strip, urgent_path(Nation.ENGLAND)))
