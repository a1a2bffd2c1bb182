"""What stands around Streamlit, in order: the application, headers, the browser's number, files
that somebody sends, addresses that are nearly right, compression, the first page."""

from __future__ import annotations

from starlette.middleware import Middleware
from starlette.types import ASGIApp, Receive, Scope, Send

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.browser import NumbersBrowsers
from mmhs_finder.channels.shell.compressed import CompressedStatic
from mmhs_finder.channels.shell.headers import SecurityHeaders
from mmhs_finder.channels.shell.index_page import IndexPage
from mmhs_finder.channels.shell.nearly import NearlyRight
from mmhs_finder.channels.shell.uploads import GuardsUploads
from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.streamlit.uploading import largest_file
from mmhs_finder.channels.text import addresses


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


def middleware(application: Application) -> list[Middleware]:
    """The middleware of the app, outermost first. Raises `MissingUrgentNumber`."""
    pages = [*(f"/{path}" for path in site.PATHS.values()), *addresses.every_page(application)]
    strip = application.urgent_strips[None]  # looked up now: a number that is missing is said now
    return [
        Middleware(HandsDownApplication, application=application),
        Middleware(SecurityHeaders),
        Middleware(NumbersBrowsers),
        Middleware(GuardsUploads, limit=largest_file),
        Middleware(NearlyRight, pages=pages),
        Middleware(CompressedStatic, ahead=True),
        Middleware(IndexPage, strip=strip),
    ]
