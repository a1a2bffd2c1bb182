"""How addresses for programs become an app of their own, and an app a place in the site.

Not for: which addresses there are (`endpoints`), or what stands before them (`gate`).
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Final

from fastapi import APIRouter, FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp

import mmhs_finder
from mmhs_finder.application import Application
from mmhs_finder.channels.api import reading
from mmhs_finder.channels.api.describing import Introduction, described
from mmhs_finder.channels.api.gate import AddressOf, Gate
from mmhs_finder.channels.api.problems import NotAnswered, Trouble, field_errors
from mmhs_finder.channels.api.rates import Rates
from mmhs_finder.channels.api.serving import Clock
from mmhs_finder.channels.shell.limits import address_of, trusted_proxies
from mmhs_finder.channels.text.kept_files import A_MINUTE
from mmhs_finder.hours import LONDON
from mmhs_finder.render.addresses import here
from mmhs_finder.render.json import Json

Urgent = Callable[[Request], list[Json]]
"""What goes with a problem about a request's fields, for a crisis."""

DESCRIPTION: Final = "/openapi.json"


def now() -> datetime:
    return datetime.now(LONDON)


def no_lines(_request: Request) -> list[Json]:
    """Of addresses at which nobody asks for a person."""
    return []


async def _not_answered(_request: Request, problem: NotAnswered) -> Response:
    return problem.response()


async def _not_modified(_request: Request, problem: reading.NotModified) -> Response:
    return problem.response()


async def _broken(_request: Request, _problem: Exception) -> Response:
    """It is raised again when this has been sent: the gate writes into the log where it broke."""
    return NotAnswered(Trouble.BROKEN).response()


async def _http(_request: Request, problem: HTTPException) -> Response:
    known = {405: Trouble.METHOD, 400: Trouble.NOT_JSON}
    trouble = known.get(problem.status_code, Trouble.NO_PAGE)
    return NotAnswered(trouble, headers=problem.headers).response()


PROBLEMS: Final[Mapping[Any, Any]] = {
    NotAnswered: _not_answered,
    reading.NotModified: _not_modified,
    HTTPException: _http,
    Exception: _broken,
}
"""How what goes wrong is answered, by what it is."""


def program(
    introduction: Introduction,
    addresses: APIRouter,
    *,
    fields: frozenset[str],
    application: Application | None = None,
    clock: Clock = now,
    urgent: Urgent = no_lines,
) -> FastAPI:
    """Addresses as an app of their own, which describes itself at `/openapi.json`.

    fields: names of fields that may be said back: every other one was made up by who sent it.
    application: where none is handed down with a request. clock: now, aware.
    """

    async def bad_fields(request: Request, problem: RequestValidationError) -> Response:
        errors = field_errors(problem.errors(), fields)
        return NotAnswered(Trouble.FIELDS, errors=errors, urgent=urgent(request)).response()

    app = FastAPI(
        title=introduction.title,
        version=f"1 ({mmhs_finder.__version__})",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        exception_handlers={**PROBLEMS, RequestValidationError: bad_fields},
    )
    app.state.default, app.state.clock = application, clock
    app.include_router(addresses)
    app.add_middleware(GZipMiddleware, minimum_size=500)
    app.openapi = described(app, introduction)  # type: ignore[method-assign]

    async def description(_request: Request) -> Response:
        return JSONResponse(app.openapi(), headers={"Cache-Control": A_MINUTE})

    app.router.routes.append(Route(DESCRIPTION, description, methods=["GET"]))
    return app


def mounted(
    app: ASGIApp,
    at: str,
    *,
    rates: Rates,
    address: AddressOf | None = None,
    application: Application | None = None,
) -> Mount:
    """An app at its place in the site, behind the gate. Raises `BadSetting`.

    rates, address: how often who may ask; address None: as this process is set up.
    """
    proxies = trusted_proxies(os.environ)
    gate = Gate(
        app,
        rates=rates,
        address_of=address or (lambda scope: address_of(scope, proxies)),
        application=application,
    )
    found = Mount(here(at), gate, name=at.strip("/"))
    # What has a line break in it is one of these, too.
    found.path_regex = re.compile(found.path_regex.pattern, re.DOTALL)
    return found
