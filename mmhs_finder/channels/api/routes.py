"""The interface as an app of its own, its place in the site, and the page that explains it.

Not for: which address gives what (`endpoints`), what stands before it (`gate`), or what is said
where there is no answer (`problems`).
"""

from __future__ import annotations

from functools import partial
from typing import Final

from fastapi import FastAPI, Request, Response
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import BaseRoute, Route

from mmhs_finder.application import Application
from mmhs_finder.channels.api import answering
from mmhs_finder.channels.api.asked_for import AskedAnswer, GivenAnswers
from mmhs_finder.channels.api.describing import Introduction
from mmhs_finder.channels.api.downloads import file_routes
from mmhs_finder.channels.api.endpoints import api
from mmhs_finder.channels.api.explaining import explained
from mmhs_finder.channels.api.gate import AddressOf
from mmhs_finder.channels.api.mounting import PROBLEMS, mounted, now, program
from mmhs_finder.channels.api.problems import Trouble
from mmhs_finder.channels.api.rates import Rates
from mmhs_finder.channels.api.serving import PAGES, Clock, served_now
from mmhs_finder.channels.shell.handed_down import application_of
from mmhs_finder.channels.shell.headers import FOR_PROGRAMS
from mmhs_finder.channels.text.kept_files import A_MINUTE
from mmhs_finder.render.addresses import here
from mmhs_finder.render.html.whole import WHOLE_AT
from mmhs_finder.render.json import Json

_OURS: Final = frozenset(
    {*AskedAnswer.model_fields, *GivenAnswers.model_fields, *PAGES}
    | {"kind", "icb", "pathway", "self_referral", "status", "nation", "topic"}
    | {"measure", "level", "where", "place", "code", "id"}
)
"""Names of fields that may be said back: every other one was made up by who sent it."""

_OF_A_SERVICE: Final = (Trouble.NO_SERVICE, Trouble.TAKEN_OUT)

_INTRODUCTION: Final = Introduction(
    at=FOR_PROGRAMS,
    title="MMHS Finder",
    summary="Maternal mental health care in England: who serves a place, what else there is.",
    description="Show `urgent` with every answer. null and unknown: we have not seen it; never "
    "a no. No key is needed; nothing that is sent is kept.",
    tags={
        "answers": "What there is for a place.",
        "areas": "English councils.",
        "directory": "Records, wherever somebody lives.",
    },
    missing=lambda path: _OF_A_SERVICE if "services" in path else (Trouble.NO_AREA,),
)


def _urgent(request: Request) -> list[Json]:
    if request.method != "POST":
        return []
    served = served_now(request)
    return answering.urgent_json(served.application, served.at)


def interface(application: Application | None = None, clock: Clock = now) -> FastAPI:
    """The interface as an app of its own. application: where none is handed down with a request.
    clock: now, aware."""
    return program(
        _INTRODUCTION, api, fields=_OURS, application=application, clock=clock, urgent=_urgent
    )


def whole_files(application: Application | None = None, clock: Clock = now) -> Starlette:
    """The whole directory as files, as an app of its own. As `interface`."""
    app = Starlette(routes=file_routes(), exception_handlers=PROBLEMS)
    app.router.redirect_slashes = False
    app.state.default, app.state.clock = application, clock
    return app


def routes(
    application: Application | None = None,
    clock: Clock = now,
    rates: Rates | None = None,
    address: AddressOf | None = None,
) -> list[BaseRoute]:
    """`/api` and everything below it, and the files below `/download`. Raises `BadSetting`.

    application: for requests to which none is handed down. rates, address: how often who may ask;
    by default as this process is set up.
    """
    rates = rates or Rates()
    app = interface(application, clock)
    at_its_place = partial(mounted, rates=rates, address=address, application=application)

    async def page(request: Request) -> Response:
        served = application_of(request.scope, application)
        text = explained(served, app.openapi(), rates)
        return HTMLResponse(text, headers={"Cache-Control": A_MINUTE})

    return [
        Route(here(FOR_PROGRAMS), page, methods=["GET"], name="for-programs"),
        at_its_place(app, FOR_PROGRAMS),
        at_its_place(whole_files(application, clock), WHOLE_AT),
    ]
