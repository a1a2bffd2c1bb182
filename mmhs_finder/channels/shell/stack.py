"""What stands around Streamlit, in order: the application, headers, addresses that are nearly
right, what an address may ask for, which addresses there are, the browser's number, compression,
the first page."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.asked import TakesOutTyped
from mmhs_finder.channels.shell.browser import NumbersBrowsers
from mmhs_finder.channels.shell.compressed import CompressedStatic
from mmhs_finder.channels.shell.doors import Doors, words_of
from mmhs_finder.channels.shell.headers import REFUSED_POLICY, SecurityHeaders
from mmhs_finder.channels.shell.index_page import APP_PAGES, IndexPage
from mmhs_finder.channels.shell.nearly import NearlyRight
from mmhs_finder.channels.text import addresses
from mmhs_finder.channels.text.refusing import refusal_line, refused
from mmhs_finder.directory import Directory


class HandsDownApplication:
    """ASGI middleware: every route finds the application in `request.app.state.application`.

    `st.App` makes its own Starlette app inside, so there is no earlier moment to put it there.
    """

    def __init__(self, app: ASGIApp, application: Application) -> None:
        self.app = app
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "app" in scope:
            scope["app"].state.application = self._application
        await self.app(scope, receive, send)


def middleware(application: Application, ours: Sequence[BaseRoute] = ()) -> list[Middleware]:
    """The middleware of the app, outermost first. ours: the routes that we add to Streamlit's.

    Raises `MissingUrgentNumber`.
    """
    pages = [*APP_PAGES, *addresses.every_page(application)]
    strip = application.urgent_strips[None]  # looked up now: a number that is missing is said now

    def directory() -> Directory:
        return application.directory

    return [
        Middleware(HandsDownApplication, application=application),
        Middleware(SecurityHeaders),
        Middleware(NearlyRight, pages=pages, directory=directory),
        Middleware(TakesOutTyped, pages=APP_PAGES, directory=directory),
        Middleware(
            Doors,
            words=words_of(
                lambda status: refused(application, status), refusal_line, REFUSED_POLICY
            ),
            pages=APP_PAGES,
            ours=ours,
            hosts=_hosts(),
            origins=st.get_option("server.corsAllowedOrigins"),
        ),
        Middleware(NumbersBrowsers),
        Middleware(CompressedStatic, ahead=True),
        Middleware(IndexPage, strip=strip),
    ]


def _hosts() -> list[str]:
    """The names under which the site is reached: those of Streamlit's own setting, and that of its
    public address. None where neither is set."""
    public = urlsplit(addresses.public_address()).hostname
    return [*st.get_option("server.allowedHosts"), *([public] if public else [])]
