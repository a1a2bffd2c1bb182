"""`/healthz`: this process answers at all. `/readyz`: it can answer people.

A server in front sends people only to who is ready: directory and index are there, a postcode of
the index leads to a place, the urgent lines are there, and the process is not ending. With older
data than those on the disk a process is ready: they were checked, and no answer would be worse.
Neither says a path, a setting or anything of a visitor.
Not for: `/_stcore/health`, which is Streamlit's own and asked by its pages.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any, Final

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

import mmhs_finder
from mmhs_finder.application import Application
from mmhs_finder.channels.shell import metrics as counts
from mmhs_finder.channels.shell.handed_down import application_of
from mmhs_finder.channels.shell.reload import Reloads
from mmhs_finder.channels.shell.stopping import Stopping
from mmhs_finder.hours import LONDON
from mmhs_finder.render.addresses import here

_NEVER_KEPT: Final = {"Cache-Control": "no-store"}


def routes(
    stopping: Stopping,
    reloads: Reloads,
    metrics: counts.Metrics,
    application: Application | None = None,
) -> list[BaseRoute]:
    """`/healthz`, `/readyz` and `/metrics`. application: where none is handed down."""

    async def ready(request: Request) -> Response:
        asked = application_of(request.scope, application)
        reasons = await _reasons(asked, stopping)
        content = _said(asked, reloads, reasons)
        return JSONResponse(content, 503 if reasons else 200, headers=_NEVER_KEPT)

    return [
        Route(here("/healthz"), _alive, methods=["GET"], name="healthz"),
        Route(here("/readyz"), ready, methods=["GET"], name="readyz"),
        Route(here("/metrics"), partial(counts.answer, metrics), methods=["GET"], name="metrics"),
    ]


async def _alive(_request: Request) -> Response:
    return PlainTextResponse("ok", headers=_NEVER_KEPT)


async def _reasons(application: Application, stopping: Stopping) -> list[str]:
    """Why nobody new should be sent here; empty when all is well."""
    reasons = ["stopping: this process is ending"] if stopping.is_so else []
    attempt = application.index.attempt
    if attempt is None or not (attempt.failed or attempt.finished_within(0)):
        share = f"{attempt.share:.0%} done" if attempt else "not begun"
        return [*reasons, f"index: the postcode index is being opened ({share})"]
    if attempt.failed:
        return [*reasons, "index: the postcode index could not be opened; the log says why"]
    if not (await to_thread.run_sync(_answers, application)):
        reasons.append("answers: a postcode or the urgent lines could not be read; see the log")
    return reasons


def _answers(application: Application) -> bool:
    """Whether it looks up a postcode of the index and has the urgent lines."""
    try:
        finder = application.finder
        finder.index.locate(finder.index.postcode_at(0))
        return bool(application.directory.services) and bool(application.urgent_strips[None])
    except Exception:
        return False


def _said(application: Application, reloads: Reloads, reasons: list[str]) -> dict[str, Any]:
    directory = application.directory
    attempt = application.index.attempt
    index = attempt.index if attempt else None
    data: dict[str, Any] = {
        "state": "refused" if reloads.is_refused else "served",
        "newest_check": directory.newest_check.isoformat(),
        "age_days": (datetime.now(LONDON).date() - directory.newest_check).days,
    }
    if reloads.is_refused:
        data["note"] = (
            f"data refused: the directory on the disk has {reloads.mistakes} mistakes; "
            "the one before is served"
        )
    if out := sum(each.is_out for each in directory.withdrawn):
        data["withdrawn"] = out
    if reloads.withdrawing_fails:
        data["withdrawing"] = (
            f"withdrawn.csv is not followed: {reloads.withdrawing_fails}; "
            "what was out before stays out"
        )
    return {
        "ready": not reasons,
        "reasons": reasons,
        "version": mmhs_finder.__version__,
        "data": data,
        "index": index.info.version if index else None,
    }
