"""What the server does when somebody presses "Leave this page": it forgets, at once.

The page says so on its way out (`render/static/leave.js`) and waits for nothing. Every visit of
that browser in this process ends, in all its tabs, and the number of the browser is taken away.
Only a page of this site can say it: another one could else end people's visits.
Not for: what the browser itself forgets, which is in `leave.js`.
"""

from __future__ import annotations

from typing import Final

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from mmhs_finder.channels.privates import XSRF_COOKIE, forget_visit, visits_of
from mmhs_finder.channels.shell.browser import browser_of, cookie_line
from mmhs_finder.channels.shell.headers import is_same_origin
from mmhs_finder.channels.shell.limits import Places
from mmhs_finder.channels.shell.upload_desk import DESK
from mmhs_finder.render.addresses import inside

PATH: Final = "/leave"


class ForgetsWhoLeaves:
    """ASGI middleware that answers `POST /leave`. Stands inside `SecurityHeaders`."""

    def __init__(self, app: ASGIApp, places: Places) -> None:
        self.app = app
        self._places = places

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or inside(scope["path"]) != PATH:
            await self.app(scope, receive, send)
            return
        await self._answer(scope)(scope, receive, send)

    def _answer(self, scope: Scope) -> Response:
        if scope["method"] != "POST":
            return Response(status_code=405, headers={"Allow": "POST"})
        if not is_from_our_page(Headers(scope=scope)):
            return Response(status_code=403)
        done = Response(status_code=204, headers={"Cache-Control": "no-store"})
        if browser := browser_of(scope):
            for visit in visits_of(browser):
                forget_visit(visit)
                DESK.gone(visit)
            self._places.end(browser)
            done.headers.append("Set-Cookie", cookie_line(scope, "", gone=True))
        done.delete_cookie(XSRF_COOKIE)
        return done


def is_from_our_page(headers: Headers) -> bool:
    """Whether a browser says that a page of this site asks. A program that says nothing is none."""
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site == "same-origin"
    return "origin" in headers and is_same_origin(headers)
