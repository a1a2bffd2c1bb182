"""The feed as an app of its own, and its place in the site.

Not for: which address gives what (`endpoints`).
"""

from __future__ import annotations

from typing import Final

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Route

from mmhs_finder.application import Application
from mmhs_finder.channels.api.describing import Introduction
from mmhs_finder.channels.api.gate import AddressOf
from mmhs_finder.channels.api.mounting import mounted, now, program
from mmhs_finder.channels.api.problems import Trouble
from mmhs_finder.channels.api.rates import Rates
from mmhs_finder.channels.api.serving import PAGES, Clock
from mmhs_finder.channels.open_referral.endpoints import feed
from mmhs_finder.channels.open_referral.filtering import FILTERS
from mmhs_finder.channels.shell.headers import OPEN_REFERRAL
from mmhs_finder.render.addresses import here

_INTRODUCTION: Final = Introduction(
    at=OPEN_REFERRAL,
    title="MMHS Finder: Open Referral UK",
    summary="Maternal mental health care in England, as a feed for other directories.",
    description="HSDS-UK 3. What is not known is absent; it is never a no. Show `alert` first. "
    "A contact for professionals is for nobody else.",
    missing=lambda path: (
        (Trouble.NO_RECORD, Trouble.TAKEN_OUT) if "/services" in path else (Trouble.NO_RECORD,)
    ),
    tags={"feed": "Records, wherever somebody lives."},
)


def described_feed(application: Application | None = None, clock: Clock = now) -> FastAPI:
    """The feed as an app of its own. application: where none is handed down with a request. clock:
    now, aware."""
    fields = frozenset({*FILTERS, *PAGES, "id"})
    return program(_INTRODUCTION, feed, fields=fields, application=application, clock=clock)


def routes(
    application: Application | None = None,
    clock: Clock = now,
    rates: Rates | None = None,
    address: AddressOf | None = None,
) -> list[BaseRoute]:
    """`/openreferral/` and everything below it. Raises `BadSetting`.

    application: for requests to which none is handed down. rates: those of everything for programs:
    they are counted together. address: whose a request is, by default as this process is set up.
    """
    app = described_feed(application, clock)
    below = mounted(
        app, OPEN_REFERRAL, rates=rates or Rates(), address=address, application=application
    )

    async def whole(_request: Request) -> RedirectResponse:
        return RedirectResponse(f"{here(OPEN_REFERRAL)}/", 308)

    return [Route(here(OPEN_REFERRAL), whole, methods=["GET"]), below]
