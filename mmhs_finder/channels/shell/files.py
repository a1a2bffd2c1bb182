"""Serves the files that visits offer, under `/files/`, to the browser that each is offered to.

A page first asks whether a file can be had (HEAD), which makes it, and then lets the browser fetch
it: so it can say what is going on, and what to do when there is no file. Nothing is kept by a
browser or on the way, and a file is always saved, never shown in the page's place.
Not for: what is offered, and how it is made (`offers`), or how a page asks (`static/files.js`).
"""

from __future__ import annotations

import logging
import re
import unicodedata
from typing import Final
from urllib.parse import quote

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from mmhs_finder.channels.shell.browser import browser_of
from mmhs_finder.channels.shell.handed_down import application_of
from mmhs_finder.channels.shell.headers import OFFERED_FILES
from mmhs_finder.channels.shell.offers import OFFERS, FileGone, Making, Offers, TooManyAsk
from mmhs_finder.channels.shell.quiet_log import where
from mmhs_finder.nation import Nation
from mmhs_finder.noted import tell
from mmhs_finder.render.addresses import here
from mmhs_finder.render.html.pages.frame import WayOn, page_html, urgent_path
from mmhs_finder.render.html.pages.reading import sorry_page
from mmhs_finder.render.html.urgent import urgent_section
from mmhs_finder.words import say

_LOG = logging.getLogger(__name__)
_NEVER_KEPT: Final = {"Cache-Control": "no-store"}
_SECONDS_TO_WAIT: Final = "30"
_LONGEST_NAME: Final = 100
_ODD: Final = re.compile(r"[^A-Za-z0-9._-]+")
_ENDING: Final = re.compile(r"\.[A-Za-z0-9]{1,10}$")
_NO_NAME: Final = "file"


def address_of(token: str) -> str:
    """Where a browser finds the file of that token."""
    return here(f"{OFFERED_FILES}/{token}")


def disposition(name: str) -> str:
    """The header by which a browser saves a file under a name. Any text will do for one: no path,
    no control or turning sign of it is left, and old browsers are given plain letters."""
    shown = "".join(
        "-" if c in '/\\:*?"<>|' else c
        for c in unicodedata.normalize("NFC", name)
        if unicodedata.category(c)[0] != "C" and unicodedata.category(c) not in ("Zl", "Zp")
    ).strip(". ")
    found = _ENDING.search(shown)
    ending = found[0] if found else ""
    stem = shown.removesuffix(ending)[:_LONGEST_NAME].strip(". ") or _NO_NAME
    letters = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode()
    plain = (_ODD.sub("-", letters).strip("-.") or _NO_NAME) + ending
    whole = quote(stem + ending, safe="")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{whole}"


def routes(offers: Offers = OFFERS, making: Making | None = None) -> list[BaseRoute]:
    """The route of all files that are offered."""
    sender = _Sender(offers, making or Making())
    return [
        Route(
            here(f"{OFFERED_FILES}/{{token:path}}"),
            sender.answer,
            methods=["GET", "HEAD"],
            name="files",
        )
    ]


class _Sender:
    def __init__(self, offers: Offers, making: Making) -> None:
        self._offers, self._making = offers, making

    async def answer(self, request: Request) -> Response:
        """The file, or with HEAD what is said of it once it is made; else why there is none."""
        offer = self._offers.find(request.path_params["token"], browser_of(request.scope))
        if offer is None:
            return _sorry(request, 404, say("files.gone"))
        file = offer.file
        try:
            data = await self._making.content(offer)
        except FileGone:
            return _sorry(request, 404, say("files.gone"))
        except TooManyAsk:
            tell("refusal", kind="file")
            return _sorry(request, 503, say("files.busy"))
        except Exception as problem:
            _LOG.error("A file could not be made: %s", where(problem))
            return _sorry(request, 500, say("files.failed"))
        headers = {**_NEVER_KEPT, "Content-Disposition": disposition(file.name)}
        if request.method == "HEAD":
            headers["Content-Length"] = str(len(data))
            return Response(None, headers=headers, media_type=file.media_type)
        # Once it is with the browser it is not kept; who asks again has it made again.
        sent = BackgroundTask(offer.let_go)
        return Response(data, headers=headers, media_type=file.media_type, background=sent)


def _sorry(request: Request, status: int, text: str) -> Response:
    """Plain words with a way on, for who has opened the address itself."""
    headers = {**_NEVER_KEPT, "Retry-After": _SECONDS_TO_WAIT} if status == 503 else _NEVER_KEPT
    if request.method == "HEAD":
        return Response(None, status, headers)
    strip = urgent_section(
        application_of(request.scope).urgent_strips[None], urgent_path(Nation.ENGLAND)
    )
    ways = (
        WayOn("/", say("page.find_support")),
        WayOn(urgent_path(Nation.ENGLAND), say("result.urgent_heading")),
    )
    page = sorry_page(say("files.heading"), text, ways)
    return HTMLResponse(page_html(page, strip), status, headers)
