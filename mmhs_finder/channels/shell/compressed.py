"""Streamlit's own scripts and style sheets, compressed once and kept.

Streamlit sends them as they are and counts on a proxy to compress them: more than a megabyte that a
phone on a slow network would wait for. Their names carry a digest of their content, so that one
compressed copy serves for as long as the process lives. Not for: anything that differs between
visitors.
"""

from __future__ import annotations

import threading
from functools import lru_cache
from pathlib import Path

import brotli
from anyio import to_thread
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from mmhs_finder.channels import privates
from mmhs_finder.render.addresses import inside

_TYPES = {"js": "text/javascript", "css": "text/css"}
_QUALITY = 11  # 8 % less than with 9; 2 seconds for all that a first visit loads, once a process


class CompressedStatic:
    """ASGI middleware: answers requests for hashed scripts and style sheets with brotli.

    It reads the files itself instead of keeping what the app inside sends: of a request that the
    browser gave up, that is an empty answer, which would then be everybody's.
    """

    def __init__(self, app: ASGIApp, folder: Path | None = None, *, ahead: bool = False) -> None:
        """ahead: what every visit loads is compressed now, in the background, so that nobody waits
        for it."""
        self.app = app
        self._folder = folder or privates.static_files()
        self._packed = lru_cache(maxsize=400)(self._pack)
        if ahead:
            threading.Thread(target=self._pack_ahead, daemon=True, name="compress").start()

    def _pack_ahead(self) -> None:
        for name in privates.loaded_first(self._folder):
            self._packed(name)

    def _pack(self, name: str) -> bytes:
        content = privates.FONT_FACES.sub(b"", (self._folder / name).read_bytes())
        return bytes(brotli.compress(content, quality=_QUALITY))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = (
            privates.HASHED_FILE.fullmatch(inside(scope["path"])) if _wants_brotli(scope) else None
        )
        if not found or not (self._folder / found[1]).is_file():
            await self.app(scope, receive, send)
            return
        body = await to_thread.run_sync(self._packed, found[1])
        headers = {
            "Content-Encoding": "br",
            "Cache-Control": "public, max-age=31536000, immutable",
            "Vary": "Accept-Encoding",
        }
        response = Response(body, headers=headers, media_type=_TYPES[found[2]])
        await response(scope, receive, send)


def takes_brotli(headers: Headers) -> bool:
    """Whether a browser says that it can unpack brotli."""
    accepted = headers.get("accept-encoding", "").split(",")
    return "br" in {part.split(";")[0].strip() for part in accepted}


def _wants_brotli(scope: Scope) -> bool:
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD"):
        return False
    headers = Headers(scope=scope)
    return takes_brotli(headers) and "range" not in headers
