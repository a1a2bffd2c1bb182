"""What stands around Streamlit, in order: the application, headers, addresses that are nearly
right, what an address may ask for, leaving, which addresses there are, the limits, the browser's
number, the gate before the socket, files that somebody sends, compression, the first page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final
from urllib.parse import urlsplit

import streamlit as st
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.asked import TakesOutTyped
from mmhs_finder.channels.shell.browser import NumbersBrowsers
from mmhs_finder.channels.shell.busy import BusyPage
from mmhs_finder.channels.shell.compressed import CompressedStatic
from mmhs_finder.channels.shell.doors import Doors, words_of
from mmhs_finder.channels.shell.embedding import embed_hosts
from mmhs_finder.channels.shell.handed_down import HandsDownApplication
from mmhs_finder.channels.shell.headers import REFUSED_POLICY, SecurityHeaders
from mmhs_finder.channels.shell.index_page import APP_PAGES, IndexPage
from mmhs_finder.channels.shell.leaving import ForgetsWhoLeaves
from mmhs_finder.channels.shell.limits import Places, limits, raise_descriptors
from mmhs_finder.channels.shell.nearly import NearlyRight
from mmhs_finder.channels.shell.socket_gate import SocketGate
from mmhs_finder.channels.shell.uploads import GuardsUploads
from mmhs_finder.channels.streamlit.uploading import largest_file
from mmhs_finder.channels.text import addresses
from mmhs_finder.channels.text.refusing import refusal_line, refused
from mmhs_finder.directory import Directory
from mmhs_finder.render.html.pages.embedding import EMBED_AT, EMBED_FORM_AT
from mmhs_finder.views.urgent import StripView

_EMBED_PAGES: Final = (EMBED_AT, EMBED_FORM_AT)


def middleware(
    application: Application,
    ours: Sequence[BaseRoute] = (),
    newest: Callable[[], Application] | None = None,
    places: Places | None = None,
) -> list[Middleware]:
    """The middleware of the app, outermost first. Raises `MissingUrgentNumber`.

    ours: the routes that we add to Streamlit's. newest: the application of the moment, where
    another may take this one's place. places: for whom there is room; by default as the settings
    say, which raises `BadSetting`.
    """
    now = newest or (lambda: application)
    places = places or Places(limits(raise_descriptors()))

    def strip() -> StripView:
        return now().urgent_strips[None]

    def directory() -> Directory:
        return now().directory

    strip()  # looked up now: a number that is missing is said now
    return [
        Middleware(HandsDownApplication, newest=now),
        Middleware(SecurityHeaders, framed_by=embed_hosts()),
        Middleware(NearlyRight, pages=lambda: now().once(_every_page), directory=directory),
        Middleware(TakesOutTyped, pages=(*APP_PAGES, *_EMBED_PAGES), directory=directory),
        Middleware(ForgetsWhoLeaves, places=places),
        Middleware(
            Doors,
            words=words_of(lambda status: refused(now(), status), refusal_line, REFUSED_POLICY),
            pages=APP_PAGES,
            ours=ours,
            hosts=_hosts(),
            origins=st.get_option("server.corsAllowedOrigins"),
        ),
        Middleware(BusyPage, places=places, strip=strip, pages=APP_PAGES),
        Middleware(NumbersBrowsers),
        Middleware(SocketGate, places=places),
        Middleware(GuardsUploads, limit=largest_file),
        Middleware(CompressedStatic, ahead=True),
        Middleware(IndexPage, strip=strip),
    ]


def _every_page(application: Application) -> tuple[str, ...]:
    """The path of every page that there is with an application."""
    return (*APP_PAGES, *_EMBED_PAGES, *addresses.every_page(application))


def _hosts() -> list[str]:
    """The names under which the site is reached: those of Streamlit's own setting, and that of its
    public address. None where neither is set."""
    public = urlsplit(addresses.public_address()).hostname
    return [*st.get_option("server.allowedHosts"), *([public] if public else [])]
