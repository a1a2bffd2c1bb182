"""Serves our own files under `/assets/`: Leaflet, those of the pages and maps, and the shapes.

A browser may keep a file for a year when its address carries a version, else for an hour.
Not for: where they are and their addresses (`render.static`), or Streamlit's own files.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import PurePath
from typing import Any
from urllib.parse import parse_qs

from anyio import to_thread
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from mmhs_finder.channels.shell.compressed import takes_brotli
from mmhs_finder.channels.shell.handed_down import application_of
from mmhs_finder.render import static
from mmhs_finder.render.addresses import here
from mmhs_finder.render.maps.frame import frame_page
from mmhs_finder.render.maps.shapes_files import ShapesFiles

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
        media_type = _TYPES[PurePath(name).suffix]
        return Response(static.bundle(name), headers=_kept(request), media_type=media_type)

    return Route(
        here(f"{static.BUNDLES_AT}/{name}"),
        answer,
        middleware=[Middleware(GZipMiddleware, minimum_size=500)],
        name=name,
    )


async def _map_frame(request: Request) -> Response:
    """The page of the frame of every map."""
    return HTMLResponse(frame_page(), headers=_kept(request))


async def _shapes(request: Request) -> Response:
    """The shapes of areas, with brotli for a browser that takes it."""
    files: ShapesFiles = application_of(request.scope).shapes_files
    name = request.path_params["name"]
    if name not in files:
        return Response(status_code=404)
    headers = {**_kept(request), "Vary": "Accept-Encoding"}
    if not takes_brotli(request.headers):
        return Response(files.content(name), headers=headers, media_type="application/json")
    body = await to_thread.run_sync(files.packed, name)
    headers["Content-Encoding"] = "br"
    return Response(body, headers=headers, media_type="application/json")


def _kept(request: Request) -> dict[str, str]:
    return {"Cache-Control": _YEAR if "v" in request.query_params else _HOUR}


def routes() -> list[BaseRoute]:
    """The mounts for the ASGI app."""
    zipped = [Middleware(GZipMiddleware, minimum_size=500)]
    return [
        *(_bundle(name) for name in static.BUNDLES),
        Mount(
            here(static.LEAFLET_AT), _CachedFiles(directory=static.LEAFLET_FILES), name="leaflet"
        ),
        Route(here(static.MAP_FRAME_AT), _map_frame, middleware=zipped, name="map-frame"),
        Route(here(f"{static.SHAPES_AT}/{{name}}"), _shapes, middleware=zipped, name="shapes"),
        Mount(
            here(static.FILES_AT),
            GZipMiddleware(_CachedFiles(directory=static.FILES), minimum_size=500),
            name="app-files",
        ),
    ]
