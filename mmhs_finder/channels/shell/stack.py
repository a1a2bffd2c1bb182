"""What stands around Streamlit, in order: headers, compression, the rewritten first page."""

from __future__ import annotations

from markupsafe import Markup
from starlette.middleware import Middleware

from mmhs_finder.channels.shell.compressed import CompressedStatic
from mmhs_finder.channels.shell.headers import SecurityHeaders
from mmhs_finder.channels.shell.index_page import IndexPage


def middleware(urgent: Markup) -> list[Middleware]:
    """The middleware of the app, outermost first. urgent: the strip of `urgent_section`."""
    return [
        Middleware(SecurityHeaders),
        Middleware(CompressedStatic),
        Middleware(IndexPage, urgent=lambda: urgent),
    ]
