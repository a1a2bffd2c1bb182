"""`/download/`: the whole directory as files, behind the gate of the interface for programs.

Not for: what is in the files (`whole`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mmhs_finder.channels.api import reading
from mmhs_finder.channels.api.problems import NotAnswered, Trouble
from mmhs_finder.channels.api.serving import ServedNow, served_now
from mmhs_finder.channels.api.whole import WholeDirectory, whole_directory
from mmhs_finder.channels.shell.files import disposition
from mmhs_finder.render.files.data_package import NAME, PACKAGE

_Part = Callable[[WholeDirectory, Headers], tuple[bytes, dict[str, str]]]


def _zip(whole: WholeDirectory, _asked: Headers) -> tuple[bytes, dict[str, str]]:
    return whole.zip, {}


def _json(whole: WholeDirectory, asked: Headers) -> tuple[bytes, dict[str, str]]:
    varies = {"Vary": "Accept-Encoding"}
    if "gzip" in asked.get("accept-encoding", ""):
        return whole.json_zipped, {**varies, "Content-Encoding": "gzip"}
    return whole.json, varies


def _package(whole: WholeDirectory, _asked: Headers) -> tuple[bytes, dict[str, str]]:
    return whole.files[PACKAGE], {}


_FILES: Final[tuple[tuple[str, str, _Part], ...]] = (
    (f"{NAME}.zip", "application/zip", _zip),
    (f"{NAME}.json", "application/json", _json),
    (PACKAGE, "application/json", _package),
)


def file_routes() -> list[Route]:
    """The files by their names."""
    return [
        Route(f"/{name}", partial(_answer, name, kind, part), methods=["GET"], name=name)
        for name, kind, part in _FILES
    ]


async def _answer(name: str, kind: str, part: _Part, request: Request) -> Response:
    """The file; 304 for who has it. Raises `NotAnswered`, `NotModified`."""
    if request.scope["query_string"]:
        raise NotAnswered(Trouble.QUERY)
    return await run_in_threadpool(_made, name, kind, part, request, served_now(request))


def _made(name: str, kind: str, part: _Part, request: Request, served: ServedNow) -> Response:
    headers = reading.kept(request, served.application, served.day)
    body, more = part(whole_directory(served.application, served.day), request.headers)
    saved = {"Content-Disposition": disposition(name)}
    return Response(body, 200, {**headers, **more, **saved}, kind)
