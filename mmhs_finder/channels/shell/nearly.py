"""Addresses that are nearly right lead to the page: "/Check", "/other_support", "/check.html".

A small table, made anew only when there are other pages: every page of the site, folded to lower
case and plain hyphens, and names that pages have had. Where an address leads comes from that table
only, never from what was asked for, so that it can lead nowhere else. What the page may be asked
for is kept (`asked`), and nothing else of the query.
Not for: an address that no page has (`doors`).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Final

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from mmhs_finder.channels import privates
from mmhs_finder.channels.shell.asked import asked
from mmhs_finder.channels.shell.headers import (
    TEXT_PAGES,
    is_offered_file,
    is_text_page,
    opens_a_page,
)
from mmhs_finder.directory import Directory
from mmhs_finder.render.addresses import here, inside
from mmhs_finder.render.static import BUNDLES_AT

_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "": ("find-support", "find", "search", "home", "index", "start"),
    "check": ("could-it-be-right-for-me", "is-it-right-for-me", "questions", "criteria"),
    "other-support": ("support", "help"),
    "professionals": ("referral-routes", "for-professionals", "referrals"),
    "services": ("directory", "all-services"),
    "bulk": ("many-postcodes", "bulk-lookup"),
    "coverage": ("map", "gaps"),
    "planning": ("workforce",),
    "changes": ("what-has-changed", "history", "news", "feeds", "feed"),
    "about": ("about-us", "privacy"),
    "urgent": ("urgent-help", "all-urgent-help"),
}
"""What pages are or were called elsewhere, also by their files and titles, to the name of the page.
The same below `/text/`."""

_LONGEST: Final = 200
_EDGES: Final = " \t\r\n.,;:!?'\"()<>[]*"
"""Signs that a letter or a message leaves at the end of an address."""
_ENDING: Final = re.compile(r"\.(html?|php|aspx?|jsp|py)$")
_GAPS: Final = re.compile(r"[\s_+\u2010-\u2015-]+")
_SIMPLE: Final = f"{TEXT_PAGES.strip('/')}/"
"""What the folded addresses of the pages without a script begin with."""


def folded(path: str) -> str:
    """An address without capitals, endings, and signs at its edges; "_" and spaces are hyphens."""
    text = unicodedata.normalize("NFKC", path).casefold()
    parts = (_GAPS.sub("-", _ENDING.sub("", p.strip(_EDGES))).strip("-") for p in text.split("/"))
    return "/".join(part for part in parts if part)


def table(pages: Iterable[str]) -> dict[str, str]:
    """Folded address to page. pages: the path of every page there is, as "/check"."""
    known = {folded(page): page for page in pages}
    simple = {name[len(_SIMPLE) :]: page for name, page in known.items() if _is_simple(name)}
    found = dict(known)
    for names in ((name, *others) for name, others in _NAMES.items()):
        full = next((known[name] for name in names if name in known), None)
        plain = next((simple[name] for name in names if name in simple), None)
        for name in names:
            if page := full or plain:
                found.setdefault(name, page)
            if page := plain or full:
                found.setdefault(f"{_SIMPLE}{name}", page)
    for name, page in simple.items():  # without "text/" before it, where the app has no such page
        found.setdefault(name, page)
    return found


def _is_simple(name: str) -> bool:
    return f"{name}/".startswith(_SIMPLE)


class NearlyRight:
    """ASGI middleware: leads from an address that is nearly a page's to the page."""

    def __init__(
        self,
        app: ASGIApp,
        pages: Callable[[], Sequence[str]],
        directory: Callable[[], Directory],
    ) -> None:
        """pages: gives the path of every page there is; another object when there are others.
        directory: what is served now."""
        self.app = app
        self._pages = pages
        self._known: tuple[Sequence[str], Mapping[str, str]] = ((), {})
        self._directory = directory

    def _table(self) -> Mapping[str, str]:
        pages, made = self._known
        if (now := self._pages()) is not pages:
            made = table(now)
            self._known = now, made
        return made

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        page = self._meant(scope) if scope["type"] == "http" else None
        if page is None:
            await self.app(scope, receive, send)
            return
        query = asked(page, scope.get("query_string", b"").decode("latin-1"), self._directory())
        to = f"{here(page)}?{query}" if query else here(page)
        # Asked for anew each time: a name may become a page's one day, and a link may say what
        # has happened.
        answer = RedirectResponse(to, 308, headers={"Cache-Control": "no-store"})
        await answer(scope, receive, send)

    def _meant(self, scope: Scope) -> str | None:
        """The page that is meant; None where the address is right, or nothing like one of ours."""
        path: str = scope["path"]
        if scope["method"] not in ("GET", "HEAD") or len(path) > _LONGEST:
            return None
        pages = self._table()
        page = pages.get(folded(inside(path)))
        if page is None and _is_stray(inside(path), Headers(scope=scope)):
            page = pages.get(folded(inside(path)).split("/")[0])
        return page if page is not None and path != here(page) else None


def _is_stray(path: str, headers: Headers) -> bool:
    """Whether somebody opened an address of several parts: its first may be that of a page."""
    name = path.rstrip("/").rpartition("/")[2]
    if (
        is_text_page(path)
        or is_offered_file(path)
        or path.startswith((*privates.NOT_PAGES, f"{BUNDLES_AT}/"))
    ):
        return False
    return opens_a_page(headers) and "/" in path.strip("/") and "." not in name
