"""Which address is which page, and how a page is sent: status, caching, compression.

Errors become pages with words and numbers. The log says where something broke, never what was sent.
Not for: what a page says (`personal`, `public`, `render.html.pages`).
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.handed_down import application_of
from mmhs_finder.channels.shell.headers import TEXT_PAGES
from mmhs_finder.channels.shell.quiet_log import where
from mmhs_finder.channels.text import (
    addresses,
    correcting,
    feeds,
    history_files,
    personal,
    public,
)
from mmhs_finder.channels.text.asking import Ask, NoPage, NotReady, Reply, TakenOut
from mmhs_finder.channels.text.forms import (
    LONG_LETTERS,
    MOST_LETTERS,
    Form,
    FormRefused,
    may_write,
    read_form,
)
from mmhs_finder.channels.text.refusing import drawn, refusal
from mmhs_finder.channels.text.state import carried
from mmhs_finder.hours import LONDON
from mmhs_finder.render.addresses import here
from mmhs_finder.render.html.pages.finding import find_page
from mmhs_finder.render.html.pages.frame import HOME
from mmhs_finder.words import say

_LOG = logging.getLogger(__name__)

Clock = Callable[[], datetime]
Handler = Callable[[Ask], Reply]
Endpoint = Callable[[Request], Awaitable[Response]]

_OTHER_METHODS = ["POST", "PUT", "PATCH", "DELETE", "OPTIONS"]
_NEVER_KEPT = "no-store"
_HALF_A_MINUTE = "public, max-age=30"
""""Open now" is part of many pages, and what is withdrawn is to be gone within a minute."""

_SECONDS_TO_WAIT, _SECONDS_AFTER_FAILURE = "5", "60"


def _now() -> datetime:
    return datetime.now(LONDON)


def routes(application: Application | None = None, clock: Clock = _now) -> list[BaseRoute]:
    """The pages under `/text/`, and what programs ask every site for. clock: now, aware.

    application: for requests to which none is handed down.
    """
    sender = _Sender(application, clock)
    get, post = ["GET"], ["POST"]
    pages = Starlette(
        routes=[
            Route("/", sender.of(personal.home), methods=[*get, *post]),
            Route("/area/{code}", sender.of(personal.area), methods=get),
            Route("/check", sender.of(personal.check), methods=[*get, *post]),
            Route("/outcome", _to(personal.CHECK), methods=get),
            Route("/outcome", sender.of(personal.outcome), methods=post),
            Route("/link", _to(HOME), methods=get),
            Route("/link", sender.of(personal.link), methods=post),
            Route("/words", sender.of(personal.words), methods=[*get, *post]),
            Route("/support", sender.of(personal.support), methods=[*get, *post]),
            Route("/urgent", sender.of(personal.urgent), methods=get),
            Route("/urgent/{nation}", sender.of(personal.urgent), methods=get),
            Route("/service/{id}", sender.of(public.service), methods=get),
            Route("/services", sender.of(public.services), methods=get),
            Route("/councils", sender.of(public.councils), methods=get),
            Route("/professionals", sender.of(public.professionals), methods=[*get, *post]),
            Route("/sheet/{id}", sender.of(public.sheet), methods=get),
            Route("/referral/{id}", sender.of(public.referral), methods=get),
            Route("/coverage", sender.of(public.coverage), methods=get),
            Route("/coverage/{region}", sender.of(public.region), methods=get),
            Route("/about", sender.of(public.about), methods=get),
            Route("/correct", sender.of(correcting.correct), methods=get),
            Route("/correct", sender.of(correcting.correct, writes=True), methods=post),
            Route("/changes", sender.of(public.changes), methods=get),
        ],
        # Nothing secret is in these pages and no cookie comes with a request, so that compression
        # gives nothing away to somebody who counts bytes.
        middleware=[Middleware(GZipMiddleware, minimum_size=500, compresslevel=9)],
        exception_handlers={HTTPException: sender.http_problem},
    )
    pages.router.redirect_slashes = False
    below = Mount(here(TEXT_PAGES), pages, name="text-pages")
    # An address with a line break in it is one of these too: it gets their words, not a bare 404.
    below.path_regex = re.compile(below.path_regex.pattern, re.DOTALL)
    return [
        Route(here(TEXT_PAGES), _to(HOME), methods=get),
        Route(here(TEXT_PAGES), sender.wrong_way, methods=_OTHER_METHODS),
        below,
        Route(here("/robots.txt"), addresses.robots, methods=get),
        Route(here(addresses.SECURITY), addresses.security, methods=get),
        Route(here("/sitemap.xml"), partial(addresses.sitemap, application), methods=get),
        *feeds.routes(application),
        *history_files.routes(application, clock),
    ]


def _to(path: str) -> Endpoint:
    """The way from an address that only a form may be sent to, for who opens it by itself."""

    async def endpoint(_request: Request) -> Response:
        return RedirectResponse(here(path), 303)

    return endpoint


class _Sender:
    """Makes endpoints of pages."""

    def __init__(self, application: Application | None, clock: Clock) -> None:
        self._application = application
        self._clock = clock

    def of(self, handler: Handler, *, writes: bool = False) -> Endpoint:
        """writes: it keeps something, so only a page of this site may send it, and its fields may
        be longer."""

        async def endpoint(request: Request) -> Response:
            is_form, form = request.method == "POST", Form()
            try:
                if writes and not may_write(request.headers):
                    raise FormRefused(403)
                longest = LONG_LETTERS if writes else MOST_LETTERS
                form = await read_form(request, longest) if is_form else form
                ask = self._ask(request, form, is_form=is_form)
                reply = await run_in_threadpool(handler, ask)
            except FormRefused as problem:
                reply = refusal(problem.status, sent=True)
            except NoPage:
                reply = refusal(404)
            except TakenOut:
                reply = refusal(410)
            except NotReady as problem:
                reply = _not_ready(problem)
            except Exception as problem:
                _LOG.error("Text page %s: %s", handler.__name__, where(problem))
                reply = refusal(500, carried(form).carry())
            return self._send(request, reply)

        return endpoint

    def _ask(self, request: Request, form: Form, *, is_form: bool) -> Ask:
        return Ask(
            application=application_of(request.scope, self._application),
            at=self._clock(),
            form=form,
            is_form=is_form,
            path=request.path_params,
            query={k: tuple(request.query_params.getlist(k)) for k in request.query_params},
        )

    def _send(self, request: Request, reply: Reply) -> Response:
        html = drawn(application_of(request.scope, self._application), reply.page)
        kept = reply.status < 400 and not reply.personal
        headers = {"Cache-Control": _HALF_A_MINUTE if kept else _NEVER_KEPT, **reply.headers}
        return HTMLResponse(html, reply.status, headers)

    async def wrong_way(self, request: Request) -> Response:
        """For an address that may only be opened."""
        problem = HTTPException(405, headers={"Allow": "GET, HEAD"})
        return await self.http_problem(request, problem)

    async def http_problem(self, request: Request, problem: Exception) -> Response:
        """A page that is not there, or is not opened like that; with a stroke too many at its end,
        the way to the address without it, with all that was sent."""
        status = problem.status_code if isinstance(problem, HTTPException) else 500
        if status == 404 and request.url.path.endswith("/"):
            path, query = request.url.path.rstrip("/"), request.url.query
            return RedirectResponse(f"{path}?{query}" if query else path, 307)
        reply = refusal(status)
        headers = {**reply.headers, **(getattr(problem, "headers", None) or {})}
        return self._send(request, replace(reply, headers=headers))


def _not_ready(problem: NotReady) -> Reply:
    """Words, and the list of councils, which leads on with all that she has said."""
    text = say("text_pages.failed_text") if problem.failed else say("text_pages.waiting_text")
    wait = _SECONDS_AFTER_FAILURE if problem.failed else _SECONDS_TO_WAIT
    page = find_page(problem.form, broken=text)
    return Reply(page, 503, personal=True, headers={"Retry-After": wait})
