"""`/changes.json` and `/changes.atom`: what was changed, for programs; `?icb=` for one health area.

Anybody may keep them for a minute: a number that is withdrawn has to go as quickly here as it does
elsewhere. Not for: how a feed is written (`render.feeds`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import partial
from typing import Final
from xml.sax.saxutils import escape

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.handed_down import application_of
from mmhs_finder.channels.text.addresses import public_address, site_of
from mmhs_finder.channels.text.kept_files import sent_once
from mmhs_finder.render.addresses import here
from mmhs_finder.render.feeds import (
    ATOM_AT,
    ATOM_TYPE,
    JSON_AT,
    JSON_TYPE,
    FeedView,
    atom_feed,
    json_feed,
)
from mmhs_finder.views.changes import feed_entries, feed_title
from mmhs_finder.words import language, say

MOST_ENTRIES: Final = 200
_NEVER_KEPT: Final = "no-store"

_Write = Callable[[FeedView], bytes]
_Refuse = Callable[[str, int], Response]


def routes(application: Application | None = None) -> list[BaseRoute]:
    """application: for requests to which none is handed down."""
    zipped = [Middleware(GZipMiddleware, minimum_size=500)]
    kinds: tuple[tuple[str, str, _Write, _Refuse], ...] = (
        (JSON_AT, JSON_TYPE, json_feed, _json_problem),
        (ATOM_AT, ATOM_TYPE, atom_feed, _xml_problem),
    )
    return [
        Route(
            here(at),
            partial(_answer, application, kind, write, refuse),
            methods=["GET"],
            middleware=zipped,
            name=at.strip("/"),
        )
        for at, kind, write, refuse in kinds
    ]


async def _answer(
    application: Application | None, kind: str, write: _Write, refuse: _Refuse, request: Request
) -> Response:
    served = application_of(request.scope, application)
    site, _ = site_of(request)
    if not site:
        return refuse(say("changes.feed_no_address"), 400)
    place = request.query_params.get("icb", "")
    if place and not served.history.is_place(place):
        return refuse(say("changes.feed_unknown"), 404)
    body = await run_in_threadpool(_body, served, site, place, write)
    return _sent(body, kind, request.headers)


def _body(application: Application, site: str, place: str, write: _Write) -> bytes:
    """The feed as it is sent, written once for a directory. With a name that anybody can make up
    in it, it is written anew each time: else there would be no end of them."""
    if not public_address():
        return write(_view(application, site, place))
    written = application.once(_written)
    key = (write, site + here("/"), place, language())
    if key not in written:
        written[key] = write(_view(application, site, place))
    return written[key]


def _written(_application: Application) -> dict[tuple[_Write, str, str, str], bytes]:
    return {}


def _view(application: Application, site: str, place: str) -> FeedView:
    history, directory = application.history, application.directory
    return FeedView(
        site,
        place,
        feed_title(history, place),
        history.newest or directory.newest_check,
        feed_entries(history, directory, place, MOST_ENTRIES),
    )


def _sent(body: bytes, kind: str, asked: Mapping[str, str]) -> Response:
    """The feed; 304 for who has it. Without the setting of our own address, it has the name in it
    that this request used, which anybody can make up: then nobody may keep it."""
    if not public_address():
        return Response(body, media_type=kind, headers={"Cache-Control": _NEVER_KEPT})
    return sent_once(body, kind, asked)


def _json_problem(words: str, status: int) -> Response:
    """RFC 9457."""
    content = json.dumps({"title": words, "status": status}, ensure_ascii=False)
    return _problem(content, status, "application/problem+json")


def _xml_problem(words: str, status: int) -> Response:
    """RFC 9457, as XML."""
    content = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<problem xmlns="urn:ietf:rfc:7807"><title>{escape(words)}</title>'
        f"<status>{status}</status></problem>\n"
    )
    return _problem(content, status, "application/problem+xml")


def _problem(content: str, status: int, kind: str) -> Response:
    return Response(content, status, {"Cache-Control": _NEVER_KEPT}, kind)
