"""The interface as an app of its own, its place in the site, and the page that explains it.

Not for: which address gives what (`endpoints`), what stands before it (`gate`), or what is said
where there is no answer (`problems`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import HTMLResponse, JSONResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

import mmhs_finder
from mmhs_finder.application import Application
from mmhs_finder.channels.api import answering, reading
from mmhs_finder.channels.api.asked_for import AskedAnswer, GivenAnswers
from mmhs_finder.channels.api.describing import described
from mmhs_finder.channels.api.downloads import file_routes
from mmhs_finder.channels.api.endpoints import PAGES, Clock, api, served_now
from mmhs_finder.channels.api.explaining import explained
from mmhs_finder.channels.api.gate import AddressOf, Gate
from mmhs_finder.channels.api.problems import NotAnswered, Trouble, field_errors
from mmhs_finder.channels.api.rates import Rates
from mmhs_finder.channels.shell.handed_down import application_of
from mmhs_finder.channels.shell.headers import FOR_PROGRAMS
from mmhs_finder.channels.shell.limits import address_of, trusted_proxies
from mmhs_finder.hours import LONDON
from mmhs_finder.render.addresses import here
from mmhs_finder.render.html.whole import WHOLE_AT
from mmhs_finder.render.json import Json


def _now() -> datetime:
    return datetime.now(LONDON)


_OURS: Final = frozenset(
    {*AskedAnswer.model_fields, *GivenAnswers.model_fields, *PAGES}
    | {"kind", "icb", "pathway", "self_referral", "status", "nation", "topic"}
    | {"measure", "level", "where", "place", "code", "id"}
)
"""Names of fields that may be said back: every other one was made up by who sent it."""


async def _not_answered(_request: Request, problem: NotAnswered) -> Response:
    return problem.response()


async def _not_modified(_request: Request, problem: reading.NotModified) -> Response:
    return problem.response()


async def _bad_fields(request: Request, problem: RequestValidationError) -> Response:
    urgent: list[Json] = []
    if request.method == "POST":
        served = served_now(request)
        urgent = answering.urgent_json(served.application, served.at)
    errors = field_errors(problem.errors(), _OURS)
    return NotAnswered(Trouble.FIELDS, errors=errors, urgent=urgent).response()


async def _broken(_request: Request, _problem: Exception) -> Response:
    """It is raised again when this has been sent: the gate writes into the log where it broke."""
    return NotAnswered(Trouble.BROKEN).response()


async def _http(_request: Request, problem: HTTPException) -> Response:
    known = {405: Trouble.METHOD, 400: Trouble.NOT_JSON}
    trouble = known.get(problem.status_code, Trouble.NO_PAGE)
    return NotAnswered(trouble, headers=problem.headers).response()


_PROBLEMS: Final[Mapping[Any, Any]] = {
    NotAnswered: _not_answered,
    reading.NotModified: _not_modified,
    HTTPException: _http,
    Exception: _broken,
}
"""How what goes wrong is answered, by what it is."""


def interface(application: Application | None = None, clock: Clock = _now) -> FastAPI:
    """The interface as an app of its own. application: where none is handed down with a request.
    clock: now, aware."""
    app = FastAPI(
        title="MMHS Finder",
        version=f"1 ({mmhs_finder.__version__})",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers={**_PROBLEMS, RequestValidationError: _bad_fields},
    )
    app.state.default, app.state.clock = application, clock
    app.include_router(api)
    app.add_middleware(GZipMiddleware, minimum_size=500)
    app.openapi = described(app)  # type: ignore[method-assign]

    async def description(_request: Request) -> Response:
        return JSONResponse(app.openapi(), headers={"Cache-Control": reading.A_MINUTE})

    app.router.routes.append(Route("/openapi.json", description, methods=["GET"]))
    return app


def whole_files(application: Application | None = None, clock: Clock = _now) -> Starlette:
    """The whole directory as files, as an app of its own. As `interface`."""
    app = Starlette(routes=file_routes(), exception_handlers=_PROBLEMS)
    app.router.redirect_slashes = False
    app.state.default, app.state.clock = application, clock
    return app


def routes(
    application: Application | None = None,
    clock: Clock = _now,
    rates: Rates | None = None,
    address: AddressOf | None = None,
) -> list[BaseRoute]:
    """`/api` and everything below it, and the files below `/download`. Raises `BadSetting`.

    application: for requests to which none is handed down. rates, address: how often who may ask;
    by default as this process is set up.
    """
    rates = rates or Rates()
    proxies = trusted_proxies(os.environ)
    app = interface(application, clock)

    def behind_the_gate(inner: ASGIApp, at: str) -> Mount:
        gate = Gate(
            inner,
            rates=rates,
            address_of=address or (lambda scope: address_of(scope, proxies)),
            application=application,
        )
        below = Mount(here(at), gate, name=at.strip("/"))
        # What has a line break in it is one of these, too.
        below.path_regex = re.compile(below.path_regex.pattern, re.DOTALL)
        return below

    async def page(request: Request) -> Response:
        served = application_of(request.scope, application)
        text = explained(served, app.openapi(), rates)
        return HTMLResponse(text, headers={"Cache-Control": reading.A_MINUTE})

    return [
        Route(here(FOR_PROGRAMS), page, methods=["GET"], name="for-programs"),
        behind_the_gate(app, FOR_PROGRAMS),
        behind_the_gate(whole_files(application, clock), WHOLE_AT),
    ]
