"""What stands around Streamlit, in order: the application, headers, the browser's number, leaving,
the limits, the gate before the socket, addresses that are nearly right, compression, the first
page."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.browser import NumbersBrowsers
from mmhs_finder.channels.shell.busy import BusyPage
from mmhs_finder.channels.shell.compressed import CompressedStatic
from mmhs_finder.channels.shell.headers import SecurityHeaders
from mmhs_finder.channels.shell.index_page import IndexPage
from mmhs_finder.channels.shell.leaving import ForgetsWhoLeaves
from mmhs_finder.channels.shell.limits import Places, limits, raise_descriptors
from mmhs_finder.channels.shell.nearly import NearlyRight
from mmhs_finder.channels.shell.socket_gate import SocketGate
from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.text import addresses


class HandsDownApplication:
    """ASGI middleware: every route finds the application in `request.app.state.application`, and
    who has a place in `request.app.state.places`.

    `st.App` makes its own Starlette app inside, so there is no earlier moment to put it there.
    """

    def __init__(self, app: ASGIApp, application: Application, places: Places) -> None:
        self.app = app
        self._application = application
        self._places = places

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "app" in scope:
            scope["app"].state.application = self._application
            scope["app"].state.places = self._places
        await self.app(scope, receive, send)


def middleware(application: Application, places: Places | None = None) -> list[Middleware]:
    """The middleware of the app, outermost first. Raises `MissingUrgentNumber`.

    places: for whom there is room; by default as the settings say, which raises `BadSetting`.
    """
    places = places or Places(limits(raise_descriptors()))
    of_app = [f"/{path}" for path in site.PATHS.values()]
    pages = [*of_app, *addresses.every_page(application)]
    strip = application.urgent_strips[None]  # looked up now: a number that is missing is said now
    return [
        Middleware(HandsDownApplication, application=application, places=places),
        Middleware(SecurityHeaders),
        Middleware(NumbersBrowsers),
        Middleware(ForgetsWhoLeaves, places=places),
        Middleware(BusyPage, places=places, strip=strip, pages=of_app),
        Middleware(SocketGate, places=places),
        Middleware(NearlyRight, pages=pages),
        Middleware(CompressedStatic, ahead=True),
        Middleware(IndexPage, strip=strip),
    ]
