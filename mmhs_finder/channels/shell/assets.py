"""Our own static files under `/assets/`: Leaflet, jQuery and what `static/` holds.

Pages ask no other host for anything, so the map's libraries are served from their PyPI packages.
Addresses carry the version (`?v=1.9.3.0`): a browser may keep such a file for a year, and a new
version has a new address. Not for: Streamlit's own files, which Streamlit serves under `/static/`.
"""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles
from xstatic.pkg import jquery, leaflet

APP_FILES = Path(__file__).parent / "static"

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


@cache
def app_file_url(name: str) -> str:
    """The address of a file in `static/`; its version is a digest of its content."""
    digest = hashlib.sha256((APP_FILES / name).read_bytes()).hexdigest()[:12]
    return f"/assets/app/{name}?v={digest}"


LEAFLET_JS = f"/assets/leaflet/leaflet.js?v={leaflet.PACKAGE_VERSION}"
LEAFLET_CSS = f"/assets/leaflet/leaflet.css?v={leaflet.PACKAGE_VERSION}"
JQUERY_JS = f"/assets/jquery/jquery.min.js?v={jquery.PACKAGE_VERSION}"


def routes() -> list[BaseRoute]:
    """The mounts for the ASGI app."""
    return [
        Mount("/assets/leaflet", _CachedFiles(directory=leaflet.BASE_DIR), name="leaflet"),
        Mount("/assets/jquery", _CachedFiles(directory=jquery.BASE_DIR), name="jquery"),
        Mount("/assets/app", _CachedFiles(directory=APP_FILES), name="app-files"),
    ]
