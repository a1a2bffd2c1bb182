"""Serves our own static files under `/assets/`: Leaflet, jQuery and those of the pages and maps.

A browser may keep a file for a year when its address carries a version, else for an hour.
Not for: where they are and their addresses (`render.static`), or Streamlit's own files.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from typing import Any
from urllib.parse import parse_qs

from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from mmhs_finder.render import static

_YEAR = "public, max-age=31536000, immutable"
_HOUR = "public, max-age=3600"


class _CachedFiles(StaticFiles):
    """Static files that a browser keeps for a year when their address names a version."""

    async def get_response(self, path: str, scope: MutableMapping[str, Any]) -> Response:
        response = await super().get_response(path, scope)
        if response.status_code < 400:
            versioned = "v" in parse_qs(scope.get("query_string", b"").decode("latin-1"))
            response.headers["Cache-Control"] = _YEAR if versioned else _HOUR
        return response


async def _app_css(request: Request) -> Response:
    """The app's style sheets as one file."""
    kept = _YEAR if "v" in request.query_params else _HOUR
    return Response(static.app_css(), headers={"Cache-Control": kept}, media_type="text/css")


def routes() -> list[BaseRoute]:
    """The mounts for the ASGI app."""
    return [
        Route(
            static.APP_CSS_AT,
            _app_css,
            middleware=[Middleware(GZipMiddleware, minimum_size=500)],
            name="app-css",
        ),
        Mount(static.LEAFLET_AT, _CachedFiles(directory=static.LEAFLET_FILES), name="leaflet"),
        Mount(static.JQUERY_AT, _CachedFiles(directory=static.JQUERY_FILES), name="jquery"),
        Mount(
            static.FILES_AT,
            GZipMiddleware(_CachedFiles(directory=static.FILES), minimum_size=500),
            name="app-files",
        ),
    ]
