"""What stands around Streamlit, in order: the application, headers, the browser's number, leaving,
the limits, the gate before the socket, addresses that are nearly right, compression, the first
page."""

from __future__ import annotations

from collections.abc import Callable

from starlette.middleware import Middleware

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.browser import NumbersBrowsers
from mmhs_finder.channels.shell.busy import BusyPage
from mmhs_finder.channels.shell.compressed import CompressedStatic
from mmhs_finder.channels.shell.handed_down import HandsDownApplication
from mmhs_finder.channels.shell.headers import SecurityHeaders
from mmhs_finder.channels.shell.index_page import IndexPage
from mmhs_finder.channels.shell.leaving import ForgetsWhoLeaves
from mmhs_finder.channels.shell.limits import Places, limits, raise_descriptors
from mmhs_finder.channels.shell.nearly import NearlyRight
from mmhs_finder.channels.shell.socket_gate import SocketGate
from mmhs_finder.channels.streamlit import site
from mmhs_finder.channels.text import addresses
from mmhs_finder.views.urgent import StripView


def middleware(
    application: Application,
    newest: Callable[[], Application] | None = None,
    places: Places | None = None,
) -> list[Middleware]:
    """The middleware of the app, outermost first. Raises `MissingUrgentNumber`.

    newest: the application of the moment, where another may take this one's place. places: for whom
    there is room; by default as the settings say, which raises `BadSetting`.
    """
    now = newest or (lambda: application)
    places = places or Places(limits(raise_descriptors()))
    of_app = [f"/{path}" for path in site.PATHS.values()]

    def strip() -> StripView:
        return now().urgent_strips[None]

    strip()  # looked up now: a number that is missing is said now
    return [
        Middleware(HandsDownApplication, newest=now),
        Middleware(SecurityHeaders),
        Middleware(NumbersBrowsers),
        Middleware(ForgetsWhoLeaves, places=places),
        Middleware(BusyPage, places=places, strip=strip, pages=of_app),
        Middleware(SocketGate, places=places),
        Middleware(NearlyRight, pages=lambda: now().once(_every_page)),
        Middleware(CompressedStatic, ahead=True),
        Middleware(IndexPage, strip=strip),
    ]


def _every_page(application: Application) -> tuple[str, ...]:
    """The path of every page that there is with an application."""
    return (*(f"/{path}" for path in site.PATHS.values()), *addresses.every_page(application))
