"""The application, handed down to every route: one and the same for all of a request.

    application_of(request.scope)

A changed directory makes another application take its place while requests are answered; each ends
with the one that it began with. Not for: pages of the app, which ask `served()`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from mmhs_finder.application import Application

_STATE: Final = "application"


class HandsDownApplication:
    """ASGI middleware: every route finds the application in `request.state.application`, and the
    newest in `request.app.state.application`.

    `st.App` makes its own Starlette app inside, so there is no earlier moment to put it there.
    """

    def __init__(self, app: ASGIApp, newest: Callable[[], Application]) -> None:
        self.app = app
        self._newest = newest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if "app" in scope:
            application = self._newest()
            scope["app"].state.application = application
            scope.setdefault("state", {})[_STATE] = application
        await self.app(scope, receive, send)


def application_of(scope: Scope, default: Application | None = None) -> Application:
    """The application of a request. default: where nobody has handed one down, as in a test.

    Raises LookupError where there is none at all.
    """
    found = scope.get("state", {}).get(_STATE, default)
    if found is None and "app" in scope:
        found = getattr(scope["app"].state, _STATE, None)
    if found is None:
        raise LookupError("no application is handed down to this request")
    application: Application = found
    return application
