"""Serves our own static files under `/assets/`: Leaflet, jQuery and those of the pages and maps.

A browser may keep a file for a year when its address carries a version, else for an hour.
Not for: where they are and their addresses (`render.static`), or Streamlit's own files.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import PurePath
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


_TYPES = {".css": "text/css", ".js": "text/javascript"}


def _bundle(name: str) -> Route:
    """Several files of ours as one."""

    async def answer(request: Request) -> Response:
        kept = _YEAR if "v" in request.query_params else _HOUR
        media_type = _TYPES[PurePath(name).suffix]
        return Response(static.bundle(name), headers={"Cache-Control": kept}, media_type=media_type)

    return Route(
        f"{static.BUNDLES_AT}/{name}",
        answer,
        middleware=[Middleware(GZipMiddleware, minimum_size=500)],
        name=name,
    )


def routes() -> list[BaseRoute]:
    """The mounts for the ASGI app."""
    return [
        *(_bundle(name) for name in static.BUNDLES),
        Mount(static.LEAFLET_AT, _CachedFiles(directory=static.LEAFLET_FILES), name="leaflet"),
        Mount(static.JQUERY_AT, _CachedFiles(directory=static.JQUERY_FILES), name="jquery"),
        Mount(
            static.FILES_AT,
            GZipMiddleware(_CachedFiles(directory=static.FILES), minimum_size=500),
            name="app-files",
        ),
    ]
