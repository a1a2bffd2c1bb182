"""What stands around Streamlit, in order: the application, headers, the browser's number, addresses
that are nearly right, compression, the first page."""

from __future__ import annotations

from collections.abc import Callable

from starlette.middleware import Middleware

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.browser import NumbersBrowsers
from mmhs_finder.channels.shell.compressed import CompressedStatic
from mmhs_finder.channels.shell.handed_down import HandsDownApplication
from mmhs_finder.channels.shell.headers import SecurityHeaders
from mmhs_finder.channels.shell.index_page import IndexPage
from mmhs_finder.channels.shell.nearly import NearlyRight
from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.text import addresses


def middleware(
    application: Application, newest: Callable[[], Application] | None = None
) -> list[Middleware]:
    """The middleware of the app, outermost first. Raises `MissingUrgentNumber`.

    newest: the application of the moment, where another may take this one's place.
    """
    now = newest or (lambda: application)
    _ = application.urgent_strips  # looked up now: a number that is missing is said now
    return [
        Middleware(HandsDownApplication, newest=now),
        Middleware(SecurityHeaders),
        Middleware(NumbersBrowsers),
        Middleware(NearlyRight, pages=lambda: now().once(_every_page)),
        Middleware(CompressedStatic, ahead=True),
        Middleware(IndexPage, strip=lambda: now().urgent_strips[None]),
    ]


def _every_page(application: Application) -> tuple[str, ...]:
    """The path of every page that there is with an application."""
    return (*(f"/{path}" for path in site.PATHS.values()), *addresses.every_page(application))
