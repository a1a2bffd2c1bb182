"""`/coverage/history.json` and `/coverage/history.csv`: shares and changes over time, for programs.

Not for: what is in them (`render.files.coverage_history`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from mmhs_finder.application import Application
from mmhs_finder.channels.shell.handed_down import application_of
from mmhs_finder.channels.text.kept_files import sent_once
from mmhs_finder.coverage.coverage import Coverage
from mmhs_finder.coverage.snapshots import KeptSnapshots
from mmhs_finder.render.addresses import here
from mmhs_finder.render.files.coverage_history import (
    CSV_AT,
    CSV_TYPE,
    JSON_AT,
    JSON_TYPE,
    history_csv,
    history_json,
)
from mmhs_finder.words import language

_Write = Callable[[Coverage, KeptSnapshots], bytes]
_KINDS: Final[tuple[tuple[str, str, _Write], ...]] = (
    (JSON_AT, JSON_TYPE, history_json),
    (CSV_AT, CSV_TYPE, history_csv),
)


def routes(application: Application | None, clock: Callable[[], datetime]) -> list[BaseRoute]:
    """application: for requests to which none is handed down. clock: now, aware."""
    zipped = [Middleware(GZipMiddleware, minimum_size=500)]
    return [
        Route(
            here(at),
            partial(_answer, application, clock, kind, write),
            methods=["GET"],
            middleware=zipped,
            name=at.strip("/"),
        )
        for at, kind, write in _KINDS
    ]


async def _answer(
    application: Application | None,
    clock: Callable[[], datetime],
    kind: str,
    write: _Write,
    request: Request,
) -> Response:
    served = application_of(request.scope, application)
    body = await run_in_threadpool(_body, served, clock().date(), write)
    return sent_once(body, kind, request.headers)


def _body(application: Application, today: date, write: _Write) -> bytes:
    """The file, written once for a directory and a day."""
    written = application.once(_written, today)
    key = (write, language())
    if key not in written:
        written[key] = write(application.coverage(today), application.snapshots)
    return written[key]


def _written(_application: Application, _today: date) -> dict[tuple[_Write, str], bytes]:
    return {}
