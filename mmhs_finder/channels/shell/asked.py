"""What an address may ask a page for. Anything else in it is taken out before anything is shown.

Somebody may type a postcode or a name behind the "?" of an address, or follow a link that has one
there. It would stand in the bar, in the browser's history and in the logs of servers between. So
whoever opens such an address is sent to the same page without it, by an answer that nobody keeps: a
browser lists the page that it ends at. What was typed there is never searched for, and is read by
no page; she is asked to type it into the box. What stays is public by itself, and is checked by its
value and not by its name alone: the code of an area, a need from our list, a service, a region. In
a list of services whatever is none is made unknown: its page says that there was something.
Not for: where an address leads (`nearly`), or an address that no page has (`doors`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from typing import Final
from urllib.parse import parse_qsl, quote, urlencode

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from mmhs_finder.channels.shell.headers import is_text_page
from mmhs_finder.channels.streamlit import site
from mmhs_finder.coverage.measures import Measure
from mmhs_finder.coverage.scenario import public
from mmhs_finder.coverage.values import Level
from mmhs_finder.directory import Directory
from mmhs_finder.render.addresses import here, inside
from mmhs_finder.render.html.pages.embedding import EMBED_AT, EMBED_FORM_AT
from mmhs_finder.views.embedding import EmbedTarget
from mmhs_finder.views.history import ENGLAND, NATIONS, What
from mmhs_finder.views.kept_list import COMPARE, ONE_SERVICE, tidied
from mmhs_finder.views.questions import NEEDS
from mmhs_finder.views.suggesting import ENTRY, is_entry

UNKNOWN: Final = "unknown"
"""Stands for an area that we cannot know: the page then says so, and what to do."""

Fits = Callable[[str, Directory], bool]

_CODE: Final = re.compile(r"[A-Z][0-9]{8}")
"""A code of the ONS. Nothing that somebody would type is like it."""

_MONTH: Final = re.compile(r"20[0-9]{2}-(0[1-9]|1[0-2])")
_NUMBER: Final = re.compile(r"[1-9][0-9]{0,2}")
"""Of a page of a list. Nobody types either by mistake for where she lives."""


def _is_area(value: str, directory: Directory) -> bool:
    return value == UNKNOWN or value in directory.areas or _CODE.fullmatch(value) is not None


def _is_where(value: str, directory: Directory) -> bool:
    regions = {area.region for area in directory.areas.values()}
    return _is_area(value, directory) or value in regions


def _is_scenario(value: str, directory: Directory) -> bool:
    return value != "" and public(value, directory) == value


def _one_of(values: frozenset[str]) -> Fits:
    return lambda value, _directory: value in values


def _is_changed_place(value: str, directory: Directory) -> bool:
    return value in (ENGLAND, NATIONS) or value in directory.icbs


def _is_month(value: str, _directory: Directory) -> bool:
    return _MONTH.fullmatch(value) is not None


def _is_number(value: str, _directory: Directory) -> bool:
    return _NUMBER.fullmatch(value) is not None


_NEED: Final = _one_of(frozenset(NEEDS))
_MEASURE: Final = _one_of(frozenset(Measure))
_CHANGES: Final[Mapping[str, Fits]] = {
    "icb": _is_changed_place,
    "what": _one_of(frozenset(What)),
    "month": _is_month,
}
_SEARCH: Final[Mapping[str, Fits]] = {"area": _is_area, "need": _NEED}
_EMBED: Final[Mapping[str, Fits]] = {
    "area": _is_area,
    "target": _one_of(frozenset(EmbedTarget)),
}
_ASKED: Final[Mapping[str, Mapping[str, Fits]]] = {
    "/": _SEARCH,
    f"/{site.PATHS[site.PROFESSIONALS]}": {
        "service": lambda value, directory: (
            value in directory.services or directory.is_taken_out(value)
        ),
        "view": _one_of(frozenset(ONE_SERVICE)),
        COMPARE: lambda value, directory: bool(tidied(value, directory)),
    },
    f"/{site.PATHS[site.COVERAGE]}": {
        "where": _is_where,
        "area": _is_where,
        "level": _one_of(frozenset(Level)),
        "measure": _MEASURE,
        "view": _one_of(frozenset(site.COVERAGE_VIEWS)),
        "scenario": _is_scenario,
    },
    f"/{site.PATHS[site.CHANGES]}": _CHANGES,
    EMBED_AT: _EMBED,
    EMBED_FORM_AT: _EMBED,
    "/text/area": {"need": _NEED},
    "/text/changes": {**_CHANGES, "page": _is_number},
    "/text/coverage": {"measure": _MEASURE},
    "/text/correct": {ENTRY: is_entry},
}
"""What each page may be asked for. Of the pages without a script by what their addresses begin
with."""

_MEANS_AREA: Final = frozenset({"area", "postcode", "where", "place", "council", "q"})
"""Names by which somebody may try to say where she lives."""

_MOST: Final = 50
_LONGEST: Final = 2000


def asked(page: str, query: str, directory: Directory) -> str:
    """What a page may be asked for, of all that an address asks, as a query; "" for nothing.

    page: as "/coverage". query: what stands behind the "?", as it came.
    """
    known = _known(page)
    given = [(n, _public(n, v, directory) if n in known else v) for n, v in _given(query)]
    kept = [(n, v) for n, v in given if n in known and known[n](v, directory)]
    kept = [(n, tidied(v, directory) if n == COMPARE else v) for n, v in kept]
    names = {name for name, _ in kept}
    if known is _SEARCH and "area" not in names:
        said = {name.casefold() for name, _ in given}
        kept = [("area", UNKNOWN)] if said & _MEANS_AREA else []
    else:
        dropped = {name for name, _ in given} - names
        kept += [(n, UNKNOWN) for n in ("where", "area") if n in dropped and n in known]
    return urlencode(kept, quote_via=quote)


def _public(name: str, value: str, directory: Directory) -> str:
    """A scenario without what no list of ours has: the rest of it is still worth opening."""
    return public(value, directory) if name == "scenario" else value


def _known(page: str) -> Mapping[str, Fits]:
    if is_text_page(page):
        page = "/".join(page.split("/")[:3])
    return _ASKED.get(page, {})


def _given(query: str) -> list[tuple[str, str]]:
    """Nothing of what is too long or too much: no link of ours is."""
    if len(query) > _LONGEST:
        return []
    try:
        return parse_qsl(query, max_num_fields=_MOST)
    except ValueError:
        return []


class TakesOutTyped:
    """ASGI middleware: leads to the same page without what it may not be asked for."""

    def __init__(
        self, app: ASGIApp, directory: Callable[[], Directory], pages: Collection[str]
    ) -> None:
        """directory: what is served now. pages: the paths of the app's pages, as "/check"."""
        self.app = app
        self._directory = directory
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        to = self._to(scope) if scope["type"] == "http" else None
        if to is None:
            await self.app(scope, receive, send)
            return
        answer = RedirectResponse(to, 303, headers={"Cache-Control": "no-store"})
        await answer(scope, receive, send)

    def _to(self, scope: Scope) -> str | None:
        """The address without it; None where nothing has to go."""
        query = scope.get("query_string", b"").decode("latin-1")
        page = inside(scope["path"])
        if not query or scope["method"] not in ("GET", "HEAD"):
            return None
        if page not in self._pages and not is_text_page(page):
            return None
        kept = asked(page, query, self._directory())
        if _given(kept) == _given(query) and len(_given(query)) == query.count("&") + 1:
            return None
        return f"{here(quote(page))}?{kept}" if kept else here(quote(page))
