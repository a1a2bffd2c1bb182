"""The two addresses, what each may be asked for, and how long an answer may be kept.

Not for: what stands there (`views.embedding`, `render.html.pages.embedding`).
"""

from __future__ import annotations

from functools import partial
from typing import Final

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.embedding import embed_hosts
from mmhs_finder.channels.shell.handed_down import application_of
from mmhs_finder.channels.text.addresses import public_address, site_of
from mmhs_finder.channels.text.refusing import drawn, refused
from mmhs_finder.directory.named import area_words
from mmhs_finder.render.addresses import here
from mmhs_finder.render.html.pages.embedding import (
    EMBED_AT,
    EMBED_FORM_AT,
    embed_document,
    embed_page,
)
from mmhs_finder.views.correcting import contact
from mmhs_finder.views.embedding import EmbedFormView, EmbedTarget, embed_form_view
from mmhs_finder.words import say

_HALF_A_MINUTE: Final = "public, max-age=30"
"""A number that is withdrawn is to be gone within a minute."""

_NEVER_KEPT: Final = "no-store"


def routes(application: Application | None = None) -> list[BaseRoute]:
    """application: for requests to which none is handed down. Raises `BadSetting`."""
    named = bool(embed_hosts())
    zipped = [Middleware(GZipMiddleware, minimum_size=500)]
    return [
        Route(here(at), partial(answer, application), methods=["GET"], middleware=zipped, name=name)
        for at, name, answer in (
            (EMBED_AT, "embed", partial(_page, named)),
            (EMBED_FORM_AT, "embed-form", _document),
        )
    ]


async def _page(named: bool, application: Application | None, request: Request) -> Response:
    """With our address in the code. Without the setting of it that is the name that this request
    used, which anybody can make up: then nobody may keep it."""
    served = application_of(request.scope, application)
    site, _ = site_of(request)
    if not site:
        return HTMLResponse(refused(served, 400), 400)
    page = embed_page(
        _view(served, request),
        councils=[(area.code, area_words(area.name)) for area in served.directory.councils()],
        site=site,
        leave=_leave(named=named),
    )
    kept = _HALF_A_MINUTE if public_address() else _NEVER_KEPT
    return HTMLResponse(drawn(served, page), headers={"Cache-Control": kept})


async def _document(application: Application | None, request: Request) -> Response:
    view = _view(application_of(request.scope, application), request)
    return HTMLResponse(embed_document(view), headers={"Cache-Control": _HALF_A_MINUTE})


def _view(served: Application, request: Request) -> EmbedFormView:
    """What was asked for; of what there is not, that there is not."""
    code, target = (request.query_params.get(name, "") for name in ("area", "target"))
    area = served.directory.areas.get(code)
    return embed_form_view(
        served.urgent_strips[None],
        EmbedTarget(target) if target in {*EmbedTarget} else EmbedTarget.TOP,
        area,
        is_unknown=bool(code) and area is None,
    )


def _leave(*, named: bool) -> str:
    """How a site comes to be one that may have the frame. named: whether any is."""
    address = contact()
    if address:
        asked = say("embed_page.frame_ask", address=address)
    else:
        asked = say("embed_page.frame_ask_nobody")
    return asked if named else f"{asked} {say('embed_page.frame_none')}"
